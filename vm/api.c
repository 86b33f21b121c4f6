// The public API's VM side: lifecycle, running programs, handles, values. coil.h documents every function; here is how.
//
// Handles are pointers to slots of the VM's handle stack, which is made of chunks that never move. A scope is a height of that stack.
#include "vm/api_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/heap_internal.h"
#include "vm/ops.h"
#include "vm/output.h"
#include "vm/report.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/version.h"

_Static_assert((int)COIL_FILE_PLAIN == (int)FILE_KIND_FILE && (int)COIL_FILE_DIRECTORY == (int)FILE_KIND_DIRECTORY, "the hook is passed on");

static VM *vm_of(CoilVM *vm) { return (VM *)vm; }

// ---- handles

enum { HANDLES_PER_CHUNK = 512, HANDLE_CHUNKS_MAX = 4096 };
typedef struct HandleChunk { Value slots[HANDLES_PER_CHUNK]; } HandleChunk;
struct ApiState {
    size_t height;
    size_t chunk_count;
    HandleChunk *chunks[HANDLE_CHUNKS_MAX];
    Value missing;             // what handles of arguments that were not given point to
};

static void handles_trace(VM *vm, void *data) {
    struct ApiState *api = data;
    for (size_t i = 0; i < api->height; i++) gc_mark_value(vm, api->chunks[i / HANDLES_PER_CHUNK]->slots[i % HANDLES_PER_CHUNK]);
}

static CoilValue handle(VM *vm, Value v) {
    if (is_error(v)) return (CoilValue){NULL};
    struct ApiState *api = vm->api;
    if (api->height == api->chunk_count * HANDLES_PER_CHUNK) {
        HandleChunk *chunk = api->chunk_count < HANDLE_CHUNKS_MAX ? heap_raw_resize(vm, NULL, 0, sizeof *chunk) : NULL;
        if (chunk == NULL) {
            (void)raise_no_memory(vm);
            return (CoilValue){NULL};
        }
        api->chunks[api->chunk_count++] = chunk;
    }
    Value *slot = &api->chunks[api->height / HANDLES_PER_CHUNK]->slots[api->height % HANDLES_PER_CHUNK];
    api->height++;
    *slot = v;
    return (CoilValue){slot};
}

static CoilValue object_handle(VM *vm, void *object) { return handle(vm, object != NULL ? from_object(object) : ERROR); }
static Value value_of(CoilValue v) { return *(Value *)v.slot; }
CoilValue api_handle(VM *vm, Value v) { return handle(vm, v); }
Value api_value(CoilValue v) { return value_of(v); }
static CoilStatus status_of(bool ok) { return ok ? COIL_OK : COIL_RAISED; }

size_t coil_scope_open(CoilVM *vm) { return vm_of(vm)->api->height; }
void coil_scope_close(CoilVM *vm, size_t scope) {
    if (scope <= vm_of(vm)->api->height) vm_of(vm)->api->height = scope;
}

// Every entry from outside marks where the C stack begins for the collector.
#define ENTER(vm)      \
    VMEntry entry;     \
    vm_enter(vm, &entry)
#define LEAVE_WITH(vm, result) return vm_leave(vm, &entry), (result)

// ---- lifecycle

LimitValues limit_values(const CoilLimits *limits);   // api_limits.c

const char *coil_version(void) { return COIL_VERSION_TEXT; }

typedef struct AllocateHook { void *(*allocate)(void *, void *, size_t, size_t); } AllocateHook;

static void discard_output(void *user, int stream, const char *text, size_t size) {}

CoilVM *coil_new(const CoilConfig *config) {
    static const CoilConfig defaults;
    if (config == NULL) config = &defaults;
    VMConfig vm_config = {.memory_limit_bytes = config->memory_limit_bytes, .hash_seed = config->hash_seed, .recursion_limit = config->recursion_limit,
                          .optimize = config->optimize, .flags = &config->flags,
                          .limits = limit_values(&config->limits)};
    if (config->allocate != NULL) vm_config.allocator = (Allocator){config->allocate, config->user};
    if (config->gc_stress) vm_config.gc_stress = config->gc_stress_interval ? config->gc_stress_interval : 1;
    VM *vm = vm_new(&vm_config);
    if (vm == NULL) return NULL;
    vm->virtual_time = config->virtual_time;
    vm->doors.network = config->open_network;
    vm->doors.processes = config->open_processes;
    vm->hooks = (struct Hooks){.user = config->user,
                               .write = config->write != NULL ? config->write : discard_output,
                               .flush = config->flush,
                               .read = config->read,
                               .is_terminal = config->is_terminal,
                               .file_kind = config->file_read != NULL ? config->file_kind : NULL,
                               .file_read = config->file_kind != NULL ? config->file_read : NULL,
                               .file_release = config->file_release,
                               .handle_open = config->handle_open,
                               .handle_read = config->handle_read,
                               .handle_write = config->handle_write,
                               .handle_seek = config->handle_seek,
                               .handle_truncate = config->handle_truncate,
                               .handle_close = config->handle_close};
    vm->output.unbuffered = config->unbuffered;
    vm->output.by_line = config->is_terminal != NULL && config->is_terminal(config->user, 1);
    ENTER(vm);
    struct ApiState *api = heap_raw_resize(vm, NULL, 0, sizeof *api);
    bool ok = api != NULL;
    if (ok) {
        memset(api, 0, sizeof *api);
        vm->api = api;
        ok = gc_add_roots(vm, handles_trace, api) && main_module_new(vm);
    }
    vm_leave(vm, &entry);
    if (ok) return (CoilVM *)vm;
    coil_close((CoilVM *)vm);
    return NULL;
}

void api_close(VM *vm) {
    struct ApiState *api = vm->api;
    if (api == NULL) return;
    for (size_t i = 0; i < api->chunk_count; i++) heap_raw_resize(vm, api->chunks[i], sizeof(HandleChunk), 0);
    heap_raw_resize(vm, api, sizeof *api, 0);
    vm->api = NULL;
}

void coil_close(CoilVM *coil) {
    VM *vm = vm_of(coil);
    if (vm == NULL) return;
    vm_finalize(vm);
    coil_flush(coil);
    vm_close(vm);
}

void coil_flush(CoilVM *coil) {
    VM *vm = vm_of(coil);
    output_flush(vm);
    if (vm->hooks.flush != NULL) vm->hooks.flush(vm->hooks.user, 1);
}

void coil_output_failed(CoilVM *coil, int error_number) { vm_of(coil)->output.error_number = error_number; }

// ---- running

// A statement of the prompt that awaits is a coroutine, which the prompt's event loop runs.
static Value run_coroutine(VM *vm, Value coroutine) {
    Str *name = str_intern_c(vm, "_console"), *run = str_intern_c(vm, "run");
    Value console = name == NULL || run == NULL ? ERROR : import_module(vm, name, NULL, from_object(vm->empty_tuple), 0);
    return is_error(console) ? ERROR : call_method(vm, console, run, &coroutine, 1);
}

// compile() of the front end, then execution in __main__.
static Value run_source(VM *vm, const char *source, size_t size, Str *filename, CompileMode mode, int flags) {
    if (filename == NULL) return ERROR;
    Value code = source_compile(vm, source, size, filename, mode, flags);
    if (is_error(code)) return ERROR;
    bool outer = vm->at_prompt;
    vm->at_prompt = flags & COMPILE_TOP_LEVEL_AWAIT;
    Value result = code_run(vm, (Code *)to_object(code), vm->main_module->dict, UNDEFINED);
    if (!is_error(result) && ((Code *)to_object(code))->flags & CODE_COROUTINE) result = run_coroutine(vm, result);
    vm->at_prompt = outer;
    return result;
}

static bool raised_is_incomplete(VM *vm) {
    if (!raised_matches(vm, vm->exc.SyntaxError)) return false;
    Value message = to_exception(vm->raised)->fields[SYNTAX_MSG];
    return is_str(message) && str_equals_c(vm, to_str(message), "incomplete input");
}

CoilStatus coil_run(CoilVM *coil, const char *source, size_t size, const char *filename, CoilMode mode, int flags) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    static const CompileMode modes[] = {[COIL_EXEC] = COMPILE_EXEC, [COIL_EVAL] = COMPILE_EVAL, [COIL_SINGLE] = COMPILE_SINGLE};
    int compile_flags = flags & COIL_ALLOW_INCOMPLETE ? COMPILE_ALLOW_INCOMPLETE : 0;
    if (flags & COIL_TOP_LEVEL_AWAIT) compile_flags |= COMPILE_TOP_LEVEL_AWAIT;
    Value result = run_source(vm, source, size, str_from_c(vm, filename), modes[mode], compile_flags);
    if (!is_error(result)) LEAVE_WITH(vm, COIL_OK);
    if ((flags & COIL_ALLOW_INCOMPLETE) && raised_is_incomplete(vm)) {
        raised_clear(vm);
        LEAVE_WITH(vm, COIL_INCOMPLETE);
    }
    LEAVE_WITH(vm, COIL_RAISED);
}

static Value main_list(VM *vm, Str *name) {
    return attr_get(vm, from_object(vm->sys_module), name);
}

static bool add_path(VM *vm, const char *path, size_t size, bool at_front) {
    Value list = main_list(vm, vm->names.path);
    if (is_error(list)) return false;
    Str *text = str_from_latin1_or_utf8(vm, path, size, "surrogateescape");
    if (text == NULL) return false;
    if (!is_list(list)) return true;
    return at_front ? list_insert(vm, to_list(list), 0, from_object(text)) : list_append(vm, to_list(list), from_object(text));
}

CoilStatus coil_add_path(CoilVM *coil, const char *path, bool at_front) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    CoilStatus status = status_of(add_path(vm, path, strlen(path), at_front));
    LEAVE_WITH(vm, status);
}

CoilStatus coil_set_argv(CoilVM *coil, int argc, const char *const *argv) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    List *list = list_new(vm, (size_t)argc);
    for (int i = 0; list != NULL && i < argc; i++) {
        Str *text = str_from_latin1_or_utf8(vm, argv[i], strlen(argv[i]), "surrogateescape");
        if (text == NULL || !list_append(vm, list, from_object(text))) list = NULL;
    }
    CoilStatus status = status_of(list != NULL && module_add(vm, vm->sys_module, "argv", from_object(list)) &&
                                  module_add(vm, vm->sys_module, "orig_argv", from_object(list)));
    LEAVE_WITH(vm, status);
}

CoilStatus coil_run_file(CoilVM *coil, const char *path) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    const char *slash = strrchr(path, '/');
    Str *name = str_from_latin1_or_utf8(vm, path, strlen(path), "surrogateescape");
    bool ok = name != NULL && add_path(vm, path, slash != NULL ? (size_t)(slash - path) : 0, true);
    if (ok) ok = !is_error(module_run_file(vm, vm->main_module, name));
    LEAVE_WITH(vm, status_of(ok));
}

CoilStatus coil_run_module(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Str *module = str_from_c(vm, name), *package = NULL, *file = module == NULL ? NULL : import_find_main(vm, module, &package);
    bool ok = file != NULL && dict_set_str(vm, vm->main_module->dict, vm->names.__package__, from_object(package));
    if (ok) {
        Value argv = main_list(vm, str_intern_c(vm, "argv"));
        if (is_list(argv) && to_list(argv)->count > 0) to_list(argv)->items[0] = from_object(file);
        ok = !is_error(module_run_file(vm, vm->main_module, file));
    }
    LEAVE_WITH(vm, status_of(ok));
}

// sys.last_type and its kin, then sys.excepthook; a hook that fails is told about as well.
static void show_uncaught(VM *vm, Value exception) {
    Exception *e = to_exception(exception);
    Value args[3] = {from_object(class_of(vm, exception)), exception, e->traceback};
    static const char *const names[] = {"last_type", "last_value", "last_traceback"};
    for (int i = 0; i < 3; i++)
        if (!module_add(vm, vm->sys_module, names[i], args[i])) raised_clear(vm);
    Value hook = dict_get_str(vm, vm->sys_module->dict, vm->names.excepthook);
    if (is_undefined(hook) || is_native(hook) || vm->limits.paused) {
        exception_show(vm, exception);
        return;
    }
    if (!is_error(call_value(vm, hook, args, 3))) return;
    Value second = raised_take(vm);
    Str *text = str_from_c(vm, "Error in sys.excepthook:\n");
    if (text != NULL) report_write(vm, text);
    exception_show(vm, second);
    text = str_from_c(vm, "\nOriginal exception was:\n");
    if (text != NULL) report_write(vm, text);
    exception_show(vm, exception);
}

static int exit_status_of(VM *vm, Value exception) {
    Value code = to_exception(exception)->fields[0];
    if (is_undefined(code) || is_none(code)) return 0;
    int64_t number;
    if (!is_undefined(int_or_bool(code))) return int_as_i64(code, &number) ? (int)(number & 0xff) : 255;
    Str *text = value_str(vm, code), *line = text == NULL ? NULL : str_printf(vm, "%S\n", text);
    if (line != NULL) report_write(vm, line);
    raised_clear(vm);
    return 1;
}

int coil_report(CoilVM *coil) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Value exception = raised_take(vm);
    bool final = limits_pause(vm);
    int status = 1;
    if (is_exception(exception)) {
        if (is_instance(vm, exception, vm->exc.SystemExit)) status = exit_status_of(vm, exception);
        else show_uncaught(vm, exception);
        if (is_instance(vm, exception, vm->exc.KeyboardInterrupt)) status = 130;
    }
    limits_resume(vm, final);
    LEAVE_WITH(vm, status);
}

CoilValue coil_exception_text(CoilVM *coil) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Value exception = vm->raised;
    if (!is_exception(exception)) LEAVE_WITH(vm, (CoilValue){NULL});
    raised_clear(vm);
    bool final = limits_pause(vm);
    Str *text = exception_report(vm, exception);
    limits_resume(vm, final);
    raised_set(vm, exception);
    CoilValue result = object_handle(vm, text);
    LEAVE_WITH(vm, result);
}

// ---- making values

CoilValue coil_none(CoilVM *vm) { return handle(vm_of(vm), NONE); }
CoilValue coil_bool(CoilVM *vm, bool value) { return handle(vm_of(vm), from_bool(value)); }

// A function of the API whose body is one expression that gives a Value.
#define API_VALUE(expression)          \
    VM *vm = vm_of(coil);              \
    ENTER(vm);                         \
    CoilValue result = handle(vm, (expression)); \
    LEAVE_WITH(vm, result)
#define API_OBJECT(expression)         \
    VM *vm = vm_of(coil);              \
    ENTER(vm);                         \
    CoilValue result = object_handle(vm, (expression)); \
    LEAVE_WITH(vm, result)
#define API_STATUS(expression)         \
    VM *vm = vm_of(coil);              \
    ENTER(vm);                         \
    CoilStatus status = status_of(expression); \
    LEAVE_WITH(vm, status)

CoilValue coil_int(CoilVM *coil, int64_t value) { API_VALUE(int_from_i64(vm, value)); }
CoilValue coil_float(CoilVM *coil, double value) { API_VALUE(float_new(vm, value)); }
CoilValue coil_bytes(CoilVM *coil, const void *data, size_t size) { API_OBJECT(bytes_new(vm, data, size)); }
CoilValue coil_dict(CoilVM *coil) { API_OBJECT(dict_new(vm)); }
CoilValue coil_str(CoilVM *coil, const char *utf8, size_t size) { API_OBJECT(str_from_latin1_or_utf8(vm, utf8, size, "strict")); }

CoilValue coil_list(CoilVM *coil, const CoilValue *items, size_t count) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    List *list = list_new(vm, count);
    for (size_t i = 0; list != NULL && i < count; i++)
        if (!list_append(vm, list, value_of(items[i]))) list = NULL;
    CoilValue result = object_handle(vm, list);
    LEAVE_WITH(vm, result);
}

CoilValue coil_tuple(CoilVM *coil, const CoilValue *items, size_t count) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Tuple *tuple = tuple_new(vm, count);
    for (size_t i = 0; tuple != NULL && i < count; i++) tuple->items[i] = value_of(items[i]);
    CoilValue result = object_handle(vm, tuple);
    LEAVE_WITH(vm, result);
}

// ---- reading values

CoilKind coil_kind(CoilVM *coil, CoilValue v) {
    Value value = value_of(v);
    if (is_none(value)) return COIL_KIND_NONE;
    if (is_bool(value)) return COIL_KIND_BOOL;
    if (is_any_int(value)) return COIL_KIND_INT;
    if (is_any_float(value)) return COIL_KIND_FLOAT;
    switch (kind_of(value)) {
    case KIND_STR: return COIL_KIND_STR;
    case KIND_BYTES: return COIL_KIND_BYTES;
    case KIND_LIST: return COIL_KIND_LIST;
    case KIND_TUPLE: return COIL_KIND_TUPLE;
    case KIND_DICT: return COIL_KIND_DICT;
    case KIND_SET: case KIND_FROZENSET: return COIL_KIND_SET;
    default: return COIL_KIND_OTHER;
    }
}

CoilStatus coil_read_bool(CoilVM *coil, CoilValue v, bool *out) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    int truth = value_is_true(vm, value_of(v));
    if (truth >= 0) *out = truth;
    LEAVE_WITH(vm, status_of(truth >= 0));
}
CoilStatus coil_read_int(CoilVM *coil, CoilValue v, int64_t *out) { API_STATUS(value_as_i64(vm, value_of(v), out)); }
CoilStatus coil_read_float(CoilVM *coil, CoilValue v, double *out) { API_STATUS(value_as_double(vm, value_of(v), out)); }

CoilStatus coil_read_str(CoilVM *coil, CoilValue v, const char **out_text, size_t *out_size) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Value value = value_of(v);
    const char *data = NULL;
    if (!is_str(value)) raise_type_error(vm, "expected str, not %T", value);
    else data = str_data(vm, to_str(value));
    if (data != NULL) {
        *out_text = data;
        *out_size = to_str(value)->size;
    }
    LEAVE_WITH(vm, status_of(data != NULL));
}

CoilStatus coil_read_bytes(CoilVM *coil, CoilValue v, const void **out_data, size_t *out_size) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    const uint8_t *data;
    bool ok = bytes_like(vm, value_of(v), &data, out_size);
    if (ok) *out_data = data;
    LEAVE_WITH(vm, status_of(ok));
}

// ---- operations

static Value global_get(VM *vm, const char *name) {
    Str *key = str_intern_c(vm, name);
    Value value = key == NULL ? ERROR : dict_get_str(vm, vm->main_module->dict, key);
    return is_undefined(value) ? raise_error(vm, vm->exc.NameError, "name '%s' is not defined", name) : value;
}

CoilValue coil_get_global(CoilVM *coil, const char *name) { API_VALUE(global_get(vm, name)); }
CoilStatus coil_set_global(CoilVM *coil, const char *name, CoilValue v) { API_STATUS(module_add(vm, vm->main_module, name, value_of(v))); }

CoilValue coil_get_attr(CoilVM *coil, CoilValue object, const char *name) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    CoilValue result = handle(vm, key == NULL ? ERROR : attr_get(vm, value_of(object), key));
    LEAVE_WITH(vm, result);
}
CoilStatus coil_set_attr(CoilVM *coil, CoilValue object, const char *name, CoilValue v) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Str *key = str_intern_c(vm, name);
    CoilStatus status = status_of(key != NULL && attr_set(vm, value_of(object), key, value_of(v)));
    LEAVE_WITH(vm, status);
}
CoilValue coil_get_item(CoilVM *coil, CoilValue object, CoilValue key) { API_VALUE(item_get(vm, value_of(object), value_of(key))); }
CoilStatus coil_set_item(CoilVM *coil, CoilValue object, CoilValue key, CoilValue v) {
    API_STATUS(item_set(vm, value_of(object), value_of(key), value_of(v)));
}
ptrdiff_t coil_length(CoilVM *coil, CoilValue object) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    ptrdiff_t length = value_length(vm, value_of(object));
    LEAVE_WITH(vm, length);
}
CoilValue coil_to_str(CoilVM *coil, CoilValue v) { API_OBJECT(value_str(vm, value_of(v))); }
CoilValue coil_repr(CoilVM *coil, CoilValue v) { API_OBJECT(value_repr(vm, value_of(v))); }

CoilValue coil_call(CoilVM *coil, CoilValue callee, const CoilValue *args, size_t argc) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Value few[8], *values = few;
    size_t size = argc * sizeof *values;
    if (argc > 8) values = buffer_new(vm, size);
    Value result = ERROR;
    if (values != NULL) {
        // The handles keep the arguments alive; the copy need not be seen by the collector.
        for (size_t i = 0; i < argc; i++) values[i] = value_of(args[i]);
        result = call_value(vm, value_of(callee), values, (int)argc);
        if (values != few) buffer_free(vm, values, size);
    }
    CoilValue result_handle = handle(vm, result);
    LEAVE_WITH(vm, result_handle);
}

CoilValue coil_import(CoilVM *coil, const char *name) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Str *text = str_intern_c(vm, name);
    Value module = text == NULL ? ERROR : import_module(vm, text, NULL, UNDEFINED, 0);
    // `import a.b` gives a: the one that was asked for is in sys.modules.
    if (!is_error(module)) module = dict_get(vm, vm->modules, from_object(text));
    CoilValue result = handle(vm, is_undefined(module) ? ERROR : module);
    LEAVE_WITH(vm, result);
}

CoilValue coil_eval(CoilVM *coil, const char *expression) {
    API_VALUE(run_source(vm, expression, strlen(expression), str_from_c(vm, "<string>"), COMPILE_EVAL, COMPILE_FROM_TEXT));
}

// ---- exceptions

CoilValue coil_exception_take(CoilVM *coil) {
    VM *vm = vm_of(coil);
    if (!is_raised(vm)) return (CoilValue){NULL};
    return handle(vm, raised_take(vm));
}

bool coil_exception_pending(CoilVM *coil) { return is_raised(vm_of(coil)); }

static Class *exception_class(VM *vm, const char *name) {
    Str *key = str_intern_c(vm, name);
    Value cls = key == NULL ? UNDEFINED : dict_get_str(vm, vm->builtins, key);
    return is_class(cls) && class_is_subclass(to_class(cls), vm->exc.BaseException) ? to_class(cls) : NULL;
}

bool coil_exception_matches(CoilVM *coil, const char *class_name) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Value pending = raised_take(vm);
    Class *cls = exception_class(vm, class_name);
    raised_clear(vm);
    raised_set(vm, pending);
    bool matches = cls != NULL && is_exception(pending) && is_instance(vm, pending, cls);
    LEAVE_WITH(vm, matches);
}

CoilValue coil_raise(CoilVM *coil, const char *class_name, const char *message) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Class *cls = exception_class(vm, class_name);
    if (cls != NULL) raise_error(vm, cls, "%s", message);
    else if (!is_raised(vm)) raise_error(vm, vm->exc.SystemError, "coil_raise: no exception class '%s'", class_name);
    LEAVE_WITH(vm, (CoilValue){NULL});
}

// ---- host functions

// A host function is a bound method: a native trampoline whose hidden first argument holds the C function and its user data.
typedef struct HostFunction {
    Object head;
    CoilNative function;
    void *user;
} HostFunction;

bool coil_is_missing(CoilVM *coil, CoilValue v) { return v.slot == &vm_of(coil)->api->missing; }

static Value host_trampoline(VM *vm, const Value *args, int argc) {
    HostFunction *host = (HostFunction *)to_object(args[0]);
    struct ApiState *api = vm->api;
    size_t scope = api->height;
    CoilValue few[8], *handles = few;
    int count = argc - 1;
    size_t size = (size_t)count * sizeof *handles;
    if (count > 8 && (handles = buffer_new(vm, size)) == NULL) return ERROR;
    Value result = UNDEFINED;
    for (int i = 0; i < count; i++) {
        handles[i] = is_undefined(args[i + 1]) ? (CoilValue){&api->missing} : handle(vm, args[i + 1]);
        if (coil_is_error(handles[i])) result = ERROR;
    }
    if (!is_error(result)) {
        CoilValue given = host->function((CoilVM *)vm, handles, count, host->user);
        result = coil_is_error(given) ? ERROR : value_of(given);
        if (is_error(result) && !is_raised(vm)) raise_error(vm, vm->exc.SystemError, "host function returned an error without an exception set");
    }
    if (handles != few) buffer_free(vm, handles, size);
    api->height = scope;
    return result;
}

CoilValue coil_function(CoilVM *coil, const char *signature, CoilNative function, const char *doc, void *user) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Value made = ERROR;
    const char *parenthesis = strchr(signature, '(');
    if (vm->host_function_class == NULL) {
        vm->host_function_class = class_create_simple(vm, "builtins", "host_function", vm->types.object, NULL);
        if (vm->host_function_class != NULL) {
            vm->host_function_class->instance_kind = KIND_HOST;
            vm->host_function_class->instance_size = sizeof(HostFunction);
            gc_make_immortal(vm, vm->host_function_class);
        }
    }
    // "name(" + "_host, " + the rest: the definition lives as long as the VM.
    size_t room = strlen(signature) + 16;
    struct { NativeDef def; char text[]; } *record = parenthesis == NULL || vm->host_function_class == NULL ? NULL : buffer_new(vm, sizeof *record + room);
    if (parenthesis == NULL && !is_raised(vm)) raise_value_error(vm, "signature without parentheses: %s", signature);
    if (record != NULL) {
        bool alone = parenthesis[1] == ')';
        snprintf(record->text, room, "%.*s(_host%s%s", (int)(parenthesis - signature), signature, alone ? ", /" : ", ", parenthesis + 1);
        record->def = (NativeDef){record->text, host_trampoline, doc, NATIVE_STATIC_METHOD};
        Shape *shape = class_shape(vm, vm->host_function_class);
        HostFunction *host = shape == NULL ? NULL : object_new(vm, KIND_HOST, shape, sizeof *host);
        Value native = host == NULL ? ERROR : native_new(vm, &record->def, NULL, NONE);
        if (!is_error(native)) {
            host->function = function;
            host->user = user;
            made = method_new(vm, native, from_object(host));
        }
    }
    CoilValue result = handle(vm, made);
    LEAVE_WITH(vm, result);
}
