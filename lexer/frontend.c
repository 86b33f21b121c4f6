// FrontEnd: positions and diagnostics, see frontend.h.
#include "lexer/frontend.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "lexer/lexer.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// What recursion may use of the C stack when nobody says how much there is: fits the smallest common ones, of threads.
enum { STACK_BYTES_DEFAULT = 1 << 20 };

// The arena's hook: there is no memory left to describe the failure in, and none is needed.
static void front_end_out_of_memory(void *user) {
    FrontEnd *fe = user;
    fe->diagnostic = (Diagnostic){.kind = DIAG_MEMORY_ERROR, .message = ""};
    longjmp(fe->leave, 1);
}

void front_end_init(FrontEnd *fe, Arena *arena, const char *filename, unsigned flags) {
    memset(fe, 0, sizeof *fe);
    fe->max_int_digits = 4300;   // sys.int_info.default_max_str_digits
    fe->arena = arena;
    fe->filename = filename;
    fe->flags = flags;
    fe->stack_limit = (const char *)__builtin_frame_address(0) - STACK_BYTES_DEFAULT;
    arena->out_of_memory = front_end_out_of_memory;
    arena->user = fe;
}

_Noreturn void diag_leave(FrontEnd *fe) {
    longjmp(fe->leave, 1);
}

const char *source_line(const FrontEnd *fe, int line, size_t *out_length) {
    *out_length = 0;
    if (line < 1 || fe->source == NULL) return NULL;
    const char *at = fe->source, *end = fe->source + fe->source_length;
    int here = 1;
    // While the lexer runs, only the lines it has passed are in the table.
    if (fe->line_starts.count != 0) {
        here = (size_t)line <= fe->line_starts.count ? line : (int)fe->line_starts.count;
        at += fe->line_starts.items[here - 1];
    }
    for (; here < line; here++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at == NULL) return NULL;
        at++;
    }
    if (at >= end) return NULL;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    *out_length = (size_t)((newline != NULL ? newline : end) - at);
    return at;
}

// The columns of a line that may hold bad UTF-8: a bad byte counts as the one character that replaces it.
static size_t count_replaced(const char *text, size_t length) {
    size_t count = 0, position = 0, size = 0;
    while (length != 0) {
        Utf8Fault fault = utf8_check(text, length, &position, &size);
        if (fault == UTF8_OK) return count + utf8_count(text, length);
        count += utf8_count(text, position) + 1;
        text += position + size;
        length -= position + size;
    }
    return count;
}

int source_char_col(const FrontEnd *fe, int line, int byte_col) {
    if (byte_col <= 0 || fe->source_is_ascii) return byte_col;
    size_t length;
    const char *text = source_line(fe, line, &length);
    if (text == NULL) return byte_col;
    if ((size_t)byte_col > length) return (int)count_replaced(text, length) + (byte_col - (int)length);
    return (int)count_replaced(text, (size_t)byte_col);
}

// The line's text for a diagnostic, with every bad sequence replaced by U+FFFD.
static const char *line_for_display(FrontEnd *fe, int line, bool with_newline) {
    size_t length;
    const char *text = source_line(fe, line, &length);
    if (text == NULL) return NULL;
    size_t extra = with_newline ? 1 : 0;
    if (!fe->source_has_bad_utf8) return arena_strndup(fe->arena, text, length + extra);
    if (length > SIZE_MAX / 4) arena_fail(fe->arena);
    char *copy = arena_alloc(fe->arena, length * 3 + 2), *to = copy;
    size_t position, size;
    while (utf8_check(text, length, &position, &size) != UTF8_OK) {
        memcpy(to, text, position);
        memcpy(to + position, "\xEF\xBF\xBD", 3);
        to += position + 3;
        text += position + size;
        length -= position + size;
    }
    memcpy(to, text, length);
    if (with_newline) to[length] = '\n';
    return copy;
}

static const char *format_message(FrontEnd *fe, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *message = arena_alloc(fe->arena, (size_t)(length < 0 ? 0 : length) + 1);
    if (length > 0) vsnprintf(message, (size_t)length + 1, format, again);
    va_end(again);
    return message;
}

// CPython counts the characters up to and including the one at the column, hence col + 1 before the conversion.
static int offset_of(const FrontEnd *fe, int line, int col) {
    return col < 0 ? col + 1 : source_char_col(fe, line, col) + 1;
}

static void diag_fill(FrontEnd *fe, DiagKind kind, SourceRange offsets, const char *message) {
    fe->diagnostic = (Diagnostic){
        .kind = kind,
        .message = message,
        .filename = fe->filename,
        .lineno = offsets.line,
        .offset = offsets.col,
        .end_lineno = offsets.end_line,
        .end_offset = offsets.end_col,
        .text = line_for_display(fe, offsets.line, true),
    };
}

_Noreturn void diag_raise(FrontEnd *fe, DiagKind kind, SourceRange where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = format_message(fe, format, arguments);
    va_end(arguments);
    SourceRange offsets = {where.line, offset_of(fe, where.line, where.col), where.end_line,
                           offset_of(fe, where.end_line, where.end_col)};
    diag_fill(fe, kind, offsets, message);
    diag_leave(fe);
}

_Noreturn void diag_raise_at(FrontEnd *fe, DiagKind kind, const Token *token, const char *format, ...) {
    if (token->kind == TOK_ERRORTOKEN) lexer_raise(fe);
    va_list arguments;
    va_start(arguments, format);
    const char *message = format_message(fe, format, arguments);
    va_end(arguments);
    SourceRange where = token_range(token);
    if (token->kind == TOK_INDENT || token->kind == TOK_DEDENT || token->kind == TOK_ENDMARKER) {
        where.col = source_char_col(fe, where.line, where.col);
        where.end_col = -1;
    } else {
        where.col = offset_of(fe, where.line, where.col);
        where.end_col = offset_of(fe, where.end_line, where.end_col);
    }
    diag_fill(fe, kind, where, message);
    diag_leave(fe);
}

_Noreturn void diag_raise_exactly(FrontEnd *fe, DiagKind kind, int lineno, int offset, int end_lineno, int end_offset,
                                  const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = format_message(fe, format, arguments);
    va_end(arguments);
    diag_fill(fe, kind, (SourceRange){lineno, offset, end_lineno, end_offset}, message);
    diag_leave(fe);
}

_Noreturn void diag_raise_compiling(FrontEnd *fe, DiagKind kind, SourceRange where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = format_message(fe, format, arguments);
    va_end(arguments);
    diag_fill(fe, kind, (SourceRange){where.line, where.col + 1, where.end_line,
                                      where.end_col < 0 ? DIAG_NO_OFFSET : where.end_col + 1}, message);
    if (!(fe->flags & FRONT_END_SOURCE_IS_FILE)) fe->diagnostic.text = NULL;
    diag_leave(fe);
}

_Noreturn void diag_raise_nowhere(FrontEnd *fe, DiagKind kind, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = format_message(fe, format, arguments);
    va_end(arguments);
    fe->diagnostic = (Diagnostic){.kind = kind, .message = message};
    diag_leave(fe);
}

void diag_warn(FrontEnd *fe, DiagCategory category, SourceRange where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *message = format_message(fe, format, arguments);
    va_end(arguments);
    DiagWarning warning = {category, message, where.line, offset_of(fe, where.line, where.col), where.end_line,
                           offset_of(fe, where.end_line, where.end_col)};
    arena_push(fe->arena, &fe->warnings, warning);
}
