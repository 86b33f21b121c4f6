// What the files of str, bytes, bytearray and memoryview share among themselves and with nobody else.
#ifndef COIL_VM_TYPES_STR_PARTS_H
#define COIL_VM_TYPES_STR_PARTS_H

#include "base/utf8.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

// ---- str_search.c: on bytes, for all four types
ptrdiff_t bytes_find(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size);    // -1: not there
ptrdiff_t bytes_rfind(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size);
size_t bytes_count(const uint8_t *text, size_t size, const uint8_t *part, size_t part_size, size_t max);   // not overlapping; part_size > 0
MUST_CHECK bool bytes_fill_repeated(VM *vm, uint8_t *out, size_t size, const uint8_t *unit, size_t unit_size);   // size: of whole units
// The optional start and end arguments of find() and its like, at args[index] and args[index + 1], clamped as slices are.
MUST_CHECK bool range_arguments(VM *vm, const Value *args, int argc, int index, size_t length, ptrdiff_t *out_start, ptrdiff_t *out_end);

// These methods say how many arguments they take in the old way: "find() takes at least 1 argument (0 given)". So they are declared with
// *args, which come as they stand, and call this first. argc counts self.
MUST_CHECK bool search_argument_count(VM *vm, const char *name, int argc);

// ---- str.c
bool str_is_exact(VM *vm, const Str *s);
MUST_CHECK Str *str_new_counted(VM *vm, const char *utf8, size_t size, size_t length);
MUST_CHECK Str *str_slice_bytes(VM *vm, Str *s, size_t from, size_t to);       // by byte offsets, on the borders of code points; s is flat

// ---- str_build.c
bool str_builder_reserve(StrBuilder *b, size_t more);
bool str_builder_fill(StrBuilder *b, uint32_t code_point, size_t count);
// One code point, for loops that add many.
static inline bool str_builder_put(StrBuilder *b, uint32_t code_point) {
    if (UNLIKELY(b->capacity - b->size < 4) && !str_builder_reserve(b, 4)) return false;
    size_t size = utf8_encode(code_point, b->data + b->size);
    b->size += size;
    b->length++;
    if (size > 1) b->ascii = false;
    return true;
}
// Bytes that are no text, for str_builder_finish_bytes().
static inline bool str_builder_put_bytes(StrBuilder *b, const void *bytes, size_t size) {
    if (UNLIKELY(b->capacity - b->size < size) && !str_builder_reserve(b, size)) return false;
    if (size > 0) memcpy(b->data + b->size, bytes, size);   // of nothing, both may be NULL
    b->size += size;
    return true;
}
// The builder's bytes as bytes, and its end; NULL when it failed.
MUST_CHECK Bytes *str_builder_finish_bytes(StrBuilder *b);

// Long texts count against the VM's budgets: called before pointers into them are taken, for it may run finalizers.
enum { PIECES_PER_CHARGE = 1024 };   // of what is split
static inline bool text_charge(VM *vm, size_t size) { return LIKELY(size < 16384) || vm_charge(vm, size / 256); }

static inline Value str_or_error(Str *s) { return s == NULL ? ERROR : from_object(s); }
static inline Value bytes_or_error(Bytes *b) { return b == NULL ? ERROR : from_object(b); }

// ---- methods, listed in the tables of str_methods.c and bytes_methods.c
#define STR_METHOD(name) Value str_##name##_method(VM *vm, const Value *args, int argc);
STR_METHOD(find) STR_METHOD(rfind) STR_METHOD(index) STR_METHOD(rindex) STR_METHOD(count) STR_METHOD(startswith) STR_METHOD(endswith)
STR_METHOD(replace) STR_METHOD(partition) STR_METHOD(rpartition) STR_METHOD(split) STR_METHOD(rsplit) STR_METHOD(splitlines)
STR_METHOD(lower) STR_METHOD(upper) STR_METHOD(title) STR_METHOD(capitalize) STR_METHOD(swapcase) STR_METHOD(casefold)
STR_METHOD(islower) STR_METHOD(isupper) STR_METHOD(istitle) STR_METHOD(isalpha) STR_METHOD(isalnum) STR_METHOD(isdecimal)
STR_METHOD(isdigit) STR_METHOD(isnumeric) STR_METHOD(isspace) STR_METHOD(isprintable) STR_METHOD(isidentifier) STR_METHOD(isascii)
STR_METHOD(format) STR_METHOD(format_map)
#undef STR_METHOD

// ---- bytes_methods.c: arguments
MUST_CHECK bool ssize_argument(VM *vm, Value v, ptrdiff_t *out);      // OverflowError when too large, as for parameters of C functions

// ---- bytes.c, bytearray.c
// What a method gives back: of self's kind, always a new object.
MUST_CHECK Value bytes_like_self(VM *vm, Value self, const void *data, size_t size);
MUST_CHECK Str *bytes_repr_data(VM *vm, const uint8_t *data, size_t size, bool escape_single);   // bytearray's repr escapes ' always
// bytes(x) and bytearray(x) of anything but a str: a fresh bytes or bytearray. UNDEFINED encoding and errors where not given.
MUST_CHECK ByteArray *bytearray_from_arguments(VM *vm, const char *type_name, Value source, Value encoding, Value errors);
// An item of a bytearray: 0 to 255, or false with the exception that CPython raises.
MUST_CHECK bool byte_from_value(VM *vm, Value v, uint8_t *out);

#endif
