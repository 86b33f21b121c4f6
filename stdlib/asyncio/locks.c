// Lock, Event, Semaphore and BoundedSemaphore. Condition and Barrier, which are made of these, are in locks.py.
//
// Who waits stays in the list until it runs, told or not: so nobody who comes meanwhile can take the turn that was given away.
#include "stdlib/asyncio/asyncio.h"

typedef struct Lock {
    Object head;
    WaiterList waiters;
    Loop *loop;
    bool locked;                 // of an event: set
    Value value;                 // of a semaphore: an int
    Value bound;                 // of a bounded one
} Lock;
const size_t lock_size = sizeof(Lock);

static Lock *to_lock(Value v) { return (Lock *)to_object(v); }
static Lock *lock_of(Operation *operation) { return (Lock *)operation->owner; }

void lock_trace(VM *vm, Object *object) {
    Lock *lock = (Lock *)object;
    gc_mark_object(vm, lock->waiters.first);
    gc_mark_object(vm, lock->loop);
    gc_mark_value(vm, lock->value);
    gc_mark_value(vm, lock->bound);
}

static bool all_cancelled(const WaiterList *list) {
    for (const Operation *waiter = list->first; waiter != NULL; waiter = waiter->next)
        if (!(waiter->future.head.flags & FUTURE_CANCELLED)) return false;
    return true;
}

static DelegateOutcome wait_in(VM *vm, Operation *operation) {
    Lock *lock = lock_of(operation);
    if (operation->future.loop == NULL && (operation->future.loop = loop_running_required(vm)) == NULL) return DELEGATE_RAISED;
    if (!operation_bind_loop(vm, operation, &lock->loop)) return DELEGATE_RAISED;
    waiters_add(vm, lock, &lock->waiters, operation);
    return DELEGATE_SUSPEND;
}

static DelegateOutcome done(Operation *operation, Value *out) {
    *out = operation->item;   // True of acquire(), None of __aenter__()
    return DELEGATE_DONE;
}

static Value repr_with(VM *vm, Value self, Str *state) {
    Str *base = state == NULL ? NULL : default_repr(vm, self), *start = base == NULL ? NULL : str_slice(vm, base, 0, base->length - 1);
    if (start == NULL) return ERROR;
    size_t count = to_lock(self)->waiters.count;
    Str *text = count > 0 ? str_printf(vm, "%S [%S, waiters:%zu]>", start, state, count) : str_printf(vm, "%S [%S]>", start, state);
    return text == NULL ? ERROR : from_object(text);
}

static Value init_nothing(VM *vm, const Value *args, int argc) { return NONE; }

// An instance of a program's own class, whose acquire() and release() `async with` calls.
static bool is_custom(Value self) { return to_object(self)->shape->cls->flags & CLASS_HEAP; }
static Value custom_enter(VM *vm, Value self) {
    Str *name = str_intern_c(vm, "__aenter__");
    Value context = name == NULL ? ERROR : asyncio_python(vm, "locks", "_AsyncContext"), enter = is_error(context) ? ERROR : attr_get(vm, context, name);
    return is_error(enter) ? ERROR : call1(vm, enter, self);
}
static Value custom_exit(VM *vm, Value self) {
    Str *name = str_intern_c(vm, "release");
    return name == NULL || is_error(call_method(vm, self, name, NULL, 0)) ? ERROR : from_object(ASYNCIO(vm)->nothing);
}

// ---- Lock

static bool lock_wake_first(VM *vm, Lock *lock) {
    Operation *first = lock->waiters.first;
    return first == NULL || !operation_is_waiting(first) || operation_tell(vm, first);
}

static DelegateOutcome lock_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Lock *lock = lock_of(operation);
    if (woken) waiters_remove(vm, lock, &lock->waiters, operation);
    else if (lock->locked || !all_cancelled(&lock->waiters)) return wait_in(vm, operation);
    lock->locked = true;
    return done(operation, out);
}

static bool lock_abandon(VM *vm, Operation *operation, bool woken) {
    Lock *lock = lock_of(operation);
    waiters_remove(vm, lock, &lock->waiters, operation);
    return lock->locked || lock_wake_first(vm, lock);
}

static const OperationDef lock_operation = {"Lock.acquire", lock_advance, lock_abandon};

static Value lock_acquire(VM *vm, const Value *args, int argc) { return operation_new(vm, &lock_operation, to_object(args[0]), TRUE_VALUE); }
static Value lock_enter(VM *vm, const Value *args, int argc) {
    return is_custom(args[0]) ? custom_enter(vm, args[0]) : operation_new(vm, &lock_operation, to_object(args[0]), NONE);
}
static Value lock_release(VM *vm, const Value *args, int argc) {
    Lock *lock = to_lock(args[0]);
    if (!lock->locked) return raise_error(vm, vm->exc.RuntimeError, "Lock is not acquired.");
    lock->locked = false;
    return lock_wake_first(vm, lock) ? NONE : ERROR;
}
static Value lock_exit(VM *vm, const Value *args, int argc) {
    if (is_custom(args[0])) return custom_exit(vm, args[0]);
    return is_error(lock_release(vm, args, 1)) ? ERROR : from_object(ASYNCIO(vm)->nothing);
}
static Value lock_take(Value self, Value result) {
    Lock *lock = to_lock(self);
    if (lock->locked || is_custom(self) || !all_cancelled(&lock->waiters)) return UNDEFINED;
    lock->locked = true;
    return result;
}
static Value lock_acquire_awaited(VM *vm, const Value *args, int argc) { return lock_take(args[0], TRUE_VALUE); }
static Value lock_enter_awaited(VM *vm, const Value *args, int argc) { return lock_take(args[0], NONE); }
static Value lock_exit_awaited(VM *vm, const Value *args, int argc) { return is_custom(args[0]) ? UNDEFINED : lock_release(vm, args, 1); }
const AwaitedDef lock_awaited[] = {{"acquire", lock_acquire_awaited}, {"__aenter__", lock_enter_awaited}, {"__aexit__", lock_exit_awaited}, {0}};
static Value lock_locked(VM *vm, const Value *args, int argc) { return from_bool(to_lock(args[0])->locked); }
static Value lock_repr(VM *vm, const Value *args, int argc) {
    return repr_with(vm, args[0], str_from_c(vm, to_lock(args[0])->locked ? "locked" : "unlocked"));
}

const NativeDef lock_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", host_instance_new, NULL, NATIVE_NEW},
    {"__init__(self)", init_nothing, NULL, 0},
    {"__repr__(self, /)", lock_repr, NULL, 0},
    {"locked(self, /)", lock_locked, "Whether somebody has the lock.", 0},
    {"acquire(self, /)", lock_acquire, "Wait until the lock is free, and take it; True.", 0},
    {"release(self, /)", lock_release, "Give the lock to the first who waits.", 0},
    {"__aenter__(self, /)", lock_enter, NULL, 0},
    {"__aexit__(self, /, *args)", lock_exit, NULL, 0},
    {0},
};

// ---- Event

static DelegateOutcome event_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Lock *event = lock_of(operation);
    if (woken) waiters_remove(vm, event, &event->waiters, operation);
    else if (!event->locked) return wait_in(vm, operation);
    return done(operation, out);
}

static bool event_abandon(VM *vm, Operation *operation, bool woken) {
    waiters_remove(vm, operation->owner, &lock_of(operation)->waiters, operation);
    return true;
}

static const OperationDef event_operation = {"Event.wait", event_advance, event_abandon};

static Value event_wait(VM *vm, const Value *args, int argc) { return operation_new(vm, &event_operation, to_object(args[0]), TRUE_VALUE); }
static Value event_wait_awaited(VM *vm, const Value *args, int argc) { return to_lock(args[0])->locked ? TRUE_VALUE : UNDEFINED; }
const AwaitedDef event_awaited[] = {{"wait", event_wait_awaited}, {0}};
static Value event_set(VM *vm, const Value *args, int argc) {
    Lock *event = to_lock(args[0]);
    if (event->locked) return NONE;
    event->locked = true;
    for (Operation *waiter = event->waiters.first; waiter != NULL; waiter = waiter->next)
        if (operation_is_waiting(waiter) && !operation_tell(vm, waiter)) return ERROR;
    return NONE;
}
static Value event_clear(VM *vm, const Value *args, int argc) {
    to_lock(args[0])->locked = false;
    return NONE;
}
static Value event_repr(VM *vm, const Value *args, int argc) {
    return repr_with(vm, args[0], str_from_c(vm, to_lock(args[0])->locked ? "set" : "unset"));
}

const NativeDef event_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", host_instance_new, NULL, NATIVE_NEW},
    {"__init__(self)", init_nothing, NULL, 0},
    {"__repr__(self, /)", event_repr, NULL, 0},
    {"is_set(self, /)", lock_locked, "Whether the flag is set.", 0},
    {"set(self, /)", event_set, "Set the flag and wake all who wait.", 0},
    {"clear(self, /)", event_clear, "Take the flag away.", 0},
    {"wait(self, /)", event_wait, "Wait until the flag is set; True.", 0},
    {0},
};

// ---- Semaphore

static bool semaphore_is_locked(Lock *semaphore) { return int_sign(semaphore->value) == 0 || !all_cancelled(&semaphore->waiters); }

static bool semaphore_change(VM *vm, Lock *semaphore, int by) {
    Value value = int_add(vm, semaphore->value, from_int(by));
    if (is_error(value)) return false;
    semaphore->value = value;
    gc_write_barrier(vm, semaphore);
    return true;
}

// The first who has not been told gets a unit.
static bool semaphore_wake_next(VM *vm, Lock *semaphore) {
    for (Operation *waiter = semaphore->waiters.first; waiter != NULL; waiter = waiter->next)
        if (operation_is_waiting(waiter)) return semaphore_change(vm, semaphore, -1) && operation_tell(vm, waiter);
    return true;
}

static DelegateOutcome semaphore_advance(VM *vm, Operation *operation, bool woken, Value *out) {
    Lock *semaphore = lock_of(operation);
    if (!woken) {
        if (semaphore_is_locked(semaphore)) return wait_in(vm, operation);
        return semaphore_change(vm, semaphore, -1) ? done(operation, out) : DELEGATE_RAISED;
    }
    waiters_remove(vm, semaphore, &semaphore->waiters, operation);
    if (int_sign(semaphore->value) > 0 && !semaphore_wake_next(vm, semaphore)) return DELEGATE_RAISED;
    return done(operation, out);
}

static bool semaphore_abandon(VM *vm, Operation *operation, bool woken) {
    Lock *semaphore = lock_of(operation);
    waiters_remove(vm, semaphore, &semaphore->waiters, operation);
    return !woken || (semaphore_change(vm, semaphore, 1) && semaphore_wake_next(vm, semaphore));
}

static const OperationDef semaphore_operation = {"Semaphore.acquire", semaphore_advance, semaphore_abandon};

static Value semaphore_init(VM *vm, const Value *args, int argc) {
    Value value = arg_or(args, argc, 1, from_int(1));
    Value number = int_or_bool(value);
    if (is_undefined(number)) {
        Value negative = compare_values(vm, COMPARE_LT, value, from_int(0));
        return is_error(negative) ? ERROR : raise_type_error(vm, "Semaphore value must be an int, not %T", value);
    }
    if (int_sign(number) < 0) return raise_value_error(vm, "Semaphore initial value must be >= 0");
    Lock *semaphore = to_lock(args[0]);
    semaphore->value = semaphore->bound = number;
    gc_write_barrier(vm, semaphore);
    return NONE;
}

static Value semaphore_acquire(VM *vm, const Value *args, int argc) {
    return operation_new(vm, &semaphore_operation, to_object(args[0]), TRUE_VALUE);
}
static Value semaphore_enter(VM *vm, const Value *args, int argc) {
    return is_custom(args[0]) ? custom_enter(vm, args[0]) : operation_new(vm, &semaphore_operation, to_object(args[0]), NONE);
}
static Value semaphore_release(VM *vm, const Value *args, int argc) {
    Lock *semaphore = to_lock(args[0]);
    return semaphore_change(vm, semaphore, 1) && semaphore_wake_next(vm, semaphore) ? NONE : ERROR;
}
static Value bounded_release(VM *vm, const Value *args, int argc) {
    Lock *semaphore = to_lock(args[0]);
    if (int_compare(semaphore->value, semaphore->bound) >= 0) return raise_value_error(vm, "BoundedSemaphore released too many times");
    return semaphore_release(vm, args, argc);
}
static Value semaphore_take(VM *vm, Value self, Value result) {
    Lock *semaphore = to_lock(self);
    if (is_custom(self) || semaphore_is_locked(semaphore)) return UNDEFINED;
    return semaphore_change(vm, semaphore, -1) ? result : ERROR;
}
static Value semaphore_acquire_awaited(VM *vm, const Value *args, int argc) { return semaphore_take(vm, args[0], TRUE_VALUE); }
static Value semaphore_enter_awaited(VM *vm, const Value *args, int argc) { return semaphore_take(vm, args[0], NONE); }
const AwaitedDef semaphore_awaited[] = {{"acquire", semaphore_acquire_awaited}, {"__aenter__", semaphore_enter_awaited}, {0}};
static Value semaphore_exit(VM *vm, const Value *args, int argc) { return custom_exit(vm, args[0]); }
static Value semaphore_locked(VM *vm, const Value *args, int argc) { return from_bool(semaphore_is_locked(to_lock(args[0]))); }
static Value semaphore_repr(VM *vm, const Value *args, int argc) {
    Lock *semaphore = to_lock(args[0]);
    return repr_with(vm, args[0], semaphore_is_locked(semaphore) ? str_from_c(vm, "locked") : str_printf(vm, "unlocked, value:%R", semaphore->value));
}

const NativeDef semaphore_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", host_instance_new, NULL, NATIVE_NEW},
    {"__init__(self, value=1)", semaphore_init, NULL, 0},
    {"__repr__(self, /)", semaphore_repr, NULL, 0},
    {"locked(self, /)", semaphore_locked, "Whether acquire() would have to wait.", 0},
    {"acquire(self, /)", semaphore_acquire, "Wait for a unit and take it; True.", 0},
    {"release(self, /)", semaphore_release, "Give a unit back.", 0},
    {"__aenter__(self, /)", semaphore_enter, NULL, 0},
    {"__aexit__(self, /, *args)", semaphore_exit, NULL, 0},
    {0},
};
const NativeDef bounded_semaphore_methods[] = {
    {"release(self, /)", bounded_release, "Give a unit back; ValueError when there are as many as in the beginning.", 0},
    {0},
};

static Value get_locked(VM *vm, Value self) { return from_bool(to_lock(self)->locked); }
static Value get_value(VM *vm, Value self) { return is_undefined(to_lock(self)->value) ? NONE : to_lock(self)->value; }
static Value set_value(VM *vm, Value self, Value value) {
    if (!is_any_int(value)) return raise_type_error(vm, "an int is required, not %T", value);
    to_lock(self)->value = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

// None while nobody has ever waited would be CPython's way; an empty one and None are both false.
static Value get_waiters(VM *vm, Value self) { return to_lock(self)->waiters.count == 0 ? NONE : waiters_list(vm, &to_lock(self)->waiters); }
static Value get_event_waiters(VM *vm, Value self) { return waiters_list(vm, &to_lock(self)->waiters); }
static Value get_loop(VM *vm, Value self) { return to_lock(self)->loop == NULL ? NONE : from_object(to_lock(self)->loop); }
static Value set_loop(VM *vm, Value self, Value loop) {
    if (!is_loop(vm, loop) && !is_none(loop)) return raise_type_error(vm, "an event loop is required, not %T", loop);
    to_lock(self)->loop = is_none(loop) ? NULL : (Loop *)to_object(loop);
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

const GetSetDef lock_getsets[] = {{"_locked", get_locked, NULL, NULL}, {"_waiters", get_waiters, NULL, NULL}, {"_loop", get_loop, set_loop, NULL}, {0}};
const GetSetDef event_getsets[] = {{"_value", get_locked, NULL, NULL}, {"_waiters", get_event_waiters, NULL, NULL}, {"_loop", get_loop, set_loop, NULL}, {0}};
const GetSetDef semaphore_getsets[] = {
    {"_value", get_value, set_value, NULL}, {"_waiters", get_waiters, NULL, NULL}, {"_loop", get_loop, set_loop, NULL}, {0}};
