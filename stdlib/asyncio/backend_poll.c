// The plain backend: the system's monotonic clock, and poll() to wait. It has no dependency, and no descriptors of its own but a pipe once
// somebody may want to wake it from another thread.
#define _GNU_SOURCE   // ppoll
#include "stdlib/asyncio/asyncio.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

// A wait is cut into slices, so that an interrupt asked for by another thread is seen, too; a signal ends a slice early.
static const double SLICE_SECONDS = 0.1;

static double poll_now(Loop *loop) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// ---- waking

static bool poll_make_wakeable(VM *vm, Loop *loop) {
    if (pipe(loop->wake_fds) != 0) {
        raise_os_error(vm, errno, UNDEFINED);
        return false;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(loop->wake_fds[i], F_SETFD, FD_CLOEXEC);
        fcntl(loop->wake_fds[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

// A full pipe wakes as well.
static void poll_wake(Loop *loop) {
    ssize_t written = write(loop->wake_fds[1], "", 1);
    (void)written;
}

static size_t poll_descriptors(Loop *loop, LoopDescriptor *out, size_t room) {
    if (!loop->wakeable) return 0;
    if (room > 0) *out = (LoopDescriptor){loop->wake_fds[0], true, false};
    return 1;
}

static void poll_close(Loop *loop) {
    if (!loop->wakeable) return;
    close(loop->wake_fds[0]);
    close(loop->wake_fds[1]);
}

// ---- waiting

// True when somebody has called wake().
static bool poll_slice(Loop *loop, double seconds) {
    struct pollfd wake = {loop->wake_fds[0], POLLIN, 0};
    struct timespec slice = {.tv_nsec = (long)ceil(seconds * 1e9)};
    if (ppoll(&wake, loop->wakeable ? 1 : 0, &slice, NULL) <= 0) return false;
    char rest[64];
    while (read(loop->wake_fds[0], rest, sizeof rest) == sizeof rest) {}
    return true;
}

static bool poll_wait(VM *vm, Loop *loop, double when) {
    for (;;) {
        double left = when - poll_now(loop);
        bool woken = poll_slice(loop, left <= 0 ? 0 : left > SLICE_SECONDS ? SLICE_SECONDS : left);
        if (!vm_charge(vm, 1)) return false;
        if (woken || left <= SLICE_SECONDS || loop->ring_count > 0) return true;
    }
}

const LoopBackend backend_poll = {"poll", poll_now, poll_wait, false, poll_make_wakeable, poll_wake, poll_descriptors, poll_close};
