// The built-in line editor, from inside. A statement is one text, however many lines it has, with one cursor; every
// key changes the text or the cursor, and then the screen is painted anew, of which only the rows that changed are
// written.
//
//     editor_keys.c      bytes from the terminal to keys, and the table from keys to actions
//     editor_buffer.c    actions on the text: moving, inserting, killing, undoing
//     editor_history.c   actions on the history: older, newer, search
//     editor_display.c   text to rows, rows to the terminal
//     line_editor.c      the life of a statement: Enter, Tab, signals
#ifndef COIL_REPL_EDITOR_H
#define COIL_REPL_EDITOR_H

#include <termios.h>

#include "repl/line.h"

typedef struct Editor Editor;
typedef void (*Action)(Editor *editor);

// ---- the screen

typedef struct Row { Text text; int width; } Row;
typedef struct Rows { Row *items; size_t count, capacity; } Rows;

typedef struct Screen {
    int width, height;
    Rows shown;                // what the terminal shows; count 0: nothing
    Rows next;                 // what is being laid out
    size_t row;                // of the terminal's cursor, in `shown`
    int column;
    size_t top;                // first row of the layout that is shown, when it is taller than the terminal
} Screen;

// ---- the text's past

typedef struct Snapshot { Text text; size_t cursor; } Snapshot;
enum { UNDO_MAX = 200, KILLS_MAX = 16 };

typedef enum Outcome { OUTCOME_NONE, OUTCOME_READ, OUTCOME_END, OUTCOME_INTERRUPTED } Outcome;

struct Editor {
    LineEditor base;
    const char *prompt, *continuation;
    Text text;
    size_t cursor;
    Outcome outcome;
    Screen screen;

    Snapshot undo[UNDO_MAX];
    size_t undo_count;
    Text kills[KILLS_MAX];     // the newest first
    size_t kill_count, kill_at;
    size_t yank_start, yank_end;
    Action last;               // the action before this one: kills in a row gather, a second yank-pop goes on
    bool inserted;             // the last key put a character in: they are undone together
    int goal;                  // column that moving up and down keeps to; -1: the cursor's own
    Text listing;              // shown below the text until the next key

    size_t history_at;         // entry that is shown; history->count: the new text
    Text new_text;             // that one, while an old entry is shown
    struct {
        bool active, failed;
        int direction;         // -1: towards older ones
        Text query;
        size_t at, origin;     // entries
        Text before;           // what was there when the search began
    } search;

    struct termios cooked;     // the terminal as we found it
    bool raw;
};

// ---- editor_keys.c

// A key: the bytes that the terminal sent for it, as the table has them; or text to put in.
typedef struct Key { char bytes[32]; size_t size; bool is_text; } Key;
// Takes one key from the input that is there; waits a moment for what belongs to an escape. False: nothing is there.
bool key_take(Editor *editor, Key *out);
Action key_action(const Key *key);
// The text of a bracketed paste, up to its end.
void paste_take(Editor *editor, Text *out);

// ---- editor_buffer.c
void buffer_set(Editor *editor, const char *text, size_t size);     // the cursor goes to the end
void buffer_insert(Editor *editor, const char *text, size_t size);
void buffer_replace(Editor *editor, size_t from, size_t to, const char *text, size_t size);
void buffer_remember(Editor *editor);                               // a state to undo to
void buffer_forget(Editor *editor);
size_t line_start(const Editor *editor, size_t at);
size_t line_end(const Editor *editor, size_t at);
void move_left(Editor *), move_right(Editor *), move_word_left(Editor *), move_word_right(Editor *),
    move_line_start(Editor *), move_line_end(Editor *), move_text_start(Editor *), move_text_end(Editor *);
bool move_line_up(Editor *), move_line_down(Editor *);              // false: there is no such line
void erase_left(Editor *), erase_right(Editor *), kill_word_left(Editor *), kill_word_right(Editor *),
    kill_blank_word_left(Editor *), kill_to_end(Editor *), kill_to_start(Editor *), yank(Editor *),
    yank_older(Editor *), swap_characters(Editor *), undo(Editor *), dedent_line(Editor *), upper_word(Editor *),
    lower_word(Editor *), capital_word(Editor *);

// ---- editor_history.c
void go_up(Editor *), go_down(Editor *), history_older(Editor *), history_newer(Editor *), history_oldest(Editor *),
    history_newest(Editor *), history_older_alike(Editor *), history_newer_alike(Editor *), search_older(Editor *),
    search_newer(Editor *);
// A key while a search goes on. False: the search is over, and the key is to do what it always does.
bool search_key(Editor *editor, const Key *key);
void history_begin(Editor *editor);

// ---- editor_display.c
void screen_paint(Editor *editor);
void screen_clear(Editor *editor);                // takes everything away: the cursor is where the first row began
void screen_forget(Editor *editor);               // the terminal shows something else now
void screen_resize(Editor *editor);
void screen_finish(Editor *editor);               // the cursor goes behind the text
void screen_erase_terminal(Editor *editor);       // Ctrl-L
void terminal_write(const char *text, size_t size);

// ---- line_editor.c
void enter(Editor *), enter_newline(Editor *), complete(Editor *), delete_or_leave(Editor *), paste(Editor *);

#endif
