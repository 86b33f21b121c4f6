// Tracing: who wants to know of calls, lines, returns and exceptions, and how they are told.
//
// It costs nothing while it is off: the dispatch loop is compiled a second time (interp_traced.c), with a call of trace_step() before each
// instruction, and only runs while somebody listens. A frame that has been told of is marked FRAME_TRACED, which keeps it from the short
// way of returning; the functions of the long ways (loop_return, loop_unwind, loop_op_yield) look at the mark.
#ifndef COIL_VM_TRACE_H
#define COIL_VM_TRACE_H

#include "vm/frame.h"

typedef enum TraceEvent {
    TRACE_CALL = 1, TRACE_LINE = 2, TRACE_RETURN = 4, TRACE_EXCEPTION = 8,
    TRACE_C_CALL = 16, TRACE_C_RETURN = 32, TRACE_C_EXCEPTION = 64,   // of built-in functions and methods that Python code calls
} TraceEvent;
enum { TRACE_C_EVENTS = TRACE_C_CALL | TRACE_C_RETURN | TRACE_C_EXCEPTION, TRACE_ALL = 127 };

// The host's listener; false: an exception is raised. callee: the function of C events, in the caller's frame; UNDEFINED for others. value: what
// is returned, or the exception; UNDEFINED otherwise.
typedef bool (*TraceHook)(VM *vm, int event, Frame *frame, int line, Value callee, Value value);

void trace_set_hook(VM *vm, unsigned events, TraceHook hook);   // events 0 or hook NULL: none
// sys.settrace() and sys.setprofile(); NONE: none.
void trace_set_function(VM *vm, Value function);
void trace_set_profile(VM *vm, Value function);

// Before the instruction at pc; false: an exception is raised.
MUST_CHECK bool trace_step(VM *vm, Frame *frame, const Word *pc);
// A marked frame gives a value (or NONE, when an exception leaves it), for good or for now. False: an exception is raised.
MUST_CHECK bool trace_return(VM *vm, Frame *frame, Value v);
// The pending exception is in a marked frame; afterwards there is one pending, maybe another.
void trace_exception(VM *vm, Frame *frame);

// What the C events of a call tell of: a built-in function, or a built-in method bound to the first of the arguments. UNDEFINED: nobody listens, or
// this is no such call (classes and the methods behind operators are none, as in CPython); ERROR.
Value trace_c_callee(VM *vm, Value callee, const Value *args, size_t argc);
MUST_CHECK bool trace_c_call(VM *vm, Frame *frame, Value callee);                   // false: an exception is raised
// With the result, or ERROR when an exception is pending: the same, or ERROR when a listener has raised one.
MUST_CHECK Value trace_c_return(VM *vm, Frame *frame, Value callee, Value result);
void trace_mark(VM *vm);                                        // for the collector

#endif
