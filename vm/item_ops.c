// a[b], a[b] = c, del a[b], len(a): built-in kinds right away, then the special methods.
#include "vm/ops.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/int.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

// ---- reading

// list[int], type[int] and classes with __class_getitem__.
static Value class_item(VM *vm, Value cls, Value key) {
    if (to_class(cls) == vm->types.type) return generic_alias_new(vm, cls, key);
    Value method = attr_get_optional(vm, cls, vm->names.__class_getitem__);
    if (is_error(method)) return ERROR;
    if (is_undefined(method)) return raise_type_error(vm, "type '%S' is not subscriptable", to_class(cls)->name);
    return call1(vm, method, key);
}

Value item_get(VM *vm, Value object, Value key) {
    Class *cls = class_of(vm, object);
    if (is_int(key)) {
        int64_t index = to_int(key);
        if (cls == vm->types.list) {
            List *list = to_list(object);
            if (index < 0) index += (int64_t)list->count;
            if (LIKELY((uint64_t)index < list->count)) return list->items[index];
        } else if (cls == vm->types.tuple) {
            Tuple *tuple = to_tuple(object);
            if (index < 0) index += (int64_t)tuple->count;
            if (LIKELY((uint64_t)index < tuple->count)) return tuple->items[index];
        }
    }
    if (cls == vm->types.dict) return dict_get_item(vm, to_dict(object), key);
    Value method = class_special(vm, cls, SPECIAL_GETITEM);
    if (is_undefined(method)) {
        if (is_class(object)) return class_item(vm, object, key);
        return raise_type_error(vm, "'%T' object is not subscriptable", object);
    }
    Value args[2] = {object, key};
    if (is_native_method(method, cls, 2)) return native_invoke(vm, to_native(method), args, 2);
    return call_special(vm, object, SPECIAL_GETITEM, &key, 1);
}

// ---- writing

bool item_set(VM *vm, Value object, Value key, Value value) {
    Class *cls = class_of(vm, object);
    if (cls == vm->types.list && is_int(key)) {
        List *list = to_list(object);
        int64_t index = to_int(key);
        if (index < 0) index += (int64_t)list->count;
        if (LIKELY((uint64_t)index < list->count)) {
            list->items[index] = value;
            gc_write_barrier_value(vm, list, value);
            return true;
        }
    }
    if (cls == vm->types.dict) return dict_set(vm, to_dict(object), key, value);
    Value method = class_special(vm, cls, SPECIAL_SETITEM);
    if (is_undefined(method)) {
        raise_type_error(vm, "'%T' object does not support item assignment", object);
        return false;
    }
    Value args[3] = {object, key, value};
    if (is_native_method(method, cls, 3)) return !is_error(native_invoke(vm, to_native(method), args, 3));
    return !is_error(call_special(vm, object, SPECIAL_SETITEM, args + 1, 2));
}

bool item_delete(VM *vm, Value object, Value key) {
    Class *cls = class_of(vm, object);
    Value method = class_special(vm, cls, SPECIAL_DELITEM);
    if (is_undefined(method)) {
        // CPython says it in two places: one for objects with some sequence operation when the key is an index, one for all others.
        Kind kind = kind_of(object);
        bool sequence = kind == KIND_STR || kind == KIND_TUPLE || kind == KIND_BYTES || kind == KIND_RANGE || kind == KIND_SET ||
                        kind == KIND_FROZENSET || kind == KIND_DICT_VIEW || (cls->flags & CLASS_HEAP);
        sequence = sequence && has_index(vm, key);
        raise_type_error(vm, sequence ? "'%T' object doesn't support item deletion" : "'%T' object does not support item deletion", object);
        return false;
    }
    Value args[2] = {object, key};
    if (is_native_method(method, cls, 2)) return !is_error(native_invoke(vm, to_native(method), args, 2));
    return !is_error(call_special(vm, object, SPECIAL_DELITEM, &key, 1));
}

// ---- len()

// Length of an instance of a built-in class itself; -1 for others (nothing is raised).
static ptrdiff_t builtin_length(Value v) {
    switch (kind_of(v)) {
    case KIND_LIST: return (ptrdiff_t)to_list(v)->count;
    case KIND_TUPLE: return (ptrdiff_t)to_tuple(v)->count;
    case KIND_DICT: return (ptrdiff_t)to_dict(v)->count;
    case KIND_SET:
    case KIND_FROZENSET: return (ptrdiff_t)to_set(v)->count;
    case KIND_STR: return (ptrdiff_t)to_str(v)->length;
    case KIND_BYTES: return (ptrdiff_t)to_bytes(v)->size;
    case KIND_BYTEARRAY: return (ptrdiff_t)to_bytearray(v)->size;
    default: return -1;
    }
}

ptrdiff_t value_length(VM *vm, Value object) {
    Class *cls = class_of(vm, object);
    if (LIKELY(!(cls->flags & CLASS_HEAP))) {
        ptrdiff_t length = builtin_length(object);
        if (length >= 0) return length;
    }
    Value result = call_special(vm, object, SPECIAL_LEN, NULL, 0);
    if (is_error(result)) return -1;
    if (is_undefined(result)) {
        raise_type_error(vm, "object of type '%T' has no len()", object);
        return -1;
    }
    return length_of_result(vm, result);
}

ptrdiff_t length_of_result(VM *vm, Value result) {
    Value index = value_index(vm, result);
    if (is_error(index)) return -1;
    int64_t length;
    if (int_sign(index) < 0) {
        raise_value_error(vm, "__len__() should return >= 0");
    } else if (!int_as_i64(index, &length)) {
        raise_error(vm, vm->exc.OverflowError, "cannot fit '%T' into an index-sized integer", result);
    } else {
        return (ptrdiff_t)length;
    }
    return -1;
}

// The result of __len__ or __length_hint__ that does not matter after all: TypeError counts as "unknown".
static ptrdiff_t hint_or_error(VM *vm, ptrdiff_t otherwise) {
    if (!raised_matches(vm, vm->exc.TypeError)) return -1;
    raised_clear(vm);
    return otherwise;
}

ptrdiff_t value_length_hint(VM *vm, Value object, ptrdiff_t otherwise) {
    Class *cls = class_of(vm, object);
    if (!(cls->flags & CLASS_HEAP)) {
        ptrdiff_t hint = is_iterator(object) ? iterator_length_hint(vm, to_iterator(object)) : builtin_length(object);
        if (hint >= 0) return hint;
        if (is_iterator(object)) return hint == -1 ? hint_or_error(vm, otherwise) : otherwise;
        if (is_kind(object, KIND_GENERATOR)) return otherwise;
    }
    if (!is_undefined(class_special(vm, cls, SPECIAL_LEN))) {
        ptrdiff_t length = value_length(vm, object);
        return length >= 0 ? length : hint_or_error(vm, otherwise);
    }
    Value hint = call_special(vm, object, SPECIAL_LENGTH_HINT, NULL, 0);
    if (is_error(hint)) return hint_or_error(vm, otherwise);
    if (is_undefined(hint) || value_same(hint, NOT_IMPLEMENTED)) return otherwise;
    Value number = int_or_bool(hint);
    int64_t length;
    if (is_undefined(number)) raise_type_error(vm, "__length_hint__ must be an integer, not %T", hint);
    else if (!int_as_i64(number, &length)) raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C ssize_t");
    else if (length < 0) raise_value_error(vm, "__length_hint__() should return >= 0");
    else return (ptrdiff_t)length;
    return -1;
}
