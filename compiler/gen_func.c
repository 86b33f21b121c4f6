// Functions and lambdas: their units, and the defaults and annotations that are evaluated where they are defined.
#include "compiler/gen.h"

uint32_t unit_flags(Compiler *c, const Scope *scope) {
    uint32_t flags = c->future_annotations ? CODE_FUTURE_ANNOTATIONS : 0;
    if (scope_is_function_like(scope)) {
        flags |= CODE_OPTIMIZED | CODE_NEWLOCALS;
        if (scope->nested) flags |= CODE_NESTED;
        if (scope->is_coroutine) flags |= scope->is_generator || scope->comprehension == COMPREHENSION_GENERATOR
                                              ? CODE_ASYNC_GENERATOR : CODE_COROUTINE;
        else if (scope->is_generator || scope->comprehension == COMPREHENSION_GENERATOR) flags |= CODE_GENERATOR;
    } else if (scope->kind == SCOPE_MODULE && c->options.top_level_await && scope->is_coroutine) {
        flags |= CODE_COROUTINE;
    }
    if (scope->kind == SCOPE_CLASS) flags |= CODE_CLASS_BODY;
    return flags;
}

void gen_prologue(Compiler *c) {
    const Scope *scope = c->unit->scope;
    for (uint32_t i = 0; i < scope->local_count; i++) {
        const Symbol *symbol = scope->locals[i];
        if (symbol->binding == BINDING_CELL) emit(c, NULL, OP_MAKE_CELL, 0, i, 0, 0);
        else if (symbol->flags & SYMBOL_PARAM) variable_bind(c, symbol);
    }
}

void gen_epilogue(Compiler *c) {
    if (c->unit->unreachable) return;
    Reg none = temp_new(c);
    emit_none(c, NULL, none);
    emit_return(c, NULL, none);
}

void emit_make_function(Compiler *c, const Position *at, const Scope *scope, const CodeUnit *code, unsigned x,
                        Reg extras, Reg to) {
    if (c->unit->unreachable) return;
    Capture *captures = arena_new_array(c->arena, Capture, scope->free_count);
    for (uint32_t i = 0; i < scope->free_count; i++) captures[i] = variable_capture(c, scope->frees[i]->name);
    ((CodeUnit *)code)->captures = captures;   // ours until the whole is handed out
    UnitConstant constant = {.kind = CONSTANT_CODE, .as.code = code};
    emit(c, at, OP_MAKE_FUNCTION, x, to, constant_low(c, &constant), extras);
}

// ---- signatures ----------------------------------------------------------------------------------------------------

static void set_signature(Compiler *c, const Arguments *a) {
    Unit *u = c->unit;
    u->positional_only = (uint16_t)a->posonlyargs.count;
    u->positional = (uint16_t)(a->posonlyargs.count + a->args.count);
    u->keyword_only = (uint16_t)a->kwonlyargs.count;
    if (a->vararg != NULL) u->flags |= CODE_VARARGS;
    if (a->kwarg != NULL) u->flags |= CODE_VARKEYWORDS;
}

static void refuse_params(Compiler *c, const Position *at, ArgSeq args) {
    for (int32_t i = 0; i < args.count; i++) refuse_forbidden_name(c, at, args.items[i]->arg, CTX_Store);
}

static void check_arguments(Compiler *c, const Position *at, const Arguments *a) {
    refuse_params(c, at, a->posonlyargs);
    refuse_params(c, at, a->args);
    refuse_params(c, at, a->kwonlyargs);
    if (a->vararg != NULL) refuse_forbidden_name(c, at, a->vararg->arg, CTX_Store);
    if (a->kwarg != NULL) refuse_forbidden_name(c, at, a->kwarg->arg, CTX_Store);
}

// Defaults into R[to] (bit 0) and keyword defaults into R[to+1] (bit 1).
static unsigned gen_defaults(Compiler *c, const Position *at, const Arguments *a, Reg to) {
    unsigned x = 0;
    if (a->defaults.count > 0) {
        Expr *tuple = expr_Tuple(c->arena, *at, (ExprTuple){.elts = a->defaults, .ctx = CTX_Load});
        gen_to(c, tuple, to);
        x |= 1;
    }
    if (!has_keyword_defaults(a)) return x;
    Reg mark = temp_mark(c);
    uint32_t count = 0;
    for (int32_t i = 0; i < a->kw_defaults.count; i++) {
        if (a->kw_defaults.items[i] == NULL) continue;
        const Name *name = mangle(c, a->kwonlyargs.items[i]->arg);
        emit_string(c, at, temp_new(c), name->text, name->length);
        gen_to(c, a->kw_defaults.items[i], temp_new(c));
        count++;
    }
    emit(c, at, OP_BUILD_DICT, 0, to + 1, mark, count);
    temp_release(c, mark);
    return x | 2;
}

// ---- annotations ---------------------------------------------------------------------------------------------------

void gen_annotation(Compiler *c, const Expr *annotation, Reg to) {
    if (c->future_annotations) {
        const char *text;
        size_t length;
        unparse_expr(c, annotation, &text, &length);
        emit_string(c, &annotation->at, to, text, length);
    } else if (annotation->kind == EXPR_Starred) {
        // *args: *Ts is the one item of Ts, unpacked.
        Reg mark = temp_mark(c), from = gen_any(c, annotation->Starred.value);
        emit(c, &annotation->at, OP_UNPACK, 0, to, from, 1);
        temp_release(c, mark);
    } else {
        gen_to(c, annotation, to);
    }
}

static uint32_t gen_named_annotation(Compiler *c, const Position *at, const Name *name, const Expr *annotation) {
    if (annotation == NULL) return 0;
    name = mangle(c, name);
    emit_string(c, at, temp_new(c), name->text, name->length);
    gen_annotation(c, annotation, temp_new(c));
    return 1;
}

static uint32_t gen_annotations_of(Compiler *c, const Position *at, ArgSeq args) {
    uint32_t count = 0;
    for (int32_t i = 0; i < args.count; i++)
        count += gen_named_annotation(c, at, args.items[i]->arg, args.items[i]->annotation);
    return count;
}

// The dict of annotations, in CPython's order, into `to` (bit 2).
static unsigned gen_annotations(Compiler *c, const Position *at, const Arguments *a, const Expr *returns, Reg to) {
    Reg mark = temp_mark(c);
    uint32_t count = gen_annotations_of(c, at, a->args);
    count += gen_annotations_of(c, at, a->posonlyargs);
    if (a->vararg != NULL) count += gen_named_annotation(c, at, a->vararg->arg, a->vararg->annotation);
    count += gen_annotations_of(c, at, a->kwonlyargs);
    if (a->kwarg != NULL) count += gen_named_annotation(c, at, a->kwarg->arg, a->kwarg->annotation);
    count += gen_named_annotation(c, at, intern(c, "return"), returns);
    if (count > 0) emit(c, at, OP_BUILD_DICT, 0, to, mark, count);
    temp_release(c, mark);
    return count > 0 ? 4 : 0;
}

// ---- bodies --------------------------------------------------------------------------------------------------------

const Expr *docstring_of(const Compiler *c, StmtSeq body) {
    if (body.count == 0 || body.items[0]->kind != STMT_Expr || c->options.optimize > 1) return NULL;
    const Expr *e = body.items[0]->Expr.value;
    return e->kind == EXPR_Constant && e->Constant.value.kind == CONST_STR ? e : NULL;
}

static const CodeUnit *function_unit(Compiler *c, const Stmt *s, const StmtFunctionDef *f, Scope *scope, int line) {
    Unit *u = unit_enter(c, scope, f->name, line);
    u->flags = unit_flags(c, scope);
    set_signature(c, f->args);
    const Expr *docstring = docstring_of(c, f->body);
    if (docstring != NULL) {
        UnitConstant text = constant_of(&docstring->Constant.value);
        constant_low(c, &text);
        u->flags |= CODE_HAS_DOCSTRING;
    }
    gen_prologue(c);
    gen_body(c, f->body);
    gen_epilogue(c);
    return unit_leave(c);
}

static int first_line(ExprSeq decorators, const Position *at) {
    return decorators.count > 0 ? decorators.items[0]->at.lineno : at->lineno;
}

// The function object into `to`; the extras begin at R[extras], `x` says which are there already.
static void gen_function_object(Compiler *c, const Stmt *s, const StmtFunctionDef *f, unsigned x, Reg extras, Reg to) {
    x |= gen_annotations(c, &s->at, f->args, f->returns, extras + 2);
    Scope *scope = symtable_scope(c->symbols, s);
    const CodeUnit *code = function_unit(c, s, f, scope, first_line(f->decorator_list, &s->at));
    emit_make_function(c, &s->at, scope, code, x, extras, to);
}

// def f[T](...): a hidden function gets the defaults, makes the type parameters and the function.
static void gen_generic_function(Compiler *c, const Stmt *s, const StmtFunctionDef *f, Reg to) {
    const Position *at = &s->at;
    Reg window = temp_new(c), arguments = temps_new(c, 2);
    unsigned x = gen_defaults(c, at, f->args, arguments);
    if (x == 2) emit_move(c, at, arguments, arguments + 1);
    Reg params = gen_type_params_begin(c, s, f->name, f->type_params, at);
    c->unit->positional = (uint16_t)((x & 1) + (x >> 1));
    Reg extras = temps_new(c, 3), function = temps_new(c, 2);
    for (Reg i = 0; i < c->unit->positional; i++) emit_move(c, at, extras + (x == 2 ? 1 : i), i);
    gen_function_object(c, s, f, x, extras, function);
    emit_move(c, at, function + 1, params);
    emit(c, at, OP_INTRINSIC, INTRINSIC_SET_TYPE_PARAMS, function, function, 2);
    gen_type_params_end(c, s, at, function, window, (x & 1) + (x >> 1));
    emit_move(c, at, to, window);
}

void gen_function(Compiler *c, const Stmt *s, const StmtFunctionDef *f, bool is_async) {
    const Position *at = &s->at;
    check_arguments(c, at, f->args);
    refuse_forbidden_name(c, at, f->name, CTX_Store);
    Reg decorators = temp_mark(c);
    for (int32_t i = 0; i < f->decorator_list.count; i++) gen_to(c, f->decorator_list.items[i], temp_new(c));
    Variable v = variable_find(c, f->name);
    bool direct = f->decorator_list.count == 0 && v.kind == VARIABLE_REGISTER;
    Reg function = direct ? v.index : temp_new(c), mark = temp_mark(c);
    if (f->type_params.count > 0) {
        gen_generic_function(c, s, f, function);
    } else {
        Reg extras = temps_new(c, 3);
        unsigned x = gen_defaults(c, at, f->args, extras);
        gen_function_object(c, s, f, x, extras, function);
    }
    temp_release(c, mark);
    for (int32_t i = f->decorator_list.count; i-- > 0;) {
        function = decorators + (Reg)i;
        emit(c, &f->decorator_list.items[i]->at, OP_CALL, 0, function, 1, 0);
    }
    variable_store(c, at, v, function);
}

void gen_lambda(Compiler *c, const Expr *e, Reg want, Operand *out) {
    check_arguments(c, &e->at, e->Lambda.args);
    Reg to = wanted(c, want), mark = temp_mark(c), extras = temps_new(c, 3);
    unsigned x = gen_defaults(c, &e->at, e->Lambda.args, extras);
    Scope *scope = symtable_scope(c->symbols, e);
    Unit *u = unit_enter(c, scope, scope->name, e->at.lineno);
    u->flags = unit_flags(c, scope);
    set_signature(c, e->Lambda.args);
    gen_prologue(c);
    Reg result = gen_any(c, e->Lambda.body);
    emit_return(c, &e->Lambda.body->at, result);
    const CodeUnit *code = unit_leave(c);
    emit_make_function(c, &e->at, scope, code, x, extras, to);
    temp_release(c, mark);
    out->is_constant = false;
    out->reg = to;
}
