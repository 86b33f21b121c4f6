// Lexer: source text to tokens.
#ifndef COIL_LEXER_LEXER_H
#define COIL_LEXER_LEXER_H

#include "base/buf.h"
#include "lexer/frontend.h"

// Fills fe->tokens from fe->source. A lexical error does not leave: it becomes an ERRORTOKEN, the array's last.
void lexer_run(FrontEnd *fe);

// Raises the lexical error: for the parser that has reached the ERRORTOKEN.
_Noreturn void lexer_raise(FrontEnd *fe);

// After the parser refused the source, with `last` the furthest token it read: raises what the lexer found further
// on, if CPython would rather report that (a bad string or number, or "'(' was never closed" for a bracket on an
// earlier line than `last`). Returns when the parser's own error stands.
void lexer_check_rest(FrontEnd *fe, const Token *last);

// Prints one token a line, as `python3 -m tokenize -e` does: range, kind, text.
void lexer_dump(const FrontEnd *fe, Buf *out);

// Python's repr of UTF-8 text, for messages and dumps.
void text_repr(Buf *out, const char *text, size_t length);

#endif
