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
    Handle *handle = host_object_new(vm, cls, sizeof *handle);
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

// ---- of loops that programs write themselves

static Value foreign_loop(const Handle *handle) { return to_tuple(handle->created)->items[0]; }

static Value foreign_call(VM *vm, const Handle *handle, const char *method, const Value *args, int argc) {
    Str *name = str_intern_c(vm, method);
    return name == NULL ? ERROR : call_method(vm, foreign_loop(handle), name, args, argc);
}

Value handle_created(const Handle *handle) {
    if (!(handle->head.flags & HANDLE_FOREIGN)) return is_undefined(handle->created) ? NONE : handle->created;
    return to_tuple(handle->created)->items[1];
}

static void report_to_foreign(VM *vm, Handle *handle, Str *message, Value exception) {
    static const char *const keys[] = {"message", "exception", "handle", "source_traceback"};
    const Value values[] = {from_object(message), exception, from_object(handle), handle_created(handle)};
    Dict *context = dict_new(vm);
    for (int i = 0; context != NULL && i < (is_none(values[3]) ? 3 : 4); i++) {
        Str *key = str_intern_c(vm, keys[i]);
        if (key == NULL || !dict_set_str(vm, context, key, values[i])) context = NULL;
    }
    Value argument = context == NULL ? ERROR : from_object(context);
    if (context == NULL || is_error(foreign_call(vm, handle, "call_exception_handler", &argument, 1))) raised_clear(vm);
}

static void report(VM *vm, Handle *handle, Value exception) {
    Str *what = callback_text(vm, handle->callback, handle->args, handle->head.flags & HANDLE_ONE_ARGUMENT);
    Str *message = what == NULL ? NULL : str_printf(vm, "Exception in callback %S", what);
    if (message == NULL) raised_clear(vm);
    else if (handle->head.flags & HANDLE_FOREIGN) report_to_foreign(vm, handle, message, exception);
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

// In debug mode the repr of a cancelled one still shows what it was to call.
static Value handle_cancel(VM *vm, const Value *args, int argc) {
    Handle *handle = handle_of(args[0]);
    bool foreign = handle->head.flags & HANDLE_FOREIGN, debug = handle->loop != NULL && handle->loop->debug;
    if (handle->head.flags & HANDLE_CANCELLED) return NONE;
    if (foreign && handle->head.flags & HANDLE_TIMER && is_error(foreign_call(vm, handle, "_timer_handle_cancelled", args, 1))) return ERROR;
    if (foreign) {
        Value asked = foreign_call(vm, handle, "get_debug", NULL, 0);
        int truth = is_error(asked) ? -1 : value_is_true(vm, asked);
        if (truth < 0) return ERROR;
        debug = truth;
    }
    handle->head.flags |= HANDLE_CANCELLED;
    if (!debug) {
        handle->callback = NONE;
        handle->args = NONE;
        handle->head.flags &= (uint16_t)~HANDLE_ONE_ARGUMENT;
    }
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
    if (is_none(args[3])) return raise_type_error(vm, "an event loop is required, not None");
    Tuple *arguments = tuple_from_iterable(vm, args[2]);
    Value context = arg_or(args, argc, 4, NONE);
    if (arguments == NULL || (is_none(context) && !context_copy_current(vm, &context))) return ERROR;
    handle->callback = args[1];
    handle->args = from_object(arguments);
    handle->context = context;
    gc_write_barrier(vm, handle);
    if (is_loop(vm, args[3])) {
        handle->loop = (Loop *)to_object(args[3]);
        handle->created = handle->loop->debug ? debug_stack(vm) : UNDEFINED;
        return is_error(handle->created) ? ERROR : NONE;
    }
    Tuple *pair = tuple_pack(vm, 2, args[3], NONE);
    if (pair == NULL) return ERROR;
    handle->loop = NULL;
    handle->created = from_object(pair);
    handle->head.flags |= HANDLE_FOREIGN;
    Value asked = foreign_call(vm, handle, "get_debug", NULL, 0);
    int debug = is_error(asked) ? -1 : value_is_true(vm, asked);
    Value created = debug < 0 ? ERROR : debug ? debug_stack(vm) : NONE;
    Tuple *full = is_error(created) ? NULL : tuple_pack(vm, 2, args[3], created);
    if (full == NULL) return ERROR;
    handle->created = from_object(full);
    gc_write_barrier(vm, handle);
    return NONE;
}

static Value timer_handle_init(VM *vm, const Value *args, int argc) {
    Value rest[5] = {args[0], args[2], args[3], args[4], arg_or(args, argc, 5, NONE)};
    Handle *handle = handle_of(args[0]);
    if (!value_as_double(vm, args[1], &handle->when)) return ERROR;
    handle->head.flags |= is_int(args[1]) ? HANDLE_TIMER | HANDLE_WHOLE : HANDLE_TIMER;
    return handle_init(vm, rest, 5);
}

Value handle_when(VM *vm, const Handle *handle) {
    return handle->head.flags & HANDLE_WHOLE ? int_from_i64(vm, (int64_t)handle->when) : float_new(vm, handle->when);
}
static Value timer_when(VM *vm, const Value *args, int argc) { return handle_when(vm, handle_of(args[0])); }

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

static Value get_args(VM *vm, Value self);
static Value timer_eq(VM *vm, const Value *args, int argc) {
    if (!is_kind(args[1], KIND_HOST) || class_of(vm, args[1]) != ASYNCIO(vm)->timer_handle) return NOT_IMPLEMENTED;
    Handle *a = handle_of(args[0]), *b = handle_of(args[1]);
    if (a->when != b->when || (a->head.flags & HANDLE_CANCELLED) != (b->head.flags & HANDLE_CANCELLED)) return FALSE_VALUE;
    Value same = compare_values(vm, COMPARE_EQ, a->callback, b->callback);
    int truth = is_error(same) ? -1 : value_is_true(vm, same);
    if (truth <= 0) return truth < 0 ? ERROR : FALSE_VALUE;
    Value mine = get_args(vm, args[0]), theirs = get_args(vm, args[1]);
    return is_error(mine) || is_error(theirs) ? ERROR : compare_values(vm, COMPARE_EQ, mine, theirs);
}

static Value timer_hash(VM *vm, const Value *args, int argc) {
    Value when = handle_when(vm, handle_of(args[0]));
    int64_t hash;
    return is_error(when) || !hash_value(vm, when, &hash) ? ERROR : int_from_i64(vm, hash);
}

static Value get_callback(VM *vm, Value self) { return handle_of(self)->head.flags & HANDLE_CANCELLED ? NONE : handle_of(self)->callback; }
static Value get_args(VM *vm, Value self) {
    Handle *handle = handle_of(self);
    if (handle->head.flags & HANDLE_CANCELLED) return NONE;
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
    {"__eq__(self, other, /)", timer_eq, NULL, 0},
    {"__hash__(self, /)", timer_hash, NULL, 0},
    {0},
};
static Value get_created(VM *vm, Value self) { return handle_created(handle_of(self)); }
static Value get_loop(VM *vm, Value self) {
    Handle *handle = handle_of(self);
    return handle->head.flags & HANDLE_FOREIGN ? foreign_loop(handle) : handle->loop == NULL ? NONE : from_object(handle->loop);
}
static Value get_context(VM *vm, Value self) { return is_undefined(handle_of(self)->context) ? NONE : handle_of(self)->context; }

const GetSetDef handle_getsets[] = {
    {"_source_traceback", get_created, NULL, NULL},
    {"_loop", get_loop, NULL, NULL},
    {"_context", get_context, NULL, NULL},
    {"_callback", get_callback, NULL, NULL},
    {"_args", get_args, NULL, NULL},
    {"_cancelled", get_cancelled, NULL, NULL},
    {"_scheduled", get_scheduled, NULL, NULL},
    {0},
};
