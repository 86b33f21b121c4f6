// What the files of the containers share: small conversions of results, and questions about subclasses.
#ifndef COIL_VM_TYPES_CONTAINER_COMMON_H
#define COIL_VM_TYPES_CONTAINER_COMMON_H

#include "vm/heap_inline.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

static inline Value object_or_error(const void *object) { return object == NULL ? ERROR : from_object(object); }
static inline Value bool_or_error(int result) { return result < 0 ? ERROR : from_bool(result); }

static inline Shape *builtin_shape(VM *vm, Class *cls) { return LIKELY(cls->root_shape != NULL) ? cls->root_shape : class_shape(vm, cls); }

static inline bool is_exactly(VM *vm, Value v, Class *cls) { return is_object(v) && to_object(v)->shape->cls == cls; }

static inline bool is_exact_str(VM *vm, Value v) { return is_str(v) && to_object(v)->shape->cls == vm->types.str; }

// hash(key) as hash_value() has it, without its calls for strings and ints.
static inline bool key_hash(VM *vm, Value key, uint64_t *out_hash) {
    if (LIKELY(is_exact_str(vm, key))) {
        Str *s = to_str(key);
        if (UNLIKELY(s->data == NULL) && !str_flatten(vm, s)) return false;
        *out_hash = s->head.aux != 0 ? s->head.aux : str_hash(vm, s);
        return true;
    }
    if (is_int(key)) {
        int64_t i = to_int(key), modulus = (INT64_C(1) << 61) - 1;
        if (LIKELY(i > -1 && i < modulus)) {
            *out_hash = (uint64_t)i;
            return true;
        }
        *out_hash = (uint64_t)int_hash(key);
        return true;
    }
    int64_t hash;
    if (!hash_value(vm, key, &hash)) return false;
    *out_hash = (uint64_t)hash;
    return true;
}

static inline bool flat_str_equal(const Str *a, const Str *b) {
    return a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}

// Whether the class of v, a subclass of the built-in `base`, has base's own special method.
static inline bool class_keeps_special(VM *vm, Value v, Class *base, Special special) {
    Class *cls = class_of(vm, v);
    return cls == base || value_same(class_special(vm, cls, special), class_special(vm, base, special));
}

// Whether a special method found on cls is native and takes self and argc - 1 more as they stand, so that it can be called without a
// detour. A method borrowed from another class is not: its self must be checked.
static inline bool is_native_method(Value method, Class *cls, uint32_t argc) {
    if (!is_native(method) || !native_takes(to_native(method), argc)) return false;
    Class *owner = to_native(method)->owner;
    return owner != NULL && (cls == owner || class_is_subclass(cls, owner));
}

// Whether iter() has something to work with: to tell "not iterable" from a TypeError raised while iterating.
bool is_iterable(VM *vm, Value v);
MUST_CHECK bool count_for_repeat(VM *vm, Value v, ptrdiff_t *out);    // n of sequence * n: OverflowError when it is too large

// Whether operator.index(v) has something to ask: an int, a bool or an object with __index__.
bool has_index(VM *vm, Value v);

// An argument that is true or false, given as an int: sort(reverse=...).
MUST_CHECK bool flag_argument(VM *vm, Value v, bool *out_flag);

// The setter of members that CPython calls read-only (others are "not writable").
Value readonly_member(VM *vm, Value self, Value value);

// list[int] and its kin.
Value generic_class_getitem(VM *vm, const Value *args, int argc);

// A hash as hash() gives it.
MUST_CHECK Value hash_as_int(VM *vm, int64_t hash);

// Sets __hash__ to None.
MUST_CHECK bool class_make_unhashable(VM *vm, Class *cls);

// The shared methods of sequences: start and stop of index(), clamped to the length.
MUST_CHECK bool index_range(VM *vm, Value start, Value stop, size_t length, size_t *out_start, size_t *out_stop);

#endif
