// Packs the texts of parser/grammar.def (base/pack.h) for parser/grammar.c, which reads them when a source is wrong:
//
//     pack_grammar OUTPUT
#include <stdio.h>
#include <stdlib.h>

#include "scripts/packer.h"

// Of each rule its name and its alternatives, each with a NUL behind.
static const char texts[] =
#define RULE(name, flags, alternatives) #name "\0" alternatives "\0"
#include "parser/grammar.def"
    ;

static void write_bytes(FILE *out, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) fprintf(out, "%s%d,", i % 24 == 0 ? "\n" : "", bytes[i]);
}

int main(int argc, char **argv) {
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (out == NULL) return fprintf(stderr, "usage: pack_grammar OUTPUT\n"), 2;
    PackOutput packed;
    PackCodes codes = {0};
    size_t size = sizeof texts - 1;   // without the string's own NUL
    if (!pack_all(&(PackInput){(const uint8_t *)texts, size}, &packed, 1, &codes)) return fprintf(stderr, "pack_grammar: out of memory\n"), 1;
    fprintf(out, "enum { GRAMMAR_TEXT_SIZE = %zu };\nstatic const PackCodes grammar_codes = {{", size);
    write_bytes(out, codes.symbols, sizeof codes.symbols);
    fprintf(out, "\n}, {");
    write_bytes(out, codes.distances, sizeof codes.distances);
    fprintf(out, "\n}};\nstatic const uint8_t grammar_packed[] = {");
    write_bytes(out, packed.bytes, packed.size);
    fprintf(out, "\n};\n");
    free(packed.bytes);
    return fclose(out) != 0;
}
