// Frames: registers plus a small header that links to the caller.
//
// Ordinary frames' headers live on a chunked stack and their registers on another one, where the callee's registers begin at the
// arguments the caller placed: a call copies nothing. Neither stack ever moves. A generator's frame and registers live inside the
// generator and are resumed in place. A frame holds objects, registers and an offset into its code, never a C pointer into native state.
#ifndef COIL_VM_FRAME_H
#define COIL_VM_FRAME_H

#include "vm/types/function.h"

// What to do with a frame's result, and how its caller goes on. The plain case comes first and must stay fastest.
typedef enum ReturnMode {
    RETURN_PLAIN,        // store into *result
    RETURN_ENTRY,        // leave this run of the interpreter loop: a call from C
    RETURN_GENERATOR,    // the frame of a generator, coroutine or async generator
    RETURN_INIT,         // __init__ must give None; the instance is in *result already
    RETURN_DISCARD,      // setters and the like
    RETURN_CONTINUE,     // the caller's current instruction goes on with the result (binary operator whose method may give NotImplemented,
                         // comparison, truth, iteration ...): interp.c decodes the instruction at caller->pc
} ReturnMode;

struct Frame {
    Frame *caller;
    const Word *pc;            // next instruction, saved whenever control leaves the frame
    Value *registers;
    Function *function;
    Code *code;
    Value *result;             // where RETURN_PLAIN stores
    Value namespace;           // class bodies, exec and eval: the mapping of local names; UNDEFINED otherwise
    Value frame_object;        // made when Python asks for it; UNDEFINED otherwise
    union {
        struct {
            uint8_t return_mode;   // ReturnMode
            uint8_t state;         // FRAME_... below
            uint16_t step;         // of RETURN_CONTINUE: how far the caller's instruction has got
        };
        uint32_t unusual;          // the three together: 0 for a plain call, which is all that the common return looks at
    };
    Generator *generator;      // for RETURN_GENERATOR; garbage otherwise
};

// Why a frame cannot be left by the short way.
enum {
    FRAME_FIRST_OF_CHUNK = 1,  // of the chunked stack of headers
    FRAME_OWNS_STACK = 2,      // a chunk of the register stack begins with it
    FRAME_HAS_NAMESPACE = 4,
    FRAME_TRACED = 16,         // a listener has been told of its call: trace.h
    FRAME_HAS_OBJECT = 8,      // frame_object is set: frame_object_for() sets both
};

// Headers of frames, a stretch of the stack of them.
typedef struct FrameChunk {
    struct FrameChunk *previous, *next;
    uint32_t depth_before, count;
    Frame frames[];
} FrameChunk;

// `pc` of a frame that is not the running one (and of the running one while C code runs) points just behind an instruction's word, so that
// pc - 1 is within the current instruction; a frame that has not begun stands at code->words.

// A frame whose registers begin at `registers` (its arguments are there already; the rest is cleared), or NULL with RecursionError or
// MemoryError raised. It becomes vm->frame. frame_top() is where a call from C, or out of a generator, may place arguments.
MUST_CHECK Frame *frame_push(VM *vm, Function *function, Value *registers, uint32_t argument_count, ReturnMode mode);
MUST_CHECK Value *frame_top(VM *vm, size_t room);                 // room for that many values, maybe in a new chunk: then the next frame_push() owns it
Value *frame_registers_end(VM *vm, Frame *frame);                 // where the registers of a frame that `frame` calls may begin
void frame_pop(VM *vm, Frame *frame);                             // vm->frame = frame->caller
MUST_CHECK bool frames_init(VM *vm);
void frames_free(VM *vm);
static inline uint32_t frame_depth(VM *vm) { return vm->frames->depth_before + (uint32_t)(vm->frame_next - vm->frames->frames); }
void frames_set_limit(VM *vm, uint32_t recursion_limit);          // sys.setrecursionlimit
void frame_object_detach(VM *vm, Frame *frame);                   // frame_object.c: the frame ends, its object keeps what it needs

// Runs a function's frame from C until it returns: the nested loop.
MUST_CHECK Value interp_run(VM *vm, Frame *entry);
// Executes code as a module, class body or exec: globals and an optional namespace (UNDEFINED: the globals).
MUST_CHECK Value code_run(VM *vm, Code *code, Dict *globals, Value namespace);
MUST_CHECK Value frame_object_for(VM *vm, Frame *frame);
MUST_CHECK Value frame_locals(VM *vm, Frame *frame);              // locals(): a dict
MUST_CHECK Value locals_of(VM *vm, Code *code, Function *function, const Value *registers, uint32_t count);   // the same of such registers
Frame *frame_of_python_caller(VM *vm);                            // innermost Python frame: for builtins such as locals(), super(), __import__
bool frame_is_calling(VM *vm, NativeFunction function);           // does the innermost frame's current instruction call it directly?
void frames_trace(VM *vm);                                        // marks both stacks

// Compiles and runs source. Syntax errors become SyntaxError.
typedef enum CompileMode { COMPILE_EXEC, COMPILE_EVAL, COMPILE_SINGLE } CompileMode;
enum {
    COMPILE_TOP_LEVEL_AWAIT = 1,
    COMPILE_FROM_TEXT = 2,          // the source is a str's UTF-8, not the bytes of a file
    COMPILE_FROM_FILE = 4,
    COMPILE_ALLOW_INCOMPLETE = 8,   // an error at the very end is "incomplete input"
    COMPILE_FUTURE_ANNOTATIONS = 16,
};
MUST_CHECK Value source_compile(VM *vm, const char *source, size_t size, Str *filename, CompileMode mode, int flags);   // a code object

// The same as a serialised unit: a bytes object.
MUST_CHECK Value source_compile_unit(VM *vm, const char *source, size_t size, Str *filename, CompileMode mode);

// The code object of a serialised unit (compiler/marshal.h).
MUST_CHECK Value unit_load(VM *vm, const void *bytes, size_t size, Str *filename);

// frame_top() and frame_push() in one for a function that is called with exactly the arguments it has parameters for, where there is room in
// the chunks in use. NULL, with nothing raised and nothing changed, where there is not.
static inline Frame *frame_push_plain(VM *vm, Function *function, const Value *args, uint32_t argc, ReturnMode mode) {
    Code *code = function->code;
    Frame *frame = vm->frame_next, *caller = vm->frame;
    char *start = vm->stack_start, *registers = start;
    if (caller != NULL) registers = (char *)frame_registers_end(vm, caller);
    size_t offset = (uintptr_t)registers - (uintptr_t)start, size = code->register_count * sizeof(Value);
    // The first frame of a later chunk of either stack is frame_push()'s business.
    if (UNLIKELY(frame >= vm->frame_end || frame == vm->frame_first || offset > vm->stack_size || size > vm->stack_size - offset)) return NULL;
    if (UNLIKELY(offset == 0 && caller != NULL)) return NULL;
    Value *at = (Value *)(void *)registers;
    frame->caller = caller;
    frame->pc = code->words;
    frame->registers = at;
    frame->function = function;
    frame->code = code;
    frame->result = NULL;
    frame->unusual = (uint32_t)mode;
    for (uint32_t i = 0; i < argc; i++) at[i] = args[i];
    for (uint32_t i = argc; i < code->register_count; i++) at[i] = UNDEFINED;
    vm->frame_next = frame + 1;
    vm->frame = frame;
    return frame;
}

#endif
