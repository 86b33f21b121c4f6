// Diagnostics: what the front end has to say about a source that it refuses, and its warnings.
//
// Everything is in the numbers that Python's SyntaxError shows: lines from 1, columns in characters from 1; 0 or -1
// where CPython gives those. The texts live in the front end's arena.
#ifndef COIL_BASE_DIAG_H
#define COIL_BASE_DIAG_H

#include <stddef.h>
#include <stdint.h>

typedef enum DiagKind {
    DIAG_NONE,
    DIAG_SYNTAX_ERROR,
    DIAG_INDENTATION_ERROR,
    DIAG_TAB_ERROR,
    DIAG_VALUE_ERROR,     // NUL bytes in a source
    DIAG_RECURSION_ERROR, // nested too deeply for the compiler
    DIAG_MEMORY_ERROR,
    DIAG_OVERFLOW_ERROR,
} DiagKind;

// The Python exception's name: "SyntaxError" and so on.
const char *diag_kind_name(DiagKind kind);

enum { DIAG_NO_OFFSET = INT32_MIN };   // an end_offset that SyntaxError has as None

typedef struct Diagnostic {
    DiagKind kind;
    const char *message;
    const char *filename;
    int lineno, offset;         // lineno 0: no position is known (SyntaxError without details)
    int end_lineno, end_offset;
    const char *text;           // the source line, with its newline where CPython has it; NULL when unknown
} Diagnostic;

typedef enum DiagCategory {
    DIAG_DEPRECATION_WARNING,
    DIAG_SYNTAX_WARNING,
} DiagCategory;

typedef struct DiagWarning {
    DiagCategory category;
    const char *message;
    int lineno, offset, end_lineno, end_offset; // for the SyntaxError that a filter may turn the warning into
} DiagWarning;

#endif
