// The command line: what it may hold is a table in options.c, what it held is an `Options`.
#ifndef COIL_REPL_OPTIONS_H
#define COIL_REPL_OPTIONS_H

#include <stddef.h>

#include "coil.h"

typedef enum Action { ACTION_PROMPT, ACTION_STDIN, ACTION_FILE, ACTION_STRING, ACTION_MODULE } Action;
typedef enum ColorChoice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

// Arguments of an option that may be given several times, in order; they point into argv.
typedef struct TextList { const char **items; size_t count; } TextList;

typedef struct Options {
    Action action;
    const char *what;             // file, source text or module name
    int rest;                     // index in argv of the program's own arguments
    bool reads_dash;              // the file was "-"

    // How often an option was given.
    int optimize, inspect, quiet, verbose, bytes_warning, debug, ignore_environment, isolated, no_user_site, no_site,
        no_bytecode, unbuffered, safe_path, version, accepted;
    TextList warnings, x_options; // -W, -X
    ColorChoice color;

    // What the program may use and reach: sandbox.c.
    CoilLimits limits;
    int sandbox;
    CoilConfig doors;             // open_... that --allow has opened
    CoilFolder *folders;
    size_t folder_count;
    char *working_folder;

    // What -X says, as far as the command itself obeys it.
    bool virtual_time, plain_loop, watch_tasks, dev_mode, utf8_mode;
    int int_max_str_digits;       // -1: not given
} Options;

enum {
    OPTIONS_RUN = -1,             // options_read(): there is something to run; a handler: go on with the next option
    OPTIONS_LAST = -2,            // a handler: what follows are the program's own arguments
    USAGE_STATUS = 2,
};

// Fills `options` from the command line. OPTIONS_RUN, or an exit status when there is nothing to run (help, version,
// mistakes).
int options_read(Options *options, int argc, char **argv);
void options_free(Options *options);

// A variable of the environment, NULL when it is not set, empty, or not to be looked at (-E, -I).
const char *options_environment(const Options *options, const char *name);

#endif
