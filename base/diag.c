// Diagnostics: see diag.h.
#include "base/diag.h"

const char *diag_kind_name(DiagKind kind) {
    static const char *const names[] = {
        [DIAG_NONE] = "",
        [DIAG_SYNTAX_ERROR] = "SyntaxError",
        [DIAG_INDENTATION_ERROR] = "IndentationError",
        [DIAG_TAB_ERROR] = "TabError",
        [DIAG_VALUE_ERROR] = "ValueError",
        [DIAG_RECURSION_ERROR] = "RecursionError",
        [DIAG_MEMORY_ERROR] = "MemoryError",
        [DIAG_OVERFLOW_ERROR] = "OverflowError",
    };
    return names[kind];
}
