// Code objects, functions, native functions, bound methods, cells, and the descriptors that wrap functions.
#ifndef COIL_VM_TYPES_FUNCTION_H
#define COIL_VM_TYPES_FUNCTION_H

#include "compiler/codeunit.h"
#include "vm/native.h"
#include "vm/vm.h"

// A code unit loaded into a VM. `words` is the VM's own copy: instructions specialise themselves in it. Inline caches in it hold shapes
// weakly: a full collection calls code_clear_dead_caches() before it sweeps.
struct Code {
    Object head;
    Word *words;               uint32_t word_count;
    Value *constants;          uint32_t constant_count;
    Str **names;               uint32_t name_count;      // interned
    Str **locals;              uint32_t local_count;
    uint16_t *cells;           uint32_t cell_count;
    Str **free_names; Capture *captures; uint32_t free_count, capture_count;
    Handler *handlers;         uint32_t handler_count;
    uint8_t *positions;        uint32_t positions_size;
    int32_t *lines;                                      // of each word, for tracing; NULL until somebody traces
    uint32_t register_count;
    uint32_t flags;
    uint16_t positional_only, positional, keyword_only;
    uint16_t parameter_registers;                        // all parameters, *args and **kwargs included
    uint32_t plain_arity;                                // a call with just so many positional arguments needs no binding; UINT32_MAX: always needs it
    int32_t first_line;
    Str *name, *qualname, *filename;
    Generator *spare;                                    // a finished coroutine of this code that nobody has seen; see loop_await_call()
    Code *next, **link;                                  // list of all code objects of the VM (for cache clearing)
};
MUST_CHECK Value code_load(VM *vm, const CodeUnit *unit, Str *filename);
MUST_CHECK Code *code_copy(VM *vm, const Code *code);       // with cold caches, sharing constants and names
void code_clear_dead_caches(VM *vm);
CodePosition code_position(Code *code, const Word *pc);      // of the instruction that contains *pc
int code_line(Code *code, const Word *pc);
uint32_t code_self_attributes(Code *code);               // how many attributes of its first argument it sets: a guess at what instances need

typedef struct Cell { Object head; Value content; } Cell;
MUST_CHECK Value cell_new(VM *vm, Value content);

struct Function {
    Object head;
    Code *code;
    Dict *globals, *builtins;
    Value defaults;            // tuple or NONE
    Value keyword_defaults;    // dict or NONE
    Value name, qualname, doc, module, annotations, attributes, type_params;   // attributes: dict or UNDEFINED
    uint32_t default_count, free_count;
    Value closure[];           // free_count cells
};
#define is_function(v) is_kind(v, KIND_FUNCTION)
static inline Function *to_function(Value v) { return (Function *)to_object(v); }
MUST_CHECK Value function_new(VM *vm, Code *code, Dict *globals, const Value *cells);

// A parsed signature (signature.c): what binding, error texts, help() and inspect need.
typedef struct Parameter { Str *name; bool optional; } Parameter;
typedef struct Signature {
    uint16_t positional_only, positional, keyword_only;
    uint16_t required;         // positional ones that must be given
    bool var_positional, var_keyword;
    Parameter *parameters;     // positional, then keyword-only
    bool plain;                // no keyword-only parameters and no **kwargs: positional arguments are passed as they stand
    size_t size;               // bytes of this structure and its parameters
} Signature;

typedef struct Native {
    Object head;               // flags: fewest arguments, aux: how many more at most, for a call that needs no binding (native_takes())
    NativeFunction function;
    NativeFunction awaited;    // NULL, or what a call does instead whose result is awaited at once: gives the awaited value; UNDEFINED, having
                               // done nothing, when it would have to wait, or for another reason that is function's business
    Signature *signature;      // NULL until native_signature() is asked for it
    const NativeDef *def;
    Class *owner;              // of a method: self must be an instance; NULL for functions
    Str *name;
    Value module;
} Native;
#define is_native(v) is_kind(v, KIND_NATIVE)
static inline Native *to_native(Value v) { return (Native *)to_object(v); }

// A method of a built-in type, which is bound like a Python function; other natives are found in classes as they are.
static inline bool native_binds(Value v) {
    return is_native(v) && to_native(v)->owner != NULL && to_native(v)->def->role == NATIVE_METHOD;
}

// May `argc` positional arguments be passed as they stand?
static inline bool native_takes(const Native *native, uint32_t argc) { return argc - native->head.flags <= native->head.aux; }
// Calls the C function with arguments laid out as native.h says.
static inline Value native_invoke(VM *vm, Native *native, const Value *args, int argc) {
    vm->called = native;
    return native->function(vm, args, argc);
}
MUST_CHECK Signature *native_signature(VM *vm, Native *native);
// The function, whose signature has keyword-only parameters or *args, looks at argc before it looks at these: then a call without any takes
// the short way, and all that is handed over is the positional arguments as they stand. False: no memory.
MUST_CHECK bool native_allow_bare(VM *vm, Native *native);

typedef struct Method { Object head; Value function, self; } Method;
MUST_CHECK Value method_new(VM *vm, Value function, Value self);

Value callable_call(VM *vm, const Value *args, int argc);   // __call__ of functions and methods
Value method_equal(VM *vm, const Value *args, int argc);     // __eq__ and __hash__ of all kinds of bound methods
Value method_hash(VM *vm, const Value *args, int argc);

typedef struct Property { Object head; Value getter, setter, deleter, doc, name; } Property;
typedef struct StaticMethod { Object head; Value function; } StaticMethod;   // and ClassMethod
typedef struct Descriptor {    // getset_descriptor and member_descriptor (__slots__)
    Object head;
    Class *owner;
    Str *name;
    const GetSetDef *def;      // NULL for a member
    uint32_t slot;             // of a member: index of its slot
} Descriptor;

#endif
