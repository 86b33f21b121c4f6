// Arena: see arena.h. Chunks double in size up to a megabyte; a block larger than a chunk gets one of its own.
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_MIN = 8 * 1024, CHUNK_MAX = 1024 * 1024 };

struct ArenaChunk {
    ArenaChunk *older;
    size_t size; // this header included
};
_Static_assert(sizeof(ArenaChunk) % 8 == 0, "blocks stand on multiples of 8");

// No chunk: no room, at an address that is not NULL.
static void arena_clear(Arena *arena) {
    arena->chunks = NULL;
    arena->at = arena->end = (char *)&arena->at;
    arena->used_bytes = 0;
}

void arena_init(Arena *arena, const Allocator *allocator, size_t limit_bytes) {
    memset(arena, 0, sizeof *arena);
    arena->allocator = *allocator;
    arena->limit_bytes = limit_bytes;
    arena_clear(arena);
}

void arena_free(Arena *arena) {
    for (ArenaChunk *chunk = arena->chunks; chunk != NULL;) {
        ArenaChunk *older = chunk->older;
        alloc_free(&arena->allocator, chunk, chunk->size);
        chunk = older;
    }
    arena_clear(arena);
}

_Noreturn void arena_fail(Arena *arena) {
    if (arena->out_of_memory != NULL) arena->out_of_memory(arena->user);
    abort(); // a hook that returns, or none, is a mistake of ours
}

// A chunk of `size` bytes; NULL when the limit or the allocator says no.
static ArenaChunk *chunk_new(Arena *arena, size_t size) {
    if (size > arena->limit_bytes || arena->used_bytes > arena->limit_bytes - size) return NULL;
    ArenaChunk *chunk = alloc_new(&arena->allocator, size);
    if (chunk == NULL) return NULL;
    chunk->size = size;
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    arena->used_bytes += size;
    return chunk;
}

// A new chunk that has room for `room` bytes: it becomes the one to go on in if it has more left after that than the newest, for a huge block
// must not throw a half-full chunk away. Gives the block, which is not zeroed.
static char *chunk_block(Arena *arena, size_t room) {
    size_t needed = room + sizeof(ArenaChunk);
    // Powers of two: an allocator that keeps blocks for the next arena meets the same sizes again. What is not used is not touched.
    size_t wanted = arena->used_bytes > CHUNK_MAX ? CHUNK_MAX : arena->used_bytes, chunk_size = CHUNK_MIN;
    while (chunk_size < wanted || chunk_size < needed) chunk_size *= 2;
    ArenaChunk *chunk = chunk_new(arena, chunk_size);
    // Near the limit a generous chunk may fail where one of just the right size does not.
    if (chunk == NULL && chunk_size > needed) chunk = chunk_new(arena, chunk_size = needed);
    if (chunk == NULL) arena_fail(arena);
    char *block = (char *)(chunk + 1), *rest = block + room, *end = (char *)chunk + chunk_size;
    if (end - rest >= arena->end - arena->at) {
        arena->at = rest;
        arena->end = end;
    }
    return block;
}

void *arena_alloc_slow(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 4) arena_fail(arena);
    return chunk_block(arena, (size + 7) & ~(size_t)7);
}

void *arena_unset_items(Arena *arena, size_t count, size_t item_size) {
    size_t size;
    if (!size_multiply(count, item_size, &size)) arena_fail(arena);
    return arena_alloc_unset(arena, size);
}

void *arena_alloc_array(Arena *arena, size_t count, size_t item_size) {
    return memset(arena_unset_items(arena, count, item_size), 0, count * item_size);
}

void *arena_memdup(Arena *arena, const void *bytes, size_t length) {
    void *copy = arena_alloc_unset(arena, length);
    if (length != 0) memcpy(copy, bytes, length);
    return copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t length) {
    if (length == SIZE_MAX) arena_fail(arena);
    char *copy = arena_alloc_unset(arena, length + 1);
    if (length != 0) memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

char *arena_strdup(Arena *arena, const char *text) {
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(Arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    if (length > 0) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void *arena_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t wanted, size_t item_size) {
    size_t larger = *capacity < 8 ? 8 : *capacity, size;
    if (wanted < count || larger > SIZE_MAX / 2) arena_fail(arena); // the caller's addition wrapped around
    if (*capacity >= 8) larger = *capacity * 2;
    if (larger < wanted) larger = wanted;
    if (!size_multiply(larger, item_size, &size)) arena_fail(arena);
    size_t old_size = (*capacity * item_size + 7) & ~(size_t)7;
    if (items != NULL && (char *)items + old_size == arena->at && size <= SIZE_MAX - 7) {
        size_t more = ((size + 7) & ~(size_t)7) - old_size;
        if (more <= (size_t)(arena->end - arena->at)) {
            arena->at += more;
            *capacity = larger;
            return items;
        }
    }
    void *moved = arena_alloc_unset(arena, size);
    if (count != 0) memcpy(moved, items, count * item_size);
    *capacity = larger;
    return moved;
}
