// What the files of the module `time` share.
#ifndef COIL_STDLIB_TIME_INTERNAL_H
#define COIL_STDLIB_TIME_INTERNAL_H

#include <stdio.h>
#include <time.h>

#include "stdlib/modules.h"

Class *struct_time_class(VM *vm);   // NULL with RuntimeError: somebody removed it
MUST_CHECK Value struct_time_from_tm(VM *vm, const struct tm *tm, const char *zone_or_null, long offset);
Value time_strptime(VM *vm, const Value *args, int argc);

#endif
