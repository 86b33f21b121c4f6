// Generators, coroutines and async generators: a frame inside an object, resumed in place.
//
// `await` and `yield from` link the callee to its awaiter (`delegate` down, `awaiter` up) and go on in the same loop. When the chain
// suspends, control goes to whoever resumed its root, and the root remembers the innermost generator, so that resuming a chain of depth n
// costs O(1):
//
//     resumer --resumes--> root --delegate--> ... --delegate--> innermost (suspended in YIELD, or delegating to a foreign awaitable)
//       ^                    \______________ innermost ______________^
//       \______ vm->resumed = root while it runs; root->resumer, root->outer_resumed restore the resumer's world
//
// Somebody may resume an inner one directly while an outer one delegates to it: then the outer roots forget their `innermost` and find it
// anew by walking `delegate`.
#ifndef COIL_VM_TYPES_GENERATOR_H
#define COIL_VM_TYPES_GENERATOR_H

#include "vm/frame.h"

typedef enum GeneratorState { GENERATOR_CREATED, GENERATOR_SUSPENDED, GENERATOR_RUNNING, GENERATOR_CLOSED } GeneratorState;

struct Generator {
    Object head;
    Frame frame;
    HandledState handled;
    uint8_t run_state;             // GeneratorState
    uint8_t kind;                  // KIND_GENERATOR, KIND_COROUTINE or KIND_ASYNC_GENERATOR
    bool hooks_inited;             // of an async generator: the firstiter hook has been called
    bool running_async;            // an asend(), athrow() or aclose() of it is on its way
    uint8_t async_mode;            // AsyncMode of that one
    bool async_yielded;            // what a root has given its resumer was yielded, not awaited
    bool unseen;                   // a coroutine that `await f()` made for itself: no value refers to it, so it serves the next such call
    Value delegate;                // what it awaits or yields from: a generator, future or iterator; UNDEFINED when nothing
    Generator *awaiter;            // who delegates to it
    Generator *innermost;          // of a root: the one to go on in; NULL: find it
    Frame *resumer;                // while running as a root: the frame to give yielded values to, which stands in a FOR_ITER or in a call
                                   // of next() and its kin; NULL: C code (generator_resume)
    Generator *outer_resumed;      // vm->resumed before
    Value *stack_base;             // while running: where the registers of functions that it calls begin
    uint32_t chain_depth;          // how many awaiters stand above it
    uint8_t resumed_by;            // suspend.c: what to do with what it yields
    Value name, qualname;
    Value origin;                  // cr_origin, or the finalizer hook of an async generator
    Value registers[];
};
// Who resumed a root.
enum { RESUMED_BY_C, RESUMED_BY_FOR, RESUMED_BY_CALL };

typedef enum AsyncMode { ASYNC_SEND, ASYNC_THROW, ASYNC_CLOSE } AsyncMode;
// What asend(), __anext__(), athrow() and aclose() give.
typedef struct AsyncAwaitable {
    Object head;
    Value generator;
    Value value;                   // to send, or the exception to throw
    uint8_t mode;                  // AsyncMode
    uint8_t state;                 // 0 not begun, 1 begun, 2 finished
} AsyncAwaitable;
typedef struct CoroutineWrapper { Object head; Value coroutine; } CoroutineWrapper;   // coroutine.__await__()

#define is_generator_like(v) (is_object(v) && to_object(v)->kind >= KIND_GENERATOR && to_object(v)->kind <= KIND_ASYNC_GENERATOR)
static inline Generator *to_generator(Value v) { return (Generator *)to_object(v); }

// Resumes from C: `sent` goes in (NONE at first). Gives RESUME_YIELDED and the value, RESUME_RETURNED and the result, or RESUME_RAISED.
typedef enum ResumeOutcome { RESUME_YIELDED, RESUME_RETURNED, RESUME_RAISED } ResumeOutcome;
ResumeOutcome generator_resume(VM *vm, Generator *generator, Value sent, Value *out);
ResumeOutcome generator_throw(VM *vm, Generator *generator, Value exception, Value *out);   // enters at the innermost of the chain
MUST_CHECK bool generator_close(VM *vm, Generator *generator);
// The generator, coroutine or async generator for a call of a suspendable function.
MUST_CHECK Value generator_new(VM *vm, Function *function, const Value *args, uint32_t argc, Tuple *kwnames);

// Awaitables written in C (Future, Task, sleep): objects of kind HOST whose class is registered here need no iterator object. `await` calls
// step(vm, object, sent, out): DELEGATE_DONE with the result in *out, DELEGATE_RAISED, or DELEGATE_SUSPEND with what to yield to the task.
// It is called again with what was sent in when the chain goes on. throw_in (may be NULL: raise here) gets exceptions thrown at the chain.
typedef enum DelegateOutcome { DELEGATE_DONE, DELEGATE_RAISED, DELEGATE_SUSPEND } DelegateOutcome;
typedef struct DelegateProtocol {
    Class *cls;                    // instances of it and of its subclasses
    DelegateOutcome (*step)(VM *vm, Value object, bool first, Value sent, Value *out);
    DelegateOutcome (*throw_in)(VM *vm, Value object, Value exception, Value *out);
} DelegateProtocol;
void delegate_register(VM *vm, const DelegateProtocol *protocol);   // before protocol->cls has subclasses; the caller's memory, for the VM's life
const DelegateProtocol *delegate_find(VM *vm, Value object);  // NULL: the general protocol

#endif
