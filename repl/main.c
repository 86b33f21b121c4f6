// The `coil` command: reads the command line and runs a file, a module, a string or the prompt.
#include <stdio.h>

int main(void) {
    fprintf(stderr, "coil: nothing to run yet\n");
    return 1;
}
