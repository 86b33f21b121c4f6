// Type parameters (PEP 695): def f[T](), class C[T], type X[T] = ...
//
// The parameters live in a hidden function around the definition, which makes them, makes the definition and returns
// it. Bounds, constraints and the values of aliases are functions without arguments, called when somebody asks.
#include "compiler/gen.h"

// The function that computes `e` when it is called, into `to`.
static void gen_lazy(Compiler *c, const Position *at, const void *node, const Name *name, const Expr *e, Reg to) {
    Scope *scope = symtable_scope(c->symbols, node);
    Unit *u = unit_enter(c, scope, name, at->lineno);
    u->flags = unit_flags(c, scope);
    gen_prologue(c);
    Reg value = gen_any(c, e);
    emit_return(c, &e->at, value);
    const CodeUnit *code = unit_leave(c);
    emit_make_function(c, at, scope, code, 0, 0, to);
}

static void gen_type_param(Compiler *c, const TypeParam *p, Reg to) {
    const Name *name = p->kind == TYPE_PARAM_TypeVar ? p->TypeVar.name
                     : p->kind == TYPE_PARAM_ParamSpec ? p->ParamSpec.name : p->TypeVarTuple.name;
    Reg mark = temp_mark(c), arguments = temps_new(c, 3);
    unsigned intrinsic = p->kind == TYPE_PARAM_TypeVar ? INTRINSIC_TYPE_VAR
                       : p->kind == TYPE_PARAM_ParamSpec ? INTRINSIC_PARAM_SPEC : INTRINSIC_TYPE_VAR_TUPLE;
    emit_string(c, &p->at, arguments, name->text, name->length);
    if (p->kind == TYPE_PARAM_TypeVar) {
        const Expr *bound = p->TypeVar.bound;
        bool constrained = bound != NULL && bound->kind == EXPR_Tuple;
        emit_none(c, &p->at, arguments + 1);
        emit_none(c, &p->at, arguments + 2);
        if (bound != NULL) gen_lazy(c, &p->at, p, name, bound, arguments + (constrained ? 2 : 1));
    }
    emit(c, &p->at, OP_INTRINSIC, intrinsic, to, arguments, p->kind == TYPE_PARAM_TypeVar ? 3 : 1);
    store_name(c, &p->at, name, to);
    temp_release(c, mark);
}

Reg gen_type_params_begin(Compiler *c, const void *node, const Name *name, TypeParamSeq params, const Position *at) {
    Scope *scope = symtable_type_params(c->symbols, node);
    const Name *title = intern(c, arena_printf(c->arena, "<generic parameters of %s>", name->text));
    Unit *u = unit_enter(c, scope, title, at->lineno);
    u->flags = unit_flags(c, scope);
    gen_prologue(c);
    Reg tuple = temp_new(c), mark = temp_mark(c);
    for (int32_t i = 0; i < params.count; i++) gen_type_param(c, params.items[i], temp_new(c));
    emit(c, at, OP_BUILD_TUPLE, 0, tuple, mark, (Reg)params.count);
    temp_release(c, mark);
    return tuple;
}

void gen_type_params_end(Compiler *c, const void *node, const Position *at, Reg result, Reg window,
                         uint32_t arguments) {
    emit_return(c, at, result);
    const CodeUnit *code = unit_leave(c);
    emit_make_function(c, at, symtable_type_params(c->symbols, node), code, 0, 0, window);
    emit(c, at, OP_CALL, 0, window, arguments, 0);
}

void gen_type_alias(Compiler *c, const Stmt *s) {
    const Position *at = &s->at;
    const Name *name = s->TypeAlias.name->Name.id;
    bool generic = s->TypeAlias.type_params.count > 0;
    Reg window = temp_new(c), params = NO_REG;
    if (generic) params = gen_type_params_begin(c, s, name, s->TypeAlias.type_params, at);
    Reg arguments = temps_new(c, 3);
    emit_string(c, at, arguments, name->text, name->length);
    if (generic) emit_move(c, at, arguments + 1, params);
    else emit(c, at, OP_BUILD_TUPLE, 0, arguments + 1, arguments + 1, 0);
    gen_lazy(c, at, s, name, s->TypeAlias.value, arguments + 2);
    Reg result = generic ? arguments : window;
    emit(c, at, OP_INTRINSIC, INTRINSIC_TYPE_ALIAS, result, arguments, 3);
    if (generic) gen_type_params_end(c, s, at, result, window, 0);
    store_name(c, &s->TypeAlias.name->at, name, window);
}
