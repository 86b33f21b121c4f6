// The types of None, NotImplemented and Ellipsis.
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/str.h"

static Value text(VM *vm, const char *c) {
    Str *s = str_intern_c(vm, c);
    return s == NULL ? ERROR : from_object(s);
}

// args: cls, keywords, extra positional ones
static Value none_create(VM *vm, const Value *args, int argc) {
    return argc > 2 || (argc > 1 && !is_undefined(args[1])) ? raise_type_error(vm, "NoneType takes no arguments") : NONE;
}
static Value none_repr(VM *vm, const Value *args, int argc) { return text(vm, "None"); }
static Value none_bool(VM *vm, const Value *args, int argc) { return FALSE_VALUE; }
static Value none_hash(VM *vm, const Value *args, int argc) {
    int64_t hash;
    return hash_value(vm, NONE, &hash) ? from_int(hash) : ERROR;
}

static Value not_implemented_create(VM *vm, const Value *args, int argc) {
    return argc > 2 || (argc > 1 && !is_undefined(args[1])) ? raise_type_error(vm, "NotImplementedType takes no arguments") : NOT_IMPLEMENTED;
}
static Value not_implemented_repr(VM *vm, const Value *args, int argc) { return text(vm, "NotImplemented"); }
static Value not_implemented_bool(VM *vm, const Value *args, int argc) {

    return TRUE_VALUE;
}
static Value not_implemented_reduce(VM *vm, const Value *args, int argc) { return text(vm, "NotImplemented"); }

static Value ellipsis_create(VM *vm, const Value *args, int argc) {
    return argc > 2 || (argc > 1 && !is_undefined(args[1])) ? raise_type_error(vm, "EllipsisType takes no arguments") : ELLIPSIS;
}
static Value ellipsis_repr(VM *vm, const Value *args, int argc) { return text(vm, "Ellipsis"); }
static Value ellipsis_reduce(VM *vm, const Value *args, int argc) { return text(vm, "Ellipsis"); }

static const NativeDef none_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", none_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", none_repr, "Return repr(self).", NATIVE_METHOD},
    {"__bool__(self, /)", none_bool, "True if self else False", NATIVE_METHOD},
    {"__hash__(self, /)", none_hash, "Return hash(self).", NATIVE_METHOD},
    {0},
};
static const NativeDef not_implemented_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", not_implemented_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", not_implemented_repr, "Return repr(self).", NATIVE_METHOD},
    {"__bool__(self, /)", not_implemented_bool, "True if self else False", NATIVE_METHOD},
    {"__reduce__(self, /)", not_implemented_reduce, NULL, NATIVE_METHOD},
    {0},
};
static const NativeDef ellipsis_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", ellipsis_create, NULL, NATIVE_NEW},
    {"__repr__(self, /)", ellipsis_repr, "Return repr(self).", NATIVE_METHOD},
    {"__reduce__(self, /)", ellipsis_reduce, NULL, NATIVE_METHOD},
    {0},
};

bool singletons_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.none, .methods = none_methods}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.not_implemented, .methods = not_implemented_methods}) &&
           type_define(vm, &(TypeDef){.where = &vm->types.ellipsis, .methods = ellipsis_methods});
}
