// Displays (list, tuple, set, dict) and f-strings: items into consecutive registers, then one instruction; very long
// ones in pieces.
#include "compiler/gen.h"

enum { DISPLAY_PIECE = 128, CONSTANT_LIST_MIN = 4 };

static bool has_starred(ExprSeq elts) {
    for (int32_t i = 0; i < elts.count; i++) {
        if (elts.items[i]->kind == EXPR_Starred) return true;
    }
    return false;
}

// [1, 2, 3, 4] is made from one constant tuple.
static bool gen_constant_items(Compiler *c, const Position *at, ExprSeq elts, Opcode build, Reg to) {
    if (elts.count < CONSTANT_LIST_MIN || build == OP_BUILD_TUPLE) return false;
    for (int32_t i = 0; i < elts.count; i++) {
        ExprKind kind = elts.items[i]->kind;
        if (kind != EXPR_Constant && kind != EXPR_UnaryOp && kind != EXPR_Tuple) return false;
    }
    UnitConstant *items = arena_new_array(c->arena, UnitConstant, (size_t)elts.count);
    for (int32_t i = 0; i < elts.count; i++) {
        if (!fold_expr(c, elts.items[i], &items[i])) return false;
    }
    UnitConstant tuple = constant_tuple(items, (size_t)elts.count);
    Reg mark = temp_mark(c), from = temp_new(c);
    if (build == OP_BUILD_SET) tuple.kind = CONSTANT_FROZENSET;
    emit(c, at, build, 0, to, from, 0);
    emit_constant(c, at, from, &tuple);
    emit(c, at, build == OP_BUILD_SET ? OP_SET_UPDATE : OP_LIST_EXTEND, 0, to, from, 0);
    temp_release(c, mark);
    return true;
}

// A display of items in order; `to` must be a temporary when the display is long or has stars, for it is built there.
static void gen_pieces(Compiler *c, const Position *at, ExprSeq elts, Opcode build, Reg to) {
    bool is_set = build == OP_BUILD_SET;
    int32_t first = 0;
    Reg mark = temp_mark(c);
    while (first < elts.count && first < DISPLAY_PIECE && elts.items[first]->kind != EXPR_Starred) {
        gen_to(c, elts.items[first++], temp_new(c));
    }
    emit(c, at, is_set ? OP_BUILD_SET : OP_BUILD_LIST, 0, to, mark, (Reg)first);
    temp_release(c, mark);
    for (int32_t i = first; i < elts.count; i++) {
        bool starred = elts.items[i]->kind == EXPR_Starred;
        Reg item = gen_any(c, starred ? elts.items[i]->Starred.value : elts.items[i]);
        Opcode add = starred ? (is_set ? OP_SET_UPDATE : OP_LIST_EXTEND) : (is_set ? OP_SET_ADD : OP_LIST_APPEND);
        emit(c, at, add, 0, to, item, 0);
        temp_release(c, mark);
    }
    if (build == OP_BUILD_TUPLE) emit(c, at, OP_LIST_TO_TUPLE, 0, to, to, 0);
}

void gen_sequence(Compiler *c, const Position *at, ExprSeq elts, Opcode build, Reg to) {
    Reg mark = temp_mark(c);
    if (elts.count > DISPLAY_PIECE || has_starred(elts)) {
        Reg place = is_temp(c, to) ? to : temp_new(c);
        if (!gen_constant_items(c, at, elts, build, place)) gen_pieces(c, at, elts, build, place);
        emit_move(c, at, to, place);
    } else {
        Reg place = is_temp(c, to) ? to : temp_new(c);
        if (gen_constant_items(c, at, elts, build, place)) {
            emit_move(c, at, to, place);
        } else {
            Reg first = temp_mark(c);
            for (int32_t i = 0; i < elts.count; i++) gen_to(c, elts.items[i], temp_new(c));
            emit(c, at, build, 0, to, first, (Reg)elts.count);
        }
    }
    temp_release(c, mark);
}

void gen_dict_items(Compiler *c, const Position *at, ExprSeq keys, ExprSeq values, Reg to) {
    bool in_pieces = keys.count > DISPLAY_PIECE;
    for (int32_t i = 0; i < keys.count; i++) in_pieces |= keys.items[i] == NULL;
    Reg mark = temp_mark(c), place = is_temp(c, to) || !in_pieces ? to : temp_new(c), base = temp_mark(c);
    int32_t first = 0;
    while (first < keys.count && first < DISPLAY_PIECE && keys.items[first] != NULL) {
        gen_to(c, keys.items[first], temp_new(c));
        gen_to(c, values.items[first++], temp_new(c));
    }
    emit(c, at, OP_BUILD_DICT, 0, place, base, (Reg)first);
    temp_release(c, base);
    for (int32_t i = first; i < keys.count; i++) {
        if (keys.items[i] == NULL) {
            Reg mapping = gen_any(c, values.items[i]);
            emit(c, at, OP_DICT_UPDATE, 0, place, mapping, 0);
        } else {
            Reg key = gen_stable(c, keys.items[i], values.items[i]);
            Reg value = gen_any(c, values.items[i]);
            emit(c, at, OP_DICT_SET, 0, place, key, value);
        }
        temp_release(c, base);
    }
    emit_move(c, at, to, place);
    temp_release(c, mark);
}

void gen_display(Compiler *c, const Expr *e, Reg want, Operand *out) {
    Reg to = wanted(c, want);
    out->is_constant = false;
    out->reg = to;
    switch (e->kind) {
    case EXPR_Dict: gen_dict_items(c, &e->at, e->Dict.keys, e->Dict.values, to); break;
    case EXPR_List: gen_sequence(c, &e->at, e->List.elts, OP_BUILD_LIST, to); break;
    case EXPR_Set: gen_sequence(c, &e->at, e->Set.elts, OP_BUILD_SET, to); break;
    default: gen_sequence(c, &e->at, e->Tuple.elts, OP_BUILD_TUPLE, to); break;
    }
}

// ---- f-strings -----------------------------------------------------------------------------------------------------

static void gen_string(Compiler *c, const Position *at, const Expr *e, Reg want, Operand *out);

// `at` is the whole string, where CPython 3.11 reports what goes wrong in formatting.
static void gen_formatted_value(Compiler *c, const Position *at, const Expr *e, Reg to) {
    Reg mark = temp_mark(c);
    Reg value = gen_stable(c, e->FormattedValue.value, e->FormattedValue.format_spec), spec = NO_REG;
    if (e->FormattedValue.format_spec != NULL) {
        Operand text;
        gen_string(c, at, e->FormattedValue.format_spec, NO_REG, &text);
        spec = operand_register(c, at, &text);
    }
    int conversion = e->FormattedValue.conversion;
    emit(c, at, OP_FORMAT_VALUE, conversion < 0 ? 0 : (unsigned)conversion, to, value, spec);
    temp_release(c, mark);
}

static void gen_string_part(Compiler *c, const Position *at, const Expr *e, Reg to) {
    if (e->kind == EXPR_FormattedValue) gen_formatted_value(c, at, e, to);
    else gen_to(c, e, to);
}

static void gen_string(Compiler *c, const Position *at, const Expr *e, Reg want, Operand *out) {
    if (e->kind == EXPR_JoinedStr && e->JoinedStr.values.count == 0) {
        *out = (Operand){.is_constant = true, .reg = NO_REG, .value = constant_string("", 0)};
        return;
    }
    if (e->kind == EXPR_JoinedStr && e->JoinedStr.values.count == 1 &&
        e->JoinedStr.values.items[0]->kind == EXPR_Constant) {
        gen(c, e->JoinedStr.values.items[0], want, out);
        return;
    }
    Reg to = wanted(c, want), mark = temp_mark(c);
    out->is_constant = false;
    out->reg = to;
    if (e->kind == EXPR_FormattedValue) {
        gen_formatted_value(c, at, e, to);
        return;
    }
    ExprSeq parts = e->JoinedStr.values;
    if (parts.count == 1) {
        gen_string_part(c, at, parts.items[0], to);
        return;
    }
    Reg first = mark;
    uint32_t count = 0;
    for (int32_t i = 0; i < parts.count; i++) {
        gen_string_part(c, at, parts.items[i], temp_new(c));
        if (++count < DISPLAY_PIECE || i + 1 == parts.count) continue;
        emit(c, at, OP_BUILD_STRING, 0, first, first, count);
        temp_release(c, first + 1);
        count = 1;
    }
    emit(c, at, OP_BUILD_STRING, 0, to, first, count);
    temp_release(c, mark);
}

void gen_joined_string(Compiler *c, const Expr *e, Reg want, Operand *out) {
    gen_string(c, &e->at, e, want, out);
}
