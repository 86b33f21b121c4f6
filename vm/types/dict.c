// dict: compact and insertion-ordered.
//
// One buffer holds the entries in order of insertion and, behind them, an open-addressed table of entry numbers:
//
//     entries:  [key value hash] [key value hash] [dead] [key value hash] ... capacity
//     index:    . 3 . . 0 . . 1 .   2 * capacity numbers of 8, 16 or 32 bits; linear probing from a multiplicative hash
//
// Up to 8 entries there is no index: scanning a few cache lines is faster than hashing into a table. A deleted entry leaves a hole
// (key UNDEFINED) among the entries and nothing in the index, whose followers move up; holes go when the buffer is full, not before, so
// that an iterator notices a key that was deleted and put in again.
// head.aux counts the holes at the front, so that taking the oldest key again and again stays O(1).
//
// __eq__ of a key may change the dict while it is searched: the search compares keys_version after every such call and starts again.
#include "vm/types/containers.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/int.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

enum { SMALL_CAPACITY = 8, FIRST_CAPACITY = 4, MAX_CAPACITY = 1 << 30, CHARGE_INTERVAL = 4096, PROBE_INTERVAL = 32 };
enum { ABSENT = -1, FAILED = -2, UNDECIDED = -3 };

// ---- the buffer

static inline unsigned index_width(size_t capacity) {
    return capacity <= SMALL_CAPACITY ? 0 : capacity <= 128 ? 1 : capacity <= 32768 ? 2 : 4;
}

static inline size_t index_empty(unsigned width) { return width == 1 ? 0xff : width == 2 ? 0xffff : 0xffffffff; }

static inline size_t index_get(const void *index, unsigned width, size_t slot) {
    if (width == 1) return ((const uint8_t *)index)[slot];
    if (width == 2) return ((const uint16_t *)index)[slot];
    return ((const uint32_t *)index)[slot];
}

static inline void index_set(void *index, unsigned width, size_t slot, size_t number) {
    if (width == 1) ((uint8_t *)index)[slot] = (uint8_t)number;
    else if (width == 2) ((uint16_t *)index)[slot] = (uint16_t)number;
    else ((uint32_t *)index)[slot] = (uint32_t)number;
}

static size_t buffer_size(size_t capacity) {
    return capacity * sizeof(DictEntry) + 2 * capacity * index_width(capacity);
}

// The golden ratio spreads runs of ints evenly; the upper bits depend on all of the hash. An indexed capacity is a power of two, and
// there are twice as many slots.
static inline size_t home_slot(const Dict *dict, uint64_t hash) {
    return hash * UINT64_C(0x9E3779B97F4A7C15) >> __builtin_clzll(dict->entry_capacity);
}

static inline void keys_changed(VM *vm, Dict *dict) { dict->keys_version = ++vm->keys_versions; }

static void index_insert(Dict *dict, uint64_t hash, size_t number) {
    unsigned width = index_width(dict->entry_capacity);
    size_t mask = 2 * dict->entry_capacity - 1, empty = index_empty(width), slot = home_slot(dict, hash);
    while (index_get(dict->index, width, slot) != empty) slot = (slot + 1) & mask;
    index_set(dict->index, width, slot, number);
}

// Takes entry `number` out of the index. Those behind it in its cluster move up unless that would put them before their home.
static void index_remove(Dict *dict, uint64_t hash, size_t number) {
    unsigned width = index_width(dict->entry_capacity);
    size_t mask = 2 * dict->entry_capacity - 1, empty = index_empty(width), hole = home_slot(dict, hash);
    while (index_get(dict->index, width, hole) != number) hole = (hole + 1) & mask;
    for (size_t slot = (hole + 1) & mask;; slot = (slot + 1) & mask) {
        size_t other = index_get(dict->index, width, slot);
        if (other == empty) break;
        size_t home = home_slot(dict, dict->entries[other].hash);
        if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
        index_set(dict->index, width, hole, other);
        hole = slot;
    }
    index_set(dict->index, width, hole, empty);
}

static size_t capacity_for(size_t count) {
    size_t capacity = FIRST_CAPACITY;
    while (capacity < count) capacity *= 2;
    return capacity;
}

static void index_rebuild(Dict *dict) {
    memset(dict->index, 0xff, 2 * dict->entry_capacity * index_width(dict->entry_capacity));
    for (size_t i = 0; i < dict->entry_count; i++) index_insert(dict, dict->entries[i].hash, i);
}

// The holes go, and the buffer stays.
static void dict_compact(VM *vm, Dict *dict) {
    size_t used = 0;
    for (size_t i = 0; i < dict->entry_count; i++)
        if (!is_undefined(dict->entries[i].key)) dict->entries[used++] = dict->entries[i];
    dict->entry_count = used;
    dict->head.aux = 0;
    if (dict->index != NULL) index_rebuild(dict);
    keys_changed(vm, dict);
}

// Moves the live entries to a buffer of `capacity` (>= count; a power of two when above SMALL_CAPACITY).
static bool dict_rebuild(VM *vm, Dict *dict, size_t capacity) {
    if (capacity > MAX_CAPACITY) {
        raise_no_memory(vm);
        return false;
    }
    DictEntry *entries = buffer_new_unset(vm, buffer_size(capacity));
    if (entries == NULL) return false;
    DictEntry *old = dict->entries;
    size_t old_capacity = dict->entry_capacity, used = 0;
    if (dict->count == dict->entry_count) {
        if (dict->count != 0) memcpy(entries, old, dict->count * sizeof(DictEntry));
        used = dict->count;
    } else {
        for (size_t i = 0; i < dict->entry_count; i++)
            if (!is_undefined(old[i].key)) entries[used++] = old[i];
    }
    dict->entries = entries;
    dict->entry_capacity = capacity;
    dict->entry_count = used;
    dict->head.aux = 0;
    dict->index = NULL;
    if (capacity > SMALL_CAPACITY) {
        dict->index = entries + capacity;
        index_rebuild(dict);
    }
    if (old != NULL) buffer_free(vm, old, buffer_size(old_capacity));
    keys_changed(vm, dict);
    return true;
}

void dict_trace(VM *vm, Object *object) {
    Dict *dict = (Dict *)object;
    for (size_t i = 0; i < dict->entry_count; i++) {
        gc_mark_value(vm, dict->entries[i].key);
        gc_mark_value(vm, dict->entries[i].value);
    }
}

void dict_free(VM *vm, Object *object) {
    Dict *dict = (Dict *)object;
    if (dict->entries != NULL) buffer_free(vm, dict->entries, buffer_size(dict->entry_capacity));
}

Dict *dict_new(VM *vm) {
    Shape *shape = builtin_shape(vm, vm->types.dict);
    Dict *dict = shape == NULL ? NULL : object_new_inline(vm, KIND_DICT, shape, sizeof(Dict));
    if (dict != NULL) keys_changed(vm, dict);
    return dict;
}

Dict *dict_new_sized(VM *vm, size_t count) {
    Dict *dict = dict_new(vm);
    if (dict == NULL || count == 0) return dict;
    return dict_rebuild(vm, dict, count <= SMALL_CAPACITY ? count : capacity_for(count)) ? dict : NULL;
}

void dict_clear(VM *vm, Dict *dict) {
    if (dict->entries != NULL) buffer_free(vm, dict->entries, buffer_size(dict->entry_capacity));
    dict->entries = NULL;
    dict->index = NULL;
    dict->count = dict->entry_count = dict->entry_capacity = 0;
    dict->head.aux = 0;
    dict->head.flags &= (uint16_t)~DICT_MIXED_KEYS;
    keys_changed(vm, dict);
}

// ---- searching

static inline bool is_exact_dict(VM *vm, Value v) { return is_dict(v) && to_object(v)->shape->cls == vm->types.dict; }

// Whether a stored key with the same hash is the string `key`; UNDECIDED when only Python code can say.
static inline int str_key_matches(VM *vm, const DictEntry *entry, Str *key) {
    if (is_exact_str(vm, entry->key)) return flat_str_equal(to_str(entry->key), key);
    return is_object(entry->key) ? UNDECIDED : 0;
}

static inline __attribute__((always_inline)) ptrdiff_t find_str_indexed(VM *vm, Dict *dict, Str *key, uint64_t hash, unsigned width) {
    size_t mask = 2 * dict->entry_capacity - 1, empty = index_empty(width);
    Value key_value = from_object(key);
    for (size_t slot = home_slot(dict, hash);; slot = (slot + 1) & mask) {
        size_t number = index_get(dict->index, width, slot);
        if (number == empty) return ABSENT;
        const DictEntry *entry = &dict->entries[number];
        if (value_same(entry->key, key_value)) return (ptrdiff_t)number;
        if (entry->hash == hash) {
            int matches = str_key_matches(vm, entry, key);
            if (matches != 0) return matches > 0 ? (ptrdiff_t)number : UNDECIDED;
        }
    }
}

// Number of the entry of an exact, flat str; ABSENT, or UNDECIDED when Python code must be asked.
static ptrdiff_t find_str(VM *vm, Dict *dict, Str *key, uint64_t hash) {
    if (dict->index == NULL) {
        const DictEntry *entries = dict->entries;
        size_t count = dict->entry_count;
        Value key_value = from_object(key);
        for (size_t i = 0; i < count; i++)
            if (value_same(entries[i].key, key_value)) return (ptrdiff_t)i;
        if ((key->head.flags & STR_INTERNED) && !(dict->head.flags & DICT_MIXED_KEYS)) return ABSENT;
        for (size_t i = 0; i < count; i++) {
            if (entries[i].hash != hash || is_undefined(entries[i].key)) continue;
            int matches = str_key_matches(vm, &entries[i], key);
            if (matches != 0) return matches > 0 ? (ptrdiff_t)i : UNDECIDED;
        }
        return ABSENT;
    }
    if (dict->entry_capacity <= 128) return find_str_indexed(vm, dict, key, hash, 1);
    if (dict->entry_capacity <= 32768) return find_str_indexed(vm, dict, key, hash, 2);
    return find_str_indexed(vm, dict, key, hash, 4);
}

// An inline int is found by its word; a stored key of another kind with the same hash may be equal to it too.
static inline int int_key_matches(const DictEntry *entry) {
    return is_int(entry->key) || is_kind(entry->key, KIND_STR) ? 0 : UNDECIDED;
}

static inline __attribute__((always_inline)) ptrdiff_t find_int_indexed(Dict *dict, Value key, uint64_t hash, unsigned width) {
    size_t mask = 2 * dict->entry_capacity - 1, empty = index_empty(width);
    for (size_t slot = home_slot(dict, hash);; slot = (slot + 1) & mask) {
        size_t number = index_get(dict->index, width, slot);
        if (number == empty) return ABSENT;
        const DictEntry *entry = &dict->entries[number];
        if (value_same(entry->key, key)) return (ptrdiff_t)number;
        if (entry->hash == hash && int_key_matches(entry) != 0) return UNDECIDED;
    }
}

static ptrdiff_t find_int(Dict *dict, Value key, uint64_t hash) {
    if (dict->index == NULL) {
        for (size_t i = 0; i < dict->entry_count; i++) {
            const DictEntry *entry = &dict->entries[i];
            if (value_same(entry->key, key)) return (ptrdiff_t)i;
            if (entry->hash == hash && !is_undefined(entry->key) && int_key_matches(entry) != 0) return UNDECIDED;
        }
        return ABSENT;
    }
    if (dict->entry_capacity <= 128) return find_int_indexed(dict, key, hash, 1);
    if (dict->entry_capacity <= 32768) return find_int_indexed(dict, key, hash, 2);
    return find_int_indexed(dict, key, hash, 4);
}

enum { RESTART = -4 };

// Compares a stored key with the same hash: 1, 0, FAILED, or RESTART when the dict changed meanwhile (and the key was not found where it
// still is).
static int entry_matches(VM *vm, Dict *dict, size_t number, Value key) {
    Value stored = dict->entries[number].key;
    if (value_same(stored, key)) return 1;
    uint64_t version = dict->keys_version;
    int equal = values_equal(vm, stored, key);
    if (equal < 0) return FAILED;
    if (dict->keys_version == version) return equal;
    return equal && number < dict->entry_count && value_same(dict->entries[number].key, stored) ? 1 : RESTART;
}

// One pass of the general search; RESTART asks for another.
static ptrdiff_t find_any_once(VM *vm, Dict *dict, Value key, uint64_t hash) {
    if (dict->index == NULL) {
        for (size_t i = 0; i < dict->entry_count; i++) {
            if (dict->entries[i].hash != hash || is_undefined(dict->entries[i].key)) continue;
            int matches = entry_matches(vm, dict, i, key);
            if (matches != 0) return matches > 0 ? (ptrdiff_t)i : matches;
        }
        return ABSENT;
    }
    unsigned width = index_width(dict->entry_capacity);
    size_t mask = 2 * dict->entry_capacity - 1, empty = index_empty(width), steps = 0;
    for (size_t slot = home_slot(dict, hash);; slot = (slot + 1) & mask) {
        size_t number = index_get(dict->index, width, slot);
        if (number == empty) return ABSENT;
        if (++steps % PROBE_INTERVAL == 0 && !vm_charge(vm, PROBE_INTERVAL)) return FAILED;
        if (dict->entries[number].hash != hash) continue;
        int matches = entry_matches(vm, dict, number, key);
        if (matches != 0) return matches > 0 ? (ptrdiff_t)number : matches;
    }
}

static ptrdiff_t find_any(VM *vm, Dict *dict, Value key, uint64_t hash) {
    ptrdiff_t found;
    do found = find_any_once(vm, dict, key, hash);
    while (found == RESTART);
    return found;
}

static inline ptrdiff_t find_hashed(VM *vm, Dict *dict, Value key, uint64_t hash) {
    ptrdiff_t found = is_exact_str(vm, key) ? find_str(vm, dict, to_str(key), hash)
                      : is_int(key)         ? find_int(dict, key, hash)
                                            : UNDECIDED;
    return LIKELY(found != UNDECIDED) ? found : find_any(vm, dict, key, hash);
}

DictEntry *dict_find_str(VM *vm, Dict *dict, Str *key) {
    if (dict->count == 0) return NULL;
    uint64_t hash = key->head.aux != 0 ? key->head.aux : str_hash(vm, key);
    ptrdiff_t found = find_str(vm, dict, key, hash);
    if (LIKELY(found >= 0)) return &dict->entries[found];
    if (found == ABSENT) return NULL;
    // A key of another class has the same hash: only real strings count here.
    for (size_t i = 0; i < dict->entry_count; i++) {
        DictEntry *entry = &dict->entries[i];
        if (entry->hash == hash && is_str(entry->key) && flat_str_equal(to_str(entry->key), key)) return entry;
    }
    return NULL;
}

Value dict_get_str(VM *vm, Dict *dict, Str *key) {
    DictEntry *entry = dict_find_str(vm, dict, key);
    return entry == NULL ? UNDEFINED : entry->value;
}

Value dict_get_quick(VM *vm, Dict *dict, Value key) {
    ptrdiff_t found;
    if (is_int(key)) {
        int64_t i = to_int(key);
        if (UNLIKELY(i < 0)) return UNDEFINED;
        found = find_int(dict, key, (uint64_t)i);
    } else {
        if (!is_exact_str(vm, key)) return UNDEFINED;
        Str *s = to_str(key);
        if (UNLIKELY(s->head.aux == 0 || s->data == NULL)) return UNDEFINED;
        found = find_str(vm, dict, s, s->head.aux);
    }
    return found >= 0 ? dict->entries[found].value : UNDEFINED;
}

Value dict_get(VM *vm, Dict *dict, Value key) {
    uint64_t hash;
    if (!key_hash(vm, key, &hash)) return ERROR;
    ptrdiff_t found = find_hashed(vm, dict, key, hash);
    if (found >= 0) return dict->entries[found].value;
    return found == ABSENT ? UNDEFINED : ERROR;
}

int dict_contains(VM *vm, Dict *dict, Value key) {
    uint64_t hash;
    if (!key_hash(vm, key, &hash)) return -1;
    ptrdiff_t found = find_hashed(vm, dict, key, hash);
    return found >= 0 ? 1 : found == ABSENT ? 0 : -1;
}

Value dict_get_item(VM *vm, Dict *dict, Value key) {
    Value value = dict_get(vm, dict, key);
    if (LIKELY(!is_undefined(value))) return value;
    if (dict->head.shape->cls != vm->types.dict) {
        value = call_special(vm, from_object(dict), SPECIAL_MISSING, &key, 1);
        if (!is_undefined(value)) return value;
    }
    return raise_key_error(vm, key);
}

// ---- changing

// Adds a key known to be absent.
static bool insert_new(VM *vm, Dict *dict, Value key, Value value, uint64_t hash) {
    if (dict->entry_count == dict->entry_capacity) {
        size_t capacity = capacity_for(dict->count + dict->count / 3 + 1);
        if (capacity == dict->entry_capacity && dict->count < dict->entry_count) dict_compact(vm, dict);
        else if (!dict_rebuild(vm, dict, capacity)) return false;
    }
    size_t number = dict->entry_count;
    dict->entries[number] = (DictEntry){key, value, hash};
    if (dict->index != NULL) index_insert(dict, hash, number);
    dict->entry_count = number + 1;
    dict->count++;
    if (!is_exact_str(vm, key) || !(to_object(key)->flags & STR_INTERNED)) dict->head.flags |= DICT_MIXED_KEYS;
    keys_changed(vm, dict);
    gc_write_barrier_value(vm, dict, key);
    gc_write_barrier_value(vm, dict, value);
    return true;
}

static bool set_hashed(VM *vm, Dict *dict, Value key, Value value, uint64_t hash) {
    ptrdiff_t found = find_hashed(vm, dict, key, hash);
    if (found >= 0) {
        dict->entries[found].value = value;
        gc_write_barrier_value(vm, dict, value);
        return true;
    }
    return found == ABSENT && insert_new(vm, dict, key, value, hash);
}

bool dict_set(VM *vm, Dict *dict, Value key, Value value) {
    uint64_t hash;
    return key_hash(vm, key, &hash) && set_hashed(vm, dict, key, value, hash);
}

bool dict_set_str(VM *vm, Dict *dict, Str *key, Value value) {
    DictEntry *entry = dict_find_str(vm, dict, key);
    if (entry != NULL) {
        entry->value = value;
        gc_write_barrier_value(vm, dict, value);
        return true;
    }
    return insert_new(vm, dict, from_object(key), value, key->head.aux != 0 ? key->head.aux : str_hash(vm, key));
}

static void remove_entry(VM *vm, Dict *dict, size_t number) {
    DictEntry *entry = &dict->entries[number];
    if (dict->index != NULL) index_remove(dict, entry->hash, number);
    *entry = (DictEntry){UNDEFINED, UNDEFINED, 0};
    dict->count--;
    if (number == dict->head.aux) {
        while (dict->head.aux < dict->entry_count && is_undefined(dict->entries[dict->head.aux].key)) dict->head.aux++;
    }
    if (dict->count == 0) {
        dict->head.aux = 0;
        dict->head.flags &= (uint16_t)~DICT_MIXED_KEYS;
    }
    keys_changed(vm, dict);
}

// Takes the entry away and gives its value; UNDEFINED when absent.
Value dict_pop(VM *vm, Dict *dict, Value key) {
    uint64_t hash;
    if (!key_hash(vm, key, &hash)) return ERROR;
    ptrdiff_t found = find_hashed(vm, dict, key, hash);
    if (found < 0) return found == ABSENT ? UNDEFINED : ERROR;
    Value value = dict->entries[found].value;
    remove_entry(vm, dict, (size_t)found);
    return value;
}

int dict_delete(VM *vm, Dict *dict, Value key) {
    Value value = dict_pop(vm, dict, key);
    return is_error(value) ? -1 : !is_undefined(value);
}

Value dict_set_default(VM *vm, Dict *dict, Value key, Value value) {
    uint64_t hash;
    if (!key_hash(vm, key, &hash)) return ERROR;
    ptrdiff_t found = find_hashed(vm, dict, key, hash);
    if (found >= 0) return dict->entries[found].value;
    return found == ABSENT && insert_new(vm, dict, key, value, hash) ? value : ERROR;
}

bool dict_next(Dict *dict, size_t *position, Value *out_key, Value *out_value) {
    size_t i = *position < dict->head.aux ? dict->head.aux : *position;
    while (i < dict->entry_count && is_undefined(dict->entries[i].key)) i++;
    *position = i + 1;
    if (i >= dict->entry_count) return false;
    *out_key = dict->entries[i].key;
    if (out_value != NULL) *out_value = dict->entries[i].value;
    return true;
}

// ---- copies and merges

// Makes the empty dict `target` a copy of `source`.
static bool fill_copy(VM *vm, Dict *target, Dict *source) {
    if (source->count == 0) return true;
    size_t capacity = source->entry_capacity;
    bool same_layout = source->count == source->entry_count && source->count > capacity / 2;
    if (!same_layout) capacity = source->count <= SMALL_CAPACITY ? source->count : capacity_for(source->count);
    DictEntry *entries = buffer_new_unset(vm, buffer_size(capacity));
    if (entries == NULL) return false;
    if (target->entries != NULL) dict_clear(vm, target);
    target->entry_capacity = capacity;
    target->entries = entries;
    target->count = target->entry_count = source->count;
    target->head.aux = 0;
    target->head.flags |= source->head.flags & DICT_MIXED_KEYS;
    target->index = capacity > SMALL_CAPACITY ? entries + capacity : NULL;
    if (same_layout) {
        memcpy(entries, source->entries, buffer_size(capacity));
    } else {
        size_t used = 0;
        if (target->index != NULL) memset(target->index, 0xff, 2 * capacity * index_width(capacity));
        for (size_t i = 0; i < source->entry_count; i++) {
            if (is_undefined(source->entries[i].key)) continue;
            entries[used] = source->entries[i];
            if (target->index != NULL) index_insert(target, entries[used].hash, used);
            used++;
        }
    }
    keys_changed(vm, target);
    gc_write_barrier(vm, target);
    return true;
}

Dict *dict_copy(VM *vm, Dict *dict) {
    Dict *copy = dict_new(vm);
    return copy != NULL && fill_copy(vm, copy, dict) ? copy : NULL;
}

static bool update_from_dict(VM *vm, Dict *dict, Dict *source) {
    if (dict == source || source->count == 0) return true;
    if (dict->count == 0) return fill_copy(vm, dict, source);
    size_t count = source->count;
    for (size_t i = 0; i < source->entry_count; i++) {
        DictEntry entry = source->entries[i];
        if (is_undefined(entry.key)) continue;
        if (!set_hashed(vm, dict, entry.key, entry.value, entry.hash)) return false;
        if (source->count != count) {
            raise_error(vm, vm->exc.RuntimeError, "dict mutated during update");
            return false;
        }
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
    }
    return true;
}

static bool update_from_mapping(VM *vm, Dict *dict, Value mapping, Value keys_method) {
    Value keys = call0(vm, keys_method), key;
    Iteration it;
    if (is_error(keys)) return false;
    if (!is_iterable(vm, keys)) {
        raise_type_error(vm, "%T.keys() returned a non-iterable (type %T)", mapping, keys);
        return false;
    }
    if (!iter_begin(vm, &it, keys)) return false;
    while (iter_step(vm, &it, &key)) {
        Value value = item_get(vm, mapping, key);
        if (is_error(value) || !dict_set(vm, dict, key, value)) return false;
    }
    return !it.failed;
}

// Element `number` of an iterable of pairs.
static bool update_from_pair(VM *vm, Dict *dict, Value pair, size_t number) {
    if (is_tuple(pair) && to_tuple(pair)->count == 2) return dict_set(vm, dict, to_tuple(pair)->items[0], to_tuple(pair)->items[1]);
    Tuple *items = tuple_from_iterable(vm, pair);
    if (items == NULL) {
        if (raised_matches(vm, vm->exc.TypeError) && !is_iterable(vm, pair)) {
            raised_clear(vm);
            raise_type_error(vm, "cannot convert dictionary update sequence element #%zu to a sequence", number);
        }
        return false;
    }
    if (items->count != 2) {
        raise_value_error(vm, "dictionary update sequence element #%zu has length %zu; 2 is required", number, items->count);
        return false;
    }
    return dict_set(vm, dict, items->items[0], items->items[1]);
}

static bool update_from_pairs(VM *vm, Dict *dict, Value pairs) {
    Iteration it;
    Value pair;
    if (!iter_begin(vm, &it, pairs)) return false;
    for (size_t number = 0; iter_step(vm, &it, &pair); number++)
        if (!update_from_pair(vm, dict, pair, number)) return false;
    return !it.failed;
}

// As in CPython a subclass that iterates in its own way is taken by its keys() and items.
static bool is_read_directly(VM *vm, Value v) {
    return is_exact_dict(vm, v) || (is_dict(v) && class_keeps_special(vm, v, vm->types.dict, SPECIAL_ITER));
}

bool dict_update(VM *vm, Dict *dict, Value other) {
    if (is_read_directly(vm, other)) return update_from_dict(vm, dict, to_dict(other));
    Value keys_method = attr_get_optional(vm, other, vm->names.keys);
    if (is_error(keys_method)) return false;
    return is_undefined(keys_method) ? update_from_pairs(vm, dict, other) : update_from_mapping(vm, dict, other, keys_method);
}

// ---- comparison and text

int dict_equal(VM *vm, Dict *a, Dict *b) {
    if (a == b) return 1;
    if (a->count != b->count) return 0;
    if (!stack_check_while(vm, " in comparison")) return -1;
    for (size_t i = 0; i < a->entry_count; i++) {
        DictEntry entry = a->entries[i];
        if (is_undefined(entry.key)) continue;
        ptrdiff_t found = find_hashed(vm, b, entry.key, entry.hash);
        if (found < 0) return found == ABSENT ? 0 : -1;
        int equal = values_equal(vm, entry.value, b->entries[found].value);
        if (equal <= 0) return equal;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return -1;
    }
    return 1;
}

static bool repr_entries(VM *vm, Dict *dict, StrBuilder *b) {
    Value key, value;
    bool first = true;
    for (size_t position = 0; dict_next(dict, &position, &key, &value); first = false) {
        if (!first) str_builder_add_c(b, ", ");
        Str *text = value_repr(vm, key);
        if (text == NULL || !str_builder_add_str(b, text)) return false;
        str_builder_add_c(b, ": ");
        text = value_repr(vm, value);
        if (text == NULL || !str_builder_add_str(b, text)) return false;
        if (!vm_charge(vm, 1)) return false;
    }
    return true;
}

static Value dict_repr(VM *vm, const Value *args, int argc) {
    Dict *dict = to_dict(args[0]);
    if (dict->count == 0) return object_or_error(str_new_ascii(vm, "{}", 2));
    if (!stack_check_while(vm, " while getting the repr of an object")) return ERROR;
    if (!repr_enter(vm, dict)) return is_raised(vm) ? ERROR : object_or_error(str_new_ascii(vm, "{...}", 5));
    StrBuilder b = STR_BUILDER(vm);
    str_builder_add_c(&b, "{");
    bool fine = repr_entries(vm, dict, &b);
    repr_leave(vm, dict);
    if (!fine) {
        str_builder_cancel(&b);
        return ERROR;
    }
    str_builder_add_c(&b, "}");
    return object_or_error(str_builder_finish(&b));
}

static Value dict_eq(VM *vm, const Value *args, int argc) {
    if (!is_dict(args[1])) return NOT_IMPLEMENTED;
    return bool_or_error(dict_equal(vm, to_dict(args[0]), to_dict(args[1])));
}

static Value dict_ne(VM *vm, const Value *args, int argc) {
    if (!is_dict(args[1])) return NOT_IMPLEMENTED;
    int equal = dict_equal(vm, to_dict(args[0]), to_dict(args[1]));
    return equal < 0 ? ERROR : from_bool(!equal);
}

// ---- methods

static Value dict_dunder_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    if (cls == vm->types.dict) return object_or_error(dict_new(vm));
    Dict *dict = object_new_of(vm, cls, sizeof(Dict));
    if (dict == NULL) return ERROR;
    keys_changed(vm, dict);
    return from_object(dict);
}

// args: self, the optional mapping or pairs, keywords
static Value dict_method_update(VM *vm, const Value *args, int argc) {
    Dict *dict = to_dict(args[0]);
    if (arg_given(args, argc, 1) && !dict_update(vm, dict, args[1])) return ERROR;
    if (arg_given(args, argc, 2) && !update_from_dict(vm, dict, to_dict(args[2]))) return ERROR;
    return NONE;
}

static Value dict_getitem(VM *vm, const Value *args, int argc) { return dict_get_item(vm, to_dict(args[0]), args[1]); }

static Value dict_setitem(VM *vm, const Value *args, int argc) {
    return dict_set(vm, to_dict(args[0]), args[1], args[2]) ? NONE : ERROR;
}

static Value dict_delitem(VM *vm, const Value *args, int argc) {
    int deleted = dict_delete(vm, to_dict(args[0]), args[1]);
    return deleted > 0 ? NONE : deleted == 0 ? raise_key_error(vm, args[1]) : ERROR;
}

static Value dict_method_contains(VM *vm, const Value *args, int argc) {
    return bool_or_error(dict_contains(vm, to_dict(args[0]), args[1]));
}

static Value dict_len(VM *vm, const Value *args, int argc) { return from_int((int64_t)to_dict(args[0])->count); }

static Value dict_iter(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_DICT_KEYS, args[0]); }

static Value dict_reversed(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_DICT_KEYS_REVERSED, args[0]); }

static Value dict_method_get(VM *vm, const Value *args, int argc) {
    Value value = dict_get(vm, to_dict(args[0]), args[1]);
    return is_undefined(value) ? arg_or(args, argc, 2, NONE) : value;
}

static Value dict_method_setdefault(VM *vm, const Value *args, int argc) {
    return dict_set_default(vm, to_dict(args[0]), args[1], arg_or(args, argc, 2, NONE));
}

static Value dict_method_pop(VM *vm, const Value *args, int argc) {
    Value value = dict_pop(vm, to_dict(args[0]), args[1]);
    if (!is_undefined(value)) return value;
    return arg_given(args, argc, 2) ? args[2] : raise_key_error(vm, args[1]);
}

static Value dict_method_popitem(VM *vm, const Value *args, int argc) {
    Dict *dict = to_dict(args[0]);
    if (dict->count == 0) return raise_error(vm, vm->exc.KeyError, "popitem(): dictionary is empty");
    Tuple *pair = tuple_new(vm, 2);
    if (pair == NULL) return ERROR;
    size_t last = dict->entry_count - 1;
    while (is_undefined(dict->entries[last].key)) last--;
    pair->items[0] = dict->entries[last].key;
    pair->items[1] = dict->entries[last].value;
    remove_entry(vm, dict, last);
    dict->entry_count = last;
    if (dict->head.aux > last) dict->head.aux = (uint32_t)last;
    return from_object(pair);
}

static Value dict_method_clear(VM *vm, const Value *args, int argc) {
    dict_clear(vm, to_dict(args[0]));
    return NONE;
}

static Dict *copy_as_python_sees(VM *vm, Value v) {
    Dict *copy = dict_new(vm);
    return copy != NULL && dict_update(vm, copy, v) ? copy : NULL;
}

static Value dict_method_copy(VM *vm, const Value *args, int argc) { return object_or_error(copy_as_python_sees(vm, args[0])); }

static Value dict_method_keys(VM *vm, const Value *args, int argc) { return dict_view_new(vm, vm->types.dict_keys, args[0]); }
static Value dict_method_values(VM *vm, const Value *args, int argc) { return dict_view_new(vm, vm->types.dict_values, args[0]); }
static Value dict_method_items(VM *vm, const Value *args, int argc) { return dict_view_new(vm, vm->types.dict_items, args[0]); }

int dict_contains_hashed(VM *vm, Dict *dict, Value key, uint64_t hash) {
    ptrdiff_t found = find_hashed(vm, dict, key, hash);
    return found >= 0 ? 1 : found == ABSENT ? 0 : -1;
}

// Keys that come from a set or a dict are not hashed again.
static bool fill_from_hashed(VM *vm, Dict *dict, Value source, Value value) {
    uint64_t hash;
    Value key;
    if (is_dict(source)) {
        for (size_t i = 0; i < to_dict(source)->entry_count; i++) {
            const DictEntry *entry = &to_dict(source)->entries[i];
            if (!is_undefined(entry->key) && !set_hashed(vm, dict, entry->key, value, entry->hash)) return false;
            if (i % CHARGE_INTERVAL == CHARGE_INTERVAL - 1 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
        }
        return true;
    }
    for (size_t position = 0; set_next_hashed(to_set(source), &position, &key, &hash);)
        if (!set_hashed(vm, dict, key, value, hash) || (dict->count % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL))) return false;
    return true;
}

static Value dict_method_fromkeys(VM *vm, const Value *args, int argc) {
    Value value = arg_or(args, argc, 2, NONE), target = call0(vm, args[0]), key;
    Iteration it;
    if (is_error(target)) return ERROR;
    bool plain = is_exact_dict(vm, target), hashed = is_exact_dict(vm, args[1]) || (is_any_set(args[1]) && !(class_of(vm, args[1])->flags & CLASS_HEAP));
    if (plain && hashed) return fill_from_hashed(vm, to_dict(target), args[1], value) ? target : ERROR;
    if (!iter_begin(vm, &it, args[1])) return ERROR;
    while (iter_step(vm, &it, &key))
        if (plain ? !dict_set(vm, to_dict(target), key, value) : !item_set(vm, target, key, value)) return ERROR;
    return it.failed ? ERROR : target;
}

static Value merged(VM *vm, Value left, Value right) {
    if (!is_dict(left) || !is_dict(right)) return NOT_IMPLEMENTED;
    Dict *result = copy_as_python_sees(vm, left);
    return result != NULL && dict_update(vm, result, right) ? from_object(result) : ERROR;
}

static Value dict_or(VM *vm, const Value *args, int argc) { return merged(vm, args[0], args[1]); }
static Value dict_ror(VM *vm, const Value *args, int argc) { return merged(vm, args[1], args[0]); }

static Value dict_ior(VM *vm, const Value *args, int argc) {
    return dict_update(vm, to_dict(args[0]), args[1]) ? args[0] : ERROR;
}

static const NativeDef dict_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", dict_dunder_new, NULL, NATIVE_NEW},
    {"__init__(self, iterable=?, /, **kwargs)", dict_method_update, NULL, 0},
    {"__repr__(self, /)", dict_repr, NULL, 0},
    {"__eq__(self, value, /)", dict_eq, NULL, 0},
    {"__ne__(self, value, /)", dict_ne, NULL, 0},
    {"__len__(self, /)", dict_len, NULL, 0},
    {"__getitem__(self, key, /)", dict_getitem, NULL, 0},
    {"__setitem__(self, key, value, /)", dict_setitem, NULL, 0},
    {"__delitem__(self, key, /)", dict_delitem, NULL, 0},
    {"__contains__(self, key, /)", dict_method_contains, NULL, 0},
    {"__iter__(self, /)", dict_iter, NULL, 0},
    {"__reversed__(self, /)", dict_reversed, "An iterator over the keys, last one first.", 0},
    {"__or__(self, value, /)", dict_or, NULL, 0},
    {"__ror__(self, value, /)", dict_ror, NULL, 0},
    {"__ior__(self, value, /)", dict_ior, NULL, 0},
    {"__class_getitem__(cls, item, /)", generic_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {"get(self, key, default=None, /)", dict_method_get, "The value of the key, or the default.", 0},
    {"setdefault(self, key, default=None, /)", dict_method_setdefault, "The value of the key, set to the default first if absent.", 0},
    {"pop(self, key, default=?, /)", dict_method_pop, "Removes the key and returns its value, or the default if absent.", 0},
    {"popitem(self, /)", dict_method_popitem, "Removes and returns the pair that was added last.", 0},
    {"keys(self, /)", dict_method_keys, "A view of the keys.", 0},
    {"items(self, /)", dict_method_items, "A view of the pairs of key and value.", 0},
    {"values(self, /)", dict_method_values, "A view of the values.", 0},
    {"update(self, iterable=?, /, **kwargs)", dict_method_update, "Takes over the items of a mapping, of pairs, or keywords.", 0},
    {"fromkeys(cls, iterable, value=None, /)", dict_method_fromkeys, "A new dictionary with these keys and one value.", NATIVE_CLASS_METHOD},
    {"clear(self, /)", dict_method_clear, "Removes all items.", 0},
    {"copy(self, /)", dict_method_copy, "A shallow copy.", 0},
    {0},
};

static Value dict_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    size_t named = kwnames == NULL ? 0 : kwnames->count, given = (size_t)argc - named;
    if (given > 1) return UNDEFINED;
    Dict *dict = dict_new_sized(vm, given == 0 ? named : 0);
    if (dict == NULL || (given == 1 && !dict_update(vm, dict, args[0]))) return ERROR;
    for (size_t i = 0; i < named; i++)
        if (!dict_set(vm, dict, kwnames->items[i], args[given + i])) return ERROR;
    return from_object(dict);
}

bool dict_init(VM *vm) {
    static const char doc[] = "dict(iterable=?, /, **kwargs)\n\nA mapping from keys to values that remembers the order of insertion, made from\n"
                              "another mapping, from an iterable of pairs, or from keywords.";
    vm->types.dict->construct = dict_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.dict, .doc = doc, .instance_size = sizeof(Dict), .methods = dict_methods,
                                      .flags = CLASS_BASETYPE | CLASS_MAPPING | CLASS_MATCH_SELF}) &&
           class_make_unhashable(vm, vm->types.dict);
}
