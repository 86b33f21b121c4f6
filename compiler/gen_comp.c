// Comprehensions and generator expressions.
//
// A generator expression is a function of one argument, the iterator of its outermost `for`. List, set and dict
// comprehensions are mostly inlined: the same loops, in the function around, with registers of their own for their
// variables. One in a class body, or one that calls locals() and its like, is a function as well.
#include "compiler/gen.h"

typedef struct Loop {
    Reg state;               // of FOR_ITER; or the asynchronous iterator
    Reg item;
    Label body, next, ended;
    Reg exception;
} Loop;

typedef struct Comprehend {
    const Expr *e;
    const Position *at;
    Scope *scope;
    ComprehensionSeq generators;
    const Expr *element, *value;   // value: of a dict, whose key is the element
    Reg result;
} Comprehend;

static Comprehend comprehend(Compiler *c, const Expr *e) {
    Comprehend k = {.e = e, .at = &e->at, .scope = symtable_scope(c->symbols, e), .result = NO_REG};
    switch (e->kind) {
    case EXPR_ListComp: k.generators = e->ListComp.generators, k.element = e->ListComp.elt; break;
    case EXPR_SetComp: k.generators = e->SetComp.generators, k.element = e->SetComp.elt; break;
    case EXPR_DictComp:
        k.generators = e->DictComp.generators;
        k.element = e->DictComp.key;
        k.value = e->DictComp.value;
        break;
    default: k.generators = e->GeneratorExp.generators, k.element = e->GeneratorExp.elt; break;
    }
    return k;
}

static void emit_container(Compiler *c, const Comprehend *k) {
    Opcode op = k->e->kind == EXPR_ListComp ? OP_BUILD_LIST : k->e->kind == EXPR_SetComp ? OP_BUILD_SET : OP_BUILD_DICT;
    if (k->e->kind != EXPR_GeneratorExp) emit(c, k->at, op, 0, k->result, k->result, 0);
}

static void gen_element(Compiler *c, const Comprehend *k) {
    Reg mark = temp_mark(c);
    const Position *at = k->at;
    for (int32_t i = 0; i < k->generators.count; i++) {
        ExprSeq ifs = k->generators.items[i]->ifs;
        for (int32_t j = 0; j < ifs.count; j++) at = condition_at(at, ifs.items[j]);
    }
    if (k->value != NULL) {
        Reg key = gen_stable(c, k->element, k->value);
        Reg value = gen_any(c, k->value);
        emit(c, at, OP_DICT_SET, 0, k->result, key, value);
    } else {
        Reg item = gen_any(c, k->element);
        if (k->e->kind == EXPR_GeneratorExp) emit(c, at, OP_YIELD, 0, temp_new(c), item, 0);
        else emit(c, at, k->e->kind == EXPR_ListComp ? OP_LIST_APPEND : OP_SET_ADD, 0, k->result, item, 0);
    }
    temp_release(c, mark);
}

static void store_item(Compiler *c, const Expr *target, const Loop *loop, bool direct) {
    if (direct) variable_bind(c, variable_find(c, target->Name.id).symbol);
    else gen_store(c, target, loop->item);
}

// The head of one `for`. `source` is its iterable; with `is_iterator` an iterator already (the argument of a function).
static void loop_begin(Compiler *c, const Comprehend *k, const Comprehension *g, Loop *loop, Reg source,
                       bool is_iterator) {
    bool direct = false;
    loop->body = label_new(c);
    loop->next = label_new(c);
    if (g->is_async) {
        if (is_iterator) loop->state = source;
        else emit(c, k->at, OP_GET_AITER, 0, loop->state, source, 0);
        loop->ended = label_new(c);
        loop->item = temp_new(c);
        label_place(c, loop->next);
        Region region = region_begin(c, loop->ended, loop->exception);
        emit(c, k->at, OP_GET_ANEXT, 0, loop->item, loop->state, 0);
        emit(c, k->at, OP_DELEGATE, 0, loop->item, loop->item, 0);
        region_end(c, &region);
    } else {
        emit_jump(c, k->at, OP_FOR_PREP, is_iterator, loop->state, source, loop->next);
        label_place(c, loop->body);
        gen_for_target(c, g->target, &loop->item, &direct);
    }
    store_item(c, g->target, loop, direct);
    for (int32_t i = 0; i < g->ifs.count; i++) gen_jump_if(c, k->at, g->ifs.items[i], false, loop->next);
}

static void loop_end(Compiler *c, const Comprehend *k, const Comprehension *g, const Loop *loop) {
    if (!g->is_async) {
        label_place(c, loop->next);
        emit_jump(c, k->at, OP_FOR_ITER, 0, loop->state, loop->item, loop->body);
        return;
    }
    Label done = label_new(c);
    emit_to(c, k->at, loop->next);
    label_place(c, loop->ended);
    emit_jump(c, k->at, OP_END_ASYNC_FOR, 0, loop->exception, 0, done);
    c->unit->unreachable = true;
    label_place(c, done);
}

// All loops, and the element inside the innermost. Not by recursion: there may be very many.
static void gen_loops(Compiler *c, const Comprehend *k, Reg source, bool is_iterator) {
    int32_t count = k->generators.count;
    Loop few[8], *loops = count <= 8 ? few : arena_new_array(c->arena, Loop, (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        const Comprehension *g = k->generators.items[i];
        loops[i].state = temps_new(c, g->is_async ? 1 : 3);
        loops[i].exception = g->is_async ? temp_new(c) : NO_REG;
        Reg mark = temp_mark(c);
        if (i > 0) source = gen_iterable(c, g->iter);
        temp_release(c, mark);
        loop_begin(c, k, g, &loops[i], source, i == 0 && is_iterator);
    }
    gen_element(c, k);
    for (int32_t i = count; i-- > 0;) loop_end(c, k, k->generators.items[i], &loops[i]);
}

// ---- inlined -------------------------------------------------------------------------------------------------------

static bool binds_only_names(const Expr *target) {
    if (target->kind == EXPR_Name) return true;
    if (target->kind != EXPR_Tuple) return false;
    for (int32_t i = 0; i < target->Tuple.elts.count; i++) {
        if (target->Tuple.elts.items[i]->kind != EXPR_Name) return false;
    }
    return true;
}

// Registers for the variables. They hold leftovers, which matters only where one might be read before it is bound.
static void make_variables(Compiler *c, const Comprehend *k) {
    bool bound_first = k->generators.count == 1 && binds_only_names(k->generators.items[0]->target);
    for (uint32_t i = 0; i < k->scope->symbol_count; i++) {
        Symbol *symbol = k->scope->symbols[i];
        if (symbol->binding != BINDING_LOCAL && symbol->binding != BINDING_CELL) continue;
        symbol->register_ = temp_new(c);
        variable_unbind(c, symbol);
        bool is_cell = symbol->binding == BINDING_CELL;
        if (is_cell || !bound_first) emit(c, k->at, OP_LOAD_UNDEFINED, 0, symbol->register_, 0, 0);
        if (is_cell) emit(c, k->at, OP_MAKE_CELL, 0, symbol->register_, 0, 0);
    }
}

static void gen_inlined(Compiler *c, Comprehend *k, Reg want, Operand *out) {
    Reg to = wanted(c, want), mark = temp_mark(c);
    k->result = is_temp(c, to) ? to : temp_new(c);
    Reg source = gen_iterable(c, k->generators.items[0]->iter);
    Scope *around = c->unit->inner;
    emit_container(c, k);
    c->unit->inner = k->scope;
    make_variables(c, k);
    gen_loops(c, k, source, false);
    c->unit->inner = around;
    emit_move(c, k->at, to, k->result);
    temp_release(c, mark);
    out->is_constant = false;
    out->reg = to;
}

// ---- as a function -------------------------------------------------------------------------------------------------

static const CodeUnit *comprehension_unit(Compiler *c, Comprehend *k) {
    Unit *u = unit_enter(c, k->scope, k->scope->name, k->at->lineno);
    u->flags = unit_flags(c, k->scope);
    u->positional = 1;
    gen_prologue(c);
    if (k->e->kind != EXPR_GeneratorExp) k->result = temp_new(c);
    emit_container(c, k);
    gen_loops(c, k, 0, true);
    if (k->e->kind != EXPR_GeneratorExp) emit_return(c, k->at, k->result);
    gen_epilogue(c);
    return unit_leave(c);
}

static void gen_called(Compiler *c, Comprehend *k, Reg want, Operand *out) {
    Reg to = wanted(c, want), mark = temp_mark(c);
    Reg window = is_top(c, to) ? to : temp_new(c);
    const CodeUnit *code = comprehension_unit(c, k);
    emit_make_function(c, k->at, k->scope, code, 0, 0, window);
    Reg iterator = temp_new(c), inner = temp_mark(c);
    const Comprehension *outermost = k->generators.items[0];
    Reg source = gen_iterable(c, outermost->iter);
    emit(c, k->at, outermost->is_async ? OP_GET_AITER : OP_GET_ITER, 0, iterator, source, 0);
    temp_release(c, inner);
    emit(c, k->at, OP_CALL, 0, window, 1, 0);
    if (k->e->kind != EXPR_GeneratorExp && k->scope->is_coroutine) gen_await(c, k->at, 0, window, window);
    emit_move(c, k->at, to, window);
    temp_release(c, mark);
    out->is_constant = false;
    out->reg = to;
}

void gen_comprehension(Compiler *c, const Expr *e, Reg want, Operand *out) {
    Comprehend k = comprehend(c, e);
    bool is_generator = e->kind == EXPR_GeneratorExp;
    if (k.scope->is_coroutine && !is_generator && !await_is_allowed(c) && !in_async_function(c) &&
        c->unit->inner->kind != SCOPE_COMPREHENSION) {
        compile_error(c, &e->at, "asynchronous comprehension outside of an asynchronous function");
    }
    if (k.scope->inlined) gen_inlined(c, &k, want, out);
    else gen_called(c, &k, want, out);
}
