// The module `builtins`: what it is made of.
#include "vm/builtins.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

static bool add(VM *vm, Dict *dict, const char *name, Value value) {
    Str *key = str_intern_c(vm, name);
    return key != NULL && dict_set_str(vm, dict, key, value);
}

static bool add_functions(VM *vm, Dict *dict, const NativeDef *defs, Value module_name) {
    for (; defs->signature != NULL; defs++) {
        Value native = native_new(vm, defs, NULL, module_name);
        if (is_error(native) || !dict_set_str(vm, dict, to_native(native)->name, native)) return false;
    }
    return true;
}

static bool add_constants(VM *vm, Dict *dict) {
    return add(vm, dict, "None", NONE) && add(vm, dict, "True", TRUE_VALUE) && add(vm, dict, "False", FALSE_VALUE) &&
           add(vm, dict, "NotImplemented", NOT_IMPLEMENTED) && add(vm, dict, "Ellipsis", ELLIPSIS) && add(vm, dict, "__debug__", TRUE_VALUE);
}

static bool add_classes(VM *vm, Dict *dict) {
    enum { BUILTIN, HIDDEN };
#define TYPE(field, name, kind, flags) if (flags == BUILTIN && !add(vm, dict, name, from_object(vm->types.field))) return false;
#include "vm/types.def"
#undef TYPE
#define EXCEPTION(name, base, doc) if (!add(vm, dict, #name, from_object(vm->exc.name))) return false;
#include "vm/exceptions.def"
#undef EXCEPTION
    return add(vm, dict, "ExceptionGroup", from_object(vm->exc.ExceptionGroup)) &&
           add(vm, dict, "EnvironmentError", from_object(vm->exc.OSError)) && add(vm, dict, "IOError", from_object(vm->exc.OSError));
}

bool builtins_init(VM *vm) {
    Module *module = module_new(vm, vm->names.builtins, "Functions, types, exceptions and other objects that every program sees.");
    if (module == NULL) return false;
    Dict *dict = vm->builtins = module->dict;
    if (vm->modules == NULL) vm->modules = dict_new(vm);
    if (vm->modules == NULL) return false;
    Value name = from_object(vm->names.builtins);
    return dict_set_str(vm, vm->modules, vm->names.builtins, from_object(module)) && add_functions(vm, dict, builtins_functions, name) &&
           add_functions(vm, dict, builtins_objects, name) && add_functions(vm, dict, builtins_code, name) && add_constants(vm, dict) &&
           add_classes(vm, dict) && site_init(vm, dict);
}
