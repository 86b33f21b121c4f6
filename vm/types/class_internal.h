// What class.c, class_create.c, class_define.c and type.c share.
#ifndef COIL_VM_TYPES_CLASS_INTERNAL_H
#define COIL_VM_TYPES_CLASS_INTERNAL_H

#include "vm/types/class.h"
#include "vm/types/containers.h"

// ---- class.c
MUST_CHECK Class *class_alloc(VM *vm, Class *metaclass);
MUST_CHECK bool class_add_subclass(VM *vm, Class *base, Class *cls);
void class_remove_subclass(Class *base, Class *cls);
// Stores into the class's own dict without any of the protocol; keeps the epoch as the rule of class_set_attr() says.
MUST_CHECK bool class_dict_set(VM *vm, Class *cls, Str *name, Value value);
void class_update_flags(VM *vm, Class *cls);             // what the dicts along the MRO say: __getattr__, __del__ and the like
// Is the value a function or descriptor, that a cached lookup must not overlook?
bool value_is_plain_data(VM *vm, Value v);

// ---- class_mro.c
MUST_CHECK Tuple *class_compute_mro(VM *vm, Class *cls);         // C3
MUST_CHECK bool class_set_mro(VM *vm, Class *cls);               // by the metaclass's mro() where it has its own
// The base whose layout is used: TypeError on a conflict.
MUST_CHECK Class *class_best_base(VM *vm, Tuple *bases);
bool class_layouts_fit(Class *a, Class *b);             // may an instance change from a to b?
// cls.__bases__ = bases
MUST_CHECK bool class_assign_bases(VM *vm, Class *cls, Value bases);

// ---- object.c: what the __dict__ and __weakref__ of classes with such instances do
Value object_get_dict(VM *vm, Value self);
Value object_assign_dict(VM *vm, Value self, Value value);
Value object_get_weakref(VM *vm, Value self);

// ---- type.c
MUST_CHECK bool class_collect_names(VM *vm, Class *cls, Dict *names);   // the keys of all dicts along the MRO, for dir()

// ---- isinstance.c: what type.__instancecheck__ and type.__subclasscheck__ do: 1, 0, -1
int value_is_instance_plain(VM *vm, Value v, Value cls);
int value_is_subclass_plain(VM *vm, Value v, Value cls);

// Whether the names of a body are among those that making a class looks for (STR_CLASS_NAME), or cannot be told.
bool class_has_special_names(const Dict *dict);

#endif
