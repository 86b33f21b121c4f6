// Prints what each stage of the front end makes of a file: see stages.h.
#include "repl/stages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "compiler/compile.h"
#include "compiler/disasm.h"
#include "lexer/lexer.h"
#include "parser/ast_dump.h"
#include "parser/parser.h"

typedef enum { STAGE_TOKENS, STAGE_AST, STAGE_DIS, STAGE_CHECK } Stage;

typedef struct {
    Stage stage;
    ParseMode mode;
    AstDumpOptions dump;
    int optimize;
    bool incomplete;    // errors at the end of the source are "incomplete input"
    bool interactive;   // a text of the prompt: it may await
    bool numbers;       // an error as one line: type, message, lineno, offset, end_lineno, end_offset
} StageOptions;

// What serves one file after the other: the buffer for the source, and a region of memory that every arena starts in.
// Its pages are asked of the system in large ones, for the first touch of a small one takes longer than filling it.
enum { REGION_SIZE = 64 * 1024 * 1024 };

typedef struct {
    char *region;   // NULL: there is none, and arenas live in the C library's memory
    size_t used;
    Buf source;
} Workspace;

static void workspace_open(Workspace *space) {
    *space = (Workspace){.source = buf_of(&allocator_of_libc)};
    void *region = mmap(NULL, REGION_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) return;
#ifdef MADV_HUGEPAGE
    madvise(region, REGION_SIZE, MADV_HUGEPAGE);
#endif
    space->region = region;
}

static void workspace_close(Workspace *space) {
    if (space->region != NULL) munmap(space->region, REGION_SIZE);
    buf_free(&space->source);
}

static bool is_in_region(const Workspace *space, const char *block) {
    return space->region != NULL && block >= space->region && block < space->region + REGION_SIZE;
}

// The region is filled from its start to its end, and given back as a whole when the next file begins.
static void *region_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Workspace *space = user;
    if (block == NULL && space->region != NULL && new_size <= REGION_SIZE - space->used) {
        char *made = space->region + space->used;
        space->used += (new_size + 15) & ~(size_t)15;
        if (space->used > REGION_SIZE) space->used = REGION_SIZE;
        return made;
    }
    if (!is_in_region(space, block)) return alloc_resize(&allocator_of_libc, block, old_size, new_size);
    if (new_size <= old_size) return new_size == 0 ? NULL : block;
    void *moved = region_resize(user, NULL, 0, new_size);
    if (moved != NULL) memcpy(moved, block, old_size);
    return moved;
}

// The whole file. A buffer that most files fit in makes it one read, and one that finds the end.
static bool file_read(const char *path, Buf *out) {
    bool is_stdin = strcmp(path, "-") == 0;
    int file = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    bool fits = true;
    ssize_t count = file < 0 ? -1 : 1;
    out->length = 0;
    while (count > 0 && (fits = buf_reserve(out, 256 * 1024))) {
        do count = read(file, out->data + out->length, out->capacity - out->length - 1);
        while (count < 0 && errno == EINTR);
        if (count > 0) out->length += (size_t)count;
    }
    if (count < 0 || !fits) {
        int error = fits ? errno : ENOMEM;
        fprintf(stderr, "coil: can't %s file '%s': [Errno %d] %s\n", file < 0 ? "open" : "read", path, error,
                strerror(error));
    }
    if (file >= 0 && !is_stdin) close(file);
    return count == 0 && fits;
}

// As CPython shows a SyntaxError: the line without its indentation, and carets under the range.
static void diagnostic_print(const Diagnostic *diagnostic) {
    if (diagnostic->lineno > 0) {
        fprintf(stderr, "  File \"%s\", line %d\n", diagnostic->filename, diagnostic->lineno);
    }
    if (diagnostic->text != NULL) {
        const char *text = diagnostic->text;
        int blanks = 0;
        while (*text == ' ' || *text == '\t' || *text == '\f') {
            text++;
            blanks++;
        }
        int length = (int)strcspn(text, "\n");
        fprintf(stderr, "    %.*s\n", length, text);
        // Offsets may be missing (0 or negative): then one caret.
        int from = diagnostic->offset - 1 - blanks;
        int to = diagnostic->end_offset > diagnostic->offset ? diagnostic->end_offset - 1 - blanks : from + 1;
        if (diagnostic->end_lineno != diagnostic->lineno && diagnostic->end_lineno > 0) to = length;
        if (to <= from) to = from + 1;
        if (from >= 0) {
            fprintf(stderr, "    %*s", from, "");
            for (int i = from; i < to; i++) fputc('^', stderr);
            fputc('\n', stderr);
        }
    }
    fprintf(stderr, "%s: %s\n", diag_kind_name(diagnostic->kind), diagnostic->message);
}

static void stage_run(FrontEnd *fe, const StageOptions *options, const Buf *source, Buf *out) {
    source_read(fe, source->data == NULL ? "" : source->data, source->length);
    lexer_run(fe);
    if (options->stage == STAGE_TOKENS) {
        lexer_dump(fe, out);
        return;
    }
    Module *module = parser_parse(fe, options->mode);
    if (options->stage == STAGE_AST) {
        ast_dump(module, options->dump, out);
        buf_char(out, '\n');
        return;
    }
    const CodeUnit *code = compiler_compile(
        fe, module, (CompileOptions){.optimize = options->optimize, .top_level_await = options->interactive});
    if (options->stage == STAGE_DIS) disassemble(out, code);
}

static int stage_file(const char *path, const StageOptions *options, Workspace *space) {
    if (!file_read(path, &space->source)) return 2;
    space->used = 0;
    Allocator allocator = {region_resize, space};
    Buf out = buf_of(&allocator_of_libc);
    Arena arena;
    arena_init(&arena, &allocator, SIZE_MAX);
    FrontEnd fe;
    unsigned flags = FRONT_END_SOURCE_IS_FILE | (options->mode == PARSE_SINGLE ? FRONT_END_INTERACTIVE : 0) |
                     (options->incomplete ? FRONT_END_ALLOW_INCOMPLETE : 0);
    front_end_init(&fe, &arena, strcmp(path, "-") == 0 ? "<stdin>" : path, flags);
    int status = 0;
    if (setjmp(fe.leave) == 0) {
        stage_run(&fe, options, &space->source, &out);
        if (out.data != NULL) fwrite(out.data, 1, out.length, stdout);
    } else {
        status = 1;
        const Diagnostic *found = &fe.diagnostic;
        if (options->numbers) {
            printf("%s|%s|%d|%d|%d|%d\n", diag_kind_name(found->kind), found->message, found->lineno, found->offset,
                   found->end_lineno, found->end_offset == DIAG_NO_OFFSET ? 0 : found->end_offset);
        } else {
            diagnostic_print(found);
        }
    }
    arena_free(&arena);
    buf_free(&out);
    return status;
}

void stages_show(const char *stage, const char *text, size_t size, Text *shown) {
    StageOptions options = {.stage = strcmp(stage, "ast") == 0 ? STAGE_AST : STAGE_DIS,
                            .mode = PARSE_EXEC,
                            .dump = {.indent = 2},
                            .interactive = true};
    Buf source = buf_of(&allocator_of_libc), out = buf_of(&allocator_of_libc);
    buf_append(&source, text, size);
    buf_char(&source, '\n');
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    FrontEnd fe;
    front_end_init(&fe, &arena, "<stdin>", FRONT_END_SOURCE_IS_TEXT);
    if (setjmp(fe.leave) == 0) stage_run(&fe, &options, &source, &out);
    else buf_printf(&out, "%s: %s\n", diag_kind_name(fe.diagnostic.kind), fe.diagnostic.message);
    if (out.data != NULL) text_add(shown, out.data, out.length);
    arena_free(&arena);
    buf_free(&source);
    buf_free(&out);
}

static bool option_read(StageOptions *options, const char *text) {
    if (strcmp(text, "--attributes") == 0) options->dump.attributes = true;
    else if (strcmp(text, "--indent") == 0) options->dump.indent = 2;
    else if (strcmp(text, "-O") == 0) options->optimize = 1;
    else if (strcmp(text, "-OO") == 0) options->optimize = 2;
    else if (strcmp(text, "--mode=exec") == 0) options->mode = PARSE_EXEC;
    else if (strcmp(text, "--mode=eval") == 0) options->mode = PARSE_EVAL;
    else if (strcmp(text, "--mode=single") == 0) options->mode = PARSE_SINGLE;
    else if (strcmp(text, "--incomplete") == 0) options->incomplete = true;
    else if (strcmp(text, "--numbers") == 0) options->numbers = true;
    else return false;
    return true;
}

int stages_main(int argc, char **argv) {
    StageOptions options = {.mode = PARSE_EXEC, .dump = {.indent = -1}};
    if (argc < 2) return -1;
    if (strcmp(argv[1], "--tokens") == 0) options.stage = STAGE_TOKENS;
    else if (strcmp(argv[1], "--ast") == 0) options.stage = STAGE_AST;
    else if (strcmp(argv[1], "--dis") == 0) options.stage = STAGE_DIS;
    else if (strcmp(argv[1], "--check") == 0) options.stage = STAGE_CHECK;
    else return -1;
    Workspace space;
    workspace_open(&space);
    int i = 2, status = 0;
    while (i < argc && option_read(&options, argv[i])) i++;
    for (; i < argc; i++) {
        int one = stage_file(argv[i], &options, &space);
        if (one > status) status = one;
    }
    workspace_close(&space);
    return status;
}
