// Actions on the text: see editor.h.
#include "repl/editor.h"

#include <ctype.h>
#include <string.h>

enum { INDENT_STEP = 4 };

static const char *data_of(const Editor *e) { return text_c(&e->text); }

// ---- changing

static void snapshot_free(Snapshot *snapshot) { text_free(&snapshot->text); }

void buffer_remember(Editor *e) {
    if (e->undo_count == UNDO_MAX) {
        snapshot_free(&e->undo[0]);
        memmove(e->undo, e->undo + 1, --e->undo_count * sizeof e->undo[0]);
    }
    Snapshot *snapshot = &e->undo[e->undo_count];
    *snapshot = (Snapshot){.cursor = e->cursor};
    text_add(&snapshot->text, data_of(e), e->text.size);
    if (snapshot->text.failed) snapshot_free(snapshot);
    else e->undo_count++;
}

void buffer_forget(Editor *e) {
    while (e->undo_count > 0) snapshot_free(&e->undo[--e->undo_count]);
}

void undo(Editor *e) {
    if (e->undo_count == 0) return;
    Snapshot *snapshot = &e->undo[--e->undo_count];
    text_set(&e->text, text_c(&snapshot->text), snapshot->text.size);
    e->cursor = snapshot->cursor <= e->text.size ? snapshot->cursor : e->text.size;
    snapshot_free(snapshot);
}

void buffer_set(Editor *e, const char *text, size_t size) {
    text_set(&e->text, text, size);
    e->cursor = e->text.size;
}

void buffer_insert(Editor *e, const char *text, size_t size) {
    text_insert(&e->text, e->cursor, text, size);
    if (!e->text.failed) e->cursor += size;
    e->text.failed = false;
}

void buffer_replace(Editor *e, size_t from, size_t to, const char *text, size_t size) {
    text_remove(&e->text, from, to);
    e->cursor = from;
    buffer_insert(e, text, size);
}

// ---- moving

size_t line_start(const Editor *e, size_t at) {
    while (at > 0 && data_of(e)[at - 1] != '\n') at--;
    return at;
}

size_t line_end(const Editor *e, size_t at) {
    while (at < e->text.size && data_of(e)[at] != '\n') at++;
    return at;
}

static bool in_word(char c) { return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

static size_t word_left(const Editor *e) {
    size_t at = e->cursor;
    while (at > 0 && !in_word(data_of(e)[at - 1])) at--;
    while (at > 0 && in_word(data_of(e)[at - 1])) at--;
    return at;
}

static size_t word_right(const Editor *e) {
    size_t at = e->cursor;
    while (at < e->text.size && !in_word(data_of(e)[at])) at++;
    while (at < e->text.size && in_word(data_of(e)[at])) at++;
    return at;
}

void move_left(Editor *e) { e->cursor = text_previous(data_of(e), e->text.size, e->cursor); }
void move_right(Editor *e) { e->cursor = text_next(data_of(e), e->text.size, e->cursor); }
void move_word_left(Editor *e) { e->cursor = word_left(e); }
void move_word_right(Editor *e) { e->cursor = word_right(e); }
void move_line_end(Editor *e) { e->cursor = line_end(e, e->cursor); }
void move_text_start(Editor *e) { e->cursor = 0; }
void move_text_end(Editor *e) { e->cursor = e->text.size; }

// First to where the line's text begins, then to the line's beginning.
void move_line_start(Editor *e) {
    size_t start = line_start(e, e->cursor), at = start;
    while (at < e->text.size && data_of(e)[at] == ' ') at++;
    e->cursor = e->cursor > at || (e->cursor == start && at > start) ? at : start;
}

static int column_of(const Editor *e) {
    int column = 0;
    for (size_t at = line_start(e, e->cursor); at < e->cursor;) column += text_width(data_of(e), e->text.size, at, &at);
    return column;
}

static void move_to_column(Editor *e, size_t start, int column) {
    size_t at = start, next;
    for (int seen = 0; at < e->text.size && data_of(e)[at] != '\n'; at = next) {
        seen += text_width(data_of(e), e->text.size, at, &next);
        if (seen > column) break;
    }
    e->cursor = at;
}

bool move_line_up(Editor *e) {
    size_t start = line_start(e, e->cursor);
    if (start == 0) return false;
    int goal = e->goal >= 0 ? e->goal : column_of(e);
    move_to_column(e, line_start(e, start - 1), goal);
    e->goal = goal;
    return true;
}

bool move_line_down(Editor *e) {
    size_t end = line_end(e, e->cursor);
    if (end == e->text.size) return false;
    int goal = e->goal >= 0 ? e->goal : column_of(e);
    move_to_column(e, end + 1, goal);
    e->goal = goal;
    return true;
}

// ---- erasing

// Within a line's indentation a whole step goes.
void erase_left(Editor *e) {
    size_t start = line_start(e, e->cursor), blanks = start;
    if (e->cursor == 0) return;
    buffer_remember(e);
    while (blanks < e->cursor && data_of(e)[blanks] == ' ') blanks++;
    size_t from = text_previous(data_of(e), e->text.size, e->cursor);
    if (blanks == e->cursor && blanks > start) from = start + (blanks - start - 1) / INDENT_STEP * INDENT_STEP;
    text_remove(&e->text, from, e->cursor);
    e->cursor = from;
}

void erase_right(Editor *e) {
    if (e->cursor == e->text.size) return;
    buffer_remember(e);
    text_remove(&e->text, e->cursor, text_next(data_of(e), e->text.size, e->cursor));
}

static bool is_kill(Action action) {
    return action == kill_to_end || action == kill_to_start || action == kill_word_left || action == kill_word_right ||
           action == kill_blank_word_left;
}

// Kills in a row make one text.
static void kill_range(Editor *e, size_t from, size_t to) {
    if (from == to) return;
    buffer_remember(e);
    if (!is_kill(e->last) || e->kill_count == 0) {
        if (e->kill_count == KILLS_MAX) text_free(&e->kills[--e->kill_count]);
        memmove(e->kills + 1, e->kills, e->kill_count++ * sizeof e->kills[0]);
        e->kills[0] = (Text){0};
    }
    text_insert(&e->kills[0], from < e->cursor ? 0 : e->kills[0].size, data_of(e) + from, to - from);
    text_remove(&e->text, from, to);
    e->cursor = from;
}

void kill_word_left(Editor *e) { kill_range(e, word_left(e), e->cursor); }
void kill_word_right(Editor *e) { kill_range(e, e->cursor, word_right(e)); }
void kill_to_start(Editor *e) { kill_range(e, line_start(e, e->cursor), e->cursor); }

void kill_to_end(Editor *e) {
    size_t end = line_end(e, e->cursor);
    kill_range(e, e->cursor, end == e->cursor && end < e->text.size ? end + 1 : end);
}

void kill_blank_word_left(Editor *e) {
    size_t at = e->cursor;
    while (at > 0 && isspace((unsigned char)data_of(e)[at - 1])) at--;
    while (at > 0 && !isspace((unsigned char)data_of(e)[at - 1])) at--;
    kill_range(e, at, e->cursor);
}

static void yank_text(Editor *e) {
    const Text *kill = &e->kills[e->kill_at];
    e->yank_start = e->cursor;
    buffer_insert(e, text_c(kill), kill->size);
    e->yank_end = e->cursor;
}

void yank(Editor *e) {
    if (e->kill_count == 0) return;
    buffer_remember(e);
    e->kill_at = 0;
    yank_text(e);
}

// Puts the kill before that one in the place of what was yanked.
void yank_older(Editor *e) {
    if ((e->last != yank && e->last != yank_older) || e->kill_count < 2) return;
    text_remove(&e->text, e->yank_start, e->yank_end);
    e->cursor = e->yank_start;
    e->kill_at = (e->kill_at + 1) % e->kill_count;
    yank_text(e);
}

// ---- odds and ends

void swap_characters(Editor *e) {
    size_t start = line_start(e, e->cursor), end = line_end(e, e->cursor);
    size_t middle = e->cursor == end ? text_previous(data_of(e), e->text.size, e->cursor) : e->cursor;
    if (middle <= start || middle >= end) return;
    size_t from = text_previous(data_of(e), e->text.size, middle), to = text_next(data_of(e), e->text.size, middle);
    Text swapped = {0};
    text_add(&swapped, data_of(e) + middle, to - middle);
    text_add(&swapped, data_of(e) + from, middle - from);
    buffer_remember(e);
    if (!swapped.failed) buffer_replace(e, from, to, swapped.data, swapped.size);
    text_free(&swapped);
}

void dedent_line(Editor *e) {
    size_t start = line_start(e, e->cursor), at = start;
    while (at < start + INDENT_STEP && at < e->text.size && data_of(e)[at] == ' ') at++;
    if (at == start) return;
    buffer_remember(e);
    text_remove(&e->text, start, at);
    e->cursor = e->cursor > at ? e->cursor - (at - start) : start;
}

// `first` is for the word's first letter, `rest` for the others. Letters beyond ASCII stay as they are.
static void change_word(Editor *e, int (*first)(int), int (*rest)(int)) {
    size_t end = word_right(e);
    if (end == e->cursor) return;
    buffer_remember(e);
    bool inside = false;
    for (; e->cursor < end; e->cursor++) {
        unsigned char c = (unsigned char)e->text.data[e->cursor];
        if (c < 0x80) e->text.data[e->cursor] = (char)(inside ? rest(c) : first(c));
        inside = inside || in_word((char)c);
    }
}
void upper_word(Editor *e) { change_word(e, toupper, toupper); }
void lower_word(Editor *e) { change_word(e, tolower, tolower); }
void capital_word(Editor *e) { change_word(e, toupper, tolower); }
