// Targets of assignments, loops and del: expressions that are checked and then marked Store or Del.
//
// An assignment is known only at its '=', when the target has been parsed as an expression already. Parentheses leave
// no node behind, and need none: whatever may be assigned to may be assigned to in parentheses, starred targets apart,
// which an expression does not allow there either.
#include "parser/parse_internal.h"

// Elements of a tuple or list target; a starred one may stand there, though not doubly.
static void targets_mark(Parser *p, ExprSeq elts, ExprContext ctx);

// target: NAME | primary '.' NAME | primary '[' slices ']' | '(' target ')' | '(' [targets] ')' | '[' [targets] ']'
static void target_mark(Parser *p, Expr *target, ExprContext ctx) {
    switch (target->kind) {
    case EXPR_Name: target->Name.ctx = ctx; return;
    case EXPR_Attribute: target->Attribute.ctx = ctx; return;
    case EXPR_Subscript: target->Subscript.ctx = ctx; return;
    case EXPR_Tuple:
        targets_mark(p, target->Tuple.elts, ctx);
        target->Tuple.ctx = ctx;
        return;
    case EXPR_List:
        targets_mark(p, target->List.elts, ctx);
        target->List.ctx = ctx;
        return;
    case EXPR_Starred:
        if (ctx == CTX_Del || target->Starred.value->kind == EXPR_Starred) parser_fail(p);
        target_mark(p, target->Starred.value, ctx);
        target->Starred.ctx = ctx;
        return;
    default:
        parser_fail(p);
    }
}

static void targets_mark(Parser *p, ExprSeq elts, ExprContext ctx) {
    parser_enter(p);
    for (int32_t i = 0; i < elts.count; i++) target_mark(p, elts.items[i], ctx);
    parser_leave(p);
}

void target_store(Parser *p, Expr *target) {
    target_mark(p, target, CTX_Store);
}

void target_delete(Parser *p, Expr *target) {
    target_mark(p, target, CTX_Del);
}

// star_target: ['*'] target
Expr *parse_star_target(Parser *p) {
    const Token *start = p->t;
    Expr *target;
    if (accept(p, TOK_STAR)) {
        Expr *value = parse_primary(p);
        target = expr_Starred(p->arena, position_from(p, start), (ExprStarred){.value = value, .ctx = CTX_Store});
    } else {
        target = parse_primary(p);
    }
    target_store(p, target);
    return target;
}

// star_targets: star_target !',' | ','.star_target+ [',']
Expr *parse_star_targets(Parser *p) {
    const Token *start = p->t;
    Expr *first = parse_star_target(p);
    if (!at_kind(p, TOK_COMMA)) return first;
    size_t mark = seq_begin(p);
    seq_push(p, first);
    while (accept(p, TOK_COMMA) && at_expression_start(p)) seq_push(p, parse_star_target(p));
    ExprSeq elts = SEQ_END(ExprSeq, p, mark);
    return expr_Tuple(p->arena, position_from(p, start), (ExprTuple){.elts = elts, .ctx = CTX_Store});
}
