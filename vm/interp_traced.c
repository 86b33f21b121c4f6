// The dispatch loop once more, for while somebody traces (trace.h): the same file, with NEXT() telling of every instruction.
#define TRACED 1
#include "vm/interp.c"
