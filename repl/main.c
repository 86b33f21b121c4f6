// The `coil` command: reads the command line and runs a file, a module, a string or the prompt.
#include <stdio.h>

#include "repl/stages.h"

int main(int argc, char **argv) {
    int status = stages_main(argc, argv);
    if (status >= 0) return status;
    fprintf(stderr, "coil: nothing to run yet\n");
    return 1;
}
