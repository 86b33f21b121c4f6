// Makes the Unicode tables of the build from the Unicode Character Database.
//
//     gen_unicode DATA_FOLDER OUT_FOLDER
//
// writes unicode_tables.h (properties that utf8proc does not have, special case mappings) and unicode_name_tables.h
// (all names, packed). Without the data both say so, and Coil is built with the properties that categories imply and no
// names.
//
// How names are packed: in the order of code points, as lines, NAMES_IN_BLOCK to a block, and each block by the scheme of base/pack.h. Where
// a name has its code point in hexadecimal digits, the line has a '#'. For finding a name there is a hash table of the blocks alone: all
// names in the order of their hash's remainder by NAME_BUCKETS, of each the number of its block, and of each bucket the number of names.
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scripts/packer.h"

enum {
    MAX_NAMES = 65000,
    NAMES_IN_BLOCK = 144,       // so that the number of a block is a byte
    NAME_BUCKETS = 8192,
    BUCKETS_IN_GROUP = 64,
    RANGE_BITS = 11,
    MAX_NUMBERS = 512,          // different values of numeric characters
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

// A number of 32 bits for each range: the first character, and in the low RANGE_BITS how many more. Longer ranges are several.
static void write_range(FILE *out, uint32_t first, uint32_t last) {
    for (uint32_t more; first <= last; first += more + 1) {
        more = last - first < (1u << RANGE_BITS) - 1 ? last - first : (1u << RANGE_BITS) - 1;
        fprintf(out, "0x%X,\n", first << RANGE_BITS | more);
    }
}

static void write_property(FILE *out, const char *property, const char *table) {
    FILE *in = data_open("DerivedCoreProperties.txt");
    if (in == NULL) fail("cannot read", "DerivedCoreProperties.txt");
    fprintf(out, "static const uint32_t %s[] = {\n", table);
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
        if (any) write_range(out, first, last);
        first = next_first;
        last = next_last;
        any = true;
    }
    write_range(out, first, last);
    fprintf(out, "};\n");
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
    static double values[MAX_NUMBERS];
    size_t value_count = 0;
    fprintf(out, "static const NumericRun numeric_runs[] = {\n");
    for (uint32_t i = 0; i < 0x110000;) {
        const Character *c = &characters[i];
        if (!c->is_numeric) {
            i++;
            continue;
        }
        int type = c->decimal ? 3 : c->digit ? 2 : 1, step = -1;
        uint32_t count = 1;
        for (; i + count < 0x110000 && count < 255; count++) {
            const Character *next = c + count;
            if (!next->is_numeric || (next->decimal ? 3 : next->digit ? 2 : 1) != type) break;
            double difference = next->numeric - next[-1].numeric;
            if ((difference != 0 && difference != 1) || (step >= 0 && difference != step)) break;
            step = (int)difference;
        }
        size_t number = 0;
        while (number < value_count && values[number] != c->numeric) number++;
        if (number == MAX_NUMBERS) fail("too many different", "numeric values");
        if (number == value_count) values[value_count++] = c->numeric;
        fprintf(out, "{0x%X,%d,%d,%u,%zu},\n", i, type, step < 0 ? 0 : step, count, number);
        i += count;
    }
    fprintf(out, "};\nstatic const double numeric_values[] = {");
    for (size_t i = 0; i < value_count; i++) fprintf(out, "%.17g,", values[i]);
    fprintf(out, "};\n");
}

// A case mapping of up to three characters, as an initialiser.
static void write_mapping(FILE *out, const char *text) {
    uint32_t points[3] = {0};
    char *end = (char *)text;
    for (int i = 0; i < 3 && *end != 0; i++) {
        points[i] = (uint32_t)strtoul(end, &end, 16);
        if (points[i] > 0xFFFF) fail("a mapping to beyond 16 bits:", text);
    }
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
        if (special->code > 0xFFFF) fail("a special case beyond 16 bits:", fields[0]);
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
        if (code > 0xFFFF) fail("a folding beyond 16 bits:", foldings[code]);
        fprintf(out, "{0x%X,", code);
        if (*foldings[code] == 0) fprintf(out, "{0x%X}", code);
        else write_mapping(out, foldings[code]);
        fprintf(out, "},\n");
    }
    free(foldings);
    fprintf(out, "};\n");
}

// ---- names ----

typedef struct Name {
    uint32_t code, hash;
    char text[128];
} Name;

static Name *names;
static uint32_t name_count, alias_start;

static void name_add(uint32_t code, const char *text) {
    if (name_count == MAX_NAMES || strlen(text) >= sizeof names->text) fail("no room for name", text);
    names[name_count].code = code;
    strcpy(names[name_count++].text, text);
}

static void read_names(void) {
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

static void write_lengths(FILE *out, const uint8_t *lengths, size_t count) {
    fputc('{', out);
    for (size_t i = 0; i < count; i++) fprintf(out, "%d,", lengths[i]);
    fputs("},", out);
}

// The name with a newline behind it.
static size_t name_line(const Name *name, char *out) {
    char digits[16];
    snprintf(digits, sizeof digits, "%X", name->code);
    const char *found = strlen(digits) < 4 ? NULL : strstr(name->text, digits);   // a line with a mark is shorter than its name
    if (found == NULL) return (size_t)sprintf(out, "%s\n", name->text);
    return (size_t)sprintf(out, "%.*s#%s\n", (int)(found - name->text), name->text, found + strlen(digits));
}

static void write_blocks(FILE *out) {
    size_t count = (name_count + NAMES_IN_BLOCK - 1) / NAMES_IN_BLOCK, longest = 0;
    if (count > 256) fail("too many", "names");
    char *text = allocate((size_t)name_count * (sizeof names->text + 1)), *to = text;
    PackInput *blocks = allocate(count * sizeof *blocks);
    PackOutput *packed = allocate(count * sizeof *packed);
    for (uint32_t i = 0; i < name_count; i++) {
        PackInput *block = &blocks[i / NAMES_IN_BLOCK];
        if (block->bytes == NULL) block->bytes = (uint8_t *)to;
        to += name_line(&names[i], to);
        block->size = (size_t)((uint8_t *)to - block->bytes);
        if (block->size > longest) longest = block->size;
    }
    PackCodes codes = {0};
    if (!pack_all(blocks, packed, count, &codes)) fail("out of", "memory");
    uint8_t *bytes = allocate(name_count * sizeof names->text), *end = bytes;
    fprintf(out, "enum { BLOCK_SIZE_MAX = %zu };\n", longest);
    fprintf(out, "static const struct { uint32_t start, size; } blocks[] = {");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "{%zu,%zu},", (size_t)(end - bytes), blocks[i].size);
        memcpy(end, packed[i].bytes, packed[i].size);
        end += packed[i].size;
        free(packed[i].bytes);
    }
    fprintf(out, "{%zu,0}};\nstatic const PackCodes block_codes = {", (size_t)(end - bytes));
    write_lengths(out, codes.symbols, sizeof codes.symbols);
    write_lengths(out, codes.distances, sizeof codes.distances);
    fprintf(out, "};\n");
    write_bytes(out, "block_bytes", bytes, (size_t)(end - bytes));
    free(bytes);
    free(packed);
    free(blocks);
    free(text);
}

// Runs of characters that follow each other: the first of each, and its row; then the aliases' characters.
static void write_codes(FILE *out) {
    uint32_t count = 0, *rows = allocate(sizeof *rows * name_count);
    for (uint32_t i = 0; i < alias_start; i++)
        if (i == 0 || names[i].code != names[i - 1].code + 1) rows[count++] = i;
    fprintf(out, "static const uint32_t run_codes[] = {");
    for (uint32_t i = 0; i < count; i++) fprintf(out, "0x%X,", names[rows[i]].code);
    fprintf(out, "};\nstatic const uint16_t run_rows[] = {");
    for (uint32_t i = 0; i < count; i++) fprintf(out, "%u,", rows[i]);
    fprintf(out, "%u};\nstatic const uint32_t alias_codes[] = {", alias_start);
    for (uint32_t i = alias_start; i < name_count; i++) fprintf(out, "0x%X,", names[i].code);
    fprintf(out, "0};\n");
    free(rows);
}

static uint32_t hash_text(const char *text, uint32_t hash) {
    for (; *text != 0; text++) hash = (hash ^ (uint8_t)*text) * 16777619u;
    return hash ^ hash >> 15;
}

// A seed with which no bucket has more names than fit into half a byte.
static uint32_t find_seed(uint8_t counts[NAME_BUCKETS]) {
    for (uint32_t seed = 1; seed < 10000; seed++) {
        uint8_t most = 0;
        memset(counts, 0, NAME_BUCKETS);
        for (uint32_t i = 0; i < name_count; i++) {
            names[i].hash = hash_text(names[i].text, seed) % NAME_BUCKETS;
            uint8_t count = ++counts[names[i].hash];
            if (count > most) most = count;
        }
        if (most <= 15) return seed;
    }
    fail("too many", "names");
}

static void write_hash(FILE *out) {
    static uint8_t counts[NAME_BUCKETS], halves[NAME_BUCKETS / 2];
    fprintf(out, "enum { NAME_SEED = %u };\nstatic const uint16_t bucket_groups[] = {", find_seed(counts));
    uint32_t *starts = allocate(sizeof *starts * NAME_BUCKETS), start = 0;
    for (uint32_t i = 0; i < NAME_BUCKETS; i++) {
        if (i % BUCKETS_IN_GROUP == 0) fprintf(out, "%u,", start);
        starts[i] = start;
        start += counts[i];
        halves[i / 2] |= (uint8_t)(counts[i] << (i % 2 * 4));
    }
    fprintf(out, "};\n");
    uint8_t *order = allocate(name_count);
    for (uint32_t i = 0; i < name_count; i++) order[starts[names[i].hash]++] = (uint8_t)(i / NAMES_IN_BLOCK);
    write_bytes(out, "bucket_counts", halves, sizeof halves);
    write_bytes(out, "bucket_blocks", order, name_count);
    free(order);
    free(starts);
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
        fprintf(tables, "#define UNICODE_TABLES_ARE_KNOWN 1\nenum { RANGE_BITS = %d };\n", RANGE_BITS);
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
        fprintf(name_tables, "enum { NAMES_IN_BLOCK = %d, NAME_BUCKETS = %d, BUCKETS_IN_GROUP = %d, ALIAS_START = %u, ROW_COUNT = %u };\n",
                NAMES_IN_BLOCK, NAME_BUCKETS, BUCKETS_IN_GROUP, alias_start, name_count);
        write_blocks(name_tables);
        write_codes(name_tables);
        write_hash(name_tables);
    }
    if (fclose(tables) != 0 || fclose(name_tables) != 0) fail("cannot write to", argv[2]);
    return 0;
}
