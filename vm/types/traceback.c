// Traceback objects: one for each frame that an exception has left, outermost first.
#include "vm/errors.h"
#include "vm/native.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/frame_object.h"

void traceback_trace(VM *vm, Object *object) {
    Traceback *tb = (Traceback *)object;
    gc_mark_value(vm, tb->next);
    gc_mark_value(vm, tb->frame);
    gc_mark_object(vm, tb->code);
    gc_mark_object(vm, tb->function);
    gc_mark_object(vm, tb->globals);
    for (uint32_t i = 0; i < tb->local_count; i++) gc_mark_value(vm, tb->locals[i]);
}

static Traceback *traceback_new(VM *vm, Value next, Code *code, Dict *globals, uint32_t word, uint32_t local_count) {
    Shape *shape = class_shape(vm, vm->types.traceback);
    Traceback *tb = shape == NULL ? NULL : object_new(vm, KIND_TRACEBACK, shape, sizeof *tb + local_count * sizeof(Value));
    if (tb == NULL) return NULL;
    tb->next = next;
    tb->code = code;
    tb->globals = globals;
    tb->word = word;
    tb->line = -1;             // found from the word when asked for
    return tb;
}

// Without memory the traceback lacks a frame, but the exception goes on: a MemoryError must not replace what is on its way.
bool traceback_add(VM *vm, Exception *exception, Frame *frame, const Word *pc, bool caught_here) {
    Value pending = raised_take(vm);
    uint32_t word = pc > frame->code->words ? (uint32_t)(pc - frame->code->words) : 0;
    // The exception that says that memory is short keeps nothing alive.
    bool keeps = !value_same(pending, vm->memory_error);
    if (keeps && (caught_here || frame->state & FRAME_HAS_NAMESPACE) && is_error(frame_object_for(vm, frame))) raised_clear(vm);
    bool has_object = frame->state & FRAME_HAS_OBJECT;
    uint32_t local_count = keeps && !has_object ? frame->code->local_count : 0;
    Traceback *tb = traceback_new(vm, exception->traceback, frame->code, frame->function->globals, word, local_count);
    raised_set(vm, pending);
    if (tb == NULL) return true;
    if (has_object) {
        tb->frame = frame->frame_object;
        to_frame_object(tb->frame)->raised_word = word;
    } else {
        tb->function = frame->function;
        tb->local_count = local_count;
        for (uint32_t i = 0; i < local_count; i++) tb->locals[i] = frame->registers[i];
    }
    exception->traceback = from_object(tb);
    gc_write_barrier(vm, exception);
    return true;
}

int traceback_line(Traceback *tb) {
    if (tb->line < 0) tb->line = code_line(tb->code, tb->code->words + tb->word);
    return tb->line;
}

static Traceback *to_traceback(Value v) { return (Traceback *)to_object(v); }

// The frame object of an entry; made when asked for. The frame itself has mostly ended by then.
static Value get_frame(VM *vm, Value self) {
    Traceback *tb = to_traceback(self);
    if (!is_undefined(tb->frame)) return tb->frame;
    Value frame = frame_object_dead(vm, tb->code, tb->function, tb->word, tb->locals, tb->local_count);
    if (is_error(frame)) return ERROR;
    tb->frame = frame;
    gc_write_barrier(vm, tb);
    return frame;
}
static Value get_lineno(VM *vm, Value self) { return from_int(traceback_line(to_traceback(self))); }
static Value get_lasti(VM *vm, Value self) { return from_int(to_traceback(self)->word); }
static Value get_next(VM *vm, Value self) { return to_traceback(self)->next; }
static Value set_tb_next(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_type_error(vm, "can't delete tb_next attribute");
    if (!is_none(value) && !is_kind(value, KIND_TRACEBACK)) return raise_type_error(vm, "expected traceback object, got '%T'", value);
    for (Value at = value; !is_none(at); at = to_traceback(at)->next)
        if (value_same(at, self)) return raise_value_error(vm, "traceback loop detected");
    to_traceback(self)->next = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

// types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)
static Value traceback_method_new(VM *vm, const Value *args, int argc) {
    if (!is_none(args[1]) && !is_kind(args[1], KIND_TRACEBACK)) return raise_type_error(vm, "expected traceback object or None, got '%T'", args[1]);
    if (!is_kind(args[2], KIND_FRAME)) return raise_type_error(vm, "TracebackType() argument 'tb_frame' must be frame, not %T", args[2]);
    if (!is_int(args[3]) || !is_int(args[4])) return raise_type_error(vm, "an integer is required");
    FrameObject *frame = to_frame_object(args[2]);
    uint32_t word = to_int(args[3]) >= 0 && to_int(args[3]) < frame->code->word_count ? (uint32_t)to_int(args[3]) : 0;
    Traceback *tb = traceback_new(vm, args[1], frame->code, frame->globals, word, 0);
    if (tb == NULL) return ERROR;
    tb->frame = args[2];
    tb->line = (int32_t)to_int(args[4]);
    return from_object(tb);
}

static const NativeDef traceback_methods[] = {
    {"__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)", traceback_method_new, "Create a new traceback object.", NATIVE_NEW},
    {0},
};
static const GetSetDef traceback_getsets[] = {
    {"tb_frame", get_frame, readonly_member, NULL},
    {"tb_lineno", get_lineno, NULL, NULL},
    {"tb_lasti", get_lasti, readonly_member, NULL},
    {"tb_next", get_next, set_tb_next, NULL},
    {0},
};

bool traceback_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.traceback, .doc = "Create a new traceback object.", .methods = traceback_methods, .getsets = traceback_getsets});
}
