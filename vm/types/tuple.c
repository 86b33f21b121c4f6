// tuple: a fixed row of values behind the header.
#include "vm/types/containers.h"

#include <stdarg.h>

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

enum { CHARGE_INTERVAL = 4096 };

void tuple_trace(VM *vm, Object *object) {
    Tuple *tuple = (Tuple *)object;
    for (size_t i = 0; i < tuple->count; i++) gc_mark_value(vm, tuple->items[i]);
}

// ---- making

Tuple *tuple_new(VM *vm, size_t count) {
    if (count == 0 && vm->empty_tuple != NULL) return vm->empty_tuple;
    size_t size;
    if (!size_for(vm, count, sizeof(Value), sizeof(Tuple), &size)) return NULL;
    Shape *shape = builtin_shape(vm, vm->types.tuple);
    Tuple *tuple = shape == NULL ? NULL : object_new_inline(vm, KIND_TUPLE, shape, size);
    if (tuple == NULL) return NULL;
    tuple->count = count;
    if (count == 0) {
        gc_make_immortal(vm, tuple);
        vm->empty_tuple = tuple;
    }
    return tuple;
}

Tuple *tuple_from_values(VM *vm, const Value *values, size_t count) {
    Tuple *tuple = tuple_new(vm, count);
    if (tuple != NULL && count != 0) memcpy(tuple->items, values, count * sizeof(Value));
    return tuple;
}

Tuple *tuple_from_list(VM *vm, List *list) {
    Tuple *tuple = tuple_from_values(vm, list->items, list->count);
    gc_keep(list);
    return tuple;
}

Tuple *tuple_pack(VM *vm, int count, ...) {
    Tuple *tuple = tuple_new(vm, (size_t)count);
    if (tuple == NULL) return NULL;
    va_list values;
    va_start(values, count);
    for (int i = 0; i < count; i++) tuple->items[i] = va_arg(values, Value);
    va_end(values);
    return tuple;
}

Tuple *tuple_concat(VM *vm, Tuple *a, Tuple *b) {
    if (b->count == 0 && a->head.shape->cls == vm->types.tuple) return a;
    if (a->count == 0 && b->head.shape->cls == vm->types.tuple) return b;
    Tuple *tuple = tuple_new(vm, a->count + b->count);
    if (tuple == NULL) return NULL;
    memcpy(tuple->items, a->items, a->count * sizeof(Value));
    memcpy(tuple->items + a->count, b->items, b->count * sizeof(Value));
    return tuple;
}

Tuple *tuple_repeat(VM *vm, Tuple *tuple, ptrdiff_t times) {
    if (times <= 0 || tuple->count == 0) return tuple_new(vm, 0);
    if (times == 1 && tuple->head.shape->cls == vm->types.tuple) return tuple;
    size_t count;
    if (!size_for(vm, tuple->count, (size_t)times, 0, &count) || !vm_charge(vm, count / 16)) return NULL;
    Tuple *result = tuple_new(vm, count);
    if (result == NULL) return NULL;
    return values_fill_repeated(vm, result->items, tuple->items, tuple->count, (size_t)times) ? result : NULL;
}

Tuple *tuple_get_slice(VM *vm, Tuple *tuple, Slice *slice) {
    ptrdiff_t start, stop, step;
    if (!slice_unpack(vm, slice, &start, &stop, &step)) return NULL;
    size_t count = slice_adjust(tuple->count, &start, &stop, step);
    if (count == tuple->count && step == 1 && tuple->head.shape->cls == vm->types.tuple) return tuple;
    Tuple *result = tuple_new(vm, count);
    if (result == NULL) return NULL;
    for (size_t i = 0; i < count; i++) result->items[i] = tuple->items[start + (ptrdiff_t)i * step];
    return result;
}

// ---- comparison, hash, text

Value tuple_compare(VM *vm, CompareOp op, Tuple *a, Tuple *b) {
    if (!stack_check_while(vm, " in comparison")) return ERROR;
    size_t shorter = a->count < b->count ? a->count : b->count;
    for (size_t i = 0; i < shorter; i++) {
        Value left = a->items[i], right = b->items[i];
        if (value_same(left, right)) continue;
        int equal = both_int(left, right) ? 0 : values_equal(vm, left, right);
        if (equal < 0) return ERROR;
        if (!equal) {
            if (op == COMPARE_EQ || op == COMPARE_NE) return from_bool(op == COMPARE_NE);
            return compare_values(vm, op, left, right);
        }
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    switch (op) {
    case COMPARE_LT: return from_bool(a->count < b->count);
    case COMPARE_LE: return from_bool(a->count <= b->count);
    case COMPARE_EQ: return from_bool(a->count == b->count);
    case COMPARE_NE: return from_bool(a->count != b->count);
    case COMPARE_GT: return from_bool(a->count > b->count);
    case COMPARE_GE: return from_bool(a->count >= b->count);
    }
    return NOT_IMPLEMENTED;
}

// The mixing steps of xxHash with 64-bit lanes, as in CPython: hash((1, 2)) is the same number there and here.
bool tuple_hash(VM *vm, Tuple *tuple, int64_t *out_hash) {
    const uint64_t prime1 = UINT64_C(11400714785074694791), prime2 = UINT64_C(14029467366897019727), prime5 = UINT64_C(2870177450012600261);
    uint64_t sum = prime5;
    if (!stack_check(vm)) return false;
    for (size_t i = 0; i < tuple->count; i++) {
        int64_t lane;
        if (!hash_value(vm, tuple->items[i], &lane)) return false;
        sum += (uint64_t)lane * prime2;
        sum = sum << 31 | sum >> 33;
        sum *= prime1;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return false;
    }
    sum += tuple->count ^ (prime5 ^ UINT64_C(3527539));
    *out_hash = sum == UINT64_MAX ? INT64_C(1546275796) : (int64_t)sum;
    return true;
}

static Value tuple_dunder_hash(VM *vm, const Value *args, int argc) {
    int64_t hash;
    return tuple_hash(vm, to_tuple(args[0]), &hash) ? hash_as_int(vm, hash) : ERROR;
}

static Value tuple_richcompare(VM *vm, CompareOp op, const Value *args) {
    return is_tuple(args[1]) ? tuple_compare(vm, op, to_tuple(args[0]), to_tuple(args[1])) : NOT_IMPLEMENTED;
}
static Value tuple_eq(VM *vm, const Value *args, int argc) { return tuple_richcompare(vm, COMPARE_EQ, args); }
static Value tuple_ne(VM *vm, const Value *args, int argc) { return tuple_richcompare(vm, COMPARE_NE, args); }
static Value tuple_lt(VM *vm, const Value *args, int argc) { return tuple_richcompare(vm, COMPARE_LT, args); }
static Value tuple_le(VM *vm, const Value *args, int argc) { return tuple_richcompare(vm, COMPARE_LE, args); }
static Value tuple_gt(VM *vm, const Value *args, int argc) { return tuple_richcompare(vm, COMPARE_GT, args); }
static Value tuple_ge(VM *vm, const Value *args, int argc) { return tuple_richcompare(vm, COMPARE_GE, args); }

static Value tuple_repr(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(args[0]);
    if (tuple->count == 0) return object_or_error(str_new_ascii(vm, "()", 2));
    if (!stack_check_while(vm, " while getting the repr of an object")) return ERROR;
    if (!repr_enter(vm, tuple)) return is_raised(vm) ? ERROR : object_or_error(str_new_ascii(vm, "(...)", 5));
    StrBuilder b = STR_BUILDER(vm);
    str_builder_add_c(&b, "(");
    bool fine = true;
    for (size_t i = 0; fine && i < tuple->count; i++) {
        if (i > 0) str_builder_add_c(&b, ", ");
        Str *text = value_repr(vm, tuple->items[i]);
        fine = text != NULL && str_builder_add_str(&b, text) && vm_charge(vm, 1);
    }
    repr_leave(vm, tuple);
    if (!fine) {
        str_builder_cancel(&b);
        return ERROR;
    }
    str_builder_add_c(&b, tuple->count == 1 ? ",)" : ")");
    return object_or_error(str_builder_finish(&b));
}

// ---- methods

static Value tuple_dunder_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Tuple *items = arg_given(args, argc, 1) ? tuple_from_iterable(vm, args[1]) : tuple_new(vm, 0);
    if (items == NULL || cls == vm->types.tuple) return object_or_error(items);
    size_t size;
    if (!size_for(vm, items->count, sizeof(Value), sizeof(Tuple), &size)) return ERROR;
    Tuple *tuple = object_new_of(vm, cls, size);
    if (tuple == NULL) return ERROR;
    tuple->count = items->count;
    memcpy(tuple->items, items->items, items->count * sizeof(Value));
    return from_object(tuple);
}

static Value tuple_getitem(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(args[0]);
    if (is_slice(args[1])) return object_or_error(tuple_get_slice(vm, tuple, to_slice(args[1])));
    ptrdiff_t index;
    if (!is_int(args[1]) && !has_index(vm, args[1])) return raise_type_error(vm, "tuple indices must be integers or slices, not %T", args[1]);
    if (!index_as_ssize(vm, args[1], &index)) return ERROR;
    if (index < 0) index += (ptrdiff_t)tuple->count;
    if (index < 0 || (size_t)index >= tuple->count) return raise_error(vm, vm->exc.IndexError, "tuple index out of range");
    return tuple->items[index];
}

static Value tuple_len(VM *vm, const Value *args, int argc) { return from_int((int64_t)to_tuple(args[0])->count); }

// Index of the first item equal to `item`: -1 absent, -2 error.
static ptrdiff_t tuple_find(VM *vm, Tuple *tuple, Value item, size_t start, size_t stop) {
    for (size_t i = start; i < stop && i < tuple->count; i++) {
        int equal = values_equal(vm, tuple->items[i], item);
        if (equal != 0) return equal < 0 ? -2 : (ptrdiff_t)i;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return -2;
    }
    return -1;
}

static Value tuple_contains(VM *vm, const Value *args, int argc) {
    ptrdiff_t found = tuple_find(vm, to_tuple(args[0]), args[1], 0, SIZE_MAX);
    return found == -2 ? ERROR : from_bool(found >= 0);
}

static Value tuple_iter(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_TUPLE, args[0]); }

static Value tuple_add(VM *vm, const Value *args, int argc) {
    if (!is_tuple(args[1])) return raise_type_error(vm, "can only concatenate tuple (not \"%T\") to tuple", args[1]);
    return object_or_error(tuple_concat(vm, to_tuple(args[0]), to_tuple(args[1])));
}

static Value tuple_mul(VM *vm, const Value *args, int argc) {
    ptrdiff_t times;
    return count_for_repeat(vm, args[1], &times) ? object_or_error(tuple_repeat(vm, to_tuple(args[0]), times)) : ERROR;
}

static Value tuple_count(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(args[0]);
    int64_t count = 0;
    for (size_t i = 0; i < tuple->count; i++) {
        int equal = values_equal(vm, tuple->items[i], args[1]);
        if (equal < 0) return ERROR;
        count += equal;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
    return from_int(count);
}

static Value tuple_index(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(args[0]);
    size_t start, stop;
    if (!index_range(vm, arg_or(args, argc, 2, UNDEFINED), arg_or(args, argc, 3, UNDEFINED), tuple->count, &start, &stop)) return ERROR;
    ptrdiff_t found = tuple_find(vm, tuple, args[1], start, stop);
    if (found == -1) return raise_value_error(vm, "tuple.index(x): x not in tuple");
    return found == -2 ? ERROR : from_int(found);
}

static Value tuple_getnewargs(VM *vm, const Value *args, int argc) {
    Tuple *plain = tuple_from_values(vm, to_tuple(args[0])->items, to_tuple(args[0])->count);
    return plain == NULL ? ERROR : object_or_error(tuple_pack(vm, 1, from_object(plain)));
}

static const NativeDef tuple_methods[] = {
    {"__new__(cls, iterable=(), /)", tuple_dunder_new, NULL, NATIVE_NEW},
    {"__repr__(self, /)", tuple_repr, NULL, 0},
    {"__hash__(self, /)", tuple_dunder_hash, NULL, 0},
    {"__eq__(self, value, /)", tuple_eq, NULL, 0},
    {"__ne__(self, value, /)", tuple_ne, NULL, 0},
    {"__lt__(self, value, /)", tuple_lt, NULL, 0},
    {"__le__(self, value, /)", tuple_le, NULL, 0},
    {"__gt__(self, value, /)", tuple_gt, NULL, 0},
    {"__ge__(self, value, /)", tuple_ge, NULL, 0},
    {"__len__(self, /)", tuple_len, NULL, 0},
    {"__getitem__(self, key, /)", tuple_getitem, NULL, 0},
    {"__contains__(self, key, /)", tuple_contains, NULL, 0},
    {"__iter__(self, /)", tuple_iter, NULL, 0},
    {"__add__(self, value, /)", tuple_add, NULL, 0},
    {"__mul__(self, value, /)", tuple_mul, NULL, 0},
    {"__rmul__(self, value, /)", tuple_mul, NULL, 0},
    {"__getnewargs__(self, /)", tuple_getnewargs, NULL, 0},
    {"__class_getitem__(cls, item, /)", generic_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {"count(self, value, /)", tuple_count, "How many items equal the value.", 0},
    {"index(self, value, start=0, stop=9223372036854775807, /)", tuple_index, "Position of the first item that equals the value; ValueError if none does.", 0},
    {0},
};

static Value tuple_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc > 1) return UNDEFINED;
    return object_or_error(argc == 0 ? tuple_new(vm, 0) : tuple_from_iterable(vm, args[0]));
}

bool tuple_init(VM *vm) {
    static const char doc[] = "tuple(iterable=(), /)\n\nAn immutable sequence of the iterable's items.";
    vm->types.tuple->construct = tuple_construct;
    return type_define(vm, &(TypeDef){.where = &vm->types.tuple, .doc = doc, .instance_size = sizeof(Tuple), .methods = tuple_methods,
                                      .flags = CLASS_BASETYPE | CLASS_SEQUENCE | CLASS_MATCH_SELF});
}
