// Names of Unicode characters, both ways: for "\N{...}" and unicodedata.
#ifndef COIL_BASE_UNICODE_NAMES_H
#define COIL_BASE_UNICODE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UNICODE_NAME_MAX = 128 }; // room for the longest name and a NUL

// Names are packed in blocks; this is one of them unpacked.
enum { UNICODE_NAMES_SIZE = 8192 };
typedef struct UnicodeNames {
    uint32_t block, size; // its number + 1, 0 for none
    char text[UNICODE_NAMES_SIZE];
} UnicodeNames;

// The character of a name or alias, in any mix of cases.
bool unicode_name_find(const char *name, size_t length, uint32_t *out_code_point);
// The name of a character into `out`, NUL-terminated; its length, or 0 when it has none. `names` is what the caller keeps between calls,
// with names->block 0 before the first: looking up neighbours is then quick.
size_t unicode_name_of(uint32_t code_point, char out[UNICODE_NAME_MAX], UnicodeNames *names);
// Whether names were there when Coil was built.
bool unicode_names_are_known(void);

#endif
