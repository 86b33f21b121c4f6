// Where the program stands, as plain data: (file, line, function) for each frame. For cr_origin and asyncio's debug mode.
#ifndef COIL_VM_STACK_SUMMARY_H
#define COIL_VM_STACK_SUMMARY_H

#include "vm/vm.h"

// A tuple of up to `depth` tuples, the innermost frame first.
MUST_CHECK Tuple *stack_summary(VM *vm, size_t depth);
// The same with the innermost last, as a list.
MUST_CHECK List *stack_summary_list(VM *vm, size_t depth);
// As tracebacks show them, outermost first, each line ending with a newline; `innermost_first` says how the entries (a tuple or list) stand.
MUST_CHECK Str *stack_summary_text(VM *vm, Value entries, bool innermost_first);

#endif
