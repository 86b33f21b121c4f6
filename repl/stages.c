// Prints what each stage of the front end makes of a file: see stages.h.
#include "repl/stages.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

// Blocks that one file's arena gave back, for the next file's: memory that is in use already is far quicker than memory
// that the system has to provide anew, and an arena asks for the same sizes each time.
enum { KEPT_MAX = 64 };

typedef struct {
    struct { void *block; size_t size; } kept[KEPT_MAX];
    int count;
} BlockCache;

static void *cache_resize(void *user, void *block, size_t old_size, size_t new_size) {
    BlockCache *cache = user;
    if (block == NULL) {
        for (int i = 0; i < cache->count; i++) {
            if (cache->kept[i].size != new_size) continue;
            void *found = cache->kept[i].block;
            cache->kept[i] = cache->kept[--cache->count];
            return found;
        }
    } else if (new_size == 0 && cache->count < KEPT_MAX) {
        cache->kept[cache->count].block = block;
        cache->kept[cache->count++].size = old_size;
        return NULL;
    }
    return alloc_resize(&allocator_of_libc, block, old_size, new_size);
}

static void cache_free(BlockCache *cache) {
    for (int i = 0; i < cache->count; i++) alloc_free(&allocator_of_libc, cache->kept[i].block, cache->kept[i].size);
}

static bool file_read(const char *path, Buf *out) {
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "coil: can't open file '%s': [Errno %d] %s\n", path, errno, strerror(errno));
        return false;
    }
    setvbuf(file, NULL, _IONBF, 0);   // read straight into the buffer
    for (size_t count = 1; count > 0 && buf_reserve(out, 32 * 1024);) {
        count = fread(out->data + out->length, 1, out->capacity - out->length - 1, file);
        out->length += count;
        out->data[out->length] = 0;
    }
    if (file != stdin) fclose(file);
    return !out->failed;
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
    const CodeUnit *code = compiler_compile(fe, module, (CompileOptions){.optimize = options->optimize, .top_level_await = options->interactive});
    if (options->stage == STAGE_DIS) disassemble(out, code);
}

static int stage_file(const char *path, const StageOptions *options, BlockCache *cache) {
    Allocator allocator = {cache_resize, cache};
    Buf source = buf_of(&allocator_of_libc), out = buf_of(&allocator_of_libc);
    if (!file_read(path, &source)) {
        buf_free(&source);
        return 2;
    }
    Arena arena;
    arena_init(&arena, &allocator, SIZE_MAX);
    FrontEnd fe;
    unsigned flags = FRONT_END_SOURCE_IS_FILE | (options->mode == PARSE_SINGLE ? FRONT_END_INTERACTIVE : 0) |
                     (options->incomplete ? FRONT_END_ALLOW_INCOMPLETE : 0);
    front_end_init(&fe, &arena, strcmp(path, "-") == 0 ? "<stdin>" : path, flags);
    int status = 0;
    if (setjmp(fe.leave) == 0) {
        stage_run(&fe, options, &source, &out);
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
    buf_free(&source);
    buf_free(&out);
    return status;
}

void stages_show(const char *stage, const char *text, size_t size, Text *shown) {
    StageOptions options = {.stage = strcmp(stage, "ast") == 0 ? STAGE_AST : STAGE_DIS, .mode = PARSE_EXEC, .dump = {.indent = 2}, .interactive = true};
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
    BlockCache cache = {.count = 0};
    int i = 2, status = 0;
    while (i < argc && option_read(&options, argv[i])) i++;
    for (; i < argc; i++) {
        int one = stage_file(argv[i], &options, &cache);
        if (one > status) status = one;
    }
    cache_free(&cache);
    return status;
}
