// Slices with ints of any size.
#ifndef COIL_VM_TYPES_SLICE_H
#define COIL_VM_TYPES_SLICE_H

#include "vm/types/containers.h"

// start, stop and step as they apply to a length that may be a big int: what slice.indices() gives.
MUST_CHECK bool slice_indices(VM *vm, Slice *slice, Value length, Value out[3]);

#endif
