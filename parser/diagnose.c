// The machine behind diagnose.h: a matcher for grammar.def and the errors that its rules raise.
#include "parser/diagnose.h"

#include <stdlib.h>

#include "parser/grammar.h"

enum {
    NO_MATCH = -1,
    NO_MATCH_AT_ALL = -2,   // nor will any other alternative of the rule be tried
};

// What an element of an alternative has matched: tokens [from, to), by a rule or not (RULE_COUNT).
typedef struct {
    int from, to;
    RuleId rule;
} Capture;

typedef struct {
    Capture slots[2];
} Captures;

// A remembered result, in the list of its token.
typedef struct Memo {
    struct Memo *next;
    uint32_t key;
    int result;
} Memo;

typedef struct {
    FrontEnd *fe;
    const Grammar *grammar;
    const Token *tokens;
    Memo **memos;           // one list for each token
    int base;               // index of the first token that has a list
    int read;               // how many tokens have been read: the last one is where some errors are reported
    bool wrong_rules;       // tried at this moment; in the second pass only
    bool second_pass;
    bool in_field;          // inside an f-string's braces: errors say so, and
    int field_open, field_close;    // these tokens count as parentheses, which CPython 3.11 reads the value in
    bool in_literal;        // looking into a string: its errors are reported at the last token read
    bool check_rest;        // whether an error of the lexer further on comes first
    const Token *furthest;  // where the parser gave up
    ParseMode mode;
} Diagnosis;

static int match_node(Diagnosis *d, const GrammarNode *node, int at, Captures *captures);
static int match_rule(Diagnosis *d, RuleId rule, int at);

// Whoever looks at a token has read it; reading where the lexer has failed ends everything.
static inline const Token *token_at(Diagnosis *d, int at) {
    const Token *token = &d->tokens[at];
    if (at >= d->read) {
        d->read = at + 1;
        if (token->kind == TOK_ERRORTOKEN) {
            d->check_rest = false;
            lexer_raise(d->fe);
        }
    }
    return token;
}

// The kind of a token, as the rules are to see it.
static inline TokenKind kind_at(Diagnosis *d, int at) {
    TokenKind kind = token_at(d, at)->kind;
    if (!d->in_field) return kind;
    return at == d->field_open ? TOK_LPAR : at == d->field_close ? TOK_RPAR : kind;
}

// Raising

// CPython counts the end's column along the first line, even when the range goes on over several.
static _Noreturn void raise_error(Diagnosis *d, DiagKind kind, SourceRange where, const char *text) {
    const char *prefix = d->in_field ? "f-string: " : "";
    if (where.end_line == where.line || where.end_col < 0) diag_raise(d->fe, kind, where, "%s%s", prefix, text);
    size_t length;
    source_line(d->fe, where.line, &length);
    int end_col = where.end_col > (int)length ? (int)length : where.end_col;
    diag_raise_exactly(d->fe, kind, where.line, source_char_col(d->fe, where.line, where.col) + 1, where.end_line,
                       source_char_col(d->fe, where.line, end_col) + 1, "%s%s", prefix, text);
}

// At the last token that was read.
static SourceRange range_here(const Diagnosis *d) {
    return token_range(&d->tokens[d->read - 1]);
}

// CPython's tokens for indentation and for the end have no place of their own, nor has the newline at the end of an
// expression that has none.
static bool is_added_newline(const Diagnosis *d, const Token *token) {
    return d->mode != PARSE_EXEC && d->fe->added_newline && token->kind == TOK_NEWLINE &&
           token->start >= d->fe->source_length - 1;
}

static bool token_has_place(const Diagnosis *d, const Token *token) {
    if (token->kind == TOK_NEWLINE) return !is_added_newline(d, token);
    return token->kind != TOK_INDENT && token->kind != TOK_DEDENT && token->kind != TOK_ENDMARKER;
}

static int line_of_token(const Diagnosis *d, const Token *token) {
    bool is_empty = d->fe->source_length == 1 && d->fe->added_newline;
    return is_empty ? 0 : (int)token->line;
}

// The range of a token; an f-string is one as a whole.
static SourceRange range_of_token(const Diagnosis *d, const Token *token) {
    const Token *first = token, *last = token;
    for (int depth = 0; last->kind != TOK_ERRORTOKEN; last++) {
        if (last->kind == TOK_FSTRING_START) depth++;
        if (last->kind == TOK_FSTRING_END) depth--;
        if (depth <= 0) break;
    }
    for (int depth = 0; first > d->tokens; first--) {
        if (first->kind == TOK_FSTRING_END) depth++;
        if (first->kind == TOK_FSTRING_START) depth--;
        if (depth <= 0) break;
    }
    return range_from_to(first, last);
}

// At the last token that was read. Where that has no place, the error is where the lexer stands, a column before what
// other tokens would give, and has no end.
static _Noreturn void raise_here(Diagnosis *d, DiagKind kind, const char *text) {
    const Token *last = &d->tokens[d->read - 1];
    if (token_has_place(d, last)) raise_error(d, kind, range_of_token(d, last), text);
    int line = line_of_token(d, last), col = 0;
    if (line > 0) {
        size_t length;
        source_line(d->fe, line, &length);
        bool beyond = d->mode != PARSE_EXEC && d->fe->added_newline && last->col > length;
        col = source_char_col(d->fe, line, beyond ? (int)length : (int)last->col);
    }
    diag_raise_exactly(d->fe, kind, line, col, line, -1, "%s%s", d->in_field ? "f-string: " : "", text);
}

static _Noreturn void raise_at_token(Diagnosis *d, const Token *token, const char *text) {
    if (token->kind == TOK_ERRORTOKEN) {
        d->check_rest = false;
        lexer_raise(d->fe);
    }
    if (token_has_place(d, token)) raise_error(d, DIAG_SYNTAX_ERROR, range_of_token(d, token), text);
    int line = line_of_token(d, token);
    diag_raise_exactly(d->fe, DIAG_SYNTAX_ERROR, line, 0, line, 0, "%s%s", d->in_field ? "f-string: " : "", text);
}

static SourceRange range_of_position(Position at) {
    return (SourceRange){at.lineno, at.col_offset, at.end_lineno, at.end_col_offset};
}

static SourceRange range_join(SourceRange from, SourceRange to) {
    return (SourceRange){from.line, from.col, to.end_line, to.end_col};
}

// A parser at the first token of a capture, to make a tree of what was matched.
typedef struct {
    Parser parser;
    const Token *first;
    Expr *expr;
    ComprehensionSeq clauses;
    ExprSeq list;
} Reparsed;

static void reparse_list(Parser *p, Reparsed *out) {
    size_t mark = seq_begin(p);
    do seq_push(p, parse_star_named_expression(p));
    while (accept(p, TOK_COMMA) && at_expression_start(p));
    out->list = SEQ_END(ExprSeq, p, mark);
}

// The tokens by themselves: the rules may have ended earlier than the parser would, which takes all it can.
static const Token *tokens_of_capture(Diagnosis *d, const Capture *capture) {
    size_t count = (size_t)(capture->to - capture->from);
    Token *tokens = arena_new_array(d->fe->arena, Token, count + 1);
    memcpy(tokens, &d->tokens[capture->from], count * sizeof *tokens);
    tokens[count] = d->tokens[capture->to];
    tokens[count].kind = TOK_ENDMARKER;
    return tokens;
}

// The tree of a captured expression; false when the capture is no expression.
static bool reparse(Diagnosis *d, const Capture *capture, Reparsed *out) {
    *out = (Reparsed){0};
    Parser *p = &out->parser;
    p->fe = d->fe;
    p->arena = d->fe->arena;
    p->names = d->fe->names;
    out->first = tokens_of_capture(d, capture);
    p->t = out->first;
    if (setjmp(p->failed) != 0) return false;
    switch (capture->rule) {
    case RULE_expression: case RULE_quiet_expression: out->expr = parse_expression(p); return true;
    case RULE_disjunction: out->expr = parse_disjunction(p); return true;
    case RULE_bitwise_or: out->expr = parse_bitwise_or(p); return true;
    case RULE_star_named_expression: case RULE_wrong_annotated_target: case RULE_starred_expression:
        out->expr = parse_star_named_expression(p);
        return true;
    case RULE_star_expressions: case RULE_yield_expr: out->expr = parse_yield_or_star_expressions(p); return true;
    case RULE_for_if_clauses: out->clauses = parse_comprehension_clauses(p); return true;
    case RULE_star_named_expressions: reparse_list(p, out); return true;
    default: return false;
    }
}

static SourceRange range_of_tokens(const Diagnosis *d, const Capture *capture) {
    int last = capture->to - 1;
    // A parameter is captured with the comma behind it, which does not belong to it.
    bool with_comma = capture->rule == RULE_param_plain || capture->rule == RULE_lambda_plain;
    if (with_comma && d->tokens[last].kind == TOK_COMMA) last--;
    return range_from_to(&d->tokens[capture->from], &d->tokens[last]);
}

// Where a captured element stands: for expressions, without parentheses around them, as in the tree.
static SourceRange range_of_capture(Diagnosis *d, const Capture *capture) {
    Reparsed tree;
    if (!reparse(d, capture, &tree)) return range_of_tokens(d, capture);
    if (tree.expr != NULL) return range_of_position(tree.expr->at);
    if (tree.list.count > 0) {
        return range_join(range_of_position(tree.list.items[0]->at),
                          range_of_position(tree.list.items[tree.list.count - 1]->at));
    }
    Comprehension *last = tree.clauses.items[tree.clauses.count - 1];
    Expr *end = last->ifs.count > 0 ? last->ifs.items[last->ifs.count - 1] : last->iter;
    return range_join(range_of_tokens(d, capture), range_of_position(end->at));
}

const char *expr_describe(const Expr *expr) {
    static const char *const texts[] = {
        [EXPR_Attribute] = "attribute", [EXPR_Subscript] = "subscript", [EXPR_Starred] = "starred",
        [EXPR_Name] = "name",
        [EXPR_List] = "list", [EXPR_Tuple] = "tuple", [EXPR_Lambda] = "lambda", [EXPR_Call] = "function call",
        [EXPR_BoolOp] = "expression", [EXPR_BinOp] = "expression", [EXPR_UnaryOp] = "expression",
        [EXPR_GeneratorExp] = "generator expression", [EXPR_Yield] = "yield expression",
        [EXPR_YieldFrom] = "yield expression", [EXPR_Await] = "await expression",
        [EXPR_ListComp] = "list comprehension",
        [EXPR_SetComp] = "set comprehension", [EXPR_DictComp] = "dict comprehension", [EXPR_Dict] = "dict literal",
        [EXPR_Set] = "set display", [EXPR_JoinedStr] = "f-string expression",
        [EXPR_FormattedValue] = "f-string expression", [EXPR_Constant] = "literal", [EXPR_Compare] = "comparison",
        [EXPR_IfExp] = "conditional expression", [EXPR_NamedExpr] = "named expression", [EXPR_Slice] = "slice",
    };
    if (expr->kind == EXPR_Constant) {
        switch (expr->Constant.value.kind) {
        case CONST_NONE: return "None";
        case CONST_TRUE: return "True";
        case CONST_FALSE: return "False";
        case CONST_ELLIPSIS: return "ellipsis";
        default: break;
        }
    }
    return texts[expr->kind];
}

static const char *describe_capture(Diagnosis *d, const Capture *capture) {
    Reparsed tree;
    if (reparse(d, capture, &tree) && tree.expr != NULL) return expr_describe(tree.expr);
    const Token *token = &d->tokens[capture->from];
    return arena_strndup(d->fe->arena, token_text(d->fe, token), token->length);
}

typedef enum { TARGETS_ASSIGNED, TARGETS_DELETED, TARGETS_LOOP } TargetUse;

// The first part of an expression that cannot be a target; NULL when it can.
static const Expr *find_invalid_target(const Expr *expr, TargetUse use) {
    ExprSeq elts;
    switch (expr->kind) {
    case EXPR_Name: case EXPR_Attribute: case EXPR_Subscript: return NULL;
    case EXPR_List: elts = expr->List.elts; break;
    case EXPR_Tuple: elts = expr->Tuple.elts; break;
    case EXPR_Starred: return use == TARGETS_DELETED ? expr : find_invalid_target(expr->Starred.value, use);
    case EXPR_Compare:
        // The `a in b` of `for a in b` has been read as a comparison.
        if (use != TARGETS_LOOP) return expr;
        return expr->Compare.ops.items[0] == CMP_In ? find_invalid_target(expr->Compare.left, use) : NULL;
    default: return expr;
    }
    for (int32_t i = 0; i < elts.count; i++) {
        const Expr *found = find_invalid_target(elts.items[i], use);
        if (found != NULL) return found;
    }
    return NULL;
}

// Actions: raise, or return false: then the rule has failed.

static bool action_target(Diagnosis *d, const Captures *captures, TargetUse use) {
    Reparsed tree;
    if (!reparse(d, &captures->slots[0], &tree) || tree.expr == NULL) return false;
    const Expr *target = find_invalid_target(tree.expr, use);
    if (target == NULL) return false;
    raise_error(d, DIAG_SYNTAX_ERROR, range_of_position(target->at),
                arena_printf(d->fe->arena, use == TARGETS_DELETED ? "cannot delete %s" : "cannot assign to %s",
                             expr_describe(target)));
}

static bool token_is_word(const Diagnosis *d, const Token *token, const char *word) {
    return token->kind == TOK_NAME && token->length == strlen(word) &&
           memcmp(token_text(d->fe, token), word, token->length) == 0;
}

static bool is_print_or_exec(Diagnosis *d, const Capture *capture) {
    const Token *token = &d->tokens[capture->from];
    return capture->to == capture->from + 1 && (token_is_word(d, token, "print") || token_is_word(d, token, "exec"));
}

static bool action_print(Diagnosis *d, const Captures *captures) {
    const Capture *name = &captures->slots[0];
    if (!is_print_or_exec(d, name)) return false;
    const char *text = d->tokens[name->from].length == 5 ? "print" : "exec";
    raise_error(d, DIAG_SYNTAX_ERROR,
                range_join(range_of_tokens(d, name), range_of_capture(d, &captures->slots[1])),
                arena_printf(d->fe->arena, "Missing parentheses in call to '%s'. Did you mean %s(...)?", text, text));
}

// Two expressions in a row, inside of brackets.
static bool action_forgotten_comma(Diagnosis *d, const Captures *captures, int at) {
    if (is_print_or_exec(d, &captures->slots[0]) || d->tokens[at - 1].level == 0) return false;
    raise_error(d, DIAG_SYNTAX_ERROR,
                range_join(range_of_capture(d, &captures->slots[0]), range_of_capture(d, &captures->slots[1])),
                "invalid syntax. Perhaps you forgot a comma?");
}

// What the arguments of a call are, seen from outside: read over the tokens of `args`, which are known to be right.
typedef struct {
    int positional;         // and starred ones
    int last_from, last_to; // tokens of the last of these
    bool has_unpacking;     // **x
} ArgumentsSeen;

static ArgumentsSeen look_at_arguments(Diagnosis *d, const Capture *args) {
    ArgumentsSeen seen = {0};
    int level = 0, from = args->from;
    for (int i = args->from; i <= args->to; i++) {
        const Token *token = &d->tokens[i];
        bool at_end = i == args->to;
        if (!at_end) {
            if (token->kind == TOK_LPAR || token->kind == TOK_LSQB || token->kind == TOK_LBRACE ||
                token->kind == TOK_FSTRING_START) level++;
            if (token->kind == TOK_RPAR || token->kind == TOK_RSQB || token->kind == TOK_RBRACE ||
                token->kind == TOK_FSTRING_END) level--;
            if (level > 0 || token->kind != TOK_COMMA) continue;
            // The commas of a lambda's parameters do not separate arguments.
            Capture rest = {from, args->to, RULE_expression};
            Reparsed tree;
            bool is_lambda = d->tokens[from].kind == TOK_KW_LAMBDA && reparse(d, &rest, &tree);
            if (is_lambda && tree.parser.t - tree.first > i - from) continue;
        }
        TokenKind first = d->tokens[from].kind;
        if (first == TOK_DOUBLESTAR) {
            seen.has_unpacking = true;
        } else if (first != TOK_NAME || d->tokens[from + 1].kind != TOK_EQUAL) {
            seen.positional++;
            seen.last_from = from;
            seen.last_to = i;
        }
        from = i + 1;
    }
    return seen;
}

// f(a, b for b in c)
static bool action_generator_after_arguments(Diagnosis *d, const Captures *captures) {
    ArgumentsSeen seen = look_at_arguments(d, &captures->slots[0]);
    if (seen.positional <= 1) return false;
    Capture last = {seen.last_from, seen.last_to, RULE_star_named_expression};
    raise_error(d, DIAG_SYNTAX_ERROR,
                range_join(range_of_capture(d, &last), range_of_capture(d, &captures->slots[1])),
                "Generator expression must be parenthesized");
}

static bool action_positional_after_keyword(Diagnosis *d, const Captures *captures) {
    ArgumentsSeen seen = look_at_arguments(d, &captures->slots[0]);
    raise_here(d, DIAG_SYNTAX_ERROR, seen.has_unpacking ? "positional argument follows keyword argument unpacking"
                                   : "positional argument follows keyword argument");
}

static bool action_comprehension_target(Diagnosis *d, const Captures *captures) {
    raise_error(d, DIAG_SYNTAX_ERROR,
                range_join(range_of_capture(d, &captures->slots[0]), range_of_capture(d, &captures->slots[1])),
                "did you forget parentheses around the comprehension target?");
}

// Reported at the key's last character.
static bool action_key_without_colon(Diagnosis *d, const Captures *captures) {
    SourceRange key = range_of_capture(d, &captures->slots[0]);
    SourceRange where = {key.line, key.end_col - 1, key.end_line, -1};
    raise_error(d, DIAG_SYNTAX_ERROR, where, "':' expected after dictionary key");
}

// The parts of a complex number in a pattern.
static bool action_number(Diagnosis *d, const Captures *captures, bool must_be_imaginary) {
    const Token *token = &d->tokens[captures->slots[0].from];
    NumberLiteral number;
    number_literal(d->fe, token, &number);
    if ((number.kind == NUMBER_IMAGINARY) == must_be_imaginary) return true;
    raise_error(d, DIAG_SYNTAX_ERROR, token_range(token),
                must_be_imaginary ? "imaginary number required in complex literal"
                                  : "real number required in complex literal");
}

// To where the lexer stands, which is a character less than the end of a token would be.
static SourceRange range_to_lexer(const Diagnosis *d, SourceRange from) {
    SourceRange here = range_here(d);
    here.end_col--;
    return range_join(from, here);
}

static bool run_action(Diagnosis *d, const GrammarNode *action, int at, const Captures *captures) {
    const Capture *a = &captures->slots[0], *slot = action->slot < 2 ? &captures->slots[action->slot] : NULL;
    Arena *arena = d->fe->arena;
    const char *text = action->text;
    switch ((ActionKind)action->value) {
    case ACTION_HERE:
        raise_here(d, DIAG_SYNTAX_ERROR, text);
    case ACTION_INDENT: {
        const char *line = slot == NULL ? NULL : strstr(text, "%d");
        if (line != NULL) text = arena_printf(arena, "%.*s%u", (int)(line - text), text, d->tokens[slot->from].line);
        raise_here(d, DIAG_INDENTATION_ERROR, text);
    }
    case ACTION_AT: case ACTION_FROM_TO: case ACTION_FROM: {
        SourceRange where = range_of_capture(d, slot);
        if (action->value == ACTION_FROM_TO) where = range_join(where, range_of_capture(d, &captures->slots[1]));
        if (action->value == ACTION_FROM) where = range_to_lexer(d, where);
        const char *sort = strstr(text, "%s");
        if (sort != NULL) {
            text = arena_printf(arena, "%.*s%s%s", (int)(sort - text), text, describe_capture(d, a), sort + 2);
        }
        raise_error(d, DIAG_SYNTAX_ERROR, where, text);
    }
    case ACTION_number_must_be_real: return action_number(d, captures, false);
    case ACTION_number_must_be_imaginary: return action_number(d, captures, true);
    case ACTION_generator_after_arguments: return action_generator_after_arguments(d, captures);
    case ACTION_positional_after_keyword: return action_positional_after_keyword(d, captures);
    case ACTION_print_without_parentheses: return action_print(d, captures);
    case ACTION_forgotten_comma: return action_forgotten_comma(d, captures, at);
    case ACTION_unparenthesised_comprehension_target: return action_comprehension_target(d, captures);
    case ACTION_key_without_colon: return action_key_without_colon(d, captures);
    case ACTION_assignment_target: return action_target(d, captures, TARGETS_ASSIGNED);
    case ACTION_del_target: return action_target(d, captures, TARGETS_DELETED);
    case ACTION_for_target: return action_target(d, captures, TARGETS_LOOP);
    }
    return false;
}

// Strings

static _Noreturn void diagnose_range(Diagnosis *d, RuleId rule, int from);

// The token that ends the value of the field whose '{' is at `open`.
static int find_field_close(Diagnosis *d, int open) {
    int depth = 0;
    for (int at = open + 1;; at++) {
        TokenKind kind = token_at(d, at)->kind;
        bool ends = kind == TOK_RBRACE || kind == TOK_EXCLAMATION || kind == TOK_COLON || kind == TOK_EQUAL;
        if (depth == 0 && ends) return at;
        if (kind == TOK_LPAR || kind == TOK_LSQB || kind == TOK_LBRACE || kind == TOK_FSTRING_START) depth++;
        if (kind == TOK_RPAR || kind == TOK_RSQB || kind == TOK_RBRACE || kind == TOK_FSTRING_END) depth--;
    }
}

// The value inside a replacement field is parsed for itself, in parentheses and with both passes of its own.
static int match_field_value(Diagnosis *d, int open) {
    int close = find_field_close(d, open);
    if (close == open + 1) {
        d->in_field = true;
        raise_here(d, DIAG_SYNTAX_ERROR, "empty expression not allowed");
    }
    Diagnosis inner = *d;
    inner.in_field = true;
    inner.field_open = open;
    inner.field_close = close;
    inner.wrong_rules = inner.second_pass = false;
    inner.base = open;
    inner.memos = arena_new_array(d->fe->arena, Memo *, d->fe->token_count - (size_t)open);
    inner.read = open + 1;
    int end = match_rule(&inner, RULE_field, open);
    if (end != close + 1) diagnose_range(&inner, RULE_field, open);
    return close;
}

static int match_fstring_parts(Diagnosis *d, int at);

static void read_literal(Diagnosis *d, int at) {
    StringLiteral value;
    d->in_literal = true;
    string_literal(d->fe, &d->tokens[at], &value);
    d->in_literal = false;
}

// replacement_field: '{' value ['='] ['!' NAME] [':' parts] '}'
static int match_replacement_field(Diagnosis *d, int at) {
    at = match_field_value(d, at);
    if (token_at(d, at)->kind == TOK_EQUAL) at++;
    if (token_at(d, at)->kind == TOK_EXCLAMATION) {
        const Token *name = token_at(d, ++at);
        char letter = token_text(d->fe, name)[0];
        if (name->kind != TOK_NAME || name->length != 1 || (letter != 's' && letter != 'r' && letter != 'a')) {
            raise_here(d, DIAG_SYNTAX_ERROR, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
        }
        at++;
    }
    if (token_at(d, at)->kind == TOK_COLON) at = match_fstring_parts(d, at + 1);
    if (token_at(d, at)->kind != TOK_RBRACE) raise_here(d, DIAG_SYNTAX_ERROR, "f-string: expecting '}'");
    return at + 1;
}

static int match_fstring_parts(Diagnosis *d, int at) {
    for (;;) {
        TokenKind kind = token_at(d, at)->kind;
        if (kind == TOK_FSTRING_MIDDLE) read_literal(d, at++);
        else if (kind == TOK_LBRACE) at = match_replacement_field(d, at);
        else return at;
    }
}

// The token behind the f-string that begins at `at`.
static int skip_fstring(Diagnosis *d, int at) {
    int depth = 0;
    do {
        TokenKind kind = token_at(d, at++)->kind;
        if (kind == TOK_FSTRING_START) depth++;
        if (kind == TOK_FSTRING_END) depth--;
    } while (depth > 0);
    return at;
}

// strings: (STRING | fstring)+       CPython reads all of them, and the token behind, before it looks into them.
static int match_strings(Diagnosis *d, int from) {
    int end = from;
    for (;;) {
        TokenKind kind = token_at(d, end)->kind;
        if (kind == TOK_STRING) end++;
        else if (kind == TOK_FSTRING_START) end = skip_fstring(d, end);
        else break;
    }
    if (end == from) return NO_MATCH;
    bool is_bytes = (d->tokens[from].flags & TOKEN_BYTES) != 0;
    for (int at = from; at < end;) {
        const Token *token = &d->tokens[at];
        if (token->kind == TOK_STRING) {
            read_literal(d, at++);
        }
        if (((token->flags & TOKEN_BYTES) != 0) != is_bytes) {
            raise_here(d, DIAG_SYNTAX_ERROR, "cannot mix bytes and nonbytes literals");
        }
        if (token->kind == TOK_FSTRING_START) at = match_fstring_parts(d, at + 1) + 1;
    }
    return end;
}

// Matching

// CPython compares only as many characters as the name has: "c" and "mat" pass for soft keywords, too.
static bool is_soft_keyword(Diagnosis *d, const Token *token) {
    static const char *const keywords[] = {"_", "case", "match"};
    if (token->kind != TOK_NAME) return false;
    for (int i = 0; i < 3; i++) {
        if (strncmp(keywords[i], token_text(d->fe, token), token->length) == 0) return true;
    }
    return false;
}

static int match_native(Diagnosis *d, NativeCheck check, int at) {
    if (check == NATIVE_strings) return match_strings(d, at);
    if (check == NATIVE_final_newline) {
        if (token_at(d, at)->kind == TOK_NEWLINE) return at + 1;
        return parser_has_final_newline(d->fe, &d->tokens[at]) ? at : NO_MATCH;
    }
    if (check == NATIVE_soft_keyword) return is_soft_keyword(d, token_at(d, at)) ? at + 1 : NO_MATCH;
    bool wrong_rules = d->wrong_rules;
    d->wrong_rules = false;
    int end = match_rule(d, RULE_quiet_expression_body, at);
    d->wrong_rules = wrong_rules;
    return end;
}

static int match_sequence(Diagnosis *d, const GrammarNode *node, int at, Captures *captures) {
    bool is_cut = false;
    for (const GrammarNode *item = node->child; item != NULL; item = item->next) {
        if (item->op == NODE_TOKEN && item->value != TOK_STRING) {
            if (kind_at(d, at) != item->value) return is_cut ? NO_MATCH_AT_ALL : NO_MATCH;
            at++;
        } else if (item->op == NODE_CUT) {
            is_cut = true;
        } else if (item->op == NODE_ACTION) {
            if (!run_action(d, item, at, captures)) return NO_MATCH_AT_ALL;
        } else {
            at = match_node(d, item, at, captures);
            if (at < 0) return is_cut ? NO_MATCH_AT_ALL : NO_MATCH;
        }
    }
    return at;
}

// The first alternative that matches. One that cannot begin with the token that is there is not even tried.
static int match_choice(Diagnosis *d, const GrammarNode *node, int at, Captures *captures) {
    for (const GrammarNode *item = node->child; item != NULL; item = item->next) {
        if (!node_can_begin_with(item, kind_at(d, at))) continue;
        int end = match_node(d, item, at, captures);
        if (end >= 0) return end;
        if (end == NO_MATCH_AT_ALL) return NO_MATCH_AT_ALL;
    }
    return NO_MATCH;
}

static int match_repeated(Diagnosis *d, const GrammarNode *node, int at, Captures *captures) {
    int end = match_node(d, node->child, at, captures);
    if (end < 0) return node->op == NODE_STAR ? at : NO_MATCH;
    const GrammarNode *separator = node->op == NODE_LIST ? node->child->next : NULL;
    for (;;) {
        int next = end;
        if (separator != NULL) next = match_node(d, separator, next, captures);
        if (next >= 0) next = match_node(d, node->child, next, captures);
        if (next < 0 || next == end) return end;
        end = next;
    }
}

static _Noreturn void raise_expected(Diagnosis *d, const GrammarNode *forced, const Token *token) {
    raise_at_token(d, token, arena_printf(d->fe->arena, "expected '%s'", token_kind_text(forced->child->value)));
}

static int match_node(Diagnosis *d, const GrammarNode *node, int at, Captures *captures) {
    int end;
    switch ((NodeOp)node->op) {
    case NODE_TOKEN: {
        TokenKind kind = kind_at(d, at);
        if (kind == TOK_FSTRING_START && node->value == TOK_STRING) return skip_fstring(d, at);
        return kind == node->value ? at + 1 : NO_MATCH;
    }
    case NODE_SOFT: return token_is_word(d, token_at(d, at), node->text) ? at + 1 : NO_MATCH;
    case NODE_RULE: return match_rule(d, node->value, at);
    case NODE_NATIVE: return match_native(d, node->value, at);
    case NODE_SEQUENCE: return match_sequence(d, node, at, captures);
    case NODE_CHOICE:
        end = match_choice(d, node, at, captures);
        return end == NO_MATCH_AT_ALL ? NO_MATCH : end;
    case NODE_OPTIONAL:
        end = match_node(d, node->child, at, captures);
        return end < 0 ? at : end;
    case NODE_STAR: case NODE_PLUS: case NODE_LIST: return match_repeated(d, node, at, captures);
    case NODE_AND: return match_node(d, node->child, at, captures) < 0 ? NO_MATCH : at;
    case NODE_NOT: return match_node(d, node->child, at, captures) < 0 ? at : NO_MATCH;
    case NODE_FORCED:
        if (kind_at(d, at) != node->child->value) raise_expected(d, node, &d->tokens[at]);
        return at + 1;
    case NODE_CAPTURE:
        end = match_node(d, node->child, at, captures);
        if (end >= 0) {
            RuleId rule = node->child->op == NODE_RULE ? node->child->value : RULE_COUNT;
            captures->slots[node->slot] = (Capture){at, end, rule};
        }
        return end;
    case NODE_CUT: case NODE_ACTION: break;     // in sequences only
    }
    return at;
}

static Memo *memo_find(Diagnosis *d, uint32_t key, int at) {
    for (Memo *memo = d->memos[at - d->base]; memo != NULL; memo = memo->next) {
        if (memo->key == key) return memo;
    }
    return NULL;
}

static Memo *memo_add(Diagnosis *d, uint32_t key, int at, int result) {
    Memo *memo = arena_new(d->fe->arena, Memo);
    *memo = (Memo){d->memos[at - d->base], key, result};
    d->memos[at - d->base] = memo;
    return memo;
}

static int match_body(Diagnosis *d, RuleId rule, int at) {
    Captures captures = {0};
    int end = match_node(d, d->grammar->rules[rule].body, at, &captures);
    return end < 0 ? NO_MATCH : end;
}

// A rule that begins with itself: take the longest match by letting each round use the result of the one before.
static int match_left_recursive(Diagnosis *d, RuleId rule, uint32_t key, int at) {
    Memo *memo = memo_add(d, key, at, NO_MATCH);
    for (;;) {
        int end = match_body(d, rule, at);
        if (end < 0 || end <= memo->result) return memo->result;
        memo->result = end;
    }
}

// Results are remembered. Those that CPython remembers too are shared by matching with and without the wrong_ rules, a
// quirk that decides which of several errors is found; the others depend on them.
static int match_rule(Diagnosis *d, RuleId rule, int at) {
    unsigned flags = d->grammar->rules[rule].flags;
    if ((flags & RULE_FLAG_WRONG) != 0 && !d->wrong_rules) return NO_MATCH;
    if (!node_can_begin_with(d->grammar->rules[rule].body, kind_at(d, at))) return NO_MATCH;
    if ((flags & RULE_FLAG_FRESH) != 0) return match_body(d, rule, at);
    bool shared = (flags & (RULE_FLAG_MEMO | RULE_FLAG_LEFT)) != 0;
    uint32_t key = (uint32_t)rule << 1 | (!shared && d->wrong_rules);
    Memo *memo = memo_find(d, key, at);
    if (memo != NULL) return memo->result;
    // Nested too deeply to find out more than the parser knows: some 15 KB a bracket.
    if (front_end_stack_is_low(d->fe)) raise_at_token(d, d->furthest, "invalid syntax");
    if ((flags & RULE_FLAG_LEFT) != 0) return match_left_recursive(d, rule, key, at);
    int end = match_body(d, rule, at);
    memo_add(d, key, at, end);
    return end;
}

// The two passes

// Whether CPython's lexer would have met the end of the source when the token was read: it has to look one character
// beyond most of them. Outside of files the last line may be without a newline, so that the end follows at once.
static bool is_end_of_source(const Diagnosis *d, const Token *last) {
    const FrontEnd *fe = d->fe;
    bool ends_abruptly = fe->added_newline && d->mode != PARSE_EXEC;
    if (last->kind == TOK_ERRORTOKEN) {
        const LexError *error = &fe->lex_error;
        if (strstr(error->message, "was never closed") != NULL || strstr(error->message, "unexpected EOF") != NULL ||
            strncmp(error->message, "unterminated triple", 19) == 0) return true;
        const char *detected = strstr(error->message, "at line ");
        if (detected == NULL || strncmp(error->message, "unterminated string", 19) != 0) return false;
        // The last line of the string ends with a backslash, or without a line end.
        if (!fe->added_newline) return fe->source_length >= 2 && fe->source[fe->source_length - 2] == '\\';
        return ends_abruptly && (size_t)atoi(detected + 8) == fe->line_starts.count;
    }
    while (last->kind == TOK_DEDENT) last++;
    if (last->kind == TOK_ENDMARKER) return true;
    if (!ends_abruptly) return false;
    bool looks_beyond = last->kind != TOK_STRING && last->kind != TOK_FSTRING_END;
    return is_added_newline(d, last) || (looks_beyond && last->start + last->length == fe->source_length - 1);
}

// What is typed line by line ends, for the second pass, where the first one stopped reading: an open bracket is no mistake yet.
static void end_typed_source(Diagnosis *d, const Token *last) {
    FrontEnd *fe = d->fe;
    Token *end = (Token *)&fe->tokens[fe->token_count - 1];
    if ((fe->flags & FRONT_END_TYPED) == 0 || end->kind != TOK_ERRORTOKEN || last == end) return;
    if (!is_end_of_source(d, end)) return;
    end->kind = TOK_ENDMARKER;
    end->line = end->end_line = end[-1].end_line;      // `last` stands before it
}

// The first pass has failed: its last token is where a plain "invalid syntax" points to, unless the second knows more.
static _Noreturn void diagnose_range(Diagnosis *d, RuleId rule, int from) {
    const Token *last = &d->tokens[d->read - 1];
    memset(d->memos, 0, (d->fe->token_count - (size_t)d->base) * sizeof *d->memos);
    d->wrong_rules = d->second_pass = true;
    end_typed_source(d, last);
    match_rule(d, rule, from);
    if (last->kind == TOK_INDENT || last->kind == TOK_DEDENT) {
        d->check_rest = false;
        raise_here(d, DIAG_INDENTATION_ERROR, last->kind == TOK_INDENT ? "unexpected indent" : "unexpected unindent");
    }
    raise_at_token(d, last, "invalid syntax");
}

static _Noreturn void raise_refused(Diagnosis *d) {
    d->read = (int)(d->furthest - d->tokens) + 1;
    raise_at_token(d, d->furthest, "invalid syntax");
}

// CPython shows a line of a text without its newline when the lexer has gone on to another, or when the error is the
// lexer's; and an expression as it was given. The newline counts only for SyntaxError.text.
static void trim_newline(Diagnosis *d, Diagnostic *found, const LexError *by_lexer) {
    const FrontEnd *fe = d->fe;
    if (found->text == NULL || (fe->flags & FRONT_END_SOURCE_IS_FILE) != 0) return;
    uint32_t line = (uint32_t)found->lineno, last_line = (uint32_t)fe->line_starts.count - 1;
    bool is_given = d->mode != PARSE_EXEC && fe->added_newline && line >= last_line;
    bool is_passed = by_lexer != NULL ? !by_lexer->is_status || (by_lexer->bracket_count > 0 && line < last_line)
                                      : line < d->tokens[d->read - 1].end_line;
    size_t length = strlen(found->text);
    bool is_typed = (fe->flags & FRONT_END_TYPED) != 0;
    if ((is_given || is_passed || is_typed) && length > 0 && found->text[length - 1] == '\n') {
        found->text = arena_strndup(fe->arena, found->text, length - 1);
    }
}

static const RuleId start_rules[] = {
    [PARSE_EXEC] = RULE_file, [PARSE_EVAL] = RULE_eval, [PARSE_SINGLE] = RULE_interactive};

_Noreturn void diagnose(FrontEnd *fe, ParseMode mode, const Token *start, const Token *furthest) {
    int from = (int)(start - fe->tokens);
    Diagnosis *d = arena_new(fe->arena, Diagnosis);
    *d = (Diagnosis){
        .fe = fe, .grammar = grammar_new(fe->arena), .tokens = fe->tokens, .base = from, .read = from,
        .memos = arena_new_array(fe->arena, Memo *, fe->token_count - (size_t)from), .check_rest = true,
        .furthest = furthest, .mode = mode,
    };
    jmp_buf outer;
    memcpy(&outer, &fe->leave, sizeof outer);
    size_t warnings = fe->warnings.count;
    RuleId rule = start_rules[mode];
    bool may_be_incomplete = (fe->flags & FRONT_END_ALLOW_INCOMPLETE) != 0;
    if (setjmp(fe->leave) == 0) {
        // The grammar does not know everything about targets: what it allows, the parser may yet have refused.
        int end = match_rule(d, rule, from);
        if (end >= 0) raise_refused(d);
        if (!may_be_incomplete || !is_end_of_source(d, &d->tokens[d->read - 1])) diagnose_range(d, rule, from);
    }
    if (setjmp(fe->leave) == 0) {
        bool is_literal = d->in_literal;
        d->in_literal = false;
        if (may_be_incomplete && !d->second_pass && is_end_of_source(d, &d->tokens[d->read - 1])) {
            raise_here(d, DIAG_SYNTAX_ERROR, "incomplete input");
        }
        // "(unicode error) ..." and the like know no place of their own.
        bool is_placeless = is_literal && fe->diagnostic.kind == DIAG_SYNTAX_ERROR && fe->diagnostic.message[0] == '(';
        if (is_placeless) raise_here(d, DIAG_SYNTAX_ERROR, fe->diagnostic.message);
    }
    bool is_syntax_error = fe->diagnostic.kind == DIAG_SYNTAX_ERROR || fe->diagnostic.kind == DIAG_INDENTATION_ERROR;
    bool by_lexer = !d->check_rest && d->tokens[d->read - 1].kind == TOK_ERRORTOKEN;
    trim_newline(d, &fe->diagnostic, by_lexer ? &fe->lex_error : NULL);
    if (d->check_rest && is_syntax_error) {
        if (setjmp(fe->leave) == 0) lexer_check_rest(fe, &fe->tokens[d->read - 1]);
        else trim_newline(d, &fe->diagnostic, &fe->rest_error);
    }
    memcpy(&fe->leave, &outer, sizeof outer);
    fe->warnings.count = warnings;
    diag_leave(fe);
}
