// Counting what a VM uses, and what happens when it is too much: see limits.h.
#include "vm/limits.h"

#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/heap_internal.h"
#include "vm/threads.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"

#include <errno.h>
#include <time.h>

enum {
    TICKS_BETWEEN = 4096,
    STEPS_LOOKED_AHEAD = 100 * 1000,
    NS_PER_STEP_LEAST = 2,
    AFTERWARDS_BYTES = 256 << 10,   // for leaving the frames and for the host's questions, when the scripts have left not a byte
};

static const int64_t MILLISECOND = 1000 * 1000;

static bool is_breached(const Limits *limits, LimitKind kind) { return limits->breached >> kind & 1; }

// ---- reserves: an eighth of the limit, within bounds that let `finally` blocks work and nothing more

static uint64_t clamp(uint64_t value, uint64_t least, uint64_t most) { return value < least ? least : value > most ? most : value; }

static uint64_t with_reserve(const Limits *limits, LimitKind kind, uint64_t max, uint64_t least, uint64_t most) {
    uint64_t reserve = is_breached(limits, kind) ? clamp(max / 8, least, most) : 0;
    return max > UINT64_MAX - reserve ? UINT64_MAX : max + reserve;
}

static uint64_t steps_allowed(const Limits *l) { return with_reserve(l, LIMIT_STEPS, l->max.steps, 20 * 1000, 10 * 1000 * 1000); }
static uint64_t output_allowed(const Limits *l) { return with_reserve(l, LIMIT_OUTPUT, l->max.output_bytes, 1024, 64 << 10); }
static int64_t time_allowed(const Limits *l, LimitKind kind, int64_t max) {
    return (int64_t)clamp(with_reserve(l, kind, (uint64_t)max, (uint64_t)(20 * MILLISECOND), (uint64_t)(1000 * MILLISECOND)), 0, INT64_MAX);
}

// The reserve of memory is within the limit: what the host grants is never exceeded.
static size_t memory_reserve(size_t limit) { return limit / 16 < 4 << 20 ? limit / 16 : 4 << 20; }

// ---- clocks

static int64_t clock_now(clockid_t id) {
    struct timespec now = {0};
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 * MILLISECOND + now.tv_nsec;
}

int64_t limits_time_used_ns(VM *vm) { return clock_now(CLOCK_MONOTONIC) - vm->limits.time_begun_ns; }
int64_t limits_cpu_time_used_ns(VM *vm) { return clock_now(CLOCK_THREAD_CPUTIME_ID) - vm->limits.cpu_begun_ns; }
uint64_t limits_steps_used(VM *vm) { return vm->limits.steps + (uint64_t)(vm->limits.span - vm->ticks); }

// ---- setting

static const struct { const char *first, *last; } texts[LIMIT_COUNT] = {
    [LIMIT_STEPS] = {"instruction limit exceeded", "instruction limit exceeded again"},
    [LIMIT_TIME] = {"time limit exceeded", "time limit exceeded again"},
    [LIMIT_CPU_TIME] = {"processor time limit exceeded", "processor time limit exceeded again"},
    [LIMIT_OUTPUT] = {"output limit exceeded", "output limit exceeded again"},
    [LIMIT_RECURSION] = {NULL, "maximum recursion depth exceeded too often"},
    [LIMIT_MEMORY] = {NULL, "memory limit exceeded again"},
    [LIMIT_TERMINATED] = {NULL, "terminated by the host"},
};

bool limits_set(VM *vm, const LimitValues *values) {
    Limits *limits = &vm->limits;
    *limits = (Limits){.max = *values, .exception = UNDEFINED, .memory_exception = UNDEFINED};
    limits->checked = values->steps != 0 || values->time_ns > 0 || values->cpu_time_ns > 0;
    limits->time_begun_ns = clock_now(CLOCK_MONOTONIC);
    if (values->cpu_time_ns > 0) limits->cpu_begun_ns = clock_now(CLOCK_THREAD_CPUTIME_ID);
    vm->ticks = limits->span = values->steps != 0 && values->steps < TICKS_BETWEEN ? (int64_t)values->steps : TICKS_BETWEEN;
    if (values->recursion_depth != 0) frames_set_limit(vm, values->recursion_depth);
    heap_set_limit(vm, values->memory_bytes - memory_reserve(values->memory_bytes));
    if (values->memory_bytes == 0) return true;
    Str *text = str_from_c(vm, texts[LIMIT_MEMORY].last);
    Value argument = text == NULL ? ERROR : from_object(text), exception = text == NULL ? ERROR : exception_new(vm, vm->exc.MemoryError, 1, &argument);
    if (is_error(exception)) return false;
    limits->memory_exception = exception;
    return true;
}

void limits_trace(VM *vm) {
    gc_mark_value(vm, vm->limits.exception);
    gc_mark_value(vm, vm->limits.memory_exception);
}

// ---- breaches

static void raise_breach(VM *vm, LimitKind kind, const char *text) {
    switch (kind) {
    case LIMIT_OUTPUT: {
        Str *message = str_from_c(vm, text);
        Value args[2] = {from_int(EFBIG), message == NULL ? NONE : from_object(message)};
        if (message != NULL) (void)raise_with_args(vm, vm->exc.OSError, 2, args);
        break;
    }
    case LIMIT_RECURSION: raise_error(vm, vm->exc.RecursionError, "%s", text); break;
    case LIMIT_MEMORY: raise_error(vm, vm->exc.MemoryError, "%s", text); break;
    case LIMIT_TERMINATED: raise_error(vm, vm->exc.SystemError, "%s", text); break;
    default: raise_error(vm, vm->exc.TimeoutError, "%s", text);
    }
}

Value limits_raise_final(VM *vm) {
    vm->ticks = vm->limits.span = 0;   // every safepoint looks
    vm->raised = vm->limits.exception;
    return ERROR;
}

// The exception has no context: showing it runs none of the scripts' code.
static void breach_final(VM *vm, LimitKind kind) {
    Limits *limits = &vm->limits;
    if (limits->final) return;
    if (vm->heap->limit != 0) vm->heap->limit = limits->max.memory_bytes + AFTERWARDS_BYTES;
    limits->last = kind;
    if (limits->first == LIMIT_NONE) limits->first = kind;
    vm->raised = UNDEFINED;
    raise_breach(vm, kind, texts[kind].last);
    Exception *e = to_exception(vm->raised);
    e->context = e->cause = NONE;
    limits->exception = vm->raised;
    limits->final = true;
    (void)limits_raise_final(vm);
}

// False, with an exception raised: the first time one that can be caught.
static bool breach(VM *vm, LimitKind kind) {
    Limits *limits = &vm->limits;
    if (is_breached(limits, kind)) {
        breach_final(vm, kind);
        return false;
    }
    limits->breached |= 1u << kind;
    if (limits->first == LIMIT_NONE) limits->first = kind;
    vm->ticks = limits->span = 1;   // how much is left of the reserve is found out at the next safepoint
    raise_breach(vm, kind, texts[kind].first);
    return false;
}

void limits_terminate(VM *vm) { breach_final(vm, LIMIT_TERMINATED); }

bool limits_pause(VM *vm) {
    bool final = vm->limits.final;
    vm->limits.paused = final;
    vm->limits.final = false;
    return final;
}

void limits_resume(VM *vm, bool was_final) {
    vm->limits.paused = false;
    vm->limits.final = was_final;
    if (was_final) vm->ticks = vm->limits.span = 0;
}

// ---- steps and times

bool limits_check(VM *vm) {
    Limits *limits = &vm->limits;
    if (limits->paused) return true;
    if (limits->max.steps != 0) {
        uint64_t allowed = steps_allowed(limits);
        if (limits->steps >= allowed) return breach(vm, LIMIT_STEPS);
        if (allowed - limits->steps < TICKS_BETWEEN) vm->ticks = limits->span = (int64_t)(allowed - limits->steps);
    }
    if (limits->max.time_ns > 0 && limits_time_used_ns(vm) >= time_allowed(limits, LIMIT_TIME, limits->max.time_ns)) return breach(vm, LIMIT_TIME);
    if (limits->max.cpu_time_ns > 0 && limits_cpu_time_used_ns(vm) >= time_allowed(limits, LIMIT_CPU_TIME, limits->max.cpu_time_ns))
        return breach(vm, LIMIT_CPU_TIME);
    return true;
}

bool limits_are_over(VM *vm) {
    const Limits *limits = &vm->limits;
    int request = __atomic_load_n(&vm->interrupt_requested, __ATOMIC_RELAXED);
    if (limits->final || request == INTERRUPT_TERMINATE || (request == INTERRUPT_KEYBOARD && vm->on_interrupt == NULL && thread_is_main(vm))) return true;
    if (!limits->checked || limits->paused) return false;
    return (limits->max.steps != 0 && limits_steps_used(vm) >= steps_allowed(limits)) ||
           (limits->max.time_ns > 0 && limits_time_used_ns(vm) >= time_allowed(limits, LIMIT_TIME, limits->max.time_ns)) ||
           (limits->max.cpu_time_ns > 0 && limits_cpu_time_used_ns(vm) >= time_allowed(limits, LIMIT_CPU_TIME, limits->max.cpu_time_ns));
}

int64_t limits_wait_ns(VM *vm, int64_t ns) {
    const Limits *limits = &vm->limits;
    if (limits->max.time_ns <= 0 || limits->paused) return ns;
    int64_t left = time_allowed(limits, LIMIT_TIME, limits->max.time_ns) - limits_time_used_ns(vm);
    return left < 0 ? 0 : left < ns ? left : ns;
}

// ---- memory

// A breach is a refusal with the memory nearly used up: one huge request is answered with MemoryError as often as it is made, for it takes nothing.
// The reserve is closed again when a collection finds a good part of the memory free (gc.c).
void limits_memory_refused(VM *vm) {
    Limits *limits = &vm->limits;
    Heap *heap = vm->heap;
    if (limits->max.memory_bytes == 0 || limits->final || heap == NULL) return;
    size_t full = limits->max.memory_bytes - memory_reserve(limits->max.memory_bytes);
    bool open = heap->limit > full;
    if (open && heap->bytes > full) {
        limits->breached |= 1u << LIMIT_MEMORY;
        limits->last = LIMIT_MEMORY;
        limits->final = true;
        heap->limit = limits->max.memory_bytes + AFTERWARDS_BYTES;
        vm->ticks = limits->span = 0;
        limits->exception = limits->memory_exception;
        return;
    }
    if (open || heap->bytes < full - full / 8) return;
    heap->limit = limits->max.memory_bytes;
    limits->breached |= 1u << LIMIT_MEMORY;
    if (limits->first == LIMIT_NONE) limits->first = LIMIT_MEMORY;
}

void limits_memory_collected(VM *vm) {
    Heap *heap = vm->heap;
    if (heap->limit == 0 || vm->limits.final) return;
    size_t full = vm->limits.max.memory_bytes - memory_reserve(vm->limits.max.memory_bytes);
    if (heap->limit > full && heap->bytes < full - full / 8) heap->limit = full;
}

// ---- recursion and output

void limits_recursion_error(VM *vm) {
    Limits *limits = &vm->limits;
    if (limits->max.recursion_errors == 0 || limits->final || limits->paused || ++limits->recursion_errors <= limits->max.recursion_errors) return;
    breach_final(vm, LIMIT_RECURSION);
}

bool limits_output(VM *vm, size_t size) {
    Limits *limits = &vm->limits;
    if (limits->max.output_bytes == 0 || limits->paused) return true;
    uint64_t allowed = output_allowed(limits);
    return (limits->output <= allowed && size <= allowed - limits->output) || breach(vm, LIMIT_OUTPUT);
}

bool limits_output_discards(VM *vm, size_t size) {
    Limits *limits = &vm->limits;
    if (limits->paused) return false;
    uint64_t allowed = output_allowed(limits);
    bool discard = limits->max.output_bytes != 0 && (limits->output > allowed || size > allowed - limits->output);
    if (!discard) limits->output += size;
    return discard;
}

// ---- safepoints

// With `handlers`, those of signals run, which is Python code.
static bool tick(VM *vm, bool handlers) {
    Limits *limits = &vm->limits;
    limits->steps += (uint64_t)(limits->span - vm->ticks);
    vm->ticks = limits->span = TICKS_BETWEEN;
    if (gc_is_due(vm) && !limits->final) gc_safepoint(vm);
    int request = __atomic_load_n(&vm->interrupt_requested, __ATOMIC_RELAXED);
    if (UNLIKELY(request == INTERRUPT_TERMINATE)) {
        __atomic_store_n(&vm->interrupt_requested, 0, __ATOMIC_RELAXED);
        limits_terminate(vm);
    }
    if (UNLIKELY(limits->final)) return limits_raise_final(vm), false;
    if (UNLIKELY(request == INTERRUPT_SHOW_TASKS) && thread_is_main(vm)) {
        int expected = INTERRUPT_SHOW_TASKS;
        __atomic_compare_exchange_n(&vm->interrupt_requested, &expected, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
        if (vm->on_show_tasks != NULL) vm->on_show_tasks(vm);
    } else if (UNLIKELY(request == INTERRUPT_SIGNAL)) {
        int expected = INTERRUPT_SIGNAL;
        __atomic_compare_exchange_n(&vm->interrupt_requested, &expected, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    } else if (UNLIKELY(request != 0) && thread_is_main(vm)) {
        int expected = INTERRUPT_KEYBOARD;
        __atomic_compare_exchange_n(&vm->interrupt_requested, &expected, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
        if (vm->on_interrupt != NULL && vm->on_interrupt(vm)) return !is_raised(vm);
        raise_error(vm, vm->exc.KeyboardInterrupt, "");
        return false;
    }
    if (UNLIKELY(__atomic_load_n(&vm->signals_pending, __ATOMIC_RELAXED) != 0) && handlers && vm->on_signals != NULL && thread_is_main(vm) &&
        !vm->on_signals(vm))
        return false;
    if (UNLIKELY(vm->threads != NULL) && !vm->charging) threads_tick(vm);
    if (UNLIKELY(limits->checked) && !limits_check(vm)) return false;
    if (UNLIKELY(vm->trace.due)) vm->ticks = limits->span = 0;   // the next call sees to that
    return true;
}

bool vm_tick(VM *vm) { return tick(vm, true); }

bool vm_tick_at_call(VM *vm) {
    return vm_tick(vm) && LIKELY(!vm->trace.due);
}

static bool tick_for_native(VM *vm, bool handlers) {
    bool outer = vm->charging;
    vm->charging = true;
    bool fine = tick(vm, handlers);
    vm->charging = outer;
    // Finalizers wait for the loop's next safepoint, and so do handlers of signals during work on objects that they could change.
    bool waiting = gc_is_due(vm) || (!handlers && __atomic_load_n(&vm->signals_pending, __ATOMIC_RELAXED) != 0 && vm->on_signals != NULL);
    if (UNLIKELY(waiting)) vm->ticks = vm->limits.span = 1;
    return fine;
}

bool vm_wake(VM *vm) { return tick_for_native(vm, true); }
bool vm_poll(VM *vm) { return tick_for_native(vm, false); }

// Work whose size is known is not begun when the time that is left cannot suffice by far.
static bool time_suffices(VM *vm, size_t steps) {
    Limits *limits = &vm->limits;
    int64_t needed = steps > INT64_MAX / NS_PER_STEP_LEAST ? INT64_MAX : (int64_t)steps * NS_PER_STEP_LEAST;
    if (!limits->checked || limits->paused || limits->final) return true;
    if (limits->max.time_ns > 0 && needed > time_allowed(limits, LIMIT_TIME, limits->max.time_ns) - limits_time_used_ns(vm)) return breach(vm, LIMIT_TIME);
    if (limits->max.cpu_time_ns > 0 && needed > time_allowed(limits, LIMIT_CPU_TIME, limits->max.cpu_time_ns) - limits_cpu_time_used_ns(vm))
        return breach(vm, LIMIT_CPU_TIME);
    return true;
}

bool vm_charge(VM *vm, size_t steps) {
    int64_t most = steps > INT64_MAX / 4 ? INT64_MAX / 4 : (int64_t)steps;
    if (UNLIKELY(steps > STEPS_LOOKED_AHEAD) && !time_suffices(vm, steps)) return false;
    vm->ticks -= most;
    return LIKELY(vm->ticks > 0 && !interrupt_is_requested(vm)) || vm_poll(vm);
}

bool vm_step(VM *vm) {
    vm->ticks--;
    return LIKELY(vm->ticks > 0 && !interrupt_is_requested(vm)) || vm_wake(vm);
}
