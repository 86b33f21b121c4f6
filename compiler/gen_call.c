// Calls: the callee in a register, its arguments in the ones behind it, so that the callee's frame begins where they
// stand.
//
//     CALL          R[w] callee          R[w+1] .. arguments
//     CALL_METHOD   R[w] function or UNDEFINED, R[w+1] self or callee, R[w+2] .. arguments
//     CALL_EX       R[w] callee          R[w+1] positional ones, R[w+2] keywords
#include "compiler/gen.h"

enum { CALL_ARGUMENTS_MAX = 2000 };   // more go through a tuple

static bool has_star(const Expr *call) {
    for (int32_t i = 0; i < call->Call.args.count; i++) {
        if (call->Call.args.items[i]->kind == EXPR_Starred) return true;
    }
    for (int32_t i = 0; i < call->Call.keywords.count; i++) {
        if (call->Call.keywords.items[i]->arg == NULL) return true;
    }
    return call->Call.args.count + call->Call.keywords.count > CALL_ARGUMENTS_MAX;
}

bool call_is_method(const Expr *call) {
    return call->Call.func->kind == EXPR_Attribute && !has_star(call);
}

static void check_keywords(Compiler *c, const Position *at, KeywordSeq keywords) {
    for (int32_t i = 0; i < keywords.count; i++) {
        const Keyword *keyword = keywords.items[i];
        if (keyword->arg == NULL) continue;
        refuse_forbidden_name(c, at, keyword->arg, CTX_Store);
        // Quadratic, so long lists (they come from machines) go through the scope's kind of search only up to a point.
        for (int32_t j = i + 1; j < keywords.count && j < i + CALL_ARGUMENTS_MAX; j++) {
            if (keywords.items[j]->arg == keyword->arg) {
                compile_error(c, &keywords.items[j]->at, "keyword argument repeated: %s", keyword->arg->text);
            }
        }
    }
}

static void warn_of_callee(Compiler *c, const Expr *call) {
    const Expr *func = call->Call.func;
    const char *type = NULL;
    switch (func->kind) {
    case EXPR_Constant:
        switch (func->Constant.value.kind) {
        case CONST_NONE: type = "NoneType"; break;
        case CONST_TRUE: case CONST_FALSE: type = "bool"; break;
        case CONST_ELLIPSIS: type = "ellipsis"; break;
        case CONST_INT: case CONST_BIGINT: type = "int"; break;
        case CONST_FLOAT: type = "float"; break;
        case CONST_IMAGINARY: type = "complex"; break;
        case CONST_STR: type = "str"; break;
        case CONST_BYTES: type = "bytes"; break;
        }
        break;
    case EXPR_Tuple: type = "tuple"; break;
    case EXPR_List: case EXPR_ListComp: type = "list"; break;
    case EXPR_Dict: case EXPR_DictComp: type = "dict"; break;
    case EXPR_Set: case EXPR_SetComp: type = "set"; break;
    case EXPR_GeneratorExp: type = "generator"; break;
    case EXPR_JoinedStr: case EXPR_FormattedValue: type = "str"; break;
    default: break;
    }
    if (type != NULL) compile_warn(c, &call->at, "'%s' object is not callable; perhaps you missed a comma?", type);
}

static Reg keyword_names(Compiler *c, KeywordSeq keywords) {
    if (c->unit->unreachable) return 0;
    UnitConstant *names = arena_new_array(c->arena, UnitConstant, (size_t)keywords.count);
    for (int32_t i = 0; i < keywords.count; i++) {
        const Name *name = mangle(c, keywords.items[i]->arg);
        names[i] = constant_string(name->text, name->length);
    }
    UnitConstant tuple = constant_tuple(names, (size_t)keywords.count);
    return constant_low(c, &tuple);
}

// The arguments of a call without stars. `given` of them stand in the window already, and R[window] is the callee.
static void gen_plain_arguments(Compiler *c, const Position *at, Reg window, bool method, ExprSeq args,
                                KeywordSeq keywords, uint32_t given) {
    for (int32_t i = 0; i < args.count; i++) gen_to(c, args.items[i], temp_new(c));
    for (int32_t i = 0; i < keywords.count; i++) gen_to(c, keywords.items[i]->value, temp_new(c));
    uint32_t count = given + (uint32_t)args.count + (uint32_t)keywords.count;
    if (keywords.count > 0) emit(c, at, OP_CALL_KW, method, window, count, keyword_names(c, keywords));
    else emit(c, at, method ? OP_CALL_METHOD : OP_CALL, 0, window, count, 0);
}

// The positional arguments of CALL_EX into `to`: a tuple, or the one starred iterable as it is. Those given already
// stand in the registers from `first` on, of which `to` is the first when there are any.
static void gen_starred_arguments(Compiler *c, const Position *at, ExprSeq args, Reg first, uint32_t given, Reg to) {
    if (given == 0 && args.count == 1 && args.items[0]->kind == EXPR_Starred) {
        gen_to(c, args.items[0]->Starred.value, to);
        return;
    }
    if (given == 0) {
        gen_sequence(c, at, args, OP_BUILD_TUPLE, to);
        return;
    }
    emit(c, at, OP_BUILD_LIST, 0, to, first, given);
    temp_release(c, to + 1);
    for (int32_t i = 0; i < args.count; i++) {
        Reg mark = temp_mark(c);
        bool starred = args.items[i]->kind == EXPR_Starred;
        Reg item = gen_any(c, starred ? args.items[i]->Starred.value : args.items[i]);
        emit(c, at, starred ? OP_LIST_EXTEND : OP_LIST_APPEND, 0, to, item, 0);
        temp_release(c, mark);
    }
    emit(c, at, OP_LIST_TO_TUPLE, 0, to, to, 0);
}

// k=v pairs from `first` to `end` as one dict.
static void gen_keyword_run(Compiler *c, const Position *at, KeywordSeq keywords, int32_t first, int32_t end, Reg to) {
    Reg mark = temp_mark(c), base = mark;
    for (int32_t i = first; i < end; i++) {
        const Name *name = mangle(c, keywords.items[i]->arg);
        emit_string(c, at, temp_new(c), name->text, name->length);
        gen_to(c, keywords.items[i]->value, temp_new(c));
    }
    emit(c, at, OP_BUILD_DICT, 0, to, base, (Reg)(end - first));
    temp_release(c, mark);
}

static void gen_keyword_dict(Compiler *c, const Position *at, KeywordSeq keywords, Reg callee, Reg to) {
    if (keywords.count == 1 && keywords.items[0]->arg == NULL) {
        gen_to(c, keywords.items[0]->value, to);
        return;
    }
    bool made = false;
    for (int32_t i = 0; i < keywords.count;) {
        Reg mark = temp_mark(c);
        if (keywords.items[i]->arg == NULL) {
            if (!made) emit(c, at, OP_BUILD_DICT, 0, to, to, 0);
            Reg mapping = gen_any(c, keywords.items[i++]->value);
            emit(c, at, OP_DICT_MERGE, 0, to, mapping, callee);
        } else {
            int32_t end = i;
            while (end < keywords.count && keywords.items[end]->arg != NULL && end - i < CALL_ARGUMENTS_MAX) end++;
            if (made) {
                Reg run = temp_new(c);
                gen_keyword_run(c, at, keywords, i, end, run);
                emit(c, at, OP_DICT_MERGE, 0, to, run, callee);
            } else {
                gen_keyword_run(c, at, keywords, i, end, to);
            }
            i = end;
        }
        made = true;
        temp_release(c, mark);
    }
}

// Everything after the callee. `given` arguments stand behind R[window]; the result comes into R[window].
void gen_call_arguments(Compiler *c, const Position *at, Reg window, bool method, ExprSeq args, KeywordSeq keywords,
                        uint32_t given) {
    check_keywords(c, at, keywords);
    bool star = args.count + keywords.count > CALL_ARGUMENTS_MAX;
    for (int32_t i = 0; i < args.count; i++) star |= args.items[i]->kind == EXPR_Starred;
    for (int32_t i = 0; i < keywords.count; i++) star |= keywords.items[i]->arg == NULL;
    if (!star) {
        gen_plain_arguments(c, at, window, method, args, keywords, given);
        return;
    }
    Reg positional = window + 1;
    if (given == 0) positional = temp_new(c);
    gen_starred_arguments(c, at, args, window + 1, given, positional);
    if (keywords.count > 0) gen_keyword_dict(c, at, keywords, window, temp_new(c));
    emit(c, at, OP_CALL_EX, keywords.count > 0, window, 0, 0);
}

void gen_call(Compiler *c, const Expr *call, Operand *callee, Reg want, Operand *out) {
    const Position *at = &call->at;
    bool method = call_is_method(call);
    warn_of_callee(c, call);
    Reg window = is_top(c, want) ? want : temp_new(c);
    if (method) {
        const Expr *func = call->Call.func;
        Reg object = callee->is_constant ? window : callee->reg;
        if (callee->is_constant) emit_constant(c, &func->Attribute.value->at, window, &callee->value);
        temp_new(c);
        emit(c, attribute_at(c, &func->at, func), OP_LOAD_METHOD, 0, window, object,
             name_low(c, mangle(c, func->Attribute.attr)));
        at = attribute_at(c, at, func);
    } else {
        operand_to(c, &call->Call.func->at, callee, window);
    }
    gen_call_arguments(c, at, window, method, call->Call.args, call->Call.keywords, 0);
    if (want != NO_REG && want != window) {
        emit_move(c, at, want, window);
        temp_release(c, window);
    } else {
        temp_release(c, window + 1);
    }
    out->is_constant = false;
    out->reg = want == NO_REG ? window : want;
}
