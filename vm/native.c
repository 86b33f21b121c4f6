// Native function objects and the classes Python sees them as: builtin_function_or_method, method_descriptor, wrapper_descriptor,
// classmethod_descriptor, method-wrapper.
#include "vm/native.h"

#include "vm/api_function.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/signature.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

static bool is_special_name(Str *name) {
    return name->size > 4 && memcmp(name->data, "__", 2) == 0 && memcmp(name->data + name->size - 2, "__", 2) == 0;
}

// Marks the names of the special methods that operators call; the rest of those with underscores are plain methods in CPython.
bool native_names_mark(VM *vm) {
    static const uint8_t plain[SPECIAL_COUNT] = {
        [SPECIAL_FORMAT] = 1, [SPECIAL_DIR] = 1, [SPECIAL_REVERSED] = 1, [SPECIAL_LENGTH_HINT] = 1, [SPECIAL_ROUND] = 1, [SPECIAL_TRUNC] = 1,
        [SPECIAL_FLOOR] = 1, [SPECIAL_CEIL] = 1, [SPECIAL_BYTES] = 1, [SPECIAL_COMPLEX] = 1, [SPECIAL_INSTANCECHECK] = 1,
        [SPECIAL_SUBCLASSCHECK] = 1, [SPECIAL_PREPARE] = 1, [SPECIAL_FSPATH] = 1, [SPECIAL_MRO_ENTRIES] = 1, [SPECIAL_ENTER] = 1,
        [SPECIAL_EXIT] = 1, [SPECIAL_AENTER] = 1, [SPECIAL_AEXIT] = 1, [SPECIAL_MISSING] = 1,
    };
    Str *const *specials[] = {
#define SPECIAL(id, field, text) &vm->names.field,
#include "vm/specials.def"
#undef SPECIAL
    };
    for (int i = 0; i < SPECIAL_COUNT; i++)
        if (!plain[i] && is_special_name(*specials[i])) (*specials[i])->head.flags |= STR_SLOT_NAME;
    // Those that making a class looks for in its body.
    Str *const class_names[] = {
        vm->names.__new__, vm->names.__init_subclass__, vm->names.__class_getitem__, vm->names.__classcell__, vm->names.__slots__,
        vm->names.__eq__, vm->names.__hash__, vm->names.__abstractmethods__, vm->names.__abc_tpflags__, vm->names.__getattribute__,
        vm->names.__getattr__, vm->names.__setattr__, vm->names.__delattr__, vm->names.__del__,
    };
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++) class_names[i]->head.flags |= STR_CLASS_NAME;
    return true;
}

Value native_new(VM *vm, const NativeDef *def, Class *owner, Value module_name) {
    Class *cls = vm->types.native;
    const char *open = strchr(def->signature, '(');
    size_t length = open == NULL ? strlen(def->signature) : (size_t)(open - def->signature);
    Str *name = str_intern_text(vm, def->signature, length);
    if (name == NULL) return ERROR;
    if (owner != NULL && def->role == NATIVE_METHOD) cls = name->head.flags & STR_SLOT_NAME ? vm->types.wrapper_descriptor : vm->types.method_descriptor;
    if (owner != NULL && def->role == NATIVE_CLASS_METHOD) cls = vm->types.classmethod_descriptor;
    Shape *shape = cls->root_shape != NULL ? cls->root_shape : class_shape(vm, cls);
    Native *native = shape == NULL ? NULL : object_new(vm, KIND_NATIVE, shape, sizeof *native);
    if (native == NULL) return ERROR;
    native->head.flags = UINT16_MAX;   // nothing fits until the signature has been parsed
    native->function = def->function;
    native->def = def;
    native->owner = owner;
    native->name = name;
    native->module = is_undefined(module_name) ? NONE : module_name;
    return from_object(native);
}

void native_trace(VM *vm, Object *object) {
    Native *native = (Native *)object;
    signature_trace(vm, native);
    gc_mark_object(vm, native->owner);
    gc_mark_object(vm, native->name);
    gc_mark_value(vm, native->module);
}

void native_free(VM *vm, Object *object) {
    Native *native = (Native *)object;
    signature_free(vm, native);
    if (native->function == host_call) host_def_free(vm, native->def);
}

// ---- what Python sees. A bound method of a native function shares these: `unbound` is what it is bound to call

static Native *unbound(Value v) {
    if (is_kind(v, KIND_METHOD)) v = ((Method *)to_object(v))->function;
    return to_native(v);
}

static Value native_get_name(VM *vm, Value self) { return from_object(unbound(self)->name); }

static Value native_get_qualname(VM *vm, Value self) {
    Native *native = unbound(self);
    if (native->owner == NULL) return from_object(native->name);
    Str *s = str_printf(vm, "%S.%S", native->owner->qualname, native->name);
    return s == NULL ? ERROR : from_object(s);
}

static Value native_get_doc(VM *vm, Value self) {
    const char *doc = unbound(self)->def->doc;
    if (doc == NULL) return NONE;
    Str *s = str_from_c(vm, doc);
    return s == NULL ? ERROR : from_object(s);
}

static Value native_get_text_signature(VM *vm, Value self) {
    const char *open = strchr(unbound(self)->def->signature, '(');
    if (open == NULL) return NONE;
    Str *s = str_from_c(vm, open);
    return s == NULL ? ERROR : from_object(s);
}

static Value native_get_module(VM *vm, Value self) {
    return is_kind(self, KIND_METHOD) ? NONE : to_native(self)->module;
}

static Value native_get_self(VM *vm, Value self) {
    if (is_kind(self, KIND_METHOD)) return ((Method *)to_object(self))->self;
    Native *native = to_native(self);
    if (native->owner != NULL) return from_object(native->owner);
    Value module = is_str(native->module) ? dict_get(vm, vm->modules, native->module) : UNDEFINED;
    return is_undefined(module) ? NONE : module;
}

static Value native_get_owner(VM *vm, Value self) { return from_object(unbound(self)->owner); }

static Value repr_of(Str *s) { return s == NULL ? ERROR : from_object(s); }

static Value native_repr(VM *vm, const Value *args, int argc) {
    Native *native = unbound(args[0]);
    Value self = is_kind(args[0], KIND_METHOD) ? ((Method *)to_object(args[0]))->self : UNDEFINED;
    if (is_undefined(self) && native->owner != NULL) self = from_object(native->owner);
    if (is_undefined(self)) return repr_of(str_printf(vm, "<built-in function %S>", native->name));
    return repr_of(str_printf(vm, "<built-in method %S of %T object at 0x%llx>", native->name, self, (long long)object_id(vm, self)));
}

static Value method_wrapper_repr(VM *vm, const Value *args, int argc) {
    Value self = ((Method *)to_object(args[0]))->self;
    return repr_of(str_printf(vm, "<method-wrapper '%S' of %T object at 0x%llx>", unbound(args[0])->name, self, (long long)object_id(vm, self)));
}

static Value method_descriptor_repr(VM *vm, const Value *args, int argc) {
    Native *native = to_native(args[0]);
    return repr_of(str_printf(vm, "<method '%S' of '%S' objects>", native->name, native->owner->name));
}

static Value wrapper_descriptor_repr(VM *vm, const Value *args, int argc) {
    Native *native = to_native(args[0]);
    return repr_of(str_printf(vm, "<slot wrapper '%S' of '%S' objects>", native->name, native->owner->name));
}

static Value native_descriptor_get(VM *vm, const Value *args, int argc) {
    Value object = arg_or(args, argc, 1, NONE), owner = arg_or(args, argc, 2, NONE);
    Native *native = to_native(args[0]);
    if (native->def->role == NATIVE_CLASS_METHOD) return method_new(vm, args[0], is_none(owner) ? from_object(class_of(vm, object)) : owner);
    if (is_none(object)) return args[0];
    if (!is_instance(vm, object, native->owner))
        return raise_type_error(vm, "descriptor '%S' for '%S' objects doesn't apply to a '%T' object", native->name, native->owner->name, object);
    return method_new(vm, args[0], object);
}

// function.__call__ and its kin. args: self, keywords, extra positional ones.
Value callable_call(VM *vm, const Value *args, int argc) {
    Tuple *tuple = tuple_from_values(vm, args + 2, (size_t)argc - 2);
    return tuple == NULL ? ERROR : call_ex(vm, args[0], from_object(tuple), args[1]);
}

static const NativeDef native_methods[] = {
    {"__call__(self, /, *args, **kwargs)", callable_call, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", native_repr, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", method_equal, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", method_hash, NULL, NATIVE_METHOD},
    {0},
};
static const NativeDef method_wrapper_methods[] = {
    {"__call__(self, /, *args, **kwargs)", callable_call, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", method_wrapper_repr, NULL, NATIVE_METHOD},
    {"__eq__(self, value, /)", method_equal, NULL, NATIVE_METHOD},
    {"__hash__(self, /)", method_hash, NULL, NATIVE_METHOD},
    {0},
};
static const NativeDef method_descriptor_methods[] = {
    {"__call__(self, /, *args, **kwargs)", callable_call, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", method_descriptor_repr, NULL, NATIVE_METHOD},
    {"__get__(self, instance, owner=None, /)", native_descriptor_get, NULL, NATIVE_METHOD},
    {0},
};
static const NativeDef wrapper_descriptor_methods[] = {
    {"__call__(self, /, *args, **kwargs)", callable_call, NULL, NATIVE_METHOD},
    {"__repr__(self, /)", wrapper_descriptor_repr, NULL, NATIVE_METHOD},
    {"__get__(self, instance, owner=None, /)", native_descriptor_get, NULL, NATIVE_METHOD},
    {0},
};

static const GetSetDef native_getsets[] = {
    {"__name__", native_get_name, NULL, NULL},
    {"__qualname__", native_get_qualname, NULL, NULL},
    {"__doc__", native_get_doc, NULL, NULL},
    {"__text_signature__", native_get_text_signature, NULL, NULL},
    {"__module__", native_get_module, readonly_member, NULL},
    {"__self__", native_get_self, NULL, NULL},
    {0},
};
static const GetSetDef method_wrapper_getsets[] = {
    {"__name__", native_get_name, NULL, NULL},
    {"__qualname__", native_get_qualname, NULL, NULL},
    {"__doc__", native_get_doc, NULL, NULL},
    {"__text_signature__", native_get_text_signature, NULL, NULL},
    {"__self__", native_get_self, NULL, NULL},
    {"__objclass__", native_get_owner, NULL, NULL},
    {0},
};
static const GetSetDef descriptor_getsets[] = {
    {"__name__", native_get_name, NULL, NULL},
    {"__qualname__", native_get_qualname, NULL, NULL},
    {"__doc__", native_get_doc, NULL, NULL},
    {"__text_signature__", native_get_text_signature, NULL, NULL},
    {"__objclass__", native_get_owner, NULL, NULL},
    {0},
};

bool native_init(VM *vm) {
    const TypeDef types[] = {
        {.where = &vm->types.native, .instance_size = sizeof(Native), .methods = native_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = native_getsets},
        {.where = &vm->types.method_wrapper, .instance_size = sizeof(Method), .methods = method_wrapper_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = method_wrapper_getsets},
        {.where = &vm->types.method_descriptor, .instance_size = sizeof(Native), .methods = method_descriptor_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = descriptor_getsets},
        {.where = &vm->types.wrapper_descriptor, .instance_size = sizeof(Native), .methods = wrapper_descriptor_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = descriptor_getsets},
        {.where = &vm->types.classmethod_descriptor, .instance_size = sizeof(Native), .methods = method_descriptor_methods, .flags = CLASS_DISALLOW_INSTANTIATION,
         .getsets = descriptor_getsets},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (!type_define(vm, &types[i])) return false;
    return true;
}
