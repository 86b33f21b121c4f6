// bool: True and False are immediate values; the class is a subclass of int.
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

static Value bool_new(VM *vm, const Value *args, int argc) {
    if (!arg_given(args, argc, 1)) return FALSE_VALUE;
    int truth = value_is_true(vm, args[1]);
    return truth < 0 ? ERROR : from_bool(truth);
}

static Value bool_repr(VM *vm, const Value *args, int argc) {
    Str *text = str_from_c(vm, is_true_value(args[0]) ? "True" : "False");
    return text != NULL ? from_object(text) : ERROR;
}

// Two bools give a bool; with an int it is int's operator.
static Value bool_bits(VM *vm, BinaryOp op, Value a, Value b) {
    if (is_undefined(int_or_bool(b))) return NOT_IMPLEMENTED;
    return binary_op_builtin(vm, op, a, is_bool(b) ? b : int_or_bool(b), false);
}
static Value bool_and(VM *vm, const Value *args, int argc) { return bool_bits(vm, BINARY_AND, args[0], args[1]); }
static Value bool_or(VM *vm, const Value *args, int argc) { return bool_bits(vm, BINARY_OR, args[0], args[1]); }
static Value bool_xor(VM *vm, const Value *args, int argc) { return bool_bits(vm, BINARY_XOR, args[0], args[1]); }

static const NativeDef bool_methods[] = {
    {"__new__(cls, x=?, /)", bool_new, "Create and return a new object.", NATIVE_NEW},
    {"__repr__(self, /)", bool_repr, "Return repr(self).", 0},
    {"__and__(self, value, /)", bool_and, "Return self&value.", 0},
    {"__rand__(self, value, /)", bool_and, "Return value&self.", 0},
    {"__or__(self, value, /)", bool_or, "Return self|value.", 0},
    {"__ror__(self, value, /)", bool_or, "Return value|self.", 0},
    {"__xor__(self, value, /)", bool_xor, "Return self^value.", 0},
    {"__rxor__(self, value, /)", bool_xor, "Return value^self.", 0},
    {0},
};

static Value bool_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc != 1) return UNDEFINED;
    int truth = value_is_true(vm, args[0]);
    return truth < 0 ? ERROR : from_bool(truth);
}

bool bool_init(VM *vm) {
    vm->types.bool_->construct = bool_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.bool_, .doc = "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.",
                                      .methods = bool_methods, .base = vm->types.int_});
}
