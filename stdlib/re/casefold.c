// Sets of code points, and which characters are equal when case does not count.
//
// Python compares lower case letters, and beyond that takes those lower case letters for equal that have the same upper case ('s' and the
// long 's'). So two characters are equal when the upper case of their lower case is the same text; the table lists, sorted by that text,
// the characters that are not alone with theirs. It is made from the tables of base/unicode when somebody first needs it.
#include "stdlib/re/re.h"

#include "base/unicode.h"

#ifdef COIL_HAVE_PCRE2

// ---- sets

bool codeset_add(VM *vm, CodeSet *set, uint32_t low, uint32_t high) {
    if (set->count > 0 && set->ranges[set->count - 1].low <= low && set->ranges[set->count - 1].high >= high) return true;
    if (set->count == set->capacity) {
        size_t wanted = set->capacity == 0 ? 16 : set->capacity * 2;
        CodeRange *grown = buffer_resize_unset(vm, set->ranges, set->capacity * sizeof *grown, wanted * sizeof *grown);
        if (grown == NULL) return false;
        set->ranges = grown;
        set->capacity = wanted;
    }
    set->ranges[set->count++] = (CodeRange){low, high};
    return true;
}

static int compare_ranges(const void *a, const void *b) {
    uint32_t left = ((const CodeRange *)a)->low, right = ((const CodeRange *)b)->low;
    return left < right ? -1 : left > right;
}

void codeset_normalize(CodeSet *set) {
    if (set->count < 2) return;
    bool sorted = true;
    for (size_t i = 1; i < set->count && sorted; i++) sorted = set->ranges[i].low > set->ranges[i - 1].high + 1;
    if (sorted) return;
    qsort(set->ranges, set->count, sizeof *set->ranges, compare_ranges);
    size_t count = 1;
    for (size_t i = 1; i < set->count; i++) {
        CodeRange *last = &set->ranges[count - 1];
        if (set->ranges[i].low <= last->high + 1) {
            if (set->ranges[i].high > last->high) last->high = set->ranges[i].high;
        } else {
            set->ranges[count++] = set->ranges[i];
        }
    }
    set->count = count;
}

void codeset_free(VM *vm, CodeSet *set) {
    buffer_free(vm, set->ranges, set->capacity * sizeof *set->ranges);
    *set = (CodeSet){0};
}

bool codeset_has(const CodeSet *set, uint32_t c) {
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (set->ranges[middle].high < c) low = middle + 1;
        else high = middle;
    }
    return low < set->count && set->ranges[low].low <= c;
}

// ---- the table

typedef struct CaseEntry { uint64_t key; uint32_t c; } CaseEntry;   // key: up to three code points of 21 bits
struct CaseTable { size_t count, capacity; CaseEntry entries[]; };

// No letter with a case is there: ideographs and syllables, and what lies beyond the letters of historic scripts.
static const CodeRange caseless[] = {{0x3000, 0xA63F}, {0xAC00, 0xFAFF}, {0x12000, 0x16DFF}, {0x17000, 0x1E8FF}};
enum { LAST_CASED = 0x1EFFF, TABLE_STEP = 1024 };

static uint64_t case_key(uint32_t c) {
    uint32_t upper[UNICODE_CASE_MAX];
    size_t count = unicode_to_upper(unicode_simple_lower(c), upper);
    uint64_t key = 0;
    for (size_t i = 0; i < count; i++) key = key << 21 | upper[i];
    return key;
}

static int compare_entries(const void *a, const void *b) {
    const CaseEntry *left = a, *right = b;
    if (left->key != right->key) return left->key < right->key ? -1 : 1;
    return left->c < right->c ? -1 : left->c > right->c;
}

static CaseTable *table_add(VM *vm, CaseTable *table, uint32_t c, uint64_t key) {
    size_t capacity = table == NULL ? 0 : table->capacity;
    if (table == NULL || table->count == capacity) {
        size_t old_size = table == NULL ? 0 : sizeof *table + capacity * sizeof table->entries[0];
        CaseTable *grown = buffer_resize(vm, table, old_size, sizeof *table + (capacity + TABLE_STEP) * sizeof table->entries[0]);
        if (grown == NULL) {
            case_table_free(vm, table);
            return NULL;
        }
        table = grown;
        table->capacity = capacity + TABLE_STEP;
    }
    table->entries[table->count++] = (CaseEntry){key, c};
    return table;
}

void case_table_free(VM *vm, CaseTable *table) {
    if (table != NULL) buffer_free(vm, table, sizeof *table + table->capacity * sizeof table->entries[0]);
}

const CaseTable *case_table(VM *vm, ReState *state) {
    if (state->cases != NULL) return state->cases;
    CaseTable *table = NULL;
    size_t gap = 0;
    for (uint32_t c = 0; c <= LAST_CASED; c++) {
        if (gap < sizeof caseless / sizeof caseless[0] && c == caseless[gap].low) c = caseless[gap++].high + 1;
        uint64_t key = case_key(c);
        // A character that is its own upper case counts as well: some other may be its lower case.
        if (key == c && unicode_simple_lower(c) == c) continue;
        table = table_add(vm, table, c, key);
        if (table == NULL) return NULL;
    }
    qsort(table->entries, table->count, sizeof table->entries[0], compare_entries);
    state->cases = table;
    return table;
}

// ---- folding

static bool fold_ascii(VM *vm, CodeSet *set) {
    size_t count = set->count;
    for (size_t i = 0; i < count; i++) {
        CodeRange range = set->ranges[i];
        for (int upper = 0; upper < 2; upper++) {
            uint32_t low = upper ? 'A' : 'a', high = low + 25;
            uint32_t from = range.low > low ? range.low : low, to = range.high < high ? range.high : high;
            if (from <= to && !codeset_add(vm, set, from ^ 0x20, to ^ 0x20)) return false;
        }
    }
    return true;
}

// The letters of ASCII that have relations outside of it.
static const struct { uint8_t c; uint16_t others[2]; } odd_ascii[] = {{'i', {0x130, 0x131}}, {'k', {0x212A, 0}}, {'s', {0x17F, 0}}};

bool codeset_fold(VM *vm, ReState *state, CodeSet *set, bool ascii) {
    codeset_normalize(set);
    size_t count = set->count;
    if (ascii || count == 0 || set->ranges[count - 1].high < 128) {
        bool fine = fold_ascii(vm, set);
        codeset_normalize(set);
        for (size_t i = 0; i < sizeof odd_ascii / sizeof odd_ascii[0] && !ascii && fine; i++) {
            if (!codeset_has(set, odd_ascii[i].c)) continue;
            for (int j = 0; j < 2; j++) {
                uint32_t other = odd_ascii[i].others[j];
                if (other != 0) fine = fine && codeset_add(vm, set, other, other);
            }
            codeset_normalize(set);
        }
        return fine;
    }
    const CaseTable *table = case_table(vm, state);
    if (table == NULL) return false;
    CodeSet more = {0};
    bool fine = true;
    for (size_t i = 0, end; i < table->count && fine; i = end) {
        bool member = false;
        for (end = i; end < table->count && table->entries[end].key == table->entries[i].key; end++) member |= codeset_has(set, table->entries[end].c);
        for (size_t j = i; j < end && member && fine; j++) fine = codeset_add(vm, &more, table->entries[j].c, table->entries[j].c);
    }
    for (size_t i = 0; i < more.count && fine; i++) fine = codeset_add(vm, set, more.ranges[i].low, more.ranges[i].high);
    codeset_free(vm, &more);
    codeset_normalize(set);
    return fine;
}
#endif
