// Modules written in Python, compiled when the library is built (scripts/freeze.c).
#include "stdlib/modules.h"

#include "frozen_modules.h"
