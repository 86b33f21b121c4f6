// Where a statement ends: asks the front end. See statement.h.
#include "repl/statement.h"

#include <stdlib.h>
#include <string.h>

#include "lexer/lexer.h"
#include "parser/parser.h"
#include "repl/highlight.h"

enum { INDENT_STEP = 4 };

typedef enum Verdict { VERDICT_FINE, VERDICT_INCOMPLETE, VERDICT_OPEN, VERDICT_WRONG } Verdict;

// VERDICT_OPEN: incomplete, and not only for want of a block: a bracket, a long string or a backslash goes on.
static Verdict judge(const char *text, size_t size, ParseMode mode) {
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    FrontEnd fe;
    front_end_init(&fe, &arena, "<stdin>",
                   FRONT_END_SOURCE_IS_TEXT | FRONT_END_ALLOW_INCOMPLETE |
                       (mode == PARSE_SINGLE ? FRONT_END_INTERACTIVE : 0));
    volatile Verdict verdict = VERDICT_FINE;
    if (setjmp(fe.leave) == 0) {
        source_read(&fe, text, size);
        lexer_run(&fe);
        parser_parse(&fe, mode);
    } else {
        const char *message = fe.diagnostic.message;
        bool incomplete = message != NULL && strcmp(message, "incomplete input") == 0;
        bool open = fe.token_count > 0 && fe.tokens[fe.token_count - 1].kind == TOK_ERRORTOKEN;
        verdict = !incomplete ? VERDICT_WRONG : open ? VERDICT_OPEN : VERDICT_INCOMPLETE;
    }
    arena_free(&arena);
    return verdict;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\n'; }

bool statement_is_empty(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (is_blank(text[i])) continue;
        if (text[i] != '#') return false;
        while (i < size && text[i] != '\n') i++;
    }
    return true;
}

// An empty line, which ends a block.
static bool ends_with_empty_line(const char *text, size_t size, bool blanks_count) {
    size_t end = size > 0 && text[size - 1] == '\n' ? size - 1 : size;
    if (blanks_count) return end > 0 && text[end - (text[end - 1] == '\r') - 1] == '\n';
    for (size_t at = end; at > 0; at--) {
        if (text[at - 1] == '\n') return true;
        if (!is_blank(text[at - 1])) return false;
    }
    return false;
}

static Verdict verdict_on(const char *text, size_t size, bool closed, StatementInput input) {
    size_t trimmed = size > 0 && text[size - 1] == '\n' ? size - 1 : size;
    Verdict verdict = judge(text, size, PARSE_SINGLE);
    if (verdict == VERDICT_WRONG && input == INPUT_BLOCK && memchr(text, '\n', trimmed) != NULL)
        verdict = judge(text, size, PARSE_EXEC);
    // Without its last newline a block is still open for the parser, unless an empty line stood there.
    if (verdict == VERDICT_FINE && !closed && judge(text, trimmed, PARSE_SINGLE) == VERDICT_INCOMPLETE)
        verdict = VERDICT_INCOMPLETE;
    return verdict;
}

static StatementState state_of(const char *text, size_t size, StatementInput input, bool *out_open) {
    *out_open = false;
    if (statement_is_empty(text, size)) return STATEMENT_EMPTY;
    if (text[0] == ':') return STATEMENT_WHOLE;    // a command of the prompt
    bool closed = ends_with_empty_line(text, size, input == INPUT_PLAIN);
    Verdict verdict = verdict_on(text, size, closed, input);
    *out_open = verdict == VERDICT_OPEN;
    return *out_open || (verdict == VERDICT_INCOMPLETE && !closed) ? STATEMENT_MORE : STATEMENT_WHOLE;
}

StatementState statement_state(const char *text, size_t size, StatementInput input) {
    bool open;
    return state_of(text, size, input, &open);
}

// The last line, its newline included.
static const char *last_line(const char *text, size_t size, size_t *out_size) {
    size_t start = size > 0 ? size - 1 : 0;
    while (start > 0 && text[start - 1] != '\n') start--;
    *out_size = size - start;
    return text + start;
}

// Whether the line that has come can be taken for granted: one of a block's, or of an open bracket's that has nothing
// to close it.
static bool goes_on_surely(const StatementLook *look, const char *text, size_t size) {
    enum { SMALL = 4 << 10, PART = 16 };
    if (size < SMALL || look->state == STATEMENT_WHOLE || size - look->size > look->size / PART) return false;
    size_t length;
    const char *line = last_line(text, size, &length);
    if (!look->is_open) return is_blank(line[0]) && !statement_is_empty(line, length);
    for (size_t i = 0; i < length; i++)
        if (strchr(")]}\"'\\", line[i]) != NULL) return false;
    return true;
}

StatementState statement_look(StatementLook *look, const char *text, size_t size, StatementInput input) {
    if (goes_on_surely(look, text, size)) return STATEMENT_MORE;
    look->size = size;
    return look->state = state_of(text, size, input, &look->is_open);
}

// Bytes up to and with line `line`.
static size_t through_line(const char *text, size_t size, int line) {
    const char *at = text, *end = text + size;
    for (int i = 0; i < line && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline != NULL ? newline + 1 : end;
    }
    return (size_t)(at - text);
}

size_t statements_cut(const char *text, size_t size, size_t **out_ends) {
    Arena arena;
    arena_init(&arena, &allocator_of_libc, SIZE_MAX);
    FrontEnd fe;
    front_end_init(&fe, &arena, "<stdin>", FRONT_END_SOURCE_IS_TEXT);
    size_t *volatile ends = NULL;
    volatile size_t count = 0;
    if (setjmp(fe.leave) == 0) {
        source_read(&fe, text, size);
        lexer_run(&fe);
        const Module *module = parser_parse(&fe, PARSE_EXEC);
        int32_t statements = module->body.count, line = 0;
        size_t at = 0;
        ends = malloc(((size_t)statements + 1) * sizeof *ends);
        for (int32_t i = 1; ends != NULL && i < statements; i++) {
            int end_line = module->body.items[i - 1]->at.end_lineno;
            if (module->body.items[i]->at.lineno == end_line) continue;
            at += through_line(text + at, size - at, end_line - line);
            line = end_line;
            ends[count++] = at;
        }
    }
    if (ends == NULL) ends = malloc(sizeof *ends);
    if (ends != NULL) ends[count++] = size;
    arena_free(&arena);
    *out_ends = ends;
    return count;
}

static bool is_word(const char *text, size_t size, const char *word) {
    return strlen(word) == size && memcmp(text, word, size) == 0;
}

static bool leaves_block(const char *line, size_t size) {
    static const char *const words[] = {"return", "pass", "break", "continue", "raise"};
    size_t length = 0;
    while (length < size && line[length] >= 'a' && line[length] <= 'z') length++;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (is_word(line, length, words[i])) return true;
    return false;
}

int statement_indentation(const char *text, size_t size) {
    ScanState state;
    highlight_scan(text, size, NULL, &state);
    if (state.in_string) return 0;
    size_t end = size;
    while (end > 0 && text[end - 1] == '\n') end--;
    size_t start = end;
    while (start > 0 && text[start - 1] != '\n') start--;
    int indentation = 0;
    size_t at = start;
    for (; at < end && (text[at] == ' ' || text[at] == '\t'); at++) indentation += text[at] == '\t' ? INDENT_STEP : 1;
    if (at == end) return indentation;
    if (state.last == ':' && state.depth == 0) return indentation + INDENT_STEP;
    if (state.depth > 0)
        return indentation + (state.last == '(' || state.last == '[' || state.last == '{' ? INDENT_STEP : 0);
    if (leaves_block(text + at, end - at)) return indentation >= INDENT_STEP ? indentation - INDENT_STEP : 0;
    return indentation;
}
