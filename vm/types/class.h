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
    CLASS_WATCHED = 16384,       // something that was looked up in the class is cached somewhere: class_watch()
};

struct Class {
    Object head;
    Str *name, *qualname;
    Value module_name;           // for built-ins; Python classes have __module__ in their dict
    Tuple *bases, *mro;
    Class *base;                 // the base whose layout is used (the "solid" one)
    Dict *dict;
    Shape *root_shape;           // of instances; NULL until first needed, or when inline_slots has grown: use class_shape()
    Shape *dict_shape;           // of instances whose attributes live in a dict; NULL until needed
    uint32_t flags;
    uint8_t instance_kind;
    uint8_t instance_space;      // size class of a new instance of root_shape (heap_inline.h); HEAP_SPACE_NONE: take the slow path
    uint16_t instance_size;      // the native struct's bytes
    uint16_t inline_slots;       // how many attribute slots new instances get; learned from those before
    uint16_t member_count;       // __slots__ members, those of the bases included
    uint32_t init_epoch;         // vm->class_epoch when plain_init was found (loop_calls.c)
    Function *plain_init;        // what calling the class comes down to: an instance and this __init__; held by the class's dict or a base's
    uint32_t epoch;              // vm->class_epoch when `specials` was last cleared
    uint8_t lookups;             // so far, of a class that is not watched yet
    uint8_t special_lookups;     // so far, without `specials`
    Value *specials;             // cache by Special, NULL at first: UNDEFINED not looked up yet, STOP absent: use class_special()
    Value slot_names;            // tuple of the names in __slots__, or UNDEFINED
    Class **subclasses;          // weak: the collector drops dead ones
    uint32_t subclass_count, subclass_capacity;
    Class *next;                 // list of all classes, weak
    const char *doc;
    // Of a built-in class, not inherited: makes an instance for a call of the class itself, without __new__ and __init__, from positional
    // arguments and (the last kwnames->count of them) keywords; UNDEFINED when the case is not a plain one.
    Value (*construct)(VM *vm, const Value *args, int argc, Tuple *kwnames_or_null);
    void (*host_free)(VM *vm, Object *instance);    // KIND_HOST: frees what an instance owns
    void (*host_trace)(VM *vm, Object *instance);   // KIND_HOST: marks what an instance refers to
    const void *host_data;       // for the module that made the class
    void (*host_finalize)(VM *vm, Object *instance);   // KIND_HOST: called once for dead instances with HOST_FINALIZE in their flags
    const struct DelegateProtocol *delegate;           // KIND_HOST: how `await` drives instances (generator.h)
};
// Object.flags of KIND_HOST: this instance wants host_finalize() when it dies; after setting it, gc_track_finalizer().
enum { HOST_FINALIZE = 0x8000 };
#define is_class(v) is_kind(v, KIND_CLASS)
static inline Class *to_class(Value v) { return (Class *)to_object(v); }

static inline Class *class_of(VM *vm, Value v) {
    if (is_object(v)) return to_object(v)->shape->cls;
    if (is_int(v)) return vm->types.int_;
    if (is_inline_float(v)) return vm->types.float_;
    return vm->class_of_immediate[v.bits >> 3 & 7];
}
// MRO lookup with a cache: the raw attribute (functions and descriptors unbound) or UNDEFINED. Never raises. name must be interned.
Value class_lookup(VM *vm, Class *cls, Str *name);
// The same as an entry of the dict that has it (NULL when absent), and whose dict that is. It stays where it is, and stays the answer,
// while vm->class_epoch is the same; only a plain value in it may be overwritten by another plain value meanwhile.
struct DictEntry *class_lookup_entry(VM *vm, Class *cls, Str *name, Class **out_owner_or_null);
// Whoever keeps something that depends on lookups in a class until vm->class_epoch changes says so first: changes of a class that nobody
// watches leave the epoch alone. (Decorators and metaclasses change each class that they make.)
void class_watch(Class *cls);
// The raw special method, or UNDEFINED; a class attribute of None counts as absent only where callers check (NONE is returned).
Value class_special(VM *vm, Class *cls, Special special);
bool class_is_subclass(Class *cls, Class *base);                 // real inheritance, by MRO; never runs Python
static inline bool is_instance(VM *vm, Value v, Class *cls) { Class *c = class_of(vm, v); return c == cls || class_is_subclass(c, cls); }
// isinstance() and issubclass() with __instancecheck__, tuples and unions: 1, 0, -1 on error.
int value_is_instance(VM *vm, Value v, Value class_or_tuple);
int value_is_subclass(VM *vm, Value cls, Value class_or_tuple);

MUST_CHECK Value class_get_attr(VM *vm, Class *cls, Str *name);  // cls.name with metaclass and descriptors
MUST_CHECK Value class_get_attr_optional(VM *vm, Class *cls, Str *name);   // UNDEFINED instead of AttributeError
MUST_CHECK bool class_set_attr(VM *vm, Class *cls, Str *name, Value value);   // UNDEFINED deletes
void class_changed(VM *vm, Class *cls);                           // bumps the epoch, works flags out anew, here and in the subclasses
Shape *class_shape(VM *vm, Class *cls);                           // root shape for new instances; NULL without memory

// object.__new__'s checks, for a fast path: true when cls can be instantiated by object.__new__ without arguments to complain about.
static inline bool class_is_concrete(Class *cls) { return !(cls->flags & (CLASS_ABSTRACT | CLASS_DISALLOW_INSTANTIATION)); }
// type(v).__name__ as messages show it
static inline Str *class_name_of(VM *vm, Value v) { return class_of(vm, v)->name; }
// "module.qualname", without the module for builtins (and __main__ kept, as repr() shows it)
MUST_CHECK Str *class_full_name(VM *vm, Class *cls);
MUST_CHECK Value class_module(VM *vm, Class *cls);               // cls.__module__

// A plain instance (kind of the class, zeroed native part): what object.__new__ gives.
MUST_CHECK Value instance_new(VM *vm, Class *cls);
// An instance of a built-in or of its subclass: like object_new, with room for the subclass's slots.
MUST_CHECK void *object_new_of(VM *vm, Class *cls, size_t size_bytes);

// The most derived metaclass of `metaclass` and those of the bases; TypeError "metaclass conflict: ...". Both classes of bases must be classes.
MUST_CHECK Class *class_calculate_metaclass(VM *vm, Class *metaclass, Tuple *bases);
// The three-argument type(): metaclass, bases, namespace, keywords for __init_subclass__.
MUST_CHECK Value class_create(VM *vm, Class *metaclass, Str *name, Tuple *bases, Dict *namespace, Dict *keywords_or_null);
// A class written in C with a Python-style namespace: exceptions and helpers of modules.
MUST_CHECK Class *class_create_simple(VM *vm, const char *module, const char *name, Class *base, const char *doc);
MUST_CHECK bool class_add_base(VM *vm, Class *cls, Class *base);          // one more base, before there are instances or subclasses
// list[int]: what __class_getitem__ of built-in generic classes gives.
MUST_CHECK Value generic_alias_new(VM *vm, Value origin, Value item);

#endif
