// Arithmetic on arrays of limbs: schoolbook and Karatsuba multiplication, division by blocks (Burnikel and Ziegler's recursion), Montgomery's
// multiplication. limbs.h says what each function asks for.
#include "base/limbs.h"

#include <string.h>

typedef unsigned __int128 Wide;

enum {
    KARATSUBA_LEAST = 36,            // limbs of the shorter factor from which on three half products beat the schoolbook; measured
    RECURSIVE_DIVISION_LEAST = 60,   // limbs of the quotient from which on division goes through multiplication
    PRODUCTS_BETWEEN = 1 << 19,      // of limbs, between two questions to the watch: some tenths of a millisecond
};

// So many products are about to be made. False: stop.
static inline bool watch_goes_on(LimbsWatch *watch, size_t products) {
    if (watch == NULL) return true;
    watch->since_asked += products;
    if (__builtin_expect(watch->since_asked < PRODUCTS_BETWEEN, 1)) return !watch->stopped;
    watch->since_asked = 0;
    watch->stopped = watch->stopped || !watch->ask(watch->context);
    return !watch->stopped;
}
static inline bool watch_has_stopped(const LimbsWatch *watch) { return watch != NULL && watch->stopped; }

int limbs_compare(const Limb *a, size_t a_count, const Limb *b, size_t b_count) {
    if (a_count != b_count) return a_count < b_count ? -1 : 1;
    for (size_t i = a_count; i-- > 0;)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

size_t limbs_bit_length(const Limb *a, size_t count) {
    return count == 0 ? 0 : count * LIMB_BITS - (size_t)__builtin_clzll(a[count - 1]);
}

// ---- sums and shifts

Limb limbs_add(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count) {
    Limb carry = 0;
    size_t i = 0;
    for (; i < b_count; i++) {
        Wide sum = (Wide)a[i] + b[i] + carry;
        out[i] = (Limb)sum;
        carry = (Limb)(sum >> LIMB_BITS);
    }
    for (; i < a_count && carry; i++) {
        out[i] = a[i] + 1;
        carry = out[i] == 0;
    }
    if (out != a && i < a_count) memmove(out + i, a + i, (a_count - i) * sizeof *a);
    return carry;
}

Limb limbs_sub(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count) {
    Limb borrow = 0;
    size_t i = 0;
    for (; i < b_count; i++) {
        Wide difference = (Wide)a[i] - b[i] - borrow;
        out[i] = (Limb)difference;
        borrow = (Limb)(difference >> LIMB_BITS) & 1;
    }
    for (; i < a_count && borrow; i++) {
        borrow = a[i] == 0;
        out[i] = a[i] - 1;
    }
    if (out != a && i < a_count) memmove(out + i, a + i, (a_count - i) * sizeof *a);
    return borrow;
}

Limb limbs_shift_up(Limb *out, const Limb *a, size_t count, unsigned bits) {
    if (bits == 0) {
        memmove(out, a, count * sizeof *a);
        return 0;
    }
    Limb over = 0;
    if (count > 0) {
        over = a[count - 1] >> (LIMB_BITS - bits);
        for (size_t i = count - 1; i > 0; i--) out[i] = a[i] << bits | a[i - 1] >> (LIMB_BITS - bits);
        out[0] = a[0] << bits;
    }
    return over;
}

void limbs_shift_down(Limb *out, const Limb *a, size_t count, unsigned bits) {
    if (bits == 0) {
        memmove(out, a, count * sizeof *a);
        return;
    }
    if (count == 0) return;
    for (size_t i = 0; i + 1 < count; i++) out[i] = a[i] >> bits | a[i + 1] << (LIMB_BITS - bits);
    out[count - 1] = a[count - 1] >> bits;
}

// ---- products

Limb limbs_mul_limb(Limb *out, const Limb *a, size_t count, Limb b, Limb carry) {
    for (size_t i = 0; i < count; i++) {
        Wide product = (Wide)a[i] * b + carry;
        out[i] = (Limb)product;
        carry = (Limb)(product >> LIMB_BITS);
    }
    return carry;
}

Limb limbs_add_product(Limb *out, const Limb *a, size_t count, Limb b) {
    Limb carry = 0;
    for (size_t i = 0; i < count; i++) {
        Wide product = (Wide)a[i] * b + out[i] + carry;
        out[i] = (Limb)product;
        carry = (Limb)(product >> LIMB_BITS);
    }
    return carry;
}

Limb limbs_sub_product(Limb *out, const Limb *a, size_t count, Limb b) {
    Limb carry = 0;
    for (size_t i = 0; i < count; i++) {
        Wide product = (Wide)a[i] * b + carry;
        Limb low = (Limb)product, before = out[i];
        out[i] = before - low;
        carry = (Limb)(product >> LIMB_BITS) + (before < low);
    }
    return carry;
}

static void mul_schoolbook(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count, LimbsWatch *watch) {
    out[a_count] = limbs_mul_limb(out, a, a_count, b[0], 0);
    for (size_t i = 1; i < b_count && watch_goes_on(watch, a_count); i++) out[a_count + i] = limbs_add_product(out + i, a, a_count, b[i]);
}

// The products of different limbs once, doubled, then the squares: nearly half the multiplications.
static void square_schoolbook(Limb *out, const Limb *a, size_t count) {
    out[0] = 0;
    if (count > 1) {
        out[count] = limbs_mul_limb(out + 1, a + 1, count - 1, a[0], 0);
        for (size_t i = 1; i + 1 < count; i++) out[count + i] = limbs_add_product(out + 2 * i + 1, a + i + 1, count - i - 1, a[i]);
    }
    out[2 * count - 1] = 0;
    limbs_shift_up(out, out, 2 * count, 1);
    Limb carry = 0;
    for (size_t i = 0; i < count; i++) {
        Wide square = (Wide)a[i] * a[i], low = (Wide)out[2 * i] + (Limb)square + carry;
        out[2 * i] = (Limb)low;
        Wide high = (Wide)out[2 * i + 1] + (Limb)(square >> LIMB_BITS) + (Limb)(low >> LIMB_BITS);
        out[2 * i + 1] = (Limb)high;
        carry = (Limb)(high >> LIMB_BITS);
    }
}

// |a - b| of numbers of `count` and at most `count` limbs; true when a < b.
static bool sub_absolute(Limb *out, const Limb *a, size_t count, const Limb *b, size_t b_count) {
    size_t a_used = limbs_trim(a, count), b_used = limbs_trim(b, b_count);
    bool less = limbs_compare(a, a_used, b, b_used) < 0;
    if (less) limbs_sub(out, b, b_used, a, a_used);
    else limbs_sub(out, a, a_used, b, b_used);
    size_t used = less ? b_used : a_used;
    memset(out + used, 0, (count - used) * sizeof *out);
    return less;
}

// a = a1 B + a0 and so on, with B of `half` limbs: a1 b1 B^2 + (a0 b0 + a1 b1 - (a0 - a1)(b0 - b1)) B + a0 b0. b_count > half.
// Scratch: the middle (2 half + 2 limbs; before that the two differences), then the third product.
static void mul_karatsuba(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch) {
    size_t half = (a_count + 1) / 2, high_count = a_count + b_count - 2 * half;
    Limb *middle = scratch, *product = scratch + 2 * half + 2, *rest = product + 2 * half;
    bool a_less = sub_absolute(middle, a, half, a + half, a_count - half), b_less = a_less;
    if (a == b && a_count == b_count) {
        limbs_mul(product, middle, half, middle, half, rest, watch);
    } else {
        b_less = sub_absolute(middle + half, b, half, b + half, b_count - half);
        limbs_mul(product, middle, half, middle + half, half, rest, watch);
    }
    limbs_mul(out, a, half, b, half, rest, watch);
    limbs_mul(out + 2 * half, a + half, a_count - half, b + half, b_count - half, rest, watch);
    if (watch_has_stopped(watch)) return;
    middle[2 * half] = limbs_add(middle, out, 2 * half, out + 2 * half, high_count);
    middle[2 * half + 1] = 0;
    if (a_less == b_less) limbs_sub(middle, middle, 2 * half + 1, product, 2 * half);
    else limbs_add(middle, middle, 2 * half + 1, product, 2 * half);
    size_t used = limbs_trim(middle, 2 * half + 1);
    limbs_add(out + half, out + half, a_count + b_count - half, middle, used);
}

// A factor more than twice as long as the other is taken in pieces of the other's length.
static void mul_pieces(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch) {
    Limb *product = scratch, *rest = scratch + 2 * b_count;
    limbs_mul(out, a, b_count, b, b_count, rest, watch);
    memset(out + 2 * b_count, 0, (a_count - b_count) * sizeof *out);
    for (size_t at = b_count; at < a_count && !watch_has_stopped(watch); at += b_count) {
        size_t piece = a_count - at < b_count ? a_count - at : b_count;
        limbs_mul(product, b, b_count, a + at, piece, rest, watch);
        limbs_add(out + at, out + at, a_count + b_count - at, product, piece + b_count);
    }
}

void limbs_mul(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch) {
    if (a_count < b_count) {
        const Limb *other = a;
        size_t other_count = a_count;
        a = b, a_count = b_count;
        b = other, b_count = other_count;
    }
    bool square = a == b && a_count == b_count && a_count < KARATSUBA_LEAST * 2;
    if (!watch_goes_on(watch, square ? a_count * a_count / 2 : b_count < KARATSUBA_LEAST ? a_count : 0)) return;
    if (square) square_schoolbook(out, a, a_count);
    else if (b_count < KARATSUBA_LEAST) mul_schoolbook(out, a, a_count, b, b_count, watch);
    else if (2 * b_count <= a_count + 1) mul_pieces(out, a, a_count, b, b_count, scratch, watch);
    else mul_karatsuba(out, a, a_count, b, b_count, scratch, watch);
}

// Scratch of the recursion on equal factors; unequal ones inside it need less.
static size_t karatsuba_scratch(size_t count) {
    size_t total = 0;
    while (count >= KARATSUBA_LEAST) {
        size_t half = (count + 1) / 2;
        total += 4 * half + 2;
        count = half;
    }
    return total;
}

size_t limbs_mul_scratch(size_t a_count, size_t b_count) {
    size_t least = a_count < b_count ? a_count : b_count, most = a_count < b_count ? b_count : a_count;
    if (least < KARATSUBA_LEAST) return 0;
    return 2 * least <= most + 1 ? 2 * least + karatsuba_scratch(least) : karatsuba_scratch(most);
}

size_t limbs_mul_steps(size_t a_count, size_t b_count) {
    size_t least = a_count < b_count ? a_count : b_count, steps = a_count * b_count;
    for (; least >= KARATSUBA_LEAST; least /= 2) steps = steps / 4 * 3;
    return steps;
}

// ---- division

// About (2^128 - 1) / divisor - 2^64, for a divisor whose top bit is set: with it a division is two multiplications (Moeller and Granlund,
// "Improved division by invariant integers").
static Limb reciprocal(Limb divisor) { return (Limb)((((Wide)~divisor << LIMB_BITS) | ~(Limb)0) / divisor); }

// (high, low) / divisor with high < divisor.
static inline Limb divide_wide(Limb high, Limb low, Limb divisor, Limb inverse, Limb *out_rest) {
    Wide quotient = (Wide)inverse * high + (((Wide)high << LIMB_BITS) | low);
    Limb q = (Limb)(quotient >> LIMB_BITS) + 1, rest = low - q * divisor;
    if (rest > (Limb)quotient) {
        q--;
        rest += divisor;
    }
    if (__builtin_expect(rest >= divisor, 0)) {
        q++;
        rest -= divisor;
    }
    *out_rest = rest;
    return q;
}

// The quotient is left out where it is NULL, which folds away.
static inline Limb divide_by_limb(Limb *quotient, const Limb *a, size_t count, Limb b) {
    if (count == 0) return 0;
    unsigned shift = (unsigned)__builtin_clzll(b);
    Limb divisor = b << shift, inverse = reciprocal(divisor), rest = 0;
    if (shift != 0) rest = a[count - 1] >> (LIMB_BITS - shift);
    for (size_t i = count; i-- > 0;) {
        // Two shifts, for one by 64 is undefined.
        Limb low = a[i] << shift | (i > 0 ? a[i - 1] >> 1 >> (LIMB_BITS - 1 - shift) : 0);
        Limb q = divide_wide(rest, low, divisor, inverse, &rest);
        if (quotient != NULL) quotient[i] = q;
    }
    return rest >> shift;
}

Limb limbs_div_limb(Limb *quotient, const Limb *a, size_t count, Limb b) { return divide_by_limb(quotient, a, count, b); }
Limb limbs_mod_limb(const Limb *a, size_t count, Limb b) { return divide_by_limb(NULL, a, count, b); }

// Knuth's algorithm D. What stands above quotient's a_count - b_count limbs comes back: 0 or 1 (a's upper b_count limbs may be as large as b
// or larger, but not twice as large).
static Limb divide_schoolbook(Limb *quotient, Limb *a, size_t a_count, const Limb *b, size_t b_count, LimbsWatch *watch) {
    Limb over = 0, top = b[b_count - 1], second = b[b_count - 2], inverse = reciprocal(top);
    Limb *upper = a + a_count - b_count;
    bool larger = true;
    for (size_t i = b_count; i-- > 0;) {
        if (upper[i] == b[i]) continue;
        larger = upper[i] > b[i];
        break;
    }
    if (larger) {
        limbs_sub(upper, upper, b_count, b, b_count);
        over = 1;
    }
    for (size_t i = a_count - b_count; i-- > 0 && watch_goes_on(watch, b_count);) {
        Limb *at = a + i, high = at[b_count], guess, rest;
        if (high >= top) {
            guess = ~(Limb)0;   // the rest of this guess is above 2^64 or is corrected below
            rest = at[b_count - 1] + top;
            if (high > top || rest < top) goto subtract;
        } else {
            guess = divide_wide(high, at[b_count - 1], top, inverse, &rest);
        }
        while ((Wide)guess * second > (((Wide)rest << LIMB_BITS) | at[b_count - 2])) {
            guess--;
            rest += top;
            if (rest < top) break;
        }
    subtract:;
        Limb borrow = limbs_sub_product(at, b, b_count, guess);
        bool negative = high < borrow;
        at[b_count] = high - borrow;
        while (negative) {
            guess--;
            Limb carry = limbs_add(at, at, b_count, b, b_count);
            at[b_count] += carry;
            negative = !(carry && at[b_count] == 0);
        }
        quotient[i] = guess;
    }
    return over;
}

static Limb divide_recursive(Limb *quotient, Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch);

// One half of the quotient: a's upper limbs by the divisor's, as many as the quotient has; then what the divisor's lower limbs contribute is
// taken off, which shows the guess to be too large by at most 2. a has quotient_count + b_count limbs.
static Limb divide_half(Limb *quotient, size_t quotient_count, Limb *a, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch) {
    const Limb one = 1;
    size_t low = b_count - quotient_count;
    Limb over = divide_recursive(quotient, a + low, 2 * quotient_count, b + low, quotient_count, scratch, watch);
    Limb *product = scratch, *rest = scratch + b_count;
    limbs_mul(product, quotient, quotient_count, b, low, rest, watch);
    if (watch_has_stopped(watch)) return 0;
    Limb above = 0 - limbs_sub(a, a, b_count, product, b_count);   // the limb above a: not zero while a is negative
    if (over) above -= limbs_sub(a + quotient_count, a + quotient_count, low, b, low);
    while (above != 0) {
        over -= limbs_sub(quotient, quotient, quotient_count, &one, 1);
        above += limbs_add(a, a, b_count, b, b_count);
    }
    return over;
}

// As divide_schoolbook(); the quotient is at most as long as the divisor.
static Limb divide_recursive(Limb *quotient, Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch) {
    size_t count = a_count - b_count;
    if (watch_has_stopped(watch)) return 0;   // of meaningless numbers no digit could be found
    if (count < RECURSIVE_DIVISION_LEAST) return divide_schoolbook(quotient, a, a_count, b, b_count, watch);
    size_t low = count / 2;
    Limb over = divide_half(quotient + low, count - low, a + low, b, b_count, scratch, watch);
    divide_half(quotient, low, a, b, b_count, scratch, watch);
    return over;
}

void limbs_divide(Limb *quotient, Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch) {
    size_t count = a_count - b_count;
    while (count > b_count) {
        // Pieces of b_count limbs of the quotient, from the top.
        size_t piece = count % b_count ? count % b_count : b_count;
        count -= piece;
        divide_recursive(quotient + count, a + count, piece + b_count, b, b_count, scratch, watch);
    }
    divide_recursive(quotient, a, count + b_count, b, b_count, scratch, watch);
}

size_t limbs_divide_scratch(size_t a_count, size_t b_count) {
    size_t count = a_count - b_count < b_count ? a_count - b_count : b_count;
    return count < RECURSIVE_DIVISION_LEAST ? 0 : 2 * b_count + 2 + karatsuba_scratch(b_count) + 2 * b_count;
}

size_t limbs_divide_steps(size_t a_count, size_t b_count) {
    size_t count = a_count - b_count, shorter = count < b_count ? count : b_count;
    if (shorter < RECURSIVE_DIVISION_LEAST) return count * b_count;
    return 2 * limbs_mul_steps(count, b_count);
}

// ---- Montgomery

// Newton's iteration doubles the right bits: 5, 10, 20, 40, 80.
Limb limb_negative_inverse(Limb odd) {
    Limb inverse = (3 * odd) ^ 2;
    for (int i = 0; i < 4; i++) inverse *= 2 - odd * inverse;
    return -inverse;
}

void limbs_montgomery(Limb *out, const Limb *a, const Limb *b, const Limb *m, size_t count, Limb inverse, Limb *scratch, LimbsWatch *watch) {
    memset(scratch, 0, (count + 2) * sizeof *scratch);
    for (size_t i = 0; i < count && watch_goes_on(watch, 2 * count); i++) {
        // scratch = (scratch + a * b[i] + m * factor) / 2^64: the factor makes the lowest limb zero.
        Wide low = (Wide)a[0] * b[i] + scratch[0];
        Limb carry_a = (Limb)(low >> LIMB_BITS), factor = (Limb)low * inverse;
        Limb carry_m = (Limb)(((Wide)m[0] * factor + (Limb)low) >> LIMB_BITS);
        for (size_t j = 1; j < count; j++) {
            Wide sum = (Wide)a[j] * b[i] + scratch[j] + carry_a;
            carry_a = (Limb)(sum >> LIMB_BITS);
            Wide all = (Wide)m[j] * factor + (Limb)sum + carry_m;
            carry_m = (Limb)(all >> LIMB_BITS);
            scratch[j - 1] = (Limb)all;
        }
        Wide top = (Wide)scratch[count] + carry_a + carry_m;
        scratch[count - 1] = (Limb)top;
        scratch[count] = (Limb)(top >> LIMB_BITS);
    }
    bool reduce = scratch[count] != 0;
    if (!reduce) {
        size_t i = count;
        while (i > 0 && scratch[i - 1] == m[i - 1]) i--;
        reduce = i == 0 || scratch[i - 1] > m[i - 1];
    }
    if (reduce) limbs_sub(out, scratch, count, m, count);
    else memcpy(out, scratch, count * sizeof *out);
}
