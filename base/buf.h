// Buf: a growable byte buffer over the allocator hook.
//
// Failure is sticky: after an allocation failed every further append does nothing, and the one who made the buffer
// looks at `failed` once, at the end.
#ifndef COIL_BASE_BUF_H
#define COIL_BASE_BUF_H

#include "base/alloc.h"

#include <stdarg.h>
#include <string.h>

typedef struct Buf {
    const Allocator *allocator;
    char *data; // NUL-terminated once anything was appended
    size_t length, capacity;
    bool failed;
} Buf;

static inline Buf buf_of(const Allocator *allocator) {
    return (Buf){.allocator = allocator};
}

void buf_free(Buf *buf);
// Room for `more` bytes and a NUL; false (and `failed`) when there is none.
bool buf_reserve(Buf *buf, size_t more);
void buf_append(Buf *buf, const void *bytes, size_t length);
void buf_text(Buf *buf, const char *text);
void buf_char(Buf *buf, char character);
// The code point in UTF-8; a lone surrogate takes three bytes.
void buf_code_point(Buf *buf, uint32_t code_point);
void buf_repeat(Buf *buf, char character, size_t count);
void buf_printf(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(Buf *buf, const char *format, va_list arguments);

#endif
