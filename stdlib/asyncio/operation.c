// Operations: the awaitables behind queues and locks. See asyncio.h.
//
// While an operation waits it is the future in Task.waiting; being told (operation_tell) makes that future finished, and the step that
// follows makes it pending again and tries once more.
#include "stdlib/asyncio/asyncio.h"
#include "vm/warnings.h"

Value operation_new(VM *vm, const OperationDef *def, void *owner, Value item) {
    Operation *operation = host_object_new(vm, ASYNCIO(vm)->operation, sizeof *operation);
    if (operation == NULL) return ERROR;
    operation->future.head.flags |= FUTURE_IS_OPERATION | HOST_FINALIZE;   // to say that it was never awaited
    gc_track_finalizer(vm, operation);
    operation->def = def;
    operation->owner = owner;
    operation->item = item;
    return from_object(operation);
}

void operation_trace(VM *vm, Object *object) {
    Operation *operation = (Operation *)object;
    future_trace(vm, object);
    gc_mark_object(vm, operation->owner);
    gc_mark_value(vm, operation->item);
    gc_mark_object(vm, operation->next);
}

void operation_finalize(VM *vm, Object *object) {
    if (object->flags & OPERATION_BEGUN) return;
    if (!vm_warn(vm, vm->exc.RuntimeWarning, 1, "coroutine '%s' was never awaited", ((Operation *)object)->def->name))
        raised_report_unraisable(vm, NULL, from_object(object));
}

// ---- lists of those who wait

void waiters_add(VM *vm, void *owner, WaiterList *list, Operation *operation) {
    operation->next = NULL;
    operation->previous = list->last;
    if (list->last != NULL) {
        list->last->next = operation;
        gc_write_barrier(vm, list->last);
    } else {
        list->first = operation;
        gc_write_barrier(vm, owner);
    }
    list->last = operation;
    list->count++;
    operation->future.head.flags |= OPERATION_LINKED;
}

void waiters_remove(VM *vm, void *owner, WaiterList *list, Operation *operation) {
    if (!(operation->future.head.flags & OPERATION_LINKED)) return;
    operation->future.head.flags &= (uint16_t)~OPERATION_LINKED;
    list->count--;
    if (operation->next != NULL) operation->next->previous = operation->previous;
    else list->last = operation->previous;
    if (operation->previous != NULL) {
        operation->previous->next = operation->next;
        gc_write_barrier(vm, operation->previous);
    } else {
        list->first = operation->next;
        gc_write_barrier(vm, owner);
    }
    operation->next = operation->previous = NULL;
}

bool operation_is_waiting(const Operation *operation) { return !future_is_done(&operation->future); }

bool operation_tell(VM *vm, Operation *operation) { return future_finish(vm, &operation->future, FUTURE_FINISHED, TRUE_VALUE); }

bool operation_bind_loop(VM *vm, Operation *operation, Loop **loop) {
    if (LIKELY(*loop == operation->future.loop)) return true;
    if (*loop == NULL) {
        *loop = operation->future.loop;
        gc_write_barrier(vm, operation->owner);
        return true;
    }
    raise_error(vm, vm->exc.RuntimeError, "%R is bound to a different event loop", from_object(operation->owner));
    return false;
}

Value waiters_list(VM *vm, const WaiterList *list) {
    List *found = list_new(vm, list->count);
    if (found == NULL) return ERROR;
    for (Operation *at = list->first; at != NULL; at = at->next)
        if (!list_append(vm, found, from_object(at))) return ERROR;
    return from_object(found);
}

// ---- await

DelegateOutcome operation_step(VM *vm, Value object, bool first, Value sent, Value *out) {
    Operation *operation = (Operation *)to_object(object);
    unsigned flags = operation->future.head.flags;
    bool woken = false;
    if (first) {
        if (flags & OPERATION_BEGUN) {
            raise_error(vm, vm->exc.RuntimeError, "cannot reuse already awaited coroutine");
            return DELEGATE_RAISED;
        }
        operation->future.head.flags = (uint16_t)((flags | OPERATION_BEGUN) & ~HOST_FINALIZE);
        operation->future.loop = loop_running(vm);   // needed only when it must wait
        gc_write_barrier(vm, operation);
    } else if (flags & FUTURE_CANCELLED) {
        if (operation->def->abandon(vm, operation, false)) raise_cancelled(vm, operation->future.message);
        return DELEGATE_RAISED;
    } else if (!(flags & FUTURE_FINISHED)) {
        raise_error(vm, vm->exc.RuntimeError, "await wasn't used with future");
        return DELEGATE_RAISED;
    } else {
        operation->future.head.flags &= (uint16_t)~FUTURE_FINISHED;
        woken = true;
    }
    DelegateOutcome outcome = operation->def->advance(vm, operation, woken, out);
    if (outcome != DELEGATE_SUSPEND) return outcome;
    operation->future.head.flags |= FUTURE_BLOCKING;
    *out = object;
    return DELEGATE_SUSPEND;
}

DelegateOutcome operation_throw_in(VM *vm, Value object, Value exception, Value *out) {
    Operation *operation = (Operation *)to_object(object);
    unsigned flags = operation->future.head.flags;
    operation->future.head.flags = (uint16_t)((flags | OPERATION_BEGUN | FUTURE_CANCELLED) & ~HOST_FINALIZE);
    if (!(flags & OPERATION_BEGUN) || operation->def->abandon(vm, operation, flags & FUTURE_FINISHED)) raise_exception(vm, exception);
    return DELEGATE_RAISED;
}

// ---- as an object: what a coroutine shows

static Value operation_repr(VM *vm, const Value *args, int argc) {
    Operation *operation = (Operation *)to_object(args[0]);
    Str *text = str_printf(vm, "<coroutine object %s at 0x%llx>", operation->def->name, (long long)object_id(vm, args[0]));
    return text == NULL ? ERROR : from_object(text);
}

static Value operation_await(VM *vm, const Value *args, int argc) { return args[0]; }

static Value operation_send(VM *vm, const Value *args, int argc) {
    Value out = NONE;
    bool first = !(to_object(args[0])->flags & OPERATION_BEGUN);
    return outcome_value(vm, operation_step(vm, args[0], first, args[1], &out), out);
}

static Value operation_next(VM *vm, const Value *args, int argc) {
    Value both[2] = {args[0], NONE};
    return operation_send(vm, both, 2);
}

static Value operation_throw(VM *vm, const Value *args, int argc) {
    Value exception = args[1], out = NONE;
    if (is_class(exception) && is_error(exception = call0(vm, exception))) return ERROR;
    if (!is_exception(exception)) return raise_type_error(vm, "exceptions must be classes or instances deriving from BaseException, not %T", exception);
    return outcome_value(vm, operation_throw_in(vm, args[0], exception, &out), out);
}

static Value operation_close(VM *vm, const Value *args, int argc) {
    Operation *operation = (Operation *)to_object(args[0]);
    unsigned flags = operation->future.head.flags;
    operation->future.head.flags = (uint16_t)((flags | OPERATION_BEGUN | FUTURE_CANCELLED) & ~HOST_FINALIZE);
    return !(flags & OPERATION_LINKED) || operation->def->abandon(vm, operation, flags & FUTURE_FINISHED) ? NONE : ERROR;
}

static Value operation_name(VM *vm, Value self) {
    Str *name = str_from_c(vm, ((Operation *)to_object(self))->def->name);
    return name == NULL ? ERROR : from_object(name);
}

static Value operation_owner(VM *vm, Value self) { return from_object(((Operation *)to_object(self))->owner); }

const NativeDef operation_methods[] = {
    {"__repr__(self, /)", operation_repr, NULL, 0},
    {"__await__(self, /)", operation_await, NULL, 0},
    {"__iter__(self, /)", operation_await, NULL, 0},
    {"__next__(self, /)", operation_next, NULL, 0},
    {"send(self, arg, /)", operation_send, "Resumes the coroutine with a value for what it awaits.", 0},
    {"throw(self, type, value=None, traceback=None, /)", operation_throw, "Raises an exception inside the coroutine.", 0},
    {"close(self, /)", operation_close, "Raises GeneratorExit inside the coroutine.", 0},
    {0},
};
const GetSetDef operation_getsets[] = {
    {"__name__", operation_name, NULL, NULL},
    {"__qualname__", operation_name, NULL, NULL},
    {"_owner", operation_owner, NULL, NULL},
    {0},
};
