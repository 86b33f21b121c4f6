// Class: type objects. Built-in and Python classes alike; class.c has lookup, C3, creation; type.c the Python-visible `type`.
#ifndef COIL_VM_TYPES_CLASS_H
#define COIL_VM_TYPES_CLASS_H

#include "vm/vm.h"

enum {
    CLASS_BASETYPE = 1,          // may be subclassed
    CLASS_HEAP = 2,              // made by Python code: attributes may be set
    CLASS_HAS_DICT = 4,          // instances take any attribute
    CLASS_ABSTRACT = 8,          // has a non-empty __abstractmethods__
    CLASS_EXCEPTION = 16,        // BaseException and below
    CLASS_SEQUENCE = 32, CLASS_MAPPING = 64,   // for match statements
    CLASS_HAS_WEAKREF = 128,     // instances may be weakly referenced
    CLASS_HAS_DEL = 256,         // defines __del__
    CLASS_DISALLOW_INSTANTIATION = 512,
    CLASS_CUSTOM_GETATTRIBUTE = 1024, CLASS_HAS_GETATTR = 2048, CLASS_CUSTOM_SETATTR = 4096,   // what attribute access must ask first
    CLASS_MATCH_SELF = 8192,     // class patterns with one positional match the subject itself (int, str, ...)
};

struct Class {
    Object head;
    Str *name, *qualname;
    Value module_name;           // for built-ins; Python classes have __module__ in their dict
    Tuple *bases, *mro;
    Class *base;                 // the base whose layout is used (the "solid" one)
    Dict *dict;
    Shape *root_shape;           // of instances; NULL until first needed
    uint32_t flags;
    uint8_t instance_kind;
    uint16_t instance_size;      // the native struct's bytes
    uint16_t inline_slots;       // how many attribute slots new instances get; learned from those before
    uint32_t epoch;              // vm->class_epoch when `specials` was last cleared
    Value specials[SPECIAL_COUNT];   // cache: UNDEFINED not looked up yet, NONE absent... see class_special()
    Tuple *slot_names;           // __slots__ or NULL
    Value subclasses;            // list of weak references
    const char *doc;
};

static inline Class *class_of(VM *vm, Value v) {
    if (is_object(v)) return to_object(v)->shape->cls;
    if (is_int(v)) return vm->types.int_;
    if (is_inline_float(v)) return vm->types.float_;
    return vm->class_of_immediate[v.bits >> 3 & 7];
}
// MRO lookup with a cache: the raw attribute (functions and descriptors unbound) or UNDEFINED. Never raises. name must be interned.
Value class_lookup(VM *vm, Class *cls, Str *name);
// The raw special method, or UNDEFINED; a class attribute of None counts as absent only where callers check (NONE is returned).
Value class_special(VM *vm, Class *cls, Special special);
bool class_is_subclass(Class *cls, Class *base);                 // real inheritance, by MRO; never runs Python
static inline bool is_instance(VM *vm, Value v, Class *cls) { Class *c = class_of(vm, v); return c == cls || class_is_subclass(c, cls); }
// isinstance() and issubclass() with __instancecheck__, tuples and unions: 1, 0, -1 on error.
int value_is_instance(VM *vm, Value v, Value class_or_tuple);
int value_is_subclass(VM *vm, Value cls, Value class_or_tuple);

MUST_CHECK Value class_get_attr(VM *vm, Class *cls, Str *name);  // cls.name with metaclass and descriptors
MUST_CHECK bool class_set_attr(VM *vm, Class *cls, Str *name, Value value);   // UNDEFINED deletes
void class_changed(VM *vm, Class *cls);                           // bumps the epoch, clears caches below
Shape *class_shape(VM *vm, Class *cls);                           // root shape for new instances; NULL without memory

// A plain instance (kind of the class, zeroed native part): what object.__new__ gives.
MUST_CHECK Value instance_new(VM *vm, Class *cls);
// An instance of a built-in or of its subclass: like object_new, with room for the subclass's slots.
MUST_CHECK void *object_new_of(VM *vm, Class *cls, size_t size_bytes);

// The three-argument type(): metaclass, bases, namespace, keywords for __init_subclass__.
MUST_CHECK Value class_create(VM *vm, Class *metaclass, Str *name, Tuple *bases, Dict *namespace, Dict *keywords_or_null);
// A class written in C with a Python-style namespace: exceptions and helpers of modules.
MUST_CHECK Class *class_create_simple(VM *vm, const char *module, const char *name, Class *base, const char *doc);
// list[int]: what __class_getitem__ of built-in generic classes gives.
MUST_CHECK Value generic_alias_new(VM *vm, Value origin, Value item);

#endif
