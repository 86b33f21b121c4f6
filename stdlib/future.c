// __future__: which features there are, and since when.
#include "stdlib/modules.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/struct_sequence.h"

// Versions are (major, minor, micro, level, serial); mandatory major 0: not decided.
typedef struct Feature { const char *name; int optional[5], mandatory[5]; int flag; } Feature;
enum { ALPHA, BETA, FINAL };
static const char *const levels[] = {"alpha", "beta", "final"};
static const Feature features[] = {
    {"nested_scopes", {2, 1, 0, BETA, 1}, {2, 2, 0, ALPHA, 0}, 0x10},
    {"generators", {2, 2, 0, ALPHA, 1}, {2, 3, 0, FINAL, 0}, 0},
    {"division", {2, 2, 0, ALPHA, 2}, {3, 0, 0, ALPHA, 0}, 0x20000},
    {"absolute_import", {2, 5, 0, ALPHA, 1}, {3, 0, 0, ALPHA, 0}, 0x40000},
    {"with_statement", {2, 5, 0, ALPHA, 1}, {2, 6, 0, ALPHA, 0}, 0x80000},
    {"print_function", {2, 6, 0, ALPHA, 2}, {3, 0, 0, ALPHA, 0}, 0x100000},
    {"unicode_literals", {2, 6, 0, ALPHA, 2}, {3, 0, 0, ALPHA, 0}, 0x200000},
    {"barry_as_FLUFL", {3, 1, 0, ALPHA, 2}, {4, 0, 0, ALPHA, 0}, 0x400000},
    {"generator_stop", {3, 5, 0, BETA, 1}, {3, 7, 0, ALPHA, 0}, 0x800000},
    {"annotations", {3, 7, 0, BETA, 1}, {0}, 0x1000000},
};
enum { FEATURE_COUNT = sizeof features / sizeof *features };

static Value version_tuple(VM *vm, const int *version) {
    if (version[0] == 0) return NONE;
    Str *level = str_from_c(vm, levels[version[3]]);
    Tuple *tuple = level == NULL ? NULL : tuple_pack(vm, 5, from_int(version[0]), from_int(version[1]), from_int(version[2]), from_object(level), from_int(version[4]));
    return tuple != NULL ? from_object(tuple) : ERROR;
}

static bool future_init(VM *vm, Module *module) {
    Class *cls = struct_sequence_class(vm, "__future__._Feature", "optional mandatory compiler_flag", NULL);
    List *names = list_new(vm, FEATURE_COUNT);
    if (cls == NULL || names == NULL) return false;
    for (size_t i = 0; i < FEATURE_COUNT; i++) {
        Value values[3] = {version_tuple(vm, features[i].optional), version_tuple(vm, features[i].mandatory), from_int(features[i].flag)};
        if (is_error(values[0]) || is_error(values[1])) return false;
        Value feature = struct_sequence_new(vm, cls, values, 3);
        Str *name = str_from_c(vm, features[i].name);
        if (is_error(feature) || name == NULL || !module_add(vm, module, features[i].name, feature) || !list_append(vm, names, from_object(name))) return false;
    }
    return module_add(vm, module, "all_feature_names", from_object(names)) && module_add(vm, module, "_Feature", from_object(cls));
}

const ModuleDef module_future = {"__future__", "Record of phased-in incompatible language changes.", NULL, future_init};
