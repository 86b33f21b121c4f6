// The plain backend: the system's monotonic clock, and poll() over an array of descriptors. It depends on nothing.
//
// LoopIo.native is the array, behind it the watches in the same order; Watch.slot is the place in it plus one.
#define _GNU_SOURCE   // ppoll
#include "stdlib/asyncio/asyncio.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <time.h>

typedef struct PollTable { struct pollfd *polls; Watch **watches; size_t count, capacity; } PollTable;

enum { FIRST_POLLS = 8 };

double monotonic_now(Loop *loop) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

bool poll_open(VM *vm, Loop *loop) {
    PollTable *table = buffer_new(vm, sizeof *table);
    if (table == NULL) return raised_clear(vm), false;
    loop->io->native = table;
    return true;
}

void poll_close(VM *vm, Loop *loop) {
    PollTable *table = loop->io->native;
    if (table == NULL) return;
    buffer_free(vm, table->polls, table->capacity * sizeof *table->polls);
    buffer_free(vm, table->watches, table->capacity * sizeof *table->watches);
    buffer_free(vm, table, sizeof *table);
    loop->io->native = NULL;
}

static bool table_grow(VM *vm, PollTable *table) {
    size_t capacity = table->capacity == 0 ? FIRST_POLLS : table->capacity * 2, old = table->capacity, size;
    if (!size_for(vm, capacity, sizeof *table->watches, 0, &size)) return false;
    struct pollfd *polls = buffer_new(vm, capacity * sizeof *polls);
    Watch **watches = polls == NULL ? NULL : buffer_new(vm, size);
    if (watches == NULL) {
        buffer_free(vm, polls, capacity * sizeof *polls);
        return false;
    }
    for (size_t i = 0; i < table->count; i++) {
        polls[i] = table->polls[i];
        watches[i] = table->watches[i];
    }
    buffer_free(vm, table->polls, old * sizeof *polls);
    buffer_free(vm, table->watches, old * sizeof *watches);
    table->polls = polls;
    table->watches = watches;
    table->capacity = capacity;
    return true;
}

int poll_check(Loop *loop, int fd) { return fcntl(fd, F_GETFD) < 0 ? errno : 0; }

static short poll_events(int wanted) { return (short)((wanted & WATCH_READ ? POLLIN : 0) | (wanted & WATCH_WRITE ? POLLOUT : 0)); }

int poll_apply(VM *vm, Loop *loop, Watch *watch) {
    PollTable *table = loop->io->native;
    if (watch->wanted == 0) {
        if (watch->slot == 0) return 0;
        size_t at = watch->slot - 1, last = --table->count;
        table->polls[at] = table->polls[last];
        table->watches[at] = table->watches[last];
        table->watches[at]->slot = (uint32_t)at + 1;
        watch->slot = 0;
        return 0;
    }
    if (watch->slot == 0) {
        if (table->count == table->capacity && !table_grow(vm, table)) return raised_clear(vm), ENOMEM;
        table->watches[table->count] = watch;
        watch->slot = (uint32_t)++table->count;
    }
    table->polls[watch->slot - 1] = (struct pollfd){.fd = watch->fd, .events = poll_events(watch->wanted)};
    return 0;
}

// A descriptor in trouble (POLLERR, POLLHUP, POLLNVAL) is ready for whatever was asked: the attempt says what is wrong.
void poll_wait(Loop *loop, double seconds) {
    PollTable *table = loop->io->native;
    struct timespec timeout = {0};
    if (seconds < 1e9) {
        timeout.tv_sec = (time_t)seconds;
        timeout.tv_nsec = (long)ceil((seconds - (double)timeout.tv_sec) * 1e9);
        if (timeout.tv_nsec >= 1000000000) timeout = (struct timespec){.tv_sec = timeout.tv_sec + 1};
    }
    int count = ppoll(table->polls, (nfds_t)table->count, seconds < 1e9 ? &timeout : NULL, NULL);
    for (size_t i = 0; count > 0 && i < table->count; i++) {
        short events = table->polls[i].revents;
        if (events == 0) continue;
        count--;
        int ready = (events & POLLIN ? WATCH_READ : 0) | (events & POLLOUT ? WATCH_WRITE : 0);
        if (events & (POLLERR | POLLHUP | POLLNVAL)) ready = WATCH_READ | WATCH_WRITE;
        if (events & POLLNVAL) {
            table->polls[i].fd = -1;
            table->watches[i]->broken = true;
            table->watches[i]->applied = 0;
        }
        io_report(loop, table->watches[i], ready);
    }
}

size_t poll_descriptors(Loop *loop, LoopDescriptor *out, size_t room) {
    PollTable *table = loop->io->native;
    for (size_t i = 0; i < table->count && i < room; i++) {
        int wanted = table->watches[i]->wanted;
        out[i] = (LoopDescriptor){table->watches[i]->fd, wanted & WATCH_READ, wanted & WATCH_WRITE};
    }
    return table->count;
}

const LoopBackend backend_poll = {"poll", monotonic_now, poll_open, poll_close, poll_check, poll_apply, poll_wait, poll_descriptors, false};
