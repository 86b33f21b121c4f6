// The front end's door for the VM: bytes in, a code unit or a diagnostic out. Whoever includes this sees no tokens and
// no tree.
#ifndef COIL_COMPILER_ENTRY_H
#define COIL_COMPILER_ENTRY_H

#include "compiler/codeunit.h"
#include "lexer/frontend.h"

typedef enum EntryMode { ENTRY_EXEC, ENTRY_EVAL, ENTRY_SINGLE } EntryMode;

typedef struct EntryOptions {
    EntryMode mode;
    int optimize;              // 0; 1 leaves out asserts (-O); 2 docstrings too (-OO)
    bool top_level_await, future_annotations;
} EntryOptions;

// The unit, in fe's arena; or NULL with fe->diagnostic set. fe is initialised; warnings gather in fe->warnings.
// *out_parsed: the source has passed the parser, so that a diagnostic is of the compiler's.
const CodeUnit *front_end_compile(FrontEnd *fe, const void *source, size_t size, EntryOptions options, bool *out_parsed);

// For the marks under a line of a traceback: when the text is one binary operation or one subscript, the bytes of its
// operator (or of its brackets and what is between them).
bool front_end_anchors(const Allocator *allocator, const char *text, size_t size, uint32_t *out_left, uint32_t *out_right);

#endif
