// What the loop knows of descriptors, and how it waits for them. The drawing is in backend.h.
#define _GNU_SOURCE   // pipe2
#include "stdlib/asyncio/asyncio.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/eventfd.h>
#endif

enum { FIRST_WATCHES = 16, FIRST_LIST = 8, VISIT_NS = 50000 };
static const double SLICE_SECONDS = 0.1;   // without a descriptor to be woken by

const LoopBackend *backend_choose(VM *vm) {
    if (vm->virtual_time) return &backend_virtual;
#ifdef COIL_HAVE_LIBUV
    if (!vm->plain_loop && (vm->doors.network || vm->doors.processes)) return &backend_libuv;
#endif
    return &backend_poll;
}

// ---- waking

static bool wake_pair(int pair[2]) {
#ifdef __linux__
    pair[0] = pair[1] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return pair[0] >= 0;
#else
    if (pipe(pair) != 0) return false;
    for (int i = 0; i < 2; i++) {
        fcntl(pair[i], F_SETFD, FD_CLOEXEC);
        fcntl(pair[i], F_SETFL, O_NONBLOCK);
    }
    return true;
#endif
}

static bool wake_drained(VM *vm, Loop *loop, Object *target, int event) {
    char buffer[64];
    while (read(loop->io->wake_read, buffer, sizeof buffer) == (ssize_t)sizeof buffer) continue;
    return true;
}

void backend_wake(Loop *loop) {
    uint64_t one = 1;
    if (loop->io == NULL || loop->io->wake_write < 0) return;
    if (write(loop->io->wake_write, &one, sizeof one) < 0) return;   // full: it is awake already
}

// An interrupt may come from another thread in the very moment in which the loop is closed; so the VM keeps the last loop's descriptors,
// and nobody else gets their numbers.
static void wake_take(VM *vm, LoopIo *io) {
    AsyncioState *state = ASYNCIO(vm);
    int pair[2] = {state->spare_wake[0] - 1, state->spare_wake[1] - 1};
    state->spare_wake[0] = state->spare_wake[1] = 0;
    bool have = pair[0] >= 0 || wake_pair(pair);
    io->wake_read = have ? pair[0] : -1;
    io->wake_write = have ? pair[1] : -1;
}

void wake_pair_close(int read_end, int write_end) {
    if (read_end >= 0) close(read_end);
    if (write_end >= 0 && write_end != read_end) close(write_end);
}

static void wake_give_back(VM *vm, LoopIo *io) {
    AsyncioState *state = ASYNCIO(vm);
    if (io->wake_read >= 0 && state != NULL && state->spare_wake[0] == 0) {
        state->spare_wake[0] = io->wake_read + 1;
        state->spare_wake[1] = io->wake_write + 1;
    } else {
        wake_pair_close(io->wake_read, io->wake_write);
    }
    io->wake_read = io->wake_write = -1;
}

// ---- life

static bool watch_set(VM *vm, Loop *loop, int fd, int event, Object *target, WatchRun run, bool internal);

static void io_forget(VM *vm, Loop *loop) {
    AsyncioState *state = ASYNCIO(vm);
    Loop **link = state == NULL ? NULL : &state->io_loops;
    while (link != NULL && *link != NULL && *link != loop) link = &(*link)->next_io;
    if (link != NULL && *link == loop) *link = loop->next_io;
    loop->next_io = NULL;
    loop->io = NULL;
}

bool io_open(VM *vm, Loop *loop) {
    if (LIKELY(loop->io != NULL)) return true;
    LoopIo *io = buffer_new(vm, sizeof *io);
    if (io == NULL) return false;
    loop->io = io;
    loop->next_io = ASYNCIO(vm)->io_loops;
    ASYNCIO(vm)->io_loops = loop;
    io->wake_read = io->wake_write = -1;
    if (!loop->backend->open(vm, loop)) {
        loop->backend = loop->backend->jumps ? &backend_virtual : &backend_poll;
        if (!loop->backend->open(vm, loop)) {
            buffer_free(vm, io, sizeof *io);
            io_forget(vm, loop);
            raise_no_memory(vm);
            return false;
        }
    }
    wake_take(vm, io);
    if (io->wake_read >= 0 && !watch_set(vm, loop, io->wake_read, WATCH_READ, (Object *)loop, wake_drained, true)) {
        io_close(vm, loop);
        return false;
    }
    return true;
}

void io_close(VM *vm, Loop *loop) {
    LoopIo *io = loop->io;
    if (io == NULL) return;
    io_jobs_close(vm, loop);
    loop->backend->close(vm, loop);
    for (size_t i = 0; i < io->watch_capacity; i++) buffer_free(vm, io->watches[i], sizeof(Watch));
    wake_give_back(vm, io);
    buffer_free(vm, io->watches, io->watch_capacity * sizeof *io->watches);
    buffer_free(vm, io->dirty, io->list_capacity * sizeof *io->dirty);
    buffer_free(vm, io->ready, io->list_capacity * sizeof *io->ready);
    buffer_free(vm, io->scratch, IO_SCRATCH);
    buffer_free(vm, io, sizeof *io);
    io_forget(vm, loop);
}

void io_trace(VM *vm, Loop *loop) {
    LoopIo *io = loop->io;
    if (io == NULL) return;
    for (size_t i = 0; i < io->watch_capacity; i++) {
        if (io->watches[i] == NULL) continue;
        gc_mark_object(vm, io->watches[i]->read.target);
        gc_mark_object(vm, io->watches[i]->write.target);
        gc_mark_object(vm, io->watches[i]->owner);
    }
    io_jobs_trace(vm, loop);
}

uint8_t *io_scratch(VM *vm, Loop *loop) {
    if (!io_open(vm, loop)) return NULL;
    if (loop->io->scratch == NULL) loop->io->scratch = buffer_new_unset(vm, IO_SCRATCH);
    return loop->io->scratch;
}

// ---- watches

// Another thread waits in the loop at this moment: it has to come out before anything is changed.
static void wait_interrupt(VM *vm, Loop *loop) {
    LoopIo *io = loop->io;
    if (io == NULL || !io->waiting) return;
    io->visitors++;
    while (io->waiting) {
        backend_wake(loop);
        void *outside = vm_release(vm);
        nanosleep(&(struct timespec){.tv_nsec = VISIT_NS}, NULL);
        vm_acquire(vm, outside);
    }
    io->visitors--;
}

static bool lists_grow(VM *vm, LoopIo *io) {
    size_t capacity = io->list_capacity == 0 ? FIRST_LIST : io->list_capacity * 2, old = io->list_capacity * sizeof(Watch *), size;
    if (!size_for(vm, capacity, sizeof(Watch *), 0, &size)) return false;
    Watch **dirty = buffer_new(vm, size), **ready = dirty == NULL ? NULL : buffer_new(vm, size);
    if (ready == NULL) {
        buffer_free(vm, dirty, size);
        return false;
    }
    if (io->dirty_count > 0) memcpy(dirty, io->dirty, io->dirty_count * sizeof *dirty);
    if (io->ready_count > 0) memcpy(ready, io->ready, io->ready_count * sizeof *ready);
    buffer_free(vm, io->dirty, old);
    buffer_free(vm, io->ready, old);
    io->dirty = dirty;
    io->ready = ready;
    io->list_capacity = capacity;
    return true;
}

static Watch *watch_find(Loop *loop, int fd) {
    return loop->io == NULL || fd < 0 || (size_t)fd >= loop->io->watch_capacity ? NULL : loop->io->watches[fd];
}

static Watch *watch_of(VM *vm, Loop *loop, int fd) {
    LoopIo *io = loop->io;
    Watch *watch = watch_find(loop, fd);
    if (watch != NULL) return watch;
    if ((size_t)fd >= io->watch_capacity) {
        size_t capacity = io->watch_capacity == 0 ? FIRST_WATCHES : io->watch_capacity * 2, size;
        if (capacity <= (size_t)fd) capacity = (size_t)fd + 1;
        if (!size_for(vm, capacity, sizeof *io->watches, 0, &size)) return NULL;
        Watch **watches = buffer_resize(vm, io->watches, io->watch_capacity * sizeof *watches, size);
        if (watches == NULL) return NULL;
        io->watches = watches;
        io->watch_capacity = capacity;
    }
    if (io->watch_count == io->list_capacity && !lists_grow(vm, io)) return NULL;
    watch = buffer_new(vm, sizeof *watch);
    if (watch == NULL) return NULL;
    watch->fd = fd;
    io->watch_count++;
    return io->watches[fd] = watch;
}

static WatchSide *side_of(Watch *watch, int event) { return event == WATCH_READ ? &watch->read : &watch->write; }

// What is wanted is told to the backend before it waits.
static void watch_changed(LoopIo *io, Watch *watch) {
    watch->wanted = (uint8_t)((watch->read.target != NULL ? WATCH_READ : 0) | (watch->write.target != NULL ? WATCH_WRITE : 0));
    if (watch->dirty || watch->broken || watch->wanted == watch->applied) return;
    watch->dirty = true;
    io->dirty[io->dirty_count++] = watch;
}

static bool watch_set(VM *vm, Loop *loop, int fd, int event, Object *target, WatchRun run, bool internal) {
    Watch *watch = watch_of(vm, loop, fd);
    if (watch == NULL) return false;
    WatchSide *side = side_of(watch, event);
    if (side->target == NULL && !internal) loop->io->active++;
    *side = (WatchSide){target, run};
    watch->internal = internal;
    watch->broken = false;
    gc_write_barrier(vm, loop);
    watch_changed(loop->io, watch);
    return true;
}

bool io_watch(VM *vm, Loop *loop, int fd, int event, Object *target, WatchRun run) {
    if (!io_open(vm, loop)) return false;
    wait_interrupt(vm, loop);
    Watch *watch = watch_find(loop, fd);
    bool is_new = watch == NULL || side_of(watch, event)->target == NULL;
    // If the system refuses a new descriptor, here is the one to know.
    int failure = is_new ? loop->backend->check(loop, fd) : 0;
    if (failure == 0) return watch_set(vm, loop, fd, event, target, run, false);
    raise_os_error(vm, failure, UNDEFINED);
    return false;
}

bool io_unwatch(VM *vm, Loop *loop, int fd, int event) {
    Watch *watch = watch_find(loop, fd);
    if (watch == NULL || side_of(watch, event)->target == NULL) return false;
    *side_of(watch, event) = (WatchSide){0};
    loop->io->active--;
    watch_changed(loop->io, watch);
    return true;
}

void io_settle(VM *vm, Loop *loop, int fd) {
    wait_interrupt(vm, loop);
    Watch *watch = watch_find(loop, fd);
    if (watch == NULL || watch->wanted != 0 || watch->applied == 0) return;
    loop->backend->apply(vm, loop, watch);
    watch->applied = 0;
}

Object *io_watcher(Loop *loop, int fd, int event) {
    Watch *watch = watch_find(loop, fd);
    return watch == NULL ? NULL : side_of(watch, event)->target;
}

void io_own(VM *vm, Loop *loop, int fd, Object *owner) {
    Watch *watch = owner == NULL ? watch_find(loop, fd) : watch_of(vm, loop, fd);
    if (watch == NULL) {
        raised_clear(vm);   // without memory nobody will be warned of a second user of the descriptor
        return;
    }
    watch->owner = owner;
    gc_write_barrier(vm, loop);
}

Object *io_owner(Loop *loop, int fd) {
    Watch *watch = watch_find(loop, fd);
    return watch == NULL ? NULL : watch->owner;
}

void io_closing(VM *vm, Loop *loop, int fd) {
    Watch *watch = watch_find(loop, fd);
    if (watch == NULL || watch->internal) return;
    wait_interrupt(vm, loop);
    watch->owner = NULL;
    io_unwatch(vm, loop, fd, WATCH_READ);
    io_unwatch(vm, loop, fd, WATCH_WRITE);
    if (watch->applied == 0) return;
    loop->backend->apply(vm, loop, watch);
    watch->applied = 0;
}

void io_closing_everywhere(VM *vm, int fd) {
    AsyncioState *state = ASYNCIO(vm);
    if (state == NULL) return;
    for (Loop *loop = state->io_loops; loop != NULL; loop = loop->next_io) io_closing(vm, loop, fd);
}

// What watches the descriptor will watch another one: the backend must be told anew.
void io_lost_everywhere(VM *vm, int fd) {
    AsyncioState *state = ASYNCIO(vm);
    for (Loop *loop = state == NULL ? NULL : state->io_loops; loop != NULL; loop = loop->next_io) {
        Watch *watch = watch_find(loop, fd);
        if (watch != NULL && !watch->internal) watch->applied = 0;
    }
}

bool io_is_alive(Loop *loop) { return loop->io != NULL && (loop->io->active > 0 || loop->io->jobs_pending > 0); }

// ---- hosts that wait by themselves

size_t io_descriptors(Loop *loop, LoopDescriptor *out, size_t room) {
    if (loop->io == NULL) return 0;
    return loop->backend->descriptors(loop, out, room);
}

// ---- waiting

void io_tell_backend(VM *vm, Loop *loop) {
    LoopIo *io = loop->io;
    while (io->dirty_count > 0) {
        Watch *watch = io->dirty[--io->dirty_count];
        watch->dirty = false;
        if (watch->wanted == watch->applied) continue;
        int failure = loop->backend->apply(vm, loop, watch);
        watch->applied = failure == 0 ? watch->wanted : 0;
        // It was closed behind the loop's back: whoever waits tries, and is told what is wrong.
        if (failure == 0) continue;
        watch->broken = true;
        io_report(loop, watch, watch->wanted);
    }
}

void io_report(Loop *loop, Watch *watch, int events) {
    LoopIo *io = loop->io;
    watch->ready |= (uint8_t)(events & watch->wanted);
    if (watch->reported || watch->ready == 0) return;
    watch->reported = true;
    io->ready[io->ready_count++] = watch;
}

bool io_wait(VM *vm, Loop *loop, double when) {
    if (!io_open(vm, loop)) return false;
    io_tell_backend(vm, loop);
    LoopIo *io = loop->io;
    double left = when - loop->backend->now(loop);
    if (left < 0 || io->ready_count > 0) left = 0;
    if (io->wake_write < 0 && left > SLICE_SECONDS && !loop->backend->jumps) left = SLICE_SECONDS;
    if (left > 0 && !loop->backend->jumps) {   // the deadline of the host's may come first
        int64_t most = limits_wait_ns(vm, INT64_MAX);
        if (left > (double)most * 1e-9) left = (double)most * 1e-9;
    }
    bool main_thread = thread_is_main(vm);
    size_t jobs = threads_jobs(vm);
    if (main_thread) __atomic_store_n(&vm->wake_descriptor, io->wake_write + 1, __ATOMIC_RELAXED);
    if (interrupt_is_requested(vm) || io->visitors > 0) left = 0;
    void *outside = NULL;
    if (left > 0) {
        io->waiting = true;
        outside = vm_release(vm);
    }
    // What goes on in a pool of threads takes real time, and so does waiting for it; the clock jumps when that has brought nothing.
    bool real = loop->backend->jumps && left > 0 && isfinite(left) && jobs > 0;
    if (real) poll_wait(loop, left);
    bool jump = real && io->ready_count == 0;
    if (!real) loop->backend->wait(loop, left);
    vm_acquire(vm, outside);
    io->waiting = false;
    if (jump && loop->ring_count == 0) loop->backend->wait(loop, left);
    else if (real) left = 0;
    if (loop->backend->jumps && left < 1e9) vm->virtual_now_ns += (int64_t)(left * 1e9);
    if (main_thread) __atomic_store_n(&vm->wake_descriptor, 0, __ATOMIC_RELAXED);
    for (size_t i = 0; i < io->ready_count; i++) {
        Watch *watch = io->ready[i];
        watch->reported = false;
        watch_changed(io, watch);   // the backend may have stopped watching after an error
        if (watch->queued) continue;
        if (!loop_push(vm, loop, watch, TAG_WATCH)) return false;
        watch->queued = true;
    }
    io->ready_count = 0;
    return (io->jobs == NULL || io_jobs_finish(vm, loop)) && (left > 0 ? vm_wake(vm) : vm_step(vm));
}

// Each side may remove the other, or itself.
bool watch_run(VM *vm, Loop *loop, Watch *watch) {
    int ready = watch->ready;
    watch->queued = false;
    watch->ready = 0;
    if (ready & WATCH_READ && watch->read.target != NULL && !watch->read.run(vm, loop, watch->read.target, WATCH_READ)) return false;
    if (ready & WATCH_WRITE && watch->write.target != NULL && loop->io != NULL)
        return watch->write.run(vm, loop, watch->write.target, WATCH_WRITE);
    return true;
}
