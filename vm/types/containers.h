// list, tuple, dict, set: their layouts and what C code does with them.
#ifndef COIL_VM_TYPES_CONTAINERS_H
#define COIL_VM_TYPES_CONTAINERS_H

#include "vm/ops.h"

typedef struct Slice { Object head; Value start, stop, step; } Slice;

// ---- list
struct List { Object head; size_t count, capacity; Value *items; };
#define is_list(v) is_kind(v, KIND_LIST)
static inline List *to_list(Value v) { return (List *)to_object(v); }
MUST_CHECK List *list_new(VM *vm, size_t capacity);
MUST_CHECK List *list_from_values(VM *vm, const Value *values, size_t count);   // whoever holds the values keeps them alive: gc_keep()
MUST_CHECK List *list_copy(VM *vm, List *list);
MUST_CHECK bool list_append(VM *vm, List *list, Value item);
MUST_CHECK bool list_extend(VM *vm, List *list, Value iterable);
MUST_CHECK bool list_insert(VM *vm, List *list, size_t index, Value item);
MUST_CHECK bool list_sort(VM *vm, List *list, Value key_or_none, bool reverse);
MUST_CHECK List *list_concat(VM *vm, List *a, List *b);
MUST_CHECK List *list_repeat(VM *vm, List *list, ptrdiff_t times);
MUST_CHECK bool values_fill_repeated(VM *vm, Value *target, const Value *items, size_t count, size_t times);   // false: interrupted halfway
MUST_CHECK Value list_compare(VM *vm, CompareOp op, List *a, List *b);
MUST_CHECK Value list_get_slice(VM *vm, List *list, Slice *slice);
MUST_CHECK bool list_set_slice(VM *vm, List *list, Slice *slice, Value iterable_or_undefined);   // UNDEFINED deletes
Value list_pop(VM *vm, List *list, ptrdiff_t index);                      // IndexError

// ---- tuple (aux unused; items behind the header)
struct Tuple { Object head; size_t count; Value items[]; };
#define is_tuple(v) is_kind(v, KIND_TUPLE)
static inline Tuple *to_tuple(Value v) { return (Tuple *)to_object(v); }
MUST_CHECK Tuple *tuple_new(VM *vm, size_t count);                        // items UNDEFINED: fill at once; count 0 gives the empty tuple
MUST_CHECK Tuple *tuple_from_values(VM *vm, const Value *values, size_t count);
MUST_CHECK Tuple *tuple_from_list(VM *vm, List *list);
MUST_CHECK Tuple *tuple_pack(VM *vm, int count, ...);                     // Values
MUST_CHECK Tuple *tuple_concat(VM *vm, Tuple *a, Tuple *b);
MUST_CHECK Tuple *tuple_repeat(VM *vm, Tuple *tuple, ptrdiff_t times);
MUST_CHECK Tuple *tuple_get_slice(VM *vm, Tuple *tuple, Slice *slice);
MUST_CHECK Value tuple_compare(VM *vm, CompareOp op, Tuple *a, Tuple *b);
MUST_CHECK bool tuple_hash(VM *vm, Tuple *tuple, int64_t *out_hash);

// ---- dict: compact and ordered. index table beside an entry array; deleted entries have key UNDEFINED
typedef struct DictEntry { Value key, value; uint64_t hash; } DictEntry;
struct Dict {
    Object head;
    size_t count;                // live entries
    size_t entry_count;          // entries used, deleted ones included
    size_t entry_capacity;
    DictEntry *entries;
    void *index;                 // numbers of entries, 8, 16 or 32 bits each, behind the entries in the same buffer; NULL for small dicts
    uint64_t keys_version;       // changes whenever a key is added or removed or entries move: what inline caches of globals compare.
                                 // Unique over the VM (drawn from vm->keys_versions), never 0
};
enum { DICT_MIXED_KEYS = 1 };    // head.flags: some key is not an interned str, so pointers alone do not tell keys apart
#define is_dict(v) is_kind(v, KIND_DICT)
static inline Dict *to_dict(Value v) { return (Dict *)to_object(v); }
MUST_CHECK Dict *dict_new(VM *vm);
Value dict_get_str(VM *vm, Dict *dict, Str *interned_key);                // UNDEFINED when absent. Never raises, never runs Python (keys that are not str are skipped)
MUST_CHECK bool dict_set_str(VM *vm, Dict *dict, Str *interned_key, Value value);
DictEntry *dict_find_str(VM *vm, Dict *dict, Str *interned_key);          // NULL when absent; valid while keys_version is the same
MUST_CHECK Value dict_get(VM *vm, Dict *dict, Value key);                 // UNDEFINED when absent, ERROR
Value dict_get_quick(VM *vm, Dict *dict, Value key);                      // of a str or small int found without Python code; else UNDEFINED
MUST_CHECK bool dict_set(VM *vm, Dict *dict, Value key, Value value);
MUST_CHECK int dict_delete(VM *vm, Dict *dict, Value key);                // 1 deleted, 0 absent, -1
MUST_CHECK bool dict_update(VM *vm, Dict *dict, Value mapping_or_pairs);
MUST_CHECK Dict *dict_copy(VM *vm, Dict *dict);
void dict_clear(VM *vm, Dict *dict);
bool dict_next(Dict *dict, size_t *position, Value *out_key, Value *out_value);   // start with position 0
MUST_CHECK Dict *dict_new_sized(VM *vm, size_t count);                    // room for `count` keys without growing
MUST_CHECK int dict_contains(VM *vm, Dict *dict, Value key);
MUST_CHECK Value dict_pop(VM *vm, Dict *dict, Value key);                 // UNDEFINED when absent, ERROR
MUST_CHECK Value dict_set_default(VM *vm, Dict *dict, Value key, Value value);   // the value there, or `value` after storing it
MUST_CHECK Value dict_get_item(VM *vm, Dict *dict, Value key);            // dict[key]: with __missing__ of subclasses and KeyError
MUST_CHECK int dict_equal(VM *vm, Dict *a, Dict *b);

// keys(), values(), items()
typedef struct DictView { Object head; Value source; } DictView;
#define is_dict_view(v) is_kind(v, KIND_DICT_VIEW)
static inline DictView *to_dict_view(Value v) { return (DictView *)to_object(v); }
MUST_CHECK Value dict_view_new(VM *vm, Class *cls, Value source);

// ---- set and frozenset
typedef struct SetEntry { Value key; uint64_t hash; } SetEntry;
typedef struct Set { Object head; size_t count, fill; size_t mask; SetEntry *table; int64_t hash; } Set;
#define is_any_set(v) (is_kind(v, KIND_SET) || is_kind(v, KIND_FROZENSET))
static inline Set *to_set(Value v) { return (Set *)to_object(v); }
MUST_CHECK Set *set_new(VM *vm, bool frozen);
MUST_CHECK bool set_add(VM *vm, Set *set, Value item);
MUST_CHECK int set_contains(VM *vm, Set *set, Value item);
bool set_contains_quick(VM *vm, Set *set, Value item);                    // false: not a str or small int that is there; ask set_contains()
MUST_CHECK bool set_update(VM *vm, Set *set, Value iterable);
bool set_next(Set *set, size_t *position, Value *out_item);
bool set_next_hashed(Set *set, size_t *position, Value *out_item, uint64_t *out_hash);
int dict_contains_hashed(VM *vm, Dict *dict, Value key, uint64_t hash);   // for keys whose hash is known, as a set keeps it
MUST_CHECK int set_discard(VM *vm, Set *set, Value item);                 // 1 removed, 0 absent, -1
MUST_CHECK Set *set_copy(VM *vm, Set *set, bool frozen);
void set_clear(VM *vm, Set *set);
MUST_CHECK Value set_compare(VM *vm, CompareOp op, Set *a, Set *b);
MUST_CHECK Value set_binary(VM *vm, BinaryOp op, Set *a, Set *b);         // | & - ^ of two sets; the result is of a's kind
MUST_CHECK bool frozenset_hash(VM *vm, Set *set, int64_t *out_hash);

// ---- range, slice
typedef struct Range { Object head; Value start, stop, step, length; } Range;   // ints, inline or big
#define is_range(v) is_kind(v, KIND_RANGE)
#define is_slice(v) is_kind(v, KIND_SLICE)
static inline Range *to_range(Value v) { return (Range *)to_object(v); }
static inline Slice *to_slice(Value v) { return (Slice *)to_object(v); }
MUST_CHECK Value range_new(VM *vm, Value start, Value stop, Value step);
MUST_CHECK Value slice_new(VM *vm, Value start, Value stop, Value step);
// Resolves a slice against a length: start, stop, step clamped, and the count of items.
MUST_CHECK bool slice_resolve(VM *vm, Slice *slice, size_t length, ptrdiff_t *start, ptrdiff_t *stop, ptrdiff_t *step, size_t *count);
// The same in two steps, for when __index__ of the slice's parts may change the container: unpack, read the length, adjust (gives the count).
MUST_CHECK bool slice_unpack(VM *vm, Slice *slice, ptrdiff_t *out_start, ptrdiff_t *out_stop, ptrdiff_t *out_step);
size_t slice_adjust(size_t length, ptrdiff_t *start, ptrdiff_t *stop, ptrdiff_t step);
MUST_CHECK bool range_hash(VM *vm, Range *range, int64_t *out_hash);
MUST_CHECK int range_equal(VM *vm, Range *a, Range *b);
MUST_CHECK Value range_item(VM *vm, Range *range, Value index);           // index: an int of any size; IndexError
MUST_CHECK int range_contains(VM *vm, Range *range, Value item);

#endif
