// The trace and free functions of every kind, from kinds.def.
#include "vm/kinds.h"

#define KIND(name, prefix) void prefix##_trace(VM *vm, Object *object); void prefix##_free(VM *vm, Object *object);
#define KIND_TRACED(name, prefix) void prefix##_trace(VM *vm, Object *object);
#define KIND_PLAIN(name)
#include "vm/kinds.def"
#undef KIND
#undef KIND_TRACED
#undef KIND_PLAIN

const KindFunctions kind_functions[KIND_COUNT] = {
#define KIND(name, prefix) [KIND_##name] = {prefix##_trace, prefix##_free},
#define KIND_TRACED(name, prefix) [KIND_##name] = {prefix##_trace, NULL},
#define KIND_PLAIN(name)
#include "vm/kinds.def"
#undef KIND
#undef KIND_TRACED
#undef KIND_PLAIN
};
