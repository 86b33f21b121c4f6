// Running what the command line names.
#ifndef COIL_REPL_RUN_H
#define COIL_REPL_RUN_H

#include "vm/vm.h"

typedef enum RunWhat { RUN_PROMPT, RUN_FILE, RUN_STRING, RUN_MODULE, RUN_STDIN } RunWhat;

// Runs it as __main__ and returns the exit status. argv becomes sys.argv.
int run_main(VM *vm, RunWhat what, const char *target, int argc, char **argv);

#endif
