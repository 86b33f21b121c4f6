// What the built-in editor shows: the text is laid out into rows of the terminal's width, and the rows that differ
// from those on the screen are written. See editor.h.
#include "repl/editor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "repl/highlight.h"

#define PLAIN "\x1b[0m"
enum { LISTING_WORTH = 3 };      // rows that must be left for a listing to be shown at all

void terminal_write(const char *text, size_t size) {
    while (size > 0) {
        ssize_t written = write(1, text, size);
        if (written < 0 && errno != EINTR && errno != EAGAIN) return;
        if (written > 0) {
            text += written;
            size -= (size_t)written;
        }
    }
}

// ---- rows

static Row *rows_add(Rows *rows) {
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity == 0 ? 16 : rows->capacity * 2;
        Row *grown = realloc(rows->items, capacity * sizeof *grown);
        if (grown == NULL) return NULL;
        memset(grown + rows->capacity, 0, (capacity - rows->capacity) * sizeof *grown);
        rows->items = grown;
        rows->capacity = capacity;
    }
    Row *row = &rows->items[rows->count++];
    text_clear(&row->text);
    row->width = 0;
    return row;
}

static void rows_swap(Rows *left, Rows *right) {
    Rows saved = *left;
    *left = *right;
    *right = saved;
}

// ---- laying out

typedef struct Layout {
    Rows *rows;
    Row *row;                  // the last one; NULL without memory
    int width;
    bool color;
    const char *style;         // that is on, "" for none
    size_t cursor_row;
    int cursor_column;
} Layout;

static void style_set(Layout *l, const char *style) {
    if (!l->color || style == l->style || l->row == NULL) return;
    if (*l->style != 0) text_add_c(&l->row->text, PLAIN);
    text_add_c(&l->row->text, style);
    l->style = style;
}

static void row_end(Layout *l) {
    style_set(l, "");
    l->row = rows_add(l->rows);
}

static void put(Layout *l, const char *bytes, size_t size, int width) {
    if (l->row != NULL && l->row->width + width > l->width) {
        const char *style = l->style;
        row_end(l);
        style_set(l, style);
    }
    if (l->row == NULL) return;
    text_add(&l->row->text, bytes, size);
    l->row->width += width;
}

static void put_repeated(Layout *l, char c, int count) {
    while (count-- > 0) put(l, &c, 1, 1);
}

// One character of data at `at`; gives the place behind it. Control characters are shown, not sent.
static size_t put_character(Layout *l, const char *data, size_t size, size_t at) {
    size_t next;
    int width = text_width(data, size, at, &next);
    unsigned char c = (unsigned char)data[at];
    if (c == '\t') {
        put_repeated(l, ' ', 4);
    } else if (c < 0x20 || c == 0x7f) {
        char shown[2] = {'^', (char)(c ^ 0x40)};
        put(l, shown, 2, 2);
    } else if (c >= 0x80 && next == at + 1) {
        put(l, "\xef\xbf\xbd", 3, 1);      // a byte that is no UTF-8
    } else {
        put(l, data + at, next - at, width);
    }
    return next;
}

// The rest of an escape sequence in a prompt: it takes no room.
static size_t escape_end(const char *text, size_t at) {
    at++;
    if (text[at] != '[') return text[at] != 0 ? at + 1 : at;
    for (at++; text[at] != 0; at++)
        if (text[at] >= 0x40 && text[at] <= 0x7e) return at + 1;
    return at;
}

static void put_prompt(Layout *l, const char *prompt, bool colored) {
    size_t size = strlen(prompt);
    bool own_colors = strchr(prompt, 0x1b) != NULL;
    if (colored && !own_colors) style_set(l, highlight_color(STYLE_PROMPT));
    for (size_t at = 0; at < size;) {
        if (prompt[at] == 0x1b) {
            size_t next = escape_end(prompt, at);
            if (l->row != NULL) text_add(&l->row->text, prompt + at, next - at);
            at = next;
        } else if (prompt[at] == '\n') {
            row_end(l);
            at++;
        } else if (prompt[at] == 1 || prompt[at] == 2) {      // readline's marks around what is invisible
            at++;
        } else {
            at = put_character(l, prompt, size, at);
        }
    }
    style_set(l, "");
    if (own_colors && l->row != NULL) text_add_c(&l->row->text, PLAIN);
}

static void cursor_here(Layout *l, int width) {
    // A cursor behind the last column stands on the next row.
    if (l->row != NULL && l->row->width + width > l->width) row_end(l);
    l->cursor_row = l->rows->count - 1;
    l->cursor_column = l->row != NULL ? l->row->width : 0;
}

static void put_text(Layout *l, Editor *e, const uint8_t *styles, size_t first_match, size_t second_match) {
    const char *data = text_c(&e->text);
    for (size_t at = 0; at < e->text.size;) {
        if (data[at] == '\n') {
            if (at == e->cursor) cursor_here(l, 1);
            row_end(l);
            put_prompt(l, e->continuation, l->color);
            at++;
            continue;
        }
        size_t next;
        if (at == e->cursor) cursor_here(l, data[at] == '\t' ? 1 : text_width(data, e->text.size, at, &next));
        if (styles != NULL)
            style_set(l, highlight_color(at == first_match || at == second_match ? STYLE_MATCH : (Style)styles[at]));
        at = put_character(l, data, e->text.size, at);
    }
    style_set(l, "");
    if (e->cursor == e->text.size) cursor_here(l, 1);
}

static void put_search_prompt(Layout *l, Editor *e) {
    put_prompt(l, e->search.failed ? "(failed " : "(", false);
    put_prompt(l, e->search.direction < 0 ? "reverse-i-search)`" : "i-search)`", false);
    put_prompt(l, text_c(&e->search.query), false);
    put_prompt(l, "': ", false);
}

static void put_listing(Layout *l, Editor *e, size_t room) {
    const char *at = text_c(&e->listing);
    for (size_t i = 0; *at != 0 && i < room; i++) {
        size_t size = strcspn(at, "\n");
        row_end(l);
        for (size_t k = 0; k < size && l->row != NULL && l->row->width + 2 < l->width;)
            k = put_character(l, at, size, k);
        at += size + (at[size] == '\n');
    }
}

static void lay_out(Editor *e, Layout *l) {
    Screen *screen = &e->screen;
    bool color = e->base.host.color && !e->base.asks;      // an answer is no Python
    uint8_t *styles = color && e->text.size > 0 ? malloc(e->text.size) : NULL;
    size_t match = e->text.size, mate = e->text.size;
    screen->next.count = 0;
    *l = (Layout){.rows = &screen->next, .width = screen->width, .color = color, .style = ""};
    l->row = rows_add(l->rows);
    if (styles != NULL) {
        highlight_scan(e->text.data, e->text.size, styles, NULL);
        match = e->cursor > 0 && strchr(")]}", e->text.data[e->cursor - 1]) != NULL ? e->cursor - 1 : e->cursor;
        mate = highlight_matching(e->text.data, e->text.size, styles, match);
        if (mate == e->text.size || e->outcome != OUTCOME_NONE) match = mate = e->text.size;
    }
    if (e->search.active) put_search_prompt(l, e);
    else put_prompt(l, e->prompt, l->color);
    put_text(l, e, styles, match, mate);
    free(styles);
    size_t used = l->rows->count, height = (size_t)screen->height;
    if (e->listing.size > 0 && height >= used + LISTING_WORTH) put_listing(l, e, height - used);
}

// ---- writing

static void add_up(Text *out, size_t rows) {
    if (rows > 0) text_addf(out, "\x1b[%zuA", rows);
}

// To the beginning of a row; rows that are not there yet are made by newlines, which scroll where they must.
static void go_to_row(Screen *screen, Text *out, size_t row) {
    if (row < screen->row) add_up(out, screen->row - row);
    for (; screen->row < row; screen->row++) {
        if (screen->row + 1 < screen->shown.count) text_add_c(out, "\x1b[B");
        else text_add_c(out, "\r\n");
    }
    screen->row = row;
    text_add_char(out, '\r');
}

// Which part of a layout that is taller than the terminal is shown: the cursor is in it.
static void choose_window(Screen *screen, const Layout *l) {
    size_t height = (size_t)screen->height, count = screen->next.count;
    if (count <= height) screen->top = 0;
    else if (l->cursor_row < screen->top) screen->top = l->cursor_row;
    else if (l->cursor_row >= screen->top + height) screen->top = l->cursor_row - height + 1;
    if (count > height && screen->top > count - height) screen->top = count - height;
}

// Rows outside of the window change places with those in it: buffers are kept, for the next time.
static void cut_window(Screen *screen) {
    Rows *next = &screen->next;
    if (screen->top > 0) {
        for (size_t i = 0; i + screen->top < next->count; i++) {
            Row saved = next->items[i];
            next->items[i] = next->items[i + screen->top];
            next->items[i + screen->top] = saved;
        }
        next->count -= screen->top;
    }
    if (next->count > (size_t)screen->height) next->count = (size_t)screen->height;
}

static bool same_row(const Row *left, const Row *right) {
    return left->text.size == right->text.size &&
           memcmp(text_c(&left->text), text_c(&right->text), left->text.size) == 0;
}

void screen_paint(Editor *e) {
    Screen *screen = &e->screen;
    Process *process = e->base.host.process;
    Layout layout;
    Text out = {0};
    if (screen->shown.count == 0) {
        // Somebody may have left text on this line.
        if (!process->at_line_start) text_add_c(&out, "\r\n");
        process->at_line_start = true;
        screen_forget(e);
    }
    lay_out(e, &layout);
    choose_window(screen, &layout);
    cut_window(screen);
    size_t before = screen->shown.count, count = screen->next.count;
    for (size_t i = 0; i < count; i++) {
        if (i < before && same_row(&screen->next.items[i], &screen->shown.items[i])) continue;
        go_to_row(screen, &out, i);
        text_add(&out, text_c(&screen->next.items[i].text), screen->next.items[i].text.size);
        // A full row leaves the cursor in its last column: erasing there would take the character away.
        if (screen->next.items[i].width < screen->width) text_add_c(&out, "\x1b[K");
        if (i >= screen->shown.count) rows_add(&screen->shown);
    }
    if (before > count) {
        go_to_row(screen, &out, count);
        text_add_c(&out, "\x1b[J");
    }
    rows_swap(&screen->shown, &screen->next);
    go_to_row(screen, &out, layout.cursor_row - screen->top);
    if (layout.cursor_column > 0) text_addf(&out, "\x1b[%dC", layout.cursor_column);
    screen->column = layout.cursor_column;
    if (!out.failed) terminal_write(out.data, out.size);
    text_free(&out);
}

void screen_forget(Editor *e) {
    e->screen.shown.count = 0;
    e->screen.row = 0;
    e->screen.column = 0;
    e->screen.top = 0;
}

void screen_clear(Editor *e) {
    if (e->screen.shown.count == 0) return;
    Text out = {0};
    add_up(&out, e->screen.row);
    text_add_c(&out, "\r\x1b[J");
    terminal_write(text_c(&out), out.size);
    text_free(&out);
    screen_forget(e);
}

static void measure(Screen *screen) {
    struct winsize size;
    bool known = ioctl(1, TIOCGWINSZ, &size) == 0;
    screen->width = known && size.ws_col > 1 ? size.ws_col : 80;
    screen->height = known && size.ws_row > 1 ? size.ws_row : 24;
}

// A narrower terminal has broken our rows in pieces: the first one is as many rows up as the pieces before the cursor.
void screen_resize(Editor *e) {
    Screen *screen = &e->screen;
    measure(screen);
    if (screen->shown.count == 0) return;
    size_t up = (size_t)(screen->column / screen->width);
    for (size_t i = 0; i < screen->row && i < screen->shown.count; i++) {
        int width = screen->shown.items[i].width;
        up += width == 0 ? 1 : (size_t)((width + screen->width - 1) / screen->width);
    }
    screen->row = up < (size_t)screen->height ? up : (size_t)screen->height - 1;
    screen_clear(e);
}

void screen_erase_terminal(Editor *e) {
    terminal_write("\x1b[H\x1b[2J", 7);
    screen_forget(e);
}

void screen_finish(Editor *e) {
    text_clear(&e->listing);
    e->cursor = e->text.size;
    screen_paint(e);
}
