// Conditions: comparisons, and / or / not, conditional expressions, and jumps that make no booleans on the way.
#include "compiler/gen.h"

typedef struct CompareForms {
    uint8_t value;                                 // R[a] = R[b] op R[c]
    uint8_t x;
    uint8_t jump, jump_not, jump_int, jump_not_int;   // 0: no such form
} CompareForms;

#define ORDERED(name) {OP_##name, 0, OP_JUMP_##name, OP_JUMP_NOT_##name, OP_JUMP_##name##_INT, OP_JUMP_NOT_##name##_INT}
static const CompareForms compare_forms[] = {
    [CMP_Eq] = ORDERED(EQ), [CMP_NotEq] = ORDERED(NE), [CMP_Lt] = ORDERED(LT), [CMP_LtE] = ORDERED(LE),
    [CMP_Gt] = ORDERED(GT), [CMP_GtE] = ORDERED(GE),
    [CMP_Is] = {OP_IS, 0, OP_JUMP_IS, OP_JUMP_IS_NOT, 0, 0},
    [CMP_IsNot] = {OP_IS, 1, OP_JUMP_IS_NOT, OP_JUMP_IS, 0, 0},
    [CMP_In] = {OP_IN, 0, 0, 0, 0, 0}, [CMP_NotIn] = {OP_IN, 1, 0, 0, 0, 0},
};
#undef ORDERED

static bool is_literal(const Expr *e) {
    if (e->kind == EXPR_Tuple) {
        for (int32_t i = 0; i < e->Tuple.elts.count; i++) {
            if (!is_literal(e->Tuple.elts.items[i])) return false;
        }
        return true;
    }
    return e->kind == EXPR_Constant && e->Constant.value.kind > CONST_ELLIPSIS;
}

static void warn_of_identity(Compiler *c, const Expr *e) {
    bool left = is_literal(e->Compare.left);
    for (int32_t i = 0; i < e->Compare.ops.count; i++) {
        CompareOperator op = e->Compare.ops.items[i];
        bool right = is_literal(e->Compare.comparators.items[i]);
        if ((op == CMP_Is || op == CMP_IsNot) && (left || right)) {
            if (op == CMP_Is) compile_warn(c, &e->at, "\"is\" with a literal. Did you mean \"==\"?");
            else compile_warn(c, &e->at, "\"is not\" with a literal. Did you mean \"!=\"?");
            return;
        }
        left = right;
    }
}

// A list or set of constants that nobody else sees is a tuple or frozenset: behind `in`, or to iterate over.
static bool fold_unseen(Compiler *c, const Expr *e, Operand *out) {
    if (e->kind != EXPR_List && e->kind != EXPR_Set) return false;
    ExprSeq elts = e->kind == EXPR_List ? e->List.elts : e->Set.elts;
    UnitConstant *items = arena_new_array(c->arena, UnitConstant, (size_t)elts.count);
    for (int32_t i = 0; i < elts.count; i++) {
        if (!fold_expr(c, elts.items[i], &items[i])) return false;
    }
    *out = (Operand){.is_constant = true, .reg = NO_REG, .value = constant_tuple(items, (size_t)elts.count)};
    if (e->kind == EXPR_Set) out->value.kind = CONSTANT_FROZENSET;
    return true;
}

// The last operand of a comparison; those before it are seen by two operators.
static void gen_comparand(Compiler *c, const Expr *e, CompareOperator op, Reg want, Operand *out) {
    if ((op == CMP_In || op == CMP_NotIn) && fold_unseen(c, e, out)) return;
    gen(c, e, want, out);
}

// Either a value (target NO_LABEL: into `to`) or a jump when the comparison is `sense`.
static void emit_compare(Compiler *c, const Position *at, CompareOperator op, Reg left, Operand *right, Reg to,
                         bool sense, Label target) {
    const CompareForms *forms = &compare_forms[op];
    int value;
    if (target == NO_LABEL) {
        emit(c, at, forms->value, forms->x, to, left, operand_register(c, at, right));
        return;
    }
    if (right->is_constant && right->value.kind == CONSTANT_NONE && (op == CMP_Is || op == CMP_IsNot)) {
        bool jump_if_none = (op == CMP_Is) == sense;
        emit_jump(c, at, jump_if_none ? OP_JUMP_IF_NONE : OP_JUMP_IF_NOT_NONE, 0, left, 0, target);
        return;
    }
    if (forms->jump_int != 0 && right->is_constant && constant_is_short(&right->value, &value)) {
        emit_jump(c, at, sense ? forms->jump_int : forms->jump_not_int, 0, left, (Reg)value, target);
        return;
    }
    Reg right_reg = operand_register(c, at, right);
    if (forms->jump != 0) {
        emit_jump(c, at, sense ? forms->jump : forms->jump_not, 0, left, right_reg, target);
        return;
    }
    Reg result = temp_new(c);
    emit(c, at, forms->value, forms->x, result, left, right_reg);
    emit_jump(c, at, sense ? OP_JUMP_IF : OP_JUMP_IF_NOT, 0, result, 0, target);
}

static void compare_once(Compiler *c, const Expr *e, Reg to, bool sense, Label target) {
    Reg mark = temp_mark(c);
    const Expr *comparator = e->Compare.comparators.items[0];
    Reg left = gen_stable(c, e->Compare.left, comparator);
    Operand right;
    gen_comparand(c, comparator, e->Compare.ops.items[0], NO_REG, &right);
    emit_compare(c, &e->at, e->Compare.ops.items[0], left, &right, to, sense, target);
    temp_release(c, mark);
}

// a < b < c: each operand once. With a label, jumps there when the chain is `sense`; else leaves in `to` the first
// false result or the last one. The operands take turns in two registers, so that a chain may be any length.
static void compare_chain(Compiler *c, const Expr *e, Reg to, bool sense, Label target) {
    Reg mark = temp_mark(c), turns[2] = {temp_new(c), temp_new(c)};
    int32_t last = e->Compare.ops.count - 1;
    Label end = label_new(c), stop = target != NO_LABEL && !sense ? target : end;
    Operand left, right;
    gen(c, e->Compare.left, turns[1], &left);
    for (int32_t i = 0; i <= last; i++) {
        Reg inner = temp_mark(c);
        const Expr *comparator = e->Compare.comparators.items[i];
        if (operand_may_change(c, &left, comparator)) {
            emit_move(c, &e->at, turns[(i + 1) & 1], left.reg);
            left.reg = turns[(i + 1) & 1];
        }
        if (left.is_constant) operand_to(c, &e->at, &left, turns[(i + 1) & 1]);
        Reg left_reg = left.is_constant ? turns[(i + 1) & 1] : left.reg;
        if (i == last) gen_comparand(c, comparator, e->Compare.ops.items[i], turns[i & 1], &right);
        else gen(c, comparator, turns[i & 1], &right);
        if (i < last) {
            if (right.is_constant) {
                operand_to(c, &e->at, &right, turns[i & 1]);
                right.is_constant = false;
                right.reg = turns[i & 1];
            }
            emit_compare(c, &e->at, e->Compare.ops.items[i], left_reg, &right, to, false,
                         target == NO_LABEL ? NO_LABEL : stop);
            if (target == NO_LABEL) emit_jump(c, &e->at, OP_JUMP_IF_NOT, 0, to, 0, stop);
        } else {
            emit_compare(c, &e->at, e->Compare.ops.items[i], left_reg, &right, to, sense, target);
        }
        temp_release(c, inner);
        left = right;
    }
    label_place(c, end);
    temp_release(c, mark);
}

void gen_compare(Compiler *c, const Expr *e, Reg want, Operand *out) {
    warn_of_identity(c, e);
    Reg to = wanted(c, want), mark = temp_mark(c);
    out->is_constant = false;
    out->reg = to;
    if (e->Compare.ops.count == 1) {
        compare_once(c, e, to, true, NO_LABEL);
        return;
    }
    Reg place = is_temp(c, to) ? to : temp_new(c);
    compare_chain(c, e, place, true, NO_LABEL);
    emit_move(c, &e->at, to, place);
    temp_release(c, mark);
}

// What a `for` iterates over.
Reg gen_iterable(Compiler *c, const Expr *e) {
    Operand operand;
    if (!fold_unseen(c, e, &operand)) return gen_any(c, e);
    return operand_register(c, &e->at, &operand);
}

// x = x or y: nothing moves when x decides.
static bool gen_default(Compiler *c, const Expr *e, Reg to) {
    ExprSeq values = e->BoolOp.values;
    if (is_temp(c, to) || values.count != 2 || values.items[0]->kind != EXPR_Name) return false;
    Variable v = variable_find(c, values.items[0]->Name.id);
    if (v.kind != VARIABLE_REGISTER || v.index != to) return false;
    Label end = label_new(c);
    Operand first;
    gen(c, values.items[0], NO_REG, &first);
    emit_jump(c, &e->at, e->BoolOp.op == BOOL_And ? OP_JUMP_IF_NOT : OP_JUMP_IF, 0, to, 0, end);
    gen_to(c, values.items[1], to);
    label_place(c, end);
    return true;
}

// Each operand is asked for as cheaply as possible; the result settles in `place`, from where it moves at the end.
void gen_bool_op(Compiler *c, const Expr *e, Reg want, Operand *out) {
    Reg to = wanted(c, want), mark = temp_mark(c);
    out->is_constant = false;
    out->reg = to;
    if (gen_default(c, e, to)) return;
    Reg place = is_temp(c, to) ? to : temp_new(c);
    Label decided = label_new(c);
    ExprSeq values = e->BoolOp.values;
    Opcode jump = e->BoolOp.op == BOOL_And ? OP_JUMP_IF_NOT : OP_JUMP_IF;
    for (int32_t i = 0; i < values.count; i++) {
        Reg inner = temp_mark(c);
        bool is_last = i + 1 == values.count;
        Operand value;
        gen(c, values.items[i], place, &value);
        if (value.is_constant && !is_last && value.value.kind != CONSTANT_BIG_INT) {
            if (constant_truth(&value.value) == (e->BoolOp.op == BOOL_And)) continue;
            emit_constant(c, &e->at, place, &value.value);
            emit_to(c, &e->at, decided);
            continue;
        }
        operand_to(c, &values.items[i]->at, &value, place);
        if (!is_last) emit_jump(c, &e->at, jump, 0, place, 0, decided);
        temp_release(c, inner);
    }
    label_place(c, decided);
    emit_move(c, &e->at, to, place);
    temp_release(c, mark);
}

// Right-nested chains (a if p else b if q else c ...) are followed in a loop.
void gen_if_exp(Compiler *c, const Expr *e, Reg want, Operand *out) {
    Reg to = wanted(c, want);
    Label end = label_new(c);
    const Position *at = &e->at;
    for (;;) {
        Label otherwise = label_new(c);
        gen_jump_if(c, at, e->IfExp.test, false, otherwise);
        gen_to(c, e->IfExp.body, to);
        emit_to(c, at, end);
        label_place(c, otherwise);
        if (e->IfExp.orelse->kind != EXPR_IfExp) break;
        e = e->IfExp.orelse;
        at = &e->at;
    }
    gen_to(c, e->IfExp.orelse, to);
    label_place(c, end);
    out->is_constant = false;
    out->reg = to;
}

static void jump_if_bool_op(Compiler *c, const Position *at, const Expr *e, bool sense, Label target) {
    ExprSeq values = e->BoolOp.values;
    bool decides = e->BoolOp.op == BOOL_Or;   // the truth value of an operand that settles the matter
    Label end = label_new(c);
    for (int32_t i = 0; i + 1 < values.count; i++) {
        gen_jump_if(c, at, values.items[i], decides, decides == sense ? target : end);
    }
    gen_jump_if(c, at, values.items[values.count - 1], sense, target);
    label_place(c, end);
}

static void jump_if_conditional(Compiler *c, const Position *at, const Expr *e, bool sense, Label target) {
    Label otherwise = label_new(c), end = label_new(c);
    gen_jump_if(c, at, e->IfExp.test, false, otherwise);
    gen_jump_if(c, at, e->IfExp.body, sense, target);
    emit_to(c, at, end);
    label_place(c, otherwise);
    gen_jump_if(c, at, e->IfExp.orelse, sense, target);
    label_place(c, end);
}

static void jump_if_value(Compiler *c, const Position *at, const Expr *e, bool sense, Label target) {
    Reg mark = temp_mark(c);
    Operand value;
    gen(c, e, NO_REG, &value);
    if (value.is_constant && value.value.kind != CONSTANT_BIG_INT) {
        if (constant_truth(&value.value) == sense) emit_to(c, at, target);
    } else {
        Reg reg = operand_register(c, &e->at, &value);
        emit_jump(c, at, sense ? OP_JUMP_IF : OP_JUMP_IF_NOT, 0, reg, 0, target);
    }
    temp_release(c, mark);
}

// Jumps to `target` when the truth of `e` is `sense`, else goes on. `at` is where a failing __bool__ is reported.
void gen_jump_if(Compiler *c, const Position *at, const Expr *e, bool sense, Label target) {
    compiler_deeper(c);
    while (e->kind == EXPR_UnaryOp && e->UnaryOp.op == UNARY_Not) {
        e = e->UnaryOp.operand;
        sense = !sense;
    }
    switch (e->kind) {
    case EXPR_BoolOp: jump_if_bool_op(c, at, e, sense, target); break;
    case EXPR_IfExp: jump_if_conditional(c, at, e, sense, target); break;
    case EXPR_Compare:
        warn_of_identity(c, e);
        if (e->Compare.ops.count == 1) {
            Reg mark = temp_mark(c);
            compare_once(c, e, NO_REG, sense, target);
            temp_release(c, mark);
        } else {
            compare_chain(c, e, NO_REG, sense, target);
        }
        break;
    default: jump_if_value(c, at, e, sense, target); break;
    }
    c->depth--;
}

const Position *condition_at(const Position *at, const Expr *e) {
    for (;;) {
        switch (e->kind) {
        case EXPR_UnaryOp:
            if (e->UnaryOp.op != UNARY_Not) return at;
            e = e->UnaryOp.operand;
            continue;
        case EXPR_Compare: return &e->at;
        case EXPR_BoolOp:
            for (int32_t i = 0; i + 1 < e->BoolOp.values.count; i++) {
                if (e->BoolOp.values.items[i]->kind == EXPR_Compare) at = &e->BoolOp.values.items[i]->at;
            }
            e = e->BoolOp.values.items[e->BoolOp.values.count - 1];
            continue;
        default: return at;
        }
    }
}
