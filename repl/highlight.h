// Styles for Python text as it is typed: quick, and content with anything, however unfinished.
#ifndef COIL_REPL_HIGHLIGHT_H
#define COIL_REPL_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum Style {
    STYLE_PLAIN,
    STYLE_KEYWORD,
    STYLE_BUILTIN,
    STYLE_STRING,
    STYLE_NUMBER,
    STYLE_COMMENT,
    STYLE_DEFINED,
    STYLE_DECORATOR,
    STYLE_COMMAND,
    STYLE_PROMPT,
    STYLE_MATCH,
    STYLE_COUNT,
} Style;

// What the text leaves open at its end.
typedef struct ScanState {
    bool in_string;         // a string that has not been closed
    size_t string_start;    // where that one begins, its prefix left out
    char quote;             // its quote
    bool triple;
    int depth;              // open brackets
    char last;              // the last character that is neither blank nor in a comment; a string's counts as '"'
} ScanState;

// styles: one for each byte, or NULL. state may be NULL.
void highlight_scan(const char *text, size_t size, uint8_t *styles, ScanState *state);

// The place of the bracket that belongs to the one at `at`; `size` when there is none. styles say what is in strings
// and comments.
size_t highlight_matching(const char *text, size_t size, const uint8_t *styles, size_t at);

// The escape sequence that turns a style on; "" for STYLE_PLAIN.
const char *highlight_color(Style style);

#endif
