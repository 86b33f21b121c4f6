// Names of Unicode characters: see unicode_names.h, and scripts/gen_unicode.c for how the tables are packed.
#include "base/unicode_names.h"

#include <stdio.h>
#include <string.h>

#include "base/pack.h"
#include "unicode_name_tables.h"

// ---- names by rule ----

static const char hangul_leads[19][3] = {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "",
                                         "J", "JJ", "C", "K", "T", "P", "H"};
static const char hangul_vowels[21][4] = {"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE",
                                          "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"};
static const char hangul_tails[28][3] = {"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT",
                                         "LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"};

enum { HANGUL_FIRST = 0xAC00, HANGUL_LAST = 0xD7A3 };

static const char hangul_prefix[] = "HANGUL SYLLABLE ", ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";

static bool is_unified_ideograph(uint32_t code) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B739}, {0x2B740, 0x2B81D},
                  {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}, {0x31350, 0x323AF}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    }
    return false;
}

static size_t hangul_name(uint32_t code, char *out) {
    uint32_t index = code - HANGUL_FIRST;
    return (size_t)snprintf(out, UNICODE_NAME_MAX, "%s%s%s%s", hangul_prefix, hangul_leads[index / 588],
                            hangul_vowels[index % 588 / 28], hangul_tails[index % 28]);
}

// Few enough to try them all: 11,172 short comparisons for a name that hardly anyone writes.
static bool hangul_find(const char *name, uint32_t *out_code) {
    if (strncmp(name, hangul_prefix, sizeof hangul_prefix - 1) != 0) return false;
    char candidate[UNICODE_NAME_MAX];
    for (uint32_t code = HANGUL_FIRST; code <= HANGUL_LAST; code++) {
        hangul_name(code, candidate);
        if (strcmp(candidate, name) == 0) {
            *out_code = code;
            return true;
        }
    }
    return false;
}

static bool ideograph_find(const char *name, uint32_t *out_code) {
    size_t prefix = sizeof ideograph_prefix - 1, digits = 0;
    if (strncmp(name, ideograph_prefix, prefix) != 0) return false;
    uint32_t code = 0;
    for (const char *at = name + prefix; *at != 0; at++, digits++) {
        bool is_digit = *at >= '0' && *at <= '9';
        if (!is_digit && (*at < 'A' || *at > 'F')) return false;
        code = code << 4 | (uint32_t)(is_digit ? *at - '0' : *at - 'A' + 10);
    }
    if ((digits != 4 && digits != 5) || !is_unified_ideograph(code)) return false;
    *out_code = code;
    return true;
}

// ---- names from the tables ----

#if UNICODE_NAMES_ARE_KNOWN

bool unicode_names_are_known(void) {
    return true;
}

_Static_assert((int)BLOCK_SIZE_MAX <= (int)UNICODE_NAMES_SIZE, "a block has room");

static void names_load(UnicodeNames *names, uint32_t block) {
    if (names->block == block + 1) return;
    uint32_t start = blocks[block].start;
    names->size = blocks[block].size;
    // Ours and whole: a failure would be a fault of the build, and shows as a block without names.
    if (!unpack(&block_codes, (const uint8_t *)block_bytes + start, blocks[block + 1].start - start, (uint8_t *)names->text, names->size))
        names->size = 0;
    names->block = block + 1;
}

// The last of the runs that begin with no more than `value`.
static size_t run_find(uint32_t value, bool by_row) {
    size_t low = 0, high = sizeof run_codes / sizeof *run_codes;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if ((by_row ? run_rows[middle] : run_codes[middle]) <= value) low = middle;
        else high = middle;
    }
    return low;
}

static uint32_t row_code(uint32_t row) {
    if (row >= ALIAS_START) return alias_codes[row - ALIAS_START];
    size_t run = run_find(row, true);
    return run_codes[run] + (row - run_rows[run]);
}

// The line of `size` bytes as a name, NUL-terminated, with the code point's digits where it has a '#'.
static size_t line_text(const char *line, size_t size, uint32_t row, char out[UNICODE_NAME_MAX]) {
    const char *mark = memchr(line, '#', size);
    if (mark == NULL) mark = line + size;
    size_t before = (size_t)(mark - line), after = before == size ? 0 : size - before - 1;
    int length = snprintf(out, UNICODE_NAME_MAX, "%.*s", (int)before, line);
    if (before < size) length += snprintf(out + length, UNICODE_NAME_MAX - (size_t)length, "%X%.*s", row_code(row), (int)after, mark + 1);
    return (size_t)length;
}

static size_t table_name_of(uint32_t code, char out[UNICODE_NAME_MAX], UnicodeNames *names) {
    out[0] = 0;
    size_t run = run_find(code, false);
    if (code < run_codes[run] || code - run_codes[run] >= (uint32_t)(run_rows[run + 1] - run_rows[run])) return 0;
    uint32_t row = run_rows[run] + (code - run_codes[run]), skip = row % NAMES_IN_BLOCK;
    names_load(names, row / NAMES_IN_BLOCK);
    for (const char *line = names->text, *end = line + names->size; line < end; skip--) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        if (newline == NULL) break;
        if (skip == 0) return line_text(line, (size_t)(newline - line), row, out);
        line = newline + 1;
    }
    return 0;
}

static bool block_find(UnicodeNames *names, uint32_t block, const char *name, size_t length, uint32_t *out_code) {
    names_load(names, block);
    uint32_t row = block * NAMES_IN_BLOCK;
    for (const char *line = names->text, *end = line + names->size; line < end; row++) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        if (newline == NULL) break;
        size_t size = (size_t)(newline - line);
        char text[UNICODE_NAME_MAX];
        // Only a line with a '#' stands for a name longer than itself.
        if (*line == *name && (size == length ? memcmp(line, name, length) == 0
                               : size < length && memchr(line, '#', size) != NULL && line_text(line, size, row, text) == length &&
                                     memcmp(text, name, length) == 0)) {
            *out_code = row_code(row);
            return true;
        }
        line = newline + 1;
    }
    return false;
}

static bool table_find(const char *name, uint32_t *out_code) {
    uint32_t hash = NAME_SEED;
    for (const char *at = name; *at != 0; at++) hash = (hash ^ (uint8_t)*at) * 16777619u;
    hash = (hash ^ hash >> 15) % NAME_BUCKETS;
    uint32_t at = bucket_groups[hash / BUCKETS_IN_GROUP], bucket = hash / BUCKETS_IN_GROUP * BUCKETS_IN_GROUP;
    for (; bucket < hash; bucket++) at += (uint8_t)bucket_counts[bucket / 2] >> (bucket % 2 * 4) & 15;
    uint32_t count = (uint8_t)bucket_counts[hash / 2] >> (hash % 2 * 4) & 15;
    UnicodeNames names;
    names.block = 0;
    for (; count != 0; count--, at++)
        if (block_find(&names, (uint8_t)bucket_blocks[at], name, strlen(name), out_code)) return true;
    return false;
}

#else

bool unicode_names_are_known(void) {
    return false;
}

static size_t table_name_of(uint32_t code, char out[UNICODE_NAME_MAX], UnicodeNames *names) {
    (void)code;
    (void)names;
    out[0] = 0;
    return 0;
}

static bool table_find(const char *name, uint32_t *out_code) {
    (void)name;
    (void)out_code;
    return false;
}

#endif

bool unicode_name_find(const char *name, size_t length, uint32_t *out_code_point) {
    char upper[UNICODE_NAME_MAX];
    if (length == 0 || length >= sizeof upper) return false;
    for (size_t i = 0; i < length; i++) {
        if (name[i] == 0) return false;
        upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 32) : name[i];
    }
    upper[length] = 0;
    return table_find(upper, out_code_point) || ideograph_find(upper, out_code_point) ||
           hangul_find(upper, out_code_point);
}

size_t unicode_name_of(uint32_t code_point, char out[UNICODE_NAME_MAX], UnicodeNames *names) {
    if (code_point >= HANGUL_FIRST && code_point <= HANGUL_LAST) return hangul_name(code_point, out);
    if (is_unified_ideograph(code_point)) {
        return (size_t)snprintf(out, UNICODE_NAME_MAX, "%s%X", ideograph_prefix, code_point);
    }
    return table_name_of(code_point, out, names);
}
