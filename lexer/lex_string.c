// Strings: where a literal ends, and what it stands for.
#include "lexer/lex_state.h"
#include "lexer/literal.h"

#include "base/unicode.h"
#include "base/unicode_names.h"
#include "base/utf8.h"

#include <string.h>

// ---- the extent ----

// What may end a string, or needs a closer look, in one.
static const bool stops_string[256] = {[0] = true, ['\n'] = true, ['"'] = true, ['\''] = true, ['\\'] = true};

bool lex_string_skip(Lexer *lx, const char **where, bool *out_non_ascii, bool *out_has_escape) {
    const char *at = *where, *end = lx->text + lx->fe->source_length;
    char quote = *at;
    unsigned seen = 0;
    bool has_escape = false, is_triple = at[1] == quote && at[2] == quote, terminated = false;
    at += is_triple ? 3 : 1;
    for (;; at++) {
        for (; !stops_string[(uint8_t)*at]; at++) seen |= (uint8_t)*at;
        char c = *at;
        if (c == quote && (!is_triple || (at[1] == quote && at[2] == quote))) {
            at += is_triple ? 3 : 1;
            terminated = true;
            break;
        }
        if (c == '\\') {
            has_escape = true;
            c = *++at; // whatever it is, it ends nothing
            if (c == '\n') {
                lx->at = at;
                lex_newline(lx);
            } else {
                seen |= (uint8_t)c;
            }
            continue;
        }
        if (c == '\n') {
            if (!is_triple) break;
            lx->at = at;
            lex_newline(lx);
        } else if (at >= end) {
            break;
        }
    }
    *where = at;
    *out_non_ascii = (seen & 0x80) != 0;
    *out_has_escape = has_escape;
    return terminated;
}

bool lex_string_unterminated(Lexer *lx, const char *start, uint32_t line, const char *line_start, bool triple) {
    // A text that ends in a newline has no line behind it.
    uint32_t detected = lx->line - (lx->line_start == lx->text + lx->fe->source_length && lx->line > 1 ? 1 : 0);
    lx->line_start = line_start;
    lx->line = line;
    return lex_error(lx, start + 1, "unterminated %sstring literal (detected at line %u)",
                     triple ? "triple-quoted " : "", detected);
}

bool lex_string(Lexer *lx, const char *start, unsigned flags) {
    const char *at = lx->at, *line_start = lx->line_start;
    uint32_t line = lx->line, col = lex_col(lx, start);
    bool non_ascii, has_escape, is_triple = at[1] == *at && at[2] == *at;
    if (!lex_string_skip(lx, &at, &non_ascii, &has_escape)) {
        return lex_string_unterminated(lx, start, line, line_start, is_triple);
    }
    lx->at = at;
    flags |= (is_triple ? TOKEN_TRIPLE : 0) | (non_ascii ? TOKEN_NON_ASCII : 0) | (has_escape ? TOKEN_HAS_ESCAPE : 0);
    lex_push_from(lx, TOK_STRING, start, line, col)->flags = (uint8_t)flags;
    return true;
}

// ---- the value ----

typedef struct Decoder {
    FrontEnd *fe;
    const Token *token;
    const char *start, *at, *end; // the literal's body
    char *out;                    // never longer than the body
    bool is_bytes;
    const char *doubtful;         // the first escape that means nothing, or an octal one above 255
} Decoder;

static bool is_string_token(const Token *token) {
    return token->kind == TOK_STRING || token->kind == TOK_FSTRING_START;
}

// The token behind a run of strings: CPython decodes strings once it has seen where the run ends, and that is where its
// errors point to. A literal inside an f-string's field is decoded in its turn.
static const Token *token_after_strings(const Token *token) {
    int depth = token->kind == TOK_FSTRING_MIDDLE ? 1 : 0;
    for (; depth > 0 || is_string_token(token); token++) {
        if (token->kind == TOK_FSTRING_START) depth++;
        if (token->kind == TOK_FSTRING_END) depth--;
        if (token->kind == TOK_ERRORTOKEN) break;
    }
    return token;
}

#define decode_error(decoder, ...)                                                                                   \
    diag_raise_at((decoder)->fe, DIAG_SYNTAX_ERROR, token_after_strings((decoder)->token), __VA_ARGS__)

static void note_doubtful(Decoder *d, const char *escape) {
    if (d->doubtful == NULL) d->doubtful = escape;
}

// One warning for each literal, once it has proved sound.
static void warn_of_doubtful(Decoder *d) {
    const char *escape = d->doubtful;
    if (escape == NULL) return;
    bool is_octal = escape[1] >= '0' && escape[1] <= '7';
    diag_warn(d->fe, DIAG_DEPRECATION_WARNING, token_range(d->token), "invalid %sescape sequence '%.*s'",
              is_octal ? "octal " : "", is_octal ? 4 : 2, escape);
}

// Positions in messages count the characters of the literal, for CPython decodes them from Latin-1 where it writes
// every other character as \UXXXXXXXX first: ten places each.
static size_t position_of(const Decoder *d, const char *at) {
    size_t position = 0;
    for (const char *c = d->start; c < at; c++) {
        if (!utf8_is_continuation((uint8_t)*c)) position += (uint8_t)*c < 0x80 ? 1 : 10;
    }
    return position;
}

static _Noreturn void unicode_escape_error(Decoder *d, const char *start, const char *end, const char *reason) {
    size_t first = position_of(d, start), last = position_of(d, end) - 1;
    if (first >= last) {
        decode_error(d, "(unicode error) 'unicodeescape' codec can't decode byte 0x%02x in position %zu: %s",
                     (unsigned)(uint8_t)*start, first, reason);
    }
    decode_error(d, "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s", first, last,
                 reason);
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') return (c | 0x20) - 'a' + 10;
    return -1;
}

static void put_code_point(Decoder *d, uint32_t code_point) {
    d->out += utf8_encode(code_point, d->out);
}

// \x, \u and \U in a str; d->at behind the letter, `start` at the backslash.
static void decode_hex(Decoder *d, const char *start, int digits, const char *error) {
    uint32_t code_point = 0;
    for (int i = 0; i < digits; i++) {
        int value = d->at < d->end ? hex_value(*d->at) : -1;
        if (value < 0) unicode_escape_error(d, start, d->at, error);
        code_point = code_point << 4 | (uint32_t)value;
        d->at++;
    }
    if (code_point > 0x10FFFF) unicode_escape_error(d, start, d->at, "illegal Unicode character");
    put_code_point(d, code_point);
}

static void decode_hex_byte(Decoder *d, const char *start) {
    int high = d->at < d->end ? hex_value(d->at[0]) : -1;
    int low = high >= 0 && d->at + 1 < d->end ? hex_value(d->at[1]) : -1;
    if (low < 0) decode_error(d, "(value error) invalid \\x escape at position %zu", (size_t)(start - d->start));
    *d->out++ = (char)(high << 4 | low);
    d->at += 2;
}

// \N{name}; d->at behind the N.
static void decode_name(Decoder *d, const char *start) {
    const char *close = NULL;
    if (d->at < d->end && *d->at == '{') close = memchr(d->at, '}', (size_t)(d->end - d->at));
    if (close == NULL || close == d->at + 1) {
        const char *stop = d->at < d->end && *d->at == '{' ? (close != NULL ? d->at + 1 : d->end) : d->at;
        unicode_escape_error(d, start, stop, "malformed \\N character escape");
    }
    uint32_t code_point;
    if (!unicode_name_find(d->at + 1, (size_t)(close - d->at - 1), &code_point)) {
        unicode_escape_error(d, start, close + 1, "unknown Unicode character name");
    }
    d->at = close + 1;
    put_code_point(d, code_point);
}

static void decode_octal(Decoder *d, const char *start) {
    unsigned value = 0;
    for (int i = 0; i < 3 && d->at < d->end && *d->at >= '0' && *d->at <= '7'; i++) {
        value = value * 8 + (unsigned)(*d->at++ - '0');
    }
    if (value > 0377) note_doubtful(d, start);
    if (d->is_bytes) *d->out++ = (char)value;
    else put_code_point(d, value);
}

// One escape; d->at at the backslash.
static void decode_escape(Decoder *d) {
    const char *start = d->at++;
    if (d->at >= d->end) { // a backslash before a field's brace, in an f-string
        if (*d->end == '{') note_doubtful(d, start);
        *d->out++ = '\\';
        return;
    }
    char c = *d->at++;
    static const char simple[128] = {['\\'] = '\\', ['\''] = '\'', ['"'] = '"', ['a'] = '\a', ['b'] = '\b',
                                     ['f'] = '\f',  ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t', ['v'] = '\v'};
    if ((uint8_t)c < 128 && simple[(uint8_t)c] != 0) {
        *d->out++ = simple[(uint8_t)c];
        return;
    }
    if (c == '\n') return;
    if (c >= '0' && c <= '7') {
        d->at--;
        decode_octal(d, start);
        return;
    }
    if (c == 'x' && d->is_bytes) {
        decode_hex_byte(d, start);
        return;
    }
    if (c == 'x') {
        decode_hex(d, start, 2, "truncated \\xXX escape");
        return;
    }
    if (!d->is_bytes && (c == 'u' || c == 'U')) {
        decode_hex(d, start, c == 'u' ? 4 : 8, c == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape");
        return;
    }
    if (!d->is_bytes && c == 'N') {
        decode_name(d, start);
        return;
    }
    // Anything else stands for itself. A brace is looked at again: in an f-string it may be half of a doubled one.
    // CPython does not warn of those that are not ASCII.
    if ((uint8_t)c < 0x80) note_doubtful(d, start);
    *d->out++ = '\\';
    d->at--;
    if (c != '{' && c != '}') *d->out++ = *d->at++;
}

static void check_utf8(Decoder *d) {
    size_t position, size, length = (size_t)(d->end - d->start);
    Utf8Fault fault = utf8_check(d->start, length, &position, &size);
    if (fault == UTF8_OK) return;
    if (size == 1) {
        decode_error(d, "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                     (unsigned)(uint8_t)d->start[position], position, utf8_fault_text(fault));
    }
    decode_error(d, "(unicode error) 'utf-8' codec can't decode bytes in position %zu-%zu: %s", position,
                 position + size - 1, utf8_fault_text(fault));
}

static void decode_body(Decoder *d) {
    bool is_raw = (d->token->flags & TOKEN_RAW) != 0;
    bool braces_double = d->token->kind == TOK_FSTRING_MIDDLE && !(d->token->flags & TOKEN_IN_SPEC);
    while (d->at < d->end) {
        char c = *d->at;
        if (c == '\\' && !is_raw) {
            decode_escape(d);
            continue;
        }
        *d->out++ = c;
        d->at++;
        if (braces_double && (c == '{' || c == '}')) d->at++;
    }
}

void string_literal(FrontEnd *fe, const Token *token, StringLiteral *out) {
    const char *text = token_text(fe, token);
    size_t skip = 0, quotes = token->flags & TOKEN_TRIPLE ? 3 : 1;
    if (token->kind == TOK_STRING) {
        while (text[skip] != '"' && text[skip] != '\'') skip++;
        skip += quotes;
    } else {
        quotes = 0;
    }
    Decoder d = {.fe = fe, .token = token, .start = text + skip, .end = text + token->length - quotes};
    d.at = d.start;
    d.is_bytes = (token->flags & TOKEN_BYTES) != 0;
    *out = (StringLiteral){.is_bytes = d.is_bytes, .has_u_prefix = (token->flags & TOKEN_UNICODE) != 0};
    if (token->flags & TOKEN_NON_ASCII) {
        if (d.is_bytes) {
            diag_raise(fe, DIAG_SYNTAX_ERROR, token_range(token), "bytes can only contain ASCII literal characters");
        }
        if (fe->source_has_bad_utf8) check_utf8(&d);
    }
    out->text = d.start;
    out->length = (size_t)(d.end - d.start);
    if (!(token->flags & TOKEN_HAS_ESCAPE)) return;
    char *text_out = arena_alloc_unset(fe->arena, out->length);
    out->text = d.out = text_out;
    decode_body(&d);
    warn_of_doubtful(&d);
    out->length = (size_t)(d.out - text_out);
}

// ---- names ----

const char *name_text(FrontEnd *fe, const Token *token, uint32_t *out_length) {
    const char *text = token_text(fe, token);
    *out_length = token->length;
    if (!(token->flags & TOKEN_NON_ASCII)) return text;
    uint32_t *points = arena_alloc_array(fe->arena, token->length, sizeof *points);
    size_t count = 0;
    for (const char *at = text, *end = text + token->length; at < end;) at += utf8_decode(at, &points[count++]);
    size_t capacity = count * 4 + 16, length;
    uint32_t *normal = arena_alloc_array(fe->arena, capacity, sizeof *normal);
    while ((length = unicode_decompose(points, count, true, normal, capacity)) > capacity) {
        capacity = length;
        normal = arena_alloc_array(fe->arena, capacity, sizeof *normal);
    }
    length = unicode_compose(normal, length);
    char *result = arena_alloc(fe->arena, length * 4 + 1), *to = result;
    for (size_t i = 0; i < length; i++) to += utf8_encode(normal[i], to);
    *out_length = (uint32_t)(to - result);
    return result;
}
