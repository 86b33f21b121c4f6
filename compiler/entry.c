// The stages in a row: see entry.h.
#include "compiler/entry.h"

#include "compiler/compile.h"
#include "lexer/lexer.h"
#include "parser/parser.h"

const CodeUnit *front_end_compile(FrontEnd *fe, const void *source, size_t size, EntryOptions options, bool *out_parsed) {
    static const ParseMode modes[] = {[ENTRY_EXEC] = PARSE_EXEC, [ENTRY_EVAL] = PARSE_EVAL, [ENTRY_SINGLE] = PARSE_SINGLE};
    *out_parsed = false;
    if (setjmp(fe->leave) != 0) return NULL;
    source_read(fe, source, size);
    lexer_run(fe);
    const Module *module = parser_parse(fe, modes[options.mode]);
    *out_parsed = true;
    CompileOptions compile_options = {.optimize = options.optimize,
                                      .top_level_await = options.top_level_await,
                                      .future_annotations = options.future_annotations};
    return compiler_compile(fe, module, compile_options);
}

// ---- anchors

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\f'; }

// Between an operand's end and the operator stand blanks and the operand's own closing parentheses.
static bool anchors_of(const char *text, const Expr *expr, uint32_t *out_left, uint32_t *out_right) {
    bool subscript = expr->kind == EXPR_Subscript;
    if (!subscript && expr->kind != EXPR_BinOp) return false;
    int i = subscript ? expr->Subscript.value->at.end_col_offset : expr->BinOp.left->at.end_col_offset;
    int end = subscript ? expr->at.end_col_offset : expr->BinOp.right->at.col_offset;
    while (i < end && (is_space(text[i]) || text[i] == ')')) i++;
    if (i >= end) return false;
    *out_left = (uint32_t)i;
    if (subscript) *out_right = (uint32_t)end;
    else *out_right = (uint32_t)i + 1 + (i + 1 < end && !is_space(text[i + 1]));
    return true;
}

bool front_end_anchors(const Allocator *allocator, const char *text, size_t size, uint32_t *out_left, uint32_t *out_right) {
    Arena arena;
    FrontEnd fe;
    arena_init(&arena, allocator, SIZE_MAX);
    front_end_init(&fe, &arena, "", FRONT_END_SOURCE_IS_TEXT);
    volatile bool found = false;
    if (setjmp(fe.leave) == 0) {
        source_read(&fe, text, size);
        lexer_run(&fe);
        const Module *module = parser_parse(&fe, PARSE_EXEC);
        if (module->body.count == 1 && module->body.items[0]->kind == STMT_Expr)
            found = anchors_of(text, module->body.items[0]->Expr.value, out_left, out_right);
    }
    arena_free(&arena);
    return found;
}
