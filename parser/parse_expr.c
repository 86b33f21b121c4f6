// Expressions: operators by precedence climbing, then primaries and atoms.
#include "parser/parse_internal.h"

// How tightly an operator binds. A right operand is parsed one level higher: all of these group to the left.
enum {
    LEVEL_NONE, LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_XOR, LEVEL_BIT_AND, LEVEL_SHIFT,
    LEVEL_SUM, LEVEL_TERM,
};

// For each token kind: its level as a binary operator, and the operator of the tree.
static const struct { uint8_t level, op; } binary_operators[TOKEN_KIND_COUNT] = {
    [TOK_KW_OR] = {LEVEL_OR, BOOL_Or},
    [TOK_KW_AND] = {LEVEL_AND, BOOL_And},
    [TOK_EQEQUAL] = {LEVEL_COMPARE, CMP_Eq},
    [TOK_NOTEQUAL] = {LEVEL_COMPARE, CMP_NotEq},
    [TOK_LESS] = {LEVEL_COMPARE, CMP_Lt},
    [TOK_LESSEQUAL] = {LEVEL_COMPARE, CMP_LtE},
    [TOK_GREATER] = {LEVEL_COMPARE, CMP_Gt},
    [TOK_GREATEREQUAL] = {LEVEL_COMPARE, CMP_GtE},
    [TOK_KW_IN] = {LEVEL_COMPARE, CMP_In},
    [TOK_KW_IS] = {LEVEL_COMPARE, CMP_Is},
    [TOK_KW_NOT] = {LEVEL_COMPARE, CMP_NotIn},
    [TOK_VBAR] = {LEVEL_BIT_OR, OP_BitOr},
    [TOK_CIRCUMFLEX] = {LEVEL_BIT_XOR, OP_BitXor},
    [TOK_AMPER] = {LEVEL_BIT_AND, OP_BitAnd},
    [TOK_LEFTSHIFT] = {LEVEL_SHIFT, OP_LShift},
    [TOK_RIGHTSHIFT] = {LEVEL_SHIFT, OP_RShift},
    [TOK_PLUS] = {LEVEL_SUM, OP_Add},
    [TOK_MINUS] = {LEVEL_SUM, OP_Sub},
    [TOK_STAR] = {LEVEL_TERM, OP_Mult},
    [TOK_SLASH] = {LEVEL_TERM, OP_Div},
    [TOK_DOUBLESLASH] = {LEVEL_TERM, OP_FloorDiv},
    [TOK_PERCENT] = {LEVEL_TERM, OP_Mod},
    [TOK_AT] = {LEVEL_TERM, OP_MatMult},
};

static Expr *parse_unary(Parser *p);
static Expr *parse_operators(Parser *p, int level);

// The rest of  ','.x+ [',']  after its first item, as a tuple that begins at `start`. Items are parsed by `parse_item`
// as long as one can begin.
static Expr *parse_tuple_rest(Parser *p, const Token *start, Expr *first, Expr *(*parse_item)(Parser *)) {
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_COMMA)) {
        if (!at_expression_start(p)) break;
        seq_push(p, parse_item(p));
    }
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    return expr_Tuple(p->arena, position_from(p, start), (ExprTuple){.elts = elts, .ctx = CTX_Load});
}

// Whether the next token can begin an expression or a starred one: decides whether a comma was the last.
bool at_expression_start(const Parser *p) {
    switch (p->t->kind) {
    case TOK_NAME: case TOK_NUMBER: case TOK_STRING: case TOK_FSTRING_START: case TOK_LPAR: case TOK_LSQB:
    case TOK_LBRACE: case TOK_ELLIPSIS: case TOK_PLUS: case TOK_MINUS: case TOK_TILDE: case TOK_STAR: case TOK_KW_NOT:
    case TOK_KW_LAMBDA: case TOK_KW_AWAIT: case TOK_KW_NONE: case TOK_KW_TRUE: case TOK_KW_FALSE:
        return true;
    default:
        return false;
    }
}

Expr *parse_name(Parser *p) {
    const Token *token = p->t;
    const Name *id = expect_name(p);
    return expr_Name(p->arena, position_of_token(token), (ExprName){.id = id, .ctx = CTX_Load});
}

// lambda: 'lambda' [parameters] ':' expression
static Expr *parse_lambda(Parser *p) {
    const Token *start = p->t++;
    Arguments *args = parse_parameters(p, true);
    expect(p, TOK_COLON);
    Expr *body = parse_expression(p);
    return expr_Lambda(p->arena, position_from(p, start), (ExprLambda){.args = args, .body = body});
}

// expression: disjunction ['if' disjunction 'else' expression] | lambda
Expr *parse_expression(Parser *p) {
    const Token *start = p->t;
    parser_enter(p);
    Expr *result;
    if (start->kind == TOK_KW_LAMBDA) {
        result = parse_lambda(p);
    } else {
        result = parse_operators(p, LEVEL_OR);
        if (accept(p, TOK_KW_IF)) {
            Expr *test = parse_operators(p, LEVEL_OR);
            expect(p, TOK_KW_ELSE);
            Expr *orelse = parse_expression(p);
            result = expr_IfExp(p->arena, position_from(p, start),
                                (ExprIfExp){.test = test, .body = result, .orelse = orelse});
        }
    }
    parser_leave(p);
    return result;
}

Expr *parse_disjunction(Parser *p) {
    return parse_operators(p, LEVEL_OR);
}

Expr *parse_bitwise_or(Parser *p) {
    return parse_operators(p, LEVEL_BIT_OR);
}

// named_expression: NAME ':=' expression | expression !':='
Expr *parse_named_expression(Parser *p) {
    const Token *start = p->t;
    if (start->kind == TOK_NAME && start[1].kind == TOK_COLONEQUAL) {
        Expr *target = parse_name(p);
        target->Name.ctx = CTX_Store;
        p->t++;
        Expr *value = parse_expression(p);
        return expr_NamedExpr(p->arena, position_from(p, start), (ExprNamedExpr){.target = target, .value = value});
    }
    Expr *result = parse_expression(p);
    if (at_kind(p, TOK_COLONEQUAL)) parser_fail(p);
    return result;
}

// '*' bitwise_or
static Expr *parse_star_bitwise_or(Parser *p) {
    const Token *start = p->t++;
    Expr *value = parse_bitwise_or(p);
    return expr_Starred(p->arena, position_from(p, start), (ExprStarred){.value = value, .ctx = CTX_Load});
}

// starred_expression: '*' expression         (in calls and subscripts)
Expr *parse_starred(Parser *p) {
    const Token *start = p->t;
    expect(p, TOK_STAR);
    Expr *value = parse_expression(p);
    return expr_Starred(p->arena, position_from(p, start), (ExprStarred){.value = value, .ctx = CTX_Load});
}

// star_expression: '*' bitwise_or | expression
static Expr *parse_star_expression(Parser *p) {
    return at_kind(p, TOK_STAR) ? parse_star_bitwise_or(p) : parse_expression(p);
}

// star_named_expression: '*' bitwise_or | named_expression
Expr *parse_star_named_expression(Parser *p) {
    return at_kind(p, TOK_STAR) ? parse_star_bitwise_or(p) : parse_named_expression(p);
}

// star_expressions: ','.star_expression+ [',']       a tuple as soon as there is a comma
Expr *parse_star_expressions(Parser *p) {
    const Token *start = p->t;
    Expr *first = parse_star_expression(p);
    return at_kind(p, TOK_COMMA) ? parse_tuple_rest(p, start, first, parse_star_expression) : first;
}

// yield_expr: 'yield' 'from' expression | 'yield' [star_expressions]
static Expr *parse_yield(Parser *p) {
    const Token *start = p->t++;
    if (accept(p, TOK_KW_FROM)) {
        Expr *value = parse_expression(p);
        return expr_YieldFrom(p->arena, position_from(p, start), (ExprYieldFrom){.value = value});
    }
    Expr *value = at_expression_start(p) ? parse_star_expressions(p) : NULL;
    return expr_Yield(p->arena, position_from(p, start), (ExprYield){.value = value});
}

Expr *parse_yield_or_star_expressions(Parser *p) {
    return at_kind(p, TOK_KW_YIELD) ? parse_yield(p) : parse_star_expressions(p);
}

// disjunction: 'or'.conjunction+          conjunction: 'and'.inversion+          one BoolOp for a whole chain
static Expr *parse_bool_op(Parser *p, const Token *start, Expr *left, int level) {
    TokenKind kind = p->t->kind;
    size_t mark = seq_begin(p);
    seq_push(p, left);
    while (accept(p, kind)) seq_push(p, parse_operators(p, level + 1));
    ExprSeq values = SEQ_END(ExprSeq, p, mark);
    return expr_BoolOp(p->arena, position_from(p, start),
                       (ExprBoolOp){.op = binary_operators[kind].op, .values = values});
}

// comparison: bitwise_or (('==' | '!=' | '<' | '<=' | '>' | '>=' | ['not'] 'in' | 'is' ['not']) bitwise_or)*
static Expr *parse_comparison(Parser *p, const Token *start, Expr *left) {
    ArenaVec(CompareOperator) ops = {0};
    size_t mark = seq_begin(p);
    while (binary_operators[p->t->kind].level == LEVEL_COMPARE) {
        CompareOperator op = binary_operators[p->t->kind].op;
        p->t++;
        if (op == CMP_NotIn) expect(p, TOK_KW_IN);
        if (op == CMP_Is && accept(p, TOK_KW_NOT)) op = CMP_IsNot;
        arena_push(p->arena, &ops, op);
        seq_push(p, parse_operators(p, LEVEL_BIT_OR));
    }
    ExprSeq comparators = SEQ_END(ExprSeq, p, mark);
    return expr_Compare(p->arena, position_from(p, start),
                        (ExprCompare){.left = left, .ops = {(int32_t)ops.count, ops.items},
                                      .comparators = comparators});
}

// All binary operators of at least this level, and 'not':  inversion: 'not' inversion | comparison
// Chains that group to the left are built in the loop, however long they are.
static Expr *parse_operators(Parser *p, int level) {
    const Token *start = p->t;
    Expr *left;
    if (start->kind == TOK_KW_NOT) {
        if (level > LEVEL_NOT) parser_fail(p);
        p->t++;
        parser_enter(p);
        Expr *operand = parse_operators(p, LEVEL_NOT);
        parser_leave(p);
        left = expr_UnaryOp(p->arena, position_from(p, start), (ExprUnaryOp){.op = UNARY_Not, .operand = operand});
    } else {
        left = parse_unary(p);
    }
    for (;;) {
        TokenKind kind = p->t->kind;
        int found = binary_operators[kind].level;
        if (found < level || found == LEVEL_NONE) return left;
        if (found <= LEVEL_AND) {
            left = parse_bool_op(p, start, left, found);
        } else if (found == LEVEL_COMPARE) {
            left = parse_comparison(p, start, left);
        } else {
            p->t++;
            Expr *right = parse_operators(p, found + 1);
            left = expr_BinOp(p->arena, position_from(p, start),
                              (ExprBinOp){.left = left, .op = binary_operators[kind].op, .right = right});
        }
    }
}

// factor: ('+' | '-' | '~') factor | power
// power: ['await'] primary ['**' factor]
static Expr *parse_unary(Parser *p) {
    const Token *start = p->t;
    UnaryOperator op;
    switch (start->kind) {
    case TOK_PLUS: op = UNARY_UAdd; break;
    case TOK_MINUS: op = UNARY_USub; break;
    case TOK_TILDE: op = UNARY_Invert; break;
    default: {
        Expr *base;
        if (accept(p, TOK_KW_AWAIT)) {
            Expr *value = parse_primary(p);
            base = expr_Await(p->arena, position_from(p, start), (ExprAwait){.value = value});
        } else {
            base = parse_primary(p);
        }
        if (!accept(p, TOK_DOUBLESTAR)) return base;
        parser_enter(p);
        Expr *exponent = parse_unary(p);
        parser_leave(p);
        return expr_BinOp(p->arena, position_from(p, start),
                          (ExprBinOp){.left = base, .op = OP_Pow, .right = exponent});
    }
    }
    p->t++;
    parser_enter(p);
    Expr *operand = parse_unary(p);
    parser_leave(p);
    return expr_UnaryOp(p->arena, position_from(p, start), (ExprUnaryOp){.op = op, .operand = operand});
}

// slice: [expression] ':' [expression] [':' [expression]] | named_expression | starred_expression
static Expr *parse_slice(Parser *p) {
    const Token *start = p->t;
    if (start->kind == TOK_STAR) return parse_starred(p);
    Expr *lower = NULL, *upper = NULL, *step = NULL;
    if (start->kind != TOK_COLON) {
        lower = parse_named_expression(p);
        if (!at_kind(p, TOK_COLON)) return lower;
        if (start[1].kind == TOK_COLONEQUAL) parser_fail(p);
    }
    p->t++;
    if (at_expression_start(p)) upper = parse_expression(p);
    if (accept(p, TOK_COLON) && at_expression_start(p)) step = parse_expression(p);
    return expr_Slice(p->arena, position_from(p, start), (ExprSlice){.lower = lower, .upper = upper, .step = step});
}

// slices: slice !',' | ','.slice+ [',']
static Expr *parse_slices(Parser *p) {
    const Token *start = p->t;
    Expr *first = parse_slice(p);
    if (!at_kind(p, TOK_COMMA) && first->kind != EXPR_Starred) return first;
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_COMMA) && !at_kind(p, TOK_RSQB)) seq_push(p, parse_slice(p));
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    return expr_Tuple(p->arena, position_from(p, start), (ExprTuple){.elts = elts, .ctx = CTX_Load});
}

static Expr *parse_atom(Parser *p);

// primary: atom ('.' NAME | '(' [arguments] ')' | '[' slices ']')*
Expr *parse_primary(Parser *p) {
    const Token *start = p->t;
    Expr *result = parse_atom(p);
    for (;;) {
        switch (p->t->kind) {
        case TOK_DOT: {
            p->t++;
            const Name *attr = expect_name(p);
            result = expr_Attribute(p->arena, position_from(p, start),
                                    (ExprAttribute){.value = result, .attr = attr, .ctx = CTX_Load});
            break;
        }
        case TOK_LPAR: {
            const Token *open = p->t++;
            ExprCall call = {.func = result};
            parse_call_arguments(p, open, &call.args, &call.keywords);
            result = expr_Call(p->arena, position_from(p, start), call);
            break;
        }
        case TOK_LSQB: {
            p->t++;
            Expr *slice = parse_slices(p);
            expect(p, TOK_RSQB);
            result = expr_Subscript(p->arena, position_from(p, start),
                                    (ExprSubscript){.value = result, .slice = slice, .ctx = CTX_Load});
            break;
        }
        default:
            return result;
        }
    }
}

Expr *parse_number(Parser *p) {
    const Token *token = p->t;
    expect(p, TOK_NUMBER);
    NumberLiteral number;
    number_literal(p->fe, token, &number);
    Constant value = {0};
    switch (number.kind) {
    case NUMBER_INT:
        value.kind = CONST_INT;
        value.integer = number.integer;
        break;
    case NUMBER_BIG_INT:
        value.kind = CONST_BIGINT;
        value.base = number.base;
        value.bytes = number.digits;
        value.length = number.digit_count;
        break;
    case NUMBER_FLOAT:
    case NUMBER_IMAGINARY:
        value.kind = number.kind == NUMBER_FLOAT ? CONST_FLOAT : CONST_IMAGINARY;
        value.real = number.real;
        break;
    }
    return expr_Constant(p->arena, position_of_token(token), (ExprConstant){.value = value});
}

// for_if_clauses: (['async'] 'for' star_targets 'in' disjunction ('if' disjunction)*)+
ComprehensionSeq parse_comprehension_clauses(Parser *p) {
    size_t mark = seq_begin(p);
    do {
        Comprehension clause = {.is_async = accept(p, TOK_KW_ASYNC)};
        expect(p, TOK_KW_FOR);
        clause.target = parse_star_targets(p);
        expect(p, TOK_KW_IN);
        clause.iter = parse_disjunction(p);
        size_t ifs_mark = seq_begin(p);
        while (accept(p, TOK_KW_IF)) seq_push(p, parse_disjunction(p));
        clause.ifs = SEQ_END(ExprSeq, p, ifs_mark);
        seq_push(p, Comprehension_new(p->arena, clause));
    } while (at_kind(p, TOK_KW_FOR) || at_kind(p, TOK_KW_ASYNC));
    return SEQ_END(ComprehensionSeq, p, mark);
}

static bool at_comprehension(const Parser *p) {
    return at_kind(p, TOK_KW_FOR) || at_kind(p, TOK_KW_ASYNC);
}

// group: '(' (yield_expr | named_expression) ')'
// tuple: '(' [star_named_expression ',' [','.star_named_expression+ [',']]] ')'
// genexp: '(' named_expression for_if_clauses ')'
static Expr *parse_parenthesised(Parser *p) {
    const Token *start = p->t++;
    if (at_kind(p, TOK_KW_YIELD)) {
        Expr *result = parse_yield(p);
        expect(p, TOK_RPAR);
        return result;
    }
    size_t mark = seq_begin(p);
    if (!at_kind(p, TOK_RPAR)) {
        Expr *first = parse_star_named_expression(p);
        if (at_kind(p, TOK_RPAR)) {
            if (first->kind == EXPR_Starred && start[1].kind == TOK_STAR) parser_fail(p);
            p->t++;
            return first;
        }
        if (at_comprehension(p) && start[1].kind != TOK_STAR) {
            ComprehensionSeq generators = parse_comprehension_clauses(p);
            expect(p, TOK_RPAR);
            return expr_GeneratorExp(p->arena, position_from(p, start),
                                     (ExprGeneratorExp){.elt = first, .generators = generators});
        }
        seq_push(p, first);
        while (accept(p, TOK_COMMA) && !at_kind(p, TOK_RPAR)) seq_push(p, parse_star_named_expression(p));
    }
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    expect(p, TOK_RPAR);
    return expr_Tuple(p->arena, position_from(p, start), (ExprTuple){.elts = elts, .ctx = CTX_Load});
}

// list: '[' [','.star_named_expression+ [',']] ']'
// listcomp: '[' named_expression for_if_clauses ']'
static Expr *parse_list(Parser *p) {
    const Token *start = p->t++;
    size_t mark = seq_begin(p);
    if (!at_kind(p, TOK_RSQB)) {
        Expr *first = parse_star_named_expression(p);
        if (at_comprehension(p) && start[1].kind != TOK_STAR) {
            ComprehensionSeq generators = parse_comprehension_clauses(p);
            expect(p, TOK_RSQB);
            return expr_ListComp(p->arena, position_from(p, start),
                                 (ExprListComp){.elt = first, .generators = generators});
        }
        seq_push(p, first);
        while (accept(p, TOK_COMMA) && !at_kind(p, TOK_RSQB)) seq_push(p, parse_star_named_expression(p));
    }
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    expect(p, TOK_RSQB);
    return expr_List(p->arena, position_from(p, start), (ExprList){.elts = elts, .ctx = CTX_Load});
}

// set: '{' ','.star_named_expression+ [','] '}'
// setcomp: '{' named_expression for_if_clauses '}'
static Expr *parse_set_rest(Parser *p, const Token *start, Expr *first) {
    if (at_comprehension(p) && start[1].kind != TOK_STAR) {
        ComprehensionSeq generators = parse_comprehension_clauses(p);
        expect(p, TOK_RBRACE);
        return expr_SetComp(p->arena, position_from(p, start),
                            (ExprSetComp){.elt = first, .generators = generators});
    }
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_COMMA) && !at_kind(p, TOK_RBRACE)) seq_push(p, parse_star_named_expression(p));
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    expect(p, TOK_RBRACE);
    return expr_Set(p->arena, position_from(p, start), (ExprSet){.elts = elts});
}

// dict: '{' [','.('**' bitwise_or | expression ':' expression)+ [',']] '}'
// dictcomp: '{' expression ':' expression for_if_clauses '}'
static Expr *parse_dict_or_set(Parser *p) {
    const Token *start = p->t++;
    ArenaVec(Expr *) keys = {0};
    size_t mark = seq_begin(p);
    while (!at_kind(p, TOK_RBRACE)) {
        bool is_first = keys.count == 0;
        if (accept(p, TOK_DOUBLESTAR)) {
            arena_push(p->arena, &keys, NULL);
            seq_push(p, parse_bitwise_or(p));
        } else {
            const Token *key_start = p->t;
            Expr *key = is_first ? parse_star_named_expression(p) : parse_expression(p);
            if (is_first && !at_kind(p, TOK_COLON)) return parse_set_rest(p, start, key);
            // Neither *x nor x := y is a key.
            if (is_first && (key_start->kind == TOK_STAR || key_start[1].kind == TOK_COLONEQUAL)) parser_fail(p);
            expect(p, TOK_COLON);
            Expr *value = parse_expression(p);
            if (is_first && at_comprehension(p)) {
                ComprehensionSeq generators = parse_comprehension_clauses(p);
                expect(p, TOK_RBRACE);
                return expr_DictComp(p->arena, position_from(p, start),
                                     (ExprDictComp){.key = key, .value = value, .generators = generators});
            }
            arena_push(p->arena, &keys, key);
            seq_push(p, value);
        }
        if (!accept(p, TOK_COMMA)) break;
    }
    ExprSeq values = SEQ_END(ExprSeq, p, mark);
    expect(p, TOK_RBRACE);
    return expr_Dict(p->arena, position_from(p, start),
                     (ExprDict){.keys = {(int32_t)keys.count, keys.items}, .values = values});
}

static Expr *parse_keyword_constant(Parser *p, ConstantKind kind) {
    const Token *token = p->t++;
    return expr_Constant(p->arena, position_of_token(token), (ExprConstant){.value = {.kind = kind}});
}

// atom: NAME | 'True' | 'False' | 'None' | strings | NUMBER | tuple | group | genexp | list | listcomp
//     | dict | set | dictcomp | setcomp | '...'
static Expr *parse_atom(Parser *p) {
    switch (p->t->kind) {
    case TOK_NAME: return parse_name(p);
    case TOK_NUMBER: return parse_number(p);
    case TOK_STRING:
    case TOK_FSTRING_START: return parse_strings(p);
    case TOK_LPAR: return parse_parenthesised(p);
    case TOK_LSQB: return parse_list(p);
    case TOK_LBRACE: return parse_dict_or_set(p);
    case TOK_KW_NONE: return parse_keyword_constant(p, CONST_NONE);
    case TOK_KW_TRUE: return parse_keyword_constant(p, CONST_TRUE);
    case TOK_KW_FALSE: return parse_keyword_constant(p, CONST_FALSE);
    case TOK_ELLIPSIS: return parse_keyword_constant(p, CONST_ELLIPSIS);
    default: parser_fail(p);
    }
}

// expressions: ','.expression+ [',']        (eval)
Expr *parse_expressions(Parser *p) {
    const Token *start = p->t;
    Expr *first = parse_expression(p);
    return at_kind(p, TOK_COMMA) ? parse_tuple_rest(p, start, first, parse_expression) : first;
}
