// sys: what belongs to the VM itself: streams, modules, limits, hooks, facts about numbers.
#include <float.h>
#include <stdlib.h>

#include "coil.h"
#include "stdlib/modules.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/frame.h"
#include "vm/ops.h"
#include "vm/report.h"
#include "vm/trace.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/stream.h"
#include "vm/types/struct_sequence.h"
#include "vm/version.h"

static Value str_or_error(Str *s) { return s != NULL ? from_object(s) : ERROR; }

// ---- exceptions

static Value handled_now(VM *vm) {
    for (HandledState *state = vm->handled; state != NULL; state = state->previous)
        if (is_exception(state->exception)) return state->exception;
    return NONE;
}

static Value sys_exception(VM *vm, const Value *args, int argc) { return handled_now(vm); }

static Value sys_exc_info(VM *vm, const Value *args, int argc) {
    Value exception = handled_now(vm);
    Tuple *info = is_none(exception) ? tuple_pack(vm, 3, NONE, NONE, NONE)
                                     : tuple_pack(vm, 3, from_object(class_of(vm, exception)), exception, to_exception(exception)->traceback);
    return info != NULL ? from_object(info) : ERROR;
}

static Value sys_exit(VM *vm, const Value *args, int argc) {
    Value status = arg_or(args, argc, 0, NONE);
    return raise_with_args(vm, vm->exc.SystemExit, is_none(status) ? 0 : 1, &status);
}

static Value sys_excepthook(VM *vm, const Value *args, int argc) {
    Value value = args[1];
    if (!is_exception(value)) {
        Str *text = str_printf(vm, "TypeError: print_exception(): Exception expected for value, %T found\n", value);
        if (text == NULL) return ERROR;
        report_write(vm, text);
        return NONE;
    }
    if (is_kind(args[2], KIND_TRACEBACK) && is_none(to_exception(value)->traceback)) {
        to_exception(value)->traceback = args[2];
        gc_write_barrier(vm, to_object(value));
    }
    exception_show(vm, value);
    return NONE;
}

static Value sys_unraisablehook(VM *vm, const Value *args, int argc) {
    Value exception = attr_get(vm, args[0], str_intern_c(vm, "exc_value"));
    Value object = is_error(exception) ? ERROR : attr_get(vm, args[0], vm->names.object);
    if (is_error(object)) return ERROR;
    if (!is_exception(exception)) return NONE;
    Value text = attr_get_optional(vm, args[0], str_intern_c(vm, "err_msg"));
    if (is_error(text)) raised_clear(vm);
    const char *what = is_str(text) ? str_data(vm, to_str(text)) : NULL;
    raised_set(vm, exception);
    raised_show_unraisable(vm, what, is_none(object) ? UNDEFINED : object);
    gc_keep_value(text);
    return NONE;
}

// Shows a value at the prompt and keeps it in builtins._
static Value sys_displayhook(VM *vm, const Value *args, int argc) {
    if (is_none(args[0])) return NONE;
    Str *underscore = str_intern_c(vm, "_");
    if (underscore == NULL || !dict_set_str(vm, vm->builtins, underscore, NONE)) return ERROR;
    Str *text = value_repr(vm, args[0]);
    Value out = dict_get_str(vm, vm->sys_module->dict, vm->names.stdout);
    if (text == NULL) return ERROR;
    if (is_undefined(out) || is_none(out)) return raise_error(vm, vm->exc.RuntimeError, "lost sys.stdout");
    Str *line = str_printf(vm, "%S\n", text);
    if (line == NULL) return ERROR;
    Value argument = from_object(line);
    if (is_error(call_method(vm, out, vm->names.write, &argument, 1))) return ERROR;
    return dict_set_str(vm, vm->builtins, underscore, args[0]) ? NONE : ERROR;
}

// ---- limits and objects

static Value sys_getrecursionlimit(VM *vm, const Value *args, int argc) { return from_int(vm->recursion_limit); }

static Value sys_setrecursionlimit(VM *vm, const Value *args, int argc) {
    int64_t limit;
    if (!value_as_i64(vm, args[0], &limit)) return ERROR;
    if (limit < 1) return raise_value_error(vm, "recursion limit must be greater or equal than 1");
    if (limit > INT32_MAX) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int");
    uint32_t depth = frame_depth(vm), most = vm->limits.max.recursion_depth;
    if (most != 0 && limit > most) return raise_value_error(vm, "recursion limit must not be greater than %u, which the host has set", most);
    if ((uint64_t)limit <= depth)
        return raise_error(vm, vm->exc.RecursionError, "cannot set the recursion limit to %lld at the recursion depth %u: the limit is too low", (long long)limit, depth);
    frames_set_limit(vm, (uint32_t)limit);
    return NONE;
}

static Value sys_getframe(VM *vm, const Value *args, int argc) {
    int64_t depth = 0;
    if (argc > 0 && !value_as_i64(vm, args[0], &depth)) return ERROR;
    Frame *frame = frame_of_python_caller(vm);
    for (; depth > 0 && frame != NULL; depth--) frame = frame->caller;
    if (frame == NULL) return raise_value_error(vm, "call stack is not deep enough");
    return frame_object_for(vm, frame);
}

static Value sys_intern(VM *vm, const Value *args, int argc) {
    if (!is_str(args[0])) return raise_type_error(vm, "intern() argument must be str, not %T", args[0]);
    if (class_of(vm, args[0]) != vm->types.str) return raise_type_error(vm, "can't intern %T", args[0]);
    return str_or_error(str_intern(vm, to_str(args[0])));
}

// What the object itself takes; there is no reference counting, so getrefcount() always tells of one reference and its argument.
static Value sys_getsizeof(VM *vm, const Value *args, int argc) {
    Value size = call_method(vm, args[0], vm->names.__sizeof__, NULL, 0);
    if (!is_error(size) || !arg_given(args, argc, 1)) return size;
    raised_clear(vm);
    return args[1];
}
static Value sys_getrefcount(VM *vm, const Value *args, int argc) { return from_int(2); }

static Value sys_get_int_max_str_digits(VM *vm, const Value *args, int argc) { return from_int(vm->int_max_str_digits); }
static Value sys_set_int_max_str_digits(VM *vm, const Value *args, int argc) {
    int64_t digits;
    if (!value_as_i64(vm, args[0], &digits)) return ERROR;
    if (digits != 0 && digits < 640) return raise_value_error(vm, "maxdigits must be 0 or larger than 640");
    if (digits > INT32_MAX) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int");
    vm->int_max_str_digits = (int32_t)digits;
    return NONE;
}

static Value sys_getdefaultencoding(VM *vm, const Value *args, int argc) { return str_or_error(str_from_c(vm, "utf-8")); }
static Value sys_getfilesystemencodeerrors(VM *vm, const Value *args, int argc) { return str_or_error(str_from_c(vm, "surrogateescape")); }
static Value sys_getswitchinterval(VM *vm, const Value *args, int argc) { return float_new(vm, 0.005); }
static Value sys_is_finalizing(VM *vm, const Value *args, int argc) { return from_bool(vm->closing); }
static Value sys_gettrace(VM *vm, const Value *args, int argc) { return vm->trace.function; }
// Whoever calls these shall be told of the very next thing: so they are called the long way, at whose end the loops are switched.
static void take_the_long_way(VM *vm) { vm->called->head.flags = UINT16_MAX; }
static Value sys_settrace(VM *vm, const Value *args, int argc) {
    take_the_long_way(vm);
    trace_set_function(vm, args[0]);
    return NONE;
}
static Value sys_getprofile(VM *vm, const Value *args, int argc) { return vm->trace.profile; }
static Value sys_setprofile(VM *vm, const Value *args, int argc) {
    take_the_long_way(vm);
    trace_set_profile(vm, args[0]);
    return NONE;
}

// ---- async generator hooks: kept in the VM, used by the event loop

static Value sys_get_asyncgen_hooks(VM *vm, const Value *args, int argc) {
    Value hooks[2] = {vm->asyncgen_firstiter, vm->asyncgen_finalizer};
    for (int i = 0; i < 2; i++)
        if (is_undefined(hooks[i])) hooks[i] = NONE;
    return struct_sequence_new(vm, vm->asyncgen_hooks_type, hooks, 2);
}

static Value sys_set_asyncgen_hooks(VM *vm, const Value *args, int argc) {
    for (int i = 0; i < 2; i++)
        if (arg_given(args, argc, i) && !is_none(args[i]) && !is_callable(vm, args[i]))
            return raise_type_error(vm, "callable %s expected, got %T", i == 0 ? "firstiter" : "finalizer", args[i]);
    if (arg_given(args, argc, 0)) vm->asyncgen_firstiter = is_none(args[0]) ? UNDEFINED : args[0];
    if (arg_given(args, argc, 1)) vm->asyncgen_finalizer = is_none(args[1]) ? UNDEFINED : args[1];
    return NONE;
}

static Value sys_get_coroutine_origin_tracking_depth(VM *vm, const Value *args, int argc) { return from_int(vm->coroutine_origin_depth); }
static Value sys_set_coroutine_origin_tracking_depth(VM *vm, const Value *args, int argc) {
    int64_t depth;
    if (!value_as_i64(vm, args[0], &depth)) return ERROR;
    if (depth < 0) return raise_value_error(vm, "depth must be >= 0");
    vm->coroutine_origin_depth = (int32_t)(depth > 1000 ? 1000 : depth);
    return NONE;
}

static const NativeDef sys_functions[] = {
    {"exit(status=None, /)", sys_exit, "Exit the interpreter by raising SystemExit(status).", 0},
    {"exc_info()", sys_exc_info, "Return current exception information: (type, value, traceback).", 0},
    {"exception()", sys_exception, "Return the current exception.", 0},
    {"excepthook(exctype, value, traceback, /)", sys_excepthook, "Handle an exception by displaying it with a traceback on sys.stderr.", 0},
    {"unraisablehook(unraisable, /)", sys_unraisablehook, "Handle an unraisable exception.", 0},
    {"displayhook(object, /)", sys_displayhook, "Print an object to sys.stdout and also save it in builtins._", 0},
    {"getrecursionlimit()", sys_getrecursionlimit, "Return the current value of the recursion limit.", 0},
    {"setrecursionlimit(limit, /)", sys_setrecursionlimit, "Set the maximum depth of the Python interpreter stack to n.", 0},
    {"_getframe(depth=0, /)", sys_getframe, "Return a frame object from the call stack.", 0},
    {"intern(string, /)", sys_intern, "``Intern'' the given string.", 0},
    {"getsizeof(object, default=?)", sys_getsizeof, "Return the size of object in bytes.", 0},
    {"getrefcount(object, /)", sys_getrefcount, "There are no reference counts: always 2.", 0},
    {"get_int_max_str_digits()", sys_get_int_max_str_digits, "Maximum string digits limit for non-binary int<->str conversions.", 0},
    {"set_int_max_str_digits(maxdigits)", sys_set_int_max_str_digits, "Set the maximum string digits limit for non-binary int<->str conversions.", 0},
    {"getdefaultencoding()", sys_getdefaultencoding, "Return the current default encoding used by the Unicode implementation.", 0},
    {"getfilesystemencoding()", sys_getdefaultencoding, "Return the encoding used to convert Unicode filenames to OS filenames.", 0},
    {"getfilesystemencodeerrors()", sys_getfilesystemencodeerrors, "Return the error mode used for Unicode to OS filename conversion.", 0},
    {"getswitchinterval()", sys_getswitchinterval, "Return the current thread switch interval.", 0},
    {"is_finalizing()", sys_is_finalizing, "Return True if Python is exiting.", 0},
    {"gettrace()", sys_gettrace, "The function set by settrace(), or None.", 0},
    {"settrace(function, /)", sys_settrace, "Call function(frame, event, arg) for calls, lines, returns and exceptions; None: no more.", 0},
    {"getprofile()", sys_getprofile, "The function set by setprofile(), or None.", 0},
    {"setprofile(function, /)", sys_setprofile, "Call function(frame, event, arg) for calls and returns of Python functions; None: no more.", 0},
    {"get_asyncgen_hooks()", sys_get_asyncgen_hooks, "Return the installed asynchronous generators hooks.", 0},
    {"set_asyncgen_hooks(firstiter=None, finalizer=None)", sys_set_asyncgen_hooks, "Set a finalizer for async generators objects.", 0},
    {"get_coroutine_origin_tracking_depth()", sys_get_coroutine_origin_tracking_depth, "Check status of origin tracking for coroutine objects.", 0},
    {"set_coroutine_origin_tracking_depth(depth)", sys_set_coroutine_origin_tracking_depth, "Enable or disable origin tracking for coroutine objects.", 0},
    {0},
};

// ---- constants

static bool add_str_constant(VM *vm, Module *module, const char *name, const char *text) {
    Str *s = str_from_c(vm, text);
    return s != NULL && module_add(vm, module, name, from_object(s));
}

static Value text_value(VM *vm, const char *text) { return str_or_error(str_from_c(vm, text)); }

// Makes a struct sequence class and its one instance, and adds the instance.
static bool add_record(VM *vm, Module *module, const char *name, const char *class_name, const char *fields, const Value *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_error(values[i])) return false;
    Class *cls = struct_sequence_class(vm, class_name, fields, NULL);
    Value record = cls == NULL ? ERROR : struct_sequence_new(vm, cls, values, count);
    return !is_error(record) && module_add(vm, module, name, record);
}

static bool add_records(VM *vm, Module *module) {
    Value version[] = {from_int(3), from_int(11), from_int(0), text_value(vm, "final"), from_int(0)};
    Value float_info[] = {float_new(vm, DBL_MAX), from_int(DBL_MAX_EXP), from_int(DBL_MAX_10_EXP), float_new(vm, DBL_MIN), from_int(DBL_MIN_EXP), from_int(DBL_MIN_10_EXP),
                          from_int(DBL_DIG), from_int(DBL_MANT_DIG), float_new(vm, DBL_EPSILON), from_int(FLT_RADIX), from_int(1)};
    Value int_info[] = {from_int(60), from_int(8), from_int(4300), from_int(640)};
    Value hash_info[] = {from_int(64), from_int((INT64_C(1) << 61) - 1), from_int(314159), from_int(0), from_int(1000003), text_value(vm, "siphash13"), from_int(64), from_int(128), from_int(0)};
    static const CoilFlags no_flags;
    const CoilFlags *f = vm->flags != NULL ? vm->flags : &no_flags;
    Value flags[] = {from_int(f->debug), from_int(f->inspect), from_int(f->interactive), from_int(vm->optimize), from_int(1), from_int(f->no_user_site),
                     from_int(f->no_site), from_int(f->ignore_environment), from_int(f->verbose), from_int(f->bytes_warning), from_int(f->quiet), from_int(1),
                     from_int(f->isolated), from_bool(f->dev_mode), from_int(f->utf8_mode), from_int(0), from_bool(f->safe_path), from_int(-1)};
    return add_record(vm, module, "version_info", "sys.version_info", "major minor micro releaselevel serial", version, 5) &&
           add_record(vm, module, "float_info", "sys.float_info", "max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds", float_info, 11) &&
           add_record(vm, module, "int_info", "sys.int_info", "bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold", int_info, 4) &&
           add_record(vm, module, "hash_info", "sys.hash_info", "width modulus inf nan imag algorithm hash_bits seed_bits cutoff", hash_info, 9) &&
           add_record(vm, module, "flags", "sys.flags",
                      "debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose bytes_warning quiet "
                      "hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path int_max_str_digits", flags, 18);
}

static bool add_implementation(VM *vm, Module *module) {
    Value implementation = instance_new(vm, vm->types.simple_namespace);
    if (is_error(implementation)) return false;
    Value name = text_value(vm, "coil"), version = dict_get_str(vm, module->dict, str_intern_c(vm, "version_info"));
    if (is_error(name) || !attr_set(vm, implementation, vm->names.name, name)) return false;
    if (!attr_set(vm, implementation, str_intern_c(vm, "version"), version)) return false;
    if (!attr_set(vm, implementation, str_intern_c(vm, "hexversion"), from_int(0x030b00f0))) return false;
    if (!attr_set(vm, implementation, str_intern_c(vm, "cache_tag"), NONE)) return false;
    return module_add(vm, module, "implementation", implementation);
}

static bool add_streams(VM *vm, Module *module) {
    static const char *const names[] = {"stdin", "stdout", "stderr"}, *const originals[] = {"__stdin__", "__stdout__", "__stderr__"};
    for (int i = 0; i < 3; i++) {
        Value stream = stream_new(vm, i, false);
        if (is_error(stream) || !module_add(vm, module, names[i], stream) || !module_add(vm, module, originals[i], stream)) return false;
    }
    return true;
}

static bool add_hooks(VM *vm, Module *module) {
    static const char *const names[][2] = {{"__excepthook__", "excepthook"}, {"__displayhook__", "displayhook"}, {"__unraisablehook__", "unraisablehook"}};
    for (size_t i = 0; i < 3; i++)
        if (!module_add(vm, module, names[i][0], dict_get_str(vm, module->dict, str_intern_c(vm, names[i][1])))) return false;
    return true;
}

static bool add_builtin_names(VM *vm, Module *module) {
    size_t count = 0;
    while (builtin_modules[count] != NULL) count++;
    Tuple *names = tuple_new(vm, count + 1);
    if (names == NULL) return false;
    names->items[count] = from_object(vm->names.builtins);
    for (size_t i = 0; i < count; i++) {
        names->items[i] = text_value(vm, builtin_modules[i]->name);
        if (is_error(names->items[i])) return false;
    }
    return module_add(vm, module, "builtin_module_names", from_object(names));
}

static bool sys_init(VM *vm, Module *module) {
    vm->sys_module = module;
    List *path = list_new(vm, 0), *argv = list_new(vm, 1), *warn_options = list_new(vm, 0);
    if (path == NULL || argv == NULL || warn_options == NULL || !list_append(vm, argv, from_object(vm->empty_str))) return false;
    vm->asyncgen_hooks_type = struct_sequence_class(vm, "sys.asyncgen_hooks", "firstiter finalizer", NULL);
    return vm->asyncgen_hooks_type != NULL && module_add(vm, module, "modules", from_object(vm->modules)) && module_add(vm, module, "path", from_object(path)) &&
           module_add(vm, module, "argv", from_object(argv)) && module_add(vm, module, "orig_argv", from_object(argv)) &&
           module_add(vm, module, "warnoptions", from_object(warn_options)) &&
           module_add(vm, module, "maxsize", int_from_i64(vm, INT64_MAX)) && module_add(vm, module, "maxunicode", from_int(0x10ffff)) &&
           module_add(vm, module, "hexversion", from_int(0x030b00f0)) && module_add(vm, module, "api_version", from_int(1013)) &&
           module_add(vm, module, "dont_write_bytecode", TRUE_VALUE) && add_str_constant(vm, module, "version", "3.11.0 (Coil " COIL_VERSION_TEXT ")") &&
           add_str_constant(vm, module, "copyright", "Copyright (c) 2026 The Coil authors. MIT License.") && add_str_constant(vm, module, "platform", "linux") &&
           add_str_constant(vm, module, "byteorder", "little") && add_str_constant(vm, module, "executable", "") && add_str_constant(vm, module, "prefix", "") &&
           add_str_constant(vm, module, "exec_prefix", "") && add_str_constant(vm, module, "base_prefix", "") && add_str_constant(vm, module, "float_repr_style", "short") &&
           add_records(vm, module) && add_implementation(vm, module) && add_streams(vm, module) && add_hooks(vm, module) && add_builtin_names(vm, module);
}

const ModuleDef module_sys = {"sys", "Access to objects used or maintained by the interpreter, and to functions that interact with it.", sys_functions, sys_init};
