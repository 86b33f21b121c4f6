// The lexer: tokens and their places, literals, f-strings, encodings, and errors as CPython 3.11 words and places them.
#include "lexer/lexer.h"
#include "lexer/literal.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static Arena arena;
static FrontEnd fe;

static void start(void) {
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
}

static void finish(void) {
    arena_free(&arena);
}

// Lexes a source, and decodes every literal of it as a parser would; false when that raised fe.diagnostic.
static bool run(const char *source, size_t length, unsigned flags) {
    arena_free(&arena);
    front_end_init(&fe, &arena, "f.py", flags);
    if (setjmp(fe.leave) != 0) return false;
    source_read(&fe, source, length);
    lexer_run(&fe);
    for (uint32_t i = 0; i < fe.token_count; i++) {
        const Token *token = &fe.tokens[i];
        NumberLiteral number;
        StringLiteral string;
        uint32_t name_length;
        if (token->kind == TOK_NUMBER) number_literal(&fe, token, &number);
        if (token->kind == TOK_STRING || token->kind == TOK_FSTRING_MIDDLE) string_literal(&fe, token, &string);
        if (token->kind == TOK_NAME) name_text(&fe, token, &name_length);
        if (token->kind == TOK_ERRORTOKEN) lexer_raise(&fe);
    }
    return true;
}

// "NAME:a OP..." of a source: kinds, and the text where the kind does not give it.
static const char *kinds(const char *source) {
    ck_assert_msg(run(source, strlen(source), FRONT_END_SOURCE_IS_TEXT), "%s: %s", source, fe.diagnostic.message);
    Buf out = buf_of(&allocator_of_libc);
    for (uint32_t i = 0; i < fe.token_count; i++) {
        const Token *token = &fe.tokens[i];
        TokenKind kind = (TokenKind)token->kind;
        if (i != 0) buf_char(&out, ' ');
        if (kind == TOK_NAME || kind == TOK_NUMBER || kind == TOK_STRING || token->kind > TOK_ERRORTOKEN) {
            buf_append(&out, token_text(&fe, token), token->length);
        } else if (kind == TOK_FSTRING_MIDDLE) {
            buf_char(&out, '<');
            buf_append(&out, token_text(&fe, token), token->length);
            buf_char(&out, '>');
        } else {
            buf_text(&out, token_kind_name(kind));
        }
    }
    const char *text = arena_strdup(&arena, out.data);
    buf_free(&out);
    return text;
}

#define ASSERT_KINDS(source, expected) ck_assert_str_eq(kinds(source), expected)

START_TEST(every_keyword_and_operator) {
    for (int kind = TOK_LPAR; kind < TOKEN_KIND_COUNT; kind++) {
        const char *text = token_kind_text((TokenKind)kind);
        if (token_is_keyword((TokenKind)kind)) {
            ck_assert_int_eq(keyword_find(text, (uint32_t)strlen(text)), kind);
            ck_assert_int_eq(keyword_find("returned", (uint32_t)8), TOK_NAME);
            continue;
        }
        if (kind == TOK_EXCLAMATION || strchr("()[]{}", *text) != NULL) continue;
        ck_assert(run(text, strlen(text), FRONT_END_SOURCE_IS_TEXT));
        ck_assert_int_eq(fe.tokens[0].kind, kind);
        ck_assert_uint_eq(fe.tokens[0].length, strlen(text));
    }
}
END_TEST

START_TEST(tokens) {
    ASSERT_KINDS("", "ENDMARKER");
    ASSERT_KINDS("# only\n\n  \n", "ENDMARKER");
    ASSERT_KINDS("a", "a NEWLINE ENDMARKER");
    ASSERT_KINDS("a = 1 # c\n", "a = 1 NEWLINE ENDMARKER");
    ASSERT_KINDS("(a\n\n # c\n, b)", "( a , b ) NEWLINE ENDMARKER");
    ASSERT_KINDS("a\\\n+b", "a + b NEWLINE ENDMARKER");
    ASSERT_KINDS("x...y.z<>1", "x ... y . z OP 1 NEWLINE ENDMARKER");
    ASSERT_KINDS("a$?", "a OP OP NEWLINE ENDMARKER");
    ASSERT_KINDS("if a:\n  b\n  if c:\n    d\ne",
                 "if a : NEWLINE INDENT b NEWLINE if c : NEWLINE INDENT d NEWLINE DEDENT DEDENT e NEWLINE ENDMARKER");
    ASSERT_KINDS("if a:\n  b", "if a : NEWLINE INDENT b NEWLINE DEDENT ENDMARKER");
    ASSERT_KINDS("if a:\n\tb\n# c\n \n\tc", "if a : NEWLINE INDENT b NEWLINE c NEWLINE DEDENT ENDMARKER");
    ASSERT_KINDS("a\r\nb\rc", "a NEWLINE b NEWLINE c NEWLINE ENDMARKER");
    ASSERT_KINDS("\fa\n\f b", "a NEWLINE INDENT b NEWLINE DEDENT ENDMARKER");
    ASSERT_KINDS("rb'x' Rb\"y\" u'''a\nb''' bu'z'", "rb'x' Rb\"y\" u'''a\nb''' bu 'z' NEWLINE ENDMARKER");
    ASSERT_KINDS("1.e5.x 0xFf 1_0j .5 1..a", "1.e5 . x 0xFf 1_0j .5 1. . a NEWLINE ENDMARKER");
}
END_TEST

START_TEST(fstrings) {
    ASSERT_KINDS("f''", "FSTRING_START FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'a{b}c'", "FSTRING_START <a> { b } <c> FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{{}}'", "FSTRING_START <{{}}> FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{a!r:>{w}.{p}}'",
                 "FSTRING_START { a ! r : <>> { w } <.> { p } } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{a = }'", "FSTRING_START { a = } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{a != b}{c:=5}'", "FSTRING_START { a != b } { c : <=5> } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{f'{'x'}'}'",
                 "FSTRING_START { FSTRING_START { 'x' } FSTRING_END } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{a[\"b\"] # c\n}'", "FSTRING_START { a [ \"b\" ] } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{ {1: 2}[1] }'", "FSTRING_START { { 1 : 2 } [ 1 ] } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'''a\n{\nb:\n}'''", "FSTRING_START <a\n> { b : <\n> } FSTRING_END NEWLINE ENDMARKER");
    ASSERT_KINDS("f'\\N{DIGIT ONE}{x}' rf'\\{y}'",
                 "FSTRING_START <\\N{DIGIT ONE}> { x } FSTRING_END FSTRING_START <\\> { y } FSTRING_END "
                 "NEWLINE ENDMARKER");
    ASSERT_KINDS("f'{x:{y:{z:{w}}}}'",
                 "FSTRING_START { x : { y : { z : { w } } } } FSTRING_END NEWLINE ENDMARKER");
}
END_TEST

START_TEST(positions) {
    const char *source = "if x:\n  y = '''\xC3\xA9\nb''' + f'''a\n{c}'''\n";
    ck_assert(run(source, strlen(source), FRONT_END_SOURCE_IS_TEXT));
    Buf out = buf_of(&allocator_of_libc);
    lexer_dump(&fe, &out);
    ck_assert_str_eq(out.data, "1,0-1,2:            NAME            'if'\n"
                               "1,3-1,4:            NAME            'x'\n"
                               "1,4-1,5:            COLON           ':'\n"
                               "1,5-1,5:            NEWLINE         ''\n"
                               "2,2-2,2:            INDENT          ''\n"
                               "2,2-2,3:            NAME            'y'\n"
                               "2,4-2,5:            EQUAL           '='\n"
                               "2,6-3,4:            STRING          \"'''\xC3\xA9\\nb'''\"\n"
                               "3,5-3,6:            PLUS            '+'\n"
                               "3,7-3,11:           FSTRING_START   \"f'''\"\n"
                               "3,11-4,0:           FSTRING_MIDDLE  'a\\n'\n"
                               "4,0-4,1:            LBRACE          '{'\n"
                               "4,1-4,2:            NAME            'c'\n"
                               "4,2-4,3:            RBRACE          '}'\n"
                               "4,3-4,6:            FSTRING_END     \"'''\"\n"
                               "4,6-4,6:            NEWLINE         ''\n"
                               "4,7-4,7:            DEDENT          ''\n"
                               "4,7-4,7:            ENDMARKER       ''\n");
    buf_free(&out);
}
END_TEST

// What number `source` is, as text: an int, "big DIGITS", a float, or a float and j.
static const char *number(const char *source) {
    NumberLiteral value;
    ck_assert(run(source, strlen(source), FRONT_END_SOURCE_IS_TEXT));
    ck_assert_int_eq(fe.tokens[0].kind, TOK_NUMBER);
    number_literal(&fe, &fe.tokens[0], &value);
    switch (value.kind) {
    case NUMBER_INT: return arena_printf(&arena, "%lld", (long long)value.integer);
    case NUMBER_BIG_INT: return arena_printf(&arena, "big %d %s", value.base, value.digits);
    case NUMBER_FLOAT: return arena_printf(&arena, "%.17g", value.real);
    default: return arena_printf(&arena, "%.17gj", value.real);
    }
}

START_TEST(numbers) {
    ck_assert_str_eq(number("0"), "0");
    ck_assert_str_eq(number("00_0"), "0");
    ck_assert_str_eq(number("1_000"), "1000");
    ck_assert_str_eq(number("0x_fF"), "255");
    ck_assert_str_eq(number("0o17"), "15");
    ck_assert_str_eq(number("0B101"), "5");
    ck_assert_str_eq(number("9223372036854775807"), "9223372036854775807");
    ck_assert_str_eq(number("9223372036854775808"), "big 10 9223372036854775808");
    ck_assert_str_eq(number("0x1_0000_0000_0000_0000"), "big 16 10000000000000000");
    ck_assert_str_eq(number("0.1"), "0.10000000000000001");
    ck_assert_str_eq(number("1e400"), "inf");
    ck_assert_str_eq(number("1_0.5e-0_1"), "1.05");
    ck_assert_str_eq(number("09.5"), "9.5");
    ck_assert_str_eq(number("1j"), "1j");
    ck_assert_str_eq(number("1.5e1J"), "15j");
}
END_TEST

static void assert_string(const char *source, const char *expected, size_t length) {
    StringLiteral value;
    ck_assert_msg(run(source, strlen(source), FRONT_END_SOURCE_IS_TEXT), "%s", source);
    uint32_t index = fe.tokens[0].kind == TOK_STRING ? 0 : 1;
    string_literal(&fe, &fe.tokens[index], &value);
    ck_assert_uint_eq(value.length, length);
    ck_assert_mem_eq(value.text, expected, length);
    ck_assert_int_eq(value.is_bytes, (fe.tokens[0].flags & TOKEN_BYTES) != 0);
}

#define ASSERT_STRING(source, expected) assert_string(source, expected, sizeof expected - 1)

START_TEST(strings) {
    ASSERT_STRING("''", "");
    ASSERT_STRING("'a\\tb\\\\\\'\\x41\\101\\0'", "a\tb\\'AA\0");
    ASSERT_STRING("'a\\\nb'", "ab");
    ASSERT_STRING("r'a\\n\\''", "a\\n\\'");
    ASSERT_STRING("'\\u20ac\\U0001F600\\xe9'", "\xE2\x82\xAC\xF0\x9F\x98\x80\xC3\xA9");
    ASSERT_STRING("'\\ud800'", "\xED\xA0\x80");
    ASSERT_STRING("'\\777'", "\xC7\xBF");
    ASSERT_STRING("b'\\xff\\377\\777\\u'", "\xFF\xFF\xFF\\u");
    ASSERT_STRING("'\\d\\\xC3\xA9'", "\\d\\\xC3\xA9");
    ASSERT_STRING("'''a\r\nb'''", "a\nb");
    ASSERT_STRING("f'{{a}}\\x41\\{{'", "{a}A\\{");
    ASSERT_STRING("rf'\\x{{'", "\\x{");
}
END_TEST

START_TEST(names_are_normalised) {
    ck_assert(run("\xEF\xAC\x81", 3, FRONT_END_SOURCE_IS_TEXT));
    uint32_t length;
    const char *text = name_text(&fe, &fe.tokens[0], &length);
    ck_assert_uint_eq(length, 2);
    ck_assert_mem_eq(text, "fi", 2);
}
END_TEST

START_TEST(warnings) {
    static const struct {
        const char *source, *message;
        DiagCategory category;
    } rows[] = {
        {"'\\d\\e'", "invalid escape sequence '\\d'", DIAG_DEPRECATION_WARNING},
        {"b'\\q'", "invalid escape sequence '\\q'", DIAG_DEPRECATION_WARNING},
        {"'\\400'", "invalid octal escape sequence '\\400'", DIAG_DEPRECATION_WARNING},
        {"f'\\{6}'", "invalid escape sequence '\\{'", DIAG_DEPRECATION_WARNING},
        {"0x1for x in y", "invalid hexadecimal literal", DIAG_SYNTAX_WARNING},
        {"1if 0else 2", "invalid decimal literal", DIAG_SYNTAX_WARNING},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert(run(rows[i].source, strlen(rows[i].source), FRONT_END_SOURCE_IS_TEXT));
        ck_assert_uint_ge(fe.warnings.count, 1);
        ck_assert_str_eq(fe.warnings.items[0].message, rows[i].message);
        ck_assert_int_eq(fe.warnings.items[0].category, rows[i].category);
        ck_assert_int_eq(fe.warnings.items[0].lineno, 1);
    }
}
END_TEST

// Sources that CPython refuses, with what it says (type, message, lineno, offset, end_lineno, end_offset).
static const struct {
    bool is_text; // a str; else bytes
    const char *source, *kind, *message;
    int lineno, offset, end_lineno, end_offset;
} errors[] = {
    {1, "x = 'abc\ny", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 5, 1, 5},
    {1, "x = '''abc\ny", "SyntaxError", "unterminated triple-quoted string literal (detected at line 2)",
     1, 5, 1, 5},
    {1, "\303\251 = 'abc", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 5, 1, 5},
    {1, "x = 1_", "SyntaxError", "invalid decimal literal",
     1, 6, 1, 6},
    {1, "x=1__0", "SyntaxError", "invalid decimal literal",
     1, 4, 1, 4},
    {1, "0x", "SyntaxError", "invalid hexadecimal literal",
     1, 2, 1, 2},
    {1, "0xg", "SyntaxError", "invalid hexadecimal literal",
     1, 2, 1, 2},
    {1, "0b2", "SyntaxError", "invalid digit '2' in binary literal",
     1, 3, 1, 3},
    {1, "0b12", "SyntaxError", "invalid digit '2' in binary literal",
     1, 4, 1, 4},
    {1, "0o8", "SyntaxError", "invalid digit '8' in octal literal",
     1, 3, 1, 3},
    {1, "0o18", "SyntaxError", "invalid digit '8' in octal literal",
     1, 4, 1, 4},
    {1, "08", "SyntaxError",
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
     1, 1, 1, 2},
    {1, "0_8", "SyntaxError",
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
     1, 1, 1, 3},
    {1, "1e", "SyntaxError", "invalid decimal literal",
     1, 1, 1, 1},
    {1, "1e+", "SyntaxError", "invalid decimal literal",
     1, 3, 1, 3},
    {1, "1.e", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "1_000_", "SyntaxError", "invalid decimal literal",
     1, 6, 1, 6},
    {1, "1a", "SyntaxError", "invalid decimal literal",
     1, 1, 1, 1},
    {1, "1jx", "SyntaxError", "invalid imaginary literal",
     1, 2, 1, 2},
    {1, "1.5x", "SyntaxError", "invalid decimal literal",
     1, 3, 1, 3},
    {1, "1e5x", "SyntaxError", "invalid decimal literal",
     1, 3, 1, 3},
    {1, "x\\ y", "SyntaxError", "unexpected character after line continuation character",
     1, 3, 1, 0},
    {1, "x\\", "SyntaxError", "unexpected EOF while parsing",
     1, 3, 1, -1},
    {1, "x = (\\\n", "SyntaxError", "'(' was never closed",
     1, 5, 1, 0},
    {1, "(\\", "SyntaxError", "'(' was never closed",
     1, 1, 1, 0},
    {1, "\\\n", "SyntaxError", "unexpected EOF while parsing",
     1, 2, 1, -1},
    {1, "x = 1 + \\", "SyntaxError", "unexpected EOF while parsing",
     1, 10, 1, -1},
    {1, "(", "SyntaxError", "'(' was never closed",
     1, 1, 1, 0},
    {1, "[\n", "SyntaxError", "'[' was never closed",
     1, 1, 1, 0},
    {1, "(]", "SyntaxError", "closing parenthesis ']' does not match opening parenthesis '('",
     1, 2, 1, 2},
    {1, "x = (\n]", "SyntaxError", "closing parenthesis ']' does not match opening parenthesis '(' on line 1",
     2, 1, 2, 1},
    {1, "x)", "SyntaxError", "unmatched ')'",
     1, 2, 1, 2},
    {1, "if 1:\n  a\n b", "IndentationError", "unindent does not match any outer indentation level",
     3, 3, 3, -1},
    {1, "if 1:\n\ta\n        b", "TabError", "inconsistent use of tabs and spaces in indentation",
     3, 1, 3, 0},
    {1, "if 1:\n        a\n\tb", "TabError", "inconsistent use of tabs and spaces in indentation",
     3, 1, 3, 0},
    {1, "if 1:\n  if 1:\n\ta\n  b", "TabError", "inconsistent use of tabs and spaces in indentation",
     3, 1, 3, 0},
    {1, "x = \302\240 1", "SyntaxError", "invalid non-printable character U+00A0",
     1, 5, 1, 5},
    {1, "x \303\227 y", "SyntaxError", "invalid character '\303\227' (U+00D7)",
     1, 3, 1, 3},
    {1, "\357\273\277x=1", "SyntaxError", "invalid non-printable character U+FEFF",
     1, 1, 1, 1},
    {0, "x='\377'", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
     1, 6, 1, 6},
    {0, "# coding: foo\nx", "SyntaxError", "unknown encoding: foo",
     0, -1, 0, 0},
    {0, "\357\273\277# coding: latin-1\nx", "SyntaxError", "encoding problem: iso-8859-1 with BOM",
     0, -1, 0, 0},
    {0, "# coding: ascii\nx='\351'", "SyntaxError",
     "'ascii' codec can't decode byte 0xe9 in position 19: ordinal not in range(128)",
     0, -1, 0, 0},
    {0, "\n\nx='\351'", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 0: unexpected end of data",
     3, 6, 3, 6},
    {1, "f'{'", "SyntaxError", "f-string: expecting '}'",
     1, 5, 1, 5},
    {1, "f'{}'", "SyntaxError", "f-string: empty expression not allowed",
     1, 6, 1, 6},
    {1, "f'}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 5, 1, 5},
    {1, "f'{a'", "SyntaxError", "f-string: expecting '}'",
     1, 6, 1, 6},
    {1, "f'{a!x}'", "SyntaxError", "f-string: invalid conversion character: expected 's', 'r', or 'a'",
     1, 9, 1, 9},
    {1, "f'{a!}'", "SyntaxError", "f-string: invalid conversion character: expected 's', 'r', or 'a'",
     1, 8, 1, 8},
    {1, "f'{a!r'", "SyntaxError", "f-string: expecting '}'",
     1, 8, 1, 8},
    {1, "f'{a:'", "SyntaxError", "f-string: expecting '}'",
     1, 7, 1, 7},
    {1, "f'{a:{b}'", "SyntaxError", "f-string: expecting '}'",
     1, 10, 1, 10},
    {1, "f'{a)}'", "SyntaxError", "f-string: unmatched ')'",
     1, 8, 1, 8},
    {1, "f'{(a}'", "SyntaxError", "f-string: closing parenthesis '}' does not match opening parenthesis '('",
     1, 8, 1, 8},
    {1, "f'{a#}'", "SyntaxError", "f-string expression part cannot include '#'",
     1, 8, 1, 8},
    {1, "f'{a\\n}'", "SyntaxError", "f-string expression part cannot include a backslash",
     1, 9, 1, 9},
    {1, "f'{!r}'", "SyntaxError", "f-string: expression required before '!'",
     1, 8, 1, 8},
    {1, "f'{ }'", "SyntaxError", "f-string: empty expression not allowed",
     1, 7, 1, 7},
    {1, "f'{\"a}'", "SyntaxError", "f-string: unterminated string",
     1, 8, 1, 8},
    {1, "x = f'{}' + 1\ny", "SyntaxError", "f-string: empty expression not allowed",
     1, 11, 1, 12},
    {1, "f'{a[}'", "SyntaxError", "f-string: closing parenthesis '}' does not match opening parenthesis '['",
     1, 8, 1, 8},
    {1, "f'{a:{}}'", "SyntaxError", "f-string: empty expression not allowed",
     1, 10, 1, 10},
    {1, "f'{a!r x}'", "SyntaxError", "f-string: expecting '}'",
     1, 11, 1, 11},
    {1, "f'{{}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 7, 1, 7},
    {1, "f'{a}}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 8, 1, 8},
    {1, "f'{''", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 5, 1, 5},
    {1, "f'''{a\n''' 1", "SyntaxError", "f-string: expecting '}'",
     2, 5, 2, 6},
    {1, "'\\x1'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
     1, 6, 1, 6},
    {1, "'\\u12'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape",
     1, 7, 1, 7},
    {1, "'\\U1'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\UXXXXXXXX escape",
     1, 6, 1, 6},
    {1, "'\\N{foo}'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-6: unknown Unicode character name",
     1, 10, 1, 10},
    {1, "'\\N'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape",
     1, 5, 1, 5},
    {1, "'\\N{'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
     1, 6, 1, 6},
    {1, "b'\\x1'", "SyntaxError", "(value error) invalid \\x escape at position 0",
     1, 7, 1, 7},
    {1, "b'\303\251'", "SyntaxError", "bytes can only contain ASCII literal characters",
     1, 1, 1, 5},
    {1, "'\\U00110000'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character",
     1, 13, 1, 13},
    {1, "'ab\\xzz'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 2-3: truncated \\xXX escape",
     1, 9, 1, 9},
    {1, "f'\\xz'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 7, 1, 7},
    {1, "f'\\N{foo}'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-6: unknown Unicode character name",
     1, 11, 1, 11},
    {1, "'abc\\\ndef", "SyntaxError", "unterminated string literal (detected at line 2)",
     1, 1, 1, 1},
    {1, "'abc\\", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "'''", "SyntaxError", "unterminated triple-quoted string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "x\n'''a\nb", "SyntaxError", "unterminated triple-quoted string literal (detected at line 3)",
     2, 1, 2, 1},
    {1, "x = 5 $ 6\n'abc", "SyntaxError", "unterminated string literal (detected at line 2)",
     2, 1, 2, 1},
    {1, "x y\n'abc", "SyntaxError", "unterminated string literal (detected at line 2)",
     2, 1, 2, 1},
    {1, "(\nx y\n", "SyntaxError", "'(' was never closed",
     1, 1, 1, 0},
    {1, "x y (\n", "SyntaxError", "'(' was never closed",
     1, 5, 1, 0},
    {1, "x y\n)", "SyntaxError", "unmatched ')'",
     2, 1, 2, 1},
    {1, "0777", "SyntaxError",
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
     1, 1, 1, 2},
    {1, "1 2\n0777", "SyntaxError",
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
     2, 1, 2, 2},
    {1, "0777L", "SyntaxError",
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
     1, 1, 1, 2},
    {1, "0xfL", "SyntaxError", "invalid hexadecimal literal",
     1, 3, 1, 3},
    {1, "1.real", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "1__2.3", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "1._5", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "1.5_", "SyntaxError", "invalid decimal literal",
     1, 4, 1, 4},
    {1, "1e_5", "SyntaxError", "invalid decimal literal",
     1, 1, 1, 1},
    {1, "1e5_", "SyntaxError", "invalid decimal literal",
     1, 4, 1, 4},
    {1, "0_", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "0__0", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "0b", "SyntaxError", "invalid binary literal",
     1, 2, 1, 2},
    {1, "0b_", "SyntaxError", "invalid binary literal",
     1, 3, 1, 3},
    {1, "0b1_", "SyntaxError", "invalid binary literal",
     1, 4, 1, 4},
    {1, "0xf_", "SyntaxError", "invalid hexadecimal literal",
     1, 4, 1, 4},
    {1, "12x3", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "0or 1", "SyntaxError", "invalid octal literal",
     1, 2, 1, 2},
    {1, "5_if", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, "a\nbb\nx\\ y", "SyntaxError", "unexpected character after line continuation character",
     3, 3, 3, 0},
    {1, "(\nab\nx\\ y", "SyntaxError", "unexpected character after line continuation character",
     3, 3, 3, 0},
    {1, "a\n\303\251\\ y", "SyntaxError", "unexpected character after line continuation character",
     2, 3, 2, 0},
    {1, "\303\251 = 1_", "SyntaxError", "invalid decimal literal",
     1, 6, 1, 6},
    {1, "\303\251 = 0b12", "SyntaxError", "invalid digit '2' in binary literal",
     1, 8, 1, 8},
    {1, "('\303\251',]", "SyntaxError", "closing parenthesis ']' does not match opening parenthesis '('",
     1, 6, 1, 6},
    {1, "\303\251 \303\227 y", "SyntaxError", "invalid character '\303\227' (U+00D7)",
     1, 3, 1, 3},
    {1, "x = \302\264", "SyntaxError", "invalid character '\302\264' (U+00B4)",
     1, 5, 1, 5},
    {1, "(1,\n  2\n$ \303\251 \303\227 ", "SyntaxError", "invalid character '\303\227' (U+00D7)",
     3, 5, 3, 5},
    {1, "'''\303\251\n\303\251''' \303\227 ", "SyntaxError", "invalid character '\303\227' (U+00D7)",
     2, 6, 2, 6},
    {1, "'''\303\251\n\303\251''' 1_", "SyntaxError", "invalid decimal literal",
     2, 7, 2, 7},
    {1, "'''\303\251\n\303\251''' )", "SyntaxError", "unmatched ')'",
     2, 6, 2, 6},
    {1, "x = '\303\251\\\nab' 'x", "SyntaxError", "unterminated string literal (detected at line 2)",
     2, 5, 2, 5},
    {1, "if 1:\n \303\251 = 1\n \303\251 \303\227 y", "SyntaxError", "invalid character '\303\227' (U+00D7)",
     3, 4, 3, 4},
    {1, "x=\001", "SyntaxError", "invalid non-printable character U+0001",
     1, 3, 1, 3},
    {1, "x=\177", "SyntaxError", "invalid non-printable character U+007F",
     1, 3, 1, 3},
    {1, "x=\342\200\2131", "SyntaxError", "invalid non-printable character U+200B",
     1, 3, 1, 3},
    {1, "a\342\200\213=1", "SyntaxError", "invalid non-printable character U+200B",
     1, 2, 1, 2},
    {1, "a\303\251\303\227b = 1", "SyntaxError", "invalid character '\303\227' (U+00D7)",
     1, 3, 1, 3},
    {1, "\342\202\254", "SyntaxError", "invalid character '\342\202\254' (U+20AC)",
     1, 1, 1, 1},
    {1, "a\342\202\254", "SyntaxError", "invalid character '\342\202\254' (U+20AC)",
     1, 2, 1, 2},
    {1, "\302\262", "SyntaxError", "invalid character '\302\262' (U+00B2)",
     1, 1, 1, 1},
    {1, "x\302\262", "SyntaxError", "invalid character '\302\262' (U+00B2)",
     1, 2, 1, 2},
    {1, "\302\267", "SyntaxError", "invalid character '\302\267' (U+00B7)",
     1, 1, 1, 1},
    {1, "\360\237\230\200", "SyntaxError", "invalid character '\360\237\230\200' (U+1F600)",
     1, 1, 1, 1},
    {1, "x\360\237\230\200", "SyntaxError", "invalid character '\360\237\230\200' (U+1F600)",
     1, 2, 1, 2},
    {0, "\355\240\200", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
     1, 3, 1, -1},
    {0, "\377=1", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
     1, 1, 1, -1},
    {0, "a\377=1", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
     1, 2, 1, -1},
    {0, "x=('a'\n'\351\351')", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 0: invalid continuation byte",
     2, 5, 2, 6},
    {0, "b'\377'", "SyntaxError", "bytes can only contain ASCII literal characters",
     1, 1, 1, 5},
    {0, "# coding: cp1252\nx='\201'", "SyntaxError",
     "'charmap' codec can't decode byte 0x81 in position 20: character maps to <undefined>",
     0, -1, 0, 0},
    {0, "# coding: latin1\nx=1_", "SyntaxError", "invalid decimal literal",
     2, 4, 2, 4},
    {0, "# coding: latin-1\nx='\351'1_", "SyntaxError", "invalid decimal literal",
     2, 7, 2, 7},
    {0, "\n# coding: foo\nx", "SyntaxError", "unknown encoding: foo",
     0, -1, 0, 0},
    {0, "#!x\n# coding: foo\nx", "SyntaxError", "unknown encoding: foo",
     0, -1, 0, 0},
    {0, "\014\n# vim: set fileencoding=foo :\nx", "SyntaxError", "unknown encoding: foo",
     0, -1, 0, 0},
    {0, "# coding: ascii\nx=1_", "SyntaxError", "invalid decimal literal",
     2, 4, 2, 4},
    {0, "# coding: mbcs\nx", "SyntaxError", "unknown encoding: mbcs",
     0, -1, 0, 0},
    {0, "x='\303'", "SyntaxError",
     "(unicode error) 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data",
     1, 6, 1, 6},
    {0, "# coding: ascii\n#\377", "SyntaxError",
     "'ascii' codec can't decode byte 0xff in position 17: ordinal not in range(128)",
     0, -1, 0, 0},
    {1, "'''a\n\\d\n\\x''' + 1", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 5-6: truncated \\xXX escape",
     3, 7, 3, 8},
    {1, "f'{x:\\x}'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 10, 1, 10},
    {1, "f'\\N'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape",
     1, 6, 1, 6},
    {1, "f'\\N{'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
     1, 7, 1, 7},
    {1, "f'\\N{a'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-3: malformed \\N character escape",
     1, 8, 1, 8},
    {1, "f'{x:}}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 9, 1, 9},
    {1, "f'{x! r}'", "SyntaxError", "f-string: invalid conversion character: expected 's', 'r', or 'a'",
     1, 10, 1, 10},
    {1, "f'{x!r }'", "SyntaxError", "f-string: expecting '}'",
     1, 10, 1, 10},
    {1, "f'{x! }'", "SyntaxError", "f-string: invalid conversion character: expected 's', 'r', or 'a'",
     1, 9, 1, 9},
    {1, "f'{x!rr}'", "SyntaxError", "f-string: expecting '}'",
     1, 10, 1, 10},
    {1, "f'{x!\303\251}'", "SyntaxError", "f-string: invalid conversion character: expected 's', 'r', or 'a'",
     1, 9, 1, 9},
    {1, "f'{x:\n}'", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "f'{a' 'b'", "SyntaxError", "f-string: expecting '}'",
     1, 10, 1, 10},
    {1, "f'{' + 1", "SyntaxError", "f-string: expecting '}'",
     1, 6, 1, 7},
    {1, "(f'{'\n)", "SyntaxError", "f-string: expecting '}'",
     2, 1, 2, 2},
    {1, "f'{' $", "SyntaxError", "f-string: expecting '}'",
     1, 6, 1, 7},
    {1, "f'{' 1_", "SyntaxError", "invalid decimal literal",
     1, 7, 1, 7},
    {1, "x = f'}' f'{a b}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 18, 1, 18},
    {1, "f'{a b' 'c'", "SyntaxError", "f-string: expecting '}'",
     1, 12, 1, 12},
    {1, "f'{a!' ", "SyntaxError", "f-string: expecting '}'",
     1, 8, 1, 8},
    {1, "f'{a!r:'", "SyntaxError", "f-string: expecting '}'",
     1, 9, 1, 9},
    {1, "f'{[a'", "SyntaxError", "f-string: unmatched '['",
     1, 7, 1, 7},
    {1, "f'{(a'", "SyntaxError", "f-string: unmatched '('",
     1, 7, 1, 7},
    {1, "f'{(a)'", "SyntaxError", "f-string: expecting '}'",
     1, 8, 1, 8},
    {1, "f'{(a'\n)", "SyntaxError", "unmatched ')'",
     2, 1, 2, 1},
    {1, "f'{a:{'", "SyntaxError", "f-string: expecting '}'",
     1, 8, 1, 8},
    {1, "f'{a:{b'", "SyntaxError", "f-string: expecting '}'",
     1, 9, 1, 9},
    {1, "f'{a:{b:'", "SyntaxError", "f-string: expecting '}'",
     1, 10, 1, 10},
    {1, "f'{\\'", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "f'{a\\'", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "f'{a=b}'", "SyntaxError", "f-string: expecting '}'",
     1, 9, 1, 9},
    {1, "f'{=}'", "SyntaxError", "f-string: expression required before '='",
     1, 7, 1, 7},
    {1, "f'{a=b=}'", "SyntaxError", "f-string: expecting '}'",
     1, 10, 1, 10},
    {1, "f'{:x}'", "SyntaxError", "f-string: expression required before ':'",
     1, 8, 1, 8},
    {1, "f'{ !r}'", "SyntaxError", "f-string: expression required before '!'",
     1, 9, 1, 9},
    {1, "f'{\"a\" \"b}'", "SyntaxError", "f-string: unterminated string",
     1, 12, 1, 12},
    {1, "f'{a!r!s}'", "SyntaxError", "f-string: expecting '}'",
     1, 11, 1, 11},
    {1, "f'{a}}{b}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 11, 1, 11},
    {1, "f'}}}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 7, 1, 7},
    {1, "f'{{{'", "SyntaxError", "f-string: expecting '}'",
     1, 7, 1, 7},
    {1, "f'{\n}'", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "f'{a:{}'", "SyntaxError", "f-string: empty expression not allowed",
     1, 9, 1, 9},
    {1, "f'{[}'", "SyntaxError", "f-string: closing parenthesis '}' does not match opening parenthesis '['",
     1, 7, 1, 7},
    {1, "f'{{a}'", "SyntaxError", "f-string: single '}' is not allowed",
     1, 8, 1, 8},
    {1, "x = f'{a' \"\"\"", "SyntaxError", "unterminated triple-quoted string literal (detected at line 1)",
     1, 11, 1, 11},
    {1, "f'{a\\'}' $", "SyntaxError", "f-string expression part cannot include a backslash",
     1, 10, 1, 11},
    {1, "f'''{\n'''", "SyntaxError", "f-string: expecting '}'",
     2, 4, 2, 4},
    {1, "f'''\n{'''\n)", "SyntaxError", "unmatched ')'",
     3, 1, 3, 1},
    {1, "(f'{', 'x", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 8, 1, 8},
    {1, "f'}' f'{", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 6, 1, 6},
    {1, "f'}' 'abc", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 6, 1, 6},
    {1, "f'}' 1_", "SyntaxError", "invalid decimal literal",
     1, 7, 1, 7},
    {1, "f'}'\n 1_", "SyntaxError", "invalid decimal literal",
     2, 3, 2, 3},
    {1, "(\nf'}'\n", "SyntaxError", "'(' was never closed",
     1, 1, 1, 0},
    {1, "(\nf'}')\n(", "SyntaxError", "f-string: single '}' is not allowed",
     2, 5, 2, 6},
    {1, "f'}'\n(", "SyntaxError", "f-string: single '}' is not allowed",
     1, 5, 1, 5},
    {1, "if 1:\n  f'}'\n x", "SyntaxError", "f-string: single '}' is not allowed",
     2, 7, 2, 7},
    {1, "if 1:\n  f'}'\n  x\n )", "SyntaxError", "f-string: single '}' is not allowed",
     2, 7, 2, 7},
    {1, "f'{a}' '\\x'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 12, 1, 12},
    {1, "'\\x' f'{a}' + 1", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 13, 1, 14},
    {1, "f'\\x{a}' + 1", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 10, 1, 11},
    {1, "f'{a:\\x}' 'b' + 1", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 15, 1, 16},
    {1, "x=1\n\\", "SyntaxError", "unexpected EOF while parsing",
     2, 2, 2, -1},
    {1, "x=1\\\n", "SyntaxError", "unexpected EOF while parsing",
     1, 5, 1, -1},
    {1, "if 1:\n\t  x\n        y", "IndentationError", "unindent does not match any outer indentation level",
     3, 10, 3, -1},
    {1, "if 1:\n  x\n \ty", "TabError", "inconsistent use of tabs and spaces in indentation",
     3, 1, 3, 0},
    {1, "if 1:\n  x\n\ty", "TabError", "inconsistent use of tabs and spaces in indentation",
     3, 1, 3, 0},
    {1, "1_000_000_", "SyntaxError", "invalid decimal literal",
     1, 10, 1, 10},
    {1, "0x_", "SyntaxError", "invalid hexadecimal literal",
     1, 3, 1, 3},
    {1, "0o_8", "SyntaxError", "invalid digit '8' in octal literal",
     1, 4, 1, 4},
    {1, "0o1_8", "SyntaxError", "invalid digit '8' in octal literal",
     1, 5, 1, 5},
    {1, "00_", "SyntaxError", "invalid decimal literal",
     1, 3, 1, 3},
    {1, "1._", "SyntaxError", "invalid decimal literal",
     1, 2, 1, 2},
    {1, ".1_", "SyntaxError", "invalid decimal literal",
     1, 3, 1, 3},
    {1, "r'\\", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "rb'\\'", "SyntaxError", "unterminated string literal (detected at line 1)",
     1, 1, 1, 1},
    {1, "'\\N{}'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
     1, 7, 1, 7},
    {1, "'\303\251\\x'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 10-11: truncated \\xXX escape",
     1, 6, 1, 6},
    {1, "'\303\251\\N{'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 10-12: malformed \\N character escape",
     1, 7, 1, 7},
    {1, "b'\\\303\251'", "SyntaxError", "bytes can only contain ASCII literal characters",
     1, 1, 1, 6},
    {1, "'\\UFFFFFFFF'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character",
     1, 13, 1, 13},
    {1, "'\\u 123'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\uXXXX escape",
     1, 9, 1, 9},
    {1, "'\\x 1'", "SyntaxError",
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape",
     1, 7, 1, 7},
    {1, "'abc\\\n\\", "SyntaxError", "unterminated string literal (detected at line 2)",
     1, 1, 1, 1},
    {1, "x \\", "SyntaxError", "unexpected EOF while parsing",
     1, 4, 1, -1},
    {1, "(x \\\n", "SyntaxError", "'(' was never closed",
     1, 1, 1, 0},
    {1, "x = '''\\", "SyntaxError", "unterminated triple-quoted string literal (detected at line 1)",
     1, 5, 1, 5},
    {1, "x=1 # c\\\ny\\ ", "SyntaxError", "unexpected character after line continuation character",
     2, 3, 2, 0},
};

START_TEST(errors_are_cpythons) {
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        bool fine = run(errors[i].source, strlen(errors[i].source), errors[i].is_text ? FRONT_END_SOURCE_IS_TEXT : 0);
        ck_assert_msg(!fine, "no error in %s", errors[i].source);
        const Diagnostic *d = &fe.diagnostic;
        ck_assert_str_eq(diag_kind_name(d->kind), errors[i].kind);
        ck_assert_str_eq(d->message, errors[i].message);
        ck_assert_msg(d->lineno == errors[i].lineno && d->offset == errors[i].offset &&
                          d->end_lineno == errors[i].end_lineno && d->end_offset == errors[i].end_offset,
                      "%s: at %d,%d-%d,%d", errors[i].source, d->lineno, d->offset, d->end_lineno, d->end_offset);
    }
}
END_TEST

// After an error of the parser's at the first token: does the rest of the source override it?
static const char *rest(const char *source, uint32_t last) {
    arena_free(&arena);
    front_end_init(&fe, &arena, "f.py", FRONT_END_SOURCE_IS_TEXT);
    if (setjmp(fe.leave) != 0) return fe.diagnostic.message;
    source_read(&fe, source, strlen(source));
    lexer_run(&fe);
    lexer_check_rest(&fe, &fe.tokens[last]);
    return "";
}

START_TEST(errors_further_on) {
    ck_assert_str_eq(rest("x y\nz", 1), "");
    ck_assert_str_eq(rest("x y\n'abc", 1), "unterminated string literal (detected at line 2)");
    ck_assert_str_eq(rest("x y\n)", 1), "unmatched ')'");
    ck_assert_str_eq(rest("(\nx y\n", 2), "'(' was never closed");
    ck_assert_str_eq(rest("x y (\n", 1), "");
    ck_assert_str_eq(rest("x y\nif 1:\n  a\n b", 1), "");
    ck_assert_str_eq(rest("x y\nf'{'\n1_", 1), "invalid decimal literal");
    ck_assert_str_eq(rest("x y\nf'{'\n", 1), "");
}
END_TEST

START_TEST(encodings) {
    StringLiteral value;
    ck_assert(run("# coding: latin-1\n'\xE9'", 21, 0));
    string_literal(&fe, &fe.tokens[0], &value);
    ck_assert_uint_eq(value.length, 2);
    ck_assert_mem_eq(value.text, "\xC3\xA9", 2);
    ck_assert(run("#!x\n# vim: set fileencoding=cp1252 :\n'\x80'", 40, 0));
    string_literal(&fe, &fe.tokens[0], &value);
    ck_assert_uint_eq(value.length, 3);
    ck_assert_mem_eq(value.text, "\xE2\x82\xAC", 3);
    ck_assert(run("\xEF\xBB\xBFx", 4, 0));
    ck_assert_int_eq(fe.tokens[0].col, 0);
    ck_assert(run("x\n\n# coding: nonsense\n", 22, 0));
    ck_assert(run("# \xFF\n", 4, 0));
    ck_assert(!run("x\n# \xFF\n", 6, FRONT_END_SOURCE_IS_FILE));
    ck_assert_str_eq(fe.diagnostic.message, "Non-UTF-8 code starting with '\\xff' in file f.py on line 2, but no "
                                            "encoding declared; see https://peps.python.org/pep-0263/ for details");
    ck_assert(!run("# coding: nonsense\n", 19, 0));
    ck_assert_str_eq(fe.diagnostic.message, "unknown encoding: nonsense");
    ck_assert(!run("a\0b", 3, 0));
    ck_assert_str_eq(fe.diagnostic.message, "source code string cannot contain null bytes");
}
END_TEST

START_TEST(limits_of_nesting) {
    char source[600];
    memset(source, '(', 201);
    source[201] = 0;
    ck_assert(!run(source, 201, 0));
    ck_assert_str_eq(fe.diagnostic.message, "too many nested parentheses");
    ck_assert_int_eq(fe.diagnostic.offset, 201);
    Buf deep = buf_of(&allocator_of_libc);
    for (int i = 0; i < 1000; i++) buf_text(&deep, "f'{");
    ck_assert(!run(deep.data, deep.length, 0));
    deep.length = 0;
    for (int i = 0; i < 1000; i++) {
        buf_repeat(&deep, ' ', (size_t)i);
        buf_text(&deep, "if 1:\n");
    }
    ck_assert(!run(deep.data, deep.length, 0));
    ck_assert_str_eq(fe.diagnostic.message, "too many levels of indentation");
    buf_free(&deep);
}
END_TEST

// Whatever allocation fails, the lexer leaves with a MemoryError and nothing stays behind.
typedef struct Failing {
    size_t bytes;
    int allowed;
} Failing;

static void *failing_resize(void *user, void *block, size_t old_size, size_t new_size) {
    Failing *failing = user;
    if (new_size == 0) {
        failing->bytes -= old_size;
        free(block);
        return NULL;
    }
    if (failing->allowed-- == 0) return NULL;
    failing->bytes += new_size - old_size;
    return realloc(block, new_size);
}

START_TEST(memory_may_run_out) {
    Buf source = buf_of(&allocator_of_libc);
    for (int i = 0; i < 3000; i++) buf_printf(&source, "x%d = f'a{b!r:{c}}' '\\x41\\d' + (1_0, 2.5)\n", i);
    buf_text(&source, "f'{'");
    for (int allowed = 0; allowed < 40; allowed++) {
        Failing failing = {0, allowed};
        Allocator allocator = {failing_resize, &failing};
        arena_init(&arena, &allocator, SIZE_MAX);
        ck_assert(!run(source.data, source.length, 0));
        if (fe.diagnostic.kind != DIAG_MEMORY_ERROR) ck_assert_str_eq(fe.diagnostic.message, "f-string: expecting '}'");
        arena_free(&arena);
        ck_assert_uint_eq(failing.bytes, 0);
    }
    buf_free(&source);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("lexer");
    TCase *tests = tcase_create("lexer");
    tcase_add_checked_fixture(tests, start, finish);
    tcase_add_test(tests, every_keyword_and_operator);
    tcase_add_test(tests, tokens);
    tcase_add_test(tests, fstrings);
    tcase_add_test(tests, positions);
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, strings);
    tcase_add_test(tests, names_are_normalised);
    tcase_add_test(tests, warnings);
    tcase_add_test(tests, errors_are_cpythons);
    tcase_add_test(tests, errors_further_on);
    tcase_add_test(tests, encodings);
    tcase_add_test(tests, limits_of_nesting);
    tcase_add_test(tests, memory_may_run_out);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
