// dict_keys, dict_values and dict_items: live views of a dict, the first and the last of which are sets as well.
#include "vm/types/containers.h"

#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/descriptor.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

void dict_view_trace(VM *vm, Object *object) { gc_mark_value(vm, ((DictView *)object)->source); }

Value dict_view_new(VM *vm, Class *cls, Value source) {
    Shape *shape = builtin_shape(vm, cls);
    DictView *view = shape == NULL ? NULL : object_new_inline(vm, KIND_DICT_VIEW, shape, sizeof(DictView));
    if (view == NULL) return ERROR;
    view->source = source;
    return from_object(view);
}

static inline Dict *view_dict(Value view) { return to_dict(to_dict_view(view)->source); }

static bool is_set_view(VM *vm, Value v) { return is_exactly(vm, v, vm->types.dict_keys) || is_exactly(vm, v, vm->types.dict_items); }

static int items_contain(VM *vm, Dict *dict, Value pair) {
    if (!is_tuple(pair) || to_tuple(pair)->count != 2) return 0;
    Value value = dict_get(vm, dict, to_tuple(pair)->items[0]);
    if (is_error(value)) return -1;
    return is_undefined(value) ? 0 : values_equal(vm, value, to_tuple(pair)->items[1]);
}

static int set_view_contains(VM *vm, Value view, Value item) {
    if (is_exactly(vm, view, vm->types.dict_keys)) return dict_contains(vm, view_dict(view), item);
    return items_contain(vm, view_dict(view), item);
}

static Value view_len(VM *vm, const Value *args, int argc) { return from_int((int64_t)view_dict(args[0])->count); }

static Value view_iter(VM *vm, const Value *args, int argc) {
    Class *cls = class_of(vm, args[0]);
    IteratorMode mode = cls == vm->types.dict_keys     ? ITERATE_DICT_KEYS
                        : cls == vm->types.dict_values ? ITERATE_DICT_VALUES
                                                       : ITERATE_DICT_ITEMS;
    return iterator_new(vm, mode, to_dict_view(args[0])->source);
}

static Value view_reversed(VM *vm, const Value *args, int argc) {
    Class *cls = class_of(vm, args[0]);
    IteratorMode mode = cls == vm->types.dict_keys     ? ITERATE_DICT_KEYS_REVERSED
                        : cls == vm->types.dict_values ? ITERATE_DICT_VALUES_REVERSED
                                                       : ITERATE_DICT_ITEMS_REVERSED;
    return iterator_new(vm, mode, to_dict_view(args[0])->source);
}

static Value view_contains(VM *vm, const Value *args, int argc) { return bool_or_error(set_view_contains(vm, args[0], args[1])); }

static Value view_repr(VM *vm, const Value *args, int argc) {
    if (!stack_check_while(vm, " while getting the repr of an object")) return ERROR;
    if (!repr_enter(vm, to_object(args[0]))) return is_raised(vm) ? ERROR : object_or_error(str_new_ascii(vm, "...", 3));
    List *items = list_from_iterable(vm, args[0]);
    Str *text = items == NULL ? NULL : str_printf(vm, "%T(%R)", args[0], from_object(items));
    repr_leave(vm, to_object(args[0]));
    return object_or_error(text);
}

static Value view_mapping(VM *vm, Value self) { return mappingproxy_new(vm, to_dict_view(self)->source); }

// ---- as sets

static Set *set_of(VM *vm, Value iterable) {
    Set *set = set_new(vm, false);
    return set != NULL && set_update(vm, set, iterable) ? set : NULL;
}

static Value view_and(VM *vm, const Value *args, int argc) {
    Value view = args[0], other = args[1], item;
    if (!is_set_view(vm, view)) {
        view = args[1];
        other = args[0];
    }
    // As in CPython a larger set goes through its own items (which are hashed then), and of two views the smaller one.
    if (is_exactly(vm, other, vm->types.set) && view_dict(view)->count <= to_set(other)->count) {
        Set *items = set_of(vm, view);
        return items == NULL ? ERROR : set_binary(vm, BINARY_AND, to_set(other), items);
    }
    if (is_set_view(vm, other) && view_dict(other)->count > view_dict(view)->count) {
        Value larger = other;
        other = view;
        view = larger;
    }
    Set *result = set_new(vm, false);
    Iteration it;
    if (result == NULL || !iter_begin(vm, &it, other)) return ERROR;
    while (iter_step(vm, &it, &item)) {
        int found = set_view_contains(vm, view, item);
        if (found < 0 || (found && !set_add(vm, result, item))) return ERROR;
    }
    return it.failed ? ERROR : from_object(result);
}

static Value view_combine(VM *vm, BinaryOp op, Value left, Value right) {
    Set *a = set_of(vm, left);
    if (a == NULL) return ERROR;
    if (op == BINARY_OR) return set_update(vm, a, right) ? from_object(a) : ERROR;
    Set *b = set_of(vm, right);
    return b == NULL ? ERROR : set_binary(vm, op, a, b);
}

static Value view_or(VM *vm, const Value *args, int argc) { return view_combine(vm, BINARY_OR, args[0], args[1]); }
static Value view_ror(VM *vm, const Value *args, int argc) { return view_combine(vm, BINARY_OR, args[1], args[0]); }
static Value view_sub(VM *vm, const Value *args, int argc) { return view_combine(vm, BINARY_SUB, args[0], args[1]); }
static Value view_rsub(VM *vm, const Value *args, int argc) { return view_combine(vm, BINARY_SUB, args[1], args[0]); }
static Value view_xor(VM *vm, const Value *args, int argc) { return view_combine(vm, BINARY_XOR, args[0], args[1]); }
static Value view_rxor(VM *vm, const Value *args, int argc) { return view_combine(vm, BINARY_XOR, args[1], args[0]); }

// Whether every item of `small` is in `large`.
static int all_contained(VM *vm, Value small, Value large) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, small)) return -1;
    while (iter_step(vm, &it, &item)) {
        int found = value_contains(vm, large, item);
        if (found <= 0) return found;
    }
    return it.failed ? -1 : 1;
}

static Value view_compare(VM *vm, CompareOp op, Value a, Value b) {
    if (!is_any_set(b) && !is_set_view(vm, b)) return NOT_IMPLEMENTED;
    if (!stack_check_while(vm, " in comparison")) return ERROR;
    ptrdiff_t a_length = (ptrdiff_t)view_dict(a)->count, b_length = value_length(vm, b);
    if (b_length < 0) return ERROR;
    switch (op) {
    case COMPARE_EQ: return a_length != b_length ? FALSE_VALUE : bool_or_error(all_contained(vm, a, b));
    case COMPARE_NE: {
        int equal = a_length != b_length ? 0 : all_contained(vm, a, b);
        return equal < 0 ? ERROR : from_bool(!equal);
    }
    case COMPARE_LT: return a_length >= b_length ? FALSE_VALUE : bool_or_error(all_contained(vm, a, b));
    case COMPARE_LE: return a_length > b_length ? FALSE_VALUE : bool_or_error(all_contained(vm, a, b));
    case COMPARE_GT: return a_length <= b_length ? FALSE_VALUE : bool_or_error(all_contained(vm, b, a));
    case COMPARE_GE: return a_length < b_length ? FALSE_VALUE : bool_or_error(all_contained(vm, b, a));
    }
    return NOT_IMPLEMENTED;
}

static Value view_eq(VM *vm, const Value *args, int argc) { return view_compare(vm, COMPARE_EQ, args[0], args[1]); }
static Value view_ne(VM *vm, const Value *args, int argc) { return view_compare(vm, COMPARE_NE, args[0], args[1]); }
static Value view_lt(VM *vm, const Value *args, int argc) { return view_compare(vm, COMPARE_LT, args[0], args[1]); }
static Value view_le(VM *vm, const Value *args, int argc) { return view_compare(vm, COMPARE_LE, args[0], args[1]); }
static Value view_gt(VM *vm, const Value *args, int argc) { return view_compare(vm, COMPARE_GT, args[0], args[1]); }
static Value view_ge(VM *vm, const Value *args, int argc) { return view_compare(vm, COMPARE_GE, args[0], args[1]); }

static Value view_isdisjoint(VM *vm, const Value *args, int argc) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, args[1])) return ERROR;
    while (iter_step(vm, &it, &item)) {
        int found = set_view_contains(vm, args[0], item);
        if (found != 0) return found < 0 ? ERROR : FALSE_VALUE;
    }
    return it.failed ? ERROR : TRUE_VALUE;
}

static const NativeDef set_view_methods[] = {
    {"__repr__(self, /)", view_repr, NULL, 0},
    {"__len__(self, /)", view_len, NULL, 0},
    {"__iter__(self, /)", view_iter, NULL, 0},
    {"__reversed__(self, /)", view_reversed, "An iterator from the last one to the first.", 0},
    {"__contains__(self, key, /)", view_contains, NULL, 0},
    {"__eq__(self, value, /)", view_eq, NULL, 0},
    {"__ne__(self, value, /)", view_ne, NULL, 0},
    {"__lt__(self, value, /)", view_lt, NULL, 0},
    {"__le__(self, value, /)", view_le, NULL, 0},
    {"__gt__(self, value, /)", view_gt, NULL, 0},
    {"__ge__(self, value, /)", view_ge, NULL, 0},
    {"__and__(self, value, /)", view_and, NULL, 0},
    {"__rand__(self, value, /)", view_and, NULL, 0},
    {"__or__(self, value, /)", view_or, NULL, 0},
    {"__ror__(self, value, /)", view_ror, NULL, 0},
    {"__sub__(self, value, /)", view_sub, NULL, 0},
    {"__rsub__(self, value, /)", view_rsub, NULL, 0},
    {"__xor__(self, value, /)", view_xor, NULL, 0},
    {"__rxor__(self, value, /)", view_rxor, NULL, 0},
    {"isdisjoint(self, other, /)", view_isdisjoint, "Whether nothing of the iterable is in the view.", 0},
    {0},
};

static const NativeDef values_methods[] = {
    {"__repr__(self, /)", view_repr, NULL, 0},
    {"__len__(self, /)", view_len, NULL, 0},
    {"__iter__(self, /)", view_iter, NULL, 0},
    {"__reversed__(self, /)", view_reversed, "An iterator from the last one to the first.", 0},
    {0},
};

static const GetSetDef view_getsets[] = {
    {"mapping", view_mapping, NULL, "The dict behind the view, read-only."},
    {0},
};

bool dict_views_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.dict_keys, .methods = set_view_methods, .getsets = view_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION}) &&
           class_make_unhashable(vm, vm->types.dict_keys) &&
           type_define(vm, &(TypeDef){.where = &vm->types.dict_items, .methods = set_view_methods, .getsets = view_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION}) &&
           class_make_unhashable(vm, vm->types.dict_items) &&
           type_define(vm, &(TypeDef){.where = &vm->types.dict_values, .methods = values_methods, .getsets = view_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION});
}
