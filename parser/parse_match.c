// The match statement and its patterns.
#include "parser/parse_internal.h"

// "match" is a name like any other unless the line ends in a colon and an indented "case" follows. Nothing else that
// begins with a name is followed by an indented block.
bool at_match_statement(const Parser *p) {
    const Token *t = p->t;
    if (!token_is_soft(p, t, "match")) return false;
    switch (t[1].kind) {
    case TOK_EQUAL: case TOK_DOT: case TOK_NEWLINE: case TOK_COMMA: case TOK_COLON: case TOK_RPAR: case TOK_ENDMARKER:
        return false;
    default:
        break;
    }
    while (t->kind != TOK_NEWLINE && t->kind != TOK_ENDMARKER && t->kind != TOK_ERRORTOKEN) t++;
    return t->kind == TOK_NEWLINE && t[-1].kind == TOK_COLON && t[1].kind == TOK_INDENT &&
           token_is_soft(p, t + 2, "case");
}

static Pattern *parse_pattern(Parser *p);

static Pattern *pattern_capture(Parser *p, const Token *token) {
    const Name *name = token_is_soft(p, token, "_") ? NULL : token_name(p, token);
    return pattern_MatchAs(p->arena, position_of_token(token), (PatternMatchAs){.name = name});
}

// capture_target: !"_" NAME !('.' | '(' | '=')
static const Name *parse_capture_target(Parser *p) {
    const Token *token = p->t;
    if (token_is_soft(p, token, "_")) parser_fail(p);
    const Name *name = expect_name(p);
    if (at_kind(p, TOK_DOT) || at_kind(p, TOK_LPAR) || at_kind(p, TOK_EQUAL)) parser_fail(p);
    return name;
}

// signed_number: ['-'] NUMBER
static Expr *parse_signed_number(Parser *p) {
    const Token *start = p->t;
    bool is_negative = accept(p, TOK_MINUS);
    Expr *number = parse_number(p);
    if (!is_negative) return number;
    return expr_UnaryOp(p->arena, position_from(p, start), (ExprUnaryOp){.op = UNARY_USub, .operand = number});
}

static bool is_imaginary(const Expr *number) {
    if (number->kind == EXPR_UnaryOp) number = number->UnaryOp.operand;
    return number->Constant.value.kind == CONST_IMAGINARY;
}

// number: signed_number !('+' | '-') | signed_real ('+' | '-') imaginary
static Expr *parse_pattern_number(Parser *p) {
    const Token *start = p->t;
    Expr *left = parse_signed_number(p);
    if (!at_kind(p, TOK_PLUS) && !at_kind(p, TOK_MINUS)) return left;
    Operator op = at_kind(p, TOK_PLUS) ? OP_Add : OP_Sub;
    p->t++;
    Expr *right = parse_number(p);
    if (is_imaginary(left) || !is_imaginary(right)) parser_fail(p);
    return expr_BinOp(p->arena, position_from(p, start), (ExprBinOp){.left = left, .op = op, .right = right});
}

// name_or_attr: '.'.NAME+
static Expr *parse_name_or_attr(Parser *p) {
    const Token *start = p->t;
    Expr *result = parse_name(p);
    while (accept(p, TOK_DOT)) {
        const Name *attr = expect_name(p);
        result = expr_Attribute(p->arena, position_from(p, start),
                                (ExprAttribute){.value = result, .attr = attr, .ctx = CTX_Load});
    }
    return result;
}

// star_pattern: '*' (capture_target | "_")
static Pattern *parse_star_pattern(Parser *p) {
    const Token *start = p->t++;
    const Name *name = NULL;
    if (token_is_soft(p, p->t, "_")) p->t++;
    else name = parse_capture_target(p);
    return pattern_MatchStar(p->arena, position_from(p, start), (PatternMatchStar){.name = name});
}

static Pattern *parse_maybe_star_pattern(Parser *p) {
    return at_kind(p, TOK_STAR) ? parse_star_pattern(p) : parse_pattern(p);
}

// sequence_pattern: '[' [','.maybe_star_pattern+ [',']] ']'
static Pattern *parse_list_pattern(Parser *p) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    while (!at_kind(p, TOK_RSQB)) {
        seq_push(p, parse_maybe_star_pattern(p));
        if (!accept(p, TOK_COMMA)) break;
    }
    expect(p, TOK_RSQB);
    PatternSeq patterns = SEQ_END(PatternSeq, p, mark);
    return pattern_MatchSequence(p->arena, position_from(p, start), (PatternMatchSequence){patterns});
}

// group_pattern: '(' pattern ')'
// sequence_pattern: '(' [maybe_star_pattern ',' [','.maybe_star_pattern+ [',']]] ')'
static Pattern *parse_group_or_tuple_pattern(Parser *p) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    while (!at_kind(p, TOK_RPAR)) {
        Pattern *pattern = parse_maybe_star_pattern(p);
        if (at_kind(p, TOK_RPAR) && seq_begin(p) == mark) {
            if (start[1].kind == TOK_STAR) parser_fail(p);
            p->t++;
            return pattern;
        }
        seq_push(p, pattern);
        if (!accept(p, TOK_COMMA)) break;
    }
    expect(p, TOK_RPAR);
    PatternSeq patterns = SEQ_END(PatternSeq, p, mark);
    return pattern_MatchSequence(p->arena, position_from(p, start), (PatternMatchSequence){patterns});
}

// The key of a mapping pattern: a literal or a dotted name.
static Expr *parse_mapping_key(Parser *p) {
    const Token *token = p->t;
    ConstantKind kind;
    switch (token->kind) {
    case TOK_NUMBER:
    case TOK_MINUS: return parse_pattern_number(p);
    case TOK_STRING:
    case TOK_FSTRING_START: return parse_strings(p);
    case TOK_KW_NONE: kind = CONST_NONE; break;
    case TOK_KW_TRUE: kind = CONST_TRUE; break;
    case TOK_KW_FALSE: kind = CONST_FALSE; break;
    default: {
        Expr *key = parse_name_or_attr(p);
        if (key->kind != EXPR_Attribute) parser_fail(p);
        return key;
    }
    }
    p->t++;
    return expr_Constant(p->arena, position_of_token(token), (ExprConstant){.value = {.kind = kind}});
}

// mapping_pattern: '{' [','.(key ':' pattern)+ [',']] ['**' capture_target [',']] '}'
static Pattern *parse_mapping_pattern(Parser *p) {
    const Token *start = p->t++;
    ArenaVec(Expr *) keys = {0};
    const Name *rest = NULL;
    size_t mark = seq_begin(p);
    while (!at_kind(p, TOK_RBRACE)) {
        if (accept(p, TOK_DOUBLESTAR)) {
            rest = parse_capture_target(p);
            accept(p, TOK_COMMA);
            break;
        }
        arena_push(p->arena, &keys, parse_mapping_key(p));
        expect(p, TOK_COLON);
        seq_push(p, parse_pattern(p));
        if (!accept(p, TOK_COMMA)) break;
    }
    expect(p, TOK_RBRACE);
    PatternSeq patterns = SEQ_END(PatternSeq, p, mark);
    return pattern_MatchMapping(p->arena, position_from(p, start), (PatternMatchMapping){
        .keys = {(int32_t)keys.count, keys.items}, .patterns = patterns, .rest = rest});
}

// class_pattern: name_or_attr '(' [','.pattern+ [',' ','.(NAME '=' pattern)+] [',']] ')'
static Pattern *parse_class_pattern(Parser *p, const Token *start, Expr *cls) {
    p->t++;
    ArenaVec(const Name *) names = {0};
    ArenaVec(Pattern *) keyword_patterns = {0};
    size_t mark = seq_begin(p);
    while (!at_kind(p, TOK_RPAR)) {
        if (at_kind(p, TOK_NAME) && p->t[1].kind == TOK_EQUAL) {
            arena_push(p->arena, &names, expect_name(p));
            p->t++;
            arena_push(p->arena, &keyword_patterns, parse_pattern(p));
        } else {
            if (names.count > 0) parser_fail(p);
            seq_push(p, parse_pattern(p));
        }
        if (!accept(p, TOK_COMMA)) break;
    }
    expect(p, TOK_RPAR);
    PatternSeq patterns = SEQ_END(PatternSeq, p, mark);
    return pattern_MatchClass(p->arena, position_from(p, start), (PatternMatchClass){
        .cls = cls, .patterns = patterns, .kwd_attrs = {(int32_t)names.count, names.items},
        .kwd_patterns = {(int32_t)keyword_patterns.count, keyword_patterns.items}});
}

static Pattern *parse_singleton_pattern(Parser *p, ConstantKind kind) {
    const Token *token = p->t++;
    return pattern_MatchSingleton(p->arena, position_of_token(token), (PatternMatchSingleton){{.kind = kind}});
}

// Patterns that begin with a name: capture, wildcard, value (dotted), class.
static Pattern *parse_name_pattern(Parser *p) {
    const Token *start = p->t;
    TokenKind next = start[1].kind;
    if (next != TOK_DOT && next != TOK_LPAR) {
        if (next == TOK_EQUAL && !token_is_soft(p, start, "_")) parser_fail(p);
        p->t++;
        return pattern_capture(p, start);
    }
    Expr *value = parse_name_or_attr(p);
    if (at_kind(p, TOK_LPAR)) return parse_class_pattern(p, start, value);
    if (at_kind(p, TOK_EQUAL)) parser_fail(p);
    return pattern_MatchValue(p->arena, position_from(p, start), (PatternMatchValue){value});
}

// closed_pattern: literal | capture | wildcard | value | group | sequence | mapping | class
static Pattern *parse_closed_pattern(Parser *p) {
    const Token *start = p->t;
    Expr *value;
    switch (start->kind) {
    case TOK_NAME: return parse_name_pattern(p);
    case TOK_LPAR: return parse_group_or_tuple_pattern(p);
    case TOK_LSQB: return parse_list_pattern(p);
    case TOK_LBRACE: return parse_mapping_pattern(p);
    case TOK_KW_NONE: return parse_singleton_pattern(p, CONST_NONE);
    case TOK_KW_TRUE: return parse_singleton_pattern(p, CONST_TRUE);
    case TOK_KW_FALSE: return parse_singleton_pattern(p, CONST_FALSE);
    case TOK_NUMBER:
    case TOK_MINUS: value = parse_pattern_number(p); break;
    case TOK_STRING:
    case TOK_FSTRING_START: value = parse_strings(p); break;
    default: parser_fail(p);
    }
    return pattern_MatchValue(p->arena, position_from(p, start), (PatternMatchValue){value});
}

// or_pattern: '|'.closed_pattern+
static Pattern *parse_or_pattern(Parser *p) {
    const Token *start = p->t;
    Pattern *first = parse_closed_pattern(p);
    if (!at_kind(p, TOK_VBAR)) return first;
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_VBAR)) seq_push(p, parse_closed_pattern(p));
    PatternSeq patterns = SEQ_END(PatternSeq, p, mark);
    return pattern_MatchOr(p->arena, position_from(p, start), (PatternMatchOr){patterns});
}

// pattern: or_pattern ['as' capture_target]
static Pattern *parse_pattern(Parser *p) {
    const Token *start = p->t;
    parser_enter(p);
    Pattern *pattern = parse_or_pattern(p);
    if (accept(p, TOK_KW_AS)) {
        const Name *name = parse_capture_target(p);
        pattern = pattern_MatchAs(p->arena, position_from(p, start),
                                  (PatternMatchAs){.pattern = pattern, .name = name});
    }
    parser_leave(p);
    return pattern;
}

// patterns: maybe_star_pattern ',' [','.maybe_star_pattern+ [',']] | pattern        (the top of a case)
static Pattern *parse_patterns(Parser *p) {
    const Token *start = p->t;
    Pattern *first = parse_maybe_star_pattern(p);
    if (!at_kind(p, TOK_COMMA)) {
        if (start->kind == TOK_STAR) parser_fail(p);
        return first;
    }
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_COMMA) && !at_kind(p, TOK_COLON) && !at_kind(p, TOK_KW_IF)) {
        seq_push(p, parse_maybe_star_pattern(p));
    }
    PatternSeq patterns = SEQ_END(PatternSeq, p, mark);
    return pattern_MatchSequence(p->arena, position_from(p, start), (PatternMatchSequence){patterns});
}

// case_block: "case" patterns ['if' named_expression] ':' block
static MatchCase *parse_case(Parser *p) {
    p->t++;
    MatchCase match_case = {.pattern = parse_patterns(p)};
    if (accept(p, TOK_KW_IF)) match_case.guard = parse_named_expression(p);
    expect(p, TOK_COLON);
    match_case.body = parse_block(p);
    return MatchCase_new(p->arena, match_case);
}

// subject: star_named_expression ',' [','.star_named_expression+ [',']] | named_expression
static Expr *parse_subject(Parser *p) {
    const Token *start = p->t;
    Expr *first = parse_star_named_expression(p);
    if (!at_kind(p, TOK_COMMA)) {
        if (start->kind == TOK_STAR) parser_fail(p);
        return first;
    }
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_COMMA) && at_expression_start(p)) seq_push(p, parse_star_named_expression(p));
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    return expr_Tuple(p->arena, position_from(p, start), (ExprTuple){.elts = elts, .ctx = CTX_Load});
}

// match_stmt: "match" subject ':' NEWLINE INDENT case_block+ DEDENT
Stmt *parse_match(Parser *p) {
    const Token *start = p->t++;
    StmtMatch fields = {.subject = parse_subject(p)};
    expect(p, TOK_COLON);
    expect(p, TOK_NEWLINE);
    expect(p, TOK_INDENT);
    parser_enter(p);
    size_t mark = seq_begin(p);
    do {
        if (!token_is_soft(p, p->t, "case")) parser_fail(p);
        seq_push(p, parse_case(p));
    } while (!at_kind(p, TOK_DEDENT));
    fields.cases = SEQ_END(MatchCaseSeq, p, mark);
    parser_leave(p);
    expect(p, TOK_DEDENT);
    return stmt_Match(p->arena, position_of_block(p, start), fields);
}
