// Reads the rules of grammar.def into nodes, and works out which tokens each can begin with.
#include "parser/grammar.h"

#include <string.h>

#include "base/hash.h"
#include "base/pack.h"

#include "grammar_texts.h"

_Static_assert(TOKEN_KIND_COUNT <= 128, "GrammarNode.first has 128 bits");

typedef struct {
    const char *name, *alternatives;
} RuleText;

enum { MEMO = RULE_FLAG_MEMO, LEFT = RULE_FLAG_LEFT, FRESH = RULE_FLAG_FRESH };

// The texts themselves are packed (scripts/pack_grammar.c): most programs have no mistakes.
static const uint8_t rule_flags[] = {
#define RULE(name, flags, alternatives) flags,
#include "parser/grammar.def"
};

enum { BUCKETS = 512, NO_SLOT = 255 };

typedef struct {
    Arena *arena;
    const char *at;
    int16_t rule_buckets[BUCKETS];  // RuleId + 1, open addressing by name
    RuleText rules[RULE_COUNT];
} Reader;

static void skip_blanks(Reader *reader) {
    while (*reader->at == ' ') reader->at++;
}

static bool next_is(Reader *reader, char character) {
    skip_blanks(reader);
    return *reader->at == character;
}

static bool take(Reader *reader, char character) {
    if (!next_is(reader, character)) return false;
    reader->at++;
    return true;
}

static GrammarNode *node_new(Reader *reader, NodeOp op, GrammarNode *child) {
    GrammarNode *node = arena_new(reader->arena, GrammarNode);
    node->op = (uint8_t)op;
    node->child = child;
    return node;
}

static bool is_word(char character) {
    return character == '_' || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

// A word in the arena.
static const char *take_word(Reader *reader, size_t *out_length) {
    skip_blanks(reader);
    const char *start = reader->at;
    while (is_word(*reader->at)) reader->at++;
    *out_length = (size_t)(reader->at - start);
    return arena_strndup(reader->arena, start, *out_length);
}

// Everything up to the closing character, in the arena.
static const char *take_until(Reader *reader, char close) {
    const char *start = reader->at, *end = strchr(start, close);
    reader->at = end + 1;
    return arena_strndup(reader->arena, start, (size_t)(end - start));
}

static uint32_t rule_bucket(const char *name, size_t length) {
    return hash_quick(name, length) & (BUCKETS - 1);
}

static TokenKind token_of_text(const char *text) {
    size_t length = strlen(text);
    if (is_word(text[0])) return keyword_find(text, (uint32_t)length);
    TokenKind kind = TOK_LPAR;
    while (strcmp(token_kind_text(kind), text) != 0) kind++;
    return kind;
}

static const struct { const char *name; TokenKind kind; } named_tokens[] = {
    {"NAME", TOK_NAME}, {"NUMBER", TOK_NUMBER}, {"STRING", TOK_STRING}, {"NEWLINE", TOK_NEWLINE},
    {"INDENT", TOK_INDENT}, {"DEDENT", TOK_DEDENT}, {"ENDMARKER", TOK_ENDMARKER},
};

// The name of a token kind or of a rule.
static GrammarNode *read_reference(Reader *reader, const char *name, size_t length) {
    if (name[0] < 'a' && name[0] != '_') {
        size_t i = 0;
        while (strcmp(named_tokens[i].name, name) != 0) i++;
        GrammarNode *node = node_new(reader, NODE_TOKEN, NULL);
        node->value = named_tokens[i].kind;
        return node;
    }
    uint32_t bucket = rule_bucket(name, length);
    while (strcmp(reader->rules[reader->rule_buckets[bucket] - 1].name, name) != 0) bucket = (bucket + 1) & (BUCKETS - 1);
    GrammarNode *node = node_new(reader, NODE_RULE, NULL);
    node->value = (uint16_t)(reader->rule_buckets[bucket] - 1);
    return node;
}

static uint8_t take_slot(Reader *reader) {
    skip_blanks(reader);
    return *reader->at == 'a' || *reader->at == 'b' ? (uint8_t)(*reader->at++ - 'a') : NO_SLOT;
}

static const char *const action_names[] = {
    [ACTION_number_must_be_real] = "number_must_be_real",
    [ACTION_number_must_be_imaginary] = "number_must_be_imaginary",
    [ACTION_generator_after_arguments] = "generator_after_arguments",
    [ACTION_positional_after_keyword] = "positional_after_keyword",
    [ACTION_print_without_parentheses] = "print_without_parentheses",
    [ACTION_forgotten_comma] = "forgotten_comma",
    [ACTION_unparenthesised_comprehension_target] = "unparenthesised_comprehension_target",
    [ACTION_key_without_colon] = "key_without_colon",
    [ACTION_assignment_target] = "assignment_target",
    [ACTION_del_target] = "del_target",
    [ACTION_for_target] = "for_target",
};

// '{' ('here' | 'at' slot | 'from' slot ['to' slot] | 'indent' [slot]) '`' text '`' '}'  |  '{' 'do' name '}'
static GrammarNode *read_action(Reader *reader) {
    size_t length;
    const char *word = take_word(reader, &length);
    GrammarNode *node = node_new(reader, NODE_ACTION, NULL);
    node->slot = node->slot_to = NO_SLOT;
    node->may_be_empty = true;
    if (strcmp(word, "do") == 0) {
        word = take_word(reader, &length);
        node->value = ACTION_number_must_be_real;
        while (strcmp(action_names[node->value], word) != 0) node->value++;
        take(reader, '}');
        return node;
    }
    node->value = strcmp(word, "here") == 0 ? ACTION_HERE
                : strcmp(word, "at") == 0 ? ACTION_AT
                : strcmp(word, "indent") == 0 ? ACTION_INDENT : ACTION_FROM;
    if (node->value != ACTION_HERE) node->slot = take_slot(reader);
    if (node->value == ACTION_FROM && !next_is(reader, '`')) {
        take_word(reader, &length);
        node->value = ACTION_FROM_TO;
        node->slot_to = take_slot(reader);
    }
    take(reader, '`');
    node->text = take_until(reader, '`');
    take(reader, '}');
    return node;
}

static GrammarNode *read_choice(Reader *reader);

static const char *const native_names[NATIVE_COUNT] = {
    [NATIVE_final_newline] = "final_newline",
    [NATIVE_strings] = "strings",
    [NATIVE_soft_keyword] = "soft_keyword",
    [NATIVE_without_wrong_rules] = "without_wrong_rules",
};

static GrammarNode *read_native(Reader *reader) {
    size_t length;
    const char *word = take_word(reader, &length);
    GrammarNode *node = node_new(reader, NODE_NATIVE, NULL);
    while (strcmp(native_names[node->value], word) != 0) node->value++;
    return node;
}

// One element without what may stand behind it.
static GrammarNode *read_element(Reader *reader) {
    GrammarNode *node;
    if (take(reader, '\'')) {
        node = node_new(reader, NODE_TOKEN, NULL);
        node->value = token_of_text(take_until(reader, '\''));
        return node;
    }
    if (take(reader, '<')) {
        node = node_new(reader, NODE_SOFT, NULL);
        node->text = take_until(reader, '>');
        return node;
    }
    if (take(reader, '(')) {
        node = read_choice(reader);
        take(reader, ')');
        return node;
    }
    if (take(reader, '[')) {
        node = node_new(reader, NODE_OPTIONAL, read_choice(reader));
        take(reader, ']');
        return node;
    }
    if (take(reader, '@')) return read_native(reader);
    if (take(reader, '~')) return node_new(reader, NODE_CUT, NULL);
    size_t length;
    const char *word = take_word(reader, &length);
    return read_reference(reader, word, length);
}

static GrammarNode *read_repeated(Reader *reader) {
    GrammarNode *node = read_element(reader);
    if (*reader->at == '*') {
        reader->at++;
        return node_new(reader, NODE_STAR, node);
    }
    if (*reader->at == '+') {
        reader->at++;
        return node_new(reader, NODE_PLUS, node);
    }
    if (*reader->at == '%') {
        reader->at++;
        node = node_new(reader, NODE_LIST, node);
        node->child->next = read_element(reader);
    }
    return node;
}

static GrammarNode *read_item(Reader *reader) {
    if (take(reader, '{')) return read_action(reader);
    if (take(reader, '!')) return node_new(reader, NODE_NOT, read_repeated(reader));
    if (take(reader, '&')) {
        if (take(reader, '&')) return node_new(reader, NODE_FORCED, read_element(reader));
        return node_new(reader, NODE_AND, read_repeated(reader));
    }
    skip_blanks(reader);
    if ((*reader->at == 'a' || *reader->at == 'b') && reader->at[1] == ':') {
        uint8_t slot = (uint8_t)(*reader->at - 'a');
        reader->at += 2;
        GrammarNode *node = node_new(reader, NODE_CAPTURE, read_repeated(reader));
        node->slot = slot;
        return node;
    }
    return read_repeated(reader);
}

static GrammarNode *read_sequence(Reader *reader) {
    GrammarNode *sequence = node_new(reader, NODE_SEQUENCE, NULL), **tail = &sequence->child;
    for (;;) {
        skip_blanks(reader);
        char c = *reader->at;
        if (c == '\0' || c == '|' || c == ')' || c == ']') break;
        *tail = read_item(reader);
        tail = &(*tail)->next;
    }
    // A sequence of one is that one, unless it must tell a cut or an action apart.
    bool is_single = sequence->child->next == NULL;
    return is_single ? sequence->child : sequence;
}

static GrammarNode *read_choice(Reader *reader) {
    GrammarNode *choice = node_new(reader, NODE_CHOICE, NULL), **tail = &choice->child;
    do {
        *tail = read_sequence(reader);
        tail = &(*tail)->next;
    } while (take(reader, '|'));
    return choice->child->next == NULL ? choice->child : choice;
}

static void add_first(GrammarNode *node, const GrammarNode *child) {
    node->first[0] |= child->first[0];
    node->first[1] |= child->first[1];
}

static void add_kind(GrammarNode *node, TokenKind kind) {
    node->first[kind >> 6] |= (uint64_t)1 << (kind & 63);
}

// One round of working out `first` and `may_be_empty`; both only ever grow, until nothing changes any more.
static bool find_first(const Grammar *grammar, GrammarNode *node) {
    GrammarNode before = *node;
    bool changed = false;
    for (GrammarNode *child = node->child; child != NULL; child = child->next) changed |= find_first(grammar, child);
    switch ((NodeOp)node->op) {
    case NODE_TOKEN:
        add_kind(node, node->value);
        if (node->value == TOK_STRING) add_kind(node, TOK_FSTRING_START);
        break;
    case NODE_SOFT: add_kind(node, TOK_NAME); break;
    case NODE_RULE:
        add_first(node, grammar->rules[node->value].body);
        node->may_be_empty |= grammar->rules[node->value].body->may_be_empty;
        break;
    case NODE_SEQUENCE: {
        GrammarNode *child = node->child;
        while (child != NULL && child->may_be_empty) {
            add_first(node, child);
            child = child->next;
        }
        if (child != NULL) add_first(node, child);
        // What looks ahead at the beginning only narrows what follows; what can be empty there is skipped.
        else node->may_be_empty = true;
        break;
    }
    case NODE_CHOICE:
        for (GrammarNode *child = node->child; child != NULL; child = child->next) {
            add_first(node, child);
            node->may_be_empty |= child->may_be_empty;
        }
        break;
    case NODE_PLUS: case NODE_LIST: case NODE_CAPTURE:
        add_first(node, node->child);
        node->may_be_empty |= node->child->may_be_empty;
        break;
    case NODE_OPTIONAL: case NODE_STAR:
        add_first(node, node->child);
        node->may_be_empty = true;
        break;
    case NODE_NATIVE:
        if (node->value == NATIVE_strings) {
            add_kind(node, TOK_STRING);
            add_kind(node, TOK_FSTRING_START);
        } else if (node->value == NATIVE_soft_keyword) {
            add_kind(node, TOK_NAME);
        } else {
            node->may_be_empty = true;
        }
        break;
    case NODE_AND: case NODE_NOT: case NODE_CUT: case NODE_FORCED: case NODE_ACTION:
        node->may_be_empty = true;
        break;
    }
    return changed || before.may_be_empty != node->may_be_empty || before.first[0] != node->first[0] ||
           before.first[1] != node->first[1];
}

static void read_texts(Reader *reader) {
    char *at = arena_alloc_unset(reader->arena, GRAMMAR_TEXT_SIZE);
    // What the build has packed it can unpack: no other failure than memory is foreseen here.
    if (!unpack(&grammar_codes, grammar_packed, sizeof grammar_packed, (uint8_t *)at, GRAMMAR_TEXT_SIZE)) arena_fail(reader->arena);
    for (int i = 0; i < RULE_COUNT; i++) {
        reader->rules[i].name = at;
        at += strlen(at) + 1;
        reader->rules[i].alternatives = at;
        at += strlen(at) + 1;
    }
}

const Grammar *grammar_new(Arena *arena) {
    Grammar *grammar = arena_new(arena, Grammar);
    Reader *reader = arena_new(arena, Reader);
    reader->arena = arena;
    read_texts(reader);
    for (int i = 0; i < RULE_COUNT; i++) {
        uint32_t bucket = rule_bucket(reader->rules[i].name, strlen(reader->rules[i].name));
        while (reader->rule_buckets[bucket] != 0) bucket = (bucket + 1) & (BUCKETS - 1);
        reader->rule_buckets[bucket] = (int16_t)(i + 1);
    }
    for (int i = 0; i < RULE_COUNT; i++) {
        const char *name = reader->rules[i].name;
        reader->at = reader->rules[i].alternatives;
        unsigned is_wrong = strncmp(name, "wrong_", 6) == 0 ? RULE_FLAG_WRONG : 0;
        grammar->rules[i] = (GrammarRule){name, rule_flags[i] | is_wrong, read_choice(reader)};
    }
    bool changed = true;
    while (changed) {
        changed = false;
        for (int i = RULE_COUNT; i-- > 0;) changed |= find_first(grammar, grammar->rules[i].body);
    }
    return grammar;
}
