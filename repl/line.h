// Line editors: three of them behind one small interface. An editor reads one whole statement, however many lines it
// has.
//
//   readline   GNU readline, where its headers were there at build time (line_readline.c)
//   builtin    our own, for terminals: the statement is edited as a block, in colours (line_editor.c and editor_*.c)
//   plain      lines as they come: pipes, dumb terminals (line_plain.c)
#ifndef COIL_REPL_LINE_H
#define COIL_REPL_LINE_H

#include "repl/history.h"
#include "repl/process.h"
#include "repl/text.h"

// What could stand at the cursor instead of the text from `start` on; each ends with a zero.
typedef struct Completions {
    size_t start;
    char **items;
    size_t count;
} Completions;
void completions_free(Completions *completions);
// Bytes that all of them begin with.
size_t completions_common(const Completions *completions);

// What background tasks wait for.
typedef struct IdleWait {
    int timeout_ms;                        // -1: nothing that time brings
    const CoilDescriptor *descriptors;     // good until the VM is called again
    size_t descriptor_count;
} IdleWait;

// What an editor asks of the prompt.
typedef struct LineHost {
    Process *process;
    History *history;
    bool color;
    void *user;
    // False: there are none (or something went wrong, which is nothing to talk about).
    bool (*complete)(void *user, const char *text, size_t size, size_t cursor, Completions *out);
    // Lets background tasks go on; says when and for what to call it again.
    void (*idle)(void *user, IdleWait *out);
} LineHost;

typedef enum LineResult {
    LINE_READ,           // `out` has the statement, with a newline at its end
    LINE_END,            // the end of the input: Ctrl-D; `out` may have the beginning of a statement
    LINE_INTERRUPTED,    // Ctrl-C: nothing was read
} LineResult;

typedef struct LineEditor LineEditor;
typedef struct LineEditorType {
    const char *name;
    LineEditor *(*open)(const LineHost *host);      // NULL: it cannot work here
    LineResult (*read)(LineEditor *editor, const char *prompt, const char *continuation, Text *out);
    // One line for input(), whatever it holds; without its newline. NULL: the terminal's own lines do. Background
    // tasks do not go on.
    LineResult (*read_line)(LineEditor *editor, const char *prompt, Text *out);
    void (*close)(LineEditor *editor);
    void (*refresh)(LineEditor *editor);    // shows what is typed, before keys are waited for; may be NULL
    bool edits_blocks;          // what was read may be several statements: pasted, or written in one go
} LineEditorType;

struct LineEditor {
    const LineEditorType *type;
    LineHost host;
    bool asks;                 // reads a line for input(), not a statement
};

extern const LineEditorType line_readline, line_builtin, line_plain;

// The editor that `wanted` names; or, when that is NULL or cannot work here, the best one that does. NULL without
// memory.
LineEditor *line_open(const LineHost *host, const char *wanted);

// Waits until standard input has something, letting background tasks go on. False: a signal came first.
bool line_wait(LineEditor *editor);
// Reads what was typed while the terminal was in nobody's hands, when an editor has just taken it.
void line_take_typed_ahead(const LineHost *host);
// Whether there is something that nobody has read, or comes within so many milliseconds.
bool line_input_comes(int timeout_ms);
// Adds to the process's input what comes within so many milliseconds. False: nothing did.
bool line_wait_more(const LineHost *host, int timeout_ms);

#endif
