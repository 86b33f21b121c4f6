// Comparison, hash, truth and `in`: built-in kinds right away, then the methods of the classes.
#include "vm/ops.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/function.h"
#include "vm/types/int.h"
#include "vm/types/str.h"
#include "vm/warnings.h"

#include <math.h>

enum { CHARGE_INTERVAL = 4096 };

// ---- comparison

static const struct { Special forward, reflected; const char *sign; } comparisons[] = {
    [COMPARE_LT] = {SPECIAL_LT, SPECIAL_GT, "<"}, [COMPARE_LE] = {SPECIAL_LE, SPECIAL_GE, "<="}, [COMPARE_EQ] = {SPECIAL_EQ, SPECIAL_EQ, "=="},
    [COMPARE_NE] = {SPECIAL_NE, SPECIAL_NE, "!="}, [COMPARE_GT] = {SPECIAL_GT, SPECIAL_LT, ">"}, [COMPARE_GE] = {SPECIAL_GE, SPECIAL_LE, ">="},
};

static inline Value from_order(CompareOp op, int order) {
    switch (op) {
    case COMPARE_LT: return from_bool(order < 0);
    case COMPARE_LE: return from_bool(order <= 0);
    case COMPARE_EQ: return from_bool(order == 0);
    case COMPARE_NE: return from_bool(order != 0);
    case COMPARE_GT: return from_bool(order > 0);
    default: return from_bool(order >= 0);
    }
}

static inline Value compare_doubles(CompareOp op, double a, double b) {
    switch (op) {
    case COMPARE_LT: return from_bool(a < b);
    case COMPARE_LE: return from_bool(a <= b);
    case COMPARE_EQ: return from_bool(a == b);
    case COMPARE_NE: return from_bool(a != b);
    case COMPARE_GT: return from_bool(a > b);
    default: return from_bool(a >= b);
    }
}

// An int against a float: exact, also where the int has more digits than a double.
static Value compare_int_double(CompareOp op, Value i, double d) {
    if (isnan(d)) return from_bool(op == COMPARE_NE);
    if (isinf(d)) return from_order(op, d > 0 ? -1 : 1);
    return from_order(op, int_compare_double(i, d));
}

static CompareOp mirrored(CompareOp op) {
    static const CompareOp table[] = {COMPARE_GT, COMPARE_GE, COMPARE_EQ, COMPARE_NE, COMPARE_LT, COMPARE_LE};
    return table[op];
}

static Value compare_numbers(VM *vm, CompareOp op, Value a, Value b) {
    bool float_a = is_any_float(a), float_b = is_any_float(b);
    if (float_a && float_b) return compare_doubles(op, float_value(a), float_value(b));
    Value int_a = float_a ? UNDEFINED : int_or_bool(a), int_b = float_b ? UNDEFINED : int_or_bool(b);
    if (!float_a && is_undefined(int_a)) return UNDEFINED;
    if (!float_b && is_undefined(int_b)) return UNDEFINED;
    if (float_a) return compare_int_double(mirrored(op), int_b, float_value(a));
    if (float_b) return compare_int_double(op, int_a, float_value(b));
    if (is_bigint(int_a)) vm_spend_bytes(vm, to_bigint(int_a)->count * sizeof(Limb));
    return from_order(op, int_compare(int_a, int_b));
}

static Value equality(CompareOp op, int equal) {
    if (equal < 0) return ERROR;
    return from_bool(op == COMPARE_EQ ? equal : !equal);
}

static Value compare_strs(VM *vm, CompareOp op, Str *a, Str *b) {
    if (str_data(vm, a) == NULL || str_data(vm, b) == NULL) return ERROR;
    vm_spend_bytes(vm, a->size < b->size ? a->size : b->size);
    if (op == COMPARE_EQ || op == COMPARE_NE) return equality(op, a->size == b->size && memcmp(a->data, b->data, a->size) == 0);
    return from_order(op, str_compare(vm, a, b));
}

static Value compare_bytes(VM *vm, CompareOp op, Bytes *a, Bytes *b) {
    vm_spend_bytes(vm, a->size < b->size ? a->size : b->size);
    int order = memcmp(a->data, b->data, a->size < b->size ? a->size : b->size);
    if (order == 0) order = (a->size > b->size) - (a->size < b->size);
    return from_order(op, order);
}

Value compare_builtin(VM *vm, CompareOp op, Value a, Value b) {
    if (both_int(a, b)) return from_order(op, ((int64_t)a.bits > (int64_t)b.bits) - ((int64_t)a.bits < (int64_t)b.bits));
    if (is_object(a) && is_object(b)) {
        Object *x = to_object(a), *y = to_object(b);
        // Instances of Python subclasses may have methods of their own.
        if ((x->shape->cls->flags | y->shape->cls->flags) & CLASS_HEAP) return UNDEFINED;
        if (x->kind == y->kind) {
            switch (x->kind) {
            case KIND_STR: return compare_strs(vm, op, (Str *)x, (Str *)y);
            case KIND_TUPLE: return tuple_compare(vm, op, (Tuple *)x, (Tuple *)y);
            case KIND_LIST: return list_compare(vm, op, (List *)x, (List *)y);
            case KIND_BYTES: return compare_bytes(vm, op, (Bytes *)x, (Bytes *)y);
            case KIND_SET: case KIND_FROZENSET: return set_compare(vm, op, (Set *)x, (Set *)y);
            case KIND_DICT: return op == COMPARE_EQ || op == COMPARE_NE ? equality(op, dict_equal(vm, (Dict *)x, (Dict *)y)) : UNDEFINED;
            case KIND_BIGINT: case KIND_FLOAT: return compare_numbers(vm, op, a, b);
            default: return UNDEFINED;
            }
        }
        return compare_numbers(vm, op, a, b);
    }
    if ((is_object(a) && to_object(a)->shape->cls->flags & CLASS_HEAP) || (is_object(b) && to_object(b)->shape->cls->flags & CLASS_HEAP))
        return UNDEFINED;
    Value result = compare_numbers(vm, op, a, b);
    if (!is_undefined(result) || (op != COMPARE_EQ && op != COMPARE_NE)) return result;
    // None equals itself alone; built-in types other than host classes have nothing to say about it.
    if ((is_none(a) && !is_kind(b, KIND_HOST)) || (is_none(b) && !is_kind(a, KIND_HOST))) return from_bool(value_same(a, b) == (op == COMPARE_EQ));
    return UNDEFINED;
}

static Value compare_call(VM *vm, Special special, Value self, Value other) {
    Value result = call_special(vm, self, special, &other, 1);
    return is_undefined(result) ? NOT_IMPLEMENTED : result;
}

static bool special_is_objects(VM *vm, Class *cls, Special special) {
    Value method = class_special(vm, cls, special);
    return is_undefined(method) || (is_native(method) && to_native(method)->owner == vm->types.object);
}

// type(a).__op__(a, b) and the reflected method of b, in the order that the classes demand.
static Value compare_by_methods(VM *vm, CompareOp op, Value a, Value b) {
    Class *class_a = class_of(vm, a), *class_b = class_of(vm, b);
    Special forward = comparisons[op].forward, reflected = comparisons[op].reflected;
    bool reflected_done = false;
    if (class_a != class_b && class_is_subclass(class_b, class_a) && !special_is_objects(vm, class_b, reflected)) {
        reflected_done = true;
        Value result = compare_call(vm, reflected, b, a);
        if (!value_same(result, NOT_IMPLEMENTED)) return result;
    }
    Value result = compare_call(vm, forward, a, b);
    if (!value_same(result, NOT_IMPLEMENTED)) return result;
    if (!reflected_done) {
        result = compare_call(vm, reflected, b, a);
        if (!value_same(result, NOT_IMPLEMENTED)) return result;
    }
    if (op == COMPARE_EQ) return from_bool(value_same(a, b));
    if (op == COMPARE_NE) return from_bool(!value_same(a, b));
    return raise_type_error(vm, "'%s' not supported between instances of '%T' and '%T'", comparisons[op].sign, a, b);
}

Value compare_values(VM *vm, CompareOp op, Value a, Value b) {
    Value result = compare_builtin(vm, op, a, b);
    if (!is_undefined(result)) return result;
    if (!stack_check_while(vm, " in comparison")) return ERROR;
    return compare_by_methods(vm, op, a, b);
}

int values_equal(VM *vm, Value a, Value b) {
    if (value_same(a, b)) return 1;
    if (both_int(a, b)) return 0;
    Value result = compare_values(vm, COMPARE_EQ, a, b);
    if (is_bool(result)) return is_true_value(result);
    return is_error(result) ? -1 : value_is_true(vm, result);
}

int value_less(VM *vm, Value a, Value b) {
    if (both_int(a, b)) return int_less(a, b);
    Value result = compare_values(vm, COMPARE_LT, a, b);
    if (is_bool(result)) return is_true_value(result);
    return is_error(result) ? -1 : value_is_true(vm, result);
}

// ---- hash

static const int64_t HASH_MODULUS = (INT64_C(1) << 61) - 1;

// The address mixed with the VM's key: equal for one object all its life, and no address to be seen. Where the host has fixed the key, it
// wants the same on every run: then it is the serial number of id(), which costs an entry in a table.
int64_t hash_identity(VM *vm, Value v) {
    uint64_t x = v.bits;
    if (vm->hash_is_fixed && is_object(v)) {
        int64_t id = object_id(vm, v);
        if (id < 0) raised_clear(vm);   // no memory for the table: hashing cannot fail here
        x = (uint64_t)id;
    }
    x ^= vm->hash_key[0];
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 32) * (vm->hash_key[1] | 1);
    return (int64_t)((x ^ x >> 29) & (uint64_t)HASH_MODULUS);
}

static int64_t hash_of_float(VM *vm, Value v) {
    double d = float_value(v);
    return isnan(d) ? hash_identity(vm, v) : float_hash(d);
}

// The result of a __hash__ written in Python.
bool hash_from_result(VM *vm, Value result, int64_t *out) {
    if (is_error(result)) return false;
    Value number = int_or_bool(result);
    if (is_undefined(number)) {
        raise_type_error(vm, "__hash__ method should return an integer");
        return false;
    }
    if (!int_as_i64(number, out)) *out = int_hash(number);
    if (*out == -1) *out = -2;
    return true;
}

static bool hash_by_method(VM *vm, Value v, int64_t *out) {
    Class *cls = class_of(vm, v);
    Value method = class_special(vm, cls, SPECIAL_HASH);
    if (is_undefined(method) || (is_native(method) && to_native(method)->owner == vm->types.object)) {
        *out = hash_identity(vm, v);
        return true;
    }
    if (is_none(method)) {
        raise_type_error(vm, "unhashable type: '%C'", cls);
        return false;
    }
    if (!stack_check(vm)) return false;
    return hash_from_result(vm, call_special(vm, v, SPECIAL_HASH, NULL, 0), out);
}

bool hash_value(VM *vm, Value v, int64_t *out) {
    if (is_int(v)) {
        *out = int_hash(v);
        return true;
    }
    if (is_object(v)) {
        Object *object = to_object(v);
        if (!(object->shape->cls->flags & CLASS_HEAP)) {
            switch (object->kind) {
            case KIND_STR:
                if (str_data(vm, (Str *)object) == NULL) return false;
                *out = str_hash(vm, (Str *)object);
                return true;
            case KIND_TUPLE: return tuple_hash(vm, (Tuple *)object, out);
            case KIND_FROZENSET: return frozenset_hash(vm, (Set *)object, out);
            case KIND_BIGINT:
                vm_spend_bytes(vm, to_bigint(v)->count * sizeof(Limb));
                *out = int_hash(v);
                return true;
            case KIND_FLOAT: *out = hash_of_float(vm, v); return true;
            }
        }
        return hash_by_method(vm, v, out);
    }
    if (is_inline_float(v)) *out = float_hash(to_double(v));
    else if (is_bool(v)) *out = is_true_value(v);
    else *out = is_none(v) ? 0xfca86420 : hash_identity(vm, v);
    return true;
}

// ---- truth

int truth_of_length(VM *vm, Value result) {
    if (is_error(result)) return -1;
    Value number = value_index(vm, result);
    if (is_error(number)) return -1;
    if (int_sign(number) < 0) {
        raise_value_error(vm, "__len__() should return >= 0");
        return -1;
    }
    if (!is_int(number)) {
        raise_error(vm, vm->exc.OverflowError, "cannot fit '%T' into an index-sized integer", result);
        return -1;
    }
    return int_sign(number) != 0;
}

static int truth_by_methods(VM *vm, Value v) {
    Class *cls = class_of(vm, v);
    Value method = class_special(vm, cls, SPECIAL_BOOL);
    if (!is_undefined(method)) {
        Value result = call_special(vm, v, SPECIAL_BOOL, NULL, 0);
        if (is_bool(result)) return is_true_value(result);
        if (!is_error(result)) raise_type_error(vm, "__bool__ should return bool, returned %T", result);
        return -1;
    }
    if (is_undefined(class_special(vm, cls, SPECIAL_LEN))) return 1;
    return truth_of_length(vm, call_special(vm, v, SPECIAL_LEN, NULL, 0));
}

// Ellipsis and NotImplemented are true, but NotImplemented should not be asked.
static int truth_of_singleton(VM *vm, Value v) {
    if (!value_same(v, NOT_IMPLEMENTED)) return 1;
    return vm_warn(vm, vm->exc.DeprecationWarning, 1, "NotImplemented should not be used in a boolean context") ? 1 : -1;
}

int value_is_true(VM *vm, Value v) {
    if (is_bool(v)) return is_true_value(v);
    if (is_none(v)) return 0;
    if (is_int(v)) return v.bits != from_int(0).bits;
    if (is_inline_float(v)) return to_double(v) != 0;
    if (!is_object(v)) return truth_of_singleton(vm, v);
    Object *object = to_object(v);
    if (!(object->shape->cls->flags & CLASS_HEAP)) {
        switch (object->kind) {
        case KIND_STR: return ((Str *)object)->size != 0;
        case KIND_LIST: return ((List *)object)->count != 0;
        case KIND_TUPLE: return ((Tuple *)object)->count != 0;
        case KIND_DICT: return ((Dict *)object)->count != 0;
        case KIND_SET: case KIND_FROZENSET: return ((Set *)object)->count != 0;
        case KIND_BYTES: return ((Bytes *)object)->size != 0;
        case KIND_BIGINT: return int_sign(v) != 0;
        case KIND_FUNCTION: case KIND_METHOD: case KIND_MODULE: case KIND_EXCEPTION: return 1;
        }
    }
    return truth_by_methods(vm, v);
}

// ---- in

static int items_contain(VM *vm, Value container, Value item) {
    for (size_t i = 0;; i++) {   // the list may change while its items are compared
        size_t count = is_list(container) ? to_list(container)->count : to_tuple(container)->count;
        if (i >= count) return 0;
        int equal = values_equal(vm, is_list(container) ? to_list(container)->items[i] : to_tuple(container)->items[i], item);
        if (equal != 0) return equal;
        if ((i + 1) % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return -1;
    }
}

static int contains_by_iteration(VM *vm, Value container, Value item) {
    Value iter_method = class_special(vm, class_of(vm, container), SPECIAL_ITER);
    bool iterable = is_undefined(iter_method) ? !is_undefined(class_special(vm, class_of(vm, container), SPECIAL_GETITEM)) : !is_none(iter_method);
    if (!iterable) {
        raise_type_error(vm, "argument of type '%T' is not iterable", container);
        return -1;
    }
    Iteration it;
    if (!iter_begin(vm, &it, container)) return -1;
    Value found;
    while (iter_step(vm, &it, &found)) {
        int equal = values_equal(vm, found, item);
        if (equal != 0) return equal;
    }
    return it.failed ? -1 : 0;
}

int value_contains(VM *vm, Value container, Value item) {
    Class *cls = class_of(vm, container);
    if (is_object(container) && !(cls->flags & CLASS_HEAP)) {
        switch (to_object(container)->kind) {
        case KIND_LIST: case KIND_TUPLE: return items_contain(vm, container, item);
        case KIND_DICT: return dict_contains(vm, to_dict(container), item);
        case KIND_STR: return str_contains(vm, to_str(container), item);
        case KIND_RANGE: return range_contains(vm, to_range(container), item);
        }
    }
    Value method = class_special(vm, cls, SPECIAL_CONTAINS);
    if (is_none(method)) {
        raise_type_error(vm, "'%C' object is not a container", cls);
        return -1;
    }
    if (is_undefined(method)) return contains_by_iteration(vm, container, item);
    Value result = call_special(vm, container, SPECIAL_CONTAINS, &item, 1);
    if (is_bool(result)) return is_true_value(result);
    return is_error(result) ? -1 : value_is_true(vm, result);
}
