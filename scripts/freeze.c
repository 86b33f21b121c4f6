// Compiles modules of the standard library that are written in Python, and writes them as C arrays of packed serialised code units
// (base/pack.h), for stdlib/frozen.c to include:
//
//     freeze OUTPUT asyncio.locks=stdlib/asyncio/locks.py ...
//
// Columns are left out: their source is not there to point into when a traceback shows a frozen module's line.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/entry.h"
#include "compiler/marshal.h"
#include "scripts/packer.h"

static char *file_read(const char *path, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    size_t size = 0, capacity = 1 << 16;
    char *data = malloc(capacity);
    while (data != NULL) {
        size += fread(data + size, 1, capacity - size, file);
        if (size < capacity) break;
        char *more = realloc(data, capacity *= 2);
        if (more == NULL) free(data);
        data = more;
    }
    fclose(file);
    *out_size = size;
    return data;
}

static void put_number(Buf *out, uint32_t value) {
    for (; value > 127; value >>= 7) buf_append(out, &(char){(char)(value | 128)}, 1);
    buf_append(out, &(char){(char)value}, 1);
}

// The positions (compiler/codeunit.c has their format) with lines alone.
static bool strip_columns(Arena *arena, CodeUnit *unit) {
    int32_t *lines = arena_new_array(arena, int32_t, unit->word_count + 1);
    positions_lines(unit->positions, unit->positions_size, lines, unit->word_count);
    Buf out = buf_of(&allocator_of_libc);
    int32_t line = 0;
    for (uint32_t i = 0, next; i < unit->word_count; i = next) {
        for (next = i + 1; next < unit->word_count && lines[next] == lines[i];) next++;
        int32_t now = lines[i] < 0 ? 0 : lines[i];
        put_number(&out, next - i);
        put_number(&out, (uint32_t)(now - line) << 1 ^ (uint32_t)((now - line) >> 31));
        buf_append(&out, "\0\0\0", 3);
        line = now;
    }
    if (!out.failed) {
        unit->positions = arena_memdup(arena, out.data, out.length);
        unit->positions_size = (uint32_t)out.length;
    }
    bool done = !out.failed;
    buf_free(&out);
    for (uint32_t i = 0; i < unit->constant_count && done; i++)
        if (unit->constants[i].kind == CONSTANT_CODE) done = strip_columns(arena, (CodeUnit *)unit->constants[i].as.code);
    return done;
}

// The module's serialised code unit in `out`. The unit is this program's own, so that it may change it.
static int freeze(const char *path, Buf *out) {
    size_t size;
    char *source = file_read(path, &size);
    if (source == NULL) return fprintf(stderr, "freeze: cannot read %s\n", path), 1;
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    FrontEnd fe;
    front_end_init(&fe, &arena, path, FRONT_END_SOURCE_IS_FILE);
    bool parsed;
    const CodeUnit *unit = front_end_compile(&fe, source, size, (EntryOptions){.mode = ENTRY_EXEC}, &parsed);
    int status = 1;
    if (unit == NULL) {
        fprintf(stderr, "freeze: %s:%d: %s\n", path, fe.diagnostic.lineno, fe.diagnostic.message);
    } else if (strip_columns(&arena, (CodeUnit *)unit)) {
        codeunit_write(out, unit);
        status = out->failed;
    }
    arena_free(&arena);
    free(source);
    return status;
}

static void write_bytes(FILE *out, const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) fprintf(out, "%s%d,", i % 24 == 0 ? "\n" : "", bytes[i]);
}

// All modules' streams, and what is needed to unpack them; each is unpacked once to see that it is right.
static int write_modules(FILE *out, const PackInput *units, size_t count, char **names) {
    PackOutput *packed = calloc(count, sizeof *packed);
    PackCodes codes = {0};
    if (packed == NULL || !pack_all(units, packed, count, &codes)) return fprintf(stderr, "freeze: out of memory\n"), 1;
    int status = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t *again = malloc(units[i].size + 1);
        if (again == NULL || !unpack(&codes, packed[i].bytes, packed[i].size, again, units[i].size) ||
            memcmp(again, units[i].bytes, units[i].size) != 0) {
            fprintf(stderr, "freeze: %s does not survive packing\n", names[i]);
            status = 1;
        }
        free(again);
        fprintf(out, "static const unsigned char frozen_%zu[] = {", i);
        write_bytes(out, packed[i].bytes, packed[i].size);
        fprintf(out, "\n};\n");
    }
    fprintf(out, "const PackCodes frozen_codes = {{");
    write_bytes(out, codes.symbols, sizeof codes.symbols);
    fprintf(out, "\n}, {");
    write_bytes(out, codes.distances, sizeof codes.distances);
    fprintf(out, "\n}};\nconst FrozenModule frozen_modules[] = {\n");
    for (size_t i = 0; i < count; i++) {
        int length = (int)strcspn(names[i], "=");
        fprintf(out, "    {\"%.*s\", frozen_%zu, %zu, %zu},\n", length, names[i], i, packed[i].size, units[i].size);
        free(packed[i].bytes);
    }
    fprintf(out, "    {0},\n};\n");
    free(packed);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 3) return fprintf(stderr, "usage: freeze OUTPUT NAME=FILE...\n"), 2;
    size_t count = (size_t)argc - 2;
    char **names = argv + 2;
    FILE *out = fopen(argv[1], "w");
    PackInput *units = calloc(count, sizeof *units);
    if (out == NULL || units == NULL) return fprintf(stderr, "freeze: cannot write %s\n", argv[1]), 1;
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        const char *equals = strchr(names[i], '=');
        Buf bytes = buf_of(&allocator_of_libc);
        status = equals == NULL ? 2 : freeze(equals + 1, &bytes);
        units[i] = (PackInput){(const uint8_t *)bytes.data, bytes.length};
    }
    if (status == 0) status = write_modules(out, units, count, names);
    for (size_t i = 0; i < count; i++) free((void *)units[i].bytes);
    free(units);
    if (fclose(out) != 0) status = 1;
    if (status != 0) remove(argv[1]);
    return status;
}
