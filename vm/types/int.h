// int: inline (62 bits) or BigInt (LibTomMath). bool is not an int word but behaves as one where Python says so.
#ifndef COIL_VM_TYPES_INT_H
#define COIL_VM_TYPES_INT_H

#include <tommath.h>
#include "vm/vm.h"

typedef struct BigInt { Object head; mp_int number; } BigInt;   // never fits inline, except in instances of int's subclasses, which are BigInts always
#define is_bigint(v) is_kind(v, KIND_BIGINT)
static inline BigInt *to_bigint(Value v) { return (BigInt *)to_object(v); }
static inline bool is_any_int(Value v) { return is_int(v) || is_bigint(v); }           // bool is not among them: see int_or_bool()
// An int, bool or instance of an int subclass as a plain int value (inline or big); UNDEFINED for others.
Value int_or_bool(Value v);
MUST_CHECK Value int_from_i64(VM *vm, int64_t i);
MUST_CHECK Value int_from_u64(VM *vm, uint64_t u);
MUST_CHECK Value int_from_double(VM *vm, double d);                       // truncates; OverflowError/ValueError for inf and nan
MUST_CHECK Value int_from_mp(VM *vm, mp_int *number);                     // takes over or frees the number; normalises to inline
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

#endif
