// Identifiers of the front end: each spelling exists once, so that names are equal when their pointers are. The lexer
// enters them; parser and compiler add what stands in no source (".0", mangled names).
#ifndef COIL_LEXER_NAMES_H
#define COIL_LEXER_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct Name {
    const char *text;   // UTF-8, NFKC normalised, followed by a NUL
    uint64_t word;      // of up to eight bytes all that there is to compare beside the length; else a hash
    uint32_t length;    // in bytes, without the NUL
    uint32_t hash;
    uint32_t number;    // in NameTable.items
    uint8_t kind;       // the token that it makes: TOK_NAME or a keyword
    bool is_private;    // __x without __ behind: in a class it is mangled
    struct Name *next;  // in the same bucket of the table
} Name;

typedef struct NameTable {
    Arena *arena;
    Name **buckets;
    uint32_t mask;
    uint64_t seed;
    ArenaVec(const Name *) items;
} NameTable;

// Both live in the arena and never fail: out of memory leaves through the arena.
NameTable *names_new(Arena *arena);
const Name *name_intern(NameTable *names, const char *text, size_t length);

#endif
