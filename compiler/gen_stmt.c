// Statements: control flow, loops, imports, and the small ones. Assignments, try, with, match and definitions have
// files of their own.
#include "compiler/gen.h"

#include <string.h>

// ---- blocks and leaving them ---------------------------------------------------------------------------------------

enum { BLOCKS_MAX = 20 };   // CPython's limit

void block_push(Compiler *c, Block *block, const Position *at) {
    if (++c->unit->block_count > BLOCKS_MAX) compile_error(c, at, "too many statically nested blocks");
    block->outer = c->unit->block;
    c->unit->block = block;
}

void block_pop(Compiler *c) {
    c->unit->block = c->unit->block->outer;
    c->unit->block_count--;
}

static void leave_block(Compiler *c, const Block *block) {
    switch (block->kind) {
    case BLOCK_LOOP: case BLOCK_TRY: break;
    case BLOCK_FINALLY: gen_body(c, block->finalbody); break;
    case BLOCK_HANDLER: emit(c, block->at, OP_POP_HANDLED, 0, block->reg, 0, 0); break;
    case BLOCK_HANDLER_NAME: emit_unbind(c, block->at, block->name); break;
    case BLOCK_WITH: emit_with_exit(c, block->at, block->reg, block->is_async); break;
    case BLOCK_EXCEPT_STAR: break;
    }
}

// The code for leaving stands in the middle of the blocks it leaves, so their guards have a hole there.
void blocks_unwind(Compiler *c, Block *until) {
    Unit *u = c->unit;
    Block *innermost = u->block;
    int count = u->block_count;
    for (Block *block = innermost; block != until; block = block->outer) {
        if (block->region != NULL) region_close(c, block->region);
        u->block = block->outer;
        u->block_count--;
        leave_block(c, block);
    }
    u->block = innermost;
    u->block_count = count;
}

static void blocks_resume(Compiler *c, Block *until) {
    for (Block *block = c->unit->block; block != until; block = block->outer) {
        if (block->region != NULL) region_open(c, block->region);
    }
}

// Whether leaving may change variables.
bool unwinding_runs_code(const Compiler *c, const Block *until) {
    for (const Block *block = c->unit->block; block != until; block = block->outer) {
        if (block->kind == BLOCK_FINALLY || block->kind == BLOCK_HANDLER_NAME || block->kind == BLOCK_WITH) return true;
    }
    return false;
}

static const char except_star_text[] = "'break', 'continue' and 'return' cannot appear in an except* block";

// return a if p else b: each arm returns by itself.
static void return_value(Compiler *c, const Position *at, const Expr *e) {
    while (e->kind == EXPR_IfExp) {
        Label otherwise = label_new(c);
        gen_jump_if(c, &e->at, e->IfExp.test, false, otherwise);
        compiler_deeper(c);
        return_value(c, at, e->IfExp.body);
        c->depth--;
        label_place(c, otherwise);
        e = e->IfExp.orelse;
    }
    Reg mark = temp_mark(c), from = gen_any(c, e);
    emit_return(c, at, from);
    temp_release(c, mark);
}

static void gen_return(Compiler *c, const Stmt *s) {
    const Expr *value = s->Return.value;
    const Scope *scope = c->unit->scope;
    if (scope->kind != SCOPE_FUNCTION) compile_error(c, &s->at, "'return' outside function");
    if (value != NULL && (c->unit->flags & CODE_ASYNC_GENERATOR)) {
        compile_error(c, &s->at, "'return' with value in async generator");
    }
    for (const Block *block = c->unit->block; block != NULL; block = block->outer) {
        bool at_value = value != NULL && value->kind == EXPR_Constant;
        if (block->kind == BLOCK_EXCEPT_STAR) compile_error(c, at_value ? &value->at : &s->at, except_star_text);
    }
    if (value != NULL && c->unit->block == NULL) {
        return_value(c, &s->at, value);
        return;
    }
    Reg mark = temp_mark(c), from;
    if (value == NULL) {
        emit_none(c, &s->at, from = temp_new(c));
    } else if (unwinding_runs_code(c, NULL)) {
        gen_to(c, value, from = temp_new(c));
    } else {
        from = gen_any(c, value);
    }
    blocks_unwind(c, NULL);
    emit_return(c, &s->at, from);
    blocks_resume(c, NULL);
    temp_release(c, mark);
}

static void gen_loop_exit(Compiler *c, const Stmt *s, bool is_break) {
    Block *block = c->unit->block;
    while (block != NULL && block->kind != BLOCK_LOOP) {
        if (block->kind == BLOCK_EXCEPT_STAR) compile_error(c, &s->at, except_star_text);
        block = block->outer;
    }
    if (block == NULL) compile_error(c, &s->at, is_break ? "'break' outside loop" : "'continue' not properly in loop");
    blocks_unwind(c, block);
    emit_to(c, &s->at, is_break ? block->break_label : block->continue_label);
    blocks_resume(c, block);
}

// ---- conditions and loops ------------------------------------------------------------------------------------------

static void gen_if(Compiler *c, const Stmt *s) {
    Label end = label_new(c);
    for (;;) {
        Label otherwise = label_new(c);
        gen_jump_if(c, &s->at, s->If.test, false, otherwise);
        gen_body(c, s->If.body);
        StmtSeq orelse = s->If.orelse;
        if (orelse.count > 0) emit_to(c, &s->at, end);
        label_place(c, otherwise);
        if (orelse.count != 1 || orelse.items[0]->kind != STMT_If) {
            gen_body(c, orelse);
            break;
        }
        s = orelse.items[0];
    }
    label_place(c, end);
}

// The test stands twice, before the loop and at its end: a round is one jump, and the body knows what the test binds.
static void gen_while(Compiler *c, const Stmt *s) {
    Label body = label_new(c), otherwise = label_new(c);
    Block block = {.kind = BLOCK_LOOP, .break_label = label_new(c), .continue_label = label_new(c), .at = &s->at};
    gen_jump_if(c, &s->at, s->While.test, false, otherwise);
    block_push(c, &block, &s->at);
    label_place(c, body);
    gen_body(c, s->While.body);
    label_place(c, block.continue_label);
    block_pop(c);
    gen_jump_if(c, &s->at, s->While.test, true, body);
    label_place(c, otherwise);
    gen_body(c, s->While.orelse);
    label_place(c, block.break_label);
}

// Where FOR_ITER puts the item: the target's own register, or a temporary that is stored from.
void gen_for_target(Compiler *c, const Expr *target, Reg *out_item, bool *out_direct) {
    *out_direct = false;
    if (target->kind == EXPR_Name) {
        Variable v = variable_find(c, target->Name.id);
        if (v.kind == VARIABLE_REGISTER) {
            refuse_forbidden_name(c, &target->at, target->Name.id, CTX_Store);
            *out_item = v.index;
            *out_direct = true;
            return;
        }
    }
    *out_item = temp_new(c);
}

static void gen_for(Compiler *c, const Stmt *s) {
    const Position *at = &s->at;
    Reg mark = temp_mark(c), state = temps_new(c, 3), source = gen_iterable(c, s->For.iter), item;
    Label body = label_new(c);
    Block block = {.kind = BLOCK_LOOP, .break_label = label_new(c), .continue_label = label_new(c), .at = at};
    block_push(c, &block, at);
    emit_jump(c, at, OP_FOR_PREP, 0, state, source, block.continue_label);
    temp_release(c, state + 3);
    label_place(c, body);
    bool direct;
    gen_for_target(c, s->For.target, &item, &direct);
    if (direct) variable_bind(c, variable_find(c, s->For.target->Name.id).symbol);
    else gen_store(c, s->For.target, item);
    temp_release(c, state + 3);
    gen_body(c, s->For.body);
    label_place(c, block.continue_label);
    emit_jump(c, at, OP_FOR_ITER, 0, state, item, body);
    block_pop(c);
    temp_release(c, mark);
    gen_body(c, s->For.orelse);
    label_place(c, block.break_label);
}

static void gen_async_for(Compiler *c, const Stmt *s) {
    const Position *at = &s->at;
    if (!await_is_allowed(c) && !in_async_function(c)) compile_error(c, at, "'async for' outside async function");
    Reg mark = temp_mark(c), iterator = temp_new(c);
    Reg source = gen_any(c, s->AsyncFor.iter);
    emit(c, &s->AsyncFor.iter->at, OP_GET_AITER, 0, iterator, source, 0);
    temp_release(c, iterator + 1);
    Label ended = label_new(c), otherwise = label_new(c);
    Block block = {.kind = BLOCK_LOOP, .break_label = label_new(c), .continue_label = label_new(c), .at = at};
    label_place(c, block.continue_label);
    block_push(c, &block, at);
    Reg exception = temp_new(c), item = temp_new(c);
    Region region = region_begin(c, ended, exception);
    emit(c, at, OP_GET_ANEXT, 0, item, iterator, 0);
    emit(c, at, OP_DELEGATE, 0, item, item, 0);
    region_end(c, &region);
    gen_store(c, s->AsyncFor.target, item);
    gen_body(c, s->AsyncFor.body);
    emit_to(c, at, block.continue_label);
    block_pop(c);
    label_place(c, ended);
    emit_jump(c, at, OP_END_ASYNC_FOR, 0, exception, 0, otherwise);
    c->unit->unreachable = true;
    temp_release(c, mark);
    label_place(c, otherwise);
    gen_body(c, s->AsyncFor.orelse);
    label_place(c, block.break_label);
}

// ---- imports -------------------------------------------------------------------------------------------------------

static void emit_import(Compiler *c, const Position *at, Reg to, int32_t level, const Name *module,
                        const UnitConstant *from) {
    if (level > 255) compile_error(c, at, "too many leading dots in a relative import");
    emit(c, at, OP_IMPORT_NAME, (unsigned)level, to, name_low(c, module), constant_low(c, from));
}

// import a.b.c as d: d is the c of the b of a.
static void import_as(Compiler *c, const Position *at, const Alias *alias, Reg module) {
    const char *rest = memchr(alias->name->text, '.', alias->name->length);
    const char *end = alias->name->text + alias->name->length;
    while (rest != NULL) {
        const char *start = rest + 1;
        rest = memchr(start, '.', (size_t)(end - start));
        const Name *part = name_intern(c->names, start, (size_t)((rest == NULL ? end : rest) - start));
        emit(c, at, OP_IMPORT_FROM, 0, module, module, name_low(c, part));
    }
    store_name(c, at, alias->asname, module);
}

void gen_import(Compiler *c, const Stmt *s) {
    UnitConstant none = constant_none();
    for (int32_t i = 0; i < s->Import.names.count; i++) {
        const Alias *alias = s->Import.names.items[i];
        Reg mark = temp_mark(c), module = temp_new(c);
        emit_import(c, &s->at, module, 0, alias->name, &none);
        if (alias->asname != NULL) {
            import_as(c, &s->at, alias, module);
        } else {
            const char *dot = memchr(alias->name->text, '.', alias->name->length);
            const Name *name =
                dot == NULL ? alias->name : name_intern(c->names, alias->name->text, (size_t)(dot - alias->name->text));
            store_name(c, &s->at, name, module);
        }
        temp_release(c, mark);
    }
}

void gen_import_from(Compiler *c, const Stmt *s) {
    AliasSeq aliases = s->ImportFrom.names;
    const Name *module_name = s->ImportFrom.module == NULL ? intern(c, "") : s->ImportFrom.module;
    if (s->at.lineno > c->future_line && s->ImportFrom.level == 0 && strcmp(module_name->text, "__future__") == 0) {
        compile_error(c, &s->at, "from __future__ imports must occur at the beginning of the file");
    }
    UnitConstant *names = arena_new_array(c->arena, UnitConstant, (size_t)aliases.count);
    for (int32_t i = 0; i < aliases.count; i++) {
        names[i] = constant_string(aliases.items[i]->name->text, aliases.items[i]->name->length);
    }
    UnitConstant from = constant_tuple(names, (size_t)aliases.count);
    Reg mark = temp_mark(c), module = temp_new(c), value = temp_new(c);
    emit_import(c, &s->at, module, s->ImportFrom.level, module_name, &from);
    for (int32_t i = 0; i < aliases.count; i++) {
        const Alias *alias = aliases.items[i];
        if (strcmp(alias->name->text, "*") == 0) {
            emit(c, &s->at, OP_IMPORT_STAR, 0, module, 0, 0);
            break;
        }
        emit(c, &s->at, OP_IMPORT_FROM, 0, value, module, name_low(c, alias->name));
        store_name(c, &s->at, alias->asname == NULL ? alias->name : alias->asname, value);
    }
    temp_release(c, mark);
}

// ---- small statements ----------------------------------------------------------------------------------------------

static void gen_raise(Compiler *c, const Stmt *s) {
    Reg exception = 0, cause = 0;
    unsigned x = 0;
    if (s->Raise.exc != NULL) {
        exception = gen_stable(c, s->Raise.exc, s->Raise.cause);
        x = 1;
        if (s->Raise.cause != NULL) {
            cause = gen_any(c, s->Raise.cause);
            x = 2;
        }
    }
    emit(c, &s->at, OP_RAISE, x, exception, cause, 0);
}

static void gen_assert(Compiler *c, const Stmt *s) {
    const Expr *test = s->Assert.test;
    if (test->kind == EXPR_Tuple && test->Tuple.elts.count > 0) {
        compile_warn(c, &s->at, "assertion is always true, perhaps remove parentheses?");
    }
    if (c->options.optimize > 0) return;
    Label end = label_new(c);
    gen_jump_if(c, &s->at, test, true, end);
    const Position *at = condition_at(&s->at, test);
    Reg error = temp_new(c);
    emit(c, at, OP_LOAD_ASSERTION_ERROR, 0, error, 0, 0);
    if (s->Assert.msg != NULL) {
        gen_to(c, s->Assert.msg, temp_new(c));
        emit(c, at, OP_CALL, 0, error, 1, 0);
    }
    emit(c, at, OP_RAISE, 1, error, 0, 0);
    label_place(c, end);
}

static void gen_expr_stmt(Compiler *c, const Stmt *s) {
    if (c->interactive && c->unit->scope->kind == SCOPE_MODULE) {
        Reg value = gen_any(c, s->Expr.value);
        emit(c, &s->at, OP_PRINT_EXPR, 0, value, 0, 0);
    } else if (s->Expr.value->kind != EXPR_Constant) {
        gen_discard(c, s->Expr.value);
    }
}

void gen_stmt(Compiler *c, const Stmt *s) {
    Reg mark = temp_mark(c);
    compiler_deeper(c);
    switch (s->kind) {
    case STMT_FunctionDef: gen_function(c, s, &s->FunctionDef, false); break;
    case STMT_AsyncFunctionDef: gen_function(c, s, (const StmtFunctionDef *)&s->AsyncFunctionDef, true); break;
    case STMT_ClassDef: gen_class(c, s); break;
    case STMT_Return: gen_return(c, s); break;
    case STMT_Delete:
        for (int32_t i = 0; i < s->Delete.targets.count; i++) gen_delete(c, s->Delete.targets.items[i]);
        break;
    case STMT_Assign: gen_assign(c, s); break;
    case STMT_TypeAlias: gen_type_alias(c, s); break;
    case STMT_AugAssign: gen_aug_assign(c, s); break;
    case STMT_AnnAssign: gen_ann_assign(c, s); break;
    case STMT_For: gen_for(c, s); break;
    case STMT_AsyncFor: gen_async_for(c, s); break;
    case STMT_While: gen_while(c, s); break;
    case STMT_If: gen_if(c, s); break;
    case STMT_With: gen_with(c, s, &s->With, false); break;
    case STMT_AsyncWith: gen_with(c, s, (const StmtWith *)&s->AsyncWith, true); break;
    case STMT_Match: gen_match(c, s); break;
    case STMT_Raise: gen_raise(c, s); break;
    case STMT_Try: gen_try(c, s, &s->Try, false); break;
    case STMT_TryStar: gen_try(c, s, (const StmtTry *)&s->TryStar, true); break;
    case STMT_Assert: gen_assert(c, s); break;
    case STMT_Import: gen_import(c, s); break;
    case STMT_ImportFrom: gen_import_from(c, s); break;
    case STMT_Global: case STMT_Nonlocal: case STMT_Pass: break;
    case STMT_Expr: gen_expr_stmt(c, s); break;
    case STMT_Break: gen_loop_exit(c, s, true); break;
    case STMT_Continue: gen_loop_exit(c, s, false); break;
    }
    temp_release(c, mark);
    c->depth--;
}

void gen_body(Compiler *c, StmtSeq body) {
    for (int32_t i = 0; i < body.count; i++) gen_stmt(c, body.items[i]);
}
