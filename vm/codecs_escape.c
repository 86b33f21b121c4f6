// The codecs of text with backslashes: unicode_escape (as Python's literals) and raw_unicode_escape.
#include "vm/codec_parts.h"

#include <stdio.h>

#include "base/unicode_names.h"
#include "base/utf8.h"

static int hex_value(uint8_t c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

// Up to `count` hexadecimal digits at `at`; returns how many there were.
static size_t read_hex(const Decoding *d, size_t at, size_t count, uint32_t *out) {
    size_t i = 0;
    *out = 0;
    for (; i < count && at + i < d->size && hex_value(d->data[at + i]) >= 0; i++)
        *out = *out << 4 | (uint32_t)hex_value(d->data[at + i]);
    return i;
}

// \xXX, \uXXXX and \UXXXXXXXX, whose backslash is at `start`.
static bool decode_hex(Decoding *d, size_t start, size_t count, const char *truncated, const char *too_large) {
    uint32_t c;
    size_t digits = read_hex(d, start + 2, count, &c);
    if (digits < count) {
        if (!d->final && start + 2 + digits == d->size) {
            d->at = start;
            return true;
        }
        return decode_error(d, start, start + 2 + digits, truncated);
    }
    if (c > 0x10FFFF) return decode_error(d, start, start + 2 + count, too_large);
    d->at = start + 2 + count;
    return str_builder_add_char(&d->out, c);
}

static bool decode_name(Decoding *d, size_t start) {
    const char *malformed = "malformed \\N character escape";
    size_t at = start + 2;
    if (at >= d->size || d->data[at] != '{') return decode_error(d, start, at, malformed);
    const uint8_t *close = memchr(d->data + at, '}', d->size - at);
    if (close == NULL) return decode_error(d, start, d->size, malformed);
    size_t end = (size_t)(close - d->data) + 1, size = end - at - 2;
    if (size == 0) return decode_error(d, start, end, malformed);
    uint32_t c;
    if (!unicode_name_find((const char *)d->data + at + 1, size, &c))
        return decode_error(d, start, end, "unknown Unicode character name");
    d->at = end;
    return str_builder_add_char(&d->out, c);
}

static bool decode_octal(Decoding *d, size_t start) {
    uint32_t c = 0;
    size_t at = start + 1;
    while (at < d->size && at < start + 4 && d->data[at] >= '0' && d->data[at] <= '7')
        c = c * 8 + (d->data[at++] - '0');
    d->at = at;
    return str_builder_add_char(&d->out, c);
}

bool unicode_escape_decode(Decoding *d) {
    while (d->at < d->size) {
        size_t start = d->at;
        uint8_t c = d->data[start];
        if (c != '\\') {
            d->at++;
            if (!str_builder_add_char(&d->out, c)) return false;
            continue;
        }
        if (start + 1 == d->size) {
            if (!d->final) return true;
            if (!decode_error(d, start, d->size, "\\ at end of string")) return false;
            continue;
        }
        static const char letters[] = "\\'\"abfnrtv", meanings[] = "\\'\"\a\b\f\n\r\t\v";
        c = d->data[start + 1];
        const char *found = c == 0 ? NULL : strchr(letters, c);
        bool ok = true;
        if (found != NULL) {
            d->at += 2;
            ok = str_builder_add(&d->out, &meanings[found - letters], 1);
        } else if (c == '\n') {
            d->at += 2;
        } else if (c >= '0' && c <= '7') {
            ok = decode_octal(d, start);
        } else if (c == 'x') {
            ok = decode_hex(d, start, 2, "truncated \\xXX escape", "");
        } else if (c == 'u') {
            ok = decode_hex(d, start, 4, "truncated \\uXXXX escape", "");
        } else if (c == 'U') {
            ok = decode_hex(d, start, 8, "truncated \\UXXXXXXXX escape", "illegal Unicode character");
        } else if (c == 'N') {
            ok = decode_name(d, start);
        } else {
            d->at += 2;
            ok = str_builder_add(&d->out, "\\", 1) && str_builder_add_char(&d->out, c);
        }
        if (!ok) return false;
        if (d->at == start) return true;   // incomplete
    }
    return true;
}

// Only \u and \U behind an odd number of backslashes mean something here.
bool raw_unicode_escape_decode(Decoding *d) {
    bool escaped = false;   // by a backslash before this one
    while (d->at < d->size) {
        size_t start = d->at;
        uint8_t c = d->data[start], next = start + 1 < d->size ? d->data[start + 1] : 0;
        if (c == '\\' && !escaped && (next == 'u' || next == 'U')) {
            if (!decode_hex(d, start, next == 'u' ? 4 : 8,
                            next == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape",
                            "\\Uxxxxxxxx out of range")) {
                return false;
            }
            if (d->at == start) return true;
            continue;
        }
        if (c == '\\' && start + 1 == d->size && !d->final) return true;
        escaped = c == '\\' && !escaped;
        d->at++;
        if (!str_builder_add_char(&d->out, c)) return false;
    }
    return true;
}

static bool put_escape(Encoding *e, uint32_t c) {
    char text[12];
    int size = snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
    return encoding_put(e, text, (size_t)size);
}

static bool put_unicode_escape(Encoding *e, uint32_t c) {
    char byte = (char)c;
    switch (c) {
    case '\\': return encoding_put(e, "\\\\", 2);
    case '\n': return encoding_put(e, "\\n", 2);
    case '\r': return encoding_put(e, "\\r", 2);
    case '\t': return encoding_put(e, "\\t", 2);
    }
    return c >= ' ' && c < 127 ? encoding_put(e, &byte, 1) : put_escape(e, c);
}

static bool put_raw_unicode_escape(Encoding *e, uint32_t c) {
    char byte = (char)c;
    return c < 256 ? encoding_put(e, &byte, 1) : put_escape(e, c);
}

bool unicode_escape_encode(Encoding *e) { return encode_each(e, put_unicode_escape, "", false); }
bool raw_unicode_escape_encode(Encoding *e) { return encode_each(e, put_raw_unicode_escape, "", false); }
