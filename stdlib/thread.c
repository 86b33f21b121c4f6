// The module _thread: starting threads, locks, and what belongs to one thread. threading.py is built upon it.
//
// A lock's state changes only inside the VM, so taking a free one is a test. Who finds it taken parks (vm/threads.h), and release() hands
// the lock over to the first one parked: so it is never free while somebody waits.
#include "stdlib/modules.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/report.h"
#include "vm/shape.h"
#include "vm/threads.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

#include <math.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

static const int64_t NS_PER_SECOND = 1000000000;
static const double TIMEOUT_MAX = 9223372036.0;
enum { LEAST_STACK = 32768 };

typedef struct Lock {
    Object head;
    bool locked;
    int64_t owner;               // of an RLock, and how often it holds the lock
    uint64_t count;
    ParkedThread *first, *last;
} Lock;

static Lock *lock_of(Value v) { return (Lock *)to_object(v); }

// ---- waiting

static int64_t now_ns(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

// acquire(blocking=True, timeout=-1): *out_deadline is 0 for no waiting, negative for ever.
static bool read_deadline(VM *vm, const Value *args, int argc, int64_t *out_deadline) {
    int blocking = value_is_true(vm, arg_or(args, argc, 1, TRUE_VALUE));
    double timeout = -1;
    if (blocking < 0 || (arg_given(args, argc, 2) && !value_as_double(vm, args[2], &timeout))) return false;
    if (!blocking && timeout != -1) return raise_value_error(vm, "can't specify a timeout for a non-blocking call"), false;
    if (isnan(timeout)) return raise_value_error(vm, "Invalid value NaN (not a number)"), false;
    if (timeout < 0 && timeout != -1) return raise_value_error(vm, "timeout value must be positive"), false;
    if (timeout > TIMEOUT_MAX) return raise_error(vm, vm->exc.OverflowError, "timeout value is too large"), false;
    *out_deadline = !blocking || timeout == 0 ? 0 : timeout < 0 ? -1 : now_ns() + (int64_t)(timeout * 1e9);
    return true;
}

static void parked_remove(Lock *lock, ParkedThread *parked) {
    ParkedThread **at = &lock->first;
    lock->last = NULL;
    while (*at != NULL) {
        if (*at == parked) {
            *at = parked->next;
            continue;
        }
        lock->last = *at;
        at = &(*at)->next;
    }
}

// 1: it has been handed over; 0: the time is over; -1.
static int lock_wait(VM *vm, Lock *lock, int64_t deadline) {
    ParkedThread parked;
    if (!thread_park_begin(vm, &parked)) return -1;
    if (lock->last != NULL) lock->last->next = &parked;
    else lock->first = &parked;
    lock->last = &parked;
    int woken = thread_park(vm, &parked, deadline);
    if (parked.woken) return 1;
    parked_remove(lock, &parked);
    return woken;
}

static void lock_hand_over(VM *vm, Lock *lock) {
    ParkedThread *next = lock->first;
    if (next == NULL) {
        lock->locked = false;
        return;
    }
    lock->first = next->next;
    if (lock->first == NULL) lock->last = NULL;
    thread_unpark(vm, next);
}

// ---- lock

static Value lock_acquire(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    int64_t deadline;
    if (!read_deadline(vm, args, argc, &deadline)) return ERROR;
    if (!lock->locked) {
        lock->locked = true;
        return TRUE_VALUE;
    }
    if (deadline == 0) return FALSE_VALUE;
    int taken = lock_wait(vm, lock, deadline);
    if (taken == 1 && is_raised(vm)) {   // handed over in the moment of an interrupt
        lock_hand_over(vm, lock);
        return ERROR;
    }
    return taken < 0 ? ERROR : from_bool(taken);
}

static Value lock_release(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    if (!lock->locked) return raise_error(vm, vm->exc.RuntimeError, "release unlocked lock");
    lock_hand_over(vm, lock);
    return NONE;
}

static Value lock_exit(VM *vm, const Value *args, int argc) { return lock_release(vm, args, 1); }
static Value lock_enter(VM *vm, const Value *args, int argc) { return lock_acquire(vm, args, 1); }
static Value lock_locked(VM *vm, const Value *args, int argc) { return from_bool(lock_of(args[0])->locked); }

static Value lock_repr(VM *vm, const Value *args, int argc) {
    Str *text = str_printf(vm, "<%s _thread.lock object at 0x%llx>", lock_of(args[0])->locked ? "locked" : "unlocked", (long long)object_id(vm, args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static const NativeDef lock_methods[] = {
    {"acquire(self, /, blocking=True, timeout=-1)", lock_acquire, "Lock the lock, waiting for it; whether it was.", 0},
    {"release(self, /)", lock_release, "Release the lock.", 0},
    {"locked(self, /)", lock_locked, "Whether the lock is locked.", 0},
    {"acquire_lock(self, /, blocking=True, timeout=-1)", lock_acquire, NULL, 0},
    {"release_lock(self, /)", lock_release, NULL, 0},
    {"locked_lock(self, /)", lock_locked, NULL, 0},
    {"__enter__(self, /)", lock_enter, NULL, 0},
    {"__exit__(self, /, *args)", lock_exit, NULL, 0},
    {"__repr__(self, /)", lock_repr, NULL, 0},
    {0},
};

// ---- RLock

static Value rlock_acquire(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    int64_t deadline, ident = thread_ident(vm);
    if (!read_deadline(vm, args, argc, &deadline)) return ERROR;
    if (lock->locked && lock->owner == ident) {
        lock->count++;
        return TRUE_VALUE;
    }
    Value taken = lock_acquire(vm, args, argc);
    if (!is_true_value(taken)) return taken;
    lock->owner = ident;
    lock->count = 1;
    return TRUE_VALUE;
}

static Value rlock_release(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    if (!lock->locked || lock->owner != thread_ident(vm)) return raise_error(vm, vm->exc.RuntimeError, "cannot release un-acquired lock");
    if (--lock->count > 0) return NONE;
    lock->owner = 0;
    lock_hand_over(vm, lock);
    return NONE;
}

static Value rlock_enter(VM *vm, const Value *args, int argc) { return rlock_acquire(vm, args, 1); }
static Value rlock_exit(VM *vm, const Value *args, int argc) { return rlock_release(vm, args, 1); }
static Value rlock_is_owned(VM *vm, const Value *args, int argc) {
    return from_bool(lock_of(args[0])->locked && lock_of(args[0])->owner == thread_ident(vm));
}

// For Condition.wait(): all of its holds at once, and back again.
static Value rlock_release_save(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    if (!lock->locked) return raise_error(vm, vm->exc.RuntimeError, "cannot release un-acquired lock");
    Tuple *state = tuple_pack(vm, 2, from_int((int64_t)lock->count), from_int(lock->owner));
    if (state == NULL) return ERROR;
    lock->owner = 0;
    lock->count = 0;
    lock_hand_over(vm, lock);
    return from_object(state);
}

static Value rlock_acquire_restore(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    int64_t count, owner;
    if (!is_tuple(args[1]) || to_tuple(args[1])->count != 2) return raise_type_error(vm, "the state that _release_save() gave is needed");
    if (!value_as_i64(vm, to_tuple(args[1])->items[0], &count) || !value_as_i64(vm, to_tuple(args[1])->items[1], &owner)) return ERROR;
    Value taken = lock_acquire(vm, args, 1);
    if (is_error(taken)) return ERROR;
    lock->owner = owner;
    lock->count = (uint64_t)count;
    return NONE;
}

static Value rlock_repr(VM *vm, const Value *args, int argc) {
    Lock *lock = lock_of(args[0]);
    Str *text = str_printf(vm, "<%s _thread.%T object owner=%lld count=%llu at 0x%llx>", lock->locked ? "locked" : "unlocked", args[0], (long long)lock->owner,
                           (unsigned long long)(lock->locked ? lock->count : 0), (long long)object_id(vm, args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static Value rlock_new(VM *vm, const Value *args, int argc) {
    Lock *lock = object_new_of(vm, to_class(args[0]), sizeof *lock);
    return lock == NULL ? ERROR : from_object(lock);
}

static const NativeDef rlock_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", rlock_new, NULL, NATIVE_NEW},
    {"acquire(self, /, blocking=True, timeout=-1)", rlock_acquire, "Lock the lock once more, waiting while another thread has it.", 0},
    {"release(self, /)", rlock_release, "Undo one acquire().", 0},
    {"_is_owned(self, /)", rlock_is_owned, NULL, 0},
    {"_release_save(self, /)", rlock_release_save, NULL, 0},
    {"_acquire_restore(self, state, /)", rlock_acquire_restore, NULL, 0},
    {"__enter__(self, /)", rlock_enter, NULL, 0},
    {"__exit__(self, /, *args)", rlock_exit, NULL, 0},
    {"__repr__(self, /)", rlock_repr, NULL, 0},
    {0},
};

// ---- local: an object with different attributes in each thread
//
// The instance's __dict__ is made that of the running thread before each access; subclasses have their __init__ called in every thread.

typedef struct Local { Object head; Dict *dicts; Value args, kwargs; } Local;

static void local_trace(VM *vm, Object *object) {
    Local *local = (Local *)object;
    gc_mark_object(vm, local->dicts);
    gc_mark_value(vm, local->args);
    gc_mark_value(vm, local->kwargs);
}

static Value local_new(VM *vm, const Value *args, int argc) {   // cls, kwargs, args...
    Class *cls = to_class(args[0]);
    Value init = class_lookup(vm, cls, vm->names.__init__), plain = class_lookup(vm, vm->types.object, vm->names.__init__);
    bool any = argc > 2 || (is_dict(args[1]) && to_dict(args[1])->count > 0);
    if (any && value_same(init, plain)) return raise_type_error(vm, "Initialization arguments are not supported");
    Local *local = object_new_of(vm, cls, sizeof *local);
    Tuple *rest = local == NULL ? NULL : tuple_from_values(vm, args + 2, argc > 2 ? (size_t)(argc - 2) : 0);
    if (rest == NULL || (local->dicts = dict_new(vm)) == NULL) return ERROR;
    local->args = from_object(rest);
    local->kwargs = args[1];
    gc_write_barrier(vm, local);
    bool is_new;
    Dict *dict = thread_dict(vm, local->dicts, from_object(local), &is_new);   // type.__call__ calls __init__ itself
    return dict != NULL && object_set_dict(vm, &local->head, dict) ? from_object(local) : ERROR;
}

static bool local_enter(VM *vm, Value self) {
    Local *local = (Local *)to_object(self);
    bool is_new;
    Dict *dict = local->dicts == NULL ? NULL : thread_dict(vm, local->dicts, self, &is_new);
    if (dict == NULL) return is_raised(vm) ? false : (raise_type_error(vm, "a local object that was not made by its class"), false);
    if (!object_set_dict(vm, to_object(self), dict)) return false;
    if (!is_new) return true;
    Value init = class_lookup(vm, class_of(vm, self), vm->names.__init__), plain = class_lookup(vm, vm->types.object, vm->names.__init__);
    if (value_same(init, plain)) return true;
    Value bound = attr_get(vm, self, vm->names.__init__);
    return !is_error(bound) && !is_error(call_ex(vm, bound, local->args, local->kwargs)) && object_set_dict(vm, to_object(self), dict);
}

static Value local_getattribute(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "attribute name must be string, not '%T'", args[1]);
    Str *name = str_intern(vm, to_str(args[1]));
    return name != NULL && local_enter(vm, args[0]) ? attr_get_generic(vm, args[0], name) : ERROR;
}

static Value local_set(VM *vm, Value self, Value name_value, Value value) {
    if (!is_str(name_value)) return raise_type_error(vm, "attribute name must be string, not '%T'", name_value);
    Str *name = str_intern(vm, to_str(name_value));
    if (name == NULL || !local_enter(vm, self)) return ERROR;
    if (name == vm->names.__dict__)
        return raise_error(vm, vm->exc.AttributeError, "'%T' object attribute '__dict__' is read-only", self);
    return attr_set_generic(vm, self, name, value) ? NONE : ERROR;
}
static Value local_setattr(VM *vm, const Value *args, int argc) { return local_set(vm, args[0], args[1], args[2]); }
static Value local_delattr(VM *vm, const Value *args, int argc) { return local_set(vm, args[0], args[1], UNDEFINED); }

static const NativeDef local_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", local_new, NULL, NATIVE_NEW},
    {"__getattribute__(self, name, /)", local_getattribute, NULL, 0},
    {"__setattr__(self, name, value, /)", local_setattr, NULL, 0},
    {"__delattr__(self, name, /)", local_delattr, NULL, 0},
    {0},
};

// ---- functions

static Value start_new_thread(VM *vm, const Value *args, int argc) {
    if (!is_callable(vm, args[0])) return raise_type_error(vm, "first arg must be callable");
    if (!is_tuple(args[1])) return raise_type_error(vm, "2nd arg must be a tuple");
    if (arg_given(args, argc, 2) && !is_dict(args[2])) return raise_type_error(vm, "optional 3rd arg must be a dictionary");
    int64_t ident = thread_start(vm, args[0], args[1], arg_or(args, argc, 2, UNDEFINED));
    return ident < 0 ? ERROR : from_int(ident);
}

static Value get_ident(VM *vm, const Value *args, int argc) { return from_int(thread_ident(vm)); }
static Value get_native_id(VM *vm, const Value *args, int argc) {
#ifdef __linux__
    return from_int(syscall(SYS_gettid));
#else
    return from_int(thread_ident(vm));
#endif
}
static Value count(VM *vm, const Value *args, int argc) { return from_int((int64_t)threads_count(vm)); }
static Value exit_thread(VM *vm, const Value *args, int argc) { return raise_with_args(vm, vm->exc.SystemExit, 0, NULL); }

static Value interrupt_main(VM *vm, const Value *args, int argc) {
    __atomic_store_n(&vm->interrupt_requested, 1, __ATOMIC_RELAXED);
    return !thread_is_main(vm) || vm_wake(vm) ? NONE : ERROR;   // the main thread sees it at once
}

static Value stack_size(VM *vm, const Value *args, int argc) {
    Value before = from_int((int64_t)threads_stack_size(vm));
    int64_t size = 0;
    if (!arg_given(args, argc, 0)) return before;
    if (!value_as_i64(vm, args[0], &size)) return ERROR;
    if (size < 0) return raise_value_error(vm, "size must be 0 or a positive value");
    if (size != 0 && size < LEAST_STACK) return raise_value_error(vm, "size not valid: %lld bytes", (long long)size);
    threads_set_stack_size(vm, size != 0 && size < 512 << 10 ? 512 << 10 : (size_t)size);   // less is of no use to the interpreter
    return before;
}

static Value processors(VM *vm, const Value *args, int argc) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return from_int(online > 0 ? online : 1);
}

static Value pool(VM *vm, const Value *args, int argc) {
    int64_t threads, jobs;
    if (!value_as_i64(vm, args[0], &threads) || !value_as_i64(vm, args[1], &jobs)) return ERROR;
    threads_pool(vm, threads, jobs);
    return NONE;
}

// Text and a traceback to stderr.
static Value report(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0]) || !is_exception(args[1])) return raise_type_error(vm, "a str and an exception are needed");
    report_write(vm, to_str(args[0]));
    Str *text = exception_report(vm, args[1]);
    if (text == NULL) return ERROR;
    report_write(vm, text);
    return NONE;
}

// The classes are found through the module, which sys.modules keeps.
static Value class_named(VM *vm, const char *name) {
    Str *module_name = str_intern_c(vm, "_thread"), *class_name = str_intern_c(vm, name);
    Value module = module_name == NULL || class_name == NULL ? UNDEFINED : dict_get_str(vm, vm->modules, module_name);
    Value cls = is_module(module) ? dict_get_str(vm, to_module(module)->dict, class_name) : UNDEFINED;
    return is_class(cls) ? cls : raise_error(vm, vm->exc.RuntimeError, "lost _thread.%s", name);
}

static Value allocate_lock(VM *vm, const Value *args, int argc) {
    Value cls = class_named(vm, "LockType");
    Lock *lock = is_error(cls) ? NULL : object_new_of(vm, to_class(cls), sizeof *lock);
    return lock == NULL ? ERROR : from_object(lock);
}

static const NativeDef thread_functions[] = {
    {"start_new_thread(function, args, kwargs=?, /)", start_new_thread, "Start a new thread; its number.", 0},
    {"allocate_lock()", allocate_lock, "A new lock object.", 0},
    {"get_ident()", get_ident, "The number of the current thread.", 0},
    {"get_native_id()", get_native_id, "The number that the system gives the current thread.", 0},
    {"_count()", count, "How many threads are running that were started here.", 0},
    {"stack_size(size=?, /)", stack_size, "The stack size of new threads; 0: the system's.", 0},
    {"_processors()", processors, NULL, 0},
    {"_pool(threads, jobs, /)", pool, NULL, 0},
    {"_report(text, exception, /)", report, NULL, 0},
    {"exit()", exit_thread, "End the current thread.", 0},
    {"interrupt_main(signum=2, /)", interrupt_main, "KeyboardInterrupt in the main thread.", 0},
    {0},
};

static Class *make(VM *vm, Module *module, const char *name, const char *shown, size_t size, const NativeDef *methods, unsigned flags) {
    Class *cls = class_create_simple(vm, "_thread", shown, vm->types.object, NULL);
    if (cls == NULL) return NULL;
    cls->instance_kind = KIND_HOST;
    cls->instance_size = (uint16_t)size;
    cls->inline_slots = 0;
    cls->flags &= ~(unsigned)CLASS_BASETYPE;
    cls->flags |= flags;
    return class_add_members(vm, cls, methods, NULL) && module_add(vm, module, name, from_object(cls)) ? cls : NULL;
}

static bool thread_init(VM *vm, Module *module) {
    Class *lock = make(vm, module, "LockType", "lock", sizeof(Lock), lock_methods, CLASS_HAS_WEAKREF | CLASS_DISALLOW_INSTANTIATION);
    if (lock == NULL || !make(vm, module, "RLock", "RLock", sizeof(Lock), rlock_methods, CLASS_HAS_WEAKREF | CLASS_BASETYPE)) return false;
    Class *local = make(vm, module, "_local", "_local", sizeof(Local), local_methods, CLASS_HAS_WEAKREF | CLASS_BASETYPE | CLASS_HAS_DICT);
    if (local == NULL) return false;
    local->host_trace = local_trace;
    return module_add(vm, module, "error", from_object(vm->exc.RuntimeError)) && module_add(vm, module, "TIMEOUT_MAX", float_new(vm, TIMEOUT_MAX));
}

const ModuleDef module_thread = {"_thread", "Threads and locks.", thread_functions, thread_init};
