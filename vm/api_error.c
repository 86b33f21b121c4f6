// The public API: exceptions, raised and looked at by the host.
#include "vm/api_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "vm/call.h"
#include "vm/report.h"
#include "vm/types/exception.h"
#include "vm/types/bytes.h"
#include "vm/types/int.h"
#include "vm/types/module.h"

// ---- the pending exception

bool coil_exception_pending(CoilVM *coil) { return is_raised(vm_of(coil)); }

CoilValue coil_exception(CoilVM *coil) {
    VM *vm = vm_of(coil);
    return is_raised(vm) ? handle(vm, vm->raised) : NO_HANDLE;
}

CoilValue coil_exception_take(CoilVM *coil) {
    VM *vm = vm_of(coil);
    return is_raised(vm) ? handle(vm, raised_take(vm)) : NO_HANDLE;
}

void coil_exception_clear(CoilVM *coil) { raised_clear(vm_of(coil)); }

Class *exception_class_named(VM *vm, const char *name) {
    Str *key = str_intern_c(vm, name);
    Value cls = key == NULL ? UNDEFINED : dict_get_str(vm, vm->builtins, key);
    return is_class(cls) && class_is_subclass(to_class(cls), vm->exc.BaseException) ? to_class(cls) : NULL;
}

bool coil_exception_matches(CoilVM *coil, const char *class_name) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    Class *cls = exception_class_named(vm, class_name);
    raised_clear(vm);
    bool matches = cls != NULL && is_exception(entry.pending) && is_instance(vm, entry.pending, cls);
    LEAVE_WITH(vm, matches);
}

// ---- raising

static void raise_named(VM *vm, const char *class_name, const char *message) {
    Class *cls = exception_class_named(vm, class_name);
    if (cls != NULL) raise_error(vm, cls, "%s", message);
    else if (!is_raised(vm)) raise_error(vm, vm->exc.SystemError, "coil_raise: no exception class '%s'", class_name);
}

CoilValue coil_raise(CoilVM *coil, const char *class_name, const char *message) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    raise_named(vm, class_name, message);
    LEAVE_WITH(vm, NO_HANDLE);
}

CoilValue coil_raise_format(CoilVM *coil, const char *class_name, const char *format, ...) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char few[256], *text = few;
    int size = vsnprintf(few, sizeof few, format, args);
    if (size >= (int)sizeof few && (text = buffer_new(vm, (size_t)size + 1)) != NULL) vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    va_end(args);
    if (size < 0) raise_named(vm, class_name, format);
    else if (text != NULL) raise_named(vm, class_name, text);
    if (text != NULL && text != few) buffer_free(vm, text, (size_t)size + 1);
    LEAVE_WITH(vm, NO_HANDLE);
}

CoilValue coil_raise_value(CoilVM *coil, CoilValue exception) {
    VM *vm = vm_of(coil);
    GIVEN(value, exception, NO_HANDLE);
    ENTER(vm);
    if (is_class(value) && class_is_subclass(to_class(value), vm->exc.BaseException)) value = call0(vm, value);
    if (is_exception(value)) (void)raise_exception(vm, value);
    else if (!is_error(value)) raise_type_error(vm, "exceptions must derive from BaseException");
    LEAVE_WITH(vm, NO_HANDLE);
}

// type(name, (base,), {"__module__": module})
static Value exception_class_make(VM *vm, const char *name, Value base) {
    if (!is_class(base) || !class_is_subclass(to_class(base), vm->exc.BaseException))
        return raise_type_error(vm, "an exception class derives from one, not from %R", base);
    const char *dot = strrchr(name, '.');
    Str *own = str_intern_c(vm, dot == NULL ? name : dot + 1);
    Str *module = own == NULL ? NULL : dot == NULL ? vm->names.__main__ : str_new(vm, name, (size_t)(dot - name));
    Tuple *bases = module == NULL ? NULL : tuple_pack(vm, 1, base);
    Dict *dict = bases == NULL ? NULL : dict_new(vm);
    if (dict == NULL || !dict_set_str(vm, dict, vm->names.__module__, from_object(module))) return ERROR;
    return class_create(vm, class_of(vm, base), own, bases, dict, NULL);
}

CoilValue coil_exception_class(CoilVM *coil, const char *name, CoilValue base) {
    VM *vm = vm_of(coil);
    Value base_class = base.slot == NULL ? from_object(vm->exc.Exception) : value_of(vm, base);
    if (!is_given(base_class)) return refuse(vm, base_class, __func__), NO_HANDLE;
    API_VALUE(exception_class_make(vm, name, base_class));
}

// ---- telling about them

CoilValue coil_exception_text(CoilVM *coil) {
    VM *vm = vm_of(coil);
    ENTER(vm);
    if (!is_exception(entry.pending)) LEAVE_WITH(vm, NO_HANDLE);
    bool final = limits_pause(vm);
    Str *text = exception_report(vm, entry.pending);
    limits_resume(vm, final);
    raised_clear(vm);
    CoilValue result = object_handle(vm, text);
    LEAVE_WITH(vm, result);
}

const char *api_text_or(VM *vm, Str *text, const char *otherwise) {
    if (text == NULL || coil_is_error(object_handle(vm, text))) return raised_clear(vm), otherwise;
    const char *data = text_of(vm, text);
    if (data == NULL) raised_clear(vm);
    return data == NULL ? otherwise : data;
}

static int int_field(Value v) {
    int64_t number;
    return is_int(v) && int_as_i64(v, &number) && number > 0 && number < INT32_MAX ? (int)number : 0;
}

// The place that a SyntaxError tells is one more frame.
static bool syntax_frame(VM *vm, Exception *e, CoilFrame *out) {
    if (!is_instance(vm, from_object(e), vm->exc.SyntaxError) || int_field(e->fields[SYNTAX_LINENO]) == 0) return false;
    *out = (CoilFrame){.file = is_str(e->fields[SYNTAX_FILENAME]) ? api_text_or(vm, to_str(e->fields[SYNTAX_FILENAME]), "?") : "?",
                       .line = int_field(e->fields[SYNTAX_LINENO]),
                       .end_line = int_field(e->fields[SYNTAX_END_LINENO]),
                       .column = int_field(e->fields[SYNTAX_OFFSET]),
                       .end_column = int_field(e->fields[SYNTAX_END_OFFSET])};
    if (out->end_line == 0) out->end_line = out->line;
    return true;
}

static size_t traceback_length(Exception *e) {
    size_t count = 0;
    for (Value at = e->traceback; is_kind(at, KIND_TRACEBACK); at = ((Traceback *)to_object(at))->next) count++;
    return count;
}

// The frames stand in a bytes object that the scope keeps.
static const CoilFrame *frames_of(VM *vm, Exception *e, size_t *out_count) {
    size_t room = traceback_length(e) + 1, count = 0;
    uint8_t *data;
    Bytes *bytes = bytes_new_raw(vm, room * sizeof(CoilFrame), &data);
    if (bytes == NULL || coil_is_error(object_handle(vm, bytes))) return NULL;
    CoilFrame *frames = (CoilFrame *)(void *)data;
    for (Value at = e->traceback; is_kind(at, KIND_TRACEBACK) && count + 1 < room; at = ((Traceback *)to_object(at))->next) {
        Traceback *tb = (Traceback *)to_object(at);
        CodePosition place = code_position(tb->code, tb->code->words + tb->word);
        frames[count++] = (CoilFrame){.file = api_text_or(vm, tb->code->filename, "?"),
                                      .function = api_text_or(vm, tb->code->qualname, "?"),
                                      .line = traceback_line(tb),
                                      .end_line = place.end_line > 0 ? place.end_line : traceback_line(tb),
                                      .column = place.column + 1,
                                      .end_column = place.end_column + 1};
    }
    count += syntax_frame(vm, e, &frames[count]);
    *out_count = count;
    return frames;
}

Str *api_type_shown(VM *vm, Class *cls) {
    Value module = class_module(vm, cls);
    if (is_error(module)) return NULL;
    bool plain = !is_str(module) || str_equals_c(vm, to_str(module), "__main__") || str_equals_c(vm, to_str(module), "builtins");
    return plain ? cls->qualname : str_printf(vm, "%V.%S", module, cls->qualname);
}

static bool describe(VM *vm, Value value, CoilError *out) {
    if (!is_exception(value)) return raise_type_error(vm, "expected an exception, not %T", value), false;
    size_t count;
    const CoilFrame *frames = frames_of(vm, to_exception(value), &count);
    if (frames == NULL) return false;
    // __str__ and __repr__ of the exception's class may raise: then the description has less to say.
    const char *type = api_text_or(vm, api_type_shown(vm, class_of(vm, value)), "Exception");
    const char *message = api_text_or(vm, value_str(vm, value), "");
    *out = (CoilError){.type = type, .message = message, .text = api_text_or(vm, exception_report(vm, value), message), .frames = frames, .frame_count = count};
    return true;
}

CoilStatus coil_exception_describe(CoilVM *coil, CoilValue exception, CoilError *out) {
    VM *vm = vm_of(coil);
    GIVEN(value, exception, COIL_RAISED);
    ENTER(vm);
    bool final = limits_pause(vm);
    CoilStatus status = status_of(describe(vm, value, out));
    limits_resume(vm, final);
    LEAVE_WITH(vm, status);
}

// ---- the end of a program

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
    Value exception = entry.pending;
    entry.pending = UNDEFINED;
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
