// Raising and catching in C: see errors.h. The message formatter is here too.
#include "vm/errors.h"

#include <stdio.h>
#include <stdlib.h>

#include "vm/call.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/exception.h"
#include "vm/types/str.h"

// ---- the formatter

// Adds one argument by its directive (the character after %, length modifiers read already: 'z', 'l' or 0).
static bool add_directive(VM *vm, StrBuilder *b, char directive, char length, va_list *args) {
    char text[32];
    Str *s;
    switch (directive) {
    case 's': {
        const char *c = va_arg(*args, const char *);
        return str_builder_add_c(b, c != NULL ? c : "?");
    }
    case 'd':
        if (length == 'z') snprintf(text, sizeof text, "%zd", va_arg(*args, ssize_t));
        else if (length == 'l') snprintf(text, sizeof text, "%lld", va_arg(*args, long long));
        else if (length == 't') snprintf(text, sizeof text, "%td", va_arg(*args, ptrdiff_t));
        else snprintf(text, sizeof text, "%d", va_arg(*args, int));
        return str_builder_add_c(b, text);
    case 'u':
        if (length == 'z') snprintf(text, sizeof text, "%zu", va_arg(*args, size_t));
        else if (length == 'l') snprintf(text, sizeof text, "%llu", va_arg(*args, unsigned long long));
        else snprintf(text, sizeof text, "%u", va_arg(*args, unsigned));
        return str_builder_add_c(b, text);
    case 'x':
        if (length == 'l') snprintf(text, sizeof text, "%llx", va_arg(*args, unsigned long long));
        else snprintf(text, sizeof text, "%x", va_arg(*args, unsigned));
        return str_builder_add_c(b, text);
    case 'c': return str_builder_add_char(b, (uint32_t)va_arg(*args, int));
    case 'T': return str_builder_add_str(b, class_of(vm, va_arg(*args, Value))->name);
    case 'A': {
        Value v = va_arg(*args, Value);
        return is_none(v) ? str_builder_add(b, "None", 4) : str_builder_add_str(b, class_of(vm, v)->name);
    }
    case 'C': return str_builder_add_str(b, va_arg(*args, Class *)->name);
    case 'R':
        s = value_repr(vm, va_arg(*args, Value));
        return s != NULL && str_builder_add_str(b, s);
    case 'V':
        s = value_str(vm, va_arg(*args, Value));
        return s != NULL && str_builder_add_str(b, s);
    case 'S': return str_builder_add_str(b, va_arg(*args, Str *));
    default: return str_builder_add(b, "%", 1);
    }
}

Str *format_message(VM *vm, const char *format, va_list args) {
    StrBuilder b = STR_BUILDER(vm);
    va_list rest;
    va_copy(rest, args);
    bool ok = true;
    while (ok && *format != 0) {
        const char *percent = strchr(format, '%');
        size_t plain = percent != NULL ? (size_t)(percent - format) : strlen(format);
        ok = str_builder_add(&b, format, plain);
        format += plain;
        if (*format == 0 || !ok) break;
        format++;
        char length = 0;
        while (*format == 'z' || *format == 'l' || *format == 't') length = *format++;
        if (*format == '.' && format[1] == '*' && format[2] == 's') {   // %.*s: a C string with its size
            int size = va_arg(rest, int);
            ok = str_builder_add(&b, va_arg(rest, const char *), (size_t)size);
            format += 3;
            continue;
        }
        ok = add_directive(vm, &b, *format, length, &rest);
        if (*format != 0) format++;
    }
    va_end(rest);
    if (ok) return str_builder_finish(&b);
    str_builder_cancel(&b);
    return NULL;
}

Str *str_printf(VM *vm, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Str *text = format_message(vm, format, args);
    va_end(args);
    return text;
}

// ---- raising

// The exception being handled here and now: the innermost node that has one.
static Value handled_exception(VM *vm) {
    for (HandledState *state = vm->handled; state != NULL; state = state->previous)
        if (!is_undefined(state->exception) && !is_none(state->exception)) return state->exception;
    return UNDEFINED;
}

// The new exception's __context__ is the one being handled; a cycle that this would close is cut.
static void set_implicit_context(VM *vm, Exception *raised) {
    Value handled = handled_exception(vm);
    if (!is_exception(handled) || to_object(handled) == &raised->head) return;
    Exception *slow = to_exception(handled);
    bool move_slow = false;
    for (Exception *at = to_exception(handled); is_exception(at->context);) {
        Exception *next = to_exception(at->context);
        if (next == raised) {
            at->context = NONE;
            break;
        }
        at = next;
        vm_spend(vm, 1);
        if (at == slow) break;                         // a cycle that somebody made by hand: leave it
        if (move_slow) slow = to_exception(slow->context);
        move_slow = !move_slow;
    }
    raised->context = handled;
    gc_write_barrier(vm, raised);
}

Value raise_exception(VM *vm, Value exception) {
    set_implicit_context(vm, to_exception(exception));
    vm->raised = exception;
    return ERROR;
}

Value raise_with_args(VM *vm, Class *cls, int argc, const Value *args) {
    Value exception = cls->flags & CLASS_HEAP ? call_value(vm, from_object(cls), args, argc) : exception_new(vm, cls, argc, args);
    if (is_error(exception)) return ERROR;
    if (!is_exception(exception)) return raise_type_error(vm, "calling %R should have returned an instance of BaseException, not %R", from_object(cls), from_object(class_of(vm, exception)));
    return raise_exception(vm, exception);
}

static Value raise_formatted(VM *vm, Class *cls, const char *format, va_list args) {
    Str *text = format_message(vm, format, args);
    if (text == NULL) return ERROR;
    Value message = from_object(text);
    return raise_with_args(vm, cls, 1, &message);
}

Value raise_error(VM *vm, Class *cls, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_formatted(vm, cls, format, args);
    va_end(args);
    return ERROR;
}

Value raise_type_error(VM *vm, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_formatted(vm, vm->exc.TypeError, format, args);
    va_end(args);
    return ERROR;
}

Value raise_value_error(VM *vm, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_formatted(vm, vm->exc.ValueError, format, args);
    va_end(args);
    return ERROR;
}

Value raise_key_error(VM *vm, Value key) { return raise_with_args(vm, vm->exc.KeyError, 1, &key); }

Value raise_stop_iteration(VM *vm, Value value) {
    bool has_value = !is_undefined(value) && !is_none(value);
    // A tuple as the value must not become several arguments: exception_new takes it as one.
    return raise_with_args(vm, vm->exc.StopIteration, has_value, &value);
}

// The MemoryError made in advance is used again and again: what an earlier raise left on it goes.
Value raise_no_memory(VM *vm) {
    if (!is_exception(vm->memory_error)) return ERROR;   // before the classes are there: vm_new() gives up
    limits_memory_refused(vm);
    if (UNLIKELY(vm->limits.final)) return limits_raise_final(vm);
    Exception *e = to_exception(vm->memory_error);
    e->traceback = e->context = e->cause = NONE;
    e->suppress_context = false;
    vm->raised = vm->memory_error;
    return ERROR;
}

Value raise_os_error(VM *vm, int errno_value, Value filename_or_undefined) {
    Str *text = str_from_c(vm, strerror(errno_value));
    if (text == NULL) return ERROR;
    Value args[3] = {from_int(errno_value), from_object(text), filename_or_undefined};
    return raise_with_args(vm, vm->exc.OSError, is_undefined(filename_or_undefined) ? 2 : 3, args);
}

// ---- catching

// Nobody may swallow what ends the scripts.
bool raised_matches(VM *vm, Class *cls) {
    return is_raised(vm) && LIKELY(!vm->limits.final) && class_is_subclass(to_object(vm->raised)->shape->cls, cls);
}

Value raised_take(VM *vm) {
    Value exception = vm->raised;
    vm->raised = UNDEFINED;
    return exception;
}

void raised_set(VM *vm, Value exception) { vm->raised = exception; }
void raised_clear(VM *vm) { vm->raised = UNDEFINED; }
