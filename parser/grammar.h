// The diagnosing grammar (grammar.def) in a form that a machine can walk.
#ifndef COIL_PARSER_GRAMMAR_H
#define COIL_PARSER_GRAMMAR_H

#include "base/arena.h"
#include "lexer/token.h"

typedef enum {
#define RULE(name, flags, alternatives) RULE_##name,
#include "parser/grammar.def"
    RULE_COUNT,
} RuleId;

typedef enum {
    NODE_TOKEN,     // value: TokenKind
    NODE_SOFT,      // text: the soft keyword
    NODE_RULE,      // value: RuleId
    NODE_NATIVE,    // value: NativeCheck
    NODE_SEQUENCE,  // children
    NODE_CHOICE,    // children
    NODE_OPTIONAL,  // one child, as for the next ones
    NODE_STAR,
    NODE_PLUS,
    NODE_LIST,      // the separated child, then the separator
    NODE_AND,
    NODE_NOT,
    NODE_CUT,
    NODE_FORCED,    // child is a token
    NODE_CAPTURE,   // slot; child
    NODE_ACTION,    // value: ActionKind; text; slot, slot_to
} NodeOp;

typedef enum {
    NATIVE_final_newline, NATIVE_strings, NATIVE_soft_keyword, NATIVE_without_wrong_rules, NATIVE_COUNT
} NativeCheck;

// What the alternative of a wrong_ rule does once it has matched.
typedef enum {
    ACTION_HERE, ACTION_AT, ACTION_FROM_TO, ACTION_FROM, ACTION_INDENT,
    ACTION_number_must_be_real, ACTION_number_must_be_imaginary, ACTION_generator_after_arguments,
    ACTION_positional_after_keyword, ACTION_print_without_parentheses, ACTION_forgotten_comma,
    ACTION_unparenthesised_comprehension_target, ACTION_key_without_colon, ACTION_assignment_target, ACTION_del_target,
    ACTION_for_target,
} ActionKind;

enum { RULE_FLAG_MEMO = 1, RULE_FLAG_LEFT = 2, RULE_FLAG_FRESH = 4, RULE_FLAG_WRONG = 8 };

typedef struct GrammarNode {
    uint8_t op;
    uint8_t slot, slot_to;      // 0 for a, 1 for b; slot of NODE_ACTION: 255 for none
    bool may_be_empty;          // matches nothing, or looks at more than its first token before it fails
    uint16_t value;
    const char *text;
    struct GrammarNode *child, *next;
    uint64_t first[2];          // the kinds that a match can begin with, unless may_be_empty
} GrammarNode;

typedef struct {
    const char *name;
    unsigned flags;
    GrammarNode *body;
} GrammarRule;

typedef struct {
    GrammarRule rules[RULE_COUNT];
} Grammar;

// Made anew for each diagnosis, in the arena: a fraction of a millisecond, and only on errors.
const Grammar *grammar_new(Arena *arena);

static inline bool node_can_begin_with(const GrammarNode *node, TokenKind kind) {
    return node->may_be_empty || (node->first[kind >> 6] >> (kind & 63) & 1) != 0;
}

#endif
