// What interp.c, loop_ops.c, loop_calls.c, unwind.c and suspend.c share: the protocol between the dispatch loop and what stands outside it.
//
// An instruction that cannot be done in a few machine instructions leaves the loop by calling a function of the form
//
//     Frame *loop_something(VM *vm, Frame *frame, Word in)
//
// with frame->pc just behind the instruction's word. It answers with the frame to go on in, at that frame's pc: `frame` itself when the
// instruction is done (pc moved past the cache words), a frame that it pushed, or one that was suspended. NULL: an exception is raised.
#ifndef COIL_VM_INTERP_H
#define COIL_VM_INTERP_H

#include "vm/frame.h"

// Instead of a frame: the loop's C caller goes on, with vm->loop_result.
#define LOOP_LEAVE ((Frame *)1)
// The exception is raised again as it was: no traceback entry for this frame.
#define LOOP_RERAISE ((Frame *)2)
// The traced loop takes over from the plain one, in vm->frame.
#define LOOP_SWITCH ((Frame *)3)

typedef Frame *LoopOperation(VM *vm, Frame *frame, Word in);

// The instruction that a frame is in, and the register operands of an instruction word.
static inline Word frame_instruction(const Frame *frame) { return frame->pc[-1]; }
#define RA(in) (frame->registers[word_a(in)])
#define RB(in) (frame->registers[word_b(in)])
#define RC(in) (frame->registers[word_c(in)])

static inline Frame *loop_done(Frame *frame, Word in) {
    frame->pc += opcode_cache_words[word_op(in)];
    return frame;
}

// ---- interp.c
Value interp_loop(VM *vm, Frame *frame);
Value loop_run_traced(VM *vm, Frame *frame);

// ---- frame.c
MUST_CHECK bool frame_chunk_advance(VM *vm);   // the next header is in another chunk; RecursionError
void frame_chunk_retreat(VM *vm);
// A resumed generator takes a header's place without using it, so that endless recursion through generators meets the limit, too.
MUST_CHECK static inline bool frame_slot_take(VM *vm) {
    if (UNLIKELY(vm->frame_next >= vm->frame_end) && !frame_chunk_advance(vm)) return false;
    vm->frame_next++;
    return true;
}
static inline void frame_slot_release(VM *vm) {
    if (UNLIKELY(--vm->frame_next == vm->frame_first)) frame_chunk_retreat(vm);
}

// ---- unwind.c
Frame *loop_unwind(VM *vm, bool add_traceback);       // the exception is in vm->raised; the frame with a handler, NULL or LOOP_LEAVE
Frame *loop_return(VM *vm, Frame *frame, Value v);    // a frame that cannot return the short way
Frame *loop_return_to(VM *vm, Frame *caller, Word in, uint16_t step, Value v);   // RETURN_CONTINUE

// ---- loop_calls.c. The arguments stand in the caller's registers; args[-1] may be overwritten; kwnames or NULL
Frame *loop_call(VM *vm, Frame *frame, Value callee, Value *args, uint32_t argc, Tuple *kwnames, Value *result);
// A call of a Python function whose arguments are elsewhere, result by mode; NULL on error. The caller's pc is in place.
Frame *loop_call_function(VM *vm, Frame *frame, Function *function, const Value *args, uint32_t argc, ReturnMode mode, uint16_t step,
                          Value *result);
Frame *loop_call_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v);
LoopOperation loop_op_call, loop_op_call_method, loop_op_call_kw, loop_op_call_ex;

// ---- call.c
// Binds arguments to the parameter registers at `out`, which may be `args` itself.
MUST_CHECK bool function_bind(VM *vm, Function *function, Value *out, const Value *args, uint32_t argc, Tuple *kwnames);
MUST_CHECK bool call_ex_arguments(VM *vm, Value callee, Value *args_inout, Value *kwargs_inout);   // any iterable and mapping to tuple and dict
MUST_CHECK Value function_run_in(VM *vm, Function *function, Value namespace);   // a class body: a function without parameters
MUST_CHECK Value staticmethod_unwrap(Value v);

// Goes on with an instruction of suspend.c whose special method has returned.
Frame *loop_suspend_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v);

// ---- suspend.c
LoopOperation loop_op_yield, loop_op_delegate, loop_op_get_awaitable, loop_op_get_yield_from, loop_op_get_aiter, loop_op_get_anext;
// Resumes a generator from a FOR_ITER of `frame`; NULL on error, `frame` at its next instruction when it was exhausted already.
Frame *loop_resume_for(VM *vm, Frame *frame, Generator *generator);
// The same from a call of next(), send() or throw(), in which `frame` stands.
Frame *loop_resume_call(VM *vm, Frame *frame, Generator *generator, Value sent, Value exception);
// A method of what a generator delegates to has raised, which waits in its DELEGATE: where it goes on at StopIteration, else NULL.
Frame *loop_delegate_raised(VM *vm, Frame *frame, Word in);
// A method that a GET_ANEXT waits for has raised: an exception of __await__ is replaced.
void loop_anext_raised(VM *vm, Frame *frame, Word in, uint16_t step);
Frame *generator_returned(VM *vm, Frame *frame, Value v);     // the frame's code has ended
Frame *generator_raised(VM *vm, Frame *frame);                // an exception leaves the frame

#endif
