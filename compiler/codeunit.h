// Code unit: what the compiler gives back. Plain data without a VM: instructions, descriptors of constants, names,
// tables. The VM turns it into a code object on load (vm/types/code.c); freezing a module serialises it. It lives in
// the front end's arena.
#ifndef COIL_COMPILER_CODEUNIT_H
#define COIL_COMPILER_CODEUNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t Word;   // an instruction or a cache word; see opcodes.def for the layout

typedef enum Opcode {
#define OP(name, x, a, b, c, cache, may, meaning) OP_##name,
#include "compiler/opcodes.def"
#undef OP
    OPCODE_COUNT
} Opcode;

enum { OPERAND_MAX = 65535, NO_REGISTER = 65535 };

static inline Word word_make(Opcode op, unsigned x, unsigned a, unsigned b, unsigned c) {
    return (Word)op | (Word)(x & 255) << 8 | (Word)(a & 65535) << 16 | (Word)(b & 65535) << 32 | (Word)(c & 65535) << 48;
}
static inline Word word_make_wide(Opcode op, unsigned x, unsigned a, int32_t bc) {
    return (Word)op | (Word)(x & 255) << 8 | (Word)(a & 65535) << 16 | (Word)(uint32_t)bc << 32;
}
static inline Opcode word_op(Word w) { return (Opcode)(w & 255); }
static inline unsigned word_x(Word w) { return (unsigned)(w >> 8) & 255; }
static inline unsigned word_a(Word w) { return (unsigned)(w >> 16) & 65535; }
static inline unsigned word_b(Word w) { return (unsigned)(w >> 32) & 65535; }
static inline unsigned word_c(Word w) { return (unsigned)(w >> 48); }
static inline int word_signed_b(Word w) { return (int16_t)(w >> 32); }
static inline int word_signed_c(Word w) { return (int16_t)(w >> 48); }
static inline int32_t word_bc(Word w) { return (int32_t)(w >> 32); }

// Flags of a code object: the bits of CPython's co_flags.
enum {
    CODE_OPTIMIZED = 0x01, CODE_NEWLOCALS = 0x02, CODE_VARARGS = 0x04, CODE_VARKEYWORDS = 0x08, CODE_NESTED = 0x10,
    CODE_GENERATOR = 0x20, CODE_COROUTINE = 0x80, CODE_ITERABLE_COROUTINE = 0x100, CODE_ASYNC_GENERATOR = 0x200,
    CODE_FUTURE_ANNOTATIONS = 0x1000000,
    CODE_SUSPENDABLE = CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR,
    // Ours, above CPython's:
    CODE_HAS_DOCSTRING = 0x10000000,   // constant 0 is the docstring
    CODE_CLASS_BODY = 0x20000000,      // runs in a namespace of its own (LOAD_NAME ...)
};

typedef enum UnitConstantKind {
    CONSTANT_NONE, CONSTANT_TRUE, CONSTANT_FALSE, CONSTANT_ELLIPSIS, CONSTANT_INT, CONSTANT_BIG_INT, CONSTANT_FLOAT, CONSTANT_COMPLEX,
    CONSTANT_STR, CONSTANT_BYTES, CONSTANT_TUPLE, CONSTANT_FROZENSET, CONSTANT_CODE,
} UnitConstantKind;

typedef struct CodeUnit CodeUnit;
typedef struct UnitConstant UnitConstant;
struct UnitConstant {
    UnitConstantKind kind;
    union {
        int64_t integer;                                              // CONSTANT_INT
        struct { const char *digits; size_t size; int base; } big;    // CONSTANT_BIG_INT: ASCII digits without prefix or underscores, '-' allowed
        double real;                                                  // CONSTANT_FLOAT
        struct { double real, imaginary; } complex;                   // CONSTANT_COMPLEX
        struct { const char *data; size_t size; } bytes;              // CONSTANT_STR (UTF-8, lone surrogates as three bytes), CONSTANT_BYTES
        struct { const UnitConstant *items; size_t count; } sequence;     // CONSTANT_TUPLE, CONSTANT_FROZENSET
        const CodeUnit *code;                                         // CONSTANT_CODE
    } as;
};

typedef struct UnitName { const char *data; uint32_t size; } UnitName;   // UTF-8, NFKC-normalised, mangled where Python mangles

// Where a free variable of a function comes from when MAKE_FUNCTION runs: a cell register of the maker, or a free
// variable of the maker.
typedef struct Capture { bool from_free; uint16_t index; } Capture;

// An exception raised at a word in [start, end) goes to `target`, with the exception in `exception_register`.
// Entries are sorted so that the first one that covers a word is the innermost.
typedef struct Handler { uint32_t start, end, target; uint16_t exception_register; } Handler;

// Position of an instruction in the source. Columns count UTF-8 bytes from 0; -1 where unknown.
typedef struct CodePosition { int32_t line, end_line, column, end_column; } CodePosition;

struct CodeUnit {
    UnitName name, qualname;
    uint32_t flags;
    uint16_t positional_only, positional, keyword_only;   // as co_posonlyargcount, co_argcount, co_kwonlyargcount
    uint32_t register_count;
    int32_t first_line;
    Word *words;               uint32_t word_count;
    const UnitConstant *constants; uint32_t constant_count;
    const UnitName *names;     uint32_t name_count;
    const UnitName *locals;    uint32_t local_count;      // registers 0 .. local_count-1: parameters (positional, keyword-only, *args, **kwargs), then locals.
                                                          // A captured local stays here: its register holds the cell
                                                          // (MAKE_CELL at entry)
    const uint16_t *cells;     uint32_t cell_count;       // registers among the locals that hold cells
    const UnitName *free_names; const Capture *captures; uint32_t free_count;
    const Handler *handlers;   uint32_t handler_count;
    const uint8_t *positions;  uint32_t positions_size;   // compressed: position_find() in codeunit.c reads it
};

// Position of the instruction whose word (or cache word) is at `word_index`.
CodePosition position_find(const uint8_t *positions, uint32_t positions_size, uint32_t word_index);
// The line of each word, -1 where there is none.
void positions_lines(const uint8_t *positions, uint32_t positions_size, int32_t *out_lines, uint32_t word_count);

// Number of cache words behind an instruction, and its name, from the table.
extern const uint8_t opcode_cache_words[];
extern const char *const opcode_names[];

// What INTRINSIC does: operations too rare for an opcode of their own.
typedef enum Intrinsic {
    INTRINSIC_TYPE_VAR,         // (name, function that computes the bound or None, function that computes the constraints or None)
    INTRINSIC_PARAM_SPEC,       // (name)
    INTRINSIC_TYPE_VAR_TUPLE,   // (name)
    INTRINSIC_TYPE_ALIAS,       // (name, type params tuple, function that computes the value)
    INTRINSIC_SET_TYPE_PARAMS,  // (function or class, type params tuple) -> the first
    INTRINSIC_GENERIC_BASE,     // (type params tuple) -> Generic[...]
    INTRINSIC_NAMESPACE,        // () -> the frame's namespace itself, for annotation scopes inside a class
    INTRINSIC_NAMESPACE_GET,    // (namespace, name) -> its value there, or UNDEFINED
} Intrinsic;

#endif
