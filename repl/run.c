// Runs a file, a string, a module, the standard input or the plain prompt as the module __main__, and turns how that ended into an exit
// status as CPython does: 0, 1 after an uncaught exception, what SystemExit says, 130 after an interrupt.
#include "repl/run.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/ops.h"
#include "vm/output.h"
#include "vm/report.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/version.h"

static Str *text_new(VM *vm, const char *text) { return str_from_latin1_or_utf8(vm, text, strlen(text), "surrogateescape"); }

// ---- how a program ended

static int status_of_exit(VM *vm, Value exception) {
    Value code = to_exception(exception)->value;
    if (is_undefined(code) || is_none(code)) return 0;
    Value number = int_or_bool(code);
    if (is_int(number)) return (int)(to_int(number) & 255);
    if (!is_undefined(number)) return 255;
    Str *text = value_str(vm, code);
    if (text == NULL) {
        raised_clear(vm);
        return 1;
    }
    report_write(vm, text);
    report_write(vm, vm->ascii_strs['\n']);
    return 1;
}

// The uncaught exception goes to sys.excepthook.
static int status_of_error(VM *vm) {
    Value exception = raised_take(vm);
    output_flush(vm);
    if (is_instance(vm, exception, vm->exc.SystemExit)) return status_of_exit(vm, exception);
    Value hook = attr_get_optional(vm, from_object(vm->sys_module), vm->names.excepthook);
    Value args[3] = {from_object(class_of(vm, exception)), exception, to_exception(exception)->traceback};
    if (is_error(hook) || is_undefined(hook) || is_error(call_value(vm, hook, args, 3))) {
        raised_clear(vm);
        exception_show(vm, exception);
    }
    return is_instance(vm, exception, vm->exc.KeyboardInterrupt) ? 130 : 1;
}

// ---- preparing

static bool set_path_and_argv(VM *vm, const char *first_path, int argc, char **argv) {
    List *arguments = list_new(vm, (size_t)argc);
    if (arguments == NULL) return false;
    for (int i = 0; i < argc; i++) {
        Str *argument = text_new(vm, argv[i]);
        if (argument == NULL || !list_append(vm, arguments, from_object(argument))) return false;
    }
    if (!module_add(vm, vm->sys_module, "argv", from_object(arguments))) return false;
    if (first_path == NULL) return true;
    Str *path_name = str_intern_c(vm, "path");
    Value path = path_name == NULL ? ERROR : attr_get(vm, from_object(vm->sys_module), path_name);
    Str *first = text_new(vm, first_path);
    return first != NULL && is_list(path) && list_insert(vm, to_list(path), 0, from_object(first));
}

static void directory_of(const char *file, char *out, size_t size) {
    char resolved[PATH_MAX];
    const char *path = realpath(file, resolved) != NULL ? resolved : file, *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    if (length == 0 && slash != NULL) length = 1;
    snprintf(out, size, "%.*s", (int)length, path);
}

static Module *main_module_new(VM *vm) {
    Module *module = module_new(vm, vm->names.__main__, NULL);
    if (module == NULL || !dict_set_str(vm, vm->modules, vm->names.__main__, from_object(module))) return NULL;
    if (!dict_set_str(vm, module->dict, vm->names.__builtins__, dict_get_str(vm, vm->modules, vm->names.builtins))) return NULL;
    if (!dict_set_str(vm, module->dict, vm->names.__spec__, NONE)) return NULL;
    vm->main_module = module;
    return module;
}

// ---- running

static Value run_text(VM *vm, Module *module, const char *text, size_t size, const char *filename, CompileMode mode, int flags) {
    Str *name = str_from_c(vm, filename);
    if (name == NULL) return ERROR;
    Value code = source_compile(vm, text, size, name, mode, flags);
    return is_error(code) ? ERROR : code_run(vm, (Code *)to_object(code), module->dict, UNDEFINED);
}

static Value run_stdin(VM *vm, Module *module) {
    size_t size = 0, capacity = 0;
    char *text = NULL;
    Value result = ERROR;
    for (;;) {
        if (size == capacity) {
            capacity = capacity == 0 ? 4096 : capacity * 2;
            char *more = realloc(text, capacity);
            if (more == NULL) {
                raise_no_memory(vm);
                goto out;
            }
            text = more;
        }
        size_t count = fread(text + size, 1, capacity - size, stdin);
        size += count;
        if (count == 0) break;
    }
    result = run_text(vm, module, text, size, "<stdin>", COMPILE_EXEC, 0);
out:
    free(text);
    return result;
}

static Value run_module(VM *vm, Module *module, const char *name) {
    Str *text = text_new(vm, name), *package = NULL, *path = NULL;
    if (text != NULL && (text = str_intern(vm, text)) != NULL) path = import_find_main(vm, text, &package);
    if (path == NULL) return ERROR;
    if (package != NULL && !dict_set_str(vm, module->dict, vm->names.__package__, from_object(package))) return ERROR;
    Str *argument = str_intern_c(vm, "argv");
    Value argv = argument == NULL ? ERROR : attr_get(vm, from_object(vm->sys_module), argument);
    if (is_list(argv) && to_list(argv)->count > 0) {
        to_list(argv)->items[0] = from_object(path);
        gc_write_barrier(vm, to_list(argv));
    }
    return module_run_file(vm, module, path);
}

// ---- the plain prompt

// Reads lines until they make a statement. False at the end of the input.
static bool prompt_read(VM *vm, char **text, size_t *size) {
    char *line = NULL;
    size_t capacity = 0;
    *size = 0;
    for (const char *prompt = ">>> ";; prompt = "... ") {
        fputs(prompt, stdout);
        fflush(stdout);
        ssize_t length = getline(&line, &capacity, stdin);
        if (length < 0) {
            free(line);
            putchar('\n');
            return *size > 0;
        }
        char *more = realloc(*text, *size + (size_t)length + 1);
        if (more == NULL) {
            free(line);
            return false;
        }
        *text = more;
        memcpy(*text + *size, line, (size_t)length + 1);
        *size += (size_t)length;
        bool blank = length == 1 && line[0] == '\n';
        Str *name = str_from_c(vm, "<stdin>");
        Value code = name == NULL ? ERROR : source_compile(vm, *text, *size, name, COMPILE_SINGLE, COMPILE_ALLOW_INCOMPLETE);
        bool incomplete = false;
        if (is_error(code)) {
            Str *message = is_exception(vm->raised) ? value_str(vm, vm->raised) : NULL;
            incomplete = message != NULL && strncmp(str_data(vm, message), "incomplete input", 16) == 0;
            raised_clear(vm);
        }
        if (!incomplete || (blank && *size > 1)) {
            free(line);
            return true;
        }
    }
}

static int run_prompt(VM *vm, Module *module) {
    char *text = NULL;
    size_t size;
    printf("Coil %s\nType exit() or Ctrl-D to leave.\n", COIL_VERSION_TEXT);
    while (prompt_read(vm, &text, &size)) {
        Value result = run_text(vm, module, text, size, "<stdin>", COMPILE_SINGLE, 0);
        output_flush(vm);
        if (!is_error(result)) continue;
        bool leaving = raised_matches(vm, vm->exc.SystemExit);
        int status = status_of_error(vm);
        if (leaving) {
            free(text);
            return status;
        }
    }
    free(text);
    return 0;
}

// ---- the whole

static int run_in(VM *vm, RunWhat what, const char *target, int argc, char **argv) {
    char directory[PATH_MAX] = "";
    if (what == RUN_FILE) directory_of(target, directory, sizeof directory);
    if (what == RUN_MODULE && getcwd(directory, sizeof directory) == NULL) directory[0] = '\0';
    Value sys = import_module(vm, vm->names.sys, NULL, from_object(vm->empty_tuple), 0);
    Module *module = main_module_new(vm);
    if (is_error(sys) || module == NULL || !set_path_and_argv(vm, directory, argc, argv)) return status_of_error(vm);
    Value result = ERROR;
    switch (what) {
    case RUN_PROMPT: return run_prompt(vm, module);
    case RUN_STRING: result = run_text(vm, module, target, strlen(target), "<string>", COMPILE_EXEC, 0); break;
    case RUN_STDIN: result = run_stdin(vm, module); break;
    case RUN_MODULE: result = run_module(vm, module, target); break;
    case RUN_FILE: {
        Str *path = text_new(vm, target);
        if (path != NULL) result = module_run_file(vm, module, path);
        break;
    }
    }
    return is_error(result) ? status_of_error(vm) : 0;
}

int run_main(VM *vm, RunWhat what, const char *target, int argc, char **argv) {
    VMEntry entry;
    vm_enter(vm, &entry);
    int status = run_in(vm, what, target, argc, argv);
    output_flush(vm);
    vm_finalize(vm);
    output_flush(vm);
    vm_leave(vm, &entry);
    return status;
}
