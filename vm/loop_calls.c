// Calls made by the dispatch loop that are not the plain case: argument binding, bound methods, classes, natives, callable objects.
// A Python function never recurses in C: its frame is pushed and the loop goes on there.
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/interp.h"
#include "vm/loop_enter.h"
#include "vm/ops.h"
#include "vm/signature.h"
#include "vm/shape.h"
#include "vm/suspend.h"
#include "vm/trace.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/descriptor.h"
#include "vm/types/generator.h"
#include "vm/types/super.h"

static Frame *store(Frame *frame, Value *result, Value v) {
    if (UNLIKELY(is_error(v))) return NULL;
    *result = v;
    return frame;
}

// May a callee's registers begin at `at`? Not those of a generator's frame, which stand in its object.
static bool fits_in_place(VM *vm, const Value *at, size_t count) {
    size_t offset = (size_t)((uintptr_t)at - (uintptr_t)vm->stack_start);
    return offset <= vm->stack_size && count * sizeof(Value) <= vm->stack_size - offset;
}

static Frame *entered(VM *vm, Frame *callee) {
    if (UNLIKELY(--vm->ticks <= 0) && !vm_tick(vm)) return NULL;
    return callee;
}

// Do the next instructions await the result of the call, which stands in a temporary register that nothing else reads?
static bool result_is_awaited(VM *vm, const Frame *frame, const Value *result) {
    const Word *pc = frame->pc;
    if (vm->coroutine_origin_depth > 0 || vm->trace.on) return false;
    return word_op(pc[0]) == OP_GET_AWAITABLE && word_op(pc[1]) == OP_DELEGATE && word_b(pc[1]) == word_a(pc[0]) &&
           result == &frame->registers[word_b(pc[0])] && word_b(pc[0]) >= frame->code->local_count && frame->return_mode == RETURN_GENERATOR;
}

static Frame *call_function(VM *vm, Frame *frame, Function *function, Value *args, uint32_t argc, Tuple *kwnames, Value *result) {
    Code *code = function->code;
    if (code->flags & CODE_SUSPENDABLE) {
        if (code->flags & CODE_COROUTINE && result_is_awaited(vm, frame, result)) return loop_await_call(vm, frame, function, args, argc, kwnames);
        return store(frame, result, generator_new(vm, function, args, argc, kwnames));
    }
    Value *registers = args;
    if (UNLIKELY(!fits_in_place(vm, args, code->register_count))) {
        registers = frame_top(vm, code->register_count);
        if (registers == NULL) return NULL;
    }
    if (!function_bind(vm, function, registers, args, argc, kwnames)) return NULL;
    Frame *callee = frame_push(vm, function, registers, code->parameter_registers, RETURN_PLAIN);
    if (UNLIKELY(callee == NULL)) return NULL;
    callee->result = result;
    return entered(vm, callee);
}

// What became of a call that ended at once, as if a frame with that mode had returned it.
static Frame *deliver(VM *vm, Frame *frame, ReturnMode mode, uint16_t step, Value *result, Value v) {
    if (is_error(v)) return NULL;
    if (mode == RETURN_PLAIN) *result = v;
    if (mode == RETURN_CONTINUE) return loop_return_to(vm, frame, frame_instruction(frame), step, v);
    return frame;
}

Frame *loop_call_function(VM *vm, Frame *frame, Function *function, const Value *args, uint32_t argc, ReturnMode mode, uint16_t step,
                          Value *result) {
    Code *code = function->code;
    if (code->flags & CODE_SUSPENDABLE) return deliver(vm, frame, mode, step, result, generator_new(vm, function, args, argc, NULL));
    Value *registers = frame_top(vm, code->register_count);
    if (registers == NULL) return NULL;
    if (LIKELY(code->plain_arity == argc)) {
        for (uint32_t i = 0; i < argc; i++) registers[i] = args[i];
    } else if (!function_bind(vm, function, registers, args, argc, NULL)) {
        return NULL;
    }
    Frame *callee = frame_push(vm, function, registers, code->parameter_registers, mode);
    if (callee == NULL) return NULL;
    callee->result = result;
    callee->step = step;
    return entered(vm, callee);
}

// ---- classes

enum { COPY_ON_STACK = 16 };

// Not inlined: see native_call_bound().
static __attribute__((noinline)) bool bind_init(VM *vm, Function *init, Value *registers, Value instance, const Value *args, uint32_t argc,
                                                Tuple *kwnames) {
    Value all[COPY_ON_STACK + 1];
    all[0] = instance;
    memcpy(all + 1, args, argc * sizeof(Value));
    return function_bind(vm, init, registers, all, argc + 1, kwnames);
}

// The instance stands in *result; its __init__ is a Python function.
static Frame *call_init(VM *vm, Frame *frame, Function *init, Value instance, Value *args, uint32_t argc, Tuple *kwnames, Value *result) {
    Code *code = init->code;
    if (code->flags & CODE_SUSPENDABLE || argc >= COPY_ON_STACK) return NULL;   // call_class() has checked
    *result = instance;
    Value *registers = args;
    if (LIKELY(fits_in_place(vm, args, code->register_count)) && code->plain_arity == argc + 1 && kwnames == NULL) {
        memmove(args + 1, args, argc * sizeof(Value));
        args[0] = instance;
    } else {
        if (!fits_in_place(vm, args, code->register_count)) registers = frame_top(vm, code->register_count);
        if (registers == NULL || !bind_init(vm, init, registers, instance, args, argc, kwnames)) return NULL;
    }
    Frame *callee = frame_push(vm, init, registers, code->parameter_registers, RETURN_INIT);
    if (UNLIKELY(callee == NULL)) return NULL;
    callee->result = result;
    return entered(vm, callee);
}

// The __init__ in Python of a class whose instances object.__new__ makes and that has nothing else to say about calls; NULL otherwise.
static Function *plain_init(VM *vm, Class *cls) {
    if (LIKELY(cls->init_epoch == vm->class_epoch)) return cls->plain_init;
    cls->init_epoch = vm->class_epoch;
    cls->plain_init = NULL;
    Class *metaclass = class_of(vm, from_object(cls));
    class_watch(cls);
    class_watch(metaclass);
    if (metaclass != vm->types.type && !value_same(class_special(vm, metaclass, SPECIAL_CALL), class_special(vm, vm->types.type, SPECIAL_CALL)))
        return NULL;
    if (!value_same(class_special(vm, cls, SPECIAL_NEW), class_special(vm, vm->types.object, SPECIAL_NEW))) return NULL;
    if (cls->flags & (CLASS_ABSTRACT | CLASS_DISALLOW_INSTANTIATION)) return NULL;
    Value init = class_special(vm, cls, SPECIAL_INIT);
    if (!is_function(init) || to_function(init)->code->flags & CODE_SUSPENDABLE) return NULL;
    cls->plain_init = to_function(init);
    return cls->plain_init;
}

// Does type.__call__ make the instances of this class?
static bool is_called_as_type(VM *vm, Class *cls) {
    Class *metaclass = class_of(vm, from_object(cls));
    return metaclass == vm->types.type ||
           value_same(class_special(vm, metaclass, SPECIAL_CALL), class_special(vm, vm->types.type, SPECIAL_CALL));
}

// The instance is made: its __init__ gets a frame when it is a Python function.
static Frame *init_instance(VM *vm, Frame *frame, Class *cls, Value instance, Value *args, uint32_t argc, Tuple *kwnames, Value *result) {
    Value init = class_init_of(vm, cls, instance);
    if (is_function(init) && !(to_function(init)->code->flags & CODE_SUSPENDABLE) && argc < COPY_ON_STACK)
        return call_init(vm, frame, to_function(init), instance, args, argc, kwnames, result);
    return store(frame, result, class_init_instance(vm, cls, instance, args, (int)argc, kwnames));
}

// The __new__ in Python of a class that type.__call__ makes instances of, NULL otherwise.
static Function *python_new(VM *vm, Class *cls) {
    if (cls->construct != NULL || cls->flags & CLASS_DISALLOW_INSTANTIATION || !is_called_as_type(vm, cls)) return NULL;
    Value constructor = staticmethod_unwrap(class_special(vm, cls, SPECIAL_NEW));
    return is_function(constructor) && !(to_function(constructor)->code->flags & CODE_SUSPENDABLE) ? to_function(constructor) : NULL;
}

// Gives a __new__ in Python a frame above the caller's, whose registers keep the arguments for __init__: when it returns, the instruction
// goes on in loop_call_continue(). NULL without an exception: the callee has no such __new__.
static Frame *enter_new(VM *vm, Frame *frame, Value callee, const Value *args, uint32_t argc, Tuple *kwnames) {
    Function *constructor = is_class(callee) && argc < COPY_ON_STACK ? python_new(vm, to_class(callee)) : NULL;
    if (constructor == NULL) return NULL;
    Value all[COPY_ON_STACK + 1];
    all[0] = callee;
    memcpy(all + 1, args, argc * sizeof(Value));
    Value *registers = frame_top(vm, constructor->code->register_count);
    if (registers == NULL || !function_bind(vm, constructor, registers, all, argc + 1, kwnames)) return NULL;
    Frame *pushed = frame_push(vm, constructor, registers, constructor->code->parameter_registers, RETURN_CONTINUE);
    return pushed == NULL ? NULL : entered(vm, pushed);
}

static Frame *call_class(VM *vm, Frame *frame, Class *cls, Value *args, uint32_t argc, Tuple *kwnames, Value *result) {
    if (cls->construct != NULL) {
        Value quick = cls->construct(vm, args, (int)argc, kwnames);
        if (!is_undefined(quick)) return store(frame, result, quick);
    }
    Function *init = plain_init(vm, cls);
    if (LIKELY(init != NULL && argc < COPY_ON_STACK)) {
        Object *object = instance_new_fast(vm, cls);
        Value instance = LIKELY(object != NULL) ? from_object(object) : is_raised(vm) ? ERROR : instance_new(vm, cls);
        if (UNLIKELY(is_error(instance))) return NULL;
        return call_init(vm, frame, init, instance, args, argc, kwnames, result);
    }
    if (cls == vm->types.super && argc == 0) return store(frame, result, super_of_frame(vm, frame));
    if (!is_called_as_type(vm, cls)) {
        Value call = class_special(vm, class_of(vm, from_object(cls)), SPECIAL_CALL);
        if (!is_function(call)) return store(frame, result, call_with_keywords(vm, from_object(cls), args, (int)argc, kwnames));
        args[-1] = from_object(cls);
        return call_function(vm, frame, to_function(call), args - 1, argc + 1, kwnames, result);
    }
    if (cls == vm->types.type) return store(frame, result, class_instantiate(vm, cls, args, (int)argc, kwnames));
    Value instance = class_make_instance(vm, cls, args, argc, kwnames);
    return is_error(instance) ? NULL : init_instance(vm, frame, cls, instance, args, argc, kwnames, result);
}

// ---- anything

Frame *loop_call(VM *vm, Frame *frame, Value callee, Value *args, uint32_t argc, Tuple *kwnames, Value *result) {
    switch (kind_of(callee)) {
    case KIND_FUNCTION: return call_function(vm, frame, to_function(callee), args, argc, kwnames, result);
    case KIND_NATIVE: return loop_entered(vm, frame, result, native_call(vm, callee, args, (int)argc, kwnames));
    case KIND_CLASS: return call_class(vm, frame, (Class *)to_object(callee), args, argc, kwnames, result);
    case KIND_METHOD: {
        Method *method = (Method *)to_object(callee);
        args[-1] = method->self;
        if (is_function(method->function)) return call_function(vm, frame, to_function(method->function), args - 1, argc + 1, kwnames, result);
        if (is_native(method->function)) return loop_entered(vm, frame, result, native_call(vm, method->function, args - 1, (int)argc + 1, kwnames));
        return store(frame, result, call_with_keywords(vm, callee, args, (int)argc, kwnames));
    }
    default: {
        Value call = class_special(vm, class_of(vm, callee), SPECIAL_CALL);
        if (!is_function(call)) return store(frame, result, call_with_keywords(vm, callee, args, (int)argc, kwnames));
        args[-1] = callee;
        return call_function(vm, frame, to_function(call), args - 1, argc + 1, kwnames, result);
    }
    }
}

// What a call instruction calls: its operands read in one way, at the start and when __new__ or another method has returned.
CallParts loop_call_parts(Frame *frame, Word in) {
    Value *at = &RA(in);
    bool method = word_op(in) == OP_CALL_METHOD || (word_op(in) == OP_CALL_KW && word_x(in) != 0);
    Tuple *names = word_op(in) == OP_CALL_KW ? to_tuple(frame->code->constants[word_c(in)]) : NULL;
    if (!method) return (CallParts){at[0], at + 1, word_b(in), names};
    if (is_undefined(at[0])) return (CallParts){at[1], at + 2, word_b(in), names};
    return (CallParts){at[0], at + 1, word_b(in) + 1, names};
}

// The frame, or the traced loop in it, if somebody has begun to listen.
static Frame *maybe_switch(VM *vm, Frame *frame) {
    return UNLIKELY(vm->trace.due) && (uintptr_t)frame > (uintptr_t)LOOP_SWITCH && frame == vm->frame ? LOOP_SWITCH : frame;
}

// A call while somebody listens: of built-in functions, the listener is told before and after. Their result is in *result at once.
static Frame *call_told(VM *vm, Frame *frame, CallParts parts, Value *result) {
    Value callee = trace_c_callee(vm, parts.callee, parts.args, parts.argc);
    if (is_error(callee) || (!is_undefined(callee) && !trace_c_call(vm, frame, callee))) return NULL;
    Frame *next = loop_call(vm, frame, parts.callee, parts.args, parts.argc, parts.names, result);
    if (is_undefined(callee)) return next;
    Value told = trace_c_return(vm, frame, callee, next == NULL ? ERROR : *result);
    return is_error(told) ? NULL : next;
}

static Frame *call_parts_run(VM *vm, Frame *frame, Word in, CallParts parts) {
    if (is_class(parts.callee)) {
        Frame *pushed = enter_new(vm, frame, parts.callee, parts.args, parts.argc, parts.names);
        if (pushed == NULL && parts.argc == 1 && parts.names == NULL && !is_raised(vm) && may_enter(parts.args[0]))
            pushed = loop_enter_class(vm, frame, to_class(parts.callee), parts.args[0]);
        if (pushed != NULL || is_raised(vm)) return pushed;
    }
    loop_done(frame, in);
    if (UNLIKELY(vm->trace.on)) return maybe_switch(vm, call_told(vm, frame, parts, &RA(in)));
    return maybe_switch(vm, loop_call(vm, frame, parts.callee, parts.args, parts.argc, parts.names, &RA(in)));
}

// A method in Python has returned.
Frame *loop_call_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value instance) {
    if (step != CALL_NEW) return loop_call_finish(vm, frame, in, step, instance);
    CallParts parts = loop_call_parts(frame, in);
    loop_done(frame, in);
    return init_instance(vm, frame, to_class(parts.callee), instance, parts.args, parts.argc, parts.names, &RA(in));
}

Frame *loop_op_call(VM *vm, Frame *frame, Word in) {
    return call_parts_run(vm, frame, in, (CallParts){RA(in), &RA(in) + 1, word_b(in), NULL});
}

Frame *loop_op_call_method(VM *vm, Frame *frame, Word in) { return call_parts_run(vm, frame, in, loop_call_parts(frame, in)); }
Frame *loop_op_call_kw(VM *vm, Frame *frame, Word in) { return call_parts_run(vm, frame, in, loop_call_parts(frame, in)); }

// A Python function called with * and ** gets a frame; everything else is called from C.
static Frame *call_ex_function(VM *vm, Frame *frame, Function *function, Value self, Tuple *args, Dict *kwargs, Value *result) {
    size_t extra = is_undefined(self) ? 0 : 1, keywords = kwargs == NULL ? 0 : kwargs->count, total = extra + args->count + keywords;
    Tuple *all = args, *names = NULL;
    if (total > UINT32_MAX / 16) return raise_no_memory(vm), NULL;
    if (total != args->count) {
        all = tuple_new(vm, total);
        if (all == NULL || (keywords > 0 && (names = tuple_new(vm, keywords)) == NULL)) return NULL;
        if (extra) all->items[0] = self;
        memcpy(all->items + extra, args->items, args->count * sizeof(Value));
        size_t position = 0, count = 0;
        Value key, value;
        while (count < keywords && dict_next(kwargs, &position, &key, &value)) {
            names->items[count] = key;
            all->items[extra + args->count + count++] = value;
        }
        gc_write_barrier(vm, all);
        if (names != NULL) gc_write_barrier(vm, names);
    }
    Code *code = function->code;
    Frame *callee = NULL;
    if (code->flags & CODE_SUSPENDABLE) {
        callee = store(frame, result, generator_new(vm, function, all->items, (uint32_t)total, names));
    } else {
        Value *registers = frame_top(vm, code->register_count);
        if (registers == NULL || !function_bind(vm, function, registers, all->items, (uint32_t)total, names)) return NULL;
        callee = frame_push(vm, function, registers, code->parameter_registers, RETURN_PLAIN);
        if (callee == NULL) return NULL;
        callee->result = result;
        callee = entered(vm, callee);
    }
    gc_keep(all);
    gc_keep(names);
    return callee;
}

Frame *loop_op_call_ex(VM *vm, Frame *frame, Word in) {
    Value *at = &RA(in), args = at[1], kwargs = word_x(in) ? at[2] : UNDEFINED, callee = at[0], self = UNDEFINED;
    if (!call_ex_arguments(vm, callee, &args, &kwargs)) return NULL;
    if (is_kind(callee, KIND_METHOD)) {
        self = ((Method *)to_object(callee))->self;
        callee = ((Method *)to_object(callee))->function;
    }
    if (is_function(callee)) {
        Dict *dict = is_undefined(kwargs) || to_dict(kwargs)->count == 0 ? NULL : to_dict(kwargs);
        return maybe_switch(vm, call_ex_function(vm, frame, to_function(callee), self, to_tuple(args), dict, at));
    }
    Value told = UNLIKELY(vm->trace.on) ? trace_c_callee(vm, at[0], to_tuple(args)->items, to_tuple(args)->count) : UNDEFINED;
    if (LIKELY(is_undefined(told))) return maybe_switch(vm, store(frame, at, call_ex(vm, at[0], args, kwargs)));
    if (is_error(told) || !trace_c_call(vm, frame, told)) return NULL;
    return maybe_switch(vm, store(frame, at, trace_c_return(vm, frame, told, call_ex(vm, at[0], args, kwargs))));
}
