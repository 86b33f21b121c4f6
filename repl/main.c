// The `coil` command: reads the command line and runs a file, a module, a string or the prompt.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coil.h"
#include "repl/options.h"
#include "repl/prompt.h"
#include "repl/stages.h"

// ---- Ctrl-C. A signal handler has no argument of ours: the one VM of this process is found here.

static CoilVM *volatile interrupted_vm;
static volatile sig_atomic_t interrupts_pending;

static void on_interrupt(int signal_number) {
    (void)signal_number;
    // A second Ctrl-C while the first one is not seen: the VM does not answer, so die as any program.
    if (interrupted_vm == NULL) _exit(130);
    interrupts_pending++;
    coil_interrupt(interrupted_vm);
}

static void handle_signals(CoilVM *vm) {
    struct sigaction action = {.sa_handler = on_interrupt};
    interrupted_vm = vm;
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

// ---- running

// sys.argv[0] as Python has it, then the program's own arguments.
static bool set_arguments(CoilVM *vm, const Options *options, int argc, char **argv) {
    int count = argc - options->rest + 1;
    const char **list = malloc((size_t)count * sizeof *list);
    if (list == NULL) return false;
    list[0] = options->action == ACTION_STRING ? "-c" : options->action == ACTION_MODULE ? "-m" : options->action == ACTION_FILE ? options->what
              : options->reads_dash ? "-" : "";
    for (int i = 1; i < count; i++) list[i] = argv[options->rest + i - 1];
    CoilStatus status = coil_set_argv(vm, count, list);
    free(list);
    return status == COIL_OK;
}

static bool add_search_paths(CoilVM *vm, const Options *options) {
    if (!options->safe_path && options->action != ACTION_FILE && coil_add_path(vm, "", false) != COIL_OK) return false;
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

static CoilStatus run_script(CoilVM *vm, const char *what, int *out_exit_status) {
    char *path = absolute_path(what);
    CoilStatus status = COIL_OK;
    if (path == NULL || access(path, R_OK) != 0) {
        int error = errno;
        fprintf(stderr, "coil: can't open file '%s': [Errno %d] %s\n", path != NULL ? path : what, error, strerror(error));
        *out_exit_status = 2;
    } else {
        status = coil_run_file(vm, path);
    }
    free(path);
    return status;
}

static int run(CoilVM *vm, const Options *options) {
    CoilStatus status = COIL_OK;
    int exit_status = 0;
    switch (options->action) {
    case ACTION_FILE: status = run_script(vm, options->what, &exit_status); break;
    case ACTION_STRING: status = coil_run(vm, options->what, strlen(options->what), "<string>", COIL_EXEC, 0); break;
    case ACTION_MODULE: status = coil_run_module(vm, options->what); break;
    case ACTION_STDIN: status = run_stdin(vm); break;
    case ACTION_PROMPT: return prompt_run(vm, options->quiet);
    }
    if (status != COIL_OK) exit_status = coil_report(vm);
    return options->inspect ? prompt_run(vm, true) : exit_status;
}

int main(int argc, char **argv) {
    int status = stages_main(argc, argv);
    if (status >= 0) return status;
    Options options;
    status = options_read(&options, argc, argv);
    if (status >= 0) return options_free(&options), status;

    CoilConfig config = {.optimize = options.optimize, .virtual_time = options.virtual_time};
    coil_config_open(&config);
    const char *stress = getenv("COIL_GC_STRESS");
    if (stress != NULL && *stress != 0 && strcmp(stress, "0") != 0) {
        config.gc_stress = true;
        config.gc_stress_interval = (uint32_t)strtoul(stress, NULL, 10);
    }
    const char *seed = options_environment(&options, "COIL_HASH_SEED");
    if (seed != NULL) config.hash_seed = strtoull(seed, NULL, 10);
    CoilVM *vm = coil_new(&config);
    if (vm == NULL) {
        fputs("coil: out of memory\n", stderr);
        return 1;
    }
    handle_signals(vm);
    if (!set_arguments(vm, &options, argc, argv) || !add_search_paths(vm, &options)) status = coil_report(vm);
    else status = run(vm, &options);
    interrupted_vm = NULL;
    coil_close(vm);
    options_free(&options);
    if (fflush(stdout) != 0 && status == 0) status = 120;
    return status;
}
