// complex: a pair of doubles.
#include <math.h>
#include <stdlib.h>

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/format.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

typedef struct Pair { double real, imaginary; } Pair;

static inline Pair pair_of(double real, double imaginary) { return (Pair){real, imaginary}; }

Value complex_new(VM *vm, double real, double imaginary) {
    Shape *shape = class_shape(vm, vm->types.complex);
    Complex *c = shape == NULL ? NULL : object_new(vm, KIND_COMPLEX, shape, sizeof *c);
    if (c == NULL) return ERROR;
    c->real = real;
    c->imaginary = imaginary;
    return from_object(c);
}

static Value complex_of_pair(VM *vm, Pair p) { return complex_new(vm, p.real, p.imaginary); }

// A number as a complex: 1, 0 when it is none, -1 with OverflowError.
static int as_pair(VM *vm, Value v, Pair *out) {
    if (is_kind(v, KIND_COMPLEX)) {
        Complex *c = (Complex *)to_object(v);
        return *out = pair_of(c->real, c->imaginary), 1;
    }
    if (is_any_float(v)) return *out = pair_of(float_value(v), 0), 1;
    Value number = int_or_bool(v);
    if (is_undefined(number)) return 0;
    double d = int_as_double(number);
    if (isinf(d)) return raise_error(vm, vm->exc.OverflowError, "int too large to convert to float"), -1;
    return *out = pair_of(d, 0), 1;
}

// ---- arithmetic

// Scaled so that neither overflow nor underflow spoils what has a good answer.
static Pair divide(Pair a, Pair b) {
    double ar = a.real, ai = a.imaginary, br = b.real, bi = b.imaginary;
    if (fabs(br) >= fabs(bi)) {
        double ratio = bi / br, scale = br + bi * ratio;
        return pair_of((ar + ai * ratio) / scale, (ai - ar * ratio) / scale);
    }
    if (fabs(bi) > fabs(br)) {
        double ratio = br / bi, scale = br * ratio + bi;
        return pair_of((ar * ratio + ai) / scale, (ai * ratio - ar) / scale);
    }
    return pair_of(NAN, NAN);
}

static Pair multiply(Pair a, Pair b) {
    return pair_of(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real);
}

static Pair integer_power(Pair base, int64_t exponent) {
    uint64_t left = exponent < 0 ? -(uint64_t)exponent : (uint64_t)exponent;
    Pair result = pair_of(1, 0), square = base;
    for (; left != 0; left >>= 1) {
        if (left & 1) result = multiply(result, square);
        if (left > 1) square = multiply(square, square);
    }
    return exponent < 0 ? divide(pair_of(1, 0), result) : result;
}

static Value complex_power(VM *vm, Pair a, Pair b) {
    Pair result;
    if (b.real == 0 && b.imaginary == 0) {
        result = pair_of(1, 0);
    } else if (a.real == 0 && a.imaginary == 0) {
        if (b.imaginary != 0 || b.real < 0)
            return raise_error(vm, vm->exc.ZeroDivisionError, "0.0 to a negative or complex power");
        result = pair_of(0, 0);
    } else if (b.imaginary == 0 && b.real == floor(b.real) && fabs(b.real) <= 100) {
        result = integer_power(a, (int64_t)b.real);
    } else {
        double length = hypot(a.real, a.imaginary), angle = atan2(a.imaginary, a.real);
        double magnitude = pow(length, b.real), phase = angle * b.real;
        if (b.imaginary != 0) {
            magnitude /= exp(angle * b.imaginary);
            phase += b.imaginary * log(length);
        }
        result = pair_of(magnitude * cos(phase), magnitude * sin(phase));
    }
    bool finite_input = isfinite(a.real) && isfinite(a.imaginary) && isfinite(b.real) && isfinite(b.imaginary);
    if (finite_input && (isinf(result.real) || isinf(result.imaginary)))
        return raise_error(vm, vm->exc.OverflowError, "complex exponentiation");
    return complex_of_pair(vm, result);
}

Value complex_operation(VM *vm, int op, Value left, Value right) {
    Pair a, b;
    int ok = as_pair(vm, left, &a);
    if (ok > 0) ok = as_pair(vm, right, &b);
    if (ok <= 0) return ok < 0 ? ERROR : UNDEFINED;
    switch (op) {
    case BINARY_ADD: return complex_of_pair(vm, pair_of(a.real + b.real, a.imaginary + b.imaginary));
    case BINARY_SUB: return complex_of_pair(vm, pair_of(a.real - b.real, a.imaginary - b.imaginary));
    case BINARY_MUL: return complex_of_pair(vm, multiply(a, b));
    case BINARY_TRUEDIV:
        if (b.real == 0 && b.imaginary == 0) return raise_error(vm, vm->exc.ZeroDivisionError, "complex division by zero");
        return complex_of_pair(vm, divide(a, b));
    case BINARY_POW: return complex_power(vm, a, b);
    default: return UNDEFINED;
    }
}

static Value complex_apply(VM *vm, BinaryOp op, Value left, Value right) {
    Value result = complex_operation(vm, op, left, right);
    return is_undefined(result) ? NOT_IMPLEMENTED : result;
}

#define BINARY_METHODS(name, op)                                                                                             \
    static Value complex_method_##name(VM *vm, const Value *args, int argc) { return complex_apply(vm, op, args[0], args[1]); } \
    static Value complex_method_r##name(VM *vm, const Value *args, int argc) { return complex_apply(vm, op, args[1], args[0]); }
BINARY_METHODS(add, BINARY_ADD)
BINARY_METHODS(sub, BINARY_SUB)
BINARY_METHODS(mul, BINARY_MUL)
BINARY_METHODS(truediv, BINARY_TRUEDIV)

static Value complex_method_pow(VM *vm, const Value *args, int argc) {
    if (argc > 2 && !is_undefined(args[2]) && !is_none(args[2])) return raise_value_error(vm, "complex modulo");
    return complex_apply(vm, BINARY_POW, args[0], args[1]);
}
static Value complex_method_rpow(VM *vm, const Value *args, int argc) { return complex_apply(vm, BINARY_POW, args[1], args[0]); }

// ---- construction

static Value complex_subclass_new(VM *vm, Class *cls, double real, double imaginary) {
    if (cls == vm->types.complex) return complex_new(vm, real, imaginary);
    Complex *c = object_new_of(vm, cls, sizeof *c);
    if (c == NULL) return ERROR;
    c->real = real;
    c->imaginary = imaginary;
    return from_object(c);
}

// A double at *at, digits with underscores between them as float() takes them; moves *at. `text` ends with a zero.
static bool scan_double(char **at, double *out) {
    char *end;
    char *start = *at, *digits = start + (*start == '+' || *start == '-');
    bool word = (*digits | 0x20) == 'i' || (*digits | 0x20) == 'n';
    if (!word && !(*digits == '.' || (*digits >= '0' && *digits <= '9'))) return false;
    if (digits[0] == '0' && (digits[1] | 0x20) == 'x') return false;
    *out = strtod(start, &end);
    if (end == start || (word && end[0] == '(')) return false;
    *at = end;
    return true;
}

// "[+-]real", "[+-]imagj", "real[+-]imagj", in parentheses or not.
static bool scan_complex(char *text, double *real, double *imaginary) {
    char *at = text;
    *real = *imaginary = 0;
    double first;
    if (scan_double(&at, &first)) {
        if (*at == 'j' || *at == 'J') {
            *imaginary = first;
            return at[1] == 0;
        }
        *real = first;
        if (*at == 0) return true;
        if (*at != '+' && *at != '-') return false;
        if (!scan_double(&at, imaginary)) {
            *imaginary = *at == '-' ? -1 : 1;
            at++;
        }
    } else {
        *imaginary = *at == '-' ? -1 : 1;
        if (*at == '+' || *at == '-') at++;
    }
    return (*at == 'j' || *at == 'J') && at[1] == 0;
}

static Value complex_from_text(VM *vm, Class *cls, Str *s) {
    const char *data = str_data(vm, s);
    if (data == NULL) return ERROR;
    char *ascii = buffer_new(vm, s->size + 1);
    if (ascii == NULL) return ERROR;
    const char *start = ascii, *end = ascii + float_text_to_ascii(data, s->size, ascii);
    while (start < end && strchr(" \t\n\r\v\f", *start)) start++;
    while (end > start && strchr(" \t\n\r\v\f", end[-1])) end--;
    if (start < end && *start == '(' && end[-1] == ')') {
        start++;
        end--;
        while (start < end && *start == ' ') start++;
        while (end > start && end[-1] == ' ') end--;
    }
    size_t room = (size_t)(end - start) + 1, length = 0;
    char *copy = buffer_new(vm, room);
    bool ok = copy != NULL && start < end;
    if (copy == NULL) end = start;
    for (const char *at = start; at < end; at++) {
        if (*at == '_') ok &= at > start && at + 1 < end && at[-1] >= '0' && at[-1] <= '9' && at[1] >= '0' && at[1] <= '9';
        else copy[length++] = *at ? *at : '?';
    }
    double real, imaginary;
    if (ok) copy[length] = 0;
    ok = ok && scan_complex(copy, &real, &imaginary);
    buffer_free(vm, ascii, s->size + 1);
    if (copy == NULL) return ERROR;
    buffer_free(vm, copy, room);
    if (!ok) return raise_value_error(vm, "complex() arg is a malformed string");
    return complex_subclass_new(vm, cls, real, imaginary);
}

// What complex() makes of one argument: complex, __complex__, float.
static bool complex_argument(VM *vm, Value v, Pair *out, bool second) {
    if (is_kind(v, KIND_COMPLEX) && class_of(vm, v) == vm->types.complex) return as_pair(vm, v, out) > 0;
    if (!second) {
        Value result = call_special(vm, v, SPECIAL_COMPLEX, NULL, 0);
        if (is_error(result)) return false;
        if (!is_undefined(result)) {
            if (is_kind(result, KIND_COMPLEX))
                return (class_of(vm, result) == vm->types.complex || warn_subclass(vm, "__complex__", "complex", result)) &&
                       as_pair(vm, result, out) > 0;
            return raise_type_error(vm, "__complex__ returned non-complex (type %T)", result), false;
        }
    }
    if (is_kind(v, KIND_COMPLEX)) return as_pair(vm, v, out) > 0;
    Class *cls = class_of(vm, v);
    if (is_undefined(class_special(vm, cls, SPECIAL_FLOAT)) && is_undefined(class_special(vm, cls, SPECIAL_INDEX))) {
        raise_type_error(vm, second ? "complex() second argument must be a number, not '%T'"
                                    : "complex() first argument must be a string or a number, not '%T'", v);
        return false;
    }
    double d;
    if (!value_as_double(vm, v, &d)) return false;
    return *out = pair_of(d, 0), true;
}

static Value complex_method_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Value first = arg_or(args, argc, 1, UNDEFINED), second = arg_or(args, argc, 2, UNDEFINED);
    if (is_str(first)) {
        if (!is_undefined(second)) return raise_type_error(vm, "complex() can't take second arg if first is a string");
        return complex_from_text(vm, cls, to_str(first));
    }
    if (is_str(second)) return raise_type_error(vm, "complex() second arg can't be a string");
    Pair a = pair_of(0, 0), b = pair_of(0, 0);
    if (is_undefined(second) && is_kind(first, KIND_COMPLEX) && class_of(vm, first) == vm->types.complex && cls == vm->types.complex) return first;
    if (!is_undefined(first) && !complex_argument(vm, first, &a, false)) return ERROR;
    if (!is_undefined(second) && !complex_argument(vm, second, &b, true)) return ERROR;
    double real = a.real, imaginary = a.imaginary;
    if (!is_undefined(second)) {
        real -= b.imaginary;
        imaginary = is_kind(first, KIND_COMPLEX) ? imaginary + b.real : b.real;
    }
    return complex_subclass_new(vm, cls, real, imaginary);
}

// ---- the rest

static Value complex_method_neg(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    return complex_new(vm, -c->real, -c->imaginary);
}
static Value complex_method_pos(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    return complex_new(vm, c->real, c->imaginary);
}
static Value complex_method_abs(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    double length = hypot(c->real, c->imaginary);
    if (isinf(length) && isfinite(c->real) && isfinite(c->imaginary))
        return raise_error(vm, vm->exc.OverflowError, "absolute value too large");
    return float_new(vm, length);
}
static Value complex_method_bool(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    return from_bool(c->real != 0 || c->imaginary != 0);
}
static Value complex_method_hash(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    uint64_t real = (uint64_t)(isnan(c->real) ? object_id(vm, args[0]) : float_hash(c->real));
    uint64_t imaginary = (uint64_t)(isnan(c->imaginary) ? object_id(vm, args[0]) : float_hash(c->imaginary));
    int64_t hash = (int64_t)(real + imaginary * 1000003);
    return int_from_i64(vm, hash == -1 ? -2 : hash);
}
static Value complex_conjugate(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    return complex_new(vm, c->real, -c->imaginary);
}

// 1, 0, or -1 when the other one is no number of ours.
static int complex_equal(Value self, Value other) {
    Complex *c = (Complex *)to_object(self);
    if (is_kind(other, KIND_COMPLEX)) {
        Complex *d = (Complex *)to_object(other);
        return c->real == d->real && c->imaginary == d->imaginary;
    }
    if (is_any_float(other)) return c->imaginary == 0 && c->real == float_value(other);
    Value number = int_or_bool(other);
    if (is_undefined(number)) return -1;
    return c->imaginary == 0 && isfinite(c->real) && int_compare_double(number, c->real) == 0;
}
static Value complex_method_eq(VM *vm, const Value *args, int argc) {
    int equal = complex_equal(args[0], args[1]);
    return equal < 0 ? NOT_IMPLEMENTED : from_bool(equal);
}
static Value complex_method_ne(VM *vm, const Value *args, int argc) {
    int equal = complex_equal(args[0], args[1]);
    return equal < 0 ? NOT_IMPLEMENTED : from_bool(!equal);
}

static bool add_part(StrBuilder *b, double d, bool sign) { return double_format(b, d, 'r', 0, false, false, sign); }

static Value complex_method_repr(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    StrBuilder b = STR_BUILDER(vm);
    if (c->real == 0 && !signbit(c->real)) {
        if (add_part(&b, c->imaginary, false)) str_builder_add_c(&b, "j");
    } else {
        str_builder_add_c(&b, "(");
        if (add_part(&b, c->real, false) && add_part(&b, c->imaginary, true)) str_builder_add_c(&b, "j)");
    }
    Str *text = str_builder_finish(&b);
    return text != NULL ? from_object(text) : ERROR;
}

static Value complex_method_format(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "__format__() argument must be str, not %A", args[1]);
    Str *text = format_complex(vm, args[0], to_str(args[1]));
    return text != NULL ? from_object(text) : ERROR;
}

static Value complex_getnewargs(VM *vm, const Value *args, int argc) {
    Complex *c = (Complex *)to_object(args[0]);
    Value real = float_new(vm, c->real), imaginary = float_new(vm, c->imaginary);
    Tuple *tuple = is_error(real) || is_error(imaginary) ? NULL : tuple_pack(vm, 2, real, imaginary);
    return tuple != NULL ? from_object(tuple) : ERROR;
}

static Value complex_get_real(VM *vm, Value self) { return float_new(vm, ((Complex *)to_object(self))->real); }
static Value complex_get_imag(VM *vm, Value self) { return float_new(vm, ((Complex *)to_object(self))->imaginary); }

static const NativeDef complex_methods[] = {
    {"__new__(cls, real=0, imag=0)", complex_method_new, "Create and return a new object.", NATIVE_NEW},
    {"__add__(self, value, /)", complex_method_add, "Return self+value.", 0},
    {"__radd__(self, value, /)", complex_method_radd, "Return value+self.", 0},
    {"__sub__(self, value, /)", complex_method_sub, "Return self-value.", 0},
    {"__rsub__(self, value, /)", complex_method_rsub, "Return value-self.", 0},
    {"__mul__(self, value, /)", complex_method_mul, "Return self*value.", 0},
    {"__rmul__(self, value, /)", complex_method_rmul, "Return value*self.", 0},
    {"__truediv__(self, value, /)", complex_method_truediv, "Return self/value.", 0},
    {"__rtruediv__(self, value, /)", complex_method_rtruediv, "Return value/self.", 0},
    {"__pow__(self, value, mod=None, /)", complex_method_pow, "Return pow(self, value, mod).", 0},
    {"__rpow__(self, value, mod=None, /)", complex_method_rpow, "Return pow(value, self, mod).", 0},
    {"__neg__(self, /)", complex_method_neg, "-self", 0},
    {"__pos__(self, /)", complex_method_pos, "+self", 0},
    {"__abs__(self, /)", complex_method_abs, "abs(self)", 0},
    {"__bool__(self, /)", complex_method_bool, "True if self else False", 0},
    {"__eq__(self, value, /)", complex_method_eq, "Return self==value.", 0},
    {"__ne__(self, value, /)", complex_method_ne, "Return self!=value.", 0},
    {"__hash__(self, /)", complex_method_hash, "Return hash(self).", 0},
    {"__repr__(self, /)", complex_method_repr, "Return repr(self).", 0},
    {"__format__(self, format_spec, /)", complex_method_format, "Format by the format specification.", 0},
    {"__complex__(self, /)", complex_method_pos, "Convert this value to exact type complex.", 0},
    {"__getnewargs__(self, /)", complex_getnewargs, NULL, 0},
    {"conjugate(self, /)", complex_conjugate, "The complex conjugate of its argument. (3-4j).conjugate() == 3+4j.", 0},
    {0},
};

static const GetSetDef complex_getsets[] = {
    {"real", complex_get_real, readonly_member, "the real part of a complex number"},
    {"imag", complex_get_imag, readonly_member, "the imaginary part of a complex number"},
    {0},
};

bool complex_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.complex, .doc = "Create a complex number from a real part and an optional imaginary part.",
                                      .instance_size = sizeof(Complex), .methods = complex_methods, .getsets = complex_getsets,
                                      .flags = CLASS_BASETYPE});
}
