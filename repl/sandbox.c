// Limits and doors on the command line: numbers with units, and the folders that --allow grants.
#include "repl/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Unit { const char *name; double factor; } Unit;

static int refuse(const char *option, const char *value, const char *wanted) {
    fprintf(stderr, "coil: %s: %s expected, not '%s'\n", option, wanted, value);
    return USAGE_STATUS;
}

// A positive number and one of the units behind it; the first unit has no name. 0: it is none.
static double read_quantity(const char *text, const Unit *units, double most) {
    char *end;
    if (*text < '0' || *text > '9') return 0;
    double number = strtod(text, &end);
    for (; units->name != NULL; units++)
        if (strcmp(end, units->name) == 0) return number * units->factor <= most ? number * units->factor : 0;
    return 0;
}

int option_memory(Options *options, const char *value) {
    static const Unit units[] = {{"", 1},        {"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30},
                                 {"k", 1 << 10}, {"m", 1 << 20}, {"g", 1 << 30}, {0}};
    double bytes = read_quantity(value, units, 1e18);
    if (bytes < 1) return refuse("--memory", value, "a size such as 64M");
    options->limits.memory_bytes = (size_t)bytes;
    return OPTIONS_RUN;
}

int option_time(Options *options, const char *value) {
    static const Unit units[] = {{"", 1e9},     {"s", 1e9},  {"ms", 1e6},   {"us", 1e3},
                                 {"min", 60e9}, {"m", 60e9}, {"h", 3600e9}, {0}};
    double ns = read_quantity(value, units, 9e18);
    if (ns < 1) return refuse("--time", value, "a time such as 5s or 200ms");
    options->limits.time_ns = (int64_t)ns;
    return OPTIONS_RUN;
}

int option_instructions(Options *options, const char *value) {
    static const Unit units[] = {{"", 1}, {"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"k", 1e3}, {0}};
    double count = read_quantity(value, units, 1e18);
    if (count < 1) return refuse("--max-instructions", value, "a number such as 50M");
    options->limits.instructions = (uint64_t)count;
    return OPTIONS_RUN;
}

// ---- doors

static bool folder_add(Options *options, const char *path, int mode) {
    CoilFolder *grown = realloc(options->folders, (options->folder_count + 1) * sizeof *grown);
    if (grown == NULL) return false;
    options->folders = grown;
    options->folders[options->folder_count++] = (CoilFolder){.path = path, .mode = mode};
    return true;
}

int option_allow(Options *options, const char *value) {
    static const struct { const char *name; size_t door; } doors[] = {
        {"net", offsetof(CoilConfig, open_network)}, {"env", offsetof(CoilConfig, open_environment)},
        {"run", offsetof(CoilConfig, open_processes)},
        {"clock", offsetof(CoilConfig, open_clock)},      {"random", offsetof(CoilConfig, open_randomness)},
        {"threads", offsetof(CoilConfig, open_threads)},
    };
    options->sandbox = 1;
    int mode = strncmp(value, "read=", 5) == 0    ? COIL_FOLDER_READ
               : strncmp(value, "write=", 6) == 0 ? COIL_FOLDER_READ | COIL_FOLDER_WRITE
                                                  : 0;
    if (mode != 0) {
        if (folder_add(options, strchr(value, '=') + 1, mode)) return OPTIONS_RUN;
        fputs("coil: out of memory\n", stderr);
        return 1;
    }
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
        if (strcmp(value, doors[i].name) != 0) continue;
        *(bool *)((char *)&options->doors + doors[i].door) = true;
        return OPTIONS_RUN;
    }
    return refuse("--allow", value, "read=DIR, write=DIR, net, env, run, clock, random or threads");
}

static void doors_close(const CoilConfig *opened, CoilConfig *config) {
    config->open_network = opened->open_network;
    config->open_environment = opened->open_environment;
    config->open_processes = opened->open_processes;
    config->open_clock = opened->open_clock;
    config->open_randomness = opened->open_randomness;
    config->open_threads = opened->open_threads;
    config->file_kind = NULL;
    config->file_read = NULL;
    config->file_release = NULL;
    config->handle_open = NULL;
}

bool sandbox_apply(Options *options, CoilConfig *config) {
    config->limits = options->limits;
    if (!options->sandbox) return true;
    doors_close(&options->doors, config);
    if (options->action == ACTION_FILE && !folder_add(options, options->what, COIL_FOLDER_READ)) return false;
    options->working_folder = getcwd(NULL, 0);
    config->folders = options->folders;
    config->folder_count = options->folder_count;
    config->working_folder = options->working_folder;
    return options->working_folder != NULL;
}

void sandbox_free(Options *options) {
    free(options->folders);
    free(options->working_folder);
}
