// The steps of enumerate, filter, map and zip, for iterator_next().
#ifndef COIL_VM_TYPES_ITER_FUNCTIONS_H
#define COIL_VM_TYPES_ITER_FUNCTIONS_H

#include "vm/types/iterator.h"

MUST_CHECK Value enumerate_next(VM *vm, Iterator *it);
MUST_CHECK Value filter_next(VM *vm, Iterator *it);
MUST_CHECK Value map_next(VM *vm, Iterator *it);
MUST_CHECK Value zip_next(VM *vm, Iterator *it);
MUST_CHECK Value enumerate_next_pair(VM *vm, Iterator *it, Value *out_pair);
MUST_CHECK Value zip_next_pair(VM *vm, Iterator *it, Value *out_pair);

#endif
