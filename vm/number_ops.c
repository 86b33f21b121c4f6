// Arithmetic operators: numbers of the built-in classes right away, then the protocol of __op__ and __rop__.
#include <math.h>

#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/container_common.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/function.h"
#include "vm/types/int.h"
#include "vm/types/str.h"
#include "vm/warnings.h"

// One row an operator: its sign, and the special methods that overload it.
typedef struct OperatorRow { const char *sign; Special left, right, in_place; } OperatorRow;
static const OperatorRow operator_rows[] = {
    [BINARY_ADD] = {"+", SPECIAL_ADD, SPECIAL_RADD, SPECIAL_IADD},
    [BINARY_SUB] = {"-", SPECIAL_SUB, SPECIAL_RSUB, SPECIAL_ISUB},
    [BINARY_MUL] = {"*", SPECIAL_MUL, SPECIAL_RMUL, SPECIAL_IMUL},
    [BINARY_TRUEDIV] = {"/", SPECIAL_TRUEDIV, SPECIAL_RTRUEDIV, SPECIAL_ITRUEDIV},
    [BINARY_FLOORDIV] = {"//", SPECIAL_FLOORDIV, SPECIAL_RFLOORDIV, SPECIAL_IFLOORDIV},
    [BINARY_MOD] = {"%", SPECIAL_MOD, SPECIAL_RMOD, SPECIAL_IMOD},
    [BINARY_POW] = {"** or pow()", SPECIAL_POW, SPECIAL_RPOW, SPECIAL_IPOW},
    [BINARY_MATMUL] = {"@", SPECIAL_MATMUL, SPECIAL_RMATMUL, SPECIAL_IMATMUL},
    [BINARY_LSHIFT] = {"<<", SPECIAL_LSHIFT, SPECIAL_RLSHIFT, SPECIAL_ILSHIFT},
    [BINARY_RSHIFT] = {">>", SPECIAL_RSHIFT, SPECIAL_RRSHIFT, SPECIAL_IRSHIFT},
    [BINARY_AND] = {"&", SPECIAL_AND, SPECIAL_RAND, SPECIAL_IAND},
    [BINARY_OR] = {"|", SPECIAL_OR, SPECIAL_ROR, SPECIAL_IOR},
    [BINARY_XOR] = {"^", SPECIAL_XOR, SPECIAL_RXOR, SPECIAL_IXOR},
    [BINARY_DIVMOD] = {"divmod()", SPECIAL_DIVMOD, SPECIAL_RDIVMOD, SPECIAL_COUNT},
};

// ---- built-in numbers

// The tower: an operation happens at the higher rank of its operands.
typedef enum Rank { RANK_NONE, RANK_INT, RANK_FLOAT, RANK_COMPLEX } Rank;

// Only exact classes have a rank: a subclass may overload its operators.
static Rank rank_of(VM *vm, Value v) {
    if (is_int(v) || is_bool(v)) return RANK_INT;
    if (is_inline_float(v)) return RANK_FLOAT;
    if (!is_object(v)) return RANK_NONE;
    Class *cls = to_object(v)->shape->cls;
    return cls == vm->types.int_ ? RANK_INT : cls == vm->types.float_ ? RANK_FLOAT : cls == vm->types.complex ? RANK_COMPLEX : RANK_NONE;
}

static Value int_operation(VM *vm, BinaryOp op, Value a, Value b) {
    if (is_bool(a) && is_bool(b)) {
        bool x = is_true_value(a), y = is_true_value(b);
        if (op == BINARY_AND) return from_bool(x & y);
        if (op == BINARY_OR) return from_bool(x | y);
        if (op == BINARY_XOR) return from_bool(x ^ y);
    }
    if (is_bool(a)) a = from_int(is_true_value(a));
    if (is_bool(b)) b = from_int(is_true_value(b));
    switch (op) {
    case BINARY_ADD: return int_add(vm, a, b);
    case BINARY_SUB: return int_sub(vm, a, b);
    case BINARY_MUL: return int_mul(vm, a, b);
    case BINARY_TRUEDIV: return int_truediv(vm, a, b);
    case BINARY_FLOORDIV: return int_floordiv(vm, a, b);
    case BINARY_MOD: return int_mod(vm, a, b);
    case BINARY_POW: return int_pow(vm, a, b);
    case BINARY_LSHIFT: return int_lshift(vm, a, b);
    case BINARY_RSHIFT: return int_rshift(vm, a, b);
    case BINARY_AND: return int_and(vm, a, b);
    case BINARY_OR: return int_or(vm, a, b);
    case BINARY_XOR: return int_xor(vm, a, b);
    case BINARY_DIVMOD: {
        Value pair[2];
        if (!int_divmod(vm, a, b, &pair[0], &pair[1])) return ERROR;
        Tuple *tuple = tuple_from_values(vm, pair, 2);
        return tuple != NULL ? from_object(tuple) : ERROR;
    }
    case BINARY_MATMUL: break;
    }
    return UNDEFINED;
}

static Value float_operation(VM *vm, BinaryOp op, double a, double b) {
    switch (op) {
    case BINARY_ADD: return float_new(vm, a + b);
    case BINARY_SUB: return float_new(vm, a - b);
    case BINARY_MUL: return float_new(vm, a * b);
    case BINARY_TRUEDIV:
        if (b == 0) return raise_error(vm, vm->exc.ZeroDivisionError, "float division by zero");
        return float_new(vm, a / b);
    case BINARY_FLOORDIV: case BINARY_MOD: case BINARY_DIVMOD: {
        double quotient, remainder;
        if (b == 0) {
            return raise_error(vm, vm->exc.ZeroDivisionError, op == BINARY_MOD ? "float modulo" : op == BINARY_DIVMOD ? "float divmod()" : "float floor division by zero");
        }
        float_divmod(a, b, &quotient, &remainder);
        if (op == BINARY_FLOORDIV) return float_new(vm, quotient);
        if (op == BINARY_MOD) return float_new(vm, remainder);
        Tuple *pair = tuple_pack(vm, 2, float_new(vm, quotient), float_new(vm, remainder));
        return pair != NULL ? from_object(pair) : ERROR;
    }
    case BINARY_POW: return float_pow(vm, a, b);
    default: return UNDEFINED;
    }
}

// A number of rank int or float as a double; false with OverflowError.
static bool number_as_double(VM *vm, Value v, double *out) {
    *out = is_any_float(v) ? float_value(v) : int_as_double(v);
    if (!isinf(*out) || is_any_float(v)) return true;
    return raise_error(vm, vm->exc.OverflowError, "int too large to convert to float"), false;
}

static Value number_operation(VM *vm, BinaryOp op, Value a, Value b) {
    Rank left = rank_of(vm, a), right = rank_of(vm, b), rank = left > right ? left : right;
    if (left == RANK_NONE || right == RANK_NONE) return UNDEFINED;
    if (rank == RANK_INT) return int_operation(vm, op, a, b);
    if (rank == RANK_COMPLEX) return complex_operation(vm, op, a, b);
    if (op >= BINARY_MATMUL && op <= BINARY_XOR) return UNDEFINED;
    double x, y;
    if (!number_as_double(vm, a, &x) || !number_as_double(vm, b, &y)) return ERROR;
    return float_operation(vm, op, x, y);
}

// ---- the protocol

static bool is_exact_builtin(Class *cls) { return !(cls->flags & CLASS_HEAP); }

// Sequences' + and * come last in CPython (they are no number slots): the other operand's __radd__ or __rmul__ goes first.
static bool is_sequence_operator(VM *vm, BinaryOp op, Class *cls) {
    if (op != BINARY_ADD && op != BINARY_MUL) return false;
    return cls == vm->types.str || cls == vm->types.list || cls == vm->types.tuple || cls == vm->types.bytes || cls == vm->types.bytearray;
}

bool binary_is_sequence_method(VM *vm, BinaryOp op, Value method) {
    return (op == BINARY_ADD || op == BINARY_MUL) && is_native(method) && is_sequence_operator(vm, op, to_native(method)->owner);
}

// Subclasses have their += in another place than the built-in classes, and their *= in the same: as in CPython.
bool binary_changes_late(VM *vm, BinaryOp op, Class *left, Value method) {
    return binary_is_sequence_method(vm, op, method) && (op == BINARY_MUL || is_sequence_operator(vm, op, left));
}

bool binary_refuses(VM *vm, BinaryOp op, Value method, Value other) {
    return op == BINARY_MUL && binary_is_sequence_method(vm, op, method) && !has_index(vm, other);
}

// A method of a built-in class that is a native function: called without entering the interpreter.
static Value native_method(VM *vm, BinaryOp op, Class *cls, Special special, Value self, Value other) {
    Value method = class_special(vm, cls, special);
    if (!is_native(method) || binary_refuses(vm, op, method, other)) return UNDEFINED;
    Value args[2] = {self, other};
    return native_invoke(vm, to_native(method), args, 2);
}

Value binary_op_builtin(VM *vm, BinaryOp op, Value a, Value b, bool in_place) {
    Value result = number_operation(vm, op, a, b);
    if (!is_undefined(result)) return result;
    Class *left = class_of(vm, a), *right = class_of(vm, b);
    if (left == vm->types.str && right == vm->types.str && op == BINARY_ADD) {
        Str *text = str_concat(vm, to_str(a), to_str(b));
        return text != NULL ? from_object(text) : ERROR;
    }
    if (!is_exact_builtin(left) || !is_exact_builtin(right)) return UNDEFINED;
    const OperatorRow *row = &operator_rows[op];
    if (in_place && row->in_place != SPECIAL_COUNT) {
        result = native_method(vm, op, left, row->in_place, a, b);
        if (!is_undefined(result) && !value_same(result, NOT_IMPLEMENTED)) return result;
    }
    if (is_sequence_operator(vm, op, left) && !is_sequence_operator(vm, op, right)) {
        result = native_method(vm, op, right, row->right, b, a);
        if (!is_undefined(result) && !value_same(result, NOT_IMPLEMENTED)) return result;
    }
    result = native_method(vm, op, left, row->left, a, b);
    if (!is_undefined(result) && !value_same(result, NOT_IMPLEMENTED)) return result;
    if (left == right) return UNDEFINED;
    result = native_method(vm, op, right, row->right, b, a);
    return value_same(result, NOT_IMPLEMENTED) ? UNDEFINED : result;
}

// type(self).special(self, other): UNDEFINED when it is missing or gives NotImplemented.
static Value try_method(VM *vm, BinaryOp op, Value self, Special special, Value other) {
    if (special == SPECIAL_COUNT || binary_refuses(vm, op, class_special(vm, class_of(vm, self), special), other)) return UNDEFINED;
    Value result = call_special(vm, self, special, &other, 1);
    return value_same(result, NOT_IMPLEMENTED) ? UNDEFINED : result;
}

// A subclass that overloads the reflected method goes first; and anything that is no sequence before a sequence's + and *.
bool binary_right_goes_first(VM *vm, BinaryOp op, Class *left, Class *right) {
    if (left == right) return false;
    if (binary_is_sequence_method(vm, op, class_special(vm, left, operator_rows[op].left)) &&
        !binary_is_sequence_method(vm, op, class_special(vm, right, operator_rows[op].right)))
        return true;
    if (!class_is_subclass(right, left)) return false;
    Value reflected = class_special(vm, right, operator_rows[op].right);
    return !is_undefined(reflected) && !value_same(reflected, class_special(vm, left, operator_rows[op].right));
}

static Value call_binary_methods(VM *vm, const OperatorRow *row, BinaryOp op, Value a, Value b, Special left_special) {
    Class *left = class_of(vm, a), *right = class_of(vm, b);
    bool right_first = binary_right_goes_first(vm, op, left, right);
    Value result;
    if (right_first) {
        result = try_method(vm, op, b, row->right, a);
        if (!is_undefined(result)) return result;
    }
    result = try_method(vm, op, a, left_special, b);
    if (!is_undefined(result) || right_first || left == right) return result;
    return try_method(vm, op, b, row->right, a);
}

Value binary_op(VM *vm, BinaryOp op, Value a, Value b, bool in_place) {
    Value result = binary_op_builtin(vm, op, a, b, in_place);
    if (!is_undefined(result)) return result;
    const OperatorRow *row = &operator_rows[op];
    Special left = row->left;
    if (in_place && binary_changes_late(vm, op, class_of(vm, a), class_special(vm, class_of(vm, a), row->in_place))) {
        left = row->in_place;   // in its turn: the other operand's __radd__ goes first here as well
    } else if (in_place) {
        result = try_method(vm, op, a, row->in_place, b);
        if (!is_undefined(result)) return result;
    }
    result = call_binary_methods(vm, row, op, a, b, left);
    return is_undefined(result) ? raise_binary_type_error(vm, op, a, b, in_place) : result;
}

Value raise_binary_type_error(VM *vm, BinaryOp op, Value a, Value b, bool in_place) {
    Class *left = class_of(vm, a);
    bool sequence = is_sequence_operator(vm, BINARY_ADD, left);
    if (op == BINARY_ADD && sequence) {
        if (left == vm->types.bytes || left == vm->types.bytearray) return raise_type_error(vm, "can't concat %T to %T", b, a);
        return raise_type_error(vm, "can only concatenate %T (not \"%T\") to %T", a, b, a);
    }
    bool repeats = binary_is_sequence_method(vm, op, class_special(vm, left, SPECIAL_MUL));
    if (op == BINARY_MUL && (repeats || binary_is_sequence_method(vm, op, class_special(vm, class_of(vm, b), SPECIAL_MUL))))
        return raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", repeats ? b : a);
    const char *sign = operator_rows[op].sign;
    if (in_place && op == BINARY_POW) sign = "**";
    // A Python 2 habit gets a hint.
    if (op == BINARY_RSHIFT && is_native(a) && str_equals_c(vm, to_native(a)->name, "print") && !in_place)
        return raise_type_error(vm, "unsupported operand type(s) for >>: '%T' and '%T'. Did you mean \"print(<message>, file=<output_stream>)\"?", a, b);
    return raise_type_error(vm, "unsupported operand type(s) for %s%s: '%T' and '%T'", sign, in_place ? "=" : "", a, b);
}

Value power_mod(VM *vm, Value base, Value exponent, Value modulus) {
    if (is_none(modulus)) return binary_op(vm, BINARY_POW, base, exponent, false);
    if (rank_of(vm, base) == RANK_INT && rank_of(vm, exponent) == RANK_INT && rank_of(vm, modulus) == RANK_INT)
        return int_pow_mod(vm, int_or_bool(base), int_or_bool(exponent), int_or_bool(modulus));
    if (is_any_float(base) || is_any_float(exponent) || is_any_float(modulus))
        return raise_type_error(vm, "pow() 3rd argument not allowed unless all arguments are integers");
    if (is_kind(base, KIND_COMPLEX)) return raise_value_error(vm, "complex modulo");
    Value args[2] = {exponent, modulus};
    Value result = call_special(vm, base, SPECIAL_POW, args, 2);
    if (!is_undefined(result) && !value_same(result, NOT_IMPLEMENTED)) return result;
    return raise_type_error(vm, "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", base, exponent, modulus);
}

// ---- unary

Value unary_op(VM *vm, UnaryOp op, Value v) {
    Rank rank = rank_of(vm, v);
    if (rank == RANK_INT) {
        Value number = int_or_bool(v);
        return op == UNARY_NEG ? int_negate(vm, number) : op == UNARY_POS ? number : op == UNARY_INVERT ? int_invert(vm, number) : int_abs(vm, number);
    }
    if (rank == RANK_FLOAT && op != UNARY_INVERT) {
        double d = float_value(v);
        return float_new(vm, op == UNARY_NEG ? -d : op == UNARY_ABS ? fabs(d) : d);
    }
    static const Special specials[] = {SPECIAL_NEG, SPECIAL_POS, SPECIAL_INVERT, SPECIAL_ABS};
    static const char *const texts[] = {"unary -", "unary +", "unary ~", "abs()"};
    Value result = call_special(vm, v, specials[op], NULL, 0);
    return is_undefined(result) ? raise_type_error(vm, "bad operand type for %s: '%T'", texts[op], v) : result;
}

// ---- conversions of arguments

bool warn_subclass(VM *vm, const char *method, const char *type, Value result) {
    return vm_warn(vm, vm->exc.DeprecationWarning, 1, "%s returned non-%s (type %T).  The ability to return an instance of a strict subclass of "
                   "%s is deprecated, and may be removed in a future version of Python.", method, type, result, type);
}

Value value_index(VM *vm, Value v) {
    Value plain = int_or_bool(v);
    if (!is_undefined(plain)) return plain;
    Value result = call_special(vm, v, SPECIAL_INDEX, NULL, 0);
    if (is_undefined(result)) return raise_type_error(vm, "'%T' object cannot be interpreted as an integer", v);
    if (is_error(result)) return ERROR;
    plain = int_or_bool(result);
    if (is_undefined(plain)) return raise_type_error(vm, "__index__ returned non-int (type %T)", result);
    return class_of(vm, result) == vm->types.int_ || warn_subclass(vm, "__index__", "int", result) ? plain : ERROR;
}

bool index_as_ssize(VM *vm, Value v, ptrdiff_t *out) {
    if (LIKELY(is_int(v))) return *out = (ptrdiff_t)to_int(v), true;
    Value index = value_index(vm, v);
    if (is_error(index)) return false;
    int64_t i;
    if (!int_as_i64(index, &i)) {
        raise_error(vm, vm->exc.IndexError, "cannot fit '%T' into an index-sized integer", v);
        return false;
    }
    return *out = (ptrdiff_t)i, true;
}

bool index_as_clamped(VM *vm, Value v, ptrdiff_t *out) {
    if (LIKELY(is_int(v))) return *out = (ptrdiff_t)to_int(v), true;
    Value index = value_index(vm, v);
    if (is_error(index)) return false;
    int64_t i;
    *out = int_as_i64(index, &i) ? (ptrdiff_t)i : int_sign(index) < 0 ? PTRDIFF_MIN : PTRDIFF_MAX;
    return true;
}

bool value_as_i64(VM *vm, Value v, int64_t *out) {
    if (LIKELY(is_int(v))) return *out = to_int(v), true;
    Value index = value_index(vm, v);
    if (is_error(index)) return false;
    if (int_as_i64(index, out)) return true;
    return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C long"), false;
}

bool double_of_result(VM *vm, Value v, Value number, double *out) {
    if (!is_any_float(number)) return raise_type_error(vm, "%T.__float__ returned non-float (type %T)", v, number), false;
    *out = float_value(number);
    if (class_of(vm, number) == vm->types.float_) return true;
    return vm_warn(vm, vm->exc.DeprecationWarning, 1,
                   "%T.__float__ returned non-float (type %T).  The ability to return an instance of a strict subclass of float is "
                   "deprecated, and may be removed in a future version of Python.", v, number);
}

bool value_as_double(VM *vm, Value v, double *out) {
    if (is_inline_float(v)) return *out = to_double(v), true;
    if (is_kind(v, KIND_FLOAT)) return *out = float_value(v), true;
    if (is_int(v)) return *out = (double)to_int(v), true;
    Value number = UNDEFINED;
    if (!is_undefined(int_or_bool(v)) && !(class_of(vm, v)->flags & CLASS_HEAP))
        return number_as_double(vm, v, out);
    number = call_special(vm, v, SPECIAL_FLOAT, NULL, 0);
    if (is_error(number)) return false;
    if (!is_undefined(number)) return double_of_result(vm, v, number, out);
    if (!is_undefined(class_special(vm, class_of(vm, v), SPECIAL_INDEX))) {
        number = value_index(vm, v);
        return !is_error(number) && number_as_double(vm, number, out);
    }
    return raise_type_error(vm, "must be real number, not %T", v), false;
}
