// The parser's entry, and what all of its files use: see parse_internal.h.
#include "parser/parse_internal.h"

#include "parser/diagnose.h"

_Noreturn void parser_fail(Parser *p) {
    longjmp(p->failed, 1);
}

// CPython raises a MemoryError without a text.
_Noreturn void parser_too_deep(Parser *p) {
    diag_raise_nowhere(p->fe, DIAG_MEMORY_ERROR, "%s", "");
}

Position position_of_block(const Parser *p, const Token *start) {
    const Token *last = p->t - 1;
    while (last->kind == TOK_NEWLINE || last->kind == TOK_INDENT || last->kind == TOK_DEDENT) last--;
    return (Position){(int32_t)start->line, (int32_t)start->col, (int32_t)last->end_line, (int32_t)last->end_col};
}

void *seq_take(Parser *p, size_t mark, int32_t *out_count) {
    size_t count = p->pending.count - mark;
    *out_count = (int32_t)count;
    if (count == 0) return NULL;
    p->pending.count = mark;
    return arena_memdup(p->arena, p->pending.items + mark, count * sizeof(void *));
}

// file: statement* ENDMARKER
static void parse_file(Parser *p, const Token **statement_start) {
    while (!at_kind(p, TOK_ENDMARKER)) {
        // What goes on with a statement that seemed complete is a mistake in that one.
        TokenKind kind = p->t->kind;
        bool goes_on = kind == TOK_KW_ELIF || kind == TOK_KW_ELSE || kind == TOK_KW_EXCEPT || kind == TOK_KW_FINALLY;
        if (!goes_on) *statement_start = p->t;
        parse_statement(p);
    }
}

// eval: ','.expression+ [','] NEWLINE* ENDMARKER
static void parse_eval(Parser *p) {
    const Token *start = p->t;
    Expr *value = parse_expressions(p);
    seq_push(p, stmt_Expr(p->arena, position_from(p, start), (StmtExpr){.value = value}));
    while (accept(p, TOK_NEWLINE)) {}
    if (!at_kind(p, TOK_ENDMARKER)) parser_fail(p);
}

// interactive: compound_stmt NEWLINE | simple_stmts | NEWLINE
// A compound statement is complete only when a line end of its own follows: see parser_final_newline.
static void parse_interactive(Parser *p) {
    if (parse_compound_stmt(p)) {
        if (!parser_has_final_newline(p->fe, p->t)) parser_fail(p);
    } else {
        if (at_kind(p, TOK_ENDMARKER)) parser_fail(p);
        parse_simple_stmts(p);
    }
}

// At the end of an interactive source CPython reads one more line end, unless the last line was without one. Whoever
// asks for incomplete input means to add lines: then blocks stay open until a line end closes them.
bool parser_has_final_newline(const FrontEnd *fe, const Token *at) {
    if (at->kind != TOK_ENDMARKER) return false;
    if (!fe->added_newline) return true;
    return at[-1].kind == TOK_DEDENT && (fe->flags & FRONT_END_ALLOW_INCOMPLETE) == 0;
}

// What setjmp's second return needs must not live in registers.
typedef struct {
    Parser parser;
    jmp_buf outer;
    const Token *statement_start;
} Parsing;

Module *parser_parse(FrontEnd *fe, ParseMode mode) {
    static const ModuleKind kinds[] = {
        [PARSE_EXEC] = MODULE_FILE, [PARSE_EVAL] = MODULE_EXPRESSION, [PARSE_SINGLE] = MODULE_INTERACTIVE};
    Parsing *parsing = arena_new(fe->arena, Parsing);
    Parser *p = &parsing->parser;
    *p = (Parser){.fe = fe, .arena = fe->arena, .names = fe->names, .t = fe->tokens};
    parsing->statement_start = fe->tokens;
    memcpy(&parsing->outer, &fe->leave, sizeof fe->leave);
    if (setjmp(p->failed) != 0) {
        memcpy(&fe->leave, &parsing->outer, sizeof fe->leave);
        diagnose(fe, mode, parsing->statement_start, p->t);
    }
    if (setjmp(fe->leave) != 0) {
        // An error in a literal: whether it counts, and where, is for the diagnosis too.
        memcpy(&fe->leave, &parsing->outer, sizeof fe->leave);
        // An int that is too long has a line, but no column.
        if (fe->diagnostic.kind != DIAG_SYNTAX_ERROR || fe->diagnostic.lineno == 0 || fe->diagnostic.offset == 0) diag_leave(fe);
        diagnose(fe, mode, parsing->statement_start, p->t);
    }
    switch (mode) {
    case PARSE_EXEC: parse_file(p, &parsing->statement_start); break;
    case PARSE_EVAL: parse_eval(p); break;
    case PARSE_SINGLE: parse_interactive(p); break;
    }
    memcpy(&fe->leave, &parsing->outer, sizeof fe->leave);
    if (mode == PARSE_SINGLE && !at_kind(p, TOK_ENDMARKER)) {
        diag_raise(fe, DIAG_SYNTAX_ERROR, token_range(p->t - 1),
                   "multiple statements found while compiling a single statement");
    }
    Module *module = arena_new(fe->arena, Module);
    module->kind = kinds[mode];
    module->body = SEQ_END(StmtSeq, p, 0);
    return module;
}
