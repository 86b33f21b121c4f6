// What symtable.c (the walk) and symresolve.c (the decisions) share.
#ifndef COIL_COMPILER_SYMTABLE_INTERNAL_H
#define COIL_COMPILER_SYMTABLE_INTERNAL_H

#include "compiler/symtable.h"

typedef struct ScopeEntry {
    const void *node;
    Scope *scope;
} ScopeEntry;

struct SymbolTable {
    FrontEnd *fe;
    Scope *module;
    ScopeEntry *map;               // open addressing over node addresses
    uint32_t map_mask, map_count;
    const Name *class_name, *namespace_name;
};

typedef struct Walk {
    FrontEnd *fe;
    SymbolTable *table;
    NameTable *names;
    Scope *scope;
    const Name *private_name, *class_name, *super_name;
    bool future_annotations;
    int depth;
} Walk;

// The symbol, made if the scope has none of that name.
Symbol *scope_symbol(Arena *arena, Scope *scope, const Name *name);
void symtable_resolve(SymbolTable *table);

#endif
