// Instances of classes made in C with data of their own (KIND_HOST): the class says how they are traced and freed.
#include "vm/types/class.h"

void host_trace(VM *vm, Object *object) {
    Class *cls = object->shape->cls;
    if (cls->host_trace != NULL) cls->host_trace(vm, object);
}

void host_free(VM *vm, Object *object) {
    Class *cls = object->shape->cls;
    if (cls->host_free != NULL) cls->host_free(vm, object);
}
