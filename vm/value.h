// Value: one 64-bit word that is any Python object, tagged in its low bits.
//
//     000   pointer to a heap object (the plain address); all bits zero is UNDEFINED: an unbound local, an empty slot
//     x11   int of 62 bits, shifted left by two; larger ones are BigInt objects
//     010, 101, 110   float: the bits of the double rotated left by 4, plus 2. Zero and magnitudes from 2^-255 to 2^257
//                     fall on these tags by themselves; all others are Float objects on the heap
//     001   None, False, True, NotImplemented, Ellipsis
//     100   ERROR (a Python exception is set in the VM), STOP (an iterator is exhausted), ENTERED (a native function has left the rest
//           to a frame: loop_enter.h); never visible to Python
//
// Fresh memory is zeroed, so every new object is valid from its first moment.
#ifndef COIL_VM_VALUE_H
#define COIL_VM_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Value { uint64_t bits; } Value;
typedef struct VM VM;
typedef struct Object Object;

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define MUST_CHECK __attribute__((warn_unused_result))

#define UNDEFINED       ((Value){0})
#define NONE            ((Value){0x01})
#define FALSE_VALUE     ((Value){0x09})
#define TRUE_VALUE      ((Value){0x11})
#define NOT_IMPLEMENTED ((Value){0x19})
#define ELLIPSIS        ((Value){0x21})
#define ERROR           ((Value){0x04})
#define STOP            ((Value){0x0c})
#define ENTERED         ((Value){0x14})

static inline bool value_same(Value a, Value b) { return a.bits == b.bits; }
static inline bool is_undefined(Value v) { return v.bits == 0; }
static inline bool is_error(Value v) { return v.bits == ERROR.bits; }
static inline bool is_stop(Value v) { return v.bits == STOP.bits; }
static inline bool is_none(Value v) { return v.bits == NONE.bits; }
static inline bool is_bool(Value v) { return (v.bits | 0x18) == 0x19 && v.bits >= 0x09 && v.bits <= 0x11; }
static inline bool is_true_value(Value v) { return v.bits == TRUE_VALUE.bits; }
static inline Value from_bool(bool b) { return b ? TRUE_VALUE : FALSE_VALUE; }

// ---- heap objects
static inline bool is_object(Value v) { return (v.bits & 7) == 0 && v.bits != 0; }
static inline Object *to_object(Value v) { return (Object *)(uintptr_t)v.bits; }
static inline Value from_object(const void *object) { return (Value){(uint64_t)(uintptr_t)object}; }

// ---- inline ints
#define INT_INLINE_MAX ((int64_t)((UINT64_C(1) << 61) - 1))
#define INT_INLINE_MIN (-INT_INLINE_MAX - 1)
static inline bool is_int(Value v) { return (v.bits & 3) == 3; }                        // inline int only: see is_any_int() in types/int.h
static inline bool both_int(Value a, Value b) { return (a.bits & b.bits & 3) == 3; }
static inline int64_t to_int(Value v) { return (int64_t)v.bits >> 2; }
static inline bool int_fits(int64_t i) { return i >= INT_INLINE_MIN && i <= INT_INLINE_MAX; }
static inline Value from_int(int64_t i) { return (Value){(uint64_t)i << 2 | 3}; }       // i must fit; int_from_i64(vm, i) takes any
static inline bool int_less(Value a, Value b) { return (int64_t)a.bits < (int64_t)b.bits; }
static inline bool int_add_inline(Value a, Value b, Value *out) {
    int64_t sum;
    if (__builtin_add_overflow((int64_t)(a.bits - 3), (int64_t)b.bits, &sum)) return false;
    out->bits = (uint64_t)sum;
    return true;
}
static inline bool int_sub_inline(Value a, Value b, Value *out) {
    int64_t difference;
    if (__builtin_sub_overflow((int64_t)a.bits, (int64_t)(b.bits - 3), &difference)) return false;
    out->bits = (uint64_t)difference;
    return true;
}
static inline bool int_mul_inline(Value a, Value b, Value *out) {
    int64_t product;
    if (__builtin_mul_overflow((int64_t)(a.bits - 3), (int64_t)b.bits >> 2, &product)) return false;
    out->bits = (uint64_t)product | 3;
    return true;
}

// ---- inline floats
static inline bool is_float_bits(uint64_t bits) { return 0x64u >> (bits & 7) & 1; }
static inline bool is_inline_float(Value v) { return is_float_bits(v.bits); }           // inline only: see is_any_float() in types/float.h
static inline bool both_inline_float(Value a, Value b) { return (int)is_float_bits(a.bits) & (int)is_float_bits(b.bits); }
static inline double to_double(Value v) {
    uint64_t bits = v.bits - 2;
    bits = bits >> 4 | bits << 60;
    double d;
    memcpy(&d, &bits, 8);
    return d;
}
// True and the value when the double fits inline; float_new(vm, d) takes any.
static inline bool float_inline(double d, Value *out) {
    uint64_t bits;
    memcpy(&bits, &d, 8);
    bits = (bits << 4 | bits >> 60) + 2;
    out->bits = bits;
    return is_float_bits(bits);
}

#endif
