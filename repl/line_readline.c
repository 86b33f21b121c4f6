// GNU readline, through its callback interface: the prompt goes on waiting for keys and for background tasks at once.
// Used where its headers were there at build time (COIL_HAVE_READLINE).
//
// readline keeps everything in variables of its own and its hooks have no argument, so the one editor that reads is
// found in `reading`.
#include "repl/line.h"

#ifdef COIL_HAVE_READLINE

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "repl/highlight.h"
#include "repl/statement.h"

// The library is loaded when the prompt begins: programs that are run do without it, and a machine without it does,
// too.
#define READLINE_NAMES(X) \
    X(add_history) X(clear_history) X(history_base) X(history_get) X(history_length) X(history_list) \
    X(rl_attempted_completion_function) X(rl_attempted_completion_over) X(rl_basic_quote_characters) X(rl_bind_key) \
    X(rl_bind_keyseq) X(rl_callback_handler_install) X(rl_callback_handler_remove) X(rl_callback_read_char) \
    X(rl_callback_sigcleanup) X(rl_catch_signals) X(rl_catch_sigwinch) X(rl_clear_history) X(rl_clear_visible_line) \
    X(rl_complete) X(rl_completer_word_break_characters) X(rl_completion_append_character) X(rl_completion_matches) \
    X(rl_completion_suppress_quote) X(rl_deprep_terminal) X(rl_forced_update_display) X(rl_free_line_state) \
    X(rl_getc) X(rl_getc_function) X(rl_input_available_hook) \
    X(rl_history_search_backward) X(rl_history_search_forward) X(rl_initialize) X(rl_insert_text) X(rl_last_func) \
    X(rl_line_buffer) X(rl_on_new_line) X(rl_outstream) X(rl_point) X(rl_possible_completions) X(rl_prep_terminal) \
    X(rl_readline_name) X(rl_redisplay) X(rl_resize_terminal) X(rl_set_keyboard_input_timeout) X(rl_startup_hook) \
    X(rl_variable_bind) X(stifle_history) X(using_history) X(where_history)

typedef struct Readline {
    void *handle;
#define FIELD(name) __typeof__(name) *name;
    READLINE_NAMES(FIELD)
#undef FIELD
} Readline;

typedef struct ReadlineEditor {
    LineEditor base;
    Readline library;
    Text so_far;               // lines of the statement that are complete
    char *line;                // what readline gave; NULL with `done`: the end of the input
    bool done;
    bool hidden;               // the line was taken away to let something be printed
    Completions found;
    bool tab_progressed;       // the last Tab put something in
} ReadlineEditor;

static ReadlineEditor *reading;

// A function or variable of the library.
#define RL(name) (*reading->library.name)
#define RL_FUNCTION(name) (reading->library.name)

enum { INDENT_STEP = 4, HISTORY_MAX = 10000 };

static void on_line(char *line) {
    reading->line = line;
    reading->done = true;
    // Otherwise the prompt of the next line would appear at once.
    RL(rl_callback_handler_remove)();
}

// ---- completion

static char *next_match(const char *text, int state) {
    (void)text;
    return (size_t)state < reading->found.count ? strdup(reading->found.items[state]) : NULL;
}

static char **on_complete(const char *text, int start, int end) {
    ReadlineEditor *e = reading;
    Text whole = {0};
    text_add(&whole, text_c(&e->so_far), e->so_far.size);
    size_t before = whole.size;
    text_add_c(&whole, RL(rl_line_buffer));
    completions_free(&e->found);
    RL(rl_attempted_completion_over) = 1;
    RL(rl_completion_append_character) = 0;
    RL(rl_completion_suppress_quote) = 1;      // texts have the quotes that they need
    bool any = e->base.host.complete != NULL && !e->base.asks && !whole.failed &&
               e->base.host.complete(e->base.host.user, text_c(&whole), whole.size, before + (size_t)end, &e->found);
    text_free(&whole);
    if (!any) return NULL;
    // readline's word began at `start`, ours elsewhere: texts are made to begin where its word does.
    size_t ours = e->found.start - before;
    for (size_t i = 0; i < e->found.count; i++) {
        Text text = {0};
        if (ours > (size_t)start) text_add(&text, RL(rl_line_buffer) + start, ours - (size_t)start);
        size_t skip = ours < (size_t)start ? (size_t)start - ours : 0, length = strlen(e->found.items[i]);
        text_add_c(&text, e->found.items[i] + (skip < length ? skip : length));
        if (text.failed || text.data == NULL) return NULL;
        free(e->found.items[i]);
        e->found.items[i] = text.data;
    }
    return RL(rl_completion_matches)(text, next_match);
}

// At the beginning of a line Tab indents.
static int on_tab(int count, int key) {
    if (reading->base.asks) return RL(rl_insert_text)("\t"), 0;
    int at = 0;
    while (at < RL(rl_point) && (RL(rl_line_buffer)[at] == ' ' || RL(rl_line_buffer)[at] == '\t')) at++;
    if (at < RL(rl_point)) {
        // A Tab behind one that changed nothing lists what there is; readline cannot know, for it sees our function
        // in between.
        if (RL(rl_last_func) == on_tab && !reading->tab_progressed) return RL(rl_possible_completions)(count, key);
        int before = RL(rl_point), result = RL(rl_complete)(count, key);
        reading->tab_progressed = RL(rl_point) != before;
        return result;
    }
    for (int i = INDENT_STEP - RL(rl_point) % INDENT_STEP; i > 0; i--) RL(rl_insert_text)(" ");
    return 0;
}

// ---- around a line

static void fill_history(const History *history) {
    RL(stifle_history)(HISTORY_MAX);
    for (size_t i = 0; i < history->count; i++) {
        // Entries of several lines come from the built-in editor: here lines are single.
        const char *at = history->entries[i];
        while (*at != 0) {
            size_t size = strcspn(at, "\n");
            char *line = strndup(at, size);
            if (line != NULL && size > 0) RL(add_history)(line);
            free(line);
            at += size + (at[size] == '\n');
        }
    }
    RL(using_history)();       // "newer than the newest" is where the line that is being typed stands
}

// Once the first prompt is to be seen.
static void load_history(ReadlineEditor *e) {
    History *history = e->base.host.history;
    if (history->loaded) return;
    history_load(history);
    fill_history(history);
}

// A line that is given up in the middle of the history leaves readline (8.2 at least) with changes to undo in entries
// that it does not edit any more, and it has died of them: then its list is made anew.
static void mend_history(ReadlineEditor *e) {
    HIST_ENTRY **list = RL(history_list)();
    bool touched = RL(where_history)() != RL(history_length);
    for (int i = 0; !touched && list != NULL && list[i] != NULL; i++) touched = list[i]->data != NULL;
    if (!touched) return;
    RL(rl_clear_history)();
    fill_history(e->base.host.history);
}

// Indents the next line of a statement; but what has come already brings its own indentation.
static int on_start(void) {
    if (reading->so_far.size > 0 && reading->base.host.process->input.size == 0 && !line_input_comes(0)) {
        for (int i = statement_indentation(reading->so_far.data, reading->so_far.size); i > 0; i--)
            RL(rl_insert_text)(" ");
    }
    return 0;
}

static void before_output(void *user) {
    ReadlineEditor *e = user;
    if (e->hidden) return;
    RL(rl_clear_visible_line)();
    fflush(RL(rl_outstream));
    e->hidden = true;
}

static void readline_refresh(LineEditor *base) {
    ReadlineEditor *e = (ReadlineEditor *)base;
    if (!e->hidden) return;
    if (!base->host.process->at_line_start) fputs("\n", RL(rl_outstream));
    base->host.process->at_line_start = true;
    e->hidden = false;
    RL(rl_on_new_line)();
    RL(rl_redisplay)();
}

static void prompt_text(const LineHost *host, const char *prompt, Text *out) {
    bool colored = host->color && !reading->base.asks && strchr(prompt, 0x1b) == NULL;
    if (colored) text_addf(out, "\001%s\002", highlight_color(STYLE_PROMPT));
    text_add_c(out, prompt);
    if (colored) text_add_c(out, "\001\x1b[0m\002");
}

// Keys that the prompt has read for others come first. readline looks for keys that were typed ahead by itself, so it
// has to find them in their order.
static int on_getc(FILE *stream) {
    Text *input = &reading->base.host.process->input;
    if (input->size == 0) return RL(rl_getc)(stream);
    int key = (unsigned char)input->data[0];
    text_remove(input, 0, 1);
    return key;
}

// Whether a key comes within the time that readline has set: how long the rest of an escape sequence may take.
static int on_input_available(void) {
    if (reading->base.host.process->input.size > 0) return 1;
    int microseconds = RL(rl_set_keyboard_input_timeout)(0);
    RL(rl_set_keyboard_input_timeout)(microseconds);
    return line_input_comes((microseconds + 999) / 1000);
}

// It would wait for a key that has not come.
static void feed_readline(ReadlineEditor *e) {
    while (!e->done && (e->base.host.process->input.size > 0 || line_input_comes(0))) RL(rl_callback_read_char)();
}

static LineResult readline_line(ReadlineEditor *e, const char *prompt) {
    LineHost *host = &e->base.host;
    Text shown = {0};
    prompt_text(host, prompt, &shown);
    e->done = false;
    e->line = NULL;
    if (!host->process->at_line_start) fputs("\n", RL(rl_outstream));
    host->process->at_line_start = true;
    RL(rl_callback_handler_install)(text_c(&shown), on_line);
    text_free(&shown);
    line_take_typed_ahead(host);
    load_history(e);
    Signal which = SIGNAL_NONE;
    if (host->process->input.size > 0) feed_readline(e);
    while (!e->done && which != SIGNAL_INTERRUPT) {
        if (line_wait(&e->base)) {
            readline_refresh(&e->base);
            feed_readline(e);
            continue;
        }
        which = signals_take();
        if (which == SIGNAL_RESIZE) RL(rl_resize_terminal)();
        if (which == SIGNAL_END || which == SIGNAL_STOP) {
            RL(rl_deprep_terminal)();
            signals_obey(which);
        }
        if (which == SIGNAL_CONTINUE || which == SIGNAL_STOP) {
            RL(rl_prep_terminal)(1);
            RL(rl_forced_update_display)();
        }
    }
    if (e->done) return e->line != NULL ? LINE_READ : LINE_END;
    RL(rl_free_line_state)();
    RL(rl_callback_sigcleanup)();
    RL(rl_callback_handler_remove)();
    mend_history(e);
    host->process->at_line_start = false;
    return LINE_INTERRUPTED;
}

static void after_output(void *user) { readline_refresh(user); }

static void reading_begin(ReadlineEditor *e) {
    Process *process = e->base.host.process;
    reading = e;
    text_clear(&e->so_far);
    process->before_output = before_output;
    process->after_output = after_output;
    process->before_output_user = e;
    e->hidden = false;
    signals_watch_terminal(true);
}

static void reading_end(ReadlineEditor *e, LineResult result) {
    signals_watch_terminal(false);
    e->base.host.process->before_output = NULL;
    e->base.host.process->at_line_start = result == LINE_READ;
}

// Readline's own history, which has no use for the same line twice.
static void remember_line(const char *line) {
    int count = RL(history_length);
    HIST_ENTRY *last = count > 0 ? RL(history_get)(RL(history_base) + count - 1) : NULL;
    if (*line != 0 && (last == NULL || strcmp(last->line, line) != 0)) RL(add_history)(line);
}

static LineResult readline_read(LineEditor *base, const char *prompt, const char *continuation, Text *out) {
    ReadlineEditor *e = (ReadlineEditor *)base;
    LineResult result;
    StatementLook look = {0};
    reading_begin(e);
    do {
        result = readline_line(e, e->so_far.size == 0 ? prompt : continuation);
        if (result != LINE_READ) break;
        remember_line(e->line);
        history_add(base->host.history, e->line, strlen(e->line));
        text_add_c(&e->so_far, e->line);
        text_add_char(&e->so_far, '\n');
        free(e->line);
    } while (statement_look(&look, e->so_far.data, e->so_far.size, INPUT_INDENTED) == STATEMENT_MORE);
    reading_end(e, result);
    text_set(out, text_c(&e->so_far), e->so_far.size);
    return result;
}

// Answers are there again in this session, but they are not kept in the file.
static LineResult readline_read_line(LineEditor *base, const char *prompt, Text *out) {
    ReadlineEditor *e = (ReadlineEditor *)base;
    Process *process = base->host.process;
    reading_begin(e);
    // The prompt holds what stands on the line already.
    if (!process->at_line_start) fputs("\r", RL(rl_outstream));
    process->at_line_start = true;
    LineResult result = readline_line(e, prompt);
    if (result == LINE_READ) {
        remember_line(e->line);
        text_set(out, e->line, strlen(e->line));
        free(e->line);
    }
    reading_end(e, result);
    return result;
}

// ---- life

static bool library_open(Readline *library) {
    static const char *const files[] = {"libreadline.so.8", "libreadline.so.9",    "libreadline.so.7",
                                        "libreadline.so",   "libreadline.8.dylib", "libreadline.dylib"};
    for (size_t i = 0; i < sizeof files / sizeof files[0] && library->handle == NULL; i++)
        library->handle = dlopen(files[i], RTLD_LAZY | RTLD_LOCAL);
    if (library->handle == NULL) return false;
    // The standard's way from an object pointer to a function pointer is through memory.
#define FIND(name) \
    if ((*(void **)&library->name = dlsym(library->handle, #name)) == NULL) return false;
    READLINE_NAMES(FIND)
#undef FIND
    return true;
}

static LineEditor *readline_open(const LineHost *host) {
    ReadlineEditor *e = calloc(1, sizeof *e);
    if (e == NULL) return NULL;
    if (!library_open(&e->library)) {
        if (e->library.handle != NULL) dlclose(e->library.handle);
        free(e);
        return NULL;
    }
    reading = e;
    RL(rl_readline_name) = "coil";
    RL(rl_catch_signals) = 0;
    RL(rl_catch_sigwinch) = 0;
    // As in the built-in editor, and as inputrc may still have it otherwise: readline 8.2 has died of what these keys
    // do by default.
    RL(rl_bind_keyseq)("\\ep", RL_FUNCTION(rl_history_search_backward));
    RL(rl_bind_keyseq)("\\en", RL_FUNCTION(rl_history_search_forward));
    RL(rl_initialize)();
    RL(rl_completer_word_break_characters) = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?";
    RL(rl_basic_quote_characters) = "";
    RL(rl_attempted_completion_function) = on_complete;
    RL(rl_startup_hook) = on_start;
    RL(rl_getc_function) = on_getc;
    RL(rl_input_available_hook) = on_input_available;
    RL(rl_bind_key)('\t', on_tab);
    RL(rl_variable_bind)("enable-bracketed-paste", "off");
    return &e->base;
}

static void readline_close(LineEditor *base) {
    ReadlineEditor *e = (ReadlineEditor *)base;
    RL(clear_history)();
    reading = NULL;
    text_free(&e->so_far);
    completions_free(&e->found);
    // The library stays: it has told the terminal's own libraries of itself.
    free(e);
}

const LineEditorType line_readline = {"readline",     readline_open,    readline_read, readline_read_line,
                                      readline_close, readline_refresh, false};

#else

const LineEditorType line_readline = {"readline", NULL, NULL, NULL, NULL, NULL, false};

#endif
