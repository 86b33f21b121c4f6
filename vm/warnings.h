// Warnings, as far as C code gives them.
#ifndef COIL_VM_WARNINGS_H
#define COIL_VM_WARNINGS_H

#include "vm/vm.h"

// Shows "file.py:3: SyntaxWarning: text" and the source line on stderr unless a filter says otherwise; once per place and text.
// False: an exception is raised (the filter turned the warning into one, or there is no memory).
MUST_CHECK bool vm_warn_explicit(VM *vm, Class *category, const char *text, Str *filename, int line);
// The same for the Python frame `stack_level` up (1: the innermost).
MUST_CHECK bool vm_warn(VM *vm, Class *category, int stack_level, const char *format, ...);

#endif
