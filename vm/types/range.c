// range: start, stop and step of any size; length, membership, items, slices and comparison in O(1).
#include "vm/types/containers.h"

#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/int.h"
#include "vm/types/iterator.h"
#include "vm/types/slice.h"
#include "vm/types/str.h"

void range_trace(VM *vm, Object *object) {
    Range *range = (Range *)object;
    gc_mark_value(vm, range->start);
    gc_mark_value(vm, range->stop);
    gc_mark_value(vm, range->step);
    gc_mark_value(vm, range->length);
}

// How many items: (distance - 1) // |step| + 1 when there is a distance in the step's direction.
static Value range_count(VM *vm, Value start, Value stop, Value step) {
    if (is_int(start) && is_int(stop) && is_int(step)) {
        int64_t from = to_int(start), to = to_int(stop), by = to_int(step);
        if (by > 0 ? from >= to : from <= to) return from_int(0);
        uint64_t distance = by > 0 ? (uint64_t)to - (uint64_t)from : (uint64_t)from - (uint64_t)to;
        return int_from_u64(vm, (distance - 1) / (by > 0 ? (uint64_t)by : -(uint64_t)by) + 1);
    }
    bool backwards = int_sign(step) < 0;
    Value distance = backwards ? int_sub(vm, start, stop) : int_sub(vm, stop, start);
    if (is_error(distance)) return ERROR;
    if (int_sign(distance) <= 0) return from_int(0);
    Value size = backwards ? int_sub(vm, from_int(0), step) : step;
    if (!is_error(size)) distance = int_sub(vm, distance, from_int(1));
    if (is_error(size) || is_error(distance)) return ERROR;
    Value steps = int_floordiv(vm, distance, size);
    return is_error(steps) ? ERROR : int_add(vm, steps, from_int(1));
}

Value range_new(VM *vm, Value start, Value stop, Value step) {
    Value length = range_count(vm, start, stop, step);
    Shape *shape = is_error(length) ? NULL : builtin_shape(vm, vm->types.range);
    Range *range = shape == NULL ? NULL : object_new_inline(vm, KIND_RANGE, shape, sizeof(Range));
    if (range == NULL) return ERROR;
    *range = (Range){range->head, start, stop, step, length};
    return from_object(range);
}

static Value range_dunder_new(VM *vm, const Value *args, int argc) {
    if (argc == 1) return raise_type_error(vm, "range expected at least 1 argument, got 0");
    if (argc > 4) return raise_type_error(vm, "range expected at most 3 arguments, got %d", argc - 1);
    Value start = argc == 2 ? from_int(0) : value_index(vm, args[1]);
    if (is_error(start)) return ERROR;
    Value stop = value_index(vm, args[argc == 2 ? 1 : 2]);
    if (is_error(stop)) return ERROR;
    Value step = argc > 3 ? value_index(vm, args[3]) : from_int(1);
    if (is_error(step)) return ERROR;
    if (int_sign(step) == 0) return raise_value_error(vm, "range() arg 3 must not be zero");
    return range_new(vm, start, stop, step);
}

// start + index * step, for an index within the length.
static Value item_at(VM *vm, Range *range, Value index) {
    Value offset = int_mul(vm, index, range->step);
    return is_error(offset) ? ERROR : int_add(vm, range->start, offset);
}

Value range_item(VM *vm, Range *range, Value index) {
    if (int_sign(index) < 0) {
        index = int_add(vm, index, range->length);
        if (is_error(index)) return ERROR;
    }
    if (int_sign(index) < 0 || int_compare(index, range->length) >= 0)
        return raise_error(vm, vm->exc.IndexError, "range object index out of range");
    return item_at(vm, range, index);
}

static Value range_slice(VM *vm, Range *range, Slice *slice) {
    Value parts[3];
    if (!slice_indices(vm, slice, range->length, parts)) return ERROR;
    Value start = item_at(vm, range, parts[0]);
    if (is_error(start)) return ERROR;
    Value stop = item_at(vm, range, parts[1]);
    if (is_error(stop)) return ERROR;
    Value step = int_mul(vm, range->step, parts[2]);
    return is_error(step) ? ERROR : range_new(vm, start, stop, step);
}

static Value range_getitem(VM *vm, const Value *args, int argc) {
    Range *range = to_range(args[0]);
    if (is_slice(args[1])) return range_slice(vm, range, to_slice(args[1]));
    if (!has_index(vm, args[1])) return raise_type_error(vm, "range indices must be integers or slices, not %T", args[1]);
    Value index = value_index(vm, args[1]);
    return is_error(index) ? ERROR : range_item(vm, range, index);
}

// Position of an int among the items: an int, NONE when it is not there, ERROR.
static Value int_position(VM *vm, Range *range, Value item) {
    bool backwards = int_sign(range->step) < 0;
    int from_start = int_compare(item, range->start), from_stop = int_compare(item, range->stop);
    if (backwards ? from_start > 0 || from_stop <= 0 : from_start < 0 || from_stop >= 0) return NONE;
    Value distance = int_sub(vm, item, range->start);
    if (is_error(distance)) return ERROR;
    Value rest = int_mod(vm, distance, range->step);
    if (is_error(rest)) return ERROR;
    return int_sign(rest) == 0 ? int_floordiv(vm, distance, range->step) : NONE;
}

static inline bool is_plain_int(VM *vm, Value v) { return is_int(v) || is_bool(v) || is_exactly(vm, v, vm->types.int_); }

// Position of anything, by comparing with every item if it is no int.
static Value position_of(VM *vm, Range *range, Value item) {
    if (is_plain_int(vm, item)) return int_position(vm, range, int_or_bool(item));
    Value index = from_int(0);
    while (int_compare(index, range->length) < 0) {
        Value candidate = item_at(vm, range, index);
        if (is_error(candidate) || !vm_charge(vm, 1)) return ERROR;
        int equal = values_equal(vm, candidate, item);
        if (equal != 0) return equal < 0 ? ERROR : index;
        index = int_add(vm, index, from_int(1));
        if (is_error(index)) return ERROR;
    }
    return NONE;
}

int range_contains(VM *vm, Range *range, Value item) {
    Value position = position_of(vm, range, item);
    return is_error(position) ? -1 : !is_none(position);
}

static Value range_method_contains(VM *vm, const Value *args, int argc) {
    return bool_or_error(range_contains(vm, to_range(args[0]), args[1]));
}

static Value range_method_index(VM *vm, const Value *args, int argc) {
    Value position = position_of(vm, to_range(args[0]), args[1]);
    if (!is_none(position)) return position;
    if (is_plain_int(vm, args[1])) return raise_value_error(vm, "%R is not in range", args[1]);
    return raise_value_error(vm, "sequence.index(x): x not in sequence");
}

static Value range_method_count(VM *vm, const Value *args, int argc) {
    Range *range = to_range(args[0]);
    if (is_plain_int(vm, args[1])) {
        int found = range_contains(vm, range, args[1]);
        return found < 0 ? ERROR : from_int(found);
    }
    int64_t count = 0;
    Value index = from_int(0);
    while (int_compare(index, range->length) < 0) {
        Value candidate = item_at(vm, range, index);
        if (is_error(candidate) || !vm_charge(vm, 1)) return ERROR;
        int equal = values_equal(vm, candidate, args[1]);
        if (equal < 0) return ERROR;
        count += equal;
        index = int_add(vm, index, from_int(1));
        if (is_error(index)) return ERROR;
    }
    return from_int(count);
}

int range_equal(VM *vm, Range *a, Range *b) {
    if (a == b) return 1;
    if (int_compare(a->length, b->length) != 0) return 0;
    if (int_sign(a->length) == 0) return 1;
    if (int_compare(a->start, b->start) != 0) return 0;
    return int_compare(a->length, from_int(1)) == 0 || int_compare(a->step, b->step) == 0;
}

// Of (length, start, step), the latter two None where they do not matter.
bool range_hash(VM *vm, Range *range, int64_t *out_hash) {
    bool empty = int_sign(range->length) == 0, single = value_same(range->length, from_int(1));
    Tuple *parts = tuple_pack(vm, 3, range->length, empty ? NONE : range->start, empty || single ? NONE : range->step);
    return parts != NULL && tuple_hash(vm, parts, out_hash);
}

static Value range_dunder_hash(VM *vm, const Value *args, int argc) {
    int64_t hash;
    return range_hash(vm, to_range(args[0]), &hash) ? hash_as_int(vm, hash) : ERROR;
}

static Value range_eq(VM *vm, const Value *args, int argc) {
    return is_range(args[1]) ? bool_or_error(range_equal(vm, to_range(args[0]), to_range(args[1]))) : NOT_IMPLEMENTED;
}

static Value range_ne(VM *vm, const Value *args, int argc) {
    return is_range(args[1]) ? from_bool(!range_equal(vm, to_range(args[0]), to_range(args[1]))) : NOT_IMPLEMENTED;
}

static Value range_repr(VM *vm, const Value *args, int argc) {
    Range *range = to_range(args[0]);
    if (value_same(range->step, from_int(1))) return object_or_error(str_printf(vm, "range(%R, %R)", range->start, range->stop));
    return object_or_error(str_printf(vm, "range(%R, %R, %R)", range->start, range->stop, range->step));
}

static Value range_len(VM *vm, const Value *args, int argc) {
    Value length = to_range(args[0])->length;
    int64_t i;
    if (int_as_i64(length, &i)) return length;
    return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C ssize_t");
}

static Value range_bool(VM *vm, const Value *args, int argc) { return from_bool(int_sign(to_range(args[0])->length) != 0); }

static Value range_iter(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_RANGE, args[0]); }

static Value range_reversed(VM *vm, const Value *args, int argc) {
    Range *range = to_range(args[0]);
    Value last = int_sub(vm, range->length, from_int(1));
    Value start = is_error(last) ? ERROR : item_at(vm, range, last);
    Value stop = is_error(start) ? ERROR : int_sub(vm, range->start, range->step);
    Value step = is_error(stop) ? ERROR : int_sub(vm, from_int(0), range->step);
    Value turned = is_error(step) ? ERROR : range_new(vm, start, stop, step);
    return is_error(turned) ? ERROR : iterator_new(vm, ITERATE_RANGE, turned);
}

static Value range_reduce(VM *vm, const Value *args, int argc) {
    Range *range = to_range(args[0]);
    Tuple *parts = tuple_pack(vm, 3, range->start, range->stop, range->step);
    return parts == NULL ? ERROR : object_or_error(tuple_pack(vm, 2, from_object(vm->types.range), from_object(parts)));
}

static Value range_get_start(VM *vm, Value self) { return to_range(self)->start; }
static Value range_get_stop(VM *vm, Value self) { return to_range(self)->stop; }
static Value range_get_step(VM *vm, Value self) { return to_range(self)->step; }

static const NativeDef range_methods[] = {
    {"__new__(cls, /, *args)", range_dunder_new, NULL, NATIVE_NEW},
    {"__repr__(self, /)", range_repr, NULL, 0},
    {"__hash__(self, /)", range_dunder_hash, NULL, 0},
    {"__eq__(self, value, /)", range_eq, NULL, 0},
    {"__ne__(self, value, /)", range_ne, NULL, 0},
    {"__len__(self, /)", range_len, NULL, 0},
    {"__bool__(self, /)", range_bool, NULL, 0},
    {"__getitem__(self, key, /)", range_getitem, NULL, 0},
    {"__contains__(self, key, /)", range_method_contains, NULL, 0},
    {"__iter__(self, /)", range_iter, NULL, 0},
    {"__reversed__(self, /)", range_reversed, "An iterator from the last item to the first.", 0},
    {"__reduce__(self, /)", range_reduce, NULL, 0},
    {"count(self, value, /)", range_method_count, "How many items equal the value.", 0},
    {"index(self, value, /)", range_method_index, "Position of the value; ValueError if it is not there.", 0},
    {0},
};

static const GetSetDef range_getsets[] = {
    {"start", range_get_start, readonly_member, NULL},
    {"stop", range_get_stop, readonly_member, NULL},
    {"step", range_get_step, readonly_member, NULL},
    {0},
};

static Value range_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc < 1 || argc > 3) return UNDEFINED;
    for (int i = 0; i < argc; i++)
        if (!is_int(args[i])) return UNDEFINED;
    if (argc == 1) return range_new(vm, from_int(0), args[0], from_int(1));
    Value step = argc == 3 ? args[2] : from_int(1);
    return value_same(step, from_int(0)) ? UNDEFINED : range_new(vm, args[0], args[1], step);
}

bool range_init(VM *vm) {
    static const char doc[] = "range(stop)\nrange(start, stop[, step])\n\nThe ints from start (0) to stop, stop excluded, by step (1).";
    vm->types.range->construct = range_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.range, .doc = doc, .methods = range_methods, .getsets = range_getsets,
                                      .flags = CLASS_SEQUENCE});
}
