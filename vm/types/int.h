// int: inline (62 bits) or BigInt. bool is not an int word but behaves as one where Python says so.
#ifndef COIL_VM_TYPES_INT_H
#define COIL_VM_TYPES_INT_H

#include "base/limbs.h"
#include "vm/vm.h"

// Sign and magnitude. The limbs stand behind the struct. Instances of subclasses of int, which are BigInts always and have their attributes'
// slots there, show the limbs of a plain BigInt (`base`), or `word` when one limb is enough.
// A plain BigInt never fits inline and has no zero on top.
typedef struct BigInt {
    Object head;
    uint32_t count;
    bool negative;
    Limb *limbs;
} BigInt;
typedef struct BigIntShared { BigInt big; Value base; Limb word; } BigIntShared;      // head.flags has BIGINT_SHARED
enum { BIGINT_SHARED = 1 };
#define is_bigint(v) is_kind(v, KIND_BIGINT)
static inline BigInt *to_bigint(Value v) { return (BigInt *)to_object(v); }
static inline bool is_any_int(Value v) { return is_int(v) || is_bigint(v); }           // bool is not among them: see int_or_bool()
// An int, bool or instance of an int subclass as a plain int value (inline or big); UNDEFINED for others.
Value int_or_bool(Value v);
MUST_CHECK Value int_from_i64(VM *vm, int64_t i);
MUST_CHECK Value int_from_u64(VM *vm, uint64_t u);
MUST_CHECK Value int_from_double(VM *vm, double d);                       // truncates; OverflowError/ValueError for inf and nan

// Sign and magnitude of an int (inline, bool or big) for reading: holds while the int lives. The count is trimmed.
typedef struct IntView { const Limb *limbs; size_t count; bool negative; Limb word; } IntView;
void int_view(Value v, IntView *view);
// A new BigInt with room for `count` limbs (all zero), to be filled and given to int_finish(), which trims it, or gives an inline int instead.
MUST_CHECK BigInt *bigint_new(VM *vm, size_t count);
Value int_finish(BigInt *big, bool negative);

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
MUST_CHECK bool int_divmod(VM *vm, Value a, Value b, Value *out_quotient_or_null, Value *out_remainder_or_null);
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
MUST_CHECK Value int_sqrt(VM *vm, Value v);                               // rounded down; v >= 0
size_t int_bit_length(Value v);
bool int_is_odd(Value v);
int int_compare_double(Value v, double d);                                // d finite: <0, 0, >0, exactly
// int(text, base) as Python reads it: spaces, sign, prefix, underscores, Unicode digits. `shown` is what the error text shows.
MUST_CHECK Value int_from_text(VM *vm, Str *text, int base, Value shown);

// The value of bytes in either order; the magnitude of an int as bytes, inverted when they are those of ~magnitude.
MUST_CHECK Value int_read_bytes(VM *vm, const uint8_t *data, size_t size, bool big_endian, bool is_signed);
void int_write_bytes(Value magnitude, uint8_t *out, size_t size, bool big_endian, bool inverted);

// Refuses magnitudes that memory has no room for, and charges the budget, before the work starts.
LimbsWatch int_watch(VM *vm);   // of limbs_mul() and the like: asks the VM; when it has stopped them, an exception is raised
MUST_CHECK bool int_reserve(VM *vm, size_t bits, size_t steps);

#endif
