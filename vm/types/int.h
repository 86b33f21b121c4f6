// int: inline (62 bits) or BigInt (LibTomMath). bool is not an int word but behaves as one where Python says so.
#ifndef COIL_VM_TYPES_INT_H
#define COIL_VM_TYPES_INT_H

#include <tommath.h>
#include "vm/vm.h"

// Sign and magnitude, in LibTomMath's digits. The digits are the VM's own memory (inside the object while few), so that they are counted;
// LibTomMath reads them through int_view(), and makes results in memory of its own that int_from_mp() copies.
// A BigInt never fits inline, except in instances of int's subclasses, which are BigInts always.
enum { BIGINT_SMALL_DIGITS = 2 };
typedef struct BigInt {
    Object head;
    int32_t used;
    int32_t negative;
    mp_digit *digits;
    mp_digit small[BIGINT_SMALL_DIGITS];
} BigInt;
#define is_bigint(v) is_kind(v, KIND_BIGINT)
static inline BigInt *to_bigint(Value v) { return (BigInt *)to_object(v); }
static inline bool is_any_int(Value v) { return is_int(v) || is_bigint(v); }           // bool is not among them: see int_or_bool()
// An int, bool or instance of an int subclass as a plain int value (inline or big); UNDEFINED for others.
Value int_or_bool(Value v);
MUST_CHECK Value int_from_i64(VM *vm, int64_t i);
MUST_CHECK Value int_from_u64(VM *vm, uint64_t u);
MUST_CHECK Value int_from_double(VM *vm, double d);                       // truncates; OverflowError/ValueError for inf and nan
MUST_CHECK Value int_from_mp(VM *vm, mp_int *number);                     // clears the number; normalises to inline
// A read-only view of an int (inline, bool or big) for LibTomMath; holds while the int lives. Never clear or write to it.
typedef struct IntView { mp_int number; mp_digit digits[2]; } IntView;
const mp_int *int_view(Value v, IntView *view);
MUST_CHECK Value int_subclass_new(VM *vm, Class *cls, Value plain);       // an instance of a subclass of int with that value
MUST_CHECK Value int_parse(VM *vm, const char *digits, size_t size, int base);   // digits as in CodeUnit constants
bool int_as_i64(Value v, int64_t *out);                                   // false: too large (nothing raised)
MUST_CHECK Str *int_to_str(VM *vm, Value v, int base);                    // no prefix; the 4300-digit limit applies to base 10
double int_as_double(Value v);                                            // +-inf when too large
int int_sign(Value v);
int int_compare(Value a, Value b);
int64_t int_hash(Value v);
MUST_CHECK Value int_add(VM *vm, Value a, Value b);
MUST_CHECK Value int_sub(VM *vm, Value a, Value b);
MUST_CHECK Value int_mul(VM *vm, Value a, Value b);
MUST_CHECK Value int_floordiv(VM *vm, Value a, Value b);                  // ZeroDivisionError
MUST_CHECK Value int_mod(VM *vm, Value a, Value b);
MUST_CHECK bool int_divmod(VM *vm, Value a, Value b, Value *out_quotient, Value *out_remainder);
MUST_CHECK Value int_truediv(VM *vm, Value a, Value b);                   // correctly rounded; OverflowError, ZeroDivisionError
MUST_CHECK Value int_pow(VM *vm, Value a, Value b);                       // a float when b is negative
MUST_CHECK Value int_pow_mod(VM *vm, Value a, Value b, Value modulus);
MUST_CHECK Value int_lshift(VM *vm, Value a, Value b);
MUST_CHECK Value int_rshift(VM *vm, Value a, Value b);
MUST_CHECK Value int_and(VM *vm, Value a, Value b);
MUST_CHECK Value int_or(VM *vm, Value a, Value b);
MUST_CHECK Value int_xor(VM *vm, Value a, Value b);
MUST_CHECK Value int_negate(VM *vm, Value v);
MUST_CHECK Value int_invert(VM *vm, Value v);
MUST_CHECK Value int_abs(VM *vm, Value v);
MUST_CHECK Value int_gcd(VM *vm, Value a, Value b);
size_t int_bit_length(Value v);
bool int_is_odd(Value v);
int int_compare_double(Value v, double d);                                // d finite: <0, 0, >0, exactly
// int(text, base) as Python reads it: spaces, sign, prefix, underscores, Unicode digits. `shown` is what the error text shows.
MUST_CHECK Value int_from_text(VM *vm, Str *text, int base, Value shown);

#endif
