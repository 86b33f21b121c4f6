// Warnings, as far as C code gives them.
#ifndef COIL_VM_WARNINGS_H
#define COIL_VM_WARNINGS_H

#include "vm/vm.h"

// Shows "file.py:3: SyntaxWarning: text" and the source line on stderr unless a filter or the host's hook says otherwise; once per place and
// text.
// False: an exception is raised (the filter turned the warning into one, or there is no memory).
MUST_CHECK bool vm_warn_explicit(VM *vm, Class *category, const char *text, Str *filename, int line);
// The same for the Python frame `stack_level` up (1: the innermost).
MUST_CHECK bool vm_warn(VM *vm, Class *category, int stack_level, const char *format, ...);

// Tells the host's hook of a warning that the filters let through: 1, it is dealt with; 0, it is to be shown; -1: an exception is raised.
// message is an instance of a Warning class, or what one is made of by calling the category.
MUST_CHECK int warning_tell(VM *vm, Value message, Value category, Str *filename, int line);

#endif
