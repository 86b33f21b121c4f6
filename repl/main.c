// The `coil` command: reads the command line and runs a file, a module, a string or the prompt.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/host.h"
#include "repl/run.h"
#include "repl/stages.h"
#include "vm/version.h"

static const char usage[] =
    "usage: coil [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "Options:\n"
    "-c cmd : program passed in as string (terminates option list)\n"
    "-h     : print this help message and exit (also --help)\n"
    "-m mod : run library module as a script (terminates option list)\n"
    "-O     : leave out assert statements; -OO: docstrings, too\n"
    "-V     : print the version number and exit (also --version)\n"
    "--tokens, --ast, --dis, --check FILE : what a stage of the front end makes of a file\n"
    "file   : program read from script file\n"
    "-      : program read from stdin (default; interactive mode if a tty)\n"
    "arg ...: arguments passed to program in sys.argv[1:]\n";

typedef struct CommandLine { RunWhat what; const char *target; int argc; char **argv; int optimize; } CommandLine;

// The one VM of the command, for the signal handler.
static VM *volatile interrupted_vm;

static void on_interrupt(int signal_number) {
    VM *vm = interrupted_vm;
    if (vm == NULL) _exit(130);
    vm->interrupt_requested = 1;
}

static int usage_error(const char *text, const char *what) {
    fprintf(stderr, "%s%s\nusage: coil [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `coil -h' for more information.\n", text, what);
    return 2;
}

// -1 when there is something to run, else the exit status.
static int command_line_read(CommandLine *line, int argc, char **argv) {
    static char dash_c[] = "-c", dash_m[] = "-m";
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
        const char *option = argv[i];
        if (strcmp(option, "-h") == 0 || strcmp(option, "--help") == 0) return fputs(usage, stdout), 0;
        if (strcmp(option, "-V") == 0 || strcmp(option, "--version") == 0) return puts("Coil " COIL_VERSION_TEXT), 0;
        if (option[1] == 'c' || option[1] == 'm') {
            line->what = option[1] == 'c' ? RUN_STRING : RUN_MODULE;
            line->target = option[2] != '\0' ? option + 2 : argv[++i];
            if (line->target == NULL) return usage_error("Argument expected for the ", option[1] == 'c' ? "-c option" : "-m option");
            line->argc = argc - i;
            line->argv = argv + i;
            line->argv[0] = option[1] == 'c' ? dash_c : dash_m;
            return -1;
        }
        if (strcmp(option, "-O") == 0) line->optimize++;
        else if (strcmp(option, "-OO") == 0) line->optimize = 2;
        else if (strcmp(option, "-u") != 0 && strcmp(option, "-B") != 0 && strcmp(option, "-s") != 0 && strcmp(option, "-S") != 0 &&
                 strcmp(option, "-E") != 0 && strcmp(option, "-I") != 0)
            return usage_error("unknown option ", option);
    }
    line->argc = argc - i;
    line->argv = argv + i;
    static char empty[] = "", *none[] = {empty, NULL};
    if (i == argc) {
        line->argc = 1;
        line->argv = none;
        line->what = isatty(STDIN_FILENO) ? RUN_PROMPT : RUN_STDIN;
    } else {
        line->target = argv[i];
        line->what = strcmp(argv[i], "-") == 0 ? RUN_STDIN : RUN_FILE;
    }
    return -1;
}

static int check_file(const char *path) {
    if (access(path, R_OK) == 0) return 0;
    fprintf(stderr, "coil: can't open file '%s': [Errno %d] %s\n", path, errno, strerror(errno));
    return 2;
}

int main(int argc, char **argv) {
    int status = stages_main(argc, argv);
    if (status >= 0) return status;
    CommandLine line = {0};
    status = command_line_read(&line, argc, argv);
    if (status >= 0) return status;
    if (line.what == RUN_FILE && (status = check_file(line.target)) != 0) return status;
    const char *stress = getenv("COIL_GC_STRESS");
    VM *vm = vm_new(&(VMConfig){.gc_stress = stress != NULL && *stress != '\0' ? atoi(stress) : 0});
    if (vm == NULL) return fputs("coil: out of memory\n", stderr), 1;
    host_open(vm);
    vm->optimize = line.optimize > 2 ? 2 : line.optimize;
    interrupted_vm = vm;
    signal(SIGINT, on_interrupt);
    status = run_main(vm, line.what, line.target, line.argc, line.argv);
    interrupted_vm = NULL;
    vm_close(vm);
    return status;
}
