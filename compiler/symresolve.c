// Resolving names: from how blocks use them to what they are, and which register or index each one gets.
//
// A use is followed outwards from its block. Class bodies are not seen from inside (but for __class__); crossing the
// border of a real function makes the variable a cell there and a free variable in every function in between; crossing
// the border of an inlined comprehension makes nothing.
//
//     def f():            x: cell in f          a name found in no function is a global, which at run time may be
//         x = 1                                 a built-in too
//         def g():        x: free in g (only passed on)
//             def h():
//                 x       x: free in h
#include "compiler/symtable_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct Resolve {
    SymbolTable *table;
    Arena *arena;
    ArenaVec(Scope *) crossed;   // real functions and classes between a use and its variable
} Resolve;

static const Scope *function_of(const Scope *scope) {
    while (scope->inlined) scope = scope->parent;
    return scope;
}

static bool is_declared(const Symbol *symbol, uint32_t flags) {
    return symbol != NULL && (symbol->flags & flags) != 0;
}

// The variables of a class that annotation scopes and methods may see. They are no names of the body: a body may well
// have a __class__ of its own beside the cell.
static Symbol *class_variable(Resolve *r, Scope *scope, const Name *name) {
    Symbol **cell = name == r->table->class_name ? &scope->class_cell
                  : name == r->table->namespace_name ? &scope->namespace_cell : NULL;
    if (cell == NULL) return NULL;
    if (*cell == NULL) {
        *cell = arena_new(r->arena, Symbol);
        (*cell)->name = name;
        (*cell)->binding = BINDING_CELL;
    }
    return *cell;
}

// Finds the variable that `name`, used in `scope` and not bound there, means; NULL for a global.
static Symbol *find_outside(Resolve *r, Scope *scope, const Name *name) {
    r->crossed.count = 0;
    bool crossed = false;
    for (Scope *current = scope; current->parent != NULL; current = current->parent) {
        if (!current->inlined) {
            crossed = true;
            arena_push(r->arena, &r->crossed, current);
        }
        Scope *around = current->parent;
        if (around->kind == SCOPE_MODULE) return NULL;
        if (around->kind == SCOPE_CLASS) {
            Symbol *symbol = class_variable(r, around, name);
            if (symbol != NULL) return symbol;
            continue;
        }
        Symbol *symbol = scope_find(around, name);
        if (is_declared(symbol, SYMBOL_GLOBAL)) return NULL;
        if (is_declared(symbol, SYMBOL_BOUND) && !is_declared(symbol, SYMBOL_NONLOCAL)) {
            if (crossed) symbol->binding = BINDING_CELL;
            return symbol;
        }
    }
    return NULL;
}

// Every function between use and variable has the name as a free variable, the user itself included.
static void capture(Resolve *r, const Name *name) {
    for (size_t i = 0; i < r->crossed.count; i++) {
        Scope *scope = r->crossed.items[i];
        Symbol *symbol = scope_symbol(r->arena, scope, name);
        if (scope->kind == SCOPE_CLASS && (symbol->flags & (SYMBOL_BOUND | SYMBOL_GLOBAL)) &&
            !(symbol->flags & SYMBOL_NONLOCAL)) {
            symbol->passes_through = true;
        } else {
            symbol->binding = BINDING_FREE;
        }
    }
}

// A name in an annotation scope of a class: unless a type parameter, it may be one of the class's.
static void see_class(Resolve *r, Scope *scope, Symbol *symbol) {
    const Scope *around = scope;
    for (; around->kind != SCOPE_CLASS; around = around->parent) {
        if (is_declared(scope_find(around, symbol->name), SYMBOL_BOUND)) return;
    }
    symbol->in_class_first = true;
    find_outside(r, scope, r->table->namespace_name);
    capture(r, r->table->namespace_name);
}

static void resolve_symbol(Resolve *r, Scope *scope, Symbol *symbol) {
    const Name *name = symbol->name;
    if (symbol->flags & SYMBOL_GLOBAL) {
        if (symbol->flags & SYMBOL_NONLOCAL) {
            raise_at(r->table->fe, symbol->at, "name '%s' is nonlocal and global", name->text);
        }
        symbol->binding = BINDING_GLOBAL;
        return;
    }
    bool is_nonlocal = symbol->flags & SYMBOL_NONLOCAL;
    if (is_nonlocal && scope->kind == SCOPE_MODULE) {
        raise_at(r->table->fe, symbol->at, "nonlocal declaration not allowed at module level");
    }
    if (!is_nonlocal && (symbol->flags & SYMBOL_BOUND)) {
        if (symbol->binding == BINDING_NONE) symbol->binding = BINDING_LOCAL;
        return;
    }
    if (scope->kind == SCOPE_MODULE || symbol->binding != BINDING_NONE) return;
    Symbol *variable = find_outside(r, scope, name);
    if (variable != NULL) {
        capture(r, name);
        if (scope->inlined) symbol->binding = BINDING_OUTER;
    } else if (is_nonlocal) {
        raise_at(r->table->fe, symbol->at, "no binding for nonlocal '%s' found", name->text);
    } else {
        // An inlined comprehension of a module reads names as the module does.
        bool as_around = scope->inlined && function_of(scope)->kind == SCOPE_MODULE;
        symbol->binding = as_around ? BINDING_OUTER : BINDING_GLOBAL_IMPLICIT;
    }
    if (scope->in_class_namespace && !is_nonlocal) see_class(r, scope, symbol);
}

static int symbol_order(const void *left, const void *right) {
    const Symbol *a = *(Symbol *const *)left, *b = *(Symbol *const *)right;
    return strcmp(a->name->text, b->name->text);
}

static bool has_register(const Symbol *symbol) {
    return symbol->binding == BINDING_CELL || symbol->binding == BINDING_LOCAL;
}

static void number_class_cells(Resolve *r, Scope *scope) {
    scope->locals = arena_new_array(r->arena, Symbol *, 2);
    if (scope->class_cell != NULL) scope->locals[scope->local_count++] = scope->class_cell;
    if (scope->namespace_cell != NULL) scope->locals[scope->local_count++] = scope->namespace_cell;
    scope->slot_count = scope->local_count;
    for (uint32_t i = 0; i < scope->local_count; i++) scope->locals[i]->register_ = scope->locals[i]->slot = i;
}

// Registers: parameters, then locals as they appear, then cells by name, which is the order locals() shows in CPython.
static void number_locals(Resolve *r, Scope *scope) {
    scope->locals = arena_new_array(r->arena, Symbol *, scope->symbol_count);
    uint32_t count = 0, first_cell;
    for (uint32_t i = 0; i < scope->symbol_count; i++) {
        if ((scope->symbols[i]->flags & SYMBOL_PARAM)) scope->locals[count++] = scope->symbols[i];
    }
    for (int pass = 0; pass < 2; pass++) {
        first_cell = count;
        for (uint32_t i = 0; i < scope->symbol_count; i++) {
            Symbol *symbol = scope->symbols[i];
            if ((symbol->flags & SYMBOL_PARAM) || !has_register(symbol)) continue;
            if ((symbol->binding == BINDING_CELL) == (pass == 1)) scope->locals[count++] = symbol;
        }
    }
    qsort(scope->locals + first_cell, count - first_cell, sizeof *scope->locals, symbol_order);
    scope->local_count = scope->slot_count = count;
    for (uint32_t i = 0; i < count; i++) scope->locals[i]->register_ = scope->locals[i]->slot = i;
}

static void number_frees(Resolve *r, Scope *scope) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < scope->symbol_count; i++) {
        Symbol *symbol = scope->symbols[i];
        if (symbol->binding == BINDING_FREE || symbol->passes_through) count++;
    }
    if (count == 0) return;
    scope->frees = arena_new_array(r->arena, Symbol *, count);
    for (uint32_t i = 0; i < scope->symbol_count; i++) {
        Symbol *symbol = scope->symbols[i];
        if (symbol->binding == BINDING_FREE || symbol->passes_through) scope->frees[scope->free_count++] = symbol;
    }
    qsort(scope->frees, count, sizeof *scope->frees, symbol_order);
    for (uint32_t i = 0; i < count; i++) scope->frees[i]->free_index = i;
}

// The scope after `scope` in preorder.
static Scope *next_scope(Scope *scope) {
    if (scope->first_child != NULL) return scope->first_child;
    while (scope != NULL && scope->next_sibling == NULL) scope = scope->parent;
    return scope == NULL ? NULL : scope->next_sibling;
}

void symtable_resolve(SymbolTable *table) {
    Resolve r = {.table = table, .arena = table->fe->arena};
    for (Scope *scope = table->module; scope != NULL; scope = next_scope(scope)) {
        // Resolving adds only symbols that are resolved already, and only to scopes further out.
        uint32_t count = scope->symbol_count;
        for (uint32_t i = 0; i < count; i++) resolve_symbol(&r, scope, scope->symbols[i]);
    }
    for (Scope *scope = table->module; scope != NULL; scope = next_scope(scope)) {
        if (scope->inlined) continue;
        if (scope->kind == SCOPE_CLASS) number_class_cells(&r, scope);
        else if (scope->kind != SCOPE_MODULE) number_locals(&r, scope);
        number_frees(&r, scope);
    }
    for (Scope *scope = table->module; scope != NULL; scope = next_scope(scope)) {
        if (!scope->inlined) continue;
        Scope *function = (Scope *)function_of(scope);
        for (uint32_t i = 0; i < scope->symbol_count; i++) {
            Symbol *symbol = scope->symbols[i];
            if (symbol->binding == BINDING_LOCAL || symbol->binding == BINDING_CELL)
                symbol->slot = function->slot_count++;
        }
    }
}
