// The two stacks of the interpreter: frame headers, and the registers that they look at.
//
//     registers:  [ caller's .......... | callee f, arguments | ]
//                                                  [ f's registers ............ ]       a call copies nothing
//
// Both are lists of chunks that never move, so that pointers to registers stay good. A frame that begins a chunk is flagged, and leaves
// by the long way, which steps back to the chunk before. One chunk beyond the current one is kept, so that calls at a border are cheap.
// The recursion limit costs nothing: it is an end of the header stack.
#include "vm/frame.h"

#include "vm/errors.h"
#include "vm/interp.h"
#include "vm/types/containers.h"
#include "vm/types/generator.h"

typedef struct StackChunk {
    struct StackChunk *previous, *next;
    size_t count;
    Value values[];
} StackChunk;

enum { FIRST_FRAMES = 64, MORE_FRAMES = 2048, FIRST_VALUES = 2048, MORE_VALUES = 32768 };

static FrameChunk *frame_chunk_new(VM *vm, FrameChunk *previous, uint32_t count) {
    FrameChunk *chunk = buffer_new(vm, sizeof *chunk + count * sizeof(Frame));
    if (chunk == NULL) return NULL;
    chunk->previous = previous;
    chunk->count = count;
    chunk->depth_before = previous == NULL ? 0 : previous->depth_before + previous->count;
    if (previous != NULL) previous->next = chunk;
    return chunk;
}

static void frame_chunk_free(VM *vm, FrameChunk *chunk) {
    buffer_free(vm, chunk, sizeof *chunk + chunk->count * sizeof(Frame));
}

static StackChunk *stack_chunk_new(VM *vm, StackChunk *previous, size_t count) {
    StackChunk *chunk = buffer_new_unset(vm, sizeof *chunk + count * sizeof(Value));   // frames clear their registers
    if (chunk == NULL) return NULL;
    chunk->next = NULL;
    chunk->previous = previous;
    chunk->count = count;
    if (previous != NULL) previous->next = chunk;
    return chunk;
}

static void stack_chunk_free(VM *vm, StackChunk *chunk) {
    buffer_free(vm, chunk, sizeof *chunk + chunk->count * sizeof(Value));
}

static void stack_use(VM *vm, StackChunk *chunk) {
    vm->stack = chunk;
    vm->stack_start = (char *)chunk->values;
    vm->stack_size = chunk->count * sizeof(Value);
}

// The header stack ends at the chunk's end or where the recursion limit falls, whichever comes first.
static void frame_end_update(VM *vm) {
    FrameChunk *chunk = vm->frames;
    vm->frame_first = chunk->previous == NULL ? NULL : chunk->frames;
    uint32_t limit = vm->recursion_limit > chunk->depth_before ? vm->recursion_limit - chunk->depth_before : 0;
    vm->frame_end = chunk->frames + (limit < chunk->count ? limit : chunk->count);
}

bool frames_init(VM *vm) {
    vm->frames = frame_chunk_new(vm, NULL, FIRST_FRAMES);
    vm->stack = stack_chunk_new(vm, NULL, FIRST_VALUES);
    if (vm->frames == NULL || vm->stack == NULL) return false;
    stack_use(vm, vm->stack);
    vm->frame_next = vm->frames->frames;
    frame_end_update(vm);
    return true;
}

void frames_free(VM *vm) {
    if (vm->frames != NULL) {
        FrameChunk *chunk = vm->frames;
        while (chunk->previous != NULL) chunk = chunk->previous;
        while (chunk != NULL) {
            FrameChunk *next = chunk->next;
            frame_chunk_free(vm, chunk);
            chunk = next;
        }
    }
    if (vm->stack != NULL) {
        StackChunk *chunk = vm->stack;
        while (chunk->previous != NULL) chunk = chunk->previous;
        while (chunk != NULL) {
            StackChunk *next = chunk->next;
            stack_chunk_free(vm, chunk);
            chunk = next;
        }
    }
    vm->frames = NULL;
    vm->stack = NULL;
    vm->frame = NULL;
}

void frames_set_limit(VM *vm, uint32_t recursion_limit) {
    vm->recursion_limit = recursion_limit;
    frame_end_update(vm);
}

// The next header: called when frame_next has met frame_end. A limit lowered below the present depth refuses as well.
bool frame_chunk_advance(VM *vm) {
    FrameChunk *chunk = vm->frames;
    if (frame_depth(vm) >= vm->recursion_limit) {
        raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded");
        limits_recursion_error(vm);
        return false;
    }
    if (chunk->next == NULL && frame_chunk_new(vm, chunk, MORE_FRAMES) == NULL) return false;
    vm->frames = chunk->next;
    vm->frame_next = vm->frames->frames;
    frame_end_update(vm);
    return true;
}

void frame_chunk_retreat(VM *vm) {
    FrameChunk *chunk = vm->frames;
    if (chunk->next != NULL) {
        frame_chunk_free(vm, chunk->next);
        chunk->next = NULL;
    }
    vm->frames = chunk->previous;
    vm->frame_next = vm->frames->frames + vm->frames->count;
    frame_end_update(vm);
}

static void stack_chunk_retreat(VM *vm) {
    StackChunk *chunk = vm->stack;
    if (chunk->next != NULL) {
        stack_chunk_free(vm, chunk->next);
        chunk->next = NULL;
    }
    stack_use(vm, chunk->previous);
}

// Where the registers of a frame that `frame` calls may begin.
Value *frame_registers_end(VM *vm, Frame *frame) {
    if (frame == NULL) return vm->stack->values;
    if (frame->return_mode == RETURN_GENERATOR) return frame->generator->stack_base;
    return frame->registers + frame->code->register_count;
}

Value *frame_top(VM *vm, size_t room) {
    StackChunk *chunk = vm->stack;
    Value *top = frame_registers_end(vm, vm->frame);
    // Outside the current chunk: that was made for a call that never came to be.
    if (top < chunk->values || top > chunk->values + chunk->count) top = chunk->values;
    if ((size_t)(chunk->values + chunk->count - top) >= room) return top;
    if (chunk->next != NULL && chunk->next->count < room) {
        stack_chunk_free(vm, chunk->next);
        chunk->next = NULL;
    }
    if (chunk->next == NULL && stack_chunk_new(vm, chunk, room > MORE_VALUES ? room : MORE_VALUES) == NULL) return NULL;
    stack_use(vm, chunk->next);
    return vm->stack->values;
}

Frame *frame_push(VM *vm, Function *function, Value *registers, uint32_t argument_count, ReturnMode mode) {
    Frame *frame = vm->frame_next;
    uint8_t state = 0;
    if (UNLIKELY(frame >= vm->frame_end)) {
        vm->bound = registers;   // the collector does not see the arguments otherwise
        vm->bound_count = argument_count;
        bool advanced = frame_chunk_advance(vm);
        vm->bound_count = 0;
        if (!advanced) return NULL;
        frame = vm->frame_next;
    }
    if (UNLIKELY(frame == vm->frames->frames) && vm->frames->previous != NULL) state |= FRAME_FIRST_OF_CHUNK;
    if (UNLIKELY(registers == vm->stack->values) && vm->stack->previous != NULL) state |= FRAME_OWNS_STACK;
    Code *code = function->code;
    frame->caller = vm->frame;
    frame->pc = code->words;
    frame->registers = registers;
    frame->function = function;
    frame->code = code;
    frame->result = NULL;
    frame->namespace = UNDEFINED;
    frame->frame_object = UNDEFINED;
    frame->unusual = 0;
    frame->return_mode = (uint8_t)mode;
    frame->state = state;
    frame->generator = NULL;
    for (uint32_t i = argument_count; i < code->register_count; i++) registers[i] = UNDEFINED;
    vm->frame_next = frame + 1;
    vm->frame = frame;
    return frame;
}

void frame_pop(VM *vm, Frame *frame) {
    uint8_t state = frame->state;
    if (state & FRAME_HAS_OBJECT) frame_object_detach(vm, frame);   // still a frame whose registers the collector sees
    vm->frame = frame->caller;
    vm->frame_next = frame;
    frame->namespace = UNDEFINED;
    frame->frame_object = UNDEFINED;
    if (state & FRAME_FIRST_OF_CHUNK) frame_chunk_retreat(vm);
    if (state & FRAME_OWNS_STACK) stack_chunk_retreat(vm);
}

// The instruction that a frame is in; NULL before the first one.
static const Word *frame_current(const Frame *frame) {
    const Word *word = frame->code->words;
    if (frame->pc == word) return NULL;
    for (;;) {
        const Word *next = word + 1 + opcode_cache_words[word_op(*word)];
        if (next >= frame->pc) return word;
        word = next;
    }
}

// Temporaries are a stack above the locals, so at a call all registers above the arguments are dead: whatever is in them is left from
// earlier instructions and must keep nothing alive (`del x; gc.collect()` is expected to free x).
static uint32_t frame_live_registers(const Frame *frame) {
    uint32_t count = frame->code->register_count, live = count;
    const Word *word = frame_current(frame);
    if (word == NULL) return count;
    switch (word_op(*word)) {
    case OP_CALL: live = word_a(*word) + 1 + word_b(*word); break;
    case OP_CALL_METHOD: case OP_CALL_KW: live = word_a(*word) + 2 + word_b(*word); break;
    case OP_CALL_EX: live = word_a(*word) + 3; break;
    default: break;
    }
    return live < count ? live : count;
}

bool frame_is_calling(VM *vm, NativeFunction function) {
    Frame *frame = vm->frame;
    const Word *word = frame == NULL ? NULL : frame_current(frame);
    if (word == NULL || (word_op(*word) != OP_CALL && word_op(*word) != OP_CALL_METHOD)) return false;
    Value *callee = &frame->registers[word_a(*word)];
    if (word_op(*word) == OP_CALL_METHOD && is_undefined(*callee)) callee++;
    return is_native(*callee) && to_native(*callee)->function == function;
}

static void registers_clear(const Value *from, const Value *to) {
    if (from < to) memset((void *)from, 0, (size_t)((const char *)to - (const char *)from));
}

enum { EXACT_FRAMES = 64 };   // finding the current instruction takes time: frames farther out are marked whole

void frames_trace(VM *vm) {
    for (uint32_t i = 0; i < vm->bound_count; i++) gc_mark_value(vm, vm->bound[i]);
    uint32_t number = 0;
    bool settled = gc_frames_are_settled(vm);   // else arguments of a call may stand above what the current instruction tells of
    // Registers of the frames called from this one, which overlap with its own; at first of the frame that is about to be pushed.
    const Value *inner = vm->bound_count ? vm->bound : NULL, *inner_end = inner + vm->bound_count;
    for (Frame *frame = vm->frame; frame != NULL; frame = frame->caller, number++) {
        if (frame->return_mode == RETURN_GENERATOR) gc_mark_object(vm, frame->generator);
        gc_mark_object(vm, frame->function);
        gc_mark_object(vm, frame->code);
        gc_mark_value(vm, frame->namespace);
        gc_mark_value(vm, frame->frame_object);
        if (UNLIKELY(vm->skip_temporaries)) {
            for (uint32_t i = 0; i < frame->code->local_count; i++) gc_mark_value(vm, frame->registers[i]);
            continue;
        }
        uint32_t live = settled && number < EXACT_FRAMES ? frame_live_registers(frame) : frame->code->register_count;
        for (uint32_t i = 0; i < live; i++) gc_mark_value(vm, frame->registers[i]);
        if (!settled) continue;
        const Value *end = frame->registers + frame->code->register_count;
        // Frames called from here begin at its arguments or right behind its registers, and those called from them farther on.
        bool adjoins = inner >= frame->registers && inner <= end;
        registers_clear(frame->registers + live, adjoins ? inner : end);
        if (adjoins) registers_clear(inner_end, end);
        if (frame->return_mode == RETURN_GENERATOR) continue;   // its registers are in the generator
        inner = frame->registers;
        inner_end = adjoins && inner_end > end ? inner_end : end;
    }
}

Frame *frame_of_python_caller(VM *vm) {
    return vm->frame;
}

// ---- locals()

static bool is_cell_register(const Code *code, uint32_t index) {
    for (uint32_t i = 0; i < code->cell_count; i++)
        if (code->cells[i] == index) return true;
    return false;
}

static bool locals_add(VM *vm, Dict *dict, Str *name, Value v, bool cell) {
    if (cell && is_kind(v, KIND_CELL)) v = ((Cell *)to_object(v))->content;
    return is_undefined(v) || dict_set_str(vm, dict, name, v);
}

Value locals_of(VM *vm, Code *code, Function *function, const Value *registers, uint32_t count) {
    Dict *dict = dict_new(vm);
    if (dict == NULL) return ERROR;
    for (uint32_t i = 0; i < count; i++)
        if (!locals_add(vm, dict, code->locals[i], registers[i], is_cell_register(code, i))) return ERROR;
    if (code->free_names == NULL) return from_object(dict);
    for (uint32_t i = 0; i < code->free_count; i++)
        if (!locals_add(vm, dict, code->free_names[i], function->closure[i], true)) return ERROR;
    return from_object(dict);
}

Value frame_locals(VM *vm, Frame *frame) {
    Code *code = frame->code;
    if (frame->state & FRAME_HAS_NAMESPACE) return frame->namespace;
    if (!(code->flags & CODE_NEWLOCALS)) return from_object(frame->function->globals);
    return locals_of(vm, code, frame->function, frame->registers, code->local_count);
}
