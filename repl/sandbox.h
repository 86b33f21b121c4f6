// What the program that the command runs may use and reach: --memory, --time, --max-instructions, --sandbox, --allow.
#ifndef COIL_REPL_SANDBOX_H
#define COIL_REPL_SANDBOX_H

#include "repl/options.h"

// Handlers of the options: OPTIONS_RUN, or an exit status when the value makes no sense.
int option_memory(Options *options, const char *value);
int option_time(Options *options, const char *value);
int option_instructions(Options *options, const char *value);
int option_allow(Options *options, const char *value);

// Puts the limits into the config and, with --sandbox, closes every door that --allow does not open. The script
// itself can be read. False without memory. What config points to then belongs to `options`.
bool sandbox_apply(Options *options, CoilConfig *config);
void sandbox_free(Options *options);

#endif
