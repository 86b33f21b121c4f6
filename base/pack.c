// Unpacking: see pack.h for the format.
#include "base/pack.h"

typedef struct Bits {
    const uint8_t *at, *end;
    uint64_t bits;           // the next ones lowest
    unsigned count;
} Bits;

// At least 32 bits, zeros behind the end.
static inline void bits_fill(Bits *in) {
    while (in->count <= 56) {
        uint64_t byte = in->at < in->end ? *in->at++ : 0;
        in->bits |= byte << in->count;
        in->count += 8;
    }
}

static inline unsigned bits_take(Bits *in, unsigned count) {
    unsigned value = (unsigned)(in->bits & (((uint64_t)1 << count) - 1));
    in->bits >>= count;
    in->count -= count;
    return value;
}

// table[next bits] = symbol * 16 + length of its code. Codes begin with their highest bit, which the stream has first. False if the lengths
// are those of no code.
static bool table_fill(const uint8_t *lengths, unsigned symbol_count, uint16_t *table, unsigned table_bits) {
    for (unsigned i = 0; i < 1u << table_bits; i++) table[i] = 0;
    unsigned code = 0;
    for (unsigned length = 1; length <= table_bits; length++, code <<= 1) {
        for (unsigned symbol = 0; symbol < symbol_count; symbol++) {
            if (lengths[symbol] != length) continue;
            if (code >> length != 0) return false;
            unsigned reversed = 0;
            for (unsigned bit = 0; bit < length; bit++) reversed |= (code >> bit & 1) << (length - 1 - bit);
            for (unsigned i = reversed; i < 1u << table_bits; i += 1u << length) table[i] = (uint16_t)(symbol << 4 | length);
            code++;
        }
    }
    return true;
}

static inline int symbol_take(Bits *in, const uint16_t *table, unsigned table_bits) {
    unsigned entry = table[in->bits & ((1u << table_bits) - 1)];
    if (entry == 0) return -1;
    bits_take(in, entry & 15);
    return (int)(entry >> 4);
}

bool unpack(const PackCodes *codes, const uint8_t *packed, size_t size, uint8_t *out, size_t out_size) {
    uint16_t symbols[1 << PACK_CODE_BITS], distances[1 << PACK_DISTANCE_CODE_BITS];
    if (!table_fill(codes->symbols, PACK_SYMBOLS, symbols, PACK_CODE_BITS) ||
        !table_fill(codes->distances, PACK_DISTANCE_SYMBOLS, distances, PACK_DISTANCE_CODE_BITS)) return false;
    Bits in = {.at = packed, .end = packed + size};
    size_t distance = 0;
    for (size_t at = 0; at < out_size;) {
        bits_fill(&in);   // enough for a whole item: 12 + 8 + 9 + 16 bits at most
        int symbol = symbol_take(&in, symbols, PACK_CODE_BITS);
        if (symbol < 0) return false;
        if (symbol < 256) {
            out[at++] = (uint8_t)symbol;
            continue;
        }
        unsigned kind = (unsigned)symbol - 256;
        size_t length = PACK_COPY_MIN + pack_base(kind) + bits_take(&in, pack_bits(kind));
        int back = symbol_take(&in, distances, PACK_DISTANCE_CODE_BITS);
        if (back < 0) return false;
        if (back > 0) distance = 1 + pack_base((unsigned)back - 1) + bits_take(&in, pack_bits((unsigned)back - 1));
        if (distance == 0 || distance > at || length > out_size - at) return false;
        for (; length != 0; length--, at++) out[at] = out[at - distance];
    }
    return true;
}
