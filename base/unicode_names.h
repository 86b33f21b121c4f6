// Names of Unicode characters, both ways: for "\N{...}" and unicodedata.
#ifndef COIL_BASE_UNICODE_NAMES_H
#define COIL_BASE_UNICODE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UNICODE_NAME_MAX = 128 }; // room for the longest name and a NUL

// The character of a name or alias, in any mix of cases.
bool unicode_name_find(const char *name, size_t length, uint32_t *out_code_point);
// The name of a character into `out`, NUL-terminated; its length, or 0 when it has none.
size_t unicode_name_of(uint32_t code_point, char out[UNICODE_NAME_MAX]);
// Whether names were there when Coil was built.
bool unicode_names_are_known(void);

#endif
