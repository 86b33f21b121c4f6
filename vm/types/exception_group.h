// Exception groups (PEP 654).
#ifndef COIL_VM_TYPES_EXCEPTION_GROUP_H
#define COIL_VM_TYPES_EXCEPTION_GROUP_H

#include "vm/native.h"
#include "vm/types/exception.h"

// Makes vm->exc.ExceptionGroup; after BaseExceptionGroup.
MUST_CHECK bool exception_group_init(VM *vm);
// The class that BaseExceptionGroup.__new__ really makes for these arguments, after its checks; NULL with TypeError or ValueError.
MUST_CHECK Class *exception_group_class(VM *vm, Class *cls, Tuple *args);
MUST_CHECK bool exception_group_fill(VM *vm, Exception *group, Tuple *args);
extern const NativeDef exception_group_methods[];
extern const GetSetDef exception_group_getsets[];

// For `except* T`: the part of `exception` (a group or not) that matches, NONE if nothing does, and the rest, NONE if nothing is left.
// A single exception that matches comes wrapped in a group. TypeError when T is no exception class or is a group class.
MUST_CHECK bool exception_group_match(VM *vm, Value exception, Value type, Value *out_match, Value *out_rest);
// What to raise after the except* clauses: from the list of raised and unhandled ones (None entries skipped), or NONE.
MUST_CHECK Value exception_reraise_star(VM *vm, Value original, List *exceptions);

#endif
