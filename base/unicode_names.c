// Names of Unicode characters: see unicode_names.h, and scripts/gen_unicode.c for how the tables are packed.
#include "base/unicode_names.h"

#include <stdio.h>
#include <string.h>

// `count` characters from `code` on have the rows from `row` on.
typedef struct RowRun {
    uint32_t code, row, count;
} RowRun;

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

// The number at *at, which moves behind it.
static uint32_t word_number(const uint8_t **at) {
    uint32_t number = *(*at)++;
    if (number < ONE_BYTE_WORDS) return number;
    return ((number - ONE_BYTE_WORDS) << 8 | *(*at)++) + ONE_BYTE_WORDS;
}

static size_t row_text(uint32_t row, char out[UNICODE_NAME_MAX]) {
    const uint8_t *at = (const uint8_t *)rows + row_blocks[row / ROWS_IN_BLOCK];
    for (uint32_t skip = row % ROWS_IN_BLOCK; skip != 0; skip--) {
        while (word_number(&at) != 0) {}
    }
    size_t length = 0;
    for (uint32_t number; (number = word_number(&at)) != 0;) {
        const uint8_t *word = (const uint8_t *)word_texts + word_blocks[(number - 1) / 16];
        for (uint32_t skip = (number - 1) % 16; skip != 0; skip--) word += *word + 1;
        if (length + *word + 2 > UNICODE_NAME_MAX) break;
        if (length != 0 && out[length - 1] != '-') out[length++] = ' ';
        memcpy(out + length, word + 1, *word);
        length += *word;
    }
    out[length] = 0;
    return length;
}

static uint32_t row_code(uint32_t row) {
    if (row >= ALIAS_START) return alias_codes[row - ALIAS_START];
    size_t low = 0, high = sizeof row_runs / sizeof *row_runs;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (row_runs[middle].row <= row) low = middle;
        else high = middle;
    }
    return row_runs[low].code + (row - row_runs[low].row);
}

static size_t table_name_of(uint32_t code, char out[UNICODE_NAME_MAX]) {
    size_t low = 0, high = sizeof row_runs / sizeof *row_runs;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const RowRun *run = &row_runs[middle];
        if (code < run->code) high = middle;
        else if (code - run->code >= run->count) low = middle + 1;
        else return row_text(run->row + (code - run->code), out);
    }
    return 0;
}

static bool table_find(const char *name, uint32_t *out_code) {
    uint32_t hash = 2166136261u;
    for (const char *at = name; *at != 0; at++) hash = (hash ^ (uint8_t)*at) * 16777619u;
    for (uint32_t slot = hash % NAME_SLOTS;; slot = (slot + 1) % NAME_SLOTS) {
        uint32_t row = (uint8_t)name_slots[slot * 2] | (uint32_t)(uint8_t)name_slots[slot * 2 + 1] << 8;
        if (row == 0) return false;
        char text[UNICODE_NAME_MAX];
        row_text(row - 1, text);
        if (strcmp(text, name) == 0) {
            *out_code = row_code(row - 1);
            return true;
        }
    }
}

#else

bool unicode_names_are_known(void) {
    return false;
}

static size_t table_name_of(uint32_t code, char out[UNICODE_NAME_MAX]) {
    (void)code;
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

size_t unicode_name_of(uint32_t code_point, char out[UNICODE_NAME_MAX]) {
    if (code_point >= HANGUL_FIRST && code_point <= HANGUL_LAST) return hangul_name(code_point, out);
    if (is_unified_ideograph(code_point)) {
        return (size_t)snprintf(out, UNICODE_NAME_MAX, "%s%X", ideograph_prefix, code_point);
    }
    return table_name_of(code_point, out);
}
