// Compound statements: those with blocks.
#include "parser/parse_internal.h"

// block: NEWLINE INDENT statement+ DEDENT | simple_stmts
StmtSeq parse_block(Parser *p) {
    size_t mark = seq_begin(p);
    if (accept(p, TOK_NEWLINE)) {
        expect(p, TOK_INDENT);
        parser_enter(p);
        do parse_statement(p);
        while (!at_kind(p, TOK_DEDENT) && !at_kind(p, TOK_ENDMARKER));
        parser_leave(p);
        expect(p, TOK_DEDENT);
    } else {
        parse_simple_stmts(p);
    }
    return SEQ_END(StmtSeq, p, mark);
}

static StmtSeq parse_colon_block(Parser *p) {
    expect(p, TOK_COLON);
    return parse_block(p);
}

// ['else' ':' block]
static StmtSeq parse_else(Parser *p) {
    if (accept(p, TOK_KW_ELSE)) return parse_colon_block(p);
    return (StmtSeq){0};
}

// if_stmt: 'if' named_expression ':' block ('elif' named_expression ':' block)* ['else' ':' block]
// Each elif is an If alone in the orelse of the one before. The chain is built in a loop, and closed afterwards: all of
// its statements end where the last block ends.
static Stmt *parse_if(Parser *p) {
    ArenaVec(Stmt *) chain = {0};
    StmtSeq orelse = {0};
    do {
        const Token *start = p->t++;
        Expr *test = parse_named_expression(p);
        StmtSeq body = parse_colon_block(p);
        arena_push(p->arena, &chain,
                   stmt_If(p->arena, position_of_token(start), (StmtIf){.test = test, .body = body}));
    } while (at_kind(p, TOK_KW_ELIF));
    orelse = parse_else(p);
    Position end = position_of_block(p, p->t - 1);
    for (size_t i = chain.count; i-- > 0;) {
        Stmt *stmt = chain.items[i];
        stmt->at.end_lineno = end.end_lineno;
        stmt->at.end_col_offset = end.end_col_offset;
        stmt->If.orelse = orelse;
        orelse = SEQ_OF_ONE(StmtSeq, p, stmt);
    }
    return chain.items[0];
}

// while_stmt: 'while' named_expression ':' block ['else' ':' block]
static Stmt *parse_while(Parser *p) {
    const Token *start = p->t++;
    StmtWhile fields = {.test = parse_named_expression(p)};
    fields.body = parse_colon_block(p);
    fields.orelse = parse_else(p);
    return stmt_While(p->arena, position_of_block(p, start), fields);
}

// for_stmt: ['async'] 'for' star_targets 'in' star_expressions ':' block ['else' ':' block]
static Stmt *parse_for(Parser *p, const Token *start) {
    p->t++;
    StmtFor fields = {.target = parse_star_targets(p)};
    expect(p, TOK_KW_IN);
    fields.iter = parse_star_expressions(p);
    fields.body = parse_colon_block(p);
    fields.orelse = parse_else(p);
    Position at = position_of_block(p, start);
    if (start->kind == TOK_KW_FOR) return stmt_For(p->arena, at, fields);
    return stmt_AsyncFor(p->arena, at, (StmtAsyncFor){fields.target, fields.iter, fields.body, fields.orelse});
}

// with_item: expression ['as' star_target]
static WithItem *parse_with_item(Parser *p) {
    WithItem item = {.context_expr = parse_expression(p)};
    if (accept(p, TOK_KW_AS)) item.optional_vars = parse_star_target(p);
    return WithItem_new(p->arena, item);
}

// '(' ','.with_item+ [','] ')' &':'
// False when the parentheses turn out to belong to an expression, and nothing is taken then: they enclose what is no
// item, or something else than a colon follows.
static bool parse_with_items_in_parentheses(Parser *p, WithItemSeq *out_items) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    do {
        if (at_kind(p, TOK_RPAR) && p->t > start + 1) break;
        if (!at_expression_start(p) || at_kind(p, TOK_STAR)) goto expression;
        seq_push(p, parse_with_item(p));
    } while (accept(p, TOK_COMMA));
    if (accept(p, TOK_RPAR) && at_kind(p, TOK_COLON)) {
        *out_items = SEQ_END(WithItemSeq, p, mark);
        return true;
    }
expression:
    p->pending.count = mark;
    p->t = start;
    return false;
}

// with_stmt: ['async'] 'with' ('(' ','.with_item+ [','] ')' | ','.with_item+) ':' block
static Stmt *parse_with(Parser *p, const Token *start) {
    p->t++;
    StmtWith fields = {0};
    if (!at_kind(p, TOK_LPAR) || !parse_with_items_in_parentheses(p, &fields.items)) {
        size_t mark = seq_begin(p);
        do seq_push(p, parse_with_item(p));
        while (accept(p, TOK_COMMA));
        fields.items = SEQ_END(WithItemSeq, p, mark);
    }
    fields.body = parse_colon_block(p);
    Position at = position_of_block(p, start);
    if (start->kind == TOK_KW_WITH) return stmt_With(p->arena, at, fields);
    return stmt_AsyncWith(p->arena, at, (StmtAsyncWith){fields.items, fields.body});
}

// except_block: 'except' ['*'] [expression ['as' NAME]] ':' block            with '*' the expression must be there
static ExceptHandler *parse_except(Parser *p, bool is_star) {
    const Token *start = p->t++;
    ExceptHandler handler = {0};
    if (is_star) p->t++;
    if (is_star || !at_kind(p, TOK_COLON)) {
        handler.type = parse_expression(p);
        if (accept(p, TOK_KW_AS)) handler.name = expect_name(p);
    }
    handler.body = parse_colon_block(p);
    handler.at = position_of_block(p, start);
    return ExceptHandler_new(p->arena, handler);
}

// try_stmt: 'try' ':' block 'finally' ':' block
//         | 'try' ':' block except_block+ ['else' ':' block] ['finally' ':' block]     all with '*' or all without
static Stmt *parse_try(Parser *p) {
    const Token *start = p->t++;
    StmtTry fields = {.body = parse_colon_block(p)};
    bool is_star = at_kind(p, TOK_KW_EXCEPT) && p->t[1].kind == TOK_STAR;
    size_t mark = seq_begin(p);
    while (at_kind(p, TOK_KW_EXCEPT) && (p->t[1].kind == TOK_STAR) == is_star) seq_push(p, parse_except(p, is_star));
    fields.handlers = SEQ_END(ExceptHandlerSeq, p, mark);
    if (fields.handlers.count > 0) fields.orelse = parse_else(p);
    if (accept(p, TOK_KW_FINALLY)) fields.finalbody = parse_colon_block(p);
    else if (fields.handlers.count == 0) parser_fail(p);
    Position at = position_of_block(p, start);
    if (!is_star) return stmt_Try(p->arena, at, fields);
    return stmt_TryStar(p->arena, at, (StmtTryStar){fields.body, fields.handlers, fields.orelse, fields.finalbody});
}

// decorators: ('@' named_expression NEWLINE)*
static ExprSeq parse_decorators(Parser *p) {
    size_t mark = seq_begin(p);
    while (accept(p, TOK_AT)) {
        seq_push(p, parse_named_expression(p));
        expect(p, TOK_NEWLINE);
    }
    return SEQ_END(ExprSeq, p, mark);
}

// function_def: decorators ['async'] 'def' NAME [type_params] '(' [parameters] ')' ['->' expression] ':' block
static Stmt *parse_function(Parser *p, const Token *start, ExprSeq decorators) {
    p->t++;
    StmtFunctionDef fields = {.decorator_list = decorators, .name = expect_name(p)};
    fields.type_params = parse_type_params(p);
    expect(p, TOK_LPAR);
    fields.args = parse_parameters(p, false);
    expect(p, TOK_RPAR);
    if (accept(p, TOK_RARROW)) fields.returns = parse_expression(p);
    fields.body = parse_colon_block(p);
    Position at = position_of_block(p, start);
    if (start->kind == TOK_KW_DEF) return stmt_FunctionDef(p->arena, at, fields);
    return stmt_AsyncFunctionDef(p->arena, at, (StmtAsyncFunctionDef){
        fields.name, fields.args, fields.body, fields.decorator_list, fields.returns, fields.type_params});
}

// class_def: decorators 'class' NAME [type_params] ['(' [arguments] ')'] ':' block
static Stmt *parse_class(Parser *p, ExprSeq decorators) {
    const Token *start = p->t++;
    StmtClassDef fields = {.decorator_list = decorators, .name = expect_name(p)};
    fields.type_params = parse_type_params(p);
    const Token *open = p->t;
    if (accept(p, TOK_LPAR)) {
        // class C(x for x in y) is no call: bases are arguments, but a bare generator expression is none of them.
        parse_call_arguments(p, open, &fields.bases, &fields.keywords);
        if (fields.bases.count == 1 && fields.bases.items[0]->kind == EXPR_GeneratorExp &&
            fields.bases.items[0]->at.col_offset == (int32_t)open->col &&
            fields.bases.items[0]->at.lineno == (int32_t)open->line) parser_fail(p);
    }
    fields.body = parse_colon_block(p);
    return stmt_ClassDef(p->arena, position_of_block(p, start), fields);
}

static Stmt *parse_decorated(Parser *p) {
    ExprSeq decorators = parse_decorators(p);
    const Token *start = p->t;
    if (start->kind == TOK_KW_CLASS) return parse_class(p, decorators);
    if (start->kind == TOK_KW_ASYNC) {
        p->t++;
        if (!at_kind(p, TOK_KW_DEF)) parser_fail(p);
    } else if (start->kind != TOK_KW_DEF) {
        parser_fail(p);
    }
    return parse_function(p, start, decorators);
}

// 'async' before def, for or with
static Stmt *parse_async(Parser *p) {
    const Token *start = p->t++;
    switch (p->t->kind) {
    case TOK_KW_DEF: return parse_function(p, start, (ExprSeq){0});
    case TOK_KW_FOR: return parse_for(p, start);
    case TOK_KW_WITH: return parse_with(p, start);
    default: parser_fail(p);
    }
}

// Takes a compound statement if one begins here.
bool parse_compound_stmt(Parser *p) {
    const Token *start = p->t;
    Stmt *stmt;
    switch (start->kind) {
    case TOK_KW_IF: stmt = parse_if(p); break;
    case TOK_KW_WHILE: stmt = parse_while(p); break;
    case TOK_KW_FOR: stmt = parse_for(p, start); break;
    case TOK_KW_TRY: stmt = parse_try(p); break;
    case TOK_KW_WITH: stmt = parse_with(p, start); break;
    case TOK_KW_DEF: stmt = parse_function(p, start, (ExprSeq){0}); break;
    case TOK_KW_CLASS: stmt = parse_class(p, (ExprSeq){0}); break;
    case TOK_AT: stmt = parse_decorated(p); break;
    case TOK_KW_ASYNC: stmt = parse_async(p); break;
    case TOK_NAME:
        if (!at_match_statement(p)) return false;
        stmt = parse_match(p);
        break;
    default: return false;
    }
    seq_push(p, stmt);
    return true;
}

// statement: compound_stmt | simple_stmts
void parse_statement(Parser *p) {
    if (!parse_compound_stmt(p)) parse_simple_stmts(p);
}
