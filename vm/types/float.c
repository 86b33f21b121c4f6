// float: the Python-visible type. Inline floats (value.h) and boxed ones are the same to it.
#include "vm/types/float.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/bytes.h"
#include "vm/types/bytes_methods.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/format.h"
#include "vm/types/int.h"
#include "vm/types/str.h"
#include "vm/warnings.h"

Value float_box(VM *vm, double d) {
    Shape *shape = class_shape(vm, vm->types.float_);
    Float *boxed = shape == NULL ? NULL : object_new(vm, KIND_FLOAT, shape, sizeof *boxed);
    if (boxed == NULL) return ERROR;
    boxed->value = d;
    return from_object(boxed);
}

// CPython's: the value modulo 2^61 - 1, where a binary fraction is a division in that field. So that equal numbers hash equally.
int64_t float_hash(double d) {
    if (isinf(d)) return d > 0 ? 314159 : -314159;
    if (isnan(d)) return 0;
    const int bits = 61;
    const uint64_t prime = (UINT64_C(1) << bits) - 1;
    int exponent;
    double mantissa = frexp(fabs(d), &exponent);
    uint64_t hash = 0;
    while (mantissa != 0) {
        hash = (hash << 28 & prime) | hash >> (bits - 28);
        mantissa *= 0x1p28;
        exponent -= 28;
        uint64_t part = (uint64_t)mantissa;
        mantissa -= (double)part;
        hash += part;
        if (hash >= prime) hash -= prime;
    }
    exponent = exponent >= 0 ? exponent % bits : bits - 1 - (-1 - exponent) % bits;
    hash = (hash << exponent & prime) | hash >> (bits - exponent);
    int64_t result = d < 0 ? -(int64_t)hash : (int64_t)hash;
    return result == -1 ? -2 : result;
}

// ---- arithmetic shared with number_ops.c

void float_divmod(double a, double b, double *out_quotient, double *out_remainder) {
    double remainder = fmod(a, b), quotient = (a - remainder) / b;
    if (remainder != 0) {
        if ((b < 0) != (remainder < 0)) {
            remainder += b;
            quotient -= 1;
        }
    } else {
        remainder = copysign(0.0, b);
    }
    if (quotient != 0) {
        double whole = floor(quotient);
        if (quotient - whole > 0.5) whole += 1;
        quotient = whole;
    } else {
        quotient = copysign(0.0, a / b);
    }
    *out_quotient = quotient;
    *out_remainder = remainder;
}

Value float_pow(VM *vm, double a, double b) {
    if (a == 0 && b < 0 && !isinf(b)) return raise_error(vm, vm->exc.ZeroDivisionError, "0.0 cannot be raised to a negative power");
    if (a < 0 && isfinite(a) && isfinite(b) && b != floor(b)) {
        Value base = complex_new(vm, a, 0), exponent = is_error(base) ? ERROR : complex_new(vm, b, 0);
        return is_error(exponent) ? ERROR : complex_operation(vm, BINARY_POW, base, exponent);
    }
    double result = pow(a, b);
    if (isinf(result) && isfinite(a) && isfinite(b)) {
        Value args[2] = {from_int(34), UNDEFINED};
        Str *text = str_from_c(vm, "Numerical result out of range");
        if (text == NULL) return ERROR;
        args[1] = from_object(text);
        return raise_with_args(vm, vm->exc.OverflowError, 2, args);
    }
    return float_new(vm, result);
}

// ---- construction

static Value float_subclass_new(VM *vm, Class *cls, double d) {
    if (cls == vm->types.float_) return float_new(vm, d);
    Float *object = object_new_of(vm, cls, sizeof *object);
    if (object == NULL) return ERROR;
    object->value = d;
    return from_object(object);
}

size_t float_text_to_ascii(const char *data, size_t size, char *out) {
    size_t at = 0, length = 0;
    while (at < size) {
        uint32_t code_point;
        at += utf8_decode(data + at, &code_point);
        char c = '?';
        if (code_point > 0 && code_point < 128) c = (char)code_point;
        else if (unicode_decimal_value(code_point) >= 0) c = (char)('0' + unicode_decimal_value(code_point));
        else if (unicode_is_space(code_point)) c = ' ';
        if ((c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f)) c = ' ';
        out[length++] = c;
    }
    return length;
}

// Copies the text as float() reads it: as ASCII, underscores between digits taken out. False when it cannot be a number.
static bool float_text_normalise(const char *data, size_t size, char *out, size_t *out_size) {
    size_t length = float_text_to_ascii(data, size, out), start = 0, kept = 0;
    while (start < length && out[start] == ' ') start++;
    while (length > start && out[length - 1] == ' ') length--;
    for (size_t i = start; i < length; i++) {
        if (out[i] == '_') {
            bool between = i > start && i + 1 < length && out[i - 1] >= '0' && out[i - 1] <= '9' && out[i + 1] >= '0' && out[i + 1] <= '9';
            if (!between) return false;
            continue;
        }
        out[kept++] = out[i];
    }
    out[kept] = 0;
    *out_size = kept;
    return kept > 0;
}

// What strtod takes but Python does not: hexadecimal floats, "nan(...)", anything odd.
static bool float_text_is_plain(const char *text) {
    const char *at = text;
    if (*at == '+' || *at == '-') at++;
    static const char *const words[] = {"inf", "infinity", "nan"};
    for (size_t i = 0; i < 3; i++) {
        size_t k = 0;
        while (words[i][k] != 0 && (at[k] | 0x20) == words[i][k]) k++;
        if (words[i][k] == 0 && at[k] == 0) return true;
    }
    bool digits = false;
    for (; *at >= '0' && *at <= '9'; at++) digits = true;
    if (*at == '.') at++;
    for (; *at >= '0' && *at <= '9'; at++) digits = true;
    if (!digits) return false;
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '+' || *at == '-') at++;
        if (*at < '0' || *at > '9') return false;
        while (*at >= '0' && *at <= '9') at++;
    }
    return *at == 0;
}

static Value float_parse(VM *vm, const char *data, size_t size, Value shown) {
    char stack_copy[128], *copy = stack_copy;
    if (size + 1 > sizeof stack_copy && (copy = buffer_new(vm, size + 1)) == NULL) return ERROR;
    size_t length;
    Value result;
    if (float_text_normalise(data, size, copy, &length) && float_text_is_plain(copy)) {
        const char *word = copy + (*copy == '-' || *copy == '+');
        bool negative = *copy == '-';
        if ((*word | 0x20) == 'n') result = float_new(vm, negative ? -NAN : NAN);
        else if ((*word | 0x20) == 'i') result = float_new(vm, negative ? -INFINITY : INFINITY);
        else result = float_new(vm, strtod(copy, NULL));
    } else {
        result = raise_value_error(vm, "could not convert string to float: %R", shown);
    }
    if (copy != stack_copy) buffer_free(vm, copy, size + 1);
    return result;
}

Value float_from_text(VM *vm, Str *text, Value shown) {
    const char *data = str_data(vm, text);
    return data == NULL ? ERROR : float_parse(vm, data, text->size, shown);
}

static Value float_method_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Value source = arg_or(args, argc, 1, UNDEFINED), number;
    if (is_undefined(source)) return float_subclass_new(vm, cls, 0.0);
    const uint8_t *data;
    size_t size;
    if (is_str(source) && is_undefined(class_special(vm, class_of(vm, source), SPECIAL_FLOAT))) {
        number = float_from_text(vm, to_str(source), source);
    } else if (is_bytes_like(source) && is_undefined(class_special(vm, class_of(vm, source), SPECIAL_FLOAT))) {
        if (!bytes_like(vm, source, &data, &size)) return ERROR;
        number = float_parse(vm, (const char *)data, size, source);
    } else {
        Class *source_class = class_of(vm, source);
        if (is_undefined(class_special(vm, source_class, SPECIAL_FLOAT)) && is_undefined(class_special(vm, source_class, SPECIAL_INDEX)))
            return raise_type_error(vm, "float() argument must be a string or a real number, not '%T'", source);
        double d;
        if (is_any_float(source) && source_class != vm->types.float_) {   // a subclass may have its own __float__
            source = call_special(vm, source, SPECIAL_FLOAT, NULL, 0);
            if (is_error(source)) return ERROR;
            if (!is_any_float(source)) return raise_type_error(vm, "%C.__float__ returned non-float (type %T)", source_class, source);
            if (class_of(vm, source) != vm->types.float_ &&
                !vm_warn(vm, vm->exc.DeprecationWarning, 1,
                         "%C.__float__ returned non-float (type %T).  The ability to return an instance of a strict subclass of float is "
                         "deprecated, and may be removed in a future version of Python.", source_class, source))
                return ERROR;
        }
        if (!value_as_double(vm, source, &d)) return ERROR;
        return float_subclass_new(vm, cls, d);
    }
    return is_error(number) || cls == vm->types.float_ ? number : float_subclass_new(vm, cls, float_value(number));
}

// ---- operators as methods

// The other operand as a double: 1, 0 when it is no number of ours, -1 on overflow.
static int other_double(VM *vm, Value v, double *out) {
    if (is_any_float(v)) return *out = float_value(v), 1;
    Value number = int_or_bool(v);
    if (is_undefined(number)) return 0;
    *out = int_as_double(number);
    if (!isinf(*out)) return 1;
    raise_error(vm, vm->exc.OverflowError, "int too large to convert to float");
    return -1;
}

static Value float_apply(VM *vm, BinaryOp op, Value self, Value other, bool reflected) {
    double a = float_value(self), b;
    int ok = other_double(vm, other, &b);
    if (ok <= 0) return ok < 0 ? ERROR : NOT_IMPLEMENTED;
    Value left = float_new(vm, reflected ? b : a), right = is_error(left) ? ERROR : float_new(vm, reflected ? a : b);
    return is_error(right) ? ERROR : binary_op_builtin(vm, op, left, right, false);
}

#define BINARY_METHODS(name, op)                                                                                                   \
    static Value float_method_##name(VM *vm, const Value *args, int argc) { return float_apply(vm, op, args[0], args[1], false); } \
    static Value float_method_r##name(VM *vm, const Value *args, int argc) { return float_apply(vm, op, args[0], args[1], true); }
BINARY_METHODS(add, BINARY_ADD)
BINARY_METHODS(sub, BINARY_SUB)
BINARY_METHODS(mul, BINARY_MUL)
BINARY_METHODS(truediv, BINARY_TRUEDIV)
BINARY_METHODS(floordiv, BINARY_FLOORDIV)
BINARY_METHODS(mod, BINARY_MOD)
BINARY_METHODS(divmod, BINARY_DIVMOD)

static Value float_method_pow(VM *vm, const Value *args, int argc) {
    if (argc > 2 && !is_undefined(args[2]) && !is_none(args[2]))
        return raise_type_error(vm, "pow() 3rd argument not allowed unless all arguments are integers");
    return float_apply(vm, BINARY_POW, args[0], args[1], false);
}
static Value float_method_rpow(VM *vm, const Value *args, int argc) { return float_apply(vm, BINARY_POW, args[0], args[1], true); }

// -1, 0, 1, or 2 for unordered; 3 when the other one is no number of ours.
static int float_order(Value self, Value other) {
    double a = float_value(self);
    if (is_any_float(other)) {
        double b = float_value(other);
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : 2;
    }
    Value number = int_or_bool(other);
    if (is_undefined(number)) return 3;
    if (isnan(a)) return 2;
    if (isinf(a)) return a > 0 ? 1 : -1;
    return -int_compare_double(number, a);
}
#define COMPARE_METHOD(name, test)                                                                     \
    static Value float_method_##name(VM *vm, const Value *args, int argc) {                            \
        int order = float_order(args[0], args[1]);                                                     \
        return order == 3 ? NOT_IMPLEMENTED : from_bool(test);                                         \
    }
COMPARE_METHOD(lt, order == -1)
COMPARE_METHOD(le, order == -1 || order == 0)
COMPARE_METHOD(eq, order == 0)
COMPARE_METHOD(ne, order != 0)
COMPARE_METHOD(gt, order == 1)
COMPARE_METHOD(ge, order == 1 || order == 0)

static Value float_method_neg(VM *vm, const Value *args, int argc) { return float_new(vm, -float_value(args[0])); }
static Value float_method_self(VM *vm, const Value *args, int argc) { return float_new(vm, float_value(args[0])); }
static Value float_method_abs(VM *vm, const Value *args, int argc) { return float_new(vm, fabs(float_value(args[0]))); }
static Value float_method_bool(VM *vm, const Value *args, int argc) { return from_bool(float_value(args[0]) != 0); }
static Value float_method_int(VM *vm, const Value *args, int argc) { return int_from_double(vm, float_value(args[0])); }
static Value float_method_floor(VM *vm, const Value *args, int argc) { return int_from_double(vm, floor(float_value(args[0]))); }
static Value float_method_ceil(VM *vm, const Value *args, int argc) { return int_from_double(vm, ceil(float_value(args[0]))); }
static Value float_method_hash(VM *vm, const Value *args, int argc) {
    double d = float_value(args[0]);
    return int_from_i64(vm, isnan(d) ? hash_identity(vm, args[0]) : float_hash(d));
}
static Value float_method_repr(VM *vm, const Value *args, int argc) {
    Str *text = float_repr(vm, float_value(args[0]));
    return text != NULL ? from_object(text) : ERROR;
}
static Value float_method_format(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "__format__() argument must be str, not %A", args[1]);
    bool plain = to_str(args[1])->size == 0 && class_of(vm, args[0]) != vm->types.float_;   // a subclass may have its own __str__
    Str *text = plain ? value_str(vm, args[0]) : format_float(vm, float_value(args[0]), to_str(args[1]));
    return text != NULL ? from_object(text) : ERROR;
}

// round(x, n) through the decimal digits: correctly rounded, ties to the even decimal as the exact binary value has them.
static Value float_round_to(VM *vm, double d, ptrdiff_t digits) {
    if (!isfinite(d) || digits > 323) return float_new(vm, d);
    if (digits < -308) return float_new(vm, copysign(0.0, d));
    double result;
    if (digits >= 0) {
        char text[700];
        snprintf(text, sizeof text, "%.*f", (int)digits, d);
        result = strtod(text, NULL);
    } else {
        // "%.*e" rounds the exact value at any place left of the point; where no digit stays, compare with half a unit.
        double magnitude = fabs(d);
        int exponent = magnitude > 0 ? (int)floor(log10(magnitude)) : 0;
        if (magnitude >= pow(10, exponent + 1)) exponent++;
        if (magnitude < pow(10, exponent)) exponent--;
        int precision = exponent + (int)digits;
        if (precision < 0) {
            double unit = pow(10, (double)-digits);
            result = magnitude > unit / 2 ? copysign(unit, d) : copysign(0.0, d);
        } else {
            char text[64];
            snprintf(text, sizeof text, "%.*e", precision, d);
            result = strtod(text, NULL);
        }
    }
    if (isinf(result)) return raise_error(vm, vm->exc.OverflowError, "rounded value too large to represent");
    return float_new(vm, result);
}

static Value float_method_round(VM *vm, const Value *args, int argc) {
    double d = float_value(args[0]);
    if (argc < 2 || is_undefined(args[1]) || is_none(args[1])) {
        if (!isfinite(d)) return int_from_double(vm, d);
        return int_from_double(vm, nearbyint(d));
    }
    ptrdiff_t digits;
    return index_as_clamped(vm, args[1], &digits) ? float_round_to(vm, d, digits) : ERROR;
}

// ---- methods

static Value float_is_integer(VM *vm, const Value *args, int argc) {
    double d = float_value(args[0]);
    return from_bool(isfinite(d) && floor(d) == d);
}

static Value float_as_integer_ratio(VM *vm, const Value *args, int argc) {
    double d = float_value(args[0]);
    if (isinf(d)) return raise_error(vm, vm->exc.OverflowError, "cannot convert Infinity to integer ratio");
    if (isnan(d)) return raise_value_error(vm, "cannot convert NaN to integer ratio");
    int exponent;
    double mantissa = frexp(d, &exponent);
    while (mantissa != floor(mantissa)) {
        mantissa *= 2;
        exponent--;
    }
    Value numerator = from_int((int64_t)mantissa), denominator = from_int(1);
    if (exponent > 0) numerator = int_lshift(vm, numerator, from_int(exponent));
    else denominator = int_lshift(vm, denominator, from_int(-exponent));
    if (is_error(numerator) || is_error(denominator)) return ERROR;
    Tuple *pair = tuple_pack(vm, 2, numerator, denominator);
    return pair != NULL ? from_object(pair) : ERROR;
}

static Value float_hex(VM *vm, const Value *args, int argc) {
    double d = float_value(args[0]);
    if (!isfinite(d)) return float_method_repr(vm, args, 1);
    const char *sign = signbit(d) ? "-" : "";
    char text[64];
    if (d == 0) {
        snprintf(text, sizeof text, "%s0x0.0p+0", sign);
    } else {
        int exponent;
        double mantissa = frexp(fabs(d), &exponent);
        if (exponent < -1021) {                            // subnormal: a leading 0 and the smallest exponent
            mantissa = ldexp(fabs(d), 1022);
            exponent = -1022;
        } else {
            mantissa *= 2;
            exponent -= 1;
        }
        int lead = (int)mantissa;
        uint64_t fraction = (uint64_t)ldexp(mantissa - lead, 52);
        snprintf(text, sizeof text, "%s0x%d.%013llxp%+d", sign, lead, (unsigned long long)fraction, exponent);
    }
    Str *result = str_from_c(vm, text);
    return result != NULL ? from_object(result) : ERROR;
}

// m * 2**exponent, plus a little when `more`, rounded to the nearest double, ties to even; m is not 0.
static double scale_rounded(uint64_t m, int64_t exponent, bool more) {
    int64_t top = exponent + 63 - __builtin_clzll(m);
    if (top > 1023) return INFINITY;
    int64_t lowest = top - 52 > -1074 ? top - 52 : -1074, drop = lowest - exponent;
    if (drop <= 0) return ldexp((double)m, (int)exponent);
    if (drop > 64) return 0;
    uint64_t kept = drop == 64 ? 0 : m >> drop, rest = drop == 64 ? m : m - (kept << drop), half = UINT64_C(1) << (drop - 1);
    if (rest > half || (rest == half && (more || kept & 1))) kept++;
    return ldexp((double)kept, (int)lowest);
}

// A checked hexadecimal number with its 0x. The C library's strtod is not right for all of those below the normal range.
static double hex_parse(const char *at) {
    bool negative = *at == '-', more = false, behind_point = false;
    uint64_t m = 0;
    int64_t exponent = 0, given = 0;
    for (at += *at == '-' || *at == '+' ? 3 : 2; *at != 0 && (*at | 0x20) != 'p'; at++) {
        if (*at == '.') {
            behind_point = true;
            continue;
        }
        unsigned digit = *at <= '9' ? (unsigned)(*at - '0') : (unsigned)((*at | 0x20) - 'a' + 10);
        bool room = m >> 60 == 0;
        if (room) m = m << 4 | digit;
        else more |= digit != 0;
        exponent += (room ? 0 : 4) - (behind_point ? 4 : 0);
    }
    if (*at != 0) {
        bool below = at[1] == '-';
        for (at += at[1] == '-' || at[1] == '+' ? 2 : 1; *at != 0; at++)
            if (given < INT64_C(1) << 50) given = given * 10 + (*at - '0');
        exponent += below ? -given : given;
    }
    double d = m == 0 ? 0 : scale_rounded(m, exponent, more);
    return negative ? -d : d;
}

static Value float_fromhex(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "fromhex() argument must be str, not %A", args[1]);
    const char *data = str_data(vm, to_str(args[1]));
    if (data == NULL) return ERROR;
    size_t size = to_str(args[1])->size;
    while (size > 0 && strchr(" \t\n\v\f\r", *data)) data++, size--;
    while (size > 0 && strchr(" \t\n\v\f\r", data[size - 1])) size--;
    char stack_copy[160], *copy = stack_copy;
    size_t room = size + 4;
    if (room > sizeof stack_copy && (copy = buffer_new(vm, room)) == NULL) return ERROR;
    size_t out = 0, at = 0;
    if (at < size && (data[at] == '-' || data[at] == '+')) copy[out++] = data[at++];
    bool word = at < size && strchr("iInN", data[at]) != NULL;
    bool ok = true, digits = false;
    if (!word) {
        if (size - at >= 2 && data[at] == '0' && (data[at + 1] | 0x20) == 'x') at += 2;
        copy[out++] = '0';
        copy[out++] = 'x';
        bool exponent = false, point = false;
        for (size_t i = at; i < size && ok; i++) {
            char c = data[i];
            if (exponent) ok = (c >= '0' && c <= '9') || ((c == '+' || c == '-') && (data[i - 1] | 0x20) == 'p');
            else if ((c | 0x20) == 'p') exponent = true, ok = digits && i + 1 < size;
            else if (c == '.') ok = !point, point = true;
            else if (strchr("0123456789abcdefABCDEF", c)) digits = true;
            else ok = false;
        }
        ok = ok && digits && strchr("+-", data[size - 1]) == NULL;
    }
    memcpy(copy + out, data + at, size - at);
    out += size - at;
    copy[out] = 0;
    ok = ok && size > 0 && (!word || float_text_is_plain(copy));
    double d = !ok ? 0 : word ? strtod(copy, NULL) : hex_parse(copy);
    if (copy != stack_copy) buffer_free(vm, copy, room);
    if (!ok) return raise_value_error(vm, "invalid hexadecimal floating-point string");
    if (isinf(d) && !word) return raise_error(vm, vm->exc.OverflowError, "hexadecimal value too large to represent as a float");
    Value number = float_new(vm, d);
    Class *cls = (Class *)to_object(args[0]);
    return is_error(number) || cls == vm->types.float_ ? number : call1(vm, args[0], number);
}

static Value float_getnewargs(VM *vm, const Value *args, int argc) {
    Value plain = float_method_self(vm, args, 1);
    Tuple *tuple = is_error(plain) ? NULL : tuple_pack(vm, 1, plain);
    return tuple != NULL ? from_object(tuple) : ERROR;
}

static Value float_getformat(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "__getformat__() argument must be str, not %A", args[1]);
    if (!str_equals_c(vm, to_str(args[1]), "double") && !str_equals_c(vm, to_str(args[1]), "float"))
        return raise_value_error(vm, "__getformat__() argument 1 must be 'double' or 'float'");
    Str *text = str_from_c(vm, "IEEE, little-endian");
    return text != NULL ? from_object(text) : ERROR;
}

static Value float_get_self(VM *vm, Value self) { return float_new(vm, float_value(self)); }
static Value float_get_zero(VM *vm, Value self) { return float_new(vm, 0.0); }

static const NativeDef float_methods[] = {
    {"__new__(cls, x=0, /)", float_method_new, "Create and return a new object.", NATIVE_NEW},
    {"__add__(self, value, /)", float_method_add, "Return self+value.", 0},
    {"__radd__(self, value, /)", float_method_radd, "Return value+self.", 0},
    {"__sub__(self, value, /)", float_method_sub, "Return self-value.", 0},
    {"__rsub__(self, value, /)", float_method_rsub, "Return value-self.", 0},
    {"__mul__(self, value, /)", float_method_mul, "Return self*value.", 0},
    {"__rmul__(self, value, /)", float_method_rmul, "Return value*self.", 0},
    {"__mod__(self, value, /)", float_method_mod, "Return self%value.", 0},
    {"__rmod__(self, value, /)", float_method_rmod, "Return value%self.", 0},
    {"__divmod__(self, value, /)", float_method_divmod, "Return divmod(self, value).", 0},
    {"__rdivmod__(self, value, /)", float_method_rdivmod, "Return divmod(value, self).", 0},
    {"__pow__(self, value, mod=None, /)", float_method_pow, "Return pow(self, value, mod).", 0},
    {"__rpow__(self, value, mod=None, /)", float_method_rpow, "Return pow(value, self, mod).", 0},
    {"__neg__(self, /)", float_method_neg, "-self", 0},
    {"__pos__(self, /)", float_method_self, "+self", 0},
    {"__abs__(self, /)", float_method_abs, "abs(self)", 0},
    {"__bool__(self, /)", float_method_bool, "True if self else False", 0},
    {"__int__(self, /)", float_method_int, "int(self)", 0},
    {"__float__(self, /)", float_method_self, "float(self)", 0},
    {"__floordiv__(self, value, /)", float_method_floordiv, "Return self//value.", 0},
    {"__rfloordiv__(self, value, /)", float_method_rfloordiv, "Return value//self.", 0},
    {"__truediv__(self, value, /)", float_method_truediv, "Return self/value.", 0},
    {"__rtruediv__(self, value, /)", float_method_rtruediv, "Return value/self.", 0},
    {"__lt__(self, value, /)", float_method_lt, "Return self<value.", 0},
    {"__le__(self, value, /)", float_method_le, "Return self<=value.", 0},
    {"__eq__(self, value, /)", float_method_eq, "Return self==value.", 0},
    {"__ne__(self, value, /)", float_method_ne, "Return self!=value.", 0},
    {"__gt__(self, value, /)", float_method_gt, "Return self>value.", 0},
    {"__ge__(self, value, /)", float_method_ge, "Return self>=value.", 0},
    {"__hash__(self, /)", float_method_hash, "Return hash(self).", 0},
    {"__repr__(self, /)", float_method_repr, "Return repr(self).", 0},
    {"__trunc__(self, /)", float_method_int, "The integral closest to x between 0 and x.", 0},
    {"__floor__(self, /)", float_method_floor, "The floor as an integral.", 0},
    {"__ceil__(self, /)", float_method_ceil, "The ceiling as an integral.", 0},
    {"__round__(self, ndigits=None, /)", float_method_round, "The integral closest to x, ties to even; or a float with ndigits decimals.", 0},
    {"__format__(self, format_spec, /)", float_method_format, "Format by the format specification.", 0},
    {"__getnewargs__(self, /)", float_getnewargs, NULL, 0},
    {"__getformat__(cls, typestr, /)", float_getformat, "How C doubles are laid out.", NATIVE_CLASS_METHOD},
    {"conjugate(self, /)", float_method_self, "self, the complex conjugate of any float.", 0},
    {"is_integer(self, /)", float_is_integer, "Whether the float is an integer.", 0},
    {"as_integer_ratio(self, /)", float_as_integer_ratio, "A pair of integers whose ratio is exactly equal to the float.", 0},
    {"hex(self, /)", float_hex, "Hexadecimal representation of the float.", 0},
    {"fromhex(cls, string, /)", float_fromhex, "A float from its hexadecimal representation.", NATIVE_CLASS_METHOD},
    {0},
};

static const GetSetDef float_getsets[] = {
    {"real", float_get_self, NULL, "the real part of a complex number"},
    {"imag", float_get_zero, NULL, "the imaginary part of a complex number"},
    {0},
};

static Value float_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc != 1) return UNDEFINED;
    if (is_inline_float(args[0])) return args[0];
    return is_int(args[0]) ? float_new(vm, (double)to_int(args[0])) : UNDEFINED;
}

bool float_init(VM *vm) {
    vm->types.float_->construct = float_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.float_, .doc = "Convert a string or number to a floating point number, if possible.",
                                      .instance_size = sizeof(Float), .methods = float_methods, .getsets = float_getsets,
                                      .flags = CLASS_BASETYPE | CLASS_MATCH_SELF});
}
