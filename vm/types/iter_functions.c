// map, filter, zip, enumerate, reversed: classes whose instances are Iterators that draw from other iterators.
#include "vm/types/iter_functions.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

enum { MAX_DIRECT = 8, CHARGE_INTERVAL = 4096 };

static Iterator *make(VM *vm, Value cls, IteratorMode mode) {
    Iterator *it = object_new_of(vm, (Class *)to_object(cls), sizeof(Iterator));
    if (it != NULL) it->head.flags = (uint16_t)mode;
    return it;
}

static Value self(VM *vm, const Value *args, int argc) { return args[0]; }
static Value dunder_next(VM *vm, const Value *args, int argc) { return iterator_next(vm, to_iterator(args[0])); }

// A tuple of the iterators of `count` iterables; NULL on error.
static Tuple *iterators_of(VM *vm, const Value *iterables, size_t count) {
    Tuple *iterators = tuple_new(vm, count);
    if (iterators == NULL) return NULL;
    for (size_t i = 0; i < count; i++) {
        Value iterator = iter_get(vm, iterables[i]);
        if (is_error(iterator)) return NULL;
        iterators->items[i] = iterator;
        gc_write_barrier(vm, iterators);
    }
    return iterators;
}

// (class, arguments), for copy and pickle.
static Value reduced(VM *vm, Value object, Tuple *arguments) {
    return arguments == NULL ? ERROR : object_or_error(tuple_pack(vm, 2, from_object(class_of(vm, object)), from_object(arguments)));
}

// ---- enumerate

static Value enumerate_new(VM *vm, const Value *args, int argc) {
    if (!arg_given(args, argc, 1)) return raise_type_error(vm, "enumerate() missing required argument 'iterable'");
    Value number = arg_given(args, argc, 2) ? value_index(vm, args[2]) : from_int(0);
    if (is_error(number)) return ERROR;
    Value source = iter_get(vm, args[1]);
    Iterator *it = is_error(source) ? NULL : make(vm, args[0], ITERATE_ENUMERATE);
    if (it == NULL) return ERROR;
    it->source = source;
    it->other = number;
    return from_object(it);
}

Value enumerate_next_pair(VM *vm, Iterator *it, Value *out_pair) {
    Value item = iter_next_value(vm, it->source);
    if (UNLIKELY(is_error(item) || is_stop(item))) return item;
    Value number = it->other, next;
    if (UNLIKELY(!is_int(number) || !int_add_inline(number, from_int(1), &next))) {
        next = int_add(vm, number, from_int(1));
        if (is_error(next)) return ERROR;
        gc_write_barrier_value(vm, it, next);
    }
    it->other = next;
    out_pair[0] = number;
    out_pair[1] = item;
    return NONE;
}

Value enumerate_next(VM *vm, Iterator *it) {
    Value values[2], status = enumerate_next_pair(vm, it, values);
    return is_none(status) ? object_or_error(tuple_from_values(vm, values, 2)) : status;
}

static Value enumerate_reduce(VM *vm, const Value *args, int argc) {
    return reduced(vm, args[0], tuple_pack(vm, 2, to_iterator(args[0])->source, to_iterator(args[0])->other));
}

// What a function that map() or filter() calls gave: its StopIteration ends the iteration, as it would from any __next__.
static Value called(VM *vm, Value result) {
    if (LIKELY(!is_error(result)) || !raised_matches(vm, vm->exc.StopIteration)) return result;
    raised_clear(vm);
    return STOP;
}

// ---- filter

static Value filter_new(VM *vm, const Value *args, int argc) {
    Value source = iter_get(vm, args[2]);
    Iterator *it = is_error(source) ? NULL : make(vm, args[0], ITERATE_FILTER);
    if (it == NULL) return ERROR;
    it->source = source;
    it->other = args[1];
    return from_object(it);
}

Value filter_next(VM *vm, Iterator *it) {
    bool plain = is_none(it->other) || value_same(it->other, from_object(vm->types.bool_));
    for (size_t steps = 1;; steps++) {
        Value item = iter_next_value(vm, it->source);
        if (is_error(item) || is_stop(item)) return item;
        Value verdict = plain ? item : called(vm, call1(vm, it->other, item));
        if (is_stop(verdict)) return STOP;
        int keep = is_error(verdict) ? -1 : value_is_true(vm, verdict);
        if (keep != 0) return keep < 0 ? ERROR : item;
        if (steps % CHARGE_INTERVAL == 0 && !vm_charge(vm, CHARGE_INTERVAL)) return ERROR;
    }
}

static Value filter_reduce(VM *vm, const Value *args, int argc) {
    return reduced(vm, args[0], tuple_pack(vm, 2, to_iterator(args[0])->other, to_iterator(args[0])->source));
}

// ---- map. A single iterable, the usual case, stands in `source` itself.

static Value map_new(VM *vm, const Value *args, int argc) {
    if (argc < 3) return raise_type_error(vm, "map() must have at least two arguments.");
    Tuple *iterators = iterators_of(vm, args + 2, (size_t)argc - 2);
    Iterator *it = iterators == NULL ? NULL : make(vm, args[0], ITERATE_MAP);
    if (it == NULL) return ERROR;
    it->source = argc == 3 ? iterators->items[0] : from_object(iterators);
    it->index = argc > 3;
    it->other = args[1];
    return from_object(it);
}

Value map_next(VM *vm, Iterator *it) {
    if (LIKELY(it->index == 0)) {
        Value item = iter_next_value(vm, it->source);
        return is_error(item) || is_stop(item) ? item : called(vm, call1(vm, it->other, item));
    }
    Tuple *iterators = to_tuple(it->source);
    Value direct[MAX_DIRECT], *items = direct;
    if (iterators->count > MAX_DIRECT) {
        Tuple *room = tuple_new(vm, iterators->count);
        if (room == NULL) return ERROR;
        items = room->items;
    }
    for (size_t i = 0; i < iterators->count; i++) {
        Value item = iter_next_value(vm, iterators->items[i]);
        if (is_error(item) || is_stop(item)) return item;
        items[i] = item;
    }
    return called(vm, call_value(vm, it->other, items, (int)iterators->count));
}

static Value map_reduce(VM *vm, const Value *args, int argc) {
    Iterator *it = to_iterator(args[0]);
    Tuple *function = tuple_pack(vm, 1, it->other);
    if (function == NULL) return ERROR;
    Tuple *sources = it->index != 0 ? to_tuple(it->source) : tuple_pack(vm, 1, it->source);
    return reduced(vm, args[0], sources == NULL ? NULL : tuple_concat(vm, function, sources));
}

// ---- zip

// args: class, strict, then the iterables
static Value zip_new(VM *vm, const Value *args, int argc) {
    int strict = arg_given(args, argc, 1) ? value_is_true(vm, args[1]) : 0;
    Tuple *iterators = strict < 0 ? NULL : iterators_of(vm, args + 2, argc > 2 ? (size_t)argc - 2 : 0);
    Iterator *it = iterators == NULL ? NULL : make(vm, args[0], ITERATE_ZIP);
    if (it == NULL) return ERROR;
    it->source = from_object(iterators);
    it->index = (size_t)strict;
    return from_object(it);
}

// One iterator, number `ended`, is exhausted: strict zip() demands that all are.
static Value zip_strict_end(VM *vm, Tuple *iterators, size_t ended) {
    const char *plural = ended <= 1 ? " " : "s 1-";
    if (ended > 0) return raise_value_error(vm, "zip() argument %zu is shorter than argument%s%zu", ended + 1, plural, ended);
    for (size_t i = 1; i < iterators->count; i++) {
        Value item = iter_next_value(vm, iterators->items[i]);
        if (is_error(item)) return ERROR;
        plural = i == 1 ? " " : "s 1-";
        if (!is_stop(item)) return raise_value_error(vm, "zip() argument %zu is longer than argument%s%zu", i + 1, plural, i);
    }
    return STOP;
}

Value zip_next_pair(VM *vm, Iterator *it, Value *out_pair) {
    Tuple *iterators = to_tuple(it->source);
    Value values[2];
    for (size_t i = 0; i < 2; i++) {
        values[i] = iter_next_value(vm, iterators->items[i]);
        if (UNLIKELY(is_error(values[i]))) return ERROR;
        if (UNLIKELY(is_stop(values[i]))) return it->index ? zip_strict_end(vm, iterators, i) : STOP;
    }
    out_pair[0] = values[0];
    out_pair[1] = values[1];
    return NONE;
}

Value zip_next(VM *vm, Iterator *it) {
    Tuple *iterators = to_tuple(it->source);
    size_t count = iterators->count;
    if (count == 0) return STOP;
    Tuple *items = tuple_new(vm, count);
    if (items == NULL) return ERROR;
    for (size_t i = 0; i < count; i++) {
        Value item = iter_next_value(vm, iterators->items[i]);
        if (UNLIKELY(is_error(item))) return ERROR;
        if (UNLIKELY(is_stop(item))) return it->index ? zip_strict_end(vm, iterators, i) : STOP;
        items->items[i] = item;
        gc_write_barrier(vm, items);
    }
    return from_object(items);
}

static Value zip_reduce(VM *vm, const Value *args, int argc) { return reduced(vm, args[0], to_tuple(to_iterator(args[0])->source)); }

// ---- reversed

// __reversed__ where the class has it, else an iterator over its items from the last one.
static Value reversed_new(VM *vm, const Value *args, int argc) {
    Value sequence = args[1];
    Class *cls = class_of(vm, sequence);
    Value method = class_special(vm, cls, SPECIAL_REVERSED);
    if (is_none(method)) return raise_type_error(vm, "'%T' object is not reversible", sequence);
    if (!is_undefined(method)) return call_special(vm, sequence, SPECIAL_REVERSED, NULL, 0);
    // A mapping has items too, but no order of numbers.
    if (is_undefined(class_special(vm, cls, SPECIAL_GETITEM)) || is_undefined(class_special(vm, cls, SPECIAL_LEN)) || is_dict(sequence))
        return raise_type_error(vm, "'%T' object is not reversible", sequence);
    ptrdiff_t length = value_length(vm, sequence);
    Iterator *it = length < 0 ? NULL : make(vm, args[0], ITERATE_REVERSED);
    if (it == NULL) return ERROR;
    it->source = sequence;
    it->index = (size_t)length;
    return from_object(it);
}

static Value reversed_hint(VM *vm, const Value *args, int argc) {
    ptrdiff_t hint = iterator_length_hint(vm, to_iterator(args[0]));
    return hint < 0 ? ERROR : int_from_i64(vm, hint);
}

static Value reversed_reduce(VM *vm, const Value *args, int argc) {
    Iterator *it = to_iterator(args[0]);
    Value source = is_undefined(it->source) ? from_object(vm->empty_tuple) : it->source;
    return reduced(vm, args[0], tuple_pack(vm, 1, source));
}

// ---- calls of the classes themselves

static Iterator *make_plain(VM *vm, Class *cls, IteratorMode mode) {
    Shape *shape = builtin_shape(vm, cls);
    Iterator *it = shape == NULL ? NULL : object_new_inline(vm, KIND_ITERATOR, shape, sizeof(Iterator));
    if (it != NULL) it->head.flags = (uint16_t)mode;
    return it;
}

static Value enumerate_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc != 1) return UNDEFINED;
    Value source = iter_get(vm, args[0]);
    Iterator *it = is_error(source) ? NULL : make_plain(vm, vm->types.enumerate, ITERATE_ENUMERATE);
    if (it == NULL) return ERROR;
    it->source = source;
    it->other = from_int(0);
    return from_object(it);
}

static Value zip_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL) return UNDEFINED;
    Tuple *iterators = iterators_of(vm, args, (size_t)argc);
    Iterator *it = iterators == NULL ? NULL : make_plain(vm, vm->types.zip, ITERATE_ZIP);
    if (it == NULL) return ERROR;
    it->source = from_object(iterators);
    return from_object(it);
}

static Value map_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc != 2) return UNDEFINED;
    Value source = iter_get(vm, args[1]);
    Iterator *it = is_error(source) ? NULL : make_plain(vm, vm->types.map, ITERATE_MAP);
    if (it == NULL) return ERROR;
    it->source = source;
    it->other = args[0];
    return from_object(it);
}

// ---- tables

#define STEPS {"__iter__(self, /)", self, NULL, 0}, {"__next__(self, /)", dunder_next, "Implement next(self).", 0}

static const NativeDef enumerate_methods[] = {
    {"__new__(cls, iterable=?, start=0)", enumerate_new, NULL, NATIVE_NEW},
    STEPS,
    {"__reduce__(self, /)", enumerate_reduce, NULL, 0},
    {"__class_getitem__(cls, item, /)", generic_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {0},
};
static const NativeDef filter_methods[] = {
    {"__new__(cls, function, iterable, /)", filter_new, NULL, NATIVE_NEW},
    STEPS,
    {"__reduce__(self, /)", filter_reduce, NULL, 0},
    {0},
};
static const NativeDef map_methods[] = {
    {"__new__(cls, /, *args)", map_new, NULL, NATIVE_NEW},
    STEPS,
    {"__reduce__(self, /)", map_reduce, NULL, 0},
    {0},
};
static const NativeDef zip_methods[] = {
    {"__new__(cls, /, *iterables, strict=False)", zip_new, NULL, NATIVE_NEW},
    STEPS,
    {"__reduce__(self, /)", zip_reduce, NULL, 0},
    {0},
};
static const NativeDef reversed_methods[] = {
    {"__new__(cls, sequence, /)", reversed_new, NULL, NATIVE_NEW},
    STEPS,
    {"__length_hint__(self, /)", reversed_hint, NULL, 0},
    {"__reduce__(self, /)", reversed_reduce, NULL, 0},
    {0},
};

bool iter_functions_init(VM *vm) {
    Types *types = &vm->types;
    types->enumerate->construct = enumerate_construct;
    types->zip->construct = zip_construct;
    types->map->construct = map_construct;
    struct { Class **where; const NativeDef *methods; const char *doc; } rows[] = {
        {&types->enumerate, enumerate_methods, "enumerate(iterable, start=0)\n\nPairs of a count and an item."},
        {&types->filter, filter_methods, "filter(function or None, iterable)\n\nThe items for which the function gives a true value."},
        {&types->map, map_methods, "map(function, *iterables)\n\nThe function's results for the items of the iterables."},
        {&types->zip, zip_methods, "zip(*iterables, strict=False)\n\nTuples of one item of each iterable, until the shortest ends."},
        {&types->reversed, reversed_methods, "reversed(sequence)\n\nThe items from the last to the first."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!type_define(vm, &(TypeDef){.where = rows[i].where, .doc = rows[i].doc, .instance_size = sizeof(Iterator),
                                        .methods = rows[i].methods, .flags = CLASS_BASETYPE}))
            return false;
    }
    return true;
}
