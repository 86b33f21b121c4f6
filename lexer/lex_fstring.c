// F-strings, as PEP 701 has them: START, then MIDDLE tokens for literal text between fields whose tokens are ordinary
// ones, then END. A format spec is literal text again, with fields of its own.
//
// CPython 3.11 reads the whole literal first and looks into it later. What it accepts means the same here; what is
// wrong is described as 3.11 describes it: `lex_fstring_diagnose` reads the literal once more, by 3.11's rules.
#include "lexer/lex_state.h"

#include "base/utf8.h"

#include <string.h>

static FStringFrame *frame_top(Lexer *lx) {
    return &lx->fstrings[lx->fstring_count - 1];
}

static bool frame_push(Lexer *lx, char quote, unsigned flags) {
    if (lx->fstring_count == MAX_FSTRINGS) return lex_error(lx, lx->at, "f-string: expressions nested too deeply");
    lx->fstrings[lx->fstring_count++] = (FStringFrame){.flags = (uint8_t)flags, .quote = quote};
    return true;
}

bool lex_fstring_start(Lexer *lx, const char *start, unsigned flags) {
    char quote = *lx->at;
    bool is_triple = lx->at[1] == quote && lx->at[2] == quote;
    if (is_triple) flags |= TOKEN_TRIPLE;
    if (lx->fstrings_are_plain) return lex_string(lx, start, flags);
    if (lx->fstring_count == 0) {
        lx->fstring_token = (uint32_t)lx->tokens.count;
        lx->fstring_level = lx->level;
        lx->fstring_line = lx->line;
        lx->fstring_line_start = lx->line_start;
        lx->fstring_start = start;
    }
    lx->at += is_triple ? 3 : 1;
    lex_push(lx, TOK_FSTRING_START, start)->flags = (uint8_t)flags;
    return frame_push(lx, quote, flags);
}

// ---- literal text ----

static bool at_closing_quote(const FStringFrame *frame, const char *at) {
    return *at == frame->quote && (!(frame->flags & TOKEN_TRIPLE) || (at[1] == frame->quote && at[2] == frame->quote));
}

// Behind \N in text: the braces of {name} open no field, even where the closing one is missing.
static const char *skip_character_name(const FStringFrame *frame, const char *at) {
    if (*at != '{') return at;
    while (*at != '}' && *at != '\n' && *at != 0 && !at_closing_quote(frame, at)) at++;
    return *at == '}' ? at + 1 : at;
}

static void push_middle(Lexer *lx, const char *start, uint32_t line, uint32_t col, unsigned flags) {
    if (lx->at == start) return;
    lex_push_from(lx, TOK_FSTRING_MIDDLE, start, line, col)->flags = (uint8_t)flags;
}

static bool field_start(Lexer *lx) {
    FStringFrame *frame = frame_top(lx);
    const char *start = lx->at++;
    if (lx->level == MAX_BRACKETS) return lex_error(lx, lx->at, "too many nested parentheses");
    frame->field_token = (uint32_t)lx->tokens.count;
    lex_push(lx, TOK_LBRACE, start);
    lx->brackets[lx->level++] = (OpenBracket){'{', lx->line, lex_col(lx, start)};
    frame->field_level = (uint16_t)lx->level;
    frame->in_field = true;
    return true;
}

// The closing quotes; inside a format spec they come too early.
static bool fstring_end(Lexer *lx) {
    FStringFrame *frame = frame_top(lx);
    if (frame->flags & TOKEN_IN_SPEC) return lex_error(lx, lx->at, "f-string: expecting '}'");
    const char *start = lx->at;
    unsigned flags = frame->flags;
    lx->at += flags & TOKEN_TRIPLE ? 3 : 1;
    lx->fstring_count--;
    lex_push(lx, TOK_FSTRING_END, start)->flags = (uint8_t)flags;
    return true;
}

bool lex_fstring_text(Lexer *lx) {
    FStringFrame *frame = frame_top(lx);
    const char *start = lx->at, *end = lx->text + lx->fe->source_length;
    uint32_t line = lx->line, col = lex_col(lx, start);
    unsigned flags = frame->flags, seen = 0;
    bool in_spec = (flags & TOKEN_IN_SPEC) != 0, is_raw = (flags & TOKEN_RAW) != 0;
    for (;;) {
        char c = *lx->at;
        if (at_closing_quote(frame, lx->at) || (c == '\n' && !(flags & TOKEN_TRIPLE)) || lx->at >= end) break;
        if (c == '\n') {
            lex_newline(lx);
            continue;
        }
        if (c == '{' || c == '}') {
            if (in_spec || lx->at[1] != c) break;
            flags |= TOKEN_HAS_ESCAPE;
            lx->at += 2;
            continue;
        }
        seen |= (uint8_t)c;
        lx->at++;
        if (c != '\\') continue;
        flags |= TOKEN_HAS_ESCAPE;
        c = *lx->at;
        if (c == '\n') lex_newline(lx);
        else if (c == 'N' && !is_raw) lx->at = skip_character_name(frame, lx->at + 1);
        else if (c != '{' && c != '}' && lx->at < end) seen |= (uint8_t)c, lx->at++;
    }
    if (seen & 0x80) flags |= TOKEN_NON_ASCII;
    push_middle(lx, start, line, col, flags);
    frame = frame_top(lx);
    if (at_closing_quote(frame, lx->at)) return fstring_end(lx);
    if (*lx->at == '{') return field_start(lx);
    if (*lx->at != '}') return lex_error(lx, lx->at, "unterminated f-string literal"); // put better by the diagnosis
    if (!in_spec) return lex_error(lx, lx->at, "f-string: single '}' is not allowed");
    lx->fstring_count--;
    return lex_fstring_field_end(lx);
}

// ---- fields ----

static bool field_is_empty(Lexer *lx) {
    return lx->tokens.count == frame_top(lx)->field_token + 1;
}

bool lex_fstring_field_end(Lexer *lx) {
    FStringFrame *frame = frame_top(lx);
    if (field_is_empty(lx)) return lex_error(lx, lx->at, "f-string: empty expression not allowed");
    const char *start = lx->at++;
    lx->level--;
    lex_push(lx, TOK_RBRACE, start);
    frame->in_field = false;
    return true;
}

bool lex_fstring_operator(Lexer *lx) {
    FStringFrame *frame = frame_top(lx);
    const char *start = lx->at;
    if (field_is_empty(lx)) return lex_error(lx, lx->at, "f-string: expression required before '%c'", *start);
    lx->at++;
    if (*start == ':') {
        lex_push(lx, TOK_COLON, start);
        return frame_push(lx, frame->quote, (frame->flags & (TOKEN_RAW | TOKEN_TRIPLE)) | TOKEN_IN_SPEC);
    }
    if (*start == '=') { // f"{x = }": nothing but a conversion, a spec or the end may follow
        lex_push(lx, TOK_EQUAL, start);
        const char *next = lx->at;
        while (*next == ' ' || *next == '\t' || *next == '\n' || *next == '\f') next++;
        if (*next == '!' || *next == ':' || *next == '}') return true;
        return lex_error(lx, next, "f-string: expecting '}'");
    }
    lex_push(lx, TOK_EXCLAMATION, start);
    char conversion = *lx->at;
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
        return lex_error(lx, lx->at, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
    start = lx->at++;
    lex_push_name(lx, start);
    return *lx->at == '}' || *lx->at == ':' || lex_error(lx, lx->at, "f-string: expecting '}'");
}

// ---- what CPython 3.11 says ----

// The scan of one literal's body. `fault` is the message once something is wrong.
typedef struct Scan {
    Lexer *lx;
    const char *at, *end;
    bool is_raw;
    const char *fault;
} Scan;

static bool scan_fault(Scan *scan, const char *message) {
    if (scan->fault == NULL) scan->fault = message;
    return false;
}

static bool scan_fault_char(Scan *scan, const char *format, char c, char other) {
    char *message = arena_printf(scan->lx->fe->arena, "f-string: %s", format);
    for (char *at = message; *at != 0; at++) {
        if (*at == '@') *at = c;
        if (*at == '~') *at = other;
    }
    return scan_fault(scan, message);
}

static bool scan_text(Scan *scan, int depth);

static bool is_triple_at(const Scan *scan, const char *at, char quote) {
    return scan->end - at >= 3 && at[0] == quote && at[1] == quote && at[2] == quote;
}

// A string inside an expression, to its end if it has one.
static bool scan_nested_string(Scan *scan) {
    char quote = *scan->at;
    bool is_triple = is_triple_at(scan, scan->at, quote);
    scan->at += is_triple ? 3 : 1;
    for (; scan->at < scan->end; scan->at++) {
        if (*scan->at == '\\') return scan_fault(scan, "f-string expression part cannot include a backslash");
        if (*scan->at != quote) continue;
        if (!is_triple) return true;
        if (is_triple_at(scan, scan->at, quote)) {
            scan->at += 2;
            return true;
        }
    }
    return scan_fault(scan, "f-string: unterminated string");
}

// Whether the character ends the expression when no bracket is open; steps over the first of two-character operators.
static bool ends_expression(Scan *scan) {
    char c = *scan->at;
    bool has_equal = scan->at + 1 < scan->end && scan->at[1] == '=';
    if ((c == '!' || c == '=' || c == '<' || c == '>') && has_equal) {
        scan->at++;
        return false;
    }
    return c == '!' || c == ':' || c == '}' || c == '=';
}

// An expression, up to what ends it.
static bool scan_expression(Scan *scan) {
    char open[MAX_BRACKETS];
    int depth = 0;
    for (; scan->at < scan->end; scan->at++) {
        char c = *scan->at;
        if (c == '\\') return scan_fault(scan, "f-string expression part cannot include a backslash");
        if (c == '\'' || c == '"') {
            if (!scan_nested_string(scan)) return false;
            continue;
        }
        if (c == '#') return scan_fault(scan, "f-string expression part cannot include '#'");
        if (c == '(' || c == '[' || c == '{') {
            if (depth == MAX_BRACKETS) return scan_fault(scan, "f-string: too many nested parenthesis");
            open[depth++] = c;
            continue;
        }
        if (depth == 0 && strchr("!:}=<>", c) != NULL) {
            if (ends_expression(scan)) break;
            continue;
        }
        if (c != ')' && c != ']' && c != '}') continue;
        if (depth == 0) return scan_fault_char(scan, "unmatched '@'", c, 0);
        char opening = open[--depth];
        if (c != (opening == '(' ? ')' : opening == '[' ? ']' : '}')) {
            return scan_fault_char(scan, "closing parenthesis '@' does not match opening parenthesis '~'", c, opening);
        }
    }
    if (depth != 0) return scan_fault_char(scan, "unmatched '@'", open[depth - 1], 0);
    return scan->at < scan->end || scan_fault(scan, "f-string: expecting '}'");
}

static bool is_blank(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\f' || *at == '\r')) at++;
    return at == end;
}

// A field, from its { to behind its }.
static bool scan_field(Scan *scan, int depth) {
    const char *start = ++scan->at;
    if (!scan_expression(scan)) return false;
    char c = *scan->at;
    if (is_blank(start, scan->at)) {
        if (c == '!' || c == ':' || c == '=') return scan_fault_char(scan, "expression required before '@'", c, 0);
        return scan_fault(scan, "f-string: empty expression not allowed");
    }
    if (c == '=') {
        scan->at++;
        while (scan->at < scan->end && is_blank(scan->at, scan->at + 1)) scan->at++;
    }
    if (scan->at < scan->end && *scan->at == '!') {
        scan->at++;
        if (scan->at >= scan->end) return scan_fault(scan, "f-string: expecting '}'");
        c = *scan->at++;
        if (c != 's' && c != 'r' && c != 'a') {
            return scan_fault(scan, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
        }
    }
    if (scan->at < scan->end && *scan->at == ':') {
        scan->at++;
        if (depth < MAX_FSTRINGS && !scan_text(scan, depth + 1)) return false;
    }
    if (scan->at >= scan->end || *scan->at != '}') return scan_fault(scan, "f-string: expecting '}'");
    scan->at++;
    return true;
}

// At the N of \N: the braces of {name} open no field.
static void scan_character_name(Scan *scan) {
    scan->at++;
    if (scan->at < scan->end && *scan->at++ != '{') return;
    while (scan->at < scan->end && *scan->at++ != '}') {}
}

// Literal text and fields: the whole body at depth 0, a format spec up to its } below.
static bool scan_text(Scan *scan, int depth) {
    while (scan->at < scan->end) {
        char c = *scan->at;
        if (c == '\\' && !scan->is_raw && scan->at + 1 < scan->end) {
            c = *++scan->at;
            if (c == 'N') {
                scan_character_name(scan);
                continue;
            }
        }
        if (c != '{' && c != '}') {
            scan->at++;
            continue;
        }
        if (depth == 0 && scan->at + 1 < scan->end && scan->at[1] == c) {
            scan->at += 2;
            continue;
        }
        if (c == '}') return depth != 0 || scan_fault(scan, "f-string: single '}' is not allowed");
        if (!scan_field(scan, depth)) return false;
    }
    return true;
}

// What 3.11 finds wrong with the body of the literal, or NULL.
static const char *body_fault(Lexer *lx, const char *body, const char *end, bool is_raw) {
    Scan scan = {.lx = lx, .at = body, .end = end, .is_raw = is_raw};
    scan_text(&scan, 0);
    return scan.fault;
}

// The literal's fault shows once CPython has read the token behind the run of strings, and it points there; but it
// still prefers a lexical error further on.
static void report_fault(Lexer *lx, const char *message) {
    FrontEnd *fe = lx->fe;
    uint32_t first = (uint32_t)lx->tokens.count;
    lx->fstrings_are_plain = true;
    lx->error = &fe->rest_error;
    fe->rest_error = (LexError){0};
    bool more = true;
    for (;;) {
        while (first < lx->tokens.count && lx->tokens.items[first].kind == TOK_STRING) first++;
        if (first < lx->tokens.count || !more) break;
        more = lex_next(lx);
    }
    if (first == lx->tokens.count) { // nothing but strings before the error
        fe->lex_error = fe->rest_error;
        return;
    }
    const Token *next = &lx->tokens.items[first];
    int offset = source_char_col(fe, (int)next->line, (int)next->col) + 1;
    int end_offset = source_char_col(fe, (int)next->end_line, (int)next->end_col) + 1;
    fe->lex_error = (LexError){DIAG_SYNTAX_ERROR, message, (int)next->line, offset, (int)next->end_line, end_offset,
                               false, NULL, 0};
    uint32_t line = next->line;
    while (more) more = lex_next(lx);
    const LexError *rest = &fe->rest_error;
    bool is_unclosed = rest->kind != DIAG_NONE && rest->is_status && rest->bracket_count != 0 &&
                       line > rest->brackets[rest->bracket_count - 1].line;
    if (rest->kind != DIAG_NONE && (!rest->is_status || is_unclosed)) fe->lex_error = *rest;
    if (is_unclosed) {
        const OpenBracket *open = &rest->brackets[rest->bracket_count - 1];
        fe->lex_error.message = arena_printf(fe->arena, "'%c' was never closed", open->bracket);
        fe->lex_error.lineno = fe->lex_error.end_lineno = (int)open->line;
        fe->lex_error.offset = source_char_col(fe, (int)open->line, (int)open->col) + 1;
        fe->lex_error.end_offset = 0;
    }
}

void lex_fstring_diagnose(Lexer *lx) {
    FrontEnd *fe = lx->fe;
    LexError found = fe->lex_error;
    // Back to where the outermost f-string begins, as if nothing of it had been read.
    lx->tokens.count = lx->fstring_token;
    lx->level = lx->fstring_level;
    lx->fstring_count = 0;
    lx->stopped = false;
    lx->line = lx->fstring_line;
    lx->line_start = lx->fstring_line_start;
    fe->line_starts.count = lx->line;
    const char *start = lx->fstring_start, *quote = start;
    bool is_raw = false, is_triple, non_ascii, has_escape;
    for (; *quote != '"' && *quote != '\''; quote++) is_raw |= (*quote | 0x20) == 'r';
    is_triple = quote[1] == *quote && quote[2] == *quote;
    const char *at = quote;
    if (!lex_string_skip(lx, &at, &non_ascii, &has_escape)) {
        lex_string_unterminated(lx, start, lx->fstring_line, lx->fstring_line_start, is_triple);
        fe->rest_error = fe->lex_error;
    } else {
        const char *message = body_fault(lx, quote + (is_triple ? 3 : 1), at - (is_triple ? 3 : 1), is_raw);
        lx->at = at;
        if (message != NULL) report_fault(lx, message);
        else fe->rest_error = fe->lex_error = found; // 3.11 sees an error of the expression, or could not read this
    }
    lx->tokens.count = lx->fstring_token;
    lx->at = start;
    lx->line = lx->fstring_line;
    lx->line_start = lx->fstring_line_start;
}
