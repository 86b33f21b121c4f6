// The `coil` command: reads the command line and runs a file, a module, a string or the prompt.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coil.h"
#include "repl/options.h"
#include "repl/pager.h"
#include "repl/process.h"
#include "repl/prompt.h"
#include "repl/sandbox.h"
#include "repl/stages.h"

enum { DIE_OF_INTERRUPT = -2, OUTPUT_LOST = 120 };

// ---- running

// sys.orig_argv is the whole command line; sys.argv[0] as Python has it, then the program's own arguments.
static bool set_arguments(CoilVM *vm, const Options *options, int argc, char **argv) {
    int count = argc - options->rest + 1;
    size_t scope = coil_scope_open(vm);
    const char **list = malloc((size_t)(argc + 1) * sizeof *list);
    if (list == NULL) return false;
    for (int i = 0; i < argc; i++) list[i] = argv[i];
    bool fine = coil_set_argv(vm, argc, list) == COIL_OK;
    CoilValue sys = coil_import(vm, "sys"), whole = coil_is_error(sys) ? sys : coil_get_attr(vm, sys, "orig_argv");
    list[0] = options->action == ACTION_STRING   ? "-c"
              : options->action == ACTION_MODULE ? "-m"
              : options->action == ACTION_FILE   ? options->what
              : options->reads_dash              ? "-"
                                                 : "";
    for (int i = 1; i < count; i++) list[i] = argv[options->rest + i - 1];
    fine = fine && !coil_is_error(whole) && coil_set_argv(vm, count, list) == COIL_OK &&
           coil_set_attr(vm, sys, "orig_argv", whole) == COIL_OK;
    free(list);
    coil_scope_close(vm, scope);
    return fine;
}

// The folder that the program is looked for in: with -m the working folder by its name, so that files are known by
// theirs.
static bool add_first_path(CoilVM *vm, const Options *options) {
    if (options->safe_path || options->action == ACTION_FILE) return true;
    char *folder = options->action == ACTION_MODULE ? getcwd(NULL, 0) : NULL;
    bool fine = coil_add_path(vm, folder != NULL ? folder : "", false) == COIL_OK;
    free(folder);
    return fine;
}

static bool add_search_paths(CoilVM *vm, const Options *options) {
    if (!add_first_path(vm, options)) return false;
    const char *path = options_environment(options, "COIL_PATH");
    while (path != NULL && *path != 0) {
        size_t size = strcspn(path, ":");
        char *directory = strndup(path, size);
        bool ok = directory != NULL && (size == 0 || coil_add_path(vm, directory, false) == COIL_OK);
        free(directory);
        if (!ok) return false;
        path += size + (path[size] == ':');
    }
    return true;
}

static char *read_all(FILE *file, size_t *out_size) {
    size_t size = 0, capacity = 65536;
    char *data = malloc(capacity);
    while (data != NULL) {
        size += fread(data + size, 1, capacity - size, file);
        if (size < capacity) break;
        char *grown = realloc(data, capacity *= 2);
        if (grown == NULL) free(data);
        data = grown;
    }
    *out_size = size;
    return data;
}

static CoilStatus run_stdin(CoilVM *vm) {
    size_t size;
    char *source = read_all(stdin, &size);
    if (source == NULL) return COIL_RAISED;
    CoilStatus status = coil_run(vm, source, size, "<stdin>", COIL_EXEC, 0);
    free(source);
    return status;
}

// The path from the root on, without "." and ".." parts: what __file__ of a script is. NULL without memory.
static char *absolute_path(const char *path) {
    char *folder = *path == '/' ? strdup("") : getcwd(NULL, 0);
    if (folder == NULL) return strdup(path);
    size_t size = strlen(folder);
    char *out = realloc(folder, size + strlen(path) + 2);
    if (out == NULL) return free(folder), NULL;
    if (size == 1) size = 0;                               // the working folder is the root
    while (*path != 0) {
        size_t part = strcspn(path, "/");
        if (part == 2 && memcmp(path, "..", 2) == 0) {
            while (size > 0 && out[--size] != '/') {}
        } else if (part > 0 && !(part == 1 && *path == '.')) {
            out[size++] = '/';
            memcpy(out + size, path, part);
            size += part;
        }
        path += part + (path[part] == '/');
    }
    out[size] = 0;
    return out;
}

static bool is_zip_archive(const char *path) {
    char begin[4];
    FILE *file = fopen(path, "rb");
    bool is_zip =
        file != NULL && fread(begin, 1, sizeof begin, file) == sizeof begin && memcmp(begin, "PK\3\4", 4) == 0;
    if (file != NULL) fclose(file);
    return is_zip;
}

static CoilStatus run_script(CoilVM *vm, const Options *options, int *out_exit_status) {
    const char *what = options->what;
    char *path = absolute_path(what);
    CoilStatus status = COIL_OK;
    struct stat info;
    if (path != NULL && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        size_t size = strlen(path);
        char *main = realloc(path, size + sizeof "/__main__.py");
        if (main == NULL) return free(path), COIL_RAISED;
        path = main;
        strcpy(path + size, "/__main__.py");
        if (access(path, R_OK) != 0) {
            path[size] = 0;
            fprintf(stderr, "coil: can't find '__main__' module in '%s'\n", path);
            free(path);
            *out_exit_status = 1;
            return COIL_OK;
        }
    }
    if (path == NULL || access(path, R_OK) != 0) {
        int error = errno;
        fprintf(stderr, "coil: can't open file '%s': [Errno %d] %s\n", path != NULL ? path : what, error,
                strerror(error));
        *out_exit_status = 2;
    } else if (is_zip_archive(path)) {
        fprintf(stderr, "coil: '%s' is a zip archive: unpack it and run the folder\n", path);
        *out_exit_status = 1;
    } else {
        status = coil_run_file(vm, path);
    }
    free(path);
    return status;
}

// What is wrong with the name behind -m, in the words of python3, which shows no traceback for it; empty when the
// exception is another's. `text` is the exception's.
static void explain_module(CoilVM *vm, const char *name, const char *text, Text *out) {
    static const char not_found[] = "ModuleNotFoundError: ", import_error[] = "ImportError: ",
                      direct[] = "is a package and cannot be directly executed";
    const char *line_end = text + strcspn(text, "\n");
    Text expected = {0};
    text_addf(&expected, "%sNo module named '%.400s'\n", not_found, name);
    if (strcmp(text, text_c(&expected)) == 0) {
        // Modules that are built in are found, but there is nothing of them to run.
        bool is_built_in = *name != 0 && !coil_is_error(coil_import(vm, name));
        bool has_parent = strchr(name, '.') != NULL;
        (void)coil_exception_take(vm);
        text_addf(out, "%s %.400s", is_built_in && !has_parent ? "No code object available for" : "No module named",
                  name);
    } else if (strncmp(text, not_found, sizeof not_found - 1) == 0) {
        text_addf(out, "Error while finding module specification for '%.200s' (", name);
        text_add(out, text, (size_t)(line_end - text));
        text_add_char(out, ')');
    } else if (strncmp(text, import_error, sizeof import_error - 1) == 0 && strstr(text, direct) != NULL) {
        text_add(out, text + sizeof import_error - 1, (size_t)(line_end - text) - (sizeof import_error - 1));
    }
    text_free(&expected);
}

static bool show_missing_module(Process *process, const Options *options) {
    CoilVM *vm = process->vm;
    const char *text = "";
    size_t size, scope = coil_scope_open(vm);
    Text message = {0};
    CoilValue whole = coil_exception_matches(vm, "ImportError") ? coil_exception_text(vm) : (CoilValue){NULL};
    if (!coil_is_error(whole) && coil_read_str(vm, whole, &text, &size) == COIL_OK)
        explain_module(vm, options->what, text, &message);
    if (message.size > 0) {
        text_insert(&message, 0, "coil: ", 6);
        text_add_char(&message, '\n');
        process_write(process, 2, text_c(&message), message.size);
        (void)coil_exception_take(vm);
    }
    bool shown = message.size > 0;
    text_free(&message);
    coil_scope_close(vm, scope);
    return shown;
}

// As python3 has it: at the prompt of asyncio there is asyncio.
static CoilStatus import_for_prompt(CoilVM *vm, const char *name) {
    size_t scope = coil_scope_open(vm);
    CoilValue module = coil_import(vm, name);
    CoilStatus status = coil_is_error(module) ? COIL_RAISED : coil_set_global(vm, name, module);
    coil_scope_close(vm, scope);
    return status;
}

static int run_module(Process *process, const Options *options, CoilStatus *out_status) {
    const char *name = options->what, *problem = *name == '.' ? "Relative module names not supported"
                                                 : *name == 0 ? "No module named "
                                                              : NULL;
    if (problem != NULL) {
        fprintf(stderr, "coil: %s\n", problem);
        return 1;
    }
    if (strcmp(name, "asyncio") == 0 && (*out_status = import_for_prompt(process->vm, name)) == COIL_OK)
        return prompt_run(process, options, false);
    if (*out_status == COIL_OK) *out_status = coil_run_module(process->vm, name);
    return 0;
}

// Under -i a program's exit is shown as what it is.
static void show_exit(Process *process) {
    size_t scope = coil_scope_open(process->vm), size;
    const char *data;
    CoilValue text = coil_exception_text(process->vm);
    if (!coil_is_error(text) && coil_read_str(process->vm, text, &data, &size) == COIL_OK)
        process_write(process, 2, data, size);
    (void)coil_exception_take(process->vm);
    coil_scope_close(process->vm, scope);
}

// What a program's end has to say; its exit status.
static int report(Process *process, const Options *options) {
    if (options->action == ACTION_MODULE && show_missing_module(process, options)) return 1;
    if (options->inspect > 0 && coil_exception_matches(process->vm, "SystemExit")) return show_exit(process), 0;
    return process_report(process);
}

static int run(Process *process, const Options *options) {
    CoilVM *vm = process->vm;
    CoilStatus status = COIL_OK;
    int exit_status = 0;
    switch (options->action) {
    case ACTION_FILE: status = run_script(vm, options, &exit_status); break;
    case ACTION_STRING: status = coil_run(vm, options->what, strlen(options->what), "<string>", COIL_EXEC, 0); break;
    case ACTION_MODULE: exit_status = run_module(process, options, &status); break;
    case ACTION_STDIN: status = run_stdin(vm); break;
    case ACTION_PROMPT: return prompt_run(process, options, false);
    }
    bool interrupted = status != COIL_OK && coil_exception_matches(vm, "KeyboardInterrupt");
    if (status != COIL_OK) exit_status = report(process, options);
    coil_flush(vm);
    if (options->inspect > 0) return prompt_run(process, options, true);
    return interrupted ? DIE_OF_INTERRUPT : exit_status;
}

// ---- before and after

// sys.executable; stays empty where the system does not say.
static bool set_executable(CoilVM *vm, CoilValue sys) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    if (size <= 0) return true;
    path[size] = 0;
    CoilValue text = coil_str(vm, path, (size_t)size);
    return !coil_is_error(text) && coil_set_attr(vm, sys, "executable", text) == COIL_OK;
}

// sys.warnoptions, sys._xoptions; a program that is told to warn gets the module that does it right away.
static bool pass_options(CoilVM *vm, const Options *options) {
    size_t scope = coil_scope_open(vm);
    CoilValue sys = coil_import(vm, "sys"), extensions = coil_dict(vm);
    CoilValue warnings[65];
    size_t count = options->warnings.count < 64 ? options->warnings.count : 64;
    bool fine = !coil_is_error(sys) && !coil_is_error(extensions);
    size_t given = 0;
    // Development mode shows all warnings; filters given by hand come before.
    if (options->dev_mode && fine) fine = !coil_is_error(warnings[given++] = coil_str(vm, "default", 7));
    for (size_t i = 0; fine && i < count; i++) {
        const char *text = options->warnings.items[i];
        fine = !coil_is_error(warnings[given++] = coil_str(vm, text, strlen(text)));
    }
    for (size_t i = 0; fine && i < options->x_options.count; i++) {
        const char *text = options->x_options.items[i];
        size_t size = strcspn(text, "=");
        CoilValue name = coil_str(vm, text, size), value = text[size] == '='
                                                               ? coil_str(vm, text + size + 1, strlen(text + size + 1))
                                                               : coil_bool(vm, true);
        fine = !coil_is_error(name) && !coil_is_error(value) && coil_set_item(vm, extensions, name, value) == COIL_OK;
    }
    fine = fine && coil_set_attr(vm, sys, "_xoptions", extensions) == COIL_OK;
    fine = fine && set_executable(vm, sys);
    if (fine && given > 0) {
        CoilValue list = coil_list(vm, warnings, given);
        fine = !coil_is_error(list) && coil_set_attr(vm, sys, "warnoptions", list) == COIL_OK &&
               !coil_is_error(coil_import(vm, "warnings"));
    }
    if (fine && options->int_max_str_digits >= 0) {
        CoilValue function = coil_get_attr(vm, sys, "set_int_max_str_digits"),
                  digits = coil_int(vm, options->int_max_str_digits);
        fine =
            !coil_is_error(function) && !coil_is_error(digits) && !coil_is_error(coil_call(vm, function, &digits, 1));
    }
    coil_scope_close(vm, scope);
    return fine;
}

static CoilConfig config_of(const Options *options, Process *process) {
    CoilConfig config = {.optimize = options->optimize,
                         .virtual_time = options->virtual_time,
                         .plain_loop = options->plain_loop,
                         .unbuffered = options->unbuffered > 0};
    config.flags = (CoilFlags){.debug = options->debug > 0,
                               .inspect = options->inspect > 0,
                               .interactive = options->inspect > 0,
                               .no_user_site = options->no_user_site > 0,
                               .no_site = options->no_site > 0,
                               .ignore_environment = options->ignore_environment > 0,
                               .verbose = (uint8_t)options->verbose,
                               .bytes_warning = (uint8_t)options->bytes_warning,
                               .quiet = options->quiet > 0,
                               .isolated = options->isolated > 0,
                               .dev_mode = options->dev_mode,
                               .utf8_mode = options->utf8_mode,
                               .safe_path = options->safe_path > 0};
    process_open(process, &config);
    const char *stress = getenv("COIL_GC_STRESS");
    if (stress != NULL && *stress != 0 && strcmp(stress, "0") != 0) {
        config.gc_stress = true;
        config.gc_stress_interval = (uint32_t)strtoul(stress, NULL, 10);
    }
    const char *seed = options_environment(options, "COIL_HASH_SEED");
    if (seed != NULL) config.hash_seed = strtoull(seed, NULL, 10);
    return config;
}

// Standard error decides: that is where tracebacks go.
static bool wants_color(const Options *options) {
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    if (options->color != COLOR_AUTO) return options->color == COLOR_ALWAYS;
    return isatty(2) && (no_color == NULL || *no_color == 0) && term != NULL && strcmp(term, "dumb") != 0;
}

int main(int argc, char **argv) {
    int status = stages_main(argc, argv);
    if (status >= 0) return status;
    Options options;
    status = options_read(&options, argc, argv);
    if (status >= 0) return options_free(&options), status;

    Process process = {.color = wants_color(&options)};
    CoilConfig config = config_of(&options, &process);
    CoilVM *vm = process.vm = sandbox_apply(&options, &config) ? coil_new(&config) : NULL;
    if (vm == NULL) {
        fputs("coil: out of memory\n", stderr);
        return 1;
    }
    signals_install(vm);
    if (options.watch_tasks) signals_watch_tasks();
    Pager pager = {.process = &process, .command = options_environment(&options, "PAGER")};
    pager_install(&pager);
    if (!set_arguments(vm, &options, argc, argv) || !add_search_paths(vm, &options) || !pass_options(vm, &options))
        status = process_report(&process);
    else status = run(&process, &options);
    signals_remove();
    coil_close(vm);
    options_free(&options);
    process_close(&process);
    // As python3: who dies of Ctrl-C tells the shell so.
    if (status == DIE_OF_INTERRUPT) {
        signal(SIGINT, SIG_DFL);
        raise(SIGINT);
    }
    if (!process.stdout_broken || status != 0) return status;
    if (process.output_error != EPIPE)
        fprintf(stderr, "Exception ignored in: <stdout>\nOSError: [Errno %d] %s\n", process.output_error,
                strerror(process.output_error));
    return OUTPUT_LOST;
}
