// Modules of the host's, for the importer.
#ifndef COIL_VM_API_MODULE_H
#define COIL_VM_API_MODULE_H

#include "coil.h"

#include "vm/vm.h"

// Is there a table with this name, or one of a submodule of it?
bool host_module_exists(VM *vm, Str *name);
// The table, or NULL when there are only submodules.
const CoilModule *host_module_find(VM *vm, Str *name, bool *out_is_package);
// Puts what the table says into a new module.
MUST_CHECK bool host_module_fill(VM *vm, Module *module, const CoilModule *def);

#endif
