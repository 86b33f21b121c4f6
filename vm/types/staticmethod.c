// staticmethod and classmethod.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/shape.h"
#include "vm/types/containers.h"
#include "vm/types/container_common.h"
#include "vm/types/descriptor.h"
#include "vm/types/str.h"

void staticmethod_trace(VM *vm, Object *object) { gc_mark_value(vm, ((StaticMethod *)object)->function); }
void classmethod_trace(VM *vm, Object *object) { gc_mark_value(vm, ((StaticMethod *)object)->function); }

static Value wrapper_new(VM *vm, Class *cls, Value function) {
    StaticMethod *wrapper = object_new_of(vm, cls, sizeof *wrapper);
    if (wrapper == NULL) return ERROR;
    wrapper->function = function;
    return from_object(wrapper);
}

Value staticmethod_new(VM *vm, Value function) { return wrapper_new(vm, vm->types.staticmethod, function); }
Value classmethod_new(VM *vm, Value function) { return wrapper_new(vm, vm->types.classmethod, function); }

static Value wrapper_create(VM *vm, const Value *args, int argc) { return wrapper_new(vm, to_class(args[0]), NONE); }

static Value wrapper_initialise(VM *vm, const Value *args, int argc) {
    to_staticmethod(args[0])->function = args[1];
    gc_write_barrier(vm, to_object(args[0]));
    return NONE;
}

static Value static_get(VM *vm, const Value *args, int argc) { return to_staticmethod(args[0])->function; }

static Value static_call(VM *vm, const Value *args, int argc) {
    Tuple *positional = tuple_from_values(vm, args + 2, argc > 2 ? (size_t)argc - 2 : 0);
    return positional == NULL ? ERROR : call_ex(vm, to_staticmethod(args[0])->function, from_object(positional), argc > 1 ? args[1] : UNDEFINED);
}

static Value class_get(VM *vm, const Value *args, int argc) {
    Value cls = arg_or(args, argc, 2, NONE);
    if (is_none(cls)) cls = from_object(class_of(vm, args[1]));
    Value function = to_staticmethod(args[0])->function;
    if (is_object(function) && !is_undefined(class_special(vm, class_of(vm, function), SPECIAL_GET)))
        return bind_descriptor(vm, function, cls, is_class(cls) ? to_class(cls) : class_of(vm, cls));
    return method_new(vm, function, cls);
}

static Value wrapper_repr(VM *vm, const Value *args, int argc) {
    Str *text = str_printf(vm, "<%s(%R)>", is_kind(args[0], KIND_STATICMETHOD) ? "staticmethod" : "classmethod", to_staticmethod(args[0])->function);
    return text == NULL ? ERROR : from_object(text);
}

static Value get_function(VM *vm, Value self) { return to_staticmethod(self)->function; }

static Value get_isabstract(VM *vm, Value self) {
    Value flag = attr_get_optional(vm, to_staticmethod(self)->function, vm->names.__isabstractmethod__);
    int truth = is_undefined(flag) ? 0 : is_error(flag) ? -1 : value_is_true(vm, flag);
    return truth < 0 ? ERROR : from_bool(truth);
}

// The function's own attributes show through.
static Value forward(VM *vm, Value self, Str *name) {
    Value found = attr_get_optional(vm, to_staticmethod(self)->function, name);
    if (!is_undefined(found)) return found;
    return raise_attribute_error(vm, self, name, "'%T' object has no attribute '%S'", self, name);
}

static Value get_name(VM *vm, Value self) { return forward(vm, self, vm->names.__name__); }
static Value get_qualname(VM *vm, Value self) { return forward(vm, self, vm->names.__qualname__); }
static Value get_module(VM *vm, Value self) { return forward(vm, self, vm->names.__module__); }
static Value get_annotations(VM *vm, Value self) { return forward(vm, self, vm->names.__annotations__); }
static Value get_doc(VM *vm, Value self) {
    Value doc = attr_get_optional(vm, to_staticmethod(self)->function, vm->names.__doc__);
    return is_undefined(doc) ? NONE : doc;
}

// CPython copies these when the wrapper is made; here they are copied when somebody asks for the dict.
static Value get_dict(VM *vm, Value self) {
    Dict *dict = instance_dict(vm, to_object(self));
    if (dict == NULL) return ERROR;
    Str *names[] = {vm->names.__module__, vm->names.__name__, vm->names.__qualname__, vm->names.__doc__, vm->names.__annotations__};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (dict_find_str(vm, dict, names[i]) != NULL) continue;
        Value value = attr_get_optional(vm, to_staticmethod(self)->function, names[i]);
        if (is_error(value) || (!is_undefined(value) && !dict_set_str(vm, dict, names[i], value))) return ERROR;
    }
    return from_object(dict);
}

#define COMMON_METHODS \
    {"__new__(cls, /, *args, **kwargs)", wrapper_create, NULL, NATIVE_NEW}, \
    {"__init__(self, function, /)", wrapper_initialise, NULL, NATIVE_METHOD}, \
    {"__repr__(self, /)", wrapper_repr, "Return repr(self).", NATIVE_METHOD}

static const NativeDef static_methods[] = {
    COMMON_METHODS,
    {"__get__(self, instance, owner=None, /)", static_get, NULL, NATIVE_METHOD},
    {"__call__(self, /, *args, **kwargs)", static_call, "Call self as a function.", NATIVE_METHOD},
    {0},
};

static const NativeDef class_methods[] = {
    COMMON_METHODS,
    {"__get__(self, instance, owner=None, /)", class_get, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef getsets[] = {
    {"__func__", get_function, readonly_member, NULL},
    {"__wrapped__", get_function, readonly_member, NULL},
    {"__isabstractmethod__", get_isabstract, NULL, NULL},
    {"__name__", get_name, NULL, NULL},
    {"__qualname__", get_qualname, NULL, NULL},
    {"__module__", get_module, NULL, NULL},
    {"__annotations__", get_annotations, NULL, NULL},
    {"__doc__", get_doc, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL},
    {0},
};

bool staticmethod_init(VM *vm) {
    TypeDef def = {.instance_size = sizeof(StaticMethod), .getsets = getsets, .flags = CLASS_BASETYPE | CLASS_HAS_DICT};
    def.where = &vm->types.staticmethod;
    def.methods = static_methods;
    if (!type_define(vm, &def)) return false;
    def.where = &vm->types.classmethod;
    def.methods = class_methods;
    return type_define(vm, &def);
}
