// Standard output and error: a buffer in front of hooks.write. The objects sys.stdout and sys.stderr are in types/stream.c.
//
// Stream 1 is collected in a buffer that goes out when it is full, at each newline when vm->output.by_line is set (a terminal),
// before anything goes to stream 2, and at output_flush().
#ifndef COIL_VM_OUTPUT_H
#define COIL_VM_OUTPUT_H

#include "vm/vm.h"

void output_write(VM *vm, int stream, const char *text, size_t size);
void output_flush(VM *vm);
MUST_CHECK bool output_check(VM *vm);   // false: the host could not write what it was handed, OSError is raised (coil_output_failed)
// Writes a str as UTF-8; UnicodeEncodeError for lone surrogates (escaped on stream 2, as CPython's stderr does).
MUST_CHECK bool output_write_str(VM *vm, int stream, Str *text);
#endif
