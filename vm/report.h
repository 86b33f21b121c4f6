// Showing exceptions to people.
#ifndef COIL_VM_REPORT_H
#define COIL_VM_REPORT_H

#include "vm/types/exception.h"
#include "vm/types/module.h"

// Writes text to sys.stderr.
void report_write(VM *vm, Str *text);
// Writes the report of an exception to sys.stderr: what sys.excepthook does. Never raises.
void exception_show(VM *vm, Value exception);

// A line of a source file without its indentation and newline; NULL when there is none (or without memory, then raised).
Str *source_line_of(VM *vm, Str *filename, int line);

#endif
