// The event loop: its ring of what can run, its iterations, and how it is started and stopped.
//
// One iteration runs what stood in the ring when it began; what becomes ready meanwhile waits for the next, so that nobody starves.
// Reading the clock costs as much as a task switch, so while there is work it is read when the coarse clock has moved, every few
// iterations, and at once when a timer has been set that is due already.
#include "stdlib/asyncio/asyncio.h"
#include "vm/report.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

enum { DEBUG_ORIGIN_DEPTH = 10, FIRST_RING = 16, ROUNDS_WITHOUT_CLOCK = 16, LOOK_AHEAD_FROM = 512, LOOK_FAR = 12, LOOK_NEAR = 5 };
static const double CLOCK_RESOLUTION = 1e-9;

// ---- life

Loop *loop_new(VM *vm) {
    Loop *loop = object_new_of(vm, ASYNCIO(vm)->unix_loop, sizeof *loop);
    if (loop == NULL) return NULL;
    loop->backend = backend_choose(vm);
    loop->cancelled_limit = 64;
    loop->exception_handler = loop->task_factory = NONE;
    loop->slow_callback_duration = float_new(vm, 0.1);
    loop->debug = ASYNCIO(vm)->debug;
    return loop;
}

void loop_trace(VM *vm, Object *object) {
    Loop *loop = (Loop *)object;
    size_t others = loop->ring_others;
    for (size_t i = 0; others > 0 && i < loop->ring_count; i++) {
        uintptr_t entry = loop->ring[(loop->ring_head + i) & (loop->ring_capacity - 1)];
        if ((entry & TAG_MASK) == TAG_TASK || (entry & TAG_MASK) == TAG_WATCH) continue;
        gc_mark_object(vm, (Object *)(entry & ~(uintptr_t)TAG_MASK));
        others--;
    }
    size_t handles = loop->timer_handles;
    for (size_t i = 0; handles > 0 && i < loop->timer_count; i++) {
        if ((loop->timers[i].item & TAG_MASK) != TAG_HANDLE) continue;
        gc_mark_object(vm, (Object *)(loop->timers[i].item & ~(uintptr_t)TAG_MASK));
        handles--;
    }
    gc_mark_object(vm, loop->tasks);
    gc_mark_object(vm, loop->cancelled_sleeps);
    gc_mark_object(vm, loop->failed);
    gc_mark_value(vm, loop->exception_handler);
    gc_mark_value(vm, loop->task_factory);
    gc_mark_value(vm, loop->asyncgens);
    gc_mark_value(vm, loop->slow_callback_duration);
    io_trace(vm, loop);
}

static void queues_free(VM *vm, Loop *loop) {
    buffer_free(vm, loop->ring, loop->ring_capacity * sizeof *loop->ring);
    buffer_free(vm, loop->timers, loop->timer_capacity * sizeof *loop->timers);
    loop->ring = NULL;
    loop->timers = NULL;
    loop->ring_head = loop->ring_count = loop->ring_capacity = loop->ring_others = 0;
    loop->timer_count = loop->timer_capacity = loop->timer_handles = loop->timers_cancelled = 0;
}

static void outside_close(VM *vm, Loop *loop) {
    if (vm->asyncio != NULL && vm->asyncio->mailbox != NULL) mailbox_forget(vm->asyncio->mailbox, loop);
    io_close(vm, loop);
    loop->wakeable = false;
}

void loop_free(VM *vm, Object *object) {
    outside_close(vm, (Loop *)object);
    queues_free(vm, (Loop *)object);
}

// Tasks that are not done are let go: if nobody else knows them, they are lost, and will say so.
void loop_close(VM *vm, Loop *loop) {
    if (loop->closed) return;
    loop_signals_close(vm, loop);
    loop->closed = true;
    while (loop->tasks != NULL) {
        Task *task = loop->tasks;
        task->future.head.flags |= HOST_FINALIZE;
        gc_track_finalizer(vm, task);
        task_unlist(vm, task);
    }
    while (loop->cancelled_sleeps != NULL) {
        Sleep *sleep = loop->cancelled_sleeps;
        loop->cancelled_sleeps = (Sleep *)sleep->task;
        sleep->task = NULL;
    }
    outside_close(vm, loop);
    queues_free(vm, loop);
}

// ---- the ready ring

bool loop_ring_grow(VM *vm, Loop *loop) {
    size_t capacity = loop->ring_capacity == 0 ? FIRST_RING : loop->ring_capacity * 2, size;
    if (!size_for(vm, capacity, sizeof *loop->ring, 0, &size)) return false;
    uintptr_t *ring = buffer_new_unset(vm, size);
    if (ring == NULL) return false;
    size_t first = loop->ring_capacity - loop->ring_head;
    if (first > loop->ring_count) first = loop->ring_count;
    if (first > 0) memcpy(ring, loop->ring + loop->ring_head, first * sizeof *ring);
    if (loop->ring_count > first) memcpy(ring + first, loop->ring, (loop->ring_count - first) * sizeof *ring);
    buffer_free(vm, loop->ring, loop->ring_capacity * sizeof *ring);
    loop->ring = ring;
    loop->ring_head = 0;
    loop->ring_capacity = capacity;
    return true;
}

// The time of a Sleep has come, one iteration ago.
static bool sleep_over(VM *vm, Sleep *sleep) {
    sleep->head.flags &= (uint16_t)~SLEEP_QUEUED;
    if (sleep->head.flags & SLEEP_CANCELLED) return true;
    sleep->head.flags |= SLEEP_DONE;
    return task_wake(vm, (Task *)sleep->task);
}

// False: an exception that must leave the loop.
static bool run_entry(VM *vm, Loop *loop, uintptr_t entry) {
    void *object = (void *)(entry & ~(uintptr_t)TAG_MASK);
    if (LIKELY((entry & TAG_MASK) == TAG_TASK)) return task_run(vm, loop, object);
    if ((entry & TAG_MASK) == TAG_WATCH) return watch_run(vm, loop, object);
    loop->ring_others--;
    switch (entry & TAG_MASK) {
    case TAG_HANDLE: return handle_run(vm, object);
    case TAG_SLEEP: return sleep_over(vm, object);
    default: return future_tell_waiter(vm, object);
    }
}

// ---- time

double loop_time(Loop *loop) { return loop->now = loop->backend->now(loop); }

static bool coarse_clock_moved(Loop *loop) {
#ifdef CLOCK_MONOTONIC_COARSE
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    int64_t ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    bool moved = ns != loop->coarse_ns;
    loop->coarse_ns = ns;
    return moved;
#else
    return true;
#endif
}

// Timers that are due and descriptors that are ready join the ring.
static bool look_outside(VM *vm, Loop *loop) {
    if (loop->ring_count > 0 && !loop->clock_due && loop->rounds_to_clock > 0 && !coarse_clock_moved(loop)) {
        loop->rounds_to_clock--;
        return true;
    }
    loop->clock_due = false;
    loop->rounds_to_clock = ROUNDS_WITHOUT_CLOCK;
    if (loop->ring_count > 0 && loop->io != NULL && !io_wait(vm, loop, 0)) return false;
    return timers_move_due(vm, loop, loop_time(loop) + CLOCK_RESOLUTION);
}

// ---- iterations

// Exceptions that nobody has retrieved are reported when their futures die. While there is nothing to do, find out which have.
static void look_for_lost(VM *vm, Loop *loop) {
    if (loop->unretrieved == 0) return;
    loop->unretrieved = 0;
    gc_collect(vm, false);
    gc_safepoint(vm);
}

// The tree of the tasks is a note of the exception.
bool loop_raise_deadlock(VM *vm, Loop *loop) {
    raise_error(vm, vm->exc.RuntimeError, "deadlock: %zu tasks wait and nothing can wake them", loop->task_count);
    Value error = raised_take(vm), format = asyncio_python(vm, "tree", "format_task_tree");
    Value tree = is_error(format) ? ERROR : call1(vm, format, from_object(loop));
    Str *name = is_error(tree) ? NULL : str_intern_c(vm, "add_note");
    if (name == NULL || is_error(call_method(vm, error, name, &tree, 1))) raised_clear(vm);
    raised_set(vm, error);
    return false;
}

// Asked for from outside, by a signal maybe: the tree of the loop that runs goes to stderr.
void loop_show_tasks(VM *vm) {
    Loop *loop = ASYNCIO(vm)->running;
    if (loop == NULL) return;
    Value pending = raised_take(vm), format = asyncio_python(vm, "tree", "format_task_tree");
    Value tree = is_error(format) ? ERROR : call1(vm, format, from_object(loop));
    if (is_str(tree)) report_write(vm, to_str(tree));
    raised_clear(vm);
    raised_set(vm, pending);
}

// ---- what comes from outside

bool loop_make_wakeable(VM *vm, Loop *loop) {
    if (loop->wakeable) return true;
    if (!io_open(vm, loop)) return false;
    if (loop->io->wake_write < 0) return raise_os_error(vm, EMFILE, UNDEFINED), false;
    return loop->wakeable = true;
}

void loop_wake(Loop *loop) {
    if (loop->wakeable && !loop->closed) backend_wake(loop);
}

bool loop_can_be_woken(VM *vm, Loop *loop) { return loop->external > 0 || io_is_alive(loop) || threads_can_act(vm) || mailbox_expected(ASYNCIO(vm)->mailbox) > 0; }

static bool wait_for_something(VM *vm, Loop *loop) {
    double when = INFINITY;
    bool timed = timers_next(loop, &when);
    if (timed && when <= loop_time(loop)) return true;
    look_for_lost(vm, loop);
    if (loop->ring_count > 0) return true;
    if (interrupt_is_requested(vm)) return vm_step(vm);
    if (!timed && !loop_can_be_woken(vm, loop)) return loop_raise_deadlock(vm, loop);
    return io_wait(vm, loop, when);
}

bool loop_gather_ready(VM *vm, Loop *loop) {
    if (UNLIKELY(mailbox_has_mail(ASYNCIO(vm)->mailbox)) && !mailbox_deliver(vm)) return false;
    if ((loop->timer_count > 0 || loop->io != NULL) && !look_outside(vm, loop)) return false;
    loop->round_left = loop->ring_count;
    return true;
}

// What an entry of the ring is about to run, for a warning.
static Value entry_subject(Loop *loop, uintptr_t entry) {
    Object *object = (Object *)(entry & ~(uintptr_t)TAG_MASK);
    switch (entry & TAG_MASK) {
    case TAG_TASK: case TAG_HANDLE: return from_object(object);
    default: return UNDEFINED;
    }
}

static bool warn_slow(VM *vm, Loop *loop, Value subject, double seconds) {
    double limit;
    if (is_undefined(subject) || !value_as_double(vm, loop->slow_callback_duration, &limit)) return !is_raised(vm);
    if (seconds < limit) return true;
    char text[64];
    snprintf(text, sizeof text, "%.3f", seconds);
    Str *message = str_printf(vm, "Executing %R took %s seconds", subject, text), *warning = str_intern_c(vm, "warning");
    Value logger = message == NULL || warning == NULL ? ERROR : loop_logger(vm), argument = from_object(message);
    if (is_error(logger)) return false;
    if (!is_undefined(logger)) return !is_error(call_method(vm, logger, warning, &argument, 1));
    message = str_printf(vm, "%S\n", message);
    if (message != NULL) report_write(vm, message);
    return message != NULL;
}

// In debug mode each callback and each step of a task is timed.
static bool run_watched(VM *vm, Loop *loop, size_t budget) {
    for (; budget > 0 && loop->round_left > 0 && loop->ring_count > 0; budget--) {
        uintptr_t entry = loop->ring[loop->ring_head];
        loop->ring_head = (loop->ring_head + 1) & (loop->ring_capacity - 1);
        loop->ring_count--;
        loop->round_left--;
        Value subject = entry_subject(loop, entry);
        double begun = loop->backend->now(loop);
        if (!run_entry(vm, loop, entry) || !warn_slow(vm, loop, subject, loop->backend->now(loop) - begun)) return false;
        if (!vm_step(vm)) return false;
        if (loop->closed) return true;
    }
    return true;
}

// With many entries, what they stand for is in no cache any more: it is asked for while earlier ones run, first the object, then what a step
// of it will touch.
static inline void look_ahead(const Loop *loop) {
    size_t mask = loop->ring_capacity - 1;
    const char *far = (const char *)(loop->ring[(loop->ring_head + LOOK_FAR) & mask] & ~(uintptr_t)TAG_MASK);
    gc_keep(far);   // else gcc takes this for a function without effects
    __builtin_prefetch(far, 1);
    __builtin_prefetch(far + 64, 1);
    uintptr_t near = loop->ring[(loop->ring_head + LOOK_NEAR) & mask];
    void *object = (void *)(near & ~(uintptr_t)TAG_MASK);
    if ((near & TAG_MASK) == TAG_SLEEP) {
        __builtin_prefetch(((Sleep *)object)->task, 1);
    } else if ((near & TAG_MASK) == TAG_TASK) {
        Value coroutine = ((Task *)object)->coroutine, waiting = ((Task *)object)->waiting;
        if (is_object(waiting)) __builtin_prefetch(to_object(waiting), 1);
        if (!is_object(coroutine)) return;
        for (size_t line = 0; line < 4; line++) __builtin_prefetch((char *)to_object(coroutine) + line * 64, 1);
    }
}

bool loop_run_ready(VM *vm, Loop *loop, size_t budget) {
    if (UNLIKELY(loop->debug)) return run_watched(vm, loop, budget);
    for (; budget > 0 && loop->round_left > 0 && loop->ring_count > 0; budget--) {
        if (UNLIKELY(loop->ring_count > LOOK_AHEAD_FROM)) look_ahead(loop);
        uintptr_t entry = loop->ring[loop->ring_head];
        loop->ring_head = (loop->ring_head + 1) & (loop->ring_capacity - 1);
        loop->ring_count--;
        loop->round_left--;
        if (UNLIKELY(!run_entry(vm, loop, entry))) return false;
        if (UNLIKELY(--vm->ticks <= 0) && !vm_tick(vm)) return false;
        if (UNLIKELY(loop->closed)) return true;
    }
    return true;
}

static bool loop_iteration(VM *vm, Loop *loop) {
    if (loop->ring_count == 0 && !loop->stopping && !wait_for_something(vm, loop)) return false;
    return loop_gather_ready(vm, loop) && loop_run_ready(vm, loop, SIZE_MAX);
}

// ---- running

bool loop_check_open(VM *vm, Loop *loop) {
    if (LIKELY(!loop->closed)) return true;
    raise_error(vm, vm->exc.RuntimeError, "Event loop is closed");
    return false;
}

static bool check_not_running(VM *vm, Loop *loop) {
    if (loop->running) return raise_error(vm, vm->exc.RuntimeError, "This event loop is already running"), false;
    if (ASYNCIO(vm)->running == NULL) return true;
    raise_error(vm, vm->exc.RuntimeError, "Cannot run the event loop while another loop is running");
    return false;
}

// Async generators that are begun while the loop runs tell it, so that it can close them.
static bool hooks_set(VM *vm, Loop *loop, Value saved[2]) {
    saved[0] = vm->asyncgen_firstiter;
    saved[1] = vm->asyncgen_finalizer;
    Str *first = str_intern_c(vm, "_asyncgen_firstiter_hook"), *last = str_intern_c(vm, "_asyncgen_finalizer_hook");
    if (first == NULL || last == NULL) return false;
    Value firstiter = attr_get(vm, from_object(loop), first), finalizer = is_error(firstiter) ? ERROR : attr_get(vm, from_object(loop), last);
    if (is_error(finalizer)) return false;
    vm->asyncgen_firstiter = firstiter;
    vm->asyncgen_finalizer = finalizer;
    return true;
}

bool loop_begin(VM *vm, Loop *loop, Value saved[2]) {
    AsyncioState *state = ASYNCIO(vm);
    if (!loop_check_open(vm, loop) || !check_not_running(vm, loop) || !hooks_set(vm, loop, saved)) return false;
    loop->running = true;
    loop->outer_origin_depth = vm->coroutine_origin_depth;
    if (loop->debug) vm->coroutine_origin_depth = DEBUG_ORIGIN_DEPTH;
    state->running = loop;
    mailbox_attend(state->mailbox, loop);
    return true;
}

void loop_end(VM *vm, Loop *loop, const Value saved[2]) {
    AsyncioState *state = ASYNCIO(vm);
    loop->running = false;
    vm->coroutine_origin_depth = loop->outer_origin_depth;
    state->running = NULL;
    vm->asyncgen_firstiter = saved[0];
    vm->asyncgen_finalizer = saved[1];
}

bool loop_run_forever(VM *vm, Loop *loop) {
    Value saved[2];
    if (!loop_begin(vm, loop, saved)) return false;
    bool fine = true;
    while (fine) {
        fine = loop_iteration(vm, loop);
        if (loop->stopping) break;
    }
    loop->stopping = false;
    loop_end(vm, loop, saved);
    return fine;
}

static void remove_callback(Future *future, Value callback) {
    Callbacks *callbacks = future->callbacks;
    for (uint32_t i = 0; callbacks != NULL && i < callbacks->count; i++) {
        if (!value_same(callbacks->rows[i].callback, callback)) continue;
        memmove(callbacks->rows + i, callbacks->rows + i + 1, (--callbacks->count - i) * sizeof(CallbackRow));
        return;
    }
}

Value loop_run_until_complete(VM *vm, Loop *loop, Value awaitable) {
    if (!loop_check_open(vm, loop) || !check_not_running(vm, loop)) return ERROR;
    bool new_task = !is_future(awaitable);
    Value v = ensure_future(vm, awaitable, loop);
    if (is_error(v)) return ERROR;
    if (!is_future(v)) return raise_type_error(vm, "An asyncio.Future, a coroutine or an awaitable is required");
    Future *future = to_future(v);
    Value self = from_object(loop);
    if (new_task) future->head.flags |= FUTURE_SILENT;
    bool added = future_is_done(future) ? loop_call_soon_one(vm, loop, self, v, UNDEFINED) != NULL : future_add_callback(vm, future, self, UNDEFINED);
    if (!added) return ERROR;
    if (!loop_run_forever(vm, loop)) {
        // What ended the loop (SystemExit, say) has been seen: there is nothing to warn about later.
        if (future->head.flags & FUTURE_FAILED) future->head.flags &= (uint16_t)~FUTURE_LOG;
        remove_callback(future, self);
        return ERROR;
    }
    remove_callback(future, self);
    if (!future_is_done(future)) return raise_error(vm, vm->exc.RuntimeError, "Event loop stopped before Future completed.");
    return future_result(vm, future);
}

// ---- which loop

Loop *loop_running(VM *vm) { return ASYNCIO(vm)->running; }

Loop *loop_running_required(VM *vm) {
    Loop *loop = ASYNCIO(vm)->running;
    if (LIKELY(loop != NULL)) return loop;
    if (vm->at_prompt) return console_loop(vm);
    raise_error(vm, vm->exc.RuntimeError, "no running event loop");
    return NULL;
}

static Value thread_name(VM *vm) {
    Str *text = str_from_c(vm, "MainThread"), *module_name = str_intern_c(vm, "threading"), *current = str_intern_c(vm, "current_thread");
    if (text == NULL || module_name == NULL || current == NULL) return ERROR;
    Value module = thread_is_main(vm) ? UNDEFINED : dict_get_str(vm, vm->modules, module_name);
    if (!is_module(module)) return from_object(text);
    Value thread = call_method(vm, module, current, NULL, 0);
    Str *name = is_error(thread) ? NULL : str_intern_c(vm, "name");
    return name == NULL ? ERROR : attr_get(vm, thread, name);
}

Loop *loop_default(VM *vm) {
    AsyncioState *state = ASYNCIO(vm);
    if (state->running != NULL) return state->running;
    if (vm->at_prompt && is_none(state->current_loop)) return console_loop(vm);
    if (is_none(state->current_loop) && !state->loop_was_set) {
        Loop *loop = loop_new(vm);
        if (loop == NULL) return NULL;
        state->current_loop = from_object(loop);
        state->loop_was_set = true;
    }
    if (is_loop(vm, state->current_loop)) return (Loop *)to_object(state->current_loop);
    Value name = thread_name(vm);
    if (!is_error(name)) raise_error(vm, vm->exc.RuntimeError, "There is no current event loop in thread %R.", name);
    return NULL;
}

// ---- asyncio.run()

static bool report_shutdown_failure(VM *vm, Loop *loop, Future *task) {
    Str *message = str_from_c(vm, "unhandled exception during asyncio.run() shutdown");
    if (message == NULL) return false;
    task->head.flags &= (uint16_t)~FUTURE_LOG;
    loop_report(vm, loop, message, task->result, "task", from_object(task));
    return true;
}

// Everything that is not done is cancelled and waited for.
static bool cancel_all(VM *vm, Loop *loop) {
    if (loop->task_count == 0) return true;
    Tuple *tasks = tuple_new(vm, loop->task_count);
    if (tasks == NULL) return false;
    size_t at = tasks->count;
    for (Task *task = loop->tasks; task != NULL && at > 0; task = task->next) tasks->items[--at] = from_object(task);
    for (size_t i = 0; i < tasks->count; i++)
        if (future_cancel(vm, to_future(tasks->items[i]), UNDEFINED) < 0) return false;
    Value all = gather_new(vm, tasks->items, tasks->count, true);
    if (is_error(all) || is_error(loop_run_until_complete(vm, loop, all))) return false;
    for (size_t i = 0; i < tasks->count; i++) {
        Future *task = to_future(tasks->items[i]);
        if (task->head.flags & FUTURE_FAILED && !report_shutdown_failure(vm, loop, task)) return false;
    }
    return true;
}

bool loop_shut_down(VM *vm, Loop *loop) {
    if (!cancel_all(vm, loop)) return false;
    Str *name = str_intern_c(vm, "shutdown_asyncgens");
    Value closing = name == NULL ? ERROR : call_method(vm, from_object(loop), name, NULL, 0);
    if (is_error(closing) || is_error(loop_run_until_complete(vm, loop, closing))) return false;
    closing = loop_shutdown_executor(vm, loop);
    return is_undefined(closing) || (!is_error(closing) && !is_error(loop_run_until_complete(vm, loop, closing)));
}

// The first interrupt while asyncio.run() runs cancels the main task; the next ones are raised where they are seen.
static bool interrupt_main(VM *vm) {
    AsyncioState *state = ASYNCIO(vm);
    if (state->interrupts++ > 0 || state->main_task == NULL || future_is_done(state->main_task)) return false;
    return future_cancel(vm, state->main_task, UNDEFINED) != 0;
}

Value loop_run_interruptible(VM *vm, Loop *loop, Value task) {
    AsyncioState *state = ASYNCIO(vm);
    bool (*outer)(VM *vm) = vm->on_interrupt;
    if (!is_future(task)) return loop_run_until_complete(vm, loop, task);
    state->main_task = to_future(task);
    state->interrupts = 0;
    vm->on_interrupt = interrupt_main;
    Value result = loop_run_until_complete(vm, loop, task);
    vm->on_interrupt = outer;
    state->main_task = NULL;
    bool cancelled = is_error(result) && state->interrupts > 0 && raised_matches(vm, state->CancelledError);
    if (!cancelled || !future_is_task(to_future(task)) || to_object(task)->aux > 1) return result;
    raised_clear(vm);
    return raise_with_args(vm, vm->exc.KeyboardInterrupt, 0, NULL);
}

Value loop_run_main(VM *vm, Value main, Value debug) {
    AsyncioState *state = ASYNCIO(vm);
    if (state->running != NULL) return raise_error(vm, vm->exc.RuntimeError, "asyncio.run() cannot be called from a running event loop");
    if (!is_coroutine_object(vm, main)) return raise_value_error(vm, "a coroutine was expected, got %R", main);
    Loop *loop = loop_new(vm);
    if (loop == NULL) return ERROR;
    int debugging = is_none(debug) ? loop->debug : value_is_true(vm, debug);
    if (debugging < 0) return ERROR;
    loop->debug = debugging;
    state->current_loop = from_object(loop);
    state->loop_was_set = true;
    Value task = loop_create_task(vm, loop, main, UNDEFINED, UNDEFINED);
    Value result = is_error(task) ? ERROR : loop_run_interruptible(vm, loop, task);
    Value raised = raised_take(vm);
    bool fine = loop_shut_down(vm, loop);
    if (fine || is_undefined(raised)) {
        if (!is_undefined(raised)) raised_set(vm, raised);
    } else {
        to_exception(vm->raised)->context = raised;
        gc_write_barrier(vm, to_object(vm->raised));
    }
    state->current_loop = NONE;
    loop_close(vm, loop);
    if (loop->unretrieved > 0) {
        Value pending = raised_take(vm);
        look_for_lost(vm, loop);
        raised_set(vm, pending);
    }
    return fine ? result : ERROR;
}
