// weakref: references that do not keep their object alive. (The containers and proxies of Python's weakref are not there yet.)
#include "stdlib/modules.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/weakref.h"

static Value weakref_getweakrefcount(VM *vm, const Value *args, int argc) { return from_int(weakref_count(vm, args[0])); }
static Value weakref_getweakrefs(VM *vm, const Value *args, int argc) {
    List *list = weakref_list(vm, args[0]);
    return list != NULL ? from_object(list) : ERROR;
}

static const NativeDef weakref_functions[] = {
    {"getweakrefcount(object, /)", weakref_getweakrefcount, "Return the number of weak references to 'object'.", 0},
    {"getweakrefs(object, /)", weakref_getweakrefs, "Return a list of all weak reference objects pointing to 'object'.", 0},
    {0},
};

static bool weakref_module_init(VM *vm, Module *module) {
    Value cls = from_object(vm->types.weakref);
    return module_add(vm, module, "ref", cls) && module_add(vm, module, "ReferenceType", cls);
}

const ModuleDef module_weakref = {"weakref", "Weak reference support: references that do not keep their object alive.", weakref_functions, weakref_module_init};
