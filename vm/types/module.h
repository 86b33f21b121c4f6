// Module objects.
#ifndef COIL_VM_TYPES_MODULE_H
#define COIL_VM_TYPES_MODULE_H

#include "vm/native.h"

struct Module { Object head; Dict *dict; Str *name; };
#define is_module(v) is_kind(v, KIND_MODULE)
static inline Module *to_module(Value v) { return (Module *)to_object(v); }
MUST_CHECK Module *module_new(VM *vm, Str *name, const char *doc);
MUST_CHECK bool module_add(VM *vm, Module *module, const char *name, Value value);
MUST_CHECK Module *module_from_def(VM *vm, const ModuleDef *def);
MUST_CHECK Value import_module(VM *vm, Str *name, Dict *globals_or_null, Value fromlist, int level);   // __import__

#endif
