// The `coil` command: reads the command line and runs a file, a module, a string or the prompt.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coil.h"
#include "repl/prompt.h"
#include "repl/stages.h"

enum { USAGE_STATUS = 2 };

typedef enum Action { ACTION_PROMPT, ACTION_STDIN, ACTION_FILE, ACTION_STRING, ACTION_MODULE } Action;

typedef struct Options {
    Action action;
    const char *what;          // file, source text or module name
    int rest;                  // index in argv of the program's own arguments
    int optimize;
    bool inspect, quiet, isolated, ignore_environment, virtual_time;
} Options;

static void print_usage(FILE *out) {
    fputs("usage: coil [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
          "-c cmd : program passed in as string (terminates option list)\n"
          "-E     : ignore COIL* environment variables\n"
          "-h     : print this help message and exit\n"
          "-i     : inspect interactively after running script\n"
          "-I     : isolate from the environment (implies -E; no script directory on sys.path)\n"
          "-m mod : run library module as a script (terminates option list)\n"
          "-O     : remove assert statements; -OO also removes docstrings\n"
          "-q     : don't print version message on interactive startup\n"
          "-u     : accepted; standard error is never buffered\n"
          "-V     : print the version number and exit\n"
          "-X opt : set an option: virtual-time makes event loops jump to the next timer instead of waiting\n"
          "--check FILE...  : compile without running\n"
          "--tokens FILE, --ast FILE, --dis FILE : print what a stage of the compiler makes\n"
          "file   : program read from script file\n"
          "-      : program read from stdin (default; interactive mode if a tty)\n"
          "COIL_PATH : directories, separated by ':', searched by import after the script's own\n",
          out);
}

static int usage_error(const char *option) {
    fprintf(stderr, "Unknown option: %s\nusage: coil [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `coil -h' for more information.\n", option);
    return USAGE_STATUS;
}

static int argument_error(char letter) {
    fprintf(stderr, "Argument expected for the -%c option\nusage: coil [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `coil -h' for more information.\n", letter);
    return USAGE_STATUS;
}

// One word of options, such as "-Oq" or "-ccode". Returns -1 to go on, -2 when the option list ends here, or an exit status.
static int read_option(Options *options, int argc, char **argv, int *index) {
    for (const char *at = argv[*index] + 1; *at != 0; at++) {
        switch (*at) {
        case 'c': case 'm':
            options->action = *at == 'c' ? ACTION_STRING : ACTION_MODULE;
            if (at[1] != 0) options->what = at + 1;
            else if (*index + 1 < argc) options->what = argv[++*index];
            else return argument_error(*at);
            return -2;
        case 'X': {   // unknown ones are ignored, as CPython does
            const char *name = at[1] != 0 ? at + 1 : *index + 1 < argc ? argv[++*index] : NULL;
            if (name == NULL) return argument_error('X');
            if (strcmp(name, "virtual-time") == 0) options->virtual_time = true;
            return -1;
        }
        case 'E': options->ignore_environment = true; break;
        case 'I': options->isolated = options->ignore_environment = true; break;
        case 'O': options->optimize++; break;
        case 'i': options->inspect = true; break;
        case 'q': options->quiet = true; break;
        case 'u': case 'B': case 's': case 'S': break;
        case 'h': print_usage(stdout); return 0;
        case 'V': printf("Coil %s (Python 3.11)\n", coil_version()); return 0;
        default: {
            char text[3] = {'-', *at, 0};
            return usage_error(text);
        }
        }
    }
    return -1;
}

// Fills options; an exit status when there is nothing to run, else -1.
static int read_command_line(Options *options, int argc, char **argv) {
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != 0; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (strcmp(argv[i], "--help") == 0) return print_usage(stdout), 0;
        if (strcmp(argv[i], "--version") == 0) return printf("Coil %s (Python 3.11)\n", coil_version()), 0;
        if (argv[i][1] == '-') return usage_error(argv[i]);
        int status = read_option(options, argc, argv, &i);
        if (status == -2) return options->rest = i + 1, -1;
        if (status >= 0) return status;
    }
    options->rest = i;
    if (i >= argc) {
        options->action = isatty(0) ? ACTION_PROMPT : ACTION_STDIN;
    } else if (strcmp(argv[i], "-") == 0) {
        options->action = isatty(0) ? ACTION_PROMPT : ACTION_STDIN;
        options->rest = i + 1;
    } else {
        options->action = ACTION_FILE;
        options->what = argv[i];
        options->rest = i + 1;
    }
    return -1;
}

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
              : options->action == ACTION_STDIN && argc > 1 && strcmp(argv[options->rest - 1], "-") == 0 ? "-" : "";
    for (int i = 1; i < count; i++) list[i] = argv[options->rest + i - 1];
    CoilStatus status = coil_set_argv(vm, count, list);
    free(list);
    return status == COIL_OK;
}

static bool add_search_paths(CoilVM *vm, const Options *options) {
    if (!options->isolated && options->action != ACTION_FILE && coil_add_path(vm, "", false) != COIL_OK) return false;
    const char *path = options->ignore_environment ? NULL : getenv("COIL_PATH");
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
    Options options = {0};
    status = read_command_line(&options, argc, argv);
    if (status >= 0) return status;

    CoilConfig config = {.optimize = options.optimize, .virtual_time = options.virtual_time};
    coil_config_open(&config);
    const char *stress = getenv("COIL_GC_STRESS");
    if (stress != NULL && *stress != 0 && strcmp(stress, "0") != 0) {
        config.gc_stress = true;
        config.gc_stress_interval = (uint32_t)strtoul(stress, NULL, 10);
    }
    const char *seed = options.ignore_environment ? NULL : getenv("COIL_HASH_SEED");
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
    if (fflush(stdout) != 0 && status == 0) status = 120;
    return status;
}
