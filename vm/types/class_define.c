// Built-in types from their tables: type_define() fills a class that the bootstrap left empty.
#include "vm/types/class_internal.h"

#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/descriptor.h"
#include "vm/types/str.h"

static bool define_method(VM *vm, Class *cls, const NativeDef *def) {
    Value native = native_new(vm, def, cls, UNDEFINED);
    if (is_error(native)) return false;
    Str *name = to_native(native)->name;
    if (def->role == NATIVE_STATIC_METHOD) native = staticmethod_new(vm, native);
    return !is_error(native) && dict_set_str(vm, cls->dict, name, native);
}

static bool define_getset(VM *vm, Class *cls, const GetSetDef *def) {
    Str *name = str_intern_c(vm, def->name);
    Value descriptor = name == NULL ? ERROR : descriptor_new_getset(vm, cls, def);
    return !is_error(descriptor) && dict_set_str(vm, cls->dict, name, descriptor);
}

static bool class_fill_members(VM *vm, Class *cls, const NativeDef *methods, const GetSetDef *getsets) {
    for (const NativeDef *method = methods; method != NULL && method->signature != NULL; method++)
        if (!define_method(vm, cls, method)) return false;
    for (const GetSetDef *getset = getsets; getset != NULL && getset->name != NULL; getset++)
        if (!define_getset(vm, cls, getset)) return false;
    return true;
}

static void class_defined(VM *vm, Class *cls) {
    if (cls->subclass_count != 0 && cls != vm->types.object) class_changed(vm, cls);
    vm->class_epoch++;
    class_update_flags(vm, cls);
}

bool class_add_members(VM *vm, Class *cls, const NativeDef *methods, const GetSetDef *getsets) {
    if (!class_fill_members(vm, cls, methods, getsets)) return false;
    class_defined(vm, cls);
    return true;
}

static bool define_base(VM *vm, Class *cls, Class *base) {
    class_remove_subclass(cls->base, cls);
    cls->base = base;
    cls->bases = tuple_pack(vm, 1, from_object(base));
    if (cls->bases == NULL) return false;
    gc_write_barrier(vm, cls);
    cls->mro = class_compute_mro(vm, cls);
    gc_write_barrier(vm, cls);
    return cls->mro != NULL && class_add_subclass(vm, base, cls);
}

bool type_define(VM *vm, const TypeDef *def) {
    Class *cls = *def->where;
    if (def->base != NULL && def->base != cls->base && !define_base(vm, cls, def->base)) return false;
    cls->doc = def->doc;
    cls->flags |= def->flags;
    if (cls->base != NULL)
        cls->flags |= cls->base->flags & (CLASS_HAS_DICT | CLASS_HAS_WEAKREF | CLASS_EXCEPTION | CLASS_SEQUENCE | CLASS_MAPPING | CLASS_MATCH_SELF);
    if (def->instance_size != 0) cls->instance_size = (uint16_t)def->instance_size;
    else if (cls->base != NULL) cls->instance_size = cls->base->instance_size;
    gc_write_barrier(vm, cls);
    if (!class_fill_members(vm, cls, def->methods, def->getsets)) return false;
    if (dict_find_str(vm, cls->dict, vm->names.__doc__) == NULL) {
        Str *doc = def->doc == NULL ? NULL : str_from_c(vm, def->doc);
        if (def->doc != NULL && doc == NULL) return false;
        if (!dict_set_str(vm, cls->dict, vm->names.__doc__, doc == NULL ? NONE : from_object(doc))) return false;
    }
    if (dict_find_str(vm, cls->dict, vm->names.__eq__) != NULL && dict_find_str(vm, cls->dict, vm->names.__hash__) == NULL &&
        !dict_set_str(vm, cls->dict, vm->names.__hash__, NONE))
        return false;
    // Instances made before, in the bootstrap, have the shape of the class as it was then; types with attributes are not among them.
    if (cls->flags & CLASS_HAS_DICT) cls->root_shape = NULL;
    class_defined(vm, cls);
    return true;
}
