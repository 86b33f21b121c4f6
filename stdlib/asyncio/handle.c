// Handle and TimerHandle: callbacks that wait for their turn.
#include "stdlib/asyncio/asyncio.h"

void handle_trace(VM *vm, Object *object) {
    Handle *handle = (Handle *)object;
    gc_mark_object(vm, handle->loop);
    gc_mark_value(vm, handle->callback);
    gc_mark_value(vm, handle->args);
    gc_mark_value(vm, handle->context);
    gc_mark_value(vm, handle->created);
}

static Handle *handle_alloc(VM *vm, Class *cls, Loop *loop, Value callback, Value args, bool one_argument, Value context) {
    Handle *handle = object_new_of(vm, cls, sizeof *handle);
    if (handle == NULL) return NULL;
    handle->loop = loop;
    handle->callback = callback;
    handle->args = args;
    handle->context = context;
    if (one_argument) handle->head.flags |= HANDLE_ONE_ARGUMENT;
    if (UNLIKELY(loop->debug)) {
        handle->created = debug_stack(vm);
        if (is_error(handle->created)) return NULL;
        gc_write_barrier(vm, handle);
    }
    return handle;
}

Handle *handle_new(VM *vm, Loop *loop, Value callback, Value args, bool one_argument, Value context) {
    return handle_alloc(vm, ASYNCIO(vm)->handle, loop, callback, args, one_argument, context);
}

Handle *loop_call_soon_one(VM *vm, Loop *loop, Value callback, Value argument, Value context) {
    Handle *handle = handle_new(vm, loop, callback, argument, true, context);
    return handle != NULL && loop_push(vm, loop, handle, TAG_HANDLE) ? handle : NULL;
}

static Value handle_call(VM *vm, Handle *handle) {
    Value callback = handle->callback, args = handle->args;
    if (handle->head.flags & HANDLE_ONE_ARGUMENT) {
        if (is_kind(callback, KIND_HOST)) {   // ours, which are not callable from Python
            if (is_future(callback) && to_object(callback)->flags & FUTURE_IS_GATHER)
                return gather_child_done(vm, (Gather *)to_object(callback), to_future(args)) ? NONE : ERROR;
            if (is_loop(vm, callback)) {
                Value exception = to_future(args)->head.flags & FUTURE_FAILED ? to_future(args)->result : UNDEFINED;
                to_object(args)->flags &= (uint16_t)~FUTURE_LOG;
                // These have left run_forever() by themselves.
                if (!is_undefined(exception) && (is_instance(vm, exception, vm->exc.SystemExit) || is_instance(vm, exception, vm->exc.KeyboardInterrupt)))
                    return NONE;
                ((Loop *)to_object(callback))->stopping = true;
                return NONE;
            }
        }
        return call1(vm, callback, args);
    }
    if (is_undefined(args)) return call0(vm, callback);
    Tuple *tuple = to_tuple(args);
    Value result = call_value(vm, callback, tuple->items, (int)tuple->count);
    gc_keep(tuple);
    return result;
}

static void report(VM *vm, Handle *handle, Value exception) {
    Str *what = callback_text(vm, handle->callback, handle->args, handle->head.flags & HANDLE_ONE_ARGUMENT);
    Str *message = what == NULL ? NULL : str_printf(vm, "Exception in callback %S", what);
    if (message == NULL) raised_clear(vm);
    else loop_report(vm, handle->loop, message, exception, "handle", from_object(handle));
}

bool handle_run(VM *vm, Handle *handle) {
    if (handle->head.flags & HANDLE_CANCELLED) return true;
    Value outer = vm->context;
    vm->context = handle->context;
    Value result = handle_call(vm, handle);
    vm->context = outer;
    if (LIKELY(!is_error(result))) return true;
    if (vm->limits.final || raised_matches(vm, vm->exc.SystemExit) || raised_matches(vm, vm->exc.KeyboardInterrupt)) return false;
    report(vm, handle, raised_take(vm));
    return true;
}

// ---- Python's view

static Handle *handle_of(Value v) { return (Handle *)to_object(v); }

static Value handle_cancel(VM *vm, const Value *args, int argc) {
    Handle *handle = handle_of(args[0]);
    if (handle->head.flags & HANDLE_CANCELLED) return NONE;
    handle->head.flags |= HANDLE_CANCELLED;
    handle->callback = NONE;
    handle->args = NONE;
    handle->head.flags &= (uint16_t)~HANDLE_ONE_ARGUMENT;
    if (handle->head.flags & HANDLE_SCHEDULED && handle->loop != NULL) {
        handle->loop->timers_cancelled++;
        timers_drop_cancelled(handle->loop);
    }
    return NONE;
}

static Value handle_cancelled(VM *vm, const Value *args, int argc) { return from_bool(handle_of(args[0])->head.flags & HANDLE_CANCELLED); }

static Value handle_run_method(VM *vm, const Value *args, int argc) { return handle_run(vm, handle_of(args[0])) ? NONE : ERROR; }

// Handle(callback, args, loop, context=None) and TimerHandle(when, callback, args, loop, context=None)
static Value handle_init(VM *vm, const Value *args, int argc) {
    Handle *handle = handle_of(args[0]);
    if (!is_loop(vm, args[3])) return raise_type_error(vm, "an event loop is required, not %T", args[3]);
    Tuple *arguments = tuple_from_iterable(vm, args[2]);
    Value context = arg_or(args, argc, 4, NONE);
    if (arguments == NULL || (is_none(context) && !context_copy_current(vm, &context))) return ERROR;
    handle->callback = args[1];
    handle->args = from_object(arguments);
    handle->loop = (Loop *)to_object(args[3]);
    handle->context = context;
    handle->created = handle->loop->debug ? debug_stack(vm) : UNDEFINED;
    gc_write_barrier(vm, handle);
    return is_error(handle->created) ? ERROR : NONE;
}

static Value timer_handle_init(VM *vm, const Value *args, int argc) {
    Value rest[5] = {args[0], args[2], args[3], args[4], arg_or(args, argc, 5, NONE)};
    Handle *handle = handle_of(args[0]);
    if (!value_as_double(vm, args[1], &handle->when)) return ERROR;
    handle->head.flags |= HANDLE_TIMER;
    return handle_init(vm, rest, 5);
}

static Value timer_when(VM *vm, const Value *args, int argc) { return float_new(vm, handle_of(args[0])->when); }

// Timers compare by their time.
static Value timer_compare(VM *vm, const Value *args, CompareOp op) {
    if (!is_kind(args[1], KIND_HOST) || class_of(vm, args[1]) != ASYNCIO(vm)->timer_handle) return NOT_IMPLEMENTED;
    Value a = float_new(vm, handle_of(args[0])->when), b = float_new(vm, handle_of(args[1])->when);
    return is_error(a) || is_error(b) ? ERROR : compare_values(vm, op, a, b);
}
static Value timer_lt(VM *vm, const Value *args, int argc) { return timer_compare(vm, args, COMPARE_LT); }
static Value timer_le(VM *vm, const Value *args, int argc) { return timer_compare(vm, args, COMPARE_LE); }
static Value timer_gt(VM *vm, const Value *args, int argc) { return timer_compare(vm, args, COMPARE_GT); }
static Value timer_ge(VM *vm, const Value *args, int argc) { return timer_compare(vm, args, COMPARE_GE); }

static Value get_callback(VM *vm, Value self) { return handle_of(self)->callback; }
static Value get_args(VM *vm, Value self) {
    Handle *handle = handle_of(self);
    if (handle->head.flags & HANDLE_ONE_ARGUMENT) {
        Tuple *tuple = tuple_pack(vm, 1, handle->args);
        return tuple == NULL ? ERROR : from_object(tuple);
    }
    return is_undefined(handle->args) ? from_object(vm->empty_tuple) : handle->args;
}
static Value get_cancelled(VM *vm, Value self) { return from_bool(handle_of(self)->head.flags & HANDLE_CANCELLED); }
static Value get_scheduled(VM *vm, Value self) { return from_bool(handle_of(self)->head.flags & HANDLE_SCHEDULED); }

const NativeDef handle_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", host_instance_new, NULL, NATIVE_NEW},
    {"__init__(self, callback, args, loop, context=None)", handle_init, NULL, 0},
    {"__repr__(self, /)", handle_repr, NULL, 0},
    {"cancel(self, /)", handle_cancel, "The callback will not be called.", 0},
    {"cancelled(self, /)", handle_cancelled, "Whether it was cancelled.", 0},
    {"_run(self, /)", handle_run_method, NULL, 0},
    {0},
};
const NativeDef timer_handle_methods[] = {
    {"__init__(self, when, callback, args, loop, context=None)", timer_handle_init, NULL, 0},
    {"when(self, /)", timer_when, "The loop's time at which the callback is due.", 0},
    {"__lt__(self, other, /)", timer_lt, NULL, 0},
    {"__le__(self, other, /)", timer_le, NULL, 0},
    {"__gt__(self, other, /)", timer_gt, NULL, 0},
    {"__ge__(self, other, /)", timer_ge, NULL, 0},
    {0},
};
static Value get_created(VM *vm, Value self) { return is_undefined(handle_of(self)->created) ? NONE : handle_of(self)->created; }

const GetSetDef handle_getsets[] = {
    {"_source_traceback", get_created, NULL, NULL},
    {"_callback", get_callback, NULL, NULL},
    {"_args", get_args, NULL, NULL},
    {"_cancelled", get_cancelled, NULL, NULL},
    {"_scheduled", get_scheduled, NULL, NULL},
    {0},
};
