// Tables of the token kinds, and the search for keywords.
#include "lexer/token.h"

#include <string.h>

static const char *const kind_names[] = {
#define TOKEN(name, text) #name,
#define OPERATOR(name, text) #name,
#define KEYWORD(name, text) "NAME",
#include "lexer/token.def"
};

static const char *const kind_texts[] = {
#define TOKEN(name, text) text,
#define OPERATOR(name, text) text,
#define KEYWORD(name, text) text,
#include "lexer/token.def"
};

static const uint8_t keyword_lengths[] = {
#define KEYWORD(name, text) sizeof text - 1,
#include "lexer/token.def"
};

const char *token_kind_name(TokenKind kind) {
    return kind < TOKEN_KIND_COUNT ? kind_names[kind] : "?";
}

const char *token_kind_text(TokenKind kind) {
    return kind < TOKEN_KIND_COUNT ? kind_texts[kind] : "?";
}

// token.def has the keywords in alphabetical order, so those with one first letter stand together.
static const struct {
    uint8_t first, last;
} keywords_by_letter[128] = {
    ['F'] = {TOK_KW_FALSE, TOK_KW_FALSE},       ['N'] = {TOK_KW_NONE, TOK_KW_NONE},
    ['T'] = {TOK_KW_TRUE, TOK_KW_TRUE},         ['a'] = {TOK_KW_AND, TOK_KW_AWAIT},
    ['b'] = {TOK_KW_BREAK, TOK_KW_BREAK},       ['c'] = {TOK_KW_CLASS, TOK_KW_CONTINUE},
    ['d'] = {TOK_KW_DEF, TOK_KW_DEL},           ['e'] = {TOK_KW_ELIF, TOK_KW_EXCEPT},
    ['f'] = {TOK_KW_FINALLY, TOK_KW_FROM},      ['g'] = {TOK_KW_GLOBAL, TOK_KW_GLOBAL},
    ['i'] = {TOK_KW_IF, TOK_KW_IS},             ['l'] = {TOK_KW_LAMBDA, TOK_KW_LAMBDA},
    ['n'] = {TOK_KW_NONLOCAL, TOK_KW_NOT},      ['o'] = {TOK_KW_OR, TOK_KW_OR},
    ['p'] = {TOK_KW_PASS, TOK_KW_PASS},         ['r'] = {TOK_KW_RAISE, TOK_KW_RETURN},
    ['t'] = {TOK_KW_TRY, TOK_KW_TRY},           ['w'] = {TOK_KW_WHILE, TOK_KW_WITH},
    ['y'] = {TOK_KW_YIELD, TOK_KW_YIELD},
};

TokenKind keyword_find(const char *text, uint32_t length) {
    uint8_t letter = (uint8_t)text[0];
    if (letter >= 128 || length < 2 || length > 8) return TOK_NAME;
    unsigned first = keywords_by_letter[letter].first, last = keywords_by_letter[letter].last;
    if (first == 0) return TOK_NAME;
    for (unsigned kind = first; kind <= last; kind++) {
        if (keyword_lengths[kind - TOK_FIRST_KEYWORD] == length && memcmp(kind_texts[kind], text, length) == 0) {
            return (TokenKind)kind;
        }
    }
    return TOK_NAME;
}
