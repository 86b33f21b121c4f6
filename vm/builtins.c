// The module `builtins`: what it is made of, and exit and quit, which the site module adds in CPython.
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

// ---- exit and quit

static Value quitter_call(VM *vm, const Value *args, int argc) {
    Value code = arg_or(args, argc, 1, NONE);
    return raise_with_args(vm, vm->exc.SystemExit, 1, &code);
}

static Value quitter_repr(VM *vm, const Value *args, int argc) {
    Value name = attr_get(vm, args[0], vm->names.name);
    if (is_error(name)) return ERROR;
    return object_or_error(str_printf(vm, "Use %V() or Ctrl-D (i.e. EOF) to exit", name));
}

static const NativeDef quitter_methods[] = {
    {"__call__(self, code=None)", quitter_call, NULL, 0},
    {"__repr__(self, /)", quitter_repr, NULL, 0},
    {0},
};

static bool add_site(VM *vm, Dict *dict) {
    Str *module = str_intern_c(vm, "_sitebuiltins");
    Class *cls = module == NULL ? NULL : class_create_simple(vm, "_sitebuiltins", "Quitter", vm->types.object, NULL);
    if (cls == NULL) return false;
    cls->flags |= CLASS_HAS_DICT;
    for (const NativeDef *def = quitter_methods; def->signature != NULL; def++) {
        Value method = native_new(vm, def, cls, from_object(module));
        if (is_error(method) || !dict_set_str(vm, cls->dict, to_native(method)->name, method)) return false;
    }
    class_changed(vm, cls);
    static const char *const names[] = {"exit", "quit"};
    for (size_t i = 0; i < 2; i++) {
        Value quitter = instance_new(vm, cls);
        Str *name = str_intern_c(vm, names[i]);
        if (is_error(quitter) || name == NULL || !attr_set(vm, quitter, vm->names.name, from_object(name)) ||
            !dict_set_str(vm, dict, name, quitter))
            return false;
    }
    return true;
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
           add_classes(vm, dict) && add_site(vm, dict);
}
