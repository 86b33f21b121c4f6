// The heap: size-class blocks of objects, small buffers, large allocations, accounting and the limit. heap_inline.h has the drawing.
#define _GNU_SOURCE 1   // madvise
#include "vm/heap_internal.h"

#include "vm/errors.h"
#include "vm/limits.h"
#include "vm/types/class.h"

#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

enum {
    CARVE_BYTES = 4096,              // a fresh block is cut so much at a time: a small program touches few pages
    REGION_BLOCKS_FIRST = 40,        // 640 KB: what the built-in types need, and some
    REGION_BLOCKS_MAX = 256,
    KEEP_UNUSED = 8 << 20,           // regions that a collection has emptied: the system is slow to give such memory again
    POPULATE_LEAST = 32 << 10,
    PREPARE_STEP = 8 << 20,
    POPULATE_STEP = 1 << 20,
    POPULATE_STEP_SMALL = 128 << 10, // while the heap is small: pages are resident memory, used or not
    // What a new VM and a small script take is touched page by page: a block of each size, most of it never.
    POPULATE_FROM_BLOCK = REGION_BLOCKS_FIRST,
    SMALL_HEAP = 4 << 20,
    BYTES_PER_TICK = 512,
};

static const uint16_t class_sizes[HEAP_CLASS_COUNT] = {
    16,  32,  48,  64,  80,  96,  112, 128, 144, 160, 176, 192,  208,  224,
    240, 256, 320, 384, 448, 512, 640, 768, 896, 1024, 1280, 1536, 1792, 2048,
};

// ---- memory from the allocator

static void heap_count(Heap *heap, size_t old_size, size_t new_size) {
    heap->bytes += new_size - old_size;
    if (heap->bytes > heap->peak_bytes) heap->peak_bytes = heap->bytes;
}

// Asks the kernel for the pages of memory that is about to be written, all at once: a fault for each of them costs 1 to 80 microseconds (in
// virtual machines), this a twentieth of it. Only for the C library's memory; a host's may be of another kind.
static void memory_populate(VM *vm, void *memory, size_t size) {
#if defined(__linux__) && defined(MADV_POPULATE_WRITE)
    const uintptr_t page = 4096;
    uintptr_t from = ((uintptr_t)memory + page - 1) & ~(page - 1), to = ((uintptr_t)memory + size) & ~(page - 1);
    if (vm->allocator.resize != allocator_of_libc.resize || to < from + POPULATE_LEAST) return;
    (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
#endif
}

// The same for new memory that nothing knows of yet, which is zeroed as well if that is asked for: a piece at a time, for gigabytes take seconds,
// and limits and interrupts hold meanwhile. False: one of them wants the VM to stop, and an exception is raised.
static bool memory_prepare(VM *vm, char *memory, size_t size, bool zero) {
    for (size_t at = 0; at < size; at += PREPARE_STEP) {
        size_t step = size - at < PREPARE_STEP ? size - at : PREPARE_STEP;
        if (UNLIKELY(at > 0) && limits_are_over(vm) && !vm_poll(vm)) return false;
        if (step >= POPULATE_LEAST) memory_populate(vm, memory + at, step);
        if (zero) memset(memory + at, 0, step);
    }
    return true;
}

void *heap_raw_resize(VM *vm, void *block, size_t old_size, size_t new_size) {
    Heap *heap = vm->heap;
    if (new_size > old_size && heap->limit) {
        size_t more = new_size - old_size;
        if (heap->bytes > heap->limit || more > heap->limit - heap->bytes) return NULL;
    }
    void *result = alloc_resize(&vm->allocator, block, old_size, new_size);
    if (result != NULL || new_size == 0) heap_count(heap, old_size, new_size);
    return result;
}

// As heap_raw_resize(), but collects and tries again before giving up.
static void *heap_resize(VM *vm, void *block, size_t old_size, size_t new_size) {
    if (new_size > old_size) vm->ticks -= (int64_t)((new_size - old_size) / BYTES_PER_TICK);   // it is going to be written
    void *result = heap_raw_resize(vm, block, old_size, new_size);
    if (LIKELY(result != NULL) || new_size == 0) return result;
    gc_collect(vm, true);
    return heap_raw_resize(vm, block, old_size, new_size);
}

bool object_stack_push(VM *vm, ObjectStack *stack, Object *object) {
    if (UNLIKELY(stack->count == stack->capacity)) {
        size_t capacity = stack->capacity ? stack->capacity * 2 : 64;
        Object **items = heap_raw_resize(vm, stack->items, stack->capacity * sizeof *items, capacity * sizeof *items);
        if (items == NULL) return false;
        stack->items = items;
        stack->capacity = capacity;
    }
    stack->items[stack->count++] = object;
    return true;
}

void object_stack_free(VM *vm, ObjectStack *stack) {
    if (stack->items != NULL) heap_raw_resize(vm, stack->items, stack->capacity * sizeof *stack->items, 0);
    *stack = (ObjectStack){0};
}

// ---- regions and blocks

static size_t block_hash(uintptr_t address, size_t size) { return (address >> BLOCK_SHIFT) * 0x9e3779b97f4a7c15u >> 20 & (size - 1); }

static void block_table_put(Block **table, size_t size, Block *block) {
    size_t i = block_hash((uintptr_t)block, size);
    while (table[i] != NULL) i = (i + 1) & (size - 1);
    table[i] = block;
}

static bool block_table_reserve(VM *vm, size_t more) {
    Heap *heap = vm->heap;
    if ((heap->block_count + more) * 2 <= heap->block_table_size) return true;
    size_t size = heap->block_table_size ? heap->block_table_size : 64;
    while ((heap->block_count + more) * 2 > size) size *= 2;
    Block **table = heap_raw_resize(vm, NULL, 0, size * sizeof *table);
    if (table == NULL) return false;
    memset(table, 0, size * sizeof *table);
    for (size_t i = 0; i < heap->block_table_size; i++)
        if (heap->block_table[i] != NULL) block_table_put(table, size, heap->block_table[i]);
    if (heap->block_table != NULL) heap_raw_resize(vm, heap->block_table, heap->block_table_size * sizeof *table, 0);
    heap->block_table = table;
    heap->block_table_size = size;
    return true;
}

static void block_table_rebuild(Heap *heap) {
    memset(heap->block_table, 0, heap->block_table_size * sizeof *heap->block_table);
    heap->block_count = 0;
    heap->lowest = UINTPTR_MAX;
    heap->highest = 0;
    for (Region *region = heap->regions; region != NULL; region = region->next) {
        for (uint32_t i = 0; i < region->made; i++)
            block_table_put(heap->block_table, heap->block_table_size, (Block *)(region->first + (size_t)i * BLOCK_SIZE));
        heap->block_count += region->block_count;
        uintptr_t first = (uintptr_t)region->first, end = first + (size_t)region->block_count * BLOCK_SIZE;
        if (first < heap->lowest) heap->lowest = first;
        if (end > heap->highest) heap->highest = end;
    }
}

static void block_push(Block **list, Block *block) {
    block->previous = NULL;
    block->next = *list;
    if (*list != NULL) (*list)->previous = block;
    *list = block;
}

static void block_unlink(Block **list, Block *block) {
    if (block->previous != NULL) block->previous->next = block->next;
    else *list = block->next;
    if (block->next != NULL) block->next->previous = block->previous;
    block->next = block->previous = NULL;
}

// One more region. Smaller ones are tried when memory is short.
static bool region_new(VM *vm) {
    Heap *heap = vm->heap;
    for (uint32_t count = heap->next_region_blocks;; count /= 2) {
        size_t size = ((size_t)count + 1) * BLOCK_SIZE;
        char *memory = NULL;
        Region *region = NULL;
        if (block_table_reserve(vm, count + 1)) region = heap_raw_resize(vm, NULL, 0, sizeof *region);
        if (region != NULL) memory = heap_raw_resize(vm, NULL, 0, size);
        if (memory == NULL) {
            if (region != NULL) heap_raw_resize(vm, region, sizeof *region, 0);
            if (count <= 1) return false;
            continue;
        }
        char *first = (char *)(((uintptr_t)memory + BLOCK_SIZE - 1) & ~(uintptr_t)(BLOCK_SIZE - 1));
        uint32_t blocks = (uint32_t)((size_t)(memory + size - first) >> BLOCK_SHIFT);
        *region = (Region){heap->regions, NULL, memory, size, first, first, blocks, blocks, 0};
        if (heap->regions != NULL) heap->regions->previous = region;
        heap->regions = region;
        heap->block_count += blocks;
        uintptr_t low = (uintptr_t)first, high = low + (size_t)blocks * BLOCK_SIZE;
        if (low < heap->lowest) heap->lowest = low;
        if (high > heap->highest) heap->highest = high;
        // Half of what there is: a small heap does not ask for much more than it needs.
        uint32_t half = (uint32_t)(heap->block_count / 2);
        if (half > heap->next_region_blocks) heap->next_region_blocks = half < REGION_BLOCKS_MAX ? half : REGION_BLOCKS_MAX;
        return true;
    }
}

// The next block of the newest region that was never used; NULL when there is none.
static Block *block_make(VM *vm) {
    Heap *heap = vm->heap;
    Region *region = heap->regions;
    if (region == NULL || region->made == region->block_count) return NULL;
    Block *block = (Block *)(region->first + (size_t)region->made++ * BLOCK_SIZE);
    if (region->next == NULL && region->made <= POPULATE_FROM_BLOCK) {
        region->populated = (char *)block + BLOCK_SIZE;
    } else if ((char *)block >= region->populated) {
        size_t left = (size_t)(region->first + region->block_count * (size_t)BLOCK_SIZE - region->populated);
        size_t step = heap->bytes < SMALL_HEAP ? POPULATE_STEP_SMALL : POPULATE_STEP;
        if (step > left) step = left;
        memory_populate(vm, region->populated, step);
        region->populated += step;
    }
    *block = (Block){.region = region};
    block_table_put(heap->block_table, heap->block_table_size, block);
    return block;
}

// An unused block for cells of this size; NULL without memory. Never collects.
static Block *block_take(VM *vm, BlockUse use, unsigned space, uint32_t cell_size) {
    Heap *heap = vm->heap;
    Block *block = heap->unused;
    if (block != NULL) block_unlink(&heap->unused, block);
    else if ((block = block_make(vm)) == NULL && (!region_new(vm) || (block = block_make(vm)) == NULL)) return NULL;
    block->region->unused_count--;
    CELL_ALLOW((char *)block + BLOCK_HEADER, BLOCK_SIZE - BLOCK_HEADER);
    *block = (Block){.region = block->region, .cell_size = cell_size, .cell_count = (BLOCK_SIZE - BLOCK_HEADER) / cell_size,
                     .use = (uint8_t)use, .space = (uint8_t)space};
    return block;
}

static void block_give_back(Heap *heap, Block *block) {
    Region *region = block->region;
    *block = (Block){.region = region};
    region->unused_count++;
    block_push(&heap->unused, block);
}

static inline char *block_cells(Block *block) { return (char *)block + BLOCK_HEADER; }

// Cuts some more cells off the untouched tail of a block and puts them into its free list.
static bool block_carve(Block *block) {
    uint32_t left = block->cell_count - block->carved;
    if (left == 0) return false;
    uint32_t count = CARVE_BYTES / block->cell_size;
    if (count == 0) count = 1;
    if (count > left) count = left;
    char *cells = block_cells(block) + (size_t)block->carved * block->cell_size;
    memset(cells, 0, (size_t)count * block->cell_size);
    for (uint32_t i = count; i-- > 0;) {
        FreeCell *cell = (FreeCell *)(cells + (size_t)i * block->cell_size);
        cell->next = block->free;
        block->free = cell;
        CELL_FORBID((char *)cell + sizeof(Object), block->cell_size - sizeof(Object));
    }
    block->carved += count;
    return true;
}

void heap_release_unused(VM *vm) {
    Heap *heap = vm->heap;
    bool any = false;
    // Who asks for a collection wants the memory back, and under a limit every byte may be wanted elsewhere.
    size_t kept = heap->keep_emptied && heap->limit == 0 ? 0 : KEEP_UNUSED;
    for (Region *region = heap->regions, *next; region != NULL; region = next) {
        next = region->next;
        if (region->unused_count != region->block_count) continue;
        if (kept < KEEP_UNUSED) {
            kept += region->size;
            continue;
        }
        for (uint32_t i = 0; i < region->made; i++)
            block_unlink(&heap->unused, (Block *)(region->first + (size_t)i * BLOCK_SIZE));
        if (region->previous != NULL) region->previous->next = region->next;
        else heap->regions = region->next;
        if (region->next != NULL) region->next->previous = region->previous;
        heap_raw_resize(vm, region->memory, region->size, 0);
        heap_raw_resize(vm, region, sizeof *region, 0);
        any = true;
    }
    if (any) block_table_rebuild(heap);
}

// ---- sweeping

// Frees the unmarked objects of a block and makes its free list anew, in the order of addresses. Gives the number of objects left.
static uint32_t block_sweep(VM *vm, Block *block) {
    char *cell = block_cells(block);
    size_t size = block->cell_size;
    FreeCell *first = NULL, **last = &first;
    uint32_t alive = 0;
    for (uint32_t i = 0; i < block->carved; i++, cell += size) {
        Object *object = (Object *)cell;
        if (object->gc & GC_MARKED) {
            alive++;
            continue;
        }
        if (object->kind != KIND_FREE) {
            object_release(vm, object);
            memset(cell, 0, size);
            CELL_FORBID(cell + sizeof(Object), size - sizeof(Object));
        }
        *last = (FreeCell *)cell;
        last = &((FreeCell *)cell)->next;
    }
    *last = NULL;
    block->free = first;
    block->young = false;
    if (alive == 0) block->finalizers = false;
    return alive;
}

// A block without objects leaves its space.
static void space_drop(Heap *heap, Space *space, Block *block) {
    Block **link = &space->all;
    while (*link != block) link = &(*link)->next_of_space;
    *link = block->next_of_space;
    block_give_back(heap, block);
}

// Hands out no more from the current block: what is left of its list goes back to it.
static void space_retire_current(Heap *heap, unsigned number) {
    Space *space = &heap->spaces[number];
    Block *block = space->current;
    if (block == NULL) return;
    FreeCell *rest = heap->fast.free[number];
    if (rest != NULL) {
        FreeCell *end = rest;
        if (block->free != NULL) {   // under stress cells are handed out singly
            while (end->next != NULL) end = end->next;
            end->next = block->free;
        }
        block->free = rest;
    }
    heap->fast.free[number] = NULL;
    space->current = NULL;
    if (block->free != NULL || block->carved < block->cell_count) block_push(&space->available, block);
}

// space_drop() walks a list, so a whole space is swept in one pass over that list instead.
static void space_sweep(VM *vm, unsigned number) {
    Heap *heap = vm->heap;
    Space *space = &heap->spaces[number];
    space->available = space->unswept = NULL;
    for (Block **link = &space->all, *block; (block = *link) != NULL;) {
        if (block_sweep(vm, block) == 0) {
            *link = block->next_of_space;
            block_give_back(heap, block);
            continue;
        }
        if (block->free != NULL || block->carved < block->cell_count) block_push(&space->available, block);
        link = &block->next_of_space;
    }
}

static void large_sweep(VM *vm) {
    Heap *heap = vm->heap;
    size_t kept = 0, sorted = 0;
    for (size_t i = 0; i < heap->large_count; i++) {
        Object *object = heap->large[i];
        if (object->gc & GC_MARKED) {
            heap->large[kept++] = object;
            if (i < heap->large_sorted) sorted = kept;
            continue;
        }
        object_release(vm, object);
        LargeHeader *header = (LargeHeader *)object - 1;
        heap_raw_resize(vm, header, header->size + sizeof *header, 0);
    }
    heap->large_count = kept;
    heap->large_sorted = sorted;
}

void heap_finish_sweep(VM *vm) {
    Heap *heap = vm->heap;
    for (unsigned i = 0; i < HEAP_SPACE_COUNT; i++) {
        space_retire_current(heap, i);
        Space *space = &heap->spaces[i];
        for (Block *block; (block = space->unswept) != NULL;) {
            block_unlink(&space->unswept, block);
            if (block_sweep(vm, block) == 0) space_drop(heap, space, block);
            else if (block->free != NULL || block->carved < block->cell_count) block_push(&space->available, block);
        }
    }
}

void heap_sweep_all(VM *vm) {
    large_sweep(vm);
    for (unsigned i = 0; i < HEAP_SPACE_COUNT; i++) space_sweep(vm, i);   // classes and shapes come last
    heap_release_unused(vm);
}

void heap_schedule_sweep(VM *vm) {
    Heap *heap = vm->heap;
    for (unsigned i = 0; i < HEAP_SPACE_CLASSES; i++) {
        Space *space = &heap->spaces[i];
        space->available = space->unswept = NULL;
        for (Block *block = space->all; block != NULL; block = block->next_of_space) {
            if (block->young) block_push(&space->unswept, block);
            else if (block->free != NULL || block->carved < block->cell_count) block_push(&space->available, block);
        }
    }
    large_sweep(vm);
}

// ---- objects

// Counts what has been handed out; a collection becomes due, and is made at once when the loop does not get round to it.
static void heap_allocated(VM *vm, size_t size) {
    Heap *heap = vm->heap;
    heap->allocated += size;
    if (LIKELY(heap->allocated < heap->young_threshold) || !heap->enabled) return;
    vm->collection_due = true;
    if (heap->allocated >= 2 * heap->young_threshold) gc_collect_due(vm);
}

// What tests ask for at every allocation: a collection, or (false) that it fails.
static bool heap_stress(VM *vm) {
    Heap *heap = vm->heap;
    if (heap->fail_from && ++heap->allocations >= heap->fail_from && heap->allocations - heap->fail_from < heap->fail_count) return false;
    if (heap->collecting || ++heap->stress_count % heap->stress != 0) return true;
    gc_collect(vm, heap->stress_count / heap->stress % 16 == 0);
    return true;
}

// Makes the free list of a space non-empty from a block with room; NULL without memory.
static Block *space_refill(VM *vm, unsigned number) {
    Heap *heap = vm->heap;
    Space *space = &heap->spaces[number];
    Block *block = space->current;
    if (block != NULL && (block->free != NULL || block_carve(block))) return block;
    space->current = NULL;
    while ((block = space->available) != NULL) {
        block_unlink(&space->available, block);
        if (block->free != NULL || block_carve(block)) return block;
    }
    if (number < HEAP_SPACE_CLASSES) {
        while ((block = space->unswept) != NULL) {
            block_unlink(&space->unswept, block);
            block_sweep(vm, block);
            if (block->free != NULL || block_carve(block)) return block;
        }
    }
    block = block_take(vm, BLOCK_OBJECTS, number, space->cell_size);
    if (block == NULL) return NULL;
    block->next_of_space = space->all;
    space->all = block;
    block_carve(block);
    return block;
}

void *heap_new_slow(VM *vm, unsigned number, Kind kind, Shape *shape) {
    Heap *heap = vm->heap;
    Space *space = &heap->spaces[number];
    if (UNLIKELY(heap->stress) && !heap_stress(vm)) {
        raise_no_memory(vm);
        return NULL;
    }
    Block *block = space_refill(vm, number);
    if (UNLIKELY(block == NULL) && !heap->collecting) {
        gc_collect(vm, true);
        block = space_refill(vm, number);
    }
    if (UNLIKELY(block == NULL)) {
        raise_no_memory(vm);
        return NULL;
    }
    space->current = block;
    block->young = true;
    FreeCell *cell = block->free;
    size_t handed_out = space->cell_size;
    if (UNLIKELY(heap->stress)) {
        block->free = cell->next;    // one at a time, so that the next allocation comes here too
    } else {
        for (FreeCell *next = cell->next; next != NULL; next = next->next) handed_out += space->cell_size;
        heap->fast.free[number] = cell->next;
        block->free = NULL;
    }
    CELL_ALLOW(cell, space->cell_size);
    // The object must be seen as one before a collection can start.
    Object *object = (Object *)cell;
    object->shape = shape;
    object->kind = (uint8_t)kind;
    if (kind >= KIND_GENERATOR && kind <= KIND_ASYNC_GENERATOR) block->finalizers = true;
    Object *volatile kept = object;
    heap_allocated(vm, handed_out);
    return kept;
}

static void *object_new_large(VM *vm, Kind kind, Shape *shape, size_t size) {
    Heap *heap = vm->heap;
    if (UNLIKELY(heap->stress) && !heap_stress(vm)) {
        raise_no_memory(vm);
        return NULL;
    }
    size_t total;
    if (__builtin_add_overflow(size, sizeof(LargeHeader) + 7, &total)) {
        raise_no_memory(vm);
        return NULL;
    }
    size = (size + 7) & ~(size_t)7;
    total = size + sizeof(LargeHeader);
    LargeHeader *header = heap_resize(vm, NULL, 0, total);
    if (header == NULL) {
        raise_no_memory(vm);
        return NULL;
    }
    if (heap->large_count == heap->large_capacity) {
        size_t capacity = heap->large_capacity ? heap->large_capacity * 2 : 64;
        Object **large = heap_resize(vm, heap->large, heap->large_capacity * sizeof *large, capacity * sizeof *large);
        if (large == NULL) {
            heap_raw_resize(vm, header, total, 0);
            raise_no_memory(vm);
            return NULL;
        }
        heap->large = large;
        heap->large_capacity = capacity;
    }
    if (UNLIKELY(!memory_prepare(vm, (char *)header, total, true))) {
        heap_raw_resize(vm, header, total, 0);
        return NULL;
    }
    header->size = size;
    Object *object = (Object *)(header + 1);
    object->shape = shape;
    object->kind = (uint8_t)kind;
    object->gc = GC_LARGE;
    if (kind >= KIND_GENERATOR && kind <= KIND_ASYNC_GENERATOR) header->finalizers = true;
    heap->large[heap->large_count++] = object;
    Object *volatile kept = object;
    heap_allocated(vm, size);
    return kept;
}

void *object_new(VM *vm, Kind kind, Shape *shape, size_t size) {
    if (LIKELY(size <= HEAP_SMALL_MAX)) return heap_new_in_space(vm, heap_size_class(size), kind, shape);
    return object_new_large(vm, kind, shape, size);
}

void gc_track_finalizer(VM *vm, void *pointer) {
    Object *object = pointer;
    if (object->gc & GC_LARGE) ((LargeHeader *)object - 1)->finalizers = true;
    else block_of(object)->finalizers = true;
}

// ---- conservative lookup

static int object_address_compare(const void *a, const void *b) {
    uintptr_t left = (uintptr_t) * (Object *const *)a, right = (uintptr_t) * (Object *const *)b;
    return (left > right) - (left < right);
}

void heap_sort_large(Heap *heap) {
    if (heap->large_sorted == heap->large_count) return;
    qsort(heap->large, heap->large_count, sizeof *heap->large, object_address_compare);
    heap->large_sorted = heap->large_count;
}

static Object *large_find(Heap *heap, uintptr_t address) {
    size_t low = 0, high = heap->large_count;   // the last object at or below the address
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((uintptr_t)heap->large[middle] <= address) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return NULL;
    Object *object = heap->large[low - 1];
    return address - (uintptr_t)object <= ((LargeHeader *)object - 1)->size ? object : NULL;
}

Object *heap_find_object(Heap *heap, uintptr_t address) {
    if (address >= heap->lowest && address < heap->highest) {
        uintptr_t base = address & ~(uintptr_t)(BLOCK_SIZE - 1);
        for (size_t i = block_hash(base, heap->block_table_size);; i = (i + 1) & (heap->block_table_size - 1)) {
            Block *block = heap->block_table[i];
            if (block == NULL) break;
            if ((uintptr_t)block != base) continue;
            size_t offset = address - base;
            if (block->use != BLOCK_OBJECTS || offset < BLOCK_HEADER) return NULL;
            size_t index = (offset - BLOCK_HEADER) / block->cell_size;
            if (index >= block->carved) return NULL;
            Object *object = (Object *)(block_cells(block) + index * block->cell_size);
            return object->kind != KIND_FREE ? object : NULL;
        }
    }
    return heap->large_count ? large_find(heap, address) : NULL;
}

void gc_each_object(VM *vm, void (*visit)(void *user, Object *object), void *user) {
    Heap *heap = vm->heap;
    for (unsigned i = 0; i < HEAP_SPACE_COUNT; i++) {
        for (Block *block = heap->spaces[i].all; block != NULL; block = block->next_of_space) {
            for (uint32_t j = 0; j < block->carved; j++) {
                Object *object = (Object *)(block_cells(block) + (size_t)j * block->cell_size);
                if (object->kind != KIND_FREE) visit(user, object);
            }
        }
    }
    for (size_t i = 0; i < heap->large_count; i++) visit(user, heap->large[i]);
}

// The unmarked objects (or all) that were noted as having a finalizer, and that may have died in this collection.
void heap_each_dead_finalizable(VM *vm, bool alive_too, void (*visit)(VM *vm, Object *object)) {
    Heap *heap = vm->heap;
    for (unsigned i = 0; i < HEAP_SPACE_CLASSES; i++) {
        for (Block *block = heap->spaces[i].all; block != NULL; block = block->next_of_space) {
            if (!block->finalizers || !(heap->full || block->young || alive_too)) continue;
            char *cell = block_cells(block);
            for (uint32_t j = 0; j < block->carved; j++, cell += block->cell_size) {
                Object *object = (Object *)cell;
                if (object->kind != KIND_FREE && (alive_too || !(object->gc & GC_MARKED))) visit(vm, object);
            }
        }
    }
    for (size_t i = 0; i < heap->large_count; i++) {
        Object *object = heap->large[i];
        if (((LargeHeader *)object - 1)->finalizers && (alive_too || !(object->gc & GC_MARKED))) visit(vm, object);
    }
}

// ---- buffers

bool size_for(VM *vm, size_t count, size_t item_size, size_t extra, size_t *out_size) {
    size_t size;
    if (__builtin_mul_overflow(count, item_size, &size) || __builtin_add_overflow(size, extra, &size) || size > SIZE_MAX / 4) {
        raise_no_memory(vm);
        return false;
    }
    *out_size = size;
    return true;
}

void heap_count_outside(VM *vm, size_t size) { heap_count(vm->heap, 0, size); }
void heap_release_outside(VM *vm, size_t size) { heap_count(vm->heap, size, 0); }

bool heap_would_fit(VM *vm, size_t size) {
    Heap *heap = vm->heap;
    if (size > SIZE_MAX / 4) {
        raise_no_memory(vm);
        return false;
    }
    if (heap->limit == 0) return true;
    if (heap->bytes <= heap->limit && size <= heap->limit - heap->bytes) return true;
    gc_collect(vm, true);
    if (heap->bytes <= heap->limit && size <= heap->limit - heap->bytes) return true;
    raise_no_memory(vm);
    return false;
}

// Buffers of a VM that is being made are cut one behind the other from common blocks: a block for each of their sizes would be half empty for
// ever. Such a block counts 16 bytes for each, is never listed and never given back.
static void *starter_take(VM *vm, unsigned class) {
    Heap *heap = vm->heap;
    FreeCell *free = heap->starter_free[class];
    if (free != NULL) {
        heap->starter_free[class] = free->next;
        heap->buffer_bytes += block_of(free)->cell_size;
        return free;
    }
    Block *block = heap->starter;
    size_t size = class_sizes[class], at = block == NULL ? BLOCK_SIZE : BLOCK_HEADER + (size_t)block->carved * 16;
    if (at + size > BLOCK_SIZE) {
        block = block_take(vm, BLOCK_STARTER, 0, 16);
        if (block == NULL) return NULL;
        heap->starter = block;
        at = BLOCK_HEADER;
    }
    block->carved += (uint32_t)(size / 16);
    heap->buffer_bytes += block->cell_size;
    heap_allocated(vm, size);
    return (char *)block + at;
}

// A block of buffers with a free cell at the front of its list.
static Block *buffer_block(VM *vm, unsigned class) {
    Heap *heap = vm->heap;
    for (int attempt = 0; attempt < 2; attempt++) {
        for (Block *block; (block = heap->buffer_available[class]) != NULL;) {
            if (block->free != NULL || block_carve(block)) return block;
            block_unlink(&heap->buffer_available[class], block);
            block->listed = false;
        }
        Block *block = block_take(vm, BLOCK_BUFFERS, class, class_sizes[class]);
        if (block != NULL) {
            block->next_of_space = heap->buffer_all[class];
            heap->buffer_all[class] = block;
            block->listed = true;
            block_push(&heap->buffer_available[class], block);
            continue;
        }
        if (attempt == 0 && !heap->collecting) gc_collect(vm, true);
    }
    Block *block = heap->buffer_available[class];
    return block != NULL && (block->free != NULL || block_carve(block)) ? block : NULL;
}

// Memory of the size, contents undefined. NULL without memory, nothing raised.
static void *buffer_take(VM *vm, size_t size) {
    Heap *heap = vm->heap;
    if (UNLIKELY(heap->stress) && !heap_stress(vm)) return NULL;
    if (size > HEAP_SMALL_MAX) {
        void *buffer = heap_resize(vm, NULL, 0, size);
        if (buffer == NULL) return NULL;
        heap->buffer_bytes += size;
        heap_allocated(vm, size);
        return buffer;
    }
    unsigned class = heap_size_class(size);
    Block *block = heap->buffer_available[class];
    if (UNLIKELY(block == NULL || block->free == NULL)) {
        if (heap->starting) return starter_take(vm, class);
        block = buffer_block(vm, class);
        if (block == NULL) return NULL;
    }
    FreeCell *cell = block->free;
    block->free = cell->next;
    CELL_FORBID(cell, block->cell_size);
    CELL_ALLOW(cell, size);
    block->live++;
    heap->buffer_bytes += block->cell_size;
    heap_allocated(vm, block->cell_size);
    return cell;
}

static void *buffer_made(VM *vm, size_t size, bool zero) {
    void *buffer = buffer_take(vm, size);
    if (UNLIKELY(buffer == NULL)) {
        raise_no_memory(vm);
        return NULL;
    }
    if (LIKELY(size < POPULATE_LEAST)) return zero ? memset(buffer, 0, size) : buffer;
    if (LIKELY(memory_prepare(vm, buffer, size, zero))) return buffer;
    buffer_free(vm, buffer, size);
    return NULL;
}

void *buffer_new_unset(VM *vm, size_t size) { return buffer_made(vm, size, false); }
void *buffer_new(VM *vm, size_t size) { return buffer_made(vm, size, true); }

// Gives an empty block of buffers back, unless it is the last one with room.
static void buffer_block_drop(Heap *heap, unsigned class, Block *block) {
    if (heap->buffer_available[class] == block && block->next == NULL) return;
    if (block->listed) block_unlink(&heap->buffer_available[class], block);
    Block **link = &heap->buffer_all[class];
    while (*link != block) link = &(*link)->next_of_space;
    *link = block->next_of_space;
    block_give_back(heap, block);
}

void buffer_free(VM *vm, void *buffer, size_t size) {
    if (buffer == NULL) return;
    Heap *heap = vm->heap;
    if (size > HEAP_SMALL_MAX) {
        heap->buffer_bytes -= size;
        heap_raw_resize(vm, buffer, size, 0);
        return;
    }
    Block *block = block_of(buffer);
    FreeCell *cell = buffer;
    CELL_ALLOW(cell, block->cell_size);
    CELL_FORBID((char *)cell + sizeof(Object), block->cell_size - sizeof(Object));
    cell->next = block->free;
    block->free = cell;
    heap->buffer_bytes -= block->cell_size;
    unsigned class = block->space;
    if (UNLIKELY(!block->listed)) {
        if (block->use == BLOCK_STARTER) {
            class = heap_size_class(size);
            cell->next = heap->starter_free[class];
            heap->starter_free[class] = cell;
            return;
        }
        block->listed = true;
        // Behind the first one, which is being used up.
        Block *first = heap->buffer_available[class];
        if (first == NULL) {
            block_push(&heap->buffer_available[class], block);
        } else {
            block->previous = first;
            block->next = first->next;
            if (first->next != NULL) first->next->previous = block;
            first->next = block;
        }
    }
    if (UNLIKELY(--block->live == 0)) buffer_block_drop(heap, class, block);
}

void *buffer_resize_unset(VM *vm, void *buffer, size_t old_size, size_t new_size) {
    if (buffer == NULL) return new_size ? buffer_new_unset(vm, new_size) : NULL;
    if (new_size == 0) {
        buffer_free(vm, buffer, old_size);
        return NULL;
    }
    Heap *heap = vm->heap;
    if (old_size > HEAP_SMALL_MAX && new_size > HEAP_SMALL_MAX) {
        bool refused = UNLIKELY(heap->stress) && !heap_stress(vm);
        char *result = refused ? NULL : heap_resize(vm, buffer, old_size, new_size);
        if (result == NULL) {
            raise_no_memory(vm);
            return NULL;
        }
        heap->buffer_bytes += new_size - old_size;
        if (new_size > old_size) {
            // In pieces as well; but the owner would not understand a refusal now, when its memory has moved.
            for (size_t at = old_size; at < new_size && !limits_are_over(vm); at += PREPARE_STEP)
                memory_populate(vm, result + at, new_size - at < PREPARE_STEP ? new_size - at : PREPARE_STEP);
            // A collection here would look for the items in the old place.
            heap->allocated += new_size - old_size;
            if (heap->allocated >= heap->young_threshold) vm->collection_due = true;
        }
        return result;
    }
    bool same = old_size <= HEAP_SMALL_MAX && new_size <= HEAP_SMALL_MAX && heap_size_class(old_size) == heap_size_class(new_size);
    if (!same) {
        char *result = buffer_take(vm, new_size);
        if (result == NULL) {
            raise_no_memory(vm);
            return NULL;
        }
        size_t kept = old_size < new_size ? old_size : new_size;
        memcpy(result, buffer, kept);
        buffer_free(vm, buffer, old_size);
        return result;
    }
    CELL_FORBID(buffer, block_of(buffer)->cell_size);
    CELL_ALLOW(buffer, new_size);
    return buffer;
}

void *buffer_resize(VM *vm, void *buffer, size_t old_size, size_t new_size) {
    char *result = buffer_resize_unset(vm, buffer, old_size, new_size);
    if (buffer == NULL) old_size = 0;
    if (result != NULL && new_size > old_size) memset(result + old_size, 0, new_size - old_size);
    return result;
}

// ---- opening and closing

bool heap_open(VM *vm, size_t limit_bytes) {
    Heap *heap = alloc_new(&vm->allocator, sizeof *heap);
    if (heap == NULL) return false;
    memset(heap, 0, sizeof *heap);
    vm->heap = heap;
    heap->vm = vm;
    heap->limit = limit_bytes;
    heap->lowest = UINTPTR_MAX;
    heap->next_region_blocks = REGION_BLOCKS_FIRST;
    heap->young_threshold = YOUNG_THRESHOLD_LEAST;
    heap->full_threshold = FULL_THRESHOLD_LEAST;
    heap->enabled = true;
    for (unsigned i = 0; i < HEAP_CLASS_COUNT; i++) heap->spaces[i].cell_size = class_sizes[i];
    heap->spaces[HEAP_SPACE_SHAPES].cell_size = (sizeof(Shape) + 15) & ~15u;
    heap->spaces[HEAP_SPACE_CLASSES].cell_size = (uint32_t)(sizeof(Class) + 15) & ~15u;
    return true;
}

void heap_close(VM *vm) {
    Heap *heap = vm->heap;
    if (heap == NULL) return;
    heap->collecting = heap->closing = true;
    for (unsigned i = 0; i < HEAP_SPACE_COUNT; i++) space_retire_current(heap, i);
    for (unsigned i = 0; i < HEAP_SPACE_COUNT; i++) {
        for (Block *block = heap->spaces[i].all; block != NULL; block = block->next_of_space) {
            char *cell = block_cells(block);
            for (uint32_t j = 0; j < block->carved; j++, cell += block->cell_size)
                if (((Object *)cell)->kind != KIND_FREE) object_release(vm, (Object *)cell);
        }
        if (i != HEAP_CLASS_COUNT - 1) continue;
        for (size_t j = 0; j < heap->large_count; j++) {
            Object *object = heap->large[j];
            object_release(vm, object);
            LargeHeader *header = (LargeHeader *)object - 1;
            heap_raw_resize(vm, header, header->size + sizeof *header, 0);
        }
    }
    if (heap->large != NULL) heap_raw_resize(vm, heap->large, heap->large_capacity * sizeof *heap->large, 0);
    object_stack_free(vm, &heap->marks);
    object_stack_free(vm, &heap->remembered);
    object_stack_free(vm, &heap->remembered_before);
    object_stack_free(vm, &heap->remembered_values);
    object_stack_free(vm, &heap->immortals);
    object_stack_free(vm, &heap->deferred);
    if (heap->weak_table != NULL) heap_raw_resize(vm, heap->weak_table, heap->weak_size * sizeof *heap->weak_table, 0);
    if (heap->tracers != NULL) heap_raw_resize(vm, heap->tracers, heap->tracer_capacity * sizeof *heap->tracers, 0);
    if (heap->pending != NULL) heap_raw_resize(vm, heap->pending, heap->pending_capacity * sizeof *heap->pending, 0);
    for (Region *region = heap->regions, *next; region != NULL; region = next) {
        next = region->next;
        heap_raw_resize(vm, region->memory, region->size, 0);
        heap_raw_resize(vm, region, sizeof *region, 0);
    }
    if (heap->block_table != NULL)
        heap_raw_resize(vm, heap->block_table, heap->block_table_size * sizeof *heap->block_table, 0);
    alloc_free(&vm->allocator, heap, sizeof *heap);
    vm->heap = NULL;
}

HeapStats heap_stats(VM *vm) {
    Heap *heap = vm->heap;
    return (HeapStats){heap->bytes, heap->peak_bytes, heap->young_collections, heap->full_collections, heap->allocated};
}

void heap_set_limit(VM *vm, size_t limit_bytes) { vm->heap->limit = limit_bytes; }

void heap_set_stress(VM *vm, uint32_t every) {
    Heap *heap = vm->heap;
    heap->stress = every;
    // Leftover cells would be handed out by the fast path, past the collections.
    for (unsigned i = 0; i < HEAP_SPACE_COUNT; i++) space_retire_current(heap, i);
}

void heap_set_failure(VM *vm, uint64_t from, uint64_t count) {
    Heap *heap = vm->heap;
    heap->allocations = 0;
    heap->fail_from = from;
    heap->fail_count = count;
    if (heap->stress == 0) heap_set_stress(vm, UINT32_MAX);   // past the fast path, without collections
}

bool gc_set_enabled(VM *vm, bool enabled) {
    bool before = vm->heap->enabled;
    vm->heap->enabled = enabled;
    return before;
}
