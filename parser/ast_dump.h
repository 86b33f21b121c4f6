// Prints a syntax tree as Python's ast.dump() does, to the letter.
#ifndef COIL_PARSER_AST_DUMP_H
#define COIL_PARSER_AST_DUMP_H

#include <stdbool.h>

#include "base/buf.h"
#include "parser/ast.h"

typedef struct {
    bool attributes;    // also lineno, col_offset, end_lineno, end_col_offset
    int indent;         // spaces a level; negative for everything on one line
} AstDumpOptions;

// Works with an explicit stack: no tree is too deep. A failed allocation leaves out->failed set.
void ast_dump(const Module *module, AstDumpOptions options, Buf *out);

#endif
