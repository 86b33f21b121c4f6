// Suspending and resuming: generators, coroutines and async generators, and the chains that `await` and `yield from` make of them.
//
// See types/generator.h for the picture. What holds at all times:
//   - a generator's frame runs only as the leaf of a chain; vm->resumed is the root of the chain that runs, and its leaf is vm->frame's;
//   - run_state is RUNNING for the running leaf alone. One above it stands in a DELEGATE, SUSPENDED, with `delegate` set; it may not be
//     resumed while the leaf below it runs, which chain_leaf() finds out;
//   - frame.caller leads from an inner one to its awaiter, and from a root to whoever resumed it, so that tracebacks, sys._getframe() and
//     the collector see one list of frames; a resumption writes the root's link and no other: O(1) whatever the depth;
//   - each has a HandledState, linked the same way;
//   - a root's `innermost` is set while its chain is suspended, and not while it runs: then the chain is walked to find the leaf;
//   - registers change without a write barrier while a frame runs, so whoever stops running tells the collector.
#include "vm/suspend.h"

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/interp.h"
#include "vm/loop_enter.h"
#include "vm/ops.h"
#include "vm/trace.h"
#include "vm/types/class.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"

// ---- chains

// The generator that a delegate stands for, NULL for a foreign one.
Generator *delegate_generator(Value delegate) {
    switch (kind_of(delegate)) {
    case KIND_GENERATOR: case KIND_COROUTINE: case KIND_ASYNC_GENERATOR: return to_generator(delegate);
    case KIND_ASYNC_GENERATOR_AWAITABLE: return to_generator(((AsyncAwaitable *)to_object(delegate))->generator);
    case KIND_COROUTINE_WRAPPER: return to_generator(((CoroutineWrapper *)to_object(delegate))->coroutine);
    default: return NULL;
    }
}

// The chain below `inner` changes hands: those above it do not know their leaf any more.
static void awaiters_forget(Generator *inner) {
    for (Generator *outer = inner->awaiter; outer != NULL; outer = outer->awaiter) outer->innermost = NULL;
}

// The innermost of the chain below `root`, which does not remember it. Mends the links upwards on the way: one that was resumed by somebody
// else in between may have lost them.
static __attribute__((noinline)) Generator *chain_walk(VM *vm, Generator *root) {
    Generator *leaf = root;
    for (Generator *inner; (inner = delegate_generator(leaf->delegate)) != NULL && inner->run_state != GENERATOR_CLOSED; leaf = inner) {
        if (inner->awaiter != leaf) {
            awaiters_forget(inner);
            inner->awaiter = leaf;
            gc_write_barrier(vm, inner);
        }
        inner->frame.caller = &leaf->frame;
        inner->handled.previous = &leaf->handled;
    }
    return leaf;
}

static inline Generator *chain_leaf(VM *vm, Generator *root) { return root->innermost != NULL ? root->innermost : chain_walk(vm, root); }

bool generator_is_running(VM *vm, Generator *root) {
    return chain_leaf(vm, root)->run_state == GENERATOR_RUNNING;
}

static const char *kind_text(const Generator *generator) {
    switch (generator->kind) {
    case KIND_COROUTINE: return "coroutine";
    case KIND_ASYNC_GENERATOR: return "async generator";
    default: return "generator";
    }
}

static bool check_not_running(VM *vm, Generator *generator) {
    if (!generator_is_running(vm, generator)) return true;
    raise_value_error(vm, "%s already executing", generator->kind == KIND_ASYNC_GENERATOR ? "asynchronous generator" : kind_text(generator));
    return false;
}

// Makes `root` the running chain; its leaf's frame becomes vm->frame. NULL with RecursionError.
static inline Generator *root_enter(VM *vm, Generator *root, Frame *resumer, uint8_t resumed_by) {
    if (!frame_slot_take(vm)) return NULL;
    if (UNLIKELY(root->awaiter != NULL)) {   // somebody delegates to it, and now it goes on without them
        awaiters_forget(root);
        root->awaiter = NULL;
    }
    Generator *leaf = chain_leaf(vm, root);
    root->innermost = NULL;
    leaf->stack_base = frame_registers_end(vm, vm->frame);
    root->resumer = resumer;
    root->resumed_by = resumed_by;
    root->async_yielded = false;
    root->outer_resumed = vm->resumed;
    root->frame.caller = vm->frame;
    root->handled.previous = vm->handled;
    root->chain_depth = 0;
    vm->resumed = root;
    vm->handled = &leaf->handled;
    vm->frame = &leaf->frame;
    leaf->run_state = GENERATOR_RUNNING;
    return leaf;
}

// The running chain stops: vm->frame is its resumer's again. The one that ran is `leaf`.
static Generator *root_leave(VM *vm) {
    Generator *root = vm->resumed;
    vm->resumed = root->outer_resumed;
    vm->handled = root->handled.previous;
    vm->frame = root->frame.caller;
    root->frame.caller = NULL;
    root->handled.previous = NULL;
    root->outer_resumed = NULL;
    frame_slot_release(vm);
    return root;
}

// The chain is suspended with `value` for whoever resumed it. Where is the frame to go on in.
static Frame *chain_suspend(VM *vm, Generator *leaf, Value value) {
    leaf->run_state = GENERATOR_SUSPENDED;
    leaf->unseen = false;            // the root remembers it
    gc_write_barrier(vm, leaf);
    Generator *root = root_leave(vm);
    root->innermost = leaf;
    if (root->resumed_by == RESUMED_BY_FOR) {
        Frame *frame = root->resumer;
        Word in = frame_instruction(frame);
        RB(in) = value;
        frame->pc += word_signed_c(in);
        if (UNLIKELY(--vm->ticks <= 0) && !vm_tick(vm)) return NULL;
        return frame;
    }
    if (root->resumed_by == RESUMED_BY_CALL) {
        Frame *frame = root->resumer;
        Word in = frame_instruction(frame);
        RA(in) = value;
        return loop_done(frame, in);
    }
    vm->loop_result = value;
    return LOOP_LEAVE;
}

// The frame of a chain's leaf is no more: everything it referred to is dropped.
static void generator_end(VM *vm, Generator *generator) {
    Frame *frame = &generator->frame;
    generator->run_state = GENERATOR_CLOSED;
    generator->innermost = NULL;
    generator->delegate = UNDEFINED;
    generator->running_async = false;
    if (frame->state & FRAME_HAS_OBJECT) frame_object_detach(vm, frame);
    frame->state &= (uint8_t)~FRAME_HAS_OBJECT;
    frame->frame_object = UNDEFINED;
    frame->namespace = UNDEFINED;
    generator->handled.exception = UNDEFINED;
    memset(generator->registers, 0, frame->code->register_count * sizeof(Value));
}

// The inner one is done with: its awaiter, which stands in its DELEGATE, runs again.
static Frame *awaiter_enter(VM *vm, Generator *inner) {
    Generator *awaiter = inner->awaiter;
    inner->awaiter = NULL;
    inner->frame.caller = NULL;
    inner->handled.previous = NULL;
    awaiter->delegate = UNDEFINED;
    awaiter->innermost = NULL;
    awaiter->stack_base = inner->stack_base;
    awaiter->run_state = GENERATOR_RUNNING;
    vm->handled = &awaiter->handled;
    vm->frame = &awaiter->frame;
    return &awaiter->frame;
}

static Frame *delegate_result(Frame *frame, Value v) {
    Word in = frame_instruction(frame);
    RA(in) = v;
    return frame;
}

// ---- the end of a frame

// What an async generator's end or error means for whoever awaits asend() and its kin: true when it is a result after all.
static bool async_finish(VM *vm, Generator *generator, bool raised) {
    if (generator->async_mode == ASYNC_CLOSE &&
        (!raised || raised_matches(vm, vm->exc.StopAsyncIteration) || raised_matches(vm, vm->exc.GeneratorExit))) {
        if (raised) raised_clear(vm);
        return true;
    }
    if (!raised) raise_with_args(vm, vm->exc.StopAsyncIteration, 0, NULL);
    return false;
}

// A root has ended, with v or the pending exception.
static Frame *root_end(VM *vm, Value v) {
    Generator *root = root_leave(vm);
    if (root->resumed_by == RESUMED_BY_C) {
        vm->loop_result = v;
        return LOOP_LEAVE;
    }
    Frame *frame = root->resumer;
    if (is_error(v)) return frame;   // raised there
    if (root->resumed_by == RESUMED_BY_CALL) return loop_generator_done(vm, frame, v);
    Word in = frame_instruction(frame);
    RA(in) = UNDEFINED;
    return frame;
}

// A coroutine that nobody but its awaiter knew of gives its result and waits for the next call of its function.
static Frame *unseen_returned(VM *vm, Generator *generator, Value v) {
    Code *code = generator->frame.code;
    generator->run_state = GENERATOR_CLOSED;
    generator->innermost = NULL;
    generator->handled.exception = UNDEFINED;
    for (Value *at = generator->registers, *end = at + code->register_count; at < end; at++) *at = UNDEFINED;
    generator->frame.function = NULL;
    code->spare = generator;
    gc_write_barrier(vm, code);
    return delegate_result(awaiter_enter(vm, generator), v);
}

Frame *generator_returned(VM *vm, Frame *frame, Value v) {
    Generator *generator = frame->generator;
    if (generator->unseen && generator != vm->resumed && !(frame->state & FRAME_HAS_OBJECT)) return unseen_returned(vm, generator, v);
    generator_end(vm, generator);
    bool asynchronous = generator->kind == KIND_ASYNC_GENERATOR, failed = false;
    if (asynchronous) {
        failed = !async_finish(vm, generator, false);
        v = NONE;
    }
    if (generator == vm->resumed) {
        frame = root_end(vm, failed ? ERROR : v);
        return failed && frame != LOOP_LEAVE ? NULL : frame;
    }
    frame = awaiter_enter(vm, generator);
    return failed ? NULL : delegate_result(frame, v);
}

// StopIteration must not leave a generator by accident: PEP 479.
static void convert_stop(VM *vm, Generator *generator) {
    const char *what;
    if (raised_matches(vm, vm->exc.StopIteration)) what = "StopIteration";
    else if (generator->kind == KIND_ASYNC_GENERATOR && raised_matches(vm, vm->exc.StopAsyncIteration)) what = "StopAsyncIteration";
    else return;
    Value stop = raised_take(vm);
    raise_error(vm, vm->exc.RuntimeError, "%s raised %s", kind_text(generator), what);
    if (!is_exception(vm->raised)) return;
    Exception *error = to_exception(vm->raised);
    error->cause = error->context = stop;
    error->suppress_context = true;
    gc_write_barrier(vm, error);
}

Frame *generator_raised(VM *vm, Frame *frame) {
    Generator *generator = frame->generator;
    convert_stop(vm, generator);
    generator_end(vm, generator);
    if (generator->kind == KIND_ASYNC_GENERATOR && async_finish(vm, generator, true)) {
        if (generator == vm->resumed) return root_end(vm, NONE);
        return delegate_result(awaiter_enter(vm, generator), NONE);
    }
    if (generator == vm->resumed) return root_end(vm, ERROR);
    return awaiter_enter(vm, generator);
}

// ---- yield

Frame *loop_op_yield(VM *vm, Frame *frame, Word in) {
    Generator *generator = frame->generator;
    Value v = RB(in);
    if (UNLIKELY(frame->state & FRAME_TRACED) && !trace_return(vm, frame, v)) return NULL;
    if (generator->kind != KIND_ASYNC_GENERATOR) return chain_suspend(vm, generator, v);
    // An async generator gives to whoever awaits its asend(), not to the task.
    generator->running_async = false;
    if (generator->async_mode == ASYNC_CLOSE) {
        generator->async_mode = ASYNC_SEND;
        generator->run_state = GENERATOR_SUSPENDED;
        gc_write_barrier(vm, generator);
        bool root = generator == vm->resumed;
        Frame *to = root ? root_end(vm, ERROR) : awaiter_enter(vm, generator);
        raise_error(vm, vm->exc.RuntimeError, "async generator ignored GeneratorExit");
        return to == LOOP_LEAVE ? to : NULL;
    }
    if (generator == vm->resumed) {
        generator->async_yielded = true;
        return chain_suspend(vm, generator, v);
    }
    generator->run_state = GENERATOR_SUSPENDED;
    gc_write_barrier(vm, generator);
    return delegate_result(awaiter_enter(vm, generator), v);
}

// ---- delegation

// Goes on in a leaf that has just been entered: puts in what was sent.
static Frame *leaf_resume(VM *vm, Generator *leaf, Value sent);

static Frame *raise_running(VM *vm, Value delegate, Generator *inner) {
    if (inner->kind == KIND_ASYNC_GENERATOR) {
        static const char *const texts[] = {"anext(): asynchronous generator is already running", "athrow(): asynchronous generator is already running",
                                            "aclose(): asynchronous generator is already running"};
        int mode = is_kind(delegate, KIND_ASYNC_GENERATOR_AWAITABLE) ? ((AsyncAwaitable *)to_object(delegate))->mode : ASYNC_SEND;
        raise_error(vm, vm->exc.RuntimeError, "%s", texts[mode]);
    } else {
        raise_value_error(vm, "%s already executing", kind_text(inner));
    }
    return NULL;
}

// Links `inner` below the running leaf and makes its own leaf the running one. NULL: it could not be.
static Generator *chain_link(VM *vm, Frame *frame, Value delegate, Generator *inner) {
    Generator *outer = frame->generator;
    if (generator_is_running(vm, inner)) return raise_running(vm, delegate, inner), NULL;
    if (outer->chain_depth + frame_depth(vm) >= vm->recursion_limit) {
        raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded");
        limits_recursion_error(vm);
        return NULL;
    }
    if (inner->awaiter != NULL) awaiters_forget(inner);
    outer->delegate = delegate;
    outer->run_state = GENERATOR_SUSPENDED;
    gc_write_barrier(vm, outer);
    inner->awaiter = outer;
    gc_write_barrier(vm, inner);
    inner->frame.caller = frame;
    inner->handled.previous = &outer->handled;
    inner->chain_depth = outer->chain_depth + 1;
    Generator *leaf = chain_leaf(vm, inner);
    leaf->stack_base = outer->stack_base;
    leaf->run_state = GENERATOR_RUNNING;
    vm->handled = &leaf->handled;
    vm->frame = &leaf->frame;
    return leaf;
}

// `await f(...)` on an `async def` function, where the frame's next instructions take the coroutine and nothing else does: the coroutine is
// begun without anybody seeing it. So its object can be the one that the last such call left behind, and an awaited call that does not
// suspend allocates nothing.
Frame *loop_await_call(VM *vm, Frame *frame, Function *function, const Value *args, uint32_t argc, Tuple *kwnames) {
    Generator *outer = frame->generator;
    Code *code = function->code;
    Generator *inner = code->spare;
    if (UNLIKELY(outer->chain_depth + frame_depth(vm) >= vm->recursion_limit)) {
        raise_error(vm, vm->exc.RecursionError, "maximum recursion depth exceeded");
        limits_recursion_error(vm);
        return NULL;
    }
    if (LIKELY(inner != NULL)) {
        code->spare = NULL;
        inner->frame.function = function;
        inner->frame.pc = code->words;
        if (LIKELY(kwnames == NULL && argc == code->positional && code->parameter_registers == argc))
            for (uint32_t i = 0; i < argc; i++) inner->registers[i] = args[i];
        else if (!function_bind(vm, function, inner->registers, args, argc, kwnames))
            return NULL;
        inner->name = function->name;
        inner->qualname = function->qualname;
    } else {
        Value made = generator_new(vm, function, args, argc, kwnames);
        if (is_error(made)) return NULL;
        inner = to_generator(made);
        inner->unseen = true;
    }
    frame->pc += 2;   // it stands in its DELEGATE
    outer->delegate = from_object(inner);
    outer->run_state = GENERATOR_SUSPENDED;
    gc_write_barrier(vm, outer);
    inner->awaiter = outer;
    inner->frame.caller = frame;
    inner->handled.previous = &outer->handled;
    inner->chain_depth = outer->chain_depth + 1;
    inner->stack_base = outer->stack_base;
    inner->run_state = GENERATOR_RUNNING;
    gc_write_barrier(vm, inner);
    vm->handled = &inner->handled;
    vm->frame = &inner->frame;
    if (UNLIKELY(--vm->ticks <= 0) && !vm_tick(vm)) return NULL;
    return &inner->frame;
}

// The firstiter hook of sys.set_asyncgen_hooks(), when an async generator is first iterated over.
static bool async_hooks(VM *vm, Generator *generator) {
    if (generator->hooks_inited) return true;
    generator->hooks_inited = true;
    generator->origin = vm->asyncgen_finalizer;
    gc_write_barrier(vm, generator);
    if (is_undefined(vm->asyncgen_firstiter) || is_none(vm->asyncgen_firstiter)) return true;
    return !is_error(call1(vm, vm->asyncgen_firstiter, from_object(generator)));
}

// Before an async generator goes on for a delegate. 1: go on; 0: there is nothing to do and the result is None; -1: an exception is raised.
static int async_begin(VM *vm, Generator *generator, AsyncMode mode, Value delegate) {
    if (!async_hooks(vm, generator)) return -1;
    if (generator->running_async || generator_is_running(vm, generator)) return raise_running(vm, delegate, generator), -1;
    if (generator->run_state == GENERATOR_CLOSED) {
        if (mode == ASYNC_CLOSE) return 0;
        raise_with_args(vm, vm->exc.StopAsyncIteration, 0, NULL);
        return -1;
    }
    if (generator->run_state == GENERATOR_CREATED && mode != ASYNC_SEND) {
        generator_end(vm, generator);
        return mode == ASYNC_CLOSE ? 0 : 1;
    }
    generator->running_async = true;
    generator->async_mode = (uint8_t)mode;
    return 1;
}

// Raises an exception in the leaf that has just been entered.
static Frame *leaf_raise(VM *vm, Generator *leaf, Value exception);

static Frame *delegate_async(VM *vm, Frame *frame, Value delegate) {
    Generator *inner = delegate_generator(delegate);
    AsyncAwaitable *awaitable = is_kind(delegate, KIND_ASYNC_GENERATOR_AWAITABLE) ? (AsyncAwaitable *)to_object(delegate) : NULL;
    AsyncMode mode = awaitable == NULL ? ASYNC_SEND : (AsyncMode)awaitable->mode;
    Value value = awaitable == NULL ? NONE : awaitable->value;
    if (awaitable != NULL) {
        if (awaitable->state == 2) {
            static const char *const names[] = {"__anext__()/asend()", "aclose()/athrow()", "aclose()/athrow()"};
            return raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited %s", names[mode]), NULL;
        }
        awaitable->state = 2;
    }
    int begun = async_begin(vm, inner, mode, delegate);
    if (begun < 0) return NULL;
    if (begun == 0) return delegate_result(frame, NONE);
    if (inner->run_state == GENERATOR_CLOSED) return raise_exception(vm, value), NULL;   // athrow() before it began
    if (mode == ASYNC_SEND && inner->run_state == GENERATOR_CREATED && !is_none(value)) {
        inner->running_async = false;
        return raise_type_error(vm, "can't send non-None value to a just-started async generator"), NULL;
    }
    Generator *leaf = chain_link(vm, frame, delegate, inner);
    if (leaf == NULL) {
        inner->running_async = false;
        return NULL;
    }
    return mode == ASYNC_SEND ? leaf_resume(vm, leaf, value) : leaf_raise(vm, leaf, value);
}

static Frame *delegate_generator_start(VM *vm, Frame *frame, Value delegate, Generator *inner) {
    if (inner->run_state == GENERATOR_CLOSED) {
        if (inner->kind == KIND_COROUTINE) return raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited coroutine"), NULL;
        return delegate_result(frame, NONE);
    }
    Generator *leaf = chain_link(vm, frame, delegate, inner);
    return leaf == NULL ? NULL : leaf_resume(vm, leaf, NONE);
}

// The generator delegates to something foreign and is the leaf itself: the chain is suspended with what that gave.
static Frame *foreign_suspend(VM *vm, Frame *frame, Value delegate, Value value) {
    Generator *generator = frame->generator;
    generator->delegate = delegate;
    return chain_suspend(vm, generator, value);
}

// A foreign delegate has given `v`, STOP (after __next__ of a built-in) or raised: StopIteration ends the delegation.
static Frame *foreign_result(VM *vm, Frame *frame, Value delegate, Value v) {
    if (!is_error(v) && !is_stop(v)) return foreign_suspend(vm, frame, delegate, v);
    frame->generator->delegate = UNDEFINED;
    if (is_stop(v)) return delegate_result(frame, NONE);
    if (!raised_matches(vm, vm->exc.StopIteration)) return NULL;
    Value stop = raised_take(vm), result = to_exception(stop)->value;
    return delegate_result(frame, is_undefined(result) ? NONE : result);
}

static Frame *protocol_result(VM *vm, Frame *frame, Value delegate, DelegateOutcome outcome, Value v) {
    if (outcome == DELEGATE_SUSPEND) return foreign_suspend(vm, frame, delegate, v);
    frame->generator->delegate = UNDEFINED;
    return outcome == DELEGATE_DONE ? delegate_result(frame, v) : NULL;
}

enum { STEP_AWAIT = 1, STEP_AITER, STEP_ANEXT, STEP_YIELD_FROM, STEP_FOREIGN };

// Its method is a Python function and gets a frame; the DELEGATE goes on when that returns.
static Frame *foreign_enter(VM *vm, Frame *frame, Value delegate, Function *function, const Value *args, uint32_t argc) {
    frame->generator->delegate = delegate;
    gc_write_barrier(vm, frame->generator);
    Frame *to = loop_call_function(vm, frame, function, args, argc, RETURN_CONTINUE, STEP_FOREIGN, NULL);
    if (to == NULL && vm->frame == frame) frame->generator->delegate = UNDEFINED;
    return to;
}

Frame *loop_delegate_raised(VM *vm, Frame *frame, Word in) {
    frame->generator->delegate = UNDEFINED;
    if (!raised_matches(vm, vm->exc.StopIteration)) return NULL;
    Value stop = raised_take(vm), result = to_exception(stop)->value;
    RA(in) = is_undefined(result) ? NONE : result;
    return frame;
}

// One more step of a foreign delegate: send() or __next__().
static Frame *foreign_send(VM *vm, Frame *frame, Value delegate, bool first, Value sent) {
    const DelegateProtocol *protocol = is_kind(delegate, KIND_HOST) ? delegate_find(vm, delegate) : NULL;
    if (protocol != NULL) {
        Value v = NONE;
        DelegateOutcome outcome = protocol->step(vm, delegate, first, sent, &v);
        return protocol_result(vm, frame, delegate, outcome, v);
    }
    Value v, method, args[2] = {delegate, sent};
    if (!is_none(sent)) {
        int found = attr_get_method(vm, delegate, vm->names.send, &method);
        if (found > 0 && is_function(method)) return foreign_enter(vm, frame, delegate, to_function(method), args, 2);
        v = found < 0 ? ERROR : found > 0 ? call_value(vm, method, args, 2) : call1(vm, method, sent);
    } else {
        method = class_special(vm, class_of(vm, delegate), SPECIAL_NEXT);
        if (is_function(method)) return foreign_enter(vm, frame, delegate, to_function(method), args, 1);
        v = call_special(vm, delegate, SPECIAL_NEXT, NULL, 0);
        if (is_undefined(v)) v = raise_type_error(vm, "'%T' object is not an iterator", delegate);
    }
    return foreign_result(vm, frame, delegate, v);
}

Frame *loop_op_delegate(VM *vm, Frame *frame, Word in) {
    Value delegate = RB(in);
    switch (kind_of(delegate)) {
    case KIND_GENERATOR: case KIND_COROUTINE: case KIND_COROUTINE_WRAPPER:
        return delegate_generator_start(vm, frame, delegate, delegate_generator(delegate));
    case KIND_ASYNC_GENERATOR: case KIND_ASYNC_GENERATOR_AWAITABLE: return delegate_async(vm, frame, delegate);
    default: return foreign_send(vm, frame, delegate, true, NONE);
    }
}

static Frame *leaf_resume(VM *vm, Generator *leaf, Value sent) {
    Frame *frame = &leaf->frame;
    if (frame->pc == frame->code->words) return frame;
    Word in = frame_instruction(frame);
    if (word_op(in) == OP_YIELD) {
        RA(in) = sent;
        return frame;
    }
    // In a DELEGATE: to something foreign, or to a generator that somebody else has run to its end.
    Value delegate = leaf->delegate;
    if (delegate_generator(delegate) == NULL) return foreign_send(vm, frame, delegate, false, sent);
    leaf->delegate = UNDEFINED;
    return delegate_result(frame, NONE);
}

// ---- throwing

// throw() of a foreign delegate, close() for GeneratorExit. When it has neither, the exception is raised in the frame.
static Frame *foreign_throw(VM *vm, Frame *frame, Value delegate, Value exception) {
    const DelegateProtocol *protocol = is_kind(delegate, KIND_HOST) ? delegate_find(vm, delegate) : NULL;
    if (protocol != NULL && protocol->throw_in != NULL) {
        Value v = NONE;
        DelegateOutcome outcome = protocol->throw_in(vm, delegate, exception, &v);
        return protocol_result(vm, frame, delegate, outcome, v);
    }
    if (protocol == NULL) {
        bool closing = is_instance(vm, exception, vm->exc.GeneratorExit);
        Value method = attr_get_optional(vm, delegate, closing ? vm->names.close : vm->names.throw);
        if (is_error(method)) {
            frame->generator->delegate = UNDEFINED;
            return NULL;
        }
        if (!is_undefined(method)) {
            Value v = closing ? call0(vm, method) : call1(vm, method, exception);
            if (!closing) return foreign_result(vm, frame, delegate, v);
            if (is_error(v)) {
                frame->generator->delegate = UNDEFINED;
                return NULL;
            }
        }
    }
    frame->generator->delegate = UNDEFINED;
    raise_exception(vm, exception);
    return NULL;
}

// What is thrown in gets as its context the exception that the generator, or one that delegates to it, is handling; not
// one of whoever throws.
static void raise_inside(VM *vm, Generator *leaf, Value exception) {
    Generator *root = leaf;
    while (root->awaiter != NULL) root = root->awaiter;
    HandledState *previous = root->handled.previous;
    root->handled.previous = NULL;
    raise_exception(vm, exception);
    root->handled.previous = previous;
}

static Frame *leaf_raise(VM *vm, Generator *leaf, Value exception) {
    Frame *frame = &leaf->frame;
    if (!is_undefined(leaf->delegate) && delegate_generator(leaf->delegate) == NULL)
        return foreign_throw(vm, frame, leaf->delegate, exception);
    leaf->delegate = UNDEFINED;
    raise_inside(vm, leaf, exception);
    return NULL;
}

// ---- from C

// Runs an entered chain until it gives something to its resumer.
static ResumeOutcome root_run(VM *vm, Generator *root, Frame *frame, Value *out) {
    Value v = interp_loop(vm, frame);
    *out = v;
    if (is_error(v)) return RESUME_RAISED;
    return root->run_state == GENERATOR_CLOSED ? RESUME_RETURNED : RESUME_YIELDED;
}

// May a generator that is not suspended at a leaf it remembers be resumed with `sent`? If not, *out_outcome says what comes of it.
static bool check_resumable(VM *vm, Generator *generator, Value sent, ResumeOutcome *out_outcome, Value *out) {
    *out_outcome = RESUME_RAISED;
    if (generator->run_state == GENERATOR_CLOSED) {
        if (generator->kind == KIND_COROUTINE) {
            raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited coroutine");
            return false;
        }
        *out = NONE;
        *out_outcome = RESUME_RETURNED;
        return false;
    }
    if (!check_not_running(vm, generator)) return false;
    if (generator->run_state == GENERATOR_CREATED && !is_none(sent)) {
        raise_type_error(vm, "can't send non-None value to a just-started %s", kind_text(generator));
        return false;
    }
    return true;
}

ResumeOutcome generator_resume(VM *vm, Generator *generator, Value sent, Value *out) {
    ResumeOutcome outcome;
    *out = ERROR;
    if (!stack_suffices(vm)) return RESUME_RAISED;
    if (UNLIKELY(generator->innermost == NULL) && !check_resumable(vm, generator, sent, &outcome, out)) return outcome;
    Generator *leaf = root_enter(vm, generator, NULL, RESUMED_BY_C);
    if (leaf == NULL) return RESUME_RAISED;
    return root_run(vm, generator, leaf_resume(vm, leaf, sent), out);
}

// Raises in the generator itself, whatever it delegated to.
static ResumeOutcome throw_alone(VM *vm, Generator *generator, Value exception, Value *out) {
    generator->delegate = UNDEFINED;
    generator->innermost = NULL;
    Generator *leaf = root_enter(vm, generator, NULL, RESUMED_BY_C);
    if (leaf == NULL) return RESUME_RAISED;
    raise_inside(vm, leaf, exception);
    return root_run(vm, generator, NULL, out);
}

static Value generator_exit(VM *vm) {
    return exception_new(vm, vm->exc.GeneratorExit, 0, NULL);
}

// close() of one generator without its delegates: true when it ended, by GeneratorExit, StopIteration or a return.
static bool close_alone(VM *vm, Generator *generator, Value exception) {
    Value v;
    switch (throw_alone(vm, generator, exception, &v)) {
    case RESUME_YIELDED:
        raise_error(vm, vm->exc.RuntimeError, "%s ignored GeneratorExit", kind_text(generator));
        return false;
    case RESUME_RETURNED: return true;
    case RESUME_RAISED: break;
    }
    if (!raised_matches(vm, vm->exc.GeneratorExit) && !raised_matches(vm, vm->exc.StopIteration)) return false;
    raised_clear(vm);
    return true;
}

// UNDEFINED when it has none; an error of looking for it is reported and does not matter.
static Value close_method(VM *vm, Value delegate) {
    Value method = attr_get_optional(vm, delegate, vm->names.close);
    if (!is_error(method)) return method;
    raised_report_unraisable(vm, NULL, delegate);
    return UNDEFINED;
}

// Closes what `generator` delegates to, innermost first and without recursion. False: an exception is raised (for the one above).
static bool close_delegates(VM *vm, Generator *generator) {
    if (is_undefined(generator->delegate)) return true;
    Generator *leaf = chain_leaf(vm, generator);
    bool closed = true;
    if (!is_undefined(leaf->delegate) && delegate_generator(leaf->delegate) == NULL) {
        Value method = close_method(vm, leaf->delegate);
        leaf->run_state = GENERATOR_RUNNING;   // as gi_running says meanwhile; nobody may resume it or those above it
        leaf->innermost = NULL;
        awaiters_forget(leaf);
        closed = is_undefined(method) || !is_error(call0(vm, method));
        leaf->run_state = GENERATOR_SUSPENDED;
    }
    while (leaf != generator) {
        Generator *outer = leaf->awaiter;
        Value exception = closed ? generator_exit(vm) : raised_take(vm);
        if (is_error(exception)) exception = raised_take(vm);
        closed = close_alone(vm, leaf, exception);
        leaf = outer;
    }
    return closed;
}

ResumeOutcome generator_throw(VM *vm, Generator *generator, Value exception, Value *out) {
    *out = ERROR;
    if (!stack_check(vm)) return RESUME_RAISED;
    if (generator->run_state == GENERATOR_CLOSED) {
        if (generator->kind == KIND_COROUTINE) raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited coroutine");
        else raise_exception(vm, exception);
        return RESUME_RAISED;
    }
    if (!check_not_running(vm, generator)) return RESUME_RAISED;
    if (!is_undefined(generator->delegate) && is_instance(vm, exception, vm->exc.GeneratorExit)) {
        if (!close_delegates(vm, generator)) exception = raised_take(vm);
        return throw_alone(vm, generator, exception, out);
    }
    Generator *leaf = root_enter(vm, generator, NULL, RESUMED_BY_C);
    if (leaf == NULL) return RESUME_RAISED;
    return root_run(vm, generator, leaf_raise(vm, leaf, exception), out);
}

bool generator_close(VM *vm, Generator *generator) {
    if (generator->run_state == GENERATOR_CLOSED) return true;
    if (!stack_check(vm) || !check_not_running(vm, generator)) return false;
    if (generator->run_state == GENERATOR_CREATED) {
        generator_end(vm, generator);
        return true;
    }
    bool closed = close_delegates(vm, generator);
    Value exception = closed ? generator_exit(vm) : raised_take(vm);
    return !is_error(exception) && close_alone(vm, generator, exception);
}

// ---- async generators driven by hand: asend().send() and its kin

ResumeOutcome async_awaitable_send(VM *vm, AsyncAwaitable *awaitable, Value sent, Value *out) {
    Generator *generator = to_generator(awaitable->generator);
    AsyncMode mode = (AsyncMode)awaitable->mode;
    *out = ERROR;
    if (awaitable->state == 2) {
        raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited %s", mode == ASYNC_SEND ? "__anext__()/asend()" : "aclose()/athrow()");
        return RESUME_RAISED;
    }
    if (!stack_check(vm)) return RESUME_RAISED;
    Value exception = UNDEFINED;
    if (awaitable->state == 0) {
        if (mode != ASYNC_SEND && !is_none(sent)) {
            raise_error(vm, vm->exc.RuntimeError, "can't send non-None value to a just-started coroutine");
            return RESUME_RAISED;
        }
        int begun = async_begin(vm, generator, mode, from_object(awaitable));
        awaitable->state = begun == 1 ? 1 : 2;
        if (begun < 0) return RESUME_RAISED;
        if (begun == 0) {
            *out = NONE;
            return RESUME_RETURNED;
        }
        if (mode == ASYNC_SEND) {
            if (is_none(sent)) sent = awaitable->value;
        } else {
            exception = awaitable->value;
        }
        if (generator->run_state == GENERATOR_CLOSED) {
            awaitable->state = 2;
            raise_exception(vm, exception);
            return RESUME_RAISED;
        }
        if (generator->run_state == GENERATOR_CREATED && !is_none(sent) && is_undefined(exception)) {
            generator->running_async = false;
            awaitable->state = 2;
            raise_type_error(vm, "can't send non-None value to a just-started async generator");
            return RESUME_RAISED;
        }
    }
    return async_awaitable_run(vm, awaitable, sent, exception, out);
}

// What the generator gives: a value it awaits for goes on to the task; one it yields, or its end, ends the awaitable.
ResumeOutcome async_awaitable_run(VM *vm, AsyncAwaitable *awaitable, Value sent, Value exception, Value *out) {
    Generator *generator = to_generator(awaitable->generator);
    if (!check_not_running(vm, generator)) return RESUME_RAISED;
    Generator *leaf = root_enter(vm, generator, NULL, RESUMED_BY_C);
    if (leaf == NULL) return RESUME_RAISED;
    Frame *frame = is_undefined(exception) ? leaf_resume(vm, leaf, sent) : leaf_raise(vm, leaf, exception);
    ResumeOutcome outcome = root_run(vm, generator, frame, out);
    if (outcome == RESUME_YIELDED && !generator->async_yielded) return RESUME_YIELDED;
    awaitable->state = 2;
    generator->running_async = false;
    return outcome == RESUME_RAISED ? RESUME_RAISED : RESUME_RETURNED;
}

// ---- for loops

Frame *loop_resume_for(VM *vm, Frame *frame, Generator *generator) {
    if (UNLIKELY(generator->run_state == GENERATOR_CLOSED)) {
        Word in = frame_instruction(frame);
        RA(in) = UNDEFINED;
        return frame;
    }
    if (UNLIKELY(!check_not_running(vm, generator))) return NULL;
    Generator *leaf = root_enter(vm, generator, frame, RESUMED_BY_FOR);
    return leaf == NULL ? NULL : leaf_resume(vm, leaf, NONE);
}

// ---- calls of next(), send() and throw()

Frame *loop_resume_call(VM *vm, Frame *frame, Generator *generator, Value sent, Value exception) {
    if (generator->run_state == GENERATOR_CLOSED) {
        if (generator->kind == KIND_COROUTINE) return raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited coroutine"), NULL;
        return is_undefined(exception) ? loop_generator_done(vm, frame, NONE) : (raise_exception(vm, exception), NULL);
    }
    if (!check_not_running(vm, generator)) return NULL;
    if (generator->run_state == GENERATOR_CREATED && !is_none(sent))
        return raise_type_error(vm, "can't send non-None value to a just-started %s", kind_text(generator)), NULL;
    Generator *leaf = root_enter(vm, generator, frame, RESUMED_BY_CALL);
    if (leaf == NULL) return NULL;
    return is_undefined(exception) ? leaf_resume(vm, leaf, sent) : leaf_raise(vm, leaf, exception);
}

// ---- what to await

static Frame *store(Frame *frame, Word in, Value v) {
    if (UNLIKELY(is_error(v))) return NULL;
    RA(in) = v;
    return frame;
}

static bool is_coroutine_like(Value v) {
    if (is_kind(v, KIND_COROUTINE)) return true;
    return is_kind(v, KIND_GENERATOR) && to_generator(v)->frame.code->flags & CODE_ITERABLE_COROUTINE;
}

static Frame *await_checked(VM *vm, Frame *frame, Word in, Value v) {
    if (is_coroutine_like(v) && is_kind(v, KIND_COROUTINE)) return raise_type_error(vm, "__await__() returned a coroutine"), NULL;
    Value next = class_special(vm, class_of(vm, v), SPECIAL_NEXT);
    if (is_undefined(next) && !(is_kind(v, KIND_HOST) && delegate_find(vm, v) != NULL))
        return raise_type_error(vm, "__await__() returned non-iterator of type '%T'", v), NULL;
    return store(frame, in, v);
}

static Frame *raise_not_awaitable(VM *vm, Word in, Value v) {
    switch (word_op(in) == OP_GET_AWAITABLE ? word_x(in) : 0) {
    case 1: raise_type_error(vm, "'async with' received an object from __aenter__ that does not implement __await__: %T", v); break;
    case 2: raise_type_error(vm, "'async with' received an object from __aexit__ that does not implement __await__: %T", v); break;
    default: raise_type_error(vm, "object %T can't be used in 'await' expression", v);
    }
    return NULL;
}

static Frame *get_awaitable(VM *vm, Frame *frame, Word in, Value v) {
    if (is_kind(v, KIND_COROUTINE)) {
        Generator *coroutine = to_generator(v);
        if (!is_undefined(coroutine->delegate) && coroutine->run_state != GENERATOR_CLOSED)
            return raise_error(vm, vm->exc.RuntimeError, "coroutine is being awaited already"), NULL;
        return store(frame, in, v);
    }
    if (is_coroutine_like(v) || is_kind(v, KIND_ASYNC_GENERATOR_AWAITABLE)) return store(frame, in, v);
    if (is_kind(v, KIND_HOST) && delegate_find(vm, v) != NULL) return store(frame, in, v);
    Value method = class_special(vm, class_of(vm, v), SPECIAL_AWAIT);
    if (is_undefined(method) || is_none(method)) return raise_not_awaitable(vm, in, v);
    if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_CONTINUE, STEP_AWAIT, NULL);
    v = call_special(vm, v, SPECIAL_AWAIT, NULL, 0);
    return is_error(v) ? NULL : await_checked(vm, frame, in, v);
}

Frame *loop_op_get_awaitable(VM *vm, Frame *frame, Word in) { return get_awaitable(vm, frame, in, RB(in)); }

Frame *loop_op_get_yield_from(VM *vm, Frame *frame, Word in) {
    Value v = RB(in);
    if (is_kind(v, KIND_COROUTINE)) {
        if (!(frame->code->flags & (CODE_COROUTINE | CODE_ITERABLE_COROUTINE)))
            return raise_type_error(vm, "cannot 'yield from' a coroutine object in a non-coroutine generator"), NULL;
        return store(frame, in, v);
    }
    if (is_kind(v, KIND_GENERATOR)) return store(frame, in, v);
    Value method = class_special(vm, class_of(vm, v), SPECIAL_ITER);
    if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_CONTINUE, STEP_YIELD_FROM, NULL);
    return store(frame, in, iter_get(vm, v));
}

static Frame *aiter_checked(VM *vm, Frame *frame, Word in, Value v) {
    if (is_undefined(class_special(vm, class_of(vm, v), SPECIAL_ANEXT)))
        return raise_type_error(vm, "'async for' received an object from __aiter__ that does not implement __anext__: %T", v), NULL;
    return store(frame, in, v);
}

Frame *loop_op_get_aiter(VM *vm, Frame *frame, Word in) {
    Value v = RB(in);
    if (is_kind(v, KIND_ASYNC_GENERATOR)) return store(frame, in, v);
    Value method = class_special(vm, class_of(vm, v), SPECIAL_AITER);
    if (is_undefined(method) || is_none(method))
        return raise_type_error(vm, "'async for' requires an object with __aiter__ method, got %T", v), NULL;
    if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_CONTINUE, STEP_AITER, NULL);
    v = call_special(vm, v, SPECIAL_AITER, NULL, 0);
    return is_error(v) ? NULL : aiter_checked(vm, frame, in, v);
}

Frame *loop_op_get_anext(VM *vm, Frame *frame, Word in) {
    Value v = RB(in);
    if (is_kind(v, KIND_ASYNC_GENERATOR)) return store(frame, in, v);   // DELEGATE takes it for its next item
    Value method = class_special(vm, class_of(vm, v), SPECIAL_ANEXT);
    if (is_undefined(method) || is_none(method))
        return raise_type_error(vm, "'async for' requires an iterator with __anext__ method, got %T", v), NULL;
    if (is_function(method)) return loop_call_function(vm, frame, to_function(method), &v, 1, RETURN_CONTINUE, STEP_ANEXT, NULL);
    v = call_special(vm, v, SPECIAL_ANEXT, NULL, 0);
    return is_error(v) ? NULL : loop_suspend_continue(vm, frame, in, STEP_ANEXT, v);
}

// What getting the awaitable has raised becomes the cause of another error.
static void raise_invalid_anext(VM *vm, Value v) {
    Value cause = raised_take(vm);
    raise_type_error(vm, "'async for' received an invalid object from __anext__: %T", v);
    if (!is_exception(vm->raised) || value_same(vm->raised, cause)) return;
    Exception *error = to_exception(vm->raised);
    error->cause = error->context = cause;
    error->suppress_context = true;
    gc_write_barrier(vm, error);
}

Frame *loop_suspend_continue(VM *vm, Frame *frame, Word in, uint16_t step, Value v) {
    switch (step) {
    case STEP_AWAIT: {
        Frame *next = await_checked(vm, frame, in, v);
        if (next == NULL && word_op(in) == OP_GET_ANEXT) raise_invalid_anext(vm, RA(in));
        return next;
    }
    case STEP_AITER: return aiter_checked(vm, frame, in, v);
    case STEP_YIELD_FROM:
        if (is_undefined(class_special(vm, class_of(vm, v), SPECIAL_NEXT)))
            return raise_type_error(vm, "iter() returned non-iterator of type '%T'", v), NULL;
        return store(frame, in, v);
    case STEP_FOREIGN: return foreign_result(vm, frame, RB(in), v);
    default: break;
    }
    RA(in) = v;   // for the error, should __await__ in Python raise one
    Frame *next = get_awaitable(vm, frame, in, v);
    if (next == NULL && vm->frame == frame) raise_invalid_anext(vm, v);
    return next;
}

void loop_anext_raised(VM *vm, Frame *frame, Word in, uint16_t step) {
    if (step == STEP_AWAIT) raise_invalid_anext(vm, RA(in));
}

// ---- awaitables written in C

void delegate_register(VM *vm, const DelegateProtocol *protocol) {
    protocol->cls->delegate = protocol;
}

const DelegateProtocol *delegate_find(VM *vm, Value object) { return class_of(vm, object)->delegate; }
