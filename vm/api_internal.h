// What the files of the public API share.
#ifndef COIL_VM_API_INTERNAL_H
#define COIL_VM_API_INTERNAL_H

#include "coil.h"
#include "vm/vm.h"

CoilValue api_handle(VM *vm, Value v);        // ERROR becomes the error handle; so does a value for which there is no memory
Value api_value(CoilValue v);                 // not of an error handle

#endif
