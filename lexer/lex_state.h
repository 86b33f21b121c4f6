// The lexer's own state, shared by its files alone.
//
// The lexer walks over the text with `at`; the text ends with a newline and a NUL, so nothing needs a bounds check.
// Inside an f-string it alternates between two ways of reading: literal text (lex_fstring.c) and, inside a replacement
// field, ordinary tokens. A field is an open bracket like any other, so newlines inside it count for nothing.
#ifndef COIL_LEXER_LEX_STATE_H
#define COIL_LEXER_LEX_STATE_H

#include "lexer/lexer.h"

enum {
    MAX_BRACKETS = 200,  // CPython's MAXLEVEL
    MAX_INDENTS = 100,   // CPython's MAXINDENT
    MAX_FSTRINGS = 150,  // f-strings within each other, and format specs within format specs
    TAB_SIZE = 8,
};

// One level of an f-string: its text, or the format spec of one of its fields.
typedef struct FStringFrame {
    uint8_t flags;        // TOKEN_RAW, TOKEN_TRIPLE, TOKEN_IN_SPEC
    char quote;
    bool in_field;        // reading ordinary tokens, up to the } at `field_level`
    uint16_t field_level; // brackets open inside the field's own {
    uint32_t field_token; // index of the field's { token
} FStringFrame;

typedef struct Lexer {
    FrontEnd *fe;
    const char *text;       // fe->source
    const char *at;         // the next byte to read
    const char *line_start;
    uint32_t line;

    ArenaVec(Token) tokens;

    uint32_t indent_count;  // indents[0] is column 0
    uint32_t indents[MAX_INDENTS], tabless_indents[MAX_INDENTS];

    uint32_t level;
    OpenBracket brackets[MAX_BRACKETS];

    uint32_t fstring_count;
    FStringFrame fstrings[MAX_FSTRINGS];
    // Where the outermost f-string began, to go back to when it turns out to be bad.
    uint32_t fstring_token, fstring_level;
    uint32_t fstring_line;
    const char *fstring_start, *fstring_line_start;
    bool fstrings_are_plain; // after a bad one: only lexical errors further on still matter

    LexError *error;        // where an error goes: NULL message until there is one
    bool stopped;
} Lexer;

static inline uint32_t lex_col(const Lexer *lx, const char *at) {
    return (uint32_t)(at - lx->line_start);
}

// Steps over a newline at lx->at.
static inline void lex_newline(Lexer *lx) {
    lx->at++;
    lx->line++;
    lx->line_start = lx->at;
    arena_push(lx->fe->arena, &lx->fe->line_starts, (uint32_t)(lx->at - lx->text));
}

// Appends a token that ends at lx->at, and may have begun on an earlier line.
static inline Token *lex_push_from(Lexer *lx, TokenKind kind, const char *start, uint32_t line, uint32_t col) {
    arena_reserve(lx->fe->arena, &lx->tokens, 1);
    Token *token = &lx->tokens.items[lx->tokens.count++];
    *token = (Token){
        .kind = (uint8_t)kind,
        .level = (uint16_t)lx->level,
        .start = (uint32_t)(start - lx->text),
        .length = (uint32_t)(lx->at - start),
        .line = line,
        .col = col,
        .end_line = lx->line,
        .end_col = lex_col(lx, lx->at),
    };
    return token;
}

// One that began on the current line.
static inline Token *lex_push(Lexer *lx, TokenKind kind, const char *start) {
    return lex_push_from(lx, kind, start, lx->line, lex_col(lx, start));
}

// A name or keyword of ASCII characters.
Token *lex_push_name(Lexer *lx, const char *start);

// Errors. All stop the lexer and return false; inside an f-string, the f-string as a whole is diagnosed instead.

// Where CPython's tokenizer reports most: at the character before `at`, without an end.
bool lex_error(Lexer *lx, const char *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
// At columns counted in bytes from 1.
bool lex_error_range(Lexer *lx, uint32_t line, int offset, int end_offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
// One that CPython's tokenizer leaves to its caller to put in words.
bool lex_error_status(Lexer *lx, DiagKind kind, int offset, int end_offset, const char *message);

bool lex_number(Lexer *lx, const char *start);                     // lex_number.c
bool lex_string(Lexer *lx, const char *start, unsigned flags);     // lex_string.c: at the opening quote
bool lex_fstring_start(Lexer *lx, const char *start, unsigned flags); // lex_fstring.c: at the opening quote
bool lex_fstring_text(Lexer *lx);       // literal text up to the next field or the end
bool lex_fstring_field_end(Lexer *lx);  // at the } of the innermost field
bool lex_fstring_operator(Lexer *lx);   // at one of : ! = directly inside a field
// After an error inside an f-string: says what CPython says of the whole literal, and looks on behind it.
void lex_fstring_diagnose(Lexer *lx);

// The end of a string literal that starts at *at (an opening quote), by CPython 3.11's rule which knows no fields;
// false when it is not terminated (then *at is where the scan stopped). Moves no state of the lexer's but counts lines.
bool lex_string_skip(Lexer *lx, const char **at, bool *out_non_ascii, bool *out_has_escape);
// Reports an unterminated string that starts with `start` on `line`.
bool lex_string_unterminated(Lexer *lx, const char *start, uint32_t line, const char *line_start, bool triple);

// The next token, whatever it is; false at the end or after an error.
bool lex_next(Lexer *lx);

static inline bool lex_in_field(const Lexer *lx) {
    return lx->fstring_count != 0 && lx->level == lx->fstrings[lx->fstring_count - 1].field_level;
}

#endif
