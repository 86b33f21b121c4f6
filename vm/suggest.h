// "Did you mean": the name nearest to one that was not found.
#ifndef COIL_VM_SUGGEST_H
#define COIL_VM_SUGGEST_H

#include "vm/vm.h"

// For a NameError or AttributeError; NULL when nothing is near enough (or something went wrong: then it may be raised).
Str *suggestion_for(VM *vm, Value exception);

#endif
