// Future: a result to come, and who is to be told.
//
// The first to wait is usually a task or a gather() and stands in a field of its own; callbacks and further waiters share a growing table.
// A waiting task is woken through the ready ring itself, everything else through a handle, in the order of registration.
#include "stdlib/asyncio/asyncio.h"

const char asyncio_future_mark;

typedef struct FutureIter { Object head; Future *future; } FutureIter;   // flags: 1 once it has yielded

// ---- life

Value host_instance_new(VM *vm, const Value *args, int argc) { return instance_new(vm, to_class(args[0])); }

Future *future_new(VM *vm, Loop *loop) {
    Future *future = host_object_new(vm, ASYNCIO(vm)->future, sizeof *future);
    if (future == NULL) return NULL;
    future->loop = loop;
    return UNLIKELY(loop->debug) && !debug_note(vm, future) ? NULL : future;
}

bool future_init(VM *vm, Future *future, Value loop) {
    if (is_none(loop)) {
        Loop *found = loop_default(vm);
        if (found == NULL) return false;
        loop = from_object(found);
    }
    if (!is_loop(vm, loop)) return raise_type_error(vm, "an event loop is required, not %T", loop), false;
    size_t capacity = future->callbacks == NULL ? 0 : future->callbacks->capacity;
    buffer_free(vm, future->callbacks, sizeof(Callbacks) + capacity * sizeof(CallbackRow));
    future->callbacks = NULL;
    future->waiter = NULL;
    future->loop = (Loop *)to_object(loop);
    future->result = future->message = UNDEFINED;
    future->head.flags = 0;
    gc_write_barrier(vm, future);
    return LIKELY(!future->loop->debug) || debug_note(vm, future);
}

void future_trace(VM *vm, Object *object) {
    Future *future = (Future *)object;
    gc_mark_object(vm, future->loop);
    gc_mark_value(vm, future->result);
    gc_mark_object(vm, future->waiter);
    gc_mark_value(vm, future->message);
    for (uint32_t i = 0; future->callbacks != NULL && i < future->callbacks->count; i++) {
        gc_mark_value(vm, future->callbacks->rows[i].callback);
        gc_mark_value(vm, future->callbacks->rows[i].context);
    }
}

static void callbacks_free(VM *vm, Callbacks *callbacks) {
    if (callbacks != NULL) buffer_free(vm, callbacks, sizeof *callbacks + callbacks->capacity * sizeof(CallbackRow));
}

void future_free(VM *vm, Object *object) {
    callbacks_free(vm, ((Future *)object)->callbacks);
    ((Future *)object)->callbacks = NULL;
}

// What CPython's __del__ says when nobody has ever looked at an exception, or when a pending task is lost.
void future_finalize(VM *vm, Object *object) {
    Future *future = (Future *)object;
    if (future_is_task(future) && !future_is_done(future) && !(object->flags & FUTURE_SILENT)) {
        Str *message = str_from_c(vm, "Task was destroyed but it is pending!");
        if (message != NULL) loop_report(vm, future->loop, message, UNDEFINED, "task", from_object(future));
        return;
    }
    if (!(object->flags & FUTURE_LOG)) return;
    object->flags &= (uint16_t)~FUTURE_LOG;
    Str *message = str_printf(vm, "%T exception was never retrieved", from_object(future));
    if (message != NULL) loop_report(vm, future->loop, message, future->result, "future", from_object(future));
}

// ---- errors

Value raise_invalid_state(VM *vm, const char *text) { return raise_error(vm, ASYNCIO(vm)->InvalidStateError, "%s", text); }

static Value cancelled_error(VM *vm, Value message) {
    bool none = is_undefined(message) || is_none(message);
    Tuple *args = none ? vm->empty_tuple : tuple_pack(vm, 1, message);
    return args == NULL ? ERROR : exception_new_plain(vm, ASYNCIO(vm)->CancelledError, args);
}

Value raise_cancelled(VM *vm, Value message) {
    Value error = cancelled_error(vm, message);
    return is_error(error) ? ERROR : raise_exception(vm, error);
}

Value future_cancelled_error(VM *vm, Future *future) { return cancelled_error(vm, future->message); }

static bool check_pending(VM *vm, Future *future) {
    if (!future_is_done(future)) return true;
    raise_invalid_state(vm, "invalid state");
    return false;
}

static bool check_initialised(VM *vm, Future *future) {
    if (future->loop != NULL) return true;
    raise_error(vm, vm->exc.RuntimeError, "%s object is not initialized.", future_is_task(future) ? "Task" : "Future");
    return false;
}

// ---- who is to be told

bool future_add_callback(VM *vm, Future *future, Value callback, Value context) {
    Callbacks *callbacks = future->callbacks;
    if (callbacks == NULL || callbacks->count == callbacks->capacity) {
        size_t capacity = callbacks == NULL ? 1 : (size_t)callbacks->capacity * 2, size, old = 0;
        if (!size_for(vm, capacity, sizeof(CallbackRow), sizeof *callbacks, &size)) return false;
        if (callbacks != NULL) old = sizeof *callbacks + callbacks->capacity * sizeof(CallbackRow);
        callbacks = buffer_resize(vm, callbacks, old, size);
        if (callbacks == NULL) return false;
        callbacks->capacity = (uint32_t)capacity;
        future->callbacks = callbacks;
    }
    callbacks->rows[callbacks->count++] = (CallbackRow){callback, context};
    gc_write_barrier(vm, future);
    return true;
}

bool future_add_waiter(VM *vm, Future *future, Object *waiter) {
    if (future->waiter != NULL || (future->callbacks != NULL && future->callbacks->count > 0))
        return future_add_callback(vm, future, from_object(waiter), UNDEFINED);
    future->waiter = waiter;
    gc_write_barrier(vm, future);
    return true;
}

bool future_tell_waiter(VM *vm, Future *future) {
    Object *waiter = future->waiter;
    future->waiter = NULL;
    return waiter == NULL || gather_child_done(vm, (Gather *)waiter, future);
}

static bool tell_all(VM *vm, Future *future) {
    Callbacks *callbacks = future->callbacks;
    Object *waiter = future->waiter;
    future->callbacks = NULL;
    bool done = true;
    if (waiter != NULL) {
        if (waiter->flags & FUTURE_IS_TASK) {
            future->waiter = NULL;
            done = task_wake(vm, (Task *)waiter);
        } else {
            done = loop_push(vm, future->loop, future, TAG_FUTURE);
        }
    }
    for (uint32_t i = 0; done && callbacks != NULL && i < callbacks->count; i++) {
        CallbackRow row = callbacks->rows[i];
        if (is_future(row.callback) && to_object(row.callback)->flags & FUTURE_IS_TASK) done = task_wake(vm, (Task *)to_object(row.callback));
        else done = loop_call_soon_one(vm, future->loop, row.callback, from_object(future), row.context) != NULL;
    }
    callbacks_free(vm, callbacks);
    return done;
}

bool future_finish(VM *vm, Future *future, unsigned flags, Value result) {
    future->head.flags |= (uint16_t)flags;
    future->result = result;
    gc_write_barrier(vm, future);
    if (flags & FUTURE_FAILED) {
        future->head.flags |= FUTURE_LOG | HOST_FINALIZE;
        future->message = to_exception(result)->traceback;
        future->loop->unretrieved++;
        if (UNLIKELY(future->loop->failed != NULL) && !list_append(vm, future->loop->failed, from_object(future))) return false;
        gc_track_finalizer(vm, future);
    }
    return (future->waiter == NULL && future->callbacks == NULL) || tell_all(vm, future);
}

bool future_set_result(VM *vm, Future *future, Value result) {
    return check_initialised(vm, future) && check_pending(vm, future) && future_finish(vm, future, FUTURE_FINISHED, result);
}

bool future_set_exception(VM *vm, Future *future, Value exception) {
    if (!check_initialised(vm, future) || !check_pending(vm, future)) return false;
    if (is_class(exception) && is_error(exception = call0(vm, exception))) return false;
    if (!is_exception(exception)) return raise_type_error(vm, "invalid exception object"), false;
    if (is_instance(vm, exception, vm->exc.StopIteration))
        return raise_type_error(vm, "StopIteration interacts badly with generators and cannot be raised into a Future"), false;
    return future_finish(vm, future, FUTURE_FINISHED | FUTURE_FAILED, exception);
}

int future_cancel_plain(VM *vm, Future *future, Value message) {
    future->head.flags &= (uint16_t)~FUTURE_LOG;
    if (future_is_done(future)) return 0;
    future->message = message;
    return future_finish(vm, future, FUTURE_CANCELLED, UNDEFINED) ? 1 : -1;
}

static int gather_cancel(VM *vm, Gather *gather, Value message) {
    if (future_is_done(&gather->future)) return 0;
    int any = 0;
    for (size_t i = 0; i < gather->children->count; i++) {
        int one = future_cancel(vm, to_future(gather->children->items[i]), message);
        if (one < 0) return -1;
        any |= one;
    }
    if (any) gather->future.head.flags |= GATHER_CANCEL_REQUESTED;
    return any;
}

// Deep chains of tasks that wait for tasks: each cancels the next.
int future_cancel(VM *vm, Future *future, Value message) {
    Class *cls = future->head.shape->cls;
    if (!stack_check(vm)) return -1;
    if (cls->flags & CLASS_HEAP) {
        Value argument = is_undefined(message) ? NONE : message, method = attr_get(vm, from_object(future), vm->names.cancel);
        Str *name = str_intern_c(vm, "msg");
        Tuple *names = name == NULL ? NULL : tuple_pack(vm, 1, from_object(name));
        if (is_error(method) || names == NULL) return -1;
        Value result = call_with_keywords(vm, method, &argument, 1, names);
        return is_error(result) ? -1 : value_is_true(vm, result);
    }
    if (future_is_task(future)) return task_cancel(vm, (Task *)future, message);
    if (future->head.flags & FUTURE_IS_GATHER) return gather_cancel(vm, (Gather *)future, message);
    return future_cancel_plain(vm, future, message);
}

Value future_result(VM *vm, Future *future) {
    unsigned flags = future->head.flags;
    if (LIKELY((flags & (FUTURE_FINISHED | FUTURE_FAILED)) == FUTURE_FINISHED)) return future->result;
    if (flags & FUTURE_CANCELLED) {
        // A cancelled task raises the very error that ended it, once; after that, new ones.
        Value error = future->result;
        future->result = UNDEFINED;
        return is_exception(error) ? raise_exception(vm, error) : raise_cancelled(vm, future->message);
    }
    if (!(flags & FUTURE_FINISHED)) return raise_invalid_state(vm, "Result is not set.");
    future->head.flags &= (uint16_t)~FUTURE_LOG;
    Exception *exception = to_exception(future->result);
    exception->traceback = is_undefined(future->message) ? NONE : future->message;
    gc_write_barrier(vm, exception);
    return raise_exception(vm, future->result);
}

// ---- await

DelegateOutcome future_step(VM *vm, Value object, bool first, Value sent, Value *out) {
    Future *future = to_future(object);
    if (LIKELY(future_is_done(future))) {
        *out = future_result(vm, future);
        return is_error(*out) ? DELEGATE_RAISED : DELEGATE_DONE;
    }
    if (!first) {
        raise_error(vm, vm->exc.RuntimeError, "await wasn't used with future");
        return DELEGATE_RAISED;
    }
    if (!check_initialised(vm, future)) return DELEGATE_RAISED;
    future->head.flags |= FUTURE_BLOCKING;
    *out = object;
    return DELEGATE_SUSPEND;
}

static Value future_await(VM *vm, const Value *args, int argc) {
    FutureIter *iterator = object_new_of(vm, ASYNCIO(vm)->future_iter, sizeof *iterator);
    if (iterator == NULL) return ERROR;
    iterator->future = to_future(args[0]);
    return from_object(iterator);
}

void future_iter_trace(VM *vm, Object *object) { gc_mark_object(vm, ((FutureIter *)object)->future); }

static Value iter_next(VM *vm, const Value *args, int argc) {
    FutureIter *iterator = (FutureIter *)to_object(args[0]);
    if (iterator->future == NULL) return STOP;
    Value out = NONE;
    DelegateOutcome outcome = future_step(vm, from_object(iterator->future), !(iterator->head.flags & 1), NONE, &out);
    iterator->head.flags |= 1;
    if (outcome == DELEGATE_SUSPEND) return out;
    iterator->future = NULL;
    return outcome == DELEGATE_DONE ? raise_stop_iteration(vm, out) : ERROR;
}

static Value iter_iter(VM *vm, const Value *args, int argc) { return args[0]; }

static Value iter_throw(VM *vm, const Value *args, int argc) {
    Value exception = args[1];
    Value value = arg_or(args, argc, 2, NONE), traceback = arg_or(args, argc, 3, NONE);
    if (!is_none(traceback) && !is_kind(traceback, KIND_TRACEBACK)) return raise_type_error(vm, "throw() third argument must be a traceback");
    if (is_exception(exception) && !is_none(value)) return raise_type_error(vm, "instance exception may not have a separate value");
    ((FutureIter *)to_object(args[0]))->future = NULL;
    if (is_class(exception)) exception = argc > 2 && arg_given(args, argc, 2) && !is_none(args[2]) ? (is_exception(args[2]) ? args[2] : call1(vm, exception, args[2])) : call0(vm, exception);
    if (is_error(exception)) return ERROR;
    if (!is_exception(exception)) return raise_type_error(vm, "exceptions must be classes deriving BaseException or instances of such a class");
    return raise_exception(vm, exception);
}

static Value iter_close(VM *vm, const Value *args, int argc) {
    ((FutureIter *)to_object(args[0]))->future = NULL;
    return NONE;
}

const NativeDef future_iter_methods[] = {
    {"__iter__(self, /)", iter_iter, NULL, 0},
    {"__next__(self, /)", iter_next, NULL, 0},
    {"send(self, arg, /)", iter_next, NULL, 0},
    {"throw(self, type, value=None, traceback=None, /)", iter_throw, NULL, 0},
    {"close(self, /)", iter_close, NULL, 0},
    {0},
};

// ---- Python's view

static Value method_init(VM *vm, const Value *args, int argc) {
    return future_init(vm, to_future(args[0]), arg_or(args, argc, 1, NONE)) ? NONE : ERROR;
}

static Value method_done(VM *vm, const Value *args, int argc) { return from_bool(future_is_done(to_future(args[0]))); }
static Value method_cancelled(VM *vm, const Value *args, int argc) { return from_bool(to_future(args[0])->head.flags & FUTURE_CANCELLED); }

static Value method_cancel(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    if (!check_initialised(vm, future)) return ERROR;
    int cancelled = future_cancel_plain(vm, future, arg_or(args, argc, 1, NONE));
    return cancelled < 0 ? ERROR : from_bool(cancelled);
}

static Value method_result(VM *vm, const Value *args, int argc) {
    return future_result(vm, to_future(args[0]));
}

static Value method_exception(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    if (future->head.flags & FUTURE_CANCELLED) return future_result(vm, future);
    if (!future_is_done(future)) return raise_invalid_state(vm, "Exception is not set.");
    future->head.flags &= (uint16_t)~FUTURE_LOG;
    return future->head.flags & FUTURE_FAILED ? future->result : NONE;
}

static Value method_set_result(VM *vm, const Value *args, int argc) { return future_set_result(vm, to_future(args[0]), args[1]) ? NONE : ERROR; }
static Value method_set_exception(VM *vm, const Value *args, int argc) { return future_set_exception(vm, to_future(args[0]), args[1]) ? NONE : ERROR; }

static Value method_add_done_callback(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    Value context = arg_or(args, argc, 2, NONE);
    if (!check_initialised(vm, future) || (is_none(context) && !context_copy_current(vm, &context))) return ERROR;
    bool done = future_is_done(future) ? loop_check_open(vm, future->loop) && loop_call_soon_one(vm, future->loop, args[1], args[0], context) != NULL
                                       : future_add_callback(vm, future, args[1], context);
    return done ? NONE : ERROR;
}

static Value method_remove_done_callback(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    Callbacks *callbacks = future->callbacks;
    if (!check_initialised(vm, future)) return ERROR;
    int64_t removed = 0;
    for (uint32_t i = 0; callbacks != NULL && i < callbacks->count;) {
        int equal = values_equal(vm, callbacks->rows[i].callback, args[1]);
        if (equal < 0) return ERROR;
        if (future->callbacks != callbacks || i >= callbacks->count) break;   // the comparison has changed them
        if (!equal) {
            i++;
            continue;
        }
        memmove(callbacks->rows + i, callbacks->rows + i + 1, (--callbacks->count - i) * sizeof(CallbackRow));
        removed++;
    }
    return from_int(removed);
}

static Value method_get_loop(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    return check_initialised(vm, future) ? from_object(future->loop) : ERROR;
}

static Value method_make_cancelled_error(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    if (future->head.flags & FUTURE_CANCELLED && is_exception(future->result)) {
        Value error = future->result;
        future->result = UNDEFINED;
        return error;
    }
    return future_cancelled_error(vm, future);
}

static Value method_class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

const NativeDef future_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", host_instance_new, NULL, NATIVE_NEW},
    {"__init__(self, *, loop=None)", method_init, NULL, 0},
    {"__repr__(self, /)", future_repr, NULL, 0},
    {"__await__(self, /)", future_await, NULL, 0},
    {"__iter__(self, /)", future_await, NULL, 0},
    {"__class_getitem__(cls, item, /)", method_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {"done(self, /)", method_done, "Whether the future is done: it has a result or an exception, or was cancelled.", 0},
    {"cancelled(self, /)", method_cancelled, "Whether the future was cancelled.", 0},
    {"cancel(self, /, msg=None)", method_cancel, "Cancel the future and schedule callbacks; False when it is done already.", 0},
    {"result(self, /)", method_result, "The result; raises the exception when there is one.", 0},
    {"exception(self, /)", method_exception, "The exception that was set, or None.", 0},
    {"set_result(self, result, /)", method_set_result, "Mark the future done and set its result.", 0},
    {"set_exception(self, exception, /)", method_set_exception, "Mark the future done and set an exception.", 0},
    {"add_done_callback(self, fn, /, *, context=None)", method_add_done_callback, "Call fn(future) soon after the future is done.", 0},
    {"remove_done_callback(self, fn, /)", method_remove_done_callback, "Remove all instances of a callback; how many there were.", 0},
    {"get_loop(self, /)", method_get_loop, "The event loop the future is bound to.", 0},
    {"_make_cancelled_error(self, /)", method_make_cancelled_error, NULL, 0},
    {0},
};

static Value get_blocking(VM *vm, Value self) { return from_bool(to_future(self)->head.flags & FUTURE_BLOCKING); }
static Value set_blocking(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_error(vm, vm->exc.AttributeError, "cannot delete attribute");
    int truth = value_is_true(vm, value);
    if (truth < 0) return ERROR;
    if (truth) to_object(self)->flags |= FUTURE_BLOCKING;
    else to_object(self)->flags &= (uint16_t)~FUTURE_BLOCKING;
    return NONE;
}

static Value get_state(VM *vm, Value self) {
    unsigned flags = to_future(self)->head.flags;
    Str *text = str_from_c(vm, flags & FUTURE_CANCELLED ? "CANCELLED" : flags & FUTURE_FINISHED ? "FINISHED" : "PENDING");
    return text == NULL ? ERROR : from_object(text);
}

static Value get_loop(VM *vm, Value self) { return to_future(self)->loop == NULL ? NONE : from_object(to_future(self)->loop); }
static Value get_result(VM *vm, Value self) {
    Future *future = to_future(self);
    return (future->head.flags & (FUTURE_FINISHED | FUTURE_FAILED)) == FUTURE_FINISHED ? future->result : NONE;
}
static Value get_exception(VM *vm, Value self) { return to_future(self)->head.flags & FUTURE_FAILED ? to_future(self)->result : NONE; }
static Value get_message(VM *vm, Value self) {
    Future *future = to_future(self);
    return is_undefined(future->message) || future->head.flags & FUTURE_FAILED ? NONE : future->message;
}
static Value set_message(VM *vm, Value self, Value value) {
    to_future(self)->message = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value get_log_traceback(VM *vm, Value self) { return from_bool(to_future(self)->head.flags & FUTURE_LOG); }
static Value set_log_traceback(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_error(vm, vm->exc.AttributeError, "cannot delete attribute");
    int truth = value_is_true(vm, value);
    if (truth < 0) return ERROR;
    if (truth) return raise_value_error(vm, "_log_traceback can only be set to False");
    to_object(self)->flags &= (uint16_t)~FUTURE_LOG;
    return NONE;
}

static Value get_source_traceback(VM *vm, Value self) { return debug_created(vm, self); }

// A list of (callback, context), or None.
static Value get_callbacks(VM *vm, Value self) {
    Future *future = to_future(self);
    List *list = list_new(vm, 2);
    if (list == NULL) return ERROR;
    for (uint32_t i = 0; future->callbacks != NULL && i < future->callbacks->count; i++) {
        CallbackRow row = future->callbacks->rows[i];
        Tuple *pair = tuple_pack(vm, 2, row.callback, is_undefined(row.context) ? NONE : row.context);
        if (pair == NULL || !list_append(vm, list, from_object(pair))) return ERROR;
    }
    return list->count > 0 ? from_object(list) : NONE;
}

const GetSetDef future_getsets[] = {
    {"_asyncio_future_blocking", get_blocking, set_blocking, NULL},
    {"_state", get_state, NULL, NULL},
    {"_loop", get_loop, NULL, NULL},
    {"_result", get_result, NULL, NULL},
    {"_exception", get_exception, NULL, NULL},
    {"_callbacks", get_callbacks, NULL, NULL},
    {"_cancel_message", get_message, set_message, NULL},
    {"_log_traceback", get_log_traceback, set_log_traceback, NULL},
    {"_source_traceback", get_source_traceback, NULL, NULL},
    {0},
};
