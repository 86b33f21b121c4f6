// Module objects: a name and a dict of globals.
#include "vm/types/module.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/container_common.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/str.h"

void module_trace(VM *vm, Object *object) {
    Module *module = (Module *)object;
    gc_mark_object(vm, module->dict);
    gc_mark_object(vm, module->name);
}

static bool module_fill(VM *vm, Module *module, Str *name, Value doc) {
    Dict *dict = module->dict != NULL ? module->dict : dict_new(vm);   // __init__ may run again
    if (dict == NULL) return false;
    module->dict = dict;
    module->name = name;
    gc_write_barrier(vm, module);
    return dict_set_str(vm, dict, vm->names.__name__, from_object(name)) && dict_set_str(vm, dict, vm->names.__doc__, doc) &&
           dict_set_str(vm, dict, vm->names.__package__, NONE) && dict_set_str(vm, dict, vm->names.__loader__, NONE) &&
           dict_set_str(vm, dict, vm->names.__spec__, NONE);
}

Module *module_new(VM *vm, Str *name, const char *doc) {
    Module *module = object_new_of(vm, vm->types.module, sizeof *module);
    if (module == NULL) return NULL;
    Value text = NONE;
    if (doc != NULL) {
        Str *s = str_from_c(vm, doc);
        if (s == NULL) return NULL;
        text = from_object(s);
    }
    return module_fill(vm, module, name, text) ? module : NULL;
}

bool module_add(VM *vm, Module *module, const char *name, Value value) {
    if (is_error(value)) return false;
    Str *key = str_intern_c(vm, name);
    return key != NULL && dict_set_str(vm, module->dict, key, value);
}

Module *module_from_def(VM *vm, const ModuleDef *def) {
    Str *name = str_intern_c(vm, def->name);
    Module *module = name == NULL ? NULL : module_new(vm, name, def->doc);
    if (module == NULL) return NULL;
    for (const NativeDef *function = def->functions; function != NULL && function->signature != NULL; function++) {
        Value native = native_new(vm, function, NULL, from_object(name));
        if (is_error(native)) return NULL;
        if (!dict_set_str(vm, module->dict, to_native(native)->name, native)) return NULL;
    }
    return def->init == NULL || def->init(vm, module) ? module : NULL;
}

// ---- the Python-visible type

static Value module_method_new(VM *vm, const Value *args, int argc) {
    Module *module = object_new_of(vm, (Class *)to_object(args[0]), sizeof *module);
    if (module == NULL) return ERROR;
    module->dict = dict_new(vm);
    gc_write_barrier(vm, module);
    return module->dict != NULL ? from_object(module) : ERROR;
}

static Value module_method_init(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "module.__init__() argument 1 must be str, not %A", args[1]);
    Str *name = str_intern(vm, to_str(args[1]));
    return name != NULL && module_fill(vm, to_module(args[0]), name, arg_or(args, argc, 2, NONE)) ? NONE : ERROR;
}

static Value module_repr(VM *vm, const Value *args, int argc) {
    Module *module = to_module(args[0]);
    Value name = dict_get_str(vm, module->dict, vm->names.__name__), file = dict_get_str(vm, module->dict, vm->names.__file__);
    if (is_undefined(name)) name = from_object(str_from_c(vm, "?"));
    Value loader = dict_get_str(vm, module->dict, vm->names.__loader__);
    Str *text;
    if (is_str(file)) text = str_printf(vm, "<module %R from %R>", name, file);
    else if (is_none(dict_get_str(vm, module->dict, vm->names.__spec__)) || is_undefined(dict_get_str(vm, module->dict, vm->names.__spec__)))
        text = is_undefined(loader) || is_none(loader) ? str_printf(vm, "<module %R>", name) : str_printf(vm, "<module %R (%R)>", name, loader);
    else text = str_printf(vm, "<module %R (built-in)>", name);
    return text != NULL ? from_object(text) : ERROR;
}

static Value module_dir(VM *vm, const Value *args, int argc) {
    Value dict = attr_get(vm, args[0], vm->names.__dict__);
    if (is_error(dict)) return ERROR;
    if (!is_dict(dict)) return raise_type_error(vm, "<module>.__dict__ is not a dictionary");
    Value own = dict_get_str(vm, to_dict(dict), vm->names.__dir__);
    if (!is_undefined(own)) return call0(vm, own);
    List *names = list_from_iterable(vm, dict);
    return names != NULL ? from_object(names) : ERROR;
}

static Value module_get_dict(VM *vm, Value self) { return from_object(to_module(self)->dict); }

static const NativeDef module_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", module_method_new, "Create and return a new object.", NATIVE_NEW},
    {"__init__(self, name, doc=None)", module_method_init, "Initialize self.", 0},
    {"__repr__(self, /)", module_repr, "Return repr(self).", 0},
    {"__dir__(self, /)", module_dir, "__dir__() -> list\nspecialized dir() implementation", 0},
    {0},
};
static Value module_get_annotations(VM *vm, Value self) {
    Dict *own = to_module(self)->dict;
    Value annotations = dict_get_str(vm, own, vm->names.__annotations__);
    if (!is_undefined(annotations)) return annotations;
    Dict *fresh = dict_new(vm);
    return fresh != NULL && dict_set_str(vm, own, vm->names.__annotations__, from_object(fresh)) ? from_object(fresh) : ERROR;
}

static Value module_set_annotations(VM *vm, Value self, Value value) {
    Dict *own = to_module(self)->dict;
    if (!is_undefined(value)) return dict_set_str(vm, own, vm->names.__annotations__, value) ? NONE : ERROR;
    int deleted = dict_delete(vm, own, from_object(vm->names.__annotations__));
    return deleted < 0 ? ERROR : deleted ? NONE : raise_error(vm, vm->exc.AttributeError, "__annotations__");
}

static const GetSetDef module_getsets[] = {
    {"__dict__", module_get_dict, readonly_member, NULL},
    {"__annotations__", module_get_annotations, module_set_annotations, NULL},
    {0},
};

bool module_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.module, .doc = "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
                                      .instance_size = sizeof(Module), .methods = module_methods, .getsets = module_getsets,
                                      .flags = CLASS_BASETYPE | CLASS_HAS_WEAKREF});
}
