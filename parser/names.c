// The table of identifiers: see names.h.
//
// Buckets of chains in the arena, doubled as names come in. The hash is FNV-1a started from the table's address, so
// that a source cannot be written that puts all its names into one bucket.
#include "parser/names.h"

#include <string.h>

struct NameTable {
    Arena *arena;
    Name **buckets;
    uint32_t mask;
    uint32_t count;
    uint32_t seed;
};

enum { FIRST_BUCKETS = 512 };

NameTable *names_new(Arena *arena) {
    NameTable *names = arena_new(arena, NameTable);
    names->arena = arena;
    names->buckets = arena_new_array(arena, Name *, FIRST_BUCKETS);
    names->mask = FIRST_BUCKETS - 1;
    names->seed = 2166136261u ^ (uint32_t)((uintptr_t)names >> 4);
    return names;
}

static void names_double(NameTable *names) {
    uint32_t mask = names->mask * 2 + 1;
    Name **buckets = arena_new_array(names->arena, Name *, (size_t)mask + 1);
    for (uint32_t i = 0; i <= names->mask; i++) {
        for (Name *name = names->buckets[i], *next; name != NULL; name = next) {
            next = name->next;
            name->next = buckets[name->hash & mask];
            buckets[name->hash & mask] = name;
        }
    }
    names->buckets = buckets;
    names->mask = mask;
}

const Name *name_intern(NameTable *names, const char *text, size_t length) {
    uint32_t hash = names->seed;
    for (size_t i = 0; i < length; i++) hash = (hash ^ (uint8_t)text[i]) * 16777619u;
    hash ^= hash >> 15;
    for (Name *name = names->buckets[hash & names->mask]; name != NULL; name = name->next) {
        if (name->hash == hash && name->length == length && memcmp(name->text, text, length) == 0) return name;
    }
    if (names->count > names->mask) names_double(names);
    Name *name = arena_new(names->arena, Name);
    name->text = arena_strndup(names->arena, text, length);
    name->length = (uint32_t)length;
    name->hash = hash;
    name->next = names->buckets[hash & names->mask];
    names->buckets[hash & names->mask] = name;
    names->count++;
    return name;
}
