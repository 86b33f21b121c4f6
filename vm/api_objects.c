// The public API: what Python's operators and built-ins do with values.
#include "vm/api_internal.h"

#include "vm/call.h"
#include "vm/types/exception.h"

// ---- attributes

CoilValue coil_get_attr(CoilVM *coil, CoilValue object, const char *name) {
    VM *vm = vm_of(coil);
    GIVEN(value, object, NO_HANDLE);
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    CoilValue result = handle(vm, key == NULL ? ERROR : attr_get(vm, value, key));
    LEAVE_WITH(vm, result);
}

// Gives *out unless the value is UNDEFINED or ERROR.
static CoilStatus found(VM *vm, Value v, CoilValue *out) {
    if (is_undefined(v)) return COIL_ABSENT;
    CoilValue result = handle(vm, v);
    if (coil_is_error(result)) return COIL_RAISED;
    *out = result;
    return COIL_OK;
}

CoilStatus coil_find_attr(CoilVM *coil, CoilValue object, const char *name, CoilValue *out) {
    VM *vm = vm_of(coil);
    GIVEN(value, object, COIL_RAISED);
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    CoilStatus status = found(vm, key == NULL ? ERROR : attr_get_optional(vm, value, key), out);
    LEAVE_WITH(vm, status);
}

CoilStatus coil_set_attr(CoilVM *coil, CoilValue object, const char *name, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, object, COIL_RAISED);
    GIVEN(attribute, v, COIL_RAISED);
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    CoilStatus status = status_of(key != NULL && attr_set(vm, value, key, attribute));
    LEAVE_WITH(vm, status);
}

CoilStatus coil_delete_attr(CoilVM *coil, CoilValue object, const char *name) {
    VM *vm = vm_of(coil);
    GIVEN(value, object, COIL_RAISED);
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    CoilStatus status = status_of(key != NULL && attr_delete(vm, value, key));
    LEAVE_WITH(vm, status);
}

// ---- items

CoilValue coil_get_item(CoilVM *coil, CoilValue object, CoilValue key) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, NO_HANDLE);
    GIVEN(key_value, key, NO_HANDLE);
    API_VALUE(item_get(vm, container, key_value));
}

// item_get, with UNDEFINED for a LookupError.
static Value item_find(VM *vm, Value container, Value key) {
    Value v = is_error(key) ? ERROR : item_get(vm, container, key);
    if (!is_error(v) || !raised_matches(vm, vm->exc.LookupError)) return v;
    raised_clear(vm);
    return UNDEFINED;
}

CoilStatus coil_find_item(CoilVM *coil, CoilValue object, CoilValue key, CoilValue *out) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, COIL_RAISED);
    GIVEN(key_value, key, COIL_RAISED);
    ENTER(vm);
    CoilStatus status = found(vm, item_find(vm, container, key_value), out);
    LEAVE_WITH(vm, status);
}

CoilStatus coil_set_item(CoilVM *coil, CoilValue object, CoilValue key, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, COIL_RAISED);
    GIVEN(key_value, key, COIL_RAISED);
    GIVEN(item, v, COIL_RAISED);
    API_STATUS(item_set(vm, container, key_value, item));
}

CoilStatus coil_delete_item(CoilVM *coil, CoilValue object, CoilValue key) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, COIL_RAISED);
    GIVEN(key_value, key, COIL_RAISED);
    API_STATUS(item_delete(vm, container, key_value));
}

static Value key_value_of(VM *vm, const char *key) {
    Str *text = str_from_latin1_or_utf8(vm, key, strlen(key), "strict");
    return text == NULL ? ERROR : from_object(text);
}

static Value key_get(VM *vm, Value container, const char *key) {
    Value text = key_value_of(vm, key);
    return is_error(text) ? ERROR : item_get(vm, container, text);
}

CoilValue coil_get_key(CoilVM *coil, CoilValue object, const char *key) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, NO_HANDLE);
    API_VALUE(key_get(vm, container, key));
}

CoilStatus coil_find_key(CoilVM *coil, CoilValue object, const char *key, CoilValue *out) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, COIL_RAISED);
    ENTER(vm);
    CoilStatus status = found(vm, item_find(vm, container, key_value_of(vm, key)), out);
    LEAVE_WITH(vm, status);
}

static bool key_set(VM *vm, Value container, const char *key, Value item) {
    Value text = key_value_of(vm, key);
    return !is_error(text) && item_set(vm, container, text, item);
}

CoilStatus coil_set_key(CoilVM *coil, CoilValue object, const char *key, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, COIL_RAISED);
    GIVEN(item, v, COIL_RAISED);
    API_STATUS(key_set(vm, container, key, item));
}

CoilValue coil_get_index(CoilVM *coil, CoilValue object, ptrdiff_t index) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, NO_HANDLE);
    if (!int_fits(index)) index = index < 0 ? (ptrdiff_t)INT_INLINE_MIN : (ptrdiff_t)INT_INLINE_MAX;
    API_VALUE(item_get(vm, container, from_int(index)));
}

CoilStatus coil_set_index(CoilVM *coil, CoilValue object, ptrdiff_t index, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, COIL_RAISED);
    GIVEN(item, v, COIL_RAISED);
    if (!int_fits(index)) index = index < 0 ? (ptrdiff_t)INT_INLINE_MIN : (ptrdiff_t)INT_INLINE_MAX;
    API_STATUS(item_set(vm, container, from_int(index), item));
}

static bool append(VM *vm, Value list, Value item) {
    if (!is_list(list)) return raise_type_error(vm, "expected list, not %T", list), false;
    return list_append(vm, to_list(list), item);
}

CoilStatus coil_append(CoilVM *coil, CoilValue list, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(container, list, COIL_RAISED);
    GIVEN(item, v, COIL_RAISED);
    API_STATUS(append(vm, container, item));
}

static bool add_to_set(VM *vm, Value set, Value item) {
    if (!is_kind(set, KIND_SET)) return raise_type_error(vm, "expected set, not %T", set), false;
    return set_add(vm, to_set(set), item);
}

CoilStatus coil_set_add(CoilVM *coil, CoilValue set, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(container, set, COIL_RAISED);
    GIVEN(item, v, COIL_RAISED);
    API_STATUS(add_to_set(vm, container, item));
}

ptrdiff_t coil_length(CoilVM *coil, CoilValue object) {
    VM *vm = vm_of(coil);
    GIVEN(container, object, -1);
    ENTER(vm);
    ptrdiff_t length = value_length(vm, container);
    LEAVE_WITH(vm, length);
}

int coil_contains(CoilVM *coil, CoilValue container, CoilValue item) {
    VM *vm = vm_of(coil);
    GIVEN(container_value, container, -1);
    GIVEN(item_value, item, -1);
    ENTER(vm);
    int result = value_contains(vm, container_value, item_value);
    LEAVE_WITH(vm, result);
}

// ---- iteration

CoilValue coil_iter(CoilVM *coil, CoilValue iterable) {
    VM *vm = vm_of(coil);
    GIVEN(value, iterable, NO_HANDLE);
    API_VALUE(iter_get(vm, value));
}

CoilStatus coil_next(CoilVM *coil, CoilValue iterator, CoilValue *out_item) {
    VM *vm = vm_of(coil);
    GIVEN(value, iterator, COIL_RAISED);
    ENTER(vm);
    Value item = iter_next_value(vm, value);
    CoilStatus status = found(vm, is_stop(item) ? UNDEFINED : item, out_item);
    LEAVE_WITH(vm, status);
}

CoilStatus coil_dict_next(CoilVM *coil, CoilValue dict, size_t *position, CoilValue *out_key, CoilValue *out_value) {
    VM *vm = vm_of(coil);
    GIVEN(container, dict, COIL_RAISED);
    ENTER(vm);
    Value key, value;
    CoilStatus status = COIL_RAISED;
    if (!is_dict(container)) raise_type_error(vm, "expected dict, not %T", container);
    else if (!dict_next(to_dict(container), position, &key, &value)) status = COIL_ABSENT;
    else if ((status = found(vm, key, out_key)) == COIL_OK) status = found(vm, value, out_value);
    LEAVE_WITH(vm, status);
}

// ---- comparisons and operators

_Static_assert((int)COIL_LT == (int)COMPARE_LT && (int)COIL_LE == (int)COMPARE_LE && (int)COIL_EQ == (int)COMPARE_EQ &&
                   (int)COIL_NE == (int)COMPARE_NE && (int)COIL_GT == (int)COMPARE_GT && (int)COIL_GE == (int)COMPARE_GE,
               "comparisons are passed on");
_Static_assert((int)COIL_ADD == (int)BINARY_ADD && (int)COIL_MATMUL == (int)BINARY_MATMUL && (int)COIL_XOR == (int)BINARY_XOR &&
                   (int)COIL_DIVMOD == (int)BINARY_DIVMOD && (int)COIL_NEGATIVE == (int)UNARY_NEG && (int)COIL_ABS == (int)UNARY_ABS,
               "operators are passed on");

int coil_compare(CoilVM *coil, CoilValue left, CoilComparison comparison, CoilValue right) {
    VM *vm = vm_of(coil);
    GIVEN(left_value, left, -1);
    GIVEN(right_value, right, -1);
    ENTER(vm);
    Value result = compare_values(vm, (CompareOp)comparison, left_value, right_value);
    int truth = is_error(result) ? -1 : value_is_true(vm, result);
    LEAVE_WITH(vm, truth);
}

bool coil_same(CoilVM *coil, CoilValue left, CoilValue right) {
    Value left_value = value_of(vm_of(coil), left);
    return is_given(left_value) && value_same(left_value, value_of(vm_of(coil), right));
}

CoilValue coil_operate(CoilVM *coil, CoilValue left, CoilOperator operator_, CoilValue right) {
    VM *vm = vm_of(coil);
    GIVEN(left_value, left, NO_HANDLE);
    GIVEN(right_value, right, NO_HANDLE);
    API_VALUE(binary_op(vm, (BinaryOp)operator_, left_value, right_value, false));
}

CoilValue coil_operate_unary(CoilVM *coil, CoilUnary operator_, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NO_HANDLE);
    API_VALUE(unary_op(vm, (UnaryOp)operator_, value));
}

// ---- text, hash, types

CoilValue coil_to_str(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NO_HANDLE);
    API_OBJECT(value_str(vm, value));
}

CoilValue coil_repr(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NO_HANDLE);
    API_OBJECT(value_repr(vm, value));
}

static Value format_with(VM *vm, Value value, const char *spec) {
    Value text = key_value_of(vm, spec);
    return is_error(text) ? ERROR : value_format(vm, value, to_str(text));
}

CoilValue coil_format(CoilVM *coil, CoilValue v, const char *spec) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NO_HANDLE);
    API_VALUE(format_with(vm, value, spec));
}

CoilStatus coil_hash(CoilVM *coil, CoilValue v, int64_t *out) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    API_STATUS(hash_value(vm, value, out));
}

CoilValue coil_type(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, NO_HANDLE);
    return object_handle(vm, class_of(vm, value));
}

const char *coil_type_name(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    Value value = value_of(vm, v);
    if (!is_given(value)) return "?";
    ENTER(vm);
    const char *name = text_of(vm, class_name_of(vm, value));
    if (name == NULL) raised_clear(vm);
    LEAVE_WITH(vm, name == NULL ? "?" : name);
}

int coil_is_instance(CoilVM *coil, CoilValue v, CoilValue class_or_tuple) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, -1);
    GIVEN(classes, class_or_tuple, -1);
    ENTER(vm);
    int result = value_is_instance(vm, value, classes);
    LEAVE_WITH(vm, result);
}

bool coil_is_callable(CoilVM *coil, CoilValue v) {
    VM *vm = vm_of(coil);
    Value value = value_of(vm, v);
    return is_given(value) && is_callable(vm, value);
}
