// The allocator hook: the one door through which memory is asked for.
//
// A hook is one function, as in Lua: it makes, resizes and frees blocks. Whoever frees states the size, so that a
// counting allocator needs no header of its own.
#ifndef COIL_BASE_ALLOC_H
#define COIL_BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Allocator {
    // block == NULL makes a block of new_size bytes; new_size == 0 frees and returns NULL; otherwise the block is
    // resized, its first min(old_size, new_size) bytes kept. NULL for new_size > 0 means out of memory, and then
    // the old block is untouched. Memory is not zeroed.
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
} Allocator;

// The hook over malloc, for the command line tools and the tests.
extern const Allocator allocator_of_libc;

static inline void *alloc_resize(const Allocator *allocator, void *block, size_t old_size, size_t new_size) {
    return allocator->resize(allocator->user, block, old_size, new_size);
}

static inline void *alloc_new(const Allocator *allocator, size_t size) {
    return allocator->resize(allocator->user, NULL, 0, size);
}

static inline void alloc_free(const Allocator *allocator, void *block, size_t size) {
    if (block != NULL) allocator->resize(allocator->user, block, size, 0);
}

// count * item_size into *out_size; false when it does not fit.
static inline bool size_multiply(size_t count, size_t item_size, size_t *out_size) {
    return !__builtin_mul_overflow(count, item_size, out_size);
}

static inline bool size_add(size_t left, size_t right, size_t *out_size) {
    return !__builtin_add_overflow(left, right, out_size);
}

#endif
