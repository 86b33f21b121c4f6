// The dumper of the syntax tree: see ast_dump.h.
//
// The rows of ast.def become tables of fields (name, type, offset), and one loop walks any node by them. A Frame stands
// for a node or a sequence that has been opened and remembers which part comes next: the stack of frames is explicit.
#include "parser/ast_dump.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limbs.h"
#include "lexer/lexer.h"

typedef enum {
    FIELD_identifier, FIELD_identifier_opt, FIELD_identifier_seq, FIELD_integer, FIELD_u_prefix, FIELD_constant,
    FIELD_expr, FIELD_expr_opt, FIELD_expr_seq, FIELD_stmt_seq, FIELD_pattern, FIELD_pattern_opt, FIELD_pattern_seq,
    FIELD_type_param_seq, FIELD_expr_context, FIELD_boolop, FIELD_operator, FIELD_unaryop, FIELD_cmpop_seq,
    FIELD_arguments, FIELD_arg_opt, FIELD_arg_seq, FIELD_keyword_seq, FIELD_alias_seq, FIELD_withitem_seq,
    FIELD_match_case_seq, FIELD_comprehension_seq, FIELD_excepthandler_seq,
} FieldType;

typedef struct {
    const char *name;   // NULL ends a table
    FieldType type;
    uint32_t offset;
} Field;

// A node laid open: its name, the table of its fields, where they are, and its position (NULL for none).
typedef struct {
    const char *name;
    const Field *fields;
    const void *base;
    const Position *at;
} Opened;

typedef struct {
    bool is_sequence;
    bool one_line;      // a small node, written without line breaks even when indenting
    FieldType type;     // sequence: what the items are
    int32_t next;       // the next field (a position's parts count on behind the fields) or item
    int32_t shown;
    int32_t count;      // sequence
    void *const *items; // sequence
    Opened node;        // node
} Frame;

typedef struct {
    AstDumpOptions options;
    Buf *out;
    Frame *frames;
    size_t depth, capacity;
} Dumper;

#define OPEN(Owner_, name, base, at, ...) { \
        typedef Owner_ Owner __attribute__((unused)); \
        static const Field table[] = {__VA_ARGS__ {NULL, 0, 0}}; \
        return (Opened){#name, table, base, at}; \
    }

static Opened open_stmt(const Stmt *stmt) {
    switch (stmt->kind) {
#define STMT(k, fields) case STMT_##k: OPEN(Stmt##k, k, &stmt->k, &stmt->at, fields)
#define FIELD(type, name) {#name, FIELD_##type, offsetof(Owner, name)},
#include "parser/ast.def"
    }
    return (Opened){0};
}

static Opened open_expr(const Expr *expr) {
    switch (expr->kind) {
#define EXPR(k, fields) case EXPR_##k: OPEN(Expr##k, k, &expr->k, &expr->at, fields)
#define FIELD(type, name) {#name, FIELD_##type, offsetof(Owner, name)},
#include "parser/ast.def"
    }
    return (Opened){0};
}

static Opened open_pattern(const Pattern *pattern) {
    switch (pattern->kind) {
#define PATTERN(k, fields) case PATTERN_##k: OPEN(Pattern##k, k, &pattern->k, &pattern->at, fields)
#define FIELD(type, name) {#name, FIELD_##type, offsetof(Owner, name)},
#include "parser/ast.def"
    }
    return (Opened){0};
}

static Opened open_type_param(const TypeParam *param) {
    switch (param->kind) {
#define TYPE_PARAM(k, fields) case TYPE_PARAM_##k: OPEN(TypeParam##k, k, &param->k, &param->at, fields)
#define FIELD(type, name) {#name, FIELD_##type, offsetof(Owner, name)},
#include "parser/ast.def"
    }
    return (Opened){0};
}

#define PART(type, name, fields) static Opened open_##type(const type *part) OPEN(type, name, part, NULL, fields)
#define PART_AT(type, name, fields) \
    static Opened open_##type(const type *part) OPEN(type, name, part, &part->at, fields)
#define FIELD(type, name) {#name, FIELD_##type, offsetof(Owner, name)},
#include "parser/ast.def"

// The names of operators, by group.
#define OPERATOR(group, kind, symbol) PICK_##group(kind)
#define PICK_CTX(kind) #kind,
#define PICK_BOOL(kind)
#define PICK_OP(kind)
#define PICK_UNARY(kind)
#define PICK_CMP(kind)
static const char *const context_names[] = {
#include "parser/ast.def"
};
#undef PICK_CTX
#undef PICK_BOOL
#define PICK_CTX(kind)
#define PICK_BOOL(kind) #kind,
#define OPERATOR(group, kind, symbol) PICK_##group(kind)
static const char *const bool_names[] = {
#include "parser/ast.def"
};
#undef PICK_BOOL
#undef PICK_OP
#define PICK_BOOL(kind)
#define PICK_OP(kind) #kind,
#define OPERATOR(group, kind, symbol) PICK_##group(kind)
static const char *const operator_names[] = {
#include "parser/ast.def"
};
#undef PICK_OP
#undef PICK_UNARY
#define PICK_OP(kind)
#define PICK_UNARY(kind) #kind,
#define OPERATOR(group, kind, symbol) PICK_##group(kind)
static const char *const unary_names[] = {
#include "parser/ast.def"
};
#undef PICK_UNARY
#undef PICK_CMP
#define PICK_UNARY(kind)
#define PICK_CMP(kind) #kind,
#define OPERATOR(group, kind, symbol) PICK_##group(kind)
static const char *const compare_names[] = {
#include "parser/ast.def"
};

// repr() of a float; an imaginary part goes without the ".0".
static void dump_double(Buf *out, double value, bool imaginary) {
    char digits[40];
    if (isinf(value)) {
        buf_text(out, imaginary ? "infj" : "inf");
        return;
    }
    int precision = 1;
    do snprintf(digits, sizeof digits, "%.*e", precision - 1, value);
    while (strtod(digits, NULL) != value && ++precision <= 17);
    int exponent = atoi(strchr(digits, 'e') + 1);
    if (exponent < -4 || exponent >= 16) {
        snprintf(digits, sizeof digits, "%.*e", precision - 1, value);
        buf_text(out, digits);
    } else {
        int decimals = precision - 1 - exponent;
        buf_printf(out, "%.*f", decimals > 0 ? decimals : 0, value);
        if (decimals <= 0 && !imaginary) buf_text(out, ".0");
    }
    if (imaginary) buf_char(out, 'j');
}

static void dump_bigint(Buf *out, const Constant *constant) {
    if (constant->base == 10) {
        buf_append(out, constant->bytes, constant->length);
        return;
    }
    // A digit at a time into limbs, then chunks of 19 decimal digits out of them, the last ones first.
    const Limb chunk = UINT64_C(10000000000000000000);
    size_t room = (constant->length / 10 + 1) * sizeof(Limb), count = 0;
    Limb *limbs = alloc_new(out->allocator, room), *chunks = alloc_new(out->allocator, room * 2);
    if (limbs == NULL || chunks == NULL) {
        out->failed = true;
    } else {
        for (size_t i = 0; i < constant->length; i++) {
            char c = constant->bytes[i];
            Limb digit = c <= '9' ? (Limb)(c - '0') : (Limb)((c | 0x20) - 'a' + 10);
            Limb carry = limbs_mul_limb(limbs, limbs, count, (Limb)constant->base, digit);
            if (carry != 0) limbs[count++] = carry;
        }
        size_t parts = 0;
        for (; count > 0; count = limbs_trim(limbs, count)) chunks[parts++] = limbs_div_limb(limbs, limbs, count, chunk);
        buf_printf(out, "%llu", parts > 0 ? (unsigned long long)chunks[parts - 1] : 0);
        for (size_t i = parts; i-- > 1;) buf_printf(out, "%019llu", (unsigned long long)chunks[i - 1]);
    }
    alloc_free(out->allocator, limbs, room);
    alloc_free(out->allocator, chunks, room * 2);
}

static void dump_bytes(Buf *out, const char *bytes, size_t length) {
    char quote = memchr(bytes, '\'', length) != NULL && memchr(bytes, '"', length) == NULL ? '"' : '\'';
    buf_char(out, 'b');
    buf_char(out, quote);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '\t' || c == '\n' || c == '\r') {
            buf_text(out, c == '\t' ? "\\t" : c == '\n' ? "\\n" : "\\r");
        } else if (c < 0x20 || c >= 0x7F) {
            buf_printf(out, "\\x%02x", c);
        } else {
            if (c == (unsigned char)quote || c == '\\') buf_char(out, '\\');
            buf_char(out, (char)c);
        }
    }
    buf_char(out, quote);
}

static void dump_constant(Buf *out, const Constant *constant) {
    switch (constant->kind) {
    case CONST_NONE: buf_text(out, "None"); break;
    case CONST_TRUE: buf_text(out, "True"); break;
    case CONST_FALSE: buf_text(out, "False"); break;
    case CONST_ELLIPSIS: buf_text(out, "Ellipsis"); break;
    case CONST_INT: buf_printf(out, "%lld", (long long)constant->integer); break;
    case CONST_BIGINT: dump_bigint(out, constant); break;
    case CONST_FLOAT: dump_double(out, constant->real, false); break;
    case CONST_IMAGINARY: dump_double(out, constant->real, true); break;
    case CONST_STR: text_repr(out, constant->bytes, constant->length); break;
    case CONST_BYTES: dump_bytes(out, constant->bytes, constant->length); break;
    }
}

// All sequences have the same layout; this one stands for any of them.
typedef struct { int32_t count; void *const *items; } AnySeq;

static bool field_is_sequence(FieldType type) {
    switch (type) {
    case FIELD_identifier_seq: case FIELD_expr_seq: case FIELD_stmt_seq: case FIELD_pattern_seq:
    case FIELD_type_param_seq: case FIELD_cmpop_seq: case FIELD_arg_seq: case FIELD_keyword_seq: case FIELD_alias_seq:
    case FIELD_withitem_seq: case FIELD_match_case_seq: case FIELD_comprehension_seq: case FIELD_excepthandler_seq:
        return true;
    default:
        return false;
    }
}

// ast.dump() leaves out optional fields without a value. Type parameters are unknown to 3.11's nodes: shown if any.
static bool field_is_absent(const Field *field, const void *value) {
    switch (field->type) {
    case FIELD_identifier_opt: case FIELD_expr_opt: case FIELD_pattern_opt: case FIELD_arg_opt:
        return *(void *const *)value == NULL;
    case FIELD_u_prefix: return *(const int32_t *)value == 0;
    case FIELD_type_param_seq: return ((const AnySeq *)value)->count == 0;
    default: return false;
    }
}

static Opened open_item(FieldType type, const void *item) {
    switch (type) {
    case FIELD_expr: case FIELD_expr_opt: case FIELD_expr_seq: return open_expr(item);
    case FIELD_stmt_seq: return open_stmt(item);
    case FIELD_pattern: case FIELD_pattern_opt: case FIELD_pattern_seq: return open_pattern(item);
    case FIELD_type_param_seq: return open_type_param(item);
    case FIELD_arguments: return open_Arguments(item);
    case FIELD_arg_opt: case FIELD_arg_seq: return open_Arg(item);
    case FIELD_keyword_seq: return open_Keyword(item);
    case FIELD_alias_seq: return open_Alias(item);
    case FIELD_withitem_seq: return open_WithItem(item);
    case FIELD_match_case_seq: return open_MatchCase(item);
    case FIELD_comprehension_seq: return open_Comprehension(item);
    default: return open_ExceptHandler(item);
    }
}

static const void *field_value(const Opened *node, const Field *field) {
    return (const char *)node->base + field->offset;
}

static bool field_is_node(FieldType type) {
    return type == FIELD_expr || type == FIELD_expr_opt || type == FIELD_pattern || type == FIELD_pattern_opt ||
           type == FIELD_arguments || type == FIELD_arg_opt;
}

// How many arguments ast.dump() would write for the node, and whether all of them are simple: scalars, empty lists and
// nodes that have no arguments themselves.
static int node_arguments(const Dumper *dumper, const Opened *node, bool *out_simple) {
    int count = 0;
    *out_simple = true;
    for (const Field *field = node->fields; field->name != NULL; field++) {
        const void *value = field_value(node, field);
        if (field_is_absent(field, value)) continue;
        count++;
        if (field_is_sequence(field->type)) {
            if (((const AnySeq *)value)->count > 0) *out_simple = false;
        } else if (field_is_node(field->type)) {
            Opened child = open_item(field->type, *(void *const *)value);
            if (dumper->options.attributes && child.at != NULL) *out_simple = false;
            for (const Field *inner = child.fields; inner->name != NULL; inner++) {
                if (!field_is_absent(inner, field_value(&child, inner))) *out_simple = false;
            }
        }
    }
    return dumper->options.attributes && node->at != NULL ? count + 4 : count;
}

static void dump_break(Dumper *dumper) {
    if (dumper->options.indent < 0) return;
    buf_char(dumper->out, '\n');
    buf_repeat(dumper->out, ' ', dumper->depth * (size_t)dumper->options.indent);
}

static void dumper_push(Dumper *dumper, Frame frame) {
    if (dumper->depth == dumper->capacity) {
        size_t capacity = dumper->capacity * 2 + 64;
        Frame *frames = realloc(dumper->frames, capacity * sizeof *frames);
        if (frames == NULL) {
            dumper->out->failed = true;
            return;
        }
        dumper->frames = frames;
        dumper->capacity = capacity;
    }
    dumper->frames[dumper->depth++] = frame;
}

static void dump_node(Dumper *dumper, Opened node) {
    bool simple = true;
    if (dumper->options.indent >= 0) simple = node_arguments(dumper, &node, &simple) <= 3 && simple;
    buf_text(dumper->out, node.name);
    buf_char(dumper->out, '(');
    dumper_push(dumper, (Frame){.one_line = simple, .node = node});
    if (!simple) dump_break(dumper);
}

static void dump_name(Dumper *dumper, const Name *name) {
    text_repr(dumper->out, name->text, name->length);
}

static void dump_field(Dumper *dumper, const Field *field, const void *value) {
    Buf *out = dumper->out;
    switch (field->type) {
    case FIELD_identifier: case FIELD_identifier_opt: dump_name(dumper, *(const Name *const *)value); return;
    case FIELD_integer: buf_printf(out, "%d", (int)*(const int32_t *)value); return;
    case FIELD_u_prefix: buf_text(out, "'u'"); return;
    case FIELD_constant: dump_constant(out, value); return;
    case FIELD_expr_context: buf_printf(out, "%s()", context_names[*(const ExprContext *)value]); return;
    case FIELD_boolop: buf_printf(out, "%s()", bool_names[*(const BoolOperator *)value]); return;
    case FIELD_operator: buf_printf(out, "%s()", operator_names[*(const Operator *)value]); return;
    case FIELD_unaryop: buf_printf(out, "%s()", unary_names[*(const UnaryOperator *)value]); return;
    default: break;
    }
    if (!field_is_sequence(field->type)) {
        dump_node(dumper, open_item(field->type, *(void *const *)value));
        return;
    }
    const AnySeq *seq = value;
    buf_char(out, '[');
    if (seq->count == 0) {
        buf_char(out, ']');
        return;
    }
    dumper_push(dumper, (Frame){.is_sequence = true, .type = field->type, .count = seq->count, .items = seq->items});
    dump_break(dumper);
}

static void dump_separator(Dumper *dumper, const Frame *frame) {
    if (frame->one_line || dumper->options.indent < 0) {
        buf_text(dumper->out, ", ");
    } else {
        buf_char(dumper->out, ',');
        dump_break(dumper);
    }
}

// Writes the next item of the open sequence on top, or closes it.
static void dump_sequence_step(Dumper *dumper) {
    Frame *frame = &dumper->frames[dumper->depth - 1];
    if (frame->next == frame->count) {
        buf_char(dumper->out, ']');
        dumper->depth--;
        return;
    }
    if (frame->next > 0) dump_separator(dumper, frame);
    int32_t i = frame->next++;
    if (frame->type == FIELD_cmpop_seq) {
        buf_printf(dumper->out, "%s()", compare_names[((const CompareOperator *)frame->items)[i]]);
    } else if (frame->items[i] == NULL) {
        buf_text(dumper->out, "None");
    } else if (frame->type == FIELD_identifier_seq) {
        dump_name(dumper, frame->items[i]);
    } else {
        dump_node(dumper, open_item(frame->type, frame->items[i]));
    }
}

// Writes the next field of the open node on top, or its position and the closing bracket.
static void dump_node_step(Dumper *dumper) {
    Frame *frame = &dumper->frames[dumper->depth - 1];
    const Field *field = &frame->node.fields[frame->next];
    while (field->name != NULL && field_is_absent(field, field_value(&frame->node, field))) {
        field++;
        frame->next++;
    }
    if (field->name != NULL) {
        if (frame->shown++ > 0) dump_separator(dumper, frame);
        frame->next++;
        buf_printf(dumper->out, "%s=", field->name);
        dump_field(dumper, field, field_value(&frame->node, field));
        return;
    }
    const Position *at = frame->node.at;
    if (at != NULL && dumper->options.attributes) {
        const char *names[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
        int values[] = {at->lineno, at->col_offset, at->end_lineno, at->end_col_offset};
        for (int i = 0; i < 4; i++) {
            if (frame->shown++ > 0) dump_separator(dumper, frame);
            buf_printf(dumper->out, "%s=%d", names[i], values[i]);
        }
    }
    buf_char(dumper->out, ')');
    dumper->depth--;
}

typedef struct {
    StmtSeq body, type_ignores;
    Expr *expression;
} Root;

void ast_dump(const Module *module, AstDumpOptions options, Buf *out) {
    static const Field file_fields[] = {
        {"body", FIELD_stmt_seq, offsetof(Root, body)}, {"type_ignores", FIELD_stmt_seq, offsetof(Root, type_ignores)},
        {NULL, 0, 0}};
    static const Field interactive_fields[] = {{"body", FIELD_stmt_seq, offsetof(Root, body)}, {NULL, 0, 0}};
    static const Field expression_fields[] = {{"body", FIELD_expr, offsetof(Root, expression)}, {NULL, 0, 0}};
    Root root = {.body = module->body};
    Opened opened = {"Module", file_fields, &root, NULL};
    if (module->kind == MODULE_INTERACTIVE) opened = (Opened){"Interactive", interactive_fields, &root, NULL};
    if (module->kind == MODULE_EXPRESSION) {
        root.expression = module->body.items[0]->Expr.value;
        opened = (Opened){"Expression", expression_fields, &root, NULL};
    }
    Dumper dumper = {.options = options, .out = out};
    dump_node(&dumper, opened);
    while (dumper.depth > 0 && !out->failed) {
        if (dumper.frames[dumper.depth - 1].is_sequence) dump_sequence_step(&dumper);
        else dump_node_step(&dumper);
    }
    free(dumper.frames);
}
