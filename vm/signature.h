// Signatures of native functions, for native.c and the interpreter.
#ifndef COIL_VM_SIGNATURE_H
#define COIL_VM_SIGNATURE_H

#include "vm/types/function.h"

void signature_trace(VM *vm, Native *native);
void signature_free(VM *vm, Native *native);
// TypeError (ERROR) unless the first argument is there and suits a method.
MUST_CHECK Value native_check_self(VM *vm, Native *native, const Value *args, uint32_t argc);

#endif
