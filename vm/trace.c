// Tracing: see trace.h.
#include "vm/trace.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/frame_object.h"
#include "vm/types/str.h"

// ---- on and off

// The loops that are running find out at their next call: see interp.c.
static void trace_update(VM *vm) {
    struct Trace *trace = &vm->trace;
    bool was_on = trace->on;
    trace->on = trace->events != 0 || !is_none(trace->function) || !is_none(trace->profile);
    // Calls that have been made already are not told of.
    for (Frame *frame = vm->frame; trace->on && !was_on && frame != NULL; frame = frame->caller) frame->state |= FRAME_TRACED;
    trace->due = trace->on && !trace->loop_is_traced;
    if (trace->due) vm->ticks = vm->limits.span = 0;
}

void trace_set_hook(VM *vm, unsigned events, TraceHook hook) {
    vm->trace.hook = events != 0 ? hook : NULL;
    vm->trace.events = hook != NULL ? events : 0;
    trace_update(vm);
}

void trace_set_function(VM *vm, Value function) {
    vm->trace.function = function;
    trace_update(vm);
}

void trace_set_profile(VM *vm, Value function) {
    vm->trace.profile = function;
    trace_update(vm);
}

void trace_mark(VM *vm) {
    gc_mark_value(vm, vm->trace.function);
    gc_mark_value(vm, vm->trace.profile);
}

// ---- telling

static const char *event_name(TraceEvent event) {
    switch (event) {
    case TRACE_CALL: return "call";
    case TRACE_LINE: return "line";
    case TRACE_RETURN: return "return";
    case TRACE_EXCEPTION: return "exception";
    case TRACE_C_CALL: return "c_call";
    case TRACE_C_RETURN: return "c_return";
    default: return "c_exception";
    }
}

// function(frame, event, argument). Tracing is off meanwhile.
static Value call_listener(VM *vm, Value function, FrameObject *object, TraceEvent event, Value argument) {
    Str *name = str_intern_c(vm, event_name(event));
    return name == NULL ? ERROR : call3(vm, function, from_object(object), from_object(name), argument);
}

// A trace function that raises is taken out, as CPython does.
static bool tell_trace(VM *vm, FrameObject *object, TraceEvent event, Value argument) {
    Value function = event == TRACE_CALL ? vm->trace.function : object->trace;
    if (event & TRACE_C_EVENTS || is_none(function) || is_none(vm->trace.function) || (event == TRACE_LINE && object->no_lines)) return true;
    Value next = call_listener(vm, function, object, event, argument);
    if (is_error(next)) {
        object->trace = NONE;
        trace_set_function(vm, NONE);
        return false;
    }
    if (event == TRACE_CALL || !is_none(next)) object->trace = next;
    gc_write_barrier(vm, object);
    return true;
}

static bool tell_profile(VM *vm, FrameObject *object, TraceEvent event, Value argument) {
    if (is_none(vm->trace.profile) || event & (TRACE_LINE | TRACE_EXCEPTION)) return true;
    if (!is_error(call_listener(vm, vm->trace.profile, object, event, argument))) return true;
    trace_set_profile(vm, NONE);
    return false;
}

// (type, value, traceback) for Python.
static Value event_argument(VM *vm, TraceEvent event, Value callee, Value v) {
    if (event & TRACE_C_EVENTS) return callee;
    if (event == TRACE_CALL || event == TRACE_LINE) return NONE;
    if (event == TRACE_RETURN) return v;
    Tuple *tuple = tuple_pack(vm, 3, from_object(class_of(vm, v)), v, to_exception(v)->traceback);
    return tuple == NULL ? ERROR : from_object(tuple);
}

static bool tell_of(VM *vm, Frame *frame, FrameObject *object, TraceEvent event, int line, Value callee, Value v) {
    struct Trace *trace = &vm->trace;
    if (trace->inside || vm->limits.final) return true;
    trace->inside = true;
    object->told_line = line;
    bool fine = !(trace->events & event) || trace->hook(vm, event, frame, line, callee, v);
    if (fine && (!is_none(trace->function) || !is_none(trace->profile))) {
        Value argument = event_argument(vm, event, callee, v);
        fine = !is_error(argument) && tell_trace(vm, object, event, argument) && tell_profile(vm, object, event, argument);
    }
    object->told_line = 0;
    trace->inside = false;
    return fine;
}

static bool tell(VM *vm, Frame *frame, FrameObject *object, TraceEvent event, int line, Value v) {
    return tell_of(vm, frame, object, event, line, UNDEFINED, v);
}

// ---- events

static FrameObject *object_of(VM *vm, Frame *frame) {
    Value object = frame_object_for(vm, frame);
    return is_error(object) ? NULL : to_frame_object(object);
}

static int32_t line_at(VM *vm, Code *code, uint32_t word) {
    if (code->lines == NULL) {
        size_t size;
        if (!size_for(vm, code->word_count, sizeof *code->lines, 0, &size)) return -1;
        code->lines = buffer_new(vm, size);
        if (code->lines == NULL) return -1;
        positions_lines(code->positions, code->positions_size, code->lines, code->word_count);
    }
    return code->lines[word];
}

// Does the instruction belong to what the line says? A jump forward or the bookkeeping of a handler does not.
static bool is_of_line(Word in) {
    switch (word_op(in)) {
    case OP_PUSH_HANDLED: case OP_POP_HANDLED: case OP_JUMP: return false;
    default: return true;
    }
}

// A line begins where the line changes, and again when a jump goes back.
bool trace_step(VM *vm, Frame *frame, const Word *pc) {
    if (vm->trace.inside) return true;
    uint32_t word = (uint32_t)(pc - frame->code->words);
    frame->pc = pc + 1;
    FrameObject *object = object_of(vm, frame);
    if (object == NULL) return false;
    if (!(frame->state & FRAME_TRACED)) {
        frame->state |= FRAME_TRACED;
        object->traced_line = -1;
        int32_t begin = word == 0 ? frame->code->first_line : line_at(vm, frame->code, word - 1);   // a generator stands at its yield
        if (!tell(vm, frame, object, TRACE_CALL, begin, UNDEFINED)) return false;
        if (word != 0) object->traced_line = begin;
    }
    int32_t line = is_of_line(*pc) ? line_at(vm, frame->code, word) : -1;
    if (line < 0) return !is_raised(vm);
    bool begins = line != object->traced_line || word < object->traced_word;
    object->traced_word = word;
    object->traced_line = line;
    return !begins || tell(vm, frame, object, TRACE_LINE, line, UNDEFINED);
}

// What the compiler has put in by itself, such as the return at the end, belongs to the line before.
static int line_now(FrameObject *object) {
    int line = frame_object_line(object);
    return line > 0 ? line : object->traced_line;
}

bool trace_return(VM *vm, Frame *frame, Value v) {
    frame->state &= (uint8_t)~FRAME_TRACED;
    FrameObject *object = object_of(vm, frame);
    return object != NULL && tell(vm, frame, object, TRACE_RETURN, line_now(object), v);
}

void trace_exception(VM *vm, Frame *frame) {
    Value exception = raised_take(vm);
    FrameObject *object = object_of(vm, frame);
    if (object != NULL && is_exception(exception) && !tell(vm, frame, object, TRACE_EXCEPTION, line_now(object), exception)) return;
    raised_set(vm, exception);
}

// ---- calls of built-in functions

Value trace_c_callee(VM *vm, Value callee, const Value *args, size_t argc) {
    struct Trace *trace = &vm->trace;
    if (trace->inside || (is_none(trace->profile) && !(trace->events & TRACE_C_EVENTS))) return UNDEFINED;
    Value function = is_kind(callee, KIND_METHOD) ? ((Method *)to_object(callee))->function : callee;
    if (!is_native(function)) return UNDEFINED;
    Class *cls = to_object(function)->shape->cls;
    if (cls == vm->types.native) return value_same(function, callee) ? callee : UNDEFINED;
    if (cls != vm->types.method_descriptor && cls != vm->types.classmethod_descriptor) return UNDEFINED;
    if (!value_same(function, callee)) return callee;
    if (argc == 0 || (cls == vm->types.method_descriptor && !is_instance(vm, args[0], to_native(function)->owner))) return UNDEFINED;
    return method_new(vm, function, args[0]);
}

static bool tell_of_c(VM *vm, Frame *frame, TraceEvent event, Value callee, Value v) {
    FrameObject *object = object_of(vm, frame);
    return object != NULL && tell_of(vm, frame, object, event, line_now(object), callee, v);
}

bool trace_c_call(VM *vm, Frame *frame, Value callee) { return tell_of_c(vm, frame, TRACE_C_CALL, callee, UNDEFINED); }

Value trace_c_return(VM *vm, Frame *frame, Value callee, Value result) {
    if (!is_error(result)) return tell_of_c(vm, frame, TRACE_C_RETURN, callee, result) ? result : ERROR;
    Value exception = raised_take(vm);
    if (tell_of_c(vm, frame, TRACE_C_EXCEPTION, callee, exception)) raised_set(vm, exception);
    return ERROR;
}
