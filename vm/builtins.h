// The module `builtins` is put together from the tables of several files; each ends with a zeroed row.
#ifndef COIL_VM_BUILTINS_H
#define COIL_VM_BUILTINS_H

#include "vm/native.h"

extern const NativeDef builtins_objects[];     // classes and attributes: isinstance, getattr, hash, id, ...
extern const NativeDef builtins_code[];        // compile, exec, eval, globals, __import__, __build_class__, ...
extern const NativeDef builtins_functions[];   // the others: len, print, sorted, ...

// exit, quit, help and the like (builtins_site.c).
MUST_CHECK bool site_init(VM *vm, Dict *builtins);

#endif
