// The interactive prompt.
#ifndef COIL_REPL_PROMPT_H
#define COIL_REPL_PROMPT_H

#include "coil.h"

// Reads and runs statements until the end of the input or exit(); gives the exit status.
int prompt_run(CoilVM *vm, bool quiet);

#endif
