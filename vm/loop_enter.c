// See loop_enter.h.
#include "vm/loop_enter.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/loop_ops.h"
#include "vm/ops.h"
#include "vm/trace.h"
#include "vm/types/bytes.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/generator.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

static Function *plain_function(Value v) {
    return is_function(v) && !(to_function(v)->code->flags & CODE_SUSPENDABLE) ? to_function(v) : NULL;
}

static Function *special_function(VM *vm, Value v, Special special) { return plain_function(class_special(vm, class_of(vm, v), special)); }

// ---- native functions

// Did the instruction that the innermost frame is in call the running native function, and with these arguments? They
// stand in its registers then, where nothing else puts arguments. Before the call of a bound method the object has taken
// the method's place.
static bool is_called_directly(VM *vm, const Value *args) {
    Frame *frame = vm->frame;
    if (frame == NULL || frame->pc < frame->code->words + 2) return false;
    // A listener is told of the end of the native call.
    if (UNLIKELY(vm->trace.on) && (!is_none(vm->trace.profile) || vm->trace.events & TRACE_C_EVENTS)) return false;
    Word in = frame->pc[-2];   // behind it: the cache word
    if (word_op(in) != OP_CALL && word_op(in) != OP_CALL_METHOD) return false;
    const Value *at = &RA(in);
    if (word_op(in) == OP_CALL && args == at) return true;
    if (word_op(in) == OP_CALL_METHOD && is_undefined(*at)) at++;
    return args == at + 1 && is_native(*at) && to_native(*at) == vm->called;
}

// A native function says where the loop goes on.
static Value entered(VM *vm, Frame *to) {
    if (to == NULL && is_raised(vm)) return ERROR;
    vm->entered = to == NULL ? LOOP_SWITCH : to;
    return ENTERED;
}

Value enter_function(VM *vm, const Value *args, Function *function, const Value *function_args, uint32_t argc, CallStep step) {
    if (function->code->flags & CODE_SUSPENDABLE || !is_called_directly(vm, args)) return UNDEFINED;
    Frame *frame = vm->frame;
    frame->pc--;
    return entered(vm, loop_call_function(vm, frame, function, function_args, argc, RETURN_CONTINUE, (uint16_t)step, NULL));
}

Value enter_special(VM *vm, const Value *args, Special special, Value extra, CallStep step) {
    Function *function = special_function(vm, args[0], special);
    if (function == NULL) return UNDEFINED;
    Value function_args[2] = {args[0], extra};
    return enter_function(vm, args, function, function_args, is_undefined(extra) ? 1 : 2, step);
}

Function *text_function(VM *vm, Value v, bool repr) {
    Class *cls = class_of(vm, v);
    Value method = class_special(vm, cls, repr ? SPECIAL_REPR : SPECIAL_STR);
    if (!repr && is_native(method) && to_native(method)->owner == vm->types.object) method = class_special(vm, cls, SPECIAL_REPR);
    return plain_function(method);
}

Value enter_text(VM *vm, const Value *args, bool repr, CallStep step) {
    Function *function = text_function(vm, args[0], repr);
    return function == NULL ? UNDEFINED : enter_function(vm, args, function, args, 1, step);
}

Value enter_generator(VM *vm, const Value *args, Generator *generator, Value sent, Value exception) {
    if (!is_called_directly(vm, args)) return UNDEFINED;
    Frame *frame = vm->frame;
    frame->pc--;
    return entered(vm, loop_resume_call(vm, frame, generator, sent, exception));
}

// A native function that the loop called by itself gave ERROR, STOP or ENTERED. After LEAVE(), which has set the frame's pc back to the
// instruction.
Frame *loop_op_native_failed(VM *vm, Frame *frame, Word in) {
    Frame *to = vm->entered;
    if (to != NULL) {
        vm->entered = NULL;
        return to == frame ? loop_done(frame, in) : to;
    }
    if (!is_raised(vm)) raise_stop_iteration(vm, UNDEFINED);
    return NULL;
}

Frame *loop_entered(VM *vm, Frame *frame, Value *result, Value v) {
    if (LIKELY((v.bits & 7) != ERROR.bits)) {
        *result = v;
        return frame;
    }
    Frame *to = vm->entered;
    vm->entered = NULL;
    return to;
}

// ---- classes

// What the call of a built-in class with one argument asks that argument for: the first of these methods that there is.
typedef struct Conversion { Special special; CallStep step; } Conversion;

static const Conversion *conversions_of(VM *vm, Class *cls) {
    static const Conversion none[] = {{SPECIAL_COUNT, CALL_NEW}};
    static const Conversion bools[] = {{SPECIAL_BOOL, CALL_BOOL}, {SPECIAL_LEN, CALL_BOOL_LEN}, {SPECIAL_COUNT, CALL_NEW}};
    static const Conversion ints[] = {{SPECIAL_INT, CALL_INT}, {SPECIAL_INDEX, CALL_INDEX}, {SPECIAL_COUNT, CALL_NEW}};
    static const Conversion floats[] = {{SPECIAL_FLOAT, CALL_FLOAT}, {SPECIAL_INDEX, CALL_FLOAT_INDEX}, {SPECIAL_COUNT, CALL_NEW}};
    static const Conversion complexes[] = {{SPECIAL_COMPLEX, CALL_COMPLEX}, {SPECIAL_COUNT, CALL_NEW}};
    static const Conversion bytes[] = {{SPECIAL_BYTES, CALL_BYTES}, {SPECIAL_COUNT, CALL_NEW}};
    static const Conversion reversals[] = {{SPECIAL_REVERSED, CALL_PLAIN}, {SPECIAL_COUNT, CALL_NEW}};
    if (cls == vm->types.bool_) return bools;
    if (cls == vm->types.int_) return ints;
    if (cls == vm->types.float_) return floats;
    if (cls == vm->types.complex) return complexes;
    if (cls == vm->types.bytes) return bytes;
    if (cls == vm->types.reversed) return reversals;
    return none;
}

Frame *loop_enter_class(VM *vm, Frame *frame, Class *cls, Value v) {
    if (cls == vm->types.str) {
        Function *function = text_function(vm, v, false);
        return function == NULL ? NULL : loop_call_function(vm, frame, function, &v, 1, RETURN_CONTINUE, CALL_STR, NULL);
    }
    for (const Conversion *conversion = conversions_of(vm, cls); conversion->special != SPECIAL_COUNT; conversion++) {
        Value method = class_special(vm, class_of(vm, v), conversion->special);
        if (is_undefined(method)) continue;
        Function *function = plain_function(method);
        return function == NULL ? NULL : loop_call_function(vm, frame, function, &v, 1, RETURN_CONTINUE, (uint16_t)conversion->step, NULL);
    }
    return NULL;
}

// ---- the method has returned

static Value finish_text(VM *vm, Value v, const char *format) { return is_str(v) ? v : raise_type_error(vm, format, v); }

static Value finish_length(VM *vm, Value v) {
    ptrdiff_t length = length_of_result(vm, v);
    return length < 0 ? ERROR : int_from_i64(vm, length);
}

static Value finish_hash(VM *vm, Value v) {
    int64_t hash;
    return hash_from_result(vm, v, &hash) ? int_from_i64(vm, hash) : ERROR;
}

static Value finish_int(VM *vm, Value v, const char *method) {
    Value number = int_or_bool(v);
    if (is_undefined(number)) return raise_type_error(vm, "%s returned non-int (type %T)", method, v);
    return class_of(vm, v) == vm->types.int_ || warn_subclass(vm, method, "int", v) ? number : ERROR;
}

static Value finish_float(VM *vm, Value object, Value v, bool index) {
    double number;
    if (index) v = finish_int(vm, v, "__index__");
    if (is_error(v) || !(index ? value_as_double(vm, v, &number) : double_of_result(vm, object, v, &number))) return ERROR;
    return float_new(vm, number);
}

static Value finish_complex(VM *vm, Value v) {
    if (class_of(vm, v) == vm->types.complex) return v;
    if (!is_kind(v, KIND_COMPLEX)) return raise_type_error(vm, "__complex__ returned non-complex (type %T)", v);
    Complex *number = (Complex *)to_object(v);
    return warn_subclass(vm, "__complex__", "complex", v) ? complex_new(vm, number->real, number->imaginary) : ERROR;
}

static Value finish_truth(VM *vm, int truth) { return truth < 0 ? ERROR : from_bool(truth); }

static Value finish(VM *vm, CallStep step, const Value *args, Value v) {
    switch (step) {
    case CALL_LEN: return finish_length(vm, v);
    case CALL_BOOL: return is_bool(v) ? v : raise_type_error(vm, "__bool__ should return bool, returned %T", v);
    case CALL_BOOL_LEN: return finish_truth(vm, truth_of_length(vm, v));
    case CALL_TRUTH: return finish_truth(vm, value_is_true(vm, v));
    case CALL_REPR: return finish_text(vm, v, "__repr__ returned non-string (type %T)");
    case CALL_STR: return finish_text(vm, v, "__str__ returned non-string (type %T)");
    case CALL_FORMAT: return finish_text(vm, v, "__format__ must return a str, not %T");
    case CALL_HASH: return finish_hash(vm, v);
    case CALL_ITER:
        if (!is_undefined(class_special(vm, class_of(vm, v), SPECIAL_NEXT))) return v;
        return raise_type_error(vm, "iter() returned non-iterator of type '%T'", v);
    case CALL_INT: return finish_int(vm, v, "__int__");
    case CALL_INDEX: return finish_int(vm, v, "__index__");
    case CALL_FLOAT: return finish_float(vm, args[0], v, false);
    case CALL_FLOAT_INDEX: return finish_float(vm, args[0], v, true);
    case CALL_COMPLEX: return finish_complex(vm, v);
    case CALL_BYTES: return is_bytes(v) ? v : raise_type_error(vm, "__bytes__ returned non-bytes (type %T)", v);
    case CALL_HASATTR: case CALL_HASATTR_FIRST: return TRUE_VALUE;
    case CALL_NONE: return NONE;
    default: return v;
    }
}

static Frame *finished(Frame *frame, Word in, Value v) {
    if (is_error(v)) return NULL;
    RA(in) = v;
    return loop_done(frame, in);
}

Frame *loop_call_finish(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    return finished(frame, in, finish(vm, (CallStep)step, loop_call_parts(frame, in).args, v));
}

// ---- the method has raised

// The attribute is not there: __getattr__ is asked, or the default is the answer.
static Frame *attribute_raised(VM *vm, Frame *frame, Word in, CallStep step) {
    CallParts parts = loop_call_parts(frame, in);
    bool first = step == CALL_GETATTR_FIRST || step == CALL_HASATTR_FIRST, has = step == CALL_HASATTR || step == CALL_HASATTR_FIRST;
    Function *hook = first ? attribute_fallback(vm, parts.args[0]) : NULL;
    if (hook != NULL) {
        raised_clear(vm);
        return loop_call_function(vm, frame, hook, parts.args, 2, RETURN_CONTINUE, has ? CALL_HASATTR : CALL_GETATTR, NULL);
    }
    if (!has && parts.argc < 3) {
        attr_note_missing(vm, parts.args[0], to_str(parts.args[1]));
        return NULL;
    }
    raised_clear(vm);
    return finished(frame, in, has ? FALSE_VALUE : parts.args[2]);
}

Frame *loop_call_raised(VM *vm, Frame *frame, Word in, uint16_t step) {
    switch ((CallStep)step) {
    case CALL_NEXT: {
        CallParts parts = loop_call_parts(frame, in);
        if (parts.argc < 2 || !raised_matches(vm, vm->exc.StopIteration)) return NULL;
        raised_clear(vm);
        return finished(frame, in, parts.args[1]);
    }
    case CALL_GETATTR: case CALL_HASATTR: case CALL_GETATTR_FIRST: case CALL_HASATTR_FIRST:
        return raised_matches(vm, vm->exc.AttributeError) ? attribute_raised(vm, frame, in, (CallStep)step) : NULL;
    default: return NULL;
    }
}

// ---- generators

// next(generator, default) gives the default, everything else raises StopIteration with the value.
Frame *loop_generator_done(VM *vm, Frame *frame, Value v) {
    Word in = frame_instruction(frame);
    CallParts parts = loop_call_parts(frame, in);
    // next() alone has the generator as the first of two arguments: those of send() begin with it as well, but it is a method.
    bool is_next = is_native(parts.callee) && to_native(parts.callee)->owner == NULL;
    if (is_next && parts.argc == 2) return finished(frame, in, parts.args[1]);
    raise_stop_iteration(vm, is_none(v) ? UNDEFINED : v);
    return NULL;
}
