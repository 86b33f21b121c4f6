// Showing exceptions to people.
#ifndef COIL_VM_REPORT_H
#define COIL_VM_REPORT_H

#include "vm/types/exception.h"
#include "vm/types/module.h"

// Writes text to sys.stderr.
void report_write(VM *vm, Str *text);
// Writes the report of an exception to sys.stderr: what sys.excepthook does. Never raises.
void exception_show(VM *vm, Value exception);

#endif
