// try, with: guarded regions, handlers, and restoring what was handled before on every way out.
//
//     guarded body                  an exception goes to HANDLER, the exception in register e
//     else, jump to END
//     HANDLER:  PUSH_HANDLED s, e   e is what `raise` and sys.exc_info() see; s remembers the one before
//       ... clauses, guarded: an exception goes to CLEANUP ...
//       POP_HANDLED s, jump to END
//     CLEANUP:  POP_HANDLED s, RERAISE e
//     END:
//
// A finally stands at each way out: behind the body, in a handler of its own, and at every return, break and continue.
#include "compiler/gen.h"

typedef struct Handling {
    Reg exception, saved;
    Label cleanup;
    Region region;
    Block block;
} Handling;

// The start of a handler: from here on the exception is being handled. The structure must stay where it is.
static void handling_begin(Compiler *c, const Position *at, Handling *h, Reg exception) {
    h->exception = exception;
    h->saved = temp_new(c);
    h->cleanup = label_new(c);
    emit(c, at, OP_PUSH_HANDLED, 0, h->saved, exception, 0);
    h->region = region_begin(c, h->cleanup, exception);
    h->block = (Block){.kind = BLOCK_HANDLER, .region = &h->region, .reg = h->saved, .at = at};
    block_push(c, &h->block, at);
}

// The end: whoever gets here goes on with the exception; and so does an exception raised while handling it.
static void handling_end(Compiler *c, Handling *h) {
    block_pop(c);
    region_end(c, &h->region);
    label_place(c, h->cleanup);
    emit(c, NULL, OP_POP_HANDLED, 0, h->saved, 0, 0);
    emit(c, NULL, OP_RERAISE, 0, h->exception, 0, 0);
}

// ---- except clauses ------------------------------------------------------------------------------------------------

// name = None; del name: so that it goes even if the body has deleted it.
void emit_unbind(Compiler *c, const Position *at, const Name *name) {
    Reg mark = temp_mark(c), none = temp_new(c);
    Variable v = variable_find(c, name);
    emit_none(c, at, none);
    variable_store(c, at, v, none);
    variable_delete(c, at, v);
    temp_release(c, mark);
}

// The body of `except ... as name`; the name is unbound however it ends.
static void gen_named_body(Compiler *c, const ExceptHandler *clause, Reg value, Reg exception) {
    const Position *at = &clause->at;
    store_name(c, at, clause->name, value);
    Label failed = label_new(c), done = label_new(c);
    Region region = region_begin(c, failed, exception);
    Block block = {.kind = BLOCK_HANDLER_NAME, .region = &region, .name = clause->name, .at = at};
    block_push(c, &block, at);
    gen_body(c, clause->body);
    block_pop(c);
    region_end(c, &region);
    emit_unbind(c, at, clause->name);
    emit_to(c, at, done);
    label_place(c, failed);
    emit_unbind(c, NULL, clause->name);
    emit(c, NULL, OP_RERAISE, 0, exception, 0, 0);
    label_place(c, done);
}

static void gen_clauses(Compiler *c, const StmtTry *t, Handling *h, Label end) {
    for (int32_t i = 0; i < t->handlers.count; i++) {
        const ExceptHandler *clause = t->handlers.items[i];
        Label next = label_new(c);
        if (clause->type == NULL && i + 1 < t->handlers.count) {
            compile_error(c, &clause->at, "default 'except:' must be last");
        }
        if (clause->type != NULL) {
            Reg mark = temp_mark(c), type = gen_any(c, clause->type), matches = temp_new(c);
            emit(c, &clause->at, OP_MATCH_EXC, 0, matches, h->exception, type);
            emit_jump(c, &clause->at, OP_JUMP_IF_NOT, 0, matches, 0, next);
            temp_release(c, mark);
        }
        if (clause->name != NULL) gen_named_body(c, clause, h->exception, h->exception);
        else gen_body(c, clause->body);
        emit(c, &clause->at, OP_POP_HANDLED, 0, h->saved, 0, 0);
        emit_to(c, &clause->at, end);
        label_place(c, next);
    }
}

// except*: each clause takes its part of the group; what is left, and what the clauses raised, goes on together.
static void gen_star_clause(Compiler *c, const ExceptHandler *clause, Reg parts, Reg raised) {
    const Position *at = &clause->at;
    Reg mark = temp_mark(c), type = gen_any(c, clause->type);
    Label next = label_new(c), failed = label_new(c);
    emit(c, &clause->at, OP_MATCH_EXC_STAR, 0, parts, parts + 1, type);
    temp_release(c, mark);
    emit_jump(c, at, OP_JUMP_IF_NONE, 0, parts, 0, next);
    Reg exception = temp_new(c), saved = temp_new(c);
    emit(c, at, OP_PUSH_HANDLED, 0, saved, parts, 0);
    Region region = region_begin(c, failed, exception);
    Block block = {.kind = BLOCK_EXCEPT_STAR, .region = &region, .at = at};
    block_push(c, &block, at);
    if (clause->name != NULL) gen_named_body(c, clause, parts, exception);
    else gen_body(c, clause->body);
    block_pop(c);
    region_end(c, &region);
    emit(c, at, OP_POP_HANDLED, 0, saved, 0, 0);
    emit_to(c, at, next);
    label_place(c, failed);
    emit(c, at, OP_POP_HANDLED, 0, saved, 0, 0);
    emit(c, at, OP_LIST_APPEND, 0, raised, exception, 0);
    label_place(c, next);
    temp_release(c, mark);
}

static void gen_star_clauses(Compiler *c, const Stmt *s, const StmtTry *t, Handling *h, Label end) {
    const Position *at = &s->at;
    Reg mark = temp_mark(c), original = temp_new(c), raised = temp_new(c), parts = temps_new(c, 2);
    Label collected = label_new(c), nothing_left = label_new(c), done = label_new(c);
    emit_move(c, at, original, h->exception);
    emit_move(c, at, parts + 1, h->exception);
    emit(c, at, OP_BUILD_LIST, 0, raised, raised, 0);
    for (int32_t i = 0; i < t->handlers.count; i++) {
        gen_star_clause(c, t->handlers.items[i], parts, raised);
        emit_jump(c, at, OP_JUMP_IF_NONE, 0, parts + 1, 0, nothing_left);
    }
    emit(c, at, OP_LIST_APPEND, 0, raised, parts + 1, 0);
    emit_to(c, at, collected);
    label_place(c, nothing_left);
    label_place(c, collected);
    emit(c, at, OP_RERAISE_STAR, 0, h->exception, raised, original);
    emit_jump(c, at, OP_JUMP_IF_NONE, 0, h->exception, 0, done);
    emit(c, NULL, OP_POP_HANDLED, 0, h->saved, 0, 0);
    emit(c, NULL, OP_RERAISE, 0, h->exception, 0, 0);
    label_place(c, done);
    emit(c, at, OP_POP_HANDLED, 0, h->saved, 0, 0);
    emit_to(c, at, end);
    temp_release(c, mark);
}

static void gen_try_except(Compiler *c, const Stmt *s, const StmtTry *t, bool is_star) {
    Reg mark = temp_mark(c), exception = temp_new(c);
    Label handler = label_new(c), end = label_new(c);
    Region region = region_begin(c, handler, exception);
    Block block = {.kind = BLOCK_TRY, .region = &region, .at = &s->at};
    block_push(c, &block, &s->at);
    gen_body(c, t->body);
    block_pop(c);
    region_end(c, &region);
    gen_body(c, t->orelse);
    emit_to(c, &s->at, end);
    label_place(c, handler);
    Handling h;
    handling_begin(c, &s->at, &h, exception);
    if (is_star) gen_star_clauses(c, s, t, &h, end);
    else gen_clauses(c, t, &h, end);
    // No clause wanted it: RERAISE inside the guard leads to the cleanup behind.
    handling_end(c, &h);
    label_place(c, end);
    temp_release(c, mark);
}

void gen_try(Compiler *c, const Stmt *s, const StmtTry *t, bool is_star) {
    if (t->finalbody.count == 0) {
        gen_try_except(c, s, t, is_star);
        return;
    }
    Reg mark = temp_mark(c), exception = temp_new(c);
    Label handler = label_new(c), end = label_new(c);
    Region region = region_begin(c, handler, exception);
    Block block = {.kind = BLOCK_FINALLY, .region = &region, .finalbody = t->finalbody, .at = &s->at};
    block_push(c, &block, &s->at);
    if (t->handlers.count > 0) gen_try_except(c, s, t, is_star);
    else gen_body(c, t->body);
    block_pop(c);
    region_end(c, &region);
    gen_body(c, t->finalbody);
    emit_to(c, &s->at, end);
    label_place(c, handler);
    Handling h;
    handling_begin(c, &s->at, &h, exception);
    gen_body(c, t->finalbody);
    handling_end(c, &h);
    label_place(c, end);
    temp_release(c, mark);
}

// ---- with ----------------------------------------------------------------------------------------------------------

void emit_with_exit(Compiler *c, const Position *at, Reg exit, bool is_async) {
    Reg mark = temp_mark(c), window = temps_new(c, 4);
    emit_move(c, at, window, exit);
    for (Reg i = 1; i <= 3; i++) emit_none(c, at, window + i);
    emit(c, at, OP_CALL, 0, window, 3, 0);
    if (is_async) gen_await(c, at, 2, window, window);
    temp_release(c, mark);
}

static void gen_with_item(Compiler *c, const Stmt *s, const StmtWith *w, bool is_async, int32_t number) {
    const Position *at = &s->at;
    const WithItem *item = w->items.items[number];
    Reg mark = temp_mark(c), exit = temps_new(c, 2), entered = exit + 1;
    Reg manager = gen_any(c, item->context_expr);
    emit(c, at, OP_WITH_LOOKUP, is_async, exit, manager, 0);
    temp_release(c, entered + 1);
    emit(c, at, OP_CALL, 0, entered, 0, 0);
    if (is_async) gen_await(c, at, 1, entered, entered);
    Reg exception = temp_new(c);
    Label handler = label_new(c), end = label_new(c), swallowed = label_new(c);
    Region region = region_begin(c, handler, exception);
    Block block = {.kind = BLOCK_WITH, .region = &region, .reg = exit, .is_async = is_async, .at = at};
    block_push(c, &block, at);
    if (item->optional_vars != NULL) gen_store(c, item->optional_vars, entered);
    if (number + 1 < w->items.count) gen_with_item(c, s, w, is_async, number + 1);
    else gen_body(c, w->body);
    block_pop(c);
    region_end(c, &region);
    emit_with_exit(c, at, exit, is_async);
    emit_to(c, at, end);
    label_place(c, handler);
    Handling h;
    handling_begin(c, at, &h, exception);
    Reg result = temp_new(c);
    emit(c, at, OP_WITH_EXIT_EXC, 0, result, exit, exception);
    if (is_async) gen_await(c, at, 2, result, result);
    emit_jump(c, at, OP_JUMP_IF, 0, result, 0, swallowed);
    handling_end(c, &h);
    label_place(c, swallowed);
    emit(c, at, OP_POP_HANDLED, 0, h.saved, 0, 0);
    label_place(c, end);
    temp_release(c, mark);
}

void gen_with(Compiler *c, const Stmt *s, const StmtWith *w, bool is_async) {
    if (is_async && !await_is_allowed(c) && !in_async_function(c)) {
        compile_error(c, &s->at, "'async with' outside async function");
    }
    gen_with_item(c, s, w, is_async, 0);
}
