// Calling Python from C.
#ifndef COIL_VM_CALL_H
#define COIL_VM_CALL_H

#include "vm/vm.h"

// Calls anything callable. These enter a nested interpreter loop for Python functions, bounded by the recursion limit and the C stack.
MUST_CHECK Value call_value(VM *vm, Value callee, const Value *args, int argc);
MUST_CHECK Value call_with_keywords(VM *vm, Value callee, const Value *args, int argc, Tuple *kwnames);   // the last len(kwnames) args are keywords
// Adds what f(**mapping) gives; TypeError, which names the callee, for a keyword that is there already and for what is no mapping.
MUST_CHECK bool call_merge_keywords(VM *vm, Value callee, Dict *into, Value mapping);
MUST_CHECK Value call_ex(VM *vm, Value callee, Value args_tuple, Value kwargs_dict_or_undefined);
static inline Value call0(VM *vm, Value callee) { return call_value(vm, callee, NULL, 0); }
static inline Value call1(VM *vm, Value callee, Value a) { return call_value(vm, callee, &a, 1); }
static inline Value call2(VM *vm, Value callee, Value a, Value b) { Value args[2] = {a, b}; return call_value(vm, callee, args, 2); }
static inline Value call3(VM *vm, Value callee, Value a, Value b, Value c) { Value args[3] = {a, b, c}; return call_value(vm, callee, args, 3); }
// obj.name(*args)
MUST_CHECK Value call_method(VM *vm, Value object, Str *name, const Value *args, int argc);
// type(self).special(self, *args), without the instance's own attributes; UNDEFINED when the class has no such method (or it is None).
MUST_CHECK Value call_special(VM *vm, Value self, Special special, const Value *args, int argc);
// type.__call__: cls.__new__, then __init__ if that gave an instance. Metaclasses with a __call__ of their own are call_value()'s business.
MUST_CHECK Value class_instantiate(VM *vm, Class *cls, const Value *args, int argc, Tuple *kwnames);
// Its two halves: what __new__ gives, and that after the __init__ that type.__call__ would call on it, which class_init_of() finds
// (UNDEFINED: none).
MUST_CHECK Value class_make_instance(VM *vm, Class *cls, const Value *args, uint32_t argc, Tuple *kwnames);
MUST_CHECK Value class_init_instance(VM *vm, Class *cls, Value instance, const Value *args, int argc, Tuple *kwnames);
Value class_init_of(VM *vm, Class *cls, Value instance);
bool is_callable(VM *vm, Value v);

#endif
