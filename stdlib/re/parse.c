// The parser of Python's pattern syntax: characters in, a tree of nodes out, or re.error as Python has it.
//
// Flags are settled before the first node is made, because global inline flags may stand at the very beginning only; so every node carries
// those in force where it stands. A sequence is a chain of nodes by `next`.
#include "stdlib/re/re.h"

#include "base/unicode.h"
#include "vm/warnings.h"

#ifdef COIL_HAVE_PCRE2

#define WIDTH_MOST (UINT64_C(1) << 60)
typedef struct Width { uint64_t low, high; } Width;                         // in characters; WIDTH_MOST: that many or more
typedef struct GroupInfo { Width width; bool closed; } GroupInfo;
typedef struct Forward { uint32_t group; size_t position; } Forward;     // a condition about a group that may come later

typedef struct Parser {
    VM *vm;
    Reader r;
    Tree *tree;
    Dict *names;
    uint32_t flags;              // global ones so far
    GroupInfo *groups;           // [0] unused
    uint32_t group_count, group_capacity;   // group_count: the next group's number
    uint32_t lookbehind_groups;  // groups known where the outermost lookbehind began; 0: not in one
    Forward *forwards;
    uint32_t forward_count, forward_capacity;
    const char *bad_lookbehind;  // told when all else is right; NULL: none
} Parser;

// ---- growing arrays

static bool grow(VM *vm, void **array, uint32_t *capacity, uint32_t count, size_t item_size) {
    if (count < *capacity) return true;
    if (*capacity > UINT32_MAX / 4) return raise_no_memory(vm), false;
    uint32_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *grown = buffer_resize(vm, *array, *capacity * item_size, wanted * item_size);
    if (grown == NULL) return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

static NodeIndex node_new(Parser *p, NodeKind kind, uint32_t flags) {
    Tree *tree = p->tree;
    if (tree->node_count == 0) tree->node_count = 1;
    if (!grow(p->vm, (void **)&tree->nodes, &tree->node_capacity, tree->node_count, sizeof *tree->nodes)) return NO_NODE;
    NodeIndex index = tree->node_count++;
    tree->nodes[index] = (Node){.kind = (uint8_t)kind, .flags = (uint16_t)flags};
    return index;
}

static NodeIndex literal_new(Parser *p, uint32_t c, uint32_t flags) {
    NodeIndex index = node_new(p, NODE_LITERAL, flags);
    if (index != NO_NODE) p->tree->nodes[index].value = c;
    return index;
}

static Node *node_at(Parser *p, NodeIndex index) { return &p->tree->nodes[index]; }

void tree_free(VM *vm, Tree *tree) {
    buffer_free(vm, tree->nodes, tree->node_capacity * sizeof *tree->nodes);
    buffer_free(vm, tree->items, tree->item_capacity * sizeof *tree->items);
    buffer_free(vm, tree->closing, tree->closing_capacity * sizeof *tree->closing);
    *tree = (Tree){0};
}

// What is global now with what a scope has added.
static uint32_t settled(const Parser *p, uint32_t flags) {
    return flags | (p->r.is_text && !(flags & RE_TYPE_FLAGS) ? RE_UNICODE : 0);
}

// ---- widths, for lookbehinds

static uint64_t add_capped(uint64_t a, uint64_t b) { return a + b > WIDTH_MOST ? WIDTH_MOST : a + b; }
static uint64_t multiply_capped(uint64_t a, uint64_t b) {
    uint64_t product;
    return __builtin_mul_overflow(a, b, &product) || product > WIDTH_MOST ? WIDTH_MOST : product;
}

static Width width_of(Parser *p, NodeIndex index);

static Width width_of_chain(Parser *p, NodeIndex index) {
    Width sum = {0, 0};
    for (; index != NO_NODE; index = node_at(p, index)->next) {
        Width width = width_of(p, index);
        sum.low = add_capped(sum.low, width.low);
        sum.high = add_capped(sum.high, width.high);
    }
    return sum;
}

static Width width_of_branches(Parser *p, NodeIndex index) {
    Width result = {WIDTH_MOST, 0};
    for (; index != NO_NODE; index = node_at(p, index)->next) {
        Width width = width_of_chain(p, node_at(p, index)->first);
        if (width.low < result.low) result.low = width.low;
        if (width.high > result.high) result.high = width.high;
    }
    return result;
}

static Width width_of(Parser *p, NodeIndex index) {
    const Node *node = node_at(p, index);
    switch ((NodeKind)node->kind) {
    case NODE_LITERAL:
    case NODE_NOT_LITERAL:
    case NODE_ANY:
    case NODE_CLASS: return (Width){1, 1};
    case NODE_AT:
    case NODE_ASSERT: return (Width){0, 0};
    case NODE_BRANCH: return width_of_branches(p, node->first);
    case NODE_SEQUENCE: return width_of_chain(p, node->first);
    case NODE_GROUP:
        if (node->value != 0 && p->groups[node->value].closed) return p->groups[node->value].width;
        return width_of(p, node->first);
    case NODE_ATOMIC: return width_of(p, node->first);
    case NODE_REPEAT: {
        Width width = width_of(p, node->first);
        uint64_t high = node->max == RE_MAX_REPEAT && width.high > 0 ? WIDTH_MOST : multiply_capped(width.high, node->max);
        return (Width){multiply_capped(width.low, node->min), high};
    }
    case NODE_REFERENCE: return p->groups[node->value].width;
    case NODE_CONDITION: {
        Width yes = width_of(p, node->first), no = {0, 0};
        NodeIndex other = node_at(p, node->first)->next;
        if (other != NO_NODE) no = width_of(p, other);
        return (Width){yes.low < no.low ? yes.low : no.low, yes.high > no.high ? yes.high : no.high};
    }
    }
    return (Width){0, 0};
}

// ---- groups

static bool group_open(Parser *p, const GroupName *name, uint32_t *out) {
    VM *vm = p->vm;
    if (!grow(vm, (void **)&p->groups, &p->group_capacity, p->group_count, sizeof *p->groups)) return false;
    uint32_t number = p->group_count++;
    p->groups[number] = (GroupInfo){{0, 0}, false};
    *out = number;
    if (name == NULL) return true;
    Str *text = reader_text(&p->r, name->start, name->length);
    if (text == NULL) return false;
    Value old = dict_get(vm, p->names, from_object(text));
    if (is_error(old)) return false;
    if (!is_undefined(old))
        return reader_error(&p->r, name->length + 1, "redefinition of group name %R as group %u; was group %V", from_object(text), number, old);
    return dict_set(vm, p->names, from_object(text), from_int(number));
}

static bool group_close(Parser *p, uint32_t number, Width width) {
    Tree *tree = p->tree;
    p->groups[number] = (GroupInfo){width, true};
    if (!grow(p->vm, (void **)&tree->closing, &tree->closing_capacity, tree->closing_count, sizeof *tree->closing)) return false;
    tree->closing[tree->closing_count++] = number;
    return true;
}

static bool group_is_closed(const Parser *p, uint32_t number) { return number < p->group_count && p->groups[number].closed; }

static bool check_lookbehind_group(Parser *p, uint32_t number) {
    if (p->lookbehind_groups == 0) return true;
    if (!group_is_closed(p, number)) return reader_error(&p->r, 0, "cannot refer to an open group");
    if (number >= p->lookbehind_groups) return reader_error(&p->r, 0, "cannot refer to group defined in the same lookbehind subpattern");
    return true;
}

// ---- escapes

static Category category_of(int64_t c) {
    switch (c) {
    case 'd': return CATEGORY_DIGIT;
    case 'D': return CATEGORY_NOT_DIGIT;
    case 's': return CATEGORY_SPACE;
    case 'S': return CATEGORY_NOT_SPACE;
    case 'w': return CATEGORY_WORD;
    case 'W': return CATEGORY_NOT_WORD;
    default: return CATEGORY_NONE;
    }
}

static bool is_ascii_letter(int64_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool bad_escape(Parser *p, size_t length) {
    Str *text = reader_text(&p->r, reader_tell(&p->r) - length, length);
    return text != NULL && reader_error(&p->r, length, "bad escape %S", text);
}

static bool octal_too_large(Reader *r, size_t length) {
    Str *text = reader_text(r, reader_tell(r) - length, length);
    return text != NULL && reader_error(r, length, "octal escape value %S outside of range 0-0o377", text);
}

// An escape in a class has been read up to its letter: a character or a category.
static bool class_escape(Parser *p, PatternToken token, ClassItem *out) {
    Reader *r = &p->r;
    uint32_t c;
    *out = (ClassItem){0, 0, category_of(token.c)};
    if (out->category != CATEGORY_NONE) return true;
    int found = simple_escape(token.c, &c) ? 1 : reader_hex_escape(r, token, &c);
    if (found < 0) return false;
    if (found == 0) {
        c = (uint32_t)token.c;
        if (token.c >= '0' && token.c <= '7') {
            c = (uint32_t)token.c - '0';
            size_t length = 2;
            for (; length < 4 && r->next >= 0 && reader_is_digit(r, 8); length++) {
                c = c * 8 + (uint32_t)(r->next - '0');
                if (!reader_advance(r)) return false;
            }
            if (c > 0377) return octal_too_large(r, length);
        } else if ((token.c >= '0' && token.c <= '9') || is_ascii_letter(token.c)) {
            return bad_escape(p, 2);
        }
    }
    out->low = out->high = c;
    return true;
}

static NodeIndex category_new(Parser *p, Category category, uint32_t flags) {
    Tree *tree = p->tree;
    NodeIndex index = node_new(p, NODE_CLASS, flags);
    if (index == NO_NODE || !grow(p->vm, (void **)&tree->items, &tree->item_capacity, tree->item_count, sizeof *tree->items)) return NO_NODE;
    tree->nodes[index].min = tree->item_count;
    tree->items[tree->item_count++] = (ClassItem){0, 0, category};
    tree->nodes[index].max = tree->item_count;
    return index;
}

// A digit other than 0: the number of a group, or an octal escape of three digits.
static NodeIndex numeric_escape(Parser *p, PatternToken token, uint32_t flags) {
    Reader *r = &p->r;
    uint32_t group = (uint32_t)token.c - '0';
    size_t length = 2;
    if (r->next >= 0 && reader_is_digit(r, 10)) {
        int64_t second = r->next;
        group = group * 10 + (uint32_t)(second - '0');
        length++;
        if (!reader_advance(r)) return NO_NODE;
        if (token.c <= '7' && second <= '7' && r->next >= 0 && reader_is_digit(r, 8)) {
            uint32_t c = (uint32_t)((token.c - '0') * 64 + (second - '0') * 8 + (r->next - '0'));
            if (!reader_advance(r)) return NO_NODE;
            if (c > 0377) return octal_too_large(r, 4), NO_NODE;
            return literal_new(p, c, flags);
        }
    }
    if (group >= p->group_count) return reader_error(r, length - 1, "invalid group reference %u", group), NO_NODE;
    if (!group_is_closed(p, group)) return reader_error(r, length, "cannot refer to an open group"), NO_NODE;
    if (!check_lookbehind_group(p, group)) return NO_NODE;
    NodeIndex index = node_new(p, NODE_REFERENCE, flags);
    if (index != NO_NODE) node_at(p, index)->value = group;
    return index;
}

static NodeIndex escape(Parser *p, PatternToken token, uint32_t flags) {
    static const struct { char letter; uint8_t place; } places[] = {
        {'A', AT_BEGINNING_STRING}, {'b', AT_BOUNDARY}, {'B', AT_NON_BOUNDARY}, {'Z', AT_END_STRING}};
    Reader *r = &p->r;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i].letter != token.c) continue;
        NodeIndex index = node_new(p, NODE_AT, flags);
        if (index != NO_NODE) node_at(p, index)->value = places[i].place;
        return index;
    }
    Category category = category_of(token.c);
    if (category != CATEGORY_NONE) return category_new(p, category, flags);
    uint32_t c;
    int found = simple_escape(token.c, &c) ? 1 : reader_hex_escape(r, token, &c);
    if (found < 0) return NO_NODE;
    if (found > 0) return literal_new(p, c, flags);
    if (token.c == '0') {
        c = 0;
        for (int i = 0; i < 2 && r->next >= 0 && reader_is_digit(r, 8); i++) {
            c = c * 8 + (uint32_t)(r->next - '0');
            if (!reader_advance(r)) return NO_NODE;
        }
        return literal_new(p, c, flags);
    }
    if (token.c >= '1' && token.c <= '9') return numeric_escape(p, token, flags);
    if (is_ascii_letter(token.c)) return bad_escape(p, 2), NO_NODE;
    return literal_new(p, (uint32_t)token.c, flags);
}

// ---- classes

static bool item_add(Parser *p, NodeIndex node, ClassItem item) {
    Tree *tree = p->tree;
    for (uint32_t i = node_at(p, node)->min; i < tree->item_count && tree->item_count - node_at(p, node)->min < 64; i++) {
        const ClassItem *old = &tree->items[i];
        if (old->low == item.low && old->high == item.high && old->category == item.category) return true;
    }
    if (!grow(p->vm, (void **)&tree->items, &tree->item_capacity, tree->item_count, sizeof *tree->items)) return false;
    tree->items[tree->item_count++] = item;
    return true;
}

static bool bad_range(Parser *p, size_t this_start, size_t this_length, size_t that_start, size_t that_length) {
    Reader *r = &p->r;
    Str *from = reader_text(r, this_start, this_length), *to = from == NULL ? NULL : reader_text(r, that_start, that_length);
    return to != NULL && reader_error(r, this_length + 1 + that_length, "bad character range %S-%S", from, to);
}

static bool class_member(Parser *p, PatternToken token, ClassItem *out) {
    if (token.escaped) return class_escape(p, token, out);
    *out = (ClassItem){(uint32_t)token.c, (uint32_t)token.c, CATEGORY_NONE};
    return true;
}

static bool warn_set_operation(Parser *p, int64_t c) {
    const char *what = c == '-' ? "difference" : c == '&' ? "intersection" : c == '~' ? "symmetric difference" : "union";
    return vm_warn(p->vm, p->vm->exc.FutureWarning, 1, "Possible set %s at position %zu", what, reader_tell(&p->r) - 1);
}

// "[" has been read.  set: '[' '^'? (member | member '-' member)+ ']'
static NodeIndex parse_class(Parser *p, uint32_t flags) {
    Reader *r = &p->r;
    size_t here = reader_tell(r) - 1;
    NodeIndex index = node_new(p, NODE_CLASS, flags);
    if (index == NO_NODE) return NO_NODE;
    uint32_t begin = p->tree->item_count;
    node_at(p, index)->min = begin;
    if (reader_at(r, '[') && !vm_warn(p->vm, p->vm->exc.FutureWarning, 1, "Possible nested set at position %zu", reader_tell(r))) return NO_NODE;
    int negate = reader_match(r, '^');
    if (negate < 0) return NO_NODE;
    bool any = false;
    for (;;) {
        size_t this_start = reader_tell(r);
        PatternToken token;
        if (!reader_get(r, &token)) return NO_NODE;
        if (token.c < 0) return reader_error(r, reader_tell(r) - here, "unterminated character set"), NO_NODE;
        if (token.c == ']' && !token.escaped && any) break;
        if (any && !token.escaped && (token.c == '-' || token.c == '&' || token.c == '~' || token.c == '|') && reader_at(r, (char)token.c) &&
            !warn_set_operation(p, token.c))
            return NO_NODE;
        ClassItem item, other;
        if (!class_member(p, token, &item)) return NO_NODE;
        size_t this_length = reader_tell(r) - this_start;
        any = true;
        int range = reader_match(r, '-');
        if (range < 0) return NO_NODE;
        if (range == 0) {
            if (!item_add(p, index, item)) return NO_NODE;
            continue;
        }
        size_t that_start = reader_tell(r);
        PatternToken that;
        if (!reader_get(r, &that)) return NO_NODE;
        if (that.c < 0) return reader_error(r, reader_tell(r) - here, "unterminated character set"), NO_NODE;
        if (that.c == ']' && !that.escaped) {
            if (!item_add(p, index, item) || !item_add(p, index, (ClassItem){'-', '-', CATEGORY_NONE})) return NO_NODE;
            break;
        }
        if (that.c == '-' && !that.escaped &&
            !vm_warn(p->vm, p->vm->exc.FutureWarning, 1, "Possible set difference at position %zu", reader_tell(r) - 2))
            return NO_NODE;
        if (!class_member(p, that, &other)) return NO_NODE;
        if (item.category != CATEGORY_NONE || other.category != CATEGORY_NONE || other.low < item.low) {
            // The text of a range's beginning counts as it was first read: a hexadecimal escape by its backslash and letter.
            size_t shown = token.escaped ? 2 : 1, shown_that = that.escaped ? 2 : 1;
            return bad_range(p, this_start, shown < this_length ? shown : this_length, that_start, shown_that), NO_NODE;
        }
        if (!item_add(p, index, (ClassItem){item.low, other.low, CATEGORY_NONE})) return NO_NODE;
    }
    Tree *tree = p->tree;
    Node *node = node_at(p, index);
    node->negated = negate;
    node->max = tree->item_count;
    const ClassItem *only = &tree->items[begin];
    if (tree->item_count == begin + 1 && only->category == CATEGORY_NONE && only->low == only->high) {
        node->kind = negate ? NODE_NOT_LITERAL : NODE_LITERAL;
        node->value = only->low;
        node->negated = false;
        node->min = node->max = 0;
        tree->item_count = begin;
    }
    return index;
}

// ---- repeats

static bool repeat_number(Reader *r, size_t start, size_t length, uint32_t *out) {
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        value = value * 10 + r->text[start + i] - '0';
        if (value >= RE_MAX_REPEAT) return raise_error(r->vm, r->vm->exc.OverflowError, "the repetition number is too large"), false;
    }
    *out = (uint32_t)value;
    return true;
}

// "{" has been read: 1 and the numbers, 0 when it is just a brace (and nothing has been read), -1.
static int repeat_braces(Parser *p, size_t here, uint32_t *min, uint32_t *max) {
    Reader *r = &p->r;
    if (reader_at(r, '}')) return 0;
    size_t low = reader_tell(r);
    while (r->next >= 0 && reader_is_digit(r, 10))
        if (!reader_advance(r)) return -1;
    size_t low_length = reader_tell(r) - low, high = low, high_length = low_length;
    int comma = reader_match(r, ',');
    if (comma < 0) return -1;
    if (comma) {
        high = reader_tell(r);
        while (r->next >= 0 && reader_is_digit(r, 10))
            if (!reader_advance(r)) return -1;
        high_length = reader_tell(r) - high;
    }
    int closed = reader_match(r, '}');
    if (closed < 0) return -1;
    if (!closed) return reader_seek(r, here) ? 0 : -1;
    *min = 0;
    *max = RE_MAX_REPEAT;
    if (low_length > 0 && !repeat_number(r, low, low_length, min)) return -1;
    if (high_length > 0) {
        if (!repeat_number(r, high, high_length, max)) return -1;
        if (*max < *min) return reader_error(r, reader_tell(r) - here, "min repeat greater than max repeat"), -1;
    }
    return 1;
}

// Wraps *last, which stands at the end of a chain, in a repeat.
static bool parse_repeat(Parser *p, PatternToken token, NodeIndex *last, NodeIndex *previous_next, uint32_t flags, bool *out_literal) {
    Reader *r = &p->r;
    size_t here = reader_tell(r);
    uint32_t min = token.c == '+', max = token.c == '?' ? 1 : RE_MAX_REPEAT;
    *out_literal = false;
    if (token.c == '{') {
        int found = repeat_braces(p, here, &min, &max);
        if (found < 0) return false;
        if (found == 0) {
            *out_literal = true;
            return true;
        }
    }
    if (*last == NO_NODE || node_at(p, *last)->kind == NODE_AT) return reader_error(r, reader_tell(r) - here + 1, "nothing to repeat");
    if (node_at(p, *last)->kind == NODE_REPEAT) return reader_error(r, reader_tell(r) - here + 1, "multiple repeat");
    int lazy = reader_match(r, '?'), possessive = lazy == 0 ? reader_match(r, '+') : 0;
    if (lazy < 0 || possessive < 0) return false;
    NodeIndex repeat = node_new(p, NODE_REPEAT, flags);
    if (repeat == NO_NODE) return false;
    Node *node = node_at(p, repeat);
    node->min = min;
    node->max = max;
    node->mode = lazy ? REPEAT_LAZY : possessive ? REPEAT_POSSESSIVE : REPEAT_GREEDY;
    node->first = *last;
    *last = *previous_next = repeat;
    return true;
}

// ---- groups

static const struct { char letter; uint16_t flag; } flag_letters[] = {
    {'i', RE_IGNORECASE}, {'L', RE_LOCALE}, {'m', RE_MULTILINE}, {'s', RE_DOTALL}, {'x', RE_VERBOSE}, {'a', RE_ASCII}, {'t', RE_TEMPLATE}, {'u', RE_UNICODE}};

static uint32_t flag_of(PatternToken token) {
    for (size_t i = 0; i < sizeof flag_letters / sizeof flag_letters[0] && !token.escaped; i++)
        if (token.c == flag_letters[i].letter) return flag_letters[i].flag;
    return 0;
}
static bool token_is(PatternToken token, char c) { return token.c == c && !token.escaped; }

static bool unknown_flag(Parser *p, PatternToken token, const char *otherwise) {
    bool letter = !token.escaped && unicode_is_alpha((uint32_t)token.c);
    return reader_error(&p->r, token_length(token), "%s", letter ? "unknown flag" : otherwise);
}

// flags: [aiLmsux]* ('-' [imsx]+)? (':' | ')'). 1: of a group, 0: global ones (taken), -1
static int parse_flags(Parser *p, PatternToken token, uint32_t *out_add, uint32_t *out_remove) {
    Reader *r = &p->r;
    uint32_t add = 0, remove = 0;
    if (!token_is(token, '-')) {
        for (;;) {
            uint32_t flag = flag_of(token);
            if (r->is_text && flag == RE_LOCALE) return reader_error(r, 0, "bad inline flags: cannot use 'L' flag with a str pattern"), -1;
            if (!r->is_text && flag == RE_UNICODE) return reader_error(r, 0, "bad inline flags: cannot use 'u' flag with a bytes pattern"), -1;
            add |= flag;
            if (flag & RE_TYPE_FLAGS && (add & RE_TYPE_FLAGS) != flag)
                return reader_error(r, 0, "bad inline flags: flags 'a', 'u' and 'L' are incompatible"), -1;
            if (!reader_get(r, &token)) return -1;
            if (token.c < 0) return reader_error(r, 0, "missing -, : or )"), -1;
            if (token_is(token, ')') || token_is(token, '-') || token_is(token, ':')) break;
            if (flag_of(token) == 0) return unknown_flag(p, token, "missing -, : or )"), -1;
        }
    }
    if (token_is(token, ')')) {
        p->flags |= add;
        return 0;
    }
    if (add & RE_GLOBAL_FLAGS) return reader_error(r, 1, "bad inline flags: cannot turn on global flag"), -1;
    if (token_is(token, '-')) {
        if (!reader_get(r, &token)) return -1;
        if (token.c < 0) return reader_error(r, 0, "missing flag"), -1;
        if (flag_of(token) == 0) return unknown_flag(p, token, "missing flag"), -1;
        for (;;) {
            uint32_t flag = flag_of(token);
            if (flag & RE_TYPE_FLAGS) return reader_error(r, 0, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'"), -1;
            remove |= flag;
            if (!reader_get(r, &token)) return -1;
            if (token.c < 0) return reader_error(r, 0, "missing :"), -1;
            if (token_is(token, ':')) break;
            if (flag_of(token) == 0) return unknown_flag(p, token, "missing :"), -1;
        }
    }
    if (remove & RE_GLOBAL_FLAGS) return reader_error(r, 1, "bad inline flags: cannot turn off global flag"), -1;
    if (add & remove) return reader_error(r, 1, "bad inline flags: flag turned on and off"), -1;
    *out_add = add;
    *out_remove = remove;
    return 1;
}

static NodeIndex parse_alternatives(Parser *p, uint32_t flags, int nested);
static NodeIndex parse_sequence(Parser *p, uint32_t *flags, int nested, bool first);

static bool expect_end_of_group(Parser *p, size_t start) {
    int closed = reader_match(&p->r, ')');
    if (closed == 0) reader_error(&p->r, reader_tell(&p->r) - start, "missing ), unterminated subpattern");
    return closed > 0;
}

static int64_t named_group(Parser *p, GroupName name, size_t offset) {
    Str *text = reader_text(&p->r, name.start, name.length);
    Value number = text == NULL ? ERROR : dict_get(p->vm, p->names, from_object(text));
    if (is_error(number)) return -1;
    if (is_undefined(number)) return reader_error(&p->r, name.length + offset, "unknown group name %R", from_object(text)), -1;
    return to_int(number);
}

// "(?P=" has been read.
static NodeIndex parse_named_reference(Parser *p, uint32_t flags) {
    GroupName name;
    if (!reader_until(&p->r, ')', "group name", &name) || !reader_check_name(&p->r, name, 1)) return NO_NODE;
    int64_t group = named_group(p, name, 1);
    if (group < 0) return NO_NODE;
    if (!group_is_closed(p, (uint32_t)group)) return reader_error(&p->r, name.length + 1, "cannot refer to an open group"), NO_NODE;
    if (!check_lookbehind_group(p, (uint32_t)group)) return NO_NODE;
    NodeIndex index = node_new(p, NODE_REFERENCE, flags);
    if (index != NO_NODE) node_at(p, index)->value = (uint32_t)group;
    return index;
}

static bool forward_note(Parser *p, uint32_t group, size_t position) {
    for (uint32_t i = 0; i < p->forward_count; i++)
        if (p->forwards[i].group == group) return true;
    if (!grow(p->vm, (void **)&p->forwards, &p->forward_capacity, p->forward_count, sizeof *p->forwards)) return false;
    p->forwards[p->forward_count++] = (Forward){group, position};
    return true;
}

static bool condition_group(Parser *p, uint32_t *out) {
    Reader *r = &p->r;
    GroupName name;
    if (!reader_until(r, ')', "group name", &name)) return false;
    if (reader_name_is_identifier(r, name)) {
        if (!reader_check_name(r, name, 1)) return false;
        int64_t group = named_group(p, name, 1);
        *out = (uint32_t)group;
        return group >= 0;
    }
    if (!reader_group_number(r, name, out)) return false;
    if (*out == 0) return reader_error(r, name.length + 1, "bad group number");
    return forward_note(p, *out, reader_tell(r) - name.length - 1);
}

// "(?(" has been read.  condition: '(?(' name ')' sequence ('|' sequence)? ')'
static NodeIndex parse_condition(Parser *p, uint32_t flags, int nested, size_t start) {
    Reader *r = &p->r;
    uint32_t group = 0;
    if (!condition_group(p, &group) || !check_lookbehind_group(p, group)) return NO_NODE;
    NodeIndex yes = parse_sequence(p, &flags, nested + 1, false), no = NO_NODE;
    if (yes == NO_NODE) return NO_NODE;
    int more = reader_match(r, '|');
    if (more < 0) return NO_NODE;
    if (more) {
        no = parse_sequence(p, &flags, nested + 1, false);
        if (no == NO_NODE) return NO_NODE;
        if (reader_at(r, '|')) return reader_error(r, 0, "conditional backref with more than two branches"), NO_NODE;
    }
    if (!expect_end_of_group(p, start)) return NO_NODE;
    NodeIndex index = node_new(p, NODE_CONDITION, flags);
    if (index == NO_NODE) return NO_NODE;
    Node *node = node_at(p, index);
    node->value = group;
    node->first = yes;
    node_at(p, yes)->next = no;
    return index;
}

// "(?=", "(?!", "(?<" has been read.
static NodeIndex parse_assertion(Parser *p, PatternToken token, uint32_t flags, int nested, size_t start) {
    Reader *r = &p->r;
    bool behind = token_is(token, '<');
    uint32_t outer = p->lookbehind_groups;
    if (behind) {
        if (!reader_get(r, &token)) return NO_NODE;
        if (token.c < 0) return reader_error(r, 0, "unexpected end of pattern"), NO_NODE;
        if (!token_is(token, '=') && !token_is(token, '!')) {
            size_t length = token_length(token);
            Str *text = reader_text(r, reader_tell(r) - length, length);
            if (text != NULL) reader_error(r, length + 2, "unknown extension ?<%S", text);
            return NO_NODE;
        }
        if (outer == 0) p->lookbehind_groups = p->group_count;
    }
    NodeIndex body = parse_alternatives(p, flags, nested + 1);
    if (body == NO_NODE) return NO_NODE;
    if (behind) p->lookbehind_groups = outer;
    if (!expect_end_of_group(p, start)) return NO_NODE;
    NodeIndex index = node_new(p, NODE_ASSERT, flags);
    if (index == NO_NODE) return NO_NODE;
    Node *node = node_at(p, index);
    node->negated = token_is(token, '!');
    node->behind = behind;
    node->first = body;
    if (behind) {
        Width width = width_of(p, body);
        const char *wrong = width.low != width.high ? "look-behind requires fixed-width pattern" : width.low > UINT32_MAX ? "looks too much behind" : NULL;
        if (p->bad_lookbehind == NULL) p->bad_lookbehind = wrong;
        node_at(p, index)->width = (uint32_t)width.low;
    }
    return index;
}

static NodeIndex unknown_extension(Parser *p, PatternToken token, const char *before) {
    size_t length = token_length(token);
    Str *text = reader_text(&p->r, reader_tell(&p->r) - length, length);
    if (text != NULL) reader_error(&p->r, length + strlen(before), "unknown extension %s%S", before, text);
    return NO_NODE;
}

static bool skip_comment(Parser *p, size_t start) {
    for (;;) {
        PatternToken token;
        if (p->r.next < 0) return reader_error(&p->r, reader_tell(&p->r) - start, "missing ), unterminated comment");
        if (!reader_get(&p->r, &token)) return false;
        if (token_is(token, ')')) return true;
    }
}

typedef enum GroupResult { GROUP_FAILED, GROUP_NOTHING, GROUP_NODE } GroupResult;

// "(" has been read. GROUP_NOTHING for comments and global flags.
static GroupResult parse_group(Parser *p, uint32_t *flags, int nested, bool may_be_flags, NodeIndex *out) {
    Reader *r = &p->r;
    size_t start = reader_tell(r) - 1;
    bool capture = true, atomic = false, has_name = false;
    uint32_t add = 0, remove = 0;
    GroupName name = {0, 0};
    int option = reader_match(r, '?');
    if (option < 0) return GROUP_FAILED;
    if (option) {
        PatternToken token;
        if (!reader_get(r, &token)) return GROUP_FAILED;
        if (token.c < 0) return reader_error(r, 0, "unexpected end of pattern"), GROUP_FAILED;
        capture = false;
        if (token_is(token, 'P')) {
            int matched = reader_match(r, '<');
            if (matched > 0) {
                if (!reader_until(r, '>', "group name", &name) || !reader_check_name(r, name, 1)) return GROUP_FAILED;
                has_name = capture = true;
            } else {
                if (matched == 0) matched = reader_match(r, '=');
                if (matched < 0) return GROUP_FAILED;
                if (matched > 0) return (*out = parse_named_reference(p, *flags)) == NO_NODE ? GROUP_FAILED : GROUP_NODE;
                if (!reader_get(r, &token)) return GROUP_FAILED;
                if (token.c < 0) return reader_error(r, 0, "unexpected end of pattern"), GROUP_FAILED;
                return unknown_extension(p, token, "?P"), GROUP_FAILED;
            }
        } else if (token_is(token, '#')) {
            return skip_comment(p, start) ? GROUP_NOTHING : GROUP_FAILED;
        } else if (token_is(token, '=') || token_is(token, '!') || token_is(token, '<')) {
            return (*out = parse_assertion(p, token, *flags, nested, start)) == NO_NODE ? GROUP_FAILED : GROUP_NODE;
        } else if (token_is(token, '(')) {
            return (*out = parse_condition(p, *flags, nested, start)) == NO_NODE ? GROUP_FAILED : GROUP_NODE;
        } else if (token_is(token, '>')) {
            atomic = true;
        } else if (flag_of(token) != 0 || token_is(token, '-')) {
            int scoped = parse_flags(p, token, &add, &remove);
            if (scoped < 0) return GROUP_FAILED;
            if (scoped == 0) {
                if (!may_be_flags) return reader_error(r, reader_tell(r) - start, "global flags not at the start of the expression"), GROUP_FAILED;
                *flags = settled(p, p->flags);
                return GROUP_NOTHING;
            }
        } else if (!token_is(token, ':')) {
            return unknown_extension(p, token, "?"), GROUP_FAILED;
        }
    }
    uint32_t number = 0, inner = *flags;
    if (capture && !group_open(p, has_name ? &name : NULL, &number)) return GROUP_FAILED;
    if (add & RE_TYPE_FLAGS) inner &= ~(uint32_t)RE_TYPE_FLAGS;
    inner = (inner | add) & ~remove;
    NodeIndex body = parse_alternatives(p, inner, nested + 1);
    if (body == NO_NODE || !expect_end_of_group(p, start)) return GROUP_FAILED;
    if (number != 0 && !group_close(p, number, width_of(p, body))) return GROUP_FAILED;
    NodeIndex index = node_new(p, atomic ? NODE_ATOMIC : NODE_GROUP, inner);
    if (index == NO_NODE) return GROUP_FAILED;
    node_at(p, index)->value = number;
    node_at(p, index)->first = body;
    *out = index;
    return GROUP_NODE;
}

// ---- sequences

static bool is_blank(int64_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool skip_line(Parser *p) {
    PatternToken token;
    do
        if (!reader_get(&p->r, &token)) return false;
    while (token.c >= 0 && !token_is(token, '\n'));
    return true;
}

static NodeIndex place_new(Parser *p, Place place, uint32_t flags) {
    NodeIndex index = node_new(p, NODE_AT, flags);
    if (index != NO_NODE) node_at(p, index)->value = place;
    return index;
}

// sequence: (atom repeat?)*, up to '|', ')' or the end. *flags changes where global inline flags stand.
static NodeIndex parse_sequence(Parser *p, uint32_t *flags, int nested, bool first) {
    Reader *r = &p->r;
    NodeIndex sequence = node_new(p, NODE_SEQUENCE, *flags), last = NO_NODE, before = NO_NODE;
    if (sequence == NO_NODE || !stack_check_while(p->vm, " during compilation")) return NO_NODE;
    if ((uint32_t)nested > p->tree->depth) p->tree->depth = (uint32_t)nested;
    while (r->next >= 0 && !reader_at(r, '|') && !reader_at(r, ')')) {
        PatternToken token;
        if (!reader_get(r, &token)) return NO_NODE;
        NodeIndex item = NO_NODE;
        if (*flags & RE_VERBOSE && !token.escaped) {
            if (is_blank(token.c)) continue;
            if (token.c == '#') {
                if (!skip_line(p)) return NO_NODE;
                continue;
            }
        }
        if (token.escaped) {
            item = escape(p, token, *flags);
        } else if (token.c == '*' || token.c == '+' || token.c == '?' || token.c == '{') {
            bool literal;
            NodeIndex *link = before == NO_NODE ? &node_at(p, sequence)->first : &node_at(p, before)->next, changed = *link;
            if (!parse_repeat(p, token, &last, &changed, *flags, &literal)) return NO_NODE;
            link = before == NO_NODE ? &node_at(p, sequence)->first : &node_at(p, before)->next;
            *link = changed;
            if (!literal) continue;
            item = literal_new(p, '{', *flags);
        } else if (token.c == '(') {
            GroupResult result = parse_group(p, flags, nested, first && last == NO_NODE, &item);
            if (result == GROUP_FAILED) return NO_NODE;
            if (result == GROUP_NOTHING) continue;
        } else {
            item = token.c == '['   ? parse_class(p, *flags)
                   : token.c == '.' ? node_new(p, NODE_ANY, *flags)
                   : token.c == '^' ? place_new(p, AT_BEGINNING, *flags)
                   : token.c == '$' ? place_new(p, AT_END, *flags)
                                    : literal_new(p, (uint32_t)token.c, *flags);
        }
        if (item == NO_NODE) return NO_NODE;
        if (last == NO_NODE) node_at(p, sequence)->first = item;
        else node_at(p, last)->next = item;
        before = last;
        last = item;
    }
    return sequence;
}

// alternatives: sequence ('|' sequence)*
static NodeIndex parse_alternatives(Parser *p, uint32_t flags, int nested) {
    NodeIndex first = NO_NODE, last = NO_NODE;
    uint32_t count = 0;
    for (;;) {
        NodeIndex item = parse_sequence(p, &flags, nested + 1, nested == 0 && count == 0);
        if (item == NO_NODE) return NO_NODE;
        if (first == NO_NODE) first = item;
        else node_at(p, last)->next = item;
        last = item;
        count++;
        int more = reader_match(&p->r, '|');
        if (more < 0) return NO_NODE;
        if (!more) break;
    }
    if (count == 1) return first;
    NodeIndex branch = node_new(p, NODE_BRANCH, flags);
    if (branch != NO_NODE) node_at(p, branch)->first = first;
    return branch;
}

// ---- the whole

static bool check_flags(Parser *p) {
    VM *vm = p->vm;
    uint32_t flags = p->flags;
    const char *wrong = NULL;
    if (p->r.is_text) {
        if (flags & RE_LOCALE) wrong = "cannot use LOCALE flag with a str pattern";
        else if (!(flags & RE_ASCII)) flags |= RE_UNICODE;
        else if (flags & RE_UNICODE) wrong = "ASCII and UNICODE flags are incompatible";
    } else {
        if (flags & RE_UNICODE) wrong = "cannot use UNICODE flag with a bytes pattern";
        else if (flags & RE_LOCALE && flags & RE_ASCII) wrong = "ASCII and LOCALE flags are incompatible";
    }
    if (wrong != NULL) return raise_value_error(vm, "%s", wrong), false;
    p->tree->flags = flags;
    return true;
}

static bool parse_all(Parser *p) {
    Tree *tree = p->tree;
    tree->root = parse_alternatives(p, settled(p, p->flags), 0);
    if (tree->root == NO_NODE || !check_flags(p)) return false;
    if (p->r.next >= 0) return reader_error(&p->r, 0, "unbalanced parenthesis");
    for (uint32_t i = 0; i < p->forward_count; i++)
        if (p->forwards[i].group >= p->group_count)
            return reader_error_at(&p->r, (int64_t)p->forwards[i].position, "invalid group reference %u", p->forwards[i].group);
    if (p->bad_lookbehind != NULL) return reader_error_at(&p->r, -1, "%s", p->bad_lookbehind);
    tree->groups = p->group_count - 1;
    return true;
}

bool parse_pattern(VM *vm, ReState *state, Value pattern, uint32_t flags, Tree *tree, Dict *names) {
    Parser p = {.vm = vm, .tree = tree, .names = names, .flags = flags, .group_count = 1};
    bool fine = reader_open(&p.r, vm, state, pattern) && parse_all(&p);
    reader_close(&p.r);
    buffer_free(vm, p.groups, p.group_capacity * sizeof *p.groups);
    buffer_free(vm, p.forwards, p.forward_capacity * sizeof *p.forwards);
    return fine;
}
#endif
