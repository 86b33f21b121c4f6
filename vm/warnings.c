// Warnings given by C code: filters, once per place, and the text on stderr.
//
// The filters are CPython's defaults: DeprecationWarning only from __main__, PendingDeprecationWarning, ImportWarning and
// ResourceWarning never, everything else once per place. When a `warnings` module is loaded, it is asked instead.
#include "vm/warnings.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/ops.h"
#include "vm/report.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

static bool is_ignored(VM *vm, Class *category, bool in_main) {
    if (class_is_subclass(category, vm->exc.DeprecationWarning)) return !in_main;
    return class_is_subclass(category, vm->exc.PendingDeprecationWarning) || class_is_subclass(category, vm->exc.ImportWarning) ||
           class_is_subclass(category, vm->exc.ResourceWarning);
}

// True the first time that this text is shown for this place.
static int first_time(VM *vm, Class *category, Str *text, Str *filename, int line) {
    if (vm->warned == NULL && (vm->warned = dict_new(vm)) == NULL) return -1;
    Tuple *place = tuple_pack(vm, 4, from_object(category->name), from_object(text), from_object(filename), from_int(line));
    if (place == NULL) return -1;
    Value seen = dict_get(vm, vm->warned, from_object(place));
    if (is_error(seen)) return -1;
    if (!is_undefined(seen)) return 0;
    return dict_set(vm, vm->warned, from_object(place), TRUE_VALUE) ? 1 : -1;
}

// warnings.warn_explicit of a loaded module decides; UNDEFINED when there is none. `globals` are those of the code that is warned about.
static Value ask_module(VM *vm, Class *category, Str *text, Str *filename, int line, Dict *globals) {
    Str *name = str_intern_c(vm, "warnings"), *function_name = str_intern_c(vm, "warn_explicit");
    if (name == NULL || function_name == NULL) return ERROR;
    Value module = dict_get_str(vm, vm->modules, name);
    if (!is_module(module)) return UNDEFINED;
    Value function = dict_get_str(vm, to_module(module)->dict, function_name);
    if (is_undefined(function)) return UNDEFINED;
    Value args[6] = {from_object(text), from_object(category), from_object(filename), from_int(line), NONE, NONE};
    if (globals != NULL) {
        Value module_name = dict_get_str(vm, globals, vm->names.__name__);
        if (is_str(module_name)) args[4] = module_name;
        Str *key = str_intern_c(vm, "__warningregistry__");
        if (key == NULL) return ERROR;
        args[5] = dict_get_str(vm, globals, key);
        if (!is_dict(args[5])) {
            Dict *registry = dict_new(vm);
            if (registry == NULL || !dict_set_str(vm, globals, key, from_object(registry))) return ERROR;
            args[5] = from_object(registry);
        }
    }
    return call_value(vm, function, args, 6);
}

int warning_tell(VM *vm, Value message, Value category, Str *filename, int line) {
    if (vm->warner.tell == NULL || vm->warner.inside || vm->limits.final) return 0;
    vm->warner.inside = true;
    Value warning = is_exception(message) ? message : call1(vm, category, message);
    int told = is_error(warning) ? -1 : vm->warner.tell(vm, warning, filename, line);
    vm->warner.inside = false;
    return told;
}

static bool warn_at(VM *vm, Class *category, Str *text, Str *filename, int line, Dict *globals) {
    Value asked = ask_module(vm, category, text, filename, line, globals);
    if (!is_undefined(asked)) return !is_error(asked);
    Value name = globals != NULL ? dict_get_str(vm, globals, vm->names.__name__) : UNDEFINED;
    if (is_ignored(vm, category, is_str(name) && str_equals_c(vm, to_str(name), "__main__"))) return true;
    int first = first_time(vm, category, text, filename, line);
    if (first <= 0) return first == 0;
    int told = warning_tell(vm, from_object(text), from_object(category), filename, line);
    if (told != 0) return told > 0;
    Str *shown = str_printf(vm, "%S:%d: %C: %S\n", filename, line, category, text);
    if (shown == NULL) return false;
    report_write(vm, shown);
    Str *source = source_line_of(vm, filename, line);
    if (source == NULL) return !is_raised(vm);
    shown = str_printf(vm, "  %S\n", source);
    if (shown == NULL) return false;
    report_write(vm, shown);
    return true;
}

bool vm_warn_explicit(VM *vm, Class *category, const char *text, Str *filename, int line) {
    Str *message = str_from_latin1_or_utf8(vm, text, strlen(text), "replace");
    return message != NULL && warn_at(vm, category, message, filename, line, NULL);
}

bool vm_warn(VM *vm, Class *category, int stack_level, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Str *text = format_message(vm, format, args);
    va_end(args);
    if (text == NULL) return false;
    Frame *frame = frame_of_python_caller(vm);
    for (int i = 1; i < stack_level && frame != NULL && frame->caller != NULL; i++) frame = frame->caller;
    Str *filename = frame != NULL ? frame->code->filename : str_from_c(vm, "sys");
    if (filename == NULL) return false;
    int line = frame != NULL ? code_line(frame->code, frame->pc > frame->code->words ? frame->pc - 1 : frame->pc) : 1;
    return warn_at(vm, category, text, filename, line, frame != NULL ? frame->function->globals : NULL);
}
