// Async generators as objects, and the awaitables that their asend(), athrow(), aclose() and __anext__() give.
//
// `async for` and `await agen.asend(v)` inside a coroutine link the generator into the awaiter's chain (suspend.c); the methods here are
// for those who drive such an awaitable by hand.
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/suspend.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/exception.h"
#include "vm/types/generator_methods.h"

static AsyncAwaitable *to_awaitable(Value v) { return (AsyncAwaitable *)to_object(v); }

void async_generator_awaitable_trace(VM *vm, Object *object) {
    gc_mark_value(vm, ((AsyncAwaitable *)object)->generator);
    gc_mark_value(vm, ((AsyncAwaitable *)object)->value);
}

static Value awaitable_new(VM *vm, Value generator, AsyncMode mode, Value value) {
    Class *cls = mode == ASYNC_SEND ? vm->types.async_generator_asend : vm->types.async_generator_athrow;
    Shape *shape = class_shape(vm, cls);
    AsyncAwaitable *awaitable = shape == NULL ? NULL : object_new(vm, KIND_ASYNC_GENERATOR_AWAITABLE, shape, sizeof *awaitable);
    if (awaitable == NULL) return ERROR;
    awaitable->generator = generator;
    awaitable->value = value;
    awaitable->mode = (uint8_t)mode;
    return from_object(awaitable);
}

static Value async_anext(VM *vm, const Value *args, int argc) { return awaitable_new(vm, args[0], ASYNC_SEND, NONE); }
static Value async_asend(VM *vm, const Value *args, int argc) { return awaitable_new(vm, args[0], ASYNC_SEND, args[1]); }

static Value async_athrow(VM *vm, const Value *args, int argc) {
    Value exception = exception_of_throw(vm, args, argc);
    return is_error(exception) ? ERROR : awaitable_new(vm, args[0], ASYNC_THROW, exception);
}

static Value async_aclose(VM *vm, const Value *args, int argc) {
    Value exception = exception_new(vm, vm->exc.GeneratorExit, 0, NULL);
    return is_error(exception) ? ERROR : awaitable_new(vm, args[0], ASYNC_CLOSE, exception);
}

static Value async_class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

// ---- the awaitables

static Value awaitable_send(VM *vm, const Value *args, int argc) {
    Value v;
    ResumeOutcome outcome = async_awaitable_send(vm, to_awaitable(args[0]), args[1], &v);
    return generator_outcome(vm, outcome, v);
}

static Value awaitable_next(VM *vm, const Value *args, int argc) {
    Value copy[2] = {args[0], NONE};
    return awaitable_send(vm, copy, 2);
}

static Value awaitable_throw(VM *vm, const Value *args, int argc) {
    AsyncAwaitable *awaitable = to_awaitable(args[0]);
    Value exception = exception_of_throw(vm, args, argc), v;
    if (is_error(exception)) return ERROR;
    if (awaitable->state == 2)
        return raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited %s",
                           awaitable->mode == ASYNC_SEND ? "__anext__()/asend()" : "aclose()/athrow()");
    if (awaitable->state == 0) {   // it never began: the exception goes to the generator as it stands
        Generator *generator = to_generator(awaitable->generator);
        if (generator->running_async)
            return raise_error(vm, vm->exc.RuntimeError, "%s: asynchronous generator is already running",
                               awaitable->mode == ASYNC_SEND ? "anext()" : awaitable->mode == ASYNC_THROW ? "athrow()" : "aclose()");
        if (generator->run_state == GENERATOR_CLOSED) {
            awaitable->state = 2;
            return raise_exception(vm, exception);
        }
        generator->running_async = true;
        generator->async_mode = awaitable->mode;
        awaitable->state = 1;
    }
    ResumeOutcome outcome = async_awaitable_run(vm, awaitable, NONE, exception, &v);
    return generator_outcome(vm, outcome, v);
}

static Value awaitable_close(VM *vm, const Value *args, int argc) {
    to_awaitable(args[0])->state = 2;
    return NONE;
}

static const NativeDef async_generator_methods[] = {
    {"__aiter__(self, /)", generator_method_iter, NULL, NATIVE_METHOD},
    {"__anext__(self, /)", async_anext, NULL, NATIVE_METHOD},
    {"asend(self, value, /)", async_asend, "Resumes the generator with a value; await the result.", NATIVE_METHOD},
    {"athrow(self, type, value=None, traceback=None, /)", async_athrow, "Raises an exception inside the generator; await the result.", NATIVE_METHOD},
    {"aclose(self, /)", async_aclose, "Raises GeneratorExit inside the generator; await the result.", NATIVE_METHOD},
    {"__class_getitem__(cls, item, /)", async_class_getitem, NULL, NATIVE_CLASS_METHOD},
    {"__repr__(self, /)", generator_method_repr, NULL, NATIVE_METHOD},
    {0},
};
static const GetSetDef async_generator_getsets[] = {
    {"__name__", generator_get_name, generator_set_name, NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, NULL},
    {"ag_code", generator_get_code, readonly_member, NULL},
    {"ag_frame", generator_get_frame, NULL, NULL},
    {"ag_running", generator_get_running, readonly_member, NULL},
    {"ag_suspended", generator_get_suspended, NULL, NULL},
    {"ag_await", generator_get_delegate, NULL, "What the generator awaits, or None."},
    {0},
};

static const NativeDef awaitable_methods[] = {
    {"__await__(self, /)", generator_method_iter, NULL, NATIVE_METHOD},
    {"__iter__(self, /)", generator_method_iter, NULL, NATIVE_METHOD},
    {"__next__(self, /)", awaitable_next, "Implement next(self).", NATIVE_METHOD},
    {"send(self, arg, /)", awaitable_send, NULL, NATIVE_METHOD},
    {"throw(self, type, value=None, traceback=None, /)", awaitable_throw, NULL, NATIVE_METHOD},
    {"close(self, /)", awaitable_close, NULL, NATIVE_METHOD},
    {0},
};

bool async_generator_init(VM *vm) {
    const TypeDef types[] = {
        {.where = &vm->types.async_generator, .instance_size = sizeof(Generator), .methods = async_generator_methods, .flags = CLASS_DISALLOW_INSTANTIATION, .getsets = async_generator_getsets},
        {.where = &vm->types.async_generator_asend, .instance_size = sizeof(AsyncAwaitable), .methods = awaitable_methods, .flags = CLASS_DISALLOW_INSTANTIATION},
        {.where = &vm->types.async_generator_athrow, .instance_size = sizeof(AsyncAwaitable), .methods = awaitable_methods, .flags = CLASS_DISALLOW_INSTANTIATION},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (!type_define(vm, &types[i])) return false;
    return true;
}
