// The stages in a row: see entry.h.
#include "compiler/entry.h"

#include "compiler/compile.h"
#include "lexer/lexer.h"
#include "parser/parser.h"

const CodeUnit *front_end_compile(FrontEnd *fe, const void *source, size_t size, EntryOptions options) {
    static const ParseMode modes[] = {[ENTRY_EXEC] = PARSE_EXEC, [ENTRY_EVAL] = PARSE_EVAL, [ENTRY_SINGLE] = PARSE_SINGLE};
    if (setjmp(fe->leave) != 0) return NULL;
    source_read(fe, source, size);
    lexer_run(fe);
    const Module *module = parser_parse(fe, modes[options.mode]);
    CompileOptions compile_options = {.optimize = options.optimize,
                                      .top_level_await = options.top_level_await,
                                      .future_annotations = options.future_annotations};
    return compiler_compile(fe, module, compile_options);
}
