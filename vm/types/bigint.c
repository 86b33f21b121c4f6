// Arithmetic on ints of any size: the slow half of int. Inline ints that overflow come here and results that fit go back inline.
// The Python-visible type is in int.c, text conversion in int_text.c.
#include "vm/types/int.h"

#include <math.h>

#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/float.h"

enum { DIGIT_BITS = MP_DIGIT_BIT };

// The largest magnitude we let anyone make, in bits; LibTomMath counts bits in an int.
#define INT_MAX_BITS ((size_t)1 << 30)

void bigint_free(VM *vm, Object *object) {
    BigInt *big = (BigInt *)object;
    if (big->digits != NULL && big->digits != big->small) buffer_free(vm, big->digits, (size_t)big->used * sizeof(mp_digit));
    big->digits = NULL;
}

void bigint_trace(VM *vm, Object *object) {
    (void)vm;
    (void)object;
}

// ---- between Values and LibTomMath

const mp_int *int_view(Value v, IntView *view) {
    mp_int *number = &view->number;
    if (is_bigint(v)) {
        BigInt *big = to_bigint(v);
        *number = (mp_int){.used = big->used, .alloc = big->used, .sign = big->negative ? MP_NEG : MP_ZPOS, .dp = big->digits};
        return number;
    }
    int64_t small = is_int(v) ? to_int(v) : is_true_value(v);
    uint64_t magnitude = small < 0 ? -(uint64_t)small : (uint64_t)small;
    view->digits[0] = magnitude & MP_MASK;
    view->digits[1] = magnitude >> DIGIT_BITS;
    *number = (mp_int){.used = view->digits[1] ? 2 : view->digits[0] ? 1 : 0, .alloc = 2,
                       .sign = small < 0 ? MP_NEG : MP_ZPOS, .dp = view->digits};
    return number;
}

static Value mp_error(VM *vm, mp_err error, mp_int *result) {
    if (result != NULL) mp_clear(result);
    if (error == MP_MEM) return raise_no_memory(vm);
    return raise_error(vm, vm->exc.OverflowError, "int too large");
}

static BigInt *bigint_of_digits(VM *vm, Class *cls, const mp_int *number) {
    Shape *shape = class_shape(vm, cls);
    if (shape == NULL) return NULL;
    BigInt *big = cls == vm->types.int_ ? object_new(vm, KIND_BIGINT, shape, sizeof *big) : object_new_of(vm, cls, sizeof *big);
    if (big == NULL) return NULL;
    big->digits = big->small;
    if (number->used > BIGINT_SMALL_DIGITS) {
        mp_digit *digits = buffer_new(vm, (size_t)number->used * sizeof *digits);
        if (digits == NULL) return NULL;
        big->digits = digits;
    }
    memcpy(big->digits, number->dp, (size_t)number->used * sizeof *big->digits);
    big->used = number->used;
    big->negative = number->sign == MP_NEG;
    return big;
}

static bool mp_as_inline(const mp_int *number, int64_t *out) {
    if (number->used > 2) return false;
    if (number->used == 2 && number->dp[1] > 3) return false;
    uint64_t magnitude = number->used == 0 ? 0 : number->dp[0];
    if (number->used == 2) magnitude |= (uint64_t)number->dp[1] << DIGIT_BITS;
    if (number->sign == MP_NEG) {
        if (magnitude > (uint64_t)INT_INLINE_MAX + 1) return false;
        *out = (int64_t)-magnitude;
    } else {
        if (magnitude > (uint64_t)INT_INLINE_MAX) return false;
        *out = (int64_t)magnitude;
    }
    return true;
}

Value int_from_mp(VM *vm, mp_int *number) {
    int64_t small;
    Value result;
    if (mp_as_inline(number, &small)) {
        result = from_int(small);
    } else {
        BigInt *big = bigint_of_digits(vm, vm->types.int_, number);
        result = big != NULL ? from_object(big) : ERROR;
    }
    mp_clear(number);
    return result;
}

Value int_subclass_new(VM *vm, Class *cls, Value plain) {
    IntView view;
    BigInt *big = bigint_of_digits(vm, cls, int_view(plain, &view));
    return big != NULL ? from_object(big) : ERROR;
}

Value int_or_bool(Value v) {
    if (is_int(v)) return v;
    if (is_bool(v)) return from_int(is_true_value(v));
    if (!is_bigint(v)) return UNDEFINED;
    IntView view;
    int64_t small;
    return mp_as_inline(int_view(v, &view), &small) ? from_int(small) : v;
}

Value int_from_i64(VM *vm, int64_t i) {
    if (LIKELY(int_fits(i))) return from_int(i);
    return i < 0 ? int_negate(vm, int_from_u64(vm, -(uint64_t)i)) : int_from_u64(vm, (uint64_t)i);
}

Value int_from_u64(VM *vm, uint64_t u) {
    if (u <= (uint64_t)INT_INLINE_MAX) return from_int((int64_t)u);
    mp_digit digits[2] = {u & MP_MASK, u >> DIGIT_BITS};
    mp_int number = {.used = 2, .alloc = 2, .sign = MP_ZPOS, .dp = digits};
    BigInt *big = bigint_of_digits(vm, vm->types.int_, &number);
    return big != NULL ? from_object(big) : ERROR;
}

bool int_as_i64(Value v, int64_t *out) {
    if (is_int(v)) return *out = to_int(v), true;
    if (!is_bigint(v)) return *out = is_true_value(v), true;
    BigInt *big = to_bigint(v);
    if (big->used > 2 || (big->used == 2 && big->digits[1] > 15)) return false;
    uint64_t magnitude = (big->used > 0 ? big->digits[0] : 0) | (big->used == 2 ? (uint64_t)big->digits[1] << DIGIT_BITS : 0);
    if (magnitude > (uint64_t)INT64_MAX + (big->negative != 0)) return false;
    *out = big->negative ? (int64_t)-magnitude : (int64_t)magnitude;
    return true;
}

Value int_from_double(VM *vm, double d) {
    if (d != d) return raise_value_error(vm, "cannot convert float NaN to integer");
    if (isinf(d)) return raise_error(vm, vm->exc.OverflowError, "cannot convert float infinity to integer");
    if (fabs(d) < 0x1p60) return from_int((int64_t)d);
    int exponent;
    int64_t mantissa = (int64_t)ldexp(frexp(trunc(d), &exponent), 53);
    return int_lshift(vm, from_int(mantissa), from_int(exponent - 53));
}

// ---- questions

int int_sign(Value v) {
    if (is_int(v)) return (to_int(v) > 0) - (to_int(v) < 0);
    if (!is_bigint(v)) return is_true_value(v);
    BigInt *big = to_bigint(v);
    return big->used == 0 ? 0 : big->negative ? -1 : 1;
}

int int_compare(Value a, Value b) {
    if (both_int(a, b)) return int_less(a, b) ? -1 : !value_same(a, b);
    IntView left, right;
    return (int)mp_cmp(int_view(a, &left), int_view(b, &right));
}

bool int_is_odd(Value v) {
    IntView view;
    const mp_int *number = int_view(v, &view);
    return number->used > 0 && (number->dp[0] & 1);
}

size_t int_bit_length(Value v) {
    IntView view;
    const mp_int *number = int_view(v, &view);
    if (number->used == 0) return 0;
    return (size_t)(number->used - 1) * DIGIT_BITS + (size_t)(64 - __builtin_clzll(number->dp[number->used - 1]));
}

// CPython's: the value modulo the Mersenne prime 2^61 - 1, with the sign of the value; -1 is not a hash.
int64_t int_hash(Value v) {
    const uint64_t prime = (UINT64_C(1) << 61) - 1;
    IntView view;
    const mp_int *number = int_view(v, &view);
    uint64_t hash = 0;
    for (int i = number->used - 1; i >= 0; i--) {
        hash = (hash << DIGIT_BITS & prime) | hash >> (61 - DIGIT_BITS);
        hash += number->dp[i];
        if (hash >= prime) hash -= prime;
    }
    int64_t result = number->sign == MP_NEG ? -(int64_t)hash : (int64_t)hash;
    return result == -1 ? -2 : result;
}

// ---- to and from double

// The 64 leading bits of a magnitude, the last one set when anything non-zero follows; the value is about result * 2^*out_exponent.
static uint64_t leading_bits(const mp_int *number, int *out_exponent) {
    uint64_t bits = 0;
    int have = 0, i = number->used - 1;
    if (i < 0) return *out_exponent = 0, 0;
    int top = 64 - __builtin_clzll(number->dp[i]);
    bits = number->dp[i];
    have = top;
    i--;
    uint64_t rest = 0;
    int rest_bits = 0;
    while (i >= 0 && have < 64) {
        int take = 64 - have < DIGIT_BITS ? 64 - have : DIGIT_BITS;
        bits = bits << take | number->dp[i] >> (DIGIT_BITS - take);
        have += take;
        if (take < DIGIT_BITS) {
            rest = number->dp[i] & ((UINT64_C(1) << (DIGIT_BITS - take)) - 1);
            rest_bits = DIGIT_BITS - take;
        }
        i--;
    }
    *out_exponent = (i + 1) * DIGIT_BITS + rest_bits;
    bool sticky = rest != 0;
    for (; i >= 0 && !sticky; i--) sticky = number->dp[i] != 0;
    if (have < 64) return bits;
    return bits | sticky;
}

// bits * 2^exponent rounded once, half to even, also where the result is subnormal. The lowest bit of `bits` may be a sticky one.
static double round_to_double(uint64_t bits, int64_t exponent) {
    if (bits == 0) return 0;
    int shift = __builtin_clzll(bits);
    bits <<= shift;
    exponent -= shift;
    int64_t top = exponent + 63;                       // the value is in [2^top, 2^(top+1))
    if (top > 1024) return INFINITY;
    int keep = top >= -1022 ? 53 : (int)(53 - (-1022 - top));
    if (keep < 0) return 0;
    int drop = 64 - keep;
    uint64_t half = UINT64_C(1) << (drop - 1), kept = drop == 64 ? 0 : bits >> drop, dropped = drop == 64 ? bits : bits & ((half << 1) - 1);
    if (dropped > half || (dropped == half && (kept & 1))) kept++;
    return ldexp((double)kept, (int)(exponent + drop));
}

double int_as_double(Value v) {
    if (is_int(v)) return (double)to_int(v);
    IntView view;
    const mp_int *number = int_view(v, &view);
    int exponent;
    uint64_t bits = leading_bits(number, &exponent);
    double magnitude = round_to_double(bits, exponent);
    return number->sign == MP_NEG ? -magnitude : magnitude;
}

int int_compare_double(Value v, double d) {
    if (is_int(v) && fabs(d) < 0x1p53) {
        double i = (double)to_int(v);                  // rounding does not move an int of 62 bits across a double below 2^53
        return (i > d) - (i < d);
    }
    double whole = trunc(d);
    IntView view;
    const mp_int *number = int_view(v, &view);
    int sign = int_sign(v), d_sign = (d > 0) - (d < 0);
    if (sign != d_sign) return sign - d_sign;
    if (sign == 0) return 0;
    int exponent, d_exponent;
    uint64_t bits = leading_bits(number, &exponent);
    uint64_t d_bits = (uint64_t)ldexp(frexp(fabs(whole), &d_exponent), 64 - 11);
    if (whole == 0) return sign;
    size_t length = int_bit_length(v);
    if ((int64_t)length != d_exponent) return (int64_t)length > d_exponent ? sign : -sign;
    d_bits <<= 11;
    bits <<= __builtin_clzll(bits);
    if (bits != d_bits) return bits > d_bits ? sign : -sign;
    // Equal whole parts: a fraction of d decides.
    return (whole > d) - (whole < d);
}

Value int_truediv(VM *vm, Value a, Value b) {
    if (int_sign(b) == 0) return raise_error(vm, vm->exc.ZeroDivisionError, "division by zero");
    const int64_t exact = INT64_C(1) << 53;
    if (both_int(a, b) && to_int(a) <= exact && to_int(a) >= -exact && to_int(b) <= exact && to_int(b) >= -exact)
        return float_new(vm, (double)to_int(a) / (double)to_int(b));
    if (int_sign(a) == 0) return float_new(vm, int_sign(b) < 0 ? -0.0 : 0.0);
    // A quotient of at least 65 bits, with a sticky bit for the remainder, rounds as the exact one does.
    IntView left, right;
    const mp_int *x = int_view(a, &left), *y = int_view(b, &right);
    int64_t shift = 66 - ((int64_t)int_bit_length(a) - (int64_t)int_bit_length(b));
    if (shift > 1200 || shift < -1200) {
        if (shift < 0) return raise_error(vm, vm->exc.OverflowError, "integer division result too large for a float");
        return float_new(vm, int_sign(a) * int_sign(b) < 0 ? -0.0 : 0.0);
    }
    mp_int scaled, quotient, remainder;
    mp_err error = mp_init_multi(&scaled, &quotient, &remainder, NULL);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    if (shift >= 0) {
        error = mp_mul_2d(x, (int)shift, &scaled);
        if (error == MP_OKAY) error = mp_div(&scaled, y, &quotient, &remainder);
    } else {
        error = mp_mul_2d(y, (int)-shift, &scaled);
        if (error == MP_OKAY) error = mp_div(x, &scaled, &quotient, &remainder);
    }
    double magnitude = 0;
    if (error == MP_OKAY) {
        int exponent;
        uint64_t bits = leading_bits(&quotient, &exponent);
        if (remainder.used != 0) bits |= 1;
        magnitude = round_to_double(bits, exponent - shift);
    }
    mp_clear_multi(&scaled, &quotient, &remainder, NULL);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    if (isinf(magnitude)) return raise_error(vm, vm->exc.OverflowError, "integer division result too large for a float");
    return float_new(vm, int_sign(a) * int_sign(b) < 0 ? -magnitude : magnitude);
}

// ---- arithmetic

// Refuses results that memory has no room for, and charges the budget, before the work starts.
static bool int_reserve(VM *vm, size_t bits, size_t steps) {
    if (bits > INT_MAX_BITS) return raise_no_memory(vm), false;
    if (bits > 100000 && !heap_would_fit(vm, bits / 8)) return false;
    return steps < 1000 || vm_charge(vm, steps);
}

static size_t int_digits(Value v) { return is_bigint(v) ? (size_t)to_bigint(v)->used : 2; }

typedef mp_err (*BinaryFunction)(const mp_int *, const mp_int *, mp_int *);

static Value int_apply(VM *vm, BinaryFunction function, Value a, Value b) {
    IntView left, right;
    mp_int result;
    mp_err error = mp_init(&result);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    error = function(int_view(a, &left), int_view(b, &right), &result);
    if (error != MP_OKAY) return mp_error(vm, error, &result);
    return int_from_mp(vm, &result);
}

Value int_add(VM *vm, Value a, Value b) {
    Value sum;
    if (both_int(a, b) && int_add_inline(a, b, &sum)) return sum;
    if (!int_reserve(vm, 0, int_digits(a) + int_digits(b))) return ERROR;
    return int_apply(vm, mp_add, a, b);
}

Value int_sub(VM *vm, Value a, Value b) {
    Value difference;
    if (both_int(a, b) && int_sub_inline(a, b, &difference)) return difference;
    if (!int_reserve(vm, 0, int_digits(a) + int_digits(b))) return ERROR;
    return int_apply(vm, mp_sub, a, b);
}

Value int_mul(VM *vm, Value a, Value b) {
    Value product;
    if (both_int(a, b) && int_mul_inline(a, b, &product)) return product;
    if (!int_reserve(vm, int_bit_length(a) + int_bit_length(b), int_digits(a) * int_digits(b) / 16)) return ERROR;
    return int_apply(vm, mp_mul, a, b);
}

static Value raise_zero_division(VM *vm, const char *text) { return raise_error(vm, vm->exc.ZeroDivisionError, text); }

// Python's division rounds down: the remainder has the divisor's sign.
static bool big_divmod(VM *vm, Value a, Value b, Value *out_quotient, Value *out_remainder) {
    if (!int_reserve(vm, 0, int_digits(a) * int_digits(b) / 16)) return false;
    IntView left, right;
    const mp_int *divisor = int_view(b, &right);
    mp_int quotient, remainder;
    mp_err error = mp_init_multi(&quotient, &remainder, NULL);
    if (error != MP_OKAY) return mp_error(vm, error, NULL), false;
    error = mp_div(int_view(a, &left), divisor, &quotient, &remainder);
    if (error == MP_OKAY && remainder.used != 0 && remainder.sign != divisor->sign) {
        error = mp_add(&remainder, divisor, &remainder);
        if (error == MP_OKAY) error = mp_decr(&quotient);
    }
    if (error != MP_OKAY) {
        mp_clear_multi(&quotient, &remainder, NULL);
        return mp_error(vm, error, NULL), false;
    }
    *out_quotient = int_from_mp(vm, &quotient);
    *out_remainder = int_from_mp(vm, &remainder);
    return !is_error(*out_quotient) && !is_error(*out_remainder);
}

bool int_divmod(VM *vm, Value a, Value b, Value *out_quotient, Value *out_remainder) {
    if (both_int(a, b) && to_int(b) != 0) {
        int64_t x = to_int(a), y = to_int(b), q = x / y, r = x % y;
        if (r != 0 && (r ^ y) < 0) r += y, q--;
        *out_quotient = int_from_i64(vm, q);           // INT_INLINE_MIN / -1 leaves the inline range
        *out_remainder = from_int(r);
        return !is_error(*out_quotient);
    }
    if (int_sign(b) == 0) return raise_zero_division(vm, "integer division or modulo by zero"), false;
    return big_divmod(vm, a, b, out_quotient, out_remainder);
}

Value int_floordiv(VM *vm, Value a, Value b) {
    Value quotient, remainder;
    return int_divmod(vm, a, b, &quotient, &remainder) ? quotient : ERROR;
}

Value int_mod(VM *vm, Value a, Value b) {
    if (int_sign(b) == 0) return raise_zero_division(vm, "integer modulo by zero");
    Value quotient, remainder;
    return int_divmod(vm, a, b, &quotient, &remainder) ? remainder : ERROR;
}

Value int_negate(VM *vm, Value v) { return int_sub(vm, from_int(0), v); }
Value int_invert(VM *vm, Value v) { return int_sub(vm, from_int(-1), v); }
Value int_abs(VM *vm, Value v) { return int_sign(v) < 0 ? int_negate(vm, v) : int_or_bool(v); }
Value int_gcd(VM *vm, Value a, Value b) {
    if (both_int(a, b)) {
        int64_t x = to_int(a), y = to_int(b);
        while (y != 0) {
            int64_t r = x % y;
            x = y;
            y = r;
        }
        return int_from_i64(vm, x < 0 ? -x : x);
    }
    if (!int_reserve(vm, 0, int_digits(a) * int_digits(b))) return ERROR;
    return int_apply(vm, mp_gcd, a, b);
}

Value int_pow(VM *vm, Value a, Value b) {
    if (int_sign(b) < 0) {
        double base = int_as_double(a), exponent = int_as_double(b);
        if (isinf(base) || isinf(exponent)) return raise_error(vm, vm->exc.OverflowError, "int too large to convert to float");
        if (base == 0) return raise_zero_division(vm, "0.0 cannot be raised to a negative power");
        return float_new(vm, pow(base, exponent));
    }
    if (is_int(a) && to_int(a) >= -1 && to_int(a) <= 1) {
        if (int_sign(b) == 0) return from_int(1);
        return to_int(a) == -1 && !int_is_odd(b) ? from_int(1) : a;
    }
    int64_t exponent;
    if (!int_as_i64(b, &exponent) || exponent > (int64_t)INT_MAX_BITS) return raise_no_memory(vm);
    // Square and multiply while everything stays inline.
    if (is_int(a) && exponent < 64) {
        Value result = from_int(1), square = a;
        int64_t left = exponent;
        for (;;) {
            if ((left & 1) && !int_mul_inline(result, square, &result)) break;
            left >>= 1;
            if (left == 0) return result;
            if (!int_mul_inline(square, square, &square)) break;
        }
    }
    size_t bits = int_bit_length(a) * (size_t)exponent, digits = bits / DIGIT_BITS + 1;
    if (!int_reserve(vm, bits, digits * digits / 64)) return ERROR;
    IntView view;
    mp_int result;
    mp_err error = mp_init(&result);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    error = mp_expt_u32(int_view(a, &view), (uint32_t)exponent, &result);
    if (error != MP_OKAY) return mp_error(vm, error, &result);
    return int_from_mp(vm, &result);
}

Value int_pow_mod(VM *vm, Value a, Value b, Value modulus) {
    if (int_sign(modulus) == 0) return raise_value_error(vm, "pow() 3rd argument cannot be 0");
    Value positive = int_abs(vm, modulus);
    if (is_error(positive)) return ERROR;
    if (is_int(positive) && to_int(positive) == 1) return from_int(0);
    if (!int_reserve(vm, 0, int_digits(modulus) * int_digits(modulus) * int_bit_length(b) / 16)) return ERROR;
    Value base = int_mod(vm, a, positive);
    if (is_error(base)) return ERROR;
    IntView base_view, exponent_view, modulus_view;
    const mp_int *m = int_view(positive, &modulus_view);
    mp_int result;
    mp_err error = mp_init(&result);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    if (int_sign(b) < 0) {
        error = mp_invmod(int_view(base, &base_view), m, &result);
        if (error == MP_VAL) {
            mp_clear(&result);
            return raise_value_error(vm, "base is not invertible for the given modulus");
        }
        if (error != MP_OKAY) return mp_error(vm, error, &result);
        base = int_from_mp(vm, &result);
        b = is_error(base) ? ERROR : int_negate(vm, b);
        return is_error(b) ? ERROR : int_pow_mod(vm, base, b, modulus);
    }
    error = mp_exptmod(int_view(base, &base_view), int_view(b, &exponent_view), m, &result);
    if (error != MP_OKAY) return mp_error(vm, error, &result);
    Value power = int_from_mp(vm, &result);
    if (is_error(power) || int_sign(modulus) > 0 || int_sign(power) == 0) return power;
    return int_add(vm, power, modulus);
}

// ---- bits

Value int_lshift(VM *vm, Value a, Value b) {
    if (int_sign(b) < 0) return raise_value_error(vm, "negative shift count");
    if (int_sign(a) == 0) return from_int(0);
    int64_t count;
    if (!int_as_i64(b, &count)) return raise_error(vm, vm->exc.OverflowError, "too many digits in integer");
    if (count > (int64_t)INT_MAX_BITS) return raise_no_memory(vm);
    if (is_int(a) && count < 62) {
        int64_t shifted = (int64_t)((uint64_t)to_int(a) << count);
        if (shifted >> count == to_int(a) && int_fits(shifted)) return from_int(shifted);
    }
    size_t bits = int_bit_length(a) + (size_t)count;
    if (!int_reserve(vm, bits, bits / DIGIT_BITS)) return ERROR;
    IntView view;
    mp_int result;
    mp_err error = mp_init(&result);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    error = mp_mul_2d(int_view(a, &view), (int)count, &result);
    if (error != MP_OKAY) return mp_error(vm, error, &result);
    return int_from_mp(vm, &result);
}

Value int_rshift(VM *vm, Value a, Value b) {
    if (int_sign(b) < 0) return raise_value_error(vm, "negative shift count");
    int64_t count;
    if (!int_as_i64(b, &count) || count > (int64_t)INT_MAX_BITS) return from_int(int_sign(a) < 0 ? -1 : 0);
    if (is_int(a)) return from_int(to_int(a) >> (count > 63 ? 63 : count));
    if (!int_reserve(vm, 0, int_digits(a))) return ERROR;
    IntView view;
    mp_int result;
    mp_err error = mp_init(&result);
    if (error != MP_OKAY) return mp_error(vm, error, NULL);
    error = mp_signed_rsh(int_view(a, &view), (int)count, &result);
    if (error != MP_OKAY) return mp_error(vm, error, &result);
    return int_from_mp(vm, &result);
}

Value int_and(VM *vm, Value a, Value b) {
    if (both_int(a, b)) return (Value){a.bits & b.bits};
    return int_reserve(vm, 0, int_digits(a) + int_digits(b)) ? int_apply(vm, mp_and, a, b) : ERROR;
}
Value int_or(VM *vm, Value a, Value b) {
    if (both_int(a, b)) return (Value){a.bits | b.bits};
    return int_reserve(vm, 0, int_digits(a) + int_digits(b)) ? int_apply(vm, mp_or, a, b) : ERROR;
}
Value int_xor(VM *vm, Value a, Value b) {
    if (both_int(a, b)) return (Value){(a.bits ^ b.bits) | 3};
    return int_reserve(vm, 0, int_digits(a) + int_digits(b)) ? int_apply(vm, mp_xor, a, b) : ERROR;
}
