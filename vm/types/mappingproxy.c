// mappingproxy: a read-only view of a mapping; what cls.__dict__ is.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

typedef struct MappingProxy { Object head; Value mapping; } MappingProxy;
static inline Value mapping_of(Value proxy) { return ((MappingProxy *)to_object(proxy))->mapping; }

void mappingproxy_trace(VM *vm, Object *object) { gc_mark_value(vm, ((MappingProxy *)object)->mapping); }

Value mappingproxy_new(VM *vm, Value mapping) {
    MappingProxy *proxy = object_new_of(vm, vm->types.mappingproxy, sizeof *proxy);
    if (proxy == NULL) return ERROR;
    proxy->mapping = mapping;
    return from_object(proxy);
}

static Value proxy_create(VM *vm, const Value *args, int argc) {
    Value mapping = args[1];
    bool is_mapping = !is_undefined(class_special(vm, class_of(vm, mapping), SPECIAL_GETITEM)) && !is_list(mapping) && !is_tuple(mapping);
    if (!is_mapping) return raise_type_error(vm, "mappingproxy() argument must be a mapping, not %T", mapping);
    return mappingproxy_new(vm, mapping);
}

static Value proxy_getitem(VM *vm, const Value *args, int argc) { return item_get(vm, mapping_of(args[0]), args[1]); }

static Value proxy_contains(VM *vm, const Value *args, int argc) {
    int result = value_contains(vm, mapping_of(args[0]), args[1]);
    return result < 0 ? ERROR : from_bool(result);
}

static Value proxy_iter(VM *vm, const Value *args, int argc) { return iter_get(vm, mapping_of(args[0])); }

static Value proxy_len(VM *vm, const Value *args, int argc) {
    ptrdiff_t length = value_length(vm, mapping_of(args[0]));
    return length < 0 ? ERROR : int_from_i64(vm, length);
}

static Value proxy_reversed(VM *vm, const Value *args, int argc) { return call_special(vm, mapping_of(args[0]), SPECIAL_REVERSED, NULL, 0); }

static Value proxy_hash(VM *vm, const Value *args, int argc) {
    int64_t hash;
    return hash_value(vm, mapping_of(args[0]), &hash) ? int_from_i64(vm, hash) : ERROR;
}

static Value proxy_get(VM *vm, const Value *args, int argc) {
    Value arguments[2] = {args[1], arg_or(args, argc, 2, NONE)};
    return call_method(vm, mapping_of(args[0]), vm->names.get, arguments, 2);
}

static Value proxy_keys(VM *vm, const Value *args, int argc) { return call_method(vm, mapping_of(args[0]), vm->names.keys, NULL, 0); }
static Value proxy_values(VM *vm, const Value *args, int argc) { return call_method(vm, mapping_of(args[0]), vm->names.values, NULL, 0); }
static Value proxy_items(VM *vm, const Value *args, int argc) { return call_method(vm, mapping_of(args[0]), vm->names.items, NULL, 0); }

static Value proxy_copy(VM *vm, const Value *args, int argc) {
    Str *name = str_intern_c(vm, "copy");
    return name == NULL ? ERROR : call_method(vm, mapping_of(args[0]), name, NULL, 0);
}

static Value proxy_repr(VM *vm, const Value *args, int argc) {
    Str *text = str_printf(vm, "mappingproxy(%R)", mapping_of(args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static Value proxy_str(VM *vm, const Value *args, int argc) {
    Str *text = value_str(vm, mapping_of(args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static Value unwrap(Value v) { return is_kind(v, KIND_MAPPINGPROXY) ? mapping_of(v) : v; }

static Value proxy_eq(VM *vm, const Value *args, int argc) { return compare_values(vm, COMPARE_EQ, unwrap(args[0]), unwrap(args[1])); }
static Value proxy_ne(VM *vm, const Value *args, int argc) { return compare_values(vm, COMPARE_NE, unwrap(args[0]), unwrap(args[1])); }
static Value proxy_or(VM *vm, const Value *args, int argc) { return binary_op(vm, BINARY_OR, unwrap(args[0]), unwrap(args[1]), false); }
static Value proxy_ror(VM *vm, const Value *args, int argc) { return binary_op(vm, BINARY_OR, unwrap(args[1]), unwrap(args[0]), false); }

static Value proxy_ior(VM *vm, const Value *args, int argc) {
    return raise_type_error(vm, "'|=' is not supported by mappingproxy; use '|' instead");
}

static Value proxy_class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

static const NativeDef methods[] = {
    {"__new__(cls, mapping, /)", proxy_create, NULL, NATIVE_NEW},
    {"__getitem__(self, key, /)", proxy_getitem, NULL, NATIVE_METHOD},
    {"__contains__(self, key, /)", proxy_contains, NULL, NATIVE_METHOD},
    {"__iter__(self, /)", proxy_iter, NULL, NATIVE_METHOD},
    {"__len__(self, /)", proxy_len, NULL, NATIVE_METHOD},
    {"__reversed__(self, /)", proxy_reversed, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", proxy_hash, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", proxy_repr, NULL, NATIVE_METHOD},
    {"__str__(self, /)", proxy_str, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", proxy_eq, NULL, NATIVE_METHOD},
    {"__ne__(self, value, /)", proxy_ne, NULL, NATIVE_METHOD},
    {"__or__(self, value, /)", proxy_or, NULL, NATIVE_METHOD},
    {"__ror__(self, value, /)", proxy_ror, NULL, NATIVE_METHOD},
    {"__ior__(self, value, /)", proxy_ior, NULL, NATIVE_METHOD},
    {"get(self, key, default=None, /)", proxy_get, "Return the value for key if key is in the mapping, else default.", NATIVE_METHOD},
    {"keys(self, /)", proxy_keys, "D.keys() -> a set-like object providing a view on D's keys", NATIVE_METHOD},
    {"values(self, /)", proxy_values, "D.values() -> an object providing a view on D's values", NATIVE_METHOD},
    {"items(self, /)", proxy_items, "D.items() -> a set-like object providing a view on D's items", NATIVE_METHOD},
    {"copy(self, /)", proxy_copy, "D.copy() -> a shallow copy of D", NATIVE_METHOD},
    {"__class_getitem__(cls, item, /)", proxy_class_getitem, "See PEP 585", NATIVE_CLASS_METHOD},
    {0},
};

bool mappingproxy_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.mappingproxy, .instance_size = sizeof(MappingProxy), .methods = methods,
                                      .flags = CLASS_MAPPING});
}
