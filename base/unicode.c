// Unicode: see unicode.h. Categories, simple case mappings and decompositions are utf8proc's; the rest comes from
// tables that scripts/gen_unicode.c makes at build time.
#include "base/unicode.h"

#include <utf8proc.h>

// `count` characters of one type from `first` on; their values start at numeric_values[value] and go up by `step`.
typedef struct NumericRun {
    uint32_t first : 21, type : 2, step : 1;
    uint8_t count;
    uint16_t value;
} NumericRun;

typedef struct SpecialCase {
    uint16_t code, lower[3], title[3], upper[3];
} SpecialCase;

typedef struct Folding {
    uint16_t code, folded[3];
} Folding;

#include "unicode_tables.h"

enum { NUMERIC_OTHER = 1, NUMERIC_DIGIT = 2, NUMERIC_DECIMAL = 3 };

static utf8proc_category_t category_of(uint32_t code_point) {
    return utf8proc_category((utf8proc_int32_t)code_point);
}

static bool category_in(uint32_t code_point, uint32_t categories) {
    return categories >> category_of(code_point) & 1;
}

#define CATEGORY(name) (1u << UTF8PROC_CATEGORY_##name)
#define LETTERS (CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT) | CATEGORY(LM) | CATEGORY(LO))

#if UNICODE_TABLES_ARE_KNOWN

// A range is its first character and, in the low RANGE_BITS, how many more there are.
static bool ranges_have(const uint32_t *ranges, size_t count, uint32_t code_point) {
    size_t low = 0, high = count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (code_point < ranges[middle] >> RANGE_BITS) high = middle;
        else low = middle;
    }
    return code_point - (ranges[low] >> RANGE_BITS) <= (ranges[low] & ((1u << RANGE_BITS) - 1));
}

#define HAS(table, code_point) ranges_have(table##_ranges, sizeof table##_ranges / sizeof *table##_ranges, code_point)

bool unicode_is_xid_start(uint32_t code_point) {
    return HAS(xid_start, code_point);
}

bool unicode_is_xid_continue(uint32_t code_point) {
    return HAS(xid_continue, code_point);
}

bool unicode_is_upper(uint32_t code_point) {
    return HAS(uppercase, code_point);
}

bool unicode_is_lower(uint32_t code_point) {
    return HAS(lowercase, code_point);
}

bool unicode_is_cased(uint32_t code_point) {
    return HAS(cased, code_point);
}

bool unicode_is_case_ignorable(uint32_t code_point) {
    return HAS(case_ignorable, code_point);
}

static const NumericRun *numeric_find(uint32_t code_point) {
    size_t low = 0, high = sizeof numeric_runs / sizeof *numeric_runs;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const NumericRun *run = &numeric_runs[middle];
        if (code_point < run->first) high = middle;
        else if (code_point - run->first >= run->count) low = middle + 1;
        else return run;
    }
    return NULL;
}

static double numeric_value(const NumericRun *run, uint32_t code_point) {
    return numeric_values[run->value] + (double)(code_point - run->first) * run->step;
}

static int numeric_type(uint32_t code_point) {
    const NumericRun *run = numeric_find(code_point);
    return run != NULL ? run->type : 0;
}

bool unicode_numeric_value(uint32_t code_point, double *out_value) {
    const NumericRun *run = numeric_find(code_point);
    if (run == NULL) return false;
    *out_value = numeric_value(run, code_point);
    return true;
}

static int value_of_type(uint32_t code_point, int least_type) {
    const NumericRun *run = numeric_find(code_point);
    return run != NULL && run->type >= least_type ? (int)numeric_value(run, code_point) : -1;
}

static const SpecialCase *special_find(uint32_t code_point) {
    size_t low = 0, high = sizeof special_cases / sizeof *special_cases;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (special_cases[middle].code == code_point) return &special_cases[middle];
        if (special_cases[middle].code < code_point) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static const uint16_t *folding_find(uint32_t code_point) {
    size_t low = 0, high = sizeof foldings / sizeof *foldings;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (foldings[middle].code == code_point) return foldings[middle].folded;
        if (foldings[middle].code < code_point) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

#else // no tables: what the categories imply, which is right for nearly every character

bool unicode_is_xid_start(uint32_t code_point) {
    return category_in(code_point, LETTERS | CATEGORY(NL));
}

bool unicode_is_xid_continue(uint32_t code_point) {
    return category_in(code_point, LETTERS | CATEGORY(NL) | CATEGORY(MN) | CATEGORY(MC) | CATEGORY(ND) | CATEGORY(PC));
}

bool unicode_is_upper(uint32_t code_point) {
    return category_in(code_point, CATEGORY(LU));
}

bool unicode_is_lower(uint32_t code_point) {
    return category_in(code_point, CATEGORY(LL));
}

bool unicode_is_cased(uint32_t code_point) {
    return category_in(code_point, CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT));
}

bool unicode_is_case_ignorable(uint32_t code_point) {
    return category_in(code_point, CATEGORY(MN) | CATEGORY(ME) | CATEGORY(CF) | CATEGORY(LM) | CATEGORY(SK)) ||
           code_point == '\'' || code_point == '.' || code_point == ':';
}

static int value_of_type(uint32_t code_point, int least_type) {
    (void)least_type;
    // Decimal digits stand in tens, at addresses that end in 0 or 6.
    if (!category_in(code_point, CATEGORY(ND))) return -1;
    if (code_point < 0x80) return (int)code_point - '0';
    return (int)((code_point & 15) >= 6 ? (code_point & 15) - 6 : code_point & 15);
}

static int numeric_type(uint32_t code_point) {
    if (category_in(code_point, CATEGORY(ND))) return NUMERIC_DECIMAL;
    return category_in(code_point, CATEGORY(NL) | CATEGORY(NO)) ? NUMERIC_OTHER : 0;
}

bool unicode_numeric_value(uint32_t code_point, double *out_value) {
    *out_value = value_of_type(code_point, NUMERIC_OTHER);
    return *out_value >= 0;
}

static const SpecialCase *special_find(uint32_t code_point) {
    (void)code_point;
    return NULL;
}

static const uint16_t *folding_find(uint32_t code_point) {
    static const uint32_t sharp_s[3] = {'s', 's', 0};
    return code_point == 0xDF ? sharp_s : NULL;
}

#endif

// ---- kinds of characters ----

bool unicode_is_alpha(uint32_t code_point) {
    if (code_point < 0x80) return (code_point | 0x20) - 'a' < 26;
    return category_in(code_point, LETTERS);
}

bool unicode_is_decimal(uint32_t code_point) {
    if (code_point < 0x80) return code_point - '0' < 10;
    return category_in(code_point, CATEGORY(ND));
}

bool unicode_is_digit(uint32_t code_point) {
    if (code_point < 0x80) return code_point - '0' < 10;
    return numeric_type(code_point) >= NUMERIC_DIGIT;
}

bool unicode_is_numeric(uint32_t code_point) {
    if (code_point < 0x80) return code_point - '0' < 10;
    return numeric_type(code_point) != 0;
}

bool unicode_is_alnum(uint32_t code_point) {
    return unicode_is_alpha(code_point) || unicode_is_numeric(code_point);
}

bool unicode_is_space(uint32_t code_point) {
    if (code_point < 0x80) return code_point == ' ' || code_point - 9 < 5 || code_point - 0x1C < 4;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code_point);
    return property->category == UTF8PROC_CATEGORY_ZS || property->bidi_class == UTF8PROC_BIDI_CLASS_WS ||
           property->bidi_class == UTF8PROC_BIDI_CLASS_B || property->bidi_class == UTF8PROC_BIDI_CLASS_S;
}

bool unicode_is_linebreak(uint32_t code_point) {
    return code_point - 0x0A < 4 || code_point - 0x1C < 3 || code_point == 0x85 || code_point == 0x2028 ||
           code_point == 0x2029;
}

bool unicode_is_printable(uint32_t code_point) {
    if (code_point < 0x80) return code_point >= 0x20 && code_point != 0x7F;
    return !category_in(code_point, CATEGORY(CC) | CATEGORY(CF) | CATEGORY(CS) | CATEGORY(CO) | CATEGORY(CN) |
                                        CATEGORY(ZL) | CATEGORY(ZP) | CATEGORY(ZS));
}

bool unicode_is_title(uint32_t code_point) {
    return category_in(code_point, CATEGORY(LT));
}

int unicode_decimal_value(uint32_t code_point) {
    if (code_point < 128) return code_point - '0' < 10u ? (int)(code_point - '0') : -1;
    return value_of_type(code_point, NUMERIC_DECIMAL);
}

int unicode_digit_value(uint32_t code_point) {
    return value_of_type(code_point, NUMERIC_DIGIT);
}

const char *unicode_category(uint32_t code_point) {
    return utf8proc_category_string((utf8proc_int32_t)code_point);
}

const char *unicode_bidirectional(uint32_t code_point) {
    static const char *const names[] = {
        [0] = "",
        [UTF8PROC_BIDI_CLASS_L] = "L",     [UTF8PROC_BIDI_CLASS_LRE] = "LRE", [UTF8PROC_BIDI_CLASS_LRO] = "LRO",
        [UTF8PROC_BIDI_CLASS_R] = "R",     [UTF8PROC_BIDI_CLASS_AL] = "AL",   [UTF8PROC_BIDI_CLASS_RLE] = "RLE",
        [UTF8PROC_BIDI_CLASS_RLO] = "RLO", [UTF8PROC_BIDI_CLASS_PDF] = "PDF", [UTF8PROC_BIDI_CLASS_EN] = "EN",
        [UTF8PROC_BIDI_CLASS_ES] = "ES",   [UTF8PROC_BIDI_CLASS_ET] = "ET",   [UTF8PROC_BIDI_CLASS_AN] = "AN",
        [UTF8PROC_BIDI_CLASS_CS] = "CS",   [UTF8PROC_BIDI_CLASS_NSM] = "NSM", [UTF8PROC_BIDI_CLASS_BN] = "BN",
        [UTF8PROC_BIDI_CLASS_B] = "B",     [UTF8PROC_BIDI_CLASS_S] = "S",     [UTF8PROC_BIDI_CLASS_WS] = "WS",
        [UTF8PROC_BIDI_CLASS_ON] = "ON",   [UTF8PROC_BIDI_CLASS_LRI] = "LRI", [UTF8PROC_BIDI_CLASS_RLI] = "RLI",
        [UTF8PROC_BIDI_CLASS_FSI] = "FSI", [UTF8PROC_BIDI_CLASS_PDI] = "PDI",
    };
    unsigned class = (unsigned)utf8proc_get_property((utf8proc_int32_t)code_point)->bidi_class;
    return class < sizeof names / sizeof *names && names[class] != NULL ? names[class] : "";
}

int unicode_combining(uint32_t code_point) {
    return utf8proc_get_property((utf8proc_int32_t)code_point)->combining_class;
}

bool unicode_is_mirrored(uint32_t code_point) {
    return utf8proc_get_property((utf8proc_int32_t)code_point)->bidi_mirrored;
}

int unicode_width(uint32_t code_point) {
    return utf8proc_charwidth((utf8proc_int32_t)code_point);
}

// ---- case ----

uint32_t unicode_simple_upper(uint32_t code_point) {
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point);
}

uint32_t unicode_simple_lower(uint32_t code_point) {
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

uint32_t unicode_simple_title(uint32_t code_point) {
    return (uint32_t)utf8proc_totitle((utf8proc_int32_t)code_point);
}

static size_t mapping_copy(const uint16_t mapping[3], uint32_t out[UNICODE_CASE_MAX]) {
    size_t count = 0;
    while (count < 3 && mapping[count] != 0) {
        out[count] = mapping[count];
        count++;
    }
    return count;
}

size_t unicode_to_upper(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]) {
    const SpecialCase *special = code_point < 0x80 ? NULL : special_find(code_point);
    if (special != NULL) return mapping_copy(special->upper, out);
    out[0] = unicode_simple_upper(code_point);
    return 1;
}

size_t unicode_to_lower(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]) {
    const SpecialCase *special = code_point < 0x80 ? NULL : special_find(code_point);
    if (special != NULL) return mapping_copy(special->lower, out);
    out[0] = unicode_simple_lower(code_point);
    return 1;
}

size_t unicode_to_title(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]) {
    const SpecialCase *special = code_point < 0x80 ? NULL : special_find(code_point);
    if (special != NULL) return mapping_copy(special->title, out);
    out[0] = unicode_simple_title(code_point);
    return 1;
}

size_t unicode_fold_case(uint32_t code_point, uint32_t out[UNICODE_CASE_MAX]) {
    const uint16_t *folded = code_point < 0x80 ? NULL : folding_find(code_point);
    if (folded != NULL) return mapping_copy(folded, out);
    out[0] = unicode_simple_lower(code_point);
    return 1;
}

// ---- normal forms ----

// Sorts each run of combining marks by class, keeping the order of equals.
static void order_marks(uint32_t *text, size_t length) {
    for (size_t i = 1; i < length; i++) {
        int class = unicode_combining(text[i]);
        if (class == 0) continue;
        uint32_t mark = text[i];
        size_t j = i;
        for (; j > 0 && unicode_combining(text[j - 1]) > class; j--) text[j] = text[j - 1];
        text[j] = mark;
    }
}

size_t unicode_decompose(const uint32_t *text, size_t length, bool compatibility, uint32_t *out, size_t capacity) {
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | (compatibility ? UTF8PROC_COMPAT : 0);
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        utf8proc_int32_t parts[32]; // the longest decomposition has 18
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)text[i], parts, 32, options, &boundary);
        if (n <= 0 || n > 32) {
            parts[0] = (utf8proc_int32_t)text[i];
            n = 1;
        }
        for (utf8proc_ssize_t j = 0; j < n; j++, count++) {
            if (count < capacity) out[count] = (uint32_t)parts[j];
        }
    }
    if (count <= capacity) order_marks(out, count);
    return count;
}

size_t unicode_compose(uint32_t *text, size_t length) {
    utf8proc_ssize_t composed = utf8proc_normalize_utf32((utf8proc_int32_t *)text, (utf8proc_ssize_t)length,
                                                         UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    return composed < 0 ? length : (size_t)composed;
}
