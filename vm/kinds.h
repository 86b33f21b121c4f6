// What the collector does with an object of each kind: see kinds.def.
#ifndef COIL_VM_KINDS_H
#define COIL_VM_KINDS_H

#include "vm/heap.h"

typedef struct KindFunctions {
    void (*trace)(VM *vm, Object *object);   // NULL: refers to nothing
    void (*free)(VM *vm, Object *object);    // NULL: owns nothing outside its cell
} KindFunctions;
extern const KindFunctions kind_functions[KIND_COUNT];

#endif
