// Lexer: the walk over the text, indentation, names, operators and brackets. Numbers, strings and f-strings have files
// of their own; lex_state.h says how they meet.
#include "lexer/lex_state.h"
#include "lexer/literal.h"

#include "base/unicode.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef enum ByteClass {
    BYTE_OTHER, // control characters
    BYTE_END,
    BYTE_NAME,  // letters, _ and everything above ASCII
    BYTE_DIGIT,
    BYTE_BLANK,
    BYTE_NEWLINE,
    BYTE_COMMENT,
    BYTE_BACKSLASH,
    BYTE_QUOTE,
    BYTE_OPEN,
    BYTE_CLOSE,
    BYTE_DOT,
    BYTE_OPERATOR,
} ByteClass;

static const uint8_t byte_classes[256] = {
    [0] = BYTE_END,
    [' '] = BYTE_BLANK, ['\t'] = BYTE_BLANK, ['\f'] = BYTE_BLANK,
    ['\n'] = BYTE_NEWLINE, ['#'] = BYTE_COMMENT, ['\\'] = BYTE_BACKSLASH,
    ['"'] = BYTE_QUOTE, ['\''] = BYTE_QUOTE,
    ['('] = BYTE_OPEN, ['['] = BYTE_OPEN, ['{'] = BYTE_OPEN,
    [')'] = BYTE_CLOSE, [']'] = BYTE_CLOSE, ['}'] = BYTE_CLOSE,
    ['.'] = BYTE_DOT,
    ['0' ... '9'] = BYTE_DIGIT,
    ['a' ... 'z'] = BYTE_NAME, ['A' ... 'Z'] = BYTE_NAME, ['_'] = BYTE_NAME, [0x80 ... 0xFF] = BYTE_NAME,
    ['+'] = BYTE_OPERATOR, ['-'] = BYTE_OPERATOR, ['*'] = BYTE_OPERATOR, ['/'] = BYTE_OPERATOR,
    ['%'] = BYTE_OPERATOR, ['@'] = BYTE_OPERATOR, ['|'] = BYTE_OPERATOR, ['&'] = BYTE_OPERATOR,
    ['^'] = BYTE_OPERATOR, ['~'] = BYTE_OPERATOR, ['<'] = BYTE_OPERATOR, ['>'] = BYTE_OPERATOR,
    ['='] = BYTE_OPERATOR, ['!'] = BYTE_OPERATOR, [':'] = BYTE_OPERATOR, [','] = BYTE_OPERATOR,
    [';'] = BYTE_OPERATOR, ['$'] = BYTE_OPERATOR, ['?'] = BYTE_OPERATOR, ['`'] = BYTE_OPERATOR,
};

// What an operator's first byte makes alone, before =, doubled, and doubled before =; ENDMARKER (0) where nothing.
static const struct OperatorRow {
    uint8_t alone, equal, doubled, doubled_equal;
} operator_rows[128] = {
    ['+'] = {TOK_PLUS, TOK_PLUSEQUAL, 0, 0},
    ['-'] = {TOK_MINUS, TOK_MINEQUAL, 0, 0},
    ['*'] = {TOK_STAR, TOK_STAREQUAL, TOK_DOUBLESTAR, TOK_DOUBLESTAREQUAL},
    ['/'] = {TOK_SLASH, TOK_SLASHEQUAL, TOK_DOUBLESLASH, TOK_DOUBLESLASHEQUAL},
    ['%'] = {TOK_PERCENT, TOK_PERCENTEQUAL, 0, 0},
    ['@'] = {TOK_AT, TOK_ATEQUAL, 0, 0},
    ['|'] = {TOK_VBAR, TOK_VBAREQUAL, 0, 0},
    ['&'] = {TOK_AMPER, TOK_AMPEREQUAL, 0, 0},
    ['^'] = {TOK_CIRCUMFLEX, TOK_CIRCUMFLEXEQUAL, 0, 0},
    ['~'] = {TOK_TILDE, 0, 0, 0},
    ['<'] = {TOK_LESS, TOK_LESSEQUAL, TOK_LEFTSHIFT, TOK_LEFTSHIFTEQUAL},
    ['>'] = {TOK_GREATER, TOK_GREATEREQUAL, TOK_RIGHTSHIFT, TOK_RIGHTSHIFTEQUAL},
    ['='] = {TOK_EQUAL, TOK_EQEQUAL, 0, 0},
    [':'] = {TOK_COLON, TOK_COLONEQUAL, 0, 0},
    ['!'] = {TOK_OP, TOK_NOTEQUAL, 0, 0},
    [','] = {TOK_COMMA, 0, 0, 0},
    [';'] = {TOK_SEMI, 0, 0, 0},
    ['$'] = {TOK_OP, 0, 0, 0},
    ['?'] = {TOK_OP, 0, 0, 0},
    ['`'] = {TOK_OP, 0, 0, 0},
};
_Static_assert(TOK_ENDMARKER == 0, "operator_rows says 'nothing' with 0");

// ---- tokens and errors ----

static void error_set(Lexer *lx, DiagKind kind, int offset, int end_offset, bool is_status, const char *message) {
    LexError *error = lx->error;
    OpenBracket *brackets = NULL;
    if (lx->level != 0) brackets = arena_memdup(lx->fe->arena, lx->brackets, lx->level * sizeof *brackets);
    *error = (LexError){
        .kind = kind,
        .message = message,
        .lineno = (int)lx->line,
        .offset = offset,
        .end_lineno = (int)lx->line,
        .end_offset = end_offset,
        .is_status = is_status,
        .brackets = brackets,
        .bracket_count = lx->level,
    };
    lx->stopped = true;
}

static const char *message_format(Lexer *lx, const char *format, va_list arguments) {
    char message[256]; // the longest of ours has 110 characters
    vsnprintf(message, sizeof message, format, arguments);
    return arena_strdup(lx->fe->arena, message);
}

bool lex_error(Lexer *lx, const char *at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = message_format(lx, format, arguments);
    va_end(arguments);
    int offset = source_char_col(lx->fe, (int)lx->line, (int)lex_col(lx, at));
    error_set(lx, DIAG_SYNTAX_ERROR, offset, offset, false, message);
    return false;
}

bool lex_error_range(Lexer *lx, uint32_t line, int offset, int end_offset, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = message_format(lx, format, arguments);
    va_end(arguments);
    error_set(lx, DIAG_SYNTAX_ERROR, offset, end_offset, false, message);
    lx->error->lineno = lx->error->end_lineno = (int)line;
    return false;
}

bool lex_error_status(Lexer *lx, DiagKind kind, int offset, int end_offset, const char *message) {
    error_set(lx, kind, offset, end_offset, true, message);
    return false;
}

// The source ends: inside brackets, that is their fault.
static bool error_at_end(Lexer *lx, int offset) {
    if (lx->level == 0) return lex_error_status(lx, DIAG_SYNTAX_ERROR, offset, -1, "unexpected EOF while parsing");
    OpenBracket *open = &lx->brackets[lx->level - 1];
    const char *message = arena_printf(lx->fe->arena, "'%c' was never closed", open->bracket);
    lex_error_status(lx, DIAG_SYNTAX_ERROR, source_char_col(lx->fe, (int)open->line, (int)open->col) + 1, 0, message);
    lx->error->lineno = lx->error->end_lineno = (int)open->line;
    return false;
}

// ---- lines ----

static const char *text_end(const Lexer *lx) {
    return lx->text + lx->fe->source_length;
}

static const char *newline_find(const Lexer *lx, const char *at) {
    const char *newline = memchr(at, '\n', (size_t)(text_end(lx) - at));
    return newline != NULL ? newline : text_end(lx);
}

// At a backslash that must end its line.
static bool lex_continuation(Lexer *lx) {
    if (lx->at[1] != '\n') {
        int col = source_char_col(lx->fe, (int)lx->line, (int)lex_col(lx, lx->at));
        return lex_error_status(lx, DIAG_SYNTAX_ERROR, col + 2, 0,
                                "unexpected character after line continuation character");
    }
    const char *after = lx->at + 2;
    if (*after == 0) return error_at_end(lx, source_char_col(lx->fe, (int)lx->line, (int)lex_col(lx, after)));
    lx->at++;
    lex_newline(lx);
    return true;
}

static bool error_tabs(Lexer *lx) {
    return lex_error_status(lx, DIAG_TAB_ERROR, 1, 0, "inconsistent use of tabs and spaces in indentation");
}

// INDENT or DEDENTs for a line whose first token stands in `col`. `tabless` is the column with tabs counted as one: the
// two must compare alike, or else the meaning would depend on the width of a tab.
static bool indentation_change(Lexer *lx, uint32_t col, uint32_t tabless) {
    uint32_t top = lx->indents[lx->indent_count - 1], tabless_top = lx->tabless_indents[lx->indent_count - 1];
    if (col == top) return tabless == tabless_top || error_tabs(lx);
    if (col > top) {
        if (lx->indent_count == MAX_INDENTS) {
            return lex_error_status(lx, DIAG_INDENTATION_ERROR, 1, 0, "too many levels of indentation");
        }
        if (tabless <= tabless_top) return error_tabs(lx);
        lx->indents[lx->indent_count] = col;
        lx->tabless_indents[lx->indent_count++] = tabless;
        lex_push(lx, TOK_INDENT, lx->at);
        return true;
    }
    uint32_t dedents = 0;
    while (lx->indent_count > 1 && col < lx->indents[lx->indent_count - 1]) {
        lx->indent_count--;
        dedents++;
    }
    if (col != lx->indents[lx->indent_count - 1]) {
        int offset = source_char_col(lx->fe, (int)lx->line, (int)lex_col(lx, newline_find(lx, lx->at))) + 1;
        return lex_error_status(lx, DIAG_INDENTATION_ERROR, offset, -1,
                                "unindent does not match any outer indentation level");
    }
    if (tabless != lx->tabless_indents[lx->indent_count - 1]) return error_tabs(lx);
    while (dedents-- != 0) lex_push(lx, TOK_DEDENT, lx->at);
    return true;
}

// The end of the text: every block ends, on the last line, which for CPython is where the source ends.
static bool lex_end(Lexer *lx) {
    const char *last_line = lx->at;
    uint32_t line = lx->line;
    if (lx->at > lx->text) {
        line--;
        for (last_line--; last_line > lx->text && last_line[-1] != '\n';) last_line--;
    }
    uint32_t col = (uint32_t)(lx->at - last_line);
    TokenKind kind = TOK_DEDENT;
    do {
        if (lx->indent_count == 1) kind = TOK_ENDMARKER;
        else lx->indent_count--;
        Token *token = lex_push_from(lx, kind, lx->at, line, col);
        token->end_line = line;
        token->end_col = col;
    } while (kind != TOK_ENDMARKER);
    return false;
}

// At the start of a logical line: skips blank lines and comments, then compares indentation.
static bool lex_line_start(Lexer *lx) {
    for (;;) {
        uint32_t col = 0, tabless = 0, continued_col = 0;
        const char *first = lx->at;
        while (*lx->at == ' ') lx->at++;
        col = tabless = (uint32_t)(lx->at - first);
        for (;;) {
            char c = *lx->at;
            if (c == ' ') col++, tabless++;
            else if (c == '\t') col = (col / TAB_SIZE + 1) * TAB_SIZE, tabless++;
            else if (c == '\f') col = tabless = 0;
            else if (c == '\\') {
                // The indentation is that of the first line which has some.
                if (continued_col == 0) continued_col = col;
                if (!lex_continuation(lx)) return false;
                continue;
            } else break;
            lx->at++;
        }
        if (*lx->at == '#') lx->at = newline_find(lx, lx->at);
        if (*lx->at == '\n') {
            lex_newline(lx);
            continue;
        }
        if (lx->at == text_end(lx)) return lex_end(lx);
        return continued_col != 0 ? indentation_change(lx, continued_col, continued_col)
                                  : indentation_change(lx, col, tabless);
    }
}

// ---- brackets ----

static inline bool lex_open(Lexer *lx) {
    const char *start = lx->at++;
    if (lx->level == MAX_BRACKETS) return lex_error(lx, lx->at, "too many nested parentheses");
    lex_push(lx, *start == '(' ? TOK_LPAR : *start == '[' ? TOK_LSQB : TOK_LBRACE, start);
    lx->brackets[lx->level++] = (OpenBracket){*start, lx->line, lex_col(lx, start)};
    return true;
}

static inline bool lex_close(Lexer *lx) {
    const char *start = lx->at;
    if (*start == '}' && lex_in_field(lx)) return lex_fstring_field_end(lx);
    lx->at++;
    if (lx->level == 0) return lex_error(lx, lx->at, "unmatched '%c'", *start);
    OpenBracket *open = &lx->brackets[lx->level - 1];
    char expected = open->bracket == '(' ? ')' : open->bracket == '[' ? ']' : '}';
    if (*start != expected) {
        if (open->line == lx->line) {
            return lex_error(lx, lx->at, "closing parenthesis '%c' does not match opening parenthesis '%c'", *start,
                             open->bracket);
        }
        return lex_error(lx, lx->at, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %u",
                         *start, open->bracket, open->line);
    }
    lx->level--;
    lex_push(lx, *start == ')' ? TOK_RPAR : *start == ']' ? TOK_RSQB : TOK_RBRACE, start);
    return true;
}

// ---- names ----

static bool error_bad_character(Lexer *lx, const char *after, uint32_t code_point) {
    if (!unicode_is_printable(code_point)) {
        return lex_error(lx, after, "invalid non-printable character U+%04X", code_point);
    }
    char character[5] = {0};
    utf8_encode(code_point, character);
    return lex_error(lx, after, "invalid character '%s' (U+%04X)", character, code_point);
}

// A name with bytes above ASCII, from `start` to lx->at.
static bool name_check(Lexer *lx, const char *start) {
    size_t length = (size_t)(lx->at - start), position, size;
    if (lx->fe->source_has_bad_utf8) {
        Utf8Fault fault = utf8_check(start, length, &position, &size);
        if (fault != UTF8_OK) {
            int offset = source_char_col(lx->fe, (int)lx->line, (int)lex_col(lx, lx->at));
            lex_error_range(lx, lx->line, offset, -1,
                            "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                            (unsigned)(uint8_t)start[position], position, utf8_fault_text(fault));
            return false;
        }
    }
    for (const char *at = start; at < lx->at;) {
        uint32_t code_point;
        at += utf8_decode(at, &code_point);
        bool is_first = at - start == (ptrdiff_t)utf8_size(code_point);
        bool fits = is_first ? unicode_is_xid_start(code_point) || code_point == '_'
                             : unicode_is_xid_continue(code_point);
        if (!fits) return error_bad_character(lx, at, code_point);
    }
    return true;
}

// The flags that a name of one or two letters means in front of a quote, or -1.
static int prefix_flags(const char *prefix, size_t length, bool *out_is_fstring) {
    unsigned flags = 0;
    *out_is_fstring = false;
    for (size_t i = 0; i < length; i++) {
        unsigned flag = 0;
        switch (prefix[i] | 0x20) {
        case 'r': flag = TOKEN_RAW; break;
        case 'b': flag = TOKEN_BYTES; break;
        case 'u': flag = TOKEN_UNICODE; break;
        case 'f': *out_is_fstring = true; break;
        default: return -1;
        }
        if (length == 2 && (prefix[i] | 0x20) == (prefix[1 - i] | 0x20)) return -1;
        flags |= flag;
    }
    bool paired_with_raw = length == 2;
    if (paired_with_raw && (!(flags & TOKEN_RAW) || flags & TOKEN_UNICODE)) return -1;
    return (int)flags;
}

Token *lex_push_name(Lexer *lx, const char *start) {
    const Name *name = name_intern(lx->fe->names, start, (size_t)(lx->at - start));
    Token *token = lex_push(lx, (TokenKind)name->kind, start);
    token->name = name->number;
    return token;
}

static void push_non_ascii_name(Lexer *lx, const char *start) {
    Token *token = lex_push(lx, TOK_NAME, start);
    token->flags = TOKEN_NON_ASCII;
    uint32_t length;
    const char *text = name_text(lx->fe, token, &length);
    token->name = name_intern(lx->fe->names, text, length)->number;
}

// For the bytes of names: 1, or 0x80 for those above ASCII.
static const uint8_t name_bytes[256] = {
    ['a' ... 'z'] = 1, ['A' ... 'Z'] = 1, ['0' ... '9'] = 1, ['_'] = 1, [0x80 ... 0xFF] = 0x80,
};

// At a short name before a quote: takes the string if the name is a prefix of one.
static bool lex_prefixed_string(Lexer *lx, const char *start, size_t length, bool *out_more) {
    bool is_fstring;
    int flags = prefix_flags(start, length, &is_fstring);
    if (flags < 0) return false;
    *out_more = is_fstring ? lex_fstring_start(lx, start, (unsigned)flags) : lex_string(lx, start, (unsigned)flags);
    return true;
}

static inline bool lex_name(Lexer *lx) {
    const char *start = lx->at, *at = start;
    unsigned seen = 0;
    for (uint8_t kind; (kind = name_bytes[(uint8_t)*at]) != 0; at++) seen |= kind;
    lx->at = at;
    bool more;
    if ((*at == '"' || *at == '\'') && at - start <= 2 && lex_prefixed_string(lx, start, (size_t)(at - start), &more)) return more;
    if (seen & 0x80) {
        if (!name_check(lx, start)) return false;
        push_non_ascii_name(lx, start);
        return true;
    }
    lex_push_name(lx, start);
    return true;
}

// ---- operators ----

static inline bool lex_operator(Lexer *lx) {
    const char *start = lx->at;
    char first = *start;
    if (lex_in_field(lx) && (first == ':' || first == '!' || first == '=')) {
        if (first == ':' || start[1] != '=') return lex_fstring_operator(lx);
    }
    struct OperatorRow row = operator_rows[(uint8_t)first];
    TokenKind kind = row.alone;
    lx->at++;
    if (*lx->at == '=' && row.equal != 0) {
        kind = row.equal;
        lx->at++;
    } else if (*lx->at == first && row.doubled != 0) {
        kind = row.doubled;
        lx->at++;
        if (*lx->at == '=') {
            kind = row.doubled_equal;
            lx->at++;
        }
    } else if (first == '-' && *lx->at == '>') {
        kind = TOK_RARROW;
        lx->at++;
    } else if (first == '<' && *lx->at == '>') {
        kind = TOK_OP; // an inequality only for those who import it from __future__ as a joke
        lx->at++;
    }
    lex_push(lx, kind, start);
    return true;
}

static inline bool lex_dot(Lexer *lx) {
    const char *start = lx->at;
    if (byte_classes[(uint8_t)start[1]] == BYTE_DIGIT) return lex_number(lx, start);
    bool is_ellipsis = start[1] == '.' && start[2] == '.';
    lx->at += is_ellipsis ? 3 : 1;
    lex_push(lx, is_ellipsis ? TOK_ELLIPSIS : TOK_DOT, start);
    return true;
}

// ---- the walk ----

// A newline, or the comment before it.
static inline bool lex_line_end(Lexer *lx) {
    const char *start = lx->at;
    lx->at = newline_find(lx, start);
    if (lx->level != 0) {
        lex_newline(lx);
        return true;
    }
    lex_push(lx, TOK_NEWLINE, start);
    lex_newline(lx);
    return lex_line_start(lx);
}

static inline __attribute__((always_inline)) bool next_token(Lexer *lx) {
    if (lx->fstring_count != 0 && !lx->fstrings[lx->fstring_count - 1].in_field) return lex_fstring_text(lx);
    const char *at = lx->at;
    ByteClass class;
    while ((class = byte_classes[(uint8_t)*at]) == BYTE_BLANK) at++;
    lx->at = at;
    switch (class) {
    case BYTE_NAME: return lex_name(lx);
    case BYTE_DIGIT: return lex_number(lx, lx->at);
    case BYTE_NEWLINE:
    case BYTE_COMMENT: return lex_line_end(lx);
    case BYTE_BACKSLASH: return lex_continuation(lx);
    case BYTE_QUOTE: return lex_string(lx, lx->at, 0);
    case BYTE_OPEN: return lex_open(lx);
    case BYTE_CLOSE: return lex_close(lx);
    case BYTE_DOT: return lex_dot(lx);
    case BYTE_OPERATOR: return lex_operator(lx);
    case BYTE_END: return error_at_end(lx, 0); // outside brackets the end is met at the start of a line
    default: lx->at++; return error_bad_character(lx, lx->at, (uint8_t)lx->at[-1]);
    }
}

bool lex_next(Lexer *lx) {
    return next_token(lx);
}

void lexer_run(FrontEnd *fe) {
    fe->names = names_new(fe->arena);
    Lexer *lx = arena_new(fe->arena, Lexer);
    lx->fe = fe;
    lx->text = lx->at = lx->line_start = fe->source;
    lx->line = 1;
    lx->indent_count = 1;
    lx->error = &fe->lex_error;
    arena_reserve(fe->arena, &fe->line_starts, fe->source_length / 32 + 8);
    lx->tokens.capacity = fe->source_length / 6 + 16;
    lx->tokens.items = arena_alloc_unset(fe->arena, lx->tokens.capacity * sizeof(Token));
    fe->line_starts.count = 0;
    arena_push(fe->arena, &fe->line_starts, 0);

    if (lex_line_start(lx)) {
        while (next_token(lx)) {}
    }
    if (lx->stopped) {
        fe->rest_error = fe->lex_error;
        if (lx->fstring_count != 0) lex_fstring_diagnose(lx);
        lex_push(lx, TOK_ERRORTOKEN, lx->at);
    }
    fe->tokens = lx->tokens.items;
    fe->token_count = (uint32_t)lx->tokens.count;
}

// ---- for the parser ----

static _Noreturn void error_raise(FrontEnd *fe, const LexError *error) {
    diag_raise_exactly(fe, error->kind, error->lineno, error->offset, error->end_lineno, error->end_offset, "%s",
                       error->message);
}

_Noreturn void lexer_raise(FrontEnd *fe) {
    error_raise(fe, &fe->lex_error);
}

void lexer_check_rest(FrontEnd *fe, const Token *last) {
    const LexError *error = &fe->rest_error;
    if (error->kind == DIAG_NONE || (fe->flags & FRONT_END_TYPED) != 0) return;
    if (!error->is_status) error_raise(fe, error);
    if (error->bracket_count == 0) return;
    const OpenBracket *open = &error->brackets[error->bracket_count - 1];
    if (last->line <= open->line) return;
    diag_raise(fe, DIAG_SYNTAX_ERROR, (SourceRange){(int)open->line, (int)open->col, (int)open->line, -1},
               "'%c' was never closed", open->bracket);
}

void lexer_dump(const FrontEnd *fe, Buf *out) {
    for (uint32_t i = 0; i < fe->token_count; i++) {
        const Token *token = &fe->tokens[i];
        buf_printf(out, "%u,%u-%u,%u:", token->line, (unsigned)source_char_col(fe, (int)token->line, (int)token->col),
                   token->end_line, (unsigned)source_char_col(fe, (int)token->end_line, (int)token->end_col));
        size_t width = 0;
        for (size_t at = out->length; at > 0 && out->data[at - 1] != '\n'; at--) width++;
        buf_repeat(out, ' ', width < 20 ? 20 - width : 1);
        buf_printf(out, "%-15s ", token_kind_name((TokenKind)token->kind));
        if (token->kind == TOK_ERRORTOKEN) {
            text_repr(out, fe->lex_error.message, strlen(fe->lex_error.message));
        } else {
            text_repr(out, token_text(fe, token), token->length);
        }
        buf_char(out, '\n');
    }
}

void text_repr(Buf *out, const char *text, size_t length) {
    char quote = memchr(text, '\'', length) != NULL && memchr(text, '"', length) == NULL ? '"' : '\'';
    buf_char(out, quote);
    for (const char *at = text, *end = text + length; at < end;) {
        uint32_t code_point;
        size_t size = utf8_sequence_size((uint8_t)*at);
        // Bad UTF-8 may stand in a comment.
        if ((*at & 0xC0) == 0x80 || (uint8_t)*at >= 0xF5 || size > (size_t)(end - at)) {
            buf_printf(out, "\\x%02x", (unsigned)(uint8_t)*at++);
            continue;
        }
        at += utf8_decode(at, &code_point);
        if (code_point == (uint8_t)quote || code_point == '\\') buf_char(out, '\\'), buf_char(out, (char)code_point);
        else if (code_point == '\n') buf_text(out, "\\n");
        else if (code_point == '\t') buf_text(out, "\\t");
        else if (code_point == '\r') buf_text(out, "\\r");
        else if (unicode_is_printable(code_point)) buf_code_point(out, code_point);
        else if (code_point < 0x100) buf_printf(out, "\\x%02x", code_point);
        else if (code_point < 0x10000) buf_printf(out, "\\u%04x", code_point);
        else buf_printf(out, "\\U%08x", code_point);
    }
    buf_char(out, quote);
}
