// Natural numbers as arrays of 64-bit limbs, the least significant first: the arithmetic below int. No VM, no allocation: whoever calls brings
// the room for result and scratch.
//
// Why not LibTomMath for these: its digits have 60 bits and its results live in memory of its own, so that each operation converts, allocates
// twice and copies. On numbers of 2 to 1000 limbs that cost two thirds of the time (bench/big_integers.py 0.37 s with it).
#ifndef COIL_BASE_LIMBS_H
#define COIL_BASE_LIMBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t Limb;
enum { LIMB_BITS = 64 };

// The count without leading zeros.
static inline size_t limbs_trim(const Limb *a, size_t count) {
    while (count > 0 && a[count - 1] == 0) count--;
    return count;
}

// Products and divisions of long numbers take minutes: while they run, they ask now and then whether to go on. Where `ask` says no, `stopped` is
// set, the function comes back soon, and what it has written means nothing. NULL for a watch: nobody is asked.
typedef struct LimbsWatch {
    bool (*ask)(void *context);
    void *context;
    size_t since_asked;       // products of limbs; 0 at first
    bool stopped;
} LimbsWatch;

// Of trimmed numbers: <0, 0, >0.
int limbs_compare(const Limb *a, size_t a_count, const Limb *b, size_t b_count);
size_t limbs_bit_length(const Limb *a, size_t count);                     // trimmed

// out has a_count limbs and may be a or b; a_count >= b_count. The last carry or borrow comes back.
Limb limbs_add(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count);
Limb limbs_sub(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count);
// out = a * b + carry and out += a * b, out -= a * b for one limb b; what runs over comes back.
Limb limbs_mul_limb(Limb *out, const Limb *a, size_t count, Limb b, Limb carry);
Limb limbs_add_product(Limb *out, const Limb *a, size_t count, Limb b);
Limb limbs_sub_product(Limb *out, const Limb *a, size_t count, Limb b);
// By 0 to 63 bits; upwards, what runs over comes back. out may be a.
Limb limbs_shift_up(Limb *out, const Limb *a, size_t count, unsigned bits);
void limbs_shift_down(Limb *out, const Limb *a, size_t count, unsigned bits);

// out has a_count + b_count limbs and is neither a nor b; both counts are at least 1. a and b may be the same.
void limbs_mul(Limb *out, const Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch);
size_t limbs_mul_scratch(size_t a_count, size_t b_count);                 // limbs of scratch that limbs_mul() needs
size_t limbs_mul_steps(size_t a_count, size_t b_count);                   // about how many products of limbs it makes

// quotient = a / b, the remainder comes back. quotient may be a.
Limb limbs_div_limb(Limb *quotient, const Limb *a, size_t count, Limb b);
Limb limbs_mod_limb(const Limb *a, size_t count, Limb b);
// a = a mod b, quotient = a / b. The divisor's top bit is set, a's top limb is below the divisor's (give a a zero on top), and
// a_count > b_count >= 2. quotient has a_count - b_count limbs. Afterwards a has b_count limbs, the others are zero.
void limbs_divide(Limb *quotient, Limb *a, size_t a_count, const Limb *b, size_t b_count, Limb *scratch, LimbsWatch *watch);
size_t limbs_divide_scratch(size_t a_count, size_t b_count);
size_t limbs_divide_steps(size_t a_count, size_t b_count);

// Montgomery's multiplication for odd moduli: out = a * b / 2^(64 * count) mod m. a and b are below m; out may be either. `inverse` is
// limb_negative_inverse(m[0]); scratch has count + 2 limbs.
Limb limb_negative_inverse(Limb odd);
void limbs_montgomery(Limb *out, const Limb *a, const Limb *b, const Limb *m, size_t count, Limb inverse, Limb *scratch, LimbsWatch *watch);

#endif
