// The texts of futures, tasks and handles, as CPython shows them in reprs and reports.
#include "stdlib/asyncio/asyncio.h"

enum { SHORT_MAX = 30 };   // code points of a result's repr, as reprlib cuts it

static Str *attribute_text(VM *vm, Value object, Str *name) {
    Value v = attr_get_optional(vm, object, name);
    if (is_error(v)) raised_clear(vm);
    return is_str(v) && to_str(v)->length > 0 ? to_str(v) : NULL;
}

// repr(v) without its middle when it is long.
static Str *short_repr(VM *vm, Value v) {
    Str *text = value_repr(vm, v);
    if (text == NULL || text->length <= SHORT_MAX || is_list(v) || is_tuple(v) || is_dict(v) || is_any_set(v)) return text;
    size_t left = (SHORT_MAX - 3) / 2, right = SHORT_MAX - 3 - left;
    if (is_any_int(v)) {
        left = (40 - 3) / 2;
        right = 40 - 3 - left;
        if (text->length <= 40) return text;
    }
    Str *start = str_slice(vm, text, 0, left), *end = str_slice(vm, text, text->length - right, text->length);
    return start == NULL || end == NULL ? NULL : str_printf(vm, "%S...%S", start, end);
}

// ---- callbacks

static bool add_arguments(VM *vm, StrBuilder *b, Value args, bool one_argument) {
    str_builder_add_c(b, "(");
    size_t count = one_argument ? 1 : is_tuple(args) ? to_tuple(args)->count : 0;
    for (size_t i = 0; i < count; i++) {
        Str *text = short_repr(vm, one_argument ? args : to_tuple(args)->items[i]);
        if (text == NULL || (i > 0 && !str_builder_add_c(b, ", ")) || !str_builder_add_str(b, text)) return false;
    }
    return str_builder_add_c(b, ")");
}

// What a decorator has wrapped, if it says so.
static Value unwrapped(VM *vm, Value callback) {
    Str *name = str_intern_c(vm, "__wrapped__");
    Value inner = callback;
    for (int depth = 0; name != NULL && depth < 100 && is_function(inner); depth++) {
        callback = inner;
        inner = attr_get_optional(vm, callback, name);
        if (is_error(inner)) return ERROR;
    }
    return name == NULL ? ERROR : callback;
}

// functools.partial and its kin, which may be written in Python.
static bool is_partial(VM *vm, Value v) {
    if (!is_object(v) || is_function(v)) return false;
    Class *cls = class_of(vm, v);
    if (!str_equals_c(vm, cls->name, "partial") && !str_equals_c(vm, cls->name, "partialmethod")) return false;
    Value module = class_get_attr(vm, cls, vm->names.__module__);
    if (is_error(module)) raised_clear(vm);
    return is_str(module) && str_equals_c(vm, to_str(module), "functools");
}

static Str *partial_text(VM *vm, Value callback, Value args, bool one_argument) {
    Value format = asyncio_python(vm, "format_helpers", "_format_callback_source");
    Tuple *arguments = is_error(format) ? NULL : one_argument ? tuple_pack(vm, 1, args) : is_tuple(args) ? to_tuple(args) : vm->empty_tuple;
    Value text = arguments == NULL ? ERROR : call2(vm, format, callback, from_object(arguments));
    if (is_error(text)) return NULL;
    return is_str(text) ? to_str(text) : value_str(vm, text);
}

Str *callback_text(VM *vm, Value callback, Value args, bool one_argument) {
    if (is_partial(vm, callback)) return partial_text(vm, callback, args, one_argument);
    if (is_future(callback)) return str_from_c(vm, future_is_task(to_future(callback)) ? "Task.task_wakeup()" : "gather.<locals>._done_callback()");
    if (is_loop(vm, callback)) return str_from_c(vm, "_run_until_complete_cb()");
    Str *name = attribute_text(vm, callback, vm->names.__qualname__);
    if (name == NULL) name = attribute_text(vm, callback, vm->names.__name__);
    if (name == NULL) name = value_repr(vm, callback);
    StrBuilder b = STR_BUILDER(vm);
    if (name == NULL || !str_builder_add_str(&b, name) || !add_arguments(vm, &b, args, one_argument)) {
        str_builder_cancel(&b);
        return NULL;
    }
    if (is_function(callback) && is_error(callback = unwrapped(vm, callback))) {
        str_builder_cancel(&b);
        return NULL;
    }
    if (is_function(callback)) {
        Code *code = to_function(callback)->code;
        Str *place = str_printf(vm, " at %S:%d", code->filename, code->first_line);
        if (place == NULL || !str_builder_add_str(&b, place)) {
            str_builder_cancel(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

// " cb=[...]" with the first and the last of them.
static Str *callbacks_text(VM *vm, Future *future) {
    size_t in_table = future->callbacks == NULL ? 0 : future->callbacks->count, count = in_table + (future->waiter != NULL);
    if (count == 0) return vm->empty_str;
    Value first = future->waiter != NULL ? from_object(future->waiter) : future->callbacks->rows[0].callback;
    Str *one = callback_text(vm, first, UNDEFINED, false);
    if (one == NULL || count == 1) return one == NULL ? NULL : str_printf(vm, " cb=[%S]", one);
    Str *last = callback_text(vm, future->callbacks->rows[in_table - 1].callback, UNDEFINED, false);
    if (last == NULL) return NULL;
    return count == 2 ? str_printf(vm, " cb=[%S, %S]", one, last) : str_printf(vm, " cb=[%S, <%zu more>, %S]", one, count - 2, last);
}

// ---- coroutines

Str *coroutine_text(VM *vm, Value coroutine) {
    Str *name = attribute_text(vm, coroutine, vm->names.__qualname__);
    if (name == NULL) name = str_printf(vm, "<%T without __name__>", coroutine);
    if (name == NULL || !is_generator_like(coroutine)) return name == NULL ? NULL : str_printf(vm, "%S()", name);
    Generator *generator = to_generator(coroutine);
    Code *code = generator->frame.code;
    if (generator->run_state == GENERATOR_CLOSED) return str_printf(vm, "%S() done, defined at %S:%d", name, code->filename, code->first_line);
    int line = generator->run_state == GENERATOR_CREATED ? code->first_line : code_line(code, generator->frame.pc - 1);
    return str_printf(vm, "%S() running at %S:%d", name, code->filename, line);
}

// ---- futures and tasks

static Str *outcome_text(VM *vm, Future *future) {
    if ((future->head.flags & (FUTURE_FINISHED | FUTURE_CANCELLED)) != FUTURE_FINISHED) return vm->empty_str;
    Str *text = future->head.flags & FUTURE_FAILED ? value_repr(vm, future->result) : short_repr(vm, future->result);
    return text == NULL ? NULL : str_printf(vm, future->head.flags & FUTURE_FAILED ? " exception=%S" : " result=%S", text);
}

static const char *state_text(Future *future) {
    unsigned flags = future->head.flags;
    if (flags & FUTURE_CANCELLED) return "cancelled";
    if (flags & FUTURE_FINISHED) return "finished";
    return future_is_task(future) && future->head.aux > 0 ? "cancelling" : "pending";
}

static Str *task_text(VM *vm, Task *task) {
    Str *name = task_name(vm, task), *quoted = name == NULL ? NULL : value_repr(vm, from_object(name));
    Str *coroutine = is_undefined(task->coroutine) || is_none(task->coroutine) ? vm->empty_str : coroutine_text(vm, task->coroutine);
    Str *waiting = vm->empty_str;
    if (is_future(task->waiting)) {
        Str *text = value_repr(vm, task->waiting);
        waiting = text == NULL ? NULL : str_printf(vm, " wait_for=%S", text);
    } else if (is_operation(task->waiting)) {
        unsigned flags = to_object(task->waiting)->flags;
        waiting = str_from_c(vm, flags & FUTURE_CANCELLED  ? " wait_for=<Future cancelled>"
                                 : flags & FUTURE_FINISHED ? " wait_for=<Future finished result=None>"
                                                           : " wait_for=<Future pending cb=[Task.task_wakeup()]>");
    } else if (is_sleep(vm, task->waiting)) {
        unsigned flags = to_object(task->waiting)->flags;
        waiting = str_from_c(vm, flags & SLEEP_CANCELLED ? " wait_for=<Future cancelled>"
                                 : flags & SLEEP_DONE    ? " wait_for=<Future finished result=None>"
                                                         : " wait_for=<Future pending cb=[Task.task_wakeup()]>");
    }
    else if (is_object(task->waiting) && !is_exception(task->waiting)) {
        Str *text = value_repr(vm, task->waiting);
        waiting = text == NULL ? NULL : str_printf(vm, " wait_for=%S", text);
    }
    if (quoted == NULL || coroutine == NULL || waiting == NULL) return NULL;
    return str_printf(vm, " name=%S coro=<%S>%S", quoted, coroutine, waiting);
}

Value future_repr(VM *vm, const Value *args, int argc) {
    Future *future = to_future(args[0]);
    if (!repr_enter(vm, future)) {
        Str *dots = str_from_c(vm, "...");
        return dots == NULL ? ERROR : from_object(dots);
    }
    Str *task = future_is_task(future) ? task_text(vm, (Task *)future) : vm->empty_str;
    Str *outcome = task == NULL ? NULL : outcome_text(vm, future), *callbacks = outcome == NULL ? NULL : callbacks_text(vm, future);
    Str *created = callbacks == NULL ? NULL : debug_created_text(vm, debug_created(vm, args[0]));
    Str *text = created == NULL ? NULL : str_printf(vm, "<%T %s%S%S%S%S>", args[0], state_text(future), task, outcome, callbacks, created);
    repr_leave(vm, future);
    return text == NULL ? ERROR : from_object(text);
}

// ---- handles

Value handle_repr(VM *vm, const Value *args, int argc) {
    Handle *handle = (Handle *)to_object(args[0]);
    StrBuilder b = STR_BUILDER(vm);
    Str *start = str_printf(vm, "<%T", args[0]), *callback = NULL;
    if (start == NULL) return ERROR;
    str_builder_add_str(&b, start);
    if (handle->head.flags & HANDLE_CANCELLED) str_builder_add_c(&b, " cancelled");
    if (handle->head.flags & HANDLE_TIMER) {
        Value when = handle_when(vm, handle);
        Str *text = is_error(when) ? NULL : str_printf(vm, " when=%R", when);
        if (text == NULL) goto failed;
        str_builder_add_str(&b, text);
    }
    if (!is_undefined(handle->callback) && !is_none(handle->callback)) {
        callback = callback_text(vm, handle->callback, handle->args, handle->head.flags & HANDLE_ONE_ARGUMENT);
        if (callback == NULL) goto failed;
        str_builder_add_c(&b, " ");
        str_builder_add_str(&b, callback);
    }
    Str *created = debug_created_text(vm, handle_created(handle));
    if (created == NULL) goto failed;
    str_builder_add_str(&b, created);
    str_builder_add_c(&b, ">");
    Str *text = str_builder_finish(&b);
    return text == NULL ? ERROR : from_object(text);
failed:
    str_builder_cancel(&b);
    return ERROR;
}
