// The iterators of the built-in containers: one structure, one step function with a case for each mode.
// map, filter, zip, enumerate and reversed share the structure; their classes are in iter_functions.c.
#include "vm/types/iterator.h"

#include "base/utf8.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/bytes.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/iter_functions.h"
#include "vm/types/str.h"

void iterator_trace(VM *vm, Object *object) {
    Iterator *it = (Iterator *)object;
    gc_mark_value(vm, it->source);
    gc_mark_value(vm, it->other);
}

// ---- making

static Class *class_for(VM *vm, IteratorMode mode, Value source) {
    Types *types = &vm->types;
    switch (mode) {
    case ITERATE_LIST: return types->list_iterator;
    case ITERATE_LIST_REVERSED: return types->list_reverseiterator;
    case ITERATE_TUPLE: return types->tuple_iterator;
    case ITERATE_STR: return str_is_ascii(to_str(source)) ? types->str_ascii_iterator : types->str_iterator;
    case ITERATE_BYTES: return types->bytes_iterator;
    case ITERATE_BYTEARRAY: return types->bytearray_iterator;
    case ITERATE_MEMORY: return types->memory_iterator;
    case ITERATE_RANGE: return types->range_iterator;
    case ITERATE_LONG_RANGE: return types->longrange_iterator;
    case ITERATE_DICT_KEYS: return types->dict_keyiterator;
    case ITERATE_DICT_VALUES: return types->dict_valueiterator;
    case ITERATE_DICT_ITEMS: return types->dict_itemiterator;
    case ITERATE_DICT_KEYS_REVERSED: return types->dict_reversekeyiterator;
    case ITERATE_DICT_VALUES_REVERSED: return types->dict_reversevalueiterator;
    case ITERATE_DICT_ITEMS_REVERSED: return types->dict_reverseitemiterator;
    case ITERATE_SET: return types->set_iterator;
    case ITERATE_CALLABLE: return types->callable_iterator;
    default: return types->sequence_iterator;
    }
}

static bool fits_small_range(const Range *range) {
    return is_int(range->start) && is_int(range->step) && is_int(range->length) && is_int(range->stop);
}

Value iterator_new(VM *vm, IteratorMode mode, Value source) {
    if (mode == ITERATE_STR && str_data(vm, to_str(source)) == NULL) return ERROR;
    if (mode == ITERATE_RANGE && !fits_small_range(to_range(source))) mode = ITERATE_LONG_RANGE;
    Shape *shape = builtin_shape(vm, class_for(vm, mode, source));
    Iterator *it = shape == NULL ? NULL : object_new_inline(vm, KIND_ITERATOR, shape, sizeof(Iterator));
    if (it == NULL) return ERROR;
    it->head.flags = (uint16_t)mode;
    it->source = source;
    switch (mode) {
    case ITERATE_LIST_REVERSED: it->index = to_list(source)->count; break;
    case ITERATE_STR: it->limit = to_str(source)->length; break;
    case ITERATE_RANGE:
        it->other = to_range(source)->step;
        it->index = (size_t)to_int(to_range(source)->start);
        it->limit = (size_t)to_int(to_range(source)->length);
        break;
    case ITERATE_LONG_RANGE: it->other = to_range(source)->start; break;
    case ITERATE_DICT_KEYS_REVERSED:
    case ITERATE_DICT_VALUES_REVERSED:
    case ITERATE_DICT_ITEMS_REVERSED: it->index = to_dict(source)->entry_count; /* fall through */
    case ITERATE_DICT_KEYS:
    case ITERATE_DICT_VALUES:
    case ITERATE_DICT_ITEMS: it->limit = to_dict(source)->count; break;
    case ITERATE_SET: it->limit = to_set(source)->count; break;
    default: break;
    }
    return from_object(it);
}

// ---- stepping

static Value exhausted(Iterator *it) {
    it->source = UNDEFINED;
    return STOP;
}

// A built-in sequence is read in place; when it has shrunk below the position the iterator is exhausted for good.
static Value next_of_str(VM *vm, Iterator *it) {
    Str *s = to_str(it->source);
    if (it->limit == 0) return exhausted(it);
    it->limit--;
    uint32_t code_point;
    it->index += utf8_decode(s->data + it->index, &code_point);
    if (code_point < 128) return from_object(vm->ascii_strs[code_point]);
    return object_or_error(str_from_code_point(vm, code_point));
}

static Value next_of_long_range(VM *vm, Iterator *it) {
    Range *range = to_range(it->source);
    if (int_compare(from_int((int64_t)it->index), range->length) >= 0) return exhausted(it);
    Value item = it->other, next = int_add(vm, item, range->step);
    if (is_error(next)) return ERROR;
    it->index++;
    it->other = next;
    gc_write_barrier(vm, it);
    return item;
}

static Value dict_result(VM *vm, Iterator *it, const DictEntry *entry) {
    switch (it->head.flags) {
    case ITERATE_DICT_KEYS:
    case ITERATE_DICT_KEYS_REVERSED: return entry->key;
    case ITERATE_DICT_VALUES:
    case ITERATE_DICT_VALUES_REVERSED: return entry->value;
    default: {
        Tuple *pair = tuple_new(vm, 2);
        if (pair == NULL) return ERROR;
        pair->items[0] = entry->key;
        pair->items[1] = entry->value;
        return from_object(pair);
    }
    }
}

// The next entry, or NULL and in *out_end STOP or ERROR.
static inline DictEntry *next_dict_entry(VM *vm, Iterator *it, Value *out_end) {
    Dict *dict = to_dict(it->source);
    if (UNLIKELY(dict->count != it->limit)) {
        it->limit = SIZE_MAX;   // and so it stays
        *out_end = raise_error(vm, vm->exc.RuntimeError, "dictionary changed size during iteration");
        return NULL;
    }
    size_t i = it->index < dict->head.aux ? dict->head.aux : it->index;
    while (i < dict->entry_count && is_undefined(dict->entries[i].key)) i++;
    if (UNLIKELY(i >= dict->entry_count)) {
        *out_end = exhausted(it);
        return NULL;
    }
    if (UNLIKELY(it->taken == it->limit)) {
        *out_end = raise_error(vm, vm->exc.RuntimeError, "dictionary keys changed during iteration");
        return NULL;
    }
    it->index = i + 1;
    it->taken++;
    return &dict->entries[i];
}

static Value next_of_dict(VM *vm, Iterator *it) {
    Value end = STOP;
    DictEntry *entry = next_dict_entry(vm, it, &end);
    return entry == NULL ? end : dict_result(vm, it, entry);
}

static Value next_of_dict_reversed(VM *vm, Iterator *it) {
    Dict *dict = to_dict(it->source);
    if (dict->count != it->limit) {
        it->limit = SIZE_MAX;
        return raise_error(vm, vm->exc.RuntimeError, "dictionary changed size during iteration");
    }
    size_t i = it->index < dict->entry_count ? it->index : dict->entry_count;
    while (i > 0 && is_undefined(dict->entries[i - 1].key)) i--;
    if (i == 0) return exhausted(it);
    it->index = i - 1;
    it->taken++;
    return dict_result(vm, it, &dict->entries[i - 1]);
}

static Value next_of_set(VM *vm, Iterator *it) {
    Set *set = to_set(it->source);
    if (set->count != it->limit) {
        it->limit = SIZE_MAX;
        return raise_error(vm, vm->exc.RuntimeError, "Set changed size during iteration");
    }
    Value item;
    if (!set_next(set, &it->index, &item)) return exhausted(it);
    it->taken++;
    return item;
}

// After a failed __getitem__: IndexError and StopIteration end the iteration.
static Value end_of_sequence(VM *vm, Iterator *it) {
    if (!raised_matches(vm, vm->exc.IndexError) && !raised_matches(vm, vm->exc.StopIteration)) return ERROR;
    raised_clear(vm);
    return exhausted(it);
}

static Value next_of_sequence(VM *vm, Iterator *it) {
    Value item = item_get(vm, it->source, from_int((int64_t)it->index));
    if (is_error(item)) return end_of_sequence(vm, it);
    it->index++;
    return item;
}

static Value next_reversed(VM *vm, Iterator *it) {
    if (it->index == 0) return exhausted(it);
    it->index--;
    Value item = item_get(vm, it->source, from_int((int64_t)it->index));
    return is_error(item) ? end_of_sequence(vm, it) : item;
}

static Value next_of_memory(VM *vm, Iterator *it) {
    ptrdiff_t length = value_length(vm, it->source);
    if (length < 0) return ERROR;
    if (it->index >= (size_t)length) return exhausted(it);
    return item_get(vm, it->source, from_int((int64_t)it->index++));
}

static Value next_of_callable(VM *vm, Iterator *it) {
    Value item = call0(vm, it->source);
    if (is_error(item)) {
        if (!raised_matches(vm, vm->exc.StopIteration)) return ERROR;
        raised_clear(vm);
        return exhausted(it);
    }
    if (is_undefined(it->source)) return STOP;   // the function has used up its own iterator
    int ends = values_equal(vm, it->other, item);
    return ends < 0 ? ERROR : ends ? exhausted(it) : item;
}

Value iterator_next(VM *vm, Iterator *it) {
    if (is_undefined(it->source)) return STOP;
    switch ((IteratorMode)it->head.flags) {
    case ITERATE_LIST: {
        List *list = to_list(it->source);
        return it->index < list->count ? list->items[it->index++] : exhausted(it);
    }
    case ITERATE_LIST_REVERSED: {
        List *list = to_list(it->source);
        return it->index > 0 && it->index <= list->count ? list->items[--it->index] : exhausted(it);
    }
    case ITERATE_TUPLE: {
        Tuple *tuple = to_tuple(it->source);
        return it->index < tuple->count ? tuple->items[it->index++] : exhausted(it);
    }
    case ITERATE_STR: return next_of_str(vm, it);
    case ITERATE_BYTES: {
        Bytes *bytes = to_bytes(it->source);
        return it->index < bytes->size ? from_int(bytes->data[it->index++]) : exhausted(it);
    }
    case ITERATE_BYTEARRAY: {
        ByteArray *bytes = to_bytearray(it->source);
        return it->index < bytes->size ? from_int(bytes->data[it->index++]) : exhausted(it);
    }
    case ITERATE_MEMORY: return next_of_memory(vm, it);
    case ITERATE_RANGE: {
        if (it->limit == 0) return exhausted(it);
        int64_t item = (int64_t)it->index;
        it->limit--;
        it->index = (size_t)(item + to_int(it->other));
        return from_int(item);
    }
    case ITERATE_LONG_RANGE: return next_of_long_range(vm, it);
    case ITERATE_DICT_KEYS:
    case ITERATE_DICT_VALUES:
    case ITERATE_DICT_ITEMS: return next_of_dict(vm, it);
    case ITERATE_DICT_KEYS_REVERSED:
    case ITERATE_DICT_VALUES_REVERSED:
    case ITERATE_DICT_ITEMS_REVERSED: return next_of_dict_reversed(vm, it);
    case ITERATE_SET: return next_of_set(vm, it);
    case ITERATE_SEQUENCE: return next_of_sequence(vm, it);
    case ITERATE_REVERSED: return next_reversed(vm, it);
    case ITERATE_CALLABLE: return next_of_callable(vm, it);
    // Those that pull from another iterator may be stacked to any height.
    case ITERATE_ENUMERATE: return stack_check(vm) ? enumerate_next(vm, it) : ERROR;
    case ITERATE_FILTER: return stack_check(vm) ? filter_next(vm, it) : ERROR;
    case ITERATE_MAP: return stack_check(vm) ? map_next(vm, it) : ERROR;
    case ITERATE_ZIP: return stack_check(vm) ? zip_next(vm, it) : ERROR;
    case ITERATE_MODES: break;
    }
    return STOP;
}

bool iterator_gives_pairs(Iterator *it) {
    if (it->head.flags == ITERATE_ZIP) return !is_undefined(it->source) && to_tuple(it->source)->count == 2;
    return it->head.flags == ITERATE_DICT_ITEMS || it->head.flags == ITERATE_ENUMERATE;
}

Value iterator_next_pair(VM *vm, Iterator *it, Value *out_pair) {
    if (UNLIKELY(is_undefined(it->source))) return STOP;
    if (it->head.flags == ITERATE_DICT_ITEMS) {
        Value end = STOP;
        DictEntry *entry = next_dict_entry(vm, it, &end);
        if (entry == NULL) return end;
        out_pair[0] = entry->key;
        out_pair[1] = entry->value;
        return NONE;
    }
    return it->head.flags == ITERATE_ENUMERATE ? enumerate_next_pair(vm, it, out_pair) : zip_next_pair(vm, it, out_pair);
}

// ---- length hints

ptrdiff_t iterator_length_hint(VM *vm, Iterator *it) {
    if (is_undefined(it->source)) return 0;
    size_t length = 0;
    switch ((IteratorMode)it->head.flags) {
    case ITERATE_LIST: length = to_list(it->source)->count; break;
    case ITERATE_LIST_REVERSED: return it->index <= to_list(it->source)->count ? (ptrdiff_t)it->index : 0;
    case ITERATE_TUPLE: length = to_tuple(it->source)->count; break;
    case ITERATE_BYTES: length = to_bytes(it->source)->size; break;
    case ITERATE_BYTEARRAY: length = to_bytearray(it->source)->size; break;
    case ITERATE_STR:
    case ITERATE_RANGE: return (ptrdiff_t)it->limit;
    case ITERATE_DICT_KEYS:
    case ITERATE_DICT_VALUES:
    case ITERATE_DICT_ITEMS:
    case ITERATE_DICT_KEYS_REVERSED:
    case ITERATE_DICT_VALUES_REVERSED:
    case ITERATE_DICT_ITEMS_REVERSED:
        return to_dict(it->source)->count == it->limit ? (ptrdiff_t)(it->limit - it->taken) : 0;
    case ITERATE_SET: return to_set(it->source)->count == it->limit ? (ptrdiff_t)(it->limit - it->taken) : 0;
    case ITERATE_MEMORY:
    case ITERATE_SEQUENCE: {
        if (is_undefined(class_special(vm, class_of(vm, it->source), SPECIAL_LEN))) return -2;
        ptrdiff_t now = value_length(vm, it->source);
        if (now < 0) return -1;
        length = (size_t)now;
        break;
    }
    case ITERATE_REVERSED: {
        ptrdiff_t now = value_length(vm, it->source);
        return now < 0 ? -1 : now < (ptrdiff_t)it->index ? 0 : (ptrdiff_t)it->index;
    }
    default: return -2;
    }
    return length > it->index ? (ptrdiff_t)(length - it->index) : 0;
}

// ---- methods

static Value iterator_self(VM *vm, const Value *args, int argc) { return args[0]; }
static Value iterator_dunder_next(VM *vm, const Value *args, int argc) { return iterator_next(vm, to_iterator(args[0])); }

static Value iterator_hint(VM *vm, const Value *args, int argc) {
    Iterator *it = to_iterator(args[0]);
    if (it->head.flags == ITERATE_LONG_RANGE && !is_undefined(it->source))
        return int_sub(vm, to_range(it->source)->length, from_int((int64_t)it->index));
    ptrdiff_t hint = iterator_length_hint(vm, it);
    return hint == -1 ? ERROR : hint == -2 ? NOT_IMPLEMENTED : from_int(hint);
}

static Value builtin_function(VM *vm, const char *name) {
    Str *interned = str_intern_c(vm, name);
    return interned == NULL ? ERROR : dict_get_str(vm, vm->builtins, interned);
}

// For copy and pickle. Sequences: (iter, (sequence,), position); what has an order of its own: (iter, (list of what is left,)).
static Value iterator_reduce(VM *vm, const Value *args, int argc) {
    Iterator *it = to_iterator(args[0]);
    Value iter = builtin_function(vm, "iter");
    if (is_error(iter)) return ERROR;
    switch ((IteratorMode)it->head.flags) {
    case ITERATE_LIST:
    case ITERATE_TUPLE:
    case ITERATE_BYTES:
    case ITERATE_BYTEARRAY:
    case ITERATE_SEQUENCE: {
        if (is_undefined(it->source)) break;
        Tuple *arguments = tuple_pack(vm, 1, it->source);
        return arguments == NULL ? ERROR : object_or_error(tuple_pack(vm, 3, iter, from_object(arguments), from_int((int64_t)it->index)));
    }
    case ITERATE_CALLABLE: {
        if (is_undefined(it->source)) break;
        Tuple *arguments = tuple_pack(vm, 2, it->source, it->other);
        return arguments == NULL ? ERROR : object_or_error(tuple_pack(vm, 2, iter, from_object(arguments)));
    }
    default: break;
    }
    Iterator *copy = object_new(vm, KIND_ITERATOR, it->head.shape, sizeof(Iterator));
    if (copy == NULL) return ERROR;
    copy->head.flags = it->head.flags;
    copy->source = it->source;
    copy->other = it->other;
    copy->index = it->index;
    copy->limit = it->limit;
    copy->taken = it->taken;
    List *rest = list_from_iterable(vm, from_object(copy));
    Tuple *arguments = rest == NULL ? NULL : tuple_pack(vm, 1, from_object(rest));
    return arguments == NULL ? ERROR : object_or_error(tuple_pack(vm, 2, iter, from_object(arguments)));
}

static Value iterator_setstate(VM *vm, const Value *args, int argc) {
    Iterator *it = to_iterator(args[0]);
    ptrdiff_t index;
    if (!index_as_ssize(vm, args[1], &index)) return ERROR;
    if (!is_undefined(it->source)) it->index = index < 0 ? 0 : (size_t)index;
    return NONE;
}

#define ITERATOR_METHODS                                                                \
    {"__iter__(self, /)", iterator_self, NULL, 0},                                      \
    {"__next__(self, /)", iterator_dunder_next, "Implement next(self).", 0},                               \
    {"__length_hint__(self, /)", iterator_hint, NULL, 0},                               \
    {"__reduce__(self, /)", iterator_reduce, NULL, 0}

static const NativeDef iterator_methods[] = {ITERATOR_METHODS, {0}};

static const NativeDef positioned_methods[] = {
    ITERATOR_METHODS,
    {"__setstate__(self, state, /)", iterator_setstate, NULL, 0},
    {0},
};

static const NativeDef callable_methods[] = {
    {"__iter__(self, /)", iterator_self, NULL, 0},
    {"__next__(self, /)", iterator_dunder_next, "Implement next(self).", 0},
    {"__reduce__(self, /)", iterator_reduce, NULL, 0},
    {0},
};

bool iterator_init(VM *vm) {
    Types *types = &vm->types;
    struct { Class **where; const NativeDef *methods; } rows[] = {
        {&types->list_iterator, positioned_methods},
        {&types->list_reverseiterator, iterator_methods},
        {&types->tuple_iterator, positioned_methods},
        {&types->str_iterator, iterator_methods},
        {&types->str_ascii_iterator, iterator_methods},
        {&types->bytes_iterator, positioned_methods},
        {&types->bytearray_iterator, positioned_methods},
        {&types->memory_iterator, iterator_methods},
        {&types->range_iterator, iterator_methods},
        {&types->longrange_iterator, iterator_methods},
        {&types->dict_keyiterator, iterator_methods},
        {&types->dict_valueiterator, iterator_methods},
        {&types->dict_itemiterator, iterator_methods},
        {&types->dict_reversekeyiterator, iterator_methods},
        {&types->dict_reversevalueiterator, iterator_methods},
        {&types->dict_reverseitemiterator, iterator_methods},
        {&types->set_iterator, iterator_methods},
        {&types->sequence_iterator, positioned_methods},
        {&types->callable_iterator, callable_methods},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!type_define(vm, &(TypeDef){.where = rows[i].where, .methods = rows[i].methods, .flags = CLASS_DISALLOW_INSTANTIATION})) return false;
    return true;
}
