// Iterator: one structure for the iterators of all built-in containers and of map, filter, zip, enumerate and reversed. The mode, in the
// header's flags, says what the fields hold; the class is for Python's eyes alone.
#ifndef COIL_VM_TYPES_ITERATOR_H
#define COIL_VM_TYPES_ITERATOR_H

#include "vm/vm.h"

typedef enum IteratorMode {
    ITERATE_LIST, ITERATE_LIST_REVERSED, ITERATE_TUPLE,
    ITERATE_STR,               // index: byte offset, limit: code points still to come
    ITERATE_BYTES, ITERATE_BYTEARRAY, ITERATE_MEMORY,
    ITERATE_RANGE,             // other: step, index: current (signed), limit: items still to come
    ITERATE_LONG_RANGE,        // source: the range, other: the next item, index: items given
    ITERATE_DICT_KEYS, ITERATE_DICT_VALUES, ITERATE_DICT_ITEMS,   // index: next entry, limit: the dict's size at the beginning, taken: items given
    ITERATE_DICT_KEYS_REVERSED, ITERATE_DICT_VALUES_REVERSED, ITERATE_DICT_ITEMS_REVERSED,
    ITERATE_SET,               // index: next place in the table, limit: the set's size at the beginning
    ITERATE_SEQUENCE,          // __getitem__ with 0, 1, 2, ...
    ITERATE_REVERSED,          // __getitem__ from the end
    ITERATE_CALLABLE,          // iter(source, other)
    ITERATE_ENUMERATE,         // source: iterator, other: next number
    ITERATE_FILTER,            // source: iterator, other: function or None
    ITERATE_MAP,               // source: iterator, or tuple of them when index is 1; other: function
    ITERATE_ZIP,               // source: tuple of iterators, index: 1 when strict
    ITERATE_MODES
} IteratorMode;

typedef struct Iterator {
    Object head;               // flags: IteratorMode
    Value source;              // UNDEFINED once exhausted
    Value other;
    size_t index, limit, taken;
} Iterator;
#define is_iterator(v) is_kind(v, KIND_ITERATOR)
static inline Iterator *to_iterator(Value v) { return (Iterator *)to_object(v); }

// An iterator over a container of the mode's own kind (list, str, dict ...), from its first item.
MUST_CHECK Value iterator_new(VM *vm, IteratorMode mode, Value source);
// The next item, STOP, or ERROR.
MUST_CHECK Value iterator_next(VM *vm, Iterator *iterator);
// The same for an iterator of pairs (items of a dict, enumerate, zip of two) without making a tuple: NONE with the pair in *out_pair,
// which is untouched otherwise; STOP or ERROR. For loops that take the pairs apart at once.
bool iterator_gives_pairs(Iterator *iterator);
MUST_CHECK Value iterator_next_pair(VM *vm, Iterator *iterator, Value *out_pair);
// How many items are still to come; -1: an exception is raised, -2: nobody knows.
ptrdiff_t iterator_length_hint(VM *vm, Iterator *iterator);

#endif
