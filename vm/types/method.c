// Bound methods: of Python functions (`method`), of native ones (which Python calls builtin_function_or_method), and of special methods
// of built-in types (method-wrapper). All are a function and the object to call it with.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/str.h"

static Method *to_method(Value v) { return (Method *)to_object(v); }

Value method_new(VM *vm, Value function, Value self) {
    Class *cls = vm->types.method;
    if (is_native(function)) {
        bool special = to_object(function)->shape->cls == vm->types.wrapper_descriptor;
        cls = special ? vm->types.method_wrapper : vm->types.native;
    }
    Shape *shape = cls->root_shape != NULL ? cls->root_shape : class_shape(vm, cls);
    Method *method = shape == NULL ? NULL : object_new(vm, KIND_METHOD, shape, sizeof *method);
    if (method == NULL) return ERROR;
    method->function = function;
    method->self = self;
    return from_object(method);
}

void method_trace(VM *vm, Object *object) {
    gc_mark_value(vm, ((Method *)object)->function);
    gc_mark_value(vm, ((Method *)object)->self);
}

// ---- what Python sees

static Value method_get_function(VM *vm, Value self) { return to_method(self)->function; }
static Value method_get_self(VM *vm, Value self) { return to_method(self)->self; }

static Value method_get_doc(VM *vm, Value self) {
    Value doc = attr_get_optional(vm, to_method(self)->function, vm->names.__doc__);
    return is_undefined(doc) ? NONE : doc;
}

// Attributes that a method does not have are the function's.
static Value method_get_attribute(VM *vm, const Value *args, int argc) {
    Str *name = is_str(args[1]) ? str_intern(vm, to_str(args[1])) : NULL;
    if (name == NULL) return is_raised(vm) ? ERROR : raise_type_error(vm, "attribute name must be string, not '%T'", args[1]);
    if (is_undefined(class_lookup(vm, class_of(vm, args[0]), name))) return attr_get(vm, to_method(args[0])->function, name);
    return attr_get_generic(vm, args[0], name);
}

static Value method_repr(VM *vm, const Value *args, int argc) {
    Method *method = to_method(args[0]);
    Value name = attr_get_optional(vm, method->function, vm->names.__qualname__);
    if (is_undefined(name)) name = attr_get_optional(vm, method->function, vm->names.__name__);
    if (is_error(name)) return ERROR;
    Str *s = is_str(name) ? str_printf(vm, "<bound method %V of %R>", name, method->self)
                          : str_printf(vm, "<bound method ? of %R>", method->self);
    return s == NULL ? ERROR : from_object(s);
}

// (A native function that is not bound shares its class with bound ones, and is equal to itself alone.)
Value method_equal(VM *vm, const Value *args, int argc) {
    if (!is_kind(args[0], KIND_METHOD)) return value_same(args[0], args[1]) ? TRUE_VALUE : NOT_IMPLEMENTED;
    if (!is_kind(args[1], KIND_METHOD)) return NOT_IMPLEMENTED;
    Method *a = to_method(args[0]), *b = to_method(args[1]);
    if (a->head.shape != b->head.shape) return NOT_IMPLEMENTED;
    if (!value_same(a->self, b->self)) return FALSE_VALUE;
    int equal = values_equal(vm, a->function, b->function);
    return equal < 0 ? ERROR : from_bool(equal);
}

Value method_hash(VM *vm, const Value *args, int argc) {
    if (!is_kind(args[0], KIND_METHOD)) return from_int(object_id(vm, args[0]));
    int64_t hash;
    if (!hash_value(vm, to_method(args[0])->function, &hash)) return ERROR;
    uint64_t mixed = (uint64_t)object_id(vm, to_method(args[0])->self) * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)hash;
    return from_int((int64_t)(mixed >> 4));
}

static Value method_create(VM *vm, const Value *args, int argc) {
    if (!is_callable(vm, args[1])) return raise_type_error(vm, "first argument must be callable");
    if (is_none(args[2])) return raise_type_error(vm, "instance must not be None");
    return method_new(vm, args[1], args[2]);
}

static const NativeDef method_methods[] = {
    {"__call__(self, /, *args, **kwargs)", callable_call, NULL, NATIVE_METHOD},
    {"__new__(cls, function, instance, /)", method_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", method_repr, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", method_equal, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", method_hash, NULL, NATIVE_METHOD},
    {"__getattribute__(self, name, /)", method_get_attribute, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef method_getsets[] = {
    {"__func__", method_get_function, readonly_member, NULL},
    {"__self__", method_get_self, readonly_member, NULL},
    {"__doc__", method_get_doc, NULL, NULL},
    {0},
};

bool method_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.method, .instance_size = sizeof(Method), .methods = method_methods,
                                      .getsets = method_getsets});
}
