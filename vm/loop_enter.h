// Calls of built-in functions and classes that end in a special method: len(x) in __len__, str(x) in __str__, getattr(x, n) in a property.
//
// When a call instruction calls them and the method is a Python function, the method gets a frame and the instruction goes on when that
// returns, as the operators do: Python code that calls Python code through them does not recurse in C. A native function finds out by
// itself, so that its short ways cost nothing: it calls enter_special(), and where that gives something else than UNDEFINED it returns it at
// once. UNDEFINED: it was called from C, or the method is none of Python's; it goes on as ever.
#ifndef COIL_VM_LOOP_ENTER_H
#define COIL_VM_LOOP_ENTER_H

#include "vm/interp.h"
#include "vm/types/class.h"

// How far a call instruction has got that waits for a method: Frame.step of RETURN_CONTINUE.
typedef enum CallStep {
    CALL_NEW,             // __new__ in Python of a class (loop_calls.c)
    CALL_PLAIN,           // the result is the method's
    CALL_LEN, CALL_BOOL, CALL_BOOL_LEN, CALL_TRUTH, CALL_REPR, CALL_STR, CALL_FORMAT, CALL_HASH, CALL_ITER, CALL_INT, CALL_INDEX, CALL_FLOAT,
    CALL_FLOAT_INDEX, CALL_COMPLEX, CALL_BYTES,
    CALL_NEXT,            // StopIteration: the default, if there is one
    CALL_GETATTR,         // AttributeError: the default
    CALL_HASATTR,
    CALL_GETATTR_FIRST,   // the same; at AttributeError __getattr__ comes next
    CALL_HASATTR_FIRST,
    CALL_NONE,            // None, whatever the method gives
} CallStep;

// For a native function that was handed `args`: type(args[0]).special(args[0], extra), extra UNDEFINED for none.
Value enter_special(VM *vm, const Value *args, Special special, Value extra, CallStep step);
Value enter_function(VM *vm, const Value *args, Function *function, const Value *function_args, uint32_t argc, CallStep step);
// Is one whose methods may be Python functions worth asking for? What stands before all of these.
static inline bool may_enter(Value v) { return is_object(v) && UNLIKELY(to_object(v)->shape->cls->flags & CLASS_HEAP); }
// The Python function that str() or repr() of v comes down to, NULL for none.
Function *text_function(VM *vm, Value v, bool repr);
Value enter_text(VM *vm, const Value *args, bool repr, CallStep step);
// next(generator), generator.send(sent) and so on: the generator goes on in the loop that called. `exception`: thrown in, or UNDEFINED.
Value enter_generator(VM *vm, const Value *args, Generator *generator, Value sent, Value exception);

// ---- for the loop
Frame *loop_enter_class(VM *vm, Frame *frame, Class *cls, Value v);    // NULL without an exception: nothing to enter
Frame *loop_call_finish(VM *vm, Frame *frame, Word in, uint16_t step, Value v);
Frame *loop_call_raised(VM *vm, Frame *frame, Word in, uint16_t step);   // the frame to go on in when the instruction catches what was raised
Frame *loop_entered(VM *vm, Frame *frame, Value *result, Value v);     // what a native function or a class gave that loop_call() called
Frame *loop_generator_done(VM *vm, Frame *frame, Value v);             // the generator of enter_generator() has returned v

// The arguments of a call instruction as it stands in `frame`.
typedef struct CallParts { Value callee; Value *args; uint32_t argc; Tuple *names; } CallParts;
CallParts loop_call_parts(Frame *frame, Word in);

// ---- attributes (loop_names.c). The Python function in which access to an attribute begins.
typedef struct AttributeCall {
    Function *function;
    uint32_t argc;
    bool then_getattr;    // at AttributeError the class's __getattr__ is asked
    Value args[3];
} AttributeCall;
bool attribute_load_call(VM *vm, Value object, Str *name, AttributeCall *out_call, Value *out_found);
bool attribute_store_call(VM *vm, Value object, Str *name, Value value, AttributeCall *out_call);   // UNDEFINED deletes
Function *attribute_fallback(VM *vm, Value object);    // __getattr__, a Python function

#endif
