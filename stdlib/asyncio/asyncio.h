// What the C files of asyncio share.
//
//     ready ring:  [task | handle | sleep | future ...]   pointers with a tag in their low bits: what to do with each
//     timer heap:  4-ary, (when, sequence, sleep or handle); what is cancelled stays until it comes up or until the heap is mostly dead
//     task list:   loop->tasks, newest first, linked through Task.next: every task that is not done is alive by it
//
// A step of a task is generator_resume() on its coroutine, which goes on in the innermost frame of the await chain. What the chain awaits
// comes back as the yielded value: None (sleep(0)), a Sleep, or a Future. Nothing is allocated for a step.
//
// A young collection must not cost more the more tasks sleep. So the loop's buffers are not traced where something else keeps the
// objects alive: tasks in the ring by the list, a Sleep in the heap by its task (Task.waiting), a cancelled Sleep that still stands in
// the heap by the loop's list of these (linked through Sleep.task). Lists are entered at the head and each member marks the next one, so
// that marking stops at the first old one.
#ifndef COIL_STDLIB_ASYNCIO_H
#define COIL_STDLIB_ASYNCIO_H

#include "stdlib/asyncio/backend.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/threads.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/float.h"
#include "vm/types/generator.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

typedef struct Task Task;
typedef struct Sleep Sleep;

// ---- Future, and what extends it

// Object.flags of futures.
enum {
    FUTURE_FINISHED = 1, FUTURE_CANCELLED = 2, FUTURE_DONE = FUTURE_FINISHED | FUTURE_CANCELLED,
    FUTURE_FAILED = 4,           // finished: `result` is an exception
    FUTURE_LOG = 8,              // nobody has looked at the exception
    FUTURE_BLOCKING = 16,        // yielded by await, and not by a plain yield
    FUTURE_IS_TASK = 32, FUTURE_IS_GATHER = 64,
    TASK_MUST_CANCEL = 128, TASK_QUEUED = 256, TASK_LISTED = 512, TASK_STARTED = 1024,
    GATHER_RETURN_EXCEPTIONS = 128, GATHER_CANCEL_REQUESTED = 256,
    FUTURE_SILENT = 2048,        // _log_destroy_pending is off
    FUTURE_IS_OPERATION = 4096, OPERATION_BEGUN = 8192, OPERATION_LINKED = 16384,
    GATHER_SEEN = 8192,          // of an argument of gather(), never an operation: stands there, for the moment of the look for repetitions
};

typedef struct CallbackRow { Value callback, context; } CallbackRow;
typedef struct Callbacks { uint32_t count, capacity; CallbackRow rows[]; } Callbacks;

typedef struct Future {
    Object head;                 // aux of a task: how many cancellations were requested
    Loop *loop;                  // NULL: __init__ has not run
    Value result;                // or the exception
    Object *waiter;              // the first to tell: a Task or a Gather; the others are in `callbacks`
    Callbacks *callbacks;
    Value message;               // of the cancellation; of a failed one: the exception's traceback
} Future;

struct Task {
    Future future;
    Value coroutine;
    Value waiting;               // the Future or Sleep that it waits for, UNDEFINED when it can run
    Value name;                  // str, or an int: the number of "Task-1"
    Value context;               // contextvars.Context; UNDEFINED: an empty one
    Task *next, *previous;       // the loop's list
};

typedef struct Gather {
    Future future;
    Tuple *children;             // one for each argument
    uint32_t expected, finished; // different children
} Gather;

// What `await queue.get()` and its like await: no coroutine but one object that knows how to try, and is itself the future that its task
// waits for when the try does not succeed. Seen from Python it is a coroutine.
typedef struct Operation Operation;
typedef struct OperationDef {
    const char *name;            // of the coroutine that it stands for
    // Tries. `woken`: it has waited, and somebody has told it. DELEGATE_SUSPEND: it stands in a list of its owner and waits.
    DelegateOutcome (*advance)(VM *vm, Operation *operation, bool woken, Value *out);
    // It gives up while it waits: it leaves the list and passes on what it was told. False: an exception is raised.
    bool (*abandon)(VM *vm, Operation *operation, bool woken);
} OperationDef;
struct Operation {
    Future future;
    const OperationDef *def;
    Object *owner;               // the queue, the lock, ...
    Value item;
    Operation *next, *previous;  // in the owner's list
};
typedef struct AwaitedDef { const char *name; NativeFunction function; } AwaitedDef;   // of a method: Native.awaited
typedef struct WaiterList { Operation *first, *last; size_t count; } WaiterList;

// ---- sleep(), handles

enum { SLEEP_ARMED = 1, SLEEP_QUEUED = 2, SLEEP_DONE = 4, SLEEP_CANCELLED = 8, SLEEP_WAITED = 16 };
struct Sleep {
    Object head;
    Value delay;
    Value result;                // once cancelled: the message
    Object *task;                // that waits; once cancelled: the next in the loop's list
};

// HANDLE_FOREIGN: a program's own loop made it: `loop` is NULL, and `created` a pair, that loop and where it was made. HANDLE_WHOLE: its time
// was given as an int.
enum { HANDLE_CANCELLED = 1, HANDLE_TIMER = 2, HANDLE_SCHEDULED = 4, HANDLE_ONE_ARGUMENT = 8, HANDLE_FOREIGN = 16, HANDLE_WHOLE = 32 };
typedef struct Handle {
    Object head;
    Loop *loop;
    Value callback, args;        // args: UNDEFINED, a tuple, or the one argument itself
    Value context;
    Value created;               // in debug mode: a list of where it was made
    double when;
} Handle;

// ---- the loop

enum { TAG_TASK, TAG_HANDLE, TAG_SLEEP, TAG_FUTURE, TAG_WATCH, TAG_MASK = 7 };   // a Watch is no object
typedef struct TimerEntry { double when; uint64_t sequence; uintptr_t item; } TimerEntry;   // item: a Handle or a Sleep, tagged

struct Loop {
    Object head;
    uintptr_t *ring;
    size_t ring_head, ring_count, ring_capacity;   // capacity: a power of two
    size_t ring_others;          // entries in the ring that are objects and not tasks
    TimerEntry *timers;
    size_t timer_count, timer_capacity, timer_handles, timers_cancelled;
    uint64_t timer_sequence;
    Task *tasks;
    size_t task_count;
    Task *current;               // not traced: it is in the list, or its step is on the C stack
    Sleep *cancelled_sleeps;
    size_t cancelled_count, cancelled_limit;
    const LoopBackend *backend;
    LoopIo *io;                  // NULL until the first wait
    Loop *next_io;               // of the VM's loops that have one
    double now;                  // when the clock was last read
    int64_t coarse_ns;
    uint32_t rounds_to_clock;    // iterations until the clock must be read
    double virtual_now;
    bool running, closed, stopping, debug, clock_due, asyncgens_shut_down;
    bool wakeable;               // backend_wake() works
    int32_t outer_origin_depth;  // sys.get_coroutine_origin_tracking_depth() before it ran
    size_t round_left;           // entries of the ring that belong to the iteration under way
    size_t external;             // descriptors, jobs and the like that may wake the loop: while there are any, waiting is no deadlock
    size_t unretrieved;          // exceptions set since the last look for lost ones
    Value exception_handler, task_factory, asyncgens, slow_callback_duration;
    List *failed;                // of the prompt's loop: futures that failed, until the next look whether anybody has asked them (console.c)
};

// ---- what belongs to a VM

typedef struct AsyncioState {
    Class *loop, *unix_loop, *future, *task, *gather, *sleep, *handle, *timer_handle, *future_iter, *operation;
    Class *queue, *priority_queue, *lifo_queue, *lock, *event, *semaphore, *bounded_semaphore;
    Class *CancelledError, *InvalidStateError, *QueueEmpty, *QueueFull, *QueueShutDown;
    Loop *running;               // in this thread
    Value current_loop;          // of set_event_loop(); NONE or a Loop or whatever was set
    bool loop_was_set;
    bool debug;                  // new loops begin in debug mode
    int64_t task_number;
    Future *main_task;           // of asyncio.run(), while it runs; and the interrupts that it has seen
    unsigned interrupts;
    Sleep *yield_once;           // what sleep(0) gives
    Sleep *nothing;              // is over as soon as it is awaited
    Tuple *no_message;           // ('',): the arguments of CancelledErrors that gather() makes
    Value policy;
    Value console_loop;          // of the prompt (console.c); NONE until it is needed
    struct IoState *io;          // transports and streams; NULL until they are needed
    Loop *io_loops;              // not traced: each leaves the list when it is closed or dies
    int spare_wake[2];           // see io.c; plus one, 0: none
    DelegateProtocol protocols[3];   // of Future, Sleep and Operation
    struct Mailbox *mailbox;     // NULL until the host has made a future
    Dict *foreign_current;       // of loops that are not ours, and tasks of other makes; NULL while there are none
    List *foreign_tasks;
    Class *host_link, *completion_link;   // what ties a future to the host; made when first needed
    LoopDescriptor *descriptors; // what the last coil_loop_step() gave
    size_t descriptor_capacity;
} AsyncioState;

#define ASYNCIO(vm) ((vm)->asyncio)

extern const char asyncio_future_mark;   // host_data of Future and its subclasses
static inline bool is_waitable(Value v) { return is_kind(v, KIND_HOST) && to_object(v)->shape->cls->host_data == &asyncio_future_mark; }
static inline bool is_future(Value v) { return is_waitable(v) && !(to_object(v)->flags & FUTURE_IS_OPERATION); }
static inline bool is_operation(Value v) { return is_waitable(v) && to_object(v)->flags & FUTURE_IS_OPERATION; }
static inline Future *to_future(Value v) { return (Future *)to_object(v); }
static inline bool future_is_task(const Future *future) { return future->head.flags & FUTURE_IS_TASK; }
static inline bool future_is_done(const Future *future) { return future->head.flags & FUTURE_DONE; }
static inline bool is_sleep(VM *vm, Value v) { return is_kind(v, KIND_HOST) && to_object(v)->shape->cls == ASYNCIO(vm)->sleep; }
static inline bool is_loop(VM *vm, Value v) { return is_kind(v, KIND_HOST) && class_is_subclass(to_object(v)->shape->cls, ASYNCIO(vm)->loop); }

// An instance of one of the classes above, zeroed.
MUST_CHECK static inline void *host_object_new(VM *vm, Class *cls, size_t size) {
    Object *object = instance_new_fast(vm, cls);
    return LIKELY(object != NULL) ? object : object_new_of(vm, cls, size);
}

size_t io_descriptors(Loop *loop, LoopDescriptor *out, size_t room);   // what a host must wait for: how many; as many as there is room for

// ---- loop.c
MUST_CHECK Loop *loop_new(VM *vm);
MUST_CHECK bool loop_ring_grow(VM *vm, Loop *loop);
MUST_CHECK bool loop_check_open(VM *vm, Loop *loop);
MUST_CHECK bool loop_begin(VM *vm, Loop *loop, Value saved_hooks[2]);      // it is the running one; false: RuntimeError
void loop_end(VM *vm, Loop *loop, const Value saved_hooks[2]);
MUST_CHECK bool loop_gather_ready(VM *vm, Loop *loop);         // what came from outside, and timers that are due
MUST_CHECK bool loop_run_ready(VM *vm, Loop *loop, size_t budget);         // up to so many entries of the iteration that is under way
bool loop_can_be_woken(VM *vm, Loop *loop);                    // by something that is no timer
MUST_CHECK bool loop_raise_deadlock(VM *vm, Loop *loop);       // false
void loop_show_tasks(VM *vm);
void loop_wake(Loop *loop);                                    // a wait() that goes on ends; for callers inside the VM
MUST_CHECK bool loop_make_wakeable(VM *vm, Loop *loop);
MUST_CHECK Value loop_run_until_complete(VM *vm, Loop *loop, Value awaitable);
MUST_CHECK bool loop_run_forever(VM *vm, Loop *loop);
void loop_close(VM *vm, Loop *loop);
MUST_CHECK Value loop_run_interruptible(VM *vm, Loop *loop, Value task);   // the first interrupt cancels the task
MUST_CHECK bool loop_shut_down(VM *vm, Loop *loop);            // cancels what is not done, closes async generators
Loop *loop_running(VM *vm);                                    // NULL: none
MUST_CHECK Loop *loop_running_required(VM *vm);                // RuntimeError "no running event loop"
MUST_CHECK Loop *loop_default(VM *vm);                         // get_event_loop()
MUST_CHECK Value loop_run_main(VM *vm, Value main, Value debug);   // asyncio.run()
double loop_time(Loop *loop);
extern const NativeDef loop_methods[], loop_io_methods[], loop_sock_methods[], loop_resolver_methods[], loop_process_methods[], loop_signal_methods[];   // each in a file of its own
extern const GetSetDef loop_getsets[];
void loop_signals_close(VM *vm, Loop *loop);                   // loop_signals.c
void loop_trace(VM *vm, Object *object);
void loop_free(VM *vm, Object *object);

// ---- console.c
MUST_CHECK Loop *console_loop(VM *vm);

// ---- loop_methods.c
MUST_CHECK Value loop_logger(VM *vm);
MUST_CHECK Value loop_shutdown_executor(VM *vm, Loop *loop);   // a coroutine that waits for its threads; UNDEFINED: there are none
MUST_CHECK bool loop_close_executor(VM *vm, Loop *loop);       // it takes no more calls
MUST_CHECK Value loop_call_exception_handler(VM *vm, Loop *loop, Dict *context);
// The same for a report made of a message, an exception and one more entry; never raises.
void loop_report(VM *vm, Loop *loop, Str *message, Value exception, const char *key, Value subject);

// ---- mailbox.c
bool mailbox_has_mail(const struct Mailbox *mailbox);
MUST_CHECK bool mailbox_deliver(VM *vm);                       // results that the host has sent go to their futures
size_t mailbox_expected(const struct Mailbox *mailbox);        // futures that the host will complete
void mailbox_attend(struct Mailbox *mailbox, Loop *loop_or_null);   // whom to wake
void mailbox_forget(struct Mailbox *mailbox, Loop *loop);
void mailbox_trace(VM *vm, struct Mailbox *mailbox);
void mailbox_close(VM *vm);

// ---- timers.c
MUST_CHECK bool timers_add(VM *vm, Loop *loop, double when, void *object, unsigned tag);
MUST_CHECK bool timers_move_due(VM *vm, Loop *loop, double end);     // to the ready ring
void timers_drop_cancelled(Loop *loop);                        // when they are the most
bool timers_next(Loop *loop, double *out_when);                // the first that is not cancelled

// ---- handle.c
MUST_CHECK Handle *handle_new(VM *vm, Loop *loop, Value callback, Value args, bool one_argument, Value context_or_undefined);
MUST_CHECK Handle *loop_call_soon_one(VM *vm, Loop *loop, Value callback, Value argument, Value context);   // context as it is
MUST_CHECK bool handle_run(VM *vm, Handle *handle);            // false: KeyboardInterrupt or SystemExit
void handle_trace(VM *vm, Object *object);
extern const NativeDef handle_methods[], timer_handle_methods[];
extern const GetSetDef handle_getsets[];

// ---- future.c
MUST_CHECK Future *future_new(VM *vm, Loop *loop);
MUST_CHECK bool future_init(VM *vm, Future *future, Value loop_or_none);
MUST_CHECK bool future_set_result(VM *vm, Future *future, Value result);          // InvalidStateError
MUST_CHECK bool future_set_exception(VM *vm, Future *future, Value exception);
MUST_CHECK bool future_finish(VM *vm, Future *future, unsigned flags, Value result);   // unchecked, and callbacks are scheduled
int future_cancel(VM *vm, Future *future, Value message);      // 1, 0, -1; by the method of a Python subclass
int future_cancel_plain(VM *vm, Future *future, Value message);
MUST_CHECK Value future_result(VM *vm, Future *future);        // raises what it failed with
MUST_CHECK Value future_cancelled_error(VM *vm, Future *future);   // a new CancelledError with the message
MUST_CHECK bool future_add_waiter(VM *vm, Future *future, Object *waiter);
MUST_CHECK bool future_add_callback(VM *vm, Future *future, Value callback, Value context);
DelegateOutcome future_step(VM *vm, Value object, bool first, Value sent, Value *out);
MUST_CHECK bool future_tell_waiter(VM *vm, Future *future);
Value raise_cancelled(VM *vm, Value message);
Value raise_invalid_state(VM *vm, const char *text);
void future_trace(VM *vm, Object *object);
void future_free(VM *vm, Object *object);
void future_finalize(VM *vm, Object *object);
extern const NativeDef future_methods[];
extern const GetSetDef future_getsets[];
extern const NativeDef future_iter_methods[];
void future_iter_trace(VM *vm, Object *object);
Value host_instance_new(VM *vm, const Value *args, int argc);  // __new__ that takes anything

// ---- task.c
MUST_CHECK Task *task_new(VM *vm, Loop *loop, Value coroutine, Value name, Value context);
MUST_CHECK bool task_run(VM *vm, Loop *loop, Task *task);      // a step; false: KeyboardInterrupt, SystemExit
int task_cancel(VM *vm, Task *task, Value message);
MUST_CHECK Str *task_name(VM *vm, Task *task);
bool is_coroutine_object(VM *vm, Value v);
MUST_CHECK Value ensure_future(VM *vm, Value v, Loop *loop_or_null);
MUST_CHECK Value loop_create_task(VM *vm, Loop *loop, Value coroutine, Value name, Value context);
MUST_CHECK Value loop_create_task_method(VM *vm, Loop *loop, Value coroutine, Value name, Value context);   // by the loop's own create_task()
void task_trace(VM *vm, Object *object);
void task_unlist(VM *vm, Task *task);
extern const NativeDef task_methods[];
extern const GetSetDef task_getsets[];

// ---- sleep.c
MUST_CHECK Value sleep_new(VM *vm, Value delay, Value result);
MUST_CHECK bool sleep_arm(VM *vm, Loop *loop, Sleep *sleep, Task *task);
int sleep_cancel(VM *vm, Loop *loop, Sleep *sleep, Value message);       // 1; 0: it is over already
DelegateOutcome sleep_step(VM *vm, Value object, bool first, Value sent, Value *out);
DelegateOutcome sleep_throw_in(VM *vm, Value object, Value exception, Value *out);
void sleep_trace(VM *vm, Object *object);
void sleep_finalize(VM *vm, Object *object);
extern const NativeDef sleep_methods[];
extern const GetSetDef sleep_getsets[];

// ---- operation.c
MUST_CHECK Value operation_new(VM *vm, const OperationDef *def, void *owner, Value item);
void waiters_add(VM *vm, void *owner, WaiterList *list, Operation *operation);
void waiters_remove(VM *vm, void *owner, WaiterList *list, Operation *operation);
MUST_CHECK Value waiters_list(VM *vm, const WaiterList *list);   // a new list of them, for Python's eyes
bool operation_is_waiting(const Operation *operation);          // nobody has told or cancelled it
MUST_CHECK bool operation_tell(VM *vm, Operation *operation);
// The owner belongs to the loop that something waits in first. False: RuntimeError.
MUST_CHECK bool operation_bind_loop(VM *vm, Operation *operation, Loop **loop);
DelegateOutcome operation_step(VM *vm, Value object, bool first, Value sent, Value *out);
DelegateOutcome operation_throw_in(VM *vm, Value object, Value exception, Value *out);
void operation_trace(VM *vm, Object *object);
void operation_finalize(VM *vm, Object *object);
extern const NativeDef operation_methods[];
extern const GetSetDef operation_getsets[];
MUST_CHECK Value outcome_value(VM *vm, DelegateOutcome outcome, Value v);   // as send() gives it

// ---- queue.c, locks.c
extern const NativeDef queue_methods[], lock_methods[], event_methods[], semaphore_methods[], bounded_semaphore_methods[];
extern const GetSetDef queue_getsets[], lock_getsets[], event_getsets[], semaphore_getsets[];
extern const AwaitedDef queue_awaited[], lock_awaited[], event_awaited[], semaphore_awaited[];
void queue_trace(VM *vm, Object *object);
void queue_free(VM *vm, Object *object);
void lock_trace(VM *vm, Object *object);
extern const size_t queue_size, lock_size;

// ---- gather.c
MUST_CHECK Value gather_new(VM *vm, const Value *awaitables, size_t count, bool return_exceptions);
MUST_CHECK bool gather_child_done(VM *vm, Gather *gather, Future *child);
void gather_trace(VM *vm, Object *object);
extern const NativeDef gather_methods[];
extern const GetSetDef gather_getsets[];

// ---- debug.c: in debug mode objects know where they were made
MUST_CHECK bool debug_note(VM *vm, Future *future);            // called when future->loop->debug
Value debug_created(VM *vm, Value future);                     // the list, or NONE; never raises
Value handle_created(const Handle *handle);                                // debug mode: where it was made, a list; or None
MUST_CHECK Value handle_when(VM *vm, const Handle *handle);
bool debug_wanted(VM *vm);                                                // do new loops begin in debug mode?
MUST_CHECK Str *debug_created_text(VM *vm, Value created);     // " created at file:line", or nothing
MUST_CHECK Value debug_stack(VM *vm);

// ---- show.c: texts of reprs and reports
MUST_CHECK Value future_repr(VM *vm, const Value *args, int argc);
MUST_CHECK Value handle_repr(VM *vm, const Value *args, int argc);
MUST_CHECK Str *callback_text(VM *vm, Value callback, Value args, bool one_argument);
MUST_CHECK Str *coroutine_text(VM *vm, Value coroutine);

// ---- names.c: attributes that are loaded when they are asked for
Value asyncio_getattr(VM *vm, const Value *args, int argc);
Value asyncio_dir(VM *vm, const Value *args, int argc);
Value asyncio_isfuture(VM *vm, const Value *args, int argc);
MUST_CHECK Value asyncio_python(VM *vm, const char *submodule, const char *name);   // an object of a submodule written in Python

// ---- the ready ring

// The object joins it, for the next iteration.
MUST_CHECK static inline bool loop_push(VM *vm, Loop *loop, void *object, unsigned tag) {
    if (UNLIKELY(loop->closed)) return true;   // nobody will ever run it
    if (UNLIKELY(loop->ring_count == loop->ring_capacity) && !loop_ring_grow(vm, loop)) return false;
    loop->ring[(loop->ring_head + loop->ring_count++) & (loop->ring_capacity - 1)] = (uintptr_t)object | tag;
    if (tag != TAG_TASK && tag != TAG_WATCH) {
        loop->ring_others++;
        gc_write_barrier(vm, loop);
    }
    return true;
}

// The task's next step is due.
MUST_CHECK static inline bool task_wake(VM *vm, Task *task) {
    if (task->future.head.flags & (TASK_QUEUED | FUTURE_DONE)) return true;
    task->future.head.flags |= TASK_QUEUED;
    return loop_push(vm, task->future.loop, task, TAG_TASK);
}

// ---- contextvars.c
MUST_CHECK bool context_copy_current(VM *vm, Value *out);      // UNDEFINED while the current one is empty
bool is_context(VM *vm, Value v);

#endif
