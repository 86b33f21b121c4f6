// Plain lines: what pipes, dumb terminals and Emacs give. The terminal itself does what editing there is.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/line.h"
#include "repl/statement.h"

static LineEditor *plain_open(const LineHost *host) {
    (void)host;
    return calloc(1, sizeof(LineEditor));
}

// One line behind its prompt.
static LineResult plain_line(LineEditor *editor, const char *prompt, Text *line) {
    Process *process = editor->host.process;
    process_write(process, 2, prompt, strlen(prompt));     // as python3: a pipe's output has no prompts in it
    for (;;) {
        // Only a terminal is waited for: a pipe gives its lines as fast as it can.
        bool ready = !isatty(0) || line_wait(editor);
        if (ready && process_read_line(process, line)) return LINE_READ;
        Signal which = signals_take();
        if (which == SIGNAL_INTERRUPT) return LINE_INTERRUPTED;
        if (ready && which == SIGNAL_NONE) return LINE_END;
        signals_obey(which);
    }
}

static LineResult plain_read(LineEditor *editor, const char *prompt, const char *continuation, Text *out) {
    Text line = {0};
    StatementLook look = {0};
    text_clear(out);
    LineResult result;
    do {
        result = plain_line(editor, out->size == 0 ? prompt : continuation, &line);
        if (result != LINE_READ) break;
        text_add(out, line.data, line.size);
        if (out->data[out->size - 1] != '\n') text_add_char(out, '\n');
    } while (statement_look(&look, out->data, out->size, INPUT_PLAIN) == STATEMENT_MORE);
    text_free(&line);
    return result;
}

static void plain_close(LineEditor *editor) { free(editor); }

const LineEditorType line_plain = {"plain", plain_open, plain_read, NULL, plain_close, NULL, false};
