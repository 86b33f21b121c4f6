// The heap's insides as far as the allocation fast path needs them.
//
//     region (from the allocator) = aligned blocks of 16 KB;  block = header, then cells of one size
//     a free cell: word 0 links to the next one, all other bytes are zero (its kind is KIND_FREE)
//
// Allocating is a pop from the free list of the size class; sweeping a block (lazily, when its class runs out) makes a new list.
#ifndef COIL_VM_HEAP_INLINE_H
#define COIL_VM_HEAP_INLINE_H

#include "vm/vm.h"

// Under AddressSanitizer, free cells are out of bounds but for their header, and so are the bytes of a buffer's cell that were not asked for.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define CELL_FORBID(cell, size) ASAN_POISON_MEMORY_REGION((cell), (size))
#define CELL_ALLOW(cell, size) ASAN_UNPOISON_MEMORY_REGION((cell), (size))
#else
#define CELL_FORBID(cell, size) ((void)(cell), (void)(size))
#define CELL_ALLOW(cell, size) ((void)(cell), (void)(size))
#endif

enum {
    BLOCK_SHIFT = 14,
    BLOCK_SIZE = 1 << BLOCK_SHIFT,
    HEAP_SMALL_MAX = 2048,           // larger objects and buffers are allocations of their own
    HEAP_CLASS_COUNT = 28,           // 16 to 256 in steps of 16, then four to each doubling
    // Classes and shapes are swept after everything else, for freeing an object, a class too, looks at its shape and class.
    HEAP_SPACE_CLASSES = HEAP_CLASS_COUNT,
    HEAP_SPACE_SHAPES,
    HEAP_SPACE_COUNT,
    HEAP_SPACE_NONE = 255,
};

typedef struct FreeCell { struct FreeCell *next; } FreeCell;

typedef enum BlockUse { BLOCK_UNUSED, BLOCK_OBJECTS, BLOCK_BUFFERS, BLOCK_STARTER /* buffers of several sizes */ } BlockUse;

typedef struct Block {
    struct Block *next, *previous;   // in the list of its state
    struct Block *next_of_space;     // all blocks of a space
    FreeCell *free;
    uint32_t cell_size;
    uint32_t cell_count;             // that fit
    uint32_t carved;                 // cells made so far: the tail of a fresh block is not touched
    uint32_t live;                   // buffers in use
    uint8_t use;                     // BlockUse
    uint8_t space;
    bool young;                      // has had allocations since the last collection
    bool finalizers;                 // may hold objects with finalizers
    bool listed;                     // buffer blocks: stands in the list of those with room
    struct Region *region;
} Block;
enum { BLOCK_HEADER = 80 };
_Static_assert(sizeof(Block) <= BLOCK_HEADER && BLOCK_HEADER % 16 == 0, "cells are aligned to 16 bytes");

typedef struct LargeHeader { size_t size; uint8_t finalizers; } LargeHeader;
_Static_assert(sizeof(LargeHeader) == 16, "keeps the object aligned");

typedef struct HeapFast { FreeCell *free[HEAP_SPACE_COUNT]; } HeapFast;   // the first member of Heap

static inline Block *block_of(const void *cell) { return (Block *)((uintptr_t)cell & ~(uintptr_t)(BLOCK_SIZE - 1)); }

static inline unsigned heap_size_class(size_t size) {
    if (size <= 256) return (unsigned)((size + 15) / 16) - (size != 0);
    unsigned group = 63 - (unsigned)__builtin_clzll(size - 1) - 8;
    return 16 + group * 4 + (unsigned)((size - 1 - ((size_t)256 << group)) >> (6 + group));
}

// Bytes of the cell an object stands in.
static inline size_t heap_object_size(const Object *object) {
    return object->gc & GC_LARGE ? ((const LargeHeader *)object - 1)->size : block_of(object)->cell_size;
}

void *heap_new_slow(VM *vm, unsigned space, Kind kind, Shape *shape);

static inline void *heap_new_in_space(VM *vm, unsigned space, Kind kind, Shape *shape) {
    HeapFast *heap = (HeapFast *)vm->heap;
    FreeCell *cell = heap->free[space];
    if (UNLIKELY(cell == NULL)) return heap_new_slow(vm, space, kind, shape);
    heap->free[space] = cell->next;
    CELL_ALLOW(cell, block_of(cell)->cell_size);
    Object *object = (Object *)cell;
    object->shape = shape;
    object->kind = (uint8_t)kind;
    if (kind >= KIND_GENERATOR && kind <= KIND_ASYNC_GENERATOR) block_of(object)->finalizers = true;
    return object;
}

// object_new() for sizes known at compile time: the size class folds away.
static inline void *object_new_inline(VM *vm, Kind kind, Shape *shape, size_t size_bytes) {
    if (size_bytes > HEAP_SMALL_MAX) return object_new(vm, kind, shape, size_bytes);
    return heap_new_in_space(vm, heap_size_class(size_bytes), kind, shape);
}

#endif
