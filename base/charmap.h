// Single-byte encodings: ISO 8859, Windows and DOS code pages, KOI8, Mac Roman. ASCII, Latin-1 and UTF-8 need no table.
#ifndef COIL_BASE_CHARMAP_H
#define COIL_BASE_CHARMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHARMAP_NAME_MAX = 32 };

typedef struct Charmap {
    const char *name;         // as Python's codecs call it: "cp1252", "iso8859-15"
    const uint16_t *high;     // code points of the bytes 0x80 to 0xFF, 0 for none
} Charmap;

// The encoding of any of the names that Python knows it by, or NULL.
const Charmap *charmap_find(const char *name, size_t length);
// An encoding's name as it is compared: small letters, digits and dots, everything between them one underscore.
size_t charmap_normalise(const char *name, size_t length, char out[CHARMAP_NAME_MAX]);

#endif
