// What could stand at the cursor: names, attributes, dict keys, modules, files, commands of the prompt.
#ifndef COIL_REPL_COMPLETE_H
#define COIL_REPL_COMPLETE_H

#include "repl/line.h"

// LineHost.complete; `user` is a pointer to a struct whose first member is the Process.
bool complete_at(void *user, const char *text, size_t size, size_t cursor, Completions *out);

#endif
