// The compiler's entry: future statements, scopes, the module's unit; and the errors that all of it raises.
#include "compiler/compile.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "compiler/gen.h"
#include "parser/parser.h"

// ---- errors and warnings -------------------------------------------------------------------------------------------

static const char *format_text(Arena *arena, const char *format, va_list arguments) {
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    return arena_strdup(arena, text);
}

_Noreturn void compile_error(Compiler *c, const Position *at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = format_text(c->arena, format, arguments);
    va_end(arguments);
    raise_at(c->fe, *at, "%s", text);
}

// Code that is generated twice (a finally, the test of a while) warns once.
void compile_warn(Compiler *c, const Position *at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = format_text(c->arena, format, arguments);
    va_end(arguments);
    size_t before = c->fe->warnings.count;
    diag_warn(c->fe, DIAG_SYNTAX_WARNING, range_of(*at), "%s", text);
    if (c->fe->warnings.count == before) return;
    const DiagWarning *last = &c->fe->warnings.items[before];
    for (size_t i = before > 64 ? before - 64 : 0; i < before; i++) {
        const DiagWarning *other = &c->fe->warnings.items[i];
        if (other->lineno == last->lineno && other->offset == last->offset &&
            strcmp(other->message, last->message) == 0) {
            c->fe->warnings.count = before;
            return;
        }
    }
}

void compiler_deeper(Compiler *c) {
    if (++c->depth > COMPILER_DEPTH_MAX || front_end_stack_is_low(c->fe)) compiler_too_deep(c->fe);
}

void refuse_forbidden_name(Compiler *c, const Position *at, const Name *name, ExprContext ctx) {
    if (name->length != 9 || memcmp(name->text, "__debug__", 9) != 0) return;
    compile_error(c, at, ctx == CTX_Del ? "cannot delete __debug__" : "cannot assign to __debug__");
}

// ---- from __future__ import ... ------------------------------------------------------------------------------------

static const char *const future_features[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations",
};

static void check_features(Compiler *c, const Stmt *s) {
    SourceRange where = range_of(s->at);
    where.end_line = where.line;
    where.end_col = -1;
    for (int32_t i = 0; i < s->ImportFrom.names.count; i++) {
        const char *name = s->ImportFrom.names.items[i]->name->text;
        bool known = false;
        for (size_t j = 0; j < sizeof future_features / sizeof *future_features; j++) {
            known |= strcmp(name, future_features[j]) == 0;
        }
        if (strcmp(name, "annotations") == 0) c->future_annotations = true;
        if (known) continue;
        if (strcmp(name, "braces") == 0) diag_raise_compiling(c->fe, DIAG_SYNTAX_ERROR, where, "not a chance");
        diag_raise_compiling(c->fe, DIAG_SYNTAX_ERROR, where, "future feature %s is not defined", name);
    }
    c->future_line = s->at.lineno;
}

// Only a docstring and other future statements may stand before one (or things on the same line, which is an error).
static void read_futures(Compiler *c, const Module *module) {
    bool done = false;
    int32_t previous_line = 0;
    for (int32_t i = 0; i < module->body.count; i++) {
        const Stmt *s = module->body.items[i];
        if (done && s->at.lineno > previous_line) return;
        previous_line = s->at.lineno;
        bool is_future = s->kind == STMT_ImportFrom && s->ImportFrom.module != NULL && s->ImportFrom.level == 0 &&
                         strcmp(s->ImportFrom.module->text, "__future__") == 0;
        if (is_future) {
            if (done) {
                SourceRange where = range_of(s->at);
                where.col--;   // as CPython has it, which forgets to count from 1 here
                where.end_line = where.line;
                where.end_col = -1;
                diag_raise_compiling(c->fe, DIAG_SYNTAX_ERROR, where,
                                     "from __future__ imports must occur at the beginning of the file");
            }
            check_features(c, s);
        } else if (i != 0 || s->kind != STMT_Expr || s->Expr.value->kind != EXPR_Constant ||
                   s->Expr.value->Constant.value.kind != CONST_STR) {
            done = true;
        }
    }
}

// ---- the module ----------------------------------------------------------------------------------------------------

static void gen_module(Compiler *c, const Module *module) {
    static const Position start = {.lineno = 1, .end_lineno = 1};
    if (module->kind == MODULE_EXPRESSION) {
        const Expr *e = module->body.items[0]->Expr.value;
        Reg value = gen_any(c, e);
        emit_return(c, &e->at, value);
        return;
    }
    if (body_has_annotations(module->body)) emit(c, &start, OP_SETUP_ANNOTATIONS, 0, 0, 0, 0);
    const Expr *docstring = module->kind == MODULE_FILE ? docstring_of(c, module->body) : NULL;
    if (docstring != NULL) {
        Reg mark = temp_mark(c), text = temp_new(c);
        gen_to(c, docstring, text);
        emit_wide(c, &docstring->at, OP_STORE_NAME, 0, text, (int32_t)name_wide(c, intern(c, "__doc__")));
        temp_release(c, mark);
    }
    gen_body(c, module->body);
    gen_epilogue(c);
}

const CodeUnit *compiler_compile(FrontEnd *fe, const Module *module, CompileOptions options) {
    Compiler c = {
        .fe = fe, .arena = fe->arena, .names = fe->names, .options = options,
        .future_annotations = options.future_annotations, .interactive = module->kind == MODULE_INTERACTIVE,
    };
    read_futures(&c, module);
    c.symbols = symtable_build(fe, module, c.future_annotations, options.top_level_await);
    Scope *scope = symtable_module(c.symbols);
    Unit *u = unit_enter(&c, scope, scope->name, 1);
    u->flags = unit_flags(&c, scope);
    gen_module(&c, module);
    return unit_leave(&c);
}
