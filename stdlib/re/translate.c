// From the tree to PCRE2's language.
//
// Nothing is left to what differs between the two: classes are written out as ranges and properties, case is folded into classes here (but for
// runs of plain ASCII letters), `^`, `$`, `\Z`, `\b` and `.` get the forms that mean what Python means.
//
// How limits and interrupts hold. PCRE2 knows nothing of them, so the translation has callouts in it, places at which the matcher calls us
// (engine.c charges the VM's budget there). One costs 2 to 4 ns, so they stand only where they are needed: between two callouts there is never
// more than some multiple of one scan of the text. To see that, emission keeps `cost`, how often the place may at most be reached without
// a callout in between: times SCAN for a repeat that can give characters back one by one, times the number of alternatives, and so on.
// Where the next item would bring the product of these above COST_MAX, a callout comes first and cost is 1 again. It begins with SCAN for a
// search, which tries every place of the text. Repeats whose characters cannot begin what follows are made possessive: they give nothing back.
#include "stdlib/re/re.h"

#ifdef COIL_HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { LOOK_AHEAD_DEPTH = 24, LOOK_AHEAD_ITEMS = 16, PREFIX_DEPTH = 100, COUNT_MAX = 65535 };   // COUNT_MAX: PCRE2's largest number in braces
static const double SCAN = 1 << 20, COST_MAX = 64.0 * (1 << 20);

// Which characters may come: one bit for each below 256 (in UTF-8 below 128), and whether others may.
typedef struct Chars { uint64_t bits[4]; bool high; } Chars;

typedef struct Emitter {
    VM *vm;
    ReState *state;
    const Tree *tree;
    Translation *out;
    bool utf, ucp, wide_word;    // wide_word: this PCRE2's \b takes more for words than Python does
    bool behind;                 // within a lookbehind
    bool failed;
    double cost;
} Emitter;

static const Node *node_at(const Emitter *e, NodeIndex index) { return &e->tree->nodes[index]; }

// ---- writing

static void put(Emitter *e, const char *text, size_t size) {
    Translation *out = e->out;
    if (e->failed) return;
    if (out->capacity - out->size < size) {
        size_t wanted = out->capacity * 2 > out->size + size ? out->capacity * 2 : out->size + size + 128;
        char *grown = buffer_resize_unset(e->vm, out->text, out->capacity, wanted);
        if (grown == NULL) {
            e->failed = true;
            return;
        }
        out->text = grown;
        out->capacity = wanted;
    }
    memcpy(out->text + out->size, text, size);
    out->size += size;
}
static void put_c(Emitter *e, const char *text) { put(e, text, strlen(text)); }
static void put_format(Emitter *e, const char *format, ...) {
    char text[64];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put(e, text, (size_t)size);
}

static void put_char(Emitter *e, uint32_t c) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        char letter = (char)c;
        put(e, &letter, 1);
    } else {
        put_format(e, "\\x{%x}", c);
    }
}

static void put_callout(Emitter *e) {
    put_c(e, "(?C1)");
    e->cost = 1;
}

// The next item multiplies how often what comes behind it is reached.
static void add_choice(Emitter *e, double factor) {
    if (e->cost * factor > COST_MAX) put_callout(e);
    e->cost *= factor;
}
// The next item takes time, but gives one result.
static void add_work(Emitter *e, double factor) {
    if (e->cost * factor > COST_MAX) put_callout(e);
}

// ---- sets of characters

typedef struct Form { CodeSet set; bool word, not_word, digit, not_digit, negated; } Form;   // the properties: of Unicode, for UTF-8

static const CodeRange ascii_digits[] = {{'0', '9'}};
static const CodeRange ascii_words[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
static const CodeRange ascii_spaces[] = {{'\t', '\r'}, {' ', ' '}};
static const CodeRange unicode_spaces[] = {{'\t', '\r'}, {0x1c, ' '}, {0x85, 0x85}, {0xa0, 0xa0}, {0x1680, 0x1680}, {0x2000, 0x200a},
                                           {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}};
static const CodeRange latin1_words[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xaa, 0xaa}, {0xb2, 0xb3}, {0xb5, 0xb5},
                                         {0xb9, 0xba}, {0xbc, 0xbe}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0xff}};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
enum { LAST_CODE_POINT = 0x10FFFF };

static bool add_ranges(VM *vm, CodeSet *set, const CodeRange *ranges, size_t count, bool complement) {
    uint32_t from = 0;
    for (size_t i = 0; i < count; i++) {
        if (!complement) {
            if (!codeset_add(vm, set, ranges[i].low, ranges[i].high)) return false;
            continue;
        }
        if (ranges[i].low > from && !codeset_add(vm, set, from, ranges[i].low - 1)) return false;
        from = ranges[i].high + 1;
    }
    return !complement || codeset_add(vm, set, from, LAST_CODE_POINT);
}

static bool add_category(Emitter *e, Form *form, Category category, bool unicode) {
    VM *vm = e->vm;
    bool properties = unicode && e->utf;
    switch (category) {
    case CATEGORY_DIGIT:
        form->digit |= properties;
        return add_ranges(vm, &form->set, ascii_digits, COUNT(ascii_digits), false);
    case CATEGORY_NOT_DIGIT:
        if (properties) return form->not_digit = true;
        return add_ranges(vm, &form->set, ascii_digits, COUNT(ascii_digits), true);
    case CATEGORY_WORD:
        form->word |= properties;
        if (properties) return add_ranges(vm, &form->set, latin1_words, COUNT(latin1_words), false);
        return add_ranges(vm, &form->set, ascii_words, COUNT(ascii_words), false);
    case CATEGORY_NOT_WORD:
        if (properties) return form->not_word = true;
        return add_ranges(vm, &form->set, ascii_words, COUNT(ascii_words), true);
    default:
        if (unicode) return add_ranges(vm, &form->set, unicode_spaces, COUNT(unicode_spaces), category == CATEGORY_NOT_SPACE);
        return add_ranges(vm, &form->set, ascii_spaces, COUNT(ascii_spaces), category == CATEGORY_NOT_SPACE);
    }
}

static bool is_single(const Emitter *e, NodeIndex index) {
    NodeKind kind = (NodeKind)node_at(e, index)->kind;
    return kind == NODE_LITERAL || kind == NODE_NOT_LITERAL || kind == NODE_ANY || kind == NODE_CLASS;
}

// What a node that stands for one character takes. The caller frees the set.
static bool form_of(Emitter *e, const Node *node, Form *form) {
    VM *vm = e->vm;
    *form = (Form){.negated = node->negated || node->kind == NODE_NOT_LITERAL};
    bool unicode = node->flags & RE_UNICODE, fine = true;
    if (node->kind == NODE_ANY) {
        form->negated = true;
        return node->flags & RE_DOTALL || codeset_add(vm, &form->set, '\n', '\n');
    }
    if (node->kind == NODE_CLASS) {
        for (uint32_t i = node->min; i < node->max && fine; i++) {
            const ClassItem *item = &e->tree->items[i];
            fine = item->category != CATEGORY_NONE || codeset_add(vm, &form->set, item->low, item->high);
        }
    } else {
        fine = codeset_add(vm, &form->set, node->value, node->value);
    }
    if (fine && node->flags & RE_IGNORECASE) fine = codeset_fold(vm, e->state, &form->set, !unicode);
    for (uint32_t i = node->min; node->kind == NODE_CLASS && i < node->max && fine; i++) {
        const ClassItem *item = &e->tree->items[i];
        fine = item->category == CATEGORY_NONE || add_category(e, form, item->category, unicode);
    }
    codeset_normalize(&form->set);
    e->failed |= !fine;
    return fine;
}

static void put_ranges(Emitter *e, const CodeSet *set) {
    uint32_t last = e->utf ? LAST_CODE_POINT : 255;
    for (size_t i = 0; i < set->count && set->ranges[i].low <= last; i++) {
        uint32_t low = set->ranges[i].low, high = set->ranges[i].high < last ? set->ranges[i].high : last;
        put_char(e, low);
        if (high > low) {
            if (high > low + 1) put_c(e, "-");
            put_char(e, high);
        }
    }
}

static void put_properties(Emitter *e, const Form *form) {
    if (form->word) put_c(e, "\\p{L}\\p{N}");
    if (form->digit) put_c(e, "\\p{Nd}");
    if (form->not_digit) put_c(e, "\\P{Nd}");
}

static bool codeset_is_empty(const Emitter *e, const CodeSet *set) { return set->count == 0 || (!e->utf && set->ranges[0].low > 255); }

static void put_word_class(Emitter *e, bool negated) {
    put_c(e, negated ? "[^" : "[");
    put_ranges(e, &(CodeSet){(CodeRange *)(uintptr_t)latin1_words, COUNT(latin1_words), 0});
    put_c(e, "\\p{L}\\p{N}]");
}

// \W of Unicode is no property that could stand in a class with others.
static void put_form_with_not_word(Emitter *e, const Form *form) {
    bool alone = form->set.count == 0 && !form->word && !form->digit && !form->not_digit;
    if (form->word) {
        put_c(e, form->negated ? "[^\\x{0}-\\x{10ffff}]" : "[\\x{0}-\\x{10ffff}]");
        return;
    }
    if (alone) {
        put_word_class(e, !form->negated);
        return;
    }
    put_c(e, form->negated ? "(?:(?![" : "(?:[");
    put_ranges(e, &form->set);
    put_properties(e, form);
    put_c(e, form->negated ? "])" : "]|");
    put_word_class(e, !form->negated);
    put_c(e, ")");
}

static void put_form(Emitter *e, const Form *form) {
    const CodeSet *set = &form->set;
    if (form->not_word) {
        put_form_with_not_word(e, form);
        return;
    }
    bool properties = form->word || form->digit || form->not_digit;
    if (codeset_is_empty(e, set) && !properties) {
        put_c(e, form->negated ? "." : e->utf ? "[^\\x{0}-\\x{10ffff}]" : "[^\\x{0}-\\x{ff}]");
    } else if (!form->negated && !properties && set->count == 1 && set->ranges[0].low == set->ranges[0].high) {
        put_char(e, set->ranges[0].low);
    } else if (form->negated && !properties && set->count == 1 && set->ranges[0].low == '\n' && set->ranges[0].high == '\n') {
        put_c(e, "\\N");
    } else {
        put_c(e, form->negated ? "[^" : "[");
        put_ranges(e, set);
        put_properties(e, form);
        put_c(e, "]");
    }
}

// ---- what may come next

static const Chars all_chars = {{~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0)}, true};

static void chars_add(Chars *to, const Chars *from) {
    for (int i = 0; i < 4; i++) to->bits[i] |= from->bits[i];
    to->high |= from->high;
}
static bool chars_are_apart(const Chars *a, const Chars *b) {
    for (int i = 0; i < 4; i++)
        if (a->bits[i] & b->bits[i]) return false;
    return !(a->high && b->high);
}
static void chars_add_range(const Emitter *e, Chars *chars, uint32_t low, uint32_t high) {
    uint32_t end = e->utf ? 127 : 255;
    for (uint32_t c = low; c <= high && c <= end; c++) chars->bits[c >> 6] |= UINT64_C(1) << (c & 63);
    if (e->utf && high > end) chars->high = true;
}

// At least what the node takes.
static Chars chars_of_single(Emitter *e, const Node *node) {
    Chars chars = {{0}, false};
    Form form;
    if (!form_of(e, node, &form)) {
        codeset_free(e->vm, &form.set);
        return all_chars;
    }
    for (size_t i = 0; i < form.set.count; i++) chars_add_range(e, &chars, form.set.ranges[i].low, form.set.ranges[i].high);
    bool words = false;
    if (form.not_word || form.not_digit) {
        // Of ASCII these are known.
        for (uint32_t c = 0; c < 128; c++) {
            bool digit = c >= '0' && c <= '9', word = digit || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
            if ((form.not_word && !word) || (form.not_digit && !digit)) chars_add_range(e, &chars, c, c);
        }
        words = true;
    }
    if (form.word || form.digit || words) chars.high = true;   // of UTF-8 alone
    if (form.negated) {
        for (int i = 0; i < 4; i++) chars.bits[i] = ~chars.bits[i];
        chars.high = e->utf;
    }
    if (e->utf) chars.bits[2] = chars.bits[3] = 0;
    codeset_free(e->vm, &form.set);
    return chars;
}

static bool first_of(Emitter *e, NodeIndex index, Chars *chars, int depth);

// Adds what a chain may begin with; whether it may be empty.
static bool first_of_chain(Emitter *e, NodeIndex index, Chars *chars, int depth) {
    for (int seen = 0; index != NO_NODE; index = node_at(e, index)->next) {
        if (!first_of(e, index, chars, depth)) return false;
        if (++seen < LOOK_AHEAD_ITEMS) continue;
        *chars = all_chars;
        return false;
    }
    return true;
}

static bool first_of(Emitter *e, NodeIndex index, Chars *chars, int depth) {
    const Node *node = node_at(e, index);
    if (depth > LOOK_AHEAD_DEPTH) {
        *chars = all_chars;
        return false;
    }
    switch ((NodeKind)node->kind) {
    case NODE_LITERAL:
    case NODE_NOT_LITERAL:
    case NODE_ANY:
    case NODE_CLASS: {
        Chars own = chars_of_single(e, node);
        chars_add(chars, &own);
        return false;
    }
    case NODE_AT:
        // At the end of the text, or before a newline.
        if (node->value == AT_END_STRING) return false;
        if (node->value == AT_END) {
            chars_add_range(e, chars, '\n', '\n');
            return false;
        }
        break;
    case NODE_BRANCH: {
        bool empty = false;
        for (NodeIndex branch = node->first; branch != NO_NODE; branch = node_at(e, branch)->next) empty |= first_of(e, branch, chars, depth + 1);
        return empty;
    }
    case NODE_SEQUENCE: return first_of_chain(e, node->first, chars, depth + 1);
    case NODE_GROUP:
    case NODE_ATOMIC: return first_of(e, node->first, chars, depth + 1);
    case NODE_REPEAT: return first_of(e, node->first, chars, depth + 1) || node->min == 0;
    default: break;
    }
    *chars = all_chars;
    return false;
}

// What may come behind the node in its chain, and then `follow`.
static Chars chars_behind(Emitter *e, const Node *node, const Chars *follow) {
    Chars chars = {{0}, false};
    if (first_of_chain(e, node->next, &chars, 0)) chars_add(&chars, follow);
    return chars;
}

// ---- emission

static void emit_chain(Emitter *e, NodeIndex index, const Chars *follow);
static void emit(Emitter *e, NodeIndex index, const Chars *follow);

// What how many ways there are through a node comes to, at most.
static double ways(const Emitter *e, NodeIndex index, int depth) {
    const Node *node = node_at(e, index);
    double result = 1;
    if (depth > LOOK_AHEAD_DEPTH) return COST_MAX;
    switch ((NodeKind)node->kind) {
    case NODE_BRANCH:
        result = 0;
        for (NodeIndex branch = node->first; branch != NO_NODE; branch = node_at(e, branch)->next) result += ways(e, branch, depth + 1);
        break;
    case NODE_SEQUENCE:
        for (NodeIndex item = node->first; item != NO_NODE && result < COST_MAX; item = node_at(e, item)->next) result *= ways(e, item, depth + 1);
        break;
    case NODE_REPEAT: {
        if (node->max > 64) return COST_MAX;
        double inner = ways(e, node->first, depth + 1);
        if (inner == 1) return node->max - node->min + 1;
        for (uint32_t i = 0; i < node->max && result < COST_MAX; i++) result *= inner + (i >= node->min);
        break;
    }
    case NODE_REFERENCE: return COST_MAX;
    case NODE_CONDITION:
    case NODE_ASSERT:
    case NODE_GROUP:
    case NODE_ATOMIC:
        for (NodeIndex part = node->first; part != NO_NODE; part = node_at(e, part)->next) result *= ways(e, part, depth + 1);
        break;
    default: break;
    }
    return result < COST_MAX ? result : COST_MAX;
}

static void put_counts(Emitter *e, uint32_t min, uint32_t max) {
    if (min == 0 && max == RE_MAX_REPEAT) put_c(e, "*");
    else if (min == 1 && max == RE_MAX_REPEAT) put_c(e, "+");
    else if (min == 0 && max == 1) put_c(e, "?");
    else if (max == RE_MAX_REPEAT) put_format(e, "{%u,}", min);
    else if (min == max) put_format(e, "{%u}", min);
    else put_format(e, "{%u,%u}", min, max);
}

// The item that stands at `start` in the text repeated more often than PCRE2 can count in one step.
static void put_large_counts(Emitter *e, size_t start, uint32_t min, uint32_t max, RepeatMode mode) {
    const char *lazy = mode == REPEAT_LAZY ? "?" : "";
    Translation *out = e->out;
    if (e->failed) return;
    size_t size = out->size - start;
    char *item = buffer_new_unset(e->vm, size + 1);
    if (item == NULL) {
        e->failed = true;
        return;
    }
    memcpy(item, out->text + start, size);
    out->size = start;
    put_c(e, mode == REPEAT_POSSESSIVE ? "(?>" : "(?:");
    if (min >= STR_MAX_SIZE) put_c(e, "(?!)");   // no text is that long
    uint32_t whole = min >= STR_MAX_SIZE ? 0 : min / COUNT_MAX, rest = min % COUNT_MAX;
    if (whole > 0) {
        put_c(e, "(?:");
        put(e, item, size);
        put_format(e, "{%u}){%u}", COUNT_MAX, whole);
    }
    put(e, item, size);
    put_format(e, "{%u}", rest);
    if (max >= STR_MAX_SIZE) {
        put(e, item, size);
        put_format(e, "*%s", lazy);
    } else if (max > min) {
        uint32_t more = max - min;
        if (more / COUNT_MAX > 0) {
            put_c(e, "(?:");
            put(e, item, size);
            put_format(e, "{0,%u}%s){0,%u}%s", COUNT_MAX, lazy, more / COUNT_MAX, lazy);
        }
        put(e, item, size);
        put_format(e, "{0,%u}%s", more % COUNT_MAX, lazy);
    }
    put_c(e, ")");
    buffer_free(e->vm, item, size + 1);
}

static void put_quantifier(Emitter *e, size_t start, const Node *node, RepeatMode mode) {
    if (node->min > COUNT_MAX || (node->max != RE_MAX_REPEAT && node->max > COUNT_MAX)) {
        put_large_counts(e, start, node->min, node->max, mode);
        return;
    }
    put_counts(e, node->min, node->max);
    put_c(e, mode == REPEAT_LAZY ? "?" : mode == REPEAT_POSSESSIVE ? "+" : "");
}

// Whether a greedy repeat of one character can be forbidden to give any back: none of its characters can begin what follows.
static bool gives_nothing_back(Emitter *e, const Node *node, const Chars *follow) {
    Chars own = chars_of_single(e, node_at(e, node->first));
    // x+\b with letters alone: between two of them there is no boundary.
    if (node->next != NO_NODE && node->min > 0 && node_at(e, node->next)->kind == NODE_AT && node_at(e, node->next)->value == AT_BOUNDARY) {
        Chars words = {{0}, false};
        for (size_t i = 0; i < COUNT(ascii_words); i++) chars_add_range(e, &words, ascii_words[i].low, ascii_words[i].high);
        bool all = !own.high;
        for (int i = 0; i < 4; i++) all &= (own.bits[i] & ~words.bits[i]) == 0;
        if (all) return true;
    }
    Chars behind = chars_behind(e, node, follow);
    return chars_are_apart(&own, &behind);
}

static void emit_single_repeat(Emitter *e, const Node *node, const Chars *follow) {
    RepeatMode mode = (RepeatMode)node->mode;
    if (mode == REPEAT_GREEDY && node->max != node->min && gives_nothing_back(e, node, follow)) mode = REPEAT_POSSESSIVE;
    double count = node->max == RE_MAX_REPEAT ? SCAN : node->max, choices = node->max == RE_MAX_REPEAT ? SCAN : (double)(node->max - node->min) + 1;
    if (mode == REPEAT_POSSESSIVE || node->max == node->min) add_work(e, count < 16 ? 1 : count);
    else add_choice(e, choices);
    size_t start = e->out->size;
    Form form;
    if (form_of(e, node_at(e, node->first), &form)) {
        put_form(e, &form);
        put_quantifier(e, start, node, mode);
    }
    codeset_free(e->vm, &form.set);
}

static void emit_group(Emitter *e, NodeIndex index, const Chars *follow, bool callout) {
    const Node *node = node_at(e, index);
    bool atomic = node->kind == NODE_ATOMIC, is_group = node->kind == NODE_GROUP || atomic;
    double before = e->cost;
    put_c(e, atomic ? "(?>" : is_group && node->value != 0 ? "(" : "(?:");
    if (callout) put_callout(e);
    Chars nothing = {{0}, false};
    emit(e, is_group ? node->first : index, atomic ? &nothing : follow);
    put_c(e, ")");
    if (atomic) e->cost = before;
}

// In a lookbehind all is of fixed width, so what may be repeated any number of times has none: there once says as much as often.
static void emit_repeat_of_nothing(Emitter *e, const Node *node, const Chars *follow) {
    put_c(e, node->mode == REPEAT_POSSESSIVE ? "(?>" : "(?:");
    if (node->min == 0 && node->mode == REPEAT_LAZY) put_c(e, "|");
    emit_group(e, node->first, follow, false);
    if (node->min == 0 && node->mode != REPEAT_LAZY) put_c(e, "|");
    put_c(e, ")");
}

static void emit_group_repeat(Emitter *e, const Node *node, const Chars *follow) {
    if (e->behind && node->min != node->max && node->max > 0) {
        emit_repeat_of_nothing(e, node, follow);
        return;
    }
    double before = e->cost;
    Chars behind = chars_behind(e, node, follow), nothing = {{0}, false}, *then = node->mode == REPEAT_POSSESSIVE ? &nothing : &behind;
    Chars again = *then;
    (void)first_of(e, node->first, &again, 0);
    // An empty round is followed by what is behind.
    chars_add(&again, &behind);
    size_t start = e->out->size;
    double factor = 1, inner = ways(e, node->first, 0);
    bool many = node->max > 16;
    for (uint32_t i = 0; i < node->max && !many && factor < COST_MAX; i++) factor *= inner + (i >= node->min);
    bool callout = many || before * factor > COST_MAX;
    emit_group(e, node->first, node->max > 1 ? &again : then, callout);
    put_quantifier(e, start, node, (RepeatMode)node->mode);
    double after = callout ? before + 2 * e->cost : before * factor;
    e->cost = node->mode == REPEAT_POSSESSIVE ? before : after < COST_MAX ? after : COST_MAX;
}

static void emit_boundary(Emitter *e, const Node *node) {
    bool negated = node->value == AT_NON_BOUNDARY, unicode = node->flags & RE_UNICODE && e->utf;
    if (unicode == e->ucp && !(unicode && e->wide_word)) {
        put_c(e, negated ? "\\B(?!\\A\\z)" : "\\b");
        return;
    }
    const char *word = unicode ? "[\\p{L}\\p{N}_]" : "[0-9A-Za-z_]";
    put_format(e, "(?:(?<=%s)(?%c%s)", word, negated ? '=' : '!', word);
    put_format(e, "|(?<!%s)(?%c%s))", word, negated ? '!' : '=', word);
    if (negated) put_c(e, "(?!\\A\\z)");
}

static void emit_place(Emitter *e, const Node *node) {
    bool lines = node->flags & RE_MULTILINE;
    switch ((Place)node->value) {
    case AT_BEGINNING: put_c(e, lines ? "(?m:^)" : "\\A"); break;
    case AT_BEGINNING_STRING: put_c(e, "\\A"); break;
    case AT_END: put_c(e, lines ? "(?m:$)" : "\\Z"); break;
    case AT_END_STRING: put_c(e, "\\z"); break;
    default: emit_boundary(e, node);
    }
}

// A chain's first `count` items.
static void emit_items(Emitter *e, NodeIndex index, uint32_t count, const Chars *follow);

// Alternatives, each by its next item (NO_NODE: nothing is left of it). Neighbours that begin with the same character share it, and those
// that are one character each become a class: the order in which they are tried does not change, and lists of words become small and fast.
static bool same_literal(const Emitter *e, NodeIndex a, NodeIndex b) {
    if (a == NO_NODE || b == NO_NODE) return false;
    const Node *left = node_at(e, a), *right = node_at(e, b);
    return left->kind == NODE_LITERAL && right->kind == NODE_LITERAL && left->value == right->value && left->flags == right->flags;
}
static bool is_one_character(const Emitter *e, NodeIndex index) {
    if (index == NO_NODE) return false;
    const Node *node = node_at(e, index);
    return (node->kind == NODE_LITERAL || (node->kind == NODE_CLASS && !node->negated)) && node->next == NO_NODE;
}

static void emit_characters(Emitter *e, const NodeIndex *heads, size_t count) {
    Form all = {.negated = false}, form;
    for (size_t i = 0; i < count && !e->failed; i++) {
        if (form_of(e, node_at(e, heads[i]), &form)) {
            for (size_t j = 0; j < form.set.count; j++) e->failed |= !codeset_add(e->vm, &all.set, form.set.ranges[j].low, form.set.ranges[j].high);
            all.word |= form.word;
            all.not_word |= form.not_word;
            all.digit |= form.digit;
            all.not_digit |= form.not_digit;
        }
        codeset_free(e->vm, &form.set);
    }
    codeset_normalize(&all.set);
    if (!e->failed) put_form(e, &all);
    codeset_free(e->vm, &all.set);
}

static size_t run_of_prefix(const Emitter *e, const NodeIndex *heads, size_t count) {
    size_t run = 1;
    while (run < count && same_literal(e, heads[0], heads[run])) run++;
    return run;
}
static size_t run_of_characters(const Emitter *e, const NodeIndex *heads, size_t count) {
    size_t run = 0;
    while (run < count && is_one_character(e, heads[run])) run++;
    return run;
}

static void emit_alternatives(Emitter *e, NodeIndex *heads, size_t count, const Chars *follow, int depth) {
    double before = e->cost, sum = 0;
    for (size_t i = 0, run; i < count && !e->failed; i += run) {
        if (i > 0) put_c(e, "|");
        e->cost = before;
        run = run_of_characters(e, heads + i, count - i);
        if (run >= 2) {
            emit_characters(e, heads + i, run);
        } else if ((run = run_of_prefix(e, heads + i, count - i)) >= 2 && depth < PREFIX_DEPTH) {
            NodeIndex start = heads[i];
            uint32_t length = 0;
            do {
                for (size_t j = i; j < i + run; j++) heads[j] = node_at(e, heads[j])->next;
                length++;
            } while (run_of_prefix(e, heads + i, run) == run);
            emit_items(e, start, length, follow);
            put_c(e, "(?:");
            emit_alternatives(e, heads + i, run, follow, depth + 1);
            put_c(e, ")");
        } else {
            run = 1;
            emit_chain(e, heads[i], follow);
        }
        sum += e->cost;
    }
    e->cost = sum < COST_MAX ? sum : COST_MAX;
}

static void emit_branches(Emitter *e, const Node *node, const Chars *follow) {
    size_t count = 0;
    for (NodeIndex branch = node->first; branch != NO_NODE; branch = node_at(e, branch)->next) count++;
    NodeIndex *heads = buffer_new_unset(e->vm, count * sizeof *heads);
    if (heads == NULL) {
        e->failed = true;
        return;
    }
    size_t i = 0;
    for (NodeIndex branch = node->first; branch != NO_NODE; branch = node_at(e, branch)->next) heads[i++] = node_at(e, branch)->first;
    emit_alternatives(e, heads, count, follow, 0);
    buffer_free(e->vm, heads, count * sizeof *heads);
}

static void emit_condition(Emitter *e, const Node *node, const Chars *follow) {
    double before = e->cost, most = 0;
    put_format(e, "(?(%u)", node->value);
    for (NodeIndex part = node->first; part != NO_NODE; part = node_at(e, part)->next) {
        if (part != node->first) put_c(e, "|");
        e->cost = before;
        emit_chain(e, node_at(e, part)->first, follow);
        if (e->cost > most) most = e->cost;
    }
    put_c(e, ")");
    e->cost = most;
}

static void emit_assertion(Emitter *e, const Node *node) {
    Chars nothing = {{0}, false};
    double before = e->cost;
    bool outer = e->behind;
    // A lookbehind of no width looks at what is here, and may then have in it what PCRE2 does not allow behind.
    bool behind = node->behind && node->width > 0;
    e->behind = behind || (outer && node->behind);
    put_c(e, behind ? (node->negated ? "(?<!" : "(?<=") : node->negated ? "(?!" : "(?=");
    emit(e, node->first, &nothing);
    put_c(e, ")");
    e->cost = before;
    e->behind = outer;
}

static void emit(Emitter *e, NodeIndex index, const Chars *follow) {
    const Node *node = node_at(e, index);
    if (e->failed) return;
    if (!stack_check_while(e->vm, " during compilation")) {
        e->failed = true;
        return;
    }
    switch ((NodeKind)node->kind) {
    case NODE_LITERAL:
    case NODE_NOT_LITERAL:
    case NODE_ANY:
    case NODE_CLASS: {
        Form form;
        if (form_of(e, node, &form)) put_form(e, &form);
        codeset_free(e->vm, &form.set);
        break;
    }
    case NODE_AT: emit_place(e, node); break;
    case NODE_BRANCH: emit_branches(e, node, follow); break;
    case NODE_SEQUENCE: emit_chain(e, node->first, follow); break;
    case NODE_GROUP:
    case NODE_ATOMIC: {
        Chars behind = chars_behind(e, node, follow);
        emit_group(e, index, &behind, false);
        break;
    }
    case NODE_REPEAT:
        if (is_single(e, node->first)) emit_single_repeat(e, node, follow);
        else emit_group_repeat(e, node, follow);
        break;
    case NODE_REFERENCE:
        add_work(e, SCAN);
        put_format(e, node->flags & RE_IGNORECASE ? "(?i:\\g{%u})" : "\\g{%u}", node->value);
        break;
    case NODE_CONDITION: {
        Chars behind = chars_behind(e, node, follow);
        emit_condition(e, node, &behind);
        break;
    }
    case NODE_ASSERT: emit_assertion(e, node); break;
    }
}

// An ASCII letter for which PCRE2's idea of case is Python's, or a character that has no case at all.
static bool folds_plainly(const Emitter *e, const Node *node) {
    if (node->kind != NODE_LITERAL || !(node->flags & RE_IGNORECASE) || node->value >= 128) return false;
    uint32_t lower = node->value | 0x20;
    return !e->utf || (lower != 'i' && (node->flags & RE_UNICODE || (lower != 'k' && lower != 's')));
}

static void emit_items(Emitter *e, NodeIndex index, uint32_t count, const Chars *follow) {
    while (index != NO_NODE && count > 0 && !e->failed) {
        const Node *node = node_at(e, index);
        if (!folds_plainly(e, node) || count == 1 || node->next == NO_NODE || !folds_plainly(e, node_at(e, node->next))) {
            emit(e, index, follow);
            index = node_at(e, index)->next;
            count--;
            continue;
        }
        put_c(e, "(?i:");
        for (; index != NO_NODE && count > 0 && folds_plainly(e, node_at(e, index)); index = node_at(e, index)->next, count--)
            put_char(e, node_at(e, index)->value);
        put_c(e, ")");
    }
}

static void emit_chain(Emitter *e, NodeIndex index, const Chars *follow) { emit_items(e, index, UINT32_MAX, follow); }

// ---- which group was closed last

typedef struct Groups { uint32_t count; bool nested; } Groups;   // nested: each stands in the other

// Of a chain's nodes.
static Groups groups_of(const Tree *tree, NodeIndex index, bool in_loop, bool *ambiguous) {
    Groups all = {0, true};
    for (; index != NO_NODE && !*ambiguous; index = tree->nodes[index].next) {
        const Node *node = &tree->nodes[index];
        if (node->kind < NODE_BRANCH) continue;
        bool loop = node->kind == NODE_REPEAT && node->max > 1;
        Groups inner = groups_of(tree, node->first, in_loop || loop, ambiguous);
        inner.count += node->kind == NODE_GROUP && node->value != 0;
        if (all.count > 0 && inner.count > 0) all.nested = false;
        if (!inner.nested) all.nested = false;
        all.count += inner.count;
        if (loop && !all.nested) *ambiguous = true;
    }
    if (in_loop && !all.nested) *ambiguous = true;
    return all;
}

bool tree_order_is_static(const Tree *tree) {
    bool ambiguous = false;
    (void)groups_of(tree, tree->root, false, &ambiguous);
    return !ambiguous;
}

// ---- the whole

static bool newer_word(void) {
    char version[32] = "";
    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) > (int)sizeof version) return true;
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    unsigned major = 0, minor = 0;
    return sscanf(version, "%u.%u", &major, &minor) != 2 || major > 10 || minor >= 43;
}

static bool has_unicode_boundary(const Tree *tree) {
    for (uint32_t i = 1; i < tree->node_count; i++) {
        const Node *node = &tree->nodes[i];
        if (node->kind == NODE_AT && (node->value == AT_BOUNDARY || node->value == AT_NON_BOUNDARY) && node->flags & RE_UNICODE) return true;
    }
    return false;
}

static bool has_atomic_group(const Tree *tree) {
    for (uint32_t i = 1; i < tree->node_count; i++)
        if (tree->nodes[i].kind == NODE_ATOMIC || (tree->nodes[i].kind == NODE_REPEAT && tree->nodes[i].mode == REPEAT_POSSESSIVE)) return true;
    return false;
}

bool translate(VM *vm, ReState *state, const Tree *tree, ProgramKind kind, bool utf, Translation *out) {
    Emitter e = {.vm = vm, .state = state, .tree = tree, .out = out, .utf = utf, .wide_word = newer_word(), .cost = kind == PROGRAM_SEARCH ? SCAN : 1};
    *out = (Translation){.options = PCRE2_ALT_CIRCUMFLEX | PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C};
    if (utf) out->options |= PCRE2_UTF | PCRE2_NO_UTF_CHECK;
    if (kind != PROGRAM_SEARCH) out->options |= PCRE2_ANCHORED;
    e.ucp = utf && !e.wide_word && has_unicode_boundary(tree);
    if (e.ucp) out->options |= PCRE2_UCP;
    // PCRE2 takes it that what begins with .* need be tried at the beginnings of lines only, also in `(?:.*?)++`, where that is not so.
    if (has_atomic_group(tree)) out->options |= PCRE2_NO_DOTSTAR_ANCHOR;
    Chars nothing = {{0}, false};
    bool whole = kind == PROGRAM_FULLMATCH;
    if (whole) put_c(&e, "(?:");
    emit(&e, tree->root, &nothing);
    if (whole) put_c(&e, ")\\z");
    out->ends_with_callout = !tree_order_is_static(tree);
    if (out->ends_with_callout) {
        // Behind all alternatives.
        if (!whole && tree->nodes[tree->root].kind == NODE_BRANCH) {
            out->size = 0;
            put_c(&e, "(?:");
            e.cost = kind == PROGRAM_SEARCH ? SCAN : 1;
            emit(&e, tree->root, &nothing);
            put_c(&e, ")");
        }
        put_format(&e, "(?C%d)", CALLOUT_END);
    }
    return !e.failed;
}

void translation_free(VM *vm, Translation *translation) {
    buffer_free(vm, translation->text, translation->capacity);
    *translation = (Translation){0};
}
#endif
