// The prompt's own commands: see commands.h.
#include "repl/commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "repl/stages.h"

typedef struct Command {
    const char *name, *argument, *help;
    void (*run)(const CommandHost *host, const char *argument);   // NULL: leaves
} Command;

bool file_read_text(const char *path, Text *out) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char block[8192];
    size_t count;
    while ((count = fread(block, 1, sizeof block, file)) > 0) text_add(out, block, count);
    int error = ferror(file) ? EIO : out->failed ? ENOMEM : 0;
    fclose(file);
    errno = error;
    return error == 0;
}

// Calls a function of the module _repl with the argument as a str, and shows what goes wrong.
static void call_helper(const CommandHost *host, const char *name, const char *argument) {
    CoilVM *vm = host->process->vm;
    size_t scope = coil_scope_open(vm);
    CoilValue module = coil_import(vm, "_repl"),
              function = coil_is_error(module) ? module : coil_get_attr(vm, module, name);
    CoilValue text = coil_is_error(function) ? function : coil_str(vm, argument, strlen(argument));
    signals_set_running(true);
    if (coil_is_error(text) || coil_is_error(coil_call(vm, function, &text, 1))) process_report(host->process);
    coil_flush(vm);
    signals_set_running(false);
    coil_scope_close(vm, scope);
}

// ---- the commands

static void command_help(const CommandHost *host, const char *argument);

static void command_tasks(const CommandHost *host, const char *argument) { call_helper(host, "tasks", argument); }
static void command_doc(const CommandHost *host, const char *argument) { call_helper(host, "doc", argument); }
static void command_reset(const CommandHost *host, const char *argument) { call_helper(host, "reset", argument); }

static double seconds_now(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void command_time(const CommandHost *host, const char *argument) {
    if (*argument == 0)
        return process_print(host->process, ":time EXPR shows how long an expression or statement takes\n");
    Text source = {0}, shown = {0};
    text_add_c(&source, argument);
    text_add_char(&source, '\n');
    double start = seconds_now();
    if (host->run(host->user, text_c(&source), source.size, "<stdin>", COIL_SINGLE)) {
        double seconds = seconds_now() - start;
        if (seconds < 1e-3) text_addf(&shown, "%.1f us\n", seconds * 1e6);
        else if (seconds < 1) text_addf(&shown, "%.2f ms\n", seconds * 1e3);
        else text_addf(&shown, "%.3f s\n", seconds);
        process_print(host->process, text_c(&shown));
    }
    text_free(&source);
    text_free(&shown);
}

static void show_stage(const CommandHost *host, const char *stage, const char *argument) {
    Text out = {0};
    if (*argument == 0) text_addf(&out, ":%s SOURCE shows what the compiler makes of it\n", stage);
    else stages_show(stage, argument, strlen(argument), &out);
    process_write(host->process, 1, text_c(&out), out.size);
    text_free(&out);
}
static void command_dis(const CommandHost *host, const char *argument) { show_stage(host, "dis", argument); }
static void command_ast(const CommandHost *host, const char *argument) { show_stage(host, "ast", argument); }

static void command_load(const CommandHost *host, const char *argument) {
    if (*argument == 0) return process_print(host->process, ":load FILE runs a file here\n");
    Text source = {0};
    if (file_read_text(argument, &source)) {
        host->run(host->user, text_c(&source), source.size, argument, COIL_EXEC);
    } else {
        Text message = {0};
        text_addf(&message, "can't read '%s': %s\n", argument, strerror(errno));
        process_write(host->process, 2, text_c(&message), message.size);
        text_free(&message);
    }
    text_free(&source);
}

static const Command commands[] = {
    {"ast", "SOURCE", "the syntax tree of a statement", command_ast},
    {"dis", "SOURCE", "the instructions of a statement", command_dis},
    {"doc", "NAME", "signature and docstring of anything", command_doc},
    {"help", "", "this list", command_help},
    {"load", "FILE", "run a file here, its names stay", command_load},
    {"quit", "", "leave (as exit, or Ctrl-D)", NULL},
    {"reset", "", "forget all names and cancel all tasks", command_reset},
    {"tasks", "", "what runs in the background, and what it waits for", command_tasks},
    {"time", "EXPR", "how long an expression or statement takes", command_time},
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void command_help(const CommandHost *host, const char *argument) {
    (void)argument;
    Text out = {0};
    text_add_c(&out, "Commands of the prompt (everything else is Python):\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        text_addf(&out, "  :%-5s %-6s  %s\n", commands[i].name, commands[i].argument, commands[i].help);
    text_add_c(&out,
               "`await` works at the prompt; tasks go on while you type. help(x) tells of x, _ is the last value.\n");
    process_write(host->process, 1, text_c(&out), out.size);
    text_free(&out);
}

// A command may be cut short as long as one alone begins so.
static const Command *command_find(const char *name, size_t size) {
    const Command *found = NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strncmp(commands[i].name, name, size) != 0) continue;
        if (commands[i].name[size] == 0) return &commands[i];
        if (found != NULL) return NULL;
        found = &commands[i];
    }
    return size > 0 ? found : NULL;
}

bool command_run(const CommandHost *host, const char *text, size_t size) {
    char *line = strndup(text + 1, size - 1);
    if (line == NULL) return false;
    size_t end = strlen(line);
    while (end > 0 && strchr(" \t\r\n", line[end - 1]) != NULL) line[--end] = 0;
    size_t name_size = strcspn(line, " \t\n");
    const char *argument = line + name_size + strspn(line + name_size, " \t");
    const Command *command = command_find(line, name_size);
    bool leave = command != NULL && command->run == NULL;
    if (command == NULL) {
        Text message = {0};
        text_addf(&message, "no command :%.*s (:help lists them)\n", (int)(name_size < 40 ? name_size : 40), line);
        process_write(host->process, 2, text_c(&message), message.size);
        text_free(&message);
    } else if (!leave) {
        command->run(host, argument);
    }
    free(line);
    return leave;
}

void commands_matching(const char *prefix, size_t size, Text *out) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strncmp(commands[i].name, prefix, size) == 0)
            text_addf(out, "%s%s\n", commands[i].name, *commands[i].argument != 0 ? " " : "");
}
