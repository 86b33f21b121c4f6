// The plain backend: the system's monotonic clock, and poll() to wait. It has no dependency and no descriptors of its own.
#define _GNU_SOURCE   // ppoll
#include "stdlib/asyncio/asyncio.h"

#include <math.h>
#include <poll.h>
#include <time.h>

// A wait is cut into slices, so that an interrupt asked for by another thread is seen, too; a signal ends a slice early.
static const double SLICE_SECONDS = 0.1;

static double poll_now(Loop *loop) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool poll_wait(VM *vm, Loop *loop, double when) {
    do {
        double left = when - poll_now(loop);
        if (left <= 0) break;
        if (left > SLICE_SECONDS) left = SLICE_SECONDS;
        struct timespec slice = {.tv_nsec = (long)ceil(left * 1e9)};
        ppoll(NULL, 0, &slice, NULL);
        if (!vm_charge(vm, 1)) return false;
    } while (loop->ring_count == 0);
    return true;
}

const LoopBackend backend_poll = {"poll", poll_now, poll_wait, false};
