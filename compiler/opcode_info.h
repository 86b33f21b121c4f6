// What the table says of each opcode: the kinds of its operands, and what it may do.
#ifndef COIL_COMPILER_OPCODE_INFO_H
#define COIL_COMPILER_OPCODE_INFO_H

#include "compiler/codeunit.h"

// As listed at the top of opcodes.def; OPERAND__ is an unused one.
typedef enum OperandKind {
    OPERAND__, OPERAND_DST, OPERAND_REG, OPERAND_RW, OPERAND_REGS, OPERAND_K, OPERAND_NAME, OPERAND_FREE, OPERAND_IMM,
    OPERAND_UIMM, OPERAND_OFF, OPERAND_KW, OPERAND_NAMEW, OPERAND_IMMW, OPERAND_OFFW,
} OperandKind;

typedef enum OpcodeMay { MAY_NOTHING, MAY_RAISE, MAY_CALL, MAY_SUSPEND } OpcodeMay;

typedef struct OpcodeInfo {
    uint8_t operands[4];   // OperandKind of x, a, b, c
    uint8_t may;           // OpcodeMay
} OpcodeInfo;

extern const OpcodeInfo opcode_info[];

static inline bool opcode_is_wide(Opcode op) {
    return opcode_info[op].operands[2] >= OPERAND_KW;
}

#endif
