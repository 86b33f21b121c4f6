// list, tuple, dict, set: their layouts and what C code does with them.
#ifndef COIL_VM_TYPES_CONTAINERS_H
#define COIL_VM_TYPES_CONTAINERS_H

#include "vm/vm.h"

// ---- list
struct List { Object head; size_t count, capacity; Value *items; };
#define is_list(v) is_kind(v, KIND_LIST)
static inline List *to_list(Value v) { return (List *)to_object(v); }
MUST_CHECK List *list_new(VM *vm, size_t capacity);
MUST_CHECK List *list_from_values(VM *vm, const Value *values, size_t count);
MUST_CHECK bool list_append(VM *vm, List *list, Value item);
MUST_CHECK bool list_extend(VM *vm, List *list, Value iterable);
MUST_CHECK bool list_insert(VM *vm, List *list, size_t index, Value item);
MUST_CHECK bool list_sort(VM *vm, List *list, Value key_or_none, bool reverse);

// ---- tuple (aux unused; items behind the header)
struct Tuple { Object head; size_t count; Value items[]; };
#define is_tuple(v) is_kind(v, KIND_TUPLE)
static inline Tuple *to_tuple(Value v) { return (Tuple *)to_object(v); }
MUST_CHECK Tuple *tuple_new(VM *vm, size_t count);                        // items UNDEFINED: fill at once; count 0 gives the empty tuple
MUST_CHECK Tuple *tuple_from_values(VM *vm, const Value *values, size_t count);
MUST_CHECK Tuple *tuple_pack(VM *vm, int count, ...);                     // Values

// ---- dict: compact and ordered. index table beside an entry array; deleted entries have key UNDEFINED
typedef struct DictEntry { Value key, value; uint64_t hash; } DictEntry;
struct Dict {
    Object head;
    size_t count;                // live entries
    size_t entry_count;          // entries used, deleted ones included
    size_t entry_capacity;
    DictEntry *entries;
    void *index;                 // 8, 16 or 32 bit numbers of entries; size is a power of two
    uint32_t index_mask;
    uint32_t keys_version;       // changes whenever a key is added or removed or entries move: what inline caches of globals compare.
                                 // Unique over the VM (drawn from a counter), never 0
};
#define is_dict(v) is_kind(v, KIND_DICT)
static inline Dict *to_dict(Value v) { return (Dict *)to_object(v); }
MUST_CHECK Dict *dict_new(VM *vm);
Value dict_get_str(VM *vm, Dict *dict, Str *interned_key);                // UNDEFINED when absent. Never raises, never runs Python (keys that are not str are skipped)
MUST_CHECK bool dict_set_str(VM *vm, Dict *dict, Str *interned_key, Value value);
DictEntry *dict_find_str(VM *vm, Dict *dict, Str *interned_key);          // NULL when absent; valid while keys_version is the same
MUST_CHECK Value dict_get(VM *vm, Dict *dict, Value key);                 // UNDEFINED when absent, ERROR
MUST_CHECK bool dict_set(VM *vm, Dict *dict, Value key, Value value);
MUST_CHECK int dict_delete(VM *vm, Dict *dict, Value key);                // 1 deleted, 0 absent, -1
MUST_CHECK bool dict_update(VM *vm, Dict *dict, Value mapping_or_pairs);
MUST_CHECK Dict *dict_copy(VM *vm, Dict *dict);
void dict_clear(VM *vm, Dict *dict);
bool dict_next(Dict *dict, size_t *position, Value *out_key, Value *out_value);   // start with position 0

// ---- set and frozenset
typedef struct SetEntry { Value key; uint64_t hash; } SetEntry;
typedef struct Set { Object head; size_t count, fill; size_t mask; SetEntry *table; int64_t hash; } Set;
#define is_any_set(v) (is_kind(v, KIND_SET) || is_kind(v, KIND_FROZENSET))
static inline Set *to_set(Value v) { return (Set *)to_object(v); }
MUST_CHECK Set *set_new(VM *vm, bool frozen);
MUST_CHECK bool set_add(VM *vm, Set *set, Value item);
MUST_CHECK int set_contains(VM *vm, Set *set, Value item);
MUST_CHECK bool set_update(VM *vm, Set *set, Value iterable);
bool set_next(Set *set, size_t *position, Value *out_item);

// ---- range, slice
typedef struct Range { Object head; Value start, stop, step, length; } Range;   // ints, inline or big
typedef struct Slice { Object head; Value start, stop, step; } Slice;
MUST_CHECK Value range_new(VM *vm, Value start, Value stop, Value step);
MUST_CHECK Value slice_new(VM *vm, Value start, Value stop, Value step);
// Resolves a slice against a length: start, stop, step clamped, and the count of items.
MUST_CHECK bool slice_resolve(VM *vm, Slice *slice, size_t length, ptrdiff_t *start, ptrdiff_t *stop, ptrdiff_t *step, size_t *count);

#endif
