// The command line's options: one row each, from which parsing and `coil -h` come. Words of letters ("-Oq", "-ccode")
// and long names ("--color=never", "--color never") are read alike.
#include "repl/options.h"
#include "repl/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USAGE "usage: coil [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
#define TRY_HELP "Try `coil -h' for more information.\n"

typedef struct Option {
    char letter;              // 0: it has a long name only
    const char *name;         // without the dashes; NULL: it has a letter only
    const char *value;        // what help calls its value; NULL: it takes none
    // What it does: OPTIONS_RUN, OPTIONS_LAST or an exit status. NULL: the int at `counter` in Options goes up by one.
    int (*apply)(Options *options, const char *value);
    size_t counter;
    const char *help;         // NULL: not shown, for another row tells of it
} Option;

static int complain(const char *problem, const char *what, const char *rest) {
    fprintf(stderr, "%s%s%s\n" USAGE TRY_HELP, problem, what, rest);
    return USAGE_STATUS;
}

static int list_add(TextList *list, const char *text) {
    const char **grown = realloc(list->items, (list->count + 1) * sizeof *grown);
    if (grown == NULL) {
        fputs("coil: out of memory\n", stderr);
        return 1;
    }
    list->items = grown;
    list->items[list->count++] = text;
    return OPTIONS_RUN;
}

// ---- handlers

static int option_command(Options *options, const char *value) {
    options->action = ACTION_STRING;
    options->what = value;
    return OPTIONS_LAST;
}

static int option_module(Options *options, const char *value) {
    options->action = ACTION_MODULE;
    options->what = value;
    return OPTIONS_LAST;
}

static int option_isolated(Options *options, const char *value) {
    (void)value;
    options->isolated = options->ignore_environment = options->no_user_site = options->safe_path = 1;
    return OPTIONS_RUN;
}

static int option_warning(Options *options, const char *value) { return list_add(&options->warnings, value); }

// Unknown ones are kept for sys._xoptions and otherwise ignored, as CPython does.
static int option_x(Options *options, const char *value) {
    static const char digits[] = "int_max_str_digits";
    if (strcmp(value, "virtual-time") == 0) options->virtual_time = true;
    else if (strcmp(value, "poll") == 0) options->plain_loop = true;
    else if (strcmp(value, "tasks") == 0) options->watch_tasks = true;
    else if (strcmp(value, "dev") == 0) options->dev_mode = true;
    else if (strcmp(value, "utf8") == 0 || strcmp(value, "utf8=1") == 0) options->utf8_mode = true;
    else if (strncmp(value, digits, sizeof digits - 1) == 0 && value[sizeof digits - 1] == '=') {
        char *end;
        long count = strtol(value + sizeof digits, &end, 10);
        if (*end != 0 || end == value + sizeof digits || (count != 0 && count < 640) || count > INT32_MAX) {
            fputs("Fatal Python error: config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be "
                  ">= 640 or 0 for unlimited.\n",
                  stderr);
            return 1;
        }
        options->int_max_str_digits = (int)count;
    }
    return list_add(&options->x_options, value);
}

static int option_color(Options *options, const char *value) {
    static const char *const names[] = {[COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(value, names[i]) != 0) continue;
        options->color = (ColorChoice)i;
        return OPTIONS_RUN;
    }
    return complain("--color is one of auto, always, never; not ", value, "");
}

static int option_help(Options *options, const char *value);

// ---- the table, in the order of `coil -h`

#define COUNTER(field) NULL, offsetof(Options, field)
static const Option table[] = {
    {0, "allow", "what", option_allow, 0,
     "sandbox with a door: read=DIR, write=DIR (read as well), net, env, run, clock, random, threads"},
    {'b', NULL, NULL, COUNTER(bytes_warning), "accepted: nothing warns about comparing bytes with str"},
    {'B', NULL, NULL, COUNTER(no_bytecode), "accepted: no compiled files are ever written"},
    {'c', NULL, "cmd", option_command, 0, "program passed in as string (terminates option list)"},
    {0, "color", "when", option_color, 0,
     "colours: always, never, or auto (on a terminal; not with NO_COLOR or TERM=dumb)"},
    {'d', NULL, NULL, COUNTER(debug), NULL},
    {'E', NULL, NULL, COUNTER(ignore_environment), "ignore COIL* environment variables"},
    {'h', "help", NULL, option_help, 0, "print this help message and exit"},
    {'?', NULL, NULL, option_help, 0, NULL},
    {'i', NULL, NULL, COUNTER(inspect),
     "inspect interactively after running script; forces a prompt even if stdin is no terminal"},
    {'I', NULL, NULL, option_isolated, 0, "isolate from the environment (implies -E and -P)"},
    {0, "max-instructions", "N", option_instructions, 0, "TimeoutError after so many calls and jumps (50M)"},
    {0, "memory", "size", option_memory, 0, "MemoryError beyond so many bytes (64M)"},
    {'m', NULL, "mod", option_module, 0, "run library module as a script (terminates option list)"},
    {'O', NULL, NULL, COUNTER(optimize), "remove assert statements; -OO also removes docstrings"},
    {'P', NULL, NULL, COUNTER(safe_path), "put neither the script's nor the current directory on sys.path"},
    {'q', NULL, NULL, COUNTER(quiet), "don't print the version on interactive startup"},
    {'s', NULL, NULL, COUNTER(no_user_site), NULL},
    {0, "sandbox", NULL, COUNTER(sandbox),
     "no files but the script itself, no network, processes, environment, clock, randomness or threads"},
    {'R', NULL, NULL, COUNTER(accepted), NULL},
    {'S', NULL, NULL, COUNTER(no_site), NULL},
    {'t', NULL, NULL, COUNTER(accepted), NULL},
    {0, "time", "time", option_time, 0, "TimeoutError after so much time (5s, 200ms)"},
    {'u', NULL, NULL, COUNTER(unbuffered), "don't buffer standard output and error"},
    {'v', NULL, NULL, COUNTER(verbose), NULL},
    {'V', "version", NULL, COUNTER(version), "print the version number and exit"},
    {'W', NULL, "arg", option_warning, 0, "warning control; arg is action:message:category:module:lineno"},
    {'X', NULL, "opt", option_x, 0,
     "set an option: virtual-time (event loops jump to the next timer instead of waiting), poll (they\n         "
     "wait with poll() instead of libuv), tasks (SIGUSR1 shows who waits for whom), int_max_str_digits=N"},
};
#undef COUNTER
enum { TABLE_SIZE = sizeof table / sizeof table[0] };

static int option_help(Options *options, const char *value) {
    (void)options;
    (void)value;
    fputs(USAGE, stdout);
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        const Option *option = &table[i];
        if (option->help == NULL) continue;
        char title[64];
        int size = 0;
        if (option->letter != 0) size = snprintf(title, sizeof title, "-%c", option->letter);
        if (option->name != NULL)
            size += snprintf(title + size, sizeof title - (size_t)size, "%s--%s", size > 0 ? ", " : "", option->name);
        if (option->value != NULL) snprintf(title + size, sizeof title - (size_t)size, " %s", option->value);
        printf("%-7s: %s\n", title, option->help);
    }
    fputs("--check FILE...  : compile without running\n"
          "--tokens FILE, --ast FILE, --dis FILE : print what a stage of the compiler makes\n"
          "file   : program read from script file\n"
          "-      : program read from stdin (default; interactive mode if a tty)\n"
          "arg ...: arguments passed to program in sys.argv[1:]\n"
          "\n"
          "Environment variables:\n"
          "COIL_PATH        : directories, separated by ':', searched by import after the script's own\n"
          "COILSTARTUP      : file executed on interactive startup\n"
          "COIL_HISTORY     : file that keeps the lines typed at the prompt; empty: none is kept\n"
          "COIL_LINE_EDITOR : readline, builtin or plain: what reads lines at the prompt\n"
          "COIL_HASH_SEED   : number that the hashes of strings start from\n"
          "COIL_ASYNCIO_DEBUG : debug mode of asyncio, when it is not empty\n"
          "NO_COLOR         : no colours\n"
          "PAGER            : program that help() shows long texts with\n",
          stdout);
    return 0;
}

// ---- reading

// The value may stand in the same word ("-Wignore", "--color=never") or in the next one.
static int apply_option(const Option *option, Options *options, const char *attached, int argc, char **argv,
                        int *index) {
    if (option->apply == NULL) return ++*(int *)((char *)options + option->counter), OPTIONS_RUN;
    const char *value = attached;
    if (option->value != NULL && value == NULL) {
        if (*index + 1 >= argc) {
            char title[40];
            if (option->letter != 0) snprintf(title, sizeof title, "-%c", option->letter);
            else snprintf(title, sizeof title, "--%s", option->name);
            return complain("Argument expected for the ", title, " option");
        }
        value = argv[++*index];
    }
    return option->apply(options, value);
}

static int read_letters(Options *options, int argc, char **argv, int *index) {
    for (const char *at = argv[*index] + 1; *at != 0; at++) {
        const Option *option = NULL;
        for (size_t i = 0; i < TABLE_SIZE && option == NULL; i++)
            if (table[i].letter == *at) option = &table[i];
        if (option == NULL) {
            char text[3] = {'-', *at, 0};
            return complain("Unknown option: ", text, "");
        }
        int result =
            apply_option(option, options, option->value != NULL && at[1] != 0 ? at + 1 : NULL, argc, argv, index);
        if (result != OPTIONS_RUN || option->value != NULL) return result;
    }
    return OPTIONS_RUN;
}

static int read_name(Options *options, int argc, char **argv, int *index) {
    const char *word = argv[*index] + 2;
    size_t size = strcspn(word, "=");
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        const Option *option = &table[i];
        if (option->name == NULL || strlen(option->name) != size || memcmp(option->name, word, size) != 0) continue;
        if (word[size] == '=' && option->value == NULL) break;
        return apply_option(option, options, word[size] == '=' ? word + size + 1 : NULL, argc, argv, index);
    }
    return complain("unknown option ", argv[*index], "");
}

static int show_version(const Options *options) {
    if (options->version > 1) printf("Coil %s (Python 3.11) [compiler %s]\n", coil_version(), __VERSION__);
    else printf("Coil %s (Python 3.11)\n", coil_version());
    return 0;
}

// What remains behind the options: a file, "-", or nothing.
static void find_program(Options *options, int argc, char **argv, int index) {
    options->rest = index;
    options->reads_dash = index < argc && strcmp(argv[index], "-") == 0;
    if (index >= argc || options->reads_dash) {
        options->action = isatty(0) || options->inspect > 0 ? ACTION_PROMPT : ACTION_STDIN;
        options->rest += options->reads_dash;
    } else {
        options->action = ACTION_FILE;
        options->what = argv[index];
        options->rest++;
    }
}

int options_read(Options *options, int argc, char **argv) {
    *options = (Options){.int_max_str_digits = -1};
    int i = 1, result = OPTIONS_RUN;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != 0 && result == OPTIONS_RUN; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        result = argv[i][1] == '-' ? read_name(options, argc, argv, &i) : read_letters(options, argc, argv, &i);
    }
    if (result >= 0) return result;
    if (options->version > 0) return show_version(options);
    if (result == OPTIONS_LAST) options->rest = i;
    else find_program(options, argc, argv, i);
    return OPTIONS_RUN;
}

void options_free(Options *options) {
    free(options->warnings.items);
    free(options->x_options.items);
    sandbox_free(options);
}

const char *options_environment(const Options *options, const char *name) {
    const char *value = options->ignore_environment ? NULL : getenv(name);
    return value != NULL && *value != 0 ? value : NULL;
}
