// Frame objects: see frame_object.h.
#include "vm/types/frame_object.h"

#include "vm/errors.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/generator.h"
#include "vm/types/str.h"

void frame_object_trace(VM *vm, Object *object) {
    FrameObject *f = (FrameObject *)object;
    if (f->live != NULL && f->live->return_mode == RETURN_GENERATOR) gc_mark_object(vm, f->live->generator);
    gc_mark_object(vm, f->code);
    gc_mark_object(vm, f->function);
    for (uint32_t i = 0; i < f->kept; i++) gc_mark_value(vm, f->registers[i]);
    gc_mark_object(vm, f->globals);
    gc_mark_object(vm, f->builtins);
    gc_mark_value(vm, f->back);
    gc_mark_value(vm, f->locals);
    gc_mark_value(vm, f->trace);
}

static FrameObject *frame_object_new(VM *vm, Code *code, Function *function) {
    Shape *shape = class_shape(vm, vm->types.frame);
    FrameObject *f = shape == NULL ? NULL : object_new(vm, KIND_FRAME, shape, sizeof *f + code->local_count * sizeof(Value));
    if (f == NULL) return NULL;
    f->code = code;
    f->function = function;
    f->globals = function->globals;
    f->builtins = function->builtins;
    f->back = f->locals = f->trace = NONE;
    return f;
}

Value frame_object_for(VM *vm, Frame *frame) {
    if (frame->state & FRAME_HAS_OBJECT) return frame->frame_object;
    FrameObject *f = frame_object_new(vm, frame->code, frame->function);
    if (f == NULL) return ERROR;
    f->live = frame;
    frame->frame_object = from_object(f);
    frame->state |= FRAME_HAS_OBJECT;
    if (frame->return_mode == RETURN_GENERATOR) gc_write_barrier(vm, frame->generator);
    return from_object(f);
}

static void keep_registers(VM *vm, FrameObject *f, const Value *registers, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) f->registers[i] = registers[i];
    f->kept = count;
    gc_write_barrier(vm, f);
}

Value frame_object_dead(VM *vm, Code *code, Function *function, uint32_t word, const Value *locals, uint32_t local_count) {
    FrameObject *f = frame_object_new(vm, code, function);
    if (f == NULL) return ERROR;
    f->word = word;
    if (code->flags & CODE_NEWLOCALS) keep_registers(vm, f, locals, local_count);
    else f->locals = from_object(f->globals);
    return from_object(f);
}

// pc stands behind the current instruction's word, or at the start.
static uint32_t frame_word(Frame *frame) {
    const Word *pc = frame->pc;
    return pc > frame->code->words ? (uint32_t)(pc - 1 - frame->code->words) : 0;
}

// The frame ends here: whoever holds the object sees its locals as they were.
void frame_object_detach(VM *vm, Frame *frame) {
    FrameObject *f = to_frame_object(frame->frame_object);
    f->word = frame_word(frame);
    Frame *caller = frame->caller;
    f->back = caller != NULL && (caller->state & FRAME_HAS_OBJECT) ? caller->frame_object : NONE;
    if (frame->state & FRAME_HAS_NAMESPACE) f->locals = frame->namespace;
    else if (!(frame->code->flags & CODE_NEWLOCALS)) f->locals = from_object(f->globals);
    else keep_registers(vm, f, frame->registers, frame->code->local_count);
    f->live = NULL;
    gc_write_barrier(vm, f);
    frame->state &= (uint8_t)~FRAME_HAS_OBJECT;
    frame->frame_object = UNDEFINED;
}

int frame_object_line(FrameObject *f) {
    if (f->told_line != 0) return f->told_line;
    uint32_t word = f->live != NULL ? frame_word(f->live) : f->word;
    int line = code_line(f->code, f->code->words + word);
    return line > 0 || f->raised_word == 0 ? line : code_line(f->code, f->code->words + f->raised_word);
}

// ---- the Python-visible type

static Value get_back(VM *vm, Value self) {
    FrameObject *f = to_frame_object(self);
    if (f->live == NULL) return f->back;
    Frame *caller = f->live->caller;
    if (f->live->return_mode == RETURN_GENERATOR) {
        Generator *generator = f->live->generator;
        if (generator->run_state != GENERATOR_RUNNING) return NONE;
        caller = generator->awaiter != NULL ? &generator->awaiter->frame : generator->resumer;
    }
    return caller != NULL ? frame_object_for(vm, caller) : NONE;
}
static Value get_code(VM *vm, Value self) { return from_object(to_frame_object(self)->code); }
static Value get_globals(VM *vm, Value self) { return from_object(to_frame_object(self)->globals); }
static Value get_builtins(VM *vm, Value self) { return from_object(to_frame_object(self)->builtins); }
static Value get_lineno(VM *vm, Value self) { return from_int(frame_object_line(to_frame_object(self))); }
static Value get_lasti(VM *vm, Value self) {
    FrameObject *f = to_frame_object(self);
    return from_int(f->live != NULL ? frame_word(f->live) : f->word);
}
static Value get_locals(VM *vm, Value self) {
    FrameObject *f = to_frame_object(self);
    if (f->live != NULL) return frame_locals(vm, f->live);
    if (!is_none(f->locals)) return f->locals;
    Value locals = f->kept > 0 || f->code->free_count > 0 ? locals_of(vm, f->code, f->function, f->registers, f->kept) : object_or_error(dict_new(vm));
    if (is_error(locals)) return ERROR;
    f->locals = locals;
    gc_write_barrier(vm, f);
    return locals;
}
static Value get_none(VM *vm, Value self) { return NONE; }
// There are no events for single instructions: what is stored is not kept.
static Value set_ignored(VM *vm, Value self, Value value) { return NONE; }
static Value get_trace(VM *vm, Value self) { return to_frame_object(self)->trace; }
static Value set_trace(VM *vm, Value self, Value value) {
    to_frame_object(self)->trace = is_undefined(value) ? NONE : value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}
static Value get_trace_lines(VM *vm, Value self) { return from_bool(!to_frame_object(self)->no_lines); }
static Value set_trace_lines(VM *vm, Value self, Value value) {
    if (!is_bool(value)) return raise_type_error(vm, "attribute value type must be bool");
    to_frame_object(self)->no_lines = !is_true_value(value);
    return NONE;
}

static Value frame_repr(VM *vm, const Value *args, int argc) {
    FrameObject *f = to_frame_object(args[0]);
    Str *text = str_printf(vm, "<frame at 0x%llx, file %R, line %d, code %S>", (long long)object_id(vm, args[0]), from_object(f->code->filename),
                           frame_object_line(f), f->code->name);
    return text != NULL ? from_object(text) : ERROR;
}

static Value frame_clear(VM *vm, const Value *args, int argc) {
    FrameObject *f = to_frame_object(args[0]);
    if (f->live == NULL) {
        memset(f->registers, 0, f->kept * sizeof(Value));
        f->locals = object_or_error(dict_new(vm));
        gc_write_barrier(vm, f);
        return is_error(f->locals) ? (f->locals = NONE, ERROR) : NONE;
    }
    if (f->live->return_mode != RETURN_GENERATOR || f->live->generator->run_state == GENERATOR_RUNNING)
        return raise_error(vm, vm->exc.RuntimeError, "cannot clear an executing frame");
    return generator_close(vm, f->live->generator) ? NONE : ERROR;
}

static const NativeDef frame_methods[] = {
    {"__repr__(self, /)", frame_repr, "Return repr(self).", 0},
    {"clear(self, /)", frame_clear, "Clear most references held by the frame.", 0},
    {0},
};
static const GetSetDef frame_getsets[] = {
    {"f_back", get_back, NULL, NULL},          {"f_code", get_code, NULL, NULL},     {"f_globals", get_globals, NULL, NULL},
    {"f_builtins", get_builtins, NULL, NULL},  {"f_locals", get_locals, NULL, NULL}, {"f_lineno", get_lineno, NULL, NULL},
    {"f_lasti", get_lasti, NULL, NULL},        {"f_trace", get_trace, set_trace, NULL},
    {"f_trace_lines", get_trace_lines, set_trace_lines, NULL}, {"f_trace_opcodes", get_none, set_ignored, NULL},
    {0},
};

bool frame_object_init(VM *vm) {
    return type_define(vm, &(TypeDef){.where = &vm->types.frame, .methods = frame_methods, .getsets = frame_getsets,
                                      .flags = CLASS_DISALLOW_INSTANTIATION});
}
