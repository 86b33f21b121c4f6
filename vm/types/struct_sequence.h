// Struct sequences: tuples whose items have names too, such as sys.version_info and time.struct_time.
#ifndef COIL_VM_TYPES_STRUCT_SEQUENCE_H
#define COIL_VM_TYPES_STRUCT_SEQUENCE_H

#include "vm/vm.h"

// A class "module.name" with these fields (names separated by spaces), a subclass of tuple. hidden: names of further fields, which are
// attributes but not items (time.struct_time's tm_zone); NULL for none. NULL without memory.
MUST_CHECK Class *struct_sequence_class(VM *vm, const char *name, const char *fields, const char *hidden);
// An instance from its items, hidden ones last.
MUST_CHECK Value struct_sequence_new(VM *vm, Class *cls, const Value *values, size_t count);

#endif
