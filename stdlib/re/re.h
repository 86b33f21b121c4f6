// re: regular expressions, matched by PCRE2. What the files of this folder share.
//
// A pattern is parsed by our own parser of Python's syntax (parse.c) into nodes; those are kept, and translated (translate.c) into PCRE2's
// language when somebody first matches, once for each combination of what is asked (search, match, fullmatch) and what text it is asked of:
// bytes and ASCII text are matched byte by byte, other text as UTF-8. The result is a Program (engine.c).
//
//     Pattern ---> Tree (nodes)          6 Programs ---> pcre2_code
//                                                            ^
//     match, search, finditer, sub ...  ---> engine_match() -+
#ifndef COIL_STDLIB_RE_RE_H
#define COIL_STDLIB_RE_RE_H

#include <stdio.h>
#include <stdlib.h>

#include "stdlib/modules.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/types/bytes.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"
#include "vm/types/str_parts.h"

enum {
    RE_TEMPLATE = 1, RE_IGNORECASE = 2, RE_LOCALE = 4, RE_MULTILINE = 8, RE_DOTALL = 16, RE_UNICODE = 32, RE_VERBOSE = 64, RE_DEBUG = 128,
    RE_ASCII = 256,
    RE_TYPE_FLAGS = RE_ASCII | RE_LOCALE | RE_UNICODE,
    RE_GLOBAL_FLAGS = RE_DEBUG | RE_TEMPLATE,
};
#define RE_MAX_REPEAT UINT32_MAX               // of a quantifier: no limit

// ---- nodes (parse.c)

typedef enum NodeKind {
    NODE_LITERAL,          // value: code point
    NODE_NOT_LITERAL,
    NODE_ANY,
    NODE_CLASS,            // items; negated
    NODE_AT,               // value: enum Place
    NODE_BRANCH,           // first: NODE_SEQUENCEs
    NODE_SEQUENCE,         // first: items
    NODE_GROUP,            // first: a sequence or branch; value: number of the group, 0: does not capture
    NODE_ATOMIC,
    NODE_REPEAT,           // first: one item; min, max, mode
    NODE_REFERENCE,        // value: number of the group
    NODE_CONDITION,        // value: number of the group; first: sequence for yes, its next: for no (if any)
    NODE_ASSERT,           // first; negated, behind
} NodeKind;

typedef enum Place { AT_BEGINNING, AT_BEGINNING_STRING, AT_BOUNDARY, AT_NON_BOUNDARY, AT_END, AT_END_STRING } Place;
typedef enum RepeatMode { REPEAT_GREEDY, REPEAT_LAZY, REPEAT_POSSESSIVE } RepeatMode;
typedef enum Category { CATEGORY_NONE, CATEGORY_DIGIT, CATEGORY_NOT_DIGIT, CATEGORY_SPACE, CATEGORY_NOT_SPACE, CATEGORY_WORD, CATEGORY_NOT_WORD } Category;

typedef struct ClassItem { uint32_t low, high; Category category; } ClassItem;   // a range, or a category

enum { NO_NODE = 0 };      // nodes[0] is not used
typedef uint32_t NodeIndex;
typedef struct Node {
    uint8_t kind;          // NodeKind
    uint8_t mode;          // RepeatMode
    bool negated, behind;
    uint16_t flags;        // RE_... in force here
    NodeIndex first, next;
    uint32_t value;
    uint32_t min, max;     // of a repeat; of a class: its first item, and one past its last
    uint32_t width;        // of a lookbehind
} Node;

typedef struct Tree {
    Node *nodes;
    uint32_t node_count, node_capacity;
    ClassItem *items;
    uint32_t item_count, item_capacity;
    NodeIndex root;
    uint32_t groups;       // without group 0
    uint32_t depth;        // how deep groups are nested
    uint32_t flags;        // those of the arguments, inline ones and the default
    uint32_t *closing;     // groups by the place of their closing parenthesis: closing[i], i < groups
    uint32_t closing_count, closing_capacity;
} Tree;

struct ReState;
// Parses; fills the tree and the dict of group names. False: an exception is raised, the tree is freed by tree_free() all the same.
MUST_CHECK bool parse_pattern(VM *vm, struct ReState *state, Value pattern, uint32_t flags, Tree *tree, Dict *names);
void tree_free(VM *vm, Tree *tree);

// ---- reading what both patterns and templates are written in (reader.c)

// A token is a character, or a backslash with the one behind it.
typedef struct Reader {
    VM *vm;
    struct ReState *state;
    Value source;              // str or bytes-like
    uint32_t *text;
    size_t length;
    size_t index;              // behind the next token
    int64_t next;              // its character, -1: none
    bool escaped;
    bool is_text;
} Reader;
typedef struct PatternToken { int64_t c; bool escaped; } PatternToken;
typedef struct GroupName { size_t start, length; } GroupName;
MUST_CHECK bool reader_open(Reader *r, VM *vm, struct ReState *state, Value source);
void reader_close(Reader *r);
MUST_CHECK bool reader_advance(Reader *r);
MUST_CHECK bool reader_seek(Reader *r, size_t index);
static inline size_t reader_tell(const Reader *r) { return r->next < 0 ? r->index : r->index - 1 - r->escaped; }
static inline bool reader_at(const Reader *r, char c) { return r->next == c && !r->escaped; }
static inline size_t token_length(PatternToken token) { return token.c < 0 ? 0 : 1 + token.escaped; }
MUST_CHECK bool reader_get(Reader *r, PatternToken *out);
int reader_match(Reader *r, char c);                                     // 1 and gone past it, 0, -1
bool reader_is_digit(const Reader *r, int base);                         // an unescaped digit is next
// re.error at tell() - offset; always false. The format is raise_error()'s.
bool reader_error(Reader *r, size_t offset, const char *format, ...);
bool reader_error_at(Reader *r, int64_t position, const char *format, ...);   // -1: without a position
MUST_CHECK bool reader_until(Reader *r, char end, const char *what, GroupName *out);
MUST_CHECK Str *reader_text(Reader *r, size_t start, size_t length);
bool reader_name_is_identifier(Reader *r, GroupName name);
MUST_CHECK bool reader_check_name(Reader *r, GroupName name, size_t offset);
// The number that a name is; what is wrong with it is an error already.
MUST_CHECK bool reader_group_number(Reader *r, GroupName name, uint32_t *out);
// The escapes for which patterns, classes and templates agree: \x \u \U \N. 1 and the character, 0: none of these, -1.
int reader_hex_escape(Reader *r, PatternToken token, uint32_t *out);
bool simple_escape(int64_t c, uint32_t *out);                             // \a \b \f \n \r \t \v and the backslash

// ---- characters that are equal but for their case (casefold.c)

typedef struct CaseTable CaseTable;
MUST_CHECK const CaseTable *case_table(VM *vm, struct ReState *state);
void case_table_free(VM *vm, CaseTable *table);

typedef struct CodeRange { uint32_t low, high; } CodeRange;
typedef struct CodeSet { CodeRange *ranges; size_t count, capacity; } CodeSet;   // sorted and apart from each other after codeset_normalize()
MUST_CHECK bool codeset_add(VM *vm, CodeSet *set, uint32_t low, uint32_t high);
void codeset_normalize(CodeSet *set);
void codeset_free(VM *vm, CodeSet *set);
bool codeset_has(const CodeSet *set, uint32_t c);
// Adds what differs from a member in case alone. `ascii`: letters of ASCII only.
MUST_CHECK bool codeset_fold(VM *vm, struct ReState *state, CodeSet *set, bool ascii);

// ---- translation (translate.c)

typedef enum ProgramKind { PROGRAM_SEARCH, PROGRAM_MATCH, PROGRAM_FULLMATCH, PROGRAM_KINDS } ProgramKind;
enum { CALLOUT_CHARGE = 1, CALLOUT_END = 255 };

typedef struct Translation {
    char *text;
    size_t size, capacity;
    uint32_t options;          // for pcre2_compile()
    bool ends_with_callout;    // which tells the group that was closed last
} Translation;
bool tree_order_is_static(const Tree *tree);   // the group closed last can be told from which groups have matched
MUST_CHECK bool translate(VM *vm, struct ReState *state, const Tree *tree, ProgramKind kind, bool utf, Translation *out);
void translation_free(VM *vm, Translation *translation);

// ---- patterns (pattern.c), matches (match.c)

typedef struct Program Program;
typedef struct Pattern {
    Object head;
    Value pattern;             // str or bytes
    Dict *groupindex;
    Tuple *group_names;        // by number, from 1; None: has no name
    Tree tree;
    bool is_text;
    uint32_t groups, flags;
    Program *programs[PROGRAM_KINDS][2];   // [..][1]: for UTF-8
    Value repl, repl_template; // the last replacement that was parsed, and what it came to
} Pattern;

// A text that is being searched, as bytes. Positions are byte offsets throughout; only what Python sees is in characters.
typedef struct Subject {
    Value string;
    const char *data;
    size_t size;               // all of it
    size_t start, end;         // where to search: pos and endpos
    size_t pos, endpos;        // the same in characters
    bool is_text, utf;
    ByteArray *locked;         // may not change its size meanwhile; NULL: the text is another object's
} Subject;

typedef struct Match {
    Object head;
    Pattern *pattern;
    Value string;
    ptrdiff_t pos, endpos;     // in characters
    int32_t lastindex;         // 0: none
    uint32_t groups;           // with group 0
    bool is_text, ascii;
    ptrdiff_t spans[];         // byte offsets, two for each group; -1: did not take part
} Match;

// What a search has found: engine_match() fills it.
typedef struct Found { const size_t *spans; uint32_t lastindex; } Found;   // spans hold until the next search

typedef struct ReState {
    Class *error, *flag_class;                 // from re.py; NULL before
    Class *pattern_class, *match_class, *scanner_class, *finditer_class, *template_class;
    Dict *cache;                               // (type, pattern, flags) -> Pattern
    Value recent_pattern, recent;              // the last one that was found
    uint32_t recent_flags;
    CaseTable *cases;
    size_t largest;                            // block that PCRE2 has asked for since its memory was last given back
    struct Engine *engine;
} ReState;
ReState *re_state(VM *vm);                     // NULL with MemoryError

MUST_CHECK Value pattern_compile(VM *vm, ReState *state, Value pattern, uint32_t flags);
MUST_CHECK bool pattern_classes_make(VM *vm, ReState *state);
MUST_CHECK bool match_class_make(VM *vm, ReState *state);
MUST_CHECK bool scanner_class_make(VM *vm, ReState *state);
MUST_CHECK bool template_class_make(VM *vm, ReState *state);
static inline Pattern *to_pattern(Value v) { return (Pattern *)to_object(v); }
static inline Match *to_match(Value v) { return (Match *)to_object(v); }
bool is_pattern(VM *vm, Value v);

// A class with data of its own for the module.
MUST_CHECK Class *re_class_make(VM *vm, const char *module, const char *name, size_t size, const NativeDef *methods, const GetSetDef *getsets,
                                void (*trace)(VM *vm, Object *object), void (*free)(VM *vm, Object *object));

// The text and its range; an error when it is of the wrong kind. pos and end may be UNDEFINED.
MUST_CHECK bool subject_open(VM *vm, Pattern *pattern, Subject *s, Value string, Value pos, Value endpos);
void subject_close(Subject *s);
MUST_CHECK Value subject_slice(VM *vm, const Subject *s, size_t from, size_t to);

MUST_CHECK Value match_new(VM *vm, Pattern *pattern, const Subject *s, const Found *found);
MUST_CHECK Value match_group(VM *vm, Match *match, uint32_t group, Value otherwise);
// The number of the group that an argument names, or -1 (IndexError is raised).
int64_t match_group_index(VM *vm, Match *match, Value index);

MUST_CHECK Value pattern_finditer(VM *vm, Pattern *pattern, Value string, Value pos, Value endpos);
MUST_CHECK Value pattern_scanner(VM *vm, Pattern *pattern, Value string, Value pos, Value endpos);
MUST_CHECK Value pattern_findall(VM *vm, Pattern *pattern, Value string, Value pos, Value endpos);
MUST_CHECK Value pattern_split(VM *vm, Pattern *pattern, Value string, Value maxsplit);
MUST_CHECK Value pattern_sub(VM *vm, Pattern *pattern, Value repl, Value string, Value count, bool with_count);
MUST_CHECK Value match_expand(VM *vm, Match *match, Value text);

// ---- the engine (engine.c): the only file besides translate.c that knows PCRE2

// Makes the program that a search of ASCII text or bytes needs: errors that parsing could not find are told now.
MUST_CHECK bool pattern_prepare(VM *vm, ReState *state, Pattern *pattern);
MUST_CHECK bool engine_open(VM *vm, ReState *state);
void engine_close(VM *vm, ReState *state);
void pattern_free_programs(VM *vm, Pattern *pattern);
// Searches s from `start`. not_empty_here: not an empty match at `start`. 1, 0 (no match), -1 (an exception is raised).
int engine_match(VM *vm, Pattern *pattern, ProgramKind kind, Subject *s, size_t start, bool not_empty_here, Found *out);

#endif
