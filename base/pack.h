// Packed bytes: what is built into the library and seldom used (the modules written in Python) is kept small and unpacked when it is
// wanted. scripts/packer.c packs, when the library is built.
//
// A stream of bits, low ones first. Each item begins with a symbol of the first code: a byte below 256, or a copy of bytes that came
// before, whose length it names together with further bits; then a symbol of the second code and its further bits tell how far back
// they are. Lengths and distances share a scheme, with a base value and further bits per symbol (pack_bits() and pack_base()):
//
//     symbol 0 1 2 3 | 4 5 | 6 7 | 8 9 |...      further bits 0 0 0 0 | 1 1 | 2 2 | 3 3 |...
//
// The first symbol of the second code means the distance of the copy before. Both codes are canonical prefix codes: the lengths of
// their symbols' codes say everything. All streams of a build share them.
#ifndef COIL_BASE_PACK_H
#define COIL_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PACK_LENGTH_SYMBOLS = 20,                               // copies of up to 1,024 bytes more than PACK_COPY_MIN
    PACK_DISTANCE_SYMBOLS = 35,                             // up to 2^17 bytes back, and first the same as before
    PACK_COPY_MIN = 2,
    PACK_SYMBOLS = 256 + PACK_LENGTH_SYMBOLS,
    PACK_CODE_BITS = 12, PACK_DISTANCE_CODE_BITS = 9,       // the longest code of either kind
};

// Lengths in bits of the codes of all symbols, 0 for those that do not occur.
typedef struct PackCodes { uint8_t symbols[PACK_SYMBOLS], distances[PACK_DISTANCE_SYMBOLS]; } PackCodes;

static inline unsigned pack_bits(unsigned symbol) { return symbol < 4 ? 0 : symbol / 2 - 1; }
static inline unsigned pack_base(unsigned symbol) { return symbol < 4 ? symbol : (2 + symbol % 2) << (symbol / 2 - 1); }

// Fills out[0 .. out_size - 1]; false when the packed bytes do not say exactly that.
bool unpack(const PackCodes *codes, const uint8_t *packed, size_t size, uint8_t *out, size_t out_size);

#endif
