// The built-in modules: modules.def is the list, modules.c the table that the importer searches.
#ifndef COIL_STDLIB_MODULES_H
#define COIL_STDLIB_MODULES_H

#include "base/pack.h"
#include "vm/native.h"

extern const ModuleDef *const builtin_modules[];   // ends with NULL

// Modules written in Python: serialised code units, packed. Ends with a zeroed row.
typedef struct FrozenModule {
    const char *name;
    const unsigned char *packed;
    uint32_t packed_size, size;
} FrozenModule;
extern const PackCodes frozen_codes;
extern const FrozenModule frozen_modules[];

#endif
