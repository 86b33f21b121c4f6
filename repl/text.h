// A growing piece of text: what is typed, read or about to be shown. Out of memory is remembered in `failed`; what
// was added before stays.
#ifndef COIL_REPL_TEXT_H
#define COIL_REPL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Text {
    char *data;               // always ends with a zero once something was added; may be NULL while size is 0
    size_t size, capacity;
    bool failed;
} Text;

void text_free(Text *text);
void text_clear(Text *text);
void text_add(Text *text, const char *data, size_t size);
void text_add_c(Text *text, const char *data);
void text_add_char(Text *text, char c);
void text_addf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_insert(Text *text, size_t at, const char *data, size_t size);
void text_remove(Text *text, size_t from, size_t to);
void text_set(Text *text, const char *data, size_t size);
static inline const char *text_c(const Text *text) { return text->data != NULL ? text->data : ""; }

// ---- characters: places in UTF-8 text, in bytes

// The next or previous place where a cursor may stand: combining marks and joined emoji belong to the character
// before them.
size_t text_next(const char *data, size_t size, size_t at);
size_t text_previous(const char *data, size_t size, size_t at);
// Columns that a terminal shows the character at data[at] in; *out_next gets the place behind it.
int text_width(const char *data, size_t size, size_t at, size_t *out_next);

#endif
