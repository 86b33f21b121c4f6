// The built-in modules: modules.def is the list, modules.c the table that the importer searches.
#ifndef COIL_STDLIB_MODULES_H
#define COIL_STDLIB_MODULES_H

#include "vm/native.h"

extern const ModuleDef *const builtin_modules[];   // ends with NULL

// Modules written in Python: serialised code units. Ends with a zeroed row.
typedef struct FrozenModule { const char *name; const unsigned char *unit; size_t size; } FrozenModule;
extern const FrozenModule frozen_modules[];

#endif
