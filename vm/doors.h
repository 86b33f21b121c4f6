// Doors: what of the outside world the host has opened to a VM. Each check raises PermissionError when its door is closed.
#ifndef COIL_VM_DOORS_H
#define COIL_VM_DOORS_H

#include "vm/vm.h"

MUST_CHECK bool door_network(VM *vm);
MUST_CHECK bool door_processes(VM *vm);
MUST_CHECK bool door_clock(VM *vm);
MUST_CHECK bool door_environment(VM *vm);
MUST_CHECK bool door_randomness(VM *vm);
MUST_CHECK bool door_threads(VM *vm);

#endif
