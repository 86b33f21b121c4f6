// Serialised code units.
//
//     "COIL", version, fingerprint of the opcode table, unit
//
// Numbers are little-endian; counts and lengths take four bytes, words eight. A unit that was written with other
// opcodes is refused, since its words would mean something else.
#include "compiler/marshal.h"

#include <setjmp.h>
#include <string.h>

#include "base/utf8.h"
#include "compiler/opcode_info.h"
#include "compiler/verify.h"

enum { MARSHAL_VERSION = 1, MARSHAL_DEPTH_MAX = 200 };

static uint32_t opcode_fingerprint(void) {
    uint32_t hash = 2166136261u;
    for (unsigned op = 0; op < OPCODE_COUNT; op++) {
        for (const char *at = opcode_names[op]; *at != 0; at++) hash = (hash ^ (uint8_t)*at) * 16777619u;
        hash = (hash ^ opcode_cache_words[op]) * 16777619u;
        for (int i = 0; i < 4; i++) hash = (hash ^ opcode_info[op].operands[i]) * 16777619u;
    }
    return hash;
}

// ---- writing -------------------------------------------------------------------------------------------------------

static void put_number(Buf *out, uint64_t value, int size) {
    uint8_t bytes[8];
    for (int i = 0; i < size; i++) bytes[i] = (uint8_t)(value >> (8 * i));
    buf_append(out, bytes, (size_t)size);
}

static void put_u32(Buf *out, uint32_t value) {
    put_number(out, value, 4);
}

static void put_text(Buf *out, const char *data, size_t size) {
    if (size > UINT32_MAX) {
        out->failed = true;
        return;
    }
    put_u32(out, (uint32_t)size);
    buf_append(out, data, size);
}

static void put_double(Buf *out, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_number(out, bits, 8);
}

static void put_names(Buf *out, const UnitName *names, uint32_t count) {
    put_u32(out, count);
    for (uint32_t i = 0; i < count; i++) put_text(out, names[i].data, names[i].size);
}

static void put_unit(Buf *out, const CodeUnit *code, int depth);

static void put_constant(Buf *out, const UnitConstant *value, int depth) {
    if (depth > MARSHAL_DEPTH_MAX) {
        out->failed = true;
        return;
    }
    put_number(out, value->kind, 1);
    switch (value->kind) {
    case CONSTANT_NONE: case CONSTANT_TRUE: case CONSTANT_FALSE: case CONSTANT_ELLIPSIS: break;
    case CONSTANT_INT: put_number(out, (uint64_t)value->as.integer, 8); break;
    case CONSTANT_BIG_INT:
        put_number(out, (uint64_t)value->as.big.base, 1);
        put_text(out, value->as.big.digits, value->as.big.size);
        break;
    case CONSTANT_FLOAT: put_double(out, value->as.real); break;
    case CONSTANT_COMPLEX:
        put_double(out, value->as.complex.real);
        put_double(out, value->as.complex.imaginary);
        break;
    case CONSTANT_STR: case CONSTANT_BYTES: put_text(out, value->as.bytes.data, value->as.bytes.size); break;
    case CONSTANT_TUPLE: case CONSTANT_FROZENSET:
        put_u32(out, (uint32_t)value->as.sequence.count);
        for (size_t i = 0; i < value->as.sequence.count; i++)
            put_constant(out, &value->as.sequence.items[i], depth + 1);
        break;
    case CONSTANT_CODE: put_unit(out, value->as.code, depth + 1); break;
    }
}

static void put_unit(Buf *out, const CodeUnit *code, int depth) {
    put_text(out, code->name.data, code->name.size);
    put_text(out, code->qualname.data, code->qualname.size);
    put_u32(out, code->flags);
    put_number(out, code->positional_only, 2);
    put_number(out, code->positional, 2);
    put_number(out, code->keyword_only, 2);
    put_u32(out, code->register_count);
    put_u32(out, (uint32_t)code->first_line);
    put_u32(out, code->word_count);
    for (uint32_t i = 0; i < code->word_count; i++) put_number(out, code->words[i], 8);
    put_u32(out, code->constant_count);
    for (uint32_t i = 0; i < code->constant_count; i++) put_constant(out, &code->constants[i], depth);
    put_names(out, code->names, code->name_count);
    put_names(out, code->locals, code->local_count);
    put_u32(out, code->cell_count);
    for (uint32_t i = 0; i < code->cell_count; i++) put_number(out, code->cells[i], 2);
    put_names(out, code->free_names, code->free_count);
    for (uint32_t i = 0; i < code->free_count && code->captures != NULL; i++) {
        put_number(out, code->captures[i].from_free, 1);
        put_number(out, code->captures[i].index, 2);
    }
    put_u32(out, code->handler_count);
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const Handler *h = &code->handlers[i];
        put_u32(out, h->start);
        put_u32(out, h->end);
        put_u32(out, h->target);
        put_number(out, h->exception_register, 2);
    }
    put_text(out, (const char *)code->positions, code->positions_size);
}

void codeunit_write(Buf *out, const CodeUnit *code) {
    buf_append(out, "COIL", 4);
    put_u32(out, MARSHAL_VERSION);
    put_u32(out, opcode_fingerprint());
    put_unit(out, code, 0);
}

// ---- reading -------------------------------------------------------------------------------------------------------

typedef struct Reader {
    Arena *arena;
    const uint8_t *at, *end;
    const char *problem;     // the first one; from then on everything reads as zero
} Reader;

static void fail(Reader *r, const char *problem) {
    if (r->problem == NULL) r->problem = problem;
    r->at = r->end;
}

static uint64_t get_number(Reader *r, int size) {
    if (r->end - r->at < size) {
        fail(r, "cut off");
        return 0;
    }
    uint64_t value = 0;
    for (int i = 0; i < size; i++) value |= (uint64_t)r->at[i] << (8 * i);
    r->at += size;
    return value;
}

static uint32_t get_u32(Reader *r) {
    return (uint32_t)get_number(r, 4);
}

// A count of things that take at least `item_size` bytes each: no more of them than there are bytes.
static uint32_t get_count(Reader *r, size_t item_size) {
    uint32_t count = get_u32(r);
    if (count <= (size_t)(r->end - r->at) / item_size) return count;
    fail(r, "count too large");
    return 0;
}

static const char *get_text(Reader *r, size_t *out_size) {
    uint32_t size = get_count(r, 1);
    const char *text = (const char *)r->at;
    r->at += size;
    *out_size = size;
    return text;
}

// UTF-8 in which lone surrogates take three bytes.
static bool text_is_sound(const char *text, size_t size) {
    size_t position, fault_size;
    while (utf8_check(text, size, &position, &fault_size) != UTF8_OK) {
        const uint8_t *at = (const uint8_t *)text + position;
        if (size - position < 3 || at[0] != 0xED || at[1] < 0xA0 || at[1] > 0xBF || !utf8_is_continuation(at[2])) return false;
        text += position + 3;
        size -= position + 3;
    }
    return true;
}

static const char *get_utf8(Reader *r, size_t *out_size) {
    const char *text = get_text(r, out_size);
    if (text_is_sound(text, *out_size)) return text;
    fail(r, "text that is no UTF-8");
    *out_size = 0;
    return text;
}

static double get_double(Reader *r) {
    uint64_t bits = get_number(r, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static UnitName get_name(Reader *r) {
    size_t size;
    const char *text = get_utf8(r, &size);
    return (UnitName){text, (uint32_t)size};
}

static const UnitName *get_names(Reader *r, uint32_t *out_count) {
    *out_count = get_count(r, 4);
    UnitName *names = arena_new_array(r->arena, UnitName, *out_count);
    for (uint32_t i = 0; i < *out_count; i++) names[i] = get_name(r);
    return names;
}

static const CodeUnit *get_unit(Reader *r, int depth);
static void get_constant(Reader *r, UnitConstant *value, int depth);

static void get_sequence(Reader *r, UnitConstant *value, int depth) {
    size_t count = get_count(r, 1);
    UnitConstant *items = arena_new_array(r->arena, UnitConstant, count);
    for (size_t i = 0; i < count; i++) {
        get_constant(r, &items[i], depth + 1);
        if (items[i].kind == CONSTANT_CODE) fail(r, "code inside a tuple");
    }
    value->as.sequence.items = items;
    value->as.sequence.count = count;
}

static bool digits_are_sound(const char *digits, size_t size, int base) {
    if (base != 2 && base != 8 && base != 10 && base != 16) return false;
    size_t first = size > 0 && digits[0] == '-';
    for (size_t i = first; i < size; i++) {
        int digit = digits[i] >= '0' && digits[i] <= '9' ? digits[i] - '0'
                  : digits[i] >= 'a' && digits[i] <= 'f' ? digits[i] - 'a' + 10
                  : digits[i] >= 'A' && digits[i] <= 'F' ? digits[i] - 'A' + 10 : 99;
        if (digit >= base) return false;
    }
    return size > first;
}

static void get_constant(Reader *r, UnitConstant *value, int depth) {
    if (depth > MARSHAL_DEPTH_MAX) {
        fail(r, "nested too deeply");
        return;
    }
    value->kind = (UnitConstantKind)get_number(r, 1);
    switch (value->kind) {
    case CONSTANT_NONE: case CONSTANT_TRUE: case CONSTANT_FALSE: case CONSTANT_ELLIPSIS: break;
    case CONSTANT_INT: value->as.integer = (int64_t)get_number(r, 8); break;
    case CONSTANT_BIG_INT:
        value->as.big.base = (int)get_number(r, 1);
        value->as.big.digits = get_text(r, &value->as.big.size);
        if (!digits_are_sound(value->as.big.digits, value->as.big.size, value->as.big.base)) fail(r, "bad number");
        break;
    case CONSTANT_FLOAT: value->as.real = get_double(r); break;
    case CONSTANT_COMPLEX:
        value->as.complex.real = get_double(r);
        value->as.complex.imaginary = get_double(r);
        break;
    case CONSTANT_STR: value->as.bytes.data = get_utf8(r, &value->as.bytes.size); break;
    case CONSTANT_BYTES: value->as.bytes.data = get_text(r, &value->as.bytes.size); break;
    case CONSTANT_TUPLE: case CONSTANT_FROZENSET: get_sequence(r, value, depth); break;
    case CONSTANT_CODE: value->as.code = get_unit(r, depth + 1); break;
    default: fail(r, "unknown constant"); break;
    }
    // What is read after a failure must still be something.
    if (r->problem != NULL) *value = (UnitConstant){.kind = CONSTANT_NONE};
}

static void get_words(Reader *r, CodeUnit *code) {
    code->word_count = get_count(r, 8);
    code->words = arena_new_array(r->arena, Word, code->word_count);
    for (uint32_t i = 0; i < code->word_count; i++) code->words[i] = get_number(r, 8);
}

static void get_handlers(Reader *r, CodeUnit *code) {
    code->handler_count = get_count(r, 14);
    Handler *handlers = arena_new_array(r->arena, Handler, code->handler_count);
    for (uint32_t i = 0; i < code->handler_count; i++) {
        handlers[i].start = get_u32(r);
        handlers[i].end = get_u32(r);
        handlers[i].target = get_u32(r);
        handlers[i].exception_register = (uint16_t)get_number(r, 2);
    }
    code->handlers = handlers;
}

static const CodeUnit *get_unit(Reader *r, int depth) {
    CodeUnit *code = arena_new(r->arena, CodeUnit);
    code->name = get_name(r);
    code->qualname = get_name(r);
    code->flags = get_u32(r);
    code->positional_only = (uint16_t)get_number(r, 2);
    code->positional = (uint16_t)get_number(r, 2);
    code->keyword_only = (uint16_t)get_number(r, 2);
    code->register_count = get_u32(r);
    code->first_line = (int32_t)get_u32(r);
    get_words(r, code);
    code->constant_count = get_count(r, 1);
    UnitConstant *constants = arena_new_array(r->arena, UnitConstant, code->constant_count);
    for (uint32_t i = 0; i < code->constant_count; i++) get_constant(r, &constants[i], depth);
    code->constants = constants;
    code->names = get_names(r, &code->name_count);
    code->locals = get_names(r, &code->local_count);
    code->cell_count = get_count(r, 2);
    uint16_t *cells = arena_new_array(r->arena, uint16_t, code->cell_count);
    for (uint32_t i = 0; i < code->cell_count; i++) cells[i] = (uint16_t)get_number(r, 2);
    code->cells = cells;
    code->free_names = get_names(r, &code->free_count);
    Capture *captures = arena_new_array(r->arena, Capture, code->free_count);
    for (uint32_t i = 0; i < code->free_count; i++) {
        captures[i].from_free = get_number(r, 1) != 0;
        captures[i].index = (uint16_t)get_number(r, 2);
    }
    code->captures = captures;
    get_handlers(r, code);
    size_t size;
    code->positions = (const uint8_t *)get_text(r, &size);
    code->positions_size = (uint32_t)size;
    return code;
}

static void leave_reading(void *user) { longjmp(*(jmp_buf *)user, 1); }

static const CodeUnit *read_all(Reader *r, const void *bytes, size_t size, const char **out_problem) {
    if (size < 4 || memcmp(bytes, "COIL", 4) != 0) {
        *out_problem = "not a code unit";
        return NULL;
    }
    r->at += 4;
    if (get_u32(r) != MARSHAL_VERSION || get_u32(r) != opcode_fingerprint()) {
        *out_problem = "written by another version";
        return NULL;
    }
    const CodeUnit *code = get_unit(r, 0);
    *out_problem = r->problem != NULL ? r->problem : r->at != r->end ? "bytes left over" : codeunit_problem(code, true);
    if (*out_problem == NULL && code->free_count > 0) *out_problem = "free variables of nothing";
    return *out_problem == NULL ? code : NULL;
}

const CodeUnit *codeunit_read(Arena *arena, const void *bytes, size_t size, const char **out_problem) {
    Reader r = {.arena = arena, .at = bytes, .end = (const uint8_t *)bytes + size};
    jmp_buf leave;
    const CodeUnit *volatile code = NULL;
    *out_problem = NULL;
    arena->out_of_memory = leave_reading;
    arena->user = &leave;
    if (setjmp(leave) == 0) code = read_all(&r, bytes, size, out_problem);
    arena->out_of_memory = NULL;
    return code;
}
