// Methods and attributes that generators, coroutines and async generators share.
#ifndef COIL_VM_TYPES_GENERATOR_METHODS_H
#define COIL_VM_TYPES_GENERATOR_METHODS_H

#include "vm/native.h"
#include "vm/types/generator.h"

Value generator_method_iter(VM *vm, const Value *args, int argc);
Value generator_method_next(VM *vm, const Value *args, int argc);
Value generator_method_send(VM *vm, const Value *args, int argc);
Value generator_method_throw(VM *vm, const Value *args, int argc);
Value generator_method_close(VM *vm, const Value *args, int argc);
Value generator_method_repr(VM *vm, const Value *args, int argc);
Value generator_get_name(VM *vm, Value self);
Value generator_set_name(VM *vm, Value self, Value value);
Value generator_get_qualname(VM *vm, Value self);
Value generator_set_qualname(VM *vm, Value self, Value value);
Value generator_get_code(VM *vm, Value self);
Value generator_get_frame(VM *vm, Value self);
Value generator_get_running(VM *vm, Value self);
Value generator_get_suspended(VM *vm, Value self);
Value generator_get_delegate(VM *vm, Value self);
// What a method answers for the outcome of a resumption: the yielded value, STOP or StopIteration with the result.
Value generator_outcome(VM *vm, ResumeOutcome outcome, Value v);
// The exception instance for throw(self, type, value, traceback), or ERROR.
Value exception_of_throw(VM *vm, const Value *args, int argc);

#endif
