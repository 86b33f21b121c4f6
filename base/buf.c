// Buf: see buf.h.
#include "base/buf.h"

#include "base/utf8.h"

#include <stdio.h>

void buf_free(Buf *buf) {
    alloc_free(buf->allocator, buf->data, buf->capacity);
    buf->data = NULL;
    buf->length = buf->capacity = 0;
    buf->failed = false;
}

bool buf_reserve(Buf *buf, size_t more) {
    if (buf->failed) return false;
    if (more < buf->capacity - buf->length) return true;
    size_t wanted;
    if (!size_add(buf->length, more, &wanted) || wanted > SIZE_MAX / 2 - 64) {
        buf->failed = true;
        return false;
    }
    size_t capacity = buf->capacity + buf->capacity / 2;
    if (capacity < wanted + 1) capacity = wanted + 1;
    if (capacity < 64) capacity = 64;
    char *data = alloc_resize(buf->allocator, buf->data, buf->capacity, capacity);
    if (data == NULL) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

void buf_append(Buf *buf, const void *bytes, size_t length) {
    if (!buf_reserve(buf, length)) return;
    if (length != 0) memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = 0;
}

void buf_text(Buf *buf, const char *text) {
    buf_append(buf, text, strlen(text));
}

void buf_char(Buf *buf, char character) {
    buf_append(buf, &character, 1);
}

void buf_code_point(Buf *buf, uint32_t code_point) {
    char bytes[4];
    buf_append(buf, bytes, utf8_encode(code_point, bytes));
}

void buf_repeat(Buf *buf, char character, size_t count) {
    if (!buf_reserve(buf, count)) return;
    memset(buf->data + buf->length, character, count);
    buf->length += count;
    buf->data[buf->length] = 0;
}

void buf_vprintf(Buf *buf, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length >= 0 && buf_reserve(buf, (size_t)length)) {
        vsnprintf(buf->data + buf->length, (size_t)length + 1, format, again);
        buf->length += (size_t)length;
    }
    va_end(again);
}

void buf_printf(Buf *buf, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    buf_vprintf(buf, format, arguments);
    va_end(arguments);
}
