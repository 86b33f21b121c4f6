// Functions of the host as native functions: api_function.c makes and calls them, modules and classes of the host are made of them.
#ifndef COIL_VM_API_FUNCTION_H
#define COIL_VM_API_FUNCTION_H

#include "coil.h"

#include "vm/types/function.h"

typedef struct HostDef {
    NativeDef def;
    CoilNative function;
    void *user;
    size_t size;                 // bytes of this structure
    char text[];                 // copies of signature and docstring, where they are not the host's constants
} HostDef;

// The NativeFunction of all host functions: a Native with it has a HostDef of its own, which goes with it.
Value host_call(VM *vm, const Value *args, int argc);
void host_def_free(VM *vm, const NativeDef *def);

// Calls a C function of the host's with arguments as handles, in a scope of its own.
MUST_CHECK Value host_invoke(VM *vm, CoilNative function, void *user, const Value *args, int count);

// A native function of a row. owner: the class it is a method of, or NULL. Without copy_text the row's texts must outlive the VM.
MUST_CHECK Value host_function_new(VM *vm, const CoilFunction *row, Class *owner, Value module_name, bool copy_text);

#endif
