// str: UTF-8 text. Lone surrogates are kept as three bytes each.
//
// Never count on a zero behind the bytes: a string that was appended to shares the longer one's buffer (see str_concat).
//
// Layout: header (aux = hash, 0 when not computed; flags below), size in bytes, length in code points, data. Plain strings carry their
// bytes behind the struct (`data` points there). A rope is a concatenation not done yet: data is NULL until str_flatten(); whoever
// reads bytes goes through str_data(). Instances of subclasses share the data of a plain str (STR_SHARES), because their attributes'
// slots stand behind the struct. Non-ASCII strings get an index (byte offset of every 64th code point) on the first s[i].
#ifndef COIL_VM_TYPES_STR_H
#define COIL_VM_TYPES_STR_H

#include "vm/vm.h"

enum { STR_ASCII = 1, STR_ROPE = 2, STR_INTERNED = 4, STR_IDENTIFIER = 8, STR_OWNS_DATA = 16, STR_SHARES = 32, STR_APPENDED = 64, STR_SLOT_NAME = 128, STR_CLASS_NAME = 256 };

struct Str {
    Object head;
    uint32_t size;       // bytes
    uint32_t length;     // code points
    const char *data;    // not zero-terminated by contract, though flat ones are; NULL while a rope
};
typedef struct StrRope { Str str; Value left, right; } StrRope;           // flags STR_ROPE; after flattening an owner of a buffer; then, and
                                                                          // with STR_SHARES, `left` is the index and `right` whose data it is
typedef struct StrIndexed { Str str; struct StrIndex *index; } StrIndexed;   // every non-ASCII flat string

enum { STR_MAX_SIZE = 0x7ffffff0 };                                       // larger ones are MemoryError

#define is_str(v) is_kind(v, KIND_STR)
static inline Str *to_str(Value v) { return (Str *)to_object(v); }
bool str_flatten(VM *vm, Str *s);                                         // false: MemoryError
// Bytes of a string; flattens a rope. NULL with MemoryError.
static inline const char *str_data(VM *vm, Str *s) { return LIKELY(s->data != NULL) || str_flatten(vm, s) ? s->data : NULL; }
static inline bool str_is_ascii(const Str *s) { return s->head.flags & STR_ASCII; }

MUST_CHECK Str *str_new(VM *vm, const char *utf8, size_t size);           // valid UTF-8 (or WTF-8); counted here
MUST_CHECK Str *str_new_ascii(VM *vm, const char *ascii, size_t size);
MUST_CHECK Str *str_from_c(VM *vm, const char *text);
MUST_CHECK Str *str_new_raw(VM *vm, size_t size, size_t length, char **out_data);   // filled by the caller at once; ASCII when size == length
MUST_CHECK Str *str_from_code_point(VM *vm, uint32_t code_point);
MUST_CHECK Str *str_from_latin1_or_utf8(VM *vm, const char *bytes, size_t size, const char *errors);   // decode UTF-8 with error handler
size_t str_index_of_byte(VM *vm, Str *s, size_t offset);                  // the other way round
MUST_CHECK Str *str_intern(VM *vm, Str *s);                               // the one interned string with this text (exact str)
MUST_CHECK Str *str_intern_c(VM *vm, const char *text);
MUST_CHECK Str *str_intern_text(VM *vm, const char *utf8, size_t size);
MUST_CHECK Str *str_concat(VM *vm, Str *a, Str *b);                       // makes a rope when long
MUST_CHECK Str *str_slice(VM *vm, Str *s, size_t start, size_t end);      // by code points
uint32_t str_code_point_at(VM *vm, Str *s, size_t index);                 // index < length
size_t str_byte_offset(VM *vm, Str *s, size_t index);                     // byte offset of code point `index`
bool str_equal(VM *vm, Str *a, Str *b);
int str_compare(VM *vm, Str *a, Str *b);                                  // by code points: <0, 0, >0
bool str_equals_c(VM *vm, Str *s, const char *ascii);
uint32_t str_hash(VM *vm, Str *s);                                        // never 0
MUST_CHECK Str *str_join(VM *vm, Str *separator, Value iterable);
MUST_CHECK Str *str_percent_format(VM *vm, Str *format, Value args);

MUST_CHECK Value str_get_item(VM *vm, Str *s, Value key);                 // s[key]: an index or a slice
int str_contains(VM *vm, Str *s, Value item);                             // 1, 0, -1 (TypeError when item is no str)
MUST_CHECK Str *str_repeat(VM *vm, Str *s, ptrdiff_t count);
MUST_CHECK Str *str_repr(VM *vm, Str *s);
MUST_CHECK Value str_exact(VM *vm, Str *s);                               // s itself, or for an instance of a subclass a plain str of its text
MUST_CHECK Value str_new_as(VM *vm, Class *cls, Str *s);                  // an instance of str's subclass with the text of s

// A growing text: start with STR_BUILDER, add, finish. After an error everything is freed by str_builder_cancel(), finish() returns NULL.
typedef struct StrBuilder { VM *vm; char *data; size_t size, capacity, length; bool ascii, failed; } StrBuilder;
#define STR_BUILDER(vm) ((StrBuilder){(vm), NULL, 0, 0, 0, true, false})
bool str_builder_add(StrBuilder *b, const char *utf8, size_t size);
bool str_builder_add_c(StrBuilder *b, const char *text);
bool str_builder_add_str(StrBuilder *b, Str *s);
bool str_builder_add_char(StrBuilder *b, uint32_t code_point);
MUST_CHECK Str *str_builder_finish(StrBuilder *b);
void str_builder_cancel(StrBuilder *b);


// ---- for vm_new, vm_close and the collector
MUST_CHECK bool str_bootstrap(VM *vm);                                    // empty_str, ascii_strs, names: after the heap and the classes are there
void str_interned_sweep(VM *vm);                                          // forgets interned strings that are not marked: before sweeping
void str_interned_free(VM *vm);
void object_ids_sweep(VM *vm);                                            // the same for the table behind id() (text_ops.c)
void object_ids_free(VM *vm);

#endif
