// Native functions: Python-callable C functions, made from tables whose signature strings are the only statement of name, arity, keywords.
#ifndef COIL_VM_NATIVE_H
#define COIL_VM_NATIVE_H

#include "vm/vm.h"

// What a native function is handed. The signature decides the layout of args:
//   1. one entry for each positional parameter (self included for methods), UNDEFINED where an optional one was not given; trailing
//      optional ones that were not given may be missing altogether (argc says): use arg_or();
//   2. if the signature has keyword-only parameters: one entry for each, UNDEFINED where not given; positional ones are then all there;
//   3. if it has **kwargs: one entry, a dict or UNDEFINED when empty;
//   4. if it has *args: the extra positional arguments, to the end.
// Returns a value, or ERROR with an exception raised. `__next__` may return STOP for "exhausted" (no StopIteration object is made then).
// args may stand in VM registers: they stay valid during the call.
typedef Value (*NativeFunction)(VM *vm, const Value *args, int argc);

static inline Value arg_or(const Value *args, int argc, int index, Value otherwise) {
    return index < argc && !is_undefined(args[index]) ? args[index] : otherwise;
}
static inline bool arg_given(const Value *args, int argc, int index) { return index < argc && !is_undefined(args[index]); }

// Signatures read as in Python: "gcd(*integers)", "sorted(iterable, /, *, key=None, reverse=False)", "get(self, key, default=None, /)".
// Defaults are shown by help() only: the function supplies them. A parameter with "=?" is optional without a default to show.
typedef enum NativeRole { NATIVE_METHOD, NATIVE_CLASS_METHOD, NATIVE_STATIC_METHOD, NATIVE_NEW /* __new__: static, gets the class first */ } NativeRole;
typedef struct NativeDef { const char *signature; NativeFunction function; const char *doc; NativeRole role; } NativeDef;

// Attributes computed in C. set is NULL for read-only ones; it gets UNDEFINED to delete and returns ERROR or anything else.
typedef struct GetSetDef {
    const char *name;
    Value (*get)(VM *vm, Value self);
    Value (*set)(VM *vm, Value self, Value value);
    const char *doc;
} GetSetDef;

// Fills the class of a built-in type. Arrays end with a zeroed entry; any may be NULL.
typedef struct TypeDef {
    Class **where;                       // &vm->types.list
    const char *doc;
    size_t instance_size;                // sizeof the struct: where `more` and slots begin in subclasses (0: not subclassable)
    const NativeDef *methods;            // dunder methods are here like any other
    const GetSetDef *getsets;
    Class *base;                         // NULL: object
    unsigned flags;                      // CLASS_... of types/class.h, e.g. CLASS_BASETYPE when subclasses are allowed
} TypeDef;
MUST_CHECK bool type_define(VM *vm, const TypeDef *def);
// Adds methods and getsets to a class made by class_create_simple(); what type_define() does for its class. Either may be NULL.
MUST_CHECK bool class_add_members(VM *vm, Class *cls, const NativeDef *methods, const GetSetDef *getsets);

MUST_CHECK Value native_new(VM *vm, const NativeDef *def, Class *owner_or_null, Value module_name);
// Calls a NATIVE object with positional and keyword arguments: binds them by the signature. kwnames NULL: none.
Value native_call(VM *vm, Value native, const Value *args, int argc, Tuple *kwnames);

// A built-in module from tables: functions, then init to add constants and classes. Put into sys.modules by the importer.
typedef struct ModuleDef { const char *name, *doc; const NativeDef *functions; bool (*init)(VM *vm, Module *module); } ModuleDef;

#endif
