// The verifier: see verify.h. Debug builds run it on every unit the compiler makes, loading a serialised one always
// does.
#include "compiler/verify.h"

#include <stdlib.h>

#include "compiler/opcode_info.h"

enum {
    VERIFY_DEPTH_MAX = 200,
    FIRST_SPECIALISED = OP_LOAD_GLOBAL_BUILTIN,   // made by the VM alone, and trusting what it put into the cache
};

typedef struct Verify {
    const CodeUnit *code;
    uint8_t *starts;         // whether a word begins an instruction
} Verify;

static bool registers_in_range(const Verify *v, uint32_t first, uint32_t count) {
    return count <= v->code->register_count && first <= v->code->register_count - count;
}

static bool is_target(const Verify *v, int64_t word) {
    return word >= 0 && word < v->code->word_count && v->starts[word];
}

// How many registers an operand of kind REGS stands for, by opcode and operand (0 is x, 1 is a ...).
static uint32_t run_length(Word word, int operand) {
    uint32_t x = word_x(word), b = word_b(word), c = word_c(word);
    switch (word_op(word)) {
    case OP_BUILD_LIST:
    case OP_BUILD_TUPLE:
    case OP_BUILD_SET:
    case OP_BUILD_STRING:
    case OP_UNPACK:
    case OP_INTRINSIC: return c;
    case OP_BUILD_DICT: return 2 * c;
    case OP_UNPACK_EX: return c + 1 + x;
    case OP_FOR_PREP: case OP_FOR_ITER: case OP_BUILD_SLICE: return 3;
    case OP_LOAD_SLICE: case OP_STORE_SLICE: case OP_WITH_LOOKUP: case OP_MATCH_EXC_STAR: case OP_MATCH_CLASS: return 2;
    case OP_CALL: return 1 + b;
    case OP_CALL_METHOD: return 2 + b;
    case OP_CALL_KW: return 1 + x + b;
    case OP_CALL_EX: return 2 + x;
    case OP_MAKE_FUNCTION: return x & 4 ? 3 : x & 2 ? 2 : x & 1;
    default: return operand == 0 ? 0 : 1;
    }
}

static uint32_t operand_value(Word word, int operand) {
    switch (operand) {
    case 0: return word_x(word);
    case 1: return word_a(word);
    case 2: return word_b(word);
    default: return word_c(word);
    }
}

static const char *register_problem(const Verify *v, Word word, int operand) {
    Opcode op = word_op(word);
    uint32_t reg = operand_value(word, operand);
    if (op == OP_RAISE && word_x(word) < (unsigned)operand) return NULL;
    if (op == OP_FORMAT_VALUE && operand == 3 && reg == NO_REGISTER) return NULL;
    uint32_t count = op == OP_LOAD_METHOD && operand == 1 ? 2 : 1;
    return registers_in_range(v, reg, count) ? NULL : "register out of range";
}

static bool is_names_tuple(const UnitConstant *constant) {
    if (constant->kind != CONSTANT_TUPLE) return false;
    for (size_t i = 0; i < constant->as.sequence.count; i++) {
        if (constant->as.sequence.items[i].kind != CONSTANT_STR) return false;
    }
    return true;
}

static const char *function_problem(const Verify *v, const UnitConstant *constant) {
    if (constant->kind != CONSTANT_CODE) return "function without code";
    const CodeUnit *code = constant->as.code;
    for (uint32_t i = 0; i < code->free_count; i++) {
        uint32_t limit = code->captures[i].from_free ? v->code->free_count : v->code->register_count;
        if (code->captures[i].index >= limit) return "capture out of range";
    }
    return NULL;
}

static const char *constant_operand_problem(const Verify *v, Word word, uint32_t index) {
    if (index >= v->code->constant_count) return "constant out of range";
    const UnitConstant *constant = &v->code->constants[index];
    switch (word_op(word)) {
    case OP_MAKE_FUNCTION: return function_problem(v, constant);
    case OP_CALL_KW:
        if (!is_names_tuple(constant)) return "keywords are no names";
        return constant->as.sequence.count <= word_b(word) ? NULL : "more keywords than arguments";
    case OP_IMPORT_NAME:
        return constant->kind == CONSTANT_NONE || is_names_tuple(constant) ? NULL : "bad list of imports";
    case OP_LOAD_CONST: return constant->kind != CONSTANT_CODE ? NULL : "code as a value";
    default: return NULL;
    }
}

static const char *operand_problem(const Verify *v, uint32_t at, Word word, int operand) {
    Opcode op = word_op(word);
    uint32_t value = operand_value(word, operand), wide = (uint32_t)word_bc(word);
    int64_t next = (int64_t)at + 1 + opcode_cache_words[op];
    switch ((OperandKind)opcode_info[op].operands[operand]) {
    case OPERAND__: case OPERAND_IMM: case OPERAND_IMMW: case OPERAND_UIMM: return NULL;
    case OPERAND_DST: case OPERAND_REG: case OPERAND_RW: return register_problem(v, word, operand);
    case OPERAND_REGS: return registers_in_range(v, value, run_length(word, operand)) ? NULL : "registers out of range";
    case OPERAND_K: return constant_operand_problem(v, word, value);
    case OPERAND_KW: return constant_operand_problem(v, word, wide);
    case OPERAND_NAME: return value < v->code->name_count ? NULL : "name out of range";
    case OPERAND_NAMEW: return wide < v->code->name_count ? NULL : "name out of range";
    case OPERAND_FREE: return value < v->code->free_count ? NULL : "free variable out of range";
    case OPERAND_OFF: return is_target(v, next + word_signed_c(word)) ? NULL : "jump to nowhere";
    case OPERAND_OFFW: return is_target(v, next + word_bc(word)) ? NULL : "jump to nowhere";
    }
    return NULL;
}

static bool ends_flow(Opcode op) {
    return op == OP_RETURN || op == OP_RAISE || op == OP_RERAISE || op == OP_JUMP || op == OP_JUMP_BACK;
}

static const char *instructions_problem(Verify *v) {
    const CodeUnit *code = v->code;
    Opcode last = OP_MOVE;
    for (uint32_t at = 0; at < code->word_count;) {
        last = word_op(code->words[at]);
        if ((unsigned)last >= FIRST_SPECIALISED) return "unknown opcode";
        v->starts[at] = 1;
        uint32_t next = at + 1u + opcode_cache_words[last];
        if (next > code->word_count) return "instruction cut off";
        while (++at < next) {
            if (code->words[at] != 0) return "cache that is not empty";
        }
    }
    if (!ends_flow(last)) return "runs off its end";
    for (uint32_t at = 0; at < code->word_count; at++) {
        if (!v->starts[at]) continue;
        for (int operand = 0; operand < 4; operand++) {
            const char *problem = operand_problem(v, at, code->words[at], operand);
            if (problem != NULL) return problem;
        }
    }
    return NULL;
}

static const char *tables_problem(const Verify *v) {
    const CodeUnit *code = v->code;
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const Handler *h = &code->handlers[i];
        if (h->start >= h->end || h->end > code->word_count) return "handler's range out of range";
        if (!is_target(v, h->target)) return "handler leads nowhere";
        if (h->exception_register >= code->register_count) return "handler's register out of range";
    }
    if (code->register_count > NO_REGISTER || code->local_count > code->register_count) return "too many locals";
    uint32_t arguments = (uint32_t)code->positional + code->keyword_only + !!(code->flags & CODE_VARARGS) +
                         !!(code->flags & CODE_VARKEYWORDS);
    if (arguments > code->local_count || code->positional_only > code->positional) return "too many parameters";
    for (uint32_t i = 0; i < code->cell_count; i++) {
        if (code->cells[i] >= code->local_count) return "cell out of range";
    }
    if ((code->flags & CODE_HAS_DOCSTRING) && (code->constant_count == 0 || code->constants[0].kind != CONSTANT_STR)) {
        return "docstring is no string";
    }
    return NULL;
}

static const char *unit_problem(const CodeUnit *code, bool deep, int depth) {
    if (depth > VERIFY_DEPTH_MAX) return "nested too deeply";
    if (code->word_count == 0) return "no code";
    Verify v = {.code = code, .starts = calloc(code->word_count, 1)};
    if (v.starts == NULL) return "out of memory";
    const char *problem = instructions_problem(&v);
    if (problem == NULL) problem = tables_problem(&v);
    free(v.starts);
    for (uint32_t i = 0; deep && problem == NULL && i < code->constant_count; i++) {
        if (code->constants[i].kind == CONSTANT_CODE)
            problem = unit_problem(code->constants[i].as.code, deep, depth + 1);
    }
    return problem;
}

const char *codeunit_problem(const CodeUnit *code, bool deep) {
    return unit_problem(code, deep, 0);
}
