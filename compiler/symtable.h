// Scopes and symbols: which name means what where, decided before any code is made.
//
// One walk over the tree gathers, for each block, how its names are used; then every name is resolved: to a local, a
// cell (a local that inner functions capture), a free variable, or a global.
//
// List, set and dict comprehensions have scopes of their own, but most are `inlined`: their code becomes part of the
// function around them and their variables are registers there. Crossing the border of an inlined scope does not make a
// captured variable.
#ifndef COIL_COMPILER_SYMTABLE_H
#define COIL_COMPILER_SYMTABLE_H

#include <stdbool.h>

#include "lexer/frontend.h"
#include "parser/ast.h"

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION,
    SCOPE_LAMBDA,
    SCOPE_COMPREHENSION,   // generator expressions too
    SCOPE_TYPE_PARAMS,     // hidden function around a generic function, class or alias: holds the type parameters
    SCOPE_TYPE_VALUE,      // hidden function that computes a bound or the value of a type alias when asked
    SCOPE_ANNOTATION,      // annotation that is kept as text: only looked through for what is not allowed
} ScopeKind;

typedef enum ComprehensionKind {
    COMPREHENSION_NONE, COMPREHENSION_LIST, COMPREHENSION_SET, COMPREHENSION_DICT, COMPREHENSION_GENERATOR,
} ComprehensionKind;

// How a block uses a name.
enum {
    SYMBOL_GLOBAL = 1,         // declared global
    SYMBOL_LOCAL = 2,          // assigned
    SYMBOL_PARAM = 4,
    SYMBOL_NONLOCAL = 8,       // declared nonlocal
    SYMBOL_USE = 16,
    SYMBOL_IMPORT = 32,
    SYMBOL_ANNOTATED = 64,
    SYMBOL_ITERATION = 128,    // target of a comprehension's for
    SYMBOL_WALRUS = 256,       // some := in the block (or in a comprehension inlined there) assigns it
    SYMBOL_UNBOUND = 512,      // some del or except clause unbinds it
    SYMBOL_TYPE_PARAM = 1024,
    SYMBOL_BOUND = SYMBOL_LOCAL | SYMBOL_PARAM | SYMBOL_IMPORT,
};

typedef enum Binding {
    BINDING_NONE,
    BINDING_LOCAL,
    BINDING_CELL,
    BINDING_FREE,
    BINDING_GLOBAL,            // declared so
    BINDING_GLOBAL_IMPLICIT,
    BINDING_OUTER,             // of an inlined comprehension: what the name means around it
} Binding;

typedef struct Symbol {
    const Name *name;
    uint32_t flags;
    Binding binding;
    bool in_class_first;       // annotation scope in a class: the class's namespace is asked first
    bool passes_through;       // a class body binds the name and also hands an outer one to its methods
    uint32_t register_;        // BINDING_LOCAL and BINDING_CELL (set while compiling for inlined comprehensions)
    uint32_t free_index;       // BINDING_FREE or passes_through
    uint32_t slot;             // bit in the set of variables known to be bound
    Position at;               // of the declaration, for errors
} Symbol;

typedef struct Scope Scope;
struct Scope {
    ScopeKind kind;
    ComprehensionKind comprehension;
    const Name *name;
    const Name *private_name;  // of the innermost class, for mangling
    Scope *parent, *first_child, *last_child, *next_sibling;
    bool inlined;
    bool no_inlining;          // calls locals(), eval() or the like, which would see the difference
    bool nested;               // inside a function
    bool is_generator, is_coroutine;
    bool is_async_def;
    bool in_class_namespace;   // annotation scope directly inside a class
    bool in_iteration_target;  // while walking a comprehension
    int in_iterable;           // likewise
    int line;

    Symbol **symbols;          // in order of appearance
    uint32_t symbol_count, symbol_capacity;
    uint32_t *table;           // open addressing over symbol numbers + 1; NULL while there are few
    uint32_t table_mask;

    Symbol *class_cell;        // class: the cell __class__, there when a method uses it or super()
    Symbol *namespace_cell;    // class: __classdict__, there when an annotation scope inside looks names up in it
    Symbol **locals;           // by register
    uint32_t local_count;
    Symbol **frees;            // by index
    uint32_t free_count;
    uint32_t slot_count;       // locals, and variables of the comprehensions inlined here
};

typedef struct SymbolTable SymbolTable;

// Leaves through fe->leave where the program breaks a rule about names.
SymbolTable *symtable_build(FrontEnd *fe, const Module *module, bool future_annotations, bool top_level_await);

Scope *symtable_module(const SymbolTable *table);
// The scope of a function, lambda, class, comprehension or type alias; `symtable_inner` the second one of a node that
// has type parameters (NULL-safe: asks only for what the walk has made).
Scope *symtable_scope(const SymbolTable *table, const void *node);
Scope *symtable_type_params(const SymbolTable *table, const void *node);

// The symbol, or NULL. The name is mangled already.
Symbol *scope_find(const Scope *scope, const Name *name);
// _Class__name for a __name inside a class.
const Name *name_mangle(FrontEnd *fe, const Name *private_name, const Name *name);

bool has_keyword_defaults(const Arguments *a);

static inline bool scope_is_function_like(const Scope *scope) {
    return scope->kind != SCOPE_MODULE && scope->kind != SCOPE_CLASS;
}

static inline SourceRange range_of(Position at) {
    return (SourceRange){at.lineno, at.col_offset, at.end_lineno, at.end_col_offset};
}

#define raise_at(fe, at, ...) diag_raise_compiling((fe), DIAG_SYNTAX_ERROR, range_of(at), __VA_ARGS__)

enum { COMPILER_DEPTH_MAX = 1500 };
_Noreturn void compiler_too_deep(FrontEnd *fe);

#endif
