// The built-in editor: the life of a statement, from its prompt to Enter. See editor.h for the other parts.
#include "repl/editor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/statement.h"

enum { INDENT_STEP = 4, LISTING_GAP = 2 };

// ---- the terminal

// Signals stay on, so that Ctrl-C reaches tasks that run while one types; output is translated as ever, for them to
// print with.
static void raw_begin(Editor *e) {
    if (e->raw || tcgetattr(0, &e->cooked) != 0) return;
    struct termios raw = e->cooked;
    raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON | ISTRIP);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
#ifdef VDSUSP
    raw.c_cc[VDSUSP] = _POSIX_VDISABLE;
#endif
    raw.c_cc[VQUIT] = _POSIX_VDISABLE;
    tcsetattr(0, TCSADRAIN, &raw);
    line_take_typed_ahead(&e->base.host);
    terminal_write("\x1b[?2004h", 8);      // pastes come in brackets
    e->raw = true;
}

static void raw_end(Editor *e) {
    if (!e->raw) return;
    terminal_write("\x1b[?2004l", 8);
    tcsetattr(0, TCSADRAIN, &e->cooked);
    e->raw = false;
}

// Somebody else wants to write: what we show goes away, and comes back before the next key is waited for.
static void before_output(void *user) { screen_clear(user); }
static void after_output(void *user) { screen_paint(user); }

static void take_signal(Editor *e) {
    Signal which = signals_take();
    switch (which) {
    case SIGNAL_NONE: break;
    case SIGNAL_INTERRUPT: e->outcome = OUTCOME_INTERRUPTED; break;
    case SIGNAL_RESIZE: screen_resize(e); break;
    case SIGNAL_CONTINUE:
        e->raw = false;
        raw_begin(e);
        screen_forget(e);
        break;
    case SIGNAL_STOP: case SIGNAL_END:
        screen_finish(e);
        terminal_write("\r\n", 2);
        raw_end(e);
        signals_obey(which);
        raw_begin(e);
        screen_forget(e);
        break;
    }
}

// ---- Enter

static bool at_last_line(const Editor *e) { return line_end(e, e->cursor) == e->text.size; }

static void insert_newline(Editor *e) {
    buffer_remember(e);
    // Input that has come already was not typed by hand: it brings its own indentation.
    int indentation = e->base.host.process->input.size > 0 ? 0 : statement_indentation(text_c(&e->text), e->cursor);
    // A line of nothing but indentation stays empty.
    size_t start = line_start(e, e->cursor), at = start;
    while (at < e->cursor && e->text.data[at] == ' ') at++;
    if (at == e->cursor && at > start) buffer_replace(e, start, e->cursor, "", 0);
    buffer_insert(e, "\n", 1);
    for (; indentation > 0; indentation--) buffer_insert(e, " ", 1);
}

void enter_newline(Editor *e) {
    if (e->base.asks) enter(e);
    else insert_newline(e);
}

void enter(Editor *e) {
    if (e->base.asks) {
        e->outcome = OUTCOME_READ;
        return;
    }
    if (!at_last_line(e)) {
        insert_newline(e);
        return;
    }
    Text whole = {0};
    text_add(&whole, text_c(&e->text), e->text.size);
    text_add_char(&whole, '\n');
    if (whole.failed || statement_state(whole.data, whole.size, INPUT_BLOCK) == STATEMENT_MORE) insert_newline(e);
    else e->outcome = OUTCOME_READ;
    text_free(&whole);
}

void delete_or_leave(Editor *e) {
    if (e->text.size == 0) e->outcome = OUTCOME_END;
    else erase_right(e);
}

void paste(Editor *e) {
    Text pasted = {0}, clean = {0};
    paste_take(e, &pasted);
    for (size_t i = 0; i < pasted.size; i++) {
        char c = pasted.data[i];
        if (c == '\r') {
            if (i + 1 < pasted.size && pasted.data[i + 1] == '\n') continue;
            c = '\n';
        }
        if ((unsigned char)c >= 0x20 || c == '\n' || c == '\t') text_add_char(&clean, c);
    }
    buffer_remember(e);
    const char *newline = e->base.asks && clean.size > 0 ? memchr(clean.data, '\n', clean.size) : NULL;
    size_t size = newline != NULL ? (size_t)(newline - clean.data) : clean.size;
    buffer_insert(e, text_c(&clean), size);
    if (newline != NULL) {
        // What was pasted behind the line is for whoever reads next.
        text_insert(&e->base.host.process->input, 0, newline + 1, clean.size - size - 1);
        e->outcome = OUTCOME_READ;
    }
    text_free(&pasted);
    text_free(&clean);
}

// ---- Tab

static int shown_width(const char *text) {
    int width = 0;
    for (size_t at = 0, size = strlen(text); at < size;) width += text_width(text, size, at, &at);
    return width;
}

// Columns, filled downwards, as ls does.
static void list_completions(Editor *e, const Completions *found) {
    int widest = 0, width = e->screen.width - 1;
    for (size_t i = 0; i < found->count; i++) {
        int one = shown_width(found->items[i]);
        if (one > widest) widest = one;
    }
    size_t columns = widest + LISTING_GAP < width ? (size_t)((width + LISTING_GAP) / (widest + LISTING_GAP)) : 1;
    size_t rows = (found->count + columns - 1) / columns,
           room = e->screen.height > 8 ? (size_t)e->screen.height - 6 : 2, shown = rows < room ? rows : room;
    text_clear(&e->listing);
    for (size_t row = 0; row < shown; row++) {
        for (size_t column = 0; column < columns && column * rows + row < found->count; column++) {
            const char *item = found->items[column * rows + row];
            text_add_c(&e->listing, item);
            bool last = (column + 1) * rows + row >= found->count || column + 1 == columns;
            for (int i = shown_width(item); !last && i < widest + LISTING_GAP; i++) text_add_char(&e->listing, ' ');
        }
        text_add_char(&e->listing, '\n');
    }
    if (shown < rows) text_addf(&e->listing, "... %zu in all\n", found->count);
}

static void insert_tab(Editor *e) {
    buffer_remember(e);
    buffer_insert(e, "\t", 1);
}

void complete(Editor *e) {
    if (e->base.asks) return insert_tab(e);
    size_t start = line_start(e, e->cursor), at = start;
    while (at < e->cursor && (e->text.data[at] == ' ' || e->text.data[at] == '\t')) at++;
    if (at == e->cursor) {
        buffer_remember(e);
        for (size_t i = INDENT_STEP - (e->cursor - start) % INDENT_STEP; i > 0; i--) buffer_insert(e, " ", 1);
        return;
    }
    Completions found;
    if (e->base.host.complete == NULL ||
        !e->base.host.complete(e->base.host.user, text_c(&e->text), e->text.size, e->cursor, &found))
        return;
    size_t common = completions_common(&found), typed = e->cursor - found.start;
    if (common > typed || (found.count == 1 && common > 0)) {
        buffer_remember(e);
        buffer_replace(e, found.start, e->cursor, found.items[0], common);
    } else if (found.count > 1) {
        list_completions(e, &found);
    }
    completions_free(&found);
}

// ---- reading

static void insert_text(Editor *e, const Key *key) {
    if (!e->inserted) buffer_remember(e);
    buffer_insert(e, key->bytes, key->size);
}

static bool keeps_goal(Action action) { return action == go_up || action == go_down; }

static void key_obey(Editor *e, const Key *key) {
    text_clear(&e->listing);
    if (e->search.active && search_key(e, key)) return;
    Action action = key->is_text ? NULL : key_action(key);
    if (!keeps_goal(action)) e->goal = -1;
    if (key->is_text) insert_text(e, key);
    else if (action != NULL) action(e);
    e->inserted = key->is_text;
    e->last = action;
}

static void read_keys(Editor *e) {
    Key key;
    while (e->outcome == OUTCOME_NONE) {
        // Keys that are there already are obeyed before the screen is painted.
        if (e->base.host.process->input.size == 0) {
            if (!line_wait(&e->base)) take_signal(e);
            else if (!process_fill(e->base.host.process)) {
                // The terminal has gone.
                if (errno != EINTR) e->outcome = OUTCOME_END;
                else take_signal(e);
            }
            continue;
        }
        if (key_take(e, &key)) key_obey(e, &key);
    }
}

static LineResult read_text(Editor *e, const char *prompt, const char *continuation, Text *out) {
    LineEditor *base = &e->base;
    Process *process = base->host.process;
    e->prompt = prompt;
    e->continuation = continuation;
    e->outcome = OUTCOME_NONE;
    e->last = NULL;
    e->inserted = false;
    e->goal = -1;
    buffer_set(e, "", 0);
    buffer_forget(e);
    raw_begin(e);
    signals_watch_terminal(true);
    screen_resize(e);
    process->before_output = before_output;
    process->after_output = after_output;
    process->before_output_user = e;
    if (!base->host.history->loaded) {
        screen_paint(e);
        history_load(base->host.history);
    }
    history_begin(e);
    read_keys(e);
    e->search.active = false;
    screen_finish(e);
    process->before_output = NULL;
    if (e->outcome == OUTCOME_READ) terminal_write("\r\n", 2);
    process->at_line_start = e->outcome == OUTCOME_READ;
    screen_forget(e);
    signals_watch_terminal(false);
    raw_end(e);
    text_set(out, text_c(&e->text), e->text.size);
    if (e->outcome == OUTCOME_INTERRUPTED) return LINE_INTERRUPTED;
    return e->outcome == OUTCOME_END ? LINE_END : LINE_READ;
}

static LineResult editor_read(LineEditor *base, const char *prompt, const char *continuation, Text *out) {
    LineResult result = read_text((Editor *)base, prompt, continuation, out);
    if (result != LINE_READ) return result;
    history_add(base->host.history, text_c(out), out->size);
    while (out->size > 0 && (out->data[out->size - 1] == '\n' || out->data[out->size - 1] == ' '))
        text_remove(out, out->size - 1, out->size);
    text_add_char(out, '\n');
    return LINE_READ;
}

// Answers are there again in this session, but they are not kept in the file.
static LineResult editor_read_line(LineEditor *base, const char *prompt, Text *out) {
    Process *process = base->host.process;
    // The prompt holds what stands on the line already.
    if (!process->at_line_start) terminal_write("\r", 1);
    process->at_line_start = true;
    LineResult result = read_text((Editor *)base, prompt, "", out);
    if (result == LINE_READ) history_remember(base->host.history, text_c(out), out->size);
    return result;
}

static LineEditor *editor_open(const LineHost *host) {
    (void)host;
    struct termios settings;
    if (!isatty(0) || !isatty(1) || tcgetattr(0, &settings) != 0) return NULL;
    return calloc(1, sizeof(Editor));
}

static void rows_free(Rows *rows) {
    for (size_t i = 0; i < rows->capacity; i++) text_free(&rows->items[i].text);
    free(rows->items);
}

static void editor_close(LineEditor *base) {
    Editor *e = (Editor *)base;
    raw_end(e);
    buffer_forget(e);
    for (size_t i = 0; i < e->kill_count; i++) text_free(&e->kills[i]);
    text_free(&e->text);
    text_free(&e->new_text);
    text_free(&e->listing);
    text_free(&e->search.query);
    text_free(&e->search.before);
    rows_free(&e->screen.shown);
    rows_free(&e->screen.next);
    free(e);
}

static void editor_refresh(LineEditor *base) { screen_paint((Editor *)base); }

const LineEditorType line_builtin = {"builtin",    editor_open,    editor_read, editor_read_line,
                                     editor_close, editor_refresh, true};
