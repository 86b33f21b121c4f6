// Threads of Python: one of them is inside the VM at a time, the one that holds the VM's lock; the others wait for it, or do something that
// takes long outside.
//
//     vm->current_thread -> Thread   whose state stands in the VM's own fields (VM.frame, VM.raised, the stacks ...)
//     other threads          keep theirs in Thread.saved; their C stacks are scanned from where they left the VM
//
// A VM in which no thread was ever started has vm->threads NULL, and none of this costs anything. A native that blocks lets the others run:
//
//     void *outside = vm_release(vm);
//     ... system calls; neither the VM nor any object may be touched, memory of objects may be when the C stack keeps them alive ...
//     vm_acquire(vm, outside);
#ifndef COIL_VM_THREADS_H
#define COIL_VM_THREADS_H

#include "vm/vm.h"

typedef struct Thread Thread;

void *vm_release(VM *vm);
void vm_acquire(VM *vm, void *outside);

// Something that one thread uses outside the VM and another one wants: waits until *in_use is false. False: an exception is raised.
MUST_CHECK bool vm_wait_until_free(VM *vm, const bool *in_use);

// For vm_tick(), in a VM with threads: lets others in when they have waited for long.
void threads_tick(VM *vm);

// The serial number of the thread that runs: 1 is the main thread.
int64_t thread_ident(VM *vm);
bool thread_is_main(VM *vm);
size_t threads_count(VM *vm);                                  // those that were started and have not ended

// What a pool of threads tells: how many of the threads are its, waiting for jobs most of their time, and how many jobs there are.
void threads_pool(VM *vm, int64_t threads, int64_t jobs);      // so many more or less
size_t threads_jobs(VM *vm);
bool threads_can_act(VM *vm);                                  // other threads may do something of their own accord

// Calls function(*args, **kwargs) in a new thread; its number, or -1 with an exception raised.
MUST_CHECK int64_t thread_start(VM *vm, Value function, Value args, Value kwargs_or_undefined);
void threads_set_stack_size(VM *vm, size_t bytes);             // of those started from now on; 0: the system's
size_t threads_stack_size(VM *vm);

// Parking: the thread waits until somebody has called thread_unpark() with the same ParkedThread. 1: it was; 0: the time is over
// (deadline in ns of CLOCK_MONOTONIC, negative: none); -1: an exception is raised.
typedef struct ParkedThread { Thread *thread; struct ParkedThread *next; bool woken; } ParkedThread;
MUST_CHECK bool thread_park_begin(VM *vm, ParkedThread *parked);
int thread_park(VM *vm, ParkedThread *parked, int64_t deadline_ns);
void thread_unpark(VM *vm, ParkedThread *parked);

// A dict of the running thread alone for an owner (threading.local); made when first asked for.
MUST_CHECK Dict *thread_dict(VM *vm, Dict *dicts_by_ident, Value owner, bool *out_new);

// The end of a VM: threads that are left are told to end, and waited for.
void threads_end(VM *vm);
void threads_close(VM *vm);

// ---- for the collector
void threads_trace(VM *vm);
void threads_scan_stacks(VM *vm);

#endif
