// Threads: the VM's lock, the state that is swapped when another thread comes in, starting and ending. See threads.h.
//
// The lock is handed from one to the next in the order in which they came, so that nobody starves. A thread that computes gives it away
// at a safepoint of the interpreter loop when another one has waited for SWITCH_NS.
#define _GNU_SOURCE 1   // pthread_condattr_setclock
#include "vm/threads.h"

#include "vm/api_internal.h"
#include "vm/call.h"
#include "vm/doors.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/heap_internal.h"
#include "vm/limits.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/weakref.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <time.h>

static const int64_t SWITCH_NS = 5000000, SLICE_NS = 50000000, NS_PER_SECOND = 1000000000;
enum { MAIN_IDENT = 1, GLANCE_NS = 100000 };

// What belongs to a thread among the VM's fields.
#define THREAD_FIELDS(FIELD)                                                                                                              \
    FIELD(frame) FIELD(recursion_depth) FIELD(handled) FIELD(raised) FIELD(resumed) FIELD(loop_result) FIELD(frame_next) FIELD(frame_end) \
    FIELD(stack_start) FIELD(stack_size) FIELD(stack) FIELD(frames) FIELD(bound) FIELD(bound_count) FIELD(c_stack_base) FIELD(loop_base)  \
    FIELD(c_stack_limit) FIELD(repr_guard) FIELD(on_interrupt) FIELD(context) FIELD(asyncgen_firstiter) FIELD(asyncgen_finalizer)         \
    FIELD(at_prompt) FIELD(thread) FIELD(thread_stack_low) FIELD(thread_stack_high)

typedef struct ThreadState {
#define FIELD(name) __typeof__(((VM *)0)->name) name;
    THREAD_FIELDS(FIELD)
#undef FIELD
    ApiHandles handles;
    Value of_asyncio[THREAD_SLOTS];
} ThreadState;

struct Thread {
    VM *vm;
    Thread *next, *previous;     // of those that have not ended; then of those to join
    int64_t ident;
    ThreadState saved;           // while another thread is inside
    HandledState handled_base;
    jmp_buf registers;           // as it left the VM
    uintptr_t spilled[128];       // those that setjmp() scrambles
    const char *stack_here;      // where its C stack ended then
    pthread_t native;
    pthread_cond_t wake;
    bool granted;                // the lock is its
    Thread *next_waiting;
    Value function, args, kwargs;
    List *locals;                // weak references to owners of thread_dict()s
};

struct Threads {
    pthread_mutex_t mutex;       // of what follows
    bool held;
    Thread *first_waiting, *last_waiting;
    atomic_int waiting;          // threads that want in
    // ---- whoever is inside
    Thread main;
    Thread *list;                // of all, main last
    Thread *ended;               // to be joined
    size_t count;                // without main
    int64_t last_ident;
    int64_t inside_since;        // as far as a tick has looked; 0: not yet
    int64_t pool_threads, jobs;
    bool ending;
};
typedef struct Threads Threads;

static int64_t now_ns(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

// ---- state

static void state_save(VM *vm, ThreadState *state) {
#define FIELD(name) state->name = vm->name;
    THREAD_FIELDS(FIELD)
#undef FIELD
    api_handles_save(vm, &state->handles);
    if (vm->on_thread_save != NULL) vm->on_thread_save(vm, state->of_asyncio);
}

static void state_load(VM *vm, const ThreadState *state) {
#define FIELD(name) vm->name = state->name;
    THREAD_FIELDS(FIELD)
#undef FIELD
    api_handles_load(vm, &state->handles);
    if (vm->on_thread_load != NULL) vm->on_thread_load(vm, state->of_asyncio);
}

// ---- the lock

static void lock_take(Threads *threads, Thread *self) {
    pthread_mutex_lock(&threads->mutex);
    if (!threads->held) {
        threads->held = true;
    } else {
        self->granted = false;
        self->next_waiting = NULL;
        if (threads->last_waiting != NULL) threads->last_waiting->next_waiting = self;
        else threads->first_waiting = self;
        threads->last_waiting = self;
        atomic_fetch_add(&threads->waiting, 1);
        while (!self->granted) pthread_cond_wait(&self->wake, &threads->mutex);
    }
    pthread_mutex_unlock(&threads->mutex);
}

static void lock_give(Threads *threads) {
    pthread_mutex_lock(&threads->mutex);
    Thread *next = threads->first_waiting;
    if (next != NULL) {
        threads->first_waiting = next->next_waiting;
        if (threads->first_waiting == NULL) threads->last_waiting = NULL;
        atomic_fetch_sub(&threads->waiting, 1);
        next->granted = true;
        pthread_cond_signal(&next->wake);
    } else {
        threads->held = false;
    }
    pthread_mutex_unlock(&threads->mutex);
}

static void come_in(VM *vm, Thread *self) {
    lock_take(vm->threads, self);
    vm->current_thread = self;
    state_load(vm, &self->saved);
    vm->threads->inside_since = 0;
    frames_set_limit(vm, vm->recursion_limit);   // it may have changed meanwhile
}

// These two frames will be gone while the thread is outside, and what they have spilled of their caller's registers with them: so that is
// copied, from the lower frame's end up to `end`, where the upper one ends. The caller's frame and those above it stay.
__attribute__((noinline, no_sanitize("address", "undefined"))) static void registers_save(Thread *self, const char *end) {
    uintptr_t lowest[1];
    (void)setjmp(self->registers);
    enum { WORDS = sizeof self->spilled / sizeof *self->spilled };
    size_t words = (size_t)(end - (const char *)lowest) / sizeof *lowest;
    if (words > WORDS) words = WORDS;   // the upper frame matters: it has the caller's registers
    const volatile uintptr_t *from = (const volatile uintptr_t *)end - words;
    for (size_t i = 0; i < WORDS; i++) self->spilled[i] = i < words ? from[i] : 0;
}

__attribute__((noinline, no_sanitize("address", "undefined"))) static Thread *go_out(VM *vm) {
    __builtin_unwind_init();   // all registers that belong to the caller are in this frame now
    Thread *self = vm->current_thread;
    self->stack_here = __builtin_frame_address(0);
    registers_save(self, self->stack_here + 2 * sizeof(uintptr_t));   // the caller's frame pointer, a register like others, stands there
    state_save(vm, &self->saved);
    lock_give(vm->threads);
    return self;
}

void *vm_release(VM *vm) { return LIKELY(vm->threads == NULL) ? NULL : go_out(vm); }

void vm_acquire(VM *vm, void *outside) {
    if (outside == NULL) return;
    int error = errno;
    come_in(vm, outside);
    errno = error;
}

bool vm_wait_until_free(VM *vm, const bool *in_use) {
    while (UNLIKELY(*in_use)) {
        void *outside = vm_release(vm);
        nanosleep(&(struct timespec){.tv_nsec = GLANCE_NS}, NULL);
        vm_acquire(vm, outside);
        if (!vm_wake(vm)) return false;
    }
    return true;
}

void threads_tick(VM *vm) {
    Threads *threads = vm->threads;
    if (atomic_load_explicit(&threads->waiting, memory_order_relaxed) == 0) return;
    int64_t now = now_ns();
    if (threads->inside_since == 0) threads->inside_since = now;
    else if (now - threads->inside_since >= SWITCH_NS) vm_acquire(vm, vm_release(vm));
}

// ---- the first thread, and what is known of them

static bool cond_init(pthread_cond_t *cond) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) return false;
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    bool done = pthread_cond_init(cond, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return done;
}

static bool threads_open(VM *vm) {
    if (vm->threads != NULL) return true;
    Threads *threads = heap_raw_resize(vm, NULL, 0, sizeof *threads);
    if (threads == NULL) return raise_no_memory(vm), false;
    memset(threads, 0, sizeof *threads);
    threads->main.vm = vm;
    threads->main.ident = threads->last_ident = MAIN_IDENT;
    threads->list = &threads->main;
    threads->held = true;
    if (!cond_init(&threads->main.wake) || pthread_mutex_init(&threads->mutex, NULL) != 0) {
        heap_raw_resize(vm, threads, sizeof *threads, 0);
        return raise_no_memory(vm), false;
    }
    vm->current_thread = &threads->main;
    vm->threads = threads;
    return true;
}

int64_t thread_ident(VM *vm) { return vm->threads == NULL ? MAIN_IDENT : vm->current_thread->ident; }
bool thread_is_main(VM *vm) { return vm->threads == NULL || vm->current_thread == &vm->threads->main; }
size_t threads_count(VM *vm) { return vm->threads == NULL ? 0 : vm->threads->count; }
void threads_pool(VM *vm, int64_t threads, int64_t jobs) {
    if (vm->threads == NULL && !threads_open(vm)) return raised_clear(vm);
    vm->threads->pool_threads += threads;
    vm->threads->jobs += jobs;
}
size_t threads_jobs(VM *vm) { return vm->threads == NULL || vm->threads->jobs < 0 ? 0 : (size_t)vm->threads->jobs; }
bool threads_can_act(VM *vm) {
    if (vm->threads == NULL) return false;
    // The main thread is another one for a loop in a thread of its own, and may wake it.
    return vm->threads->jobs > 0 || (int64_t)vm->threads->count > vm->threads->pool_threads;
}
size_t threads_stack_size(VM *vm) { return vm->thread_stack_size; }
void threads_set_stack_size(VM *vm, size_t bytes) { vm->thread_stack_size = bytes; }

// ---- a thread's life

static void list_remove(Threads *threads, Thread *thread) {
    if (thread->next != NULL) thread->next->previous = thread->previous;
    if (thread->previous != NULL) thread->previous->next = thread->next;
    else threads->list = thread->next;
}

static void join_ended(VM *vm) {
    Threads *threads = vm->threads;
    while (threads->ended != NULL) {
        Thread *thread = threads->ended;
        threads->ended = thread->next;
        pthread_join(thread->native, NULL);   // it has given the lock away, or is about to
        pthread_cond_destroy(&thread->wake);
        heap_raw_resize(vm, thread, sizeof *thread, 0);
    }
}

// The dicts that threading.local objects keep for this thread go.
static void locals_drop(VM *vm, Thread *self) {
    for (size_t i = 0; self->locals != NULL && i + 1 < self->locals->count; i += 2) {
        Value owner = weakref_target((Weakref *)to_object(self->locals->items[i])), dicts = self->locals->items[i + 1];
        if (is_none(owner) || !is_dict(dicts)) continue;
        if (dict_delete(vm, to_dict(dicts), from_int(self->ident)) < 0) raised_clear(vm);
    }
    self->locals = NULL;
}

static void run(VM *vm, Thread *self) {
    VMEntry entry;
    vm_enter(vm, &entry);
    if (!vm->threads->ending) {
        Value result = call_ex(vm, self->function, self->args, self->kwargs);
        if (is_error(result)) {
            if (vm->threads->ending) vm->raised = UNDEFINED;
            else if (raised_matches(vm, vm->exc.SystemExit)) raised_clear(vm);
            else raised_report_unraisable(vm, "thread started by", self->function);
        }
    }
    self->function = self->args = self->kwargs = UNDEFINED;
    locals_drop(vm, self);
    vm_leave(vm, &entry);
}

static void *thread_main(void *data) {
    Thread *self = data;
    VM *vm = self->vm;
    Threads *threads = vm->threads;
    come_in(vm, self);
    run(vm, self);
    frames_free(vm);
    ApiHandles handles;
    api_handles_save(vm, &handles);
    api_handles_free(vm, &handles);
    vm->handled = NULL;
    list_remove(threads, self);
    self->next = threads->ended;
    threads->ended = self;
    threads->count--;
    vm->current_thread = NULL;
    lock_give(threads);
    return NULL;
}

// The stacks of a thread that is not there yet: made in the VM's fields, which are put back afterwards. Meanwhile the collector would not
// find the running thread's.
static bool state_init(VM *vm, Thread *thread) {
    ThreadState own;
    vm->heap->collecting = true;
    state_save(vm, &own);
    ThreadState fresh = {.handled = &thread->handled_base};
    state_load(vm, &fresh);
    bool done = frames_init(vm) && (vm->api == NULL || api_handles_new(vm, &fresh.handles));
    if (done) {
        state_save(vm, &thread->saved);
        thread->saved.handles = fresh.handles;
        for (int i = 0; i < THREAD_SLOTS; i++) thread->saved.of_asyncio[i] = UNDEFINED;
    } else {
        frames_free(vm);
    }
    Value raised = vm->raised;
    state_load(vm, &own);
    vm->heap->collecting = false;
    if (!done) vm->raised = is_undefined(raised) ? vm->memory_error : raised;
    return done;
}

static void state_undo(VM *vm, Thread *thread) {
    ThreadState own;
    state_save(vm, &own);
    state_load(vm, &thread->saved);
    frames_free(vm);
    api_handles_free(vm, &thread->saved.handles);
    state_load(vm, &own);
}

static int native_start(VM *vm, Thread *thread) {
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error != 0) return error;
    if (vm->thread_stack_size > 0) error = pthread_attr_setstacksize(&attributes, vm->thread_stack_size);
    if (error == 0) error = pthread_create(&thread->native, &attributes, thread_main, thread);
    pthread_attr_destroy(&attributes);
    return error;
}

int64_t thread_start(VM *vm, Value function, Value args, Value kwargs) {
    if (!door_threads(vm) || !threads_open(vm)) return -1;
    Threads *threads = vm->threads;
    join_ended(vm);
    Thread *thread = heap_raw_resize(vm, NULL, 0, sizeof *thread);
    if (thread == NULL) return raise_no_memory(vm), -1;
    memset(thread, 0, sizeof *thread);
    thread->vm = vm;
    thread->ident = ++threads->last_ident;
    thread->function = function;
    thread->args = args;
    thread->kwargs = kwargs;
    int64_t ident = thread->ident;
    if (!cond_init(&thread->wake) || !state_init(vm, thread)) {
        heap_raw_resize(vm, thread, sizeof *thread, 0);
        if (!is_raised(vm)) raise_no_memory(vm);
        return -1;
    }
    thread->next = threads->list;
    threads->list->previous = thread;
    threads->list = thread;
    threads->count++;
    if (native_start(vm, thread) == 0) return ident;
    list_remove(threads, thread);
    threads->count--;
    state_undo(vm, thread);
    pthread_cond_destroy(&thread->wake);
    heap_raw_resize(vm, thread, sizeof *thread, 0);
    raise_error(vm, vm->exc.RuntimeError, "can't start new thread");
    return -1;
}

// ---- parking

bool thread_park_begin(VM *vm, ParkedThread *parked) {
    if (!threads_open(vm)) return false;
    *parked = (ParkedThread){.thread = vm->current_thread};
    return true;
}

// In slices, so that interrupts and the end of the VM are seen.
int thread_park(VM *vm, ParkedThread *parked, int64_t deadline_ns) {
    Threads *threads = vm->threads;
    for (;;) {
        int64_t now = now_ns(), end = now + SLICE_NS;
        if (deadline_ns >= 0 && deadline_ns < end) end = deadline_ns;
        struct timespec until = {.tv_sec = end / NS_PER_SECOND, .tv_nsec = end % NS_PER_SECOND};
        void *outside = vm_release(vm);
        pthread_mutex_lock(&threads->mutex);
        while (!parked->woken && pthread_cond_timedwait(&parked->thread->wake, &threads->mutex, &until) != ETIMEDOUT) {}
        bool woken = parked->woken;
        pthread_mutex_unlock(&threads->mutex);
        vm_acquire(vm, outside);
        if (woken || parked->woken) return 1;
        if (!vm_wake(vm)) return -1;
        if (parked->woken) return 1;
        if (deadline_ns >= 0 && now_ns() >= deadline_ns) return 0;
    }
}

void thread_unpark(VM *vm, ParkedThread *parked) {
    pthread_mutex_lock(&vm->threads->mutex);
    parked->woken = true;
    pthread_cond_signal(&parked->thread->wake);
    pthread_mutex_unlock(&vm->threads->mutex);
}

// ---- dicts of one thread

Dict *thread_dict(VM *vm, Dict *dicts, Value owner, bool *out_new) {
    Value ident = from_int(thread_ident(vm)), found = dict_get(vm, dicts, ident);
    *out_new = false;
    if (is_error(found)) return NULL;
    if (is_dict(found)) return to_dict(found);
    Dict *made = dict_new(vm);
    if (made == NULL || !dict_set(vm, dicts, ident, from_object(made))) return NULL;
    *out_new = true;
    if (thread_is_main(vm)) return made;
    Thread *self = vm->current_thread;
    Value ref = weakref_new(vm, vm->types.weakref, owner, NONE);
    if (is_error(ref) || (self->locals == NULL && (self->locals = list_new(vm, 8)) == NULL)) return NULL;
    return list_append(vm, self->locals, ref) && list_append(vm, self->locals, from_object(dicts)) ? made : NULL;
}

// ---- the end

// What threading does at exit: threads that are no daemons are waited for.
static void wait_for_ordinary(VM *vm) {
    Str *name = str_intern_c(vm, "threading"), *shutdown = str_intern_c(vm, "_shutdown");
    Value module = name == NULL || shutdown == NULL ? UNDEFINED : dict_get_str(vm, vm->modules, name);
    raised_clear(vm);
    if (!is_module(module)) return;
    Value function = dict_get_str(vm, to_module(module)->dict, shutdown);
    if (is_undefined(function)) return;
    if (is_error(call0(vm, function))) raised_report_unraisable(vm, NULL, module);
}

void threads_end(VM *vm) {
    if (vm->threads == NULL) return;
    Threads *threads = vm->threads;
    if (threads->count > 0) wait_for_ordinary(vm);
    threads->ending = true;
    bool was_final = vm->limits.final;
    if (threads->count > 0) limits_terminate(vm);   // no handler of theirs stops that
    while (threads->count > 0) {
        void *outside = vm_release(vm);
        nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
        vm_acquire(vm, outside);
    }
    join_ended(vm);
    vm->raised = UNDEFINED;
    if (!was_final) vm->limits.final = false;
    threads->ending = false;
}

void threads_close(VM *vm) {
    Threads *threads = vm->threads;
    if (threads == NULL) return;
    join_ended(vm);
    pthread_mutex_destroy(&threads->mutex);
    pthread_cond_destroy(&threads->main.wake);
    vm->threads = NULL;
    vm->current_thread = NULL;
    heap_raw_resize(vm, threads, sizeof *threads, 0);
}

// ---- for the collector

static void thread_trace(VM *vm, Thread *thread) {
    gc_mark_value(vm, thread->function);
    gc_mark_value(vm, thread->args);
    gc_mark_value(vm, thread->kwargs);
    gc_mark_object(vm, thread->locals);
    if (thread == vm->current_thread) return;
    ThreadState *state = &thread->saved;   // not loop_result: what an earlier run of the loop gave may be gone by now
    gc_mark_value(vm, state->raised);
    gc_mark_object(vm, state->resumed);
    gc_mark_value(vm, state->context);
    gc_mark_value(vm, state->asyncgen_firstiter);
    gc_mark_value(vm, state->asyncgen_finalizer);
    for (int i = 0; i < THREAD_SLOTS; i++) gc_mark_value(vm, state->of_asyncio[i]);
    for (HandledState *handled = state->handled; handled != NULL; handled = handled->previous) gc_mark_value(vm, handled->exception);
    api_handles_trace(vm, &state->handles);
}

void threads_trace(VM *vm) {
    if (vm->threads == NULL) return;
    struct { Frame *frame; const Value *bound; uint32_t bound_count; } own = {vm->frame, vm->bound, vm->bound_count};
    bool settled = vm->heap->settled, skip = vm->skip_temporaries;
    vm->heap->settled = vm->skip_temporaries = false;   // those who wait have temporaries, and may prepare a call
    for (Thread *thread = vm->threads->list; thread != NULL; thread = thread->next) {
        thread_trace(vm, thread);
        if (thread == vm->current_thread) continue;
        vm->frame = thread->saved.frame;
        vm->bound = thread->saved.bound;
        vm->bound_count = thread->saved.bound_count;
        frames_trace(vm);
    }
    vm->heap->settled = settled;
    vm->skip_temporaries = skip;
    vm->frame = own.frame;
    vm->bound = own.bound;
    vm->bound_count = own.bound_count;
}

void threads_scan_stacks(VM *vm) {
    if (vm->threads == NULL) return;
    for (Thread *thread = vm->threads->list; thread != NULL; thread = thread->next) {
        if (thread == vm->current_thread || thread->saved.c_stack_base == NULL) continue;
        gc_scan_memory(vm, (const char *)&thread->registers, (const char *)(thread->spilled + sizeof thread->spilled / sizeof *thread->spilled));
        gc_scan_memory(vm, thread->stack_here, thread->saved.c_stack_base);
    }
}
