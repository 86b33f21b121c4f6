// Tokens: what the lexer makes of a source and the parser reads.
//
// A source becomes one array of tokens, so that the parser looks ahead and goes back by moving an index. The array ends
// with ENDMARKER, or with ERRORTOKEN where the source stops making sense: the error counts only once the parser gets
// there, because an earlier mistake in the grammar comes first.
#ifndef COIL_LEXER_TOKEN_H
#define COIL_LEXER_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum TokenKind {
#define TOKEN(name, text) TOK_##name,
#define OPERATOR(name, text) TOK_##name,
#define KEYWORD(name, text) TOK_KW_##name,
#include "lexer/token.def"
    TOKEN_KIND_COUNT,
    TOK_FIRST_KEYWORD = TOK_KW_FALSE,
    TOK_LAST_KEYWORD = TOK_KW_YIELD,
} TokenKind;

// Flags of strings (all of STRING, FSTRING_START and FSTRING_MIDDLE), names and numbers.
enum {
    TOKEN_RAW = 1,         // r prefix: backslashes are themselves
    TOKEN_BYTES = 2,       // b prefix
    TOKEN_UNICODE = 4,     // u prefix (Constant.kind)
    TOKEN_TRIPLE = 8,      // three quotes
    TOKEN_IN_SPEC = 16,    // FSTRING_MIDDLE inside a format spec: doubled braces are not an escape there
    TOKEN_NON_ASCII = 32,  // NAME or STRING with bytes above 0x7F; a NAME's identifier is then its NFKC form (name_text)
    TOKEN_HAS_ESCAPE = 64, // there is a backslash (strings), an underscore (numbers), or a doubled brace (MIDDLE)
};

// Lines count from 1. Columns are byte offsets within the line, from 0, as in CPython's AST.
typedef struct Token {
    uint8_t kind;     // TokenKind
    uint8_t flags;
    uint16_t level;   // open brackets around the token
    uint32_t start;   // byte offset in FrontEnd.source
    uint32_t length;  // in bytes; 0 for INDENT, DEDENT and ENDMARKER; a NEWLINE's covers the comment before it
    uint32_t line, col;
    uint32_t end_line, end_col;
    uint32_t name;    // of a NAME: its number among the identifiers
} Token;

// The kind's name as in Python's `token` module ("LPAR", "NAME"); keywords are "NAME" there.
const char *token_kind_name(TokenKind kind);
// The token's own text for operators and keywords, else what messages call it.
const char *token_kind_text(TokenKind kind);

static inline bool token_is_keyword(TokenKind kind) {
    return kind >= TOK_FIRST_KEYWORD && kind <= TOK_LAST_KEYWORD;
}

// The keyword that the text is, or TOK_NAME.
TokenKind keyword_find(const char *text, uint32_t length);

#endif
