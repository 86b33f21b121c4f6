// Serialised code units.
//
//     "COIL", version, fingerprint of the opcode table, unit
//
// Numbers take as few bytes as they need: seven bits a byte, the low ones first, the top bit says that more follow;
// those that may be negative have their sign in the lowest bit. An instruction is its opcode and the operands that the
// table of opcodes gives it; its cache words, which are zero, are not written. A unit that was written with other opcodes
// is refused, since its bytes would mean something else.
#include "compiler/marshal.h"

#include <setjmp.h>
#include <string.h>

#include "base/utf8.h"
#include "compiler/opcode_info.h"
#include "compiler/verify.h"

enum { MARSHAL_VERSION = 2, MARSHAL_DEPTH_MAX = 200, CACHE_WORDS_MAX = 3 };

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

static void put_number(Buf *out, uint64_t value) {
    uint8_t bytes[10];
    size_t count = 0;
    for (; value >= 128; value >>= 7) bytes[count++] = (uint8_t)(value | 128);
    bytes[count++] = (uint8_t)value;
    buf_append(out, bytes, count);
}

static void put_signed(Buf *out, int64_t value) {
    put_number(out, (uint64_t)value << 1 ^ (uint64_t)(value >> 63));
}

// The low `size` bytes, low ones first: for what has no small values.
static void put_fixed(Buf *out, uint64_t value, int size) {
    uint8_t bytes[8];
    for (int i = 0; i < size; i++) bytes[i] = (uint8_t)(value >> (8 * i));
    buf_append(out, bytes, (size_t)size);
}

static void put_text(Buf *out, const char *data, size_t size) {
    if (size > UINT32_MAX) {
        out->failed = true;
        return;
    }
    put_number(out, size);
    buf_append(out, data, size);
}

static void put_double(Buf *out, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_fixed(out, bits, 8);
}

static void put_names(Buf *out, const UnitName *names, uint32_t count) {
    put_number(out, count);
    for (uint32_t i = 0; i < count; i++) put_text(out, names[i].data, names[i].size);
}

static void put_unit(Buf *out, const CodeUnit *code, int depth);

static void put_constant(Buf *out, const UnitConstant *value, int depth) {
    if (depth > MARSHAL_DEPTH_MAX) {
        out->failed = true;
        return;
    }
    put_number(out, value->kind);
    switch (value->kind) {
    case CONSTANT_NONE: case CONSTANT_TRUE: case CONSTANT_FALSE: case CONSTANT_ELLIPSIS: break;
    case CONSTANT_INT: put_signed(out, value->as.integer); break;
    case CONSTANT_BIG_INT:
        put_number(out, (uint64_t)value->as.big.base);
        put_text(out, value->as.big.digits, value->as.big.size);
        break;
    case CONSTANT_FLOAT: put_double(out, value->as.real); break;
    case CONSTANT_COMPLEX:
        put_double(out, value->as.complex.real);
        put_double(out, value->as.complex.imaginary);
        break;
    case CONSTANT_STR: case CONSTANT_BYTES: put_text(out, value->as.bytes.data, value->as.bytes.size); break;
    case CONSTANT_TUPLE: case CONSTANT_FROZENSET:
        put_number(out, value->as.sequence.count);
        for (size_t i = 0; i < value->as.sequence.count; i++)
            put_constant(out, &value->as.sequence.items[i], depth + 1);
        break;
    case CONSTANT_CODE: put_unit(out, value->as.code, depth + 1); break;
    }
}

static bool operand_is_signed(OperandKind kind) {
    return kind == OPERAND_IMM || kind == OPERAND_OFF || kind == OPERAND_IMMW || kind == OPERAND_OFFW;
}

static void put_words(Buf *out, const CodeUnit *code) {
    for (uint32_t i = 0; i < code->word_count;) {
        Word word = code->words[i];
        Opcode op = word_op(word);
        const uint8_t *kinds = opcode_info[op].operands;
        put_fixed(out, op, 1);
        if (kinds[0] != OPERAND__) put_fixed(out, word_x(word), 1);
        if (kinds[1] != OPERAND__) put_number(out, word_a(word));
        if (opcode_is_wide(op)) {
            if (operand_is_signed(kinds[2])) put_signed(out, word_bc(word));
            else put_number(out, (uint32_t)word_bc(word));
        } else {
            if (operand_is_signed(kinds[2])) put_signed(out, word_signed_b(word));
            else if (kinds[2] != OPERAND__) put_number(out, word_b(word));
            if (operand_is_signed(kinds[3])) put_signed(out, word_signed_c(word));
            else if (kinds[3] != OPERAND__) put_number(out, word_c(word));
        }
        i += 1u + opcode_cache_words[op];
    }
}

static void put_unit(Buf *out, const CodeUnit *code, int depth) {
    put_text(out, code->name.data, code->name.size);
    put_text(out, code->qualname.data, code->qualname.size);
    put_number(out, code->flags);
    put_number(out, code->positional_only);
    put_number(out, code->positional);
    put_number(out, code->keyword_only);
    put_number(out, code->register_count);
    put_signed(out, code->first_line);
    put_number(out, code->word_count);
    put_words(out, code);
    put_number(out, code->constant_count);
    for (uint32_t i = 0; i < code->constant_count; i++) put_constant(out, &code->constants[i], depth);
    put_names(out, code->names, code->name_count);
    put_names(out, code->locals, code->local_count);
    put_number(out, code->cell_count);
    for (uint32_t i = 0; i < code->cell_count; i++) put_number(out, code->cells[i]);
    put_names(out, code->free_names, code->free_count);
    for (uint32_t i = 0; i < code->free_count && code->captures != NULL; i++) {
        put_number(out, code->captures[i].from_free);
        put_number(out, code->captures[i].index);
    }
    put_number(out, code->handler_count);
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const Handler *h = &code->handlers[i];
        put_number(out, h->start);
        put_number(out, h->end);
        put_number(out, h->target);
        put_number(out, h->exception_register);
    }
    put_text(out, (const char *)code->positions, code->positions_size);
}

void codeunit_write(Buf *out, const CodeUnit *code) {
    buf_append(out, "COIL", 4);
    put_number(out, MARSHAL_VERSION);
    put_fixed(out, opcode_fingerprint(), 4);
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

static uint64_t get_fixed(Reader *r, int size) {
    if (r->end - r->at < size) {
        fail(r, "cut off");
        return 0;
    }
    uint64_t value = 0;
    for (int i = 0; i < size; i++) value |= (uint64_t)r->at[i] << (8 * i);
    r->at += size;
    return value;
}

// A number up to `max`.
static uint64_t get_number(Reader *r, uint64_t max) {
    if (r->at < r->end && *r->at < 128 && *r->at <= max) return *r->at++;
    uint64_t value = 0;
    for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
        uint8_t byte = *r->at++;
        if (shift == 63 && byte > 1) break;
        value |= (uint64_t)(byte & 127) << shift;
        if (byte >= 128) continue;
        if (value <= max) return value;
        break;
    }
    fail(r, r->at == r->end ? "cut off" : "number out of range");
    return 0;
}

static uint32_t get_u32(Reader *r) { return (uint32_t)get_number(r, UINT32_MAX); }
static uint16_t get_u16(Reader *r) { return (uint16_t)get_number(r, UINT16_MAX); }

// A number from -max - 1 to max.
static int64_t get_signed(Reader *r, int64_t max) {
    uint64_t value = get_number(r, (uint64_t)max * 2 + 1);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
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
    uint64_t bits = get_fixed(r, 8);
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
    *out_count = get_count(r, 1);
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
    value->kind = (UnitConstantKind)get_number(r, CONSTANT_CODE);
    switch (value->kind) {
    case CONSTANT_NONE: case CONSTANT_TRUE: case CONSTANT_FALSE: case CONSTANT_ELLIPSIS: break;
    case CONSTANT_INT: value->as.integer = get_signed(r, INT64_MAX); break;
    case CONSTANT_BIG_INT:
        value->as.big.base = (int)get_number(r, 16);
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

static Word get_word(Reader *r, Opcode op) {
    const uint8_t *kinds = opcode_info[op].operands;
    unsigned x = kinds[0] != OPERAND__ ? (unsigned)get_fixed(r, 1) : 0;
    unsigned a = kinds[1] != OPERAND__ ? get_u16(r) : 0;
    if (opcode_is_wide(op)) {
        int32_t bc = operand_is_signed(kinds[2]) ? (int32_t)get_signed(r, INT32_MAX) : (int32_t)get_u32(r);
        return word_make_wide(op, x, a, bc);
    }
    unsigned b = operand_is_signed(kinds[2]) ? (unsigned)get_signed(r, INT16_MAX) : kinds[2] != OPERAND__ ? get_u16(r) : 0;
    unsigned c = operand_is_signed(kinds[3]) ? (unsigned)get_signed(r, INT16_MAX) : kinds[3] != OPERAND__ ? get_u16(r) : 0;
    return word_make(op, x, a, b, c);
}

static void get_words(Reader *r, CodeUnit *code) {
    uint32_t count = get_u32(r);
    if (count / (1 + CACHE_WORDS_MAX) > (size_t)(r->end - r->at)) {
        fail(r, "count too large");
        count = 0;
    }
    code->word_count = count;
    code->words = arena_new_array(r->arena, Word, count);
    for (uint32_t i = 0; i < count;) {
        unsigned op = (unsigned)get_fixed(r, 1);
        if (op >= OPCODE_COUNT || opcode_cache_words[op] >= count - i) fail(r, "unknown instruction");
        if (r->problem != NULL) return;
        code->words[i] = get_word(r, (Opcode)op);
        i += 1u + opcode_cache_words[op];
    }
}

static void get_handlers(Reader *r, CodeUnit *code) {
    code->handler_count = get_count(r, 4);
    Handler *handlers = arena_new_array(r->arena, Handler, code->handler_count);
    for (uint32_t i = 0; i < code->handler_count; i++) {
        handlers[i].start = get_u32(r);
        handlers[i].end = get_u32(r);
        handlers[i].target = get_u32(r);
        handlers[i].exception_register = get_u16(r);
    }
    code->handlers = handlers;
}

static const CodeUnit *get_unit(Reader *r, int depth) {
    CodeUnit *code = arena_new(r->arena, CodeUnit);
    code->name = get_name(r);
    code->qualname = get_name(r);
    code->flags = get_u32(r);
    code->positional_only = get_u16(r);
    code->positional = get_u16(r);
    code->keyword_only = get_u16(r);
    code->register_count = get_u32(r);
    code->first_line = (int32_t)get_signed(r, INT32_MAX);
    get_words(r, code);
    code->constant_count = get_count(r, 1);
    UnitConstant *constants = arena_new_array(r->arena, UnitConstant, code->constant_count);
    for (uint32_t i = 0; i < code->constant_count; i++) get_constant(r, &constants[i], depth);
    code->constants = constants;
    code->names = get_names(r, &code->name_count);
    code->locals = get_names(r, &code->local_count);
    code->cell_count = get_count(r, 1);
    uint16_t *cells = arena_new_array(r->arena, uint16_t, code->cell_count);
    for (uint32_t i = 0; i < code->cell_count; i++) cells[i] = get_u16(r);
    code->cells = cells;
    code->free_names = get_names(r, &code->free_count);
    Capture *captures = arena_new_array(r->arena, Capture, code->free_count);
    for (uint32_t i = 0; i < code->free_count; i++) {
        captures[i].from_free = get_number(r, 1) != 0;
        captures[i].index = get_u16(r);
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
    if (get_u32(r) != MARSHAL_VERSION || get_fixed(r, 4) != opcode_fingerprint()) {
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
