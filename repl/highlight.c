// A scanner for colours: see highlight.h. The real lexer stops where a source stops making sense, and what one types
// mostly does not yet.
#include "repl/highlight.h"

#include <ctype.h>
#include <string.h>

static const char *const keywords[] = {
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", NULL,
};
// Keywords only at the beginning of a line, and only where a name or a literal follows.
static const char *const soft_keywords[] = {"case", "match", "type", NULL};
static const char *const builtin_names[] = {
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup", "BrokenPipeError",
    "BufferError", "ConnectionError", "DeprecationWarning", "EOFError", "Ellipsis", "Exception", "ExceptionGroup",
    "FileExistsError", "FileNotFoundError", "GeneratorExit", "ImportError", "IndentationError", "IndexError",
    "InterruptedError", "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError",
    "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplemented", "NotImplementedError", "OSError",
    "OverflowError", "PermissionError", "RecursionError", "ReferenceError", "RuntimeError", "RuntimeWarning",
    "StopAsyncIteration", "StopIteration", "SyntaxError", "SystemError", "SystemExit", "TabError", "TimeoutError",
    "TypeError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "UserWarning", "ValueError", "Warning",
    "ZeroDivisionError", "__import__", "abs", "aiter", "all", "anext", "any", "ascii", "bin", "bool", "breakpoint",
    "bytearray", "bytes", "callable", "chr", "classmethod", "compile", "complex", "copyright", "credits", "delattr",
    "dict", "dir", "divmod", "enumerate", "eval", "exec", "exit", "filter", "float", "format", "frozenset", "getattr",
    "globals", "hasattr", "hash", "help", "hex", "id", "input", "int", "isinstance", "issubclass", "iter", "len",
    "license", "list", "locals", "map", "max", "memoryview", "min", "next", "object", "oct", "open", "ord", "pow",
    "print", "property", "quit", "range", "repr", "reversed", "round", "set", "setattr", "slice", "sorted",
    "staticmethod", "str", "sum", "super", "tuple", "type", "vars", "zip", NULL,
};

static bool is_listed(const char *const *list, const char *word, size_t size) {
    for (; *list != NULL; list++)
        if (strlen(*list) == size && memcmp(*list, word, size) == 0) return true;
    return false;
}

static bool begins_name(unsigned char c) { return isalpha(c) || c == '_' || c >= 0x80; }
static bool continues_name(unsigned char c) { return begins_name(c) || isdigit(c); }

typedef struct Scan {
    const char *text;
    size_t size;
    uint8_t *styles;
    ScanState state;
    Style next_name;        // behind `def`, `class` and `@`
    bool at_line_start, after_dot;
} Scan;

static void paint(Scan *s, size_t from, size_t to, Style style) {
    if (s->styles != NULL) memset(s->styles + from, style, to - from);
}

// A string from its opening quote on; gives the place behind it.
static size_t scan_string(Scan *s, size_t start, size_t at) {
    char quote = s->text[at];
    bool triple = at + 2 < s->size && s->text[at + 1] == quote && s->text[at + 2] == quote;
    s->state.string_start = at + (triple ? 3 : 1);
    s->state.quote = quote;
    s->state.triple = triple;
    s->state.in_string = true;
    at = s->state.string_start;
    for (; at < s->size; at++) {
        char c = s->text[at];
        if (c == '\\' && at + 1 < s->size) {
            at++;
        } else if (c == '\n' && !triple) {
            s->state.in_string = false;      // it cannot go on in the next line
            break;
        } else if (c == quote &&
                   (!triple || (at + 2 < s->size && s->text[at + 1] == quote && s->text[at + 2] == quote))) {
            at += triple ? 3 : 1;
            s->state.in_string = false;
            break;
        }
    }
    paint(s, start, at, STYLE_STRING);
    s->state.last = '"';
    return at;
}

static bool is_string_prefix(const char *word, size_t size) {
    if (size > 2) return false;
    for (size_t i = 0; i < size; i++)
        if (strchr("rbfuRBFU", word[i]) == NULL) return false;
    return true;
}

// `match x:` but not `match = 1` or `match.group()`.
static bool is_soft_keyword(const Scan *s, size_t from, size_t to) {
    if (!is_listed(soft_keywords, s->text + from, to - from)) return false;
    if (to >= s->size || s->text[to] != ' ') return false;
    while (to < s->size && s->text[to] == ' ') to++;
    return to < s->size && (continues_name((unsigned char)s->text[to]) || strchr("\"'[{(-", s->text[to]) != NULL);
}

static size_t scan_name(Scan *s, size_t from) {
    size_t at = from;
    while (at < s->size && continues_name((unsigned char)s->text[at])) at++;
    const char *word = s->text + from;
    size_t size = at - from;
    if (at < s->size && (s->text[at] == '"' || s->text[at] == '\'') && is_string_prefix(word, size))
        return scan_string(s, from, at);
    Style style = STYLE_PLAIN, next = STYLE_PLAIN;
    if (s->next_name != STYLE_PLAIN) style = s->next_name;
    else if (s->after_dot) style = STYLE_PLAIN;
    else if (is_listed(keywords, word, size) || (s->at_line_start && is_soft_keyword(s, from, at)))
        style = STYLE_KEYWORD;
    else if (is_listed(builtin_names, word, size)) style = STYLE_BUILTIN;
    if (style == STYLE_KEYWORD &&
        ((size == 3 && memcmp(word, "def", 3) == 0) || (size == 5 && memcmp(word, "class", 5) == 0)))
        next = STYLE_DEFINED;
    paint(s, from, at, style);
    // A decorator's name may have dots.
    s->next_name = style == STYLE_DECORATOR && at < s->size && s->text[at] == '.' ? STYLE_DECORATOR : next;
    s->state.last = 'a';
    return at;
}

static size_t scan_number(Scan *s, size_t from) {
    size_t at = from;
    while (at < s->size &&
           (isalnum((unsigned char)s->text[at]) || s->text[at] == '_' || s->text[at] == '.' ||
            ((s->text[at] == '+' || s->text[at] == '-') && (s->text[at - 1] == 'e' || s->text[at - 1] == 'E'))))
        at++;
    paint(s, from, at, STYLE_NUMBER);
    s->state.last = '0';
    return at;
}

static size_t scan_other(Scan *s, size_t at) {
    char c = s->text[at];
    if (strchr("([{", c) != NULL) s->state.depth++;
    else if (strchr(")]}", c) != NULL && s->state.depth > 0) s->state.depth--;
    bool decorator = c == '@' && s->at_line_start;
    s->next_name = decorator || (c == '.' && s->next_name == STYLE_DECORATOR) ? STYLE_DECORATOR : STYLE_PLAIN;
    paint(s, at, at + 1, decorator ? STYLE_DECORATOR : STYLE_PLAIN);
    s->state.last = c;
    return at + 1;
}

void highlight_scan(const char *text, size_t size, uint8_t *styles, ScanState *state) {
    Scan s = {.text = text, .size = size, .styles = styles, .at_line_start = true};
    size_t at = 0;
    if (size > 0 && text[0] == ':') {             // a command of the prompt
        while (at < size && !isspace((unsigned char)text[at])) at++;
        paint(&s, 0, at, STYLE_COMMAND);
    }
    while (at < size) {
        unsigned char c = (unsigned char)text[at];
        if (c == '\n' || c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            if (c == '\n' && s.state.depth == 0) s.at_line_start = true;
            paint(&s, at, at + 1, STYLE_PLAIN);
            at++;
            continue;
        }
        if (c == '#') {
            size_t from = at;
            while (at < size && text[at] != '\n') at++;
            paint(&s, from, at, STYLE_COMMENT);
            continue;
        }
        bool dot = c == '.' && !(at + 1 < size && isdigit((unsigned char)text[at + 1]));
        if (c == '"' || c == '\'') at = scan_string(&s, at, at);
        else if (begins_name(c)) at = scan_name(&s, at);
        else if (isdigit(c) || (c == '.' && !dot)) at = scan_number(&s, at);
        else at = scan_other(&s, at);
        s.after_dot = dot;
        s.at_line_start = false;
    }
    if (state != NULL) *state = s.state;
}

size_t highlight_matching(const char *text, size_t size, const uint8_t *styles, size_t at) {
    static const char brackets[] = "([{)]}";
    const char *found = at < size && text[at] != 0 && styles[at] == STYLE_PLAIN ? strchr(brackets, text[at]) : NULL;
    if (found == NULL) return size;
    bool forward = found - brackets < 3;
    char mate = brackets[(found - brackets + 3) % 6];
    int depth = 0;
    for (size_t i = at; i < size; forward ? i++ : i--) {      // counting down ends by wrapping round
        if (styles[i] != STYLE_PLAIN) continue;
        if (text[i] == text[at]) depth++;
        else if (text[i] == mate && --depth == 0) return i;
    }
    return size;
}

const char *highlight_color(Style style) {
    static const char *const colors[STYLE_COUNT] = {
        [STYLE_PLAIN] = "", [STYLE_KEYWORD] = "\x1b[1;34m", [STYLE_BUILTIN] = "\x1b[36m", [STYLE_STRING] = "\x1b[32m",
        [STYLE_NUMBER] = "\x1b[33m",
        [STYLE_COMMENT] = "\x1b[90m", [STYLE_DEFINED] = "\x1b[1m", [STYLE_DECORATOR] = "\x1b[35m",
        [STYLE_COMMAND] = "\x1b[1;35m",
        [STYLE_PROMPT] = "\x1b[1;35m", [STYLE_MATCH] = "\x1b[4m",
    };
    return colors[style];
}
