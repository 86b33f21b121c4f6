// Finds out what is wrong with a source that the parser has refused.
//
// The parser proper knows only that it cannot go on. This machine reads the same tokens again, from the beginning of
// the top-level statement that failed, by the rules of grammar.def as CPython's parser would: once without the rules
// for mistakes, which finds the furthest token that makes sense, and once with them. It is a recogniser with a memory
// for results; where an error's text needs to know more about some expression, that is parsed by the parser proper.
#ifndef COIL_PARSER_DIAGNOSE_H
#define COIL_PARSER_DIAGNOSE_H

#include "parser/parse_internal.h"

// start: the first token of the statement; furthest: where the parser gave up. Leaves through fe->leave.
_Noreturn void diagnose(FrontEnd *fe, ParseMode mode, const Token *start, const Token *furthest);

// What messages call an expression: "function call", "literal", ...
const char *expr_describe(const Expr *expr);

#endif
