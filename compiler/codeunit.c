// Tables made from opcodes.def, and reading the positions of a code unit.
#include "compiler/codeunit.h"

#include "compiler/opcode_info.h"

const uint8_t opcode_cache_words[] = {
#define OP(name, x, a, b, c, cache, may, meaning) cache,
#include "compiler/opcodes.def"
#undef OP
};

const char *const opcode_names[] = {
#define OP(name, x, a, b, c, cache, may, meaning) #name,
#include "compiler/opcodes.def"
#undef OP
};

const OpcodeInfo opcode_info[] = {
#define OP(name, x, a, b, c, cache, may, meaning) \
    {{OPERAND_##x, OPERAND_##a, OPERAND_##b, OPERAND_##c}, MAY_##may},
#include "compiler/opcodes.def"
#undef OP
};

_Static_assert(OPCODE_COUNT <= 256, "an opcode is one byte");

// ---- positions -----------------------------------------------------------------------------------------------------
//
// A run of instructions with the same position is one entry of variable-length numbers, seven bits a byte:
//
//     words in the run   line minus the previous one (zigzag)   end line minus line   column + 1   end column + 1
//
// A line of 0 marks code that stands for nothing in the source.

static uint32_t read_number(const uint8_t **at, const uint8_t *end) {
    uint32_t value = 0;
    for (int shift = 0; *at < end && shift < 35; shift += 7) {
        uint8_t byte = *(*at)++;
        value |= (uint32_t)(byte & 127) << (shift & 31);
        if (byte < 128) break;
    }
    return value;
}

void positions_lines(const uint8_t *positions, uint32_t positions_size, int32_t *out_lines, uint32_t word_count) {
    const uint8_t *at = positions, *end = positions + positions_size;
    uint32_t line = 0, word = 0;
    while (at < end && word < word_count) {
        uint32_t words = read_number(&at, end), zigzag = read_number(&at, end);
        line += (zigzag >> 1) ^ (0u - (zigzag & 1));
        for (int skipped = 0; skipped < 3; skipped++) read_number(&at, end);   // height and columns
        for (; words > 0 && word < word_count; words--) out_lines[word++] = line == 0 ? -1 : (int32_t)line;
    }
    while (word < word_count) out_lines[word++] = -1;
}

CodePosition position_find(const uint8_t *positions, uint32_t positions_size, uint32_t word_index) {
    const uint8_t *at = positions, *end = positions + positions_size;
    uint32_t line = 0, first = 0;
    while (at < end) {
        uint32_t words = read_number(&at, end), zigzag = read_number(&at, end);
        line += (zigzag >> 1) ^ (0u - (zigzag & 1));
        uint32_t height = read_number(&at, end);
        uint32_t column = read_number(&at, end), end_column = read_number(&at, end);
        if (word_index - first < words) {
            if (line == 0) break;
            return (CodePosition){(int32_t)line, (int32_t)(line + height), (int32_t)column - 1,
                                  (int32_t)end_column - 1};
        }
        first += words;
    }
    return (CodePosition){-1, -1, -1, -1};
}
