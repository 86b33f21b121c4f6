// What was typed before: in memory, and in a file that several sessions write to at once.
//
// The file has an entry a line; newlines in entries are written as \n, backslashes twice. A session appends its own
// entries one by one, each in one write under a lock, and never rewrites what others have added, except to halve a file
// that has grown too long.
#ifndef COIL_REPL_HISTORY_H
#define COIL_REPL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct History {
    char **entries;          // oldest first
    size_t count, capacity;
    char *path;              // NULL: kept in memory only
    bool loaded;
} History;

// path NULL: the default place, $XDG_STATE_HOME/coil/history (~/.local/state/coil/history); "": no file.
void history_open(History *history, const char *path);
// Reads the file, once. Editors ask for it when the first prompt is to be seen: nobody waits for it then.
void history_load(History *history);
void history_close(History *history);
// Adds an entry to those in memory alone.
void history_remember(History *history, const char *text, size_t size);
// Adds an entry (without its last newline) unless it is the same as the last one, in memory and in the file.
void history_add(History *history, const char *text, size_t size);

#endif
