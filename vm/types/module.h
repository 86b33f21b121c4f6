// Module objects.
#ifndef COIL_VM_TYPES_MODULE_H
#define COIL_VM_TYPES_MODULE_H

#include "vm/native.h"

struct Module { Object head; Dict *dict; Str *name; };
#define is_module(v) is_kind(v, KIND_MODULE)
static inline Module *to_module(Value v) { return (Module *)to_object(v); }
MUST_CHECK Module *module_new(VM *vm, Str *name, const char *doc);
MUST_CHECK bool module_add(VM *vm, Module *module, const char *name, Value value);   // false at once for an ERROR
MUST_CHECK Module *module_from_def(VM *vm, const ModuleDef *def);

// ---- vm/import.c
MUST_CHECK Value import_module(VM *vm, Str *name, Dict *globals_or_null, Value fromlist, int level);   // __import__
MUST_CHECK Value import_from(VM *vm, Value module, Str *name);            // `from module import name`
// Makes the module sys: an INIT row. main_module_new() makes __main__.
MUST_CHECK bool sys_modules_init(VM *vm);
MUST_CHECK bool main_module_new(VM *vm);
// Executes a source file as module `name` (in sys.modules already when it is __main__): sets __file__, __spec__ and so on.
MUST_CHECK Value module_run_file(VM *vm, Module *module, Str *path);
// Path of the file that `-m name` runs: the module's, or its __main__.py for a package. NULL with ImportError. *out_package is its __package__.
MUST_CHECK Str *import_find_main(VM *vm, Str *name, Str **out_package);

#endif
