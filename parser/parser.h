// Parser: tokens to syntax tree.
#ifndef COIL_PARSER_PARSER_H
#define COIL_PARSER_PARSER_H

#include "lexer/frontend.h"
#include "parser/ast.h"

// The start rules, named as compile()'s modes: a whole file, one expression, one interactive statement.
typedef enum { PARSE_EXEC, PARSE_EVAL, PARSE_SINGLE } ParseMode;

// Parses fe->tokens, which lexer_run has made. The tree lives in fe's arena. A source that is no Python leaves through
// fe->leave with the diagnostic that CPython 3.11 gives; with FRONT_END_ALLOW_INCOMPLETE, one that could go on where
// it ends is "incomplete input".
Module *parser_parse(FrontEnd *fe, ParseMode mode);

#endif
