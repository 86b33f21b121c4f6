// The module _console: the event loop of the prompt.
//
// What is awaited at the prompt runs in one loop that lives as long as the prompt, and is the one that the host drives: between statements
// coil_loop_step() gives it a step now and then, so that tasks go on while somebody types; and while a statement runs, the loop counts as the running one
// (vm->at_prompt), so that `asyncio.create_task(work())` works without an await, and asyncio.run() still does.
#include "stdlib/asyncio/asyncio.h"
#include "stdlib/modules.h"

Loop *console_loop(VM *vm) {
    AsyncioState *state = ASYNCIO(vm);
    if (is_loop(vm, state->console_loop) && !((Loop *)to_object(state->console_loop))->closed) return (Loop *)to_object(state->console_loop);
    Loop *loop = loop_new(vm);
    if (loop == NULL) return NULL;
    loop->failed = list_new(vm, 0);
    if (loop->failed == NULL) return NULL;
    gc_write_barrier(vm, loop);
    state->console_loop = from_object(loop);
    return loop;
}

static Loop *existing_loop(VM *vm) {
    Value loop = ASYNCIO(vm)->console_loop;
    return is_loop(vm, loop) && !((Loop *)to_object(loop))->closed ? (Loop *)to_object(loop) : NULL;
}

// An interrupt cancels the task and is then raised here.
static Value console_run(VM *vm, const Value *args, int argc) {
    Loop *loop = console_loop(vm);
    Value task = loop == NULL ? ERROR : loop_create_task(vm, loop, args[0], UNDEFINED, UNDEFINED);
    return is_error(task) ? ERROR : loop_run_interruptible(vm, loop, task);
}

// Futures that failed and that nobody has asked by the time the prompt is back are told of, once.
static bool report_failed(VM *vm, Loop *loop) {
    List *failed = loop->failed;
    if (failed->count == 0) return true;
    loop->failed = list_new(vm, 0);
    if (loop->failed == NULL) return false;
    gc_write_barrier(vm, loop);
    for (size_t i = 0; i < failed->count; i++) {
        Future *future = to_future(failed->items[i]);
        if (!(future->head.flags & FUTURE_LOG)) continue;
        future->head.flags &= (uint16_t)~FUTURE_LOG;
        // Those two have left the loop already, and were told of where it was running.
        if (is_instance(vm, future->result, vm->exc.KeyboardInterrupt) || is_instance(vm, future->result, vm->exc.SystemExit)) continue;
        bool is_task = future_is_task(future);
        Str *message = str_printf(vm, "%s exception was never retrieved", is_task ? "Task" : "Future");
        if (message == NULL) return false;
        loop_report(vm, loop, message, future->result, is_task ? "task" : "future", from_object(future));
    }
    return true;
}

static Value console_report(VM *vm, const Value *args, int argc) {
    Loop *loop = existing_loop(vm);
    return loop == NULL || report_failed(vm, loop) ? NONE : ERROR;
}

// What asyncio.run() does at its end.
static Value console_close(VM *vm, const Value *args, int argc) {
    Loop *loop = existing_loop(vm);
    if (loop == NULL) return NONE;
    bool fine = report_failed(vm, loop) && loop_shut_down(vm, loop);
    loop_close(vm, loop);
    ASYNCIO(vm)->console_loop = NONE;
    return fine ? NONE : ERROR;
}

static Value console_current_loop(VM *vm, const Value *args, int argc) {
    Loop *loop = existing_loop(vm);
    return loop == NULL ? NONE : from_object(loop);
}

// The modules that are built in, in C or in Python.
static Value console_module_names(VM *vm, const Value *args, int argc) {
    List *names = list_new(vm, 0);
    for (size_t i = 0; names != NULL && builtin_modules[i] != NULL; i++) {
        Str *name = str_from_c(vm, builtin_modules[i]->name);
        if (name == NULL || !list_append(vm, names, from_object(name))) return ERROR;
    }
    for (size_t i = 0; names != NULL && frozen_modules[i].name != NULL; i++) {
        Str *name = str_from_c(vm, frozen_modules[i].name);
        if (name == NULL || !list_append(vm, names, from_object(name))) return ERROR;
    }
    return names == NULL ? ERROR : from_object(names);
}

static const NativeDef console_functions[] = {
    {"run(coroutine, /)", console_run, "Run a coroutine as a task of the prompt's event loop and give its result.", 0},
    {"report()", console_report, "Tell of exceptions that nobody has retrieved.", 0},
    {"loop()", console_current_loop, "The prompt's event loop, None while there is none.", 0},
    {"module_names()", console_module_names, "Names of the modules that are built in.", 0},
    {"close()", console_close, "Cancel all tasks of the prompt's event loop, wait for them and close the loop.", 0},
    {0},
};

static bool console_init(VM *vm, Module *module) {
    Str *asyncio = vm->names.asyncio;
    return !is_error(import_module(vm, asyncio, NULL, from_object(vm->empty_tuple), 0));
}

const ModuleDef module_console = {"_console", "The event loop of the prompt.", console_functions, console_init};
