// Task: a coroutine that the loop runs, a step at a time.
//
// In the ready ring a task stands at most once (TASK_QUEUED). What a step finds in `waiting`: nothing, the Future or Sleep that was waited
// for, or an exception to throw in. The chain takes the result from what it awaited by itself, so a step just resumes it.
#include "stdlib/asyncio/asyncio.h"

// ---- life

static void task_list(VM *vm, Loop *loop, Task *task) {
    task->next = loop->tasks;
    if (loop->tasks != NULL) loop->tasks->previous = task;
    loop->tasks = task;
    loop->task_count++;
    task->future.head.flags |= TASK_LISTED;
    gc_write_barrier(vm, loop);
    gc_write_barrier(vm, task);
}

void task_unlist(VM *vm, Task *task) {
    Loop *loop = task->future.loop;
    if (!(task->future.head.flags & TASK_LISTED)) return;
    task->future.head.flags &= (uint16_t)~TASK_LISTED;
    if (task->next != NULL) task->next->previous = task->previous;
    if (task->previous != NULL) {
        task->previous->next = task->next;
        gc_write_barrier(vm, task->previous);
    } else {
        loop->tasks = task->next;
        gc_write_barrier(vm, loop);
    }
    task->next = task->previous = NULL;
    loop->task_count--;
}

void task_trace(VM *vm, Object *object) {
    Task *task = (Task *)object;
    future_trace(vm, object);
    gc_mark_value(vm, task->coroutine);
    gc_mark_value(vm, task->waiting);
    gc_mark_value(vm, task->name);
    gc_mark_value(vm, task->context);
    gc_mark_object(vm, task->next);
}

static bool has_method(VM *vm, Class *cls, Str *name) { return !is_undefined(class_lookup(vm, cls, name)); }

bool is_coroutine_object(VM *vm, Value v) {
    if (is_kind(v, KIND_COROUTINE) || is_kind(v, KIND_GENERATOR) || is_sleep(vm, v) || is_operation(v)) return true;
    if (!is_object(v) || is_future(v)) return false;
    Class *cls = class_of(vm, v);
    return has_method(vm, cls, vm->names.send) && has_method(vm, cls, vm->names.throw) && has_method(vm, cls, vm->names.close) &&
           has_method(vm, cls, vm->names.__await__);
}

// name: a str, or UNDEFINED or NONE for the next "Task-n". The caller sees to the first step.
static bool task_start(VM *vm, Task *task, Loop *loop, Value coroutine, Value name, Value context) {
    if (is_undefined(context) || is_none(context)) {
        if (!context_copy_current(vm, &context)) return false;
    }
    task->future.loop = loop;
    task->future.head.flags |= FUTURE_IS_TASK;
    task->coroutine = coroutine;
    task->context = context;
    if (is_undefined(name) || is_none(name)) task->name = from_int(++ASYNCIO(vm)->task_number);
    else if (is_str(name)) task->name = name;
    else {
        Str *text = value_str(vm, name);
        if (text == NULL) return false;
        task->name = from_object(text);
    }
    task_list(vm, loop, task);
    return LIKELY(!loop->debug) || debug_note(vm, &task->future);
}

Task *task_new(VM *vm, Loop *loop, Value coroutine, Value name, Value context) {
    Task *task = host_object_new(vm, ASYNCIO(vm)->task, sizeof *task);
    return task != NULL && task_start(vm, task, loop, coroutine, name, context) && task_wake(vm, task) ? task : NULL;
}

Value loop_create_task(VM *vm, Loop *loop, Value coroutine, Value name, Value context) {
    if (!loop_check_open(vm, loop)) return ERROR;
    if (is_undefined(loop->task_factory) || is_none(loop->task_factory)) {
        if (!is_coroutine_object(vm, coroutine)) return raise_type_error(vm, "a coroutine was expected, got %R", coroutine);
        Task *task = task_new(vm, loop, coroutine, name, context);
        return task == NULL ? ERROR : from_object(task);
    }
    Value args[3] = {from_object(loop), coroutine, context};
    Tuple *names = NULL;
    if (!is_undefined(context) && !is_none(context)) {
        Str *context_name = str_intern_c(vm, "context");
        names = context_name == NULL ? NULL : tuple_pack(vm, 1, from_object(context_name));
        if (names == NULL) return ERROR;
    }
    Value task = call_with_keywords(vm, loop->task_factory, args, names == NULL ? 2 : 3, names);
    if (is_error(task) || is_undefined(name) || is_none(name)) return task;
    Str *set_name = str_intern_c(vm, "set_name");
    if (set_name == NULL || is_error(call_method(vm, task, set_name, &name, 1))) return ERROR;
    return task;
}

Value ensure_future(VM *vm, Value v, Loop *loop) {
    if (is_future(v)) {
        if (loop != NULL && to_future(v)->loop != loop)
            return raise_value_error(vm, "The future belongs to a different loop than the one specified as the loop argument");
        return v;
    }
    if (!is_coroutine_object(vm, v)) {
        Value foreign = asyncio_isfuture(vm, &v, 1);   // a future of another make
        if (is_error(foreign) || is_true_value(foreign)) return is_error(foreign) ? ERROR : v;
        Value await = class_special(vm, class_of(vm, v), SPECIAL_AWAIT);
        if (is_undefined(await) || is_none(await)) return raise_type_error(vm, "An asyncio.Future, a coroutine or an awaitable is required");
        Value wrap = asyncio_python(vm, "tasks", "_wrap_awaitable");
        if (is_error(wrap) || is_error(v = call1(vm, wrap, v))) return ERROR;
    }
    if (loop == NULL && (loop = loop_default(vm)) == NULL) return ERROR;
    return loop_create_task_method(vm, loop, v, UNDEFINED, UNDEFINED);
}

// ---- steps

static ResumeOutcome outcome_of_delegate(DelegateOutcome outcome) {
    switch (outcome) {
    case DELEGATE_SUSPEND: return RESUME_YIELDED;
    case DELEGATE_DONE: return RESUME_RETURNED;
    case DELEGATE_RAISED: break;
    }
    return RESUME_RAISED;
}

// Coroutines of all kinds. exception UNDEFINED: none.
static ResumeOutcome resume_any(VM *vm, Task *task, Value exception, bool first, Value *out) {
    Value coroutine = task->coroutine;
    if (is_kind(coroutine, KIND_COROUTINE) || is_kind(coroutine, KIND_GENERATOR)) {
        if (is_undefined(exception)) return generator_resume(vm, to_generator(coroutine), NONE, out);
        return generator_throw(vm, to_generator(coroutine), exception, out);
    }
    const DelegateProtocol *protocol = is_kind(coroutine, KIND_HOST) && !is_future(coroutine) ? delegate_find(vm, coroutine) : NULL;
    if (protocol != NULL) {
        *out = NONE;
        if (is_undefined(exception)) return outcome_of_delegate(protocol->step(vm, coroutine, first, NONE, out));
        return outcome_of_delegate(protocol->throw_in(vm, coroutine, exception, out));
    }
    Value none = NONE;
    *out = call_method(vm, coroutine, is_undefined(exception) ? vm->names.send : vm->names.throw, is_undefined(exception) ? &none : &exception, 1);
    if (!is_error(*out) && !is_stop(*out)) return RESUME_YIELDED;
    if (is_stop(*out)) {
        *out = NONE;
        return RESUME_RETURNED;
    }
    if (!raised_matches(vm, vm->exc.StopIteration)) return RESUME_RAISED;
    Value stop = raised_take(vm);
    *out = to_exception(stop)->value;
    if (is_undefined(*out)) *out = NONE;
    return RESUME_RETURNED;
}

static bool is_foreign(VM *vm, Value waiting) {
    return is_object(waiting) && !is_waitable(waiting) && !is_sleep(vm, waiting) && !is_exception(waiting);
}

static int cancel_foreign(VM *vm, Value v, Value message) {
    Value argument = is_undefined(message) ? NONE : message, method = attr_get(vm, v, vm->names.cancel);
    Str *name = str_intern_c(vm, "msg");
    Tuple *names = name == NULL ? NULL : tuple_pack(vm, 1, from_object(name));
    if (is_error(method) || names == NULL) return -1;
    Value result = call_with_keywords(vm, method, &argument, 1, names);
    return is_error(result) ? -1 : value_is_true(vm, result);
}

static Value task_context(VM *vm, Task *task) {
    if (!is_undefined(task->context)) return task->context;
    Value context = asyncio_python(vm, "tasks", "_empty_context");
    if (is_error(context) || is_error(context = call0(vm, context))) return ERROR;
    task->context = context;
    gc_write_barrier(vm, task);
    return context;
}

// The next step throws an error in.
static bool throw_soon(VM *vm, Task *task, Str *message) {
    if (message == NULL) return false;
    Value text = from_object(message), error = exception_new(vm, vm->exc.RuntimeError, 1, &text);
    if (is_error(error)) return false;
    task->waiting = error;
    gc_write_barrier(vm, task);
    return task_wake(vm, task);
}

static bool wait_for_foreign(VM *vm, Loop *loop, Task *task, Value v, bool blocking);

// A class written in Python that wants to see who waits.
static bool has_own_callbacks(VM *vm, Future *future) {
    Class *cls = future->head.shape->cls;
    Str *name = cls->flags & CLASS_HEAP ? str_intern_c(vm, "add_done_callback") : NULL;
    return name != NULL && !value_same(class_lookup(vm, cls, name), class_lookup(vm, ASYNCIO(vm)->future, name));
}

static bool wait_for_future(VM *vm, Loop *loop, Task *task, Future *future) {
    Value self = from_object(task), other = from_object(future);
    if (future->loop != loop) return throw_soon(vm, task, str_printf(vm, "Task %R got Future %R attached to a different loop", self, other));
    if (!(future->head.flags & FUTURE_BLOCKING))
        return throw_soon(vm, task, str_printf(vm, "yield was used instead of yield from in task %R with %R", self, other));
    if (future == &task->future) return throw_soon(vm, task, str_printf(vm, "Task cannot await on itself: %R", self));
    future->head.flags &= (uint16_t)~FUTURE_BLOCKING;
    task->waiting = other;
    gc_write_barrier(vm, task);
    if (future_is_done(future)) {
        if (!task_wake(vm, task)) return false;
    } else if (UNLIKELY(has_own_callbacks(vm, future))) {
        return wait_for_foreign(vm, loop, task, other, true);
    } else if (!future_add_waiter(vm, future, &task->future.head)) {
        return false;
    }
    if (!(task->future.head.flags & TASK_MUST_CANCEL)) return true;
    int cancelled = future_cancel(vm, future, task->future.message);
    if (cancelled > 0) task->future.head.flags &= (uint16_t)~TASK_MUST_CANCEL;
    return cancelled >= 0;
}

// Somebody else's future: an object with a true _asyncio_future_blocking. It tells the task by a callback.
static bool wait_for_foreign(VM *vm, Loop *loop, Task *task, Value v, bool blocking) {
    Value self = from_object(task);
    Str *get_loop = str_intern_c(vm, "get_loop"), *add = str_intern_c(vm, "add_done_callback"), *wakeup = str_intern_c(vm, "_wakeup");
    Str *keyword = str_intern_c(vm, "context");
    if (get_loop == NULL || add == NULL || wakeup == NULL || keyword == NULL) return false;
    Value its_loop = call_method(vm, v, get_loop, NULL, 0);
    if (is_error(its_loop)) return false;
    if (!value_same(its_loop, from_object(loop)))
        return throw_soon(vm, task, str_printf(vm, "Task %R got Future %R attached to a different loop", self, v));
    if (!blocking) return throw_soon(vm, task, str_printf(vm, "yield was used instead of yield from in task %R with %R", self, v));
    if (!attr_set(vm, v, vm->names._asyncio_future_blocking, FALSE_VALUE)) return false;
    Value method = attr_get(vm, v, add), callback = is_error(method) ? ERROR : attr_get(vm, self, wakeup), context = task->context;
    if (is_error(callback)) return false;
    if (is_undefined(context) && is_error(context = task_context(vm, task))) return false;
    Value args[2] = {callback, context};
    Tuple *names = tuple_pack(vm, 1, from_object(keyword));
    if (names == NULL || is_error(call_with_keywords(vm, method, args, 2, names))) return false;
    task->waiting = v;
    gc_write_barrier(vm, task);
    if (!(task->future.head.flags & TASK_MUST_CANCEL)) return true;
    int cancelled = cancel_foreign(vm, v, task->future.message);
    if (cancelled > 0) task->future.head.flags &= (uint16_t)~TASK_MUST_CANCEL;
    return cancelled >= 0;
}

// Whether v looks like a future of somebody else's: 1 it waits, 0 it does not block, -1 error, -2 it is none.
static int foreign_blocking(VM *vm, Value v) {
    if (!is_object(v)) return -2;
    Value blocking = attr_get_optional(vm, v, vm->names._asyncio_future_blocking);
    if (is_error(blocking)) return -1;
    return is_undefined(blocking) || is_none(blocking) ? -2 : value_is_true(vm, blocking);
}

// The coroutine has yielded something to wait for.
static bool task_waits(VM *vm, Loop *loop, Task *task, Value v) {
    if (is_waitable(v)) return wait_for_future(vm, loop, task, to_future(v));
    if (is_sleep(vm, v)) {
        Sleep *sleep = (Sleep *)to_object(v);
        if (sleep->head.flags != SLEEP_WAITED) return throw_soon(vm, task, str_printf(vm, "Task got bad yield: %R", v));
        if (!sleep_arm(vm, loop, sleep, task)) return false;
        task->waiting = v;
        gc_write_barrier(vm, task);
        if (!(task->future.head.flags & TASK_MUST_CANCEL)) return true;
        task->future.head.flags &= (uint16_t)~TASK_MUST_CANCEL;
        return sleep_cancel(vm, loop, sleep, task->future.message) >= 0;
    }
    int blocking = foreign_blocking(vm, v);
    if (blocking == -1 || (blocking >= 0 && !wait_for_foreign(vm, loop, task, v, blocking))) {
        if (!is_raised(vm) || raised_matches(vm, vm->exc.SystemExit) || raised_matches(vm, vm->exc.KeyboardInterrupt)) return false;
        task->waiting = raised_take(vm);   // what the object's methods raised goes to the coroutine
        gc_write_barrier(vm, task);
        return task_wake(vm, task);
    }
    if (blocking >= 0) return true;
    if (is_kind(v, KIND_GENERATOR))
        return throw_soon(vm, task, str_printf(vm, "yield was used instead of yield from for generator in task %R with %R", from_object(task), v));
    return throw_soon(vm, task, str_printf(vm, "Task got bad yield: %R", v));
}

static bool task_returned(VM *vm, Task *task, Value result) {
    task_unlist(vm, task);
    if (task->future.head.flags & TASK_MUST_CANCEL) {   // cancelled in its very last step
        task->future.head.flags &= (uint16_t)~TASK_MUST_CANCEL;
        return future_finish(vm, &task->future, FUTURE_CANCELLED, UNDEFINED);
    }
    return future_finish(vm, &task->future, FUTURE_FINISHED, result);
}

// A task that is nothing but a sleep and was cancelled in it: who asks gets an error made for him.
static bool sleep_was_cancelled(VM *vm, Task *task) {
    task_unlist(vm, task);
    task->future.message = ((Sleep *)to_object(task->coroutine))->result;
    return future_finish(vm, &task->future, FUTURE_CANCELLED, UNDEFINED);
}

static bool task_raised(VM *vm, Task *task) {
    Value exception = raised_take(vm);
    if (!is_exception(exception)) return false;
    task_unlist(vm, task);
    if (is_instance(vm, exception, ASYNCIO(vm)->CancelledError)) {
        task->future.message = UNDEFINED;
        return future_finish(vm, &task->future, FUTURE_CANCELLED, exception);   // the result slot keeps it for the first who asks
    }
    if (!future_finish(vm, &task->future, FUTURE_FINISHED | FUTURE_FAILED, exception)) return false;
    if (!vm->limits.final && !is_instance(vm, exception, vm->exc.SystemExit) && !is_instance(vm, exception, vm->exc.KeyboardInterrupt)) return true;
    raised_set(vm, exception);
    return false;
}

// Was what it waited for cancelled, so that the chain gets a CancelledError without our doing?
static bool is_cancelled_wait(VM *vm, Value waiting) {
    if (is_exception(waiting)) return is_instance(vm, waiting, ASYNCIO(vm)->CancelledError);
    if (is_sleep(vm, waiting)) return to_object(waiting)->flags & SLEEP_CANCELLED;
    if (!is_waitable(waiting)) return false;
    unsigned flags = to_object(waiting)->flags;
    return flags & FUTURE_CANCELLED || (flags & FUTURE_FAILED && is_instance(vm, to_future(waiting)->result, ASYNCIO(vm)->CancelledError));
}

// What to throw in, UNDEFINED for a plain resumption; ERROR without memory.
static Value exception_to_throw(VM *vm, Task *task, Value waiting) {
    Value exception = is_exception(waiting) ? waiting : UNDEFINED;
    if (!(task->future.head.flags & TASK_MUST_CANCEL)) return exception;
    task->future.head.flags &= (uint16_t)~TASK_MUST_CANCEL;
    return is_cancelled_wait(vm, waiting) ? exception : future_cancelled_error(vm, &task->future);
}

bool task_run(VM *vm, Loop *loop, Task *task) {
    Value waiting = task->waiting, exception = UNDEFINED, out;
    unsigned flags = task->future.head.flags;
    task->future.head.flags = (uint16_t)((flags & ~TASK_QUEUED) | TASK_STARTED);
    task->waiting = UNDEFINED;
    if (UNLIKELY(flags & FUTURE_DONE)) return true;
    if (UNLIKELY(flags & TASK_MUST_CANCEL || is_exception(waiting))) {
        exception = exception_to_throw(vm, task, waiting);
        if (is_error(exception)) return false;
    }
    if (UNLIKELY(is_undefined(exception) && flags & TASK_STARTED && is_sleep(vm, task->coroutine)) && to_object(task->coroutine)->flags & SLEEP_CANCELLED)
        return sleep_was_cancelled(vm, task);
    Value outer = vm->context;
    Task *outer_task = loop->current;
    vm->context = task->context;
    loop->current = task;
    ResumeOutcome outcome;
    if (LIKELY(is_undefined(exception) && is_kind(task->coroutine, KIND_COROUTINE)))
        outcome = generator_resume(vm, to_generator(task->coroutine), NONE, &out);
    else outcome = resume_any(vm, task, exception, !(flags & TASK_STARTED), &out);
    if (UNLIKELY(!value_same(task->context, vm->context))) {
        task->context = vm->context;
        gc_write_barrier(vm, task);
    }
    vm->context = outer;
    loop->current = outer_task;
    switch (outcome) {
    case RESUME_YIELDED:
        if (is_none(out)) return task_wake(vm, task);
        return task_waits(vm, loop, task, out);
    case RESUME_RETURNED: return task_returned(vm, task, out);
    case RESUME_RAISED: break;
    }
    return task_raised(vm, task);
}

// ---- cancellation

int task_cancel(VM *vm, Task *task, Value message) {
    task->future.head.flags &= (uint16_t)~FUTURE_LOG;
    if (future_is_done(&task->future)) return 0;
    task->future.head.aux++;
    int cancelled = 0;
    if (is_sleep(vm, task->waiting)) cancelled = sleep_cancel(vm, task->future.loop, (Sleep *)to_object(task->waiting), message);
    else if (is_waitable(task->waiting)) cancelled = future_cancel(vm, to_future(task->waiting), message);
    else if (is_foreign(vm, task->waiting)) cancelled = cancel_foreign(vm, task->waiting, message);
    if (cancelled != 0) return cancelled;
    task->future.head.flags |= TASK_MUST_CANCEL;
    task->future.message = message;
    gc_write_barrier(vm, task);
    return 1;
}

// ---- Python's view

static Task *task_of(Value v) { return (Task *)to_object(v); }

Str *task_name(VM *vm, Task *task) {
    if (is_int(task->name)) return str_printf(vm, "Task-%lld", (long long)to_int(task->name));
    return is_str(task->name) ? to_str(task->name) : vm->empty_str;
}

// The first step at once, within the step of whoever creates the task.
static bool task_begin(VM *vm, Task *task) {
    Loop *loop = task->future.loop;
    if (loop != loop_running(vm)) return task_wake(vm, task);
    return task_run(vm, loop, task);
}

// Task(coro, *, loop=None, name=None, context=None, eager_start=False)
static Value method_init(VM *vm, const Value *args, int argc) {
    Task *task = task_of(args[0]);
    if (!is_coroutine_object(vm, args[1])) return raise_type_error(vm, "a coroutine was expected, got %R", args[1]);
    if (!future_init(vm, &task->future, arg_or(args, argc, 2, NONE))) return ERROR;
    task_unlist(vm, task);
    int eager = value_is_true(vm, arg_or(args, argc, 5, FALSE_VALUE));
    if (eager < 0) return ERROR;
    bool started = task_start(vm, task, task->future.loop, args[1], arg_or(args, argc, 3, NONE), arg_or(args, argc, 4, NONE));
    return started && (eager ? task_begin(vm, task) : task_wake(vm, task)) ? NONE : ERROR;
}

static Value method_cancel(VM *vm, const Value *args, int argc) {
    if (task_of(args[0])->future.loop == NULL) return raise_error(vm, vm->exc.RuntimeError, "Task object is not initialized.");
    int cancelled = task_cancel(vm, task_of(args[0]), arg_or(args, argc, 1, NONE));
    return cancelled < 0 ? ERROR : from_bool(cancelled);
}

static Value method_cancelling(VM *vm, const Value *args, int argc) { return from_int(to_object(args[0])->aux); }
static Value method_uncancel(VM *vm, const Value *args, int argc) {
    Object *task = to_object(args[0]);
    if (task->aux > 0) task->aux--;
    return from_int(task->aux);
}

static Value method_get_name(VM *vm, const Value *args, int argc) {
    Str *name = task_name(vm, task_of(args[0]));
    return name == NULL ? ERROR : from_object(name);
}
static Value method_set_name(VM *vm, const Value *args, int argc) {
    Str *text = is_str(args[1]) ? to_str(args[1]) : value_str(vm, args[1]);
    if (text == NULL) return ERROR;
    task_of(args[0])->name = from_object(text);
    gc_write_barrier(vm, to_object(args[0]));
    return NONE;
}

static Value method_get_coro(VM *vm, const Value *args, int argc) { return task_of(args[0])->coroutine; }

static Value method_get_context(VM *vm, const Value *args, int argc) { return task_context(vm, task_of(args[0])); }

// The callback of a future that is not ours: its error is thrown in, else the coroutine goes on.
static Value method_wakeup(VM *vm, const Value *args, int argc) {
    Task *task = task_of(args[0]);
    if (task->future.loop == NULL) return raise_error(vm, vm->exc.RuntimeError, "Task object is not initialized.");
    Str *name = str_intern_c(vm, "result");
    if (name == NULL || future_is_done(&task->future)) return name == NULL ? ERROR : NONE;
    Value result = call_method(vm, args[1], name, NULL, 0);
    task->waiting = is_error(result) ? raised_take(vm) : UNDEFINED;
    gc_write_barrier(vm, task);
    return task_run(vm, task->future.loop, task) ? NONE : ERROR;
}

static Value method_set_result(VM *vm, const Value *args, int argc) {
    return raise_error(vm, vm->exc.RuntimeError, "Task does not support set_result operation");
}
static Value method_set_exception(VM *vm, const Value *args, int argc) {
    return raise_error(vm, vm->exc.RuntimeError, "Task does not support set_exception operation");
}

// What is rarely asked for is written in Python.
static Value call_python(VM *vm, const char *name, const Value *args, int argc) {
    Value function = asyncio_python(vm, "tree", name);
    return is_error(function) ? ERROR : call_value(vm, function, args, argc);
}
static Value method_get_stack(VM *vm, const Value *args, int argc) {
    Value both[2] = {args[0], arg_or(args, argc, 1, NONE)};
    return call_python(vm, "_task_get_stack", both, 2);
}
static Value method_print_stack(VM *vm, const Value *args, int argc) {
    Value all[3] = {args[0], arg_or(args, argc, 1, NONE), arg_or(args, argc, 2, NONE)};
    return call_python(vm, "_task_print_stack", all, 3);
}

const NativeDef task_methods[] = {
    {"__init__(self, coro, *, loop=None, name=None, context=None, eager_start=False)", method_init, NULL, 0},
    {"cancel(self, /, msg=None)", method_cancel, "Request that this task cancel itself: CancelledError is thrown into the coroutine.", 0},
    {"cancelling(self, /)", method_cancelling, "The number of cancellation requests, less those taken back by uncancel().", 0},
    {"uncancel(self, /)", method_uncancel, "Take back one cancellation request; how many are left.", 0},
    {"get_name(self, /)", method_get_name, "The name of the task.", 0},
    {"set_name(self, value, /)", method_set_name, "Set the name of the task.", 0},
    {"get_coro(self, /)", method_get_coro, "The coroutine.", 0},
    {"_wakeup(self, future, /)", method_wakeup, NULL, 0},
    {"get_context(self, /)", method_get_context, "The context the task runs in.", 0},
    {"set_result(self, result, /)", method_set_result, NULL, 0},
    {"set_exception(self, exception, /)", method_set_exception, NULL, 0},
    {"get_stack(self, /, *, limit=None)", method_get_stack, "The frames of the coroutine, or of the traceback when it failed.", 0},
    {"print_stack(self, /, *, limit=None, file=None)", method_print_stack, "Print the stack or the traceback.", 0},
    {0},
};

static Value get_coro(VM *vm, Value self) { return task_of(self)->coroutine; }
static Value get_waiter(VM *vm, Value self) { return is_undefined(task_of(self)->waiting) ? NONE : task_of(self)->waiting; }
static Value get_must_cancel(VM *vm, Value self) { return from_bool(to_object(self)->flags & TASK_MUST_CANCEL); }
static Value get_log_destroy(VM *vm, Value self) { return from_bool(!(to_object(self)->flags & FUTURE_SILENT)); }
static Value set_log_destroy(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_error(vm, vm->exc.AttributeError, "can't delete attribute");
    int truth = value_is_true(vm, value);
    if (truth < 0) return ERROR;
    if (truth) to_object(self)->flags &= (uint16_t)~FUTURE_SILENT;
    else to_object(self)->flags |= FUTURE_SILENT;
    return NONE;
}

const GetSetDef task_getsets[] = {
    {"_coro", get_coro, NULL, NULL},
    {"_fut_waiter", get_waiter, NULL, NULL},
    {"_must_cancel", get_must_cancel, NULL, NULL},
    {"_log_destroy_pending", get_log_destroy, set_log_destroy, NULL},
    {0},
};
