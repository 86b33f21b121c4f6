// match: patterns tested from the outside in; what they capture waits in registers until the whole pattern has matched.
#include "compiler/gen.h"

#include <string.h>

typedef struct Captured {
    const Name *name;
    Reg reg;
} Captured;

typedef struct Matching {
    Label fail;
    bool allow_irrefutable;
    ArenaVec(Captured) captured;
} Matching;

static void match_pattern(Compiler *c, Matching *m, const Pattern *p, Reg subject);

static bool is_wildcard(const Pattern *p) {
    return p->kind == PATTERN_MatchAs && p->MatchAs.name == NULL && p->MatchAs.pattern == NULL;
}

static bool is_star_wildcard(const Pattern *p) {
    return p->kind == PATTERN_MatchStar && p->MatchStar.name == NULL;
}

static void capture_name(Compiler *c, Matching *m, const Pattern *p, const Name *name, Reg reg) {
    refuse_forbidden_name(c, &p->at, name, CTX_Store);
    for (size_t i = 0; i < m->captured.count; i++) {
        if (m->captured.items[i].name == name) {
            compile_error(c, c->pattern_at, "multiple assignments to name '%s' in pattern", name->text);
        }
    }
    arena_push(c->arena, &m->captured, ((Captured){name, reg}));
}

static void match_inner(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    bool allowed = m->allow_irrefutable;
    m->allow_irrefutable = true;
    match_pattern(c, m, p, subject);
    m->allow_irrefutable = allowed;
}

// ---- single values -------------------------------------------------------------------------------------------------

static void match_value(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    const Expr *value = p->MatchValue.value;
    if (value->kind == EXPR_JoinedStr)
        compile_error(c, &p->at, "patterns may only match literals and attribute lookups");
    Reg mark = temp_mark(c);
    Operand operand;
    int number;
    gen(c, value, NO_REG, &operand);
    if (operand.is_constant && constant_is_short(&operand.value, &number)) {
        emit_jump(c, &p->at, OP_JUMP_NOT_EQ_INT, 0, subject, (Reg)number, m->fail);
    } else {
        emit_jump(c, &p->at, OP_JUMP_NOT_EQ, 0, subject, operand_register(c, &value->at, &operand), m->fail);
    }
    temp_release(c, mark);
}

static void match_singleton(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    UnitConstant value = constant_of(&p->MatchSingleton.value);
    if (value.kind == CONSTANT_NONE) {
        emit_jump(c, &p->at, OP_JUMP_IF_NOT_NONE, 0, subject, 0, m->fail);
        return;
    }
    Reg mark = temp_mark(c), reg = temp_new(c);
    emit_constant(c, &p->at, reg, &value);
    emit_jump(c, &p->at, OP_JUMP_IS_NOT, 0, subject, reg, m->fail);
    temp_release(c, mark);
}

static void match_as(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    const Name *name = p->MatchAs.name;
    if (p->MatchAs.pattern == NULL) {
        if (!m->allow_irrefutable) {
            if (name != NULL)
                compile_error(c, &p->at, "name capture '%s' makes remaining patterns unreachable", name->text);
            compile_error(c, &p->at, "wildcard makes remaining patterns unreachable");
        }
        if (name != NULL) capture_name(c, m, p, name, subject);
        return;
    }
    match_pattern(c, m, p->MatchAs.pattern, subject);
    capture_name(c, m, p, name, subject);
}

// ---- sequences -----------------------------------------------------------------------------------------------------

// Only some items are wanted: each is fetched by itself, those behind a star from the end.
static void match_items_singly(Compiler *c, Matching *m, const Pattern *p, PatternSeq patterns, int32_t star,
                               Reg subject) {
    for (int32_t i = 0; i < patterns.count; i++) {
        if (i == star || is_wildcard(patterns.items[i])) continue;
        Reg item = temp_new(c);
        if (i < star) {
            emit(c, &p->at, OP_LOAD_ITEM_INT, 0, item, subject, (Reg)i);
        } else {
            emit(c, &p->at, OP_GET_LEN, 0, item, subject, 0);
            emit(c, &p->at, OP_SUB_INT, 0, item, item, (Reg)(patterns.count - i));
            emit(c, &p->at, OP_LOAD_ITEM, 0, item, subject, item);
        }
        match_inner(c, m, patterns.items[i], item);
    }
}

static void match_items_unpacked(Compiler *c, Matching *m, const Pattern *p, PatternSeq patterns, int32_t star,
                                 Reg subject) {
    Reg first = temps_new(c, (uint32_t)patterns.count);
    if (star < 0) {
        emit(c, &p->at, OP_UNPACK, 0, first, subject, (Reg)patterns.count);
    } else {
        emit(c, &p->at, OP_UNPACK_EX, (unsigned)(patterns.count - 1 - star), first, subject, (Reg)star);
    }
    for (int32_t i = 0; i < patterns.count; i++) {
        const Pattern *inner = patterns.items[i];
        if (inner->kind == PATTERN_MatchStar) {
            c->pattern_at = &inner->at;
            if (inner->MatchStar.name != NULL) capture_name(c, m, inner, inner->MatchStar.name, first + (Reg)i);
        } else {
            match_inner(c, m, inner, first + (Reg)i);
        }
    }
}

static void match_sequence(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    PatternSeq patterns = p->MatchSequence.patterns;
    int32_t star = -1, size = patterns.count;
    bool only_wildcards = true, star_wildcard = false;
    for (int32_t i = 0; i < size; i++) {
        const Pattern *inner = patterns.items[i];
        if (inner->kind == PATTERN_MatchStar) {
            if (star >= 0) compile_error(c, &p->at, "multiple starred names in sequence pattern");
            star_wildcard = is_star_wildcard(inner);
            only_wildcards &= star_wildcard;
            star = i;
            continue;
        }
        only_wildcards &= is_wildcard(inner);
    }
    if (star >= 256 || (star >= 0 && size - 1 - star >= 256) || size > INT16_MAX) {
        compile_error(c, &p->at, "too many expressions in star-unpacking sequence pattern");
    }
    Reg test = temp_new(c);
    emit(c, &p->at, OP_MATCH_SEQUENCE, 0, test, subject, 0);
    emit_jump(c, &p->at, OP_JUMP_IF_NOT, 0, test, 0, m->fail);
    if (star < 0 || size > 1) {
        emit(c, &p->at, OP_GET_LEN, 0, test, subject, 0);
        if (star < 0) emit_jump(c, &p->at, OP_JUMP_NOT_EQ_INT, 0, test, (Reg)size, m->fail);
        else emit_jump(c, &p->at, OP_JUMP_NOT_GE_INT, 0, test, (Reg)(size - 1), m->fail);
    }
    if (only_wildcards) return;
    if (star_wildcard) match_items_singly(c, m, p, patterns, star, subject);
    else match_items_unpacked(c, m, p, patterns, star, subject);
}

// ---- mappings ------------------------------------------------------------------------------------------------------

static bool as_number(const UnitConstant *value, double *out) {
    switch (value->kind) {
    case CONSTANT_COMPLEX: *out = value->as.complex.real; return value->as.complex.imaginary == 0;
    case CONSTANT_TRUE: *out = 1; return true;
    case CONSTANT_FALSE: *out = 0; return true;
    case CONSTANT_INT: *out = (double)value->as.integer; return (int64_t)*out == value->as.integer;
    case CONSTANT_FLOAT: *out = value->as.real; return true;
    default: return false;
    }
}

static bool keys_equal(const UnitConstant *a, const UnitConstant *b) {
    double x, y;
    if (as_number(a, &x) && as_number(b, &y)) return x == y;
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case CONSTANT_NONE: return true;
    case CONSTANT_INT: return a->as.integer == b->as.integer;
    case CONSTANT_COMPLEX:
        return a->as.complex.real == b->as.complex.real && a->as.complex.imaginary == b->as.complex.imaginary;
    case CONSTANT_STR: case CONSTANT_BYTES:
        return a->as.bytes.size == b->as.bytes.size &&
               memcmp(a->as.bytes.data, b->as.bytes.data, a->as.bytes.size) == 0;
    default: return false;
    }
}

static void check_keys(Compiler *c, const Pattern *p, ExprSeq keys) {
    UnitConstant *seen = arena_new_array(c->arena, UnitConstant, (size_t)keys.count);
    size_t count = 0;
    for (int32_t i = 0; i < keys.count; i++) {
        const Expr *key = keys.items[i];
        if (key->kind == EXPR_Attribute) continue;
        UnitConstant value;
        if (!fold_expr(c, key, &value)) {
            if (key->kind == EXPR_UnaryOp || key->kind == EXPR_BinOp) continue;
            compile_error(c, &p->at, "mapping pattern keys may only match literals and attribute lookups");
        }
        for (size_t j = 0; j < count && j < 1000; j++) {
            if (!keys_equal(&seen[j], &value)) continue;
            const char *text;
            size_t length;
            if (value.kind == CONSTANT_INT) text = arena_printf(c->arena, "%lld", (long long)value.as.integer);
            else unparse_expr(c, key, &text, &length);
            compile_error(c, &p->at, "mapping pattern checks duplicate key (%s)", text);
        }
        seen[count++] = value;
    }
}

static void match_mapping(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    ExprSeq keys = p->MatchMapping.keys;
    PatternSeq patterns = p->MatchMapping.patterns;
    Reg test = temp_new(c);
    check_keys(c, p, keys);
    emit(c, &p->at, OP_MATCH_MAPPING, 0, test, subject, 0);
    emit_jump(c, &p->at, OP_JUMP_IF_NOT, 0, test, 0, m->fail);
    if (keys.count == 0 && p->MatchMapping.rest == NULL) return;
    if (keys.count > 0 && keys.count <= INT16_MAX) {
        emit(c, &p->at, OP_GET_LEN, 0, test, subject, 0);
        emit_jump(c, &p->at, OP_JUMP_NOT_GE_INT, 0, test, (Reg)keys.count, m->fail);
    }
    Reg key_tuple = temp_new(c);
    Expr *tuple = expr_Tuple(c->arena, p->at, (ExprTuple){.elts = keys, .ctx = CTX_Load});
    gen_to(c, tuple, key_tuple);
    if (keys.count > 0) {
        emit(c, &p->at, OP_MATCH_KEYS, 0, test, subject, key_tuple);
        emit_jump(c, &p->at, OP_JUMP_IF_NONE, 0, test, 0, m->fail);
        Reg first = temps_new(c, (uint32_t)keys.count);
        emit(c, &p->at, OP_UNPACK, 0, first, test, (Reg)keys.count);
        for (int32_t i = 0; i < patterns.count; i++) match_inner(c, m, patterns.items[i], first + (Reg)i);
    }
    if (p->MatchMapping.rest != NULL) {
        Reg rest = temp_new(c);
        emit(c, &p->at, OP_MATCH_REST, 0, rest, subject, key_tuple);
        capture_name(c, m, p, p->MatchMapping.rest, rest);
    }
}

// ---- classes -------------------------------------------------------------------------------------------------------

static void match_class(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    PatternSeq positional = p->MatchClass.patterns, named = p->MatchClass.kwd_patterns;
    NameSeq attributes = p->MatchClass.kwd_attrs;
    if (positional.count > 255) compile_error(c, &p->at, "too many sub-patterns in class pattern");
    for (int32_t i = 0; i < attributes.count; i++) {
        refuse_forbidden_name(c, &named.items[i]->at, attributes.items[i], CTX_Store);
        for (int32_t j = i + 1; j < attributes.count; j++) {
            if (attributes.items[i] == attributes.items[j]) {
                compile_error(c, &named.items[j]->at, "attribute name repeated in class pattern: %s",
                              attributes.items[i]->text);
            }
        }
    }
    int32_t count = positional.count + named.count;
    UnitConstant *names = arena_new_array(c->arena, UnitConstant, (size_t)attributes.count);
    for (int32_t i = 0; i < attributes.count; i++)
        names[i] = constant_string(attributes.items[i]->text, attributes.items[i]->length);
    UnitConstant tuple = constant_tuple(names, (size_t)attributes.count);
    Reg values = temp_new(c), mark = temp_mark(c), cls = temps_new(c, 2);
    gen_to(c, p->MatchClass.cls, cls);
    emit_constant(c, &p->at, cls + 1, &tuple);
    emit(c, &p->at, OP_MATCH_CLASS, (unsigned)positional.count, values, subject, cls);
    temp_release(c, mark);
    emit_jump(c, &p->at, OP_JUMP_IF_NONE, 0, values, 0, m->fail);
    if (count == 0) return;
    Reg first = temps_new(c, (uint32_t)count);
    emit(c, &p->at, OP_UNPACK, 0, first, values, (Reg)count);
    for (int32_t i = 0; i < count; i++) {
        const Pattern *inner = i < positional.count ? positional.items[i] : named.items[i - positional.count];
        if (!is_wildcard(inner)) match_inner(c, m, inner, first + (Reg)i);
    }
}

// ---- alternatives --------------------------------------------------------------------------------------------------

static int32_t find_captured(const Captured *captured, size_t count, const Name *name) {
    for (size_t i = 0; i < count; i++) {
        if (captured[i].name == name) return (int32_t)i;
    }
    return -1;
}

// Every alternative leaves what it captures in the same registers.
static void match_or(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    PatternSeq alternatives = p->MatchOr.patterns;
    Label matched = label_new(c), fail = m->fail;
    bool allowed = m->allow_irrefutable;
    Captured *common = NULL;
    size_t common_count = 0;
    Reg common_regs = 0;
    for (int32_t i = 0; i < alternatives.count; i++) {
        Matching inner = {.fail = label_new(c), .allow_irrefutable = i + 1 == alternatives.count && allowed};
        match_pattern(c, &inner, alternatives.items[i], subject);
        if (i == 0) {
            common = inner.captured.items;
            common_count = inner.captured.count;
            common_regs = temps_new(c, (uint32_t)common_count);
        } else if (inner.captured.count != common_count) {
            compile_error(c, c->pattern_at, "alternative patterns bind different names");
        }
        for (size_t j = 0; j < common_count; j++) {
            int32_t at = find_captured(inner.captured.items, inner.captured.count, common[j].name);
            if (at < 0) compile_error(c, c->pattern_at, "alternative patterns bind different names");
            emit_move(c, &p->at, common_regs + (Reg)j, inner.captured.items[at].reg);
        }
        emit_to(c, &p->at, matched);
        label_place(c, inner.fail);
    }
    emit_to(c, &p->at, fail);
    label_place(c, matched);
    for (size_t j = 0; j < common_count; j++) capture_name(c, m, p, common[j].name, common_regs + (Reg)j);
}

static void match_pattern(Compiler *c, Matching *m, const Pattern *p, Reg subject) {
    compiler_deeper(c);
    c->pattern_at = &p->at;
    switch (p->kind) {
    case PATTERN_MatchValue: match_value(c, m, p, subject); break;
    case PATTERN_MatchSingleton: match_singleton(c, m, p, subject); break;
    case PATTERN_MatchSequence: match_sequence(c, m, p, subject); break;
    case PATTERN_MatchMapping: match_mapping(c, m, p, subject); break;
    case PATTERN_MatchClass: match_class(c, m, p, subject); break;
    case PATTERN_MatchStar: break;   // its sequence has dealt with it
    case PATTERN_MatchAs: match_as(c, m, p, subject); break;
    case PATTERN_MatchOr: match_or(c, m, p, subject); break;
    }
    c->depth--;
}

void gen_match(Compiler *c, const Stmt *s) {
    Label end = label_new(c);
    Reg mark = temp_mark(c), subject = temp_new(c), inner = temp_mark(c);
    gen_to(c, s->Match.subject, subject);
    for (int32_t i = 0; i < s->Match.cases.count; i++) {
        const MatchCase *k = s->Match.cases.items[i];
        bool is_last = i + 1 == s->Match.cases.count;
        Matching m = {.fail = label_new(c), .allow_irrefutable = k->guard != NULL || is_last};
        match_pattern(c, &m, k->pattern, subject);
        for (size_t j = 0; j < m.captured.count; j++) {
            store_name(c, &k->pattern->at, m.captured.items[j].name, m.captured.items[j].reg);
        }
        temp_release(c, inner);
        if (k->guard != NULL) gen_jump_if(c, &k->pattern->at, k->guard, false, m.fail);
        gen_body(c, k->body);
        emit_to(c, &s->at, end);
        label_place(c, m.fail);
    }
    label_place(c, end);
    temp_release(c, mark);
}
