// bytes and bytearray.
#ifndef COIL_VM_TYPES_BYTES_H
#define COIL_VM_TYPES_BYTES_H

#include "vm/vm.h"

// The bytes stand behind the struct, with a zero after them. Instances of subclasses share the data of a plain bytes object (`base`),
// because their attributes' slots stand behind the struct.
typedef struct Bytes { Object head; size_t size; const uint8_t *data; } Bytes;        // aux: hash, 0 not computed
typedef struct BytesShared { Bytes bytes; Value base; } BytesShared;                  // flags has BYTES_SHARED
enum { BYTES_SHARED = 1 };
typedef struct ByteArray { Object head; size_t size, capacity; uint8_t *data; uint32_t exports; } ByteArray;   // exports: memoryviews that forbid resizing
#define is_bytes(v) is_kind(v, KIND_BYTES)
#define is_bytearray(v) is_kind(v, KIND_BYTEARRAY)
static inline Bytes *to_bytes(Value v) { return (Bytes *)to_object(v); }
static inline ByteArray *to_bytearray(Value v) { return (ByteArray *)to_object(v); }
MUST_CHECK Bytes *bytes_new(VM *vm, const void *data_or_null, size_t size);
// Room for `size` bytes, filled by the caller at once. Size 0 and size 1 give fresh objects, too.
MUST_CHECK Bytes *bytes_new_raw(VM *vm, size_t size, uint8_t **out_data);
MUST_CHECK ByteArray *bytearray_new(VM *vm, const void *data_or_null, size_t size);
// Read access to bytes, bytearray or memoryview; the pointer holds until Python code runs. False: TypeError "a bytes-like object is required, not 'T'".
MUST_CHECK bool bytes_like(VM *vm, Value v, const uint8_t **out_data, size_t *out_size);

#endif
