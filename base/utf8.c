// UTF-8: see utf8.h. Whole words are tested at once, for nearly all text is ASCII.
#include "base/utf8.h"

#include <string.h>

static const uint64_t HIGH_BITS = 0x8080808080808080u;

static inline uint64_t word_at(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

size_t utf8_ascii_prefix(const char *text, size_t length) {
    size_t at = 0;
    while (length - at >= 32) {
        uint64_t all = word_at(text + at) | word_at(text + at + 8) | word_at(text + at + 16) | word_at(text + at + 24);
        if (all & HIGH_BITS) break;
        at += 32;
    }
    while (length - at >= 8 && !(word_at(text + at) & HIGH_BITS)) at += 8;
    while (at < length && (uint8_t)text[at] < 0x80) at++;
    return at;
}

bool utf8_is_ascii(const char *text, size_t length) {
    return utf8_ascii_prefix(text, length) == length;
}

// The range of the second byte depends on the first (Unicode's table 3-7); the others are 80..BF.
static bool second_byte_fits(uint8_t lead, uint8_t second) {
    switch (lead) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return utf8_is_continuation(second);
    }
}

Utf8Fault utf8_check(const char *text, size_t length, size_t *out_position, size_t *out_size) {
    size_t at = 0;
    for (;;) {
        at += utf8_ascii_prefix(text + at, length - at);
        if (at == length) return UTF8_OK;
        uint8_t lead = (uint8_t)text[at];
        *out_position = at;
        *out_size = 1;
        if (lead < 0xC2 || lead > 0xF4) return UTF8_INVALID_START;
        size_t size = utf8_sequence_size(lead);
        for (size_t i = 1; i < size; i++) {
            *out_size = i;
            if (at + i == length) return UTF8_TRUNCATED;
            uint8_t byte = (uint8_t)text[at + i];
            if (i == 1 ? !second_byte_fits(lead, byte) : !utf8_is_continuation(byte)) {
                return UTF8_INVALID_CONTINUATION;
            }
        }
        at += size;
    }
}

const char *utf8_fault_text(Utf8Fault fault) {
    static const char *const texts[] = {
        [UTF8_OK] = "", [UTF8_INVALID_START] = "invalid start byte",
        [UTF8_INVALID_CONTINUATION] = "invalid continuation byte", [UTF8_TRUNCATED] = "unexpected end of data",
    };
    return texts[fault];
}

size_t utf8_count(const char *text, size_t length) {
    size_t count = 0, at = 0;
    for (; length - at >= 8; at += 8) {
        // A byte is a continuation when bit 7 is set and bit 6 is not: leave a 1 in each byte that is one, and add up.
        uint64_t word = word_at(text + at);
        uint64_t continuation = (word >> 7) & ~(word >> 6) & 0x0101010101010101u;
        count += 8 - (size_t)((continuation * 0x0101010101010101u) >> 56);
    }
    for (; at < length; at++) count += !utf8_is_continuation((uint8_t)text[at]);
    return count;
}

size_t utf8_offset(const char *text, size_t length, size_t index) {
    size_t at = 0;
    for (; index != 0 && at < length; index--) at += utf8_sequence_size((uint8_t)text[at]);
    return at < length ? at : length;
}

bool utf8_has_surrogate(const char *text, size_t length) {
    const char *at = text, *end = text + length;
    while (end - at >= 3 && (at = memchr(at, 0xED, (size_t)(end - at))) != NULL) {
        if (end - at >= 3 && (uint8_t)at[1] >= 0xA0) return true;
        at++;
    }
    return false;
}
