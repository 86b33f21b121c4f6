// The interactive prompt.
#ifndef COIL_REPL_PROMPT_H
#define COIL_REPL_PROMPT_H

#include "repl/options.h"
#include "repl/process.h"

// Reads and runs statements until the end of the input or exit(); gives the exit status. after_script: a program has
// run before (-i).
int prompt_run(Process *process, const Options *options, bool after_script);

#endif
