// Expressions: names, constants, operators, attributes, subscripts; calls, displays, comparisons have files of their
// own.
//
// What leans to the left (a + b + c, a.b.c, f()()(), a[0][1]) is followed in a loop: such a spine is walked down to its
// leftmost operand and then computed upwards in one temporary, so that its length costs neither C stack nor registers.
#include "compiler/gen.h"

#include <string.h>

// ---- operands ------------------------------------------------------------------------------------------------------

static void in_register(Operand *out, Reg reg) {
    out->is_constant = false;
    out->reg = reg;
}

static void as_constant(Operand *out, UnitConstant value) {
    out->is_constant = true;
    out->reg = NO_REG;
    out->value = value;
}

Reg operand_register(Compiler *c, const Position *at, Operand *operand) {
    if (!operand->is_constant) return operand->reg;
    Reg reg = temp_new(c);
    emit_constant(c, at, reg, &operand->value);
    in_register(operand, reg);
    return reg;
}

void operand_to(Compiler *c, const Position *at, Operand *operand, Reg to) {
    if (operand->is_constant) emit_constant(c, at, to, &operand->value);
    else emit_move(c, at, to, operand->reg);
}

// A variable read in place changes under our hands when what is evaluated next assigns it: only := can.
bool operand_may_change(Compiler *c, const Operand *operand, const Expr *later) {
    if (operand->is_constant || later == NULL || is_temp(c, operand->reg)) return false;
    if (!(c->unit->scope->locals[operand->reg]->flags & SYMBOL_WALRUS)) return false;
    return later->kind != EXPR_Constant && later->kind != EXPR_Name;
}

void gen_to(Compiler *c, const Expr *e, Reg to) {
    Operand operand;
    gen(c, e, to, &operand);
    operand_to(c, &e->at, &operand, to);
}

Reg gen_any(Compiler *c, const Expr *e) {
    Operand operand;
    gen(c, e, NO_REG, &operand);
    return operand_register(c, &e->at, &operand);
}

static void keep_from(Compiler *c, const Position *at, Operand *operand, const Expr *later) {
    if (!operand_may_change(c, operand, later)) return;
    Reg copy = temp_new(c);
    emit_move(c, at, copy, operand->reg);
    operand->reg = copy;
}

Reg gen_stable(Compiler *c, const Expr *e, const Expr *later) {
    Operand operand;
    gen(c, e, NO_REG, &operand);
    keep_from(c, &e->at, &operand, later);
    return operand_register(c, &e->at, &operand);
}

void gen_discard(Compiler *c, const Expr *e) {
    Reg mark = temp_mark(c);
    Operand operand;
    gen(c, e, NO_REG, &operand);
    temp_release(c, mark);
}

bool constant_is_short(const UnitConstant *value, int *out) {
    if (value->kind != CONSTANT_INT || value->as.integer != (int16_t)value->as.integer) return false;
    *out = (int)value->as.integer;
    return true;
}

// ---- binary operators ----------------------------------------------------------------------------------------------

static const struct {
    uint8_t op, with_int;   // with_int 0: there is no such form (opcode 0 is MOVE)
} binary_opcodes[] = {
    [OP_Add] = {OP_ADD, OP_ADD_INT}, [OP_Sub] = {OP_SUB, OP_SUB_INT}, [OP_Mult] = {OP_MUL, OP_MUL_INT},
    [OP_MatMult] = {OP_MATMUL, 0}, [OP_Div] = {OP_TRUEDIV, 0}, [OP_Mod] = {OP_MOD, OP_MOD_INT}, [OP_Pow] = {OP_POW, 0},
    [OP_LShift] = {OP_LSHIFT, OP_LSHIFT_INT}, [OP_RShift] = {OP_RSHIFT, OP_RSHIFT_INT}, [OP_BitOr] = {OP_OR, 0},
    [OP_BitXor] = {OP_XOR, 0}, [OP_BitAnd] = {OP_AND, OP_AND_INT}, [OP_FloorDiv] = {OP_FLOORDIV, OP_FLOORDIV_INT},
};

void emit_binary(Compiler *c, const Position *at, Operator op, bool in_place, Reg to, Reg left, Operand *right) {
    int value;
    if (right->is_constant && binary_opcodes[op].with_int != 0 && constant_is_short(&right->value, &value)) {
        emit(c, at, binary_opcodes[op].with_int, in_place, to, left, (Reg)value);
        return;
    }
    emit(c, at, binary_opcodes[op].op, in_place, to, left, operand_register(c, at, right));
}

static void binary_step(Compiler *c, const Expr *e, Operand *current, Reg want) {
    Reg before = temp_mark(c), to = wanted(c, want), mark = temp_mark(c);
    keep_from(c, &e->at, current, e->BinOp.right);
    Operand right;
    gen(c, e->BinOp.right, NO_REG, &right);
    if (current->is_constant && right.is_constant &&
        fold_binary(c, e->BinOp.op, &current->value, &right.value, &current->value)) {
        temp_release(c, before);
        return;
    }
    Reg left = operand_register(c, &e->BinOp.left->at, current);
    emit_binary(c, &e->at, e->BinOp.op, false, to, left, &right);
    temp_release(c, mark);
    in_register(current, to);
}

static void gen_unary(Compiler *c, const Expr *e, Reg want, Operand *out) {
    Operand operand;
    Reg to = wanted(c, want), mark = temp_mark(c);
    gen(c, e->UnaryOp.operand, is_temp(c, to) ? to : NO_REG, &operand);
    UnitConstant folded;
    if (operand.is_constant && fold_unary(c, e->UnaryOp.op, &operand.value, &folded)) {
        temp_release(c, want == NO_REG ? to : mark);
        as_constant(out, folded);
        return;
    }
    static const uint8_t opcodes[] = {
        [UNARY_Invert] = OP_INVERT, [UNARY_Not] = OP_NOT, [UNARY_UAdd] = OP_POSITIVE, [UNARY_USub] = OP_NEGATE,
    };
    Reg from = operand_register(c, &e->UnaryOp.operand->at, &operand);
    emit(c, &e->at, opcodes[e->UnaryOp.op], 0, to, from, 0);
    temp_release(c, mark);
    in_register(out, to);
}

// ---- attributes and subscripts -------------------------------------------------------------------------------------

// An attribute that stands on a later line than its object is reported there, so that the caret points at the name.
Position position_of_attribute(const Position *at, const Expr *attribute) {
    Position moved = *at;
    if (attribute->at.lineno == attribute->at.end_lineno) return moved;
    int32_t length = (int32_t)attribute->Attribute.attr->length;
    moved.lineno = attribute->at.end_lineno;
    if (length <= attribute->at.end_col_offset) {
        moved.col_offset = attribute->at.end_col_offset - length;
    } else {
        moved.col_offset = moved.end_col_offset = -1;
    }
    return moved;
}

const Position *attribute_at(Compiler *c, const Position *at, const Expr *attribute) {
    if (attribute->at.lineno == attribute->at.end_lineno) return at;
    Position moved = position_of_attribute(at, attribute);
    return arena_memdup(c->arena, &moved, sizeof moved);
}

static void attribute_step(Compiler *c, const Expr *e, Operand *current, Reg want) {
    Reg to = wanted(c, want), mark = temp_mark(c);
    Reg object = operand_register(c, &e->Attribute.value->at, current);
    emit(c, attribute_at(c, &e->at, e), OP_LOAD_ATTR, 0, to, object, name_low(c, mangle(c, e->Attribute.attr)));
    temp_release(c, mark);
    in_register(current, to);
}

static const char *type_name_of(const Expr *e) {
    switch (e->kind) {
    case EXPR_Tuple: return "tuple";
    case EXPR_List: case EXPR_ListComp: return "list";
    case EXPR_Dict: case EXPR_DictComp: return "dict";
    case EXPR_Set: case EXPR_SetComp: return "set";
    case EXPR_GeneratorExp: return "generator";
    case EXPR_Lambda: return "function";
    case EXPR_JoinedStr: case EXPR_FormattedValue: return "str";
    case EXPR_Constant:
        switch (e->Constant.value.kind) {
        case CONST_NONE: return "NoneType";
        case CONST_TRUE: case CONST_FALSE: return "bool";
        case CONST_ELLIPSIS: return "ellipsis";
        case CONST_INT: case CONST_BIGINT: return "int";
        case CONST_FLOAT: return "float";
        case CONST_IMAGINARY: return "complex";
        case CONST_STR: return "str";
        case CONST_BYTES: return "bytes";
        }
        return NULL;
    default: return NULL;
    }
}

static bool is_subscriptable_constant(const Constant *value) {
    return value->kind == CONST_STR || value->kind == CONST_BYTES;
}

static void warn_of_subscript(Compiler *c, const Expr *e) {
    const Expr *value = e->Subscript.value, *index = e->Subscript.slice;
    bool not_subscriptable = (value->kind == EXPR_Constant && !is_subscriptable_constant(&value->Constant.value)) ||
                             value->kind == EXPR_Set || value->kind == EXPR_SetComp ||
                             value->kind == EXPR_GeneratorExp || value->kind == EXPR_Lambda;
    if (not_subscriptable) {
        compile_warn(c, &e->at, "'%s' object is not subscriptable; perhaps you missed a comma?", type_name_of(value));
        return;
    }
    const char *index_type = type_name_of(index);
    if (index_type == NULL || strcmp(index_type, "int") == 0 || strcmp(index_type, "bool") == 0) return;
    switch (value->kind) {
    case EXPR_Constant:
    case EXPR_Tuple:
    case EXPR_List:
    case EXPR_ListComp:
    case EXPR_JoinedStr:
    case EXPR_FormattedValue:
        compile_warn(c, &e->at, "%s indices must be integers or slices, not %s; perhaps you missed a comma?",
                     type_name_of(value), index_type);
        break;
    default: break;
    }
}

static void gen_bound(Compiler *c, const Position *at, const Expr *bound, Reg to) {
    if (bound != NULL) gen_to(c, bound, to);
    else emit_none(c, at, to);
}

// Index or slice into registers; the object is there already.
static void gen_index(Compiler *c, const Expr *e, Subscript *s) {
    const Expr *index = e->Subscript.slice;
    if (index->kind == EXPR_Slice) {
        bool stepped = index->Slice.step != NULL;
        s->index = temp_new(c);
        gen_bound(c, &index->at, index->Slice.lower, s->index);
        gen_bound(c, &index->at, index->Slice.upper, temp_new(c));
        s->is_slice = !stepped;
        if (!stepped) return;
        gen_to(c, index->Slice.step, temp_new(c));
        emit(c, &index->at, OP_BUILD_SLICE, 0, s->index, s->index, 0);
        temp_release(c, s->index + 1);
        return;
    }
    Operand operand;
    gen(c, index, NO_REG, &operand);
    if (operand.is_constant && constant_is_short(&operand.value, &s->value)) s->is_short = true;
    else s->index = operand_register(c, &index->at, &operand);
}

Subscript gen_subscript_operands(Compiler *c, const Expr *e) {
    Subscript s = {.object = gen_stable(c, e->Subscript.value, e->Subscript.slice)};
    gen_index(c, e, &s);
    return s;
}

void emit_subscript_load(Compiler *c, const Position *at, Subscript s, Reg to) {
    if (s.is_short) emit(c, at, OP_LOAD_ITEM_INT, 0, to, s.object, (Reg)s.value);
    else emit(c, at, s.is_slice ? OP_LOAD_SLICE : OP_LOAD_ITEM, 0, to, s.object, s.index);
}

void emit_subscript_store(Compiler *c, const Position *at, Subscript s, Reg from) {
    if (s.is_short) {
        s.index = temp_new(c);
        emit_wide(c, at, OP_LOAD_INT, 0, s.index, s.value);
    }
    emit(c, at, s.is_slice ? OP_STORE_SLICE : OP_STORE_ITEM, 0, s.object, s.index, from);
}

static void subscript_step(Compiler *c, const Expr *e, Operand *current, Reg want) {
    warn_of_subscript(c, e);
    Reg to = wanted(c, want), mark = temp_mark(c);
    keep_from(c, &e->at, current, e->Subscript.slice);
    Subscript s = {.object = operand_register(c, &e->Subscript.value->at, current)};
    gen_index(c, e, &s);
    emit_subscript_load(c, &e->at, s, to);
    temp_release(c, mark);
    in_register(current, to);
}

// ---- spines --------------------------------------------------------------------------------------------------------

static const Expr *spine_next(const Expr *e) {
    switch (e->kind) {
    case EXPR_BinOp: return e->BinOp.left;
    case EXPR_Attribute: return e->Attribute.value;
    case EXPR_Subscript: return e->Subscript.value;
    case EXPR_Call: return call_is_method(e) ? e->Call.func->Attribute.value : e->Call.func;
    default: return NULL;
    }
}

static void spine_step(Compiler *c, const Expr *e, Operand *current, Reg want) {
    switch (e->kind) {
    case EXPR_BinOp: binary_step(c, e, current, want); break;
    case EXPR_Attribute: attribute_step(c, e, current, want); break;
    case EXPR_Subscript: subscript_step(c, e, current, want); break;
    default: gen_call(c, e, current, want, current); break;
    }
}

static void gen_spine(Compiler *c, const Expr *e, Reg want, Operand *out) {
    const Expr *few[16], **spine = few;
    size_t count = 0, capacity = 16;
    const Expr *base = e;
    for (const Expr *next; (next = spine_next(base)) != NULL; base = next) {
        if (count == capacity) {
            const Expr **more = arena_new_array(c->arena, const Expr *, capacity * 2);
            memcpy(more, spine, count * sizeof *more);
            spine = more;
            capacity *= 2;
        }
        spine[count++] = base;
    }
    Reg entry = temp_mark(c);
    // Everything but the last step happens in one scratch register at the top of the stack; the wish serves if it is
    // that.
    Reg scratch = is_top(c, want) ? want : NO_REG;
    bool is_leaf = base->kind == EXPR_Constant;
    if (base->kind == EXPR_Name) is_leaf = variable_find(c, base->Name.id).kind == VARIABLE_REGISTER;
    if (!is_leaf && scratch == NO_REG) scratch = temp_new(c);
    gen(c, base, scratch, out);
    for (size_t i = count; i-- > 0;) {
        if (i == 0) {
            spine_step(c, spine[i], out, want == NO_REG ? scratch : want);
            break;
        }
        if (scratch == NO_REG) scratch = temp_new(c);
        spine_step(c, spine[i], out, scratch);
    }
    temp_release(c, out->is_constant || want != NO_REG ? entry : out->reg + 1);
}

// ---- the rest ------------------------------------------------------------------------------------------------------

static void gen_named(Compiler *c, const Expr *e, Reg want, Operand *out) {
    const Expr *target = e->NamedExpr.target;
    refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Store);
    Variable v = variable_find(c, target->Name.id);
    if (v.kind == VARIABLE_REGISTER) {
        gen_to(c, e->NamedExpr.value, v.index);
        variable_bind(c, v.symbol);
        in_register(out, v.index);
        return;
    }
    Reg to = wanted(c, want), mark = temp_mark(c);
    gen_to(c, e->NamedExpr.value, to);
    variable_store(c, &target->at, v, to);
    temp_release(c, mark);
    in_register(out, to);
}

void gen_await(Compiler *c, const Position *at, unsigned x, Reg value, Reg to) {
    Reg mark = temp_mark(c), awaitable = temp_new(c);
    emit(c, at, OP_GET_AWAITABLE, x, awaitable, value, 0);
    emit(c, at, OP_DELEGATE, 0, to, awaitable, 0);
    temp_release(c, mark);
}

bool await_is_allowed(const Compiler *c) {
    return c->options.top_level_await && c->unit->scope->kind == SCOPE_MODULE;
}

bool in_async_function(const Compiler *c) {
    return c->unit->scope->is_async_def;
}

static void gen_await_expr(Compiler *c, const Expr *e, Reg want, Operand *out) {
    const Scope *scope = c->unit->inner;
    if (!await_is_allowed(c)) {
        if (!scope_is_function_like(scope)) compile_error(c, &e->at, "'await' outside function");
        if (scope->kind != SCOPE_COMPREHENSION && !in_async_function(c)) {
            compile_error(c, &e->at, "'await' outside async function");
        }
    }
    Reg to = wanted(c, want), mark = temp_mark(c);
    gen_await(c, &e->at, 0, gen_any(c, e->Await.value), to);
    temp_release(c, mark);
    in_register(out, to);
}

static void gen_yield(Compiler *c, const Expr *e, const Expr *value, bool from, Reg want, Operand *out) {
    if (!scope_is_function_like(c->unit->scope)) compile_error(c, &e->at, "'yield' outside function");
    if (from && in_async_function(c)) compile_error(c, &e->at, "'yield from' inside async function");
    Reg to = wanted(c, want), mark = temp_mark(c), source;
    if (value != NULL) source = gen_any(c, value);
    else emit_none(c, &e->at, source = temp_new(c));
    if (from) {
        Reg iterator = temp_new(c);
        emit(c, &e->at, OP_GET_YIELD_FROM, 0, iterator, source, 0);
        emit(c, &e->at, OP_DELEGATE, 0, to, iterator, 0);
    } else {
        emit(c, &e->at, OP_YIELD, 0, to, source, 0);
    }
    temp_release(c, mark);
    in_register(out, to);
}

static void gen_slice_value(Compiler *c, const Expr *e, Reg want, Operand *out) {
    Reg to = wanted(c, want), mark = temp_mark(c), first = temp_new(c);
    gen_bound(c, &e->at, e->Slice.lower, first);
    gen_bound(c, &e->at, e->Slice.upper, temp_new(c));
    gen_bound(c, &e->at, e->Slice.step, temp_new(c));
    emit(c, &e->at, OP_BUILD_SLICE, 0, to, first, 0);
    temp_release(c, mark);
    in_register(out, to);
}

static void gen_name(Compiler *c, const Expr *e, Reg want, Operand *out) {
    UnitConstant value;
    if (fold_expr(c, e, &value)) as_constant(out, value);   // __debug__
    else variable_load(c, &e->at, variable_find(c, e->Name.id), want, out);
}

void gen(Compiler *c, const Expr *e, Reg want, Operand *out) {
    UnitConstant folded;
    compiler_deeper(c);
    switch (e->kind) {
    case EXPR_Constant: as_constant(out, constant_of(&e->Constant.value)); break;
    case EXPR_Name: gen_name(c, e, want, out); break;
    case EXPR_BinOp: case EXPR_Attribute: case EXPR_Subscript: case EXPR_Call: gen_spine(c, e, want, out); break;
    case EXPR_UnaryOp: gen_unary(c, e, want, out); break;
    case EXPR_BoolOp: gen_bool_op(c, e, want, out); break;
    case EXPR_Compare: gen_compare(c, e, want, out); break;
    case EXPR_IfExp: gen_if_exp(c, e, want, out); break;
    case EXPR_NamedExpr: gen_named(c, e, want, out); break;
    case EXPR_Lambda: gen_lambda(c, e, want, out); break;
    case EXPR_Tuple:
        if (fold_expr(c, e, &folded)) {
            as_constant(out, folded);
            break;
        }
        gen_display(c, e, want, out);
        break;
    case EXPR_List: case EXPR_Set: case EXPR_Dict: gen_display(c, e, want, out); break;
    case EXPR_ListComp: case EXPR_SetComp: case EXPR_DictComp: case EXPR_GeneratorExp:
        gen_comprehension(c, e, want, out);
        break;
    case EXPR_Await: gen_await_expr(c, e, want, out); break;
    case EXPR_Yield: gen_yield(c, e, e->Yield.value, false, want, out); break;
    case EXPR_YieldFrom: gen_yield(c, e, e->YieldFrom.value, true, want, out); break;
    case EXPR_JoinedStr: case EXPR_FormattedValue: gen_joined_string(c, e, want, out); break;
    case EXPR_Starred:
        compile_error(c, &e->at, e->Starred.ctx == CTX_Store ? "starred assignment target must be in a list or tuple"
                                                            : "can't use starred expression here");
    case EXPR_Slice: gen_slice_value(c, e, want, out); break;
    }
    c->depth--;
}
