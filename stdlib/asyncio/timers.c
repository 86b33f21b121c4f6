// The heap of timers: 4-ary, by time and then by age, so that timers of the same moment go off in the order they were set.
//
// Cancelling marks the handle or the Sleep and leaves its entry; when most entries are such, they are swept out in one pass, so that
// cancelling n timers costs O(n) altogether.
#include "stdlib/asyncio/asyncio.h"

enum { ARITY = 4, FIRST_TIMERS = 16, CANCELLED_KEPT = 100, MANY = 512, AHEAD = 12 };

static bool earlier(const TimerEntry *a, const TimerEntry *b) {
    return a->when < b->when || (a->when == b->when && a->sequence < b->sequence);
}

static void sift_up(TimerEntry *timers, size_t at, TimerEntry entry) {
    while (at > 0) {
        size_t parent = (at - 1) / ARITY;
        if (!earlier(&entry, &timers[parent])) break;
        timers[at] = timers[parent];
        at = parent;
    }
    timers[at] = entry;
}

static void sift_down(TimerEntry *timers, size_t count, size_t at, TimerEntry entry) {
    for (;;) {
        size_t first = at * ARITY + 1, least = at;
        const TimerEntry *best = &entry;
        size_t end = first + ARITY < count ? first + ARITY : count;
        for (size_t child = first; child < end; child++) {
            if (!earlier(&timers[child], best)) continue;
            best = &timers[child];
            least = child;
        }
        if (least == at) break;
        timers[at] = timers[least];
        at = least;
    }
    timers[at] = entry;
}

static Object *entry_object(const TimerEntry *entry) { return (Object *)(entry->item & ~(uintptr_t)TAG_MASK); }
static bool entry_is_handle(const TimerEntry *entry) { return (entry->item & TAG_MASK) == TAG_HANDLE; }

static bool entry_is_cancelled(const TimerEntry *entry) {
    return entry_object(entry)->flags & (entry_is_handle(entry) ? HANDLE_CANCELLED : SLEEP_CANCELLED);
}

bool timers_add(VM *vm, Loop *loop, double when, void *object, unsigned tag) {
    if (loop->timer_count == loop->timer_capacity) {
        size_t capacity = loop->timer_capacity == 0 ? FIRST_TIMERS : loop->timer_capacity + loop->timer_capacity / 2, size;
        if (!size_for(vm, capacity, sizeof *loop->timers, 0, &size)) return false;
        TimerEntry *timers = buffer_resize(vm, loop->timers, loop->timer_capacity * sizeof *timers, size);
        if (timers == NULL) return false;
        loop->timers = timers;
        loop->timer_capacity = capacity;
    }
    sift_up(loop->timers, loop->timer_count++, (TimerEntry){when, loop->timer_sequence++, (uintptr_t)object | tag});
    loop->timer_handles += tag == TAG_HANDLE;
    if (when <= loop->now) loop->clock_due = true;
    gc_write_barrier(vm, loop);
    return true;
}

// The entry leaves the heap: its object is told.
static void entry_forget(Loop *loop, const TimerEntry *entry) {
    Object *object = entry_object(entry);
    if (entry_is_handle(entry)) {
        object->flags &= (uint16_t)~HANDLE_SCHEDULED;
        loop->timer_handles--;
    } else {
        object->flags &= (uint16_t)~SLEEP_ARMED;
    }
}

static TimerEntry pop_first(Loop *loop) {
    TimerEntry first = loop->timers[0];
    if (--loop->timer_count > 0) sift_down(loop->timers, loop->timer_count, 0, loop->timers[loop->timer_count]);
    if (entry_is_cancelled(&first)) loop->timers_cancelled--;
    entry_forget(loop, &first);
    return first;
}

bool timers_next(Loop *loop, double *out_when) {
    while (loop->timer_count > 0 && entry_is_cancelled(&loop->timers[0])) pop_first(loop);
    if (loop->timer_count == 0) return false;
    *out_when = loop->timers[0].when;
    return true;
}

bool timers_move_due(VM *vm, Loop *loop, double end) {
    while (loop->timer_count > 0 && (loop->timers[0].when < end || entry_is_cancelled(&loop->timers[0]))) {
        TimerEntry entry = loop->timers[0];
        if (loop->timer_count > MANY)   // one of these is the next
            for (size_t child = 1; child <= ARITY; child++) __builtin_prefetch(entry_object(&loop->timers[child]), 1);
        if (!entry_is_cancelled(&entry)) {
            if (!loop_push(vm, loop, entry_object(&entry), entry.item & TAG_MASK)) return false;
            if (!entry_is_handle(&entry)) entry_object(&entry)->flags |= SLEEP_QUEUED;
        }
        pop_first(loop);
    }
    return true;
}

// The objects stand all over the memory: their headers are asked for a few entries ahead.
static void look_ahead(const Loop *loop, size_t at) {
    if (at + AHEAD >= loop->timer_count) return;
    const Object *object = entry_object(&loop->timers[at + AHEAD]);
    gc_keep(object);   // else gcc takes this for a function without effects
    __builtin_prefetch(object, 1);
}

void timers_drop_cancelled(Loop *loop) {
    if (loop->timers_cancelled <= CANCELLED_KEPT || loop->timers_cancelled * 2 <= loop->timer_count) return;
    size_t kept = 0;
    for (size_t i = 0; i < loop->timer_count; i++) {
        look_ahead(loop, i);
        if (entry_is_cancelled(&loop->timers[i])) entry_forget(loop, &loop->timers[i]);
        else loop->timers[kept++] = loop->timers[i];
    }
    loop->timer_count = kept;
    loop->timers_cancelled = 0;
    for (size_t i = kept > 1 ? (kept - 2) / ARITY + 1 : 0; i-- > 0;) sift_down(loop->timers, kept, i, loop->timers[i]);
}
