// The libuv backend: descriptors are watched by uv_poll_t (epoll, kqueue, ...), whose costs do not grow with how many are idle.
//
// libuv aborts the process when the system refuses a descriptor that it was told to watch, and scripts may close what they like. So it is
// told just before it waits; and a change takes the old registration back, asks the system itself, and only then makes the new one.
// No libuv structure points to a Python object that the loop does not keep in its own table: uv_poll_t.data is a Watch of LoopIo.watches.
#ifdef COIL_HAVE_LIBUV
#define _GNU_SOURCE   // ppoll
#include "stdlib/asyncio/asyncio.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <uv.h>
#ifdef __linux__
#include <sys/epoll.h>
#endif

typedef struct UvState { uv_loop_t loop; uv_timer_t timer; } UvState;

// libuv's timers count milliseconds. Shorter waits go through ppoll() on its descriptor.
static const double FINE_SECONDS = 0.002;

static bool uv_backend_open(VM *vm, Loop *loop) {
    UvState *state = buffer_new(vm, sizeof *state);
    if (state == NULL) return raised_clear(vm), false;
    if (uv_loop_init(&state->loop) != 0) {
        buffer_free(vm, state, sizeof *state);
        return false;
    }
    state->loop.data = loop;
    uv_timer_init(&state->loop, &state->timer);
    loop->io->native = state;
    return true;
}

// Handles are given back only after libuv has gone round once more.
static void uv_backend_close(VM *vm, Loop *loop) {
    LoopIo *io = loop->io;
    UvState *state = io->native;
    if (state == NULL) return;
    uv_close((uv_handle_t *)&state->timer, NULL);
    for (size_t i = 0; i < io->watch_capacity; i++)
        if (io->watches[i] != NULL && io->watches[i]->native != NULL) uv_close((uv_handle_t *)io->watches[i]->native, NULL);
    while (uv_loop_close(&state->loop) == UV_EBUSY) uv_run(&state->loop, UV_RUN_NOWAIT);
    for (size_t i = 0; i < io->watch_capacity; i++) {
        if (io->watches[i] == NULL) continue;
        buffer_free(vm, io->watches[i]->native, sizeof(uv_poll_t));
        io->watches[i]->native = NULL;
    }
    buffer_free(vm, state, sizeof *state);
    io->native = NULL;
}

// After an error libuv has stopped watching by itself.
static void on_ready(uv_poll_t *handle, int status, int events) {
    Watch *watch = handle->data;
    Loop *loop = handle->loop->data;
    if (status < 0) watch->applied = 0;
    io_report(loop, watch, status < 0 ? WATCH_READ | WATCH_WRITE : (events & UV_READABLE ? WATCH_READ : 0) | (events & UV_WRITABLE ? WATCH_WRITE : 0));
}

// Asks the system. What is registered already (libuv's own ADD then becomes a change) is fine. *out_added: it is registered now.
static int ask_system(Loop *loop, int fd, bool *out_added) {
    *out_added = false;
#ifdef __linux__
    UvState *state = loop->io->native;
    struct epoll_event event = {.data.fd = fd};
    *out_added = epoll_ctl(uv_backend_fd(&state->loop), EPOLL_CTL_ADD, fd, &event) == 0;
    return *out_added || errno == EEXIST ? 0 : errno;
#else
    return fcntl(fd, F_GETFD) < 0 ? errno : 0;
#endif
}

// Nothing stays registered that libuv has not been told of: a hangup is reported for whatever is there, and libuv aborts when it does not
// know the descriptor.
static int uv_backend_check(Loop *loop, int fd) {
    bool added;
    int failure = ask_system(loop, fd, &added);
#ifdef __linux__
    UvState *state = loop->io->native;
    if (added) epoll_ctl(uv_backend_fd(&state->loop), EPOLL_CTL_DEL, fd, NULL);
#endif
    return failure;
}

static int uv_backend_apply(VM *vm, Loop *loop, Watch *watch) {
    UvState *state = loop->io->native;
    uv_poll_t *handle = watch->native;
    if (handle != NULL) uv_poll_stop(handle);
    if (watch->wanted == 0) return 0;
    if (handle == NULL) {
        handle = buffer_new(vm, sizeof *handle);
        if (handle == NULL) return raised_clear(vm), ENOMEM;
        // libuv makes the descriptor non-blocking, which is its owner's affair.
        int mode = fcntl(watch->fd, F_GETFL), failure = uv_poll_init(&state->loop, handle, watch->fd);
        if (mode >= 0 && !(mode & O_NONBLOCK)) fcntl(watch->fd, F_SETFL, mode);
        if (failure != 0) {
            buffer_free(vm, handle, sizeof *handle);
            return -failure;
        }
        handle->data = watch;
        watch->native = handle;
    }
    bool added;
    int failure = ask_system(loop, watch->fd, &added);
    if (failure != 0) return failure;
    return -uv_poll_start(handle, (watch->wanted & WATCH_READ ? UV_READABLE : 0) | (watch->wanted & WATCH_WRITE ? UV_WRITABLE : 0), on_ready);
}

static void on_timer(uv_timer_t *timer) {}

static void uv_backend_wait(Loop *loop, double seconds) {
    UvState *state = loop->io->native;
    if (seconds < FINE_SECONDS) {
        uv_run(&state->loop, UV_RUN_NOWAIT);
        if (loop->io->ready_count > 0 || seconds <= 0) return;
        struct timespec timeout = {.tv_nsec = (long)ceil(seconds * 1e9)};
        struct pollfd backend = {.fd = uv_backend_fd(&state->loop), .events = POLLIN};
        if (ppoll(&backend, 1, &timeout, NULL) > 0) uv_run(&state->loop, UV_RUN_NOWAIT);
        return;
    }
    if (seconds < 1e9) {
        uv_update_time(&state->loop);
        uv_timer_start(&state->timer, on_timer, (uint64_t)(seconds * 1e3), 0);
    }
    uv_run(&state->loop, UV_RUN_ONCE);
    if (seconds < 1e9) uv_timer_stop(&state->timer);
}

// libuv's own descriptor is ready when one of those it watches is. What it watches it learns only when it goes round.
static size_t uv_backend_descriptors(Loop *loop, LoopDescriptor *out, size_t room) {
    UvState *state = loop->io->native;
    uv_run(&state->loop, UV_RUN_NOWAIT);
    if (room > 0) *out = (LoopDescriptor){uv_backend_fd(&state->loop), true, false};
    return 1;
}

const LoopBackend backend_libuv = {"libuv", monotonic_now, uv_backend_open, uv_backend_close, uv_backend_check, uv_backend_apply, uv_backend_wait, uv_backend_descriptors,
                                   false};
#endif
