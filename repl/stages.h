// The stages of the front end, one at a time: `coil --tokens`, `--ast` and `--check`.
#ifndef COIL_REPL_STAGES_H
#define COIL_REPL_STAGES_H

#include "repl/text.h"

// Runs the stage that argv[1] names ("--tokens FILE", "--ast [--attributes] [--indent] [--mode=exec|eval|single] FILE",
// "--check FILE..."); "-" is the standard input. Returns the exit status, or -1 when argv[1] names no stage.
int stages_main(int argc, char **argv);

// Adds to `out` what the stage ("ast" or "dis") makes of a text, or the error that it finds.
void stages_show(const char *stage, const char *source, size_t size, Text *out);

#endif
