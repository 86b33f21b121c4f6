// What Python sees of the event loop.
#include "stdlib/asyncio/asyncio.h"
#include "vm/report.h"
#include "vm/stack_summary.h"
#include "vm/types/weakref.h"

static Loop *loop_of(Value v) { return (Loop *)to_object(v); }
static Value str_value(Str *s) { return s == NULL ? ERROR : from_object(s); }

// ---- running

static Value loop_method_new(VM *vm, const Value *args, int argc) {
    Value v = instance_new(vm, to_class(args[0]));
    if (is_error(v)) return ERROR;
    Loop *loop = loop_of(v);
    loop->backend = backend_choose(vm);
    loop->cancelled_limit = 64;
    loop->exception_handler = loop->task_factory = NONE;
    loop->slow_callback_duration = float_new(vm, 0.1);
    return v;
}

static Value run_forever(VM *vm, const Value *args, int argc) { return loop_run_forever(vm, loop_of(args[0])) ? NONE : ERROR; }
static Value run_until_complete(VM *vm, const Value *args, int argc) { return loop_run_until_complete(vm, loop_of(args[0]), args[1]); }
static Value stop(VM *vm, const Value *args, int argc) {
    loop_of(args[0])->stopping = true;
    return NONE;
}
static Value is_running(VM *vm, const Value *args, int argc) { return from_bool(loop_of(args[0])->running); }
static Value is_closed(VM *vm, const Value *args, int argc) { return from_bool(loop_of(args[0])->closed); }
static Value close(VM *vm, const Value *args, int argc) {
    if (loop_of(args[0])->running) return raise_error(vm, vm->exc.RuntimeError, "Cannot close a running event loop");
    if (loop_of(args[0])->closed) return NONE;
    loop_close(vm, loop_of(args[0]));
    return loop_close_executor(vm, loop_of(args[0])) ? NONE : ERROR;
}
static Value loop_method_time(VM *vm, const Value *args, int argc) { return float_new(vm, loop_time(loop_of(args[0]))); }

// ---- callbacks

// The arguments behind `first`, as Handle keeps them.
static Value pack_arguments(VM *vm, const Value *args, int argc, int first, bool *out_one) {
    *out_one = argc == first + 1;
    if (argc <= first) return UNDEFINED;
    if (*out_one) return args[first];
    Tuple *tuple = tuple_from_values(vm, args + first, (size_t)(argc - first));
    return tuple == NULL ? ERROR : from_object(tuple);
}

static bool check_callback(VM *vm, Value callback, const char *method) {
    if (is_kind(callback, KIND_COROUTINE) || (is_function(callback) && to_function(callback)->code->flags & CODE_COROUTINE)) {
        raise_type_error(vm, "coroutines cannot be used with %s()", method);
        return false;
    }
    if (is_callable(vm, callback)) return true;
    raise_type_error(vm, "a callable object was expected by %s(), got %R", method, callback);
    return false;
}

// A loop that runs in another thread would not notice.
static bool check_thread(VM *vm, Loop *loop, const char *method) {
    if (!loop->running || ASYNCIO(vm)->running == loop || strcmp(method, "call_soon_threadsafe") == 0) return true;
    raise_error(vm, vm->exc.RuntimeError, "Non-thread-safe operation invoked on an event loop other than the current one");
    return false;
}

static Handle *make_handle(VM *vm, Loop *loop, const Value *args, int argc, int callback_at, int context_at, int first, const char *method) {
    bool one;
    Value context = arg_or(args, argc, context_at, UNDEFINED);
    if (!loop_check_open(vm, loop) || (loop->debug && !(check_callback(vm, args[callback_at], method) && check_thread(vm, loop, method)))) return NULL;
    if ((is_undefined(context) || is_none(context)) && !context_copy_current(vm, &context)) return NULL;
    Value packed = pack_arguments(vm, args, argc, first, &one);
    return is_error(packed) ? NULL : handle_new(vm, loop, args[callback_at], packed, one, context);
}

// call_soon(self, callback, *args, context=None): args are self, callback, context, rest..., or self and callback alone
static Value call_soon_as(VM *vm, const Value *args, int argc, const char *method) {
    Loop *loop = loop_of(args[0]);
    Handle *handle = make_handle(vm, loop, args, argc, 1, 2, 3, method);
    return handle != NULL && loop_push(vm, loop, handle, TAG_HANDLE) ? from_object(handle) : ERROR;
}
static Value call_soon(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_of(args[0]);
    if (UNLIKELY(argc > 2 || loop->closed || loop->debug || !is_undefined(vm->context))) return call_soon_as(vm, args, argc, "call_soon");
    Handle *handle = handle_new(vm, loop, args[1], UNDEFINED, false, UNDEFINED);
    return handle != NULL && loop_push(vm, loop, handle, TAG_HANDLE) ? from_object(handle) : ERROR;
}
static Value call_soon_threadsafe(VM *vm, const Value *args, int argc) {
    Value handle = call_soon_as(vm, args, argc, "call_soon_threadsafe");
    LoopIo *io = loop_of(args[0])->io;
    if (io != NULL && io->waiting) backend_wake(loop_of(args[0]));
    return handle;
}

static Value call_at_time(VM *vm, Loop *loop, double when, const Value *args, int argc, const char *method) {
    Handle *handle = make_handle(vm, loop, args, argc, 2, 3, 4, method);
    if (handle == NULL) return ERROR;
    Shape *shape = class_shape(vm, ASYNCIO(vm)->timer_handle);
    if (shape == NULL) return ERROR;
    handle->head.shape = shape;
    handle->when = when;
    handle->head.flags |= HANDLE_TIMER | HANDLE_SCHEDULED;
    return timers_add(vm, loop, when, handle, TAG_HANDLE) ? from_object(handle) : ERROR;
}

// call_later(self, delay, callback, *args, context=None)
static Value call_later(VM *vm, const Value *args, int argc) {
    double delay;
    if (is_none(args[1])) return raise_type_error(vm, "delay must not be None");
    if (!is_any_float(args[1]) && is_undefined(int_or_bool(args[1])))
        return raise_binary_type_error(vm, BINARY_ADD, float_new(vm, 0), args[1], false);
    if (!value_as_double(vm, args[1], &delay)) return ERROR;
    return call_at_time(vm, loop_of(args[0]), loop_time(loop_of(args[0])) + delay, args, argc, "call_later");
}

static Value call_at(VM *vm, const Value *args, int argc) {
    double when;
    if (is_none(args[1])) return raise_type_error(vm, "when cannot be None");
    if (!value_as_double(vm, args[1], &when)) return ERROR;
    return call_at_time(vm, loop_of(args[0]), when, args, argc, "call_at");
}

// ---- futures and tasks

static Value create_future(VM *vm, const Value *args, int argc) {
    Future *future = future_new(vm, loop_of(args[0]));
    return future == NULL ? ERROR : from_object(future);
}
static Value create_task(VM *vm, const Value *args, int argc);

static Value call_create_task(VM *vm, Value method, Value coroutine, Value context) {
    if (is_undefined(context) || is_none(context)) return call1(vm, method, coroutine);
    Dict *keywords = dict_new(vm);
    Str *key = str_intern_c(vm, "context");
    Tuple *arguments = tuple_pack(vm, 1, coroutine);
    if (keywords == NULL || key == NULL || arguments == NULL || !dict_set_str(vm, keywords, key, context)) return ERROR;
    return call_ex(vm, method, from_object(arguments), from_object(keywords));
}

// A subclass or a program may have replaced create_task().
Value loop_create_task_method(VM *vm, Loop *loop, Value coroutine, Value name, Value context) {
    if (LIKELY(loop->head.shape == ASYNCIO(vm)->unix_loop->root_shape)) return loop_create_task(vm, loop, coroutine, name, context);
    Str *method_name = str_intern_c(vm, "create_task");
    if (method_name == NULL) return ERROR;
    Value method = attr_get(vm, from_object(loop), method_name);
    if (is_error(method)) return ERROR;
    Value function = is_kind(method, KIND_METHOD) ? ((Method *)to_object(method))->function : method;
    if (is_native(function) && to_native(function)->function == create_task) return loop_create_task(vm, loop, coroutine, name, context);
    Value task = call_create_task(vm, method, coroutine, context);
    if (is_error(task) || is_undefined(name) || is_none(name)) return task;
    Str *set_name = str_intern_c(vm, "set_name");
    return set_name == NULL || is_error(call_method(vm, task, set_name, &name, 1)) ? ERROR : task;
}

static Value create_task(VM *vm, const Value *args, int argc) {
    return loop_create_task(vm, loop_of(args[0]), args[1], arg_or(args, argc, 2, NONE), arg_or(args, argc, 3, NONE));
}
static Value set_task_factory(VM *vm, const Value *args, int argc) {
    if (!is_none(args[1]) && !is_callable(vm, args[1])) return raise_type_error(vm, "task factory must be a callable or None");
    loop_of(args[0])->task_factory = args[1];
    gc_write_barrier(vm, to_object(args[0]));
    return NONE;
}
static Value get_task_factory(VM *vm, const Value *args, int argc) { return loop_of(args[0])->task_factory; }

// ---- exceptions that nobody catches

static Value context_get(VM *vm, Dict *context, const char *key) {
    Str *name = str_intern_c(vm, key);
    return name == NULL ? UNDEFINED : dict_get_str(vm, context, name);
}

// What reports go to: UNDEFINED for stderr. A program that has imported logging, or has put a logger of its own into
// asyncio.base_events, gets them there.
Value loop_logger(VM *vm) {
    Str *base = str_intern_c(vm, "asyncio.base_events"), *name = str_intern_c(vm, "logger"), *logging = str_intern_c(vm, "logging");
    if (base == NULL || name == NULL || logging == NULL) return ERROR;
    Value module = dict_get_str(vm, vm->modules, base);
    if (!is_undefined(dict_get_str(vm, vm->modules, logging))) return asyncio_python(vm, "base_events", "logger");
    return is_module(module) ? dict_get_str(vm, to_module(module)->dict, name) : UNDEFINED;
}

static Value log_error(VM *vm, Value logger, Str *text, Value exception) {
    if (text->size > 0 && str_data(vm, text)[text->size - 1] == '\n') text = str_slice(vm, text, 0, text->length - 1);
    Str *error = str_intern_c(vm, "error"), *exc_info = str_intern_c(vm, "exc_info");
    Value method = text == NULL || error == NULL || exc_info == NULL ? ERROR : attr_get(vm, logger, error);
    Value args[2] = {from_object(text), FALSE_VALUE};
    if (is_error(method)) return ERROR;
    if (is_exception(exception)) {
        Tuple *info = tuple_pack(vm, 3, from_object(class_of(vm, exception)), exception, to_exception(exception)->traceback);
        if (info == NULL) return ERROR;
        args[1] = from_object(info);
    }
    Tuple *names = tuple_pack(vm, 1, from_object(exc_info));
    return names == NULL ? ERROR : call_with_keywords(vm, method, args, 2, names);
}

// "message", then a line for each entry, then the traceback: what CPython's logging shows on stderr when nobody has configured it.
static Value default_exception_handler(VM *vm, const Value *args, int argc) {
    if (!is_dict(args[1])) return raise_type_error(vm, "the context must be a dict, not %T", args[1]);
    Dict *context = to_dict(args[1]);
    Value message = context_get(vm, context, "message"), exception = context_get(vm, context, "exception");
    StrBuilder b = STR_BUILDER(vm);
    Str *text = is_undefined(message) ? str_from_c(vm, "Unhandled exception in event loop") : value_str(vm, message);
    List *keys = text == NULL ? NULL : list_from_iterable(vm, from_object(context));
    if (keys == NULL || !list_sort(vm, keys, NONE, false) || !str_builder_add_str(&b, text)) return ERROR;
    for (size_t i = 0; i < keys->count; i++) {
        Value key = keys->items[i];
        if (is_str(key) && (str_equals_c(vm, to_str(key), "message") || str_equals_c(vm, to_str(key), "exception"))) continue;
        Value value = dict_get(vm, context, key);
        if (is_error(value)) goto failed;
        const char *title = !is_str(key) ? NULL : str_equals_c(vm, to_str(key), "source_traceback") ? "Object created at (most recent call last):\n"
                            : str_equals_c(vm, to_str(key), "handle_traceback") ? "Handle created at (most recent call last):\n" : NULL;
        if (title != NULL) {
            Str *places = stack_summary_text(vm, value, false);
            Str *cut = places == NULL ? NULL : str_slice(vm, places, 0, places->length > 0 ? places->length - 1 : 0);
            Str *part = cut == NULL ? NULL : str_printf(vm, "\n%V: %s%S", key, title, cut);
            if (part == NULL || !str_builder_add_str(&b, part)) goto failed;
            continue;
        }
        Str *line = str_printf(vm, "\n%V: %R", key, is_undefined(value) ? NONE : value);
        if (line == NULL || !str_builder_add_str(&b, line)) goto failed;
    }
    str_builder_add_c(&b, "\n");
    text = str_builder_finish(&b);
    Value logger = text == NULL ? ERROR : loop_logger(vm);
    if (is_error(logger)) return ERROR;
    if (!is_undefined(logger)) return log_error(vm, logger, text, exception);
    report_write(vm, text);
    if (is_exception(exception)) {
        text = exception_report(vm, exception);
        if (text == NULL) return ERROR;
        report_write(vm, text);
    }
    return NONE;
failed:
    str_builder_cancel(&b);
    return ERROR;
}

static bool is_fatal(VM *vm) { return vm->limits.final || raised_matches(vm, vm->exc.SystemExit) || raised_matches(vm, vm->exc.KeyboardInterrupt); }

// What an exception handler raises itself is reported in its turn.
static Value handler_failed(VM *vm, Loop *loop, Dict *context) {
    if (is_fatal(vm)) return ERROR;
    Value error = raised_take(vm);
    Dict *report = dict_new(vm);
    Str *message = str_from_c(vm, "Unhandled error in exception handler");
    Str *message_key = str_intern_c(vm, "message"), *exception_key = str_intern_c(vm, "exception"), *context_key = str_intern_c(vm, "context");
    if (report == NULL || message == NULL || message_key == NULL || exception_key == NULL || context_key == NULL ||
        !dict_set_str(vm, report, message_key, from_object(message)) || !dict_set_str(vm, report, exception_key, error) ||
        !dict_set_str(vm, report, context_key, from_object(context)))
        return ERROR;
    Value args[2] = {from_object(loop), from_object(report)};
    return default_exception_handler(vm, args, 2);
}

Value loop_call_exception_handler(VM *vm, Loop *loop, Dict *context) {
    Value self = from_object(loop), argument = from_object(context), result;
    if (!is_none(loop->exception_handler)) {
        result = call2(vm, loop->exception_handler, self, argument);
    } else {
        Str *name = str_intern_c(vm, "default_exception_handler");
        result = name == NULL ? ERROR : call_method(vm, self, name, &argument, 1);
    }
    if (is_error(result)) return handler_failed(vm, loop, context);
    return NONE;
}

void loop_report(VM *vm, Loop *loop, Str *message, Value exception, const char *key, Value subject) {
    Dict *context = dict_new(vm);
    Str *names[3] = {str_intern_c(vm, "message"), str_intern_c(vm, "exception"), str_intern_c(vm, key)};
    bool made = context != NULL && names[0] != NULL && names[1] != NULL && names[2] != NULL && dict_set_str(vm, context, names[0], from_object(message)) &&
                (is_undefined(exception) || dict_set_str(vm, context, names[1], exception)) && dict_set_str(vm, context, names[2], subject);
    Value created = !made ? NONE : is_future(subject) ? debug_created(vm, subject) : strcmp(key, "handle") == 0 ? handle_created((Handle *)to_object(subject)) : NONE;
    if (is_list(created)) {
        Str *source = str_intern_c(vm, "source_traceback");
        made = source != NULL && dict_set_str(vm, context, source, created);
    }
    if (!made || loop == NULL || is_error(loop_call_exception_handler(vm, loop, context))) raised_clear(vm);
}

static Value call_exception_handler(VM *vm, const Value *args, int argc) {
    if (!is_dict(args[1])) return raise_type_error(vm, "the context must be a dict, not %T", args[1]);
    return loop_call_exception_handler(vm, loop_of(args[0]), to_dict(args[1]));
}
static Value set_exception_handler(VM *vm, const Value *args, int argc) {
    if (!is_none(args[1]) && !is_callable(vm, args[1])) return raise_type_error(vm, "A callable object or None is expected, got %R", args[1]);
    loop_of(args[0])->exception_handler = args[1];
    gc_write_barrier(vm, to_object(args[0]));
    return NONE;
}
static Value get_exception_handler(VM *vm, const Value *args, int argc) { return loop_of(args[0])->exception_handler; }

// ---- async generators

// The list of weak references loses the dead ones whenever it is about to grow.
static Value asyncgen_firstiter_hook(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_of(args[0]);
    Value ref = weakref_new(vm, vm->types.weakref, args[1], NONE);
    if (is_error(ref)) return ERROR;
    if (!is_list(loop->asyncgens)) {
        List *list = list_new(vm, 4);
        if (list == NULL) return ERROR;
        loop->asyncgens = from_object(list);
        gc_write_barrier(vm, loop);
    }
    List *list = to_list(loop->asyncgens);
    if (list->count == list->capacity) {
        size_t kept = 0;
        for (size_t i = 0; i < list->count; i++)
            if (!is_none(weakref_target((Weakref *)to_object(list->items[i])))) list->items[kept++] = list->items[i];
        list->count = kept;
    }
    return list_append(vm, list, ref) ? NONE : ERROR;
}

// An async generator has become unreachable before its end: a task closes it.
static Value asyncgen_finalizer_hook(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_of(args[0]);
    if (loop->closed) return NONE;
    Str *name = str_intern_c(vm, "aclose");
    Value closing = name == NULL ? ERROR : call_method(vm, args[1], name, NULL, 0);
    Value task = is_error(closing) ? ERROR : ensure_future(vm, closing, loop);
    return is_error(task) ? ERROR : NONE;
}

static Value shutdown_asyncgens(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_of(args[0]);
    loop->asyncgens_shut_down = true;
    List *alive = list_new(vm, 0);
    if (alive == NULL) return ERROR;
    for (size_t i = 0; is_list(loop->asyncgens) && i < to_list(loop->asyncgens)->count; i++) {
        Value generator = weakref_target((Weakref *)to_object(to_list(loop->asyncgens)->items[i]));
        if (is_none(generator) || to_generator(generator)->run_state == GENERATOR_CLOSED) continue;
        if (!list_append(vm, alive, generator)) return ERROR;
    }
    loop->asyncgens = UNDEFINED;
    if (alive->count == 0) return sleep_new(vm, from_int(0), NONE);
    Value close_all = asyncio_python(vm, "tasks", "_close_asyncgens");
    return is_error(close_all) ? ERROR : call2(vm, close_all, args[0], from_object(alive));
}

// ---- executors: threads.py; loops without one know nothing of it

static Value executor_of(VM *vm, Value loop) {
    Str *name = str_intern_c(vm, "_default_executor");
    Value executor = name == NULL ? ERROR : attr_get_optional(vm, loop, name);
    return is_none(executor) ? UNDEFINED : executor;
}

// run_in_executor(self, executor, func, *args)
static Value run_in_executor(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_of(args[0]);
    if (!loop_check_open(vm, loop) || (loop->debug && !check_callback(vm, args[2], "run_in_executor"))) return ERROR;
    Tuple *rest = tuple_from_values(vm, args + 3, (size_t)(argc - 3));
    Value function = rest == NULL ? ERROR : asyncio_python(vm, "threads", "_run_in_executor");
    if (is_error(function)) return ERROR;
    Value all[4] = {args[0], args[1], args[2], from_object(rest)};
    return call_value(vm, function, all, 4);
}

static Value set_default_executor(VM *vm, const Value *args, int argc) {
    Value function = asyncio_python(vm, "threads", "_set_default_executor");
    return is_error(function) ? ERROR : call2(vm, function, args[0], args[1]);
}

Value loop_shutdown_executor(VM *vm, Loop *loop) {
    Value self = from_object(loop), executor = executor_of(vm, self);
    if (is_error(executor)) return ERROR;
    if (is_undefined(executor)) {
        Str *name = str_intern_c(vm, "_executor_shutdown_called");
        return name != NULL && attr_set(vm, self, name, TRUE_VALUE) ? UNDEFINED : ERROR;
    }
    Value function = asyncio_python(vm, "threads", "_shutdown_default_executor");
    return is_error(function) ? ERROR : call1(vm, function, self);
}

static Value shutdown_default_executor(VM *vm, const Value *args, int argc) {
    Value closing = loop_shutdown_executor(vm, loop_of(args[0]));
    return is_undefined(closing) ? sleep_new(vm, from_int(0), NONE) : closing;
}

bool loop_close_executor(VM *vm, Loop *loop) {
    Value executor = executor_of(vm, from_object(loop));
    if (is_undefined(executor) || is_error(executor)) return !is_error(executor);
    Str *name = str_intern_c(vm, "shutdown"), *keyword = str_intern_c(vm, "wait"), *own = str_intern_c(vm, "_default_executor");
    if (name == NULL || keyword == NULL || own == NULL || !attr_set(vm, from_object(loop), own, NONE)) return false;
    Tuple *names = tuple_pack(vm, 1, from_object(keyword));
    Value shutdown = names == NULL ? ERROR : attr_get(vm, executor, name), no = FALSE_VALUE;
    return !is_error(shutdown) && !is_error(call_with_keywords(vm, shutdown, &no, 1, names));
}

// ---- odds and ends

static Value get_debug(VM *vm, const Value *args, int argc) { return from_bool(loop_of(args[0])->debug); }
static Value set_debug(VM *vm, const Value *args, int argc) {
    int truth = value_is_true(vm, args[1]);
    if (truth < 0) return ERROR;
    loop_of(args[0])->debug = truth;
    return NONE;
}

static Value loop_repr(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_of(args[0]);
    return str_value(str_printf(vm, "<%T running=%s closed=%s debug=%s>", args[0], loop->running ? "True" : "False", loop->closed ? "True" : "False",
                                loop->debug ? "True" : "False"));
}

const NativeDef loop_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", loop_method_new, NULL, NATIVE_NEW},
    {"__repr__(self, /)", loop_repr, NULL, 0},
    {"run_forever(self, /)", run_forever, "Run until stop() is called.", 0},
    {"run_until_complete(self, future, /)", run_until_complete, "Run until the future is done; its result.", 0},
    {"stop(self, /)", stop, "Stop the loop after this iteration.", 0},
    {"is_running(self, /)", is_running, "Whether the loop is running.", 0},
    {"is_closed(self, /)", is_closed, "Whether the loop was closed.", 0},
    {"close(self, /)", close, "Close the loop: nothing more will run.", 0},
    {"time(self, /)", loop_method_time, "The loop's clock, in seconds.", 0},
    {"call_soon(self, callback, /, *args, context=None)", call_soon, "Call callback(*args) in the next iteration.", 0},
    {"call_soon_threadsafe(self, callback, /, *args, context=None)", call_soon_threadsafe, "call_soon() from anywhere.", 0},
    {"call_later(self, delay, callback, /, *args, context=None)", call_later, "Call callback(*args) after a delay in seconds.", 0},
    {"call_at(self, when, callback, /, *args, context=None)", call_at, "Call callback(*args) at a time of the loop's clock.", 0},
    {"create_future(self, /)", create_future, "A new Future of this loop.", 0},
    {"create_task(self, coro, /, *, name=None, context=None)", create_task, "A new Task that runs the coroutine.", 0},
    {"set_task_factory(self, factory, /)", set_task_factory, "What create_task() calls with (loop, coroutine); None for the usual.", 0},
    {"get_task_factory(self, /)", get_task_factory, "The task factory, or None.", 0},
    {"default_exception_handler(self, context, /)", default_exception_handler, "Write what went wrong to stderr.", 0},
    {"call_exception_handler(self, context, /)", call_exception_handler, "Call the exception handler.", 0},
    {"set_exception_handler(self, handler, /)", set_exception_handler, "handler(loop, context) is called for exceptions that nobody catches.", 0},
    {"get_exception_handler(self, /)", get_exception_handler, "The exception handler, or None for the default one.", 0},
    {"_asyncgen_firstiter_hook(self, agen, /)", asyncgen_firstiter_hook, NULL, 0},
    {"_asyncgen_finalizer_hook(self, agen, /)", asyncgen_finalizer_hook, NULL, 0},
    {"shutdown_asyncgens(self, /)", shutdown_asyncgens, "Close all async generators that are not finished.", 0},
    {"shutdown_default_executor(self, timeout=None)", shutdown_default_executor, "Wait for the calls in the default executor, and end its threads.", 0},
    {"run_in_executor(self, executor, func, /, *args)", run_in_executor, "Call func(*args) in an executor; None is the default one.", 0},
    {"set_default_executor(self, executor, /)", set_default_executor, "The ThreadPoolExecutor for run_in_executor(None, ...).", 0},
    {"get_debug(self, /)", get_debug, "Whether debug mode is on.", 0},
    {"set_debug(self, enabled, /)", set_debug, "Turn debug mode on or off.", 0},
    {0},
};

static Value get_slow(VM *vm, Value self) { return loop_of(self)->slow_callback_duration; }
static Value set_slow(VM *vm, Value self, Value value) {
    loop_of(self)->slow_callback_duration = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}
static Value get_exception_handler_attr(VM *vm, Value self) { return loop_of(self)->exception_handler; }

// What stands in the ring and in the heap of timers, for those who want to know whether there is anything.
static Value get_ready(VM *vm, Value self) {
    Loop *loop = loop_of(self);
    List *list = list_new(vm, loop->ring_count);
    for (size_t i = 0; list != NULL && i < loop->ring_count; i++) {
        uintptr_t entry = loop->ring[(loop->ring_head + i) & (loop->ring_capacity - 1)];
        Value item = (entry & TAG_MASK) == TAG_WATCH ? NONE : from_object((Object *)(entry & ~(uintptr_t)TAG_MASK));
        if (!list_append(vm, list, item)) return ERROR;
    }
    return list == NULL ? ERROR : from_object(list);
}
static Value get_scheduled(VM *vm, Value self) {
    Loop *loop = loop_of(self);
    List *list = list_new(vm, loop->timer_count);
    for (size_t i = 0; list != NULL && i < loop->timer_count; i++)
        if (!list_append(vm, list, from_object((Object *)(loop->timers[i].item & ~(uintptr_t)TAG_MASK)))) return ERROR;
    return list == NULL ? ERROR : from_object(list);
}

const GetSetDef loop_getsets[] = {
    {"_ready", get_ready, NULL, NULL},
    {"_scheduled", get_scheduled, NULL, NULL},
    {"slow_callback_duration", get_slow, set_slow, "How long a callback may take before debug mode warns."},
    {"_exception_handler", get_exception_handler_attr, NULL, NULL},
    {0},
};
