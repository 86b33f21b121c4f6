// The disassembler.
#ifndef COIL_COMPILER_DISASM_H
#define COIL_COMPILER_DISASM_H

#include "base/buf.h"
#include "compiler/codeunit.h"

// The unit in readable form, and the units among its constants after it.
void disassemble(Buf *out, const CodeUnit *code);

#endif
