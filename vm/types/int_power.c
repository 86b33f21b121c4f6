// Powers, powers modulo a number, greatest common divisors, inverses and square roots of ints.
#include "vm/types/int.h"

#include <math.h>

#include "vm/errors.h"
#include "vm/types/float.h"

typedef unsigned __int128 Wide;
typedef __int128 WideSigned;

// ---- powers

static Value power_of_negative(VM *vm, Value a, Value b) {
    double base = int_as_double(a), exponent = int_as_double(b);
    if (isinf(base) || isinf(exponent)) return raise_error(vm, vm->exc.OverflowError, "int too large to convert to float");
    if (base == 0) return raise_error(vm, vm->exc.ZeroDivisionError, "0.0 cannot be raised to a negative power");
    return float_new(vm, pow(base, exponent));
}

Value int_pow(VM *vm, Value a, Value b) {
    if (int_sign(b) < 0) return power_of_negative(vm, a, b);
    a = int_or_bool(a);
    if (int_sign(b) == 0) return from_int(1);
    if (is_int(a) && to_int(a) >= -1 && to_int(a) <= 1) return to_int(a) == -1 && !int_is_odd(b) ? from_int(1) : a;
    int64_t exponent;
    if (!int_as_i64(b, &exponent) || exponent > INT64_C(1) << 30) return raise_no_memory(vm);
    // Square and multiply while everything stays inline.
    if (is_int(a) && exponent < 64) {
        Value result = from_int(1), square = a;
        for (int64_t left = exponent;;) {
            if ((left & 1) && !int_mul_inline(result, square, &result)) break;
            left >>= 1;
            if (left == 0) return result;
            if (!int_mul_inline(square, square, &square)) break;
        }
    }
    if (!int_reserve(vm, (int_bit_length(a) - 1) * (size_t)exponent, 0)) return ERROR;
    if (is_int(a)) {
        uint64_t magnitude = to_int(a) < 0 ? -(uint64_t)to_int(a) : (uint64_t)to_int(a);
        if ((magnitude & (magnitude - 1)) == 0) {
            Value sign = from_int(to_int(a) < 0 && (exponent & 1) ? -1 : 1);
            return int_lshift(vm, sign, from_int(exponent * __builtin_ctzll(magnitude)));
        }
    }
    // From the top bit of the exponent down: the factor stays small when the base is.
    Value result = a;
    for (int bit = 62 - __builtin_clzll((uint64_t)exponent); bit >= 0; bit--) {
        result = int_mul(vm, result, result);
        if (!is_error(result) && (exponent >> bit & 1)) result = int_mul(vm, result, a);
        if (is_error(result)) return ERROR;
    }
    return result;
}

// ---- powers modulo a number

static inline bool exponent_bit(const IntView *exponent, size_t bit) {
    return exponent->limbs[bit / LIMB_BITS] >> (bit % LIMB_BITS) & 1;
}

enum { BITS_PER_CHARGE = 4096 };

static Value power_mod_word(VM *vm, uint64_t base, const IntView *exponent, uint64_t modulus) {
    uint64_t result = base;
    for (size_t bit = limbs_bit_length(exponent->limbs, exponent->count) - 1; bit-- > 0;) {
        if (bit % BITS_PER_CHARGE == BITS_PER_CHARGE - 1 && !vm_charge(vm, BITS_PER_CHARGE)) return ERROR;
        result = (uint64_t)((Wide)result * result % modulus);
        if (exponent_bit(exponent, bit)) result = (uint64_t)((Wide)result * base % modulus);
    }
    return from_int((int64_t)result);
}

// With plain remainders, for even moduli.
static Value power_mod_even(VM *vm, Value base, const IntView *exponent, Value modulus) {
    Value result = base;
    for (size_t bit = limbs_bit_length(exponent->limbs, exponent->count) - 1; bit-- > 0;) {
        if (bit % BITS_PER_CHARGE == BITS_PER_CHARGE - 1 && !vm_charge(vm, BITS_PER_CHARGE)) return ERROR;
        result = int_mul(vm, result, result);
        if (!is_error(result)) result = int_mod(vm, result, modulus);
        if (!is_error(result) && exponent_bit(exponent, bit)) {
            result = int_mul(vm, result, base);
            if (!is_error(result)) result = int_mod(vm, result, modulus);
        }
        if (is_error(result)) return ERROR;
    }
    return result;
}

// a * 2^(64 count) mod m, into `count` limbs.
static bool to_montgomery(VM *vm, Value a, Value modulus, size_t count, Limb *out) {
    Value shifted = int_lshift(vm, a, from_int((int64_t)count * LIMB_BITS)), rest = is_error(shifted) ? ERROR : int_mod(vm, shifted, modulus);
    if (is_error(rest)) return false;
    IntView view;
    int_view(rest, &view);
    memset(out, 0, count * sizeof *out);
    memcpy(out, view.limbs, view.count * sizeof *out);
    return true;
}

// Before `times` products modulo a number of `count` limbs: charges for them, in lumps.
static bool products_charge(VM *vm, size_t count, size_t times, size_t *steps) {
    enum { STEPS_PER_CHARGE = 20000 };
    *steps += count * count * times / 8 + 1;
    if (*steps <= STEPS_PER_CHARGE) return true;
    size_t due = *steps;
    *steps = 0;
    return vm_charge(vm, due);
}

// Windows of up to 5 bits of the exponent: for each one as many squarings and a product with base^window from a table.
static Value power_mod_odd(VM *vm, Value base, const IntView *exponent, Value modulus) {
    IntView m;
    int_view(modulus, &m);
    size_t count = m.count, bits = limbs_bit_length(exponent->limbs, exponent->count);
    unsigned window = bits < 12 ? 1 : bits < 40 ? 2 : bits < 120 ? 3 : bits < 400 ? 4 : 5;
    size_t entries = (size_t)1 << window, total = (entries + 1) * count + count + 2, steps = 0;
    Limb *table = buffer_new_unset(vm, total * sizeof(Limb)), inverse = limb_negative_inverse(m.limbs[0]);
    if (table == NULL) return ERROR;
    Limb *power = table + entries * count, *scratch = power + count;
    LimbsWatch watch = int_watch(vm);
    // table[0] is 1; what remains to be done is to take the factor 2^(64 count) out again.
    bool fine = to_montgomery(vm, from_int(1), modulus, count, table) && to_montgomery(vm, base, modulus, count, table + count) &&
                products_charge(vm, count, entries, &steps);
    for (size_t i = 2; i < entries && fine && !watch.stopped; i++)
        limbs_montgomery(table + i * count, table + (i - 1) * count, table + count, m.limbs, count, inverse, scratch, &watch);
    if (fine) memcpy(power, table, count * sizeof(Limb));
    for (size_t at = (bits + window - 1) / window; at-- > 0 && fine && !watch.stopped;) {
        if (!(fine = products_charge(vm, count, window + 1, &steps))) break;
        unsigned index = 0;
        for (unsigned i = window; i-- > 0;) {
            limbs_montgomery(power, power, power, m.limbs, count, inverse, scratch, &watch);
            size_t bit = at * window + i;
            index = index << 1 | (bit < bits && exponent_bit(exponent, bit));
        }
        if (index != 0) limbs_montgomery(power, power, table + index * count, m.limbs, count, inverse, scratch, &watch);
    }
    BigInt *result = fine && !watch.stopped ? bigint_new(vm, count) : NULL;
    if (result != NULL) {
        memset(table, 0, count * sizeof(Limb));
        table[0] = 1;
        limbs_montgomery(result->limbs, power, table, m.limbs, count, inverse, scratch, &watch);
    }
    buffer_free(vm, table, total * sizeof(Limb));
    return result != NULL && !watch.stopped ? int_finish(result, false) : ERROR;
}

// Euclid's algorithm, keeping for each remainder r the factor f with f * a = r modulo the modulus.
static Value inverse_mod(VM *vm, Value a, Value modulus) {
    Value before = modulus, rest = a, factor_before = from_int(0), factor = from_int(1);
    while (int_sign(rest) != 0) {
        Value quotient, next;
        if (!int_divmod(vm, before, rest, &quotient, &next)) return ERROR;
        Value product = int_mul(vm, quotient, factor), next_factor = is_error(product) ? ERROR : int_sub(vm, factor_before, product);
        if (is_error(next_factor)) return ERROR;
        before = rest, rest = next;
        factor_before = factor, factor = next_factor;
    }
    if (!is_int(before) || to_int(before) != 1) return raise_value_error(vm, "base is not invertible for the given modulus");
    return int_mod(vm, factor_before, modulus);
}

Value int_pow_mod(VM *vm, Value a, Value b, Value modulus) {
    if (int_sign(modulus) == 0) return raise_value_error(vm, "pow() 3rd argument cannot be 0");
    Value positive = int_abs(vm, modulus);
    if (is_error(positive)) return ERROR;
    if (is_int(positive) && to_int(positive) == 1) return from_int(0);
    Value base = int_mod(vm, a, positive);
    if (is_error(base)) return ERROR;
    if (int_sign(b) < 0) {
        base = inverse_mod(vm, base, positive);
        b = is_error(base) ? ERROR : int_negate(vm, b);
        if (is_error(b)) return ERROR;
    }
    Value power = from_int(1);
    IntView exponent;
    int_view(b, &exponent);
    if (int_sign(base) == 0) power = from_int(exponent.count == 0);
    else if (exponent.count == 0) power = from_int(1);
    else if (is_int(positive)) power = power_mod_word(vm, (uint64_t)to_int(base), &exponent, (uint64_t)to_int(positive));
    else if (int_is_odd(positive)) power = power_mod_odd(vm, base, &exponent, positive);
    else power = power_mod_even(vm, base, &exponent, positive);
    if (is_error(power) || int_sign(modulus) > 0 || int_sign(power) == 0) return power;
    return int_add(vm, power, modulus);
}

// ---- greatest common divisor

static uint64_t gcd_words(uint64_t a, uint64_t b) {
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

// Lehmer's method: what Euclid's algorithm does to the leading 62 bits of two numbers, it does to the numbers, so that many steps become
// the four factors of two linear combinations (Knuth, volume 2, algorithm 4.5.2 L).
typedef struct Lehmer { int64_t a, b, c, d; } Lehmer;   // (x, y) becomes (a x + b y, c x + d y)

static Lehmer lehmer_steps(int64_t x, int64_t y) {
    Lehmer f = {1, 0, 0, 1};
    while (y + f.c != 0 && y + f.d != 0) {
        int64_t quotient = (x + f.a) / (y + f.c);
        if (quotient != (x + f.b) / (y + f.d)) break;
        int64_t rest = x - quotient * y, c = f.a - quotient * f.c, d = f.b - quotient * f.d;
        x = y, y = rest;
        f = (Lehmer){f.c, f.d, c, d};
    }
    return f;
}

static int64_t leading_62(const Limb *a, size_t count, unsigned shift) {
    Limb top = a[count - 1] << shift;
    if (shift != 0) top |= a[count - 2] >> (LIMB_BITS - shift);
    return (int64_t)(top >> 2);
}

static void lehmer_apply(const Lehmer *f, Limb *x, Limb *y, size_t count) {
    WideSigned carry_x = 0, carry_y = 0;
    for (size_t i = 0; i < count; i++) {
        WideSigned new_x = (WideSigned)f->a * x[i] + (WideSigned)f->b * y[i] + carry_x;
        WideSigned new_y = (WideSigned)f->c * x[i] + (WideSigned)f->d * y[i] + carry_y;
        x[i] = (Limb)new_x;
        y[i] = (Limb)new_y;
        carry_x = new_x >> LIMB_BITS;
        carry_y = new_y >> LIMB_BITS;
    }
}

// The value of a fresh int from limbs.
static Value int_of_limbs(VM *vm, const Limb *limbs, size_t count) {
    BigInt *big = bigint_new(vm, count);
    if (big == NULL) return ERROR;
    memcpy(big->limbs, limbs, count * sizeof *limbs);
    return int_finish(big, false);
}

// Lehmer's steps on copies of x >= y until the smaller one has a single limb, or a step finds nothing to do.
static bool lehmer_reduce(VM *vm, Value *a, Value *b) {
    IntView x, y;
    int_view(*a, &x);
    int_view(*b, &y);
    size_t total = x.count * 2, count = x.count;
    Limb *room = buffer_new(vm, total * sizeof(Limb)), *larger = room, *smaller = room + count;
    if (room == NULL) return false;
    memcpy(larger, x.limbs, x.count * sizeof(Limb));
    memcpy(smaller, y.limbs, y.count * sizeof(Limb));
    bool fine = true;
    for (size_t steps = 0; count >= 2 && smaller[count - 1] != 0 && fine;) {
        unsigned shift = (unsigned)__builtin_clzll(larger[count - 1]);
        Lehmer f = lehmer_steps(leading_62(larger, count, shift), leading_62(smaller, count, shift));
        if (f.b == 0) break;
        lehmer_apply(&f, larger, smaller, count);
        if (larger[count - 1] == 0) count--;
        if ((steps += count) > 10000) {
            fine = vm_charge(vm, steps);
            steps = 0;
        }
    }
    if (fine) {
        *a = int_of_limbs(vm, larger, count);
        *b = is_error(*a) ? ERROR : int_of_limbs(vm, smaller, count);
        fine = !is_error(*b);
    }
    buffer_free(vm, room, total * sizeof(Limb));
    return fine;
}

Value int_gcd(VM *vm, Value a, Value b) {
    a = int_abs(vm, a);
    b = is_error(a) ? ERROR : int_abs(vm, b);
    if (is_error(b)) return ERROR;
    if (int_compare(a, b) < 0) {
        Value other = a;
        a = b;
        b = other;
    }
    while (!is_int(b)) {
        IntView x, y;
        int_view(a, &x);
        int_view(b, &y);
        if (x.count == y.count && x.count >= 2 && !lehmer_reduce(vm, &a, &b)) return ERROR;
        if (is_int(b)) break;
        Value rest = int_mod(vm, a, b);
        if (is_error(rest)) return ERROR;
        a = b;
        b = rest;
    }
    if (int_sign(b) == 0) return a;
    Value rest = int_mod(vm, a, b);
    return is_error(rest) ? ERROR : int_from_u64(vm, gcd_words((uint64_t)to_int(b), (uint64_t)to_int(rest)));
}

// ---- square root

// Newton's iteration with as many bits as are known so far: one division of numbers of the full length at the end, half of it before that, and
// so on. Each step doubles the right bits; the last result is at most one too large.
Value int_sqrt(VM *vm, Value v) {
    if (int_sign(v) == 0) return from_int(0);
    size_t half = (int_bit_length(v) - 1) / 2, known = 0;
    Value root = from_int(1);
    for (int i = half == 0 ? -1 : 63 - __builtin_clzll(half); i >= 0; i--) {
        size_t before = known;
        known = half >> i;
        Value leading = int_rshift(vm, v, from_int((int64_t)(2 * half - before - known + 1)));
        Value quotient = is_error(leading) ? ERROR : int_floordiv(vm, leading, root);
        root = is_error(quotient) ? ERROR : int_lshift(vm, root, from_int((int64_t)(known - before) - 1));
        root = is_error(root) ? ERROR : int_add(vm, root, quotient);
        if (is_error(root)) return ERROR;
    }
    Value square = int_mul(vm, root, root);
    if (is_error(square)) return ERROR;
    return int_compare(square, v) > 0 ? int_sub(vm, root, from_int(1)) : root;
}
