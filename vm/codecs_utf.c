// The codecs of Unicode's own encodings: UTF-8, UTF-16, UTF-32, UTF-7.
#include "vm/codec_parts.h"

#include "base/utf8.h"

// ---- UTF-8

bool utf8_decode_all(Decoding *d) {
    while (d->at < d->size) {
        size_t position, bad;
        const char *start = (const char *)d->data + d->at;
        Utf8Fault fault = utf8_check(start, d->size - d->at, &position, &bad);
        if (fault == UTF8_OK) position = d->size - d->at;
        if (!str_builder_add(&d->out, start, position)) return false;
        d->at += position;
        if (fault == UTF8_OK || (fault == UTF8_TRUNCATED && !d->final)) break;
        if (!decode_error(d, d->at, d->at + bad, utf8_fault_text(fault))) return false;
    }
    return true;
}

static bool put_utf8(Encoding *e, uint32_t c) {
    char text[4];
    return (c < 0xD800 || c > 0xDFFF) && encoding_put(e, text, utf8_encode(c, text));
}

bool utf8_encode_all(Encoding *e) { return encode_each(e, put_utf8, "surrogates not allowed", true); }

static const uint8_t utf8_mark[3] = {0xEF, 0xBB, 0xBF};

bool utf8_sig_decode(Decoding *d) {
    if (d->size < 3 && !d->final && memcmp(d->data, utf8_mark, d->size) == 0) return true;
    if (d->size < 3 || memcmp(d->data, utf8_mark, 3) != 0) return utf8_decode_all(d);
    // Errors count from behind the mark.
    Bytes *rest = bytes_new(d->vm, d->data + 3, d->size - 3);
    if (rest == NULL) return false;
    d->owner = from_object(rest);
    d->data = rest->data;
    d->size -= 3;
    bool ok = utf8_decode_all(d);
    d->at += 3;
    return ok;
}

bool utf8_sig_encode(Encoding *e) { return encoding_put(e, utf8_mark, 3) && utf8_encode_all(e); }

// ---- UTF-16 and UTF-32

static bool is_big(const void *table) { return table != NULL && *(const char *)table == 'b'; }

static uint32_t unit_at(const Decoding *d, size_t at, size_t size) {
    uint32_t unit = 0;
    for (size_t i = 0; i < size; i++) unit |= (uint32_t)d->data[at + (is_big(d->table) ? size - 1 - i : i)] << (8 * i);
    return unit;
}

// Takes the byte order from a mark, if that is how the codec knows it.
static void read_mark(Decoding *d, size_t unit_size, const char *little, const char *big) {
    if (d->table == NULL) {
        d->table = "le";
        if (d->size >= unit_size) {
            if (unit_at(d, 0, unit_size) == 0xFEFF) {
                d->at = unit_size;
            } else {
                d->table = "be";
                if (unit_at(d, 0, unit_size) == 0xFEFF) d->at = unit_size;
                else d->table = "le";
            }
        }
    }
    d->name = is_big(d->table) ? big : little;
}

bool utf16_decode(Decoding *d) {
    read_mark(d, 2, "utf-16-le", "utf-16-be");
    while (d->at < d->size) {
        size_t left = d->size - d->at;
        if (left < 2) {
            if (!d->final) return true;
            if (!decode_error(d, d->at, d->size, "truncated data")) return false;
            continue;
        }
        uint32_t unit = unit_at(d, d->at, 2);
        if (unit < 0xD800 || unit > 0xDFFF) {
            if (!str_builder_add_char(&d->out, unit)) return false;
            d->at += 2;
        } else if (unit >= 0xDC00) {
            if (!decode_error(d, d->at, d->at + 2, "illegal encoding")) return false;
        } else if (left < 4) {
            if (!d->final) return true;
            if (!decode_error(d, d->at, d->size, "unexpected end of data")) return false;
        } else {
            uint32_t low = unit_at(d, d->at + 2, 2);
            if (low < 0xDC00 || low > 0xDFFF) {
                if (!decode_error(d, d->at, d->at + 2, "illegal UTF-16 surrogate")) return false;
                continue;
            }
            if (!str_builder_add_char(&d->out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))) return false;
            d->at += 4;
        }
    }
    return true;
}

bool utf32_decode(Decoding *d) {
    read_mark(d, 4, "utf-32-le", "utf-32-be");
    while (d->at < d->size) {
        if (d->size - d->at < 4) {
            if (!d->final) return true;
            if (!decode_error(d, d->at, d->size, "truncated data")) return false;
            continue;
        }
        uint32_t c = unit_at(d, d->at, 4);
        if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
            const char *reason = c > 0x10FFFF ? "code point not in range(0x110000)"
                                              : "code point in surrogate code point range(0xd800, 0xe000)";
            if (!decode_error(d, d->at, d->at + 4, reason)) return false;
            continue;
        }
        if (!str_builder_add_char(&d->out, c)) return false;
        d->at += 4;
    }
    return true;
}

static bool put_unit(Encoding *e, uint32_t unit, size_t size) {
    uint8_t bytes[4];
    for (size_t i = 0; i < size; i++) bytes[is_big(e->table) ? size - 1 - i : i] = (uint8_t)(unit >> (8 * i));
    return encoding_put(e, bytes, size);
}

static bool put_utf16(Encoding *e, uint32_t c) {
    if (c >= 0xD800 && c <= 0xDFFF) return false;
    if (c < 0x10000) return put_unit(e, c, 2);
    return put_unit(e, 0xD800 + ((c - 0x10000) >> 10), 2) && put_unit(e, 0xDC00 + ((c - 0x10000) & 0x3FF), 2);
}

static bool put_utf32(Encoding *e, uint32_t c) { return (c < 0xD800 || c > 0xDFFF) && put_unit(e, c, 4); }

bool utf16_encode(Encoding *e) {
    if (e->table == NULL && !put_unit(e, 0xFEFF, 2)) return false;
    return encode_each(e, put_utf16, "surrogates not allowed", false);
}

bool utf32_encode(Encoding *e) {
    if (e->table == NULL && !put_unit(e, 0xFEFF, 4)) return false;
    return encode_each(e, put_utf32, "surrogates not allowed", false);
}

// ---- UTF-7 (RFC 2152): runs of UTF-16 in base 64 between '+' and '-'

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(uint8_t c) {
    const char *found = c == 0 ? NULL : strchr(base64_digits, c);
    return found == NULL ? -1 : (int)(found - base64_digits);
}

// Reads the base 64 behind a '+' at d->at.
static bool utf7_decode_run(Decoding *d) {
    size_t start = d->at++;
    if (d->at < d->size && d->data[d->at] == '-') {
        d->at++;
        return str_builder_add(&d->out, "+", 1);
    }
    if (d->at < d->size && base64_value(d->data[d->at]) < 0)
        return decode_error(d, start, d->at + 1, "ill-formed sequence");
    uint32_t bits = 0, high = 0;
    int count = 0;
    for (; d->at < d->size && base64_value(d->data[d->at]) >= 0; d->at++) {
        bits = bits << 6 | (uint32_t)base64_value(d->data[d->at]);
        count += 6;
        if (count < 16) continue;
        count -= 16;
        uint32_t unit = bits >> count & 0xFFFF;
        bits &= (1u << count) - 1;
        if (high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
            if (!str_builder_add_char(&d->out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00))) return false;
            high = 0;
            continue;
        }
        if (high != 0 && !str_builder_add_char(&d->out, high)) return false;
        high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
        if (high == 0 && !str_builder_add_char(&d->out, unit)) return false;
    }
    if (d->at == d->size && d->final) return decode_error(d, start, d->size, "unterminated shift sequence");
    if (count >= 6) return decode_error(d, start, d->at + 1, "partial character in base64 sequence");
    if (bits != 0) return decode_error(d, start, d->at + 1, "non-zero padding bits in base64 sequence");
    if (high != 0 && !str_builder_add_char(&d->out, high)) return false;
    if (d->at < d->size && d->data[d->at] == '-') d->at++;
    return true;
}

bool utf7_decode(Decoding *d) {
    while (d->at < d->size) {
        uint8_t c = d->data[d->at];
        if (c == '+') {
            size_t start = d->at, kept = d->out.size, kept_length = d->out.length;
            if (!utf7_decode_run(d)) return false;
            if (d->at == d->size && !d->final && d->data[d->size - 1] != '-') {
                d->at = start;   // the run may go on
                d->out.size = kept;
                d->out.length = kept_length;
                return true;
            }
        } else if (c < 128) {
            if (!str_builder_add(&d->out, (const char *)&c, 1)) return false;
            d->at++;
        } else if (!decode_error(d, d->at, d->at + 1, "unexpected special character")) {
            return false;
        }
    }
    return true;
}

static bool is_utf7_direct(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c > 0 && c < 128 && strchr("'(),-./:? \t\n\r!\"#$%&*;<=>@[]^_`{|}", (int)c) != NULL) || c == 0;
}

bool utf7_encode(Encoding *e) {
    const char *data = e->text->data;
    uint32_t bits = 0;
    int count = 0;
    bool in_run = false;
    for (size_t at = 0; at < e->text->size;) {
        uint32_t c;
        at += utf8_decode(data + at, &c);
        if (is_utf7_direct(c)) {
            if (in_run) {
                if (count > 0 && !encoding_put(e, &base64_digits[bits << (6 - count) & 63], 1)) return false;
                if ((base64_value((uint8_t)c) >= 0 || c == '-') && !encoding_put(e, "-", 1)) return false;
                in_run = false;
                bits = 0;
                count = 0;
            }
            char byte = (char)c;
            if (!encoding_put(e, &byte, 1)) return false;
            continue;
        }
        if (!in_run && c == '+') {
            if (!encoding_put(e, "+-", 2)) return false;
            continue;
        }
        if (!in_run && !encoding_put(e, "+", 1)) return false;
        in_run = true;
        uint32_t units[2] = {c, 0};
        int unit_count = 1;
        if (c >= 0x10000) {
            units[0] = 0xD800 + ((c - 0x10000) >> 10);
            units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
            unit_count = 2;
        }
        for (int i = 0; i < unit_count; i++) {
            bits = bits << 16 | units[i];
            for (count += 16; count >= 6;) {
                count -= 6;
                if (!encoding_put(e, &base64_digits[bits >> count & 63], 1)) return false;
            }
            bits &= (1u << count) - 1;
        }
    }
    if (!in_run) return true;
    if (count > 0 && !encoding_put(e, &base64_digits[bits << (6 - count) & 63], 1)) return false;
    return encoding_put(e, "-", 1);
}
