// Generators and coroutines as objects: making them, their attributes and methods. Suspending and resuming is suspend.c's.
#include "vm/loop_enter.h"
#include "vm/stack_summary.h"
#include "vm/types/generator.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/interp.h"
#include "vm/ops.h"
#include "vm/suspend.h"
#include "vm/types/container_common.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/generator_methods.h"
#include "vm/types/str.h"
#include "vm/warnings.h"

Value generator_new(VM *vm, Function *function, const Value *args, uint32_t argc, Tuple *kwnames) {
    Code *code = function->code;
    Class *cls = code->flags & CODE_COROUTINE         ? vm->types.coroutine
                 : code->flags & CODE_ASYNC_GENERATOR ? vm->types.async_generator
                                                      : vm->types.generator;
    Shape *shape = cls->root_shape != NULL ? cls->root_shape : class_shape(vm, cls);
    if (shape == NULL) return ERROR;
    Generator *generator = object_new(vm, (Kind)cls->instance_kind, shape, sizeof *generator + code->register_count * sizeof(Value));
    if (generator == NULL) return ERROR;
    generator->kind = cls->instance_kind;
    generator->run_state = GENERATOR_CLOSED;   // nothing to finalize should the arguments not fit
    Frame *frame = &generator->frame;
    frame->function = function;
    frame->code = code;
    frame->pc = code->words;
    frame->registers = generator->registers;
    frame->return_mode = RETURN_GENERATOR;
    frame->generator = generator;
    if (LIKELY(kwnames == NULL && argc == code->positional && code->parameter_registers == argc)) {
        for (uint32_t i = 0; i < argc; i++) generator->registers[i] = args[i];
    } else if (!function_bind(vm, function, generator->registers, args, argc, kwnames)) {
        return ERROR;
    }
    generator->run_state = GENERATOR_CREATED;
    generator->name = function->name;
    generator->qualname = function->qualname;
    gc_write_barrier(vm, generator);
    if (UNLIKELY(vm->coroutine_origin_depth > 0) && generator->kind == KIND_COROUTINE) {
        Tuple *origin = stack_summary(vm, (size_t)vm->coroutine_origin_depth);
        if (origin == NULL) return ERROR;
        generator->origin = from_object(origin);
        gc_write_barrier(vm, generator);
    }
    return from_object(generator);
}

// "\nCoroutine created at ..." for a warning, or nothing.
static Str *origin_text(VM *vm, Generator *generator) {
    if (!is_tuple(generator->origin)) return vm->empty_str;
    Str *places = stack_summary_text(vm, generator->origin, true);
    if (places == NULL) return NULL;
    size_t length = places->length > 0 ? places->length - 1 : 0;
    Str *without_newline = str_slice(vm, places, 0, length);
    return without_newline == NULL ? NULL : str_printf(vm, "\nCoroutine created at (most recent call last)\n%S", without_newline);
}

static void warn_never_awaited(VM *vm, Generator *generator) {
    Str *origin = origin_text(vm, generator);
    if (origin == NULL || !vm_warn(vm, vm->exc.RuntimeWarning, 1, "coroutine '%V' was never awaited%S", generator->qualname, origin))
        raised_report_unraisable(vm, NULL, from_object(generator));
}

void generator_trace(VM *vm, Object *object) {
    Generator *g = (Generator *)object;
    gc_mark_object(vm, g->frame.function);
    gc_mark_object(vm, g->frame.code);
    gc_mark_value(vm, g->frame.namespace);
    gc_mark_value(vm, g->frame.frame_object);
    gc_mark_value(vm, g->handled.exception);
    gc_mark_value(vm, g->delegate);
    gc_mark_object(vm, g->awaiter);
    gc_mark_value(vm, g->name);
    gc_mark_value(vm, g->qualname);
    gc_mark_value(vm, g->origin);
    if (g->frame.code == NULL) return;
    uint32_t count = g->frame.code->register_count;
    if (UNLIKELY(vm->skip_temporaries) && gc_defer(vm, object)) count = g->frame.code->local_count;
    for (uint32_t i = 0; i < count; i++) gc_mark_value(vm, g->registers[i]);
}

void generator_free(VM *vm, Object *object) {}

void coroutine_wrapper_trace(VM *vm, Object *object) {
    gc_mark_value(vm, ((CoroutineWrapper *)object)->coroutine);
}

// ---- the end of unreachable ones

// Does leaving the frame where it stands run any code of it?
static bool has_cleanup(Generator *generator) {
    Code *code = generator->frame.code;
    uint32_t index = (uint32_t)(generator->frame.pc - 1 - code->words);
    for (uint32_t i = 0; i < code->handler_count; i++)
        if (index >= code->handlers[i].start && index < code->handlers[i].end) return true;
    return false;
}

bool generator_needs_finalizer(Generator *generator) {
    if (generator->run_state == GENERATOR_CREATED) return generator->kind == KIND_COROUTINE;
    if (generator->run_state != GENERATOR_SUSPENDED) return false;
    generator->unseen = false;   // the queue of finalizers will refer to it
    bool has_hook = generator->kind == KIND_ASYNC_GENERATOR && !is_undefined(generator->origin);
    return !is_undefined(generator->delegate) || has_hook || has_cleanup(generator);
}

void generator_finalize(VM *vm, Generator *generator) {
    if (generator->run_state == GENERATOR_CREATED) {
        generator->run_state = GENERATOR_CLOSED;
        if (generator->kind == KIND_COROUTINE) warn_never_awaited(vm, generator);
        return;
    }
    if (generator->run_state != GENERATOR_SUSPENDED) return;
    // The one that awaits it is closed, too, and closes it first.
    Generator *awaiter = generator->awaiter;
    if (awaiter != NULL && awaiter->run_state == GENERATOR_SUSPENDED && delegate_generator(awaiter->delegate) == generator) return;
    if (generator->kind == KIND_ASYNC_GENERATOR && !is_undefined(generator->origin) && !is_none(generator->origin)) {
        Value hook = generator->origin;
        generator->origin = UNDEFINED;
        if (is_error(call1(vm, hook, from_object(generator)))) raised_report_unraisable(vm, NULL, from_object(generator));
        return;
    }
    if (!generator_close(vm, generator)) raised_report_unraisable(vm, NULL, from_object(generator));
}

// ---- methods that the three kinds share

Value generator_outcome(VM *vm, ResumeOutcome outcome, Value v) {
    switch (outcome) {
    case RESUME_YIELDED: return v;
    case RESUME_RETURNED: return is_none(v) ? STOP : raise_stop_iteration(vm, v);
    case RESUME_RAISED: break;
    }
    return ERROR;
}

// The exception that throw(type, value, traceback) stands for.
Value exception_of_throw(VM *vm, const Value *args, int argc) {
    Value type = args[1], value = arg_or(args, argc, 2, NONE), traceback = arg_or(args, argc, 3, NONE), exception;
    if (!is_none(traceback) && !is_kind(traceback, KIND_TRACEBACK)) return raise_type_error(vm, "throw() third argument must be a traceback object");
    if (is_exception(type)) {
        if (!is_none(value)) return raise_type_error(vm, "instance exception may not have a separate value");
        exception = type;
    } else if (is_kind(type, KIND_CLASS) && class_is_subclass((Class *)to_object(type), vm->exc.BaseException)) {
        if (is_instance(vm, value, (Class *)to_object(type))) exception = value;
        else if (is_none(value)) exception = call0(vm, type);
        else if (is_tuple(value)) exception = call_ex(vm, type, value, UNDEFINED);
        else exception = call1(vm, type, value);
        if (!is_error(exception) && !is_exception(exception))
            exception = raise_type_error(vm, "calling %R should have returned an instance of BaseException, not %R", type,
                                         from_object(class_of(vm, exception)));
        if (is_error(exception)) return raised_take(vm);   // what went wrong in making the exception is thrown in its place
    } else {
        return raise_type_error(vm, "exceptions must be classes or instances deriving from BaseException, not %T", type);
    }
    if (!is_none(traceback)) {
        to_exception(exception)->traceback = traceback;
        gc_write_barrier(vm, to_exception(exception));
    }
    return exception;
}

Value generator_method_next(VM *vm, const Value *args, int argc) {
    Value v = enter_generator(vm, args, to_generator(args[0]), NONE, UNDEFINED);
    if (!is_undefined(v)) return v;
    ResumeOutcome outcome = generator_resume(vm, to_generator(args[0]), NONE, &v);
    return generator_outcome(vm, outcome, v);
}

Value generator_method_send(VM *vm, const Value *args, int argc) {
    Value v = enter_generator(vm, args, to_generator(args[0]), args[1], UNDEFINED);
    if (!is_undefined(v)) return v;
    ResumeOutcome outcome = generator_resume(vm, to_generator(args[0]), args[1], &v);
    return generator_outcome(vm, outcome, v);
}

Value generator_method_throw(VM *vm, const Value *args, int argc) {
    Native *native_of_call = vm->called;   // making the exception may call others
    Value v = UNDEFINED, exception = exception_of_throw(vm, args, argc);
    if (is_error(exception)) return ERROR;
    vm->called = native_of_call;
    if (is_undefined(to_generator(args[0])->delegate) || !is_instance(vm, exception, vm->exc.GeneratorExit))
        v = enter_generator(vm, args, to_generator(args[0]), NONE, exception);
    if (!is_undefined(v)) return v;
    ResumeOutcome outcome = generator_throw(vm, to_generator(args[0]), exception, &v);
    return generator_outcome(vm, outcome, v);
}

Value generator_method_close(VM *vm, const Value *args, int argc) {
    return generator_close(vm, to_generator(args[0])) ? NONE : ERROR;
}

Value generator_method_iter(VM *vm, const Value *args, int argc) { return args[0]; }

Value generator_method_repr(VM *vm, const Value *args, int argc) {
    Str *s = str_printf(vm, "<%T object %V at 0x%llx>", args[0], to_generator(args[0])->qualname, (long long)object_id(vm, args[0]));
    return s == NULL ? ERROR : from_object(s);
}

Value generator_get_name(VM *vm, Value self) { return to_generator(self)->name; }
Value generator_get_qualname(VM *vm, Value self) { return to_generator(self)->qualname; }
Value generator_get_code(VM *vm, Value self) { return from_object(to_generator(self)->frame.code); }

static Value text_set(VM *vm, Value self, Value value, Value *where, const char *what) {
    if (!is_str(value)) return raise_type_error(vm, "%s must be set to a string object", what);
    *where = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

Value generator_set_name(VM *vm, Value self, Value value) { return text_set(vm, self, value, &to_generator(self)->name, "__name__"); }
Value generator_set_qualname(VM *vm, Value self, Value value) { return text_set(vm, self, value, &to_generator(self)->qualname, "__qualname__"); }

Value generator_get_frame(VM *vm, Value self) {
    Generator *generator = to_generator(self);
    return generator->run_state == GENERATOR_CLOSED ? NONE : frame_object_for(vm, &generator->frame);
}

Value generator_get_running(VM *vm, Value self) {
    Generator *generator = to_generator(self);
    return from_bool(generator->run_state != GENERATOR_CLOSED && generator_is_running(vm, generator));
}

Value generator_get_suspended(VM *vm, Value self) {
    Generator *generator = to_generator(self);
    return from_bool(generator->run_state == GENERATOR_SUSPENDED && !generator_is_running(vm, generator));
}

Value generator_get_delegate(VM *vm, Value self) {
    Generator *generator = to_generator(self);
    if (is_undefined(generator->delegate) || generator->run_state != GENERATOR_SUSPENDED || generator_is_running(vm, generator)) return NONE;
    if (is_generator_like(generator->delegate)) to_generator(generator->delegate)->unseen = false;
    return generator->delegate;
}

static Value coroutine_get_origin(VM *vm, Value self) {
    return is_undefined(to_generator(self)->origin) ? NONE : to_generator(self)->origin;
}

static Value coroutine_await(VM *vm, const Value *args, int argc) {
    Class *cls = vm->types.coroutine_wrapper;
    Shape *shape = class_shape(vm, cls);
    CoroutineWrapper *wrapper = shape == NULL ? NULL : object_new(vm, KIND_COROUTINE_WRAPPER, shape, sizeof *wrapper);
    if (wrapper == NULL) return ERROR;
    wrapper->coroutine = args[0];
    return from_object(wrapper);
}

// The methods of coroutine.__await__()'s result are the coroutine's.
static Value wrapped(Value self) { return ((CoroutineWrapper *)to_object(self))->coroutine; }

static Value wrapper_next(VM *vm, const Value *args, int argc) {
    Value self = wrapped(args[0]);
    return generator_method_next(vm, &self, 1);
}

static Value wrapper_send(VM *vm, const Value *args, int argc) {
    Value copy[2] = {wrapped(args[0]), args[1]};
    return generator_method_send(vm, copy, 2);
}

static Value wrapper_throw(VM *vm, const Value *args, int argc) {
    Value copy[4] = {wrapped(args[0]), args[1], arg_or(args, argc, 2, NONE), arg_or(args, argc, 3, NONE)};
    return generator_method_throw(vm, copy, 4);
}

static Value wrapper_close(VM *vm, const Value *args, int argc) {
    Value self = wrapped(args[0]);
    return generator_method_close(vm, &self, 1);
}

static const NativeDef generator_methods[] = {
    {"__iter__(self, /)", generator_method_iter, NULL, NATIVE_METHOD},
    {"__next__(self, /)", generator_method_next, "Implement next(self).", NATIVE_METHOD},
    {"send(self, arg, /)", generator_method_send, "Resumes the generator with a value for its yield.", NATIVE_METHOD},
    {"throw(self, type, value=None, traceback=None, /)", generator_method_throw, "Raises an exception inside the generator.", NATIVE_METHOD},
    {"close(self, /)", generator_method_close, "Raises GeneratorExit inside the generator.", NATIVE_METHOD},
    {"__repr__(self, /)", generator_method_repr, NULL, NATIVE_METHOD},
    {0},
};
static const GetSetDef generator_getsets[] = {
    {"__name__", generator_get_name, generator_set_name, NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, NULL},
    {"gi_code", generator_get_code, readonly_member, NULL},
    {"gi_frame", generator_get_frame, NULL, NULL},
    {"gi_running", generator_get_running, NULL, NULL},
    {"gi_suspended", generator_get_suspended, NULL, NULL},
    {"gi_yieldfrom", generator_get_delegate, NULL, "What yield from delegates to, or None."},
    {0},
};

static const NativeDef coroutine_methods[] = {
    {"__await__(self, /)", coroutine_await, NULL, NATIVE_METHOD},
    {"send(self, arg, /)", generator_method_send, "Resumes the coroutine with a value for what it awaits.", NATIVE_METHOD},
    {"throw(self, type, value=None, traceback=None, /)", generator_method_throw, "Raises an exception inside the coroutine.", NATIVE_METHOD},
    {"close(self, /)", generator_method_close, "Raises GeneratorExit inside the coroutine.", NATIVE_METHOD},
    {"__repr__(self, /)", generator_method_repr, NULL, NATIVE_METHOD},
    {0},
};
static const GetSetDef coroutine_getsets[] = {
    {"__name__", generator_get_name, generator_set_name, NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, NULL},
    {"cr_code", generator_get_code, readonly_member, NULL},
    {"cr_frame", generator_get_frame, NULL, NULL},
    {"cr_running", generator_get_running, NULL, NULL},
    {"cr_suspended", generator_get_suspended, NULL, NULL},
    {"cr_await", generator_get_delegate, NULL, "What the coroutine awaits, or None."},
    {"cr_origin", coroutine_get_origin, readonly_member, NULL},
    {0},
};

static const NativeDef wrapper_methods[] = {
    {"__iter__(self, /)", generator_method_iter, NULL, NATIVE_METHOD},
    {"__next__(self, /)", wrapper_next, "Implement next(self).", NATIVE_METHOD},
    {"send(self, arg, /)", wrapper_send, NULL, NATIVE_METHOD},
    {"throw(self, type, value=None, traceback=None, /)", wrapper_throw, NULL, NATIVE_METHOD},
    {"close(self, /)", wrapper_close, NULL, NATIVE_METHOD},
    {0},
};

bool generator_init(VM *vm) {
    const TypeDef types[] = {
        {.where = &vm->types.generator, .instance_size = sizeof(Generator), .methods = generator_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = generator_getsets},
        {.where = &vm->types.coroutine, .instance_size = sizeof(Generator), .methods = coroutine_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = coroutine_getsets},
        {.where = &vm->types.coroutine_wrapper, .instance_size = sizeof(CoroutineWrapper), .methods = wrapper_methods, .flags = CLASS_DISALLOW_INSTANTIATION},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (!type_define(vm, &types[i])) return false;
    return true;
}
