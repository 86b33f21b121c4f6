// Exceptions: the hierarchy of exceptions.def, its attributes, constructors and texts. Groups are in exception_group.c, tracebacks in
// traceback.c, the printed report in vm/report.c.
#include "vm/types/exception.h"

#include <errno.h>
#include <stdio.h>

#include "vm/call.h"
#include "vm/native.h"
#include "vm/ops.h"
#include "vm/types/class_internal.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/exception_group.h"
#include "vm/types/int.h"
#include "vm/types/str.h"

void exception_trace(VM *vm, Object *object) {
    Exception *e = (Exception *)object;
    gc_mark_value(vm, e->args);
    gc_mark_value(vm, e->traceback);
    gc_mark_value(vm, e->context);
    gc_mark_value(vm, e->cause);
    for (int i = 0; i < EXCEPTION_FIELDS; i++) gc_mark_value(vm, e->fields[i]);
}

static Value str_or_error(Str *s) { return s != NULL ? from_object(s) : ERROR; }
static bool exception_is(Value self, Class *cls) { return class_is_subclass(to_object(self)->shape->cls, cls); }

static Exception *exception_allocate(VM *vm, Class *cls, Tuple *args) {
    Exception *e = object_new_of(vm, cls, sizeof *e);
    if (e == NULL) return NULL;
    e->args = from_object(args);
    e->traceback = e->context = e->cause = NONE;
    return e;
}

static void set_field(VM *vm, Exception *e, int index, Value value) {
    e->fields[index] = value;
    gc_write_barrier(vm, e);
}

// ---- constructors: what each family does with its arguments

// errno to the subclass that OSError(errno, ...) becomes.
typedef struct ErrnoRow { int number; size_t exception; } ErrnoRow;
#define ERRNO_ROW(number, name) {number, offsetof(Exceptions, name)}
static const ErrnoRow errno_rows[] = {
    ERRNO_ROW(EAGAIN, BlockingIOError),        ERRNO_ROW(EALREADY, BlockingIOError),   ERRNO_ROW(EINPROGRESS, BlockingIOError),
    ERRNO_ROW(EPIPE, BrokenPipeError),         ERRNO_ROW(ESHUTDOWN, BrokenPipeError),  ERRNO_ROW(ECHILD, ChildProcessError),
    ERRNO_ROW(ECONNABORTED, ConnectionAbortedError), ERRNO_ROW(ECONNREFUSED, ConnectionRefusedError),
    ERRNO_ROW(ECONNRESET, ConnectionResetError), ERRNO_ROW(EEXIST, FileExistsError),   ERRNO_ROW(ENOENT, FileNotFoundError),
    ERRNO_ROW(EISDIR, IsADirectoryError),      ERRNO_ROW(ENOTDIR, NotADirectoryError), ERRNO_ROW(EINTR, InterruptedError),
    ERRNO_ROW(EACCES, PermissionError),        ERRNO_ROW(EPERM, PermissionError),      ERRNO_ROW(ESRCH, ProcessLookupError),
    ERRNO_ROW(ETIMEDOUT, TimeoutError),
};

static Class *os_error_class(VM *vm, Class *cls, Value number) {
    if (cls != vm->exc.OSError || !is_int(number)) return cls;
    for (size_t i = 0; i < sizeof errno_rows / sizeof *errno_rows; i++)
        if (errno_rows[i].number == to_int(number)) return *(Class **)((char *)&vm->exc + errno_rows[i].exception);
    return cls;
}

// OSError(errno, strerror[, filename[, winerror[, filename2]]]): args keeps the first two then.
static bool os_error_fill(VM *vm, Exception *e, Tuple *args) {
    set_field(vm, e, OS_WRITTEN, UNDEFINED);
    if (args->count < 2 || args->count > 5) return true;
    set_field(vm, e, OS_ERRNO, args->items[0]);
    set_field(vm, e, OS_STRERROR, args->items[1]);
    if (args->count == 2) return true;
    if (class_of(vm, from_object(e)) == vm->exc.BlockingIOError && has_index(vm, args->items[2])) {
        Value written = value_index(vm, args->items[2]);
        if (is_error(written)) return false;
        return set_field(vm, e, OS_WRITTEN, written), true;
    }
    set_field(vm, e, OS_FILENAME, is_none(args->items[2]) ? UNDEFINED : args->items[2]);
    if (args->count == 5 && !is_none(args->items[4])) set_field(vm, e, OS_FILENAME2, args->items[4]);
    Tuple *kept = tuple_from_values(vm, args->items, 2);
    if (kept == NULL) return false;
    e->args = from_object(kept);
    gc_write_barrier(vm, e);
    return true;
}

// SyntaxError(msg, (filename, lineno, offset, text[, end_lineno, end_offset]))
static bool syntax_error_fill(VM *vm, Exception *e, Tuple *args) {
    if (args->count >= 1) set_field(vm, e, SYNTAX_MSG, args->items[0]);
    if (args->count != 2) return true;
    Tuple *place = tuple_from_iterable(vm, args->items[1]);
    if (place == NULL) return false;
    if (place->count < 4) return raise_type_error(vm, "function takes at least 4 arguments (%zu given)", place->count), false;
    if (place->count > 6) return raise_type_error(vm, "function takes at most 6 arguments (%zu given)", place->count), false;
    if (place->count == 5) return raise_type_error(vm, "end_offset must be provided when end_lineno is provided"), false;
    for (size_t i = 0; i < place->count; i++) set_field(vm, e, SYNTAX_FILENAME + (int)i, place->items[i]);
    return true;
}

// UnicodeDecodeError(encoding, object, start, end, reason); UnicodeTranslateError has no encoding.
static bool unicode_error_fill(VM *vm, Exception *e, Tuple *args, bool with_encoding) {
    size_t wanted = with_encoding ? 5 : 4;
    if (args->count != wanted) return raise_type_error(vm, "function takes exactly %zu arguments (%zu given)", wanted, args->count), false;
    for (size_t i = 0; i < wanted; i++) set_field(vm, e, (int)i + !with_encoding, args->items[i]);
    return true;
}

// What the C parts of __init__ do: fields from arguments. Runs again for a second explicit __init__ call.
static bool exception_fill(VM *vm, Exception *e, Tuple *args) {
    Exceptions *x = &vm->exc;
    Value self = from_object(e);
    e->args = from_object(args);
    gc_write_barrier(vm, e);
    if (exception_is(self, x->StopIteration)) set_field(vm, e, 0, args->count > 0 ? args->items[0] : NONE);
    else if (exception_is(self, x->SystemExit)) set_field(vm, e, 0, args->count == 0 ? NONE : args->count == 1 ? args->items[0] : from_object(args));
    else if (exception_is(self, x->OSError)) return os_error_fill(vm, e, args);
    else if (exception_is(self, x->SyntaxError)) return syntax_error_fill(vm, e, args);
    else if (exception_is(self, x->ImportError)) set_field(vm, e, IMPORT_MSG, args->count == 1 ? args->items[0] : NONE);
    else if (exception_is(self, x->UnicodeDecodeError) || exception_is(self, x->UnicodeEncodeError)) return unicode_error_fill(vm, e, args, true);
    else if (exception_is(self, x->UnicodeTranslateError)) return unicode_error_fill(vm, e, args, false);
    else if (exception_is(self, x->BaseExceptionGroup)) return exception_group_fill(vm, e, args);
    return true;
}

// A subclass of OSError with an __init__ of its own and no __new__ has its arguments taken by OSError.__init__, all others by __new__.
static bool os_error_uses_init(VM *vm, Class *cls) {
    Class *base = vm->exc.OSError;
    return !value_same(class_special(vm, cls, SPECIAL_INIT), class_special(vm, base, SPECIAL_INIT)) &&
           value_same(class_special(vm, cls, SPECIAL_NEW), class_special(vm, base, SPECIAL_NEW));
}

Value exception_new(VM *vm, Class *cls, int argc, const Value *args) {
    Tuple *tuple = tuple_from_values(vm, args, (size_t)argc);
    if (tuple == NULL) return ERROR;
    if (cls == vm->exc.OSError && argc >= 2) cls = os_error_class(vm, cls, args[0]);
    Exception *e = exception_allocate(vm, cls, tuple);
    return e != NULL && exception_fill(vm, e, tuple) ? from_object(e) : ERROR;
}

Value exception_new_plain(VM *vm, Class *cls, Tuple *args) {
    Exception *e = exception_allocate(vm, cls, args);
    return e == NULL ? ERROR : from_object(e);
}

// BaseException.__new__(cls, *args, **kwargs): args[0] class, args[1] keywords, then the arguments.
static Value base_exception_new(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Tuple *tuple = tuple_from_values(vm, args + 2, (size_t)argc - 2);
    if (tuple == NULL) return ERROR;
    if (argc >= 4) cls = os_error_class(vm, cls, args[2]);
    if (class_is_subclass(cls, vm->exc.BaseExceptionGroup)) {
        cls = exception_group_class(vm, cls, tuple);
        if (cls == NULL) return ERROR;
    }
    Exception *e = exception_allocate(vm, cls, tuple);
    if (e == NULL) return ERROR;
    bool os_error = class_is_subclass(cls, vm->exc.OSError), uses_init = os_error && os_error_uses_init(vm, cls);
    if (uses_init) e->args = from_object(vm->empty_tuple);
    else if (os_error && !is_undefined(args[1]) && to_dict(args[1])->count != 0) return raise_type_error(vm, "%C() takes no keyword arguments", cls);
    // OSError and groups take their arguments here, for Python subclasses may not pass them on to __init__.
    if ((os_error && !uses_init) || class_is_subclass(cls, vm->exc.BaseExceptionGroup)) {
        if (!exception_fill(vm, e, tuple)) return ERROR;
    }
    return from_object(e);
}

// Keywords that some families take; everything else is a TypeError.
static bool take_keywords(VM *vm, Exception *e, Value keywords) {
    if (is_undefined(keywords)) return true;
    typedef struct { Class *cls; const char *name; int field; } Row;
    const Row rows[] = {
        {vm->exc.ImportError, "name", IMPORT_NAME}, {vm->exc.ImportError, "path", IMPORT_PATH}, {vm->exc.NameError, "name", NAME_ERROR_NAME},
        {vm->exc.AttributeError, "name", ATTRIBUTE_NAME}, {vm->exc.AttributeError, "obj", ATTRIBUTE_OBJ},
    };
    size_t position = 0;
    Value key, value, self = from_object(e);
    bool any_family = false;
    while (dict_next(to_dict(keywords), &position, &key, &value)) {
        bool found = false;
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            if (!exception_is(self, rows[i].cls)) continue;
            any_family = true;
            if (!str_equals_c(vm, to_str(key), rows[i].name)) continue;
            set_field(vm, e, rows[i].field, value);
            found = true;
        }
        if (found) continue;
        if (any_family) raise_type_error(vm, "'%V' is an invalid keyword argument for %T()", key, self);
        else raise_type_error(vm, "%T() takes no keyword arguments", self);
        return false;
    }
    return true;
}

static Value base_exception_init(VM *vm, const Value *args, int argc) {
    Exception *e = to_exception(args[0]);
    if (exception_is(args[0], vm->exc.OSError) && !os_error_uses_init(vm, class_of(vm, args[0]))) return NONE;
    Tuple *tuple = tuple_from_values(vm, args + 2, (size_t)argc - 2);
    if (exception_is(args[0], vm->exc.ImportError)) e->fields[IMPORT_NAME] = e->fields[IMPORT_PATH] = UNDEFINED;
    if (tuple == NULL || !take_keywords(vm, e, args[1])) return ERROR;
    return exception_fill(vm, e, tuple) ? NONE : ERROR;
}

// ---- texts

static Value base_exception_str(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(to_exception(args[0])->args);
    if (tuple->count == 0) return from_object(vm->empty_str);
    return str_or_error(value_str(vm, tuple->count == 1 ? tuple->items[0] : from_object(tuple)));
}

static Value base_exception_repr(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(to_exception(args[0])->args);
    Str *name = class_of(vm, args[0])->name;
    if (tuple->count == 1) return str_or_error(str_printf(vm, "%S(%R)", name, tuple->items[0]));
    return str_or_error(str_printf(vm, "%S%R", name, from_object(tuple)));
}

static Value key_error_str(VM *vm, const Value *args, int argc) {
    Tuple *tuple = to_tuple(to_exception(args[0])->args);
    if (tuple->count == 1) return str_or_error(value_repr(vm, tuple->items[0]));
    return base_exception_str(vm, args, argc);
}

static Value os_error_str(VM *vm, const Value *args, int argc) {
    Value *f = to_exception(args[0])->fields;
    Value number = is_undefined(f[OS_ERRNO]) ? NONE : f[OS_ERRNO], text = is_undefined(f[OS_STRERROR]) ? NONE : f[OS_STRERROR];
    if (!is_undefined(f[OS_FILENAME])) {
        if (!is_undefined(f[OS_FILENAME2]))
            return str_or_error(str_printf(vm, "[Errno %V] %V: %R -> %R", number, text, f[OS_FILENAME], f[OS_FILENAME2]));
        return str_or_error(str_printf(vm, "[Errno %V] %V: %R", number, text, f[OS_FILENAME]));
    }
    if (!is_undefined(f[OS_ERRNO]) && !is_undefined(f[OS_STRERROR])) return str_or_error(str_printf(vm, "[Errno %V] %V", number, text));
    return base_exception_str(vm, args, argc);
}

static Value import_error_str(VM *vm, const Value *args, int argc) {
    Value msg = to_exception(args[0])->fields[IMPORT_MSG];
    return is_str(msg) ? msg : base_exception_str(vm, args, argc);
}

// The file's last path component, in the way of CPython: "msg (file.py, line 3)".
static Value syntax_error_str(VM *vm, const Value *args, int argc) {
    Value *f = to_exception(args[0])->fields;
    Value msg = is_undefined(f[SYNTAX_MSG]) ? NONE : f[SYNTAX_MSG];
    bool has_line = is_int(f[SYNTAX_LINENO]);
    if (is_str(f[SYNTAX_FILENAME])) {
        Str *path = to_str(f[SYNTAX_FILENAME]);
        const char *data = str_data(vm, path), *base = data;
        if (data == NULL) return ERROR;
        for (size_t i = 0; i < path->size; i++)
            if (data[i] == '/') base = data + i + 1;
        Str *file = str_new(vm, base, (size_t)(data + path->size - base));
        if (file == NULL) return ERROR;
        if (has_line) return str_or_error(str_printf(vm, "%V (%S, line %lld)", msg, file, (long long)to_int(f[SYNTAX_LINENO])));
        return str_or_error(str_printf(vm, "%V (%S)", msg, file));
    }
    if (has_line) return str_or_error(str_printf(vm, "%V (line %lld)", msg, (long long)to_int(f[SYNTAX_LINENO])));
    return str_or_error(value_str(vm, msg));
}

static Value unicode_error_str(VM *vm, const Value *args, int argc) {
    Value *f = to_exception(args[0])->fields;
    if (is_undefined(f[UNICODE_OBJECT])) return from_object(vm->empty_str);
    ptrdiff_t start, end;
    if (!index_as_clamped(vm, f[UNICODE_START], &start) || !index_as_clamped(vm, f[UNICODE_END], &end)) return ERROR;
    ptrdiff_t length = value_length(vm, f[UNICODE_OBJECT]);
    if (length < 0) return ERROR;
    bool single = start >= 0 && start < length && end == start + 1, decode = exception_is(args[0], vm->exc.UnicodeDecodeError);
    char what[64];
    if (single) {
        Value item = item_get(vm, f[UNICODE_OBJECT], from_int(start));
        if (is_error(item)) return ERROR;
        uint32_t code = is_str(item) ? str_code_point_at(vm, to_str(item), 0) : (uint32_t)to_int(item);
        if (decode) snprintf(what, sizeof what, "byte 0x%02x in position %td", code, start);
        else snprintf(what, sizeof what, code <= 0xff ? "character '\\x%02x' in position %td" : code <= 0xffff ? "character '\\u%04x' in position %td"
                                                                                               : "character '\\U%08x' in position %td", code, start);
    } else {
        snprintf(what, sizeof what, "%s in position %td-%td", decode ? "bytes" : "characters", start, end - 1);
    }
    if (exception_is(args[0], vm->exc.UnicodeTranslateError)) return str_or_error(str_printf(vm, "can't translate %s: %V", what, f[UNICODE_REASON]));
    return str_or_error(str_printf(vm, "'%V' codec can't %s %s: %V", f[UNICODE_ENCODING], decode ? "decode" : "encode", what, f[UNICODE_REASON]));
}

// ---- attributes

#define FIELD_ACCESSORS(index)                                                                                         \
    static Value get_field_##index(VM *vm, Value self) {                                                               \
        Value v = to_exception(self)->fields[index];                                                                   \
        return is_undefined(v) ? NONE : v;                                                                             \
    }                                                                                                                  \
    static Value set_field_##index(VM *vm, Value self, Value v) { return set_field(vm, to_exception(self), index, v), NONE; }
FIELD_ACCESSORS(0) FIELD_ACCESSORS(1) FIELD_ACCESSORS(2) FIELD_ACCESSORS(3)
FIELD_ACCESSORS(4) FIELD_ACCESSORS(5) FIELD_ACCESSORS(6) FIELD_ACCESSORS(7)
#define FIELD(name, index, doc) {name, get_field_##index, set_field_##index, doc}

static const GetSetDef stop_iteration_fields[] = {FIELD("value", 0, "generator return value"), {0}};
static const GetSetDef system_exit_fields[] = {FIELD("code", 0, "exception code"), {0}};
static const GetSetDef name_error_fields[] = {FIELD("name", 0, "name"), {0}};
static const GetSetDef attribute_error_fields[] = {FIELD("name", 0, "attribute name"), FIELD("obj", 1, "object"), {0}};
static const GetSetDef import_error_fields[] = {FIELD("msg", 0, "exception message"), FIELD("name", 1, "module name"), FIELD("path", 2, "module path"), {0}};
static Value get_written(VM *vm, Value self) {
    Value v = to_exception(self)->fields[OS_WRITTEN];
    return is_undefined(v) ? raise_error(vm, vm->exc.AttributeError, "characters_written") : v;
}
static Value set_written(VM *vm, Value self, Value v) {
    if (is_undefined(v) && is_error(get_written(vm, self))) return ERROR;
    Value number = is_undefined(v) ? v : value_index(vm, v);
    if (!is_error(number)) set_field(vm, to_exception(self), OS_WRITTEN, number);
    return is_error(number) ? ERROR : NONE;
}
static const GetSetDef os_error_fields[] = {FIELD("errno", 0, "POSIX exception code"), FIELD("strerror", 1, "exception strerror"),
                                            FIELD("filename", 2, "exception filename"), FIELD("filename2", 3, "second exception filename"),
                                            {"characters_written", get_written, set_written, NULL}, {0}};
static const GetSetDef syntax_error_fields[] = {FIELD("msg", 0, "exception msg"), FIELD("filename", 1, "exception filename"), FIELD("lineno", 2, "exception lineno"),
                                                FIELD("offset", 3, "exception offset"), FIELD("text", 4, "exception text"), FIELD("end_lineno", 5, "exception end lineno"),
                                                FIELD("end_offset", 6, "exception end offset"), FIELD("print_file_and_line", 7, "exception print_file_and_line"), {0}};
static const GetSetDef unicode_error_fields[] = {FIELD("encoding", 0, "exception encoding"), FIELD("object", 1, "exception object"), FIELD("start", 2, "exception start"),
                                                 FIELD("end", 3, "exception end"), FIELD("reason", 4, "exception reason"), {0}};

static Value get_args(VM *vm, Value self) { return to_exception(self)->args; }
static Value set_args(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_type_error(vm, "args may not be deleted");
    Tuple *tuple = tuple_from_iterable(vm, value);
    if (tuple == NULL) return ERROR;
    to_exception(self)->args = from_object(tuple);
    gc_write_barrier(vm, to_object(self));
    return NONE;
}
static Value get_traceback(VM *vm, Value self) { return to_exception(self)->traceback; }
static Value set_traceback(VM *vm, Value self, Value value) {
    if (is_undefined(value)) return raise_type_error(vm, "__traceback__ may not be deleted");
    if (!is_none(value) && !is_kind(value, KIND_TRACEBACK)) return raise_type_error(vm, "__traceback__ must be a traceback or None");
    to_exception(self)->traceback = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}

// The check that __context__ and __cause__ share; the result goes to *place.
static Value set_link(VM *vm, Value self, Value value, Value *place, const char *name, const char *must_be) {
    if (is_undefined(value)) return raise_type_error(vm, "%s may not be deleted", name);
    if (!is_none(value) && !is_exception(value)) return raise_type_error(vm, "%s", must_be);
    *place = value;
    gc_write_barrier(vm, to_object(self));
    return NONE;
}
static Value get_context(VM *vm, Value self) { return to_exception(self)->context; }
static Value set_context(VM *vm, Value self, Value value) {
    return set_link(vm, self, value, &to_exception(self)->context, "__context__", "exception context must be None or derive from BaseException");
}
static Value get_cause(VM *vm, Value self) { return to_exception(self)->cause; }
static Value set_cause(VM *vm, Value self, Value value) {
    Value result = set_link(vm, self, value, &to_exception(self)->cause, "__cause__", "exception cause must be None or derive from BaseException");
    if (!is_error(result)) to_exception(self)->suppress_context = true;
    return result;
}
static Value get_suppress_context(VM *vm, Value self) { return from_bool(to_exception(self)->suppress_context); }
static Value set_suppress_context(VM *vm, Value self, Value value) {
    if (!is_bool(value)) return raise_type_error(vm, is_undefined(value) ? "can't delete numeric/char attribute" : "attribute value type must be bool");
    to_exception(self)->suppress_context = is_true_value(value);
    return NONE;
}
static const GetSetDef base_exception_getsets[] = {
    {"args", get_args, set_args, NULL},
    {"__dict__", object_get_dict, object_assign_dict, NULL},
    {"__traceback__", get_traceback, set_traceback, NULL},
    {"__context__", get_context, set_context, "exception context"},
    {"__cause__", get_cause, set_cause, "exception cause"},
    {"__suppress_context__", get_suppress_context, set_suppress_context, NULL},
    {0},
};

static Value with_traceback(VM *vm, const Value *args, int argc) {
    return is_error(set_traceback(vm, args[0], args[1])) ? ERROR : args[0];
}

static Value add_note(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "note must be a str, not '%T'", args[1]);
    Value notes = attr_get_optional(vm, args[0], vm->names.__notes__);
    if (is_error(notes)) return ERROR;
    if (is_undefined(notes)) {
        List *fresh = list_new(vm, 1);
        if (fresh == NULL) return ERROR;
        notes = from_object(fresh);
        if (!attr_set(vm, args[0], vm->names.__notes__, notes)) return ERROR;
    }
    if (!is_list(notes)) return raise_type_error(vm, "Cannot add note: __notes__ is not a list");
    return list_append(vm, to_list(notes), args[1]) ? NONE : ERROR;
}

static Value base_exception_reduce(VM *vm, const Value *args, int argc) {
    Value cls = from_object(class_of(vm, args[0])), arguments = to_exception(args[0])->args;
    Dict *dict = instance_dict(vm, to_object(args[0]));
    if (dict == NULL) return ERROR;
    Tuple *tuple = dict->count != 0 ? tuple_pack(vm, 3, cls, arguments, from_object(dict)) : tuple_pack(vm, 2, cls, arguments);
    return tuple != NULL ? from_object(tuple) : ERROR;
}

static Value base_exception_setstate(VM *vm, const Value *args, int argc) {
    if (is_none(args[1])) return NONE;
    if (!is_dict(args[1])) return raise_type_error(vm, "state is not a dictionary");
    size_t position = 0;
    Value key, value;
    while (dict_next(to_dict(args[1]), &position, &key, &value)) {
        Str *name = is_str(key) ? str_intern(vm, to_str(key)) : NULL;
        if (name == NULL || !attr_set(vm, args[0], name, value)) return is_raised(vm) ? ERROR : raise_type_error(vm, "attribute name must be string");
    }
    return NONE;
}

static const NativeDef base_exception_methods[] = {
    {"__new__(cls, /, *args, **kwargs)", base_exception_new, "Create and return a new object.", NATIVE_NEW},
    {"__init__(self, /, *args, **kwargs)", base_exception_init, "Initialize self.", 0},
    {"__str__(self, /)", base_exception_str, "Return str(self).", 0},
    {"__repr__(self, /)", base_exception_repr, "Return repr(self).", 0},
    {"__reduce__(self, /)", base_exception_reduce, NULL, 0},
    {"__setstate__(self, state, /)", base_exception_setstate, NULL, 0},
    {"with_traceback(self, tb, /)", with_traceback, "Set self.__traceback__ to tb and return self.", 0},
    {"add_note(self, note, /)", add_note, "Add a note to the exception: it is shown after the exception's text.", 0},
    {0},
};
static const NativeDef key_error_methods[] = {{"__str__(self, /)", key_error_str, "Return str(self).", 0}, {0}};
static const NativeDef os_error_methods[] = {{"__str__(self, /)", os_error_str, "Return str(self).", 0}, {0}};
static const NativeDef import_error_methods[] = {{"__str__(self, /)", import_error_str, "Return str(self).", 0}, {0}};
static const NativeDef syntax_error_methods[] = {{"__str__(self, /)", syntax_error_str, "Return str(self).", 0}, {0}};
static const NativeDef unicode_error_methods[] = {{"__str__(self, /)", unicode_error_str, "Return str(self).", 0}, {0}};

// ---- making the classes

// What the families add to their base.
typedef struct Family { size_t exception; const NativeDef *methods; const GetSetDef *fields; } Family;
#define FAMILY(name, methods, fields) {offsetof(Exceptions, name), methods, fields}
static const Family families[] = {
    FAMILY(StopIteration, NULL, stop_iteration_fields), FAMILY(SystemExit, NULL, system_exit_fields), FAMILY(NameError, NULL, name_error_fields),
    FAMILY(AttributeError, NULL, attribute_error_fields), FAMILY(KeyError, key_error_methods, NULL), FAMILY(OSError, os_error_methods, os_error_fields),
    FAMILY(ImportError, import_error_methods, import_error_fields), FAMILY(SyntaxError, syntax_error_methods, syntax_error_fields),
    FAMILY(UnicodeDecodeError, unicode_error_methods, unicode_error_fields), FAMILY(UnicodeEncodeError, unicode_error_methods, unicode_error_fields),
    FAMILY(UnicodeTranslateError, unicode_error_methods, unicode_error_fields),
    FAMILY(BaseExceptionGroup, exception_group_methods, exception_group_getsets),
};

bool exception_init(VM *vm) {
    if (!type_define(vm, &(TypeDef){.where = &vm->types.base_exception, .doc = "Common base class for all exceptions",
                                    .instance_size = sizeof(Exception), .methods = base_exception_methods, .getsets = base_exception_getsets,
                                    .flags = CLASS_BASETYPE | CLASS_HAS_DICT | CLASS_EXCEPTION}))
        return false;
    vm->exc.BaseException = vm->types.base_exception;
#define EXCEPTION(name, base, doc) \
    if ((vm->exc.name = class_create_simple(vm, "builtins", #name, vm->exc.base, doc)) == NULL) return false;
#include "vm/exceptions.def"
#undef EXCEPTION
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        Class *cls = *(Class **)((char *)&vm->exc + families[i].exception);
        if (!class_add_members(vm, cls, families[i].methods, families[i].fields)) return false;
    }
    if (!exception_group_init(vm)) return false;
    vm->memory_error = exception_new(vm, vm->exc.MemoryError, 0, NULL);
    return !is_error(vm->memory_error);
}
