// The module asyncio: its classes, its functions, and the names that come from submodules written in Python when they are first asked for.
#include "stdlib/asyncio/transport.h"
#include "stdlib/modules.h"
#include "vm/report.h"

// ---- functions

static bool loop_argument(VM *vm, const Value *args, int argc, int index, Loop **out) {
    Value v = arg_or(args, argc, index, NONE);
    *out = NULL;
    if (is_none(v)) return true;
    if (!is_loop(vm, v)) return raise_type_error(vm, "an event loop is required, not %T", v), false;
    *out = (Loop *)to_object(v);
    return true;
}

static Value value_of(void *object) { return object == NULL ? ERROR : from_object(object); }

static Value asyncio_sleep(VM *vm, const Value *args, int argc) {
    Value delay = args[0], result = arg_or(args, argc, 1, NONE);
    if (LIKELY(is_none(result) && is_int(delay) && to_int(delay) <= 0)) return from_object(ASYNCIO(vm)->yield_once);
    return sleep_new(vm, delay, result);
}

static Value asyncio_gather(VM *vm, const Value *args, int argc) {
    int truth = is_undefined(args[0]) ? 0 : value_is_true(vm, args[0]);
    return truth < 0 ? ERROR : gather_new(vm, args + 1, (size_t)(argc - 1), truth);
}

static Value asyncio_run(VM *vm, const Value *args, int argc) {
    Value debug = arg_or(args, argc, 1, NONE);
    if (is_none(ASYNCIO(vm)->policy)) return loop_run_main(vm, args[0], debug);
    Value run = asyncio_python(vm, "runners", "_run");
    return is_error(run) ? ERROR : call2(vm, run, args[0], debug);
}

static Value asyncio_create_task(VM *vm, const Value *args, int argc) {
    Loop *loop = loop_running_required(vm);
    return loop == NULL ? ERROR : loop_create_task_method(vm, loop, args[0], arg_or(args, argc, 1, NONE), arg_or(args, argc, 2, NONE));
}

static Value asyncio_ensure_future(VM *vm, const Value *args, int argc) {
    Loop *loop;
    return loop_argument(vm, args, argc, 1, &loop) ? ensure_future(vm, args[0], loop) : ERROR;
}

// A policy of the program's own decides which loop it is; policy() without one: the calls below.
static Value by_policy(VM *vm, const char *method, const Value *args, int argc) {
    Str *name = str_intern_c(vm, method);
    return name == NULL ? ERROR : call_method(vm, ASYNCIO(vm)->policy, name, args, argc);
}
static Value asyncio_policy(VM *vm, const Value *args, int argc) {
    if (arg_given(args, argc, 0)) ASYNCIO(vm)->policy = args[0];
    return ASYNCIO(vm)->policy;
}

static Value default_get_event_loop(VM *vm, const Value *args, int argc) { return value_of(loop_default(vm)); }
static Value asyncio_get_event_loop(VM *vm, const Value *args, int argc) {
    if (loop_running(vm) != NULL || is_none(ASYNCIO(vm)->policy)) return value_of(loop_default(vm));
    return by_policy(vm, "get_event_loop", NULL, 0);
}
static Value asyncio_get_running_loop(VM *vm, const Value *args, int argc) { return value_of(loop_running_required(vm)); }
static Value asyncio_get_running_loop_or_none(VM *vm, const Value *args, int argc) {
    return loop_running(vm) == NULL ? NONE : from_object(loop_running(vm));
}
static Value default_new_event_loop(VM *vm, const Value *args, int argc) { return value_of(loop_new(vm)); }
static Value asyncio_new_event_loop(VM *vm, const Value *args, int argc) {
    return is_none(ASYNCIO(vm)->policy) ? value_of(loop_new(vm)) : by_policy(vm, "new_event_loop", NULL, 0);
}

static Value default_set_event_loop(VM *vm, const Value *args, int argc) {
    if (!is_none(args[0]) && !is_loop(vm, args[0]))
        return raise_type_error(vm, "loop must be an instance of AbstractEventLoop or None, not '%T'", args[0]);
    ASYNCIO(vm)->current_loop = args[0];
    ASYNCIO(vm)->loop_was_set = true;
    return NONE;
}
static Value asyncio_set_event_loop(VM *vm, const Value *args, int argc) {
    return is_none(ASYNCIO(vm)->policy) ? default_set_event_loop(vm, args, argc) : by_policy(vm, "set_event_loop", args, 1);
}

static Value asyncio_run_main(VM *vm, const Value *args, int argc) {
    if (!is_loop(vm, args[0])) return raise_type_error(vm, "an event loop is required, not %T", args[0]);
    return loop_run_interruptible(vm, (Loop *)to_object(args[0]), args[1]);
}

// ---- for loops and tasks of other makes

static Value asyncio_set_running_loop(VM *vm, const Value *args, int argc) {
    if (!is_none(args[0]) && !is_loop(vm, args[0])) return raise_type_error(vm, "an event loop is required, not %T", args[0]);
    ASYNCIO(vm)->running = is_none(args[0]) ? NULL : (Loop *)to_object(args[0]);
    return NONE;
}

static bool is_task(Value v) { return is_future(v) && future_is_task(to_future(v)); }

// The current task of a loop: in the loop, or, where the loop or the task is somebody else's, in a dict.
static Value current_of(VM *vm, Value loop) {
    if (is_loop(vm, loop) && ((Loop *)to_object(loop))->current != NULL) return from_object(((Loop *)to_object(loop))->current);
    Value found = ASYNCIO(vm)->foreign_current == NULL ? UNDEFINED : dict_get(vm, ASYNCIO(vm)->foreign_current, loop);
    return is_undefined(found) ? NONE : found;
}

static bool set_current(VM *vm, Value loop, Value task) {
    AsyncioState *state = ASYNCIO(vm);
    if (is_loop(vm, loop) && (is_none(task) || is_task(task))) {
        ((Loop *)to_object(loop))->current = is_none(task) ? NULL : (Task *)to_object(task);
        if (state->foreign_current == NULL) return true;
    }
    if (state->foreign_current == NULL && (state->foreign_current = dict_new(vm)) == NULL) return false;
    if (is_none(task)) return dict_delete(vm, state->foreign_current, loop) >= 0;
    return is_task(task) || dict_set(vm, state->foreign_current, loop, task);
}

static Value asyncio_enter_task(VM *vm, const Value *args, int argc) {
    Value current = current_of(vm, args[0]);
    if (is_error(current)) return ERROR;
    if (!is_none(current))
        return raise_error(vm, vm->exc.RuntimeError, "Cannot enter into task %R while another task %R is being executed.", args[1], current);
    return set_current(vm, args[0], args[1]) ? NONE : ERROR;
}

static Value asyncio_leave_task(VM *vm, const Value *args, int argc) {
    Value current = current_of(vm, args[0]);
    if (is_error(current)) return ERROR;
    if (!value_same(current, args[1]))
        return raise_error(vm, vm->exc.RuntimeError, "Leaving task %R does not match the current task %R.", args[1], current);
    return set_current(vm, args[0], NONE) ? NONE : ERROR;
}

// Loops know their own tasks.
static Value asyncio_register_task(VM *vm, const Value *args, int argc) {
    AsyncioState *state = ASYNCIO(vm);
    if (is_task(args[0])) return NONE;
    if (state->foreign_tasks == NULL && (state->foreign_tasks = list_new(vm, 4)) == NULL) return ERROR;
    for (size_t i = 0; i < state->foreign_tasks->count; i++)
        if (value_same(state->foreign_tasks->items[i], args[0])) return NONE;
    return list_append(vm, state->foreign_tasks, args[0]) ? NONE : ERROR;
}

static Value asyncio_unregister_task(VM *vm, const Value *args, int argc) {
    List *tasks = ASYNCIO(vm)->foreign_tasks;
    for (size_t i = 0; tasks != NULL && i < tasks->count; i++) {
        if (!value_same(tasks->items[i], args[0])) continue;
        if (is_error(list_pop(vm, tasks, (int64_t)i))) return ERROR;
        break;
    }
    return NONE;
}

// Tasks of another make that belong to the loop and are not done.
static bool add_foreign_tasks(VM *vm, Set *set, Value loop) {
    List *tasks = ASYNCIO(vm)->foreign_tasks;
    Str *own_loop = str_intern_c(vm, "_loop"), *done = str_intern_c(vm, "done"), *get_loop = str_intern_c(vm, "get_loop");
    if (own_loop == NULL || done == NULL || get_loop == NULL) return false;
    for (size_t i = 0; tasks != NULL && i < tasks->count; i++) {
        Value task = tasks->items[i], its = attr_get_optional(vm, task, own_loop);
        if (is_undefined(its)) its = call_method(vm, task, get_loop, NULL, 0);
        Value over = is_error(its) ? ERROR : call_method(vm, task, done, NULL, 0);
        int truth = is_error(over) ? -1 : value_is_true(vm, over);
        if (truth < 0) return false;
        if (!truth && value_same(its, loop) && !set_add(vm, set, task)) return false;
    }
    return true;
}

static Value asyncio_current_task(VM *vm, const Value *args, int argc) {
    Loop *loop;
    Value given = arg_or(args, argc, 0, NONE);
    if (UNLIKELY(!is_none(given) && (!is_loop(vm, given) || ASYNCIO(vm)->foreign_current != NULL))) return current_of(vm, given);
    if (!loop_argument(vm, args, argc, 0, &loop) || (loop == NULL && (loop = loop_running_required(vm)) == NULL)) return ERROR;
    return loop->current == NULL ? NONE : from_object(loop->current);
}

static Value asyncio_all_tasks(VM *vm, const Value *args, int argc) {
    Loop *loop;
    Value given = arg_or(args, argc, 0, NONE);
    if (UNLIKELY(!is_none(given) && !is_loop(vm, given))) {
        Set *foreign = set_new(vm, false);
        return foreign != NULL && add_foreign_tasks(vm, foreign, given) ? from_object(foreign) : ERROR;
    }
    if (!loop_argument(vm, args, argc, 0, &loop) || (loop == NULL && (loop = loop_running_required(vm)) == NULL)) return ERROR;
    Set *set = set_new(vm, false);
    if (set == NULL) return ERROR;
    List *tasks = list_new(vm, loop->task_count);
    if (tasks == NULL) return ERROR;
    for (Task *task = loop->tasks; task != NULL; task = task->next)
        if (!list_append(vm, tasks, from_object(task))) return ERROR;
    for (size_t i = tasks->count; i-- > 0;)
        if (!set_add(vm, set, tasks->items[i])) return ERROR;
    if (ASYNCIO(vm)->foreign_tasks != NULL && !add_foreign_tasks(vm, set, from_object(loop))) return ERROR;
    return from_object(set);
}

// _source_line(filename, line): without its indentation, or None.
static Value asyncio_source_line(VM *vm, const Value *args, int argc) {
    int64_t line;
    if (!is_str(args[0]) || !value_as_i64(vm, args[1], &line)) return is_raised(vm) ? ERROR : NONE;
    Str *text = line < 1 || line > INT32_MAX ? NULL : source_line_of(vm, to_str(args[0]), (int)line);
    return text != NULL ? from_object(text) : is_raised(vm) ? ERROR : NONE;
}

static Value asyncio_iscoroutine(VM *vm, const Value *args, int argc) { return from_bool(is_coroutine_object(vm, args[0])); }
Value asyncio_isfuture(VM *vm, const Value *args, int argc) {
    if (is_future(args[0])) return TRUE_VALUE;
    if (!is_object(args[0])) return FALSE_VALUE;
    Value cls = attr_get_optional(vm, args[0], vm->names.__class__);   // which may be a disguise
    if (is_error(cls) || !is_class(cls)) return is_error(cls) ? ERROR : FALSE_VALUE;
    if (is_undefined(class_lookup(vm, to_class(cls), vm->names._asyncio_future_blocking))) return FALSE_VALUE;
    Value blocking = attr_get_optional(vm, args[0], vm->names._asyncio_future_blocking);
    return is_error(blocking) ? ERROR : from_bool(!is_undefined(blocking) && !is_none(blocking));
}

static Value asyncio_iscoroutinefunction(VM *vm, const Value *args, int argc) {
    Value v = args[0];
    if (is_kind(v, KIND_METHOD)) v = ((Method *)to_object(v))->function;
    if (is_native(v)) return from_bool(to_native(v)->function == asyncio_sleep);
    unsigned flags = is_function(v) ? to_function(v)->code->flags : 0;
    if (flags & CODE_COROUTINE || (flags & CODE_ITERABLE_COROUTINE)) return TRUE_VALUE;
    // What stands for a coroutine function may say so.
    Str *mark = str_intern_c(vm, "_is_coroutine");
    Value marked = mark == NULL ? ERROR : attr_get_optional(vm, args[0], mark);
    if (is_error(marked) || is_undefined(marked) || is_none(marked)) return is_error(marked) ? ERROR : FALSE_VALUE;
    Value wanted = asyncio_python(vm, "coroutines", "_is_coroutine");
    return is_error(wanted) ? ERROR : from_bool(value_same(marked, wanted));
}

static const NativeDef asyncio_functions[] = {
    {"run(main, *, debug=None)", asyncio_run, "Run a coroutine in a new event loop and give its result.", 0},
    {"sleep(delay, result=None)", asyncio_sleep, "Coroutine that completes after a given time (in seconds).", 0},
    {"gather(*coros_or_futures, return_exceptions=False)", asyncio_gather, "A future for the list of the results of all arguments.", 0},
    {"create_task(coro, *, name=None, context=None)", asyncio_create_task, "Schedule the execution of a coroutine in a new task.", 0},
    {"ensure_future(coro_or_future, *, loop=None)", asyncio_ensure_future, "A coroutine or an awaitable wrapped in a task; a future as it is.", 0},
    {"get_event_loop()", asyncio_get_event_loop, "The running event loop, or the current one, which is made when there is none yet.", 0},
    {"get_running_loop()", asyncio_get_running_loop, "The running event loop; RuntimeError when there is none.", 0},
    {"_get_running_loop()", asyncio_get_running_loop_or_none, "The running event loop or None.", 0},
    {"new_event_loop()", asyncio_new_event_loop, "A new event loop.", 0},
    {"set_event_loop(loop, /)", asyncio_set_event_loop, "Make a loop the current one.", 0},
    {"current_task(loop=None)", asyncio_current_task, "The task that runs, or None.", 0},
    {"all_tasks(loop=None)", asyncio_all_tasks, "The set of all tasks that are not done.", 0},
    {"iscoroutine(obj, /)", asyncio_iscoroutine, "Whether obj is a coroutine object.", 0},
    {"iscoroutinefunction(func, /)", asyncio_iscoroutinefunction, "Whether func is a coroutine function.", 0},
    {"_source_line(filename, line, /)", asyncio_source_line, NULL, 0},
    {"_run_main(loop, task, /)", asyncio_run_main, "Run until the task is done; the first interrupt cancels it.", 0},
    {"_policy(policy=?, /)", asyncio_policy, NULL, 0},
    {"_default_get_event_loop()", default_get_event_loop, NULL, 0},
    {"_default_set_event_loop(loop, /)", default_set_event_loop, NULL, 0},
    {"_default_new_event_loop()", default_new_event_loop, NULL, 0},
    {"_enter_task(loop, task)", asyncio_enter_task, "The task runs now.", 0},
    {"_leave_task(loop, task)", asyncio_leave_task, "The task does not run any more.", 0},
    {"_register_task(task)", asyncio_register_task, NULL, 0},
    {"_unregister_task(task)", asyncio_unregister_task, NULL, 0},
    {"_set_running_loop(loop, /)", asyncio_set_running_loop, "The loop that runs in this thread, or None.", 0},
    {"isfuture(obj, /)", asyncio_isfuture, "Whether obj is a Future.", 0},
    {"__getattr__(name, /)", asyncio_getattr, NULL, 0},
    {"__dir__()", asyncio_dir, NULL, 0},
    {0},
};

// ---- what every kind of loop has: a loop that is a program's own says how

static Value abstract_method(VM *vm, const Value *args, int argc) { return raise_with_args(vm, vm->exc.NotImplementedError, 0, NULL); }

#define ROW(name) {#name "(self, /, *args, **kwargs)", abstract_method, NULL, 0}
static const NativeDef abstract_loop_methods[] = {
    ROW(run_forever), ROW(run_until_complete), ROW(stop), ROW(is_running), ROW(is_closed), ROW(close), ROW(shutdown_asyncgens),
    ROW(shutdown_default_executor), ROW(_timer_handle_cancelled), ROW(call_soon), ROW(call_later), ROW(call_at), ROW(time), ROW(create_future), ROW(create_task),
    ROW(call_soon_threadsafe), ROW(run_in_executor), ROW(set_default_executor), ROW(getaddrinfo), ROW(getnameinfo), ROW(create_connection),
    ROW(create_server), ROW(start_tls), ROW(sendfile), ROW(create_unix_connection), ROW(create_unix_server), ROW(connect_accepted_socket),
    ROW(create_datagram_endpoint), ROW(connect_read_pipe), ROW(connect_write_pipe), ROW(subprocess_shell), ROW(subprocess_exec), ROW(add_reader),
    ROW(remove_reader), ROW(add_writer), ROW(remove_writer), ROW(sock_recv), ROW(sock_recv_into), ROW(sock_recvfrom), ROW(sock_recvfrom_into),
    ROW(sock_sendall), ROW(sock_sendto), ROW(sock_connect), ROW(sock_accept), ROW(sock_sendfile), ROW(add_signal_handler), ROW(remove_signal_handler),
    ROW(set_task_factory), ROW(get_exception_handler), ROW(set_exception_handler), ROW(default_exception_handler), ROW(call_exception_handler),
    ROW(get_debug), ROW(set_debug),
    ROW(get_task_factory),
    {0},
};
#undef ROW

// ---- names that submodules written in Python have

static const struct { const char *submodule, *names; } lazy_names[] = {
    {"locks", "Condition Barrier"},
    {"tasks", "wait wait_for as_completed shield FIRST_COMPLETED FIRST_EXCEPTION ALL_COMPLETED eager_task_factory create_eager_task_factory"},
    {"tree", "print_task_tree format_task_tree"},
    {"unix_events", "AbstractChildWatcher FastChildWatcher MultiLoopChildWatcher PidfdChildWatcher SafeChildWatcher ThreadedChildWatcher"},
    {"threads", "to_thread run_coroutine_threadsafe wrap_future"},
    {"timeouts", "Timeout timeout timeout_at"},
    {"taskgroups", "TaskGroup"},
    {"runners", "Runner"},
    {"exceptions", "BrokenBarrierError IncompleteReadError LimitOverrunError SendfileNotAvailableError"},
    {"streams", "StreamReader StreamWriter StreamReaderProtocol open_connection start_server open_unix_connection start_unix_server"},
    {"transports", "BaseTransport ReadTransport WriteTransport Transport DatagramTransport SubprocessTransport"},
    {"protocols", "BaseProtocol Protocol DatagramProtocol SubprocessProtocol BufferedProtocol"},
    {"base_events", "Server"},
    {"subprocess", "create_subprocess_exec create_subprocess_shell"},
    {"events", "AbstractServer AbstractEventLoopPolicy DefaultEventLoopPolicy get_event_loop_policy set_event_loop_policy get_child_watcher set_child_watcher"},
};

// Whatever is frozen as asyncio.NAME is a submodule.
static bool is_submodule(const char *name, size_t size) {
    static const char prefix[] = "asyncio.";
    for (const FrozenModule *at = frozen_modules; at->name != NULL; at++)
        if (strncmp(at->name, prefix, sizeof prefix - 1) == 0 && strlen(at->name) == sizeof prefix - 1 + size &&
            memcmp(at->name + sizeof prefix - 1, name, size) == 0)
            return true;
    return false;
}

static bool lists_name(const char *names, const char *name, size_t size) {
    for (const char *at = names; *at != 0;) {
        size_t length = strcspn(at, " ");
        if (length == size && memcmp(at, name, size) == 0) return true;
        at += length;
        while (*at == ' ') at++;
    }
    return false;
}

static Value import_submodule_named(VM *vm, Str *submodule) {
    Str *name = str_printf(vm, "asyncio.%S", submodule);
    Value imported = name == NULL ? ERROR : import_module(vm, name, NULL, from_object(vm->empty_tuple), 0);
    return is_error(imported) ? ERROR : dict_get(vm, vm->modules, from_object(name));
}

static Value import_submodule(VM *vm, const char *submodule) {
    Str *name = str_from_c(vm, submodule);
    return name == NULL ? ERROR : import_submodule_named(vm, name);
}

Value asyncio_python(VM *vm, const char *submodule, const char *name) {
    Value module = import_submodule(vm, submodule);
    Str *attribute = is_error(module) ? NULL : str_intern_c(vm, name);
    if (attribute == NULL) return ERROR;
    return is_undefined(module) ? raise_error(vm, vm->exc.ImportError, "asyncio.%s is lost", submodule) : attr_get(vm, module, attribute);
}

Value asyncio_getattr(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0])) return raise_type_error(vm, "attribute name must be string, not '%T'", args[0]);
    Str *name = str_intern(vm, to_str(args[0])), *self_name = vm->names.asyncio;
    const char *text = name == NULL ? NULL : str_data(vm, name);
    if (text == NULL) return ERROR;
    Value value = UNDEFINED, self = dict_get_str(vm, vm->modules, self_name);
    for (size_t i = 0; is_undefined(value) && i < sizeof lazy_names / sizeof lazy_names[0]; i++) {
        if (!lists_name(lazy_names[i].names, text, name->size)) continue;
        value = import_submodule(vm, lazy_names[i].submodule);
        if (is_undefined(value)) break;
        if (is_error(value) || is_error(value = attr_get(vm, value, name))) return ERROR;
    }
    if (is_undefined(value) && is_submodule(text, name->size)) value = import_submodule_named(vm, name);
    if (is_error(value)) return ERROR;
    if (is_undefined(value)) return raise_attribute_error(vm, is_undefined(self) ? NONE : self, name, "module 'asyncio' has no attribute '%S'", name);
    if (is_module(self) && !dict_set_str(vm, to_module(self)->dict, name, value)) return ERROR;
    return value;
}

// ---- the VM's state

static void state_trace(VM *vm, void *data) {
    AsyncioState *state = data;
    Class *const classes[] = {state->loop, state->unix_loop, state->future, state->task, state->gather, state->sleep, state->handle, state->timer_handle,
                              state->future_iter, state->operation, state->queue, state->priority_queue, state->lifo_queue, state->lock, state->event,
                              state->semaphore, state->bounded_semaphore, state->CancelledError, state->InvalidStateError, state->QueueEmpty,
                              state->QueueFull, state->QueueShutDown};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) gc_mark_object(vm, classes[i]);
    gc_mark_object(vm, state->running);
    gc_mark_object(vm, state->main_task);
    gc_mark_object(vm, state->yield_once);
    gc_mark_object(vm, state->nothing);
    gc_mark_object(vm, state->no_message);
    gc_mark_value(vm, state->current_loop);
    gc_mark_value(vm, state->policy);
    gc_mark_value(vm, state->console_loop);
    gc_mark_object(vm, state->host_link);
    gc_mark_object(vm, state->foreign_current);
    gc_mark_object(vm, state->foreign_tasks);
    gc_mark_object(vm, state->completion_link);
    mailbox_trace(vm, state->mailbox);
}

// Each thread has a running loop and a current one of its own.
static void thread_save(VM *vm, Value slots[THREAD_SLOTS]) {
    AsyncioState *state = vm->asyncio;
    slots[0] = state->running == NULL ? UNDEFINED : from_object(state->running);
    slots[1] = state->current_loop;
    slots[2] = from_bool(state->loop_was_set);
    slots[3] = state->main_task == NULL ? UNDEFINED : from_object(state->main_task);
    slots[4] = from_int(state->interrupts);
}

// A thread that has not been here before has no loop, and gets none by itself.
static void thread_load(VM *vm, const Value slots[THREAD_SLOTS]) {
    AsyncioState *state = vm->asyncio;
    bool known = !is_undefined(slots[2]);
    state->running = is_undefined(slots[0]) ? NULL : (Loop *)to_object(slots[0]);
    state->current_loop = known ? slots[1] : NONE;
    state->loop_was_set = known ? is_true_value(slots[2]) : !thread_is_main(vm);
    state->main_task = is_undefined(slots[3]) ? NULL : to_future(slots[3]);
    state->interrupts = known ? (unsigned)to_int(slots[4]) : 0;
}

void asyncio_close(VM *vm) {
    vm->on_thread_save = NULL;
    vm->on_thread_load = NULL;
    vm->on_show_tasks = NULL;
    if (vm->asyncio == NULL) return;
    mailbox_close(vm);
    if (vm->asyncio->io != NULL) alloc_free(&vm->allocator, vm->asyncio->io, sizeof *vm->asyncio->io);
    wake_pair_close(vm->asyncio->spare_wake[0] - 1, vm->asyncio->spare_wake[1] - 1);
    buffer_free(vm, vm->asyncio->descriptors, vm->asyncio->descriptor_capacity * sizeof(LoopDescriptor));
    alloc_free(&vm->allocator, vm->asyncio, sizeof *vm->asyncio);
    vm->asyncio = NULL;
}

typedef struct ClassRow {
    Class **where;
    const char *module, *name, *doc;
    Class *base;                         // NULL: object
    size_t size;
    void (*trace)(VM *vm, Object *object);
    void (*free)(VM *vm, Object *object);
    const NativeDef *methods;
    const GetSetDef *getsets;
    unsigned flags;
    bool future;
    void (*finalize)(VM *vm, Object *object);
} ClassRow;

static bool class_make(VM *vm, const ClassRow *row) {
    Class *base = row->base != NULL ? row->base : vm->types.object;
    Class *cls = class_create_simple(vm, row->module, row->name, base, row->doc);
    if (cls == NULL) return false;
    *row->where = cls;
    cls->instance_kind = KIND_HOST;
    cls->instance_size = (uint16_t)row->size;
    cls->flags &= ~(unsigned)CLASS_BASETYPE;
    cls->flags |= row->flags;
    cls->inline_slots = 0;
    cls->host_trace = row->trace;
    cls->host_free = row->free;
    if (row->future) {
        cls->host_data = &asyncio_future_mark;
        cls->host_finalize = future_finalize;
    }
    if (row->finalize != NULL) cls->host_finalize = row->finalize;
    return class_add_members(vm, cls, row->methods, row->getsets);
}

static bool make_classes(VM *vm, AsyncioState *state) {
    const unsigned open = CLASS_BASETYPE | CLASS_HAS_DICT | CLASS_HAS_WEAKREF;
    Class *abstract_loop = class_create_simple(vm, "asyncio.events", "AbstractEventLoop", vm->types.object, "Abstract event loop.");
    if (abstract_loop == NULL || !class_add_members(vm, abstract_loop, abstract_loop_methods, NULL)) return false;
    const ClassRow before[] = {
        {&state->loop, "asyncio.base_events", "BaseEventLoop", "The event loop.", abstract_loop, sizeof(Loop), loop_trace, loop_free, loop_methods,
         loop_getsets, open, false, NULL},
        {&state->future, "_asyncio", "Future", "A result that will be there later.", NULL, sizeof(Future), future_trace, future_free, future_methods,
         future_getsets, open, true, NULL},
        {&state->sleep, "builtins", "coroutine", NULL, NULL, sizeof(Sleep), sleep_trace, NULL, sleep_methods, sleep_getsets, CLASS_HAS_WEAKREF, false,
         sleep_finalize},
        {&state->handle, "asyncio.events", "Handle", "A callback that waits for its turn.", NULL, sizeof(Handle), handle_trace, NULL, handle_methods,
         handle_getsets, CLASS_BASETYPE | CLASS_HAS_WEAKREF, false, NULL},
        {&state->future_iter, "_asyncio", "FutureIter", NULL, NULL, 2 * sizeof(Object), future_iter_trace, NULL, future_iter_methods, NULL, 0, false, NULL},
        {&state->operation, "builtins", "coroutine", NULL, NULL, sizeof(Operation), operation_trace, future_free, operation_methods, operation_getsets,
         CLASS_HAS_WEAKREF, true, operation_finalize},
        {&state->queue, "asyncio.queues", "Queue", "A queue between tasks: first in, first out.", NULL, queue_size, queue_trace, queue_free, queue_methods,
         queue_getsets, open, false, NULL},
        {&state->lock, "asyncio.locks", "Lock", "One task at a time.", NULL, lock_size, lock_trace, NULL, lock_methods, lock_getsets, open, false, NULL},
        {&state->event, "asyncio.locks", "Event", "A flag that tasks wait for.", NULL, lock_size, lock_trace, NULL, event_methods, event_getsets, open,
         false, NULL},
        {&state->semaphore, "asyncio.locks", "Semaphore", "So many tasks at a time.", NULL, lock_size, lock_trace, NULL, semaphore_methods,
         semaphore_getsets, open, false, NULL},
    };
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (!class_make(vm, &before[i])) return false;
    const NativeDef *const loop_more[] = {loop_io_methods, loop_sock_methods, loop_resolver_methods, loop_process_methods, loop_signal_methods};
    for (size_t i = 0; i < sizeof loop_more / sizeof loop_more[0]; i++)
        if (!class_add_members(vm, state->loop, loop_more[i], NULL)) return false;
    state->protocols[0] = (DelegateProtocol){.cls = state->future, .step = future_step};
    state->protocols[1] = (DelegateProtocol){.cls = state->sleep, .step = sleep_step, .throw_in = sleep_throw_in};
    state->protocols[2] = (DelegateProtocol){.cls = state->operation, .step = operation_step, .throw_in = operation_throw_in};
    for (int i = 0; i < 3; i++) delegate_register(vm, &state->protocols[i]);
    const ClassRow after[] = {
        {&state->unix_loop, "asyncio.unix_events", "_UnixSelectorEventLoop", "The event loop.", state->loop, sizeof(Loop), loop_trace, loop_free, NULL,
         NULL, open, false, NULL},
        {&state->task, "_asyncio", "Task", "A coroutine that the event loop runs.", state->future, sizeof(Task), task_trace, future_free, task_methods,
         task_getsets, open, true, NULL},
        {&state->gather, "asyncio.tasks", "_GatheringFuture", NULL, state->future, sizeof(Gather), gather_trace, future_free, gather_methods, gather_getsets,
         CLASS_HAS_DICT | CLASS_HAS_WEAKREF, true, NULL},
        {&state->timer_handle, "asyncio.events", "TimerHandle", "A callback that waits for its time.", state->handle, sizeof(Handle), handle_trace, NULL,
         timer_handle_methods, NULL, CLASS_BASETYPE | CLASS_HAS_WEAKREF, false, NULL},
        {&state->priority_queue, "asyncio.queues", "PriorityQueue", "A queue that gives the least item first.", state->queue, queue_size, queue_trace,
         queue_free, NULL, NULL, open, false, NULL},
        {&state->lifo_queue, "asyncio.queues", "LifoQueue", "A queue that gives the last item first.", state->queue, queue_size, queue_trace, queue_free,
         NULL, NULL, open, false, NULL},
        {&state->bounded_semaphore, "asyncio.locks", "BoundedSemaphore", "A semaphore that is not released more often than acquired.", state->semaphore,
         lock_size, lock_trace, NULL, bounded_semaphore_methods, NULL, open, false, NULL},
    };
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
        if (!class_make(vm, &after[i])) return false;
    state->CancelledError = class_create_simple(vm, "asyncio.exceptions", "CancelledError", vm->exc.BaseException, "The Future or Task was cancelled.");
    state->InvalidStateError = class_create_simple(vm, "asyncio.exceptions", "InvalidStateError", vm->exc.Exception, "The operation is not allowed in this state.");
    state->QueueEmpty = class_create_simple(vm, "asyncio.queues", "QueueEmpty", vm->exc.Exception, "get_nowait() of an empty queue.");
    state->QueueFull = class_create_simple(vm, "asyncio.queues", "QueueFull", vm->exc.Exception, "put_nowait() into a full queue.");
    state->QueueShutDown = class_create_simple(vm, "asyncio.queues", "QueueShutDown", vm->exc.Exception, "The queue was shut down.");
    return state->QueueShutDown != NULL && state->CancelledError != NULL && state->InvalidStateError != NULL && state->QueueEmpty != NULL && state->QueueFull != NULL;
}

// Functions that are usually called without any of the keywords that they take; they use arg_or() for these.
static bool allow_bare(VM *vm, Value function) { return !is_native(function) || native_allow_bare(vm, to_native(function)); }
static bool methods_allow_bare(VM *vm, Class *cls) {
    static const char *const names[] = {"call_soon", "create_task"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        Str *name = str_intern_c(vm, names[i]);
        if (name == NULL || !allow_bare(vm, class_lookup(vm, cls, name))) return false;
    }
    return true;
}

static bool add_awaited(VM *vm, Class *cls, const AwaitedDef *defs) {
    for (; defs->name != NULL; defs++) {
        Str *name = str_intern_c(vm, defs->name);
        Value method = name == NULL ? ERROR : class_lookup(vm, cls, name);
        if (is_error(method)) return false;
        if (is_native(method)) to_native(method)->awaited = defs->function;
    }
    return true;
}
static bool add_all_awaited(VM *vm, AsyncioState *state) {
    return add_awaited(vm, state->queue, queue_awaited) && add_awaited(vm, state->lock, lock_awaited) &&
           add_awaited(vm, state->event, event_awaited) && add_awaited(vm, state->semaphore, semaphore_awaited);
}

static AsyncioState *state_make(VM *vm) {
    AsyncioState *state = alloc_new(&vm->allocator, sizeof *state);
    if (state == NULL) {
        raise_no_memory(vm);
        return NULL;
    }
    memset(state, 0, sizeof *state);
    state->current_loop = state->policy = state->console_loop = NONE;
    vm->asyncio = state;
    vm->on_thread_save = thread_save;
    vm->on_thread_load = thread_load;
    vm->on_show_tasks = loop_show_tasks;
    state->loop_was_set = !thread_is_main(vm);
    state->debug = debug_wanted(vm);
    if (!gc_add_roots(vm, state_trace, state) || !make_classes(vm, state)) return NULL;
    if (!methods_allow_bare(vm, state->loop) || !add_all_awaited(vm, state)) return NULL;
    Value once = sleep_new(vm, from_int(0), NONE), nothing = is_error(once) ? ERROR : sleep_new(vm, from_int(0), NONE);
    if (is_error(nothing)) return NULL;
    to_object(once)->flags = to_object(nothing)->flags = 0;
    state->yield_once = (Sleep *)to_object(once);
    state->nothing = (Sleep *)to_object(nothing);
    state->no_message = tuple_pack(vm, 1, from_object(vm->empty_str));
    return state->no_message == NULL ? NULL : state;
}

// The names that are here and those that submodules have; with the submodules' own.
static List *public_names(VM *vm, Module *module, bool hidden_too) {
    List *all = list_new(vm, 160);
    size_t position = 0;
    Value key, value;
    while (all != NULL && dict_next(module->dict, &position, &key, &value)) {
        const char *name = is_str(key) ? str_data(vm, to_str(key)) : NULL;
        if (name != NULL && (hidden_too || name[0] != '_') && !list_append(vm, all, key)) return NULL;
    }
    for (size_t i = 0; all != NULL && i < sizeof lazy_names / sizeof lazy_names[0]; i++) {
        for (const char *at = lazy_names[i].names; *at != 0;) {
            size_t length = strcspn(at, " ");
            Str *name = str_new(vm, at, length);
            if (name == NULL || (*at != '_' && !list_append(vm, all, from_object(name)))) return NULL;
            at += length;
            while (*at == ' ') at++;
        }
    }
    return all;
}

static bool add_all(VM *vm, Module *module) {
    List *all = public_names(vm, module, false);
    return all != NULL && module_add(vm, module, "__all__", from_object(all));
}

// dir(asyncio) shows what has not been asked for yet as well.
Value asyncio_dir(VM *vm, const Value *args, int argc) {
    Value self = dict_get_str(vm, vm->modules, vm->names.asyncio);
    if (!is_module(self)) return raise_error(vm, vm->exc.RuntimeError, "asyncio is lost");
    List *names = public_names(vm, to_module(self), true);
    for (const FrozenModule *at = frozen_modules; names != NULL && at->name != NULL; at++) {
        if (strncmp(at->name, "asyncio.", 8) != 0) continue;
        Str *name = str_from_c(vm, at->name + 8);
        if (name == NULL || !list_append(vm, names, from_object(name))) return ERROR;
    }
    Value set = names == NULL ? ERROR : call1(vm, from_object(vm->types.set), from_object(names));   // dir() sorts
    return is_error(set) ? ERROR : from_object(list_from_iterable(vm, set));
}

static bool asyncio_init(VM *vm, Module *module) {
    AsyncioState *state = vm->asyncio;
    if (state == NULL && (state = state_make(vm)) == NULL) return false;
    const struct { const char *name; Class *cls; } classes[] = {
        {"Future", state->future}, {"Task", state->task}, {"Handle", state->handle}, {"TimerHandle", state->timer_handle},
        {"SelectorEventLoop", state->unix_loop}, {"BaseEventLoop", state->loop}, {"AbstractEventLoop", state->loop->base},
        {"CancelledError", state->CancelledError}, {"InvalidStateError", state->InvalidStateError}, {"TimeoutError", vm->exc.TimeoutError},
        {"Queue", state->queue}, {"PriorityQueue", state->priority_queue}, {"LifoQueue", state->lifo_queue}, {"QueueEmpty", state->QueueEmpty},
        {"QueueFull", state->QueueFull}, {"QueueShutDown", state->QueueShutDown}, {"Lock", state->lock}, {"Event", state->event}, {"Semaphore", state->semaphore},
        {"BoundedSemaphore", state->bounded_semaphore},
    };
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (!module_add(vm, module, classes[i].name, from_object(classes[i].cls))) return false;
    Str *create_task = str_intern_c(vm, "create_task");
    if (create_task == NULL || !allow_bare(vm, dict_get_str(vm, module->dict, create_task))) return false;
    List *path = list_new(vm, 0);
    return path != NULL && module_add(vm, module, "__path__", from_object(path)) && add_all(vm, module);
}

const ModuleDef module_asyncio = {"asyncio", "Tasks, the event loop that runs them, and what they wait for.", asyncio_functions, asyncio_init};
