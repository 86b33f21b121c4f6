// FrontEnd: what lexer, parser and compiler share about one source.
//
// The front end knows no VM. It lives in an arena, takes bytes and leaves a result or one diagnostic; whatever goes
// wrong in any stage, memory included, leaves by longjmp to the entry:
//
//     FrontEnd fe;
//     front_end_init(&fe, &arena, "file.py", 0);
//     if (setjmp(fe.leave) == 0) {
//         source_read(&fe, bytes, length);   // decodes
//         lexer_run(&fe);                    // fe.tokens
//         ...
//     } else {
//         ... fe.diagnostic ...
//     }
#ifndef COIL_LEXER_FRONTEND_H
#define COIL_LEXER_FRONTEND_H

#include "base/arena.h"
#include "base/diag.h"
#include "lexer/names.h"
#include "lexer/token.h"

#include <setjmp.h>

enum {
    FRONT_END_SOURCE_IS_TEXT = 1,   // the bytes are a str's UTF-8: no coding cookie, no byte order mark
    FRONT_END_SOURCE_IS_FILE = 2,   // read from a file: some texts about encodings name it
    FRONT_END_INTERACTIVE = 4,      // mode 'single'
    FRONT_END_ALLOW_INCOMPLETE = 8, // an error at the very end is "incomplete input" (codeop, the prompt)
    FRONT_END_TYPED = 16,           // line by line at a prompt: what comes behind an error has not been read
};

// An open bracket, as the lexer saw it.
typedef struct OpenBracket {
    char bracket;        // one of ( [ {
    uint32_t line, col;
} OpenBracket;

// The lexer's own error, kept until the parser reaches it.
typedef struct LexError {
    DiagKind kind;       // DIAG_NONE when the source has no lexical error
    const char *message;
    int lineno, offset, end_lineno, end_offset; // as SyntaxError has them
    bool is_status;      // CPython's tokenizer only notes this one (the source's end, indentation, a stray backslash):
                         // it does not override an error of the parser's
    const OpenBracket *brackets; // what was open there, outermost first
    uint32_t bracket_count;
} LexError;

typedef struct FrontEnd {
    Arena *arena;
    const char *filename;
    unsigned flags;

    const char *source;          // UTF-8, newlines are \n, a newline at the end, NUL behind
    uint32_t source_length;
    bool source_is_ascii;
    bool source_has_bad_utf8;    // somewhere; names and strings are checked one by one, comments may hold anything
    bool added_newline;          // the last newline was not in the source
    ArenaVec(uint32_t) line_starts; // line_starts.items[n] is the offset of line n + 1; complete after lexer_run

    const Token *tokens;
    uint32_t token_count;
    LexError lex_error;          // what the ERRORTOKEN stands for
    LexError rest_error;         // what going on to tokenize after a parser's error finds; mostly the same

    NameTable *names;            // identifiers; made by lexer_run

    const char *stack_limit;     // recursion must not go below this address of the C stack; set by front_end_init, and
                                 // by whoever knows better before the first stage runs

    uint32_t max_int_digits;     // of a decimal literal, for making an int of it takes quadratic time; 0: no limit, 4300 unless changed

    Diagnostic diagnostic;
    ArenaVec(DiagWarning) warnings;
    jmp_buf leave;
} FrontEnd;

// Positions as in the AST: lines from 1, columns in bytes from 0.
typedef struct SourceRange {
    int line, col, end_line, end_col;
} SourceRange;

void front_end_init(FrontEnd *fe, Arena *arena, const char *filename, unsigned flags);

// Decodes a source: byte order mark, PEP 263 cookie, newlines. Raises what CPython raises for bad encodings and NULs.
void source_read(FrontEnd *fe, const void *bytes, size_t length);

// Text of a line (without its newline), NULL when there is no such line.
const char *source_line(const FrontEnd *fe, int line, size_t *out_length);
// A byte column (0-based) of a line as a character column (0-based), as CPython counts it.
int source_char_col(const FrontEnd *fe, int line, int byte_col);

// Whether recursion has used up the C stack that it may have. Whatever follows nesting asks on its way down.
static inline bool front_end_stack_is_low(const FrontEnd *fe) {
    return (const char *)__builtin_frame_address(0) < fe->stack_limit;
}

static inline const char *token_text(const FrontEnd *fe, const Token *token) {
    return fe->source + token->start;
}

static inline SourceRange token_range(const Token *token) {
    return (SourceRange){(int)token->line, (int)token->col, (int)token->end_line, (int)token->end_col};
}

static inline SourceRange range_from_to(const Token *first, const Token *last) {
    return (SourceRange){(int)first->line, (int)first->col, (int)last->end_line, (int)last->end_col};
}

// Raising. Each formats its message and leaves through fe->leave.

// At a range of bytes; end_col -1 when the end is not known (SyntaxError.end_offset 0).
_Noreturn void diag_raise(FrontEnd *fe, DiagKind kind, SourceRange where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// At a token, as CPython's parser does for the furthest token it read: INDENT, DEDENT and ENDMARKER have no width
// there, and an ERRORTOKEN's own error comes first.
_Noreturn void diag_raise_at(FrontEnd *fe, DiagKind kind, const Token *token, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// With the SyntaxError's numbers as they are to be; `text` is the line's.
_Noreturn void diag_raise_exactly(FrontEnd *fe, DiagKind kind, int lineno, int offset, int end_lineno, int end_offset,
                                  const char *format, ...) __attribute__((format(printf, 7, 8)));
// What scopes and compiler find: as in CPython 3.11 the columns stay bytes, and the line is looked up in the file, so that
// a source that comes from none has no text.
_Noreturn void diag_raise_compiling(FrontEnd *fe, DiagKind kind, SourceRange where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// Without a position: only a message (encoding errors, NULs, nesting).
_Noreturn void diag_raise_nowhere(FrontEnd *fe, DiagKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Leaves with fe->diagnostic as somebody has set it.
_Noreturn void diag_leave(FrontEnd *fe);

void diag_warn(FrontEnd *fe, DiagCategory category, SourceRange where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
