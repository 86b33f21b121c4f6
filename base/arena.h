// Arena: memory that is handed out by moving a pointer and given back all at once.
//
// The front end lives in one: tokens, AST, scopes and code units are made in it and die with it. Blocks are zeroed
// unless asked for as unset.
// There is no NULL to check for: when memory or the byte limit runs out, the arena calls its `out_of_memory` hook,
// which must not return (the front end's leaves by longjmp, just as a syntax error does).
#ifndef COIL_BASE_ARENA_H
#define COIL_BASE_ARENA_H

#include <string.h>

#include "base/alloc.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    Allocator allocator;
    char *at;              // next free byte of the newest chunk; both are multiples of 8
    char *end;
    ArenaChunk *chunks;    // newest first
    size_t used_bytes;     // what the chunks take from the allocator
    size_t limit_bytes;    // no more than this; SIZE_MAX for no limit
    void (*out_of_memory)(void *user);
    void *user;
} Arena;

// Nothing is allocated yet. Until `out_of_memory` is set (front_end_init does), running out aborts the process.
void arena_init(Arena *arena, const Allocator *allocator, size_t limit_bytes);
// Gives every chunk back; the arena is as after arena_init.
void arena_free(Arena *arena);

void *arena_alloc_slow(Arena *arena, size_t size);
_Noreturn void arena_fail(Arena *arena);

// A block, aligned for anything but long double and vectors, whose contents are undefined: for what is written whole
// before it is read. Never NULL, even for size 0. (What fits below a multiple of 8 fits when rounded up to one.)
static inline void *arena_alloc_unset(Arena *arena, size_t size) {
    if (size > (size_t)(arena->end - arena->at)) return arena_alloc_slow(arena, size);
    char *block = arena->at;
    arena->at = block + ((size + 7) & ~(size_t)7);
    return block;
}

// A zeroed one. Each is zeroed by itself, where its size is mostly a constant: zeroing some kilobytes in advance took
// a tenth of the compiler's time.
static inline void *arena_alloc(Arena *arena, size_t size) {
    return memset(arena_alloc_unset(arena, size), 0, size);
}

#define arena_new(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_new_array(arena, Type, count) ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))
#define arena_unset_array(arena, Type, count) ((Type *)arena_unset_items((arena), (count), sizeof(Type)))

// count * item_size zeroed bytes, the product checked.
void *arena_alloc_array(Arena *arena, size_t count, size_t item_size);
void *arena_unset_items(Arena *arena, size_t count, size_t item_size);   // the same, contents undefined
// Copies with a NUL behind.
char *arena_strndup(Arena *arena, const char *text, size_t length);
char *arena_strdup(Arena *arena, const char *text);
void *arena_memdup(Arena *arena, const void *bytes, size_t length);
// A formatted, NUL-terminated text.
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Moves `count` items to a block with room for at least `wanted`, in place where the block is the arena's newest.
// *capacity is updated; the contents of the new room are undefined.
void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t wanted, size_t item_size);

// A vector in an arena: `ArenaVec(Token) tokens = {0}; arena_push(arena, &tokens, token);`
#define ArenaVec(Type) struct { Type *items; size_t count, capacity; }

#define arena_reserve(arena, vec, more)                                                                              \
    ((vec)->capacity - (vec)->count >= (size_t)(more)                                                                \
         ? (void)0                                                                                                   \
         : (void)((vec)->items = arena_grow((arena), (vec)->items, (vec)->count, &(vec)->capacity,                   \
                                            (vec)->count + (size_t)(more), sizeof *(vec)->items)))

#define arena_push(arena, vec, ...)                                                                                  \
    (arena_reserve((arena), (vec), 1), (void)((vec)->items[(vec)->count++] = (__VA_ARGS__)))

#endif
