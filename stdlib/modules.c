// The table of built-in modules, made from modules.def.
#include "stdlib/modules.h"

#define MODULE(name) extern const ModuleDef module_##name;
#include "stdlib/modules.def"
#undef MODULE

const ModuleDef *const builtin_modules[] = {
#define MODULE(name) &module_##name,
#include "stdlib/modules.def"
#undef MODULE
    NULL,
};
