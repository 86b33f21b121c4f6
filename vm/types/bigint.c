// Arithmetic on ints of any size: the slow half of int. Inline ints that overflow come here and results that fit go back inline.
// The limbs' arithmetic is in base/limbs.c, powers and divisors in int_power.c, text in int_text.c, the Python-visible type in int.c.
#include "vm/types/int.h"

#include <math.h>

#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/float.h"

// The largest magnitude we let anyone make, in bits.
#define INT_MAX_BITS ((size_t)1 << 30)

void bigint_trace(VM *vm, Object *object) {
    if (object->flags & BIGINT_SHARED) gc_mark_value(vm, ((BigIntShared *)object)->base);
}

// ---- making and reading

BigInt *bigint_new(VM *vm, size_t count) {
    Shape *shape = builtin_shape(vm, vm->types.int_);
    BigInt *big = shape == NULL ? NULL : object_new(vm, KIND_BIGINT, shape, sizeof *big + count * sizeof(Limb));
    if (big == NULL) return NULL;
    big->count = (uint32_t)count;
    big->limbs = (Limb *)(big + 1);
    return big;
}

Value int_finish(BigInt *big, bool negative) {
    size_t count = limbs_trim(big->limbs, big->count);
    if (count == 0) return from_int(0);
    if (count == 1 && big->limbs[0] <= (uint64_t)INT_INLINE_MAX + negative)
        return from_int(negative ? (int64_t)-big->limbs[0] : (int64_t)big->limbs[0]);
    big->count = (uint32_t)count;
    big->negative = negative;
    return from_object(big);
}

void int_view(Value v, IntView *view) {
    if (is_bigint(v)) {
        BigInt *big = to_bigint(v);
        view->limbs = big->limbs;
        view->count = big->count;
        view->negative = big->negative;
        return;
    }
    int64_t small = is_int(v) ? to_int(v) : is_true_value(v);
    view->word = small < 0 ? -(uint64_t)small : (uint64_t)small;
    view->limbs = &view->word;
    view->count = small != 0;
    view->negative = small < 0;
}

Value int_subclass_new(VM *vm, Class *cls, Value plain) {
    BigIntShared *shared = object_new_of(vm, cls, sizeof *shared);
    if (shared == NULL) return ERROR;
    if (is_bigint(plain) && to_object(plain)->flags & BIGINT_SHARED) plain = int_or_bool(plain);
    IntView view;
    int_view(plain, &view);
    shared->big.head.flags |= BIGINT_SHARED;
    shared->big.count = (uint32_t)view.count;
    shared->big.negative = view.negative;
    shared->base = plain;
    shared->word = view.word;
    shared->big.limbs = is_bigint(plain) ? to_bigint(plain)->limbs : &shared->word;
    return from_object(shared);
}

Value int_or_bool(Value v) {
    if (is_int(v)) return v;
    if (is_bool(v)) return from_int(is_true_value(v));
    if (!is_bigint(v)) return UNDEFINED;
    return to_object(v)->flags & BIGINT_SHARED ? ((BigIntShared *)to_object(v))->base : v;
}

static Value int_of_word(VM *vm, uint64_t magnitude, bool negative) {
    BigInt *big = bigint_new(vm, 1);
    if (big == NULL) return ERROR;
    big->limbs[0] = magnitude;
    return int_finish(big, negative);
}

Value int_from_i64(VM *vm, int64_t i) {
    if (LIKELY(int_fits(i))) return from_int(i);
    return int_of_word(vm, i < 0 ? -(uint64_t)i : (uint64_t)i, i < 0);
}

Value int_from_u64(VM *vm, uint64_t u) {
    if (u <= (uint64_t)INT_INLINE_MAX) return from_int((int64_t)u);
    return int_of_word(vm, u, false);
}

bool int_as_i64(Value v, int64_t *out) {
    if (is_int(v)) return *out = to_int(v), true;
    if (!is_bigint(v)) return *out = is_true_value(v), true;
    BigInt *big = to_bigint(v);
    if (big->count > 1) return false;
    uint64_t magnitude = big->count == 0 ? 0 : big->limbs[0];
    if (magnitude > (uint64_t)INT64_MAX + big->negative) return false;
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
    return big->count == 0 ? 0 : big->negative ? -1 : 1;
}

int int_compare(Value a, Value b) {
    if (both_int(a, b)) return int_less(a, b) ? -1 : !value_same(a, b);
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    int order = limbs_compare(x.limbs, x.count, y.limbs, y.count);
    return x.negative ? -order : order;
}

bool int_is_odd(Value v) {
    IntView view;
    int_view(v, &view);
    return view.count > 0 && (view.limbs[0] & 1);
}

size_t int_bit_length(Value v) {
    IntView view;
    int_view(v, &view);
    return limbs_bit_length(view.limbs, view.count);
}

// CPython's: the value modulo the Mersenne prime 2^61 - 1, with the sign of the value; -1 is not a hash.
int64_t int_hash(Value v) {
    const uint64_t prime = (UINT64_C(1) << 61) - 1;
    IntView view;
    int_view(v, &view);
    uint64_t hash = 0;
    for (size_t i = view.count; i-- > 0;) {
        // 2^64 is 8 here, which is a rotation by three of the 61 bits.
        uint64_t limb = (view.limbs[i] & prime) + (view.limbs[i] >> 61);
        hash = ((hash << 3 & prime) | hash >> 58) + limb;
        hash = (hash & prime) + (hash >> 61);
    }
    if (hash >= prime) hash -= prime;
    int64_t result = view.negative ? -(int64_t)hash : (int64_t)hash;
    return result == -1 ? -2 : result;
}

// ---- to and from double

// The 64 leading bits of a magnitude, the last one set when anything non-zero follows; the value is about result * 2^*out_exponent.
static uint64_t leading_bits(const IntView *view, int64_t *out_exponent) {
    *out_exponent = 0;
    size_t count = view->count;
    if (count == 0) return 0;
    int shift = __builtin_clzll(view->limbs[count - 1]);
    uint64_t bits = view->limbs[count - 1] << shift, rest = 0;
    if (count > 1) {
        if (shift != 0) bits |= view->limbs[count - 2] >> (LIMB_BITS - shift);
        rest = view->limbs[count - 2] << shift;
        rest |= limbs_trim(view->limbs, count - 2) != 0;
    }
    *out_exponent = (int64_t)(count - 1) * LIMB_BITS - shift;
    return bits | (rest != 0);
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
    int_view(v, &view);
    int64_t exponent;
    uint64_t bits = leading_bits(&view, &exponent);
    double magnitude = round_to_double(bits, exponent);
    return view.negative ? -magnitude : magnitude;
}

int int_compare_double(Value v, double d) {
    if (is_int(v) && fabs(d) < 0x1p53) {
        double i = (double)to_int(v);                  // rounding does not move an int of 62 bits across a double below 2^53
        return (i > d) - (i < d);
    }
    double whole = trunc(d);
    int sign = int_sign(v), d_sign = (d > 0) - (d < 0);
    if (sign != d_sign) return sign - d_sign;
    if (sign == 0) return 0;
    if (whole == 0) return sign;
    IntView view;
    int_view(v, &view);
    int64_t exponent;
    int d_exponent;
    uint64_t bits = leading_bits(&view, &exponent);
    uint64_t d_bits = (uint64_t)ldexp(frexp(fabs(whole), &d_exponent), 64 - 11) << 11;
    int64_t length = (int64_t)limbs_bit_length(view.limbs, view.count);
    if (length != d_exponent) return length > d_exponent ? sign : -sign;
    if (bits != d_bits) return bits > d_bits ? sign : -sign;
    // Equal whole parts: a fraction of d decides.
    return (whole > d) - (whole < d);
}

Value int_truediv(VM *vm, Value a, Value b) {
    if (int_sign(b) == 0) return raise_error(vm, vm->exc.ZeroDivisionError, "division by zero");
    const int64_t exact = INT64_C(1) << 53;
    if (both_int(a, b) && to_int(a) <= exact && to_int(a) >= -exact && to_int(b) <= exact && to_int(b) >= -exact)
        return float_new(vm, (double)to_int(a) / (double)to_int(b));
    bool negative = int_sign(a) * int_sign(b) < 0;
    if (int_sign(a) == 0) return float_new(vm, int_sign(b) < 0 ? -0.0 : 0.0);
    // A quotient of at least 65 bits, with a sticky bit for the remainder, rounds as the exact one does.
    int64_t shift = 66 - ((int64_t)int_bit_length(a) - (int64_t)int_bit_length(b));
    if (shift > 1200) return float_new(vm, negative ? -0.0 : 0.0);
    if (shift < -1200) return raise_error(vm, vm->exc.OverflowError, "integer division result too large for a float");
    Value x = int_abs(vm, a), y = is_error(x) ? ERROR : int_abs(vm, b), quotient, remainder;
    if (is_error(y)) return ERROR;
    if (shift >= 0) x = int_lshift(vm, x, from_int(shift));
    else y = int_lshift(vm, y, from_int(-shift));
    if (is_error(x) || is_error(y) || !int_divmod(vm, x, y, &quotient, &remainder)) return ERROR;
    IntView view;
    int_view(quotient, &view);
    int64_t exponent;
    uint64_t bits = leading_bits(&view, &exponent) | (int_sign(remainder) != 0);
    double magnitude = round_to_double(bits, exponent - shift);
    if (isinf(magnitude)) return raise_error(vm, vm->exc.OverflowError, "integer division result too large for a float");
    return float_new(vm, negative ? -magnitude : magnitude);
}

// ---- sums and products

bool int_reserve(VM *vm, size_t bits, size_t steps) {
    if (bits > INT_MAX_BITS) return raise_no_memory(vm), false;
    if (bits > 100000 && !heap_would_fit(vm, bits / 8)) return false;
    if (steps >= 1000) return vm_charge(vm, steps);
    vm_spend(vm, steps);
    return LIKELY(vm->ticks > 0) || vm_charge(vm, 0);
}

static bool may_go_on(void *vm) { return vm_poll(vm); }

LimbsWatch int_watch(VM *vm) { return (LimbsWatch){.ask = may_go_on, .context = vm}; }

// a + b, or a - b.
static Value sum(VM *vm, Value a, Value b, bool subtract) {
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    y.negative ^= subtract;
    const IntView *more = &x, *less = &y;
    if (limbs_compare(x.limbs, x.count, y.limbs, y.count) < 0) more = &y, less = &x;
    bool same_sign = x.negative == y.negative;
    size_t count = more->count + same_sign;
    if (!int_reserve(vm, count * LIMB_BITS - LIMB_BITS * same_sign, more->count)) return ERROR;
    BigInt *big = bigint_new(vm, count);
    if (big == NULL) return ERROR;
    if (same_sign) big->limbs[more->count] = limbs_add(big->limbs, more->limbs, more->count, less->limbs, less->count);
    else limbs_sub(big->limbs, more->limbs, more->count, less->limbs, less->count);
    return int_finish(big, more->negative);
}

Value int_add(VM *vm, Value a, Value b) {
    return both_int(a, b) ? int_from_i64(vm, to_int(a) + to_int(b)) : sum(vm, a, b, false);
}
Value int_sub(VM *vm, Value a, Value b) {
    return both_int(a, b) ? int_from_i64(vm, to_int(a) - to_int(b)) : sum(vm, a, b, true);
}

Value int_mul(VM *vm, Value a, Value b) {
    Value product;
    if (both_int(a, b) && int_mul_inline(a, b, &product)) return product;
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.count == 0 || y.count == 0) return from_int(0);
    size_t count = x.count + y.count;
    if (count > 16 && !int_reserve(vm, (count - 2) * LIMB_BITS, limbs_mul_steps(x.count, y.count) / 16)) return ERROR;
    BigInt *big = bigint_new(vm, count);
    if (big == NULL) return ERROR;
    size_t room = limbs_mul_scratch(x.count, y.count) * sizeof(Limb);
    Limb *scratch = NULL;
    if (room != 0 && (scratch = buffer_new_unset(vm, room)) == NULL) return ERROR;
    LimbsWatch watch = int_watch(vm);
    limbs_mul(big->limbs, x.limbs, x.count, y.limbs, y.count, scratch, &watch);
    if (room != 0) buffer_free(vm, scratch, room);
    if (UNLIKELY(watch.stopped)) return ERROR;
    return int_finish(big, x.negative != y.negative);
}

// ---- division

static Value raise_zero_division(VM *vm, const char *text) { return raise_error(vm, vm->exc.ZeroDivisionError, text); }

// Quotient and remainder of magnitudes of at least two limbs each, x not below y, into fresh BigInts of sufficient room (either may be NULL).
// limbs_divide() wants the divisor's top bit set, so both are shifted.
static bool divide_long(VM *vm, const IntView *x, const IntView *y, BigInt *quotient, BigInt *remainder) {
    enum { ON_STACK = 96 };
    Limb here[ON_STACK], *room = here;
    size_t long_count = x->count + 1, quotient_count = long_count - y->count;
    size_t total = long_count + y->count + quotient_count + limbs_divide_scratch(long_count, y->count);
    if (total > ON_STACK && (room = buffer_new_unset(vm, total * sizeof(Limb))) == NULL) return false;
    Limb *a = room, *b = a + long_count, *q = quotient != NULL ? quotient->limbs : b + y->count, *scratch = b + y->count + quotient_count;
    unsigned shift = (unsigned)__builtin_clzll(y->limbs[y->count - 1]);
    limbs_shift_up(b, y->limbs, y->count, shift);
    a[x->count] = limbs_shift_up(a, x->limbs, x->count, shift);
    LimbsWatch watch = int_watch(vm);
    limbs_divide(q, a, long_count, b, y->count, scratch, &watch);
    if (remainder != NULL) limbs_shift_down(remainder->limbs, a, y->count, shift);
    if (room != here) buffer_free(vm, room, total * sizeof(Limb));
    return !watch.stopped;
}

// Python's division rounds down: the remainder has the divisor's sign. y is not zero.
static bool divide(VM *vm, const IntView *x, const IntView *y, Value *out_quotient, Value *out_remainder) {
    bool smaller = limbs_compare(x->limbs, x->count, y->limbs, y->count) < 0, signs_differ = x->negative != y->negative;
    if (!smaller && !int_reserve(vm, 0, y->count == 1 ? x->count : limbs_divide_steps(x->count + 1, y->count) / 16)) return false;
    BigInt *quotient = NULL, *remainder = NULL;
    // One limb more than the quotient has, for rounding down.
    if (out_quotient != NULL && (quotient = bigint_new(vm, smaller ? 1 : x->count - y->count + 2)) == NULL) return false;
    if (out_remainder != NULL || signs_differ) {
        if ((remainder = bigint_new(vm, y->count)) == NULL) return false;
    }
    if (smaller) {
        if (remainder != NULL) memcpy(remainder->limbs, x->limbs, x->count * sizeof(Limb));
    } else if (y->count == 1) {
        Limb rest;
        if (quotient != NULL) {
            rest = limbs_div_limb(quotient->limbs, x->limbs, x->count, y->limbs[0]);
        } else {
            rest = limbs_mod_limb(x->limbs, x->count, y->limbs[0]);
        }
        if (remainder != NULL) remainder->limbs[0] = rest;
    } else if (!divide_long(vm, x, y, quotient, remainder)) {
        return false;
    }
    if (signs_differ && limbs_trim(remainder->limbs, y->count) != 0) {
        const Limb one = 1;
        limbs_sub(remainder->limbs, y->limbs, y->count, remainder->limbs, y->count);
        if (quotient != NULL) limbs_add(quotient->limbs, quotient->limbs, quotient->count, &one, 1);
    }
    if (out_quotient != NULL) *out_quotient = int_finish(quotient, signs_differ);
    if (out_remainder != NULL) *out_remainder = int_finish(remainder, y->negative);
    return true;
}

bool int_divmod(VM *vm, Value a, Value b, Value *out_quotient, Value *out_remainder) {
    if (both_int(a, b) && to_int(b) != 0) {
        int64_t x = to_int(a), y = to_int(b), q = x / y, r = x % y;
        if (r != 0 && (r ^ y) < 0) r += y, q--;
        if (out_remainder != NULL) *out_remainder = from_int(r);
        if (out_quotient == NULL) return true;
        *out_quotient = int_from_i64(vm, q);           // INT_INLINE_MIN / -1 leaves the inline range
        return !is_error(*out_quotient);
    }
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (y.count == 0) return raise_zero_division(vm, "integer division or modulo by zero"), false;
    return divide(vm, &x, &y, out_quotient, out_remainder);
}

Value int_floordiv(VM *vm, Value a, Value b) {
    Value quotient;
    return int_divmod(vm, a, b, &quotient, NULL) ? quotient : ERROR;
}

Value int_mod(VM *vm, Value a, Value b) {
    if (int_sign(b) == 0) return raise_zero_division(vm, "integer modulo by zero");
    Value remainder;
    return int_divmod(vm, a, b, NULL, &remainder) ? remainder : ERROR;
}

Value int_negate(VM *vm, Value v) { return int_sub(vm, from_int(0), v); }
Value int_invert(VM *vm, Value v) { return int_sub(vm, from_int(-1), v); }
Value int_abs(VM *vm, Value v) { return int_sign(v) < 0 ? int_negate(vm, v) : int_or_bool(v); }

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
    IntView x;
    int_view(a, &x);
    size_t bits = limbs_bit_length(x.limbs, x.count) + (size_t)count, zeros = (size_t)count / LIMB_BITS;
    if (!int_reserve(vm, bits, bits / LIMB_BITS)) return ERROR;
    BigInt *big = bigint_new(vm, zeros + x.count + 1);
    if (big == NULL) return ERROR;
    big->limbs[zeros + x.count] = limbs_shift_up(big->limbs + zeros, x.limbs, x.count, (unsigned)(count % LIMB_BITS));
    return int_finish(big, x.negative);
}

Value int_rshift(VM *vm, Value a, Value b) {
    if (int_sign(b) < 0) return raise_value_error(vm, "negative shift count");
    int64_t count;
    if (!int_as_i64(b, &count) || count > (int64_t)INT_MAX_BITS) return from_int(int_sign(a) < 0 ? -1 : 0);
    if (is_int(a)) return from_int(to_int(a) >> (count > 63 ? 63 : count));
    IntView x;
    int_view(a, &x);
    size_t gone = (size_t)count / LIMB_BITS;
    unsigned bits = (unsigned)(count % LIMB_BITS);
    if (gone >= x.count) return from_int(x.negative ? -1 : 0);
    if (!int_reserve(vm, 0, x.count)) return ERROR;
    BigInt *big = bigint_new(vm, x.count - gone + 1);
    if (big == NULL) return ERROR;
    limbs_shift_down(big->limbs, x.limbs + gone, x.count - gone, bits);
    // Rounds down: away from zero when the number is negative.
    bool lost = x.negative && (limbs_trim(x.limbs, gone) != 0 || (x.limbs[gone] & (((Limb)1 << bits) - 1)) != 0);
    if (lost) {
        const Limb one = 1;
        limbs_add(big->limbs, big->limbs, big->count, &one, 1);
    }
    return int_finish(big, x.negative);
}

typedef enum BitOperation { BITS_AND, BITS_OR, BITS_XOR } BitOperation;

// The limbs of a number in two's complement, one after the other: a negative one's are those of ~(magnitude - 1).
typedef struct ComplementReader { const IntView *view; Limb borrow; } ComplementReader;

static inline Limb complement_next(ComplementReader *reader, size_t i) {
    const IntView *view = reader->view;
    Limb limb = i < view->count ? view->limbs[i] : 0;
    if (!view->negative) return limb;
    Limb less = limb - reader->borrow;
    reader->borrow = reader->borrow && limb == 0;
    return ~less;
}

static inline Limb bit_operation(BitOperation operation, Limb a, Limb b) {
    return operation == BITS_AND ? a & b : operation == BITS_OR ? a | b : a ^ b;
}

static Value combine_bits(VM *vm, BitOperation operation, Value a, Value b) {
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    size_t count = x.count > y.count ? x.count : y.count;
    if (!int_reserve(vm, 0, count)) return ERROR;
    BigInt *big = bigint_new(vm, count + 1);
    if (big == NULL) return ERROR;
    bool negative = bit_operation(operation, x.negative, y.negative);
    ComplementReader left = {&x, 1}, right = {&y, 1};
    Limb carry = 1;
    for (size_t i = 0; i <= count; i++) {
        Limb limb = bit_operation(operation, complement_next(&left, i), complement_next(&right, i));
        if (negative) {
            limb = ~limb + carry;
            carry = carry && limb == 0;
        }
        big->limbs[i] = limb;
    }
    return int_finish(big, negative);
}

Value int_and(VM *vm, Value a, Value b) {
    return both_int(a, b) ? (Value){a.bits & b.bits} : combine_bits(vm, BITS_AND, a, b);
}
Value int_or(VM *vm, Value a, Value b) {
    return both_int(a, b) ? (Value){a.bits | b.bits} : combine_bits(vm, BITS_OR, a, b);
}
Value int_xor(VM *vm, Value a, Value b) {
    return both_int(a, b) ? (Value){(a.bits ^ b.bits) | 3} : combine_bits(vm, BITS_XOR, a, b);
}
