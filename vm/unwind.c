// Leaving frames: by a return that is not the plain one, or by an exception.
//
// Exceptions cost nothing until raised: each code object has a table of handlers, and the unwinder walks frames until one of them covers
// the instruction that the frame is in.
#include "vm/errors.h"
#include "vm/loop_enter.h"
#include "vm/loop_ops.h"
#include "vm/trace.h"
#include "vm/types/class.h"
#include "vm/types/exception.h"
#include "vm/types/generator.h"

static const Handler *handler_find(const Code *code, const Word *pc) {
    uint32_t index = (uint32_t)(pc - 1 - code->words);
    for (uint32_t i = 0; i < code->handler_count; i++)
        if (index >= code->handlers[i].start && index < code->handlers[i].end) return &code->handlers[i];
    return NULL;
}

// A special method that the caller's instruction waits for has raised: the frame to go on in if the instruction catches that, as iteration
// does StopIteration and getattr() AttributeError; else NULL.
static Frame *instruction_catches(VM *vm, Frame *caller, uint16_t step) {
    Word in = frame_instruction(caller);
    switch (word_op(in)) {
    case OP_FOR_ITER:
        if (!raised_matches(vm, vm->exc.StopIteration)) return NULL;
        raised_clear(vm);
        caller->registers[word_a(in)] = UNDEFINED;
        return caller;
    case OP_CALL: case OP_CALL_METHOD: return loop_call_raised(vm, caller, in, step);
    case OP_GET_ANEXT: return loop_anext_raised(vm, caller, in, step), NULL;
    case OP_DELEGATE: return loop_delegate_raised(vm, caller, in);
    default: return is_attribute_load(word_op(in)) && step == ATTRIBUTE_FIRST ? loop_attribute_fallback(vm, caller, in) : NULL;
    }
}

// A listener of the return that raises has its way.
static void left_by_exception(VM *vm, Frame *frame) {
    Value exception = raised_take(vm);
    if (trace_return(vm, frame, NONE)) raised_set(vm, exception);
}

Frame *loop_unwind(VM *vm, bool add_traceback) {
    // A program that lets go of what has filled the memory must find it free.
    if (UNLIKELY(value_same(vm->raised, vm->memory_error))) gc_scrub_stack();
    for (;; add_traceback = true) {
        Frame *frame = vm->frame;
        const Handler *handler = frame->pc > frame->code->words ? handler_find(frame->code, frame->pc) : NULL;
        if (add_traceback && !traceback_add(vm, to_exception(vm->raised), frame, frame->pc - 1, handler != NULL) && is_undefined(vm->raised))
            raise_no_memory(vm);
        if (UNLIKELY(frame->state & FRAME_TRACED) && add_traceback) trace_exception(vm, frame);
        if (UNLIKELY(vm->limits.final)) handler = NULL;
        if (handler != NULL) {
            frame->registers[handler->exception_register] = raised_take(vm);
            frame->pc = frame->code->words + handler->target;
            return frame;
        }
        if (UNLIKELY(frame->state & FRAME_TRACED)) left_by_exception(vm, frame);
        if (frame->return_mode == RETURN_GENERATOR) {
            frame = generator_raised(vm, frame);
            if ((uintptr_t)frame <= (uintptr_t)LOOP_RERAISE || !is_raised(vm)) return frame;
            continue;
        }
        uint8_t mode = frame->return_mode;
        uint16_t step = frame->step;
        frame_pop(vm, frame);
        if (mode == RETURN_ENTRY) {
            vm->loop_result = ERROR;
            return LOOP_LEAVE;
        }
        Frame *caller = vm->frame;
        if (mode == RETURN_CONTINUE) {
            Frame *to = instruction_catches(vm, caller, step);
            if (to != NULL) return to;
            if (!is_raised(vm)) return vm->frame;   // a method was entered, and a safepoint wants the loop to be left later
        }
        if (mode == RETURN_PLAIN || mode == RETURN_CONTINUE) loop_attribute_raised(vm, caller);
    }
}

Frame *loop_return(VM *vm, Frame *frame, Value v) {
    if (UNLIKELY(frame->state & FRAME_TRACED) && !trace_return(vm, frame, v)) return NULL;
    Frame *caller = frame->caller;
    uint16_t step = frame->step;
    switch ((ReturnMode)frame->return_mode) {
    case RETURN_GENERATOR: return generator_returned(vm, frame, v);
    case RETURN_PLAIN: *frame->result = v; break;
    case RETURN_ENTRY:
        frame_pop(vm, frame);
        vm->loop_result = v;
        return LOOP_LEAVE;
    case RETURN_INIT:
        frame_pop(vm, frame);
        if (!is_none(v)) return raise_type_error(vm, "__init__() should return None, not '%T'", v), NULL;
        return caller;
    case RETURN_DISCARD: break;
    case RETURN_CONTINUE:
        frame_pop(vm, frame);
        return loop_return_to(vm, caller, frame_instruction(caller), step, v);
    }
    frame_pop(vm, frame);
    return caller;
}

Frame *loop_return_to(VM *vm, Frame *caller, Word in, uint16_t step, Value v) {
    switch (word_op(in)) {
    case OP_FOR_ITER: case OP_FOR_PREP: case OP_GET_ITER: return loop_iterate_continue(vm, caller, in, step, v);
    case OP_GET_AWAITABLE: case OP_GET_YIELD_FROM: case OP_GET_AITER: case OP_GET_ANEXT: case OP_DELEGATE:
        return loop_suspend_continue(vm, caller, in, step, v);
    case OP_CALL: case OP_CALL_METHOD: case OP_CALL_KW: return loop_call_continue(vm, caller, in, step, v);
    case OP_FORMAT_VALUE: return loop_format_continue(vm, caller, in, step, v);
    default:
        if (is_attribute_load(word_op(in))) return loop_attribute_continue(vm, caller, in, v);
        return loop_operator_continue(vm, caller, in, step, v);
    }
}
