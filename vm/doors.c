// The checks of the doors that CoilConfig opens.
#include "vm/doors.h"

#include <errno.h>

#include "vm/errors.h"
#include "vm/types/str.h"

static bool door(VM *vm, bool open, const char *what) {
    if (open) return true;
    Str *text = str_printf(vm, "%s is closed to this program", what);
    if (text == NULL) return false;
    Value args[2] = {from_int(EPERM), from_object(text)};
    raise_with_args(vm, vm->exc.PermissionError, 2, args);
    return false;
}

bool door_network(VM *vm) { return door(vm, vm->doors.network, "the network"); }
bool door_processes(VM *vm) { return door(vm, vm->doors.processes, "running other programs"); }
bool door_clock(VM *vm) { return door(vm, vm->doors.clock, "the clock"); }
bool door_environment(VM *vm) { return door(vm, vm->doors.environment, "the environment"); }
bool door_threads(VM *vm) { return door(vm, vm->doors.threads, "starting threads"); }
bool door_randomness(VM *vm) { return door(vm, vm->doors.randomness, "the system's randomness"); }
