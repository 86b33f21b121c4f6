// The dispatch loop.
//
// What stands here is the short way of each instruction: inline ints and floats, cache hits, exact-arity calls, built-in containers.
// Everything else leaves through LEAVE(), a function of loop_ops.c, loop_calls.c or suspend.c that answers with the frame to go on in
// (interp.h). The loop's own state is pc, base, frame and in; the VM and the frame have everything else, so that any instruction may run
// Python code, switch frames or raise in between.
#include "vm/interp.h"

#include "vm/errors.h"
#include "vm/heap.h"
#include "vm/loop_ops.h"
#include "vm/ops.h"
#include "vm/trace.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/generator.h"
#include "vm/types/iterator.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

#define A ((in >> 16) & 65535)
#define B ((in >> 32) & 65535)
#define C (in >> 48)
#define X ((in >> 8) & 255)
#define SIGNED_B ((int64_t)(int16_t)(in >> 32))
#define SIGNED_C ((int64_t)in >> 48)
#define SIGNED_BC ((int64_t)in >> 32)
#define BC ((uint32_t)(in >> 32))
#define R(i) base[i]

#if defined(__GNUC__) || defined(__clang__)
#define COMPUTED_GOTO 1
#else
#define COMPUTED_GOTO 0
#endif

// 1: this is the copy of interp_traced.c, which tells of every instruction.
#ifndef TRACED
#define TRACED 0
#endif

#if COMPUTED_GOTO && TRACED
#define CASE(name) L_##name
#define NEXT() goto step
#elif COMPUTED_GOTO
#define CASE(name) L_##name
#define NEXT() do { in = *pc++; goto *labels[in & 255]; } while (0)
#else
#define CASE(name) case OP_##name
#define NEXT() goto next
#endif

// Leaves the loop for an operation that may push or leave frames.
#define LEAVE(operation) do { frame->pc = pc; frame = operation(vm, frame, in); goto resume; } while (0)
// Before an expression that may raise or run Python code and comes back to this very instruction.
#define SAVE_PC() (frame->pc = pc)
#define FAIL() goto unwind

// A safepoint of the jump instruction whose next word is at pc: taken before the jump, so that what is raised here is raised there.
#define SAFEPOINT() do { if (UNLIKELY(--vm->ticks <= 0)) { SAVE_PC(); if (!vm_tick(vm)) FAIL(); } } while (0)
#define JUMP(offset) do { int64_t distance_ = (offset); SAFEPOINT(); pc += distance_; NEXT(); } while (0)

#define INT_IMMEDIATE(i) ((Value){(uint64_t)(i) << 2 | 3})

// R[a] = R[b] op R[c] on inline ints, then floats.
#define ARITHMETIC(NAME, int_operation, sign) \
    CASE(NAME): { \
        Value left = R(B), right = R(C), result; \
        if (LIKELY(both_int(left, right))) { \
            if (UNLIKELY(!int_operation(left, right, &result))) LEAVE(loop_op_binary); \
        } else if (both_inline_float(left, right)) { \
            if (UNLIKELY(!float_inline(to_double(left) sign to_double(right), &result))) LEAVE(loop_op_binary); \
        } else { \
            LEAVE(loop_op_binary); \
        } \
        R(A) = result; \
        NEXT(); }
#define ARITHMETIC_INT(NAME, int_operation, sign) \
    CASE(NAME): { \
        Value left = R(B), right = INT_IMMEDIATE(SIGNED_C), result; \
        if (LIKELY(is_int(left))) { \
            if (UNLIKELY(!int_operation(left, right, &result))) LEAVE(loop_op_binary_int); \
        } else if (is_inline_float(left)) { \
            if (UNLIKELY(!float_inline(to_double(left) sign (double)SIGNED_C, &result))) LEAVE(loop_op_binary_int); \
        } else { \
            LEAVE(loop_op_binary_int); \
        } \
        R(A) = result; \
        NEXT(); }
#define BITWISE(NAME, expression) \
    CASE(NAME): { \
        Value left = R(B), right = R(C); \
        if (UNLIKELY(!both_int(left, right))) LEAVE(loop_op_binary); \
        R(A) = (Value){expression}; \
        NEXT(); }

// Comparison of inline ints is that of the words.
#define COMPARE_FAST(left, right, sign, result, otherwise) \
    if (LIKELY(both_int(left, right))) result = (int64_t)(left).bits sign (int64_t)(right).bits; \
    else if (both_inline_float(left, right)) result = to_double(left) sign to_double(right); \
    else otherwise
#define COMPARE_STRS(left, right, result_if_same, otherwise) \
    if (is_object(left) && (left).bits == (right).bits && to_object(left)->kind == KIND_STR) result = result_if_same; \
    else if (is_object(left) && is_object(right) && to_object(left)->shape == vm->types.str->root_shape && \
             to_object(right)->shape == vm->types.str->root_shape && strs_are_flat((Str *)to_object(left), (Str *)to_object(right))) \
        result = strs_equal((Str *)to_object(left), (Str *)to_object(right)) == (result_if_same); \
    else otherwise
static inline bool strs_are_flat(const Str *left, const Str *right) { return left->data != NULL && right->data != NULL; }
// Of two different objects.
static inline bool strs_equal(const Str *left, const Str *right) {
    if (left->size != right->size || (left->head.flags & right->head.flags & STR_INTERNED)) return false;
    return memcmp(left->data, right->data, left->size) == 0;
}
#define NO_STRS(left, right, result_if_same, otherwise) otherwise

#define COMPARISON(NAME, sign, STRS, same) \
    CASE(NAME): { \
        Value left = R(B), right = R(C); \
        bool result; \
        COMPARE_FAST(left, right, sign, result, STRS(left, right, same, LEAVE(loop_op_compare))); \
        R(A) = from_bool(result); \
        NEXT(); } \
    CASE(JUMP_##NAME): { \
        Value left = R(A), right = R(B); \
        bool result; \
        COMPARE_FAST(left, right, sign, result, STRS(left, right, same, LEAVE(loop_op_jump_compare))); \
        if (result) JUMP(SIGNED_C); \
        NEXT(); } \
    CASE(JUMP_NOT_##NAME): { \
        Value left = R(A), right = R(B); \
        bool result; \
        COMPARE_FAST(left, right, sign, result, STRS(left, right, same, LEAVE(loop_op_jump_compare))); \
        if (!result) JUMP(SIGNED_C); \
        NEXT(); } \
    CASE(JUMP_##NAME##_INT): { \
        Value left = R(A), right = INT_IMMEDIATE(SIGNED_B); \
        bool result; \
        if (LIKELY(is_int(left))) result = (int64_t)left.bits sign (int64_t)right.bits; \
        else if (is_inline_float(left)) result = to_double(left) sign (double)SIGNED_B; \
        else LEAVE(loop_op_jump_compare_int); \
        if (result) JUMP(SIGNED_C); \
        NEXT(); } \
    CASE(JUMP_NOT_##NAME##_INT): { \
        Value left = R(A), right = INT_IMMEDIATE(SIGNED_B); \
        bool result; \
        if (LIKELY(is_int(left))) result = (int64_t)left.bits sign (int64_t)right.bits; \
        else if (is_inline_float(left)) result = to_double(left) sign (double)SIGNED_B; \
        else LEAVE(loop_op_jump_compare_int); \
        if (!result) JUMP(SIGNED_C); \
        NEXT(); }

// Truth of what needs no method: sets `truth`, or does `otherwise`.
#define TRUTH(v, truth, otherwise) \
    if (LIKELY((v).bits == TRUE_VALUE.bits)) truth = true; \
    else if (LIKELY((v).bits == FALSE_VALUE.bits || (v).bits == NONE.bits)) truth = false; \
    else if (is_int(v)) truth = (v).bits != INT_IMMEDIATE(0).bits; \
    else if (is_kind(v, KIND_STR) && to_object(v)->shape == vm->types.str->root_shape) truth = ((Str *)to_object(v))->length != 0; \
    else if (is_kind(v, KIND_LIST) && to_object(v)->shape == vm->types.list->root_shape) truth = to_list(v)->count != 0; \
    else otherwise

// The inline caches of attributes (icache.c): pc[0] is a shape, class or version, pc[1] a slot's offset and, above, the class epoch, pc[2] an
// entry of a dict, a function or a shape.
#define SHAPE_HIT(v) \
    (LIKELY(((v).bits & 7) == 0) && (Word)(uintptr_t)to_object(v)->shape == pc[0] && (uint32_t)(pc[1] >> 32) == vm->class_epoch)
#define CLASS_HIT(v) ((v).bits == pc[0] && (uint32_t)(pc[1] >> 32) == vm->class_epoch)
#define MODULE_HIT(v) (is_kind(v, KIND_MODULE) && to_module(v)->dict->keys_version == pc[0])
#define CACHED_OFFSET() ((uint16_t)pc[1])
#define CACHED_ENTRY() ((DictEntry *)(uintptr_t)pc[2])

// Pushes the frame of a function whose arguments stand at `args`, as many as it has parameters.
#define ENTER_FUNCTION(callee_, code_, args_, argc_, result_, slow) do { \
    Value *args__ = (args_); \
    Frame *next_ = vm->frame_next; \
    size_t offset_ = (size_t)((uintptr_t)(args__ + (code_)->register_count) - (uintptr_t)vm->stack_start); \
    if (UNLIKELY(offset_ > vm->stack_size || next_ >= vm->frame_end)) { \
        /* Out of a generator: its registers are in its object, so the arguments are copied to where the stack's free part begins. */ \
        if (frame->return_mode != RETURN_GENERATOR || next_ >= vm->frame_end) slow; \
        Value *from_ = args__; \
        args__ = frame->generator->stack_base; \
        offset_ = (size_t)((uintptr_t)(args__ + (code_)->register_count) - (uintptr_t)vm->stack_start); \
        if (offset_ > vm->stack_size || (uintptr_t)args__ < (uintptr_t)vm->stack_start) slow; \
        for (uint32_t i_ = 0; i_ < (argc_); i_++) args__[i_] = from_[i_]; \
    } else if (UNLIKELY((uintptr_t)args__ < (uintptr_t)vm->stack_start)) { \
        slow; \
    } \
    next_->caller = frame; \
    next_->pc = (code_)->words; \
    next_->registers = args__; \
    next_->function = (callee_); \
    next_->code = (code_); \
    next_->result = (result_); \
    next_->unusual = 0; \
    for (Value *at_ = args__ + (argc_), *end_ = args__ + (code_)->register_count; at_ < end_; at_++) *at_ = UNDEFINED; \
    vm->frame_next = next_ + 1; \
    vm->frame = frame = next_; \
    base = args__; \
    pc = (code_)->words; \
    if (UNLIKELY(--vm->ticks <= 0)) { SAVE_PC(); if (!vm_tick_at_call(vm)) FAIL(); } \
    NEXT(); \
} while (0)

// The cache word of a call: do the next instructions await its result, which stands in a temporary register that nothing else reads?
enum { CALL_UNKNOWN, CALL_AWAITED, CALL_NOT_AWAITED };
static __attribute__((noinline)) bool call_is_awaited(const Frame *frame, const Word *cache, Word in) {
    const Word *next = cache + 1;
    bool awaited = word_op(next[0]) == OP_GET_AWAITABLE && word_op(next[1]) == OP_DELEGATE && word_b(next[1]) == word_a(next[0]) &&
                   word_b(next[0]) == word_a(in) && word_a(in) >= frame->code->local_count && frame->return_mode == RETURN_GENERATOR;
    *(Word *)cache = awaited ? CALL_AWAITED : CALL_NOT_AWAITED;
    return awaited;
}
// `await f(...)` where the last such call of f has left its coroutine behind; see loop_await_call() in suspend.c, which does the same for all
// other cases.
#define AWAIT_CALL(function_, args_, argc_) do { \
    Code *code_ = (function_)->code; \
    if (!TRACED && code_->spare != NULL && (pc[0] == CALL_AWAITED || (pc[0] == CALL_UNKNOWN && call_is_awaited(frame, pc, in))) && \
        (argc_) == code_->positional && (argc_) == code_->parameter_registers && vm->coroutine_origin_depth <= 0) { \
        awaited = (function_); \
        awaited_args = (args_); \
        goto await_call; \
    } \
} while (0)

// The same for native functions that need not wait.
#define AWAIT_NATIVE(native_, args_, argc_) do { \
    Native *called_ = (native_); \
    if (!TRACED && UNLIKELY(called_->awaited != NULL) && (pc[0] == CALL_AWAITED || (pc[0] == CALL_UNKNOWN && call_is_awaited(frame, pc, in)))) { \
        frame->pc = pc + 3; \
        Value value_ = called_->awaited(vm, (args_), (int)(argc_)); \
        if (LIKELY(!is_undefined(value_))) { \
            if (UNLIKELY(is_error(value_))) FAIL(); \
            pc += 3; \
            in = pc[-1]; \
            R(A) = value_; \
            NEXT(); \
        } \
    } \
} while (0)

#if TRACED
Value loop_run_traced(VM *vm, Frame *frame) {
#else
static __attribute__((noinline)) Value loop_run(VM *vm, Frame *frame) {
#endif
    const Word *pc;
    Value *base;
    Word in;
    Function *awaited;           // for await_call
    const Value *awaited_args;
    goto resume;
#if COMPUTED_GOTO
    static const void *const labels[256] = {
        [OPCODE_COUNT ... 255] = &&L_unknown,
#define OP(name, x, a, b, c, cache, may, meaning) [OP_##name] = &&L_##name,
#include "compiler/opcodes.def"
#undef OP
    };
L_unknown:
    __builtin_trap();
#else
next:
    in = *pc++;
    switch (in & 255) {
#endif

resume:
    if (UNLIKELY((uintptr_t)frame <= (uintptr_t)LOOP_SWITCH)) {
        if (frame == LOOP_LEAVE) return vm->loop_result;
        // The other loop goes on in vm->frame: one was told to, or the safepoint of a call has found that it should.
        if (frame == LOOP_SWITCH || (frame == NULL && !is_raised(vm) && vm->trace.due)) return vm->trace.switching = true, ERROR;
        frame = loop_unwind(vm, frame == NULL);
        if ((uintptr_t)frame <= (uintptr_t)LOOP_RERAISE) return frame == LOOP_LEAVE ? vm->loop_result : ERROR;
    }
    pc = frame->pc;
    base = frame->registers;
    NEXT();

#if TRACED
step:
    if (!vm->trace.on) {
        frame->pc = pc;
        return vm->trace.switching = true, ERROR;
    }
    if (!trace_step(vm, frame, pc)) FAIL();
#if COMPUTED_GOTO
    in = *pc++;
    goto *labels[in & 255];
#else
    goto next;
#endif
#endif

unwind:
    frame = NULL;
    goto resume;

    // ---- moves and constants
CASE(MOVE):
    R(A) = R(B);
    NEXT();
CASE(LOAD_CONST):
    R(A) = frame->code->constants[BC];
    NEXT();
CASE(LOAD_INT):
    R(A) = INT_IMMEDIATE(SIGNED_BC);
    NEXT();
CASE(LOAD_UNDEFINED):
    R(A) = UNDEFINED;
    NEXT();

    // ---- variables
CASE(CHECK_LOCAL):
    if (UNLIKELY(is_undefined(R(A)))) LEAVE(loop_op_unbound_local);
    NEXT();
CASE(DELETE_LOCAL):
    if (UNLIKELY(is_undefined(R(A)))) LEAVE(loop_op_unbound_local);
    R(A) = UNDEFINED;
    NEXT();
CASE(MAKE_CELL): {
    SAVE_PC();
    Value cell = cell_new(vm, R(A));
    if (UNLIKELY(is_error(cell))) FAIL();
    R(A) = cell;
    NEXT(); }
CASE(LOAD_CELL): {
    Value content = ((Cell *)to_object(R(B)))->content;
    if (UNLIKELY(is_undefined(content))) LEAVE(loop_op_unbound_cell);
    R(A) = content;
    NEXT(); }
CASE(STORE_CELL): {
    Cell *cell = (Cell *)to_object(R(A));
    cell->content = R(B);
    gc_write_barrier(vm, cell);
    NEXT(); }
CASE(DELETE_CELL): {
    Cell *cell = (Cell *)to_object(R(A));
    if (UNLIKELY(is_undefined(cell->content))) LEAVE(loop_op_unbound_cell);
    cell->content = UNDEFINED;
    NEXT(); }
CASE(LOAD_FREE): {
    Value content = ((Cell *)to_object(frame->function->closure[B]))->content;
    if (UNLIKELY(is_undefined(content))) LEAVE(loop_op_unbound_free);
    R(A) = content;
    NEXT(); }
CASE(STORE_FREE): {
    Cell *cell = (Cell *)to_object(frame->function->closure[B]);
    cell->content = R(A);
    gc_write_barrier(vm, cell);
    NEXT(); }
CASE(DELETE_FREE): {
    Cell *cell = (Cell *)to_object(frame->function->closure[B]);
    if (UNLIKELY(is_undefined(cell->content))) LEAVE(loop_op_unbound_free);
    cell->content = UNDEFINED;
    NEXT(); }
CASE(LOAD_CLASS_FREE): LEAVE(loop_op_load_class_free);
CASE(LOAD_GLOBAL): {
    // The cache: version of the globals' keys, version of the built-ins' keys (for LOAD_GLOBAL_BUILTIN), entry of the dict that has the name.
    if (UNLIKELY(frame->function->globals->keys_version != pc[0])) LEAVE(loop_op_load_global);
    R(A) = ((DictEntry *)(uintptr_t)pc[2])->value;
    pc += 3;
    NEXT(); }
CASE(LOAD_GLOBAL_BUILTIN): {
    Function *function = frame->function;
    if (UNLIKELY(function->globals->keys_version != pc[0] || function->builtins->keys_version != pc[1])) LEAVE(loop_op_load_global);
    R(A) = ((DictEntry *)(uintptr_t)pc[2])->value;
    pc += 3;
    NEXT(); }
CASE(STORE_GLOBAL): {
    Dict *globals = frame->function->globals;
    if (UNLIKELY(globals->keys_version != pc[0])) LEAVE(loop_op_store_global);
    ((DictEntry *)(uintptr_t)pc[1])->value = R(A);
    gc_write_barrier(vm, globals);
    pc += 2;
    NEXT(); }
CASE(DELETE_GLOBAL): LEAVE(loop_op_delete_global);
CASE(LOAD_NAME):
    if (UNLIKELY(frame->function->globals->keys_version != pc[0] || frame->state & FRAME_HAS_NAMESPACE)) LEAVE(loop_op_load_name);
    R(A) = ((DictEntry *)(uintptr_t)pc[2])->value;
    pc += 3;
    NEXT();
CASE(STORE_NAME): {
    Dict *globals = frame->function->globals;
    if (UNLIKELY(globals->keys_version != pc[0] || frame->state & FRAME_HAS_NAMESPACE)) LEAVE(loop_op_store_name);
    ((DictEntry *)(uintptr_t)pc[1])->value = R(A);
    gc_write_barrier(vm, globals);
    pc += 2;
    NEXT(); }
CASE(DELETE_NAME): LEAVE(loop_op_delete_name);

    // ---- operators
ARITHMETIC(ADD, int_add_inline, +)
ARITHMETIC(SUB, int_sub_inline, -)
ARITHMETIC(MUL, int_mul_inline, *)
ARITHMETIC_INT(ADD_INT, int_add_inline, +)
ARITHMETIC_INT(SUB_INT, int_sub_inline, -)
ARITHMETIC_INT(MUL_INT, int_mul_inline, *)
CASE(TRUEDIV): {
    Value left = R(B), right = R(C), result;
    if (both_inline_float(left, right)) {
        double divisor = to_double(right);
        if (UNLIKELY(divisor == 0 || !float_inline(to_double(left) / divisor, &result))) LEAVE(loop_op_binary);
    } else if (both_int(left, right)) {
        int64_t a = to_int(left), b = to_int(right);
        // Both exact as doubles, so that the quotient is rounded once.
        if (UNLIKELY(b == 0 || a > INT64_C(1) << 53 || a < -(INT64_C(1) << 53) || b > INT64_C(1) << 53 || b < -(INT64_C(1) << 53)))
            LEAVE(loop_op_binary);
        if (UNLIKELY(!float_inline((double)a / (double)b, &result))) LEAVE(loop_op_binary);
    } else {
        LEAVE(loop_op_binary);
    }
    R(A) = result;
    NEXT(); }
CASE(FLOORDIV): {
    Value left = R(B), right = R(C);
    if (UNLIKELY(!both_int(left, right))) LEAVE(loop_op_binary);
    int64_t a = to_int(left), b = to_int(right), quotient;
    if ((uint64_t)a < UINT32_MAX && (uint64_t)(b - 1) < UINT32_MAX) {
        quotient = (uint32_t)a / (uint32_t)b;
    } else {
        if (UNLIKELY(b == 0 || b == -1)) LEAVE(loop_op_binary);
        quotient = a / b;
        if (a % b != 0 && (a ^ b) < 0) quotient--;
    }
    R(A) = from_int(quotient);
    NEXT(); }
CASE(MOD): {
    Value left = R(B), right = R(C);
    if (UNLIKELY(!both_int(left, right))) LEAVE(loop_op_binary);
    int64_t a = to_int(left), b = to_int(right), rest;
    if ((uint64_t)a < UINT32_MAX && (uint64_t)(b - 1) < UINT32_MAX) {
        rest = (uint32_t)a % (uint32_t)b;
    } else {
        if (UNLIKELY(b == 0 || b == -1)) LEAVE(loop_op_binary);
        rest = a % b;
        if (rest != 0 && (rest ^ b) < 0) rest += b;
    }
    R(A) = from_int(rest);
    NEXT(); }
CASE(FLOORDIV_INT): {
    Value left = R(B);
    int64_t b = SIGNED_C;
    if (UNLIKELY(!is_int(left) || b <= 0)) LEAVE(loop_op_binary_int);
    int64_t a = to_int(left), quotient;
    if (((b & (b - 1)) == 0)) {
        quotient = a >> __builtin_ctzll((uint64_t)b);
    } else if ((uint64_t)a <= UINT32_MAX) {
        quotient = (uint32_t)a / (uint32_t)b;
    } else {
        quotient = a / b;
        if (a < 0 && quotient * b != a) quotient--;
    }
    R(A) = from_int(quotient);
    NEXT(); }
CASE(MOD_INT): {
    Value left = R(B);
    int64_t b = SIGNED_C;
    if (UNLIKELY(!is_int(left) || b <= 0)) LEAVE(loop_op_binary_int);
    int64_t a = to_int(left), rest;
    if (((b & (b - 1)) == 0)) {
        rest = a & (b - 1);
    } else if ((uint64_t)a <= UINT32_MAX) {
        rest = (uint32_t)a % (uint32_t)b;
    } else {
        rest = a % b;
        if (rest < 0) rest += b;
    }
    R(A) = from_int(rest);
    NEXT(); }
CASE(POW): LEAVE(loop_op_binary);
CASE(MATMUL): LEAVE(loop_op_binary);
CASE(LSHIFT): {
    Value left = R(B), right = R(C);
    if (UNLIKELY(!both_int(left, right))) LEAVE(loop_op_binary);
    int64_t a = to_int(left), b = to_int(right), shifted;
    if (UNLIKELY((uint64_t)b > 60)) LEAVE(loop_op_binary);
    shifted = (int64_t)((uint64_t)a << b);
    if (UNLIKELY(shifted >> b != a || !int_fits(shifted))) LEAVE(loop_op_binary);
    R(A) = from_int(shifted);
    NEXT(); }
CASE(RSHIFT): {
    Value left = R(B), right = R(C);
    if (UNLIKELY(!both_int(left, right))) LEAVE(loop_op_binary);
    int64_t b = to_int(right);
    if (UNLIKELY(b < 0)) LEAVE(loop_op_binary);
    R(A) = from_int(to_int(left) >> (b > 63 ? 63 : b));
    NEXT(); }
CASE(LSHIFT_INT): {
    Value left = R(B);
    int64_t b = SIGNED_C;
    if (UNLIKELY(!is_int(left) || (uint64_t)b > 60)) LEAVE(loop_op_binary_int);
    int64_t a = to_int(left), shifted = (int64_t)((uint64_t)a << b);
    if (UNLIKELY(shifted >> b != a || !int_fits(shifted))) LEAVE(loop_op_binary_int);
    R(A) = from_int(shifted);
    NEXT(); }
CASE(RSHIFT_INT): {
    Value left = R(B);
    int64_t b = SIGNED_C;
    if (UNLIKELY(!is_int(left) || b < 0)) LEAVE(loop_op_binary_int);
    R(A) = from_int(to_int(left) >> (b > 63 ? 63 : b));
    NEXT(); }
BITWISE(AND, left.bits & right.bits)
BITWISE(OR, left.bits | right.bits)
BITWISE(XOR, (left.bits ^ right.bits) | 3)
CASE(AND_INT): {
    Value left = R(B);
    if (UNLIKELY(!is_int(left))) LEAVE(loop_op_binary_int);
    R(A) = (Value){left.bits & INT_IMMEDIATE(SIGNED_C).bits};
    NEXT(); }
CASE(NEGATE): {
    Value v = R(B), result;
    if (LIKELY(is_int(v) && int_sub_inline(INT_IMMEDIATE(0), v, &result))) { R(A) = result; NEXT(); }
    if (is_inline_float(v) && float_inline(-to_double(v), &result)) { R(A) = result; NEXT(); }
    LEAVE(loop_op_unary); }
CASE(POSITIVE): {
    Value v = R(B);
    if (UNLIKELY(!is_int(v) && !is_inline_float(v))) LEAVE(loop_op_unary);
    R(A) = v;
    NEXT(); }
CASE(INVERT): {
    Value v = R(B);
    if (UNLIKELY(!is_int(v))) LEAVE(loop_op_unary);
    R(A) = (Value){~v.bits | 3};
    NEXT(); }
CASE(NOT): {
    Value v = R(B);
    bool truth;
    TRUTH(v, truth, LEAVE(loop_op_not));
    R(A) = from_bool(!truth);
    NEXT(); }
COMPARISON(LT, <, NO_STRS, false)
COMPARISON(LE, <=, NO_STRS, false)
COMPARISON(EQ, ==, COMPARE_STRS, true)
COMPARISON(NE, !=, COMPARE_STRS, false)
COMPARISON(GT, >, NO_STRS, false)
COMPARISON(GE, >=, NO_STRS, false)
CASE(IS):
    R(A) = from_bool((R(B).bits == R(C).bits) != X);
    NEXT();
CASE(IN): {
    Value container = R(C), item = R(B);
    if (LIKELY(is_object(container))) {
        Object *o = to_object(container);
        bool found = false;
        if (o->shape == vm->types.dict->root_shape) found = !is_undefined(dict_get_quick(vm, (Dict *)o, item));
        else if (o->shape == vm->types.set->root_shape || o->shape == vm->types.frozenset->root_shape) found = set_contains_quick(vm, (Set *)o, item);
        if (found) { R(A) = from_bool(!X); NEXT(); }
    }
    LEAVE(loop_op_in); }

    // ---- jumps
CASE(JUMP):
    pc += SIGNED_BC;
    NEXT();
CASE(JUMP_BACK):
    JUMP(SIGNED_BC);
CASE(JUMP_IF): {
    Value v = R(A);
    bool truth;
    TRUTH(v, truth, LEAVE(loop_op_jump_if));
    if (truth) JUMP(SIGNED_BC);
    NEXT(); }
CASE(JUMP_IF_NOT): {
    Value v = R(A);
    bool truth;
    TRUTH(v, truth, LEAVE(loop_op_jump_if));
    if (!truth) JUMP(SIGNED_BC);
    NEXT(); }
CASE(JUMP_IF_NONE):
    if (is_none(R(A))) JUMP(SIGNED_BC);
    NEXT();
CASE(JUMP_IF_NOT_NONE):
    if (!is_none(R(A))) JUMP(SIGNED_BC);
    NEXT();
CASE(JUMP_IF_UNDEFINED):
    if (is_undefined(R(A))) pc += SIGNED_BC;
    NEXT();
CASE(JUMP_IS):
    if (R(A).bits == R(B).bits) JUMP(SIGNED_C);
    NEXT();
CASE(JUMP_IS_NOT):
    if (R(A).bits != R(B).bits) JUMP(SIGNED_C);
    NEXT();

    // ---- attributes and items
CASE(LOAD_ATTR): LEAVE(loop_op_load_attr);
CASE(LOAD_ATTR_SLOT): {
    Value object = R(B);
    if (UNLIKELY(!SHAPE_HIT(object))) LEAVE(loop_op_load_attr);
    Value v = *(Value *)((char *)to_object(object) + CACHED_OFFSET());
    if (UNLIKELY(is_undefined(v))) LEAVE(loop_op_load_attr);   // a member of __slots__ that is not set
    R(A) = v;
    pc += 3;
    NEXT(); }
CASE(LOAD_ATTR_ENTRY):
    if (UNLIKELY(!SHAPE_HIT(R(B)))) LEAVE(loop_op_load_attr);
    R(A) = CACHED_ENTRY()->value;
    pc += 3;
    NEXT();
CASE(LOAD_ATTR_MODULE):
    if (UNLIKELY(!MODULE_HIT(R(B)))) LEAVE(loop_op_load_attr);
    R(A) = CACHED_ENTRY()->value;
    pc += 3;
    NEXT();
CASE(LOAD_ATTR_CLASS):
    if (UNLIKELY(!CLASS_HIT(R(B)))) LEAVE(loop_op_load_attr);
    R(A) = CACHED_ENTRY()->value;
    pc += 3;
    NEXT();
CASE(LOAD_ATTR_PROPERTY): {
    Value object = R(B);
    if (UNLIKELY(!SHAPE_HIT(object))) LEAVE(loop_op_load_attr);
    Function *getter = (Function *)(uintptr_t)pc[2];
    frame->pc = pc + 3;
    frame = loop_call_function(vm, frame, getter, &object, 1, RETURN_PLAIN, 0, &R(A));
    goto resume; }
CASE(STORE_ATTR): LEAVE(loop_op_store_attr);
CASE(STORE_ATTR_SLOT): {
    Value object = R(A);
    if (UNLIKELY(!SHAPE_HIT(object))) LEAVE(loop_op_store_attr);
    *(Value *)((char *)to_object(object) + CACHED_OFFSET()) = R(B);
    gc_write_barrier(vm, to_object(object));
    pc += 3;
    NEXT(); }
CASE(STORE_ATTR_ADD): {
    Value object = R(A);
    if (UNLIKELY(!SHAPE_HIT(object))) LEAVE(loop_op_store_attr);
    *(Value *)((char *)to_object(object) + CACHED_OFFSET()) = R(B);
    to_object(object)->shape = (Shape *)(uintptr_t)pc[2];
    gc_write_barrier(vm, to_object(object));
    pc += 3;
    NEXT(); }
CASE(DELETE_ATTR): LEAVE(loop_op_delete_attr);
CASE(LOAD_METHOD): LEAVE(loop_op_load_method);
CASE(LOAD_METHOD_FUNCTION): {
    Value object = R(B);
    if (UNLIKELY(!SHAPE_HIT(object))) LEAVE(loop_op_load_method);
    Value *to = &R(A);
    to[0] = (Value){pc[2]};
    to[1] = object;
    pc += 3;
    NEXT(); }
CASE(LOAD_METHOD_STATIC): {
    if (UNLIKELY(!SHAPE_HIT(R(B)))) LEAVE(loop_op_load_method);
    Value *to = &R(A);
    to[0] = UNDEFINED;
    to[1] = (Value){pc[2]};
    pc += 3;
    NEXT(); }
CASE(LOAD_METHOD_BOUND_CLASS): {
    Value object = R(B);
    if (UNLIKELY(!SHAPE_HIT(object))) LEAVE(loop_op_load_method);
    Value *to = &R(A);
    to[0] = (Value){pc[2]};
    to[1] = from_object(to_object(object)->shape->cls);
    pc += 3;
    NEXT(); }
CASE(LOAD_METHOD_CLASS_STATIC): {
    if (UNLIKELY(!CLASS_HIT(R(B)))) LEAVE(loop_op_load_method);
    Value *to = &R(A);
    to[0] = UNDEFINED;
    to[1] = (Value){pc[2]};
    pc += 3;
    NEXT(); }
CASE(LOAD_METHOD_MODULE): {
    if (UNLIKELY(!MODULE_HIT(R(B)))) LEAVE(loop_op_load_method);
    Value *to = &R(A), v = CACHED_ENTRY()->value;
    to[0] = UNDEFINED;
    to[1] = v;
    pc += 3;
    NEXT(); }
CASE(LOAD_METHOD_CLASS): {
    if (UNLIKELY(!CLASS_HIT(R(B)))) LEAVE(loop_op_load_method);
    Value *to = &R(A), v = CACHED_ENTRY()->value;
    to[0] = UNDEFINED;
    to[1] = v;
    pc += 3;
    NEXT(); }
CASE(LOAD_METHOD_OF_CLASS): {
    Value object = R(B);
    if (UNLIKELY(!CLASS_HIT(object))) LEAVE(loop_op_load_method);
    Value *to = &R(A);
    to[0] = (Value){pc[2]};
    to[1] = object;
    pc += 3;
    NEXT(); }
CASE(LOAD_ITEM): {
    Value object = R(B), key = R(C);
    if (LIKELY(is_object(object) && is_int(key))) {
        Object *o = to_object(object);
        if (o->shape == vm->types.list->root_shape) {
            List *list = (List *)o;
            int64_t index = to_int(key);
            if (index < 0) index += (int64_t)list->count;
            if (LIKELY((uint64_t)index < list->count)) { R(A) = list->items[index]; NEXT(); }
        } else if (o->shape == vm->types.tuple->root_shape) {
            Tuple *tuple = (Tuple *)o;
            int64_t index = to_int(key);
            if (index < 0) index += (int64_t)tuple->count;
            if (LIKELY((uint64_t)index < tuple->count)) { R(A) = tuple->items[index]; NEXT(); }
        }
    }
    if (is_object(object) && to_object(object)->shape == vm->types.dict->root_shape) {
        Value item = dict_get_quick(vm, (Dict *)to_object(object), key);
        if (LIKELY(!is_undefined(item))) { R(A) = item; NEXT(); }
    }
    LEAVE(loop_op_load_item); }
CASE(LOAD_ITEM_INT): {
    Value object = R(B);
    if (LIKELY(is_object(object))) {
        Object *o = to_object(object);
        if (o->shape == vm->types.list->root_shape) {
            List *list = (List *)o;
            int64_t index = SIGNED_C;
            if (index < 0) index += (int64_t)list->count;
            if (LIKELY((uint64_t)index < list->count)) { R(A) = list->items[index]; NEXT(); }
        } else if (o->shape == vm->types.tuple->root_shape) {
            Tuple *tuple = (Tuple *)o;
            int64_t index = SIGNED_C;
            if (index < 0) index += (int64_t)tuple->count;
            if (LIKELY((uint64_t)index < tuple->count)) { R(A) = tuple->items[index]; NEXT(); }
        }
    }
    LEAVE(loop_op_load_item_int); }
CASE(STORE_ITEM): {
    Value object = R(A), key = R(B);
    if (LIKELY(is_object(object) && is_int(key))) {
        List *list = (List *)to_object(object);
        if (list->head.shape == vm->types.list->root_shape) {
            int64_t index = to_int(key);
            if (index < 0) index += (int64_t)list->count;
            if (LIKELY((uint64_t)index < list->count)) {
                list->items[index] = R(C);
                gc_write_barrier_value(vm, list, R(C));
                NEXT();
            }
        }
    }
    if (is_object(object) && to_object(object)->shape == vm->types.dict->root_shape) {
        SAVE_PC();
        if (UNLIKELY(!dict_set(vm, (Dict *)to_object(object), key, R(C)))) FAIL();
        NEXT();
    }
    LEAVE(loop_op_store_item); }
CASE(DELETE_ITEM): LEAVE(loop_op_delete_item);
CASE(LOAD_SLICE): LEAVE(loop_op_load_slice);
CASE(STORE_SLICE): LEAVE(loop_op_store_slice);
CASE(BUILD_SLICE): LEAVE(loop_op_build_slice);

    // ---- displays and strings
CASE(BUILD_LIST): {
    SAVE_PC();
    List *list = list_from_values(vm, &R(B), C);
    if (UNLIKELY(list == NULL)) FAIL();
    R(A) = from_object(list);
    NEXT(); }
CASE(BUILD_TUPLE): {
    SAVE_PC();
    Tuple *tuple = tuple_from_values(vm, &R(B), C);
    if (UNLIKELY(tuple == NULL)) FAIL();
    R(A) = from_object(tuple);
    NEXT(); }
CASE(BUILD_SET): LEAVE(loop_op_build_set);
CASE(BUILD_DICT): LEAVE(loop_op_build_dict);
CASE(LIST_APPEND): {
    List *list = to_list(R(A));
    if (LIKELY(list->count < list->capacity)) {
        list->items[list->count++] = R(B);
        gc_write_barrier_value(vm, list, R(B));
        NEXT();
    }
    SAVE_PC();
    if (UNLIKELY(!list_append(vm, list, R(B)))) FAIL();
    NEXT(); }
CASE(LIST_EXTEND): LEAVE(loop_op_list_extend);
CASE(LIST_TO_TUPLE): LEAVE(loop_op_list_to_tuple);
CASE(SET_ADD): LEAVE(loop_op_set_add);
CASE(SET_UPDATE): LEAVE(loop_op_set_update);
CASE(DICT_SET): LEAVE(loop_op_dict_set);
CASE(DICT_UPDATE): LEAVE(loop_op_dict_update);
CASE(DICT_MERGE): LEAVE(loop_op_dict_merge);
CASE(FORMAT_VALUE): LEAVE(loop_op_format_value);
CASE(BUILD_STRING): LEAVE(loop_op_build_string);

    // ---- unpacking and iteration
CASE(UNPACK): {
    Value source = R(B);
    if (LIKELY(is_object(source) && to_object(source)->shape == vm->types.tuple->root_shape && to_tuple(source)->count == C)) {
        Tuple *tuple = to_tuple(source);
        Value *to = &R(A);
        for (size_t i = 0; i < C; i++) to[i] = tuple->items[i];
        NEXT();
    }
    LEAVE(loop_op_unpack); }
CASE(UNPACK_EX): LEAVE(loop_op_unpack_ex);
CASE(GET_ITER): LEAVE(loop_op_get_iter);
CASE(FOR_PREP): LEAVE(loop_op_for_prep);
CASE(FOR_ITER): {
    Value *state = &R(A);
    if (LIKELY(is_int(state[0]))) {   // a range: the next number, how many are left, the step
        if (UNLIKELY(state[1].bits == INT_IMMEDIATE(0).bits)) NEXT();
        R(B) = state[0];
        state[0].bits += state[2].bits - 3;
        state[1].bits -= 4;
        JUMP(SIGNED_C);
    }
    if (state[2].bits == INT_IMMEDIATE(FOR_LIST).bits) {
        List *list = to_list(state[0]);
        uint64_t index = (uint64_t)to_int(state[1]);
        if (LIKELY(index < list->count)) {
            state[1].bits += 4;
            R(B) = list->items[index];
            JUMP(SIGNED_C);
        }
        state[0] = UNDEFINED;
        state[2] = UNDEFINED;
        NEXT();
    }
    if (state[2].bits == INT_IMMEDIATE(FOR_TUPLE).bits) {
        Tuple *tuple = to_tuple(state[0]);
        uint64_t index = (uint64_t)to_int(state[1]);
        if (LIKELY(index < tuple->count)) {
            state[1].bits += 4;
            R(B) = tuple->items[index];
            JUMP(SIGNED_C);
        }
        state[0] = UNDEFINED;
        state[2] = UNDEFINED;
        NEXT();
    }
    if (state[2].bits == INT_IMMEDIATE(FOR_ITERATOR).bits) {
        SAVE_PC();
        Value item = iterator_next(vm, to_iterator(state[0]));
        if (LIKELY((item.bits & 7) != ERROR.bits)) {
            R(B) = item;
            JUMP(SIGNED_C);
        }
        if (is_error(item)) FAIL();
        state[0] = UNDEFINED;
        NEXT();
    }
    if (state[2].bits == INT_IMMEDIATE(FOR_PAIRS).bits) {
        SAVE_PC();
        Value status = iterator_next_pair(vm, to_iterator(state[0]), &R(word_a(pc[SIGNED_C])));
        if (LIKELY(is_none(status))) JUMP(SIGNED_C + 1);
        if (is_error(status)) FAIL();
        state[0] = UNDEFINED;
        state[2] = UNDEFINED;
        NEXT();
    }
    if (state[2].bits == INT_IMMEDIATE(FOR_GENERATOR).bits) {
        // A generator that stands in a yield of its own and that nobody delegates to goes on at once; see root_enter() in suspend.c.
        Generator *generator = to_generator(state[0]);
        if (LIKELY(generator->run_state == GENERATOR_SUSPENDED && generator->innermost == generator && generator->awaiter == NULL &&
                   is_undefined(generator->delegate) && vm->frame_next < vm->frame_end)) {
            frame->pc = pc;
            vm->frame_next++;
            generator->stack_base = frame->return_mode == RETURN_GENERATOR ? frame->generator->stack_base : base + frame->code->register_count;
            generator->innermost = NULL;
            generator->resumer = frame;
            generator->resumed_by = RESUMED_BY_FOR;
            generator->outer_resumed = vm->resumed;
            generator->frame.caller = frame;
            generator->handled.previous = vm->handled;
            generator->chain_depth = 0;
            generator->run_state = GENERATOR_RUNNING;
            vm->resumed = generator;
            vm->handled = &generator->handled;
            vm->frame = frame = &generator->frame;
            pc = frame->pc;
            base = frame->registers;
            in = pc[-1];
            R(A) = NONE;
            NEXT();
        }
    }
    LEAVE(loop_op_for_iter); }

    // ---- functions and calls
CASE(CALL): {
    Value callee = R(A);
    if (LIKELY((callee.bits & 7) == 0)) {
        Object *object = to_object(callee);
        if (LIKELY(object->kind == KIND_FUNCTION)) {
            Function *function = (Function *)object;
            Code *code = function->code;
            if (LIKELY(code->plain_arity == B)) {
                frame->pc = pc + 1;
                ENTER_FUNCTION(function, code, &R(A) + 1, B, &R(A), LEAVE(loop_op_call));
            }
            AWAIT_CALL(function, &R(A) + 1, B);
        } else if (object->kind == KIND_METHOD) {
            Method *method = (Method *)object;
            if (is_function(method->function)) {
                Function *function = to_function(method->function);
                Code *code = function->code;
                if (LIKELY(code->plain_arity == B + 1)) {
                    R(A) = method->self;
                    frame->pc = pc + 1;
                    ENTER_FUNCTION(function, code, &R(A), B + 1, &R(A), { R(A) = callee; LEAVE(loop_op_call); });
                }
            } else if (!TRACED && is_native(method->function) && native_takes(to_native(method->function), (uint32_t)B + 1) &&
                       class_of(vm, method->self) == to_native(method->function)->owner) {
                R(A) = method->self;
                AWAIT_NATIVE(to_native(method->function), &R(A), B + 1);
                frame->pc = pc + 1;
                Value result = native_invoke(vm, to_native(method->function), &R(A), (int)B + 1);
                if (UNLIKELY((result.bits & 7) == ERROR.bits)) LEAVE(loop_op_native_failed);
                R(A) = result;
                pc++;
                NEXT();
            }
        } else if (!TRACED && object->kind == KIND_NATIVE && native_takes((Native *)object, (uint32_t)B) && ((Native *)object)->owner == NULL) {
            frame->pc = pc + 1;
            Value result = native_invoke(vm, (Native *)object, &R(A) + 1, (int)B);
            if (UNLIKELY((result.bits & 7) == ERROR.bits)) LEAVE(loop_op_native_failed);
            R(A) = result;
            pc++;
            NEXT();
        }
    }
    LEAVE(loop_op_call); }
CASE(CALL_METHOD): {
    Value callee = R(A);
    if (LIKELY(is_object(callee))) {
        Object *object = to_object(callee);
        if (LIKELY(object->kind == KIND_FUNCTION)) {
            Function *function = (Function *)object;
            Code *code = function->code;
            if (LIKELY(code->plain_arity == B + 1)) {
                frame->pc = pc + 1;
                ENTER_FUNCTION(function, code, &R(A) + 1, B + 1, &R(A), LEAVE(loop_op_call_method));
            }
            AWAIT_CALL(function, &R(A) + 1, B + 1);
        } else if (!TRACED && object->kind == KIND_NATIVE && native_takes((Native *)object, (uint32_t)B + 1)) {
            // LOAD_METHOD found it in the class of R[a+1]: no need to check that.
            AWAIT_NATIVE((Native *)object, &R(A) + 1, B + 1);
            frame->pc = pc + 1;
            Value result = native_invoke(vm, (Native *)object, &R(A) + 1, (int)B + 1);
            if (UNLIKELY((result.bits & 7) == ERROR.bits)) LEAVE(loop_op_native_failed);
            R(A) = result;
            pc++;
            NEXT();
        }
    } else if (LIKELY(is_undefined(callee) && is_object((&R(A))[1]))) {
        // A function of a module and the like: no self.
        Object *object = to_object((&R(A))[1]);
        if (object->kind == KIND_FUNCTION) {
            Function *function = (Function *)object;
            Code *code = function->code;
            if (LIKELY(code->plain_arity == B)) {
                frame->pc = pc + 1;
                ENTER_FUNCTION(function, code, &R(A) + 2, B, &R(A), LEAVE(loop_op_call_method));
            }
            AWAIT_CALL(function, &R(A) + 2, B);
        } else if (!TRACED && object->kind == KIND_NATIVE && native_takes((Native *)object, (uint32_t)B) && ((Native *)object)->owner == NULL) {
            frame->pc = pc + 1;
            Value result = native_invoke(vm, (Native *)object, &R(A) + 2, (int)B);
            if (UNLIKELY((result.bits & 7) == ERROR.bits)) LEAVE(loop_op_native_failed);
            R(A) = result;
            pc++;
            NEXT();
        }
    }
    LEAVE(loop_op_call_method); }
await_call: {
    Code *code = awaited->code;
    Generator *inner = code->spare, *outer = frame->generator;
    if (UNLIKELY(outer->chain_depth + frame_depth(vm) >= vm->recursion_limit)) {
        if (word_op(in) == OP_CALL) LEAVE(loop_op_call);
        LEAVE(loop_op_call_method);
    }
    code->spare = NULL;
    frame->pc = pc + 3;   // it stands in its DELEGATE
    outer->delegate = from_object(inner);
    outer->run_state = GENERATOR_SUSPENDED;
    gc_write_barrier(vm, outer);
    base = inner->registers;
    for (uint32_t i = 0, count = code->parameter_registers; i < count; i++) base[i] = awaited_args[i];
    pc = code->words;
    inner->frame.function = awaited;
    inner->frame.pc = pc;
    inner->frame.caller = frame;
    inner->name = awaited->name;
    inner->qualname = awaited->qualname;
    inner->awaiter = outer;
    inner->handled.previous = &outer->handled;
    inner->chain_depth = outer->chain_depth + 1;
    inner->stack_base = outer->stack_base;
    inner->run_state = GENERATOR_RUNNING;
    gc_write_barrier(vm, inner);
    vm->handled = &inner->handled;
    vm->frame = frame = &inner->frame;
    if (UNLIKELY(--vm->ticks <= 0)) { SAVE_PC(); if (!vm_tick(vm)) FAIL(); }
    NEXT(); }
CASE(CALL_KW): LEAVE(loop_op_call_kw);
CASE(CALL_EX): LEAVE(loop_op_call_ex);
CASE(RETURN): {
    Value result = R(A);
    if (LIKELY(frame->unusual == 0)) {
        *frame->result = result;
        vm->frame_next = frame;
        vm->frame = frame = frame->caller;
        pc = frame->pc;
        base = frame->registers;
        NEXT();
    }
    if (!TRACED && frame->unusual == RETURN_ENTRY) {
        vm->frame_next = frame;
        vm->frame = frame->caller;
        return result;
    }
    if (!TRACED && frame->unusual == RETURN_GENERATOR && frame->generator->unseen && frame->generator != vm->resumed) {
        // The end of `await f()`; see unseen_returned() in suspend.c.
        Generator *inner = frame->generator, *outer = inner->awaiter;
        Code *code = frame->code;
        for (Value *at = base, *end = base + code->register_count; at < end; at++) *at = UNDEFINED;
        inner->run_state = GENERATOR_CLOSED;
        inner->innermost = NULL;
        inner->awaiter = NULL;
        inner->handled.exception = UNDEFINED;
        inner->handled.previous = NULL;
        frame->function = NULL;
        frame->caller = NULL;
        code->spare = inner;
        gc_write_barrier(vm, code);
        outer->delegate = UNDEFINED;
        outer->innermost = NULL;
        outer->stack_base = inner->stack_base;
        outer->run_state = GENERATOR_RUNNING;
        vm->handled = &outer->handled;
        vm->frame = frame = &outer->frame;
        pc = frame->pc;
        base = frame->registers;
        in = pc[-1];
        R(A) = result;
        NEXT();
    }
    frame->pc = pc;
    frame = loop_return(vm, frame, result);
    goto resume; }
CASE(MAKE_FUNCTION): LEAVE(loop_op_make_function);
CASE(LOAD_BUILD_CLASS): LEAVE(loop_op_load_build_class);

    // ---- suspension
CASE(YIELD): {
    // To a for loop of a Python function; see chain_suspend() in suspend.c.
    Generator *generator = frame->generator;
    if (!TRACED && LIKELY(generator == vm->resumed && generator->resumed_by == RESUMED_BY_FOR && generator->kind == KIND_GENERATOR &&
               vm->frame_next - 1 != vm->frame_first)) {
        Value item = R(B);
        frame->pc = pc;
        frame->caller = NULL;
        generator->run_state = GENERATOR_SUSPENDED;
        gc_write_barrier(vm, generator);
        generator->innermost = generator;
        vm->resumed = generator->outer_resumed;
        vm->handled = generator->handled.previous;
        generator->handled.previous = NULL;
        generator->outer_resumed = NULL;
        vm->frame_next--;
        vm->frame = frame = generator->resumer;
        pc = frame->pc;
        base = frame->registers;
        in = pc[-1];
        R(B) = item;
        JUMP(SIGNED_C);
    }
    LEAVE(loop_op_yield); }
CASE(GET_AWAITABLE): {
    Value v = R(B);   // sleep(), a future, a queue's get(): see DelegateProtocol
    if (UNLIKELY(!is_kind(v, KIND_HOST) || to_object(v)->shape->cls->delegate == NULL)) LEAVE(loop_op_get_awaitable);
    R(A) = v;
    NEXT(); }
CASE(GET_YIELD_FROM): LEAVE(loop_op_get_yield_from);
CASE(DELEGATE): LEAVE(loop_op_delegate);
CASE(GET_AITER): LEAVE(loop_op_get_aiter);
CASE(GET_ANEXT): LEAVE(loop_op_get_anext);

    // ---- exceptions
CASE(PUSH_HANDLED): {
    Value now = R(B);
    R(A) = vm->handled->exception;
    vm->handled->exception = now;
    NEXT(); }
CASE(POP_HANDLED):
    vm->handled->exception = R(A);
    NEXT();
CASE(MATCH_EXC): LEAVE(loop_op_match_exc);
CASE(MATCH_EXC_STAR): LEAVE(loop_op_match_exc_star);
CASE(RERAISE_STAR): LEAVE(loop_op_reraise_star);
CASE(RAISE): LEAVE(loop_op_raise);
CASE(RERAISE):
    raised_set(vm, R(A));
    frame->pc = pc;
    frame = LOOP_RERAISE;
    goto resume;
CASE(LOAD_ASSERTION_ERROR):
    R(A) = from_object(vm->exc.AssertionError);
    NEXT();
CASE(WITH_LOOKUP): LEAVE(loop_op_with_lookup);
CASE(WITH_EXIT_EXC): LEAVE(loop_op_with_exit_exc);
CASE(END_ASYNC_FOR): LEAVE(loop_op_end_async_for);

    // ---- the rest
CASE(IMPORT_NAME): LEAVE(loop_op_import_name);
CASE(IMPORT_FROM): LEAVE(loop_op_import_from);
CASE(IMPORT_STAR): LEAVE(loop_op_import_star);
CASE(SETUP_ANNOTATIONS): LEAVE(loop_op_setup_annotations);
CASE(PRINT_EXPR): LEAVE(loop_op_print_expr);
CASE(GET_LEN): LEAVE(loop_op_get_len);
CASE(MATCH_SEQUENCE):
    R(A) = from_bool(class_of(vm, R(B))->flags & CLASS_SEQUENCE);
    NEXT();
CASE(MATCH_MAPPING):
    R(A) = from_bool(class_of(vm, R(B))->flags & CLASS_MAPPING);
    NEXT();
CASE(MATCH_KEYS): LEAVE(loop_op_match_keys);
CASE(MATCH_REST): LEAVE(loop_op_match_rest);
CASE(MATCH_CLASS): LEAVE(loop_op_match_class);
CASE(INTRINSIC): LEAVE(loop_op_intrinsic);
#if !COMPUTED_GOTO
    }
    __builtin_trap();
#endif
}

#if !TRACED
// All registers that belong to the callers are saved in this frame, above loop_base: gc.collect() then need not look at what lies below.
Value interp_loop(VM *vm, Frame *frame) {
    char *outer = vm->loop_base;
    __builtin_unwind_init();
    vm->loop_base = __builtin_alloca(sizeof(Value));
    struct Trace *trace = &vm->trace;
    bool outer_is_traced = trace->loop_is_traced;
    Value result;
    for (;; frame = vm->frame) {
        trace->loop_is_traced = trace->on && !trace->inside;
        trace->due = trace->switching = false;
        result = UNLIKELY(trace->loop_is_traced) ? loop_run_traced(vm, frame) : loop_run(vm, frame);
        if (LIKELY(!trace->switching)) break;
    }
    trace->loop_is_traced = outer_is_traced;
    trace->due = trace->on && !outer_is_traced && !trace->inside;
    if (UNLIKELY(trace->due)) vm->ticks = vm->limits.span = 0;
    vm->loop_base = outer;
    return result;
}

Value interp_run(VM *vm, Frame *entry) {
    return interp_loop(vm, entry);
}
#endif
