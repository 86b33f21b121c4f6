// Parameters of functions and lambdas, type parameters, and arguments of calls.
#include "parser/parse_internal.h"

// param: NAME [':' expression]          in a lambda: NAME
// After '*' the annotation may be starred (PEP 646).
static Arg *parse_param(Parser *p, bool is_lambda, bool may_be_starred) {
    const Token *start = p->t;
    Arg arg = {.arg = expect_name(p)};
    if (!is_lambda && accept(p, TOK_COLON)) {
        if (may_be_starred && at_kind(p, TOK_STAR)) {
            const Token *star = p->t++;
            Expr *value = parse_bitwise_or(p);
            arg.annotation = expr_Starred(p->arena, position_from(p, star),
                                          (ExprStarred){.value = value, .ctx = CTX_Load});
        } else {
            arg.annotation = parse_expression(p);
        }
    }
    arg.at = position_from(p, start);
    return Arg_new(p->arena, arg);
}

typedef struct {
    ArenaVec(Arg *) positional;     // before and, from `slash` on, after '/'
    ArenaVec(Expr *) defaults;
    ArenaVec(Arg *) kwonly;
    ArenaVec(Expr *) kw_defaults;
    size_t slash;
    bool has_slash, has_star;
    Arg *vararg, *kwarg;
} Parameters;

// One of  param ['=' expression]  '/'  '*' [param]  '**' param ; checks what must stand before what.
static void parse_parameter(Parser *p, Parameters *all, bool is_lambda) {
    TokenKind end = is_lambda ? TOK_COLON : TOK_RPAR;
    if (accept(p, TOK_SLASH)) {
        if (all->has_slash || all->has_star || all->positional.count == 0) parser_fail(p);
        all->has_slash = true;
        all->slash = all->positional.count;
        return;
    }
    if (accept(p, TOK_STAR)) {
        if (all->has_star) parser_fail(p);
        all->has_star = true;
        if (at_kind(p, TOK_COMMA)) {
            // A bare * must be followed by a parameter.
            if (p->t[1].kind != TOK_NAME) parser_fail(p);
        } else {
            all->vararg = parse_param(p, is_lambda, true);
        }
        return;
    }
    if (accept(p, TOK_DOUBLESTAR)) {
        all->kwarg = parse_param(p, is_lambda, false);
        if (accept(p, TOK_COMMA)) {
            if (!at_kind(p, end)) parser_fail(p);
            p->t--;
        }
        return;
    }
    Arg *arg = parse_param(p, is_lambda, false);
    Expr *value = accept(p, TOK_EQUAL) ? parse_expression(p) : NULL;
    if (all->has_star) {
        arena_push(p->arena, &all->kwonly, arg);
        arena_push(p->arena, &all->kw_defaults, value);
        return;
    }
    if (value == NULL && all->defaults.count > 0) parser_fail(p);
    arena_push(p->arena, &all->positional, arg);
    if (value != NULL) arena_push(p->arena, &all->defaults, value);
}

// parameters: [','.parameter+ [',']]       up to ')' of a def or ':' of a lambda, which is left standing
//     (param ['=' expression])* ['/'] (param ['=' expression])* ['*' [param] (param ['=' expression])*] ['**' param]
Arguments *parse_parameters(Parser *p, bool is_lambda) {
    TokenKind end = is_lambda ? TOK_COLON : TOK_RPAR;
    Parameters all = {0};
    while (!at_kind(p, end)) {
        parse_parameter(p, &all, is_lambda);
        if (!accept(p, TOK_COMMA)) break;
    }
    if (!at_kind(p, end)) parser_fail(p);
    int32_t count = (int32_t)all.positional.count, slash = (int32_t)all.slash;
    return Arguments_new(p->arena, (Arguments){
        .posonlyargs = {slash, all.positional.items},
        .args = {count - slash, count > slash ? all.positional.items + slash : NULL},
        .vararg = all.vararg,
        .kwonlyargs = {(int32_t)all.kwonly.count, all.kwonly.items},
        .kw_defaults = {(int32_t)all.kw_defaults.count, all.kw_defaults.items},
        .kwarg = all.kwarg,
        .defaults = {(int32_t)all.defaults.count, all.defaults.items},
    });
}

// type_params: ['[' ','.(NAME [':' expression] | '*' NAME | '**' NAME)+ [','] ']']
TypeParamSeq parse_type_params(Parser *p) {
    size_t mark = seq_begin(p);
    if (!accept(p, TOK_LSQB)) return SEQ_END(TypeParamSeq, p, mark);
    do {
        const Token *start = p->t;
        if (accept(p, TOK_STAR)) {
            const Name *name = expect_name(p);
            seq_push(p, type_param_TypeVarTuple(p->arena, position_from(p, start), (TypeParamTypeVarTuple){name}));
        } else if (accept(p, TOK_DOUBLESTAR)) {
            const Name *name = expect_name(p);
            seq_push(p, type_param_ParamSpec(p->arena, position_from(p, start), (TypeParamParamSpec){name}));
        } else {
            const Name *name = expect_name(p);
            Expr *bound = accept(p, TOK_COLON) ? parse_expression(p) : NULL;
            seq_push(p, type_param_TypeVar(p->arena, position_from(p, start), (TypeParamTypeVar){name, bound}));
        }
    } while (accept(p, TOK_COMMA) && !at_kind(p, TOK_RSQB));
    expect(p, TOK_RSQB);
    return SEQ_END(TypeParamSeq, p, mark);
}

// Arguments are parsed into two lists at once: positional ones into `pending`, keywords into a vector of their own.
typedef struct {
    ArenaVec(Keyword *) keywords;
    bool has_unpacking;
} CallKeywords;

// NAME '=' expression | '**' expression
static void parse_keyword_argument(Parser *p, CallKeywords *all) {
    const Token *start = p->t;
    Keyword keyword = {0};
    if (accept(p, TOK_DOUBLESTAR)) {
        all->has_unpacking = true;
    } else {
        keyword.arg = expect_name(p);
        p->t++;
    }
    keyword.value = parse_expression(p);
    keyword.at = position_from(p, start);
    arena_push(p->arena, &all->keywords, Keyword_new(p->arena, keyword));
}

// arguments: ','.argument+ [',']  |  named_expression for_if_clauses       up to and including ')'
// argument: starred_expression | named_expression | NAME '=' expression | '**' expression
// Positional ones come before keywords; after the first keyword only starred ones, after the first '**' not even those.
void parse_call_arguments(Parser *p, const Token *open, ExprSeq *out_args, KeywordSeq *out_keywords) {
    CallKeywords all = {0};
    size_t mark = seq_begin(p);
    while (!at_kind(p, TOK_RPAR)) {
        const Token *start = p->t;
        if (start->kind == TOK_DOUBLESTAR || (start->kind == TOK_NAME && start[1].kind == TOK_EQUAL)) {
            parse_keyword_argument(p, &all);
        } else if (start->kind == TOK_STAR) {
            if (all.has_unpacking) parser_fail(p);
            seq_push(p, parse_starred(p));
        } else {
            if (all.keywords.count > 0) parser_fail(p);
            Expr *arg = parse_named_expression(p);
            if (at_kind(p, TOK_KW_FOR) || at_kind(p, TOK_KW_ASYNC)) {
                // A generator expression that is the only argument needs no parentheses of its own.
                if (start != open + 1) parser_fail(p);
                ComprehensionSeq generators = parse_comprehension_clauses(p);
                expect(p, TOK_RPAR);
                arg = expr_GeneratorExp(p->arena, position_from(p, open),
                                        (ExprGeneratorExp){.elt = arg, .generators = generators});
                seq_push(p, arg);
                *out_args = SEQ_END(ExprSeq, p, mark);
                return;
            }
            seq_push(p, arg);
        }
        if (!accept(p, TOK_COMMA)) break;
    }
    expect(p, TOK_RPAR);
    *out_args = SEQ_END(ExprSeq, p, mark);
    *out_keywords = (KeywordSeq){(int32_t)all.keywords.count, all.keywords.items};
}
