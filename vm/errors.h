// Raising and catching in C. Whoever detects an error raises it and returns ERROR (or NULL, false, -1); whoever passes it on adds nothing.
#ifndef COIL_VM_ERRORS_H
#define COIL_VM_ERRORS_H

#include <stdarg.h>
#include "vm/vm.h"

// Raises an instance of cls with a formatted message; returns ERROR. Directives: %s C string, %d int, %u unsigned, %zd/%zu, %lld, %c,
// %x, and for Python: %T type name of a Value, %A the same with None for None (as errors about arguments have it), %C name of a Class *, %R repr of a Value, %V str of a Value, %S a Str *, %% percent.
Value raise_error(VM *vm, Class *cls, const char *format, ...);
Value raise_type_error(VM *vm, const char *format, ...);
Value raise_value_error(VM *vm, const char *format, ...);
Str *format_message(VM *vm, const char *format, va_list args);          // NULL on error
Str *str_printf(VM *vm, const char *format, ...);                       // the same formatter, giving a str

Value raise_exception(VM *vm, Value exception);                         // an exception instance; sets __context__; returns ERROR
Value raise_with_args(VM *vm, Class *cls, int argc, const Value *args); // cls(*args), raised
Value raise_attribute_error(VM *vm, Value object, Str *name, const char *format, ...);   // with the name and obj that suggestions need
Value raise_key_error(VM *vm, Value key);
Value raise_stop_iteration(VM *vm, Value value);                        // UNDEFINED or NONE: no value
Value raise_no_memory(VM *vm);                                          // never allocates
Value raise_os_error(VM *vm, int errno_value, Value filename_or_undefined);

static inline bool is_raised(VM *vm) { return !is_undefined(vm->raised); }
bool raised_matches(VM *vm, Class *cls);                                // is the pending exception an instance of cls?
Value raised_take(VM *vm);                                              // the pending exception, no longer pending
void raised_set(VM *vm, Value exception);                               // makes it pending as it is: no context, no traceback entry
void raised_clear(VM *vm);
// Reports the pending exception on stderr as "Exception ignored in: ..." and clears it (finalizers, callbacks).
void raised_report_unraisable(VM *vm, const char *what, Value where);
void raised_show_unraisable(VM *vm, const char *what, Value where);    // the same, whatever sys.unraisablehook is

#endif
