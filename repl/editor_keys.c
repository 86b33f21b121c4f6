// Keys of the built-in editor: what terminals send, and what it means. See editor.h.
#define _GNU_SOURCE   // memmem
#include "repl/editor.h"

#include <string.h>

enum { ESCAPE = 0x1b, ESCAPE_WAIT_MS = 60 };

static const struct { const char *bytes; Action action; } keys[] = {
    {"\r", enter}, {"\n", enter}, {"\x1b\r", enter_newline}, {"\x1b\n", enter_newline}, {"\x0f", enter_newline},
    {"\t", complete}, {"\x1b[Z", dedent_line}, {"\x04", delete_or_leave}, {"\x1b[200~", paste},

    {"\x1b[D", move_left}, {"\x1bOD", move_left}, {"\x02", move_left},
    {"\x1b[C", move_right}, {"\x1bOC", move_right}, {"\x06", move_right},
    {"\x1b[1;5D", move_word_left}, {"\x1b[1;3D", move_word_left}, {"\x1b[5D", move_word_left},
    {"\x1bOd", move_word_left}, {"\x1b" "b", move_word_left},
    {"\x1b[1;5C", move_word_right}, {"\x1b[1;3C", move_word_right}, {"\x1b[5C", move_word_right},
    {"\x1bOc", move_word_right}, {"\x1b" "f", move_word_right},
    {"\x1b[H", move_line_start}, {"\x1bOH", move_line_start}, {"\x1b[1~", move_line_start},
    {"\x1b[7~", move_line_start}, {"\x01", move_line_start},
    {"\x1b[F", move_line_end}, {"\x1bOF", move_line_end}, {"\x1b[4~", move_line_end}, {"\x1b[8~", move_line_end},
    {"\x05", move_line_end},
    {"\x1b[1;5H", move_text_start}, {"\x1b[1;5F", move_text_end},

    {"\x1b[A", go_up}, {"\x1bOA", go_up}, {"\x10", go_up}, {"\x1b[B", go_down}, {"\x1bOB", go_down}, {"\x0e", go_down},
    {"\x1b[5~", history_older}, {"\x1b[6~", history_newer}, {"\x1b<", history_oldest}, {"\x1b>", history_newest},
    {"\x1b" "p", history_older_alike}, {"\x1b" "n", history_newer_alike}, {"\x12", search_older},
    {"\x13", search_newer},

    {"\x7f", erase_left}, {"\x08", erase_left}, {"\x1b[3~", erase_right},
    {"\x17", kill_blank_word_left}, {"\x1b\x7f", kill_word_left}, {"\x1b\x08", kill_word_left},
    {"\x1b" "d", kill_word_right}, {"\x1b[3;5~", kill_word_right},
    {"\x0b", kill_to_end}, {"\x15", kill_to_start}, {"\x19", yank}, {"\x1by", yank_older},
    {"\x14", swap_characters}, {"\x1f", undo}, {"\x1bu", upper_word}, {"\x1bl", lower_word}, {"\x1b" "c", capital_word},
    {"\x0c", screen_erase_terminal},
};

Action key_action(const Key *key) {
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strlen(keys[i].bytes) == key->size && memcmp(keys[i].bytes, key->bytes, key->size) == 0)
            return keys[i].action;
    return NULL;
}

// The byte at `at` of the input, if it comes within a moment.
static bool peek(Editor *editor, size_t at, unsigned char *out) {
    Process *process = editor->base.host.process;
    while (process->input.size <= at) {
        if (!line_wait_more(&editor->base.host, ESCAPE_WAIT_MS)) return false;
    }
    *out = (unsigned char)process->input.data[at];
    return true;
}

// How many bytes an escape sequence has: "ESC [ parameters final", "ESC O final", "ESC key".
static size_t escape_size(Editor *editor) {
    unsigned char c;
    if (!peek(editor, 1, &c)) return 1;
    size_t at = 2;
    if (c == 'O') return peek(editor, 2, &c) ? 3 : 2;
    if (c != '[') return 2;
    while (peek(editor, at, &c)) {
        at++;
        if (c >= 0x40 && c <= 0x7e) return at;
    }
    return at;
}

// Bytes of one character of UTF-8 that begins with `first`.
static size_t character_size(unsigned char first) { return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4; }

bool key_take(Editor *editor, Key *out) {
    Text *input = &editor->base.host.process->input;
    if (input->size == 0) return false;
    unsigned char first = (unsigned char)input->data[0], unused;
    *out = (Key){.is_text = first >= 0x20 && first != 0x7f, .size = 1};
    if (first == ESCAPE) out->size = escape_size(editor);
    else if (first >= 0xc0)
        out->size = peek(editor, character_size(first) - 1, &unused) ? character_size(first) : input->size;
    size_t taken = out->size;
    // What is longer than any key of ours is some report of the terminal's: nothing is done with it.
    if (out->size > sizeof out->bytes) out->size = sizeof out->bytes;
    memcpy(out->bytes, input->data, out->size);
    text_remove(input, 0, taken);
    return true;
}

void paste_take(Editor *editor, Text *out) {
    static const char end[] = "\x1b[201~";
    Text *input = &editor->base.host.process->input;
    for (;;) {
        char *found = input->size >= sizeof end - 1 ? memmem(input->data, input->size, end, sizeof end - 1) : NULL;
        if (found != NULL) {
            text_add(out, input->data, (size_t)(found - input->data));
            text_remove(input, 0, (size_t)(found - input->data) + sizeof end - 1);
            return;
        }
        // A terminal that never ends a paste must not hold the prompt for ever.
        if (!line_wait_more(&editor->base.host, 1000)) break;
    }
    text_add(out, text_c(input), input->size);
    text_clear(input);
}
