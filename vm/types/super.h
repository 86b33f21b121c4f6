// super objects.
#ifndef COIL_VM_TYPES_SUPER_H
#define COIL_VM_TYPES_SUPER_H

#include "vm/types/class.h"

typedef struct Super {
    Object head;
    Class *cls;          // search behind it
    Value object;        // UNDEFINED: unbound
    Class *object_class; // whose MRO is searched
} Super;

MUST_CHECK Value super_get(VM *vm, Super *super, Str *name);   // UNDEFINED when absent
// super().name(...) without making a super object: the raw attribute behind cls in the MRO of object_class, or UNDEFINED.
Value super_lookup(VM *vm, Class *cls, Class *object_class, Str *name);
// Class whose MRO super(cls, object) searches; NULL with TypeError.
// super() as called in a frame.
MUST_CHECK Value super_of_frame(VM *vm, Frame *frame);
MUST_CHECK Class *super_check(VM *vm, Class *cls, Value object);

#endif
