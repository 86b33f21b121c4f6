// The prompt's own commands: a line that begins with a colon.
#ifndef COIL_REPL_COMMANDS_H
#define COIL_REPL_COMMANDS_H

#include "repl/process.h"

typedef struct CommandHost {
    Process *process;
    // Runs source in __main__ and shows what goes wrong; false then.
    bool (*run)(void *user, const char *source, size_t size, const char *filename, CoilMode mode);
    void *user;
} CommandHost;

// True when the command asks to leave.
bool command_run(const CommandHost *host, const char *text, size_t size);

// Adds a file's content to `out`; false with errno when it cannot be read.
bool file_read_text(const char *path, Text *out);

// Adds the names of commands to complete ":pre" with, one a line.
void commands_matching(const char *prefix, size_t size, Text *out);

#endif
