// Classes: __build_class__(body, name, *bases, **keywords), where body is a function that runs in a namespace of its
// own.
#include "compiler/gen.h"

static void store_string(Compiler *c, const Position *at, const char *name, UnitName text) {
    Reg mark = temp_mark(c), value = temp_new(c);
    emit_string(c, at, value, text.data, text.size);
    emit_wide(c, at, OP_STORE_NAME, 0, value, (int32_t)name_wide(c, intern(c, name)));
    temp_release(c, mark);
}

static bool has_annotation(const Stmt *s);

bool body_has_annotations(StmtSeq body) {
    for (int32_t i = 0; i < body.count; i++) {
        if (has_annotation(body.items[i])) return true;
    }
    return false;
}

static bool clauses_have_annotations(ExceptHandlerSeq handlers) {
    for (int32_t i = 0; i < handlers.count; i++) {
        if (body_has_annotations(handlers.items[i]->body)) return true;
    }
    return false;
}

static bool try_has_annotation(const StmtTry *t) {
    return body_has_annotations(t->body) || clauses_have_annotations(t->handlers) || body_has_annotations(t->orelse) ||
           body_has_annotations(t->finalbody);
}

// Whether a statement of the block, at any depth of control flow, annotates something.
static bool has_annotation(const Stmt *s) {
    switch (s->kind) {
    case STMT_AnnAssign: return true;
    case STMT_For: return body_has_annotations(s->For.body) || body_has_annotations(s->For.orelse);
    case STMT_AsyncFor: return body_has_annotations(s->AsyncFor.body) || body_has_annotations(s->AsyncFor.orelse);
    case STMT_While: return body_has_annotations(s->While.body) || body_has_annotations(s->While.orelse);
    case STMT_If:
        for (;;) {
            if (body_has_annotations(s->If.body)) return true;
            if (s->If.orelse.count != 1 || s->If.orelse.items[0]->kind != STMT_If) break;
            s = s->If.orelse.items[0];
        }
        return body_has_annotations(s->If.orelse);
    case STMT_With: return body_has_annotations(s->With.body);
    case STMT_AsyncWith: return body_has_annotations(s->AsyncWith.body);
    case STMT_Try: return try_has_annotation(&s->Try);
    case STMT_TryStar: return try_has_annotation((const StmtTry *)&s->TryStar);
    case STMT_Match:
        for (int32_t i = 0; i < s->Match.cases.count; i++) {
            if (body_has_annotations(s->Match.cases.items[i]->body)) return true;
        }
        return false;
    default: return false;
    }
}

static const CodeUnit *class_unit(Compiler *c, const Stmt *s, Scope *scope, int line) {
    Unit *u = unit_enter(c, scope, s->ClassDef.name, line);
    Position start = {.lineno = line, .end_lineno = line};
    const Position *at = arena_memdup(c->arena, &start, sizeof start);
    u->flags = unit_flags(c, scope);
    gen_prologue(c);
    Reg mark = temp_mark(c), value = temp_new(c);
    if (scope->namespace_cell != NULL) {
        emit(c, at, OP_INTRINSIC, INTRINSIC_NAMESPACE, value, value, 0);
        emit(c, at, OP_STORE_CELL, 0, scope->namespace_cell->register_, value, 0);
    }
    emit_wide(c, at, OP_LOAD_NAME, 0, value, (int32_t)name_wide(c, intern(c, "__name__")));
    emit_wide(c, at, OP_STORE_NAME, 0, value, (int32_t)name_wide(c, intern(c, "__module__")));
    temp_release(c, mark);
    store_string(c, at, "__qualname__", u->qualname);
    if (body_has_annotations(s->ClassDef.body)) emit(c, at, OP_SETUP_ANNOTATIONS, 0, 0, 0, 0);
    const Expr *docstring = docstring_of(c, s->ClassDef.body);
    if (docstring != NULL) {
        store_string(c, &docstring->at, "__doc__",
                     (UnitName){docstring->Constant.value.bytes, (uint32_t)docstring->Constant.value.length});
    }
    gen_body(c, s->ClassDef.body);
    if (scope->class_cell != NULL && !u->unreachable) {
        Reg cell = scope->class_cell->register_;
        emit_wide(c, NULL, OP_STORE_NAME, 0, cell, (int32_t)name_wide(c, intern(c, "__classcell__")));
        emit_return(c, NULL, cell);
    }
    gen_epilogue(c);
    return unit_leave(c);
}

// The class object into R[window]; `generic_base` is one more base, or NO_REG.
static void gen_class_object(Compiler *c, const Stmt *s, Reg window, Reg generic_base) {
    const Position *at = &s->at;
    const StmtClassDef *d = &s->ClassDef;
    Scope *scope = symtable_scope(c->symbols, s);
    int line = d->decorator_list.count > 0 ? d->decorator_list.items[0]->at.lineno : at->lineno;
    emit(c, at, OP_LOAD_BUILD_CLASS, 0, window, 0, 0);
    Reg body = temp_new(c), name = temp_new(c);
    const CodeUnit *code = class_unit(c, s, scope, line);
    emit_make_function(c, at, scope, code, 0, 0, body);
    emit_string(c, at, name, d->name->text, d->name->length);
    ExprSeq bases = d->bases;
    if (generic_base == NO_REG) {
        gen_call_arguments(c, at, window, false, bases, d->keywords, 2);
        return;
    }
    // The base that comes from the type parameters is the last one; it stands in a register and has no expression.
    Expr *extra = expr_Name(c->arena, s->at, (ExprName){.id = intern(c, ".generic_base"), .ctx = CTX_Load});
    Expr **items = arena_new_array(c->arena, Expr *, (size_t)bases.count + 1);
    for (int32_t i = 0; i < bases.count; i++) items[i] = bases.items[i];
    items[bases.count] = extra;
    gen_call_arguments(c, at, window, false, (ExprSeq){bases.count + 1, items}, d->keywords, 2);
}

static void gen_generic_class(Compiler *c, const Stmt *s, Reg to) {
    const Position *at = &s->at;
    Reg outer_window = temp_new(c);
    Reg params = gen_type_params_begin(c, s, s->ClassDef.name, s->ClassDef.type_params, at);
    Variable base = variable_find(c, intern(c, ".generic_base"));
    Reg mark = temp_mark(c), argument = temp_new(c);
    emit_move(c, at, argument, params);
    emit(c, at, OP_INTRINSIC, INTRINSIC_GENERIC_BASE, argument, argument, 1);
    variable_store(c, at, base, argument);
    temp_release(c, mark);
    Reg window = temp_new(c);
    gen_class_object(c, s, window, base.index);
    temp_release(c, window + 1);
    emit_move(c, at, temp_new(c), params);
    emit(c, at, OP_INTRINSIC, INTRINSIC_SET_TYPE_PARAMS, window, window, 2);
    gen_type_params_end(c, s, at, window, outer_window, 0);
    emit_move(c, at, to, outer_window);
}

void gen_class(Compiler *c, const Stmt *s) {
    const Position *at = &s->at;
    const StmtClassDef *d = &s->ClassDef;
    refuse_forbidden_name(c, at, d->name, CTX_Store);
    Reg decorators = temp_mark(c);
    for (int32_t i = 0; i < d->decorator_list.count; i++) gen_to(c, d->decorator_list.items[i], temp_new(c));
    Reg result = temp_new(c), mark = temp_mark(c);
    if (d->type_params.count > 0) gen_generic_class(c, s, result);
    else gen_class_object(c, s, result, NO_REG);
    temp_release(c, mark);
    for (int32_t i = d->decorator_list.count; i-- > 0;) {
        result = decorators + (Reg)i;
        emit(c, &d->decorator_list.items[i]->at, OP_CALL, 0, result, 1, 0);
    }
    store_name(c, at, d->name, result);
}
