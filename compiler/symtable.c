// Symbol table: the walk over the tree that gathers names, block by block. symresolve.c then decides what they mean.
//
// The rules and the words of the errors are CPython's; its quirks too where a program can see them (what counts as a
// use before a declaration, which expressions a class body may hold).
#include "compiler/symtable_internal.h"

#include <string.h>

#include "parser/parser.h"

static void visit_expr(Walk *w, const Expr *e);
static void visit_stmts(Walk *w, StmtSeq body);
static void visit_pattern(Walk *w, const Pattern *p);

// ---- scopes and symbols --------------------------------------------------------------------------------------------

_Noreturn void compiler_too_deep(FrontEnd *fe) {
    diag_raise_nowhere(fe, DIAG_RECURSION_ERROR, "maximum recursion depth exceeded during compilation");
}

static void deeper(Walk *w) {
    if (++w->depth > COMPILER_DEPTH_MAX) compiler_too_deep(w->fe);
}

static uint32_t pointer_hash(const void *pointer) {
    uint64_t bits = (uint64_t)(uintptr_t)pointer >> 3;
    return (uint32_t)((bits * 0x9E3779B97F4A7C15u) >> 32);
}

enum { LINEAR_SYMBOLS = 8 };

Symbol *scope_find(const Scope *scope, const Name *name) {
    if (scope->table == NULL) {
        for (uint32_t i = 0; i < scope->symbol_count; i++) {
            if (scope->symbols[i]->name == name) return scope->symbols[i];
        }
        return NULL;
    }
    for (uint32_t at = pointer_hash(name) & scope->table_mask;; at = (at + 1) & scope->table_mask) {
        uint32_t number = scope->table[at];
        if (number == 0) return NULL;
        if (scope->symbols[number - 1]->name == name) return scope->symbols[number - 1];
    }
}

static void table_insert(Scope *scope, uint32_t number) {
    uint32_t at = pointer_hash(scope->symbols[number]->name) & scope->table_mask;
    while (scope->table[at] != 0) at = (at + 1) & scope->table_mask;
    scope->table[at] = number + 1;
}

Symbol *scope_symbol(Arena *arena, Scope *scope, const Name *name) {
    Symbol *symbol = scope_find(scope, name);
    if (symbol != NULL) return symbol;
    if (scope->symbol_count == scope->symbol_capacity) {
        size_t capacity = scope->symbol_capacity;
        scope->symbols = arena_grow(arena, scope->symbols, scope->symbol_count, &capacity, capacity ? capacity * 2 : 4,
                                    sizeof *scope->symbols);
        scope->symbol_capacity = (uint32_t)capacity;
    }
    symbol = arena_new(arena, Symbol);
    symbol->name = name;
    scope->symbols[scope->symbol_count++] = symbol;
    if (scope->symbol_count > LINEAR_SYMBOLS && (scope->table == NULL || scope->symbol_count * 2 > scope->table_mask)) {
        scope->table_mask = scope->table == NULL ? 31 : scope->table_mask * 2 + 1;
        scope->table = arena_new_array(arena, uint32_t, (size_t)scope->table_mask + 1);
        for (uint32_t i = 0; i < scope->symbol_count; i++) table_insert(scope, i);
    } else if (scope->table != NULL) {
        table_insert(scope, scope->symbol_count - 1);
    }
    return symbol;
}

const Name *name_mangle(FrontEnd *fe, const Name *private_name, const Name *name) {
    if (private_name == NULL || name->length < 3 || name->text[0] != '_' || name->text[1] != '_') return name;
    if (name->text[name->length - 1] == '_' && name->text[name->length - 2] == '_') return name;
    if (memchr(name->text, '.', name->length) != NULL) return name;
    const char *class_name = private_name->text;
    uint32_t length = private_name->length;
    while (length > 0 && *class_name == '_') class_name++, length--;
    if (length == 0) return name;
    char *text = arena_alloc(fe->arena, (size_t)length + name->length + 2);
    text[0] = '_';
    memcpy(text + 1, class_name, length);
    memcpy(text + 1 + length, name->text, name->length);
    return name_intern(fe->names, text, (size_t)length + name->length + 1);
}

static void map_put(SymbolTable *table, const void *node, Scope *scope);

static void map_grow(SymbolTable *table) {
    ScopeEntry *old = table->map;
    uint32_t count = table->map_mask + 1;
    table->map_mask = count * 2 - 1;
    table->map = arena_new_array(table->fe->arena, ScopeEntry, (size_t)count * 2);
    table->map_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (old[i].node != NULL) map_put(table, old[i].node, old[i].scope);
    }
}

static void map_put(SymbolTable *table, const void *node, Scope *scope) {
    if (table->map_count * 2 > table->map_mask) map_grow(table);
    uint32_t at = pointer_hash(node) & table->map_mask;
    while (table->map[at].node != NULL && table->map[at].node != node) at = (at + 1) & table->map_mask;
    if (table->map[at].node == NULL) table->map_count++;
    table->map[at] = (ScopeEntry){node, scope};
}

Scope *symtable_scope(const SymbolTable *table, const void *node) {
    for (uint32_t at = pointer_hash(node) & table->map_mask;; at = (at + 1) & table->map_mask) {
        if (table->map[at].node == node) return table->map[at].scope;
        if (table->map[at].node == NULL) return NULL;
    }
}

// The second scope of a node goes under the address one further on, which is nobody's.
Scope *symtable_type_params(const SymbolTable *table, const void *node) {
    return symtable_scope(table, (const char *)node + 1);
}

Scope *symtable_module(const SymbolTable *table) {
    return table->module;
}

static Scope *enter(Walk *w, ScopeKind kind, const Name *name, const void *node, int line) {
    Scope *scope = arena_new(w->fe->arena, Scope), *parent = w->scope;
    scope->kind = kind;
    scope->name = name;
    scope->parent = parent;
    scope->line = line;
    scope->private_name = w->private_name;
    if (parent != NULL) {
        scope->in_iterable = parent->in_iterable;
        scope->nested = parent->nested || scope_is_function_like(parent);
        scope->in_class_namespace = parent->kind == SCOPE_CLASS || parent->in_class_namespace;
        if (kind != SCOPE_TYPE_PARAMS && kind != SCOPE_TYPE_VALUE) scope->in_class_namespace = false;
        if (kind != SCOPE_ANNOTATION && parent->kind != SCOPE_ANNOTATION) {
            if (parent->last_child == NULL) parent->first_child = scope;
            else parent->last_child->next_sibling = scope;
            parent->last_child = scope;
        }
    }
    map_put(w->table, node, scope);
    w->scope = scope;
    return scope;
}

static void leave(Walk *w) {
    w->scope = w->scope->parent;
}

_Noreturn static void fail(Walk *w, Position at, const char *format, const Name *name) {
    raise_at(w->fe, at, format, name == NULL ? "" : name->text);
}

static const Name *mangled(Walk *w, const Name *name) {
    return name_mangle(w->fe, w->private_name, name);
}

static Symbol *add(Walk *w, const Name *name, uint32_t flags, Position at) {
    name = mangled(w, name);
    Scope *scope = w->scope;
    Symbol *symbol = scope_symbol(w->fe->arena, scope, name);
    if ((flags & SYMBOL_PARAM) && (symbol->flags & SYMBOL_PARAM)) {
        fail(w, at, "duplicate argument '%s' in function definition", name);
    }
    if ((flags & SYMBOL_TYPE_PARAM) && (symbol->flags & SYMBOL_TYPE_PARAM))
        fail(w, at, "duplicate type parameter '%s'", name);
    if (scope->in_iteration_target) {
        if (symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) {
            fail(w, at, "comprehension inner loop cannot rebind assignment expression target '%s'", name);
        }
        flags |= SYMBOL_ITERATION;
    }
    symbol->flags |= flags;
    return symbol;
}

// ---- expressions ---------------------------------------------------------------------------------------------------

static void visit_exprs(Walk *w, ExprSeq seq) {
    for (int32_t i = 0; i < seq.count; i++) {
        if (seq.items[i] != NULL) visit_expr(w, seq.items[i]);
    }
}

static void visit_optional(Walk *w, const Expr *e) {
    if (e != NULL) visit_expr(w, e);
}

static void refuse_in_annotation(Walk *w, const Expr *e, const char *what) {
    for (Scope *scope = w->scope; scope != NULL; scope = scope->parent) {
        if (scope->kind == SCOPE_ANNOTATION) {
            raise_at(w->fe, e->at, "'%s' can not be used within an annotation", what);
        }
        if (scope->kind == SCOPE_TYPE_VALUE) {
            raise_at(w->fe, e->at, "%s cannot be used within a %s", what,
                       scope->name == NULL ? "TypeVar bound" : "type alias");
        }
        if (scope->kind == SCOPE_TYPE_PARAMS) {
            if (w->scope != scope) break;
            raise_at(w->fe, e->at, "%s cannot be used within the definition of a generic",
                       what);
        }
        if (scope->kind != SCOPE_COMPREHENSION) break;
    }
}

static void visit_params(Walk *w, ArgSeq args) {
    for (int32_t i = 0; i < args.count; i++) add(w, args.items[i]->arg, SYMBOL_PARAM, args.items[i]->at);
}

static void visit_arguments(Walk *w, const Arguments *a) {
    visit_params(w, a->posonlyargs);
    visit_params(w, a->args);
    visit_params(w, a->kwonlyargs);
    if (a->vararg != NULL) add(w, a->vararg->arg, SYMBOL_PARAM, a->vararg->at);
    if (a->kwarg != NULL) add(w, a->kwarg->arg, SYMBOL_PARAM, a->kwarg->at);
}

static void visit_defaults(Walk *w, const Arguments *a) {
    visit_exprs(w, a->defaults);
    visit_exprs(w, a->kw_defaults);
}

bool has_keyword_defaults(const Arguments *a) {
    for (int32_t i = 0; i < a->kw_defaults.count; i++) {
        if (a->kw_defaults.items[i] != NULL) return true;
    }
    return false;
}

static void visit_annotation(Walk *w, const Expr *annotation) {
    if (annotation == NULL) return;
    if (!w->future_annotations) {
        visit_expr(w, annotation);
        return;
    }
    enter(w, SCOPE_ANNOTATION, NULL, annotation, annotation->at.lineno);
    visit_expr(w, annotation);
    leave(w);
}

static void visit_arg_annotations(Walk *w, ArgSeq args) {
    for (int32_t i = 0; i < args.count; i++) visit_annotation(w, args.items[i]->annotation);
}

static void visit_annotations(Walk *w, const Arguments *a, const Expr *returns) {
    visit_arg_annotations(w, a->args);
    visit_arg_annotations(w, a->posonlyargs);
    if (a->vararg != NULL) visit_annotation(w, a->vararg->annotation);
    visit_arg_annotations(w, a->kwonlyargs);
    if (a->kwarg != NULL) visit_annotation(w, a->kwarg->annotation);
    visit_annotation(w, returns);
}

// The block that a := inside comprehensions binds its target in: the nearest one that is no comprehension.
static void extend_walrus_scope(Walk *w, const Expr *target) {
    const Name *name = mangled(w, target->Name.id);
    Scope *current = w->scope;
    for (Scope *scope = current; scope != NULL; scope = scope->parent) {
        if (scope->kind == SCOPE_COMPREHENSION) {
            Symbol *symbol = scope_find(scope, name);
            if (symbol != NULL && (symbol->flags & SYMBOL_ITERATION)) {
                fail(w, target->at, "assignment expression cannot rebind comprehension iteration variable '%s'", name);
            }
            continue;
        }
        if (scope->kind == SCOPE_CLASS) {
            fail(w, target->at, "assignment expression within a comprehension cannot be used in a class body", NULL);
        }
        bool is_module = scope->kind == SCOPE_MODULE;
        Symbol *outer = scope_symbol(w->fe->arena, scope, name);
        bool is_global = is_module || (outer->flags & SYMBOL_GLOBAL);
        Symbol *inner = scope_symbol(w->fe->arena, current, name);
        inner->flags |= (is_global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL) | SYMBOL_WALRUS;
        inner->at = target->at;
        outer->flags |= (is_module ? SYMBOL_GLOBAL : is_global ? 0 : SYMBOL_LOCAL) | SYMBOL_WALRUS;
        return;
    }
}

static void visit_walrus(Walk *w, const Expr *e) {
    refuse_in_annotation(w, e, "named expression");
    if (w->scope->in_iterable > 0) {
        fail(w, e->at, "assignment expression cannot be used in a comprehension iterable expression", NULL);
    }
    if (w->scope->kind == SCOPE_COMPREHENSION) extend_walrus_scope(w, e->NamedExpr.target);
    visit_expr(w, e->NamedExpr.value);
    // In a comprehension the target is declared global or nonlocal by now; the store must not make it a local one.
    if (w->scope->kind == SCOPE_COMPREHENSION) return;
    add(w, e->NamedExpr.target->Name.id, SYMBOL_LOCAL | SYMBOL_WALRUS, e->NamedExpr.target->at);
}

static const char *const comprehension_texts[] = {
    [COMPREHENSION_LIST] = "'yield' inside list comprehension",
    [COMPREHENSION_SET] = "'yield' inside set comprehension",
    [COMPREHENSION_DICT] = "'yield' inside dict comprehension",
    [COMPREHENSION_GENERATOR] = "'yield' inside generator expression",
};

static void visit_yield(Walk *w, const Expr *e, const Expr *value) {
    refuse_in_annotation(w, e, "yield expression");
    visit_optional(w, value);
    w->scope->is_generator = true;
    if (w->scope->kind == SCOPE_COMPREHENSION) fail(w, e->at, comprehension_texts[w->scope->comprehension], NULL);
}

static void visit_comprehension(Walk *w, const Expr *e, ComprehensionKind kind, const char *name,
                                ComprehensionSeq generators, const Expr *element, const Expr *value) {
    const Comprehension *outermost = generators.items[0];
    bool is_async = outermost->is_async;
    w->scope->in_iterable++;
    visit_expr(w, outermost->iter);
    w->scope->in_iterable--;
    Scope *scope = enter(w, SCOPE_COMPREHENSION, name_intern(w->names, name, strlen(name)), e, e->at.lineno);
    scope->comprehension = kind;
    scope->is_coroutine = is_async;
    for (int32_t i = 0; i < generators.count; i++) {
        const Comprehension *c = generators.items[i];
        if (i > 0) {
            scope->in_iterable++;
            visit_expr(w, c->iter);
            scope->in_iterable--;
            if (c->is_async) scope->is_coroutine = true;
        }
        scope->in_iteration_target = true;
        visit_expr(w, c->target);
        scope->in_iteration_target = false;
        visit_exprs(w, c->ifs);
    }
    if (value != NULL) visit_expr(w, value);
    visit_expr(w, element);
    is_async = scope->is_coroutine && kind != COMPREHENSION_GENERATOR;
    leave(w);
    if (is_async) w->scope->is_coroutine = true;
    bool in_function = w->scope->kind != SCOPE_CLASS;
    scope->inlined = kind != COMPREHENSION_GENERATOR && in_function && !scope->no_inlining;
    if (!scope->inlined) {
        Symbol *argument = scope_symbol(w->fe->arena, scope, name_intern(w->names, ".0", 2));
        argument->flags |= SYMBOL_PARAM;
    }
    // What sees a function's names from inside forbids inlining of everything around it.
    if (scope->no_inlining && w->scope->kind == SCOPE_COMPREHENSION) w->scope->no_inlining = true;
}

// Functions that look at the names of the frame that calls them.
static const char *const frame_readers[] = {"locals", "vars", "dir", "eval", "exec"};

static void visit_call(Walk *w, const Expr *e) {
    if (w->scope->kind == SCOPE_COMPREHENSION && e->Call.func->kind == EXPR_Name) {
        for (size_t i = 0; i < sizeof frame_readers / sizeof *frame_readers; i++) {
            if (strcmp(e->Call.func->Name.id->text, frame_readers[i]) == 0) w->scope->no_inlining = true;
        }
    }
    visit_exprs(w, e->Call.args);
    for (int32_t i = 0; i < e->Call.keywords.count; i++) visit_expr(w, e->Call.keywords.items[i]->value);
}

static void visit_name(Walk *w, const Expr *e) {
    if (e->Name.ctx == CTX_Load) {
        add(w, e->Name.id, SYMBOL_USE, e->at);
        // super() without arguments finds its class in the cell __class__.
        if (e->Name.id == w->super_name && scope_is_function_like(w->scope)) add(w, w->class_name, SYMBOL_USE, e->at);
    } else {
        add(w, e->Name.id, e->Name.ctx == CTX_Del ? SYMBOL_LOCAL | SYMBOL_UNBOUND : SYMBOL_LOCAL, e->at);
    }
}

static void visit_lambda(Walk *w, const Expr *e) {
    visit_defaults(w, e->Lambda.args);
    enter(w, SCOPE_LAMBDA, name_intern(w->names, "<lambda>", 8), e, e->at.lineno);
    visit_arguments(w, e->Lambda.args);
    visit_expr(w, e->Lambda.body);
    leave(w);
}

static void visit_await(Walk *w, const Expr *e) {
    refuse_in_annotation(w, e, "await expression");
    visit_expr(w, e->Await.value);
    w->scope->is_coroutine = true;
}

static void visit_comprehension_of(Walk *w, const Expr *e) {
    switch (e->kind) {
    case EXPR_ListComp:
        visit_comprehension(w, e, COMPREHENSION_LIST, "<listcomp>", e->ListComp.generators, e->ListComp.elt, NULL);
        break;
    case EXPR_SetComp:
        visit_comprehension(w, e, COMPREHENSION_SET, "<setcomp>", e->SetComp.generators, e->SetComp.elt, NULL);
        break;
    case EXPR_DictComp:
        visit_comprehension(w, e, COMPREHENSION_DICT, "<dictcomp>", e->DictComp.generators, e->DictComp.key,
                            e->DictComp.value);
        break;
    default:
        visit_comprehension(w, e, COMPREHENSION_GENERATOR, "<genexpr>", e->GeneratorExp.generators, e->GeneratorExp.elt,
                            NULL);
        break;
    }
}

// Follows the leftmost operand in a loop: chains of operators, attributes, calls and subscripts may be 100,000 long.
static void visit_expr(Walk *w, const Expr *e) {
    deeper(w);
    for (;;) {
        switch (e->kind) {
        case EXPR_BoolOp: visit_exprs(w, e->BoolOp.values); goto done;
        case EXPR_NamedExpr: visit_walrus(w, e); goto done;
        case EXPR_BinOp: visit_expr(w, e->BinOp.right); e = e->BinOp.left; continue;
        case EXPR_UnaryOp: e = e->UnaryOp.operand; continue;
        case EXPR_Lambda: visit_lambda(w, e); goto done;
        case EXPR_IfExp: visit_expr(w, e->IfExp.test); visit_expr(w, e->IfExp.body); e = e->IfExp.orelse; continue;
        case EXPR_Dict: visit_exprs(w, e->Dict.keys); visit_exprs(w, e->Dict.values); goto done;
        case EXPR_Set: visit_exprs(w, e->Set.elts); goto done;
        case EXPR_ListComp: case EXPR_SetComp: case EXPR_DictComp: case EXPR_GeneratorExp:
            visit_comprehension_of(w, e);
            goto done;
        case EXPR_Await: visit_await(w, e); goto done;
        case EXPR_Yield: visit_yield(w, e, e->Yield.value); goto done;
        case EXPR_YieldFrom: visit_yield(w, e, e->YieldFrom.value); goto done;
        case EXPR_Compare: visit_expr(w, e->Compare.left); visit_exprs(w, e->Compare.comparators); goto done;
        case EXPR_Call: visit_call(w, e); e = e->Call.func; continue;
        case EXPR_FormattedValue:
            visit_expr(w, e->FormattedValue.value);
            visit_optional(w, e->FormattedValue.format_spec);
            goto done;
        case EXPR_JoinedStr: visit_exprs(w, e->JoinedStr.values); goto done;
        case EXPR_Constant: goto done;
        case EXPR_Attribute: e = e->Attribute.value; continue;
        case EXPR_Subscript: visit_expr(w, e->Subscript.slice); e = e->Subscript.value; continue;
        case EXPR_Starred: e = e->Starred.value; continue;
        case EXPR_Name: visit_name(w, e); goto done;
        case EXPR_List: visit_exprs(w, e->List.elts); goto done;
        case EXPR_Tuple: visit_exprs(w, e->Tuple.elts); goto done;
        case EXPR_Slice:
            visit_optional(w, e->Slice.lower);
            visit_optional(w, e->Slice.upper);
            visit_optional(w, e->Slice.step);
            goto done;
        }
    }
done:
    w->depth--;
}

// ---- patterns ------------------------------------------------------------------------------------------------------

static void visit_patterns(Walk *w, PatternSeq seq) {
    for (int32_t i = 0; i < seq.count; i++) visit_pattern(w, seq.items[i]);
}

static void visit_pattern(Walk *w, const Pattern *p) {
    deeper(w);
    switch (p->kind) {
    case PATTERN_MatchValue: visit_expr(w, p->MatchValue.value); break;
    case PATTERN_MatchSingleton: break;
    case PATTERN_MatchSequence: visit_patterns(w, p->MatchSequence.patterns); break;
    case PATTERN_MatchMapping:
        visit_exprs(w, p->MatchMapping.keys);
        visit_patterns(w, p->MatchMapping.patterns);
        if (p->MatchMapping.rest != NULL) add(w, p->MatchMapping.rest, SYMBOL_LOCAL, p->at);
        break;
    case PATTERN_MatchClass:
        visit_expr(w, p->MatchClass.cls);
        visit_patterns(w, p->MatchClass.patterns);
        visit_patterns(w, p->MatchClass.kwd_patterns);
        break;
    case PATTERN_MatchStar:
        if (p->MatchStar.name != NULL) add(w, p->MatchStar.name, SYMBOL_LOCAL, p->at);
        break;
    case PATTERN_MatchAs:
        if (p->MatchAs.pattern != NULL) visit_pattern(w, p->MatchAs.pattern);
        if (p->MatchAs.name != NULL) add(w, p->MatchAs.name, SYMBOL_LOCAL, p->at);
        break;
    case PATTERN_MatchOr: visit_patterns(w, p->MatchOr.patterns); break;
    }
    w->depth--;
}

// ---- type parameters -----------------------------------------------------------------------------------------------

static void enter_type_params(Walk *w, const void *node, TypeParamSeq params, const Name *name, Position at) {
    enter(w, SCOPE_TYPE_PARAMS, name, (const char *)node + 1, at.lineno);
    for (int32_t i = 0; i < params.count; i++) {
        const TypeParam *p = params.items[i];
        const Name *param = p->kind == TYPE_PARAM_TypeVar ? p->TypeVar.name
                          : p->kind == TYPE_PARAM_ParamSpec ? p->ParamSpec.name : p->TypeVarTuple.name;
        add(w, param, SYMBOL_LOCAL | SYMBOL_TYPE_PARAM, p->at);
        if (p->kind == TYPE_PARAM_TypeVar && p->TypeVar.bound != NULL) {
            enter(w, SCOPE_TYPE_VALUE, NULL, p, p->at.lineno);
            visit_expr(w, p->TypeVar.bound);
            leave(w);
        }
    }
}

static void visit_type_alias(Walk *w, const Stmt *s) {
    visit_expr(w, s->TypeAlias.name);
    bool generic = s->TypeAlias.type_params.count > 0;
    const Name *name = s->TypeAlias.name->Name.id;
    if (generic) enter_type_params(w, s, s->TypeAlias.type_params, name, s->at);
    enter(w, SCOPE_TYPE_VALUE, name, s, s->at.lineno);
    visit_expr(w, s->TypeAlias.value);
    leave(w);
    if (generic) leave(w);
}

// ---- statements ----------------------------------------------------------------------------------------------------

static void visit_function(Walk *w, const Stmt *s, const StmtFunctionDef *f, bool is_async) {
    add(w, f->name, SYMBOL_LOCAL, s->at);
    visit_defaults(w, f->args);
    visit_exprs(w, f->decorator_list);
    bool generic = f->type_params.count > 0;
    if (generic) {
        enter_type_params(w, s, f->type_params, f->name, s->at);
        // The defaults are evaluated outside and handed in.
        if (f->args->defaults.count > 0) add(w, name_intern(w->names, ".defaults", 9), SYMBOL_PARAM, s->at);
        if (has_keyword_defaults(f->args)) add(w, name_intern(w->names, ".kwdefaults", 11), SYMBOL_PARAM, s->at);
    }
    visit_annotations(w, f->args, f->returns);
    Scope *scope = enter(w, SCOPE_FUNCTION, f->name, s, s->at.lineno);
    scope->is_coroutine = scope->is_async_def = is_async;
    visit_arguments(w, f->args);
    visit_stmts(w, f->body);
    leave(w);
    if (generic) leave(w);
}

static void visit_class(Walk *w, const Stmt *s) {
    add(w, s->ClassDef.name, SYMBOL_LOCAL, s->at);
    visit_exprs(w, s->ClassDef.decorator_list);
    const Name *outer_private = w->private_name;
    bool generic = s->ClassDef.type_params.count > 0;
    if (generic) {
        w->private_name = s->ClassDef.name;
        enter_type_params(w, s, s->ClassDef.type_params, s->ClassDef.name, s->at);
        add(w, name_intern(w->names, ".generic_base", 13), SYMBOL_LOCAL, s->at);
    }
    visit_exprs(w, s->ClassDef.bases);
    for (int32_t i = 0; i < s->ClassDef.keywords.count; i++) visit_expr(w, s->ClassDef.keywords.items[i]->value);
    w->private_name = s->ClassDef.name;
    enter(w, SCOPE_CLASS, s->ClassDef.name, s, s->at.lineno);
    visit_stmts(w, s->ClassDef.body);
    leave(w);
    if (generic) leave(w);
    w->private_name = outer_private;
}

static void visit_declaration(Walk *w, const Stmt *s, NameSeq names, bool is_global) {
    static const char *const texts[2][4] = {
        {"name '%s' is parameter and nonlocal", "name '%s' is used prior to nonlocal declaration",
         "annotated name '%s' can't be nonlocal", "name '%s' is assigned to before nonlocal declaration"},
        {"name '%s' is parameter and global", "name '%s' is used prior to global declaration",
         "annotated name '%s' can't be global", "name '%s' is assigned to before global declaration"},
    };
    for (int32_t i = 0; i < names.count; i++) {
        Symbol *symbol = scope_find(w->scope, mangled(w, names.items[i]));
        uint32_t flags = symbol == NULL ? 0 : symbol->flags;
        if (flags & (SYMBOL_PARAM | SYMBOL_LOCAL | SYMBOL_USE | SYMBOL_ANNOTATED)) {
            int which = flags & SYMBOL_PARAM ? 0 : flags & SYMBOL_USE ? 1 : flags & SYMBOL_ANNOTATED ? 2 : 3;
            fail(w, s->at, texts[is_global][which], names.items[i]);
        }
        symbol = add(w, names.items[i], is_global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL, s->at);
        if (symbol->at.lineno == 0) symbol->at = s->at;
        // What some function declares global is looked up as a global by the module too, whatever its namespace is.
        if (is_global) scope_symbol(w->fe->arena, w->table->module, symbol->name)->flags |= SYMBOL_GLOBAL;
    }
}

static void visit_ann_assign(Walk *w, const Stmt *s) {
    const Expr *target = s->AnnAssign.target;
    if (target->kind == EXPR_Name) {
        Symbol *symbol = scope_find(w->scope, mangled(w, target->Name.id));
        uint32_t flags = symbol == NULL ? 0 : symbol->flags;
        if ((flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) && w->scope->kind != SCOPE_MODULE && s->AnnAssign.simple) {
            fail(w, s->at,
                 flags & SYMBOL_GLOBAL ? "annotated name '%s' can't be global"
                                       : "annotated name '%s' can't be nonlocal",
                 target->Name.id);
        }
        if (s->AnnAssign.simple) add(w, target->Name.id, SYMBOL_ANNOTATED | SYMBOL_LOCAL, target->at);
        else if (s->AnnAssign.value != NULL) add(w, target->Name.id, SYMBOL_LOCAL, target->at);
    } else {
        visit_expr(w, target);
    }
    visit_annotation(w, s->AnnAssign.annotation);
    visit_optional(w, s->AnnAssign.value);
}

static void visit_aliases(Walk *w, AliasSeq names, bool from) {
    for (int32_t i = 0; i < names.count; i++) {
        const Alias *alias = names.items[i];
        const Name *name = alias->asname;
        if (name == NULL) {
            name = alias->name;
            if (from && name->length == 1 && name->text[0] == '*') {
                if (w->scope->kind != SCOPE_MODULE) fail(w, alias->at, "import * only allowed at module level", NULL);
                continue;
            }
            const char *dot = memchr(name->text, '.', name->length);
            if (dot != NULL) name = name_intern(w->names, name->text, (size_t)(dot - name->text));
        }
        add(w, name, SYMBOL_IMPORT, alias->at);
    }
}

static void visit_try(Walk *w, StmtSeq body, ExceptHandlerSeq handlers, StmtSeq orelse, StmtSeq finalbody) {
    visit_stmts(w, body);
    for (int32_t i = 0; i < handlers.count; i++) {
        const ExceptHandler *h = handlers.items[i];
        visit_optional(w, h->type);
        if (h->name != NULL) add(w, h->name, SYMBOL_LOCAL | SYMBOL_UNBOUND, h->at);
        visit_stmts(w, h->body);
    }
    visit_stmts(w, orelse);
    visit_stmts(w, finalbody);
}

static void visit_with(Walk *w, WithItemSeq items, StmtSeq body) {
    for (int32_t i = 0; i < items.count; i++) {
        visit_expr(w, items.items[i]->context_expr);
        visit_optional(w, items.items[i]->optional_vars);
    }
    visit_stmts(w, body);
}

static void visit_for(Walk *w, const StmtFor *f) {
    visit_expr(w, f->iter);
    visit_expr(w, f->target);
    visit_stmts(w, f->body);
    visit_stmts(w, f->orelse);
}

static void visit_match(Walk *w, const Stmt *s) {
    visit_expr(w, s->Match.subject);
    for (int32_t i = 0; i < s->Match.cases.count; i++) {
        const MatchCase *c = s->Match.cases.items[i];
        visit_pattern(w, c->pattern);
        visit_optional(w, c->guard);
        visit_stmts(w, c->body);
    }
}

// An elif is an If alone in the orelse: followed in a loop.
static void visit_if(Walk *w, const Stmt *s) {
    for (;;) {
        visit_expr(w, s->If.test);
        visit_stmts(w, s->If.body);
        if (s->If.orelse.count != 1 || s->If.orelse.items[0]->kind != STMT_If) break;
        s = s->If.orelse.items[0];
    }
    visit_stmts(w, s->If.orelse);
}

static void visit_stmt(Walk *w, const Stmt *s) {
    switch (s->kind) {
    case STMT_FunctionDef: visit_function(w, s, &s->FunctionDef, false); break;
    case STMT_AsyncFunctionDef: visit_function(w, s, (const StmtFunctionDef *)&s->AsyncFunctionDef, true); break;
    case STMT_ClassDef: visit_class(w, s); break;
    case STMT_Return: visit_optional(w, s->Return.value); break;
    case STMT_Delete: visit_exprs(w, s->Delete.targets); break;
    case STMT_Assign: visit_expr(w, s->Assign.value); visit_exprs(w, s->Assign.targets); break;
    case STMT_TypeAlias: visit_type_alias(w, s); break;
    case STMT_AugAssign: visit_expr(w, s->AugAssign.target); visit_expr(w, s->AugAssign.value); break;
    case STMT_AnnAssign: visit_ann_assign(w, s); break;
    case STMT_For: visit_for(w, &s->For); break;
    case STMT_AsyncFor:
        w->scope->is_coroutine = true;
        visit_for(w, (const StmtFor *)&s->AsyncFor);
        break;
    case STMT_While:
        visit_expr(w, s->While.test);
        visit_stmts(w, s->While.body);
        visit_stmts(w, s->While.orelse);
        break;
    case STMT_If: visit_if(w, s); break;
    case STMT_With: visit_with(w, s->With.items, s->With.body); break;
    case STMT_AsyncWith:
        w->scope->is_coroutine = true;
        visit_with(w, s->AsyncWith.items, s->AsyncWith.body);
        break;
    case STMT_Match: visit_match(w, s); break;
    case STMT_Raise: visit_optional(w, s->Raise.exc); visit_optional(w, s->Raise.cause); break;
    case STMT_Try: visit_try(w, s->Try.body, s->Try.handlers, s->Try.orelse, s->Try.finalbody); break;
    case STMT_TryStar:
        visit_try(w, s->TryStar.body, s->TryStar.handlers, s->TryStar.orelse, s->TryStar.finalbody);
        break;
    case STMT_Assert: visit_expr(w, s->Assert.test); visit_optional(w, s->Assert.msg); break;
    case STMT_Import: visit_aliases(w, s->Import.names, false); break;
    case STMT_ImportFrom: visit_aliases(w, s->ImportFrom.names, true); break;
    case STMT_Global: visit_declaration(w, s, s->Global.names, true); break;
    case STMT_Nonlocal: visit_declaration(w, s, s->Nonlocal.names, false); break;
    case STMT_Expr: visit_expr(w, s->Expr.value); break;
    case STMT_Pass: case STMT_Break: case STMT_Continue: break;
    }
}

static void visit_stmts(Walk *w, StmtSeq body) {
    deeper(w);
    for (int32_t i = 0; i < body.count; i++) visit_stmt(w, body.items[i]);
    w->depth--;
}

SymbolTable *symtable_build(FrontEnd *fe, const Module *module, bool future_annotations, bool top_level_await) {
    SymbolTable *table = arena_new(fe->arena, SymbolTable);
    table->fe = fe;
    table->map_mask = 63;
    table->map = arena_new_array(fe->arena, ScopeEntry, 64);
    NameTable *names = fe->names;
    Walk walk = {
        .fe = fe, .table = table, .names = names, .future_annotations = future_annotations,
        .class_name = name_intern(names, "__class__", 9), .super_name = name_intern(names, "super", 5),
    };
    table->class_name = walk.class_name;
    table->namespace_name = name_intern(names, "__classdict__", 13);
    table->module = enter(&walk, SCOPE_MODULE, name_intern(names, "<module>", 8), module, 1);
    visit_stmts(&walk, module->body);
    symtable_resolve(table);
    return table;
}
