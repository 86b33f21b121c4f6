// Safepoints: what the dispatch loop looks after every few thousand jumps and calls.
#include "vm/errors.h"
#include "vm/vm.h"

enum { TICKS_BETWEEN = 4096 };

bool vm_tick(VM *vm) {
    int64_t used = TICKS_BETWEEN - vm->ticks;
    vm->ticks = TICKS_BETWEEN;
    if (gc_is_due(vm)) gc_safepoint(vm);
    if (UNLIKELY(vm->interrupt_requested)) {
        vm->interrupt_requested = 0;
        if (vm->on_interrupt != NULL && vm->on_interrupt(vm)) return !is_raised(vm);
        raise_error(vm, vm->exc.KeyboardInterrupt, "");
        return false;
    }
    if (UNLIKELY(vm->instruction_budget >= 0)) {
        vm->instruction_budget -= used;
        if (vm->instruction_budget < 0) {
            vm->instruction_budget = TICKS_BETWEEN;   // for `finally`; after that it is raised again
            raise_error(vm, vm->exc.TimeoutError, "instruction budget exhausted");
            return false;
        }
    }
    return true;
}
