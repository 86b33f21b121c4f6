// Exceptions and tracebacks.
#ifndef COIL_VM_TYPES_EXCEPTION_H
#define COIL_VM_TYPES_EXCEPTION_H

#include "vm/errors.h"
#include "vm/types/function.h"

// `fields` are what the class adds, numbered by exception.c's table: StopIteration.value, SystemExit.code; OSError's errno, strerror, filename,
// filename2; ImportError's msg, name, path; NameError.name; AttributeError's name, obj; SyntaxError's msg, filename, lineno, offset, text,
// end_lineno, end_offset, print_file_and_line; UnicodeError's encoding, object, start, end, reason; a group's message, exceptions (tuple).
enum { EXCEPTION_FIELDS = 8 };
enum { OS_ERRNO, OS_STRERROR, OS_FILENAME, OS_FILENAME2, OS_WRITTEN };
enum { IMPORT_MSG, IMPORT_NAME, IMPORT_PATH };
enum { NAME_ERROR_NAME };
enum { ATTRIBUTE_NAME, ATTRIBUTE_OBJ };
enum { SYNTAX_MSG, SYNTAX_FILENAME, SYNTAX_LINENO, SYNTAX_OFFSET, SYNTAX_TEXT, SYNTAX_END_LINENO, SYNTAX_END_OFFSET, SYNTAX_PRINT };
enum { UNICODE_ENCODING, UNICODE_OBJECT, UNICODE_START, UNICODE_END, UNICODE_REASON };
enum { GROUP_MESSAGE, GROUP_EXCEPTIONS };
typedef struct Exception {
    Object head;
    Value args;                    // tuple
    Value traceback, context, cause;   // NONE when absent
    bool suppress_context;
    union {
        Value value;               // StopIteration.value
        Value fields[EXCEPTION_FIELDS];   // UNDEFINED where not set: reads as None
    };
} Exception;
#define is_exception(v) is_kind(v, KIND_EXCEPTION)
static inline Exception *to_exception(Value v) { return (Exception *)to_object(v); }

// An entry of a traceback. That of a frame which catches the exception has its frame object; that of one which the exception leaves keeps
// copies of the locals, and makes the object when somebody asks.
typedef struct Traceback {
    Object head;
    Value next;
    Code *code;
    Value frame;               // the frame object, or UNDEFINED
    Function *function;        // for a frame object to be; NULL when there is one already
    Dict *globals;
    uint32_t word;
    int32_t line;
    uint32_t local_count;
    Value locals[];
} Traceback;
// Called by the unwinder for each frame that the exception meets; pc is a word of the instruction that raised it.
MUST_CHECK bool traceback_add(VM *vm, Exception *exception, Frame *frame, const Word *pc, bool caught_here);

int traceback_line(Traceback *tb);

// An instance of an exception class as cls(*args) makes it. exception_new() skips __init__ of Python subclasses: for built-in classes only.
MUST_CHECK Value exception_new(VM *vm, Class *cls, int argc, const Value *args);
// The same for a class that does nothing with its arguments but keep them.
MUST_CHECK Value exception_new_plain(VM *vm, Class *cls, Tuple *args);
// The whole report as CPython prints it: traceback, carets, chained causes and contexts, groups, notes, suggestions ("Did you mean").
MUST_CHECK Str *exception_report(VM *vm, Value exception);

#endif
