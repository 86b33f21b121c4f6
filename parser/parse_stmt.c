// Simple statements: those without a block.
#include "parser/parse_internal.h"

static const struct { bool is_augmented; uint8_t op; } augmented_operators[TOKEN_KIND_COUNT] = {
    [TOK_PLUSEQUAL] = {true, OP_Add},
    [TOK_MINEQUAL] = {true, OP_Sub},
    [TOK_STAREQUAL] = {true, OP_Mult},
    [TOK_ATEQUAL] = {true, OP_MatMult},
    [TOK_SLASHEQUAL] = {true, OP_Div},
    [TOK_PERCENTEQUAL] = {true, OP_Mod},
    [TOK_AMPEREQUAL] = {true, OP_BitAnd},
    [TOK_VBAREQUAL] = {true, OP_BitOr},
    [TOK_CIRCUMFLEXEQUAL] = {true, OP_BitXor},
    [TOK_LEFTSHIFTEQUAL] = {true, OP_LShift},
    [TOK_RIGHTSHIFTEQUAL] = {true, OP_RShift},
    [TOK_DOUBLESTAREQUAL] = {true, OP_Pow},
    [TOK_DOUBLESLASHEQUAL] = {true, OP_FloorDiv},
};

// assignment: (star_targets '=')+ (yield_expr | star_expressions)             `first` is parsed, '=' is next
static Stmt *parse_assign(Parser *p, const Token *start, Expr *first) {
    size_t mark = seq_begin(p);
    Expr *value = first;
    while (accept(p, TOK_EQUAL)) {
        target_store(p, value);
        seq_push(p, value);
        value = parse_yield_or_star_expressions(p);
    }
    ExprSeq targets = SEQ_END(ExprSeq, p, mark);
    return stmt_Assign(p->arena, position_from(p, start), (StmtAssign){.targets = targets, .value = value});
}

// NAME, attribute or subscript, in parentheses or not: what annotations and augmented assignments take.
static bool is_single_target(const Expr *target) {
    return target->kind == EXPR_Name || target->kind == EXPR_Attribute || target->kind == EXPR_Subscript;
}

// annotated: single_target ':' expression ['=' (yield_expr | star_expressions)]
// Parentheses may stand around a name, an attribute or a subscript; only a bare name makes an entry in __annotations__.
static Stmt *parse_annotated(Parser *p, const Token *start, Expr *target) {
    if (!is_single_target(target)) parser_fail(p);
    StmtAnnAssign fields = {.target = target, .simple = target->kind == EXPR_Name && start->kind == TOK_NAME};
    target_store(p, target);
    p->t++;
    fields.annotation = parse_expression(p);
    if (accept(p, TOK_EQUAL)) fields.value = parse_yield_or_star_expressions(p);
    return stmt_AnnAssign(p->arena, position_from(p, start), fields);
}

// star_expressions, or one of the assignments that begin with them
static Stmt *parse_expression_stmt(Parser *p) {
    const Token *start = p->t;
    Expr *first = parse_yield_or_star_expressions(p);
    TokenKind next = p->t->kind;
    if (next == TOK_NEWLINE) {
        return stmt_Expr(p->arena, position_from(p, start), (StmtExpr){.value = first});
    }
    if (next == TOK_EQUAL) return parse_assign(p, start, first);
    if (next == TOK_COLON) return parse_annotated(p, start, first);
    if (augmented_operators[next].is_augmented) {
        if (!is_single_target(first)) parser_fail(p);
        target_store(p, first);
        p->t++;
        Expr *value = parse_yield_or_star_expressions(p);
        return stmt_AugAssign(p->arena, position_from(p, start),
                              (StmtAugAssign){.target = first, .op = augmented_operators[next].op, .value = value});
    }
    return stmt_Expr(p->arena, position_from(p, start), (StmtExpr){.value = first});
}

// 'return' [star_expressions]
static Stmt *parse_return(Parser *p) {
    const Token *start = p->t++;
    Expr *value = at_expression_start(p) ? parse_star_expressions(p) : NULL;
    return stmt_Return(p->arena, position_from(p, start), (StmtReturn){.value = value});
}

// 'raise' [expression ['from' expression]]
static Stmt *parse_raise(Parser *p) {
    const Token *start = p->t++;
    StmtRaise fields = {0};
    if (at_expression_start(p)) {
        fields.exc = parse_expression(p);
        if (accept(p, TOK_KW_FROM)) fields.cause = parse_expression(p);
    }
    return stmt_Raise(p->arena, position_from(p, start), fields);
}

// ('global' | 'nonlocal') ','.NAME+
static Stmt *parse_scope(Parser *p) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    do seq_push(p, expect_name(p));
    while (accept(p, TOK_COMMA));
    NameSeq names = SEQ_END(NameSeq, p, mark);
    if (start->kind == TOK_KW_GLOBAL) return stmt_Global(p->arena, position_from(p, start), (StmtGlobal){names});
    return stmt_Nonlocal(p->arena, position_from(p, start), (StmtNonlocal){names});
}

// 'del' ','.del_target+ [','] &(';' | NEWLINE)
static Stmt *parse_del(Parser *p) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    do {
        Expr *target = parse_primary(p);
        target_delete(p, target);
        seq_push(p, target);
    } while (accept(p, TOK_COMMA) && at_expression_start(p));
    ExprSeq targets = SEQ_END(ExprSeq, p, mark);
    return stmt_Delete(p->arena, position_from(p, start), (StmtDelete){.targets = targets});
}

// 'assert' expression [',' expression]
static Stmt *parse_assert(Parser *p) {
    const Token *start = p->t++;
    StmtAssert fields = {.test = parse_expression(p)};
    if (accept(p, TOK_COMMA)) fields.msg = parse_expression(p);
    return stmt_Assert(p->arena, position_from(p, start), fields);
}

// dotted_name: '.'.NAME+
static const Name *parse_dotted_name(Parser *p) {
    const Name *name = expect_name(p);
    if (!at_kind(p, TOK_DOT)) return name;
    ArenaVec(char) text = {0};
    for (;;) {
        arena_reserve(p->arena, &text, name->length + 1);
        memcpy(text.items + text.count, name->text, name->length);
        text.count += name->length;
        if (!accept(p, TOK_DOT)) return name_intern(p->names, text.items, text.count);
        text.items[text.count++] = '.';
        name = expect_name(p);
    }
}

// alias: (dotted_name | NAME) ['as' NAME]
static Alias *parse_alias(Parser *p, bool is_dotted) {
    const Token *start = p->t;
    Alias alias = {.name = is_dotted ? parse_dotted_name(p) : expect_name(p)};
    if (accept(p, TOK_KW_AS)) alias.asname = expect_name(p);
    alias.at = position_from(p, start);
    return Alias_new(p->arena, alias);
}

// 'import' ','.(dotted_name ['as' NAME])+
static Stmt *parse_import(Parser *p) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    do seq_push(p, parse_alias(p, true));
    while (accept(p, TOK_COMMA));
    AliasSeq names = SEQ_END(AliasSeq, p, mark);
    return stmt_Import(p->arena, position_from(p, start), (StmtImport){names});
}

// from_targets: '*' | '(' ','.alias+ [','] ')' | ','.alias+
static AliasSeq parse_from_targets(Parser *p) {
    size_t mark = seq_begin(p);
    const Token *star = p->t;
    if (accept(p, TOK_STAR)) {
        Alias all = {.at = position_of_token(star), .name = name_intern(p->names, "*", 1)};
        seq_push(p, Alias_new(p->arena, all));
        return SEQ_END(AliasSeq, p, mark);
    }
    bool in_parentheses = accept(p, TOK_LPAR);
    do seq_push(p, parse_alias(p, false));
    while (accept(p, TOK_COMMA) && !(in_parentheses && at_kind(p, TOK_RPAR)));
    if (in_parentheses) expect(p, TOK_RPAR);
    return SEQ_END(AliasSeq, p, mark);
}

// 'from' ('.' | '...')* dotted_name 'import' from_targets | 'from' ('.' | '...')+ 'import' from_targets
static Stmt *parse_from_import(Parser *p) {
    const Token *start = p->t++;
    StmtImportFrom fields = {0};
    while (at_kind(p, TOK_DOT) || at_kind(p, TOK_ELLIPSIS)) {
        fields.level += at_kind(p, TOK_DOT) ? 1 : 3;
        p->t++;
    }
    if (fields.level == 0 || !at_kind(p, TOK_KW_IMPORT)) fields.module = parse_dotted_name(p);
    expect(p, TOK_KW_IMPORT);
    fields.names = parse_from_targets(p);
    return stmt_ImportFrom(p->arena, position_from(p, start), fields);
}

// type_alias: "type" NAME [type_params] '=' expression                 (PEP 695)
static Stmt *parse_type_alias(Parser *p) {
    const Token *start = p->t++;
    StmtTypeAlias fields = {.name = parse_name(p)};
    fields.name->Name.ctx = CTX_Store;
    fields.type_params = parse_type_params(p);
    expect(p, TOK_EQUAL);
    fields.value = parse_expression(p);
    return stmt_TypeAlias(p->arena, position_from(p, start), fields);
}

static Stmt *parse_simple_stmt(Parser *p) {
    const Token *start = p->t;
    switch (start->kind) {
    case TOK_KW_RETURN: return parse_return(p);
    case TOK_KW_IMPORT: return parse_import(p);
    case TOK_KW_FROM: return parse_from_import(p);
    case TOK_KW_RAISE: return parse_raise(p);
    case TOK_KW_DEL: return parse_del(p);
    case TOK_KW_ASSERT: return parse_assert(p);
    case TOK_KW_GLOBAL:
    case TOK_KW_NONLOCAL: return parse_scope(p);
    case TOK_KW_PASS:
        p->t++;
        return stmt_Pass(p->arena, position_from(p, start), (StmtPass){});
    case TOK_KW_BREAK:
        p->t++;
        return stmt_Break(p->arena, position_from(p, start), (StmtBreak){});
    case TOK_KW_CONTINUE:
        p->t++;
        return stmt_Continue(p->arena, position_from(p, start), (StmtContinue){});
    case TOK_NAME:
        if (start[1].kind == TOK_NAME && token_is_soft(p, start, "type")) return parse_type_alias(p);
        return parse_expression_stmt(p);
    default:
        return parse_expression_stmt(p);
    }
}

// simple_stmts: ';'.simple_stmt+ [';'] NEWLINE
void parse_simple_stmts(Parser *p) {
    do seq_push(p, parse_simple_stmt(p));
    while (accept(p, TOK_SEMI) && !at_kind(p, TOK_NEWLINE));
    expect(p, TOK_NEWLINE);
}
