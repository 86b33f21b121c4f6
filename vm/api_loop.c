// The event loop as hosts see it: steps, coroutines started from C, and futures that the host completes (stdlib/asyncio/mailbox.c).
#include "vm/api_internal.h"

#include <math.h>

#include "stdlib/asyncio/mailbox.h"

typedef struct CompletionLink { Object head; CoilCompletion completion; void *user; } CompletionLink;

// asyncio may not have been imported by anybody yet.
static bool asyncio_ready(VM *vm) {
    if (vm->asyncio != NULL) return true;
    Str *name = str_intern_c(vm, "asyncio");
    return name != NULL && !is_error(import_module(vm, name, NULL, UNDEFINED, 0));
}

static Loop *host_loop(VM *vm) {
    if (!asyncio_ready(vm)) return NULL;
    if (is_loop(vm, ASYNCIO(vm)->console_loop)) return console_loop(vm);
    if (ASYNCIO(vm)->running == NULL && is_none(ASYNCIO(vm)->current_loop)) ASYNCIO(vm)->loop_was_set = false;   // asyncio.run() was here
    return loop_default(vm);
}

// ---- steps

static bool fill_descriptors(VM *vm, Loop *loop, CoilLoopStep *out) {
    AsyncioState *state = ASYNCIO(vm);
    if (loop->io != NULL) io_tell_backend(vm, loop);
    // Threads may go on while the host waits (coil_while_outside): what they give the loop ends the wait.
    if (loop->io != NULL && vm->threads != NULL) loop->io->waiting = true;
    size_t count = io_descriptors(loop, state->descriptors, state->descriptor_capacity);
    if (count > state->descriptor_capacity) {
        LoopDescriptor *grown = buffer_resize(vm, state->descriptors, state->descriptor_capacity * sizeof *grown, count * sizeof *grown);
        if (grown == NULL) return false;
        state->descriptors = grown;
        state->descriptor_capacity = count;
        count = io_descriptors(loop, grown, count);
    }
    out->descriptor_count = count;
    _Static_assert(sizeof(CoilDescriptor) == sizeof(LoopDescriptor) && offsetof(CoilDescriptor, write) == offsetof(LoopDescriptor, write), "");
    out->descriptors = (const CoilDescriptor *)state->descriptors;
    return true;
}

static bool describe(VM *vm, Loop *loop, CoilLoopStep *out) {
    double when;
    bool timer = timers_next(loop, &when);
    *out = (CoilLoopStep){.state = COIL_LOOP_WAIT, .wait_seconds = -1, .tasks = loop->task_count};
    if (loop->closed || loop->ring_count > 0 || mailbox_has_mail(ASYNCIO(vm)->mailbox)) {
        out->state = loop->closed ? COIL_LOOP_DONE : COIL_LOOP_READY;
        if (!loop->closed) out->wait_seconds = 0;
        return true;
    }
    if (timer) out->wait_seconds = when - loop_time(loop);
    if (timer && (out->wait_seconds <= 0 || loop->backend->jumps)) out->state = COIL_LOOP_READY;
    else if (!timer && !loop_can_be_woken(vm, loop)) out->state = loop->task_count > 0 ? COIL_LOOP_STUCK : COIL_LOOP_DONE;
    if (out->state == COIL_LOOP_READY) out->wait_seconds = 0;
    return fill_descriptors(vm, loop, out);
}

// What has come from outside, without waiting for it; a clock that jumps does so when nothing else can run.
static bool look_outside(VM *vm, Loop *loop) {
    double when;
    bool jump = loop->backend->jumps && loop->ring_count == 0 && !mailbox_has_mail(ASYNCIO(vm)->mailbox) && timers_next(loop, &when);
    if (!jump && loop->backend->jumps) return true;
    return io_wait(vm, loop, jump ? when : 0);
}

static bool loop_steps(VM *vm, Loop *loop, size_t budget) {
    bool one_round = budget == 0;
    if (one_round) budget = SIZE_MAX;
    loop->rounds_to_clock = 0;   // the host may have been away for long
    do {
        if (loop->round_left == 0) {
            if (!look_outside(vm, loop) || !loop_gather_ready(vm, loop)) return false;
            if (loop->ring_count == 0) return true;
        }
        size_t share = budget < loop->round_left ? budget : loop->round_left;
        if (!loop_run_ready(vm, loop, share)) return false;
        budget -= share;
        if (loop->closed || loop->stopping) return true;
    } while (budget > 0 && !one_round);
    return true;
}

static bool step(VM *vm, size_t budget, CoilLoopStep *out) {
    Loop *loop = host_loop(vm);
    Value saved[2];
    if (loop == NULL || !loop_begin(vm, loop, saved)) return false;
    if (loop->io != NULL) loop->io->waiting = false;
    bool fine = loop_steps(vm, loop, budget);
    loop->stopping = false;
    loop_end(vm, loop, saved);
    return fine && describe(vm, loop, out);
}

CoilStatus coil_loop_step(CoilVM *coil, size_t budget, CoilLoopStep *out_step) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    bool fine = step(vm, budget, out_step);
    LEAVE_WITH(vm, fine ? COIL_OK : COIL_RAISED);
}

// ---- until something is done

// Waits for the next thing to run, at most until `end`. False: an exception is raised.
static bool wait_until(VM *vm, Loop *loop, double end) {
    double when;
    bool timer = timers_next(loop, &when);
    if (!timer && !loop_can_be_woken(vm, loop) && isinf(end)) {
        return loop_raise_deadlock(vm, loop);
    }
    if (!timer || when > end) when = end;
    return when <= loop_time(loop) || io_wait(vm, loop, when);
}

static CoilStatus run_until_done(VM *vm, Loop *loop, Future *future, int64_t timeout_ms) {
    double end = timeout_ms < 0 ? INFINITY : loop_time(loop) + (double)timeout_ms * 1e-3;
    bool last = false;
    while (!future_is_done(future)) {
        if (last) return COIL_TIMEOUT;
        loop->rounds_to_clock = 0;
        if (loop->round_left == 0) {
            if (loop->ring_count == 0 && !mailbox_has_mail(ASYNCIO(vm)->mailbox) && !wait_until(vm, loop, end)) return COIL_RAISED;
            if (!loop_gather_ready(vm, loop)) return COIL_RAISED;
        }
        if (!loop_run_ready(vm, loop, SIZE_MAX)) return COIL_RAISED;
        bool more = loop->ring_count > 0 && timeout_ms == 0;
        last = !more && loop_time(loop) >= end;
        if (loop->stopping) return COIL_TIMEOUT;
    }
    return COIL_OK;
}

static CoilStatus run_until(VM *vm, Value awaitable, int64_t timeout_ms, CoilValue *out) {
    Loop *loop = host_loop(vm);
    if (loop == NULL) return COIL_RAISED;
    Value v = ensure_future(vm, awaitable, loop), saved[2];
    if (is_error(v) || !is_future(v) || !loop_begin(vm, loop, saved)) return COIL_RAISED;
    CoilStatus status = run_until_done(vm, loop, to_future(v), timeout_ms);
    loop->stopping = false;
    loop_end(vm, loop, saved);
    if (status != COIL_OK) return status;
    Value result = future_result(vm, to_future(v));
    if (is_error(result)) return COIL_RAISED;
    CoilValue made = out != NULL ? api_handle(vm, result) : (CoilValue){NULL};
    if (out != NULL && coil_is_error(made)) return COIL_RAISED;
    if (out != NULL) *out = made;
    return COIL_OK;
}

CoilStatus coil_run_until(CoilVM *coil, CoilValue awaitable, int64_t timeout_ms, CoilValue *out_result) {
    VM *vm = vm_of(coil);
    GIVEN(value, awaitable, COIL_RAISED);
    ENTER(vm);
    CoilStatus status = run_until(vm, value, timeout_ms, out_result);
    LEAVE_WITH(vm, status);
}

// ---- coroutines started from C

// Scripts that look into a future's callbacks can call this with anything.
static Value completed(VM *vm, const Value *args, int argc) {
    if (class_of(vm, args[0]) != ASYNCIO(vm)->completion_link || !is_future(args[1])) return raise_type_error(vm, "not for '%T' objects", args[0]);
    CompletionLink *link = (CompletionLink *)to_object(args[0]);
    size_t scope = coil_scope_open((CoilVM *)vm);
    Value result = future_result(vm, to_future(args[1]));
    CoilStatus status = is_error(result) ? COIL_RAISED : COIL_OK;
    if (is_error(result)) result = raised_take(vm);
    CoilValue v = api_handle(vm, result);
    if (!coil_is_error(v)) link->completion((CoilVM *)vm, status, v, link->user);
    coil_scope_close((CoilVM *)vm, scope);
    return is_raised(vm) ? ERROR : NONE;
}
static const NativeDef completed_def = {"host_completion(_host, task, /)", completed, NULL, NATIVE_STATIC_METHOD};

static bool add_completion(VM *vm, Future *future, CoilCompletion completion, void *user) {
    AsyncioState *state = ASYNCIO(vm);
    if (state->completion_link == NULL) {
        Class *cls = class_create_simple(vm, "builtins", "host_completion", vm->types.object, NULL);
        if (cls == NULL) return false;
        cls->instance_kind = KIND_HOST;
        cls->instance_size = sizeof(CompletionLink);
        cls->flags |= CLASS_DISALLOW_INSTANTIATION;
        state->completion_link = cls;
    }
    CompletionLink *link = object_new_of(vm, state->completion_link, sizeof *link);
    if (link == NULL) return false;
    link->completion = completion;
    link->user = user;
    Value native = native_new(vm, &completed_def, NULL, NONE), callback = is_error(native) ? ERROR : method_new(vm, native, from_object(link));
    if (is_error(callback)) return false;
    if (future_is_done(future)) return loop_call_soon_one(vm, future->loop, callback, from_object(future), UNDEFINED) != NULL;
    return future_add_callback(vm, future, callback, UNDEFINED);
}

CoilValue coil_start(CoilVM *coil, CoilValue awaitable, CoilCompletion completion, void *user) {
    VM *vm = vm_of(coil);
    GIVEN(value, awaitable, NO_HANDLE);
    ENTER(vm);
    Loop *loop = host_loop(vm);
    Value task = loop == NULL ? ERROR : ensure_future(vm, value, loop);
    if (!is_error(task) && completion != NULL && !(is_future(task) && add_completion(vm, to_future(task), completion, user))) task = ERROR;
    CoilValue made = api_handle(vm, task);
    LEAVE_WITH(vm, made);
}

// ---- futures of the host

static HostFuture *host_future_of(CoilFuture *future) { return (HostFuture *)future; }

CoilFuture *coil_future(CoilVM *coil, CoilValue *out_awaitable) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Loop *loop = host_loop(vm);
    HostFuture *made = loop == NULL ? NULL : host_future_new(vm, loop);
    if (made != NULL) {
        CoilValue awaitable = api_handle(vm, from_object(made->future));
        if (coil_is_error(awaitable)) {
            Value error = raised_take(vm);
            mail_drop(made);
            raised_set(vm, error);
            made = NULL;
        } else {
            *out_awaitable = awaitable;
        }
    }
    LEAVE_WITH(vm, (CoilFuture *)made);
}

bool coil_future_set_none(CoilFuture *future) { return mail_post(host_future_of(future), MAIL_NONE, 0, 0, NULL, 0); }
bool coil_future_set_bool(CoilFuture *future, bool value) { return mail_post(host_future_of(future), MAIL_BOOL, value, 0, NULL, 0); }
bool coil_future_set_int(CoilFuture *future, int64_t value) { return mail_post(host_future_of(future), MAIL_INT, value, 0, NULL, 0); }
bool coil_future_set_float(CoilFuture *future, double value) { return mail_post(host_future_of(future), MAIL_FLOAT, 0, value, NULL, 0); }
bool coil_future_set_str(CoilFuture *future, const char *utf8, size_t size) {
    return mail_post(host_future_of(future), MAIL_STR, 0, 0, utf8, size);
}
bool coil_future_set_bytes(CoilFuture *future, const void *data, size_t size) {
    return mail_post(host_future_of(future), MAIL_BYTES, 0, 0, size > 0 ? data : "", size);
}

bool coil_future_fail(CoilFuture *future, const char *class_name, const char *message) {
    return mail_post_failure(host_future_of(future), class_name, message);
}

void coil_future_drop(CoilFuture *future) { mail_drop(host_future_of(future)); }

static CoilStatus finish(CoilVM *coil, CoilFuture *future, Value value, bool failed) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    bool fine = host_future_finish(vm, host_future_of(future), value, failed);
    LEAVE_WITH(vm, fine ? COIL_OK : COIL_RAISED);
}

// An error handle: the exception that is pending is what there is instead of a value.
CoilStatus coil_future_set(CoilVM *coil, CoilFuture *future, CoilValue value) {
    if (coil_is_error(value)) return coil_future_set_pending(coil, future);
    return finish(coil, future, api_value(value), false);
}

CoilStatus coil_future_set_pending(CoilVM *coil, CoilFuture *future) {
    VM *vm = vm_of(coil);
    if (is_raised(vm)) return finish(coil, future, raised_take(vm), true);
    coil_future_drop(future);
    return COIL_OK;
}

bool coil_future_cancelled(const CoilFuture *future) { return atomic_load(&((const HostFuture *)future)->cancelled); }

CoilStatus coil_loop_on_wake(CoilVM *coil, void (*wake)(void *user), void *user) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    struct Mailbox *mailbox = asyncio_ready(vm) ? mailbox_of(vm) : NULL;
    if (mailbox != NULL) {
        pthread_mutex_lock(&mailbox->lock);
        mailbox->on_wake = wake;
        mailbox->on_wake_user = user;
        pthread_mutex_unlock(&mailbox->lock);
    }
    LEAVE_WITH(vm, mailbox != NULL ? COIL_OK : COIL_RAISED);
}
