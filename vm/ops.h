// What Python's operators and built-in protocols do, for C code: arithmetic (number_ops.c), comparison, hash and truth (compare_ops.c),
// attributes (attr_ops.c), items (item_ops.c), text (text_ops.c), iteration (iter_ops.c). All may run Python code. They return ERROR
// (or NULL, -1, false) with an exception raised.
#ifndef COIL_VM_OPS_H
#define COIL_VM_OPS_H

#include "vm/vm.h"

// ---- number_ops.c
typedef enum BinaryOp {
    BINARY_ADD, BINARY_SUB, BINARY_MUL, BINARY_TRUEDIV, BINARY_FLOORDIV, BINARY_MOD, BINARY_POW, BINARY_MATMUL,
    BINARY_LSHIFT, BINARY_RSHIFT, BINARY_AND, BINARY_OR, BINARY_XOR, BINARY_DIVMOD
} BinaryOp;   // the same order as the opcodes ADD .. XOR
typedef enum UnaryOp { UNARY_NEG, UNARY_POS, UNARY_INVERT, UNARY_ABS } UnaryOp;
// Numbers of built-in kinds right away, then __op__ and __rop__ (a subclass on the right goes first), then TypeError.
MUST_CHECK Value binary_op(VM *vm, BinaryOp op, Value a, Value b, bool in_place);
// Only for built-in operands whose result needs no Python code (int, float, bool, complex, str + and * and %, list + ...): UNDEFINED when
// the operands are not such; then the interpreter looks for methods itself so as not to recurse in C.
MUST_CHECK Value binary_op_builtin(VM *vm, BinaryOp op, Value a, Value b, bool in_place);
MUST_CHECK Value power_mod(VM *vm, Value base, Value exponent, Value modulus);
MUST_CHECK Value unary_op(VM *vm, UnaryOp op, Value v);
// Whether the right operand's reflected method is tried before the left one's method.
bool binary_right_goes_first(VM *vm, BinaryOp op, Class *left, Class *right);
// Is it the + or * of a built-in sequence? And does that not even try: * with what is no int?
bool binary_is_sequence_method(VM *vm, BinaryOp op, Value method);
bool binary_changes_late(VM *vm, BinaryOp op, Class *left, Value in_place_method);   // after the other operand's reflected method
bool binary_refuses(VM *vm, BinaryOp op, Value method, Value other);
Value raise_binary_type_error(VM *vm, BinaryOp op, Value a, Value b, bool in_place);   // "unsupported operand type(s) for +: 'int' and 'str'"
MUST_CHECK bool index_as_ssize(VM *vm, Value v, ptrdiff_t *out);          // __index__; IndexError 'cannot fit 'int' into an index-sized integer'
MUST_CHECK bool index_as_clamped(VM *vm, Value v, ptrdiff_t *out);        // __index__, clamped: for slices
MUST_CHECK bool value_as_double(VM *vm, Value v, double *out);            // float(v) for arguments: "must be real number, not str"
MUST_CHECK bool double_of_result(VM *vm, Value v, Value number, double *out);   // `number` is what v.__float__() returned
MUST_CHECK bool value_as_i64(VM *vm, Value v, int64_t *out);              // OverflowError when too large
// The DeprecationWarning for a conversion method that gave an instance of a subclass; false when it became an exception.
MUST_CHECK bool warn_subclass(VM *vm, const char *method, const char *type, Value result);
MUST_CHECK Value value_index(VM *vm, Value v);                            // operator.index: an int (inline or big)

// ---- compare_ops.c
typedef enum CompareOp { COMPARE_LT, COMPARE_LE, COMPARE_EQ, COMPARE_NE, COMPARE_GT, COMPARE_GE } CompareOp;
MUST_CHECK Value compare_values(VM *vm, CompareOp op, Value a, Value b);
MUST_CHECK Value compare_builtin(VM *vm, CompareOp op, Value a, Value b); // like binary_op_builtin: UNDEFINED when methods must be asked
int values_equal(VM *vm, Value a, Value b);                               // identity first, then ==: 1, 0, -1
int value_less(VM *vm, Value a, Value b);
int truth_of_length(VM *vm, Value result);                                 // of what __len__ returned: 1, 0, -1
int value_is_true(VM *vm, Value v);                                       // 1, 0, -1
bool hash_value(VM *vm, Value v, int64_t *out_hash);                      // false: unhashable or error
bool hash_from_result(VM *vm, Value result, int64_t *out_hash);           // of what __hash__ returned
int64_t hash_identity(VM *vm, Value v);                                    // object.__hash__: of what has no other hash; shows no address
uint32_t hash_data(VM *vm, const void *data, size_t size);                // keyed hash of bytes, never 0: of str and bytes (str.c)
int value_contains(VM *vm, Value container, Value item);                  // `in`: 1, 0, -1

// ---- attr_ops.c. name must be interned (names of code are; str_intern() for others)
MUST_CHECK Value attr_get(VM *vm, Value object, Str *name);
MUST_CHECK Value attr_get_optional(VM *vm, Value object, Str *name);      // UNDEFINED instead of AttributeError
MUST_CHECK bool attr_set(VM *vm, Value object, Str *name, Value value);
MUST_CHECK bool attr_delete(VM *vm, Value object, Str *name);
MUST_CHECK Value attr_get_generic(VM *vm, Value object, Str *name);       // object.__getattribute__
MUST_CHECK bool attr_set_generic(VM *vm, Value object, Str *name, Value value_or_undefined);   // object.__setattr__, __delattr__
// For `object.name(...)`: 1 and the unbound function when a method was found (call it with object first), 0 and the attribute's value, -1.
// For the dispatch loop, which gives __getattr__ a frame: what the object has without it (UNDEFINED: nothing), and what the AttributeError
// that such a frame has raised lacks: of which object and name, for suggestions.
MUST_CHECK Value attr_get_before_hook(VM *vm, Value object, Str *name);
void attr_note_missing(VM *vm, Value object, Str *name);
int attr_get_method(VM *vm, Value object, Str *name, Value *out);
// Own attributes of an instance, without class or descriptors. UNDEFINED when absent.
Value instance_get_own(VM *vm, Object *object, Str *name);
MUST_CHECK bool instance_set_own(VM *vm, Object *object, Str *name, Value value);
int instance_delete_own(VM *vm, Object *object, Str *name);               // 1 deleted, 0 absent, -1
MUST_CHECK Dict *instance_dict(VM *vm, Object *object);                   // __dict__: turns the object to dict mode; NULL with AttributeError if it has none
MUST_CHECK Value bind_descriptor(VM *vm, Value attribute, Value object, Class *cls);   // attribute.__get__(object, cls) where it has one

// ---- item_ops.c
MUST_CHECK Value item_get(VM *vm, Value object, Value key);
MUST_CHECK bool item_set(VM *vm, Value object, Value key, Value value);
MUST_CHECK bool item_delete(VM *vm, Value object, Value key);
ptrdiff_t value_length(VM *vm, Value object);                             // len(): -1 on error
ptrdiff_t length_of_result(VM *vm, Value result);                        // of what __len__ returned
ptrdiff_t value_length_hint(VM *vm, Value object, ptrdiff_t otherwise);

// ---- text_ops.c
MUST_CHECK Str *value_repr(VM *vm, Value v);
MUST_CHECK Str *value_str(VM *vm, Value v);
MUST_CHECK Str *value_ascii(VM *vm, Value v);
MUST_CHECK Value value_format(VM *vm, Value v, Str *spec_or_null);
// Guards a recursive repr: true first time, false when `object` is being shown already (then "..."), and leave() after a true one.
bool repr_enter(VM *vm, void *object);
void repr_leave(VM *vm, void *object);
int64_t object_id(VM *vm, Value v);                                       // id(): a serial number, never an address
Str *default_repr(VM *vm, Value v);                                       // <module.Class object at 0x...> with the serial number

// ---- iter_ops.c
MUST_CHECK Value iter_get(VM *vm, Value iterable);                        // iter(): TypeError "'int' object is not iterable"
MUST_CHECK Value iter_next_value(VM *vm, Value iterator);                 // next item, STOP at the end (StopIteration swallowed), ERROR
// Iterating from C with fast paths for built-in containers. Safe against mutation. Loop: while (iter_step(vm, &it, &item)) ...;
// then if (it.failed) an exception is raised. Nothing to close.
typedef struct Iteration { Value source; int mode; size_t index; bool failed; } Iteration;
bool iter_begin(VM *vm, Iteration *it, Value iterable);                   // false: error
bool iter_step(VM *vm, Iteration *it, Value *out_item);
MUST_CHECK List *list_from_iterable(VM *vm, Value iterable);
MUST_CHECK Tuple *tuple_from_iterable(VM *vm, Value iterable);

#endif
