// Weak references. The heap keeps a table from object to its weak references; the collector clears those whose object dies.
#ifndef COIL_VM_TYPES_WEAKREF_H
#define COIL_VM_TYPES_WEAKREF_H

#include "vm/vm.h"

typedef struct Weakref {
    Object head;
    Object *target;            // not traced; NULL once dead
    Value callback;            // NONE when there is none
    struct Weakref *next;      // other references to the same object; not traced
    int64_t hash;
    bool has_hash;
} Weakref;
#define is_weakref(v) is_kind(v, KIND_WEAKREF)
static inline Weakref *to_weakref(Value v) { return (Weakref *)to_object(v); }
static inline Value weakref_target(Weakref *ref) { return ref->target ? from_object(ref->target) : NONE; }

// weakref.ref(object, callback): TypeError "cannot create weak reference to 'int' object". callback NONE: one reference is shared.
MUST_CHECK Value weakref_new(VM *vm, Class *cls, Value object, Value callback);
ptrdiff_t weakref_count(VM *vm, Value object);
MUST_CHECK List *weakref_list(VM *vm, Value object);

#endif
