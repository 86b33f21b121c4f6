// loop.add_signal_handler(): a signal runs a callback of the loop (stdlib/signal.c delivers it).
#include "stdlib/asyncio/asyncio.h"
#include "stdlib/signal.h"

#include <signal.h>

static bool number_argument(VM *vm, Value v, int *out) {
    Value number = int_or_bool(v);
    int64_t value;
    if (is_undefined(number)) return raise_type_error(vm, "sig must be an int, not %R", v), false;
    if (!int_as_i64(number, &value) || value < 1 || value >= SIGNAL_COUNT) return raise_value_error(vm, "invalid signal number %V", v), false;
    *out = (int)value;
    return true;
}

static bool is_coroutine_function(VM *vm, Value v) {
    if (is_kind(v, KIND_METHOD)) v = ((Method *)to_object(v))->function;
    return is_coroutine_object(vm, v) || (is_function(v) && to_function(v)->code->flags & CODE_COROUTINE);
}

// add_signal_handler(self, sig, callback, *args)
static Value add_signal_handler(VM *vm, const Value *args, int argc) {
    Loop *loop = (Loop *)to_object(args[0]);
    int number;
    bool one = argc == 4;
    Value packed = one ? args[3] : UNDEFINED, context;
    if (is_coroutine_function(vm, args[2])) return raise_type_error(vm, "coroutines cannot be used with add_signal_handler()");
    if (!number_argument(vm, args[1], &number) || !loop_check_open(vm, loop)) return ERROR;
    if (argc > 4) {
        Tuple *tuple = tuple_from_values(vm, args + 3, (size_t)(argc - 3));
        if (tuple == NULL) return ERROR;
        packed = from_object(tuple);
    }
    if (!context_copy_current(vm, &context)) return ERROR;
    Handle *handle = handle_new(vm, loop, args[2], packed, one, context);
    Object *before = signal_loop_handle(vm, number);
    if (handle == NULL) return ERROR;
    if (!signal_set_loop_handle(vm, number, &handle->head)) {
        if (!raised_matches(vm, vm->exc.OSError) || raised_matches(vm, vm->exc.PermissionError)) return ERROR;
        raised_clear(vm);
        return raise_error(vm, vm->exc.RuntimeError, "sig %d cannot be caught", number);
    }
    loop->external++;   // it may be what wakes the loop
    if (before != NULL) ((Handle *)before)->loop->external--;
    return NONE;
}

static Value remove_signal_handler(VM *vm, const Value *args, int argc) {
    int number;
    if (!number_argument(vm, args[1], &number)) return ERROR;
    Handle *before = (Handle *)signal_loop_handle(vm, number);
    if (before == NULL || before->loop != (Loop *)to_object(args[0])) return FALSE_VALUE;
    if (!signal_set_loop_handle(vm, number, NULL)) return ERROR;
    before->loop->external--;
    before->head.flags |= HANDLE_CANCELLED;
    return TRUE_VALUE;
}

// The handlers of a loop go with it.
void loop_signals_close(VM *vm, Loop *loop) {
    for (int number = 1; vm->signals != NULL && number < SIGNAL_COUNT; number++) {
        Handle *handle = (Handle *)signal_loop_handle(vm, number);
        if (handle == NULL || handle->loop != loop) continue;
        if (!signal_set_loop_handle(vm, number, NULL)) raised_clear(vm);
        loop->external--;
    }
}

const NativeDef loop_signal_methods[] = {
    {"add_signal_handler(self, sig, callback, /, *args)", add_signal_handler, "Call callback(*args) in the loop whenever the signal comes.", 0},
    {"remove_signal_handler(self, sig, /)", remove_signal_handler, "Undo add_signal_handler(); whether there was one.", 0},
    {0},
};
