// Literals: what NAME, NUMBER and STRING tokens stand for.
#ifndef COIL_LEXER_LITERAL_H
#define COIL_LEXER_LITERAL_H

#include "lexer/frontend.h"

// A name's text, in NFKC when it is not ASCII; in the source or in the arena.
const char *name_text(FrontEnd *fe, const Token *token, uint32_t *out_length);

typedef enum NumberKind {
    NUMBER_INT,       // fits an int64
    NUMBER_BIG_INT,   // digits in a base
    NUMBER_FLOAT,
    NUMBER_IMAGINARY,
} NumberKind;

typedef struct NumberLiteral {
    NumberKind kind;
    int64_t integer;
    double real;            // of float and imaginary
    const char *digits;     // of a big int: digits alone, without prefix and underscores, NUL-terminated
    uint32_t digit_count;
    int base;               // 2, 8, 10 or 16
} NumberLiteral;

void number_literal(FrontEnd *fe, const Token *token, NumberLiteral *out);

typedef struct StringLiteral {
    bool is_bytes;
    bool has_u_prefix;
    const char *text;       // UTF-8, lone surrogates as three bytes; or the bytes. In the source where there is no escape; may hold NULs
    size_t length;
} StringLiteral;

// The value of a STRING or FSTRING_MIDDLE token; raises for bad escapes, warns of doubtful ones.
void string_literal(FrontEnd *fe, const Token *token, StringLiteral *out);

#endif
