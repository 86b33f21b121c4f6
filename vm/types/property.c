// property.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/descriptor.h"
#include "vm/types/container_common.h"
#include "vm/types/str.h"

void property_trace(VM *vm, Object *object) {
    Property *property = (Property *)object;
    gc_mark_value(vm, property->getter);
    gc_mark_value(vm, property->setter);
    gc_mark_value(vm, property->deleter);
    gc_mark_value(vm, property->doc);
    gc_mark_value(vm, property->name);
}

static Value raise_missing(VM *vm, Property *property, Value object, const char *what) {
    Str *qualname = class_of(vm, object)->qualname;
    if (is_undefined(property->name) || is_none(property->name))
        return raise_error(vm, vm->exc.AttributeError, "property of %R object has no %s", from_object(qualname), what);
    return raise_error(vm, vm->exc.AttributeError, "property %R of %R object has no %s", property->name, from_object(qualname), what);
}

Value property_get(VM *vm, Property *property, Value object) {
    if (is_undefined(property->getter) || is_none(property->getter)) return raise_missing(vm, property, object, "getter");
    return call1(vm, property->getter, object);
}

bool property_set(VM *vm, Property *property, Value object, Value value) {
    bool deleting = is_undefined(value);
    Value function = deleting ? property->deleter : property->setter;
    if (is_undefined(function) || is_none(function)) {
        raise_missing(vm, property, object, deleting ? "deleter" : "setter");
        return false;
    }
    return !is_error(deleting ? call1(vm, function, object) : call2(vm, function, object, value));
}

// ---- making

static Value property_create(VM *vm, const Value *args, int argc) {
    Property *property = object_new_of(vm, to_class(args[0]), sizeof *property);
    if (property == NULL) return ERROR;
    property->getter = property->setter = property->deleter = property->doc = NONE;
    property->name = UNDEFINED;
    return from_object(property);
}

static bool property_fill(VM *vm, Value self, Value getter, Value setter, Value deleter, Value doc) {
    Property *property = to_property(self);
    property->getter = getter;
    property->setter = setter;
    property->deleter = deleter;
    property->doc = doc;
    property->head.flags = 0;
    gc_write_barrier(vm, property);
    if (!is_none(doc) || is_none(getter)) return true;
    Value found = attr_get_optional(vm, getter, vm->names.__doc__);
    if (is_error(found)) return false;
    if (is_undefined(found)) return true;
    property->head.flags = 1;   // the getter's: a copy with another getter takes that one's
    // A subclass's own __doc__ would hide the one of property.
    if (class_of(vm, self)->flags & CLASS_HEAP) return attr_set(vm, self, vm->names.__doc__, found);
    property->doc = found;
    gc_write_barrier(vm, property);
    return true;
}

static Value property_initialise(VM *vm, const Value *args, int argc) {
    bool done = property_fill(vm, args[0], arg_or(args, argc, 1, NONE), arg_or(args, argc, 2, NONE), arg_or(args, argc, 3, NONE),
                              arg_or(args, argc, 4, NONE));
    return done ? NONE : ERROR;
}

// property.getter(f) and its kin: a copy with one function replaced.
static Value property_copy(VM *vm, Value self, Value getter, Value setter, Value deleter) {
    Property *old = to_property(self);
    if (is_undefined(getter)) getter = old->getter;
    if (is_undefined(setter)) setter = old->setter;
    if (is_undefined(deleter)) deleter = old->deleter;
    Value doc = old->head.flags & 1 && !is_none(getter) ? NONE : old->doc;
    Class *cls = class_of(vm, self);
    Value args[4] = {getter, setter, deleter, doc}, copy;
    if (cls == vm->types.property) {
        Value class_value = from_object(cls);
        copy = property_create(vm, &class_value, 1);
        if (is_error(copy) || !property_fill(vm, copy, getter, setter, deleter, doc)) return ERROR;
    } else {
        copy = call_value(vm, from_object(cls), args, 4);
        if (is_error(copy)) return ERROR;
    }
    if (is_kind(copy, KIND_PROPERTY)) {
        to_property(copy)->name = old->name;
        gc_write_barrier(vm, to_object(copy));
    }
    return copy;
}

static Value property_getter(VM *vm, const Value *args, int argc) { return property_copy(vm, args[0], args[1], UNDEFINED, UNDEFINED); }
static Value property_setter(VM *vm, const Value *args, int argc) { return property_copy(vm, args[0], UNDEFINED, args[1], UNDEFINED); }
static Value property_deleter(VM *vm, const Value *args, int argc) { return property_copy(vm, args[0], UNDEFINED, UNDEFINED, args[1]); }

// ---- as methods

static Value method_get(VM *vm, const Value *args, int argc) {
    return is_none(args[1]) ? args[0] : property_get(vm, to_property(args[0]), args[1]);
}

static Value method_set(VM *vm, const Value *args, int argc) {
    return property_set(vm, to_property(args[0]), args[1], args[2]) ? NONE : ERROR;
}

static Value method_delete(VM *vm, const Value *args, int argc) {
    return property_set(vm, to_property(args[0]), args[1], UNDEFINED) ? NONE : ERROR;
}

static Value method_set_name(VM *vm, const Value *args, int argc) {
    if (argc != 3) return raise_type_error(vm, "__set_name__() takes 2 positional arguments but %d were given", argc - 1);
    to_property(args[0])->name = args[2];
    gc_write_barrier(vm, to_object(args[0]));
    return NONE;
}

static Value get_getter(VM *vm, Value self) { return to_property(self)->getter; }
static Value get_setter(VM *vm, Value self) { return to_property(self)->setter; }
static Value get_deleter(VM *vm, Value self) { return to_property(self)->deleter; }
static Value get_doc(VM *vm, Value self) { return to_property(self)->doc; }

static Value set_doc(VM *vm, Value self, Value value) {
    to_property(self)->doc = is_undefined(value) ? NONE : value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

static Value get_isabstract(VM *vm, Value self) {
    Value functions[3] = {to_property(self)->getter, to_property(self)->setter, to_property(self)->deleter};
    for (int i = 0; i < 3; i++) {
        if (is_none(functions[i]) || is_undefined(functions[i])) continue;
        Value flag = attr_get_optional(vm, functions[i], vm->names.__isabstractmethod__);
        int truth = is_undefined(flag) ? 0 : is_error(flag) ? -1 : value_is_true(vm, flag);
        if (truth != 0) return truth < 0 ? ERROR : TRUE_VALUE;
    }
    return FALSE_VALUE;
}

static const NativeDef methods[] = {
    {"__new__(cls, /, *args, **kwargs)", property_create, NULL, NATIVE_NEW},
    {"__init__(self, /, fget=None, fset=None, fdel=None, doc=None)", property_initialise, NULL, NATIVE_METHOD},
    {"getter(self, function, /)", property_getter, "Descriptor to obtain a copy of the property with a different getter.", NATIVE_METHOD},
    {"setter(self, function, /)", property_setter, "Descriptor to obtain a copy of the property with a different setter.", NATIVE_METHOD},
    {"deleter(self, function, /)", property_deleter, "Descriptor to obtain a copy of the property with a different deleter.", NATIVE_METHOD},
    {"__get__(self, instance, owner=None, /)", method_get, "Return an attribute of instance, which is of type owner.", NATIVE_METHOD},
    {"__set__(self, instance, value, /)", method_set, "Set an attribute of instance to value.", NATIVE_METHOD},
    {"__delete__(self, instance, /)", method_delete, "Delete an attribute of instance.", NATIVE_METHOD},
    {"__set_name__(self, /, *args)", method_set_name, "Method to set name of a property.", NATIVE_METHOD},
    {0},
};

static const GetSetDef getsets[] = {
    {"fget", get_getter, readonly_member, NULL},
    {"fset", get_setter, readonly_member, NULL},
    {"fdel", get_deleter, readonly_member, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__isabstractmethod__", get_isabstract, NULL, NULL},
    {0},
};

bool property_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.property, .instance_size = sizeof(Property), .methods = methods, .getsets = getsets,
                                      .flags = CLASS_BASETYPE});
}
