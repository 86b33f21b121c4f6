// What a VM may use: memory, steps, time, output, recursion; and how a breach ends the scripts.
//
// Each kind may be breached once: that raises a Python exception which scripts can catch, and opens a small reserve of the same kind, so that
// `finally` runs. Breaching it again is final: from then on every frame is left without looking for handlers, C code finds that the pending
// exception matches nothing it would swallow (raised_matches), and every safepoint raises it again, until the host has it. Only the host can
// undo that, by limits_set().
#ifndef COIL_VM_LIMITS_H
#define COIL_VM_LIMITS_H

#include "vm/value.h"

typedef struct VM VM;

typedef enum LimitKind {
    LIMIT_NONE, LIMIT_MEMORY, LIMIT_STEPS, LIMIT_TIME, LIMIT_CPU_TIME, LIMIT_OUTPUT, LIMIT_RECURSION,
    LIMIT_TERMINATED,                // not a limit: coil_terminate()
    LIMIT_COUNT,
} LimitKind;

// 0: none, everywhere.
typedef struct LimitValues {
    size_t memory_bytes;
    uint64_t steps;
    int64_t time_ns, cpu_time_ns;
    uint64_t output_bytes;
    uint32_t recursion_depth, recursion_errors;
} LimitValues;

typedef struct Limits {
    LimitValues max;
    // Used since limits_set().
    uint64_t steps;                  // up to the last tick
    int64_t span;                    // what vm->ticks was set to then
    uint64_t output;
    uint32_t recursion_errors;
    int64_t time_begun_ns, cpu_begun_ns;
    uint32_t breached;               // a bit for each kind
    LimitKind first, last;           // the first kind breached; the kind that was final
    bool checked;                    // steps or times are limited: vm_tick() has to look
    bool final;
    bool paused;                     // the host has a report made: nothing is checked meanwhile
    Value exception;                 // what ends the scripts when it is final
    Value memory_exception;          // made in advance for that
} Limits;

MUST_CHECK bool limits_set(VM *vm, const LimitValues *values);   // a new allowance: everything counts from zero, a final breach is forgotten
void limits_trace(VM *vm);
MUST_CHECK bool limits_check(VM *vm);                     // for vm_tick(): steps and times
Value limits_raise_final(VM *vm);                         // makes the final exception pending
void limits_terminate(VM *vm);                            // ends the scripts at once
void limits_memory_refused(VM *vm);                       // an allocation has failed: opens the reserve, or is final
void limits_memory_collected(VM *vm);                     // after a full collection: closes the reserve again
void limits_recursion_error(VM *vm);                      // a RecursionError has been raised
MUST_CHECK bool limits_output(VM *vm, size_t size);       // before output: may it be written?
bool limits_output_discards(VM *vm, size_t size);         // counts what is written; true: not even the reserve has room for it
bool limits_are_over(VM *vm);                             // would the next safepoint raise? For work that cannot raise where it stands
uint64_t limits_steps_used(VM *vm);
int64_t limits_time_used_ns(VM *vm);
int64_t limits_cpu_time_used_ns(VM *vm);
// For the report of what ended the scripts: if it is final, limits stand still until limits_resume(). Gives whether it was.
bool limits_pause(VM *vm);
void limits_resume(VM *vm, bool was_final);
// How long C code may sleep before it has to look at the limits again by vm_wake(); at most `ns`.
int64_t limits_wait_ns(VM *vm, int64_t ns);
// After a sleep: like vm_tick(), whatever the ticks say. False: an exception is raised.
MUST_CHECK bool vm_wake(VM *vm);

#endif
