// Constant folding: what CPython computes while compiling, as far as 64-bit integers, doubles and strings go.
//
// Results that would be larger than their operands deserve are left to run time, as are errors.
#include "compiler/gen.h"

#include <math.h>
#include <string.h>

enum { FOLD_STRING_MAX = 4096, FOLD_DEPTH_MAX = 64 };

UnitConstant constant_none(void) {
    return (UnitConstant){.kind = CONSTANT_NONE};
}

UnitConstant constant_string(const char *text, size_t length) {
    return (UnitConstant){.kind = CONSTANT_STR, .as.bytes = {text, length}};
}

UnitConstant constant_tuple(const UnitConstant *items, size_t count) {
    return (UnitConstant){.kind = CONSTANT_TUPLE, .as.sequence = {items, count}};
}

static UnitConstant constant_int(int64_t value) {
    return (UnitConstant){.kind = CONSTANT_INT, .as.integer = value};
}

static UnitConstant constant_float(double value) {
    return (UnitConstant){.kind = CONSTANT_FLOAT, .as.real = value};
}

static UnitConstant constant_bool(bool value) {
    return (UnitConstant){.kind = value ? CONSTANT_TRUE : CONSTANT_FALSE};
}

UnitConstant constant_of(const Constant *constant) {
    switch (constant->kind) {
    case CONST_NONE: return constant_none();
    case CONST_TRUE: return constant_bool(true);
    case CONST_FALSE: return constant_bool(false);
    case CONST_ELLIPSIS: return (UnitConstant){.kind = CONSTANT_ELLIPSIS};
    case CONST_INT: return constant_int(constant->integer);
    case CONST_BIGINT:
        return (UnitConstant){.kind = CONSTANT_BIG_INT, .as.big = {constant->bytes, constant->length, constant->base}};
    case CONST_FLOAT: return constant_float(constant->real);
    case CONST_IMAGINARY: return (UnitConstant){.kind = CONSTANT_COMPLEX, .as.complex = {0.0, constant->real}};
    case CONST_STR: return constant_string(constant->bytes, constant->length);
    case CONST_BYTES: return (UnitConstant){.kind = CONSTANT_BYTES, .as.bytes = {constant->bytes, constant->length}};
    }
    return constant_none();
}

bool constant_truth(const UnitConstant *value) {
    switch (value->kind) {
    case CONSTANT_NONE: case CONSTANT_FALSE: return false;
    case CONSTANT_INT: return value->as.integer != 0;
    case CONSTANT_FLOAT: return value->as.real != 0;
    case CONSTANT_COMPLEX: return value->as.complex.real != 0 || value->as.complex.imaginary != 0;
    case CONSTANT_STR: case CONSTANT_BYTES: return value->as.bytes.size != 0;
    case CONSTANT_TUPLE: case CONSTANT_FROZENSET: return value->as.sequence.count != 0;
    default: return true;
    }
}

static bool int_power(int64_t base, int64_t exponent, int64_t *out) {
    int64_t result = 1;
    if (exponent < 0) return false;
    if (base == 0 || base == 1 || base == -1) {
        *out = exponent == 0 ? 1 : base < 0 && exponent % 2 == 0 ? 1 : base;
        return true;
    }
    for (; exponent > 0; exponent--) {
        if (__builtin_mul_overflow(result, base, &result)) return false;
    }
    *out = result;
    return true;
}

static bool exact_in_double(int64_t value) {
    return value >= -((int64_t)1 << 53) && value <= (int64_t)1 << 53;
}

static bool fold_ints(Operator op, int64_t a, int64_t b, UnitConstant *out) {
    int64_t r;
    switch (op) {
    case OP_Add: if (__builtin_add_overflow(a, b, &r)) return false; break;
    case OP_Sub: if (__builtin_sub_overflow(a, b, &r)) return false; break;
    case OP_Mult: if (__builtin_mul_overflow(a, b, &r)) return false; break;
    case OP_Pow: if (!int_power(a, b, &r)) return false; break;
    case OP_Div:
        if (b == 0 || !exact_in_double(a) || !exact_in_double(b)) return false;
        *out = constant_float((double)a / (double)b);
        return true;
    case OP_FloorDiv: case OP_Mod: {
        if (b == 0 || b == -1) return false;
        int64_t quotient = a / b, rest = a % b;
        if (rest != 0 && (rest < 0) != (b < 0)) quotient--, rest += b;
        r = op == OP_Mod ? rest : quotient;
        break;
    }
    case OP_LShift:
        if (b < 0 || b > 62) return false;
        if (__builtin_mul_overflow(a, (int64_t)1 << b, &r)) return false;
        break;
    case OP_RShift:
        if (b < 0) return false;
        r = b > 62 ? (a < 0 ? -1 : 0) : a >> b;
        break;
    case OP_BitAnd: r = a & b; break;
    case OP_BitOr: r = a | b; break;
    case OP_BitXor: r = a ^ b; break;
    default: return false;
    }
    *out = constant_int(r);
    return true;
}

static bool fold_floats(Operator op, double a, double b, UnitConstant *out) {
    switch (op) {
    case OP_Add: *out = constant_float(a + b); return true;
    case OP_Sub: *out = constant_float(a - b); return true;
    case OP_Mult: *out = constant_float(a * b); return true;
    case OP_Div: if (b == 0) return false; *out = constant_float(a / b); return true;
    default: return false;
    }
}

static bool as_double(const UnitConstant *value, double *out) {
    if (value->kind == CONSTANT_FLOAT) *out = value->as.real;
    else if (value->kind == CONSTANT_INT && exact_in_double(value->as.integer)) *out = (double)value->as.integer;
    else return false;
    return true;
}

// real ± imaginary, the way complex literals are written.
static bool fold_complex(Operator op, const UnitConstant *left, const UnitConstant *right, UnitConstant *out) {
    double a_real, a_imaginary = 0, b_real, b_imaginary = 0;
    if (left->kind == CONSTANT_COMPLEX) a_real = left->as.complex.real, a_imaginary = left->as.complex.imaginary;
    else if (!as_double(left, &a_real)) return false;
    if (right->kind == CONSTANT_COMPLEX) b_real = right->as.complex.real, b_imaginary = right->as.complex.imaginary;
    else if (!as_double(right, &b_real)) return false;
    if (op != OP_Add && op != OP_Sub) return false;
    out->kind = CONSTANT_COMPLEX;
    if (op == OP_Add) {
        out->as.complex.real = a_real + b_real;
        out->as.complex.imaginary = a_imaginary + b_imaginary;
        return true;
    }
    if (op == OP_Sub) {
        out->as.complex.real = a_real - b_real;
        out->as.complex.imaginary = a_imaginary - b_imaginary;
        return true;
    }
    return false;
}

static bool fold_bytes(Compiler *c, Operator op, const UnitConstant *left, const UnitConstant *right,
                       UnitConstant *out) {
    if (op == OP_Add && left->kind == right->kind) {
        size_t size = left->as.bytes.size + right->as.bytes.size;
        if (size > FOLD_STRING_MAX) return false;
        char *text = arena_alloc_unset(c->arena, size);
        if (left->as.bytes.size > 0) memcpy(text, left->as.bytes.data, left->as.bytes.size);
        if (right->as.bytes.size > 0) memcpy(text + left->as.bytes.size, right->as.bytes.data, right->as.bytes.size);
        *out = (UnitConstant){.kind = left->kind, .as.bytes = {text, size}};
        return true;
    }
    if (op != OP_Mult || right->kind != CONSTANT_INT) return false;
    int64_t count = right->as.integer < 0 ? 0 : right->as.integer;
    size_t unit = left->as.bytes.size;
    if (count > FOLD_STRING_MAX || unit * (size_t)count > FOLD_STRING_MAX) return false;
    char *text = arena_alloc_unset(c->arena, unit * (size_t)count);
    for (int64_t i = 0; i < count && unit > 0; i++) memcpy(text + (size_t)i * unit, left->as.bytes.data, unit);
    *out = (UnitConstant){.kind = left->kind, .as.bytes = {text, unit * (size_t)count}};
    return true;
}

static bool is_bytes(const UnitConstant *value) {
    return value->kind == CONSTANT_STR || value->kind == CONSTANT_BYTES;
}

bool fold_binary(Compiler *c, Operator op, const UnitConstant *left, const UnitConstant *right, UnitConstant *out) {
    if (left->kind == CONSTANT_INT && right->kind == CONSTANT_INT) {
        return fold_ints(op, left->as.integer, right->as.integer, out);
    }
    double a, b;
    if (as_double(left, &a) && as_double(right, &b)) return fold_floats(op, a, b, out);
    if (left->kind == CONSTANT_COMPLEX || right->kind == CONSTANT_COMPLEX) return fold_complex(op, left, right, out);
    if (is_bytes(left)) return fold_bytes(c, op, left, right, out);
    if (is_bytes(right) && op == OP_Mult && left->kind == CONSTANT_INT) return fold_bytes(c, op, right, left, out);
    return false;
}

bool fold_unary(Compiler *c, UnaryOperator op, const UnitConstant *value, UnitConstant *out) {
    if (op == UNARY_Not) {
        if (value->kind == CONSTANT_TUPLE || value->kind == CONSTANT_BIG_INT) return false;
        *out = constant_bool(!constant_truth(value));
        return true;
    }
    if (value->kind == CONSTANT_INT) {
        if (op == UNARY_USub && value->as.integer == INT64_MIN) return false;
        int64_t i = value->as.integer;
        *out = constant_int(op == UNARY_USub ? -i : op == UNARY_Invert ? ~i : i);
        return true;
    }
    if (op == UNARY_Invert) return false;
    if (value->kind == CONSTANT_FLOAT) {
        *out = constant_float(op == UNARY_USub ? -value->as.real : value->as.real);
        return true;
    }
    if (value->kind == CONSTANT_COMPLEX) {
        *out = *value;
        if (op == UNARY_USub) {
            out->as.complex.real = -value->as.complex.real;
            out->as.complex.imaginary = -value->as.complex.imaginary;
        }
        return true;
    }
    if (value->kind == CONSTANT_BIG_INT && op == UNARY_USub && value->as.big.digits[0] != '-') {
        *out = *value;
        out->as.big.digits = arena_printf(c->arena, "-%s", value->as.big.digits);
        out->as.big.size++;
        return true;
    }
    return false;
}

static bool fold_at_depth(Compiler *c, const Expr *e, UnitConstant *out, int depth) {
    UnitConstant left, right;
    if (depth > FOLD_DEPTH_MAX) return false;
    switch (e->kind) {
    case EXPR_Constant: *out = constant_of(&e->Constant.value); return true;
    case EXPR_UnaryOp:
        return fold_at_depth(c, e->UnaryOp.operand, &left, depth + 1) && fold_unary(c, e->UnaryOp.op, &left, out);
    case EXPR_BinOp:
        return fold_at_depth(c, e->BinOp.left, &left, depth + 1) &&
               fold_at_depth(c, e->BinOp.right, &right, depth + 1) && fold_binary(c, e->BinOp.op, &left, &right, out);
    case EXPR_Tuple: {
        if (e->Tuple.ctx != CTX_Load) return false;
        int32_t count = e->Tuple.elts.count;
        for (int32_t i = 0; i < count; i++) {
            ExprKind kind = e->Tuple.elts.items[i]->kind;
            if (kind != EXPR_Constant && kind != EXPR_UnaryOp && kind != EXPR_BinOp && kind != EXPR_Tuple) return false;
        }
        UnitConstant *items = arena_new_array(c->arena, UnitConstant, (size_t)count);
        for (int32_t i = 0; i < count; i++) {
            if (!fold_at_depth(c, e->Tuple.elts.items[i], &items[i], depth + 1)) return false;
        }
        *out = constant_tuple(items, (size_t)count);
        return true;
    }
    case EXPR_Name:
        if (e->Name.id->length == 9 && memcmp(e->Name.id->text, "__debug__", 9) == 0 && e->Name.ctx == CTX_Load) {
            *out = constant_bool(c->options.optimize == 0);
            return true;
        }
        return false;
    default: return false;
    }
}

bool fold_expr(Compiler *c, const Expr *e, UnitConstant *out) {
    return fold_at_depth(c, e, out, 0);
}
