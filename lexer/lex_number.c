// Numbers: where a literal ends, and what it is worth.
#include "lexer/lex_state.h"
#include "lexer/literal.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

// ---- the extent ----

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_hex_digit(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

// Of ASCII: another letter behind a number begins a name, and the parser refuses that.
static bool is_name_byte(char c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || is_digit(c) || c == '_';
}

// Whether a keyword that may follow an expression starts here: `1if x else 2` is still allowed, with a warning.
static bool keyword_follows(const char *at) {
    static const char *const keywords[] = {"and", "else", "for", "if", "in", "is", "or", "not"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strncmp(at, keywords[i], strlen(keywords[i])) == 0) return true;
    }
    return false;
}

// A number ends at lx->at; what comes next must not look like more of it.
static bool number_end(Lexer *lx, const char *kind) {
    if (!is_name_byte(*lx->at)) return true;
    if (!keyword_follows(lx->at)) return lex_error(lx, lx->at, "invalid %s literal", kind);
    int col = (int)lex_col(lx, lx->at) - 1;
    diag_warn(lx->fe, DIAG_SYNTAX_WARNING, (SourceRange){(int)lx->line, col, (int)lx->line, col}, "invalid %s literal",
              kind);
    return true;
}

// Digits with single underscores between them; at a digit.
static bool decimal_digits(Lexer *lx) {
    for (;;) {
        while (is_digit(*lx->at)) lx->at++;
        if (*lx->at != '_') return true;
        lx->at++;
        if (!is_digit(*lx->at)) return lex_error(lx, lx->at, "invalid decimal literal");
    }
}

// Behind the letter of 0x, 0o or 0b.
static bool prefixed_digits(Lexer *lx, int base, const char *kind) {
    char top = (char)('0' + base - 1); // meaningless for hexadecimal
    do {
        if (*lx->at == '_') lx->at++;
        if (base == 16 ? !is_hex_digit(*lx->at) : *lx->at < '0' || *lx->at > top) {
            if (base != 16 && is_digit(*lx->at)) break;
            return lex_error(lx, lx->at, "invalid %s literal", kind);
        }
        while (base == 16 ? is_hex_digit(*lx->at) : *lx->at >= '0' && *lx->at <= top) lx->at++;
    } while (*lx->at == '_');
    if (base != 16 && is_digit(*lx->at)) {
        return lex_error(lx, lx->at + 1, "invalid digit '%c' in %s literal", *lx->at, kind);
    }
    return number_end(lx, kind);
}

// What may stand behind the whole digits: fraction, exponent, j.
static bool number_tail(Lexer *lx) {
    if (*lx->at == '.') {
        lx->at++;
        if (is_digit(*lx->at) && !decimal_digits(lx)) return false;
    }
    if ((*lx->at | 0x20) == 'e') {
        const char *exponent = lx->at++;
        if (*lx->at == '+' || *lx->at == '-') {
            lx->at++;
            if (!is_digit(*lx->at)) return lex_error(lx, lx->at, "invalid decimal literal");
        } else if (!is_digit(*lx->at)) {
            lx->at = exponent; // perhaps `1else`
            return number_end(lx, "decimal");
        }
        if (!decimal_digits(lx)) return false;
    }
    if ((*lx->at | 0x20) == 'j') {
        lx->at++;
        return number_end(lx, "imaginary");
    }
    return number_end(lx, "decimal");
}

// Behind a leading 0 that no letter of a base follows.
static bool zero_tail(Lexer *lx, const char *start) {
    for (;;) {
        if (*lx->at == '_') {
            lx->at++;
            if (!is_digit(*lx->at)) return lex_error(lx, lx->at, "invalid decimal literal");
        }
        if (*lx->at != '0') break;
        lx->at++;
    }
    bool has_leading_zero = is_digit(*lx->at);
    const char *zeros_end = lx->at + 1;
    if (has_leading_zero && !decimal_digits(lx)) return false;
    char next = (char)(*lx->at | 0x20);
    if (has_leading_zero && *lx->at != '.' && next != 'e' && next != 'j') {
        return lex_error_range(lx, lx->line, (int)lex_col(lx, start) + 1, (int)lex_col(lx, zeros_end),
                               "leading zeros in decimal integer literals are not permitted; "
                               "use an 0o prefix for octal integers");
    }
    return number_tail(lx);
}

bool lex_number(Lexer *lx, const char *start) {
    bool fits, has_underscore;
    if (*lx->at == '0') {
        lx->at++;
        switch (*lx->at | 0x20) {
        case 'x': lx->at++; fits = prefixed_digits(lx, 16, "hexadecimal"); break;
        case 'o': lx->at++; fits = prefixed_digits(lx, 8, "octal"); break;
        case 'b': lx->at++; fits = prefixed_digits(lx, 2, "binary"); break;
        default: fits = zero_tail(lx, start); break;
        }
    } else {
        fits = (*lx->at == '.' || decimal_digits(lx)) && number_tail(lx);
    }
    if (!fits) return false;
    has_underscore = memchr(start, '_', (size_t)(lx->at - start)) != NULL;
    lex_push(lx, TOK_NUMBER, start)->flags = has_underscore ? TOKEN_HAS_ESCAPE : 0;
    return true;
}

// ---- the value ----

// strtod with the C locale's point, whatever the host program has set: the point is replaced by the locale's own.
static double double_parse(FrontEnd *fe, const char *text, size_t length) {
    const char *point = localeconv()->decimal_point;
    char *copy;
    size_t point_length = strlen(point);
    const char *dot = memchr(text, '.', length);
    if (dot == NULL || strcmp(point, ".") == 0) {
        copy = arena_strndup(fe->arena, text, length);
    } else {
        size_t whole = (size_t)(dot - text);
        copy = arena_alloc(fe->arena, length + point_length + 1);
        memcpy(copy, text, whole);
        memcpy(copy + whole, point, point_length);
        memcpy(copy + whole + point_length, dot + 1, length - whole - 1);
    }
    return strtod(copy, NULL); // overflow is inf and underflow 0, as in Python
}

static unsigned digit_value(char c) {
    return is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a' + 10);
}

static void int_literal(FrontEnd *fe, const Token *token, const char *text, uint32_t length, int base,
                        NumberLiteral *out) {
    int64_t value = 0;
    bool fits = true;
    while (length > 1 && *text == '0') text++, length--;
    for (uint32_t i = 0; i < length && fits; i++) {
        fits = !__builtin_mul_overflow(value, base, &value) &&
               !__builtin_add_overflow(value, (int64_t)digit_value(text[i]), &value);
    }
    out->base = base;
    if (fits) {
        out->kind = NUMBER_INT;
        out->integer = value;
        return;
    }
    if (base == 10 && fe->max_int_digits != 0 && length > fe->max_int_digits) {
        diag_raise(fe, DIAG_SYNTAX_ERROR, (SourceRange){(int)token->line, -1, (int)token->end_line, -1},
                   "Exceeds the limit (%u digits) for integer string conversion: value has %u digits; use "
                   "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer "
                   "literals to avoid decimal conversion limits.",
                   (unsigned)fe->max_int_digits, (unsigned)length);
    }
    out->kind = NUMBER_BIG_INT;
    out->digits = arena_strndup(fe->arena, text, length);
    out->digit_count = length;
}

void number_literal(FrontEnd *fe, const Token *token, NumberLiteral *out) {
    const char *text = token_text(fe, token);
    uint32_t length = token->length;
    memset(out, 0, sizeof *out);
    if (token->flags & TOKEN_HAS_ESCAPE) {
        char *copy = arena_alloc(fe->arena, length + 1u), *to = copy;
        for (uint32_t i = 0; i < length; i++) {
            if (text[i] != '_') *to++ = text[i];
        }
        text = copy;
        length = (uint32_t)(to - copy);
    }
    char letter = length > 1 && text[0] == '0' ? (char)(text[1] | 0x20) : 0;
    int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    if (base != 10) {
        int_literal(fe, token, text + 2, length - 2, base, out);
        return;
    }
    bool is_imaginary = (text[length - 1] | 0x20) == 'j';
    bool is_real = is_imaginary;
    for (uint32_t i = 0; i < length && !is_real; i++) is_real = !is_digit(text[i]);
    if (!is_real) {
        int_literal(fe, token, text, length, 10, out);
        return;
    }
    out->kind = is_imaginary ? NUMBER_IMAGINARY : NUMBER_FLOAT;
    out->real = double_parse(fe, text, length - (is_imaginary ? 1 : 0));
}
