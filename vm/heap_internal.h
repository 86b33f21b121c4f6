// What heap.c and gc.c share.
#ifndef COIL_VM_HEAP_INTERNAL_H
#define COIL_VM_HEAP_INTERNAL_H

#include "vm/heap_inline.h"

struct Weakref;

// A stretch of memory from the allocator, cut into aligned blocks.
typedef struct Region {
    struct Region *next, *previous;
    void *memory;
    size_t size;
    char *first;                     // first aligned block
    char *populated;                 // pages up to here have been asked for
    uint32_t block_count, unused_count;
    uint32_t made;                   // blocks whose memory has been touched; the others are in no list and not in the block table
} Region;

// Blocks of one size class: those with room, and those to sweep. The block whose cells are being handed out is in no list.
typedef struct Space {
    Block *all;
    Block *available, *unswept;
    Block *current;
    uint32_t cell_size;
} Space;

typedef struct ObjectStack { Object **items; size_t count, capacity; } ObjectStack;

typedef enum PendingKind { PENDING_FINALIZER, PENDING_CALLBACK } PendingKind;
typedef struct Pending { PendingKind kind; Object *object; } Pending;

typedef struct RootTracer { void (*trace)(VM *vm, void *data); void *data; } RootTracer;
typedef struct WeakEntry { Object *object; struct Weakref *refs; } WeakEntry;   // object NULL: free, refs then NULL or a tombstone's mark

// Bytes allocated since the last collection that make one due, and bytes of what lives that make the next one a full one, at the least.
// Classes are old from birth: with 16 MB, programs that make and drop classes were resident at 45 MB and 15 % slower.
enum { YOUNG_THRESHOLD_LEAST = 4 << 20, FULL_THRESHOLD_LEAST = 6 << 20 };

struct Heap {
    HeapFast fast;                   // first: heap_inline.h casts
    VM *vm;
    Space spaces[HEAP_SPACE_COUNT];

    // ---- buffers
    Block *buffer_available[HEAP_CLASS_COUNT];   // blocks of buffers with room; the first one is used
    Block *buffer_all[HEAP_CLASS_COUNT];
    Block *starter;                  // the block that buffers of any size are cut from while `starting`
    FreeCell *starter_free[HEAP_CLASS_COUNT];
    bool starting;                   // the VM is being made: what is made now stays to its end

    // ---- memory
    Region *regions;
    Block *unused;                   // blocks in no space
    Block **block_table;             // hash of block addresses: a conservative pointer is looked up here
    size_t block_table_size, block_count;
    uintptr_t lowest, highest;       // of all blocks
    uint32_t next_region_blocks;
    Object **large;                  // objects with allocations of their own; sorted before a conservative scan
    size_t large_count, large_capacity;
    size_t large_sorted;             // so many at the front are in order
    size_t bytes, peak_bytes, limit;

    // ---- when to collect
    size_t allocated;                // bytes handed out since the last collection
    size_t young_threshold;
    size_t old_bytes;                // in marked objects
    size_t buffer_bytes;             // in buffers
    bool keep_emptied;               // a collection that nobody asked for is going on
    size_t full_threshold;           // old_bytes + buffer_bytes that makes the next collection a full one
    size_t young_collections, full_collections;
    uint32_t stress, stress_count;
    uint64_t fail_from, fail_count, allocations;   // heap_set_failure()
    bool enabled, collecting, closing;
    bool full_due;
    bool settled;                    // see gc_frames_are_settled()

    // ---- marking
    ObjectStack marks, remembered, remembered_before, remembered_values, immortals, deferred;
    RootTracer *tracers;
    size_t tracer_count, tracer_capacity;
    bool marks_overflowed, remembered_overflowed;
    size_t marked_bytes;
    bool full;                       // the collection that is going on
    Object *verifying;               // debug builds: see marks_verify()

    // ---- weak references and finalizers
    WeakEntry *weak_table;
    size_t weak_size, weak_used, weak_count;   // slots, slots not free, entries
    Pending *pending;
    size_t pending_count, pending_capacity, pending_next;
    bool running_pending;
    bool finalizing_all;             // live objects are finalized as well

    Class *classes;                  // all classes, linked through `next`
};

// ---- heap.c
// For tests: of the coming allocations of objects and buffers, `count` fail from the one of this number on; 0: none.
void heap_set_failure(VM *vm, uint64_t from, uint64_t count);
bool heap_open(VM *vm, size_t limit_bytes);
void heap_close(VM *vm);
void heap_finish_sweep(VM *vm);      // sweeps what is left, so that every cell is alive or free
void heap_sweep_all(VM *vm);         // after a full marking: everything at once, classes and shapes last
void heap_schedule_sweep(VM *vm);    // after a young marking: blocks with young objects are swept when their class runs out
void heap_release_unused(VM *vm);
Object *heap_find_object(Heap *heap, uintptr_t address);   // the object whose memory the address lies in, or NULL
void heap_sort_large(Heap *heap);
bool object_stack_push(VM *vm, ObjectStack *stack, Object *object);   // no exception when it fails
void object_stack_free(VM *vm, ObjectStack *stack);
void *heap_raw_resize(VM *vm, void *block, size_t old_size, size_t new_size);   // counted, never collects, not zeroed, no exception

// ---- gc.c
bool gc_pending_push(VM *vm, PendingKind kind, Object *object);   // false without memory, nothing raised
void gc_run_pending(VM *vm);
void gc_scan_memory(VM *vm, const char *from, const char *to);   // conservatively
void heap_each_dead_finalizable(VM *vm, bool alive_too, void (*visit)(VM *vm, Object *object));
void object_release(VM *vm, Object *object);   // gives back what a dead object owns outside its cell

// ---- weakref.c: the table
bool weak_table_add(VM *vm, Object *object, struct Weakref *ref);   // false without memory, raised
void weak_table_clear_dead(VM *vm);            // after marking
struct Weakref *weak_table_find(VM *vm, Object *object);

#endif
