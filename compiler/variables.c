// Variables: finding what a name means at this place, loading, storing, deleting and capturing it.
#include "compiler/gen.h"

const Name *mangle(Compiler *c, const Name *name) {
    return name_mangle(c->fe, c->unit->inner->private_name, name);
}

static Variable variable_of_symbol(const Scope *scope, const Symbol *symbol, const Name *name) {
    Variable v = {.name = name, .symbol = symbol};
    bool has_namespace = scope->kind == SCOPE_MODULE || scope->kind == SCOPE_CLASS;
    switch (symbol == NULL ? BINDING_GLOBAL_IMPLICIT : symbol->binding) {
    case BINDING_LOCAL:
        v.kind = has_namespace ? VARIABLE_NAME : VARIABLE_REGISTER;
        v.index = has_namespace ? 0 : symbol->register_;
        break;
    case BINDING_CELL:
        v.kind = VARIABLE_CELL;
        v.index = symbol->register_;
        break;
    case BINDING_FREE:
        v.kind = VARIABLE_FREE;
        v.index = symbol->free_index;
        v.in_class = scope->kind == SCOPE_CLASS;
        break;
    case BINDING_GLOBAL: v.kind = VARIABLE_GLOBAL; break;
    default: v.kind = has_namespace ? VARIABLE_NAME : VARIABLE_GLOBAL; break;
    }
    return v;
}

static Variable find_mangled(Compiler *c, const Name *name) {
    const Scope *scope = c->unit->inner;
    for (; scope->inlined; scope = scope->parent) {
        const Symbol *symbol = scope_find(scope, name);
        if (symbol == NULL || symbol->binding == BINDING_OUTER || symbol->binding == BINDING_NONE) continue;
        return variable_of_symbol(scope, symbol, name);
    }
    return variable_of_symbol(scope, scope_find(scope, name), name);
}

Variable variable_find(Compiler *c, const Name *name) {
    return find_mangled(c, mangle(c, name));
}

// In an annotation scope of a class: the class's own name goes to `to`, and then to the label that is given back.
static Label look_in_class(Compiler *c, const Position *at, const Name *name, Reg to) {
    Label found = label_new(c), missing = label_new(c);
    const Symbol *cell = scope_find(c->unit->scope, intern(c, "__classdict__"));
    Reg mark = temp_mark(c), namespace = temp_new(c);
    emit(c, at, OP_LOAD_FREE, 0, namespace, cell->free_index, name_low(c, cell->name));
    emit_string(c, at, temp_new(c), name->text, name->length);
    emit(c, at, OP_INTRINSIC, INTRINSIC_NAMESPACE_GET, to, namespace, 2);
    temp_release(c, mark);
    emit_jump(c, at, OP_JUMP_IF_UNDEFINED, 0, to, 0, missing);
    emit_to(c, at, found);
    label_place(c, missing);
    return found;
}

void variable_load(Compiler *c, const Position *at, Variable v, Reg want, Operand *out) {
    out->is_constant = false;
    if (v.kind == VARIABLE_REGISTER) {
        if (!variable_is_bound(c, v.symbol)) {
            emit_wide(c, at, OP_CHECK_LOCAL, 0, v.index, (int32_t)name_wide(c, v.name));
            variable_bind(c, v.symbol);
        }
        out->reg = v.index;
        return;
    }
    Reg to = out->reg = wanted(c, want);
    Label found = NO_LABEL;
    if (v.symbol != NULL && v.symbol->in_class_first) found = look_in_class(c, at, v.name, to);
    switch (v.kind) {
    case VARIABLE_CELL: emit(c, at, OP_LOAD_CELL, 0, to, v.index, name_low(c, v.name)); break;
    case VARIABLE_FREE:
        emit(c, at, v.in_class ? OP_LOAD_CLASS_FREE : OP_LOAD_FREE, 0, to, v.index, name_low(c, v.name));
        break;
    case VARIABLE_GLOBAL: emit_wide(c, at, OP_LOAD_GLOBAL, 0, to, (int32_t)name_wide(c, v.name)); break;
    default: emit_wide(c, at, OP_LOAD_NAME, 0, to, (int32_t)name_wide(c, v.name)); break;
    }
    if (found != NO_LABEL) label_place(c, found);
}

void variable_store(Compiler *c, const Position *at, Variable v, Reg from) {
    switch (v.kind) {
    case VARIABLE_REGISTER:
        emit_move(c, at, v.index, from);
        variable_bind(c, v.symbol);
        break;
    case VARIABLE_CELL: emit(c, at, OP_STORE_CELL, 0, v.index, from, 0); break;
    case VARIABLE_FREE: emit(c, at, OP_STORE_FREE, 0, from, v.index, 0); break;
    case VARIABLE_GLOBAL: emit_wide(c, at, OP_STORE_GLOBAL, 0, from, (int32_t)name_wide(c, v.name)); break;
    case VARIABLE_NAME: emit_wide(c, at, OP_STORE_NAME, 0, from, (int32_t)name_wide(c, v.name)); break;
    }
}

void variable_delete(Compiler *c, const Position *at, Variable v) {
    switch (v.kind) {
    case VARIABLE_REGISTER: emit_wide(c, at, OP_DELETE_LOCAL, 0, v.index, (int32_t)name_wide(c, v.name)); break;
    case VARIABLE_CELL: emit_wide(c, at, OP_DELETE_CELL, 0, v.index, (int32_t)name_wide(c, v.name)); break;
    case VARIABLE_FREE: emit(c, at, OP_DELETE_FREE, 0, 0, v.index, name_low(c, v.name)); break;
    case VARIABLE_GLOBAL: emit_wide(c, at, OP_DELETE_GLOBAL, 0, 0, (int32_t)name_wide(c, v.name)); break;
    case VARIABLE_NAME: emit_wide(c, at, OP_DELETE_NAME, 0, 0, (int32_t)name_wide(c, v.name)); break;
    }
}

void store_name(Compiler *c, const Position *at, const Name *name, Reg from) {
    refuse_forbidden_name(c, at, name, CTX_Store);
    variable_store(c, at, variable_find(c, name), from);
}

Capture variable_capture(Compiler *c, const Name *mangled) {
    Scope *scope = c->unit->inner;
    for (; scope->inlined; scope = scope->parent) {
        const Symbol *symbol = scope_find(scope, mangled);
        if (symbol != NULL && symbol->binding == BINDING_CELL) return (Capture){false, (uint16_t)symbol->register_};
    }
    if (scope->kind == SCOPE_CLASS) {
        Symbol *cells[] = {scope->class_cell, scope->namespace_cell};
        for (int i = 0; i < 2; i++) {
            if (cells[i] != NULL && cells[i]->name == mangled) return (Capture){false, (uint16_t)cells[i]->register_};
        }
    }
    const Symbol *symbol = scope_find(scope, mangled);
    if (symbol->binding == BINDING_CELL) return (Capture){false, (uint16_t)symbol->register_};
    return (Capture){true, (uint16_t)symbol->free_index};
}
