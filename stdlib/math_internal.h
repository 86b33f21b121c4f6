// What the two halves of math share: math.c has the functions of doubles, math_exact.c those of ints and of many arguments.
#ifndef COIL_STDLIB_MATH_INTERNAL_H
#define COIL_STDLIB_MATH_INTERNAL_H

#include "vm/native.h"

Value math_domain_error(VM *vm);
Value math_range_error(VM *vm);

Value math_comb(VM *vm, const Value *args, int argc);
Value math_dist(VM *vm, const Value *args, int argc);
Value math_factorial(VM *vm, const Value *args, int argc);
Value math_fsum(VM *vm, const Value *args, int argc);
Value math_gcd(VM *vm, const Value *args, int argc);
Value math_hypot(VM *vm, const Value *args, int argc);
Value math_isqrt(VM *vm, const Value *args, int argc);
Value math_lcm(VM *vm, const Value *args, int argc);
Value math_perm(VM *vm, const Value *args, int argc);
Value math_prod(VM *vm, const Value *args, int argc);

#endif
