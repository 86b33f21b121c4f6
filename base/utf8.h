// UTF-8: encoding, decoding, validating and counting.
//
// Text inside Coil is UTF-8 that may also hold lone surrogates, three bytes each (as WTF-8 has them), because Python's
// str may. `utf8_decode` trusts its input; whatever comes from outside goes through `utf8_check` first.
#ifndef COIL_BASE_UTF8_H
#define COIL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Writes 1 to 4 bytes and returns how many. The code point is at most 0x10FFFF.
static inline size_t utf8_encode(uint32_t code_point, char *out) {
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

static inline size_t utf8_size(uint32_t code_point) {
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

// Length of the sequence that a lead byte starts, in valid text.
static inline size_t utf8_sequence_size(uint8_t lead) {
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static inline bool utf8_is_continuation(uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

// Decodes the sequence at `text`, which is valid and complete; returns its size.
static inline size_t utf8_decode(const char *text, uint32_t *out_code_point) {
    const uint8_t *at = (const uint8_t *)text;
    if (at[0] < 0x80) {
        *out_code_point = at[0];
        return 1;
    }
    if (at[0] < 0xE0) {
        *out_code_point = (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
        return 2;
    }
    if (at[0] < 0xF0) {
        *out_code_point = (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
        return 3;
    }
    *out_code_point = (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
                      (uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
    return 4;
}

// Start of the sequence before `at`, which is past the text's start.
static inline const char *utf8_previous(const char *at) {
    do at--;
    while (utf8_is_continuation((uint8_t)*at));
    return at;
}

typedef enum Utf8Fault {
    UTF8_OK,
    UTF8_INVALID_START,        // "invalid start byte"
    UTF8_INVALID_CONTINUATION, // "invalid continuation byte"
    UTF8_TRUNCATED,            // "unexpected end of data"
} Utf8Fault;

// Checks strictly (no surrogates, nothing overlong). On a fault *out_position is the faulty sequence's first byte and
// *out_size the number of bytes CPython's decoder treats as one error (1 to 3).
Utf8Fault utf8_check(const char *text, size_t length, size_t *out_position, size_t *out_size);
// The words CPython uses for the fault.
const char *utf8_fault_text(Utf8Fault fault);

// Whether all bytes are below 0x80; and the length of the longest such prefix.
bool utf8_is_ascii(const char *text, size_t length);
size_t utf8_ascii_prefix(const char *text, size_t length);
// Number of code points in valid text.
size_t utf8_count(const char *text, size_t length);
// Byte offset of the code point number `index`; `length` when there are fewer.
size_t utf8_offset(const char *text, size_t length, size_t index);
// Whether valid text holds a lone surrogate (ED A0..BF xx).
bool utf8_has_surrogate(const char *text, size_t length);

#endif
