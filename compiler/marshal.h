// Code units as bytes: for modules frozen into the library and units kept between runs.
#ifndef COIL_COMPILER_MARSHAL_H
#define COIL_COMPILER_MARSHAL_H

#include "base/arena.h"
#include "base/buf.h"
#include "compiler/codeunit.h"

// Appends the unit, and those among its constants, to `out` (out->failed when memory runs out).
void codeunit_write(Buf *out, const CodeUnit *code);

// The unit that the bytes hold, in the arena; or NULL, with the reason in *out_problem (NULL: no memory). Nothing is trusted: the bytes
// may come from anywhere, and what they hold is verified. Texts are not copied: the bytes must live as long as the
// unit.
const CodeUnit *codeunit_read(Arena *arena, const void *bytes, size_t size, const char **out_problem);

#endif
