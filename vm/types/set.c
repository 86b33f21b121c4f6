// set and frozenset: an open-addressed table of keys with their hashes.
//
// Which slot a key gets, when the table grows and how far are those of CPython (runs of 9 neighbours, then jumps that mix in more of
// the hash; three fifths full at most; growth to four times the items, twice when there are many): a set of ints is iterated and
// printed in the same order there and here. A removed key leaves a mark (key REMOVED, hash -1, which no key has) so that searches go on.
//
// __eq__ of a key may change the set while it is searched: then the search starts again.
#include "vm/types/containers.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

enum { FIRST_SIZE = 8, NEIGHBOURS = 9, PERTURB_SHIFT = 5, MANY_ITEMS = 50000, CHARGE_INTERVAL = 4096, PROBE_INTERVAL = 32 };
enum { ABSENT = -1, FAILED = -2, RESTART = -3 };

#define REMOVED STOP
#define REMOVED_HASH UINT64_MAX

static inline bool is_live(const SetEntry *entry) { return !is_undefined(entry->key) && !value_same(entry->key, REMOVED); }

void set_trace(VM *vm, Object *object) {
    Set *set = (Set *)object;
    if (set->table == NULL) return;
    for (size_t i = 0; i <= set->mask; i++)
        if (is_live(&set->table[i])) gc_mark_value(vm, set->table[i].key);
}

void set_free(VM *vm, Object *object) {
    Set *set = (Set *)object;
    if (set->table != NULL) buffer_free(vm, set->table, (set->mask + 1) * sizeof(SetEntry));
}

Set *set_new(VM *vm, bool frozen) {
    Shape *shape = builtin_shape(vm, frozen ? vm->types.frozenset : vm->types.set);
    Set *set = shape == NULL ? NULL : object_new_inline(vm, frozen ? KIND_FROZENSET : KIND_SET, shape, sizeof(Set));
    if (set != NULL) set->mask = FIRST_SIZE - 1;
    return set;
}

void set_clear(VM *vm, Set *set) {
    if (set->table != NULL) buffer_free(vm, set->table, (set->mask + 1) * sizeof(SetEntry));
    set->table = NULL;
    set->count = set->fill = 0;
    set->mask = FIRST_SIZE - 1;
}

// ---- searching

// A search walks slots: `i`, then its neighbours while the run of them fits in the table, then a jump.
typedef struct Walk { size_t i, left; uint64_t perturb; } Walk;

static inline Walk walk_begin(size_t mask, uint64_t hash) {
    size_t i = (size_t)hash & mask;
    return (Walk){i, i + NEIGHBOURS <= mask ? NEIGHBOURS : 0, hash};
}

static inline void walk_on(Walk *walk, size_t *base, size_t mask) {
    if (walk->left > 0) {
        walk->left--;
        walk->i++;
        return;
    }
    walk->perturb >>= PERTURB_SHIFT;
    *base = (*base * 5 + 1 + (size_t)walk->perturb) & mask;
    walk->i = *base;
    walk->left = walk->i + NEIGHBOURS <= mask ? NEIGHBOURS : 0;
}

// Compares a key with the same hash: 1, 0, FAILED, RESTART.
static int key_matches(VM *vm, Set *set, size_t i, Value key) {
    Value stored = set->table[i].key;
    if (value_same(stored, key)) return 1;
    if (both_int(stored, key)) return 0;
    if (is_exact_str(vm, stored) && is_exact_str(vm, key)) return flat_str_equal(to_str(stored), to_str(key));
    SetEntry *table = set->table;
    size_t mask = set->mask;
    int equal = values_equal(vm, stored, key);
    if (equal < 0) return FAILED;
    if (set->table != table || set->mask != mask || !value_same(table[i].key, stored)) return RESTART;
    return equal;
}

// The slot of key, or ABSENT and in *out_free the slot for it: that of the last removed key met, else the unused one at the end.
static ptrdiff_t find_once(VM *vm, Set *set, Value key, uint64_t hash, size_t *out_free) {
    size_t mask = set->mask, steps = 0, reusable = SIZE_MAX;
    Walk walk = walk_begin(mask, hash);
    for (size_t base = walk.i;; walk_on(&walk, &base, mask)) {
        const SetEntry *entry = &set->table[walk.i];
        if (is_undefined(entry->key)) {
            *out_free = reusable != SIZE_MAX ? reusable : walk.i;
            return ABSENT;
        }
        if (entry->hash == hash) {
            int matches = key_matches(vm, set, walk.i, key);
            if (matches != 0) return matches > 0 ? (ptrdiff_t)walk.i : matches;
        } else if (entry->hash == REMOVED_HASH) {
            reusable = walk.i;
        }
        if (++steps % PROBE_INTERVAL == 0 && !vm_charge(vm, PROBE_INTERVAL)) return FAILED;
    }
}

static ptrdiff_t set_find(VM *vm, Set *set, Value key, uint64_t hash, size_t *out_free) {
    ptrdiff_t found;
    do {
        if (set->table == NULL) return ABSENT;
        found = find_once(vm, set, key, hash, out_free);
    } while (found == RESTART);
    return found;
}

// hash() of something looked for: a set, though unhashable, is looked for as the frozenset of its items.
static bool search_hash(VM *vm, Value *item, uint64_t *out_hash) {
    if (key_hash(vm, *item, out_hash)) return true;
    if (!is_kind(*item, KIND_SET) || !raised_matches(vm, vm->exc.TypeError)) return false;
    raised_clear(vm);
    Set *frozen = set_copy(vm, to_set(*item), true);
    if (frozen == NULL) return false;
    *item = from_object(frozen);
    return key_hash(vm, *item, out_hash);
}

bool set_contains_quick(VM *vm, Set *set, Value item) {
    if (set->table == NULL) return false;
    uint64_t hash;
    if (is_int(item)) {
        hash = (uint64_t)to_int(item);
        if (UNLIKELY((int64_t)hash < 0)) return false;
    } else {
        if (!is_exact_str(vm, item) || (hash = to_object(item)->aux) == 0) return false;
    }
    size_t mask = set->mask;
    Walk walk = walk_begin(mask, hash);
    for (size_t base = walk.i;; walk_on(&walk, &base, mask)) {
        const SetEntry *entry = &set->table[walk.i];
        if (value_same(entry->key, item)) return true;
        if (is_undefined(entry->key) || entry->hash == hash) return false;
    }
}

int set_contains(VM *vm, Set *set, Value item) {
    uint64_t hash;
    size_t free_slot;
    if (!search_hash(vm, &item, &hash)) return -1;
    ptrdiff_t found = set_find(vm, set, item, hash, &free_slot);
    return found >= 0 ? 1 : found == ABSENT ? 0 : -1;
}

// ---- changing

static void insert_clean(SetEntry *table, size_t mask, Value key, uint64_t hash) {
    Walk walk = walk_begin(mask, hash);
    for (size_t base = walk.i; !is_undefined(table[walk.i].key); walk_on(&walk, &base, mask)) {}
    table[walk.i] = (SetEntry){key, hash};
}

// A new table of more than `wanted` slots, without the marks of removed keys.
static bool set_resize(VM *vm, Set *set, size_t wanted) {
    size_t size = FIRST_SIZE, bytes;
    while (size <= wanted) size *= 2;
    if (!size_for(vm, size, sizeof(SetEntry), 0, &bytes)) return false;
    SetEntry *table = buffer_new(vm, bytes);
    if (table == NULL) return false;
    if (set->table != NULL) {
        for (size_t i = 0; i <= set->mask; i++)
            if (is_live(&set->table[i])) insert_clean(table, size - 1, set->table[i].key, set->table[i].hash);
        buffer_free(vm, set->table, (set->mask + 1) * sizeof(SetEntry));
    }
    set->table = table;
    set->mask = size - 1;
    set->fill = set->count;
    return true;
}

static bool add_hashed(VM *vm, Set *set, Value item, uint64_t hash) {
    size_t slot;
    if (set->table == NULL && !set_resize(vm, set, 0)) return false;
    ptrdiff_t found = set_find(vm, set, item, hash, &slot);
    if (found != ABSENT) return found >= 0;
    if (set->table == NULL) return add_hashed(vm, set, item, hash);   // cleared by an __eq__
    bool reuses = !is_undefined(set->table[slot].key);
    set->table[slot] = (SetEntry){item, hash};
    set->count++;
    gc_write_barrier_value(vm, set, item);
    if (reuses) return true;
    set->fill++;
    if (set->fill * 5 < set->mask * 3) return true;
    return set_resize(vm, set, set->count > MANY_ITEMS ? set->count * 2 : set->count * 4);
}

bool set_add(VM *vm, Set *set, Value item) {
    uint64_t hash;
    return key_hash(vm, item, &hash) && add_hashed(vm, set, item, hash);
}

static int discard_hashed(VM *vm, Set *set, Value item, uint64_t hash) {
    size_t free_slot;
    ptrdiff_t found = set_find(vm, set, item, hash, &free_slot);
    if (found < 0) return found == ABSENT ? 0 : -1;
    set->table[found] = (SetEntry){REMOVED, REMOVED_HASH};
    set->count--;
    return 1;
}

int set_discard(VM *vm, Set *set, Value item) {
    uint64_t hash;
    return search_hash(vm, &item, &hash) ? discard_hashed(vm, set, item, hash) : -1;
}

// The entry after *position, live ones only.
static SetEntry *next_entry(Set *set, size_t *position) {
    if (set->table == NULL) return NULL;
    while (*position <= set->mask) {
        SetEntry *entry = &set->table[(*position)++];
        if (is_live(entry)) return entry;
    }
    return NULL;
}

bool set_next(Set *set, size_t *position, Value *out_item) {
    SetEntry *entry = next_entry(set, position);
    if (entry != NULL) *out_item = entry->key;
    return entry != NULL;
}

bool set_next_hashed(Set *set, size_t *position, Value *out_item, uint64_t *out_hash) {
    SetEntry *entry = next_entry(set, position);
    if (entry == NULL) return false;
    *out_item = entry->key;
    *out_hash = entry->hash;
    return true;
}

static bool reserve_for(VM *vm, Set *set, size_t more) {
    if ((set->fill + more) * 5 < set->mask * 3) return true;
    return set_resize(vm, set, (set->count + more) * 2);
}

static bool merge(VM *vm, Set *set, Set *other) {
    if (set == other || other->count == 0) return true;
    if (!reserve_for(vm, set, other->count)) return false;
    if (set->fill == 0 && set->mask == other->mask && other->fill == other->count) {
        if (set->table == NULL && !set_resize(vm, set, 0)) return false;
        memcpy(set->table, other->table, (set->mask + 1) * sizeof(SetEntry));
        set->fill = set->count = other->count;
        gc_write_barrier(vm, set);
        return true;
    }
    if (set->table == NULL && !set_resize(vm, set, 0)) return false;
    bool clean = set->fill == 0;
    SetEntry *entry;
    for (size_t position = 0; (entry = next_entry(other, &position)) != NULL;) {
        if (clean) {
            insert_clean(set->table, set->mask, entry->key, entry->hash);
            set->fill = ++set->count;
        } else if (!add_hashed(vm, set, entry->key, entry->hash)) {
            return false;
        }
        if (position % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
    }
    gc_write_barrier(vm, set);
    return true;
}

bool set_update(VM *vm, Set *set, Value iterable) {
    if (is_any_set(iterable)) return merge(vm, set, to_set(iterable));
    if (is_exactly(vm, iterable, vm->types.dict)) {
        Dict *dict = to_dict(iterable);
        if (!reserve_for(vm, set, dict->count)) return false;
        for (size_t i = 0; i < dict->entry_count; i++)   // keys are not hashed again
            if (!is_undefined(dict->entries[i].key) && !add_hashed(vm, set, dict->entries[i].key, dict->entries[i].hash)) return false;
        return true;
    }
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, iterable)) return false;
    size_t steps = 0;
    while (iter_step(vm, &it, &item)) {
        if (!set_add(vm, set, item)) return false;
        if (++steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
    }
    return !it.failed;
}

Set *set_copy(VM *vm, Set *set, bool frozen) {
    Set *copy = set_new(vm, frozen);
    return copy != NULL && merge(vm, copy, set) ? copy : NULL;
}

static inline bool is_frozen(Set *set) { return set->head.kind == KIND_FROZENSET; }

// A plain set (of the kind of `like`) of the items of any iterable.
static Set *set_from(VM *vm, Set *like, Value iterable) {
    Set *set = set_new(vm, is_frozen(like));
    return set != NULL && set_update(vm, set, iterable) ? set : NULL;
}

// ---- the algebra

static Set *intersection(VM *vm, Set *set, Value other) {
    Set *result = set_new(vm, is_frozen(set));
    size_t free_slot;
    if (result == NULL) return NULL;
    if (is_any_set(other)) {
        Set *small = to_set(other), *large = set;
        if (small->count > large->count) {
            small = set;
            large = to_set(other);
        }
        SetEntry *entry;
        for (size_t position = 0; (entry = next_entry(small, &position)) != NULL;) {
            Value key = entry->key;
            uint64_t hash = entry->hash;
            ptrdiff_t found = set_find(vm, large, key, hash, &free_slot);
            if (found == FAILED || (found >= 0 && !add_hashed(vm, result, key, hash))) return NULL;
            if (position % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return NULL;
        }
        return result;
    }
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, other)) return NULL;
    while (iter_step(vm, &it, &item)) {
        uint64_t hash;
        if (!key_hash(vm, item, &hash)) return NULL;
        ptrdiff_t found = set_find(vm, set, item, hash, &free_slot);
        if (found == FAILED || (found >= 0 && !add_hashed(vm, result, item, hash))) return NULL;
    }
    return it.failed ? NULL : result;
}

static bool difference_update(VM *vm, Set *set, Value other) {
    if (is_any_set(other)) {
        Set *others = to_set(other);
        if (set == others) {
            set_clear(vm, set);
            return true;
        }
        // When the other set is far larger, looking at the items of this one is less work.
        if (others->count >> 3 > set->count) {
            others = intersection(vm, set, other);
            if (others == NULL) return false;
        }
        SetEntry *entry;
        for (size_t position = 0; (entry = next_entry(others, &position)) != NULL;) {
            if (discard_hashed(vm, set, entry->key, entry->hash) < 0) return false;
            if (position % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
        }
    } else {
        Iteration it;
        Value item;
        if (!iter_begin(vm, &it, other)) return false;
        while (iter_step(vm, &it, &item)) {
            uint64_t hash;
            if (!key_hash(vm, item, &hash) || discard_hashed(vm, set, item, hash) < 0) return false;
        }
        if (it.failed) return false;
    }
    if (set->fill - set->count <= set->mask / 4) return true;
    return set_resize(vm, set, set->count > MANY_ITEMS ? set->count * 2 : set->count * 4);
}

static Set *difference(VM *vm, Set *set, Value other) {
    size_t other_count = is_any_set(other) ? to_set(other)->count : is_dict(other) ? to_dict(other)->count : SIZE_MAX;
    if (set->count == 0 && other_count != SIZE_MAX) return set_copy(vm, set, is_frozen(set));
    if (other_count == SIZE_MAX || set->count >> 2 > other_count) {
        Set *result = set_copy(vm, set, is_frozen(set));
        return result != NULL && difference_update(vm, result, other) ? result : NULL;
    }
    Set *result = set_new(vm, is_frozen(set));
    if (result == NULL) return NULL;
    SetEntry *entry;
    size_t free_slot;
    for (size_t position = 0; (entry = next_entry(set, &position)) != NULL;) {
        Value key = entry->key;
        uint64_t hash = entry->hash;
        bool present;
        if (is_dict(other)) {
            int found = dict_contains_hashed(vm, to_dict(other), key, hash);
            if (found < 0) return NULL;
            present = found;
        } else {
            ptrdiff_t found = set_find(vm, to_set(other), key, hash, &free_slot);
            if (found == FAILED) return NULL;
            present = found >= 0;
        }
        if (!present && !add_hashed(vm, result, key, hash)) return NULL;
        if (position % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return NULL;
    }
    return result;
}

static bool symmetric_difference_update(VM *vm, Set *set, Value other) {
    if (is_any_set(other) && to_set(other) == set) {
        set_clear(vm, set);
        return true;
    }
    Set *others = is_any_set(other) ? to_set(other) : set_from(vm, set, other);
    if (others == NULL) return false;
    SetEntry *entry;
    for (size_t position = 0; (entry = next_entry(others, &position)) != NULL;) {
        Value key = entry->key;
        uint64_t hash = entry->hash;
        int discarded = discard_hashed(vm, set, key, hash);
        if (discarded < 0 || (discarded == 0 && !add_hashed(vm, set, key, hash))) return false;
        if (position % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
    }
    return true;
}

static Set *symmetric_difference(VM *vm, Set *set, Value other) {
    Set *result = set_from(vm, set, other);
    return result != NULL && symmetric_difference_update(vm, result, from_object(set)) ? result : NULL;
}

static Set *union_of(VM *vm, Set *set, Value other) {
    Set *result = set_copy(vm, set, is_frozen(set));
    return result != NULL && set_update(vm, result, other) ? result : NULL;
}

Value set_binary(VM *vm, BinaryOp op, Set *a, Set *b) {
    Value other = from_object(b);
    switch (op) {
    case BINARY_OR: return object_or_error(union_of(vm, a, other));
    case BINARY_AND: return object_or_error(intersection(vm, a, other));
    case BINARY_SUB: return object_or_error(difference(vm, a, other));
    case BINARY_XOR: return object_or_error(symmetric_difference(vm, a, other));
    default: return NOT_IMPLEMENTED;
    }
}

// ---- comparison, hash, text

static int is_subset(VM *vm, Set *small, Set *large) {
    if (small->count > large->count) return 0;
    if (!stack_check_while(vm, " in comparison")) return -1;
    SetEntry *entry;
    size_t free_slot;
    for (size_t position = 0; (entry = next_entry(small, &position)) != NULL;) {
        ptrdiff_t found = set_find(vm, large, entry->key, entry->hash, &free_slot);
        if (found < 0) return found == ABSENT ? 0 : -1;
        if (position % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return -1;
    }
    return 1;
}

Value set_compare(VM *vm, CompareOp op, Set *a, Set *b) {
    switch (op) {
    case COMPARE_EQ: return a->count != b->count ? FALSE_VALUE : bool_or_error(is_subset(vm, a, b));
    case COMPARE_NE: {
        int equal = a->count != b->count ? 0 : is_subset(vm, a, b);
        return equal < 0 ? ERROR : from_bool(!equal);
    }
    case COMPARE_LE: return bool_or_error(is_subset(vm, a, b));
    case COMPARE_GE: return bool_or_error(is_subset(vm, b, a));
    case COMPARE_LT: return a->count >= b->count ? FALSE_VALUE : bool_or_error(is_subset(vm, a, b));
    case COMPARE_GT: return a->count <= b->count ? FALSE_VALUE : bool_or_error(is_subset(vm, b, a));
    }
    return NOT_IMPLEMENTED;
}

// Independent of order, and equal to CPython's for equal hashes of the items.
bool frozenset_hash(VM *vm, Set *set, int64_t *out_hash) {
    if (set->hash == 0) {
        uint64_t hash = 0;
        SetEntry *entry;
        for (size_t position = 0; (entry = next_entry(set, &position)) != NULL;)
            hash ^= (entry->hash ^ UINT64_C(89869747) ^ entry->hash << 16) * UINT64_C(3644798167);
        hash ^= (set->count + 1) * UINT64_C(1927868237);
        hash ^= hash >> 11 ^ hash >> 25;
        hash = hash * UINT64_C(69069) + UINT64_C(907133923);
        set->hash = hash == UINT64_MAX ? INT64_C(590923713) : (int64_t)hash;
    }
    *out_hash = set->hash;
    return true;
}

static Value frozenset_dunder_hash(VM *vm, const Value *args, int argc) {
    int64_t hash;
    return frozenset_hash(vm, to_set(args[0]), &hash) ? hash_as_int(vm, hash) : ERROR;
}

static bool repr_items(VM *vm, Set *set, StrBuilder *b) {
    List *items = list_from_iterable(vm, from_object(set));   // __repr__ of an item may change the set
    if (items == NULL) return false;
    for (size_t i = 0; i < items->count; i++) {
        if (i > 0) str_builder_add_c(b, ", ");
        Str *text = value_repr(vm, items->items[i]);
        if (text == NULL || !str_builder_add_str(b, text) || !vm_charge(vm, 1)) return false;
    }
    return true;
}

static Value set_repr(VM *vm, const Value *args, int argc) {
    Set *set = to_set(args[0]);
    if (!stack_check_while(vm, " while getting the repr of an object")) return ERROR;
    if (!repr_enter(vm, set)) return is_raised(vm) ? ERROR : object_or_error(str_printf(vm, "%T(...)", args[0]));
    StrBuilder b = STR_BUILDER(vm);
    bool plain = is_exactly(vm, args[0], vm->types.set) && set->count > 0;
    if (!plain) {
        str_builder_add_str(&b, class_of(vm, args[0])->name);
        str_builder_add_c(&b, "(");
    }
    bool fine = true;
    if (set->count > 0) {
        str_builder_add_c(&b, "{");
        fine = repr_items(vm, set, &b);
        str_builder_add_c(&b, "}");
    }
    if (!plain) str_builder_add_c(&b, ")");
    repr_leave(vm, set);
    if (fine) return object_or_error(str_builder_finish(&b));
    str_builder_cancel(&b);
    return ERROR;
}

static Value set_richcompare(VM *vm, CompareOp op, const Value *args) {
    return is_any_set(args[1]) ? set_compare(vm, op, to_set(args[0]), to_set(args[1])) : NOT_IMPLEMENTED;
}
static Value set_eq(VM *vm, const Value *args, int argc) { return set_richcompare(vm, COMPARE_EQ, args); }
static Value set_ne(VM *vm, const Value *args, int argc) { return set_richcompare(vm, COMPARE_NE, args); }
static Value set_lt(VM *vm, const Value *args, int argc) { return set_richcompare(vm, COMPARE_LT, args); }
static Value set_le(VM *vm, const Value *args, int argc) { return set_richcompare(vm, COMPARE_LE, args); }
static Value set_gt(VM *vm, const Value *args, int argc) { return set_richcompare(vm, COMPARE_GT, args); }
static Value set_ge(VM *vm, const Value *args, int argc) { return set_richcompare(vm, COMPARE_GE, args); }

// ---- methods

static Value set_dunder_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    if (cls == vm->types.set) return object_or_error(set_new(vm, false));
    Set *set = object_new_of(vm, cls, sizeof(Set));
    if (set == NULL) return ERROR;
    set->mask = FIRST_SIZE - 1;
    return from_object(set);
}

static Value set_dunder_init(VM *vm, const Value *args, int argc) {
    set_clear(vm, to_set(args[0]));
    return !arg_given(args, argc, 1) || set_update(vm, to_set(args[0]), args[1]) ? NONE : ERROR;
}

static Value frozenset_dunder_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Value iterable = arg_or(args, argc, 1, UNDEFINED);
    if (cls == vm->types.frozenset && is_exactly(vm, iterable, cls)) return iterable;
    Set *set = cls == vm->types.frozenset ? set_new(vm, true) : object_new_of(vm, cls, sizeof(Set));
    if (set == NULL) return ERROR;
    set->mask = FIRST_SIZE - 1;
    return is_undefined(iterable) || set_update(vm, set, iterable) ? from_object(set) : ERROR;
}

static Value set_len(VM *vm, const Value *args, int argc) { return from_int((int64_t)to_set(args[0])->count); }
static Value set_iter(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_SET, args[0]); }
static Value set_method_contains(VM *vm, const Value *args, int argc) { return bool_or_error(set_contains(vm, to_set(args[0]), args[1])); }

static Value set_operator(VM *vm, BinaryOp op, Value left, Value right) {
    return is_any_set(left) && is_any_set(right) ? set_binary(vm, op, to_set(left), to_set(right)) : NOT_IMPLEMENTED;
}
static Value set_or(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_OR, args[0], args[1]); }
static Value set_ror(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_OR, args[1], args[0]); }
static Value set_and(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_AND, args[0], args[1]); }
static Value set_rand(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_AND, args[1], args[0]); }
static Value set_sub(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_SUB, args[0], args[1]); }
static Value set_rsub(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_SUB, args[1], args[0]); }
static Value set_xor(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_XOR, args[0], args[1]); }
static Value set_rxor(VM *vm, const Value *args, int argc) { return set_operator(vm, BINARY_XOR, args[1], args[0]); }

static bool intersection_update(VM *vm, Set *set, Value other) {
    Set *common = intersection(vm, set, other);
    if (common == NULL) return false;
    set_clear(vm, set);
    SetEntry *table = set->table;
    set->table = common->table;
    set->mask = common->mask;
    set->count = common->count;
    set->fill = common->fill;
    common->table = table;
    common->mask = FIRST_SIZE - 1;
    common->count = common->fill = 0;
    gc_write_barrier(vm, set);
    return true;
}

static Value set_ior(VM *vm, const Value *args, int argc) {
    if (!is_any_set(args[1])) return NOT_IMPLEMENTED;
    return set_update(vm, to_set(args[0]), args[1]) ? args[0] : ERROR;
}
static Value set_iand(VM *vm, const Value *args, int argc) {
    if (!is_any_set(args[1])) return NOT_IMPLEMENTED;
    return intersection_update(vm, to_set(args[0]), args[1]) ? args[0] : ERROR;
}
static Value set_isub(VM *vm, const Value *args, int argc) {
    if (!is_any_set(args[1])) return NOT_IMPLEMENTED;
    return difference_update(vm, to_set(args[0]), args[1]) ? args[0] : ERROR;
}
static Value set_ixor(VM *vm, const Value *args, int argc) {
    if (!is_any_set(args[1])) return NOT_IMPLEMENTED;
    return symmetric_difference_update(vm, to_set(args[0]), args[1]) ? args[0] : ERROR;
}

static Value set_method_add(VM *vm, const Value *args, int argc) { return set_add(vm, to_set(args[0]), args[1]) ? NONE : ERROR; }

static Value set_method_discard(VM *vm, const Value *args, int argc) {
    return set_discard(vm, to_set(args[0]), args[1]) < 0 ? ERROR : NONE;
}

static Value set_method_remove(VM *vm, const Value *args, int argc) {
    int removed = set_discard(vm, to_set(args[0]), args[1]);
    return removed > 0 ? NONE : removed == 0 ? raise_key_error(vm, args[1]) : ERROR;
}

// head.aux remembers where the last pop() ended, so that emptying a set by pop() is linear.
static Value set_method_pop(VM *vm, const Value *args, int argc) {
    Set *set = to_set(args[0]);
    if (set->count == 0) return raise_error(vm, vm->exc.KeyError, "pop from an empty set");
    size_t i = set->head.aux & set->mask;
    while (!is_live(&set->table[i])) i = i == set->mask ? 0 : i + 1;
    Value item = set->table[i].key;
    set->table[i] = (SetEntry){REMOVED, REMOVED_HASH};
    set->count--;
    set->head.aux = (uint32_t)(i + 1);
    return item;
}

static Value set_method_clear(VM *vm, const Value *args, int argc) {
    set_clear(vm, to_set(args[0]));
    return NONE;
}

static Value set_method_copy(VM *vm, const Value *args, int argc) {
    if (is_exactly(vm, args[0], vm->types.frozenset)) return args[0];
    return object_or_error(set_copy(vm, to_set(args[0]), is_frozen(to_set(args[0]))));
}

static Value set_method_update(VM *vm, const Value *args, int argc) {
    for (int i = 1; i < argc; i++)
        if (!set_update(vm, to_set(args[0]), args[i])) return ERROR;
    return NONE;
}

static Value set_method_union(VM *vm, const Value *args, int argc) {
    Set *result = set_copy(vm, to_set(args[0]), is_frozen(to_set(args[0])));
    for (int i = 1; result != NULL && i < argc; i++)
        if (!set_update(vm, result, args[i])) return ERROR;
    return object_or_error(result);
}

static Value set_method_intersection(VM *vm, const Value *args, int argc) {
    Set *result = argc == 1 ? set_copy(vm, to_set(args[0]), is_frozen(to_set(args[0]))) : to_set(args[0]);
    for (int i = 1; result != NULL && i < argc; i++) result = intersection(vm, result, args[i]);
    return object_or_error(result);
}

static Value set_method_intersection_update(VM *vm, const Value *args, int argc) {
    Value common = set_method_intersection(vm, args, argc);
    return !is_error(common) && intersection_update(vm, to_set(args[0]), common) ? NONE : ERROR;
}

static Value set_method_difference(VM *vm, const Value *args, int argc) {
    if (argc == 1) return object_or_error(set_copy(vm, to_set(args[0]), is_frozen(to_set(args[0]))));
    Set *result = difference(vm, to_set(args[0]), args[1]);
    for (int i = 2; result != NULL && i < argc; i++)
        if (!difference_update(vm, result, args[i])) return ERROR;
    return object_or_error(result);
}

static Value set_method_difference_update(VM *vm, const Value *args, int argc) {
    for (int i = 1; i < argc; i++)
        if (!difference_update(vm, to_set(args[0]), args[i])) return ERROR;
    return NONE;
}

static Value set_method_symmetric_difference(VM *vm, const Value *args, int argc) {
    return object_or_error(symmetric_difference(vm, to_set(args[0]), args[1]));
}

static Value set_method_symmetric_difference_update(VM *vm, const Value *args, int argc) {
    return symmetric_difference_update(vm, to_set(args[0]), args[1]) ? NONE : ERROR;
}

static Value set_method_issubset(VM *vm, const Value *args, int argc) {
    Set *other = is_any_set(args[1]) ? to_set(args[1]) : set_from(vm, to_set(args[0]), args[1]);
    return other == NULL ? ERROR : bool_or_error(is_subset(vm, to_set(args[0]), other));
}

// Whether all items of an iterable are in the set (wanted 1), or none is (wanted 0).
static Value each_contained(VM *vm, Set *set, Value iterable, int wanted) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, iterable)) return ERROR;
    while (iter_step(vm, &it, &item)) {
        int found = set_contains(vm, set, item);
        if (found != wanted) return found < 0 ? ERROR : FALSE_VALUE;
    }
    return it.failed ? ERROR : TRUE_VALUE;
}

static Value set_method_issuperset(VM *vm, const Value *args, int argc) {
    if (is_any_set(args[1])) return bool_or_error(is_subset(vm, to_set(args[1]), to_set(args[0])));
    return each_contained(vm, to_set(args[0]), args[1], 1);
}

static Value set_method_isdisjoint(VM *vm, const Value *args, int argc) {
    return each_contained(vm, to_set(args[0]), args[1], 0);
}

// For copy and pickle: (class, (list of the items,), attributes or None).
static Value set_reduce(VM *vm, const Value *args, int argc) {
    List *items = list_from_iterable(vm, args[0]);
    Tuple *arguments = items == NULL ? NULL : tuple_pack(vm, 1, from_object(items));
    if (arguments == NULL) return ERROR;
    Value state = attr_get_optional(vm, args[0], vm->names.__dict__);
    if (is_error(state)) return ERROR;
    return object_or_error(tuple_pack(vm, 3, from_object(class_of(vm, args[0])), from_object(arguments), is_undefined(state) ? NONE : state));
}

#define SHARED_METHODS                                                                                                                 \
    {"__repr__(self, /)", set_repr, NULL, 0},                                                                                          \
    {"__eq__(self, value, /)", set_eq, NULL, 0},                                                                                       \
    {"__ne__(self, value, /)", set_ne, NULL, 0},                                                                                       \
    {"__lt__(self, value, /)", set_lt, NULL, 0},                                                                                       \
    {"__le__(self, value, /)", set_le, NULL, 0},                                                                                       \
    {"__gt__(self, value, /)", set_gt, NULL, 0},                                                                                       \
    {"__ge__(self, value, /)", set_ge, NULL, 0},                                                                                       \
    {"__len__(self, /)", set_len, NULL, 0},                                                                                            \
    {"__iter__(self, /)", set_iter, NULL, 0},                                                                                          \
    {"__contains__(self, item, /)", set_method_contains, NULL, 0},                                                                     \
    {"__or__(self, value, /)", set_or, NULL, 0},                                                                                       \
    {"__ror__(self, value, /)", set_ror, NULL, 0},                                                                                     \
    {"__and__(self, value, /)", set_and, NULL, 0},                                                                                     \
    {"__rand__(self, value, /)", set_rand, NULL, 0},                                                                                   \
    {"__sub__(self, value, /)", set_sub, NULL, 0},                                                                                     \
    {"__rsub__(self, value, /)", set_rsub, NULL, 0},                                                                                   \
    {"__xor__(self, value, /)", set_xor, NULL, 0},                                                                                     \
    {"__rxor__(self, value, /)", set_rxor, NULL, 0},                                                                                   \
    {"__reduce__(self, /)", set_reduce, NULL, 0},                                                                                      \
    {"__class_getitem__(cls, item, /)", generic_class_getitem, NULL, NATIVE_CLASS_METHOD},                                             \
    {"copy(self, /)", set_method_copy, "A shallow copy.", 0},                                                                          \
    {"union(self, /, *others)", set_method_union, "What is in this set or in any of the others.", 0},                                  \
    {"intersection(self, /, *others)", set_method_intersection, "What is in this set and in all others.", 0},                          \
    {"difference(self, /, *others)", set_method_difference, "What is in this set and in none of the others.", 0},                      \
    {"symmetric_difference(self, other, /)", set_method_symmetric_difference, "What is in exactly one of the two.", 0},                \
    {"issubset(self, other, /)", set_method_issubset, "Whether all of this set is in the other.", 0},                                  \
    {"issuperset(self, other, /)", set_method_issuperset, "Whether all of the other is in this set.", 0},                              \
    {"isdisjoint(self, other, /)", set_method_isdisjoint, "Whether the two have nothing in common.", 0}

static const NativeDef set_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", set_dunder_new, NULL, NATIVE_NEW},
    {"__init__(self, iterable=(), /)", set_dunder_init, NULL, 0},
    SHARED_METHODS,
    {"__ior__(self, value, /)", set_ior, NULL, 0},
    {"__iand__(self, value, /)", set_iand, NULL, 0},
    {"__isub__(self, value, /)", set_isub, NULL, 0},
    {"__ixor__(self, value, /)", set_ixor, NULL, 0},
    {"add(self, item, /)", set_method_add, "Puts the item in.", 0},
    {"discard(self, item, /)", set_method_discard, "Takes the item away if it is there.", 0},
    {"remove(self, item, /)", set_method_remove, "Takes the item away; KeyError if it is not there.", 0},
    {"pop(self, /)", set_method_pop, "Takes away and returns any item; KeyError if the set is empty.", 0},
    {"clear(self, /)", set_method_clear, "Takes away all items.", 0},
    {"update(self, /, *others)", set_method_update, "Puts in all items of the others.", 0},
    {"intersection_update(self, /, *others)", set_method_intersection_update, "Keeps what is in all others too.", 0},
    {"difference_update(self, /, *others)", set_method_difference_update, "Takes away what is in the others.", 0},
    {"symmetric_difference_update(self, other, /)", set_method_symmetric_difference_update, "Keeps what is in exactly one of the two.", 0},
    {0},
};

static const NativeDef frozenset_methods[] = {
    {"__new__(cls, iterable=(), /)", frozenset_dunder_new, NULL, NATIVE_NEW},
    {"__hash__(self, /)", frozenset_dunder_hash, NULL, 0},
    SHARED_METHODS,
    {0},
};

static Value set_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc > 1) return UNDEFINED;
    Set *set = set_new(vm, false);
    return set != NULL && (argc == 0 || set_update(vm, set, args[0])) ? from_object(set) : ERROR;
}

bool set_init(VM *vm) {
    vm->types.set->construct = set_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.set, .doc = "set(iterable=(), /)\n\nAn unordered collection of distinct hashable items.",
                                      .instance_size = sizeof(Set), .methods = set_methods, .flags = CLASS_BASETYPE | CLASS_MATCH_SELF}) &&
           class_make_unhashable(vm, vm->types.set) &&
           type_define(vm, &(TypeDef){.where = &vm->types.frozenset, .doc = "frozenset(iterable=(), /)\n\nAn immutable, hashable set.",
                                      .instance_size = sizeof(Set), .methods = frozenset_methods, .flags = CLASS_BASETYPE | CLASS_MATCH_SELF});
}
