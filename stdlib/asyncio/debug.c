// Debug mode: futures, tasks and handles remember where they were made.
#include "stdlib/asyncio/asyncio.h"

#include <stdlib.h>

#include "vm/stack_summary.h"

enum { DEBUG_STACK_DEPTH = 10 };

Value debug_stack(VM *vm) {
    List *list = stack_summary_list(vm, DEBUG_STACK_DEPTH);
    return list == NULL ? ERROR : from_object(list);
}

// It stands among the object's own attributes, so that it costs nothing where it is not wanted.
static Str *attribute_name(VM *vm) { return str_intern_c(vm, " created"); }

bool debug_note(VM *vm, Future *future) {
    Str *name = attribute_name(vm);
    Value stack = name == NULL ? ERROR : debug_stack(vm);
    return !is_error(stack) && attr_set_generic(vm, from_object(future), name, stack);
}

Value debug_created(VM *vm, Value future) {
    if (is_operation(future)) return NONE;
    Str *name = attribute_name(vm);
    Value created = name == NULL ? ERROR : attr_get_optional(vm, future, name);
    if (is_error(created)) raised_clear(vm);
    return is_list(created) ? created : NONE;
}

Str *debug_created_text(VM *vm, Value created) {
    List *list = is_list(created) ? to_list(created) : NULL;
    Value last = list != NULL && list->count > 0 ? list->items[list->count - 1] : UNDEFINED;
    if (!is_tuple(last) || to_tuple(last)->count < 2) return vm->empty_str;
    return str_printf(vm, " created at %V:%V", to_tuple(last)->items[0], to_tuple(last)->items[1]);
}

// `coil -X dev`, or the variable COIL_ASYNCIO_DEBUG (as PYTHONASYNCIODEBUG for python3) with any text.
bool debug_wanted(VM *vm) {
    const char *variable = vm->doors.environment ? getenv("COIL_ASYNCIO_DEBUG") : NULL;
    Str *sys = str_intern_c(vm, "sys"), *flags_name = str_intern_c(vm, "flags"), *dev = str_intern_c(vm, "dev_mode"),
        *ignore = str_intern_c(vm, "ignore_environment");
    Value module = sys == NULL || flags_name == NULL || dev == NULL || ignore == NULL ? ERROR : dict_get_str(vm, vm->modules, sys);
    Value flags = is_error(module) || !is_module(module) ? UNDEFINED : attr_get_optional(vm, module, flags_name);
    Value dev_mode = !is_object(flags) ? UNDEFINED : attr_get_optional(vm, flags, dev);
    Value ignored = !is_object(flags) ? UNDEFINED : attr_get_optional(vm, flags, ignore);
    if (is_raised(vm)) raised_clear(vm);
    return is_true_value(dev_mode) || (variable != NULL && *variable != 0 && !(is_int(ignored) && to_int(ignored) != 0));
}
