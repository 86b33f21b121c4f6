// Descriptors made by C: getset_descriptor, member_descriptor, property, staticmethod, classmethod.
#ifndef COIL_VM_TYPES_DESCRIPTOR_H
#define COIL_VM_TYPES_DESCRIPTOR_H

#include "vm/types/function.h"
#include "vm/types/class.h"

#define is_descriptor(v) is_kind(v, KIND_DESCRIPTOR)
static inline Descriptor *to_descriptor(Value v) { return (Descriptor *)to_object(v); }
static inline Property *to_property(Value v) { return (Property *)to_object(v); }
static inline StaticMethod *to_staticmethod(Value v) { return (StaticMethod *)to_object(v); }

MUST_CHECK Value descriptor_new_getset(VM *vm, Class *owner, const GetSetDef *def);
MUST_CHECK Value descriptor_new_member(VM *vm, Class *owner, Str *name, uint32_t slot);
MUST_CHECK Value staticmethod_new(VM *vm, Value function);
MUST_CHECK Value classmethod_new(VM *vm, Value function);
// obj.attribute through the descriptor, without asking the class of the descriptor.
MUST_CHECK Value descriptor_get(VM *vm, Descriptor *descriptor, Value object);
MUST_CHECK bool descriptor_set(VM *vm, Descriptor *descriptor, Value object, Value value_or_undefined);
// Any attribute of a class with __set__ or __delete__: 1 done, 0 it is no data descriptor, -1. value UNDEFINED deletes.
int descriptor_set_any(VM *vm, Value attribute, Value object, Value value);
MUST_CHECK Value property_get(VM *vm, Property *property, Value object);
MUST_CHECK bool property_set(VM *vm, Property *property, Value object, Value value_or_undefined);

MUST_CHECK Value super_new(VM *vm, Class *cls, Value object);
MUST_CHECK Value mappingproxy_new(VM *vm, Value mapping);
MUST_CHECK Value generic_alias_new(VM *vm, Value origin, Value args);
MUST_CHECK Value union_new(VM *vm, Value left, Value right);             // left | right for types; NOT_IMPLEMENTED for others

#endif
