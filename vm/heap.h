// The heap and the collector, as the rest of the VM sees them. heap.c: size-class blocks, large objects, buffers, accounting.
// gc.c: marking, sweeping, barrier, weak references, finalizers.
//
// Non-moving, generational mark-sweep with sticky mark bits. Roots: VM stacks and tables precisely, the C stack conservatively
// (from vm->c_stack_base to here; interior pointers count). So C code holds Values and pointers in locals freely; what it must do:
//   - after storing a reference into an object that is not brand new, call gc_write_barrier(vm, that object);
//   - never keep the only reference to an object in malloc'd or buffer memory that nothing traces;
//   - re-read sizes and pointers after any call that may run Python code.
// Collections start at safepoints of the interpreter loop, or where an allocation would break the limit.
#ifndef COIL_VM_HEAP_H
#define COIL_VM_HEAP_H

#include "vm/object.h"

// A zeroed object of size_bytes (>= 16) with its header set. NULL with MemoryError raised when there is no memory.
MUST_CHECK void *object_new(VM *vm, Kind kind, Shape *shape, size_t size_bytes);

// Memory outside objects (list items, tables), counted against the limit. Zeroed when fresh (the grown part as well).
// NULL with MemoryError raised. `old_size` must be the size asked for before. new_size 0 frees and returns NULL.
MUST_CHECK void *buffer_new(VM *vm, size_t size);
MUST_CHECK void *buffer_resize(VM *vm, void *buffer, size_t old_size, size_t new_size);
void buffer_free(VM *vm, void *buffer, size_t size);
// The same without zeroing: for what is overwritten at once, or never read before it is written.
MUST_CHECK void *buffer_new_unset(VM *vm, size_t size);
MUST_CHECK void *buffer_resize_unset(VM *vm, void *buffer, size_t old_size, size_t new_size);

// size = count * item_size (+ extra), or false with MemoryError raised on overflow.
MUST_CHECK bool size_for(VM *vm, size_t count, size_t item_size, size_t extra, size_t *out_size);

// Memory that a library has taken for itself, past the allocator: counted, so that limits see it.
void heap_count_outside(VM *vm, size_t size);
void heap_release_outside(VM *vm, size_t size);

// Raises MemoryError unless `size` more bytes would fit in the VM's limit: before long work with a known result size.
MUST_CHECK bool heap_would_fit(VM *vm, size_t size);

// ---- for trace functions
void gc_mark_object(VM *vm, void *object_or_null);
static inline void gc_mark_value(VM *vm, Value v) {
    if (is_object(v)) gc_mark_object(vm, to_object(v));
}

// ---- write barrier
void gc_remember(VM *vm, Object *container);
static inline void gc_write_barrier(VM *vm, void *container) {
    Object *object = container;
    if (UNLIKELY(object->gc & GC_BARRIER)) gc_remember(vm, object);
}

// The same for one value stored into a list, dict or set: an old container with thousands of items is not looked through again for it, the
// value itself is remembered.
void gc_remember_value(VM *vm, Object *container, Value value);
static inline void gc_write_barrier_value(VM *vm, void *container, Value value) {
    Object *object = container;
    if (UNLIKELY(object->gc & GC_BARRIER)) gc_remember_value(vm, object, value);
}

// The object is alive up to here. For C code that goes on with a pointer into memory *outside* an object (a list's items, a bytearray's or a
// flattened string's data) and has no further use for the object itself: the compiler then forgets its address, and the collector finds
// nothing on the stack that leads to it. Pointers into the object itself (tuple items, most strings) keep it alive without this.
static inline void gc_keep(const void *object) { __asm__ volatile("" : : "r"(object) : "memory"); }
static inline void gc_keep_value(Value v) { __asm__ volatile("" : : "r"(v.bits) : "memory"); }

// ---- collections
void gc_collect_due(VM *vm);                 // the one that the allocation of memory asks for
void gc_collect_outside(VM *vm);             // a full one for a host that no Python code has called: nothing on the C stack counts
void gc_scrub_stack(void);                   // zeroes the C stack below the caller: what matters is collectable soon
void gc_collect(VM *vm, bool full);          // only where every live object is reachable from roots or the C stack: everywhere
// gc.collect(), the native `caller`: a full one, then finalizers and callbacks. When the loop is calling it, with no other C code in between,
// dead temporaries of the frames are let go.
void gc_collect_for_python(VM *vm, Value (*caller)(VM *vm, const Value *args, int argc));
// While vm->skip_temporaries: the object is traced once more when it is over. False: no memory for that, so it has to be traced now.
bool gc_defer(VM *vm, Object *object);
bool gc_frames_are_settled(VM *vm);          // for frames_trace(): no call is being prepared, every frame stands at an instruction
void gc_safepoint(VM *vm);                   // collects when due, then, unless vm->charging, runs pending finalizers and callbacks

// Makes an object a root for the VM's lifetime.
void gc_make_immortal(VM *vm, void *object);

// For weak tables: after marking, is the object alive? Their owners' sweep functions (str_interned_sweep, object_ids_sweep,
// code_clear_dead_caches) are called between marking and sweeping.
static inline bool gc_is_marked(const void *object) { return ((const Object *)object)->gc & GC_MARKED; }
// Makes a new object old at once: only a full collection can free it. For what weak tables name (interned strings, shapes, classes),
// so that young collections need not look at the tables.
void gc_tenure(VM *vm, void *object);
// The object, of a class whose instances the collector may have to finalize (__del__ and the like), is noted as such.
// Generators need no such call.
void gc_track_finalizer(VM *vm, void *object);

// More roots: `trace` is called with `data` in every collection (state of native modules, handles of the API). Once per VM and data.
MUST_CHECK bool gc_add_roots(VM *vm, void (*trace)(VM *vm, void *data), void *data);
void gc_remove_roots(VM *vm, void *data);
// Queues the finalizers of everything that has one, dead or alive, and runs them: the end of a program.
bool gc_has_finalizers(VM *vm);              // or weak references
void gc_finalize_all(VM *vm);

typedef struct HeapStats {
    size_t bytes, peak_bytes;            // asked from the allocator
    size_t young_collections, full_collections;
    size_t allocated_bytes;              // since the last collection
} HeapStats;
HeapStats heap_stats(VM *vm);
void heap_set_limit(VM *vm, size_t limit_bytes);                          // 0: none
void heap_set_stress(VM *vm, uint32_t every);                             // collect at every n-th allocation (COIL_GC_STRESS); 0: never
bool gc_set_enabled(VM *vm, bool enabled);                                // gc.disable(); returns what was before
void gc_each_object(VM *vm, void (*visit)(void *user, Object *object), void *user);

#endif
