// Growing text, and characters in it: see text.h.
#include "repl/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool text_reserve(Text *text, size_t more) {
    if (text->failed) return false;
    if (more < text->capacity - text->size) return true;
    size_t capacity = text->capacity < 64 ? 64 : text->capacity * 2;
    while (capacity - text->size <= more) {
        if (capacity > SIZE_MAX / 2) return text->failed = true, false;
        capacity *= 2;
    }
    char *grown = realloc(text->data, capacity);
    if (grown == NULL) return text->failed = true, false;
    text->data = grown;
    text->capacity = capacity;
    return true;
}

void text_free(Text *text) {
    free(text->data);
    *text = (Text){0};
}

void text_clear(Text *text) {
    text->size = 0;
    text->failed = false;
    if (text->data != NULL) text->data[0] = 0;
}

void text_insert(Text *text, size_t at, const char *data, size_t size) {
    if (!text_reserve(text, size)) return;
    memmove(text->data + at + size, text->data + at, text->size - at);
    if (size > 0) memcpy(text->data + at, data, size);
    text->size += size;
    text->data[text->size] = 0;
}

void text_add(Text *text, const char *data, size_t size) { text_insert(text, text->size, data, size); }
void text_add_c(Text *text, const char *data) { text_add(text, data, strlen(data)); }
void text_add_char(Text *text, char c) { text_add(text, &c, 1); }

void text_addf(Text *text, const char *format, ...) {
    char buffer[512];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(buffer, sizeof buffer, format, args);
    va_end(args);
    if (size > 0) text_add(text, buffer, (size_t)size < sizeof buffer ? (size_t)size : sizeof buffer - 1);
}

void text_remove(Text *text, size_t from, size_t to) {
    if (from >= to) return;
    memmove(text->data + from, text->data + to, text->size - to);
    text->size -= to - from;
    text->data[text->size] = 0;
}

void text_set(Text *text, const char *data, size_t size) {
    text_clear(text);
    text_add(text, data, size);
}

// ---- characters

// Bytes that are no UTF-8 count as characters of their own.
static size_t decode(const char *data, size_t size, size_t at, int32_t *out) {
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)data + at, (utf8proc_ssize_t)(size - at), out);
    if (length > 0) return (size_t)length;
    *out = 0xfffd;
    return 1;
}

size_t text_next(const char *data, size_t size, size_t at) {
    if (at >= size) return size;
    int32_t previous, code_point, state = 0;
    at += decode(data, size, at, &previous);
    while (at < size) {
        size_t length = decode(data, size, at, &code_point);
        if (utf8proc_grapheme_break_stateful(previous, code_point, &state)) break;
        at += length;
        previous = code_point;
    }
    return at;
}

size_t text_previous(const char *data, size_t size, size_t at) {
    if (at == 0) return 0;
    // Characters are found from the line's start on: joining depends on what stands before.
    size_t from = at - 1;
    while (from > 0 && data[from - 1] != '\n') from--;
    for (;;) {
        size_t next = text_next(data, size, from);
        if (next >= at) return from;
        from = next;
    }
}

int text_width(const char *data, size_t size, size_t at, size_t *out_next) {
    int32_t code_point;
    size_t length = decode(data, size, at, &code_point);
    *out_next = text_next(data, size, at);
    if (code_point < 0x20 || code_point == 0x7f) return 2;      // shown as ^X
    int width = utf8proc_charwidth(code_point);
    // A sequence that asks for the emoji form is as wide as an emoji.
    for (size_t i = at + length; i < *out_next; i += length) {
        length = decode(data, size, i, &code_point);
        if (code_point == 0xfe0f) width = 2;
    }
    return width;
}
