// Exceptions and tracebacks.
#ifndef COIL_VM_TYPES_EXCEPTION_H
#define COIL_VM_TYPES_EXCEPTION_H

#include "vm/errors.h"
#include "vm/types/function.h"

// `fields` are what the class adds, by its own numbering (exception.c has the table): StopIteration.value, SystemExit.code, OSError's errno,
// strerror, filename, filename2; ImportError's msg, name, path; NameError.name; AttributeError's name, obj; SyntaxError's eight; UnicodeError's
// five; an exception group's message and exceptions.
enum { EXCEPTION_FIELDS = 8 };
typedef struct Exception {
    Object head;
    Value args;                    // tuple
    Value traceback, context, cause;   // NONE when absent
    bool suppress_context;
    uint8_t field_count;
    Value *fields;                 // NULL until one is set that the class has (buffer of EXCEPTION_FIELDS), or use `value` below
    Value value;                   // the first field (StopIteration.value, SystemExit.code, NameError.name ...)
} Exception;
#define is_exception(v) is_kind(v, KIND_EXCEPTION)
static inline Exception *to_exception(Value v) { return (Exception *)to_object(v); }

typedef struct Traceback { Object head; Value next; Code *code; Value frame; uint32_t word; int32_t line; Dict *globals; } Traceback;
// Called by the unwinder for each frame the exception leaves.
MUST_CHECK bool traceback_add(VM *vm, Exception *exception, Frame *frame, const Word *pc);

MUST_CHECK Value exception_new(VM *vm, Class *cls, int argc, const Value *args);
// The whole report as CPython prints it: traceback, carets, chained causes and contexts, groups, notes, suggestions ("Did you mean").
MUST_CHECK Str *exception_report(VM *vm, Value exception);

#endif
