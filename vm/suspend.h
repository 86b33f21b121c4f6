// What suspend.c does for the types generator, coroutine and async_generator.
#ifndef COIL_VM_SUSPEND_H
#define COIL_VM_SUSPEND_H

#include "vm/types/generator.h"

Generator *delegate_generator(Value delegate);   // the generator that a delegate stands for, NULL for a foreign one
bool generator_is_running(VM *vm, Generator *generator); // it, or something that it delegates to
Frame *loop_await_call(VM *vm, Frame *frame, Function *function, const Value *args, uint32_t argc, Tuple *kwnames);
// asend().send(value), and with an exception throw(): RESUME_RETURNED means StopIteration with *out.
ResumeOutcome async_awaitable_send(VM *vm, AsyncAwaitable *awaitable, Value sent, Value *out);
ResumeOutcome async_awaitable_run(VM *vm, AsyncAwaitable *awaitable, Value sent, Value exception, Value *out);

#endif
