// Colours for tracebacks: see report_color.h. Lines are told apart by how they begin; exception groups put " | "
// before them.
#include "repl/report_color.h"

#include <ctype.h>
#include <string.h>

#define PLAIN "\x1b[0m"
#define MAGENTA "\x1b[35m"
#define BOLD_MAGENTA "\x1b[1;35m"
#define RED "\x1b[31m"
#define BOLD_RED "\x1b[1;31m"

typedef struct Line { const char *text; size_t size; } Line;

static bool line_next(const Text *report, size_t *at, Line *out) {
    if (*at >= report->size) return false;
    const char *start = report->data + *at, *newline = memchr(start, '\n', report->size - *at);
    out->text = start;
    out->size = newline != NULL ? (size_t)(newline - start) : report->size - *at;
    *at += out->size + 1;
    return true;
}

// Bytes of the margin that boxes of exception groups have: spaces, '|', '+' and dashes.
static size_t margin_of(Line line) {
    size_t bar = 0;
    while (bar < line.size && line.text[bar] == ' ') bar++;
    return bar < line.size && line.text[bar] == '|' && bar + 1 < line.size ? bar + 2 : 0;
}

static bool begins_with(Line line, size_t from, const char *prefix) {
    size_t size = strlen(prefix);
    return line.size >= from + size && memcmp(line.text + from, prefix, size) == 0;
}

static void add_colored(Text *out, const char *color, const char *text, size_t size) {
    if (size == 0) return;
    text_add_c(out, color);
    text_add(out, text, size);
    text_add_c(out, PLAIN);
}

// Is this the line of marks under a source line? Nothing but spaces, ~ and ^.
static bool is_marks(Line line, size_t from) {
    bool seen = false;
    if (!begins_with(line, from, "    ")) return false;
    for (size_t i = from; i < line.size; i++) {
        if (line.text[i] == '^' || line.text[i] == '~') seen = true;
        else if (line.text[i] != ' ') return false;
    }
    return seen;
}

// `  File "x.py", line 3, in f`
static void add_place(Text *out, Line line, size_t from) {
    const char *end = line.text + line.size, *open = memchr(line.text + from, '"', line.size - from);
    const char *close = NULL;
    for (const char *at = open != NULL ? open + 1 : end; at < end; at++)
        if (*at == '"' && (size_t)(end - at) > 7 && memcmp(at, "\", line ", 8) == 0) close = at;
    if (close == NULL) {
        text_add(out, line.text, line.size);
        return;
    }
    const char *number = close + 8, *behind = number;
    while (behind < end && isdigit((unsigned char)*behind)) behind++;
    text_add(out, line.text, (size_t)(open + 1 - line.text));
    add_colored(out, MAGENTA, open + 1, (size_t)(close - open - 1));
    text_add(out, close, (size_t)(number - close));
    add_colored(out, MAGENTA, number, (size_t)(behind - number));
    if (end - behind > 5 && memcmp(behind, ", in ", 5) == 0) {
        text_add(out, behind, 5);
        add_colored(out, MAGENTA, behind + 5, (size_t)(end - behind - 5));
    } else {
        text_add(out, behind, (size_t)(end - behind));
    }
}

// The source line and the marks under it: what is marked is red in both. The marks count characters, the line has
// bytes.
static void add_marked(Text *out, Line source, Line marks) {
    const char *colors[] = {[' '] = NULL, ['^'] = BOLD_RED, ['~'] = RED};
    size_t at = 0;
    for (size_t column = 0; at < source.size; column++) {
        char mark = column < marks.size ? marks.text[column] : ' ';
        const char *color = mark == '^' || mark == '~' ? colors[(unsigned char)mark] : NULL;
        size_t from = at++;
        while (at < source.size && (source.text[at] & 0xc0) == 0x80) at++;
        while (color != NULL && column + 1 < marks.size && marks.text[column + 1] == mark && at < source.size) {
            column++;
            at++;
            while (at < source.size && (source.text[at] & 0xc0) == 0x80) at++;
        }
        if (color != NULL) add_colored(out, color, source.text + from, at - from);
        else text_add(out, source.text + from, at - from);
    }
    text_add_char(out, '\n');
    for (size_t i = 0; i < marks.size;) {
        size_t from = i;
        while (i < marks.size && marks.text[i] == marks.text[from]) i++;
        if (marks.text[from] == '^' || marks.text[from] == '~')
            add_colored(out, colors[(unsigned char)marks.text[from]], marks.text + from, i - from);
        else text_add(out, marks.text + from, i - from);
    }
}

// `ValueError: text`: a name that may have dots, at the margin.
static bool is_message(Line line, size_t from) {
    size_t i = from;
    if (i >= line.size || !(isalpha((unsigned char)line.text[i]) || line.text[i] == '_')) return false;
    while (i < line.size && (isalnum((unsigned char)line.text[i]) || line.text[i] == '_' || line.text[i] == '.')) i++;
    return i == line.size || (line.text[i] == ':' && (i + 1 == line.size || line.text[i + 1] == ' '));
}

static void add_message(Text *out, Line line, size_t from) {
    const char *colon = memchr(line.text + from, ':', line.size - from);
    size_t end = colon != NULL ? (size_t)(colon - line.text) : line.size;
    text_add(out, line.text, from);
    add_colored(out, BOLD_MAGENTA, line.text + from, end - from);
    if (end == line.size) return;
    text_add_char(out, ':');
    add_colored(out, MAGENTA, line.text + end + 1, line.size - end - 1);
}

void report_color(const Text *report, Text *out) {
    size_t at = 0;
    Line line;
    while (line_next(report, &at, &line)) {
        size_t from = margin_of(line), ahead = at;
        Line next;
        if (begins_with(line, from, "    ") && line_next(report, &ahead, &next) && margin_of(next) == from &&
            is_marks(next, from)) {
            add_marked(out, line, next);
            at = ahead;
        } else if (begins_with(line, from, "  File \"")) {
            add_place(out, line, from);
        } else if (is_message(line, from)) {
            add_message(out, line, from);
        } else {
            text_add(out, line.text, line.size);
        }
        if (at <= report->size) text_add_char(out, '\n');
    }
}
