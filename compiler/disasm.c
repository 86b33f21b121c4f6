// The disassembler: one line an instruction, with its source line, its operands by name, and what they mean.
//
//     f(n)  4 registers, line 1
//       2     0  LOAD_GLOBAL        r1, 'g'
//             3  CALL               r1, 0
//       3  >  5  ...
#include "compiler/disasm.h"

#include "compiler/opcode_info.h"
#include "lexer/lexer.h"

enum { DISASSEMBLE_DEPTH_MAX = 200 };

static void print_constant(Buf *out, const UnitConstant *value, int depth);

static void print_sequence(Buf *out, const UnitConstant *value, int depth) {
    for (size_t i = 0; i < value->as.sequence.count; i++) {
        if (i > 0) buf_text(out, ", ");
        if (i >= 20) {
            buf_text(out, "...");
            break;
        }
        print_constant(out, &value->as.sequence.items[i], depth + 1);
    }
}

static void print_constant(Buf *out, const UnitConstant *value, int depth) {
    if (depth > DISASSEMBLE_DEPTH_MAX) {
        buf_text(out, "...");
        return;
    }
    switch (value->kind) {
    case CONSTANT_NONE: buf_text(out, "None"); break;
    case CONSTANT_TRUE: buf_text(out, "True"); break;
    case CONSTANT_FALSE: buf_text(out, "False"); break;
    case CONSTANT_ELLIPSIS: buf_text(out, "Ellipsis"); break;
    case CONSTANT_INT: buf_printf(out, "%lld", (long long)value->as.integer); break;
    case CONSTANT_BIG_INT:
        buf_append(out, value->as.big.digits, value->as.big.size);
        if (value->as.big.base != 10) buf_printf(out, " (base %d)", value->as.big.base);
        break;
    case CONSTANT_FLOAT: buf_printf(out, "%.17g", value->as.real); break;
    case CONSTANT_COMPLEX: buf_printf(out, "%.17g%+.17gj", value->as.complex.real, value->as.complex.imaginary); break;
    case CONSTANT_STR: text_repr(out, value->as.bytes.data, value->as.bytes.size); break;
    case CONSTANT_BYTES: buf_printf(out, "bytes of length %zu", value->as.bytes.size); break;
    case CONSTANT_TUPLE: case CONSTANT_FROZENSET:
        buf_text(out, value->kind == CONSTANT_TUPLE ? "(" : "frozenset({");
        print_sequence(out, value, depth);
        if (value->kind == CONSTANT_TUPLE && value->as.sequence.count == 1) buf_char(out, ',');
        buf_text(out, value->kind == CONSTANT_TUPLE ? ")" : "})");
        break;
    case CONSTANT_CODE:
        buf_printf(out, "<code %.*s>", (int)value->as.code->name.size, value->as.code->name.data);
        break;
    }
}

static void print_name(Buf *out, const UnitName *names, uint32_t count, uint32_t index) {
    if (index < count) buf_printf(out, "'%.*s'", (int)names[index].size, names[index].data);
    else buf_printf(out, "name %u", index);
}

static void print_register(Buf *out, const CodeUnit *code, uint32_t reg) {
    if (reg == NO_REGISTER) buf_char(out, '-');
    else if (reg < code->local_count) buf_printf(out, "%.*s", (int)code->locals[reg].size, code->locals[reg].data);
    else buf_printf(out, "r%u", reg);
}

static void print_operand(Buf *out, const CodeUnit *code, uint32_t at, Word word, int operand) {
    uint32_t values[] = {word_x(word), word_a(word), word_b(word), word_c(word)}, value = values[operand];
    uint32_t next = at + 1 + opcode_cache_words[word_op(word)], wide = (uint32_t)word_bc(word);
    switch ((OperandKind)opcode_info[word_op(word)].operands[operand]) {
    case OPERAND__: break;
    case OPERAND_DST: case OPERAND_REG: case OPERAND_RW: print_register(out, code, value); break;
    case OPERAND_REGS:
        print_register(out, code, value);
        buf_text(out, "..");
        break;
    case OPERAND_K: case OPERAND_KW:
        if (opcode_info[word_op(word)].operands[operand] == OPERAND_KW) value = wide;
        if (value < code->constant_count) print_constant(out, &code->constants[value], 0);
        break;
    case OPERAND_NAME: print_name(out, code->names, code->name_count, value); break;
    case OPERAND_NAMEW: print_name(out, code->names, code->name_count, wide); break;
    case OPERAND_FREE: print_name(out, code->free_names, code->free_count, value); break;
    case OPERAND_IMM: buf_printf(out, "%d", (int16_t)value); break;
    case OPERAND_IMMW: buf_printf(out, "%d", (int32_t)wide); break;
    case OPERAND_UIMM: buf_printf(out, "%s%u", operand == 0 ? "x=" : "", value); break;
    case OPERAND_OFF: buf_printf(out, "to %u", next + (uint32_t)(int32_t)(int16_t)value); break;
    case OPERAND_OFFW: buf_printf(out, "to %u", next + wide); break;
    }
}

static void print_instruction(Buf *out, const CodeUnit *code, uint32_t at) {
    Word word = code->words[at];
    Opcode op = word_op(word);
    buf_printf(out, "%5u  %-18s", at, opcode_names[op]);
    const char *separator = " ";
    static const int order[] = {1, 2, 3, 0};
    for (int i = 0; i < 4; i++) {
        if (opcode_info[op].operands[order[i]] == OPERAND__) continue;
        if (order[i] == 0 && word_x(word) == 0) continue;
        buf_text(out, separator);
        print_operand(out, code, at, word, order[i]);
        separator = ", ";
    }
    buf_char(out, '\n');
}

static void print_head(Buf *out, const CodeUnit *code) {
    buf_printf(out, "%.*s: line %d, %u registers", (int)code->qualname.size, code->qualname.data, code->first_line,
               code->register_count);
    if (code->flags & CODE_GENERATOR) buf_text(out, ", generator");
    if (code->flags & CODE_COROUTINE) buf_text(out, ", coroutine");
    if (code->flags & CODE_ASYNC_GENERATOR) buf_text(out, ", async generator");
    for (uint32_t i = 0; i < code->local_count; i++) {
        buf_printf(out, "%s%.*s", i == 0 ? "; locals " : " ", (int)code->locals[i].size, code->locals[i].data);
    }
    for (uint32_t i = 0; i < code->free_count; i++) {
        buf_printf(out, "%s%.*s", i == 0 ? "; free " : " ", (int)code->free_names[i].size, code->free_names[i].data);
    }
    buf_char(out, '\n');
}

static void print_unit(Buf *out, const CodeUnit *code, int depth) {
    if (depth > DISASSEMBLE_DEPTH_MAX) return;
    print_head(out, code);
    int32_t line = -2;
    for (uint32_t at = 0; at < code->word_count; at += 1u + opcode_cache_words[word_op(code->words[at])]) {
        int32_t now = position_find(code->positions, code->positions_size, at).line;
        if (now != line && now > 0) buf_printf(out, "%5d ", now);
        else buf_text(out, "      ");
        if (now > 0) line = now;
        print_instruction(out, code, at);
    }
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const Handler *h = &code->handlers[i];
        buf_printf(out, "      handler %u..%u to %u in r%u\n", h->start, h->end, h->target, h->exception_register);
    }
    for (uint32_t i = 0; i < code->constant_count; i++) {
        if (code->constants[i].kind != CONSTANT_CODE) continue;
        buf_char(out, '\n');
        print_unit(out, code->constants[i].as.code, depth + 1);
    }
}

void disassemble(Buf *out, const CodeUnit *code) {
    print_unit(out, code, 0);
}
