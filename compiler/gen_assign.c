// Assignment: targets of every shape, unpacking, augmented and annotated assignment, del.
#include "compiler/gen.h"

enum { PARALLEL_MAX = 64 };   // a, b = x, y without a tuple in between, up to this many

// ---- storing -------------------------------------------------------------------------------------------------------

static int32_t find_star(Compiler *c, const Expr *target, ExprSeq elts) {
    int32_t star = -1;
    for (int32_t i = 0; i < elts.count; i++) {
        if (elts.items[i]->kind != EXPR_Starred) continue;
        if (star >= 0) compile_error(c, &target->at, "multiple starred expressions in assignment");
        star = i;
    }
    if (star >= 256 || (star >= 0 && elts.count - 1 - star >= 256)) {
        compile_error(c, &target->at, "too many expressions in star-unpacking assignment");
    }
    return star;
}

// for k, v in ...: locals that stand side by side take the items at once.
static bool targets_are_consecutive(Compiler *c, ExprSeq elts, Reg *out_first) {
    for (int32_t i = 0; i < elts.count; i++) {
        if (elts.items[i]->kind != EXPR_Name) return false;
        Variable v = variable_find(c, elts.items[i]->Name.id);
        if (v.kind != VARIABLE_REGISTER) return false;
        if (i == 0) *out_first = v.index;
        else if (v.index != *out_first + (Reg)i) return false;
    }
    return elts.count > 0;
}

static void gen_unpack(Compiler *c, const Expr *target, ExprSeq elts, Reg from) {
    int32_t star = find_star(c, target, elts);
    Reg mark = temp_mark(c), first;
    if (star < 0 && targets_are_consecutive(c, elts, &first)) {
        emit(c, &target->at, OP_UNPACK, 0, first, from, (Reg)elts.count);
        for (int32_t i = 0; i < elts.count; i++) {
            refuse_forbidden_name(c, &elts.items[i]->at, elts.items[i]->Name.id, CTX_Store);
            variable_bind(c, variable_find(c, elts.items[i]->Name.id).symbol);
        }
        return;
    }
    first = temps_new(c, (uint32_t)elts.count);
    if (star < 0) {
        emit(c, &target->at, OP_UNPACK, 0, first, from, (Reg)elts.count);
    } else {
        emit(c, &target->at, OP_UNPACK_EX, (unsigned)(elts.count - 1 - star), first, from, (Reg)star);
    }
    for (int32_t i = 0; i < elts.count; i++) {
        const Expr *element = elts.items[i];
        gen_store(c, element->kind == EXPR_Starred ? element->Starred.value : element, first + (Reg)i);
    }
    temp_release(c, mark);
}

void gen_store(Compiler *c, const Expr *target, Reg from) {
    Reg mark = temp_mark(c);
    compiler_deeper(c);
    switch (target->kind) {
    case EXPR_Name: store_name(c, &target->at, target->Name.id, from); break;
    case EXPR_Attribute: {
        refuse_forbidden_name(c, &target->at, target->Attribute.attr, CTX_Store);
        Reg object = gen_any(c, target->Attribute.value);
        emit(c, attribute_at(c, &target->at, target), OP_STORE_ATTR, 0, object, from,
             name_low(c, mangle(c, target->Attribute.attr)));
        break;
    }
    case EXPR_Subscript:
        emit_subscript_store(c, &target->at, gen_subscript_operands(c, target), from);
        break;
    case EXPR_Tuple: gen_unpack(c, target, target->Tuple.elts, from); break;
    case EXPR_List: gen_unpack(c, target, target->List.elts, from); break;
    case EXPR_Starred: compile_error(c, &target->at, "starred assignment target must be in a list or tuple");
    default: compile_error(c, &target->at, "cannot assign to expression");
    }
    temp_release(c, mark);
    c->depth--;
}

// ---- plain assignment ----------------------------------------------------------------------------------------------

static void assign_to_name(Compiler *c, const Expr *target, const Expr *value) {
    Variable v = variable_find(c, target->Name.id);
    if (v.kind == VARIABLE_REGISTER) {
        refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Store);
        gen_to(c, value, v.index);
        variable_bind(c, v.symbol);
    } else {
        Reg from = gen_any(c, value);
        store_name(c, &target->at, target->Name.id, from);
    }
}

static bool is_plain_tuple(const Expr *e) {
    if (e->kind != EXPR_Tuple || e->Tuple.elts.count > PARALLEL_MAX) return false;
    for (int32_t i = 0; i < e->Tuple.elts.count; i++) {
        if (e->Tuple.elts.items[i]->kind == EXPR_Starred) return false;
    }
    return true;
}

// Whether one of the first `count` targets is the local in that register.
static bool stored_before(Compiler *c, ExprSeq targets, int32_t count, Reg reg) {
    for (int32_t i = 0; i < count; i++) {
        if (targets.items[i]->kind != EXPR_Name) continue;
        Variable v = variable_find(c, targets.items[i]->Name.id);
        if (v.kind == VARIABLE_REGISTER && v.index == reg) return true;
    }
    return false;
}

// a, b = x, y: all values first, then the stores from left to right. A value read in place is copied when an earlier
// store (or a := somewhere) would change it.
static void assign_in_parallel(Compiler *c, ExprSeq targets, ExprSeq values) {
    Operand operands[PARALLEL_MAX];
    for (int32_t i = 0; i < values.count; i++) {
        const Expr *value = values.items[i];
        gen(c, value, NO_REG, &operands[i]);
        Operand *operand = &operands[i];
        if (operand->is_constant || is_temp(c, operand->reg)) continue;
        bool may_change = stored_before(c, targets, i, operand->reg) ||
                          (c->unit->scope->locals[operand->reg]->flags & SYMBOL_WALRUS);
        if (!may_change) continue;
        Reg copy = temp_new(c);
        emit_move(c, &value->at, copy, operand->reg);
        operand->reg = copy;
    }
    for (int32_t i = 0; i < targets.count; i++) {
        const Expr *target = targets.items[i];
        Reg mark = temp_mark(c);
        if (target->kind == EXPR_Name && operands[i].is_constant) {
            Variable v = variable_find(c, target->Name.id);
            if (v.kind == VARIABLE_REGISTER) {
                refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Store);
                emit_constant(c, &target->at, v.index, &operands[i].value);
                variable_bind(c, v.symbol);
                continue;
            }
        }
        gen_store(c, target, operand_register(c, &values.items[i]->at, &operands[i]));
        temp_release(c, mark);
    }
}

void gen_assign(Compiler *c, const Stmt *s) {
    ExprSeq targets = s->Assign.targets;
    const Expr *value = s->Assign.value, *target = targets.items[0];
    if (targets.count == 1 && target->kind == EXPR_Name) {
        assign_to_name(c, target, value);
        return;
    }
    if (targets.count == 1 && is_plain_tuple(value) && (target->kind == EXPR_Tuple || target->kind == EXPR_List)) {
        ExprSeq elts = target->kind == EXPR_Tuple ? target->Tuple.elts : target->List.elts;
        if (elts.count == value->Tuple.elts.count && elts.count > 0 && find_star(c, target, elts) < 0) {
            assign_in_parallel(c, elts, value->Tuple.elts);
            return;
        }
    }
    Operand operand;
    gen(c, value, NO_REG, &operand);
    bool in_place = !operand.is_constant && !is_temp(c, operand.reg);
    if (in_place && (targets.count > 1 || operand_may_change(c, &operand, target))) {
        Reg copy = temp_new(c);
        emit_move(c, &value->at, copy, operand.reg);
        operand.reg = copy;
    }
    Reg from = operand_register(c, &value->at, &operand);
    for (int32_t i = 0; i < targets.count; i++) gen_store(c, targets.items[i], from);
}

// ---- augmented and annotated assignment ----------------------------------------------------------------------------

static void augment(Compiler *c, const Stmt *s, Reg to, Reg left) {
    Operand right;
    gen(c, s->AugAssign.value, NO_REG, &right);
    emit_binary(c, &s->at, s->AugAssign.op, true, to, left, &right);
}

static void augment_name(Compiler *c, const Stmt *s, const Expr *target) {
    Variable v = variable_find(c, target->Name.id);
    Operand old;
    refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Store);
    variable_load(c, &target->at, v, NO_REG, &old);
    if (v.kind == VARIABLE_REGISTER) {
        if (operand_may_change(c, &old, s->AugAssign.value)) {
            Reg copy = temp_new(c);
            emit_move(c, &target->at, copy, old.reg);
            old.reg = copy;
        }
        augment(c, s, v.index, old.reg);
        variable_bind(c, v.symbol);
    } else {
        augment(c, s, old.reg, old.reg);
        variable_store(c, &target->at, v, old.reg);
    }
}

void gen_aug_assign(Compiler *c, const Stmt *s) {
    const Expr *target = s->AugAssign.target;
    switch (target->kind) {
    case EXPR_Name: augment_name(c, s, target); break;
    case EXPR_Attribute: {
        const Position *at = attribute_at(c, &target->at, target);
        Reg object = gen_stable(c, target->Attribute.value, s->AugAssign.value), value = temp_new(c);
        uint32_t name = name_low(c, mangle(c, target->Attribute.attr));
        refuse_forbidden_name(c, &target->at, target->Attribute.attr, CTX_Store);
        emit(c, at, OP_LOAD_ATTR, 0, value, object, name);
        augment(c, s, value, value);
        emit(c, at, OP_STORE_ATTR, 0, object, value, name);
        break;
    }
    case EXPR_Subscript: {
        Subscript place = gen_subscript_operands(c, target);
        Operand operands[] = {{.reg = place.object}, {.reg = place.index}};
        for (int i = 0; i < (place.is_short || place.is_slice ? 1 : 2); i++) {
            if (!operand_may_change(c, &operands[i], s->AugAssign.value)) continue;
            Reg copy = temp_new(c);
            emit_move(c, &target->at, copy, operands[i].reg);
            *(i == 0 ? &place.object : &place.index) = copy;
        }
        Reg value = temp_new(c);
        emit_subscript_load(c, &target->at, place, value);
        augment(c, s, value, value);
        emit_subscript_store(c, &target->at, place, value);
        break;
    }
    default: compile_error(c, &target->at, "illegal expression for augmented assignment");
    }
}

static bool annotations_count_here(const Compiler *c) {
    return !scope_is_function_like(c->unit->scope);
}

// Without a value the target is still looked at, and what is in it evaluated.
static void evaluate_target(Compiler *c, const Expr *target) {
    if (target->kind == EXPR_Attribute) {
        gen_discard(c, target->Attribute.value);
    } else if (target->kind == EXPR_Subscript) {
        Reg mark = temp_mark(c);
        gen_any(c, target->Subscript.value);
        gen_any(c, target->Subscript.slice);
        temp_release(c, mark);
    }
}

void gen_ann_assign(Compiler *c, const Stmt *s) {
    const Expr *target = s->AnnAssign.target, *value = s->AnnAssign.value;
    Reg mark = temp_mark(c);
    if (target->kind == EXPR_Name) refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Store);
    if (target->kind == EXPR_Attribute) refuse_forbidden_name(c, &target->at, target->Attribute.attr, CTX_Store);
    if (value != NULL && target->kind == EXPR_Name) assign_to_name(c, target, value);
    else if (value != NULL) gen_store(c, target, gen_stable(c, value, target));
    else evaluate_target(c, target);
    temp_release(c, mark);
    if (!annotations_count_here(c)) return;
    if (!s->AnnAssign.simple) {
        if (!c->future_annotations) gen_discard(c, s->AnnAssign.annotation);
        return;
    }
    const Name *name = mangle(c, target->Name.id);
    Reg annotation = temp_new(c), annotations = temp_new(c), key = temp_new(c);
    gen_annotation(c, s->AnnAssign.annotation, annotation);
    emit_wide(c, &s->at, OP_LOAD_NAME, 0, annotations, (int32_t)name_wide(c, intern(c, "__annotations__")));
    emit_string(c, &s->at, key, name->text, name->length);
    emit(c, &s->at, OP_STORE_ITEM, 0, annotations, key, annotation);
}

void gen_delete(Compiler *c, const Expr *target) {
    Reg mark = temp_mark(c);
    compiler_deeper(c);
    ExprSeq elts = {0};
    switch (target->kind) {
    case EXPR_Name:
        refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Del);
        variable_delete(c, &target->at, variable_find(c, target->Name.id));
        break;
    case EXPR_Attribute: {
        refuse_forbidden_name(c, &target->at, target->Attribute.attr, CTX_Del);
        Reg object = gen_any(c, target->Attribute.value);
        emit_wide(c, attribute_at(c, &target->at, target), OP_DELETE_ATTR, 0, object,
                  (int32_t)name_wide(c, mangle(c, target->Attribute.attr)));
        break;
    }
    case EXPR_Subscript: {
        Reg object = gen_stable(c, target->Subscript.value, target->Subscript.slice);
        Reg index = gen_any(c, target->Subscript.slice);
        emit(c, &target->at, OP_DELETE_ITEM, 0, object, index, 0);
        break;
    }
    case EXPR_Tuple: elts = target->Tuple.elts; break;
    case EXPR_List: elts = target->List.elts; break;
    default: compile_error(c, &target->at, "cannot delete expression");
    }
    for (int32_t i = 0; i < elts.count; i++) gen_delete(c, elts.items[i]);
    temp_release(c, mark);
    c->depth--;
}
