// The virtual backend: time stands still while anything can run, and jumps to the next timer when nothing can. For tests: hours of sleeps
// take no time, and always come in the same order. Where there is no timer, it really waits for what comes from outside.
#include "stdlib/asyncio/asyncio.h"

#include <math.h>

static double virtual_now(Loop *loop) { return loop->virtual_now; }

static bool virtual_wait(VM *vm, Loop *loop, double when) {
    if (isfinite(when)) {
        if (when > loop->virtual_now) loop->virtual_now = when;
        return vm_charge(vm, 1);
    }
    return backend_poll.wait(vm, loop, when);
}

static bool virtual_make_wakeable(VM *vm, Loop *loop) { return backend_poll.make_wakeable(vm, loop); }
static void virtual_wake(Loop *loop) { backend_poll.wake(loop); }
static size_t virtual_descriptors(Loop *loop, LoopDescriptor *out, size_t room) { return backend_poll.descriptors(loop, out, room); }
static void virtual_close(Loop *loop) { backend_poll.close(loop); }

const LoopBackend backend_virtual = {"virtual", virtual_now, virtual_wait, true, virtual_make_wakeable, virtual_wake, virtual_descriptors,
                                     virtual_close};
