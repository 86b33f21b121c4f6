// What the files of the code generator share: the unit being made, instructions, registers, labels, blocks.
//
// Registers: locals first, then temporaries as a stack. `Reg mark = temp_mark(c); ... temp_release(c, mark);`
//
// An expression is asked for with a wish where its value should go (`want`) and answers with an operand:
//
//     a constant              nothing has been emitted; the asker loads it, folds it, or puts it into an instruction
//     a local's own register  the variable is read where it lives
//     `want`                  or a new temporary, when there was no wish
//
// A wish for a local's register is fulfilled by one instruction, the last: an exception before leaves the old value.
//
// Unreachable code is generated like any other, for the errors in it, but emits nothing. What variables are known to be
// bound is a set that flows along with the code: jumps carry it to labels, labels intersect what arrives.
#ifndef COIL_COMPILER_GEN_H
#define COIL_COMPILER_GEN_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler/codeunit.h"
#include "compiler/compile.h"
#include "compiler/symtable.h"

typedef uint32_t Reg;
typedef uint32_t Label;
#define NO_REG ((Reg)NO_REGISTER)
#define NO_LABEL UINT32_MAX

typedef struct Ins {
    Word word;
    const Position *at;      // NULL: stands for nothing in the source
    Label label;             // of a jump; else NO_LABEL
    uint32_t offset;         // assembling: in words; before it is laid out, whether something jumps here
} Ins;

typedef struct LabelInfo {
    uint32_t ins;            // number of the instruction it stands before; UINT32_MAX until placed
    bool reached;
    uint64_t *bound;         // what is known to be bound on every way here so far
} LabelInfo;

// Code in [start, end) is guarded: an exception goes to `target` in `reg`. Deeper ones come first.
typedef struct Guard {
    uint32_t start, end;
    Label target;
    Reg reg;
    int depth;
} Guard;

// A stretch that is guarded, with holes where it is left.
typedef struct Region {
    uint32_t start;
    Label target;
    Reg reg;
    int depth;
    bool open;
} Region;

typedef enum BlockKind {
    BLOCK_LOOP,              // while, for, async for
    BLOCK_TRY,               // body of a try with except clauses: leaving it needs no code
    BLOCK_FINALLY,           // body guarded by a finally: leaving it runs a copy of the finally
    BLOCK_HANDLER,           // an exception is being handled: leaving restores the one before
    BLOCK_HANDLER_NAME,      // except ... as name: leaving unbinds the name
    BLOCK_WITH,
    BLOCK_EXCEPT_STAR,       // inside except*: return, break and continue are refused
} BlockKind;

typedef struct Block Block;
struct Block {
    BlockKind kind;
    Block *outer;
    Label break_label, continue_label;
    Region *region;
    Reg reg;                 // HANDLER: the saved exception; WITH: the bound __exit__
    bool is_async;
    StmtSeq finalbody;
    const Name *name;
    const Position *at;
};

typedef struct ConstantPool {
    ArenaVec(UnitConstant) items;
    uint32_t *table;
    uint32_t mask;
} ConstantPool;

typedef struct NamePool {
    ArenaVec(const Name *) items;
    uint32_t *table;
    uint32_t mask;
} NamePool;

typedef struct Unit Unit;
struct Unit {
    Unit *outer;
    Scope *scope;            // of the function, class or module
    Scope *inner;            // where names are looked up: `scope`, or the comprehension inlined there
    UnitName name, qualname;
    uint32_t flags;
    int32_t first_line;
    uint16_t positional_only, positional, keyword_only;

    ArenaVec(Ins) ins;
    ArenaVec(uint32_t) jumps;                // those with a label
    ArenaVec(LabelInfo) labels;
    ArenaVec(Guard) guards;
    ConstantPool low_constants, constants;   // the low ones have numbers of 16 bits
    NamePool low_names, names;

    Reg next_temp, register_count;
    uint64_t *bound;         // by symbol slot
    uint32_t bound_words;
    bool unreachable;
    Block *block;
    int block_count, region_depth;
};

typedef struct Compiler {
    FrontEnd *fe;
    Arena *arena;
    NameTable *names;
    const SymbolTable *symbols;
    CompileOptions options;
    bool future_annotations, interactive;
    int future_line;         // of the last `from __future__ import`
    const Position *pattern_at;   // of the pattern looked at last, which is where CPython reports errors about names
    Unit *unit, *spare_units;
    int depth;
} Compiler;

typedef struct Operand {
    bool is_constant;
    Reg reg;
    UnitConstant value;
} Operand;

// ---- emit.c: instructions, labels, constants, names, guards

void emit(Compiler *c, const Position *at, Opcode op, unsigned x, Reg a, Reg b, Reg cc);
void emit_wide(Compiler *c, const Position *at, Opcode op, unsigned x, Reg a, int32_t bc);
void emit_jump(Compiler *c, const Position *at, Opcode op, unsigned x, Reg a, Reg b, Label target);
static inline void emit_to(Compiler *c, const Position *at, Label target) {
    emit_jump(c, at, OP_JUMP, 0, 0, 0, target);
}
void emit_move(Compiler *c, const Position *at, Reg to, Reg from);
void emit_constant(Compiler *c, const Position *at, Reg to, const UnitConstant *value);
void emit_none(Compiler *c, const Position *at, Reg to);
void emit_string(Compiler *c, const Position *at, Reg to, const char *text, size_t length);
void emit_return(Compiler *c, const Position *at, Reg from);

Label label_new(Compiler *c);
void label_place(Compiler *c, Label label);
// Lets the set of bound variables as it is now flow to the label, as a jump there would.
void label_join(Compiler *c, Label label);

uint32_t constant_low(Compiler *c, const UnitConstant *value);
uint32_t name_low(Compiler *c, const Name *name);
uint32_t name_wide(Compiler *c, const Name *name);
UnitName unit_name_of(const Name *name);
const Name *intern(Compiler *c, const char *text);

void region_open(Compiler *c, Region *region);
void region_close(Compiler *c, Region *region);
// A region around what follows, nested in those that are open; its target starts from what is bound now.
Region region_begin(Compiler *c, Label target, Reg reg);
void region_end(Compiler *c, Region *region);

Unit *unit_enter(Compiler *c, Scope *scope, const Name *name, int line);
const CodeUnit *unit_leave(Compiler *c);   // assembles

// ---- assemble.c
const CodeUnit *unit_assemble(Compiler *c, Unit *unit);

// ---- regalloc.c: temporaries, and which variables are known to be bound

static inline Reg temp_mark(const Compiler *c) { return c->unit->next_temp; }
static inline void temp_release(Compiler *c, Reg mark) { c->unit->next_temp = mark; }
Reg temp_new(Compiler *c);
Reg temps_new(Compiler *c, uint32_t count);
static inline bool is_temp(const Compiler *c, Reg reg) { return reg != NO_REG && reg >= c->unit->scope->local_count; }
static inline bool is_top(const Compiler *c, Reg reg) { return is_temp(c, reg) && reg + 1 == c->unit->next_temp; }
static inline Reg wanted(Compiler *c, Reg want) { return want != NO_REG ? want : temp_new(c); }
bool variable_is_bound(const Compiler *c, const Symbol *symbol);
void variable_bind(Compiler *c, const Symbol *symbol);
void variable_unbind(Compiler *c, const Symbol *symbol);

// ---- variables.c

typedef enum VariableKind {
    VARIABLE_REGISTER,
    VARIABLE_CELL,
    VARIABLE_FREE,
    VARIABLE_GLOBAL,
    VARIABLE_NAME
} VariableKind;
typedef struct Variable {
    VariableKind kind;
    bool in_class;           // a free variable that the class body's namespace may hide
    uint32_t index;
    const Symbol *symbol;    // of REGISTER and CELL
    const Name *name;        // mangled
} Variable;

const Name *mangle(Compiler *c, const Name *name);
Variable variable_find(Compiler *c, const Name *name);
void variable_load(Compiler *c, const Position *at, Variable v, Reg want, Operand *out);
void variable_store(Compiler *c, const Position *at, Variable v, Reg from);
void variable_delete(Compiler *c, const Position *at, Variable v);
Capture variable_capture(Compiler *c, const Name *mangled);
void store_name(Compiler *c, const Position *at, const Name *name, Reg from);

// ---- fold.c

UnitConstant constant_of(const Constant *constant);
UnitConstant constant_none(void);
UnitConstant constant_string(const char *text, size_t length);
UnitConstant constant_tuple(const UnitConstant *items, size_t count);
bool constant_truth(const UnitConstant *value);
bool fold_binary(Compiler *c, Operator op, const UnitConstant *left, const UnitConstant *right, UnitConstant *out);
bool fold_unary(Compiler *c, UnaryOperator op, const UnitConstant *value, UnitConstant *out);
// Whether the expression is a constant, without emitting anything.
bool fold_expr(Compiler *c, const Expr *e, UnitConstant *out);

// ---- gen_expr.c and its kin

void gen(Compiler *c, const Expr *e, Reg want, Operand *out);
void gen_to(Compiler *c, const Expr *e, Reg to);
Reg gen_any(Compiler *c, const Expr *e);
// As gen_any, but the value does not change when `later` is evaluated after it.
Reg gen_stable(Compiler *c, const Expr *e, const Expr *later);
void gen_discard(Compiler *c, const Expr *e);
Reg operand_register(Compiler *c, const Position *at, Operand *operand);
void operand_to(Compiler *c, const Position *at, Operand *operand, Reg to);
bool operand_may_change(Compiler *c, const Operand *operand, const Expr *later);
bool constant_is_short(const UnitConstant *value, int *out);
void emit_binary(Compiler *c, const Position *at, Operator op, bool in_place, Reg to, Reg left, Operand *right);

void gen_display(Compiler *c, const Expr *e, Reg want, Operand *out);       // list, tuple, set, dict
void gen_sequence(Compiler *c, const Position *at, ExprSeq elts, Opcode build, Reg to);
void gen_dict_items(Compiler *c, const Position *at, ExprSeq keys, ExprSeq values, Reg to);
void gen_joined_string(Compiler *c, const Expr *e, Reg want, Operand *out);
bool call_is_method(const Expr *call);
void gen_call(Compiler *c, const Expr *call, Operand *callee, Reg want, Operand *out);
void gen_call_arguments(Compiler *c, const Position *at, Reg window, bool method, ExprSeq args, KeywordSeq keywords,
                        uint32_t given);
void gen_subscript(Compiler *c, const Expr *e, Operand *object, Reg want, Operand *out);
Position position_of_attribute(const Position *at, const Expr *attribute);
const Position *attribute_at(Compiler *c, const Position *at, const Expr *attribute);
// The registers of a subscription a[i] or a[i:j].
typedef struct Subscript { bool is_slice, is_short; Reg object, index; int value; } Subscript;
Subscript gen_subscript_operands(Compiler *c, const Expr *e);
void emit_subscript_load(Compiler *c, const Position *at, Subscript s, Reg to);
void emit_subscript_store(Compiler *c, const Position *at, Subscript s, Reg from);

// ---- gen_cond.c
void gen_jump_if(Compiler *c, const Position *at, const Expr *e, bool sense, Label target);
Reg gen_iterable(Compiler *c, const Expr *e);
// Where CPython is after such a jump: at the last comparison in it, if there is one.
const Position *condition_at(const Position *at, const Expr *e);
void gen_compare(Compiler *c, const Expr *e, Reg want, Operand *out);
void gen_bool_op(Compiler *c, const Expr *e, Reg want, Operand *out);
void gen_if_exp(Compiler *c, const Expr *e, Reg want, Operand *out);

// ---- gen_comp.c
void gen_comprehension(Compiler *c, const Expr *e, Reg want, Operand *out);

// ---- gen_func.c, gen_class.c, gen_types.c
void gen_lambda(Compiler *c, const Expr *e, Reg want, Operand *out);
void gen_function(Compiler *c, const Stmt *s, const StmtFunctionDef *f, bool is_async);
void gen_class(Compiler *c, const Stmt *s);
void gen_type_alias(Compiler *c, const Stmt *s);
// What the flags of a unit follow from.
uint32_t unit_flags(Compiler *c, const Scope *scope);
// The first instructions of a unit: cells for the locals that need them; the parameters count as bound.
void gen_prologue(Compiler *c);
// MAKE_FUNCTION of a finished unit, its captures taken from the unit that is current now.
void emit_make_function(Compiler *c, const Position *at, const Scope *scope, const CodeUnit *code, unsigned x,
                        Reg extras, Reg to);
// `return None` where the body can end.
void gen_epilogue(Compiler *c);
void gen_annotation(Compiler *c, const Expr *annotation, Reg to);
// Enters the hidden function around something generic and makes its type parameters: a tuple in `to`.
Reg gen_type_params_begin(Compiler *c, const void *node, const Name *name, TypeParamSeq params, const Position *at);
// Leaves it: `result` is what it returns; it is made and called in a window of which the `arguments` are filled
// already.
void gen_type_params_end(Compiler *c, const void *node, const Position *at, Reg result, Reg window, uint32_t arguments);
const Expr *docstring_of(const Compiler *c, StmtSeq body);
bool body_has_annotations(StmtSeq body);

// ---- gen_stmt.c and its kin
void gen_stmt(Compiler *c, const Stmt *s);
void gen_body(Compiler *c, StmtSeq body);
void gen_store(Compiler *c, const Expr *target, Reg from);
void gen_assign(Compiler *c, const Stmt *s);
void gen_aug_assign(Compiler *c, const Stmt *s);
void gen_ann_assign(Compiler *c, const Stmt *s);
void gen_delete(Compiler *c, const Expr *target);
void gen_for_target(Compiler *c, const Expr *target, Reg *out_item, bool *out_direct);
void gen_import(Compiler *c, const Stmt *s);
void gen_import_from(Compiler *c, const Stmt *s);
void gen_try(Compiler *c, const Stmt *s, const StmtTry *t, bool is_star);
void gen_with(Compiler *c, const Stmt *s, const StmtWith *w, bool is_async);
void gen_match(Compiler *c, const Stmt *s);
void gen_await(Compiler *c, const Position *at, unsigned x, Reg value, Reg to);
void emit_unbind(Compiler *c, const Position *at, const Name *name);
void emit_with_exit(Compiler *c, const Position *at, Reg exit, bool is_async);

void block_push(Compiler *c, Block *block, const Position *at);
void block_pop(Compiler *c);
// Emits what leaving every block up to `until` needs (not `until` itself).
void blocks_unwind(Compiler *c, Block *until);
bool unwinding_runs_code(const Compiler *c, const Block *until);

// ---- unparse.c
// The expression as text, as CPython writes postponed annotations.
void unparse_expr(Compiler *c, const Expr *e, const char **out_text, size_t *out_length);

// ---- compile.c
_Noreturn void compile_error(Compiler *c, const Position *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void compile_warn(Compiler *c, const Position *at, const char *format, ...) __attribute__((format(printf, 3, 4)));
void compiler_deeper(Compiler *c);
void refuse_forbidden_name(Compiler *c, const Position *at, const Name *name, ExprContext ctx);
// Whether `await` and the like may stand here.
bool await_is_allowed(const Compiler *c);
bool in_async_function(const Compiler *c);

#endif
