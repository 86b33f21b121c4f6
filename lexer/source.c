// Sources: from the bytes of a file to UTF-8 text with plain newlines.
#include "lexer/frontend.h"

#include "base/charmap.h"
#include "base/utf8.h"

#include <string.h>

enum { SOURCE_MAX = 1 << 30 }; // offsets and columns are 32 bits wide, with room for decoding to triple it

// ---- the coding cookie (PEP 263) ----

typedef struct Cookie {
    const char *name; // NULL when there is none
    size_t length;
} Cookie;

static bool is_encoding_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

// In a comment line: `coding` then : or =, blanks, and a name.
static Cookie cookie_in_line(const char *line, const char *end) {
    for (; end - line >= 7; line++) {
        if (memcmp(line, "coding", 6) != 0 || (line[6] != ':' && line[6] != '=')) continue;
        const char *name = line + 7;
        while (name < end && (*name == ' ' || *name == '\t')) name++;
        const char *stop = name;
        while (stop < end && is_encoding_char(*stop)) stop++;
        if (stop > name) return (Cookie){name, (size_t)(stop - name)};
    }
    return (Cookie){NULL, 0};
}

// Only the first two lines count, and the second only behind a blank line or a comment.
static Cookie cookie_find(const char *at, const char *end) {
    for (int line = 0; line < 2 && at < end; line++) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        const char *first = at;
        while (first < stop && (*first == ' ' || *first == '\t' || *first == '\f')) first++;
        if (first < stop && *first != '#') break;
        Cookie cookie = cookie_in_line(first, stop);
        if (cookie.name != NULL) return cookie;
        at = stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n' ? stop + 2 : stop + 1;
    }
    return (Cookie){NULL, 0};
}

// ---- decoding ----

// Errors of decoding have no line: CPython raises them with line 0 and offset -1.
#define source_error(fe, ...)                                                                                        \
    do {                                                                                                             \
        (fe)->diagnostic = (Diagnostic){.kind = DIAG_SYNTAX_ERROR,                                                   \
                                        .message = arena_printf((fe)->arena, __VA_ARGS__),                           \
                                        .filename = (fe)->filename,                                                  \
                                        .offset = -1};                                                               \
        diag_leave(fe);                                                                                              \
    } while (0)

typedef struct SourceText {
    const char *text;
    size_t length;
} SourceText;

static SourceText decode_ascii(FrontEnd *fe, const char *bytes, size_t length) {
    size_t prefix = utf8_ascii_prefix(bytes, length);
    if (prefix != length) {
        if (fe->flags & FRONT_END_SOURCE_IS_FILE) diag_raise_nowhere(fe, DIAG_SYNTAX_ERROR, "encoding problem: ascii");
        source_error(fe, "'ascii' codec can't decode byte 0x%02x in position %zu: ordinal not in range(128)",
                     (unsigned)(uint8_t)bytes[prefix], prefix);
    }
    return (SourceText){bytes, length};
}

// `high` holds the upper half of the encoding; NULL for Latin-1.
static SourceText decode_single_bytes(FrontEnd *fe, const char *bytes, size_t length, const Charmap *map) {
    if (utf8_is_ascii(bytes, length)) return (SourceText){bytes, length};
    char *text = arena_unset_items(fe->arena, length, 3), *to = text;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)bytes[i];
        uint32_t code_point = byte < 0x80 || map == NULL ? byte : map->high[byte - 0x80];
        if (code_point == 0 && byte != 0) {
            if (fe->flags & FRONT_END_SOURCE_IS_FILE) {
                diag_raise_nowhere(fe, DIAG_SYNTAX_ERROR, "encoding problem: %s", map->name);
            }
            source_error(fe, "'charmap' codec can't decode byte 0x%02x in position %zu: character maps to <undefined>",
                         byte, i);
        }
        to += utf8_encode(code_point, to);
    }
    return (SourceText){text, (size_t)(to - text)};
}

// A file must be UTF-8 throughout unless it says otherwise; elsewhere CPython minds bad bytes only where they mean
// something, so that is left to the names and strings.
static SourceText decode_utf8(FrontEnd *fe, const char *bytes, size_t length, bool is_declared) {
    size_t position, size;
    if (utf8_check(bytes, length, &position, &size) == UTF8_OK) return (SourceText){bytes, length};
    if ((fe->flags & FRONT_END_SOURCE_IS_FILE) && !is_declared) {
        unsigned line = 1;
        for (size_t i = 0; i < position; i++) line += bytes[i] == '\n';
        diag_raise_nowhere(fe, DIAG_SYNTAX_ERROR,
                           "Non-UTF-8 code starting with '\\x%02x' in file %s on line %u, but no encoding declared; "
                           "see https://peps.python.org/pep-0263/ for details",
                           (unsigned)(uint8_t)bytes[position], fe->filename, line);
    }
    fe->source_has_bad_utf8 = true;
    return (SourceText){bytes, length};
}

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0) return true;
    }
    return false;
}

static SourceText source_decode(FrontEnd *fe, const char *bytes, size_t length) {
    static const char *const utf8_names[] = {"utf_8", "utf8", "u8", "utf", "cp65001", "utf_8_sig", "utf_8_ucs2", NULL};
    static const char *const latin1_names[] = {"iso_8859_1", "latin_1", "latin1", "latin", "l1", "iso8859_1", "iso8859",
                                               "8859", "cp819", "iso_ir_100", "iso_latin_1", "iso_8859_1_1987", NULL};
    static const char *const ascii_names[] = {"ascii", "us_ascii", "646", "ansi_x3.4_1968", "cp367", "ibm367", "us",
                                              "iso646_us", "iso_646.irv_1991", NULL};
    bool has_mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (has_mark) bytes += 3, length -= 3;
    Cookie cookie = cookie_find(bytes, bytes + length);
    if (cookie.name == NULL) return decode_utf8(fe, bytes, length, has_mark);
    char name[CHARMAP_NAME_MAX];
    charmap_normalise(cookie.name, cookie.length, name);
    // Behind a byte order mark CPython takes "utf-8" alone, not its other names.
    bool is_plain = strcmp(name, "utf_8") == 0 || strncmp(name, "utf_8_", 6) == 0;
    if (has_mark ? is_plain : is_one_of(name, utf8_names)) return decode_utf8(fe, bytes, length, true);
    bool is_latin1 = is_one_of(name, latin1_names);
    if (has_mark) {
        source_error(fe, "encoding problem: %.*s with BOM", is_latin1 ? 10 : (int)cookie.length,
                     is_latin1 ? "iso-8859-1" : cookie.name);
    }
    if (is_latin1) return decode_single_bytes(fe, bytes, length, NULL);
    if (is_one_of(name, ascii_names)) return decode_ascii(fe, bytes, length);
    const Charmap *map = charmap_find(cookie.name, cookie.length);
    if (map != NULL) return decode_single_bytes(fe, bytes, length, map);
    if (fe->flags & FRONT_END_SOURCE_IS_FILE) {
        diag_raise_nowhere(fe, DIAG_SYNTAX_ERROR, "encoding problem: %.*s", (int)cookie.length, cookie.name);
    }
    source_error(fe, "unknown encoding: %.*s", (int)cookie.length, cookie.name);
}

// ---- newlines ----

static void check_nul(FrontEnd *fe, const char *text, size_t length) {
    const char *nul = memchr(text, 0, length);
    if (nul == NULL) return;
    if (!(fe->flags & FRONT_END_SOURCE_IS_FILE)) {
        diag_raise_nowhere(fe, DIAG_SYNTAX_ERROR, "source code string cannot contain null bytes");
    }
    int line = 1;
    for (const char *at = text; at < nul; at++) line += *at == '\n';
    // The line ends at the NUL, for whoever shows it.
    fe->source = arena_strndup(fe->arena, text, (size_t)(nul - text));
    fe->source_length = (uint32_t)(nul - text);
    diag_raise_exactly(fe, DIAG_SYNTAX_ERROR, line, 0, line, 0, "source code cannot contain null bytes");
}

// Copies with \r\n and \r as \n; returns the new end.
static char *copy_newlines(char *to, const char *from, const char *end) {
    const char *carriage;
    while ((carriage = memchr(from, '\r', (size_t)(end - from))) != NULL) {
        memcpy(to, from, (size_t)(carriage - from));
        to += carriage - from;
        *to++ = '\n';
        from = carriage + (carriage + 1 < end && carriage[1] == '\n' ? 2 : 1);
    }
    if (from != end) memcpy(to, from, (size_t)(end - from));
    return to + (end - from);
}

void source_read(FrontEnd *fe, const void *bytes, size_t length) {
    if (length > SOURCE_MAX) diag_raise_nowhere(fe, DIAG_OVERFLOW_ERROR, "source code is too large");
    SourceText source = {length != 0 ? bytes : "", length};
    if (!(fe->flags & FRONT_END_SOURCE_IS_TEXT)) source = source_decode(fe, source.text, length);
    check_nul(fe, source.text, source.length);
    char *text = arena_alloc_unset(fe->arena, source.length + 2);
    char *end = copy_newlines(text, source.text, source.text + source.length);
    if (end == text || end[-1] != '\n') {
        *end++ = '\n';
        fe->added_newline = true;
    }
    *end = 0;
    fe->source = text;
    fe->source_length = (uint32_t)(end - text);
    fe->source_is_ascii = utf8_is_ascii(text, fe->source_length);
}
