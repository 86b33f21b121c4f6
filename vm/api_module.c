// The public API: modules of the host's, made from tables when scripts import them.
#include "vm/api_internal.h"

#include "vm/api_function.h"
#include "vm/api_module.h"
#include "vm/heap_internal.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"

typedef struct HostModule {
    const CoilModule *def;
    struct HostModule *next;
} HostModule;

static bool add_module(VM *vm, const CoilModule *def) {
    HostModule *host = buffer_new(vm, sizeof *host);
    if (host == NULL) return false;
    *host = (HostModule){def, vm->api->modules};
    vm->api->modules = host;
    return true;
}

CoilStatus coil_add_module(CoilVM *coil, const CoilModule *module) {
    VM *vm = vm_of(coil);
    API_STATUS(add_module(vm, module));
}

// 1: the table with this name; 2: one of a submodule; 0 neither.
static int module_matches(const CoilModule *def, const char *name, size_t size) {
    if (strncmp(def->name, name, size) != 0) return 0;
    return def->name[size] == 0 ? 1 : def->name[size] == '.' ? 2 : 0;
}

const CoilModule *host_module_find(VM *vm, Str *name, bool *out_is_package) {
    const char *text = str_data(vm, name);
    const CoilModule *found = NULL;
    *out_is_package = false;
    if (text == NULL) return raised_clear(vm), NULL;
    for (const HostModule *host = vm->api == NULL ? NULL : vm->api->modules; host != NULL; host = host->next) {
        int match = module_matches(host->def, text, name->size);
        if (match == 1 && found == NULL) found = host->def;   // the one added last
        if (match == 2) *out_is_package = true;
    }
    return found;
}

bool host_module_exists(VM *vm, Str *name) {
    bool is_package;
    return host_module_find(vm, name, &is_package) != NULL || is_package;
}

static Value constant_value(VM *vm, const CoilConstant *row) {
    switch (row->kind) {
    case COIL_KIND_INT: return int_from_i64(vm, row->integer);
    case COIL_KIND_FLOAT: return float_new(vm, row->real);
    case COIL_KIND_STR: {
        Str *text = str_from_latin1_or_utf8(vm, row->text, strlen(row->text), "strict");
        return text == NULL ? ERROR : from_object(text);
    }
    case COIL_KIND_BOOL: return from_bool(row->integer != 0);
    case COIL_KIND_NONE: return NONE;
    default: return raise_value_error(vm, "constant %s: its kind is none that a table can hold", row->name);
    }
}

bool constants_add(VM *vm, Dict *dict, const CoilConstant *constants) {
    for (const CoilConstant *row = constants; row != NULL && row->name != NULL; row++) {
        Value value = constant_value(vm, row);
        Str *name = is_error(value) ? NULL : str_intern_c(vm, row->name);
        if (name == NULL || !dict_set_str(vm, dict, name, value)) return false;
    }
    return true;
}

static bool functions_add(VM *vm, Module *module, const CoilFunction *functions) {
    for (const CoilFunction *row = functions; row != NULL && row->signature != NULL; row++) {
        Value function = host_function_new(vm, row, NULL, from_object(module->name), false);
        if (is_error(function) || !dict_set_str(vm, module->dict, to_native(function)->name, function)) return false;
    }
    return true;
}

static bool classes_add(VM *vm, Module *module, const CoilModule *def) {
    for (const CoilClass *const *cls = def->classes; cls != NULL && *cls != NULL; cls++) {
        struct HostClass *host = host_class_get(vm, *cls, def->name);
        if (host == NULL) return false;
        const char *dot = strrchr((*cls)->name, '.');
        if (!module_add(vm, module, dot == NULL ? (*cls)->name : dot + 1, host_class_value(host))) return false;
    }
    return true;
}

bool host_module_fill(VM *vm, Module *module, const CoilModule *def) {
    if (!functions_add(vm, module, def->functions) || !constants_add(vm, module->dict, def->constants) || !classes_add(vm, module, def)) return false;
    if (def->init == NULL) return true;
    size_t scope = coil_scope_open((CoilVM *)vm);
    CoilValue value = handle(vm, from_object(module));
    bool ok = !coil_is_error(value) && def->init((CoilVM *)vm, value, def->user) == COIL_OK;
    coil_scope_close((CoilVM *)vm, scope);
    if (!ok && !is_raised(vm)) raise_error(vm, vm->exc.ImportError, "module %s cannot be made", def->name);
    return ok;
}
