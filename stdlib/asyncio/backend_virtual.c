// The virtual backend: time stands still while anything can run, and jumps to the next timer when nothing can. For tests: hours of sleeps
// take no time, and always come in the same order. While a descriptor is waited for, nobody knows what comes first: then time passes as
// elsewhere, and poll() waits.
#include "stdlib/asyncio/asyncio.h"

#include <math.h>

static double virtual_now(Loop *loop) { return loop->virtual_now; }

static void virtual_wait(Loop *loop, double seconds) {
    if (!io_is_alive(loop) && isfinite(seconds)) {
        loop->virtual_now += seconds;
        return;
    }
    double begin = monotonic_now(loop);
    poll_wait(loop, seconds);
    double passed = monotonic_now(loop) - begin;
    if (isfinite(seconds)) loop->virtual_now += passed < seconds ? passed : seconds;
}

const LoopBackend backend_virtual = {"virtual", virtual_now, poll_open, poll_close, poll_check, poll_apply, virtual_wait, poll_descriptors, true};
