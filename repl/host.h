// What the command opens to programs: files by their paths, and the process's standard streams.
#ifndef COIL_REPL_HOST_H
#define COIL_REPL_HOST_H

#include "vm/vm.h"

void host_open(VM *vm);   // sets the VM's hooks

#endif
