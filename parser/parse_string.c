// String literals: neighbours are joined, f-strings become JoinedStr.
//
// Structure and values are CPython 3.11's; the positions inside f-strings are 3.12's, which are those of the source.
// Any run of literal text, over the borders of neighbouring strings too, is one Constant; an empty one is left out.
#include "parser/parse_internal.h"

// A run of text that becomes one Constant.
typedef struct {
    ArenaVec(StringLiteral) pieces;
    size_t length;
    Position at;
    bool has_u_prefix;  // of the first piece
} TextRun;

static void run_add(Parser *p, TextRun *run, StringLiteral piece, Position at) {
    if (run->pieces.count == 0) {
        run->at = at;
        run->has_u_prefix = piece.has_u_prefix;
    }
    run->at.end_lineno = at.end_lineno;
    run->at.end_col_offset = at.end_col_offset;
    run->length += piece.length;
    arena_push(p->arena, &run->pieces, piece);
}

static Constant run_value(Parser *p, const TextRun *run, ConstantKind kind) {
    Constant value = {.kind = kind, .length = run->length};
    if (run->pieces.count == 1) {
        value.bytes = run->pieces.items[0].text;
        return value;
    }
    char *joined = arena_alloc_unset(p->arena, run->length), *end = joined;
    for (size_t i = 0; i < run->pieces.count; i++) {
        memcpy(end, run->pieces.items[i].text, run->pieces.items[i].length);
        end += run->pieces.items[i].length;
    }
    value.bytes = joined;
    return value;
}

// Ends the run: its Constant goes to the values under construction.
static void run_flush(Parser *p, TextRun *run) {
    if (run->length > 0) {
        ExprConstant fields = {.value = run_value(p, run, CONST_STR), .kind = run->has_u_prefix};
        seq_push(p, expr_Constant(p->arena, run->at, fields));
    }
    *run = (TextRun){0};
}

static void run_add_token(Parser *p, TextRun *run, const Token *token) {
    StringLiteral piece;
    string_literal(p->fe, token, &piece);
    run_add(p, run, piece, position_of_token(token));
}

static void parse_replacement_field(Parser *p, TextRun *run);

// format_spec: ':' (FSTRING_MIDDLE | replacement_field)*
static Expr *parse_format_spec(Parser *p) {
    const Token *colon = p->t++;
    parser_enter(p);
    size_t mark = seq_begin(p);
    TextRun run = {0};
    for (;;) {
        if (at_kind(p, TOK_FSTRING_MIDDLE)) run_add_token(p, &run, p->t++);
        else if (at_kind(p, TOK_LBRACE)) parse_replacement_field(p, &run);
        else break;
    }
    run_flush(p, &run);
    ExprSeq values = SEQ_END(ExprSeq, p, mark);
    parser_leave(p);
    return expr_JoinedStr(p->arena, position_from(p, colon), (ExprJoinedStr){.values = values});
}

// The value is what could stand in parentheses: yield_expr | star_expressions | named_expression for_if_clauses
static Expr *parse_field_value(Parser *p) {
    const Token *start = p->t;
    Expr *value = parse_yield_or_star_expressions(p);
    if (value->kind == EXPR_Starred) parser_fail(p);
    if (!at_kind(p, TOK_KW_FOR) && !at_kind(p, TOK_KW_ASYNC)) return value;
    if (value->kind == EXPR_Tuple && start->kind != TOK_LPAR) parser_fail(p);
    ComprehensionSeq generators = parse_comprehension_clauses(p);
    return expr_GeneratorExp(p->arena, position_from(p, start),
                             (ExprGeneratorExp){.elt = value, .generators = generators});
}

// replacement_field: '{' value ['='] ['!' ('s' | 'r' | 'a')] [format_spec] '}'
static void parse_replacement_field(Parser *p, TextRun *run) {
    const Token *start = p->t++;
    ExprFormattedValue field = {.conversion = -1};
    field.value = parse_field_value(p);
    bool shows_text = accept(p, TOK_EQUAL);
    if (shows_text) {
        // {x = } shows its own source, blanks included, in front of the value.
        uint32_t from = start->start + start->length;
        StringLiteral text = {.text = p->fe->source + from, .length = p->t->start - from};
        run_add(p, run, text, (Position){(int32_t)start->end_line, (int32_t)start->end_col,
                                         (int32_t)p->t->line, (int32_t)p->t->col});
    }
    if (accept(p, TOK_EXCLAMATION)) {
        const Token *name = p->t;
        expect(p, TOK_NAME);
        char letter = token_text(p->fe, name)[0];
        if (name->length != 1 || (letter != 's' && letter != 'r' && letter != 'a')) parser_fail(p);
        field.conversion = letter;
    }
    if (at_kind(p, TOK_COLON)) field.format_spec = parse_format_spec(p);
    expect(p, TOK_RBRACE);
    if (shows_text && field.conversion == -1 && field.format_spec == NULL) field.conversion = 'r';
    run_flush(p, run);
    seq_push(p, expr_FormattedValue(p->arena, position_from(p, start), field));
}

// fstring: FSTRING_START (FSTRING_MIDDLE | replacement_field)* FSTRING_END
static void parse_fstring(Parser *p, TextRun *run) {
    p->t++;
    for (;;) {
        if (at_kind(p, TOK_FSTRING_MIDDLE)) run_add_token(p, run, p->t++);
        else if (at_kind(p, TOK_LBRACE)) parse_replacement_field(p, run);
        else break;
    }
    expect(p, TOK_FSTRING_END);
}

// strings: (STRING | fstring)+            bytes only with bytes
Expr *parse_strings(Parser *p) {
    const Token *start = p->t;
    bool is_bytes = (start->flags & TOKEN_BYTES) != 0, is_joined = false;
    parser_enter(p);
    size_t mark = seq_begin(p);
    TextRun run = {0};
    for (;;) {
        if (at_kind(p, TOK_STRING)) {
            if (((p->t->flags & TOKEN_BYTES) != 0) != is_bytes) parser_fail(p);
            run_add_token(p, &run, p->t++);
        } else if (at_kind(p, TOK_FSTRING_START)) {
            if (is_bytes) parser_fail(p);
            is_joined = true;
            parse_fstring(p, &run);
        } else {
            break;
        }
    }
    parser_leave(p);
    if (is_joined) {
        run_flush(p, &run);
        ExprSeq values = SEQ_END(ExprSeq, p, mark);
        return expr_JoinedStr(p->arena, position_from(p, start), (ExprJoinedStr){.values = values});
    }
    ExprConstant fields = {.value = run_value(p, &run, is_bytes ? CONST_BYTES : CONST_STR), .kind = run.has_u_prefix};
    return expr_Constant(p->arena, run.at, fields);
}
