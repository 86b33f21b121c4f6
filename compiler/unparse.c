// Expressions as text: what `from __future__ import annotations` leaves in __annotations__, as CPython writes it.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/gen.h"
#include "lexer/lexer.h"

// How tightly things bind; an operand that binds less tightly than its place asks for gets parentheses.
typedef enum Level {
    LEVEL_TUPLE, LEVEL_TEST, LEVEL_OR, LEVEL_AND, LEVEL_NOT, LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_XOR, LEVEL_BIT_AND,
    LEVEL_SHIFT, LEVEL_ARITHMETIC, LEVEL_TERM, LEVEL_FACTOR, LEVEL_POWER, LEVEL_AWAIT, LEVEL_ATOM,
} Level;

typedef struct Text {
    Compiler *c;
    ArenaVec(char) out;
} Text;

static void write_expr(Text *t, const Expr *e, int level);

static void add(Text *t, const char *text, size_t length) {
    arena_reserve(t->c->arena, &t->out, length);
    if (length > 0) memcpy(t->out.items + t->out.count, text, length);
    t->out.count += length;
}

static void add_text(Text *t, const char *text) {
    add(t, text, strlen(text));
}

static void add_name(Text *t, const Name *name) {
    add(t, name->text, name->length);
}

static void open_if(Text *t, bool needed) {
    if (needed) add_text(t, "(");
}

static void close_if(Text *t, bool needed) {
    if (needed) add_text(t, ")");
}

static void write_list(Text *t, ExprSeq items, int level) {
    for (int32_t i = 0; i < items.count; i++) {
        if (i > 0) add_text(t, ", ");
        write_expr(t, items.items[i], level);
    }
}

// ---- constants -----------------------------------------------------------------------------------------------------

// The shortest digits that read back as the same number, laid out as repr() does.
static void write_float(Text *t, double value, bool imaginary) {
    char text[40];
    if (isinf(value)) {
        add_text(t, "1e309");
        return;
    }
    int precision = 1;
    for (; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision - 1, value);
        if (strtod(text, NULL) == value) break;
    }
    snprintf(text, sizeof text, "%.*e", precision - 1, value);
    int exponent = atoi(strchr(text, 'e') + 1);
    if (exponent >= -4 && exponent < 16) {
        int decimals = precision - 1 - exponent;
        snprintf(text, sizeof text, "%.*f", decimals > 0 ? decimals : 0, value);
        add_text(t, text);
        if (decimals <= 0 && !imaginary) add_text(t, ".0");
    } else {
        add_text(t, text);
    }
}

static void write_bytes(Text *t, const char *bytes, size_t length) {
    char quote = memchr(bytes, '\'', length) != NULL && memchr(bytes, '"', length) == NULL ? '"' : '\'';
    char text[8];
    snprintf(text, sizeof text, "b%c", quote);
    add_text(t, text);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == (unsigned char)quote || byte == '\\') snprintf(text, sizeof text, "\\%c", byte);
        else if (byte == '\n') snprintf(text, sizeof text, "\\n");
        else if (byte == '\r') snprintf(text, sizeof text, "\\r");
        else if (byte == '\t') snprintf(text, sizeof text, "\\t");
        else if (byte < 32 || byte > 126) snprintf(text, sizeof text, "\\x%02x", byte);
        else snprintf(text, sizeof text, "%c", byte);
        add_text(t, text);
    }
    add(t, &quote, 1);
}

static void write_string(Text *t, const char *text, size_t length) {
    Buf buf = buf_of(&t->c->arena->allocator);
    text_repr(&buf, text, length);
    if (buf.failed) {
        buf_free(&buf);
        arena_fail(t->c->arena);
    }
    char *copy = arena_strndup(t->c->arena, buf.data, buf.length);
    size_t size = buf.length;
    buf_free(&buf);
    add(t, copy, size);
}

static void write_constant(Text *t, const ExprConstant *e) {
    const Constant *value = &e->value;
    char text[32];
    if (e->kind) add_text(t, "u");
    switch (value->kind) {
    case CONST_NONE: add_text(t, "None"); break;
    case CONST_TRUE: add_text(t, "True"); break;
    case CONST_FALSE: add_text(t, "False"); break;
    case CONST_ELLIPSIS: add_text(t, "..."); break;
    case CONST_INT:
        snprintf(text, sizeof text, "%lld", (long long)value->integer);
        add_text(t, text);
        break;
    case CONST_BIGINT:
        if (value->base != 10) add_text(t, value->base == 16 ? "0x" : value->base == 8 ? "0o" : "0b");
        add(t, value->bytes, value->length);
        break;
    case CONST_FLOAT: write_float(t, value->real, false); break;
    case CONST_IMAGINARY:
        write_float(t, value->real, true);
        add_text(t, "j");
        break;
    case CONST_STR: write_string(t, value->bytes, value->length); break;
    case CONST_BYTES: write_bytes(t, value->bytes, value->length); break;
    }
}

// ---- f-strings -----------------------------------------------------------------------------------------------------

static void write_parts(Text *t, ExprSeq parts);

static void write_formatted(Text *t, const Expr *e) {
    Text inner = {.c = t->c};
    write_expr(&inner, e->FormattedValue.value, LEVEL_TEST + 1);
    add_text(t, inner.out.count > 0 && inner.out.items[0] == '{' ? "{ " : "{");
    add(t, inner.out.items, inner.out.count);
    if (e->FormattedValue.conversion > 0) {
        char conversion[3] = {'!', (char)e->FormattedValue.conversion, 0};
        add_text(t, conversion);
    }
    if (e->FormattedValue.format_spec != NULL) {
        add_text(t, ":");
        const Expr *spec = e->FormattedValue.format_spec;
        if (spec->kind == EXPR_JoinedStr) write_parts(t, spec->JoinedStr.values);
    }
    add_text(t, "}");
}

static void write_parts(Text *t, ExprSeq parts) {
    for (int32_t i = 0; i < parts.count; i++) {
        const Expr *part = parts.items[i];
        if (part->kind == EXPR_FormattedValue) {
            write_formatted(t, part);
        } else if (part->kind == EXPR_Constant) {
            const char *text = part->Constant.value.bytes;
            for (size_t j = 0; j < part->Constant.value.length; j++) {
                add(t, text + j, 1);
                if (text[j] == '{' || text[j] == '}') add(t, text + j, 1);
            }
        }
    }
}

static void write_joined(Text *t, const Expr *e) {
    Text body = {.c = t->c};
    if (e->kind == EXPR_JoinedStr) write_parts(&body, e->JoinedStr.values);
    else write_formatted(&body, e);
    add_text(t, "f");
    write_string(t, body.out.items == NULL ? "" : body.out.items, body.out.count);
}

// ---- operators -----------------------------------------------------------------------------------------------------

static const struct {
    const char *sign;
    Level level;
} binary_signs[] = {
    [OP_Add] = {" + ", LEVEL_ARITHMETIC}, [OP_Sub] = {" - ", LEVEL_ARITHMETIC}, [OP_Mult] = {" * ", LEVEL_TERM},
    [OP_MatMult] = {" @ ", LEVEL_TERM}, [OP_Div] = {" / ", LEVEL_TERM}, [OP_Mod] = {" % ", LEVEL_TERM},
    [OP_LShift] = {" << ", LEVEL_SHIFT}, [OP_RShift] = {" >> ", LEVEL_SHIFT}, [OP_BitOr] = {" | ", LEVEL_BIT_OR},
    [OP_BitXor] = {" ^ ", LEVEL_BIT_XOR}, [OP_BitAnd] = {" & ", LEVEL_BIT_AND}, [OP_FloorDiv] = {" // ", LEVEL_TERM},
    [OP_Pow] = {" ** ", LEVEL_POWER},
};

static void write_binary(Text *t, const Expr *e, int level) {
    Level own = binary_signs[e->BinOp.op].level;
    bool right_associative = e->BinOp.op == OP_Pow, parentheses = level > (int)own;
    open_if(t, parentheses);
    write_expr(t, e->BinOp.left, (int)own + right_associative);
    add_text(t, binary_signs[e->BinOp.op].sign);
    write_expr(t, e->BinOp.right, (int)own + !right_associative);
    close_if(t, parentheses);
}

static void write_unary(Text *t, const Expr *e, int level) {
    static const char *const signs[] = {
        [UNARY_Invert] = "~", [UNARY_Not] = "not ", [UNARY_UAdd] = "+", [UNARY_USub] = "-"};
    Level own = e->UnaryOp.op == UNARY_Not ? LEVEL_NOT : LEVEL_FACTOR;
    open_if(t, level > (int)own);
    add_text(t, signs[e->UnaryOp.op]);
    write_expr(t, e->UnaryOp.operand, own);
    close_if(t, level > (int)own);
}

static void write_bool(Text *t, const Expr *e, int level) {
    Level own = e->BoolOp.op == BOOL_And ? LEVEL_AND : LEVEL_OR;
    open_if(t, level > (int)own);
    for (int32_t i = 0; i < e->BoolOp.values.count; i++) {
        if (i > 0) add_text(t, e->BoolOp.op == BOOL_And ? " and " : " or ");
        write_expr(t, e->BoolOp.values.items[i], (int)own + 1);
    }
    close_if(t, level > (int)own);
}

static void write_compare(Text *t, const Expr *e, int level) {
    static const char *const signs[] = {
        [CMP_Eq] = " == ", [CMP_NotEq] = " != ",     [CMP_Lt] = " < ",  [CMP_LtE] = " <= ",
        [CMP_Gt] = " > ",  [CMP_GtE] = " >= ",       [CMP_Is] = " is ", [CMP_IsNot] = " is not ",
        [CMP_In] = " in ", [CMP_NotIn] = " not in ",
    };
    open_if(t, level > LEVEL_COMPARE);
    write_expr(t, e->Compare.left, LEVEL_COMPARE + 1);
    for (int32_t i = 0; i < e->Compare.ops.count; i++) {
        add_text(t, signs[e->Compare.ops.items[i]]);
        write_expr(t, e->Compare.comparators.items[i], LEVEL_COMPARE + 1);
    }
    close_if(t, level > LEVEL_COMPARE);
}

// ---- lambda, calls, comprehensions ---------------------------------------------------------------------------------

static void write_comma(Text *t, bool *first) {
    if (!*first) add_text(t, ", ");
    *first = false;
}

static void write_arg(Text *t, const Arg *arg) {
    add_name(t, arg->arg);
    if (arg->annotation == NULL) return;
    add_text(t, ": ");
    write_expr(t, arg->annotation, LEVEL_TEST);
}

static void write_arguments(Text *t, const Arguments *a) {
    bool first = true;
    int32_t positional = a->posonlyargs.count + a->args.count;
    for (int32_t i = 0; i < positional; i++) {
        write_comma(t, &first);
        write_arg(t, i < a->posonlyargs.count ? a->posonlyargs.items[i] : a->args.items[i - a->posonlyargs.count]);
        int32_t number = i - (positional - a->defaults.count);
        if (number >= 0) {
            add_text(t, "=");
            write_expr(t, a->defaults.items[number], LEVEL_TEST);
        }
        if (a->posonlyargs.count > 0 && i + 1 == a->posonlyargs.count) add_text(t, ", /");
    }
    if (a->vararg != NULL || a->kwonlyargs.count > 0) {
        write_comma(t, &first);
        add_text(t, "*");
        if (a->vararg != NULL) write_arg(t, a->vararg);
    }
    for (int32_t i = 0; i < a->kwonlyargs.count; i++) {
        write_comma(t, &first);
        write_arg(t, a->kwonlyargs.items[i]);
        if (a->kw_defaults.items[i] == NULL) continue;
        add_text(t, "=");
        write_expr(t, a->kw_defaults.items[i], LEVEL_TEST);
    }
    if (a->kwarg != NULL) {
        write_comma(t, &first);
        add_text(t, "**");
        write_arg(t, a->kwarg);
    }
}

static void write_lambda(Text *t, const Expr *e, int level) {
    const Arguments *a = e->Lambda.args;
    bool none =
        a->posonlyargs.count + a->args.count + a->kwonlyargs.count == 0 && a->vararg == NULL && a->kwarg == NULL;
    open_if(t, level > LEVEL_TEST);
    add_text(t, none ? "lambda" : "lambda ");
    write_arguments(t, a);
    add_text(t, ": ");
    write_expr(t, e->Lambda.body, LEVEL_TEST);
    close_if(t, level > LEVEL_TEST);
}

static void write_call(Text *t, const Expr *e) {
    write_expr(t, e->Call.func, LEVEL_ATOM);
    if (e->Call.args.count == 1 && e->Call.keywords.count == 0 && e->Call.args.items[0]->kind == EXPR_GeneratorExp) {
        write_expr(t, e->Call.args.items[0], LEVEL_TEST);
        return;
    }
    bool first = true;
    add_text(t, "(");
    for (int32_t i = 0; i < e->Call.args.count; i++) {
        write_comma(t, &first);
        write_expr(t, e->Call.args.items[i], LEVEL_TEST);
    }
    for (int32_t i = 0; i < e->Call.keywords.count; i++) {
        const Keyword *keyword = e->Call.keywords.items[i];
        write_comma(t, &first);
        if (keyword->arg == NULL) add_text(t, "**");
        else add_name(t, keyword->arg), add_text(t, "=");
        write_expr(t, keyword->value, LEVEL_TEST);
    }
    add_text(t, ")");
}

static void write_generators(Text *t, ComprehensionSeq generators) {
    for (int32_t i = 0; i < generators.count; i++) {
        const Comprehension *g = generators.items[i];
        add_text(t, g->is_async ? " async for " : " for ");
        write_expr(t, g->target, LEVEL_TUPLE);
        add_text(t, " in ");
        write_expr(t, g->iter, LEVEL_TEST + 1);
        for (int32_t j = 0; j < g->ifs.count; j++) {
            add_text(t, " if ");
            write_expr(t, g->ifs.items[j], LEVEL_TEST + 1);
        }
    }
}

static void write_dict(Text *t, const Expr *e) {
    add_text(t, "{");
    for (int32_t i = 0; i < e->Dict.keys.count; i++) {
        if (i > 0) add_text(t, ", ");
        if (e->Dict.keys.items[i] == NULL) {
            add_text(t, "**");
            write_expr(t, e->Dict.values.items[i], LEVEL_BIT_OR);
            continue;
        }
        write_expr(t, e->Dict.keys.items[i], LEVEL_TEST);
        add_text(t, ": ");
        write_expr(t, e->Dict.values.items[i], LEVEL_TEST);
    }
    add_text(t, "}");
}

static void write_slice(Text *t, const Expr *e) {
    if (e->Slice.lower != NULL) write_expr(t, e->Slice.lower, LEVEL_TEST);
    add_text(t, ":");
    if (e->Slice.upper != NULL) write_expr(t, e->Slice.upper, LEVEL_TEST);
    if (e->Slice.step == NULL) return;
    add_text(t, ":");
    write_expr(t, e->Slice.step, LEVEL_TEST);
}

static void write_tuple(Text *t, const Expr *e, int level) {
    if (e->Tuple.elts.count == 0) {
        add_text(t, "()");
        return;
    }
    open_if(t, level > LEVEL_TUPLE);
    write_list(t, e->Tuple.elts, LEVEL_TEST);
    if (e->Tuple.elts.count == 1) add_text(t, ",");
    close_if(t, level > LEVEL_TUPLE);
}

static void write_if_exp(Text *t, const Expr *e, int level) {
    open_if(t, level > LEVEL_TEST);
    write_expr(t, e->IfExp.body, LEVEL_TEST + 1);
    add_text(t, " if ");
    write_expr(t, e->IfExp.test, LEVEL_TEST + 1);
    add_text(t, " else ");
    write_expr(t, e->IfExp.orelse, LEVEL_TEST);
    close_if(t, level > LEVEL_TEST);
}

static void write_attribute(Text *t, const Expr *e) {
    const Expr *value = e->Attribute.value;
    write_expr(t, value, LEVEL_ATOM);
    bool is_int = value->kind == EXPR_Constant &&
                  (value->Constant.value.kind == CONST_INT || value->Constant.value.kind == CONST_BIGINT);
    add_text(t, is_int ? " ." : ".");
    add_name(t, e->Attribute.attr);
}

static void write_comprehension(Text *t, const char *open, const Expr *element, const Expr *value,
                                ComprehensionSeq generators, const char *close) {
    add_text(t, open);
    write_expr(t, element, LEVEL_TEST);
    if (value != NULL) {
        add_text(t, ": ");
        write_expr(t, value, LEVEL_TEST);
    }
    write_generators(t, generators);
    add_text(t, close);
}

static void write_prefixed(Text *t, const char *prefix, const Expr *e, int inner, bool parentheses) {
    open_if(t, parentheses);
    add_text(t, prefix);
    if (e != NULL) write_expr(t, e, inner);
    close_if(t, parentheses);
}

static void write_expr(Text *t, const Expr *e, int level) {
    compiler_deeper(t->c);
    switch (e->kind) {
    case EXPR_BoolOp: write_bool(t, e, level); break;
    case EXPR_NamedExpr:
        open_if(t, level > LEVEL_TUPLE);
        write_expr(t, e->NamedExpr.target, LEVEL_ATOM);
        add_text(t, " := ");
        write_expr(t, e->NamedExpr.value, LEVEL_ATOM);
        close_if(t, level > LEVEL_TUPLE);
        break;
    case EXPR_BinOp: write_binary(t, e, level); break;
    case EXPR_UnaryOp: write_unary(t, e, level); break;
    case EXPR_Lambda: write_lambda(t, e, level); break;
    case EXPR_IfExp: write_if_exp(t, e, level); break;
    case EXPR_Dict: write_dict(t, e); break;
    case EXPR_Set:
        add_text(t, "{");
        write_list(t, e->Set.elts, LEVEL_TEST);
        add_text(t, "}");
        break;
    case EXPR_ListComp: write_comprehension(t, "[", e->ListComp.elt, NULL, e->ListComp.generators, "]"); break;
    case EXPR_SetComp: write_comprehension(t, "{", e->SetComp.elt, NULL, e->SetComp.generators, "}"); break;
    case EXPR_DictComp:
        write_comprehension(t, "{", e->DictComp.key, e->DictComp.value, e->DictComp.generators, "}");
        break;
    case EXPR_GeneratorExp:
        write_comprehension(t, "(", e->GeneratorExp.elt, NULL, e->GeneratorExp.generators, ")");
        break;
    case EXPR_Await: write_prefixed(t, "await ", e->Await.value, LEVEL_ATOM, level > LEVEL_AWAIT); break;
    case EXPR_Yield:
        write_prefixed(t, e->Yield.value == NULL ? "(yield)" : "(yield ", e->Yield.value, LEVEL_TUPLE + 1, false);
        if (e->Yield.value != NULL) add_text(t, ")");
        break;
    case EXPR_YieldFrom:
        write_prefixed(t, "(yield from ", e->YieldFrom.value, LEVEL_TEST, false);
        add_text(t, ")");
        break;
    case EXPR_Compare: write_compare(t, e, level); break;
    case EXPR_Call: write_call(t, e); break;
    case EXPR_FormattedValue: case EXPR_JoinedStr: write_joined(t, e); break;
    case EXPR_Constant: write_constant(t, &e->Constant); break;
    case EXPR_Attribute: write_attribute(t, e); break;
    case EXPR_Subscript:
        write_expr(t, e->Subscript.value, LEVEL_ATOM);
        add_text(t, "[");
        write_expr(t, e->Subscript.slice, LEVEL_TUPLE);
        add_text(t, "]");
        break;
    case EXPR_Starred: write_prefixed(t, "*", e->Starred.value, LEVEL_BIT_OR, false); break;
    case EXPR_Name: add_name(t, e->Name.id); break;
    case EXPR_List:
        add_text(t, "[");
        write_list(t, e->List.elts, LEVEL_TEST);
        add_text(t, "]");
        break;
    case EXPR_Tuple: write_tuple(t, e, level); break;
    case EXPR_Slice: write_slice(t, e); break;
    }
    t->c->depth--;
}

void unparse_expr(Compiler *c, const Expr *e, const char **out_text, size_t *out_length) {
    Text t = {.c = c};
    write_expr(&t, e, LEVEL_TEST);
    *out_length = t.out.count;
    *out_text = arena_strndup(c->arena, t.out.items == NULL ? "" : t.out.items, t.out.count);
}
