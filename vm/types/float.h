// float and complex.
#ifndef COIL_VM_TYPES_FLOAT_H
#define COIL_VM_TYPES_FLOAT_H

#include "vm/vm.h"

typedef struct Float { Object head; double value; } Float;                // huge, tiny, inf, nan, and instances of float's subclasses
typedef struct Complex { Object head; double real, imaginary; } Complex;
Value float_box(VM *vm, double d);                                        // the slow half of float_new
static inline Value float_new(VM *vm, double d) { Value v; return LIKELY(float_inline(d, &v)) ? v : float_box(vm, d); }
static inline bool is_any_float(Value v) { return is_inline_float(v) || is_kind(v, KIND_FLOAT); }
static inline double float_value(Value v) { return is_inline_float(v) ? to_double(v) : ((Float *)to_object(v))->value; }
MUST_CHECK Value complex_new(VM *vm, double real, double imaginary);
MUST_CHECK Str *float_repr(VM *vm, double d);
// The shortest decimal digits that read back as d (finite, not 0; the sign is not looked at): returns how many, without trailing zeros; the value is
// 0.DIGITS * 10^*out_point.
int float_shortest_digits(double d, char digits[20], int *out_point);
void float_divmod(double a, double b, double *out_quotient, double *out_remainder);   // b != 0; the remainder has the sign of b
MUST_CHECK Value float_pow(VM *vm, double a, double b);                   // ZeroDivisionError, OverflowError; complex for negative bases
MUST_CHECK Value float_from_text(VM *vm, Str *text, Value shown);         // float('...')
MUST_CHECK Value complex_operation(VM *vm, int binary_op, Value a, Value b);   // built-in numbers, one of them complex; UNDEFINED: no such operator
int64_t float_hash(double d);                                             // of a finite double as CPython; nan hashes by identity elsewhere

// Text of a number with Unicode's digits and spaces as ASCII, anything else that is not ASCII as '?'; `out` has room for `size` bytes.
size_t float_text_to_ascii(const char *data, size_t size, char *out);

#endif
