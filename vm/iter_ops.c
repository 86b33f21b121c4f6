// Iteration from C: iter(), next(), and loops over any iterable with short ways for the built-in ones.
#include "vm/ops.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/function.h"
#include "vm/types/generator.h"
#include "vm/types/iterator.h"
#include "vm/types/str.h"

static inline bool is_python_class(const Class *cls) { return cls->flags & CLASS_HEAP; }

// ---- iter()

// The iterator of an instance of a built-in class itself; UNDEFINED for everything else.
static Value builtin_iter(VM *vm, Value v) {
    switch (kind_of(v)) {
    case KIND_LIST: return iterator_new(vm, ITERATE_LIST, v);
    case KIND_TUPLE: return iterator_new(vm, ITERATE_TUPLE, v);
    case KIND_DICT: return iterator_new(vm, ITERATE_DICT_KEYS, v);
    case KIND_SET:
    case KIND_FROZENSET: return iterator_new(vm, ITERATE_SET, v);
    case KIND_STR: return iterator_new(vm, ITERATE_STR, v);
    case KIND_RANGE: return iterator_new(vm, ITERATE_RANGE, v);
    case KIND_BYTES: return iterator_new(vm, ITERATE_BYTES, v);
    case KIND_BYTEARRAY: return iterator_new(vm, ITERATE_BYTEARRAY, v);
    case KIND_ITERATOR:
    case KIND_GENERATOR: return v;
    default: return UNDEFINED;
    }
}

Value iter_get(VM *vm, Value v) {
    Class *cls = class_of(vm, v);
    if (LIKELY(!is_python_class(cls))) {
        Value iterator = builtin_iter(vm, v);
        if (!is_undefined(iterator)) return iterator;
    }
    Value method = class_special(vm, cls, SPECIAL_ITER);
    if (is_undefined(method)) {
        method = class_special(vm, cls, SPECIAL_GETITEM);
        if (is_undefined(method) || is_none(method) || is_dict(v)) return raise_type_error(vm, "'%T' object is not iterable", v);
        return iterator_new(vm, ITERATE_SEQUENCE, v);
    }
    if (is_none(method)) return raise_type_error(vm, "'%T' object is not iterable", v);
    Value iterator = call_special(vm, v, SPECIAL_ITER, NULL, 0);
    if (is_error(iterator)) return ERROR;
    if (is_undefined(class_special(vm, class_of(vm, iterator), SPECIAL_NEXT)))
        return raise_type_error(vm, "iter() returned non-iterator of type '%T'", iterator);
    return iterator;
}

// ---- next()

static Value next_of_generator(VM *vm, Value generator) {
    Value item;
    switch (generator_resume(vm, to_generator(generator), NONE, &item)) {
    case RESUME_YIELDED: return item;
    case RESUME_RETURNED: return STOP;
    case RESUME_RAISED: break;
    }
    return ERROR;
}

static Value stop_from_raised(VM *vm) {
    if (!raised_matches(vm, vm->exc.StopIteration)) return ERROR;
    raised_clear(vm);
    return STOP;
}

static Value next_by_method(VM *vm, Value iterator) {
    Value method = class_special(vm, class_of(vm, iterator), SPECIAL_NEXT), item;
    if (is_undefined(method)) return raise_type_error(vm, "'%T' object is not an iterator", iterator);
    if (is_native_method(method, class_of(vm, iterator), 1)) {
        item = native_invoke(vm, to_native(method), &iterator, 1);
    } else if (is_function(method)) {
        item = call1(vm, method, iterator);
    } else {
        item = call_special(vm, iterator, SPECIAL_NEXT, NULL, 0);
    }
    return UNLIKELY(is_error(item)) ? stop_from_raised(vm) : item;
}

Value iter_next_value(VM *vm, Value iterator) {
    if (LIKELY(is_object(iterator))) {
        Object *object = to_object(iterator);
        if (object->kind == KIND_ITERATOR && !is_python_class(object->shape->cls)) return iterator_next(vm, (Iterator *)object);
        if (object->kind == KIND_GENERATOR) return next_of_generator(vm, iterator);
    }
    return next_by_method(vm, iterator);
}

// ---- loops

enum { STEP_LIST, STEP_TUPLE, STEP_ITERATOR, STEP_GENERATOR, STEP_METHOD };

bool iter_begin(VM *vm, Iteration *it, Value iterable) {
    it->index = 0;
    it->failed = false;
    it->source = iterable;
    if (is_exactly(vm, iterable, vm->types.list)) {
        it->mode = STEP_LIST;
        return true;
    }
    if (is_exactly(vm, iterable, vm->types.tuple)) {
        it->mode = STEP_TUPLE;
        return true;
    }
    it->source = iter_get(vm, iterable);
    if (is_error(it->source)) {
        it->failed = true;
        return false;
    }
    it->mode = is_kind(it->source, KIND_GENERATOR)                                                      ? STEP_GENERATOR
               : is_iterator(it->source) && !is_python_class(to_object(it->source)->shape->cls) ? STEP_ITERATOR
                                                                                                        : STEP_METHOD;
    return true;
}

bool iter_step(VM *vm, Iteration *it, Value *out_item) {
    Value item;
    if (UNLIKELY(--vm->ticks <= 0) && !vm_charge(vm, 0)) {
        it->failed = true;
        return false;
    }
    switch (it->mode) {
    case STEP_LIST: {
        List *list = to_list(it->source);
        if (it->index >= list->count) return false;
        *out_item = list->items[it->index++];
        return true;
    }
    case STEP_TUPLE: {
        Tuple *tuple = to_tuple(it->source);
        if (it->index >= tuple->count) return false;
        *out_item = tuple->items[it->index++];
        return true;
    }
    case STEP_ITERATOR: item = iterator_next(vm, to_iterator(it->source)); break;
    case STEP_GENERATOR: item = next_of_generator(vm, it->source); break;
    default: item = next_by_method(vm, it->source); break;
    }
    *out_item = item;
    it->failed = is_error(item);
    return !it->failed && !is_stop(item);
}

List *list_from_iterable(VM *vm, Value iterable) {
    if (is_exactly(vm, iterable, vm->types.list)) return list_copy(vm, to_list(iterable));
    if (is_exactly(vm, iterable, vm->types.tuple)) return list_from_values(vm, to_tuple(iterable)->items, to_tuple(iterable)->count);
    List *list = list_new(vm, 0);
    return list != NULL && list_extend(vm, list, iterable) ? list : NULL;
}

Tuple *tuple_from_iterable(VM *vm, Value iterable) {
    if (is_exactly(vm, iterable, vm->types.tuple)) return to_tuple(iterable);
    if (is_exactly(vm, iterable, vm->types.list)) return tuple_from_list(vm, to_list(iterable));
    List *list = list_from_iterable(vm, iterable);
    return list == NULL ? NULL : tuple_from_list(vm, list);
}
