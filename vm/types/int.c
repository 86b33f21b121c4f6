// int: the Python-visible type. Arithmetic is in bigint.c, text in int_text.c, the operators' dispatch in vm/number_ops.c.
#include "vm/types/int.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/bytes.h"
#include "vm/types/bytes_methods.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/format.h"
#include "vm/types/str.h"
#include "vm/warnings.h"

// ---- construction

// int(x) without a base: __int__, __index__, __trunc__, then text.
static Value int_of_value(VM *vm, Value v) {
    Value plain = int_or_bool(v);
    if (!is_undefined(plain) && class_of(vm, v) == vm->types.int_) return plain;
    if (is_bool(v)) return plain;
    if (is_any_float(v) && class_of(vm, v) == vm->types.float_) return int_from_double(vm, float_value(v));
    Value result = call_special(vm, v, SPECIAL_INT, NULL, 0);
    if (is_error(result)) return ERROR;
    if (!is_undefined(result)) {
        Value number = int_or_bool(result);
        if (is_undefined(number)) return raise_type_error(vm, "__int__ returned non-int (type %T)", result);
        return class_of(vm, result) == vm->types.int_ || warn_subclass(vm, "__int__", "int", result) ? number : ERROR;
    }
    if (!is_undefined(class_special(vm, class_of(vm, v), SPECIAL_INDEX))) return value_index(vm, v);
    result = call_special(vm, v, SPECIAL_TRUNC, NULL, 0);
    if (is_error(result)) return ERROR;
    if (!is_undefined(result)) {
        if (!vm_warn(vm, vm->exc.DeprecationWarning, 1, "The delegation of int() to __trunc__ is deprecated.")) return ERROR;
        Value number = int_or_bool(result);
        if (!is_undefined(number)) return number;
        if (!has_index(vm, result)) return raise_type_error(vm, "__trunc__ returned non-Integral (type %T)", result);
        return value_index(vm, result);
    }
    if (is_str(v)) return int_from_text(vm, to_str(v), 10, v);
    const uint8_t *data;
    size_t size;
    if (is_bytes_like(v)) {
        if (!bytes_like(vm, v, &data, &size)) return ERROR;
        Str *text = str_from_latin1_or_utf8(vm, (const char *)data, size, "replace");
        return text == NULL ? ERROR : int_from_text(vm, text, 10, v);
    }
    return raise_type_error(vm, "int() argument must be a string, a bytes-like object or a real number, not '%T'", v);
}

static Value int_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Value value = arg_or(args, argc, 1, UNDEFINED), result;
    if (arg_given(args, argc, 2)) {
        ptrdiff_t base;
        if (!index_as_clamped(vm, args[2], &base)) return ERROR;
        if (is_undefined(value)) return raise_type_error(vm, "int() missing string argument");
        if (base != 0 && (base < 2 || base > 36)) return raise_value_error(vm, "int() base must be >= 2 and <= 36, or 0");
        const uint8_t *data;
        size_t size;
        if (is_str(value)) {
            result = int_from_text(vm, to_str(value), (int)base, value);
        } else if (is_bytes(value) || is_bytearray(value)) {
            if (!bytes_like(vm, value, &data, &size)) return ERROR;
            Str *text = str_from_latin1_or_utf8(vm, (const char *)data, size, "replace");
            result = text == NULL ? ERROR : int_from_text(vm, text, (int)base, value);
        } else {
            return raise_type_error(vm, "int() can't convert non-string with explicit base");
        }
    } else {
        result = is_undefined(value) ? from_int(0) : int_of_value(vm, value);
    }
    if (is_error(result) || cls == vm->types.int_) return result;
    return int_subclass_new(vm, cls, result);
}

// ---- operators as methods: what subclasses, super() and explicit calls see

// The other operand as a plain int, or NotImplemented out of the method.
#define OTHER_INT(name, v)                          \
    Value name = int_or_bool(v);                    \
    if (is_undefined(name)) return NOT_IMPLEMENTED

#define BINARY_METHODS(name, function)                                                   \
    static Value int_method_##name(VM *vm, const Value *args, int argc) {                \
        Value self = int_or_bool(args[0]);                                               \
        OTHER_INT(other, args[1]);                                                       \
        return function(vm, self, other);                                                \
    }                                                                                    \
    static Value int_method_r##name(VM *vm, const Value *args, int argc) {               \
        Value self = int_or_bool(args[0]);                                               \
        OTHER_INT(other, args[1]);                                                       \
        return function(vm, other, self);                                                \
    }
BINARY_METHODS(add, int_add)
BINARY_METHODS(sub, int_sub)
BINARY_METHODS(mul, int_mul)
BINARY_METHODS(floordiv, int_floordiv)
BINARY_METHODS(truediv, int_truediv)
BINARY_METHODS(mod, int_mod)
BINARY_METHODS(lshift, int_lshift)
BINARY_METHODS(rshift, int_rshift)
BINARY_METHODS(and, int_and)
BINARY_METHODS(or, int_or)
BINARY_METHODS(xor, int_xor)

static Value int_divmod_pair(VM *vm, Value a, Value b) {
    Value pair[2];
    if (!int_divmod(vm, a, b, &pair[0], &pair[1])) return ERROR;
    Tuple *tuple = tuple_from_values(vm, pair, 2);
    return tuple != NULL ? from_object(tuple) : ERROR;
}
BINARY_METHODS(divmod, int_divmod_pair)

static Value int_method_pow(VM *vm, const Value *args, int argc) {
    Value self = int_or_bool(args[0]);
    OTHER_INT(exponent, args[1]);
    if (argc < 3 || is_undefined(args[2]) || is_none(args[2])) return int_pow(vm, self, exponent);
    OTHER_INT(modulus, args[2]);
    return int_pow_mod(vm, self, exponent, modulus);
}
static Value int_method_rpow(VM *vm, const Value *args, int argc) {
    Value self = int_or_bool(args[0]);
    OTHER_INT(base, args[1]);
    return int_pow(vm, base, self);
}

static Value int_method_neg(VM *vm, const Value *args, int argc) { return int_negate(vm, int_or_bool(args[0])); }
static Value int_method_self(VM *vm, const Value *args, int argc) { return int_or_bool(args[0]); }
static Value int_method_invert(VM *vm, const Value *args, int argc) { return int_invert(vm, int_or_bool(args[0])); }
static Value int_method_abs(VM *vm, const Value *args, int argc) { return int_abs(vm, args[0]); }
static Value int_method_bool(VM *vm, const Value *args, int argc) { return from_bool(int_sign(args[0]) != 0); }
static Value int_method_float(VM *vm, const Value *args, int argc) {
    double d = int_as_double(int_or_bool(args[0]));
    if (__builtin_isinf(d)) return raise_error(vm, vm->exc.OverflowError, "int too large to convert to float");
    return float_new(vm, d);
}
static Value int_method_hash(VM *vm, const Value *args, int argc) { return int_from_i64(vm, int_hash(args[0])); }
static Value int_method_repr(VM *vm, const Value *args, int argc) {
    Str *text = int_to_str(vm, args[0], 10);
    return text != NULL ? from_object(text) : ERROR;
}

#define COMPARE_METHOD(name, test)                                                       \
    static Value int_method_##name(VM *vm, const Value *args, int argc) {                \
        OTHER_INT(other, args[1]);                                                       \
        int order = int_compare(int_or_bool(args[0]), other);                            \
        return from_bool(order test 0);                                                  \
    }
COMPARE_METHOD(lt, <)
COMPARE_METHOD(le, <=)
COMPARE_METHOD(eq, ==)
COMPARE_METHOD(ne, !=)
COMPARE_METHOD(gt, >)
COMPARE_METHOD(ge, >=)

// round(x, -n): to the nearest multiple of 10**n, ties to even.
static Value int_method_round(VM *vm, const Value *args, int argc) {
    Value self = int_or_bool(args[0]);
    if (argc < 2 || is_undefined(args[1])) return self;
    Value digits = value_index(vm, args[1]);
    if (is_error(digits)) return ERROR;
    if (int_sign(digits) >= 0) return self;
    Value count = int_negate(vm, digits);
    if (is_error(count)) return ERROR;
    int64_t places;
    if (!int_as_i64(count, &places) || (size_t)places > int_bit_length(self)) return from_int(0);
    Value unit = int_pow(vm, from_int(10), count), quotient, remainder;
    if (is_error(unit) || !int_divmod(vm, self, unit, &quotient, &remainder)) return ERROR;
    Value twice = int_add(vm, remainder, remainder);
    if (is_error(twice)) return ERROR;
    int order = int_compare(twice, unit);
    if (order > 0 || (order == 0 && int_is_odd(quotient))) {
        quotient = int_add(vm, quotient, from_int(1));
        if (is_error(quotient)) return ERROR;
    }
    return int_mul(vm, quotient, unit);
}

static Value int_method_format(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "__format__() argument must be str, not %A", args[1]);
    Str *text = format_int(vm, args[0], to_str(args[1]));
    return text != NULL ? from_object(text) : ERROR;
}

// ---- methods

static Value int_bit_length_method(VM *vm, const Value *args, int argc) { return from_int((int64_t)int_bit_length(args[0])); }

static Value int_bit_count_method(VM *vm, const Value *args, int argc) {
    IntView view;
    int_view(args[0], &view);
    int64_t count = 0;
    vm_spend_bytes(vm, view.count * sizeof(Limb));
    for (size_t i = 0; i < view.count; i++) count += __builtin_popcountll(view.limbs[i]);
    return from_int(count);
}

static Value int_as_integer_ratio(VM *vm, const Value *args, int argc) {
    Tuple *pair = tuple_pack(vm, 2, int_or_bool(args[0]), from_int(1));
    return pair != NULL ? from_object(pair) : ERROR;
}

static Value int_getnewargs(VM *vm, const Value *args, int argc) {
    Tuple *tuple = tuple_pack(vm, 1, int_or_bool(args[0]));
    return tuple != NULL ? from_object(tuple) : ERROR;
}

static int byte_order(VM *vm, Value order) {
    if (is_undefined(order)) return 1;
    if (is_str(order) && str_equals_c(vm, to_str(order), "big")) return 1;
    if (is_str(order) && str_equals_c(vm, to_str(order), "little")) return 0;
    raise_value_error(vm, "byteorder must be either 'little' or 'big'");
    return -1;
}

void int_write_bytes(Value magnitude, uint8_t *out, size_t size, bool big_endian, bool inverted) {
    IntView view;
    int_view(magnitude, &view);
    for (size_t i = 0; i < size; i++) {
        uint64_t byte = i / 8 < view.count ? view.limbs[i / 8] >> (i % 8 * 8) : 0;
        if (inverted) byte = ~byte;
        out[big_endian ? size - 1 - i : i] = (uint8_t)byte;
    }
}

static Value int_to_bytes(VM *vm, const Value *args, int argc) {
    Value self = int_or_bool(args[0]);
    ptrdiff_t length = 1;
    if (arg_given(args, argc, 1) && !index_as_ssize(vm, args[1], &length)) return ERROR;
    int big_endian = byte_order(vm, arg_or(args, argc, 2, UNDEFINED));
    if (big_endian < 0) return ERROR;
    int is_signed = arg_given(args, argc, 3) ? value_is_true(vm, args[3]) : 0;
    if (is_signed < 0) return ERROR;
    if (length < 0) return raise_value_error(vm, "length argument must be non-negative");
    bool negative = int_sign(self) < 0;
    if (negative && !is_signed) return raise_error(vm, vm->exc.OverflowError, "can't convert negative int to unsigned");
    // A negative number's bytes are those of its complement, inverted: ~(-x - 1).
    Value magnitude = negative ? int_invert(vm, self) : self;
    if (is_error(magnitude)) return ERROR;
    size_t bits = int_bit_length(magnitude) + (is_signed ? 1 : 0);
    if (length == 0 && int_sign(self) == 0) bits = 0;
    if (bits > (size_t)length * 8) return raise_error(vm, vm->exc.OverflowError, "int too big to convert");
    Bytes *bytes = bytes_new(vm, NULL, (size_t)length);
    if (bytes == NULL) return ERROR;
    int_write_bytes(magnitude, (uint8_t *)bytes->data, (size_t)length, big_endian, negative);   // fresh: nobody else has seen it
    return from_object(bytes);
}

Value int_read_bytes(VM *vm, const uint8_t *data, size_t size, bool big_endian, bool is_signed) {
    if (size > INT32_MAX) return raise_no_memory(vm);
    if (!int_reserve(vm, size * 8 < 64 ? 0 : size * 8 - 8, size / 8)) return ERROR;
    bool negative = is_signed && size > 0 && (data[big_endian ? 0 : size - 1] & 0x80);
    BigInt *big = bigint_new(vm, size / sizeof(Limb) + 1);
    if (big == NULL) return ERROR;
    for (size_t i = 0; i < size; i++) {
        uint64_t byte = data[big_endian ? size - 1 - i : i];
        if (negative) byte ^= 0xff;
        big->limbs[i / 8] |= byte << (i % 8 * 8);
    }
    Value result = int_finish(big, false);
    return negative && !is_error(result) ? int_invert(vm, result) : result;
}

static Value int_from_bytes(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    int big_endian = byte_order(vm, arg_or(args, argc, 2, UNDEFINED));
    if (big_endian < 0) return ERROR;
    int is_signed = arg_given(args, argc, 3) ? value_is_true(vm, args[3]) : 0;
    if (is_signed < 0) return ERROR;
    Value source = args[1];
    if (is_str(source)) return raise_type_error(vm, "cannot convert '%T' object to bytes", source);
    if (!is_bytes(source) && !is_bytearray(source) && !is_kind(source, KIND_MEMORYVIEW)) {
        source = call1(vm, from_object(vm->types.bytes), source);
        if (is_error(source)) return ERROR;
    }
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, source, &data, &size)) return ERROR;
    Value result = int_read_bytes(vm, data, size, big_endian, is_signed);
    if (is_error(result) || cls == vm->types.int_) return result;
    return call1(vm, args[0], result);
}

static Value int_get_self(VM *vm, Value self) { return int_or_bool(self); }
static Value int_get_zero(VM *vm, Value self) { return from_int(0); }
static Value int_get_one(VM *vm, Value self) { return from_int(1); }

static const NativeDef int_methods[] = {
    {"__new__(cls, x=?, /, base=?)", int_new, "Create and return a new object.", NATIVE_NEW},
    {"__add__(self, value, /)", int_method_add, "Return self+value.", 0},
    {"__radd__(self, value, /)", int_method_radd, "Return value+self.", 0},
    {"__sub__(self, value, /)", int_method_sub, "Return self-value.", 0},
    {"__rsub__(self, value, /)", int_method_rsub, "Return value-self.", 0},
    {"__mul__(self, value, /)", int_method_mul, "Return self*value.", 0},
    {"__rmul__(self, value, /)", int_method_rmul, "Return value*self.", 0},
    {"__mod__(self, value, /)", int_method_mod, "Return self%value.", 0},
    {"__rmod__(self, value, /)", int_method_rmod, "Return value%self.", 0},
    {"__divmod__(self, value, /)", int_method_divmod, "Return divmod(self, value).", 0},
    {"__rdivmod__(self, value, /)", int_method_rdivmod, "Return divmod(value, self).", 0},
    {"__pow__(self, value, mod=None, /)", int_method_pow, "Return pow(self, value, mod).", 0},
    {"__rpow__(self, value, mod=None, /)", int_method_rpow, "Return pow(value, self, mod).", 0},
    {"__neg__(self, /)", int_method_neg, "-self", 0},
    {"__pos__(self, /)", int_method_self, "+self", 0},
    {"__abs__(self, /)", int_method_abs, "abs(self)", 0},
    {"__bool__(self, /)", int_method_bool, "True if self else False", 0},
    {"__invert__(self, /)", int_method_invert, "~self", 0},
    {"__lshift__(self, value, /)", int_method_lshift, "Return self<<value.", 0},
    {"__rlshift__(self, value, /)", int_method_rlshift, "Return value<<self.", 0},
    {"__rshift__(self, value, /)", int_method_rshift, "Return self>>value.", 0},
    {"__rrshift__(self, value, /)", int_method_rrshift, "Return value>>self.", 0},
    {"__and__(self, value, /)", int_method_and, "Return self&value.", 0},
    {"__rand__(self, value, /)", int_method_rand, "Return value&self.", 0},
    {"__xor__(self, value, /)", int_method_xor, "Return self^value.", 0},
    {"__rxor__(self, value, /)", int_method_rxor, "Return value^self.", 0},
    {"__or__(self, value, /)", int_method_or, "Return self|value.", 0},
    {"__ror__(self, value, /)", int_method_ror, "Return value|self.", 0},
    {"__int__(self, /)", int_method_self, "int(self)", 0},
    {"__float__(self, /)", int_method_float, "float(self)", 0},
    {"__floordiv__(self, value, /)", int_method_floordiv, "Return self//value.", 0},
    {"__rfloordiv__(self, value, /)", int_method_rfloordiv, "Return value//self.", 0},
    {"__truediv__(self, value, /)", int_method_truediv, "Return self/value.", 0},
    {"__rtruediv__(self, value, /)", int_method_rtruediv, "Return value/self.", 0},
    {"__index__(self, /)", int_method_self, "Return self converted to an integer, if self is suitable for use as an index into a list.", 0},
    {"__lt__(self, value, /)", int_method_lt, "Return self<value.", 0},
    {"__le__(self, value, /)", int_method_le, "Return self<=value.", 0},
    {"__eq__(self, value, /)", int_method_eq, "Return self==value.", 0},
    {"__ne__(self, value, /)", int_method_ne, "Return self!=value.", 0},
    {"__gt__(self, value, /)", int_method_gt, "Return self>value.", 0},
    {"__ge__(self, value, /)", int_method_ge, "Return self>=value.", 0},
    {"__hash__(self, /)", int_method_hash, "Return hash(self).", 0},
    {"__repr__(self, /)", int_method_repr, "Return repr(self).", 0},
    {"__round__(self, ndigits=?, /)", int_method_round, "Round to the given number of digits (negative ones round to tens, hundreds, ...).", 0},
    {"__trunc__(self, /)", int_method_self, "Truncating an int returns itself.", 0},
    {"__floor__(self, /)", int_method_self, "Flooring an int returns itself.", 0},
    {"__ceil__(self, /)", int_method_self, "Ceiling of an int returns itself.", 0},
    {"__format__(self, format_spec, /)", int_method_format, "Format by the format specification.", 0},
    {"__getnewargs__(self, /)", int_getnewargs, NULL, 0},
    {"conjugate(self, /)", int_method_self, "Returns self, the complex conjugate of any int.", 0},
    {"bit_length(self, /)", int_bit_length_method, "Number of bits necessary to represent self in binary.", 0},
    {"bit_count(self, /)", int_bit_count_method, "Number of ones in the binary representation of the absolute value of self.", 0},
    {"to_bytes(self, /, length=1, byteorder='big', *, signed=False)", int_to_bytes, "Array of bytes that represents the integer.", 0},
    {"from_bytes(cls, /, bytes, byteorder='big', *, signed=False)", int_from_bytes, "The integer that an array of bytes represents.", NATIVE_CLASS_METHOD},
    {"as_integer_ratio(self, /)", int_as_integer_ratio, "A pair of integers whose ratio is equal to the original int.", 0},
    {0},
};

static const GetSetDef int_getsets[] = {
    {"real", int_get_self, NULL, "the real part of a complex number"},
    {"imag", int_get_zero, NULL, "the imaginary part of a complex number"},
    {"numerator", int_get_self, NULL, "the numerator of a rational number in lowest terms"},
    {"denominator", int_get_one, NULL, "the denominator of a rational number in lowest terms"},
    {0},
};

static Value int_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc != 1) return UNDEFINED;
    if (is_int(args[0])) return args[0];
    return is_inline_float(args[0]) ? int_from_double(vm, to_double(args[0])) : UNDEFINED;
}

bool int_init(VM *vm) {
    vm->types.int_->construct = int_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.int_, .doc = "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
                                      "Convert a number or string to an integer, or return 0 if no arguments are given.",
                                      .instance_size = sizeof(BigIntShared), .methods = int_methods, .getsets = int_getsets,
                                      .flags = CLASS_BASETYPE | CLASS_MATCH_SELF});
}
