// Writes docs/opcodes.md from compiler/opcodes.def (`make docs/opcodes.md`).
//
// The rows come through the preprocessor, so that the macros of the table are expanded; the headings are its comments
// ("// ---- jumps. ..."), read from the file itself: each goes before the first row behind it.
#include <stdio.h>
#include <string.h>

typedef struct Row {
    const char *name, *x, *a, *b, *c, *cache, *may, *meaning;
} Row;

static const Row rows[] = {
#define OP(name, x, a, b, c, cache, may, meaning) {#name, #x, #a, #b, #c, #cache, #may, meaning},
#include "compiler/opcodes.def"
#undef OP
};

enum { ROW_COUNT = sizeof rows / sizeof *rows, HEADINGS_MAX = 64 };

typedef struct Heading {
    char text[256], first[64];
} Heading;

// The name in `OP(NAME, ...` or `SOME_ROW(NAME, ...`, or an empty string.
static void read_name(const char *line, char *out, size_t size) {
    out[0] = 0;
    if (line[0] == '#' || line[0] == ' ' || line[0] == '/') return;
    const char *open = strchr(line, '(');
    if (open != NULL) snprintf(out, size, "%.*s", (int)strcspn(open + 1, ",)"), open + 1);
}

static int read_headings(const char *path, Heading *headings) {
    FILE *file = fopen(path, "r");
    if (file == NULL) return -1;
    char line[1024];
    int count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "// ---- ", 8) == 0 && count < HEADINGS_MAX) {
            snprintf(headings[count].text, sizeof headings[count].text, "%.*s", (int)strcspn(line + 8, "\n"), line + 8);
            headings[count++].first[0] = 0;
        } else if (count > 0 && headings[count - 1].first[0] == 0) {
            read_name(line, headings[count - 1].first, sizeof headings[count - 1].first);
        }
    }
    fclose(file);
    return count;
}

static void print_heading(const char *text) {
    size_t title = strcspn(text, ".");
    printf("\n## %c%.*s\n\n", text[0] >= 'a' && text[0] <= 'z' ? text[0] - 32 : text[0], (int)title - 1, text + 1);
    if (text[title] == '.') printf("%s.\n\n", text + title + 1 + strspn(text + title + 1, " "));
    printf("| opcode | operands | cache | may | meaning |\n| --- | --- | --- | --- | --- |\n");
}

static void print_row(const Row *row) {
    const char *operands[] = {row->x, row->a, row->b, row->c}, *letters[] = {"x", "a", "b", "c"};
    printf("| `%s` |", row->name);
    for (int i = 0; i < 4; i++) {
        if (strcmp(operands[i], "_") != 0) printf(" %s:%s", letters[i], operands[i]);
    }
    printf(" | %s | %s | ", strcmp(row->cache, "0") == 0 ? "" : row->cache, row->may);
    for (const char *at = row->meaning; *at != 0; at++) printf(*at == '|' || *at == '*' ? "\\%c" : "%c", *at);
    printf(" |\n");
}

int main(int argc, char **argv) {
    static Heading headings[HEADINGS_MAX];
    int count = argc > 1 ? read_headings(argv[1], headings) : -1;
    if (count < 0) {
        fprintf(stderr, "usage: opcode_docs compiler/opcodes.def\n");
        return 1;
    }
    printf("# Instructions\n\n"
           "Made from compiler/opcodes.def by `make docs/opcodes.md`; the table is explained at its top.\n\n"
           "An instruction is one 64-bit word, `op:8 x:8 a:16 b:16 c:16` with the low bits first, and the cache words behind it.\n"
           "Operands: DST register written, REG register read, RW both, REGS first of a run of registers, K constant, NAME name,\n"
           "FREE free variable, IMM and UIMM numbers, OFF jump offset in words from the instruction's end; KW, NAMEW, IMMW and\n"
           "OFFW take b and c together.\n");
    for (int i = 0; i < ROW_COUNT; i++) {
        for (int j = 0; j < count; j++) {
            if (strcmp(headings[j].first, rows[i].name) == 0) print_heading(headings[j].text);
        }
        print_row(&rows[i]);
    }
    return 0;
}
