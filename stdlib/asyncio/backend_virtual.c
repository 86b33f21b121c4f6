// The virtual backend: time stands still while anything can run, and jumps to the next timer when nothing can. For tests: hours of sleeps
// take no time, and always come in the same order.
#include "stdlib/asyncio/asyncio.h"

#include <math.h>

static double virtual_now(Loop *loop) { return loop->virtual_now; }

static bool virtual_wait(VM *vm, Loop *loop, double when) {
    if (when > loop->virtual_now && isfinite(when)) loop->virtual_now = when;
    return vm_charge(vm, 1);
}

const LoopBackend backend_virtual = {"virtual", virtual_now, virtual_wait, true};
