// The compiler's entry: syntax tree to code unit.
#ifndef COIL_COMPILER_COMPILE_H
#define COIL_COMPILER_COMPILE_H

#include "compiler/codeunit.h"
#include "lexer/frontend.h"
#include "parser/ast.h"

typedef struct CompileOptions {
    int optimize;              // 0; 1 leaves out asserts (-O); 2 docstrings too (-OO)
    bool top_level_await;      // a module body may `await`; one that does is a coroutine unit
    bool future_annotations;   // inherited from the code that calls compile() or exec()
} CompileOptions;

// The unit lives in fe's arena. Errors leave through fe->leave with the diagnostic set; warnings gather in
// fe->warnings. What kind of unit it is (file, one interactive statement, expression) stands in the module itself.
const CodeUnit *compiler_compile(FrontEnd *fe, const Module *module, CompileOptions options);

#endif
