// gather(): one future for many awaitables. Its children know it as their waiter, so that a child costs no callback and no handle.
#include "stdlib/asyncio/asyncio.h"

static Gather *gather_alloc(VM *vm, Loop *loop, Tuple *children, bool return_exceptions) {
    Gather *gather = host_object_new(vm, ASYNCIO(vm)->gather, sizeof *gather);
    if (gather == NULL) return NULL;
    gather->future.loop = loop;
    gather->children = children;
    gather->future.head.flags |= FUTURE_IS_GATHER | (return_exceptions ? GATHER_RETURN_EXCEPTIONS : 0);
    return gather;
}

void gather_trace(VM *vm, Object *object) {
    future_trace(vm, object);
    gc_mark_object(vm, ((Gather *)object)->children);
}

// The future for one argument; the same awaitable given twice is waited for once.
static Value child_for(VM *vm, Value awaitable, Dict *seen, Loop **loop, bool *out_again) {
    *out_again = false;
    if (seen != NULL) {
        Value before = dict_get(vm, seen, awaitable);
        if (!is_undefined(before)) {
            *out_again = !is_error(before);
            return before;
        }
    }
    Value child = ensure_future(vm, awaitable, *loop);
    if (is_error(child) || (seen != NULL && !dict_set(vm, seen, awaitable, child))) return ERROR;
    if (!is_future(child)) return raise_type_error(vm, "the task factory has made no task but %T", child);
    if (*loop == NULL) *loop = to_future(child)->loop;
    if (!value_same(child, awaitable) && future_is_task(to_future(child))) to_object(child)->flags |= FUTURE_SILENT;
    return child;
}

// A child that is done already has its say in the next iteration, as a callback would.
static bool gather_watch(VM *vm, Gather *gather, Future *child) {
    if (!future_is_done(child)) return future_add_waiter(vm, child, &gather->future.head);
    return loop_call_soon_one(vm, child->loop, from_object(gather), from_object(child), UNDEFINED) != NULL;
}

// Arguments before the one that is no awaitable have been given tasks, which go on, and whose end is nobody's business now.
static Value gather_abandon(Gather *gather) {
    gather->future.head.flags |= FUTURE_FINISHED | FUTURE_CANCELLED;
    return ERROR;
}

// Objects that are equal to nothing but themselves and have a flag to spare for mark_seen().
static bool is_markable(VM *vm, Value v) {
    if (is_kind(v, KIND_COROUTINE) || is_kind(v, KIND_GENERATOR)) return true;
    if (!is_kind(v, KIND_HOST) || to_object(v)->shape->cls->flags & CLASS_HEAP) return false;
    return is_future(v) || is_sleep(vm, v);
}

// Might something stand twice among the arguments, so that a dict must tell? Marks each and looks for marks: no Python code runs meanwhile.
static bool may_repeat(VM *vm, const Value *awaitables, size_t count) {
    size_t marked = 0;
    for (; marked < count; marked++) {
        Value v = awaitables[marked];
        if (!is_markable(vm, v) || to_object(v)->flags & GATHER_SEEN) break;
        if (to_object(v) != &ASYNCIO(vm)->yield_once->head) to_object(v)->flags |= GATHER_SEEN;   // sleep(0) is always the same object
    }
    for (size_t i = 0; i < marked; i++) to_object(awaitables[i])->flags &= (uint16_t)~GATHER_SEEN;
    return marked < count;
}

Value gather_new(VM *vm, const Value *awaitables, size_t count, bool return_exceptions) {
    Loop *loop = NULL;
    if (count == 0) {
        List *results = list_new(vm, 0);
        Future *outer = results == NULL || (loop = loop_default(vm)) == NULL ? NULL : future_new(vm, loop);
        return outer != NULL && future_set_result(vm, outer, from_object(results)) ? from_object(outer) : ERROR;
    }
    Tuple *children = tuple_new(vm, count);
    Gather *gather = children == NULL ? NULL : gather_alloc(vm, NULL, children, return_exceptions);
    bool repeats = count > 1 && may_repeat(vm, awaitables, count);
    Dict *seen = repeats ? dict_new_sized(vm, count) : NULL;
    if (gather == NULL || (repeats && seen == NULL)) return ERROR;
    for (size_t i = 0; i < count; i++) {
        bool again;
        Value child = child_for(vm, awaitables[i], seen, &loop, &again);
        if (is_error(child)) return gather_abandon(gather);
        children->items[i] = child;
        gc_write_barrier(vm, children);
        if (again) continue;
        gather->future.loop = loop;
        gather->expected++;
        if (!gather_watch(vm, gather, to_future(child))) return gather_abandon(gather);
    }
    gc_write_barrier(vm, gather);
    return from_object(gather);
}

// A child's result, or its exception as a value.
static Value child_result(VM *vm, Future *child) {
    if (child->head.flags & FUTURE_CANCELLED) {
        bool none = is_undefined(child->message) || is_none(child->message);
        Tuple *args = none ? ASYNCIO(vm)->no_message : tuple_pack(vm, 1, child->message);
        return args == NULL ? ERROR : exception_new_plain(vm, ASYNCIO(vm)->CancelledError, args);
    }
    child->head.flags &= (uint16_t)~FUTURE_LOG;
    return child->result;
}

static bool gather_finish(VM *vm, Gather *gather, Future *last) {
    size_t count = gather->children->count;
    List *results = list_new(vm, count);
    if (results == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        Value result = child_result(vm, to_future(gather->children->items[i]));
        if (is_error(result) || !list_append(vm, results, result)) return false;
    }
    if (!(gather->future.head.flags & GATHER_CANCEL_REQUESTED)) return future_finish(vm, &gather->future, FUTURE_FINISHED, from_object(results));
    // All children have ended, whether they took the cancellation or not; it is passed on all the same.
    // It is the one that the last child ended with, once.
    Value error = last->head.flags & FUTURE_CANCELLED && is_exception(last->result) ? last->result : future_cancelled_error(vm, last);
    if (last->head.flags & FUTURE_CANCELLED) last->result = UNDEFINED;
    return !is_error(error) && future_finish(vm, &gather->future, FUTURE_FINISHED | FUTURE_FAILED, error);
}

bool gather_child_done(VM *vm, Gather *gather, Future *child) {
    unsigned flags = child->head.flags;
    gather->finished++;
    if (future_is_done(&gather->future)) {
        child->head.flags &= (uint16_t)~FUTURE_LOG;
        return true;
    }
    if (!(gather->future.head.flags & GATHER_RETURN_EXCEPTIONS)) {
        Value error = UNDEFINED;
        if (flags & FUTURE_CANCELLED) {
            error = is_exception(child->result) ? child->result : future_cancelled_error(vm, child);
            child->result = UNDEFINED;
            if (is_error(error)) return false;
        } else if (flags & FUTURE_FAILED) {
            child->head.flags &= (uint16_t)~FUTURE_LOG;
            error = child->result;
        }
        if (!is_undefined(error)) return future_finish(vm, &gather->future, FUTURE_FINISHED | FUTURE_FAILED, error);
    }
    return gather->finished < gather->expected || gather_finish(vm, gather, child);
}

static Value method_cancel(VM *vm, const Value *args, int argc) {
    int cancelled = future_cancel(vm, to_future(args[0]), arg_or(args, argc, 1, NONE));
    return cancelled < 0 ? ERROR : from_bool(cancelled);
}

static Value get_children(VM *vm, Value self) { return from_object(((Gather *)to_object(self))->children); }
const GetSetDef gather_getsets[] = {{"_children", get_children, NULL, NULL}, {0}};

const NativeDef gather_methods[] = {
    {"cancel(self, /, msg=None)", method_cancel, "Cancel all children that are not done.", 0},
    {0},
};
