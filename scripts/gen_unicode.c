// Makes the Unicode tables of the build from the Unicode Character Database.
//
//     gen_unicode DATA_FOLDER OUT_FOLDER
//
// writes unicode_tables.h (properties that utf8proc does not have, special case mappings) and unicode_name_tables.h
// (all names, packed). Without the data both say so, and Coil is built with the properties that categories imply and no
// names.
//
// How names are packed: each is a row of words, a word is a number of one or two bytes (frequent ones get one), rows
// are joined in the order of code points, and every 32nd row's offset is known. A hash table over the names holds row
// numbers alone: the row itself tells whether it was the right one.
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_NAMES = 65000,
    MAX_WORDS = 30000,
    WORD_SLOTS = 65536,
    NAME_SLOTS = 65536,
    ONE_BYTE_WORDS = 192, // numbers below need one byte; the bytes above begin one of two
    ROWS_IN_BLOCK = 32,
};

static const char *data_folder;

static _Noreturn void fail(const char *what, const char *which) {
    fprintf(stderr, "gen_unicode: %s %s\n", what, which);
    exit(1);
}

static FILE *data_open(const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", data_folder, name);
    return fopen(path, "r");
}

static FILE *out_open(const char *folder, const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) fail("cannot write", path);
    fprintf(file, "// Made by scripts/gen_unicode.c from the Unicode Character Database.\n");
    return file;
}

static void *allocate(size_t size) {
    void *block = calloc(1, size);
    if (block == NULL) fail("out of", "memory");
    return block;
}

// Splits a line at semicolons, blanks around the fields cut off; a comment ends it. Returns the number of fields.
static int split(char *line, char *fields[], int max) {
    int count = 0;
    line[strcspn(line, "#\n")] = 0;
    for (char *at = line; at != NULL && count < max;) {
        char *next = strchr(at, ';');
        if (next != NULL) *next++ = 0;
        while (*at == ' ') at++;
        for (size_t length = strlen(at); length != 0 && at[length - 1] == ' ';) at[--length] = 0;
        fields[count++] = at;
        at = next;
    }
    return count;
}

// "1F600" or "1F600..1F64F".
static void parse_range(const char *text, uint32_t *first, uint32_t *last) {
    char *end;
    *first = *last = (uint32_t)strtoul(text, &end, 16);
    if (strncmp(end, "..", 2) == 0) *last = (uint32_t)strtoul(end + 2, NULL, 16);
}

// ---- properties ----

static void write_property(FILE *out, const char *property, const char *table) {
    FILE *in = data_open("DerivedCoreProperties.txt");
    if (in == NULL) fail("cannot read", "DerivedCoreProperties.txt");
    fprintf(out, "static const CodeRange %s[] = {\n", table);
    char line[1024], *fields[4];
    uint32_t first = 0, last = 0, next_first, next_last;
    bool any = false;
    while (fgets(line, sizeof line, in) != NULL) {
        if (split(line, fields, 4) < 2 || strcmp(fields[1], property) != 0) continue;
        parse_range(fields[0], &next_first, &next_last);
        if (any && next_first == last + 1) {
            last = next_last;
            continue;
        }
        if (any) fprintf(out, "{0x%X,0x%X},\n", first, last);
        first = next_first;
        last = next_last;
        any = true;
    }
    fprintf(out, "{0x%X,0x%X},\n};\n", first, last);
    fclose(in);
}

typedef struct Character {
    uint32_t lower;
    uint8_t decimal, digit; // value + 1, 0 for none
    double numeric;
    bool is_numeric;
} Character;

static Character *characters; // 0x110000 of them

static void read_characters(void) {
    FILE *in = data_open("UnicodeData.txt");
    char line[1024], *fields[15];
    characters = allocate(sizeof *characters * 0x110000);
    while (fgets(line, sizeof line, in) != NULL) {
        if (split(line, fields, 15) < 15) continue;
        Character *c = &characters[strtoul(fields[0], NULL, 16)];
        c->lower = (uint32_t)strtoul(fields[13], NULL, 16);
        if (*fields[6] != 0) c->decimal = (uint8_t)(atoi(fields[6]) + 1);
        if (*fields[7] != 0) c->digit = (uint8_t)(atoi(fields[7]) + 1);
    }
    fclose(in);
    in = data_open("extracted/DerivedNumericValues.txt");
    if (in == NULL) fail("cannot read", "extracted/DerivedNumericValues.txt");
    while (fgets(line, sizeof line, in) != NULL) {
        uint32_t first, last;
        if (split(line, fields, 4) < 4) continue;
        parse_range(fields[0], &first, &last);
        const char *slash = strchr(fields[3], '/');
        double value = strtod(fields[3], NULL) / (slash != NULL ? strtod(slash + 1, NULL) : 1);
        for (; first <= last; first++) {
            characters[first].is_numeric = true;
            characters[first].numeric = value;
        }
    }
    fclose(in);
}

// Runs of characters of one type (3 decimal, 2 digit, 1 other) whose values go up by one or stay the same.
static void write_numerics(FILE *out) {
    fprintf(out, "static const NumericRun numeric_runs[] = {\n");
    for (uint32_t i = 0; i < 0x110000;) {
        const Character *c = &characters[i];
        if (!c->is_numeric) {
            i++;
            continue;
        }
        int type = c->decimal ? 3 : c->digit ? 2 : 1, step = -1;
        uint32_t count = 1;
        for (; i + count < 0x110000; count++) {
            const Character *next = c + count;
            if (!next->is_numeric || (next->decimal ? 3 : next->digit ? 2 : 1) != type) break;
            double difference = next->numeric - next[-1].numeric;
            if ((difference != 0 && difference != 1) || (step >= 0 && difference != step)) break;
            step = (int)difference;
        }
        fprintf(out, "{0x%X,%u,%d,%d,%.17g},\n", i, count, type, step < 0 ? 0 : step, c->numeric);
        i += count;
    }
    fprintf(out, "};\n");
}

// A case mapping of up to three characters, as an initialiser.
static void write_mapping(FILE *out, const char *text) {
    uint32_t points[3] = {0};
    char *end = (char *)text;
    for (int i = 0; i < 3 && *end != 0; i++) points[i] = (uint32_t)strtoul(end, &end, 16);
    fprintf(out, "{0x%X,0x%X,0x%X}", points[0], points[1], points[2]);
}

static void write_special_cases(FILE *out) {
    FILE *in = data_open("SpecialCasing.txt");
    if (in == NULL) fail("cannot read", "SpecialCasing.txt");
    typedef struct Special {
        uint32_t code;
        char lower[32], title[32], upper[32];
    } Special;
    static Special specials[256];
    size_t count = 0;
    char line[1024], *fields[6];
    while (fgets(line, sizeof line, in) != NULL) {
        int n = split(line, fields, 6);
        if (n < 5 || *fields[4] != 0 || count == 256) continue; // conditional mappings have a fifth field
        Special *special = &specials[count++];
        special->code = (uint32_t)strtoul(fields[0], NULL, 16);
        snprintf(special->lower, 32, "%s", fields[1]);
        snprintf(special->title, 32, "%s", fields[2]);
        snprintf(special->upper, 32, "%s", fields[3]);
    }
    fclose(in);
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j > 0 && specials[j].code < specials[j - 1].code; j--) {
            Special other = specials[j];
            specials[j] = specials[j - 1];
            specials[j - 1] = other;
        }
    }
    fprintf(out, "static const SpecialCase special_cases[] = {\n");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "{0x%X,", specials[i].code);
        write_mapping(out, specials[i].lower);
        fprintf(out, ",");
        write_mapping(out, specials[i].title);
        fprintf(out, ",");
        write_mapping(out, specials[i].upper);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n");
}

// Foldings that are not the simple small letter, among them those of letters that have one and yet stay as they are.
static void write_foldings(FILE *out) {
    FILE *in = data_open("CaseFolding.txt");
    if (in == NULL) fail("cannot read", "CaseFolding.txt");
    char(*foldings)[32] = allocate(sizeof *foldings * 0x110000);
    char line[1024], *fields[4];
    while (fgets(line, sizeof line, in) != NULL) {
        if (split(line, fields, 4) < 3 || (*fields[1] != 'C' && *fields[1] != 'F')) continue;
        snprintf(foldings[strtoul(fields[0], NULL, 16)], sizeof *foldings, "%s", fields[2]);
    }
    fclose(in);
    fprintf(out, "static const Folding foldings[] = {\n");
    for (uint32_t code = 0; code < 0x110000; code++) {
        char *end = foldings[code];
        uint32_t folded = (uint32_t)strtoul(end, &end, 16), lower = characters[code].lower;
        if (*foldings[code] == 0 ? lower == 0 : *end == 0 && folded == lower) continue;
        fprintf(out, "{0x%X,", code);
        if (*foldings[code] == 0) fprintf(out, "{0x%X}", code);
        else write_mapping(out, foldings[code]);
        fprintf(out, "},\n");
    }
    free(foldings);
    fprintf(out, "};\n");
}

// ---- names ----

typedef struct Word {
    char text[64];
    uint32_t uses, number;
} Word;

typedef struct Name {
    uint32_t code;
    char text[128];
} Name;

static Word *words;
static uint32_t word_count, word_slots[WORD_SLOTS];
static Name *names;
static uint32_t name_count, alias_start;

static uint32_t hash_text(const char *text) {
    uint32_t hash = 2166136261u;
    for (; *text != 0; text++) hash = (hash ^ (uint8_t)*text) * 16777619u;
    return hash;
}

static Word *word_find(const char *text) {
    uint32_t slot = hash_text(text) % WORD_SLOTS;
    for (; word_slots[slot] != 0; slot = (slot + 1) % WORD_SLOTS) {
        if (strcmp(words[word_slots[slot] - 1].text, text) == 0) return &words[word_slots[slot] - 1];
    }
    if (word_count == MAX_WORDS || strlen(text) >= sizeof words->text) fail("no room for word", text);
    Word *word = &words[word_count];
    strcpy(word->text, text);
    word_slots[slot] = ++word_count;
    return word;
}

// The next word of a name: up to a blank, or up to and with a hyphen. The blank belongs to no word, except after a
// hyphen, where none would be expected.
static const char *word_next(const char *at, bool *after_hyphen, char out[64]) {
    size_t length = 0;
    if (*at == ' ' && *after_hyphen) out[length++] = *at++;
    else if (*at == ' ') at++;
    *after_hyphen = false;
    while (*at != 0 && *at != ' ' && length < 63) {
        out[length++] = *at;
        if (*at++ == '-') {
            *after_hyphen = true;
            break;
        }
    }
    out[length] = 0;
    return at;
}

static void name_add(uint32_t code, const char *text) {
    if (name_count == MAX_NAMES || strlen(text) >= sizeof names->text) fail("no room for name", text);
    names[name_count].code = code;
    strcpy(names[name_count++].text, text);
    bool after_hyphen = false;
    char word[64];
    for (const char *at = text; *at != 0;) {
        at = word_next(at, &after_hyphen, word);
        word_find(word)->uses++;
    }
}

static void read_names(void) {
    words = allocate(sizeof *words * MAX_WORDS);
    names = allocate(sizeof *names * MAX_NAMES);
    char line[1024], *fields[15];
    FILE *in = data_open("UnicodeData.txt");
    while (fgets(line, sizeof line, in) != NULL) {
        if (split(line, fields, 15) < 2 || *fields[1] == '<') continue;
        name_add((uint32_t)strtoul(fields[0], NULL, 16), fields[1]);
    }
    fclose(in);
    alias_start = name_count;
    in = data_open("NameAliases.txt");
    if (in == NULL) return;
    while (fgets(line, sizeof line, in) != NULL) {
        if (split(line, fields, 15) >= 2) name_add((uint32_t)strtoul(fields[0], NULL, 16), fields[1]);
    }
    fclose(in);
}

static int by_uses(const void *left, const void *right) {
    const Word *a = *(Word *const *)left, *b = *(Word *const *)right;
    if (a->uses != b->uses) return a->uses < b->uses ? 1 : -1;
    return strcmp(a->text, b->text);
}

// Bytes as a string literal: compilers read those many times faster than lists of numbers.
static void write_bytes(FILE *out, const char *table, const uint8_t *bytes, size_t length) {
    fprintf(out, "static const char %s[%zu] =\n", table, length + 1);
    for (size_t i = 0; i < length; i += 64) {
        fputc('"', out);
        for (size_t j = i; j < length && j < i + 64; j++) fprintf(out, "\\%03o", bytes[j]);
        fputs("\"\n", out);
    }
    fputs(";\n", out);
}

static size_t word_encode(const Word *word, uint8_t *to) {
    if (word->number < ONE_BYTE_WORDS) {
        *to = (uint8_t)word->number;
        return 1;
    }
    uint32_t rest = word->number - ONE_BYTE_WORDS;
    if (rest >> 8 >= 256 - ONE_BYTE_WORDS) fail("too many different", "words");
    to[0] = (uint8_t)(ONE_BYTE_WORDS + (rest >> 8));
    to[1] = (uint8_t)rest;
    return 2;
}

static void write_words(FILE *out) {
    Word **order = allocate(sizeof *order * word_count);
    for (uint32_t i = 0; i < word_count; i++) order[i] = &words[i];
    qsort(order, word_count, sizeof *order, by_uses);
    uint8_t *text = allocate(word_count * 64), *to = text;
    fprintf(out, "static const uint32_t word_blocks[] = {");
    for (uint32_t i = 0; i < word_count; i++) {
        order[i]->number = i + 1; // 0 ends a row
        if (i % 16 == 0) fprintf(out, "%u,", (unsigned)(to - text));
        size_t length = strlen(order[i]->text);
        *to++ = (uint8_t)length;
        memcpy(to, order[i]->text, length);
        to += length;
    }
    fprintf(out, "};\n");
    write_bytes(out, "word_texts", text, (size_t)(to - text));
    free(text);
    free(order);
}

static void write_rows(FILE *out) {
    uint8_t *rows = allocate((size_t)name_count * 64), *to = rows;
    fprintf(out, "static const uint32_t row_blocks[] = {");
    for (uint32_t i = 0; i < name_count; i++) {
        if (i % ROWS_IN_BLOCK == 0) fprintf(out, "%u,", (unsigned)(to - rows));
        bool after_hyphen = false;
        char word[64];
        for (const char *at = names[i].text; *at != 0;) {
            at = word_next(at, &after_hyphen, word);
            to += word_encode(word_find(word), to);
        }
        *to++ = 0;
    }
    fprintf(out, "};\n");
    write_bytes(out, "rows", rows, (size_t)(to - rows));
    free(rows);
}

// Runs of characters that follow each other, with the row of the first; then the aliases' characters.
static void write_codes(FILE *out) {
    fprintf(out, "static const RowRun row_runs[] = {\n");
    for (uint32_t i = 0; i < alias_start;) {
        uint32_t count = 1;
        while (i + count < alias_start && names[i + count].code == names[i].code + count) count++;
        fprintf(out, "{0x%X,%u,%u},\n", names[i].code, i, count);
        i += count;
    }
    fprintf(out, "};\nstatic const uint32_t alias_codes[] = {");
    for (uint32_t i = alias_start; i < name_count; i++) fprintf(out, "0x%X,", names[i].code);
    fprintf(out, "0};\n");
}

static void write_hash(FILE *out) {
    uint8_t *table = allocate(NAME_SLOTS * 2);
    for (uint32_t i = 0; i < name_count; i++) {
        uint32_t slot = hash_text(names[i].text) % NAME_SLOTS;
        while (table[slot * 2] != 0 || table[slot * 2 + 1] != 0) slot = (slot + 1) % NAME_SLOTS;
        table[slot * 2] = (uint8_t)(i + 1);
        table[slot * 2 + 1] = (uint8_t)((i + 1) >> 8);
    }
    write_bytes(out, "name_slots", table, NAME_SLOTS * 2);
    free(table);
}

int main(int argc, char **argv) {
    if (argc != 3) fail("usage:", "gen_unicode DATA_FOLDER OUT_FOLDER");
    data_folder = argv[1];
    FILE *tables = out_open(argv[2], "unicode_tables.h"), *name_tables = out_open(argv[2], "unicode_name_tables.h");
    FILE *probe = data_open("UnicodeData.txt");
    if (probe == NULL) {
        fprintf(stderr,
                "note: no Unicode data in %s (Debian: the package unicode-data); \\N{...} will know no names and rare "
                "properties of characters will be guessed from their categories\n",
                data_folder);
        fprintf(tables, "#define UNICODE_TABLES_ARE_KNOWN 0\n");
        fprintf(name_tables, "#define UNICODE_NAMES_ARE_KNOWN 0\n");
    } else {
        fclose(probe);
        fprintf(tables, "#define UNICODE_TABLES_ARE_KNOWN 1\n");
        write_property(tables, "XID_Start", "xid_start_ranges");
        write_property(tables, "XID_Continue", "xid_continue_ranges");
        write_property(tables, "Uppercase", "uppercase_ranges");
        write_property(tables, "Lowercase", "lowercase_ranges");
        write_property(tables, "Cased", "cased_ranges");
        write_property(tables, "Case_Ignorable", "case_ignorable_ranges");
        read_characters();
        write_numerics(tables);
        write_special_cases(tables);
        write_foldings(tables);
        read_names();
        fprintf(name_tables, "#define UNICODE_NAMES_ARE_KNOWN 1\n");
        fprintf(name_tables, "enum { ONE_BYTE_WORDS = %d, ROWS_IN_BLOCK = %d, NAME_SLOTS = %d, ALIAS_START = %u, "
                             "ROW_COUNT = %u };\n",
                ONE_BYTE_WORDS, ROWS_IN_BLOCK, NAME_SLOTS, alias_start, name_count);
        write_words(name_tables);
        write_rows(name_tables);
        write_codes(name_tables);
        write_hash(name_tables);
    }
    if (fclose(tables) != 0 || fclose(name_tables) != 0) fail("cannot write to", argv[2]);
    return 0;
}
