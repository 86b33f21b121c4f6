// Imports: sys.modules, the built-in modules' table, then the directories of sys.path (or of the package's __path__).
//
// Before those come the host's modules: those of its tables, and what its hook gives by name. Files are seen only through the VM's hooks, so
// that a host decides what there is. Directories without __init__.py are namespace packages, as in Python. There are no importers to plug in
// and no compiled files.
#define _GNU_SOURCE   // memrchr
#include "vm/api_module.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "stdlib/modules.h"


static bool set_named(VM *vm, Value object, const char *name, Value value) {
    Str *key = str_intern_c(vm, name);
    return key != NULL && attr_set(vm, object, key, value);
}

// ImportError or ModuleNotFoundError with its `name` (and `path`).
static Value raise_import_error(VM *vm, Class *cls, Str *message, Value name, Value path) {
    if (message == NULL) return ERROR;
    Value text = from_object(message), error = exception_new(vm, cls, 1, &text);
    if (is_error(error)) return ERROR;
    to_exception(error)->fields[IMPORT_NAME] = name;
    to_exception(error)->fields[IMPORT_PATH] = path;
    gc_write_barrier(vm, to_object(error));
    return raise_exception(vm, error);
}

static Value raise_not_found(VM *vm, Str *name) {
    return raise_import_error(vm, vm->exc.ModuleNotFoundError, str_printf(vm, "No module named %R", from_object(name)), from_object(name), UNDEFINED);
}

// ---- specs

// A module's __spec__: enough of ModuleSpec for programs that look at it.
static Value spec_new(VM *vm, Str *name, Value origin, Value search_locations, bool initializing) {
    Value spec = instance_new(vm, vm->types.simple_namespace);
    if (is_error(spec)) return ERROR;
    Str *parent = vm->empty_str;
    const char *data = str_data(vm, name), *dot = data == NULL ? NULL : memrchr(data, '.', name->size);
    if (data == NULL) return ERROR;
    if (!is_none(search_locations)) parent = name;
    else if (dot != NULL && (parent = str_new(vm, data, (size_t)(dot - data))) == NULL) return ERROR;
    bool ok = set_named(vm, spec, "name", from_object(name)) && set_named(vm, spec, "loader", NONE) && set_named(vm, spec, "origin", origin) &&
              set_named(vm, spec, "submodule_search_locations", search_locations) && set_named(vm, spec, "parent", from_object(parent)) &&
              set_named(vm, spec, "has_location", from_bool(is_str(origin))) && set_named(vm, spec, "cached", NONE) &&
              set_named(vm, spec, "_initializing", from_bool(initializing));
    return ok ? spec : ERROR;
}

static bool module_is_initializing(VM *vm, Value module) {
    if (!is_module(module)) return false;
    Value spec = dict_get_str(vm, to_module(module)->dict, vm->names.__spec__);
    if (is_undefined(spec) || is_none(spec)) return false;
    Str *name = str_intern_c(vm, "_initializing");
    Value flag = name == NULL ? ERROR : attr_get_optional(vm, spec, name);
    if (is_error(flag)) raised_clear(vm);
    return is_true_value(flag);
}

// ---- finding files

typedef struct Found {
    Str *file;             // source file; NULL for a namespace package
    Str *directory;        // of a package; NULL for a plain module
} Found;

static int kind_of_path(VM *vm, Str *path) {
    const char *data = str_data(vm, path);
    if (data == NULL || vm->hooks.file_kind == NULL || memchr(data, 0, path->size) != NULL) return FILE_KIND_NONE;
    return vm->hooks.file_kind(vm->hooks.file_user, data);
}

// Looks for `tail` in one directory. 1 found, 0 not, -1 error; a directory without __init__.py goes to out->directory alone (2).
static int find_in_directory(VM *vm, Str *directory, Str *tail, Found *out) {
    const char *separator = directory->size == 0 ? "" : directory->data != NULL && directory->data[directory->size - 1] == '/' ? "" : "/";
    Str *base = str_printf(vm, "%S%s%S", directory, separator, tail);
    if (base == NULL || str_data(vm, base) == NULL) return -1;
    if (kind_of_path(vm, base) == FILE_KIND_DIRECTORY) {
        Str *init = str_printf(vm, "%S/__init__.py", base);
        if (init == NULL) return -1;
        if (kind_of_path(vm, init) == FILE_KIND_FILE) {
            *out = (Found){init, base};
            return 1;
        }
        Str *file = str_printf(vm, "%S.py", base);
        if (file == NULL) return -1;
        if (kind_of_path(vm, file) == FILE_KIND_FILE) {
            *out = (Found){file, NULL};
            return 1;
        }
        *out = (Found){NULL, base};
        return 2;
    }
    Str *file = str_printf(vm, "%S.py", base);
    if (file == NULL) return -1;
    if (kind_of_path(vm, file) != FILE_KIND_FILE) return 0;
    *out = (Found){file, NULL};
    return 1;
}

// Looks for the last part of a module's name along a path (a list of str). *out_locations gets the __path__ of a package.
// 1 found, 0 not, -1 error.
static int find_on_path(VM *vm, Value path, Str *tail, Found *out, Value *out_locations) {
    *out_locations = NONE;
    Iteration it;
    Value entry;
    List *portions = NULL;
    if (!iter_begin(vm, &it, path)) return -1;
    while (iter_step(vm, &it, &entry)) {
        if (!is_str(entry)) continue;
        Found found;
        int result = find_in_directory(vm, to_str(entry), tail, &found);
        if (result < 0) return -1;
        if (result == 1) {
            *out = found;
            if (found.directory == NULL) return 1;
            List *locations = list_new(vm, 1);
            if (locations == NULL || !list_append(vm, locations, from_object(found.directory))) return -1;
            *out_locations = from_object(locations);
            return 1;
        }
        if (result == 2) {
            if (portions == NULL && (portions = list_new(vm, 1)) == NULL) return -1;
            if (!list_append(vm, portions, from_object(found.directory))) return -1;
        }
    }
    if (it.failed) return -1;
    if (portions == NULL) return 0;
    *out = (Found){NULL, NULL};
    *out_locations = from_object(portions);
    return 1;
}

// ---- loading

static Value execute_file(VM *vm, Module *module, Str *file) {
    const char *path = str_data(vm, file);
    if (path == NULL) return ERROR;
    size_t size = 0;
    char *source = vm->hooks.file_read != NULL ? vm->hooks.file_read(vm->hooks.file_user, path, &size) : NULL;
    if (source == NULL) return raise_os_error(vm, 2, from_object(file));
    Value code = source_compile(vm, source, size, file, COMPILE_EXEC, COMPILE_FROM_FILE);
    vm->hooks.file_release(vm->hooks.file_user, source, size);
    if (is_error(code)) return ERROR;
    return code_run(vm, (Code *)to_object(code), module->dict, UNDEFINED);
}

// __file__, __path__, __package__, __spec__.
static bool module_set_place(VM *vm, Module *module, Str *name, Str *file, Value locations) {
    Value origin = file != NULL ? from_object(file) : NONE;
    Value spec = spec_new(vm, name, origin, locations, true);
    if (is_error(spec)) return false;
    Str *parent = str_intern_c(vm, "parent");
    Value package = parent == NULL ? ERROR : attr_get(vm, spec, parent);
    if (is_error(package)) return false;
    if (file != NULL && !dict_set_str(vm, module->dict, vm->names.__file__, origin)) return false;
    if (!is_none(locations) && !dict_set_str(vm, module->dict, vm->names.__path__, locations)) return false;
    return dict_set_str(vm, module->dict, vm->names.__spec__, spec) && dict_set_str(vm, module->dict, vm->names.__package__, package) &&
           dict_set_str(vm, module->dict, vm->names.__builtins__, from_object(vm->builtins));
}

static void module_done(VM *vm, Module *module) {
    Value spec = dict_get_str(vm, module->dict, vm->names.__spec__);
    if (is_object(spec) && !set_named(vm, spec, "_initializing", FALSE_VALUE)) raised_clear(vm);
}

// The module is not in sys.modules after all. ERROR, with the exception that is pending.
static Value import_failed(VM *vm, Str *name) {
    Value error = raised_take(vm);
    if (dict_delete(vm, vm->modules, from_object(name)) < 0) raised_clear(vm);
    raised_set(vm, error);
    return ERROR;
}

static Value load_source(VM *vm, Str *name, const Found *found, Value locations) {
    Module *module = module_new(vm, name, NULL);
    if (module == NULL || !module_set_place(vm, module, name, found->file, locations)) return ERROR;
    if (!dict_set(vm, vm->modules, from_object(name), from_object(module))) return ERROR;
    if (found->file != NULL && is_error(execute_file(vm, module, found->file))) return import_failed(vm, name);
    module_done(vm, module);
    // What the module put into sys.modules in its own place counts.
    Value result = dict_get(vm, vm->modules, from_object(name));
    if (is_undefined(result)) return raise_key_error(vm, from_object(name));
    return result;
}

// A module of the standard library that is written in Python.
static Value load_frozen(VM *vm, Str *name, const FrozenModule *frozen) {
    Str *filename = str_printf(vm, "<frozen %S>", name);
    Module *module = filename == NULL ? NULL : module_new(vm, name, NULL);
    if (module == NULL || !module_set_place(vm, module, name, NULL, NONE)) return ERROR;
    uint8_t *unit = buffer_new_unset(vm, frozen->size);
    if (unit == NULL) return ERROR;
    Value code = ERROR;
    if (unpack(&frozen_codes, frozen->packed, frozen->packed_size, unit, frozen->size)) code = unit_load(vm, unit, frozen->size, filename);
    else raise_error(vm, vm->exc.ImportError, "%S is damaged", filename);
    buffer_free(vm, unit, frozen->size);
    if (is_error(code) || !dict_set(vm, vm->modules, from_object(name), from_object(module))) return ERROR;
    if (is_error(code_run(vm, (Code *)to_object(code), module->dict, UNDEFINED))) return import_failed(vm, name);
    module_done(vm, module);
    return from_object(module);
}

static const FrozenModule *find_frozen(VM *vm, Str *name) {
    for (const FrozenModule *frozen = frozen_modules; frozen->name != NULL; frozen++)
        if (str_equals_c(vm, name, frozen->name)) return frozen;
    return NULL;
}

static Value load_builtin(VM *vm, const ModuleDef *def, Str *name) {
    Module *module = module_from_def(vm, def);
    if (module == NULL) return ERROR;
    Str *origin = str_from_c(vm, "built-in");
    Value spec = origin == NULL ? ERROR : spec_new(vm, name, from_object(origin), NONE, false);
    if (is_error(spec) || !dict_set_str(vm, module->dict, vm->names.__spec__, spec)) return ERROR;
    if (!dict_set_str(vm, module->dict, vm->names.__package__, from_object(vm->empty_str))) return ERROR;
    return dict_set(vm, vm->modules, from_object(name), from_object(module)) ? from_object(module) : ERROR;
}

static const ModuleDef *find_builtin(VM *vm, Str *name) {
    for (const ModuleDef *const *def = builtin_modules; *def != NULL; def++)
        if (str_equals_c(vm, name, (*def)->name)) return *def;
    return NULL;
}

// A module that the host's tables describe, or a package that only its submodules stand in.
static Value load_host_module(VM *vm, Str *name) {
    bool is_package = false;
    const CoilModule *def = host_module_find(vm, name, &is_package);
    Module *module = module_new(vm, name, def == NULL ? NULL : def->doc);
    Str *origin = module == NULL ? NULL : str_from_c(vm, "built-in");
    List *locations = NULL;
    if (origin == NULL || (is_package && (locations = list_new(vm, 0)) == NULL)) return ERROR;
    if (!module_set_place(vm, module, name, NULL, locations == NULL ? NONE : from_object(locations))) return ERROR;
    Value spec = dict_get_str(vm, module->dict, vm->names.__spec__);
    if (!set_named(vm, spec, "origin", from_object(origin))) return ERROR;
    if (!dict_set(vm, vm->modules, from_object(name), from_object(module))) return ERROR;
    if (def != NULL && !host_module_fill(vm, module, def)) return import_failed(vm, name);
    module_done(vm, module);
    return from_object(module);
}

// A module that the host's hook gives; UNDEFINED when it has none of this name.
static Value load_from_hook(VM *vm, Str *name) {
    const char *text = vm->hooks.find_module == NULL ? NULL : str_data(vm, name);
    CoilModuleSource source = {0};
    if (text == NULL || memchr(text, 0, name->size) != NULL || !vm->hooks.find_module(vm->hooks.user, text, &source)) return UNDEFINED;
    Str *filename = source.filename != NULL ? str_from_latin1_or_utf8(vm, source.filename, strlen(source.filename), "surrogateescape")
                                            : str_printf(vm, "<%S>", name);
    Value code = ERROR;
    if (filename != NULL)
        code = source.is_unit ? unit_load(vm, source.data, source.size, filename)
                              : source_compile(vm, source.data, source.size, filename, COMPILE_EXEC, COMPILE_FROM_FILE);
    if (vm->hooks.release_module != NULL) vm->hooks.release_module(vm->hooks.user, &source);
    if (is_error(code)) return ERROR;
    Module *module = module_new(vm, name, NULL);
    List *locations = module != NULL && source.is_package ? list_new(vm, 0) : NULL;
    if (module == NULL || (source.is_package && locations == NULL)) return ERROR;
    if (!module_set_place(vm, module, name, filename, locations == NULL ? NONE : from_object(locations))) return ERROR;
    if (!dict_set(vm, vm->modules, from_object(name), from_object(module))) return ERROR;
    if (is_error(code_run(vm, (Code *)to_object(code), module->dict, UNDEFINED))) return import_failed(vm, name);
    module_done(vm, module);
    return from_object(module);
}

static Value import_absolute(VM *vm, Str *name);

// The directories to search for `name`, and its last part. ERROR when the parent is no package.
static Value search_path_for(VM *vm, Str *name, Str **out_tail, Value *out_parent) {
    const char *data = str_data(vm, name), *dot = data == NULL ? NULL : memrchr(data, '.', name->size);
    *out_parent = UNDEFINED;
    *out_tail = name;
    if (data == NULL) return ERROR;
    if (dot == NULL) {
        Str *path_name = vm->names.path;
        return attr_get(vm, from_object(vm->sys_module), path_name);
    }
    Str *parent_name = str_new(vm, data, (size_t)(dot - data));
    *out_tail = str_new(vm, dot + 1, (size_t)(data + name->size - dot - 1));
    if (parent_name == NULL || *out_tail == NULL) return ERROR;
    *out_parent = import_absolute(vm, parent_name);
    if (is_error(*out_parent)) return ERROR;
    Value path = attr_get_optional(vm, *out_parent, vm->names.__path__);
    if (!is_undefined(path)) return path;
    return raise_import_error(vm, vm->exc.ModuleNotFoundError,
                              str_printf(vm, "No module named %R; %R is not a package", from_object(name), from_object(parent_name)),
                              from_object(name), UNDEFINED);
}

// The module with this full name, loaded if need be.
static Value import_absolute(VM *vm, Str *name) {
    Value module = dict_get(vm, vm->modules, from_object(name));
    if (is_error(module)) return ERROR;
    if (is_none(module))
        return raise_import_error(vm, vm->exc.ModuleNotFoundError, str_printf(vm, "import of %S halted; None in sys.modules", name), from_object(name), UNDEFINED);
    if (!is_undefined(module)) return module;
    if (!stack_check(vm)) return ERROR;
    bool of_host = host_module_exists(vm, name);
    const ModuleDef *builtin = of_host ? NULL : find_builtin(vm, name);
    if (builtin != NULL) return load_builtin(vm, builtin, name);
    Str *tail;
    Value parent, path = search_path_for(vm, name, &tail, &parent), locations;
    if (is_error(path)) return ERROR;
    module = dict_get(vm, vm->modules, from_object(name));   // importing the parent may have brought it
    if (!is_undefined(module)) return module;
    module = of_host ? load_host_module(vm, name) : load_from_hook(vm, name);
    if (is_undefined(module)) {
        Found found;
        int result = find_on_path(vm, path, tail, &found, &locations);
        if (result < 0) return ERROR;
        const FrozenModule *frozen = result == 0 ? find_frozen(vm, name) : NULL;
        if (result == 0 && frozen == NULL) return raise_not_found(vm, name);
        module = frozen != NULL ? load_frozen(vm, name, frozen) : load_source(vm, name, &found, locations);
    }
    if (is_error(module) || is_undefined(parent)) return module;
    Str *attribute = str_intern(vm, tail);
    return attribute != NULL && attr_set(vm, parent, attribute, module) ? module : ERROR;
}

// ---- __import__

// The package that relative imports start from, by the importing module's globals.
static Str *package_of_globals(VM *vm, Dict *globals) {
    Value package = globals != NULL ? dict_get_str(vm, globals, vm->names.__package__) : UNDEFINED;
    if (is_str(package)) return to_str(package);
    if (!is_undefined(package) && !is_none(package)) {
        raise_type_error(vm, "package must be a string");
        return NULL;
    }
    Value name = globals != NULL ? dict_get_str(vm, globals, vm->names.__name__) : UNDEFINED;
    if (!is_str(name)) {
        raise_error(vm, vm->exc.KeyError, "'__name__' not in globals");
        return NULL;
    }
    if (!is_undefined(dict_get_str(vm, globals, vm->names.__path__))) return to_str(name);
    const char *data = str_data(vm, to_str(name)), *dot = data == NULL ? NULL : memrchr(data, '.', to_str(name)->size);
    if (data == NULL) return NULL;
    Str *package_name = dot == NULL ? vm->empty_str : str_new(vm, data, (size_t)(dot - data));
    gc_keep_value(name);
    return package_name;
}

// The full name of `level` dots and a name.
static Str *resolve_name(VM *vm, Str *name, Dict *globals, int level) {
    Str *package = package_of_globals(vm, globals);
    if (package == NULL) return NULL;
    if (package->size == 0) {
        raise_error(vm, vm->exc.ImportError, "attempted relative import with no known parent package");
        return NULL;
    }
    const char *data = str_data(vm, package), *end = data == NULL ? NULL : data + package->size;
    if (data == NULL) return NULL;
    for (int i = 1; i < level; i++) {
        const char *dot = memrchr(data, '.', (size_t)(end - data));
        if (dot == NULL) {
            raise_error(vm, vm->exc.ImportError, "attempted relative import beyond top-level package");
            return NULL;
        }
        end = dot;
    }
    Str *base = str_new(vm, data, (size_t)(end - data));
    gc_keep(package);
    if (base == NULL || name->size == 0) return base;
    return str_printf(vm, "%S.%S", base, name);
}

// `from package import name`: names that are not there yet may be submodules.
static bool import_submodules(VM *vm, Value module, Value fromlist, bool recursive) {
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, fromlist)) return false;
    while (iter_step(vm, &it, &item)) {
        if (!is_str(item)) {
            raise_type_error(vm, recursive ? "Item in %V.__all__ must be str, not %T" : "Item in ``from list'' must be str, not %T", item);
            return false;
        }
        if (str_equals_c(vm, to_str(item), "*")) {
            Value all = recursive ? UNDEFINED : attr_get_optional(vm, module, vm->names.__all__);
            if (is_error(all) || (!is_undefined(all) && !import_submodules(vm, module, all, true))) return false;
            continue;
        }
        Str *name = str_intern(vm, to_str(item));
        Value there = name == NULL ? ERROR : attr_get_optional(vm, module, name);
        if (is_error(there)) return false;
        if (!is_undefined(there)) continue;
        Value package = attr_get(vm, module, vm->names.__name__);
        if (is_error(package)) return false;
        Str *full = str_printf(vm, "%V.%S", package, name);
        if (full == NULL) return false;
        if (!is_error(import_absolute(vm, full))) continue;
        // Not there: IMPORT_FROM will say so in its own words. A module that is there but fails passes on.
        if (!raised_matches(vm, vm->exc.ModuleNotFoundError)) return false;
        Value missing = to_exception(vm->raised)->fields[IMPORT_NAME];
        if (!is_str(missing) || !str_equal(vm, to_str(missing), full)) return false;
        raised_clear(vm);
    }
    return !it.failed;
}

Value import_module(VM *vm, Str *name, Dict *globals, Value fromlist, int level) {
    if (level < 0) return raise_value_error(vm, "level must be >= 0");
    if (name->size == 0 && level == 0) return raise_value_error(vm, "Empty module name");
    Str *full = level > 0 ? resolve_name(vm, name, globals, level) : name;
    if (full == NULL) return ERROR;
    Value module = import_absolute(vm, full);
    if (is_error(module)) return ERROR;
    int has_fromlist = is_undefined(fromlist) ? 0 : value_is_true(vm, fromlist);
    if (has_fromlist < 0) return ERROR;
    if (has_fromlist) {
        Value path = attr_get_optional(vm, module, vm->names.__path__);
        if (is_error(path)) return ERROR;
        return is_undefined(path) || import_submodules(vm, module, fromlist, false) ? module : ERROR;
    }
    // Without a fromlist `import a.b.c` gives `a`; a relative one gives as many parts as the name lacks.
    const char *data = str_data(vm, name), *dot = data == NULL ? NULL : memchr(data, '.', name->size);
    if (data == NULL) return ERROR;
    if (dot == NULL) return module;
    size_t cut = (size_t)(data + name->size - dot);
    const char *full_data = str_data(vm, full);
    if (full_data == NULL) return ERROR;
    Str *first = str_new(vm, full_data, full->size - cut);
    gc_keep(full);
    return first == NULL ? ERROR : import_absolute(vm, first);
}

Value import_from(VM *vm, Value module, Str *name) {
    Value value = attr_get_optional(vm, module, name);
    if (!is_undefined(value)) return value;
    Value module_name = attr_get_optional(vm, module, vm->names.__name__);
    if (is_error(module_name)) return ERROR;
    if (is_str(module_name)) {
        // A circular import: the submodule may be loaded though its package does not have it as an attribute yet.
        Str *full = str_printf(vm, "%V.%S", module_name, name);
        value = full == NULL ? ERROR : dict_get(vm, vm->modules, from_object(full));
        if (!is_undefined(value)) return value;
    } else {
        module_name = from_object(str_from_c(vm, "<unknown module name>"));
    }
    Value file = attr_get_optional(vm, module, vm->names.__file__);
    if (is_error(file)) return ERROR;
    Str *place = is_str(file) ? to_str(file) : str_from_c(vm, "unknown location");
    if (place == NULL) return ERROR;
    const char *format = module_is_initializing(vm, module)
                             ? "cannot import name %R from partially initialized module %R (most likely due to a circular import) (%S)"
                             : "cannot import name %R from %R (%S)";
    return raise_import_error(vm, vm->exc.ImportError, str_printf(vm, format, from_object(name), module_name, place), module_name,
                              is_str(file) ? file : UNDEFINED);
}

// ---- the modules that are there from the start

bool sys_modules_init(VM *vm) {
    Str *name = str_intern_c(vm, "sys");
    return name != NULL && !is_error(import_absolute(vm, name));
}

bool main_module_new(VM *vm) {
    Module *module = module_new(vm, vm->names.__main__, NULL);
    if (module == NULL) return false;
    vm->main_module = module;
    Value builtins = dict_get_str(vm, vm->modules, vm->names.builtins);   // the module here, its dict in all others: as CPython has it
    return dict_set_str(vm, module->dict, vm->names.__builtins__, builtins) && dict_set_str(vm, vm->modules, vm->names.__main__, from_object(module));
}

// ---- running programs

Value module_run_file(VM *vm, Module *module, Str *path) {
    if (!dict_set_str(vm, module->dict, vm->names.__file__, from_object(path))) return ERROR;
    return execute_file(vm, module, path);
}

Str *import_find_main(VM *vm, Str *name, Str **out_package) {
    Str *tail;
    Value parent, path = search_path_for(vm, name, &tail, &parent), locations;
    if (is_error(path)) return NULL;
    Found found;
    int result = find_on_path(vm, path, tail, &found, &locations);
    if (result < 0) return NULL;
    if (result == 0) {
        raise_not_found(vm, name);
        return NULL;
    }
    if (is_none(locations)) {
        const char *data = str_data(vm, name), *dot = data == NULL ? NULL : memrchr(data, '.', name->size);
        *out_package = dot == NULL ? vm->empty_str : str_new(vm, data, (size_t)(dot - data));
        return *out_package != NULL ? found.file : NULL;
    }
    // A package: its __main__ submodule, with the package imported first.
    if (is_error(import_absolute(vm, name))) return NULL;
    *out_package = name;
    Str *main_name = str_from_c(vm, "__main__");
    if (main_name == NULL) return NULL;
    result = find_on_path(vm, locations, main_name, &found, &locations);
    if (result == 1 && found.file != NULL) return found.file;
    if (result >= 0)
        raise_error(vm, vm->exc.ImportError, "No module named %S.__main__; %R is a package and cannot be directly executed", name, from_object(name));
    return NULL;
}
