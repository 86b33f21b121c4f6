// The table of identifiers: see names.h.
//
// Buckets of chains in the arena, doubled as names come in. Most names have at most eight bytes: those are compared as
// one word. The hash is keyed by the table's address, so that a source cannot be written that puts all its names into
// one bucket.
#include "lexer/names.h"

#include <string.h>

#include "lexer/token.h"

enum { FIRST_BUCKETS = 256 };

#define MULTIPLIER 0xD6E8FEB86659FD93u

NameTable *names_new(Arena *arena) {
    NameTable *names = arena_new(arena, NameTable);
    names->arena = arena;
    names->buckets = arena_new_array(arena, Name *, FIRST_BUCKETS);
    names->mask = FIRST_BUCKETS - 1;
    names->seed = (uint64_t)((uintptr_t)names >> 4) * 0x9E3779B97F4A7C15u;
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

static uint64_t load_64(const char *from) {
    uint64_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

static uint32_t load_32(const char *from) {
    uint32_t word;
    memcpy(&word, from, sizeof word);
    return word;
}

// All bytes of a short text, and a hash of a longer one. Loads overlap rather than read past the end.
static uint64_t text_word(const char *text, size_t length) {
    if (length > 8) {
        uint64_t word = load_64(text + length - 8);
        for (const char *last = text + length - 8; text < last; text += 8) {
            word = (word ^ load_64(text)) * MULTIPLIER;
            word ^= word >> 29;
        }
        return word;
    }
    if (length >= 4) return load_32(text) | (uint64_t)load_32(text + length - 4) << 32;
    if (length == 0) return 0;
    return (uint64_t)(uint8_t)text[0] | (uint64_t)(uint8_t)text[length / 2] << 8 | (uint64_t)(uint8_t)text[length - 1] << 16;
}

static bool is_private(const char *text, size_t length) {
    return length > 2 && text[0] == '_' && text[1] == '_' && !(text[length - 1] == '_' && text[length - 2] == '_') &&
           memchr(text, '.', length) == NULL;
}

static const Name *name_add(NameTable *names, const char *text, size_t length, uint64_t word, uint32_t hash) {
    if (names->items.count > names->mask) names_double(names);
    Name *name = arena_alloc_unset(names->arena, sizeof *name);
    *name = (Name){
        .text = arena_strndup(names->arena, text, length),
        .word = word,
        .length = (uint32_t)length,
        .hash = hash,
        .number = (uint32_t)names->items.count,
        .kind = (uint8_t)keyword_find(text, (uint32_t)length),
        .is_private = is_private(text, length),
        .next = names->buckets[hash & names->mask],
    };
    names->buckets[hash & names->mask] = name;
    arena_push(names->arena, &names->items, name);
    return name;
}

const Name *name_intern(NameTable *names, const char *text, size_t length) {
    uint64_t word = text_word(text, length), mixed = (word ^ names->seed ^ length) * MULTIPLIER;
    uint32_t hash = (uint32_t)((mixed ^ mixed >> 29) >> 16);
    for (Name *name = names->buckets[hash & names->mask]; name != NULL; name = name->next) {
        if (name->word != word || name->length != length) continue;
        if (length <= 8 || memcmp(name->text, text, length) == 0) return name;
    }
    return name_add(names, text, length, word, hash);
}
