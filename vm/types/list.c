// list: a growable array of values. Sorting is in list_sort.c.
//
// Whatever calls Python code (comparison, repr, iteration) may change the list meanwhile, so loops read count and items again each round.
#include "vm/types/containers.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

enum { CHARGE_INTERVAL = 4096 };

void list_trace(VM *vm, Object *object) {
    List *list = (List *)object;
    for (size_t i = 0; i < list->count; i++) gc_mark_value(vm, list->items[i]);
}

void list_free(VM *vm, Object *object) {
    List *list = (List *)object;
    if (list->items != NULL) buffer_free(vm, list->items, list->capacity * sizeof(Value));
}

// ---- size

static bool list_set_capacity(VM *vm, List *list, size_t capacity) {
    size_t size;
    if (!size_for(vm, capacity, sizeof(Value), 0, &size)) return false;
    Value *items = buffer_resize_unset(vm, list->items, list->capacity * sizeof(Value), size);
    if (items == NULL && size != 0) return false;
    list->items = items;
    list->capacity = capacity;
    return true;
}

// Room for `more` items behind the present ones. Growth by half keeps appending linear.
static bool list_reserve(VM *vm, List *list, size_t more) {
    if (list->capacity - list->count >= more) return true;
    size_t wanted = list->count + more;
    if (wanted < more) {
        raise_no_memory(vm);
        return false;
    }
    size_t capacity = list->capacity + list->capacity / 2 + 4;
    return list_set_capacity(vm, list, capacity < wanted ? wanted : capacity);
}

// After items were taken away: much unused room goes back. Failing to shrink harms nobody.
static void list_trim(VM *vm, List *list) {
    if (list->capacity <= 16 || list->count >= list->capacity / 4) return;
    size_t capacity = list->capacity / 2;
    Value *items = buffer_resize_unset(vm, list->items, list->capacity * sizeof(Value), capacity * sizeof(Value));
    if (items == NULL) {
        raised_clear(vm);
        return;
    }
    list->items = items;
    list->capacity = capacity;
}

static void list_clear(VM *vm, List *list) {
    Value *items = list->items;
    size_t size = list->capacity * sizeof(Value);
    list->items = NULL;
    list->count = list->capacity = 0;
    if (items != NULL) buffer_free(vm, items, size);
}

List *list_new(VM *vm, size_t capacity) {
    Shape *shape = builtin_shape(vm, vm->types.list);
    List *list = shape == NULL ? NULL : object_new_inline(vm, KIND_LIST, shape, sizeof(List));
    if (list == NULL || capacity == 0) return list;
    return list_set_capacity(vm, list, capacity) ? list : NULL;
}

List *list_from_values(VM *vm, const Value *values, size_t count) {
    List *list = list_new(vm, count);
    if (list == NULL || count == 0) return list;
    memcpy(list->items, values, count * sizeof(Value));
    list->count = count;
    return list;
}

List *list_copy(VM *vm, List *list) {
    List *copy = list_from_values(vm, list->items, list->count);
    gc_keep(list);
    return copy;
}

// ---- adding

bool list_append(VM *vm, List *list, Value item) {
    if (UNLIKELY(list->count == list->capacity) && !list_reserve(vm, list, 1)) return false;
    list->items[list->count++] = item;
    gc_write_barrier_value(vm, list, item);
    return true;
}

bool list_insert(VM *vm, List *list, size_t index, Value item) {
    if (!list_reserve(vm, list, 1)) return false;
    if (index > list->count) index = list->count;
    memmove(list->items + index + 1, list->items + index, (list->count - index) * sizeof(Value));
    list->items[index] = item;
    list->count++;
    gc_write_barrier(vm, list);
    return true;
}

static bool list_append_values(VM *vm, List *list, const Value *values, size_t count) {
    if (!list_reserve(vm, list, count)) return false;
    if (count != 0) memcpy(list->items + list->count, values, count * sizeof(Value));
    list->count += count;
    gc_write_barrier(vm, list);
    return true;
}

bool list_extend(VM *vm, List *list, Value iterable) {
    if (is_exactly(vm, iterable, vm->types.list) || value_same(iterable, from_object(list))) {   // iterating over itself would never end
        List *other = to_list(iterable);
        size_t count = other->count;
        if (!list_reserve(vm, list, count)) return false;      // first: `other` may be the list itself
        bool added = list_append_values(vm, list, other->items, count);
        gc_keep(other);
        return added;
    }
    if (is_exactly(vm, iterable, vm->types.tuple)) return list_append_values(vm, list, to_tuple(iterable)->items, to_tuple(iterable)->count);
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, iterable)) return false;
    ptrdiff_t hint = value_length_hint(vm, iterable, 8);
    if (hint < 0 || (hint < (1 << 20) && !list_reserve(vm, list, (size_t)hint))) return false;
    size_t steps = 0;
    while (iter_step(vm, &it, &item)) {
        if (!list_append(vm, list, item)) return false;
        if (++steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
    }
    return !it.failed;
}

List *list_concat(VM *vm, List *a, List *b) {
    size_t count = a->count + b->count;
    List *list = list_new(vm, count);
    if (list == NULL || count == 0) return list;
    if (a->count != 0) memcpy(list->items, a->items, a->count * sizeof(Value));
    if (b->count != 0) memcpy(list->items + a->count, b->items, b->count * sizeof(Value));
    list->count = count;
    return list;
}

// The target's memory is zeroed: where this is left halfway, the rest is no danger.
bool values_fill_repeated(VM *vm, Value *target, const Value *items, size_t count, size_t times) {
    enum { STEP = 1 << 17 };
    size_t written = 0;
    for (size_t i = 0; i < times; i++) {
        if (count == 1) target[i] = items[0];
        else memcpy(target + i * count, items, count * sizeof(Value));
        written += count;
        if (UNLIKELY(written >= STEP)) {
            written = 0;
            if (!vm_poll(vm)) return false;
        }
    }
    return true;
}

List *list_repeat(VM *vm, List *list, ptrdiff_t times) {
    if (times <= 0 || list->count == 0) return list_new(vm, 0);
    size_t count, size;
    if (!size_for(vm, list->count, (size_t)times, 0, &count) || !size_for(vm, count, sizeof(Value), 0, &size)) return NULL;
    if (!vm_charge(vm, count / 16)) return NULL;
    List *result = list_new(vm, count);
    if (result == NULL) return NULL;
    size_t unit = list->count;
    bool fine = values_fill_repeated(vm, result->items, list->items, unit, (size_t)times);
    gc_keep(list);
    if (!fine) return NULL;
    result->count = count;
    return result;
}

// ---- taking and replacing

Value list_pop(VM *vm, List *list, ptrdiff_t index) {
    if (list->count == 0) return raise_error(vm, vm->exc.IndexError, "pop from empty list");
    if (index < 0) index += (ptrdiff_t)list->count;
    if (index < 0 || (size_t)index >= list->count) return raise_error(vm, vm->exc.IndexError, "pop index out of range");
    Value item = list->items[index];
    list->count--;
    memmove(list->items + index, list->items + index + 1, (list->count - (size_t)index) * sizeof(Value));
    list_trim(vm, list);
    return item;
}

Value list_get_slice(VM *vm, List *list, Slice *slice) {
    ptrdiff_t start, stop, step;
    if (!slice_unpack(vm, slice, &start, &stop, &step)) return ERROR;
    size_t count = slice_adjust(list->count, &start, &stop, step);
    List *result = list_new(vm, count);
    if (result == NULL) return ERROR;
    if (step == 1) {
        if (count != 0) memcpy(result->items, list->items + start, count * sizeof(Value));
    } else {
        for (size_t i = 0; i < count; i++) result->items[i] = list->items[start + (ptrdiff_t)i * step];
    }
    result->count = count;
    return from_object(result);
}

// Puts `count` values in the place of the items from start to stop.
static bool replace_range(VM *vm, List *list, size_t start, size_t stop, const Value *values, size_t count) {
    size_t removed = stop - start, tail = list->count - stop;
    if (count > removed && !list_reserve(vm, list, count - removed)) return false;
    if (tail != 0) memmove(list->items + start + count, list->items + stop, tail * sizeof(Value));
    if (count != 0) memcpy(list->items + start, values, count * sizeof(Value));
    list->count = list->count - removed + count;
    gc_write_barrier(vm, list);
    list_trim(vm, list);
    return true;
}

static void delete_stepped(List *list, ptrdiff_t start, ptrdiff_t step, size_t count) {
    if (step < 0) {
        start += step * ((ptrdiff_t)count - 1);
        step = -step;
    }
    size_t target = (size_t)start, next = (size_t)start, deleted = 0;
    for (size_t i = (size_t)start; i < list->count; i++) {
        if (i == next && deleted < count) {
            deleted++;
            next += (size_t)step;
        } else {
            list->items[target++] = list->items[i];
        }
    }
    list->count = target;
}

bool list_set_slice(VM *vm, List *list, Slice *slice, Value iterable) {
    ptrdiff_t start, stop, step;
    if (!slice_unpack(vm, slice, &start, &stop, &step)) return false;
    if (is_undefined(iterable)) {
        size_t count = slice_adjust(list->count, &start, &stop, step);
        if (count == 0) return true;
        if (step == 1) return replace_range(vm, list, (size_t)start, (size_t)stop, NULL, 0);
        delete_stepped(list, start, step, count);
        list_trim(vm, list);
        return true;
    }
    // Another list's items are taken where they are. All else is copied: the list may be assigned to itself, or change while iterated.
    bool is_other = class_of(vm, iterable) == vm->types.list && to_list(iterable) != list;
    if (!is_other && !is_iterable(vm, iterable)) {
        raise_type_error(vm, step == 1 ? "can only assign an iterable" : "must assign iterable to extended slice");
        return false;
    }
    ptrdiff_t first = start, last = stop;
    size_t length = list->count, count = slice_adjust(length, &first, &last, step);
    List *values = is_other ? to_list(iterable) : list_from_iterable(vm, iterable);
    if (values == NULL) return false;
    if (step == 1) {
        size_t from = (size_t)first < list->count ? (size_t)first : list->count;
        size_t to = last < first ? from : (size_t)last < list->count ? (size_t)last : list->count;
        bool replaced = replace_range(vm, list, from, to, values->items, values->count);
        gc_keep(values);
        return replaced;
    }
    if (list->count != length) {
        first = start;
        count = slice_adjust(list->count, &first, &stop, step);
    }
    if (values->count != count) {
        raise_value_error(vm, "attempt to assign sequence of size %zu to extended slice of size %zu", values->count, count);
        return false;
    }
    for (size_t i = 0; i < count; i++) list->items[first + (ptrdiff_t)i * step] = values->items[i];
    gc_write_barrier(vm, list);
    gc_keep(values);
    return true;
}

// ---- comparison and text

Value list_compare(VM *vm, CompareOp op, List *a, List *b) {
    if (!stack_check_while(vm, " in comparison")) return ERROR;
    if (a->count != b->count && (op == COMPARE_EQ || op == COMPARE_NE)) return from_bool(op == COMPARE_NE);
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        Value left = a->items[i], right = b->items[i];
        if (value_same(left, right)) continue;
        int equal = both_int(left, right) ? 0 : values_equal(vm, left, right);
        if (equal < 0) return ERROR;
        if (!equal) {
            if (i >= a->count || i >= b->count) break;   // comparing shortened a list: its length decides
            if (op == COMPARE_EQ || op == COMPARE_NE) return from_bool(op == COMPARE_NE);
            return compare_values(vm, op, left, right);
        }
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    size_t x = a->count, y = b->count;
    switch (op) {
    case COMPARE_LT: return from_bool(x < y);
    case COMPARE_LE: return from_bool(x <= y);
    case COMPARE_EQ: return from_bool(x == y);
    case COMPARE_NE: return from_bool(x != y);
    case COMPARE_GT: return from_bool(x > y);
    case COMPARE_GE: return from_bool(x >= y);
    }
    return NOT_IMPLEMENTED;
}

static Value list_richcompare(VM *vm, CompareOp op, const Value *args) {
    return is_list(args[1]) ? list_compare(vm, op, to_list(args[0]), to_list(args[1])) : NOT_IMPLEMENTED;
}
static Value list_eq(VM *vm, const Value *args, int argc) { return list_richcompare(vm, COMPARE_EQ, args); }
static Value list_ne(VM *vm, const Value *args, int argc) { return list_richcompare(vm, COMPARE_NE, args); }
static Value list_lt(VM *vm, const Value *args, int argc) { return list_richcompare(vm, COMPARE_LT, args); }
static Value list_le(VM *vm, const Value *args, int argc) { return list_richcompare(vm, COMPARE_LE, args); }
static Value list_gt(VM *vm, const Value *args, int argc) { return list_richcompare(vm, COMPARE_GT, args); }
static Value list_ge(VM *vm, const Value *args, int argc) { return list_richcompare(vm, COMPARE_GE, args); }

static Value list_repr(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    if (list->count == 0) return object_or_error(str_new_ascii(vm, "[]", 2));
    if (!stack_check_while(vm, " while getting the repr of an object")) return ERROR;
    if (!repr_enter(vm, list)) return is_raised(vm) ? ERROR : object_or_error(str_new_ascii(vm, "[...]", 5));
    StrBuilder b = STR_BUILDER(vm);
    str_builder_add_c(&b, "[");
    bool fine = true;
    for (size_t i = 0; fine && i < list->count; i++) {
        if (i > 0) str_builder_add_c(&b, ", ");
        Str *text = value_repr(vm, list->items[i]);
        fine = text != NULL && str_builder_add_str(&b, text) && vm_charge(vm, 1);
    }
    repr_leave(vm, list);
    if (!fine) {
        str_builder_cancel(&b);
        return ERROR;
    }
    str_builder_add_c(&b, "]");
    return object_or_error(str_builder_finish(&b));
}

// ---- methods

static Value list_dunder_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    return object_or_error(cls == vm->types.list ? list_new(vm, 0) : object_new_of(vm, cls, sizeof(List)));
}

static Value list_dunder_init(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    if (list->count != 0) list_clear(vm, list);
    return !arg_given(args, argc, 1) || list_extend(vm, list, args[1]) ? NONE : ERROR;
}

// The index of an item as an offset: -1 with an error raised.
static ptrdiff_t item_index(VM *vm, List *list, Value key, const char *what) {
    ptrdiff_t index;
    if (is_int(key)) {
        index = (ptrdiff_t)to_int(key);
    } else {
        if (!is_bool(key) && !has_index(vm, key)) {
            raise_type_error(vm, "list indices must be integers or slices, not %T", key);
            return -1;
        }
        if (!index_as_ssize(vm, key, &index)) return -1;
    }
    if (index < 0) index += (ptrdiff_t)list->count;
    if (index >= 0 && (size_t)index < list->count) return index;
    raise_error(vm, vm->exc.IndexError, "list %s out of range", what);
    return -1;
}

static Value list_getitem(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    if (is_slice(args[1])) return list_get_slice(vm, list, to_slice(args[1]));
    ptrdiff_t index = item_index(vm, list, args[1], "index");
    return index < 0 ? ERROR : list->items[index];
}

static Value list_setitem(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    if (is_slice(args[1])) return list_set_slice(vm, list, to_slice(args[1]), args[2]) ? NONE : ERROR;
    ptrdiff_t index = item_index(vm, list, args[1], "assignment index");
    if (index < 0) return ERROR;
    list->items[index] = args[2];
    gc_write_barrier_value(vm, list, args[2]);
    return NONE;
}

static Value list_delitem(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    if (is_slice(args[1])) return list_set_slice(vm, list, to_slice(args[1]), UNDEFINED) ? NONE : ERROR;
    ptrdiff_t index = item_index(vm, list, args[1], "assignment index");
    if (index < 0 || is_error(list_pop(vm, list, index))) return ERROR;
    return NONE;
}

static Value list_len(VM *vm, const Value *args, int argc) { return from_int((int64_t)to_list(args[0])->count); }

// Index of the first item equal to `item` in start <= i < stop: -1 absent, -2 error.
static ptrdiff_t list_find(VM *vm, List *list, Value item, size_t start, size_t stop) {
    for (size_t i = start; i < stop && i < list->count; i++) {
        Value candidate = list->items[i];
        if (value_same(candidate, item)) return (ptrdiff_t)i;
        int equal = both_int(candidate, item) ? 0 : values_equal(vm, candidate, item);
        if (equal != 0) return equal < 0 ? -2 : (ptrdiff_t)i;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return -2;
    }
    return -1;
}

static Value list_contains(VM *vm, const Value *args, int argc) {
    ptrdiff_t found = list_find(vm, to_list(args[0]), args[1], 0, SIZE_MAX);
    return found == -2 ? ERROR : from_bool(found >= 0);
}

static Value list_iter(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_LIST, args[0]); }
static Value list_reversed(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_LIST_REVERSED, args[0]); }

static Value list_add(VM *vm, const Value *args, int argc) {
    if (!is_list(args[1])) return raise_type_error(vm, "can only concatenate list (not \"%T\") to list", args[1]);
    return object_or_error(list_concat(vm, to_list(args[0]), to_list(args[1])));
}

static Value list_iadd(VM *vm, const Value *args, int argc) {
    return list_extend(vm, to_list(args[0]), args[1]) ? args[0] : ERROR;
}

static Value list_mul(VM *vm, const Value *args, int argc) {
    ptrdiff_t times;
    return count_for_repeat(vm, args[1], &times) ? object_or_error(list_repeat(vm, to_list(args[0]), times)) : ERROR;
}

static Value list_imul(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    ptrdiff_t times;
    if (!count_for_repeat(vm, args[1], &times)) return ERROR;
    if (times <= 0) list_clear(vm, list);
    if (times <= 1 || list->count == 0) return args[0];
    size_t more, count = list->count;
    if (!size_for(vm, count, (size_t)times - 1, 0, &more) || !vm_charge(vm, more / 16) || !list_reserve(vm, list, more)) return ERROR;
    if (!values_fill_repeated(vm, list->items + count, list->items, count, (size_t)times - 1)) return ERROR;
    list->count = count + more;
    return args[0];
}

static Value list_method_append(VM *vm, const Value *args, int argc) { return list_append(vm, to_list(args[0]), args[1]) ? NONE : ERROR; }
static Value list_method_extend(VM *vm, const Value *args, int argc) { return list_extend(vm, to_list(args[0]), args[1]) ? NONE : ERROR; }

static Value list_method_insert(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    ptrdiff_t index;
    if (!index_as_ssize(vm, args[1], &index)) return ERROR;
    if (index < 0) index += (ptrdiff_t)list->count;
    return list_insert(vm, list, index < 0 ? 0 : (size_t)index, args[2]) ? NONE : ERROR;
}

static Value list_method_pop(VM *vm, const Value *args, int argc) {
    ptrdiff_t index = -1;
    if (arg_given(args, argc, 1) && !index_as_ssize(vm, args[1], &index)) return ERROR;
    return list_pop(vm, to_list(args[0]), index);
}

static Value list_method_remove(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    ptrdiff_t found = list_find(vm, list, args[1], 0, SIZE_MAX);
    if (found == -1) return raise_value_error(vm, "list.remove(x): x not in list");
    if (found == -2) return ERROR;
    return (size_t)found < list->count && is_error(list_pop(vm, list, found)) ? ERROR : NONE;
}

static Value list_method_clear(VM *vm, const Value *args, int argc) {
    list_clear(vm, to_list(args[0]));
    return NONE;
}

static Value list_method_copy(VM *vm, const Value *args, int argc) {
    return object_or_error(list_copy(vm, to_list(args[0])));
}

static Value list_method_count(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    int64_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        int equal = values_equal(vm, list->items[i], args[1]);
        if (equal < 0) return ERROR;
        count += equal;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    return from_int(count);
}

static Value list_method_index(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    size_t start, stop;
    if (!index_range(vm, arg_or(args, argc, 2, UNDEFINED), arg_or(args, argc, 3, UNDEFINED), list->count, &start, &stop)) return ERROR;
    ptrdiff_t found = list_find(vm, list, args[1], start, stop);
    if (found == -1) return raise_value_error(vm, "%R is not in list", args[1]);
    return found == -2 ? ERROR : from_int(found);
}

static Value list_method_reverse(VM *vm, const Value *args, int argc) {
    List *list = to_list(args[0]);
    vm_spend(vm, list->count / 128);
    for (size_t i = 0; i < list->count / 2; i++) {
        Value item = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = item;
    }
    return NONE;
}

// args: self, key, reverse
static Value list_method_sort(VM *vm, const Value *args, int argc) {
    bool reverse;
    if (!flag_argument(vm, arg_or(args, argc, 2, FALSE_VALUE), &reverse)) return ERROR;
    return list_sort(vm, to_list(args[0]), arg_or(args, argc, 1, NONE), reverse) ? NONE : ERROR;
}

static const NativeDef list_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", list_dunder_new, NULL, NATIVE_NEW},
    {"__init__(self, iterable=(), /)", list_dunder_init, NULL, 0},
    {"__repr__(self, /)", list_repr, NULL, 0},
    {"__eq__(self, value, /)", list_eq, NULL, 0},
    {"__ne__(self, value, /)", list_ne, NULL, 0},
    {"__lt__(self, value, /)", list_lt, NULL, 0},
    {"__le__(self, value, /)", list_le, NULL, 0},
    {"__gt__(self, value, /)", list_gt, NULL, 0},
    {"__ge__(self, value, /)", list_ge, NULL, 0},
    {"__len__(self, /)", list_len, NULL, 0},
    {"__getitem__(self, index, /)", list_getitem, NULL, 0},
    {"__setitem__(self, key, value, /)", list_setitem, NULL, 0},
    {"__delitem__(self, key, /)", list_delitem, NULL, 0},
    {"__contains__(self, key, /)", list_contains, NULL, 0},
    {"__iter__(self, /)", list_iter, NULL, 0},
    {"__reversed__(self, /)", list_reversed, "An iterator from the last item to the first.", 0},
    {"__add__(self, value, /)", list_add, NULL, 0},
    {"__iadd__(self, value, /)", list_iadd, NULL, 0},
    {"__mul__(self, value, /)", list_mul, NULL, 0},
    {"__rmul__(self, value, /)", list_mul, NULL, 0},
    {"__imul__(self, value, /)", list_imul, NULL, 0},
    {"__class_getitem__(cls, item, /)", generic_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {"append(self, object, /)", list_method_append, "Adds the object at the end.", 0},
    {"extend(self, iterable, /)", list_method_extend, "Adds all items of the iterable at the end.", 0},
    {"insert(self, index, object, /)", list_method_insert, "Puts the object in front of the item at index.", 0},
    {"pop(self, index=-1, /)", list_method_pop, "Takes away and returns the item at index, the last one if none is given.", 0},
    {"remove(self, value, /)", list_method_remove, "Takes away the first item that equals the value; ValueError if none does.", 0},
    {"clear(self, /)", list_method_clear, "Takes away all items.", 0},
    {"copy(self, /)", list_method_copy, "A new list of the same items.", 0},
    {"count(self, value, /)", list_method_count, "How many items equal the value.", 0},
    {"index(self, value, start=0, stop=9223372036854775807, /)", list_method_index, "Position of the first item that equals the value; ValueError if none does.", 0},
    {"reverse(self, /)", list_method_reverse, "Turns the order of the items round.", 0},
    {"sort(self, /, *, key=None, reverse=False)", list_method_sort, "Puts the items in ascending order; equal ones keep theirs.", 0},
    {0},
};

static Value list_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc > 1) return UNDEFINED;
    return object_or_error(argc == 0 ? list_new(vm, 0) : list_from_iterable(vm, args[0]));
}

bool list_init(VM *vm) {
    static const char doc[] = "list(iterable=(), /)\n\nA mutable sequence of the iterable's items.";
    vm->types.list->construct = list_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.list, .doc = doc, .instance_size = sizeof(List), .methods = list_methods,
                                      .flags = CLASS_BASETYPE | CLASS_SEQUENCE | CLASS_MATCH_SELF}) &&
           class_make_unhashable(vm, vm->types.list);
}
