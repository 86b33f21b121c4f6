// Emitting: instructions with their positions, labels, the pools of constants and names, guarded regions, units.
#include "compiler/gen.h"

#include <string.h>

#include "compiler/opcode_info.h"
#include "parser/parser.h"

// ---- instructions --------------------------------------------------------------------------------------------------

static const bool ends_flow[OPCODE_COUNT] = {[OP_JUMP] = true, [OP_RETURN] = true, [OP_RAISE] = true, [OP_RERAISE] = true};

static void ins_grow(Compiler *c, Unit *u) {
    if (u->ins.count > INT32_MAX / 8) diag_raise_nowhere(c->fe, DIAG_MEMORY_ERROR, "code object too large");
    arena_reserve(c->arena, &u->ins, 1);
}

static inline void put(Compiler *c, const Position *at, Word word, Label label) {
    Unit *u = c->unit;
    if (u->unreachable) return;
    if (u->ins.count == u->ins.capacity) ins_grow(c, u);
    u->ins.items[u->ins.count++] = (Ins){word, at, label, 0};
    u->unreachable = ends_flow[word_op(word)];
}

void emit(Compiler *c, const Position *at, Opcode op, unsigned x, Reg a, Reg b, Reg cc) {
    put(c, at, word_make(op, x, a, b, cc), NO_LABEL);
}

void emit_wide(Compiler *c, const Position *at, Opcode op, unsigned x, Reg a, int32_t bc) {
    put(c, at, word_make_wide(op, x, a, bc), NO_LABEL);
}

void emit_jump(Compiler *c, const Position *at, Opcode op, unsigned x, Reg a, Reg b, Label target) {
    if (c->unit->unreachable) return;
    label_join(c, target);
    arena_push(c->arena, &c->unit->jumps, (uint32_t)c->unit->ins.count);
    put(c, at, word_make(op, x, a, b, 0), target);
}

void emit_move(Compiler *c, const Position *at, Reg to, Reg from) {
    if (to != from) emit(c, at, OP_MOVE, 0, to, from, 0);
}

void emit_none(Compiler *c, const Position *at, Reg to) {
    UnitConstant none = constant_none();
    emit_constant(c, at, to, &none);
}

void emit_string(Compiler *c, const Position *at, Reg to, const char *text, size_t length) {
    UnitConstant value = constant_string(text, length);
    emit_constant(c, at, to, &value);
}

void emit_return(Compiler *c, const Position *at, Reg from) {
    emit(c, at, OP_RETURN, 0, from, 0, 0);
}

// ---- labels --------------------------------------------------------------------------------------------------------

Label label_new(Compiler *c) {
    Unit *u = c->unit;
    arena_push(c->arena, &u->labels, ((LabelInfo){.ins = UINT32_MAX}));
    return (Label)(u->labels.count - 1);
}

void label_join(Compiler *c, Label label) {
    Unit *u = c->unit;
    LabelInfo *info = &u->labels.items[label];
    if (u->unreachable) return;
    if (info->ins != UINT32_MAX) return;   // backwards: more is bound than when the label was placed
    if (!info->reached) {
        info->reached = true;
        info->bound = arena_memdup(c->arena, u->bound, u->bound_words * sizeof *u->bound);
        return;
    }
    for (uint32_t i = 0; i < u->bound_words; i++) info->bound[i] &= u->bound[i];
}

void label_place(Compiler *c, Label label) {
    Unit *u = c->unit;
    LabelInfo *info = &u->labels.items[label];
    if (info->reached) {
        if (u->unreachable) memcpy(u->bound, info->bound, u->bound_words * sizeof *u->bound);
        else for (uint32_t i = 0; i < u->bound_words; i++) u->bound[i] &= info->bound[i];
        u->unreachable = false;
    }
    info->ins = (uint32_t)u->ins.count;
}

// ---- pools ---------------------------------------------------------------------------------------------------------

const Name *intern(Compiler *c, const char *text) {
    return name_intern(c->names, text, strlen(text));
}

UnitName unit_name_of(const Name *name) {
    return (UnitName){name->text, name->length};
}

// Eight bytes at a time: documentation is most of what is hashed.
static uint64_t text_hash(const char *data, size_t size) {
    uint64_t hash = size, word;
    for (; size >= sizeof word; data += sizeof word, size -= sizeof word) {
        memcpy(&word, data, sizeof word);
        hash = (hash ^ word) * 0x9FB21C651E98DF25u;
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, data, size);
    hash = (hash ^ word) * 0x9FB21C651E98DF25u;
    return hash ^ hash >> 32;
}

static uint32_t constant_hash(const UnitConstant *value) {
    uint64_t bits = (uint64_t)value->kind * 0x9E3779B97F4A7C15u;
    switch (value->kind) {
    case CONSTANT_INT: bits ^= (uint64_t)value->as.integer; break;
    case CONSTANT_FLOAT: {
        uint64_t real;
        memcpy(&real, &value->as.real, sizeof real);
        bits ^= real;
        break;
    }
    case CONSTANT_STR: case CONSTANT_BYTES:
        if (value->as.bytes.size > 0) bits ^= text_hash(value->as.bytes.data, value->as.bytes.size);
        break;
    default: break;
    }
    bits *= 0xD6E8FEB86659FD93u;
    return (uint32_t)(bits >> 32);
}

// Whether the two may share a place. Compound ones never do.
static bool constants_equal(const UnitConstant *a, const UnitConstant *b) {
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case CONSTANT_NONE: case CONSTANT_TRUE: case CONSTANT_FALSE: case CONSTANT_ELLIPSIS: return true;
    case CONSTANT_INT: return a->as.integer == b->as.integer;
    case CONSTANT_FLOAT: return memcmp(&a->as.real, &b->as.real, sizeof a->as.real) == 0;
    case CONSTANT_STR: case CONSTANT_BYTES:
        return a->as.bytes.size == b->as.bytes.size &&
               memcmp(a->as.bytes.data, b->as.bytes.data, a->as.bytes.size) == 0;
    default: return false;
    }
}

static bool constant_is_simple(const UnitConstant *value) {
    return value->kind != CONSTANT_BIG_INT && value->kind != CONSTANT_COMPLEX && value->kind < CONSTANT_TUPLE;
}

static uint32_t *table_grown(Arena *arena, uint32_t *table, uint32_t *mask, size_t count, bool *out_rebuild) {
    *out_rebuild = table == NULL || (count + 1) * 2 > *mask;
    if (!*out_rebuild) return table;
    *mask = table == NULL ? 15 : *mask * 2 + 1;
    return arena_new_array(arena, uint32_t, (size_t)*mask + 1);
}

static uint32_t pool_constant(Compiler *c, ConstantPool *pool, const UnitConstant *value) {
    if (!constant_is_simple(value)) {
        arena_push(c->arena, &pool->items, *value);
        return (uint32_t)(pool->items.count - 1);
    }
    bool rebuild;
    pool->table = table_grown(c->arena, pool->table, &pool->mask, pool->items.count, &rebuild);
    if (rebuild) {
        for (uint32_t i = 0; i < pool->items.count; i++) {
            if (!constant_is_simple(&pool->items.items[i])) continue;
            uint32_t at = constant_hash(&pool->items.items[i]) & pool->mask;
            while (pool->table[at] != 0) at = (at + 1) & pool->mask;
            pool->table[at] = i + 1;
        }
    }
    uint32_t at = constant_hash(value) & pool->mask;
    for (; pool->table[at] != 0; at = (at + 1) & pool->mask) {
        if (constants_equal(&pool->items.items[pool->table[at] - 1], value)) return pool->table[at] - 1;
    }
    arena_push(c->arena, &pool->items, *value);
    pool->table[at] = (uint32_t)pool->items.count;
    return (uint32_t)(pool->items.count - 1);
}

static uint32_t pool_name(Compiler *c, NamePool *pool, const Name *name) {
    bool rebuild;
    pool->table = table_grown(c->arena, pool->table, &pool->mask, pool->items.count, &rebuild);
    if (rebuild) {
        for (uint32_t i = 0; i < pool->items.count; i++) {
            uint32_t at = pool->items.items[i]->hash & pool->mask;
            while (pool->table[at] != 0) at = (at + 1) & pool->mask;
            pool->table[at] = i + 1;
        }
    }
    uint32_t at = name->hash & pool->mask;
    for (; pool->table[at] != 0; at = (at + 1) & pool->mask) {
        if (pool->items.items[pool->table[at] - 1] == name) return pool->table[at] - 1;
    }
    arena_push(c->arena, &pool->items, name);
    pool->table[at] = (uint32_t)pool->items.count;
    return (uint32_t)(pool->items.count - 1);
}

uint32_t constant_low(Compiler *c, const UnitConstant *value) {
    uint32_t index = pool_constant(c, &c->unit->low_constants, value);
    if (index > OPERAND_MAX)
        diag_raise_nowhere(c->fe, DIAG_OVERFLOW_ERROR, "too many functions and calls in one code block");
    return index;
}

uint32_t name_low(Compiler *c, const Name *name) {
    uint32_t index = pool_name(c, &c->unit->low_names, name);
    if (index > OPERAND_MAX) diag_raise_nowhere(c->fe, DIAG_OVERFLOW_ERROR, "too many names in one code block");
    return index;
}

uint32_t name_wide(Compiler *c, const Name *name) {
    return pool_name(c, &c->unit->names, name);
}

void emit_constant(Compiler *c, const Position *at, Reg to, const UnitConstant *value) {
    if (c->unit->unreachable) return;
    if (value->kind == CONSTANT_INT && value->as.integer == (int32_t)value->as.integer) {
        emit_wide(c, at, OP_LOAD_INT, 0, to, (int32_t)value->as.integer);
    } else {
        emit_wide(c, at, OP_LOAD_CONST, 0, to, (int32_t)pool_constant(c, &c->unit->constants, value));
    }
}

// ---- guarded regions -----------------------------------------------------------------------------------------------

void region_open(Compiler *c, Region *region) {
    region->start = (uint32_t)c->unit->ins.count;
    region->open = true;
}

void region_close(Compiler *c, Region *region) {
    Unit *u = c->unit;
    if (!region->open) return;
    region->open = false;
    uint32_t end = (uint32_t)u->ins.count;
    if (end == region->start) return;
    u->labels.items[region->target].reached = true;
    arena_push(c->arena, &u->guards, ((Guard){region->start, end, region->target, region->reg, region->depth}));
}

Region region_begin(Compiler *c, Label target, Reg reg) {
    Unit *u = c->unit;
    Region region = {.target = target, .reg = reg, .depth = ++u->region_depth};
    LabelInfo *info = &u->labels.items[target];
    // The handler may be entered from anywhere inside, so it knows only what was bound before.
    info->bound = arena_memdup(c->arena, u->bound, u->bound_words * sizeof *u->bound);
    region_open(c, &region);
    return region;
}

void region_end(Compiler *c, Region *region) {
    region_close(c, region);
    c->unit->region_depth--;
}

// ---- units ---------------------------------------------------------------------------------------------------------

enum { KEPT_MASK = 255 };

// The table of a pool to be used again: cleared, unless it is so large that a new one is cheaper.
static uint32_t *table_again(uint32_t *table, uint32_t mask) {
    if (table == NULL || mask > KEPT_MASK) return NULL;
    return memset(table, 0, ((size_t)mask + 1) * sizeof *table);
}

#define KEEP_VECTOR(u, kept, name) ((u)->name = (kept).name, (u)->name.count = 0)
#define KEEP_POOL(u, kept, name)                                                                                     \
    (KEEP_VECTOR(u, kept, name.items), (u)->name.table = table_again((kept).name.table, (kept).name.mask),           \
     (u)->name.mask = (kept).name.mask)

// The vectors of a finished unit serve the next one.
static Unit *unit_new(Compiler *c) {
    Unit *u = c->spare_units;
    if (u == NULL) return arena_new(c->arena, Unit);
    c->spare_units = u->outer;
    Unit kept = *u;
    memset(u, 0, sizeof *u);
    KEEP_VECTOR(u, kept, ins);
    KEEP_VECTOR(u, kept, jumps);
    KEEP_VECTOR(u, kept, labels);
    KEEP_VECTOR(u, kept, guards);
    KEEP_POOL(u, kept, low_constants);
    KEEP_POOL(u, kept, constants);
    KEEP_POOL(u, kept, low_names);
    KEEP_POOL(u, kept, names);
    return u;
}

static UnitName qualname_of(Compiler *c, const Scope *scope, const Name *name) {
    Unit *outer = c->unit;
    while (outer != NULL && outer->scope->kind == SCOPE_TYPE_PARAMS) outer = outer->outer;
    if (outer == NULL || outer->scope->kind == SCOPE_MODULE) return unit_name_of(name);
    if (scope->kind == SCOPE_FUNCTION || scope->kind == SCOPE_CLASS) {
        const Scope *around = scope->parent;
        while (around->kind == SCOPE_TYPE_PARAMS) around = around->parent;
        while (around->inlined) around = around->parent;
        const Symbol *symbol = scope_find(around, name_mangle(c->fe, around->private_name, name));
        if (symbol != NULL && symbol->binding == BINDING_GLOBAL) return unit_name_of(name);
    }
    const char *separator = scope_is_function_like(outer->scope) ? ".<locals>." : ".";
    size_t outer_size = outer->qualname.size, separator_size = strlen(separator);
    char *text = arena_alloc_unset(c->arena, outer_size + separator_size + name->length + 1);
    memcpy(text, outer->qualname.data, outer_size);
    memcpy(text + outer_size, separator, separator_size);
    memcpy(text + outer_size + separator_size, name->text, name->length + 1);   // with its NUL
    return (UnitName){text, (uint32_t)(outer_size + separator_size + name->length)};
}

Unit *unit_enter(Compiler *c, Scope *scope, const Name *name, int line) {
    compiler_deeper(c);
    Unit *u = unit_new(c);
    u->qualname = qualname_of(c, scope, name);
    u->outer = c->unit;
    u->scope = u->inner = scope;
    u->name = unit_name_of(name);
    u->first_line = line;
    if (scope->local_count >= NO_REG) diag_raise_nowhere(c->fe, DIAG_OVERFLOW_ERROR, "too many local variables");
    u->next_temp = u->register_count = scope->local_count;
    u->bound_words = scope->slot_count / 64 + 1;
    u->bound = arena_new_array(c->arena, uint64_t, u->bound_words);
    c->unit = u;
    return u;
}

const CodeUnit *unit_leave(Compiler *c) {
    Unit *u = c->unit;
    const CodeUnit *code = unit_assemble(c, u);
    c->unit = u->outer;
    u->outer = c->spare_units;
    c->spare_units = u;
    c->depth--;
    return code;
}
