// bytes and bytearray.
#ifndef COIL_VM_TYPES_BYTES_H
#define COIL_VM_TYPES_BYTES_H

#include "vm/vm.h"

// The bytes stand behind the struct, with a zero after them. Instances of subclasses share the data of a plain bytes object (`base`),
// because their attributes' slots stand behind the struct.
typedef struct Bytes { Object head; size_t size; const uint8_t *data; } Bytes;        // aux: hash, 0 not computed
typedef struct BytesShared { Bytes bytes; Value base; } BytesShared;                  // flags has BYTES_SHARED
enum { BYTES_SHARED = 1 };
typedef struct ByteArray { Object head; size_t size, capacity; uint8_t *data; uint32_t exports, locks; bool counting; } ByteArray;
// exports: who forbids resizing: memoryviews, dead ones not yet collected among them, and `locks` by C code; counting: see bytearray_resize()
static inline void bytearray_lock(ByteArray *b) { b->exports++; b->locks++; }
static inline void bytearray_unlock(ByteArray *b) { b->exports--; b->locks--; }
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

uint32_t bytes_hash(VM *vm, Bytes *bytes);                                               // never 0
MUST_CHECK Value bytes_concat(VM *vm, Value a, Value b);                                 // bytes or bytearray + bytes-like; TypeError
MUST_CHECK Value bytes_repeat(VM *vm, Value bytes_or_bytearray, ptrdiff_t count);
MUST_CHECK Value bytes_percent_format(VM *vm, Value bytes_or_bytearray, Value args);
MUST_CHECK Value bytes_get_item(VM *vm, Value bytes_or_bytearray, Value key);            // an index or a slice
int bytes_contains(VM *vm, Value bytes_or_bytearray, Value item);                        // 1, 0, -1
MUST_CHECK bool bytearray_set_item(VM *vm, ByteArray *b, Value key, Value value_or_undefined);
MUST_CHECK bool bytearray_extend(VM *vm, ByteArray *b, Value iterable);                  // += takes bytes-like only: bytearray_append_data
MUST_CHECK bool bytearray_append_data(VM *vm, ByteArray *b, const uint8_t *data, size_t size);

// A window onto bytes or bytearray: item i starts at data + offset + i * stride. `exporter` is NONE once released.
typedef struct MemoryView {
    Object head;
    Value exporter;          // bytes or bytearray
    size_t offset;           // of item 0
    ptrdiff_t stride;        // bytes between items
    size_t count;            // items
    uint8_t item_size;
    char format;             // one of "?bBchHiIlLqQnNfd"
    bool readonly, released, has_hash;
    int64_t hash;
} MemoryView;
#define is_memoryview(v) is_kind(v, KIND_MEMORYVIEW)
static inline MemoryView *to_memoryview(Value v) { return (MemoryView *)to_object(v); }
MUST_CHECK Value memoryview_new(VM *vm, Value exporter);
void memoryview_release(MemoryView *view);
MUST_CHECK Value memoryview_get_item(VM *vm, MemoryView *view, Value key);
MUST_CHECK bool memoryview_set_item(VM *vm, MemoryView *view, Value key, Value value);

#endif
