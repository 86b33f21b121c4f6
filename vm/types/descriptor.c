// Attributes of built-in types that C code computes (getset_descriptor), and the members that __slots__ makes (member_descriptor).
#include "vm/types/descriptor.h"

#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/container_common.h"
#include "vm/types/str.h"

void descriptor_trace(VM *vm, Object *object) {
    gc_mark_object(vm, ((Descriptor *)object)->owner);
    gc_mark_object(vm, ((Descriptor *)object)->name);
}

static Value descriptor_new(VM *vm, Class *cls, Class *owner, Str *name, const GetSetDef *def, uint32_t slot) {
    Shape *shape = class_shape(vm, cls);
    Descriptor *descriptor = shape == NULL ? NULL : object_new(vm, KIND_DESCRIPTOR, shape, sizeof *descriptor);
    if (descriptor == NULL) return ERROR;
    descriptor->owner = owner;
    descriptor->name = name;
    descriptor->def = def;
    descriptor->slot = slot;
    return from_object(descriptor);
}

Value descriptor_new_getset(VM *vm, Class *owner, const GetSetDef *def) {
    Str *name = str_intern_c(vm, def->name);
    Class *cls = def->set == readonly_member ? vm->types.member_descriptor : vm->types.getset_descriptor;
    return name == NULL ? ERROR : descriptor_new(vm, cls, owner, name, def, 0);
}

Value descriptor_new_member(VM *vm, Class *owner, Str *name, uint32_t slot) {
    return descriptor_new(vm, vm->types.member_descriptor, owner, name, NULL, slot);
}

// ---- what they do

static bool descriptor_applies(VM *vm, Descriptor *descriptor, Value object) {
    if (is_instance(vm, object, descriptor->owner)) return true;
    raise_type_error(vm, "descriptor '%S' for '%C' objects doesn't apply to a '%T' object", descriptor->name, descriptor->owner, object);
    return false;
}

Value descriptor_get(VM *vm, Descriptor *descriptor, Value object) {
    if (!stack_check(vm)) return ERROR;   // a getter may ask another object, which may ask this one
    if (!descriptor_applies(vm, descriptor, object)) return ERROR;
    if (descriptor->def != NULL) return descriptor->def->get(vm, object);
    Value value = *object_slot(to_object(object), to_object(object)->shape, descriptor->slot);
    if (LIKELY(!is_undefined(value))) return value;
    return raise_attribute_error(vm, object, descriptor->name, "'%T' object has no attribute '%S'", object, descriptor->name);
}

bool descriptor_set(VM *vm, Descriptor *descriptor, Value object, Value value) {
    if (!descriptor_applies(vm, descriptor, object)) return false;
    if (descriptor->def != NULL) {
        if (descriptor->def->set != NULL) return !is_error(descriptor->def->set(vm, object, value));
        raise_error(vm, vm->exc.AttributeError, "attribute '%S' of '%C' objects is not writable", descriptor->name, descriptor->owner);
        return false;
    }
    Value *slot = object_slot(to_object(object), to_object(object)->shape, descriptor->slot);
    if (is_undefined(value) && is_undefined(*slot)) {
        raise_error(vm, vm->exc.AttributeError, "%S", descriptor->name);
        return false;
    }
    *slot = value;
    gc_write_barrier(vm, to_object(object));
    return true;
}

// ---- as methods

static Value method_get(VM *vm, const Value *args, int argc) {
    Value object = args[1], cls = arg_or(args, argc, 2, NONE);
    if (is_none(object) && is_none(cls)) return raise_type_error(vm, "__get__(None, None) is invalid");
    return is_none(object) ? args[0] : descriptor_get(vm, to_descriptor(args[0]), object);
}

static Value method_set(VM *vm, const Value *args, int argc) {
    return descriptor_set(vm, to_descriptor(args[0]), args[1], args[2]) ? NONE : ERROR;
}

static Value method_delete(VM *vm, const Value *args, int argc) {
    return descriptor_set(vm, to_descriptor(args[0]), args[1], UNDEFINED) ? NONE : ERROR;
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    Descriptor *descriptor = to_descriptor(args[0]);
    const char *what = descriptor->head.shape->cls == vm->types.getset_descriptor ? "attribute" : "member";
    Str *text = str_printf(vm, "<%s '%S' of '%C' objects>", what, descriptor->name, descriptor->owner);
    return text == NULL ? ERROR : from_object(text);
}

static Value get_name(VM *vm, Value self) { return from_object(to_descriptor(self)->name); }
static Value get_objclass(VM *vm, Value self) { return from_object(to_descriptor(self)->owner); }

static Value get_qualname(VM *vm, Value self) {
    Str *text = str_printf(vm, "%S.%S", to_descriptor(self)->owner->qualname, to_descriptor(self)->name);
    return text == NULL ? ERROR : from_object(text);
}

static Value get_doc(VM *vm, Value self) {
    const GetSetDef *def = to_descriptor(self)->def;
    if (def == NULL || def->doc == NULL) return NONE;
    Str *text = str_from_c(vm, def->doc);
    return text == NULL ? ERROR : from_object(text);
}

static const NativeDef methods[] = {
    {"__get__(self, instance, owner=None, /)", method_get, "Return an attribute of instance, which is of type owner.", NATIVE_METHOD},
    {"__set__(self, instance, value, /)", method_set, "Set an attribute of instance to value.", NATIVE_METHOD},
    {"__delete__(self, instance, /)", method_delete, "Delete an attribute of instance.", NATIVE_METHOD},
    {"__repr__(self, /)", method_repr, "Return repr(self).", NATIVE_METHOD},
    {0},
};

static const GetSetDef getsets[] = {
    {"__name__", get_name, readonly_member, NULL},
    {"__objclass__", get_objclass, readonly_member, NULL},
    {"__qualname__", get_qualname, NULL, NULL},
    {"__doc__", get_doc, NULL, NULL},
    {0},
};

bool descriptor_init(VM *vm) {
    TypeDef def = {.instance_size = sizeof(Descriptor), .methods = methods, .getsets = getsets, .flags = CLASS_DISALLOW_INSTANTIATION};
    def.where = &vm->types.getset_descriptor;
    if (!type_define(vm, &def)) return false;
    def.where = &vm->types.member_descriptor;
    return type_define(vm, &def);
}
