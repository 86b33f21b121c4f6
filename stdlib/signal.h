// Signals as asyncio needs them: see signal.c.
#ifndef COIL_STDLIB_SIGNAL_H
#define COIL_STDLIB_SIGNAL_H

#include "vm/native.h"

enum { SIGNAL_COUNT = 65 };

// From now on the signal puts the handle (an asyncio Handle) into its loop; NULL: as before. False: an exception is raised.
MUST_CHECK bool signal_set_loop_handle(VM *vm, int number, Object *handle_or_null);
Object *signal_loop_handle(VM *vm, int number);

#endif
