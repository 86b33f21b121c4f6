// asyncio.sleep(): an awaitable of its own instead of a coroutine, a Future and a TimerHandle.
//
// What it does when awaited: yields itself, once. The task that receives it puts it into the loop's heap; when its time has come it stands
// in the ready ring for one iteration, as CPython's handle does, and then its task does. For sleep(0) there is one object a VM, which
// yields None and knows nothing.
#include "stdlib/asyncio/asyncio.h"
#include "vm/warnings.h"

Value sleep_new(VM *vm, Value delay, Value result) {
    Sleep *sleep = host_object_new(vm, ASYNCIO(vm)->sleep, sizeof *sleep);
    if (sleep == NULL) return ERROR;
    sleep->delay = delay;
    sleep->result = result;
    sleep->head.flags |= HOST_FINALIZE;   // to say that it was never awaited
    gc_track_finalizer(vm, sleep);
    return from_object(sleep);
}

void sleep_trace(VM *vm, Object *object) {
    Sleep *sleep = (Sleep *)object;
    gc_mark_value(vm, sleep->delay);
    gc_mark_value(vm, sleep->result);
    gc_mark_object(vm, sleep->task);
}

void sleep_finalize(VM *vm, Object *object) {
    if (!vm_warn(vm, vm->exc.RuntimeWarning, 1, "coroutine 'sleep' was never awaited")) raised_report_unraisable(vm, NULL, from_object(object));
}

// As `delay <= 0` and `time() + delay` would have it, for any type.
static bool delay_seconds(VM *vm, Value delay, double *out) {
    if (is_inline_float(delay)) *out = to_double(delay);
    else if (is_int(delay)) *out = (double)to_int(delay);
    else {
        Value immediate = compare_values(vm, COMPARE_LE, delay, from_int(0));
        int truth = is_error(immediate) ? -1 : value_is_true(vm, immediate);
        if (truth < 0) return false;
        if (truth) *out = 0;
        else if (!value_as_double(vm, delay, out)) return false;
    }
    return true;
}

DelegateOutcome sleep_step(VM *vm, Value object, bool first, Value sent, Value *out) {
    Sleep *sleep = (Sleep *)to_object(object);
    if (first) {
        *out = NONE;
        if (sleep == ASYNCIO(vm)->yield_once) return DELEGATE_SUSPEND;
        if (sleep == ASYNCIO(vm)->nothing) return DELEGATE_DONE;
        sleep->head.flags &= (uint16_t)~HOST_FINALIZE;
        if (sleep->head.flags != 0) {
            bool over = sleep->head.flags & (SLEEP_DONE | SLEEP_CANCELLED);
            raise_error(vm, vm->exc.RuntimeError, over ? "cannot reuse already awaited coroutine" : "coroutine is being awaited already");
            return DELEGATE_RAISED;
        }
        double delay;
        if (!delay_seconds(vm, sleep->delay, &delay)) return DELEGATE_RAISED;
        if (delay <= 0) {
            sleep->head.flags |= SLEEP_DONE | SLEEP_WAITED;
            return DELEGATE_SUSPEND;
        }
        if (loop_running_required(vm) == NULL) return DELEGATE_RAISED;
        sleep->delay = float_new(vm, delay);
        if (is_error(sleep->delay)) return DELEGATE_RAISED;
        gc_write_barrier(vm, sleep);
        sleep->head.flags |= SLEEP_WAITED;
        *out = object;
        return DELEGATE_SUSPEND;
    }
    if (sleep->head.flags & SLEEP_CANCELLED) {
        raise_cancelled(vm, sleep->result);
        return DELEGATE_RAISED;
    }
    if (!(sleep->head.flags & SLEEP_DONE) && sleep != ASYNCIO(vm)->yield_once) {
        raise_error(vm, vm->exc.RuntimeError, "await wasn't used with future");
        return DELEGATE_RAISED;
    }
    *out = sleep->result;
    return DELEGATE_DONE;
}

// The heap or the ring may still refer to it: until they do not, the loop's list keeps it alive.
static void abandon(VM *vm, Loop *loop, Sleep *sleep) {
    if (!(sleep->head.flags & (SLEEP_ARMED | SLEEP_QUEUED))) {
        sleep->head.flags |= SLEEP_CANCELLED;
        sleep->task = NULL;
        return;
    }
    if (sleep->head.flags & SLEEP_ARMED) loop->timers_cancelled++;
    sleep->head.flags |= SLEEP_CANCELLED;
    timers_drop_cancelled(loop);
    if (loop->cancelled_count >= loop->cancelled_limit) {
        size_t kept = 0;
        Sleep *old = loop->cancelled_sleeps, **end = &loop->cancelled_sleeps;
        Object *owner = &loop->head;
        while (old != NULL) {
            Sleep *next = (Sleep *)old->task;
            if (old->head.flags & (SLEEP_ARMED | SLEEP_QUEUED)) {
                *end = old;
                gc_write_barrier(vm, owner);
                end = (Sleep **)&old->task;
                owner = &old->head;
                kept++;
            } else {
                old->task = NULL;
            }
            old = next;
        }
        *end = NULL;
        loop->cancelled_count = kept;
        loop->cancelled_limit = kept < 32 ? 64 : kept * 2;
    }
    sleep->task = loop->cancelled_sleeps == NULL ? NULL : &loop->cancelled_sleeps->head;
    gc_write_barrier(vm, sleep);
    loop->cancelled_sleeps = sleep;
    gc_write_barrier(vm, loop);
    loop->cancelled_count++;
}

DelegateOutcome sleep_throw_in(VM *vm, Value object, Value exception, Value *out) {
    Sleep *sleep = (Sleep *)to_object(object);
    // One that had not begun is over with that, and was not forgotten.
    if (sleep->head.flags & HOST_FINALIZE) sleep->head.flags = SLEEP_DONE | SLEEP_WAITED;
    bool pending = sleep->head.flags & (SLEEP_ARMED | SLEEP_QUEUED) && !(sleep->head.flags & SLEEP_CANCELLED);
    if (pending && sleep->task != NULL) abandon(vm, ((Task *)sleep->task)->future.loop, sleep);
    raise_exception(vm, exception);
    return DELEGATE_RAISED;
}

bool sleep_arm(VM *vm, Loop *loop, Sleep *sleep, Task *task) {
    double delay;
    if (!value_as_double(vm, sleep->delay, &delay)) return false;
    if (!timers_add(vm, loop, loop_time(loop) + delay, sleep, TAG_SLEEP)) return false;
    sleep->head.flags |= SLEEP_ARMED;
    sleep->task = &task->future.head;
    gc_write_barrier(vm, sleep);
    return true;
}

int sleep_cancel(VM *vm, Loop *loop, Sleep *sleep, Value message) {
    if (sleep->head.flags & (SLEEP_DONE | SLEEP_CANCELLED)) return 0;
    Task *task = (Task *)sleep->task;
    sleep->result = message;
    gc_write_barrier(vm, sleep);
    abandon(vm, loop, sleep);
    return task_wake(vm, task) ? 1 : -1;
}

// ---- as an object: what a coroutine shows

static Value sleep_repr(VM *vm, const Value *args, int argc) {
    Str *text = str_printf(vm, "<coroutine object sleep at 0x%llx>", (long long)object_id(vm, args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static Value sleep_await(VM *vm, const Value *args, int argc) { return args[0]; }

Value outcome_value(VM *vm, DelegateOutcome outcome, Value v) {
    switch (outcome) {
    case DELEGATE_SUSPEND: return v;
    case DELEGATE_DONE: return raise_stop_iteration(vm, v);
    case DELEGATE_RAISED: break;
    }
    return ERROR;
}

static Value sleep_send(VM *vm, const Value *args, int argc) {
    Sleep *sleep = (Sleep *)to_object(args[0]);
    Value out = NONE;
    return outcome_value(vm, sleep_step(vm, args[0], !(sleep->head.flags & SLEEP_WAITED), args[1], &out), out);
}

static Value sleep_next(VM *vm, const Value *args, int argc) {
    Value both[2] = {args[0], NONE};
    return sleep_send(vm, both, 2);
}

static Value sleep_throw(VM *vm, const Value *args, int argc) {
    Value exception = args[1], out = NONE;
    if (is_class(exception) && (is_error(exception = call0(vm, exception)))) return ERROR;
    if (!is_exception(exception)) return raise_type_error(vm, "exceptions must be classes or instances deriving from BaseException, not %T", exception);
    return outcome_value(vm, sleep_throw_in(vm, args[0], exception, &out), out);
}

static Value sleep_close(VM *vm, const Value *args, int argc) {
    Sleep *sleep = (Sleep *)to_object(args[0]);
    sleep->head.flags &= (uint16_t)~HOST_FINALIZE;
    if (sleep != ASYNCIO(vm)->yield_once && sleep->head.flags == 0) sleep->head.flags = SLEEP_DONE | SLEEP_WAITED;
    return NONE;
}

static Value sleep_name(VM *vm, Value self) { return from_object(str_intern_c(vm, "sleep")); }

const NativeDef sleep_methods[] = {
    {"__repr__(self, /)", sleep_repr, NULL, 0},
    {"__await__(self, /)", sleep_await, NULL, 0},
    {"__iter__(self, /)", sleep_await, NULL, 0},
    {"__next__(self, /)", sleep_next, NULL, 0},
    {"send(self, arg, /)", sleep_send, "Resumes the coroutine with a value for what it awaits.", 0},
    {"throw(self, type, value=None, traceback=None, /)", sleep_throw, "Raises an exception inside the coroutine.", 0},
    {"close(self, /)", sleep_close, "Raises GeneratorExit inside the coroutine.", 0},
    {0},
};
const GetSetDef sleep_getsets[] = {
    {"__name__", sleep_name, NULL, NULL},
    {"__qualname__", sleep_name, NULL, NULL},
    {0},
};
