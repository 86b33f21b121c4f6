// The public API's limits: coil.h says what they are, limits.c what happens.
#include "coil.h"

#include <errno.h>
#include <unistd.h>

#include "vm/errors.h"
#include "vm/vm.h"

_Static_assert((int)COIL_LIMIT_MEMORY == (int)LIMIT_MEMORY && (int)COIL_LIMIT_TERMINATED == (int)LIMIT_TERMINATED, "kinds are passed on");

static VM *vm_of(CoilVM *vm) { return (VM *)vm; }

LimitValues limit_values(const CoilLimits *limits) {
    return (LimitValues){
        .memory_bytes = limits->memory_bytes,
        .steps = limits->instructions,
        .time_ns = limits->time_ns,
        .cpu_time_ns = limits->cpu_time_ns,
        .output_bytes = limits->output_bytes,
        .recursion_depth = limits->recursion_depth,
        .recursion_errors = limits->recursion_errors,
    };
}

CoilStatus coil_limits_set(CoilVM *coil, const CoilLimits *limits) {
    static const CoilLimits none;
    VM *vm = vm_of(coil);
    VMEntry entry;
    vm_enter(vm, &entry);
    LimitValues values = limit_values(limits != NULL ? limits : &none);
    CoilStatus status = limits_set(vm, &values) ? COIL_OK : COIL_RAISED;
    vm_leave(vm, &entry);
    return status;
}

CoilUsage coil_usage(CoilVM *coil) {
    VM *vm = vm_of(coil);
    const Limits *limits = &vm->limits;
    HeapStats heap = heap_stats(vm);
    return (CoilUsage){
        .memory_bytes = heap.bytes,
        .memory_peak_bytes = heap.peak_bytes,
        .instructions = limits_steps_used(vm),
        .time_ns = limits_time_used_ns(vm),
        .cpu_time_ns = limits->max.cpu_time_ns > 0 ? limits_cpu_time_used_ns(vm) : 0,
        .output_bytes = limits->output,
        .recursion_errors = limits->recursion_errors,
        .first_breach = (CoilLimit)limits->first,
        .ended_by = limits->final ? (CoilLimit)limits->last : COIL_LIMIT_NONE,
    };
}

// A loop that waits is woken through its descriptor; everything else looks at the flag. Safe in a signal handler.
static void wake(VM *vm) {
    int saved = errno, descriptor = __atomic_load_n(&vm->wake_descriptor, __ATOMIC_RELAXED) - 1;
    uint64_t one = 1;
    if (descriptor >= 0 && write(descriptor, &one, sizeof one) < 0) errno = saved;   // full: it is awake
    errno = saved;
}

// An interrupt does not take the place of a termination that has not been seen yet.
void coil_interrupt(CoilVM *coil) {
    VM *vm = vm_of(coil);
    int expected = 0;
    __atomic_compare_exchange_n(&vm->interrupt_requested, &expected, INTERRUPT_KEYBOARD, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    wake(vm);
}

// Noted first, so that whoever sees the request finds it. Another request on its way is looked at soon enough.
void coil_signal(CoilVM *coil, int number) {
    VM *vm = vm_of(coil);
    int expected = 0;
    if (number < 1 || number > 64) return;
    __atomic_fetch_or(&vm->signals_pending, UINT64_C(1) << (number - 1), __ATOMIC_SEQ_CST);
    __atomic_fetch_add(&vm->signals_seen, 1, __ATOMIC_SEQ_CST);
    __atomic_compare_exchange_n(&vm->interrupt_requested, &expected, INTERRUPT_SIGNAL, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    wake(vm);
}

void coil_show_tasks(CoilVM *coil) {
    VM *vm = vm_of(coil);
    int expected = 0;
    __atomic_compare_exchange_n(&vm->interrupt_requested, &expected, INTERRUPT_SHOW_TASKS, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    wake(vm);
}

bool coil_interrupt_take(CoilVM *coil) {
    int expected = INTERRUPT_KEYBOARD;
    return __atomic_compare_exchange_n(&vm_of(coil)->interrupt_requested, &expected, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

void coil_terminate(CoilVM *coil) {
    VM *vm = vm_of(coil);
    __atomic_store_n(&vm->interrupt_requested, INTERRUPT_TERMINATE, __ATOMIC_SEQ_CST);
    wake(vm);
}
