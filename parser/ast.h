// The syntax tree: typed C structures made from the rows of ast.def.
//
//     Module { body: StmtSeq }
//     Stmt   { kind, at, union of StmtFunctionDef, StmtIf, ... }       if (s->kind == STMT_If) use(s->If.test);
//     Expr   { kind, at, union of ExprBinOp, ExprName, ... }           Pattern, TypeParam: likewise
//     Arguments, Arg, Keyword, Alias, WithItem, ... : plain structures
//
// Nodes live in the arena of the FrontEnd and are never freed one by one. A node is allocated only as large as its kind
// needs: never copy an Expr by value. Absent optional parts are NULL; an absent sequence has count 0.
#ifndef COIL_PARSER_AST_H
#define COIL_PARSER_AST_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "lexer/names.h"

typedef struct Stmt Stmt;
typedef struct Expr Expr;
typedef struct Pattern Pattern;
typedef struct TypeParam TypeParam;
#define PART(type, name, fields) typedef struct type type;
#define PART_AT(type, name, fields) typedef struct type type;
#include "parser/ast.def"

// Where a node stands in the source. Lines count from 1, columns are bytes of UTF-8 from 0; the end is exclusive.
typedef struct {
    int32_t lineno, col_offset;
    int32_t end_lineno, end_col_offset;
} Position;

// Operators: CTX_Load ..., BOOL_And ..., OP_Add ..., UNARY_Not ..., CMP_NotIn ...; each group counts from 0.
#define OPERATOR(group, kind, symbol) AST_ENUM_##group(kind)
#define AST_ENUM_CTX(kind) CTX_##kind,
#define AST_ENUM_BOOL(kind)
#define AST_ENUM_OP(kind)
#define AST_ENUM_UNARY(kind)
#define AST_ENUM_CMP(kind)
typedef enum {
#include "parser/ast.def"
} ExprContext;
#undef AST_ENUM_CTX
#undef AST_ENUM_BOOL
#define AST_ENUM_CTX(kind)
#define AST_ENUM_BOOL(kind) BOOL_##kind,
#define OPERATOR(group, kind, symbol) AST_ENUM_##group(kind)
typedef enum {
#include "parser/ast.def"
} BoolOperator;
#undef AST_ENUM_BOOL
#undef AST_ENUM_OP
#define AST_ENUM_BOOL(kind)
#define AST_ENUM_OP(kind) OP_##kind,
#define OPERATOR(group, kind, symbol) AST_ENUM_##group(kind)
typedef enum {
#include "parser/ast.def"
} Operator;
#undef AST_ENUM_OP
#undef AST_ENUM_UNARY
#define AST_ENUM_OP(kind)
#define AST_ENUM_UNARY(kind) UNARY_##kind,
#define OPERATOR(group, kind, symbol) AST_ENUM_##group(kind)
typedef enum {
#include "parser/ast.def"
} UnaryOperator;
#undef AST_ENUM_UNARY
#undef AST_ENUM_CMP
#define AST_ENUM_UNARY(kind)
#define AST_ENUM_CMP(kind) CMP_##kind,
#define OPERATOR(group, kind, symbol) AST_ENUM_##group(kind)
typedef enum {
#include "parser/ast.def"
} CompareOperator;
#undef AST_ENUM_CMP
#undef AST_ENUM_UNARY
#undef AST_ENUM_OP
#undef AST_ENUM_BOOL
#undef AST_ENUM_CTX

// The value of a literal, before there is a VM that could hold it.
typedef enum {
    CONST_NONE, CONST_TRUE, CONST_FALSE, CONST_ELLIPSIS,
    CONST_INT,        // integer: fits in int64_t, never negative
    CONST_BIGINT,     // digits: does not fit
    CONST_FLOAT,      // real
    CONST_IMAGINARY,  // real, the imaginary part
    CONST_STR,        // bytes and length: UTF-8, lone surrogates as three bytes each (WTF-8)
    CONST_BYTES,      // bytes and length
} ConstantKind;

typedef struct {
    ConstantKind kind;
    int32_t base;           // of CONST_BIGINT's digits: 2, 8, 10 or 16
    union {
        int64_t integer;
        double real;
        struct {
            const char *bytes;  // in the source or the arena; CONST_BIGINT: the digits, without prefix and underscores
            size_t length;
        };
    };
} Constant;

// Sequences: count and items, not to be changed once the parser has handed them out.
#define AST_SEQ(type, item) typedef struct { int32_t count; item *items; } type;
AST_SEQ(StmtSeq, Stmt *)
AST_SEQ(ExprSeq, Expr *)
AST_SEQ(PatternSeq, Pattern *)
AST_SEQ(TypeParamSeq, TypeParam *)
AST_SEQ(NameSeq, const Name *)
AST_SEQ(CompareOpSeq, CompareOperator)
AST_SEQ(ComprehensionSeq, Comprehension *)
AST_SEQ(WithItemSeq, WithItem *)
AST_SEQ(MatchCaseSeq, MatchCase *)
AST_SEQ(ArgSeq, Arg *)
AST_SEQ(KeywordSeq, Keyword *)
AST_SEQ(AliasSeq, Alias *)
AST_SEQ(ExceptHandlerSeq, ExceptHandler *)
#undef AST_SEQ

// The C type of each field type in ast.def.
#define AST_C_identifier        const Name *
#define AST_C_identifier_opt    const Name *
#define AST_C_identifier_seq    NameSeq
#define AST_C_integer           int32_t
#define AST_C_u_prefix          int32_t     // 1 for u'...', which the `ast` module shows as kind='u'
#define AST_C_constant          Constant
#define AST_C_expr              Expr *
#define AST_C_expr_opt          Expr *
#define AST_C_expr_seq          ExprSeq
#define AST_C_stmt_seq          StmtSeq
#define AST_C_pattern           Pattern *
#define AST_C_pattern_opt       Pattern *
#define AST_C_pattern_seq       PatternSeq
#define AST_C_type_param_seq    TypeParamSeq
#define AST_C_expr_context      ExprContext
#define AST_C_boolop            BoolOperator
#define AST_C_operator          Operator
#define AST_C_unaryop           UnaryOperator
#define AST_C_cmpop_seq         CompareOpSeq
#define AST_C_arguments         Arguments *
#define AST_C_arg_opt           Arg *
#define AST_C_arg_seq           ArgSeq
#define AST_C_keyword_seq       KeywordSeq
#define AST_C_alias_seq         AliasSeq
#define AST_C_withitem_seq      WithItemSeq
#define AST_C_match_case_seq    MatchCaseSeq
#define AST_C_comprehension_seq ComprehensionSeq
#define AST_C_excepthandler_seq ExceptHandlerSeq

// The fields of each kind: StmtIf, ExprBinOp, PatternMatchAs, ...; and the plain structures.
#define FIELD(type, name) AST_C_##type name;
#define STMT(kind, fields) typedef struct { fields } Stmt##kind;
#define EXPR(kind, fields) typedef struct { fields } Expr##kind;
#define PATTERN(kind, fields) typedef struct { fields } Pattern##kind;
#define TYPE_PARAM(kind, fields) typedef struct { fields } TypeParam##kind;
#define PART(type, name, fields) struct type { fields };
#define PART_AT(type, name, fields) struct type { Position at; fields };
#include "parser/ast.def"

#define STMT(kind, fields) STMT_##kind,
typedef enum {
#include "parser/ast.def"
} StmtKind;
#define EXPR(kind, fields) EXPR_##kind,
typedef enum {
#include "parser/ast.def"
} ExprKind;
#define PATTERN(kind, fields) PATTERN_##kind,
typedef enum {
#include "parser/ast.def"
} PatternKind;
#define TYPE_PARAM(kind, fields) TYPE_PARAM_##kind,
typedef enum {
#include "parser/ast.def"
} TypeParamKind;

struct Stmt {
    StmtKind kind;
    Position at;
    union {
#define STMT(kind, fields) Stmt##kind kind;
#include "parser/ast.def"
    };
};

struct Expr {
    ExprKind kind;
    Position at;
    union {
#define EXPR(kind, fields) Expr##kind kind;
#include "parser/ast.def"
    };
};

struct Pattern {
    PatternKind kind;
    Position at;
    union {
#define PATTERN(kind, fields) Pattern##kind kind;
#include "parser/ast.def"
    };
};

struct TypeParam {
    TypeParamKind kind;
    Position at;
    union {
#define TYPE_PARAM(kind, fields) TypeParam##kind kind;
#include "parser/ast.def"
    };
};

// What was parsed: a file, one interactive statement, or an expression (for eval).
typedef enum { MODULE_FILE, MODULE_INTERACTIVE, MODULE_EXPRESSION } ModuleKind;

typedef struct {
    ModuleKind kind;
    StmtSeq body;       // MODULE_EXPRESSION: one Expr statement
} Module;

// Constructors: expr_BinOp(arena, at, (ExprBinOp){.left = a, .op = OP_Add, .right = b}), and so on for every kind.
#define AST_CONSTRUCTOR(Type, prefix, KIND, k) \
    static inline Type *prefix##_##k(Arena *arena, Position at, Type##k fields) { \
        Type *node = arena_alloc_unset(arena, offsetof(Type, k) + sizeof(Type##k)); \
        node->kind = KIND##_##k; \
        node->at = at; \
        node->k = fields; \
        return node; \
    }
#define STMT(k, fields) AST_CONSTRUCTOR(Stmt, stmt, STMT, k)
#define EXPR(k, fields) AST_CONSTRUCTOR(Expr, expr, EXPR, k)
#define PATTERN(k, fields) AST_CONSTRUCTOR(Pattern, pattern, PATTERN, k)
#define TYPE_PARAM(k, fields) AST_CONSTRUCTOR(TypeParam, type_param, TYPE_PARAM, k)
#define PART(type, name, fields) \
    static inline type *type##_new(Arena *arena, type fields_) { \
        type *node = arena_alloc_unset(arena, sizeof(type)); \
        *node = fields_; \
        return node; \
    }
#define PART_AT(type, name, fields) PART(type, name, fields)
#include "parser/ast.def"
#undef AST_CONSTRUCTOR

#endif
