// types.SimpleNamespace: an object with the attributes it is called with.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

static Value namespace_create(VM *vm, const Value *args, int argc) { return instance_new(vm, to_class(args[0])); }

// args: self, keywords, extra positional ones
static Value namespace_initialise(VM *vm, const Value *args, int argc) {
    if (argc > 2) return raise_type_error(vm, "no positional arguments expected");
    if (argc < 2 || is_undefined(args[1])) return NONE;
    Dict *dict = instance_dict(vm, to_object(args[0]));
    return dict != NULL && dict_update(vm, dict, args[1]) ? NONE : ERROR;
}

static bool repr_items(VM *vm, StrBuilder *b, Dict *dict) {
    bool first = true;
    size_t position = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) {
        if (!is_str(key) || to_str(key)->length == 0) continue;
        if (!first) str_builder_add_c(b, ", ");
        first = false;
        Str *text = value_repr(vm, value);
        if (text == NULL) return false;
        str_builder_add_str(b, to_str(key));
        str_builder_add_c(b, "=");
        str_builder_add_str(b, text);
    }
    return true;
}

static Value namespace_repr(VM *vm, const Value *args, int argc) {
    Class *cls = class_of(vm, args[0]);
    StrBuilder b = STR_BUILDER(vm);
    if (cls == vm->types.simple_namespace) str_builder_add_c(&b, "namespace");
    else str_builder_add_str(&b, cls->name);
    if (!repr_enter(vm, to_object(args[0]))) {
        if (is_raised(vm)) {
            str_builder_cancel(&b);
            return ERROR;
        }
        str_builder_add_c(&b, "(...)");
    } else {
        str_builder_add_c(&b, "(");
        Dict *dict = instance_dict(vm, to_object(args[0]));
        bool done = dict != NULL && repr_items(vm, &b, dict);
        repr_leave(vm, to_object(args[0]));
        if (!done) {
            str_builder_cancel(&b);
            return ERROR;
        }
        str_builder_add_c(&b, ")");
    }
    Str *text = str_builder_finish(&b);
    return text == NULL ? ERROR : from_object(text);
}

static Value namespace_compare(VM *vm, CompareOp op, const Value *args) {
    if (!is_kind(args[0], KIND_NAMESPACE) || !is_kind(args[1], KIND_NAMESPACE)) return NOT_IMPLEMENTED;
    Dict *a = instance_dict(vm, to_object(args[0])), *b = a == NULL ? NULL : instance_dict(vm, to_object(args[1]));
    return b == NULL ? ERROR : compare_values(vm, op, from_object(a), from_object(b));
}

static Value namespace_eq(VM *vm, const Value *args, int argc) { return namespace_compare(vm, COMPARE_EQ, args); }

static Value namespace_reduce(VM *vm, const Value *args, int argc) {
    Dict *dict = instance_dict(vm, to_object(args[0]));
    Tuple *result = dict == NULL ? NULL
                                 : tuple_pack(vm, 3, from_object(class_of(vm, args[0])), from_object(vm->empty_tuple), from_object(dict));
    return result == NULL ? ERROR : from_object(result);
}

static Value namespace_get_dict(VM *vm, Value self) {
    Dict *dict = instance_dict(vm, to_object(self));
    return dict == NULL ? ERROR : from_object(dict);
}

static const NativeDef methods[] = {
    {"__new__(cls, /, *args, **kwargs)", namespace_create, NULL, NATIVE_NEW},
    {"__init__(self, /, *args, **kwargs)", namespace_initialise, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", namespace_repr, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", namespace_eq, NULL, NATIVE_METHOD},
    {"__reduce__(self, /)", namespace_reduce, NULL, NATIVE_METHOD},
    {0},
};
static const GetSetDef getsets[] = {{"__dict__", namespace_get_dict, NULL, NULL}, {0}};

bool simple_namespace_init(VM *vm) {
    Str *module = str_intern_c(vm, "types");
    if (module == NULL) return false;
    vm->types.simple_namespace->module_name = from_object(module);
    return type_define(vm, &(TypeDef){.where = &vm->types.simple_namespace, .instance_size = sizeof(Object), .methods = methods,
                                      .getsets = getsets, .flags = CLASS_BASETYPE | CLASS_HAS_DICT,
                                      .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)"});
}
