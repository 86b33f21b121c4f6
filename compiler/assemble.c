// Assembling: from the instructions of a unit to the words, tables and pools of a CodeUnit.
//
// Jumps to jumps go straight to where they lead, a jump to a RETURN is that RETURN, jumps to the next instruction
// vanish. A conditional jump whose target is out of reach of its 16 bits becomes three instructions:
//
//     JUMP_LT a b, +1        over the next
//     JUMP    +1             not taken: over the last
//     JUMP    target         32 bits
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/gen.h"
#include "compiler/opcode_info.h"
#include "compiler/verify.h"

typedef struct Layout {
    uint32_t word_count;
    bool *is_long;           // conditional jumps in their long form; NULL while none needs it
} Layout;

static uint32_t target_of(const Unit *u, const Ins *ins) {
    return u->labels.items[ins->label].ins;
}

static uint32_t words_of(const Unit *u, const Layout *layout, uint32_t i) {
    const Ins *ins = &u->ins.items[i];
    Opcode op = word_op(ins->word);
    uint32_t words = 1u + opcode_cache_words[op];
    if (ins->label == NO_LABEL) return words;
    if (op == OP_JUMP && target_of(u, ins) == i + 1) return 0;
    return layout->is_long != NULL && layout->is_long[i] ? words + 2 : words;
}

static void thread_jumps(Unit *u) {
    for (size_t j = 0; j < u->jumps.count; j++) {
        Ins *ins = &u->ins.items[u->jumps.items[j]];
        if (word_op(ins->word) == OP_FOR_ITER || word_op(ins->word) == OP_FOR_PREP) continue;
        for (int hops = 0; hops < 8; hops++) {
            const Ins *next = &u->ins.items[target_of(u, ins)];
            if (word_op(next->word) != OP_JUMP || next->label == ins->label) break;
            ins->label = next->label;
        }
        const Ins *next = &u->ins.items[target_of(u, ins)];
        if (word_op(ins->word) == OP_JUMP && word_op(next->word) == OP_RETURN) *ins = *next;
    }
}

// The opcode that jumps when this one does not; OPCODE_COUNT when there is none.
static Opcode inverse_jump(Opcode op) {
    static const uint8_t pairs[][2] = {
        {OP_JUMP_IF, OP_JUMP_IF_NOT}, {OP_JUMP_IF_NONE, OP_JUMP_IF_NOT_NONE}, {OP_JUMP_IS, OP_JUMP_IS_NOT},
#define COMPARE_PAIRS(name) {OP_JUMP_##name, OP_JUMP_NOT_##name}, {OP_JUMP_##name##_INT, OP_JUMP_NOT_##name##_INT}
        COMPARE_PAIRS(LT), COMPARE_PAIRS(LE), COMPARE_PAIRS(EQ),
        COMPARE_PAIRS(NE), COMPARE_PAIRS(GT), COMPARE_PAIRS(GE),
#undef COMPARE_PAIRS
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] == op) return (Opcode)pairs[i][1];
        if (pairs[i][1] == op) return (Opcode)pairs[i][0];
    }
    return OPCODE_COUNT;
}

// `if p: continue` is a conditional jump over a jump: it becomes the opposite conditional jump, and the jump one to the
// next instruction, which vanishes. Unless somebody else jumps to it.
static void invert_jumps(Unit *u) {
    for (size_t j = 0; j < u->jumps.count; j++) {
        const Ins *ins = &u->ins.items[u->jumps.items[j]];
        if (ins->label != NO_LABEL) u->ins.items[target_of(u, ins)].offset = true;
    }
    for (size_t i = 0; i < u->guards.count; i++) u->ins.items[u->labels.items[u->guards.items[i].target].ins].offset = true;
    for (size_t j = 0; j < u->jumps.count; j++) {
        uint32_t i = u->jumps.items[j];
        Ins *ins = &u->ins.items[i], *next = ins + 1;
        if (ins->label == NO_LABEL || next->label == NO_LABEL || word_op(next->word) != OP_JUMP) continue;
        if (next->offset || target_of(u, ins) != i + 2) continue;
        Opcode inverse = inverse_jump(word_op(ins->word));
        if (inverse == OPCODE_COUNT) continue;
        Label over = ins->label;
        ins->word = (ins->word & ~(Word)255) | inverse;
        ins->label = next->label;
        next->label = over;
    }
}

static bool is_short_jump(Opcode op) {
    return opcode_info[op].operands[3] == OPERAND_OFF;
}

// Places every instruction; again as long as some jump has to grow.
static void lay_out(Compiler *c, Unit *u, Layout *layout) {
    uint32_t count = (uint32_t)u->ins.count;
    layout->is_long = NULL;
    for (;;) {
        uint32_t offset = 0;
        for (uint32_t i = 0; i < count; i++) {
            u->ins.items[i].offset = offset;
            offset += words_of(u, layout, i);
        }
        u->ins.items[count].offset = layout->word_count = offset;
        if (offset <= INT16_MAX) return;
        bool grown = false;
        for (size_t j = 0; j < u->jumps.count; j++) {
            uint32_t i = u->jumps.items[j];
            const Ins *ins = &u->ins.items[i];
            if (ins->label == NO_LABEL || !is_short_jump(word_op(ins->word))) continue;
            if (layout->is_long != NULL && layout->is_long[i]) continue;
            int64_t distance = (int64_t)u->ins.items[target_of(u, ins)].offset - ins[1].offset;
            if (distance == (int16_t)distance) continue;
            if (layout->is_long == NULL) layout->is_long = arena_new_array(c->arena, bool, count);
            layout->is_long[i] = grown = true;
        }
        if (!grown) return;
    }
}

static Word wide_jump(uint32_t at, uint32_t target) {
    int32_t distance = (int32_t)(target - (at + 1));
    return word_make_wide(distance < 0 ? OP_JUMP_BACK : OP_JUMP, 0, 0, distance);
}

static void put_jump(const Unit *u, const Layout *layout, uint32_t i, Word *words) {
    const Ins *ins = &u->ins.items[i];
    Opcode op = word_op(ins->word);
    uint32_t at = ins->offset, target = u->ins.items[target_of(u, ins)].offset;
    if (op == OP_JUMP) {
        words[at] = wide_jump(at, target);
    } else if (!is_short_jump(op)) {
        int32_t distance = (int32_t)(target - ins[1].offset);
        words[at] = word_make_wide(op, word_x(ins->word), word_a(ins->word), distance);
    } else if (layout->is_long != NULL && layout->is_long[i]) {
        words[at] = word_make(op, word_x(ins->word), word_a(ins->word), word_b(ins->word), 1);
        words[at + 1] = word_make_wide(OP_JUMP, 0, 0, 1);
        words[at + 2] = wide_jump(at + 2, target);
    } else {
        words[at] = word_make(op, word_x(ins->word), word_a(ins->word), word_b(ins->word),
                              (unsigned)(target - ins[1].offset));
    }
}

// The kind of each opcode's operand b: a 32-bit one may count in a pool, where the low entries come first.
static const uint8_t kinds_of_b[OPCODE_COUNT] = {
#define OP(name, x, a, b, c, cache, may, meaning) [OP_##name] = OPERAND_##b,
#include "compiler/opcodes.def"
#undef OP
};

static void put_words(Compiler *c, const Unit *u, const Layout *layout, CodeUnit *code) {
    code->word_count = layout->word_count;
    code->words = arena_new_array(c->arena, Word, code->word_count);
    const Word firsts[OPERAND_OFFW + 1] = {[OPERAND_KW] = (Word)u->low_constants.items.count << 32,
                                           [OPERAND_NAMEW] = (Word)u->low_names.items.count << 32};
    for (uint32_t i = 0; i < u->ins.count; i++) {
        const Ins *ins = &u->ins.items[i];
        if (ins->label == NO_LABEL) code->words[ins->offset] = ins->word + firsts[kinds_of_b[word_op(ins->word)]];
        else if (ins->offset != ins[1].offset) put_jump(u, layout, i, code->words);
    }
}

// ---- tables --------------------------------------------------------------------------------------------------------

typedef ArenaVec(uint8_t) Bytes;

enum { NUMBER_BYTES_MAX = 5 };

static uint8_t *put_number(uint8_t *to, uint32_t value) {
    for (; value > 127; value >>= 7) *to++ = (uint8_t)(value | 128);
    *to++ = (uint8_t)value;
    return to;
}

static bool same_position(const Position *a, const Position *b) {
    return a == b || (a != NULL && b != NULL && memcmp(a, b, sizeof *a) == 0);
}

// The format is described in codeunit.c, where it is read.
static void put_positions(Compiler *c, const Unit *u, CodeUnit *code) {
    Bytes bytes = {0};
    arena_reserve(c->arena, &bytes, u->ins.count * 4 + 16);
    uint32_t line = 0;
    const Ins *end = u->ins.items + u->ins.count;
    for (const Ins *ins = u->ins.items, *next; ins < end; ins = next) {
        const Position *at = ins->at;
        for (next = ins + 1; next < end && same_position(next->at, at);) next++;
        uint32_t words = next->offset - ins->offset;
        if (words == 0) continue;
        static const Position nowhere = {0};
        if (at == NULL) at = &nowhere;
        uint32_t delta = (uint32_t)at->lineno - line, zigzag = (delta << 1) ^ (0u - (delta >> 31));
        uint32_t lines = at->lineno == 0 ? 0 : (uint32_t)(at->end_lineno - at->lineno);
        uint32_t column = (uint32_t)at->col_offset + 1, end_column = (uint32_t)at->end_col_offset + 1;
        arena_reserve(c->arena, &bytes, 5 * NUMBER_BYTES_MAX);
        uint8_t *to = bytes.items + bytes.count;
        if ((words | zigzag | lines | column | end_column) < 128) {
            const uint8_t five[] = {(uint8_t)words, (uint8_t)zigzag, (uint8_t)lines, (uint8_t)column, (uint8_t)end_column};
            memcpy(to, five, sizeof five);
            to += sizeof five;
        } else {
            to = put_number(to, words);
            to = put_number(to, zigzag);
            to = put_number(to, lines);
            to = put_number(to, column);
            to = put_number(to, end_column);
        }
        bytes.count = (size_t)(to - bytes.items);
        line = (uint32_t)at->lineno;
    }
    code->positions = bytes.items;
    code->positions_size = (uint32_t)bytes.count;
}

static int guard_order(const void *left, const void *right) {
    const Guard *a = left, *b = right;
    if (a->depth != b->depth) return a->depth > b->depth ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static void put_handlers(Compiler *c, Unit *u, CodeUnit *code) {
    if (u->guards.count == 0) return;
    qsort(u->guards.items, u->guards.count, sizeof *u->guards.items, guard_order);
    Handler *handlers = arena_unset_array(c->arena, Handler, u->guards.count);
    for (size_t i = 0; i < u->guards.count; i++) {
        const Guard *guard = &u->guards.items[i];
        const Ins *ins = u->ins.items;
        Handler handler = {ins[guard->start].offset, ins[guard->end].offset,
                           ins[u->labels.items[guard->target].ins].offset, (uint16_t)guard->reg};
        if (handler.start < handler.end) handlers[code->handler_count++] = handler;
    }
    code->handlers = handlers;
}

static void put_pools(Compiler *c, Unit *u, CodeUnit *code) {
    size_t low = u->low_constants.items.count, count = low + u->constants.items.count;
    UnitConstant *constants = arena_unset_array(c->arena, UnitConstant, count);
    if (low > 0) memcpy(constants, u->low_constants.items.items, low * sizeof *constants);
    if (count > low) memcpy(constants + low, u->constants.items.items, (count - low) * sizeof *constants);
    code->constants = constants;
    code->constant_count = (uint32_t)count;
    size_t low_names = u->low_names.items.count, name_count = low_names + u->names.items.count;
    UnitName *names = arena_unset_array(c->arena, UnitName, name_count);
    for (size_t i = 0; i < low_names; i++) names[i] = unit_name_of(u->low_names.items.items[i]);
    for (size_t i = low_names; i < name_count; i++) names[i] = unit_name_of(u->names.items.items[i - low_names]);
    code->names = names;
    code->name_count = (uint32_t)name_count;
}

static void put_variables(Compiler *c, const Unit *u, CodeUnit *code) {
    const Scope *scope = u->scope;
    UnitName *locals = arena_unset_array(c->arena, UnitName, scope->local_count);
    uint16_t *cells = arena_unset_array(c->arena, uint16_t, scope->local_count);
    for (uint32_t i = 0; i < scope->local_count; i++) {
        locals[i] = unit_name_of(scope->locals[i]->name);
        if (scope->locals[i]->binding == BINDING_CELL) cells[code->cell_count++] = (uint16_t)i;
    }
    code->locals = locals;
    code->local_count = scope->local_count;
    code->cells = cells;
    UnitName *frees = arena_unset_array(c->arena, UnitName, scope->free_count);
    for (uint32_t i = 0; i < scope->free_count; i++) frees[i] = unit_name_of(scope->frees[i]->name);
    code->free_names = frees;
    code->free_count = scope->free_count;
}

const CodeUnit *unit_assemble(Compiler *c, Unit *u) {
    CodeUnit *code = arena_new(c->arena, CodeUnit);
    code->name = u->name;
    code->qualname = u->qualname;
    code->flags = u->flags;
    code->positional_only = u->positional_only;
    code->positional = u->positional;
    code->keyword_only = u->keyword_only;
    code->register_count = u->register_count;
    code->first_line = u->first_line;
    // One more marks the end: what jumps there, and where it is.
    arena_reserve(c->arena, &u->ins, 1);
    u->ins.items[u->ins.count] = (Ins){.label = NO_LABEL};
    Layout layout;
    thread_jumps(u);
    invert_jumps(u);
    lay_out(c, u, &layout);
    put_words(c, u, &layout, code);
    put_positions(c, u, code);
    put_handlers(c, u, code);
    put_pools(c, u, code);
    put_variables(c, u, code);
#ifdef COIL_DEBUG
    const char *problem = codeunit_problem(code, false);
    if (problem != NULL) diag_raise_nowhere(c->fe, DIAG_MEMORY_ERROR, "internal error of the compiler: %s", problem);
#endif
    return code;
}
