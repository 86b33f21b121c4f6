// The public API: compiling and running programs, namespaces, precompiled units, imports.
#include "vm/api_internal.h"

#include "vm/call.h"
#include "vm/frame.h"
#include "vm/types/bytes.h"
#include "vm/types/exception.h"
#include "vm/types/module.h"

static const CompileMode compile_modes[] = {[COIL_EXEC] = COMPILE_EXEC, [COIL_EVAL] = COMPILE_EVAL, [COIL_SINGLE] = COMPILE_SINGLE};

static Value compile(VM *vm, const char *source, size_t size, const char *filename, CoilMode mode, int flags) {
    Str *name = str_from_latin1_or_utf8(vm, filename, strlen(filename), "surrogateescape");
    return name == NULL ? ERROR : source_compile(vm, source, size, name, compile_modes[mode], flags);
}

// Runs a code object; globals as exec() has them.
static Value execute(VM *vm, Value code, Value name_space) {
    if (!is_kind(code, KIND_CODE)) return raise_type_error(vm, "expected a code object, not %T", code);
    if (!is_module(name_space) && !is_dict(name_space)) return raise_type_error(vm, "a namespace is a dict or a module, not %T", name_space);
    if (((Code *)to_object(code))->free_count != 0) return raise_type_error(vm, "code with free variables cannot be run by itself");
    Dict *globals = is_module(name_space) ? to_module(name_space)->dict : to_dict(name_space);
    if (dict_find_str(vm, globals, vm->names.__builtins__) == NULL &&
        !dict_set_str(vm, globals, vm->names.__builtins__, from_object(vm->builtins)))
        return ERROR;
    return code_run(vm, (Code *)to_object(code), globals, UNDEFINED);
}

// A statement of the prompt that awaits is a coroutine, which the prompt's event loop runs.
static Value run_coroutine(VM *vm, Value coroutine) {
    Str *name = str_intern_c(vm, "_console"), *run = str_intern_c(vm, "run");
    Value console = name == NULL || run == NULL ? ERROR : import_module(vm, name, NULL, from_object(vm->empty_tuple), 0);
    return is_error(console) ? ERROR : call_method(vm, console, run, &coroutine, 1);
}

static Value run_source(VM *vm, const char *source, size_t size, const char *filename, CoilMode mode, int flags, Value name_space) {
    Value code = compile(vm, source, size, filename, mode, flags);
    if (is_error(code)) return ERROR;
    bool outer = vm->at_prompt;
    vm->at_prompt = flags & COMPILE_TOP_LEVEL_AWAIT;
    Value result = execute(vm, code, name_space);
    if (!is_error(result) && ((Code *)to_object(code))->flags & CODE_COROUTINE) result = run_coroutine(vm, result);
    vm->at_prompt = outer;
    return result;
}

static bool raised_is_incomplete(VM *vm) {
    if (!raised_matches(vm, vm->exc.SyntaxError)) return false;
    Value message = to_exception(vm->raised)->fields[SYNTAX_MSG];
    return is_str(message) && str_equals_c(vm, to_str(message), "incomplete input");
}

CoilStatus coil_run(CoilVM *coil, const char *source, size_t size, const char *filename, CoilMode mode, int flags) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    int compile_flags = flags & COIL_ALLOW_INCOMPLETE ? COMPILE_ALLOW_INCOMPLETE : 0;
    if (flags & COIL_TOP_LEVEL_AWAIT) compile_flags |= COMPILE_TOP_LEVEL_AWAIT;
    Value result = run_source(vm, source, size, filename, mode, compile_flags, from_object(vm->main_module));
    if (!is_error(result)) LEAVE_WITH(vm, COIL_OK);
    if ((flags & COIL_ALLOW_INCOMPLETE) && raised_is_incomplete(vm)) {
        raised_clear(vm);
        LEAVE_WITH(vm, COIL_INCOMPLETE);
    }
    LEAVE_WITH(vm, COIL_RAISED);
}

CoilValue coil_eval(CoilVM *coil, const char *expression) {
    VM *vm = vm_of(coil);
    API_VALUE(run_source(vm, expression, strlen(expression), "<string>", COIL_EVAL, COMPILE_FROM_TEXT, from_object(vm->main_module)));
}

CoilValue coil_run_in(CoilVM *coil, CoilValue name_space, const char *source, size_t size, const char *filename, CoilMode mode) {
    VM *vm = vm_of(coil);
    GIVEN(where, name_space, NO_HANDLE);
    API_VALUE(run_source(vm, source, size, filename, mode, 0, where));
}

CoilValue coil_compile(CoilVM *coil, const char *source, size_t size, const char *filename, CoilMode mode) {
    VM *vm = vm_of(coil);
    API_VALUE(compile(vm, source, size, filename, mode, 0));
}

CoilValue coil_execute(CoilVM *coil, CoilValue code, CoilValue name_space) {
    VM *vm = vm_of(coil);
    GIVEN(what, code, NO_HANDLE);
    GIVEN(where, name_space, NO_HANDLE);
    API_VALUE(execute(vm, what, where));
}

// ---- namespaces

static Dict *namespace_new(VM *vm, const char *name) {
    Str *text = str_intern_c(vm, name);
    Dict *dict = text == NULL ? NULL : dict_new(vm);
    bool ok = dict != NULL && dict_set_str(vm, dict, vm->names.__name__, from_object(text)) &&
              dict_set_str(vm, dict, vm->names.__builtins__, from_object(vm->builtins));
    return ok ? dict : NULL;
}

CoilValue coil_namespace(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    API_OBJECT(namespace_new(vm, name));
}

static Value module_get_or_make(VM *vm, const char *name) {
    Str *text = str_intern_c(vm, name);
    Value there = text == NULL ? ERROR : dict_get(vm, vm->modules, from_object(text));
    if (!is_undefined(there)) return there;
    Module *module = module_new(vm, text, NULL);
    bool ok = module != NULL && dict_set_str(vm, module->dict, vm->names.__builtins__, from_object(vm->builtins)) &&
              dict_set(vm, vm->modules, from_object(text), from_object(module));
    return ok ? from_object(module) : ERROR;
}

CoilValue coil_module(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    API_VALUE(module_get_or_make(vm, name));
}

static Value global_get(VM *vm, const char *name) {
    Str *key = str_intern_c(vm, name);
    Value value = key == NULL ? ERROR : dict_get_str(vm, vm->main_module->dict, key);
    return is_undefined(value) ? raise_error(vm, vm->exc.NameError, "name '%s' is not defined", name) : value;
}

CoilValue coil_get_global(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    API_VALUE(global_get(vm, name));
}

CoilStatus coil_set_global(CoilVM *coil, const char *name, CoilValue v) {
    VM *vm = vm_of(coil);
    GIVEN(value, v, COIL_RAISED);
    API_STATUS(module_add(vm, vm->main_module, name, value));
}

// ---- precompiled units

static Value compile_unit(VM *vm, const char *source, size_t size, const char *filename, CoilMode mode) {
    Str *name = str_from_latin1_or_utf8(vm, filename, strlen(filename), "surrogateescape");
    return name == NULL ? ERROR : source_compile_unit(vm, source, size, name, compile_modes[mode]);
}

CoilValue coil_compile_unit(CoilVM *coil, const char *source, size_t size, const char *filename, CoilMode mode) {
    VM *vm = vm_of(coil);
    API_VALUE(compile_unit(vm, source, size, filename, mode));
}

static Value load_unit(VM *vm, const void *data, size_t size, const char *filename) {
    Str *name = str_from_latin1_or_utf8(vm, filename, strlen(filename), "surrogateescape");
    return name == NULL ? ERROR : unit_load(vm, data, size, name);
}

CoilValue coil_load_unit(CoilVM *coil, const void *data, size_t size, const char *filename) {
    VM *vm = vm_of(coil);
    API_VALUE(load_unit(vm, data, size, filename));
}

// ---- files, modules, sys

static bool add_path(VM *vm, const char *path, size_t size, bool at_front) {
    Value list = attr_get(vm, from_object(vm->sys_module), vm->names.path);
    if (is_error(list)) return false;
    Str *text = str_from_latin1_or_utf8(vm, path, size, "surrogateescape");
    if (text == NULL) return false;
    if (!is_list(list)) return true;
    return at_front ? list_insert(vm, to_list(list), 0, from_object(text)) : list_append(vm, to_list(list), from_object(text));
}

CoilStatus coil_add_path(CoilVM *coil, const char *path, bool at_front) {
    VM *vm = vm_of(coil);
    API_STATUS(add_path(vm, path, strlen(path), at_front));
}

CoilStatus coil_set_argv(CoilVM *coil, int argc, const char *const *argv) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    List *list = list_new(vm, (size_t)argc);
    for (int i = 0; list != NULL && i < argc; i++) {
        Str *text = str_from_latin1_or_utf8(vm, argv[i], strlen(argv[i]), "surrogateescape");
        if (text == NULL || !list_append(vm, list, from_object(text))) list = NULL;
    }
    CoilStatus status = status_of(list != NULL && module_add(vm, vm->sys_module, "argv", from_object(list)) &&
                                  module_add(vm, vm->sys_module, "orig_argv", from_object(list)));
    LEAVE_WITH(vm, status);
}

CoilStatus coil_run_file(CoilVM *coil, const char *path) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    const char *slash = strrchr(path, '/');
    Str *name = str_from_latin1_or_utf8(vm, path, strlen(path), "surrogateescape");
    bool ok = name != NULL && (vm->safe_path || add_path(vm, path, slash != NULL ? (size_t)(slash - path) : 0, true));
    if (ok) ok = !is_error(module_run_file(vm, vm->main_module, name));
    LEAVE_WITH(vm, status_of(ok));
}

CoilStatus coil_run_module(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Str *module = str_from_c(vm, name), *package = NULL, *file = module == NULL ? NULL : import_find_main(vm, module, &package);
    bool ok = file != NULL && dict_set_str(vm, vm->main_module->dict, vm->names.__package__, from_object(package));
    if (ok) {
        Value argv = attr_get(vm, from_object(vm->sys_module), str_intern_c(vm, "argv"));
        if (is_list(argv) && to_list(argv)->count > 0) to_list(argv)->items[0] = from_object(file);
        ok = !is_error(module_run_file(vm, vm->main_module, file));
    }
    LEAVE_WITH(vm, status_of(ok));
}

static Value import_named(VM *vm, const char *name) {
    Str *text = str_intern_c(vm, name);
    Value module = text == NULL ? ERROR : import_module(vm, text, NULL, UNDEFINED, 0);
    if (is_error(module)) return ERROR;
    // `import a.b` gives a: the one that was asked for is in sys.modules.
    module = dict_get(vm, vm->modules, from_object(text));
    return is_undefined(module) ? raise_error(vm, vm->exc.ImportError, "module %s has left sys.modules", name) : module;
}

CoilValue coil_import(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    API_VALUE(import_named(vm, name));
}
