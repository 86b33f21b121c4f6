// What the files of the parser share.
//
// The parser is a recursive descent over the array of tokens, one function a rule, with the rule in EBNF above it:
// 'x' is a token, [x] optional, x* and x+ repetitions, ','.x+ a list separated by commas, &x and !x look ahead.
// It is written for sources that are right. At the first token that fits no rule it gives up (parser_fail), and what to
// tell about it is found out by a second, slower machine: see diagnose.h.
#ifndef COIL_PARSER_PARSE_INTERNAL_H
#define COIL_PARSER_PARSE_INTERNAL_H

#include <string.h>

#include "lexer/lexer.h"
#include "lexer/literal.h"
#include "parser/ast.h"
#include "parser/parser.h"

typedef struct Parser {
    FrontEnd *fe;
    Arena *arena;
    NameTable *names;
    const Token *t;             // the next token; t[-1] is the last one taken
    int depth;                  // of whatever recurses: parser_enter, parser_leave
    ArenaVec(void *) pending;   // the items of all sequences under construction, innermost last
    jmp_buf failed;
} Parser;

// Deeper nesting than this is refused. The lexer allows 200 brackets and 100 indentations, each worth a few levels
// here; operators without brackets ("- - - x") are what could go on without end. A level takes a few hundred bytes of
// C stack.
enum { PARSER_MAX_DEPTH = 2500 };

_Noreturn void parser_fail(Parser *p);
_Noreturn void parser_too_deep(Parser *p);

static inline void parser_enter(Parser *p) {
    if (++p->depth > PARSER_MAX_DEPTH || front_end_stack_is_low(p->fe)) parser_too_deep(p);
}

static inline void parser_leave(Parser *p) {
    p->depth--;
}

static inline bool at_kind(const Parser *p, TokenKind kind) {
    return p->t->kind == kind;
}

// Takes the token if it is of this kind.
static inline bool accept(Parser *p, TokenKind kind) {
    if (p->t->kind != kind) return false;
    p->t++;
    return true;
}

// Takes the token, which must be of this kind.
static inline void expect(Parser *p, TokenKind kind) {
    if (p->t->kind != kind) parser_fail(p);
    p->t++;
}

// Soft keywords are names that mean something in some places.
static inline bool token_is_soft(const Parser *p, const Token *token, const char *word) {
    return token->kind == TOK_NAME && token->length == strlen(word) &&
           memcmp(token_text(p->fe, token), word, token->length) == 0;
}

// The identifier that a NAME stands for.
static inline const Name *token_name(const Parser *p, const Token *token) {
    return p->names->items.items[token->name];
}

static inline const Name *expect_name(Parser *p) {
    const Token *token = p->t;
    expect(p, TOK_NAME);
    return token_name(p, token);
}

// From the start token to the last one taken. Inside expressions and simple statements.
static inline Position position_from(const Parser *p, const Token *start) {
    const Token *last = p->t - 1;
    return (Position){(int32_t)start->line, (int32_t)start->col, (int32_t)last->end_line, (int32_t)last->end_col};
}

// The same where a block may have ended: newlines and indentation do not belong to the statement.
Position position_of_block(const Parser *p, const Token *start);

static inline Position position_of_token(const Token *token) {
    return (Position){(int32_t)token->line, (int32_t)token->col, (int32_t)token->end_line, (int32_t)token->end_col};
}

// Sequences: size_t mark = seq_begin(p); seq_push(p, item) ...; ExprSeq seq = SEQ_END(ExprSeq, p, mark);
static inline size_t seq_begin(const Parser *p) {
    return p->pending.count;
}

static inline void seq_push(Parser *p, const void *item) {
    arena_push(p->arena, &p->pending, (void *)item);
}

void *seq_take(Parser *p, size_t mark, int32_t *out_count);
#define SEQ_END(Type, p, mark) ({ Type seq_; seq_.items = seq_take((p), (mark), &seq_.count); seq_; })
#define SEQ_OF_ONE(Type, p, item) ({ size_t mark_ = seq_begin(p); seq_push((p), (item)); SEQ_END(Type, p, mark_); })

// parser.c
bool parser_has_final_newline(const FrontEnd *fe, const Token *at);

// parse_expr.c
Expr *parse_expression(Parser *p);
Expr *parse_named_expression(Parser *p);
Expr *parse_bitwise_or(Parser *p);
Expr *parse_disjunction(Parser *p);
Expr *parse_primary(Parser *p);
Expr *parse_expressions(Parser *p);
Expr *parse_star_expressions(Parser *p);
Expr *parse_yield_or_star_expressions(Parser *p);
Expr *parse_star_named_expression(Parser *p);
Expr *parse_starred(Parser *p);
Expr *parse_number(Parser *p);
Expr *parse_name(Parser *p);
bool at_expression_start(const Parser *p);
ComprehensionSeq parse_comprehension_clauses(Parser *p);

// parse_args.c
Arguments *parse_parameters(Parser *p, bool is_lambda);
TypeParamSeq parse_type_params(Parser *p);
void parse_call_arguments(Parser *p, const Token *open, ExprSeq *out_args, KeywordSeq *out_keywords);

// parse_string.c
Expr *parse_strings(Parser *p);

// parse_target.c
void target_store(Parser *p, Expr *target);
void target_delete(Parser *p, Expr *target);
Expr *parse_star_target(Parser *p);
Expr *parse_star_targets(Parser *p);

// parse_stmt.c, parse_compound.c, parse_match.c
void parse_simple_stmts(Parser *p);
bool parse_compound_stmt(Parser *p);
void parse_statement(Parser *p);
StmtSeq parse_block(Parser *p);
bool at_match_statement(const Parser *p);
Stmt *parse_match(Parser *p);

#endif
