// How a loop waits: the few functions that a backend consists of, and what the loop keeps about descriptors.
//
//     add_reader(fd) --> Watch.wanted ----apply()----> backend (poll's array, libuv's uv_poll_t)
//                                                          |  wait(): blocks, runs no Python, allocates nothing
//     ready ring <----- io_wait() <------ io->ready <------+  io_report()
//
// A backend reports descriptors, and everything above it (sockets, transports, accepting, subprocesses) is the same code whoever waits.
// What becomes ready goes through the loop's ring like everything else, so that Python code never runs inside a backend.
//
// Changes of interest are collected and told to the backend before it waits, so that a reader that is removed and added again in between
// costs nothing. Whoever closes a descriptor says so first (io_closing): then the backend forgets it at once.
#ifndef COIL_STDLIB_ASYNCIO_BACKEND_H
#define COIL_STDLIB_ASYNCIO_BACKEND_H

#include "vm/vm.h"

typedef struct Loop Loop;
typedef struct Watch Watch;
typedef struct IoJob IoJob;

enum { WATCH_READ = 1, WATCH_WRITE = 2 };

// Called from the ring when the descriptor is ready; event is WATCH_READ or WATCH_WRITE. False: an exception must leave the loop.
typedef bool (*WatchRun)(VM *vm, Loop *loop, Object *target, int event);
typedef struct LoopDescriptor { int fd; bool read, write; } LoopDescriptor;   // for hosts that wait by themselves
typedef struct WatchSide { Object *target; WatchRun run; } WatchSide;

// Memory of the loop, not an object: kept for the next who watches a descriptor of this number, until the loop is closed.
struct Watch {
    int fd;
    uint8_t wanted, applied, ready;   // WATCH_...: asked for by the sides, told to the backend, reported by it
    bool queued, dirty, reported, internal;
    bool broken;                      // the system knows no such descriptor: said once, and not asked again before something changes
    WatchSide read, write;
    Object *owner;                    // the transport that has the descriptor; NULL: none
    void *native;                     // the backend's
    uint32_t slot;                    // the same: a number
};

typedef struct LoopBackend {
    const char *name;
    double (*now)(Loop *loop);
    // Before the first wait or watch. False without raising: it cannot be used now (the poll backend is taken instead).
    bool (*open)(VM *vm, Loop *loop);
    void (*close)(VM *vm, Loop *loop);                    // may be called by the collector
    int (*check)(Loop *loop, int fd);                     // can the descriptor be watched? 0 or errno
    int (*apply)(VM *vm, Loop *loop, Watch *watch);       // looks for watch->wanted from now on; 0 or errno
    // Blocks for so many seconds (infinity: for ever) until something is ready, and tells it with io_report().
    void (*wait)(Loop *loop, double seconds);
    // What wait() waits for: how many, and as many as there is room for.
    size_t (*descriptors)(Loop *loop, LoopDescriptor *out, size_t room);
    bool jumps;                                           // waiting takes no time
} LoopBackend;
extern const LoopBackend backend_poll, backend_virtual;
#ifdef COIL_HAVE_LIBUV
extern const LoopBackend backend_libuv;
#endif

typedef struct LoopIo {
    bool open;
    Watch **watches;                  // by descriptor; traced by the loop
    size_t watch_capacity, watch_count;
    Watch **dirty, **ready;           // both have room for every watch
    size_t dirty_count, ready_count, list_capacity;
    size_t active;                    // sides that somebody waits for: they may wake the loop
    int wake_read, wake_write;        // -1: none could be had, then waits are cut into slices
    void *native;                     // the backend's
    struct IoJobs *jobs;              // io_jobs.c; NULL until the first
    uint8_t *scratch;                 // what is read lands here first
    size_t jobs_pending;
    bool waiting;                     // a thread is outside the VM, in the backend's wait()
    size_t visitors;                  // other threads that want to change something meanwhile: nobody waits until they have
} LoopIo;
enum { IO_SCRATCH = 256 * 1024 };

// ---- io.c
const LoopBackend *backend_choose(VM *vm);
MUST_CHECK bool io_open(VM *vm, Loop *loop);
void io_close(VM *vm, Loop *loop);
void io_trace(VM *vm, Loop *loop);
// Interest in one direction of a descriptor; the target is alive by it. run NULL: none any more. False: OSError.
MUST_CHECK bool io_watch(VM *vm, Loop *loop, int fd, int event, Object *target, WatchRun run);
bool io_unwatch(VM *vm, Loop *loop, int fd, int event);              // true: there was somebody
void io_settle(VM *vm, Loop *loop, int fd);                          // tells the backend now, not before the next wait
Object *io_watcher(Loop *loop, int fd, int event);                   // the target, or NULL
void io_own(VM *vm, Loop *loop, int fd, Object *owner_or_null);      // whose the descriptor is
Object *io_owner(Loop *loop, int fd);
void io_closing(VM *vm, Loop *loop, int fd);                         // the descriptor is about to be closed
void io_closing_everywhere(VM *vm, int fd);                          // the same for whatever loops the VM has
void io_lost_everywhere(VM *vm, int fd);                             // the same by the collector: nothing but a note
bool io_is_alive(Loop *loop);                                        // something outside may wake it
MUST_CHECK bool io_wait(VM *vm, Loop *loop, double when);            // when: the loop's clock; what has become ready is put into the ring
void io_tell_backend(VM *vm, Loop *loop);                            // what has changed
void io_report(Loop *loop, Watch *watch, int events);                // from a backend's wait()
MUST_CHECK bool watch_run(VM *vm, Loop *loop, Watch *watch);         // from the ring
MUST_CHECK uint8_t *io_scratch(VM *vm, Loop *loop);                  // IO_SCRATCH bytes, shared by all reads of the loop
// Makes a waiting loop go round once more. Any thread, any signal handler, as long as the loop is not closed.
void backend_wake(Loop *loop);
void wake_pair_close(int read_end, int write_end);

// ---- backend_poll.c: what the virtual backend shares
double monotonic_now(Loop *loop);
int poll_check(Loop *loop, int fd);
bool poll_open(VM *vm, Loop *loop);
void poll_close(VM *vm, Loop *loop);
int poll_apply(VM *vm, Loop *loop, Watch *watch);
void poll_wait(Loop *loop, double seconds);
size_t poll_descriptors(Loop *loop, LoopDescriptor *out, size_t room);

// ---- io_jobs.c: blocking calls of the system on threads of their own, which touch nothing of the VM
struct IoJob {
    IoJob *next;
    void (*work)(IoJob *job);                                        // on the thread
    bool (*done)(VM *vm, Loop *loop, IoJob *job, Object *target);    // in the loop, when it has not been closed meanwhile
    void (*free)(IoJob *job);                                        // on either; gives the job back with free()
    size_t number;                                                   // of its target among those that the loop keeps alive
};
MUST_CHECK bool io_job_start(VM *vm, Loop *loop, IoJob *job, Object *target);   // takes the job over, also when it fails
MUST_CHECK bool io_jobs_finish(VM *vm, Loop *loop);
void io_jobs_close(VM *vm, Loop *loop);
void io_jobs_trace(VM *vm, Loop *loop);

#endif
