// Compiles modules of the standard library that are written in Python, and writes them as C arrays of serialised code units, for
// stdlib/frozen.c to include:
//
//     freeze OUTPUT asyncio.locks=stdlib/asyncio/locks.py ...
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/entry.h"
#include "compiler/marshal.h"

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

static void write_array(FILE *out, int number, const Buf *bytes) {
    fprintf(out, "static const unsigned char frozen_%d[] = {", number);
    for (size_t i = 0; i < bytes->length; i++) fprintf(out, "%s%d,", i % 24 == 0 ? "\n" : "", (unsigned char)bytes->data[i]);
    fprintf(out, "\n};\n");
}

static int freeze(FILE *out, int number, const char *path, size_t *out_size) {
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
    } else {
        Buf bytes = buf_of(&allocator_of_libc);
        codeunit_write(&bytes, unit);
        if (!bytes.failed) {
            write_array(out, number, &bytes);
            *out_size = bytes.length;
            status = 0;
        }
        buf_free(&bytes);
    }
    arena_free(&arena);
    free(source);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 2) return fprintf(stderr, "usage: freeze OUTPUT NAME=FILE...\n"), 2;
    FILE *out = fopen(argv[1], "w");
    size_t *sizes = calloc((size_t)argc, sizeof *sizes);
    if (out == NULL || sizes == NULL) return fprintf(stderr, "freeze: cannot write %s\n", argv[1]), 1;
    int status = 0;
    for (int i = 2; i < argc && status == 0; i++) {
        const char *equals = strchr(argv[i], '=');
        status = equals == NULL ? 2 : freeze(out, i - 2, equals + 1, &sizes[i]);
    }
    fprintf(out, "const FrozenModule frozen_modules[] = {\n");
    for (int i = 2; i < argc && status == 0; i++)
        fprintf(out, "    {\"%.*s\", frozen_%d, %zu},\n", (int)strcspn(argv[i], "="), argv[i], i - 2, sizes[i]);
    fprintf(out, "    {0},\n};\n");
    free(sizes);
    if (fclose(out) != 0) status = 1;
    if (status != 0) remove(argv[1]);
    return status;
}
