// Where a statement typed at the prompt ends, and how the next line is indented.
#ifndef COIL_REPL_STATEMENT_H
#define COIL_REPL_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum StatementState {
    STATEMENT_EMPTY,    // nothing but blanks and comments
    STATEMENT_MORE,     // goes on in the next line
    STATEMENT_WHOLE,    // can be run, or has a mistake that no further line mends
} StatementState;

// Where the lines come from.
typedef enum StatementInput {
    INPUT_PLAIN,        // as they were typed: an empty line that ends a block is quite empty, as at Python's own prompt
    INPUT_INDENTED,     // by an editor that indents: blanks may stand on the line that ends a block
    // edited as a block or pasted: may be several statements, and a mistake counts only if they are no program either
    INPUT_BLOCK,
} StatementInput;

// What Python's interactive grammar says of lines that end with a newline: a block goes on until an empty line.
StatementState statement_state(const char *text, size_t size, StatementInput input);
// The same for a text that grows line by line, without parsing a long one for each of its lines. Zero for a new
// statement.
typedef struct StatementLook {
    size_t size;            // of the text when it was parsed last
    StatementState state;   // what that gave
    bool is_open;           // a bracket, a string or a backslash went on
} StatementLook;
StatementState statement_look(StatementLook *look, const char *text, size_t size, StatementInput input);
// Whether there is nothing to run: blanks and comments.
bool statement_is_empty(const char *text, size_t size);

// Where the top-level statements end, each with all that shares its lines, when the text is a program of several;
// otherwise there is one. How many; *out_ends is to be freed. 0 without memory.
size_t statements_cut(const char *text, size_t size, size_t **out_ends);

// How many spaces the line after `text` begins with: as the one before, one step more behind a colon, one less behind
// `return` and its like.
int statement_indentation(const char *text, size_t size);

#endif
