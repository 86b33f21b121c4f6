// Identifiers of the front end: each spelling exists once, so that names are equal when their pointers are.
#ifndef COIL_PARSER_NAMES_H
#define COIL_PARSER_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct Name {
    const char *text;   // UTF-8, NFKC normalised, followed by a NUL
    uint32_t length;    // in bytes, without the NUL
    uint32_t hash;
    struct Name *next;  // in the same bucket of the table
} Name;

typedef struct NameTable NameTable;

// Both live in the arena and never fail: out of memory leaves through the arena.
NameTable *names_new(Arena *arena);
const Name *name_intern(NameTable *names, const char *text, size_t length);

#endif
