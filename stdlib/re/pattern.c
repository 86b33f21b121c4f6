// Pattern objects: compiling, the cache, methods; and the functions of the module, which are the same for a pattern given as text.
#include "stdlib/re/re.h"

#include "vm/types/descriptor.h"
#include "vm/warnings.h"

#ifdef COIL_HAVE_PCRE2
enum { CACHE_MOST = 512, REPR_MOST = 200 };

bool is_pattern(VM *vm, Value v) { return is_object(v) && to_object(v)->shape->cls == vm->re->pattern_class; }

// ---- life

static void pattern_trace(VM *vm, Object *object) {
    Pattern *pattern = (Pattern *)object;
    gc_mark_value(vm, pattern->pattern);
    gc_mark_object(vm, pattern->groupindex);
    gc_mark_object(vm, pattern->group_names);
    gc_mark_value(vm, pattern->repl);
    gc_mark_value(vm, pattern->repl_template);
}
static void pattern_free(VM *vm, Object *object) {
    Pattern *pattern = (Pattern *)object;
    pattern_free_programs(vm, pattern);
    tree_free(vm, &pattern->tree);
}

static Tuple *names_by_number(VM *vm, Dict *names, uint32_t groups) {
    Tuple *result = tuple_new(vm, groups);
    Value name, number;
    size_t position = 0;
    if (result == NULL) return NULL;
    for (uint32_t i = 0; i < groups; i++) result->items[i] = NONE;
    while (dict_next(names, &position, &name, &number)) result->items[to_int(number) - 1] = name;
    return result;
}

Value pattern_compile(VM *vm, ReState *state, Value source, uint32_t flags) {
    Pattern *pattern = object_new_of(vm, state->pattern_class, sizeof *pattern);
    if (pattern == NULL) return ERROR;
    pattern->pattern = source;
    pattern->is_text = is_str(source);
    pattern->groupindex = dict_new(vm);
    gc_write_barrier(vm, pattern);
    if (pattern->groupindex == NULL || !parse_pattern(vm, state, source, flags, &pattern->tree, pattern->groupindex)) return ERROR;
    pattern->groups = pattern->tree.groups;
    pattern->flags = pattern->tree.flags;
    pattern->group_names = names_by_number(vm, pattern->groupindex, pattern->groups);
    gc_write_barrier(vm, pattern);
    // Tells now what PCRE2 cannot do.
    return pattern->group_names == NULL || !pattern_prepare(vm, state, pattern) ? ERROR : from_object(pattern);
}

// ---- from what the functions of the module are given

static bool flags_argument(VM *vm, Value flags, uint32_t *out) {
    int64_t value = 0;
    if (!is_undefined(flags)) {
        Value plain = int_or_bool(flags);
        if (is_undefined(plain)) return raise_type_error(vm, "unsupported operand type(s) for &: '%T' and 'RegexFlag'", flags), false;
        if (!int_as_i64(plain, &value)) return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int"), false;
    }
    *out = (uint32_t)value;
    return true;
}

// Plain strings without flags are their own keys.
static Value cache_key(VM *vm, Value source, uint32_t flags) {
    if (flags == 0 && is_str(source) && class_of(vm, source) == vm->types.str) return source;
    Tuple *key = tuple_pack(vm, 3, from_object(class_of(vm, source)), source, from_int(flags));
    return key == NULL ? ERROR : from_object(key);
}

static bool cache_add(VM *vm, ReState *state, Value key, Value pattern) {
    if (state->cache->count >= CACHE_MOST) {
        size_t position = 0;
        Value oldest, unused;
        if (dict_next(state->cache, &position, &oldest, &unused) && dict_delete(vm, state->cache, oldest) < 0) return false;
    }
    return dict_set(vm, state->cache, key, pattern);
}

static bool show_tree(VM *vm, const Pattern *pattern);

static Value compile_new(VM *vm, ReState *state, Value source, uint32_t flags, Value key) {
    if (!is_str(source) && !is_bytes(source)) return raise_type_error(vm, "first argument must be string or compiled pattern");
    if (flags & RE_TEMPLATE &&
        !vm_warn(vm, vm->exc.DeprecationWarning, 1, "The re.TEMPLATE/re.T flag is deprecated as it is an undocumented flag without an obvious purpose. Don't use it."))
        return ERROR;
    Value pattern = pattern_compile(vm, state, source, flags);
    if (is_error(pattern)) return ERROR;
    if (flags & RE_DEBUG) return show_tree(vm, to_pattern(pattern)) ? pattern : ERROR;
    return cache_add(vm, state, key, pattern) ? pattern : ERROR;
}

// The pattern for what a function of the module was given: a text or a pattern.
static Pattern *pattern_argument(VM *vm, Value source, Value flags) {
    ReState *state = vm->re;
    if (LIKELY(value_same(source, state->recent_pattern) && (is_undefined(flags) || value_same(flags, from_int(state->recent_flags)))) &&
        (state->recent_flags == 0 || !is_undefined(flags)))
        return to_pattern(state->recent);
    uint32_t bits;
    if (!flags_argument(vm, flags, &bits)) return NULL;
    if (is_pattern(vm, source)) {
        if (bits == 0) return to_pattern(source);
        raise_value_error(vm, "cannot process flags argument with a compiled pattern");
        return NULL;
    }
    Value key = cache_key(vm, source, bits);
    Value pattern = is_error(key) ? ERROR : dict_get(vm, state->cache, key);
    if (is_undefined(pattern)) pattern = compile_new(vm, state, source, bits, key);
    if (is_error(pattern)) return NULL;
    if (!(bits & RE_DEBUG)) {
        state->recent_pattern = source;
        state->recent_flags = bits;
        state->recent = pattern;
    }
    return to_pattern(pattern);
}

// ---- matching once

static Value match_once(VM *vm, Pattern *pattern, ProgramKind kind, Value string, Value pos, Value endpos) {
    Subject s;
    Found found;
    if (!subject_open(vm, pattern, &s, string, pos, endpos)) return ERROR;
    int status = engine_match(vm, pattern, kind, &s, s.start, false, &found);
    Value match = status < 0 ? ERROR : status == 0 ? NONE : match_new(vm, pattern, &s, &found);
    subject_close(&s);
    gc_keep(pattern);
    return match;
}

static Value optional(const Value *args, int argc, int index) { return arg_or(args, argc, index, UNDEFINED); }

static Value method_match(VM *vm, const Value *args, int argc) {
    return match_once(vm, to_pattern(args[0]), PROGRAM_MATCH, args[1], optional(args, argc, 2), optional(args, argc, 3));
}
static Value method_fullmatch(VM *vm, const Value *args, int argc) {
    return match_once(vm, to_pattern(args[0]), PROGRAM_FULLMATCH, args[1], optional(args, argc, 2), optional(args, argc, 3));
}
static Value method_search(VM *vm, const Value *args, int argc) {
    return match_once(vm, to_pattern(args[0]), PROGRAM_SEARCH, args[1], optional(args, argc, 2), optional(args, argc, 3));
}
static Value method_findall(VM *vm, const Value *args, int argc) {
    return pattern_findall(vm, to_pattern(args[0]), args[1], optional(args, argc, 2), optional(args, argc, 3));
}
static Value method_finditer(VM *vm, const Value *args, int argc) {
    return pattern_finditer(vm, to_pattern(args[0]), args[1], optional(args, argc, 2), optional(args, argc, 3));
}
static Value method_scanner(VM *vm, const Value *args, int argc) {
    return pattern_scanner(vm, to_pattern(args[0]), args[1], optional(args, argc, 2), optional(args, argc, 3));
}
static Value method_split(VM *vm, const Value *args, int argc) { return pattern_split(vm, to_pattern(args[0]), args[1], optional(args, argc, 2)); }
static Value method_sub(VM *vm, const Value *args, int argc) {
    return pattern_sub(vm, to_pattern(args[0]), args[1], args[2], optional(args, argc, 3), false);
}
static Value method_subn(VM *vm, const Value *args, int argc) {
    return pattern_sub(vm, to_pattern(args[0]), args[1], args[2], optional(args, argc, 3), true);
}
static Value method_copy(VM *vm, const Value *args, int argc) { return args[0]; }
static Value class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

// ---- comparing and showing

static Value pattern_eq(VM *vm, const Value *args, int argc) {
    if (!is_pattern(vm, args[1])) return NOT_IMPLEMENTED;
    const Pattern *a = to_pattern(args[0]), *b = to_pattern(args[1]);
    if (a == b) return TRUE_VALUE;
    if (a->flags != b->flags || a->is_text != b->is_text) return FALSE_VALUE;
    int equal = values_equal(vm, a->pattern, b->pattern);
    return equal < 0 ? ERROR : from_bool(equal);
}

static Value pattern_hash(VM *vm, const Value *args, int argc) {
    int64_t hash;
    const Pattern *pattern = to_pattern(args[0]);
    if (!hash_value(vm, pattern->pattern, &hash)) return ERROR;
    return from_int((hash ^ ((int64_t)pattern->flags << 20) ^ pattern->is_text) >> 3);
}

static const struct { uint32_t flag; const char *name; } shown_flags[] = {
    {RE_TEMPLATE, "re.TEMPLATE"}, {RE_IGNORECASE, "re.IGNORECASE"}, {RE_LOCALE, "re.LOCALE"}, {RE_MULTILINE, "re.MULTILINE"},
    {RE_DOTALL, "re.DOTALL"}, {RE_UNICODE, "re.UNICODE"}, {RE_VERBOSE, "re.VERBOSE"}, {RE_DEBUG, "re.DEBUG"}, {RE_ASCII, "re.ASCII"}};

static Value method_repr(VM *vm, const Value *args, int argc) {
    const Pattern *pattern = to_pattern(args[0]);
    uint32_t flags = pattern->flags;
    if (pattern->is_text && (flags & RE_TYPE_FLAGS) == RE_UNICODE) flags &= ~(uint32_t)RE_UNICODE;
    Str *text = value_repr(vm, pattern->pattern);
    if (text != NULL) text = str_slice(vm, text, 0, REPR_MOST);
    if (text == NULL) return ERROR;
    StrBuilder b = STR_BUILDER(vm);
    str_builder_add_c(&b, "re.compile(");
    str_builder_add_str(&b, text);
    const char *before = ", ";
    for (size_t i = 0; i < sizeof shown_flags / sizeof shown_flags[0]; i++) {
        if (!(flags & shown_flags[i].flag)) continue;
        str_builder_add_c(&b, before);
        str_builder_add_c(&b, shown_flags[i].name);
        flags &= ~shown_flags[i].flag;
        before = "|";
    }
    if (flags != 0) {
        char hex[24];
        snprintf(hex, sizeof hex, "%s0x%x", before, flags);
        str_builder_add_c(&b, hex);
    }
    str_builder_add_c(&b, ")");
    return str_or_error(str_builder_finish(&b));
}

static const NativeDef pattern_methods[] = {
    {"match(self, /, string, pos=0, endpos=9223372036854775807)", method_match, "A match at the beginning of the text, or None.", 0},
    {"fullmatch(self, /, string, pos=0, endpos=9223372036854775807)", method_fullmatch, "A match of the whole text, or None.", 0},
    {"search(self, /, string, pos=0, endpos=9223372036854775807)", method_search, "The first match anywhere in the text, or None.", 0},
    {"findall(self, /, string, pos=0, endpos=9223372036854775807)", method_findall, "What all matches have found, as a list.", 0},
    {"finditer(self, /, string, pos=0, endpos=9223372036854775807)", method_finditer, "An iterator over all matches.", 0},
    {"scanner(self, /, string, pos=0, endpos=9223372036854775807)", method_scanner, NULL, 0},
    {"split(self, /, string, maxsplit=0)", method_split, "The text taken apart at the matches.", 0},
    {"sub(self, /, repl, string, count=0)", method_sub, "The text with the matches replaced by repl.", 0},
    {"subn(self, /, repl, string, count=0)", method_subn, "The tuple (text with the matches replaced by repl, how many there were).", 0},
    {"__eq__(self, value, /)", pattern_eq, NULL, 0},
    {"__hash__(self, /)", pattern_hash, NULL, 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {"__copy__(self, /)", method_copy, NULL, 0},
    {"__deepcopy__(self, memo, /)", method_copy, NULL, 0},
    {"__class_getitem__(cls, item, /)", class_getitem, "See PEP 585.", NATIVE_CLASS_METHOD},
    {0},
};

static Value get_pattern(VM *vm, Value self) { return to_pattern(self)->pattern; }
static Value get_flags(VM *vm, Value self) { return from_int(to_pattern(self)->flags); }
static Value get_groups(VM *vm, Value self) { return from_int(to_pattern(self)->groups); }
static Value get_groupindex(VM *vm, Value self) { return mappingproxy_new(vm, from_object(to_pattern(self)->groupindex)); }

static const GetSetDef pattern_getsets[] = {
    {"pattern", get_pattern, NULL, "The text that the pattern was made from."},
    {"flags", get_flags, NULL, "The flags, those in the pattern itself included."},
    {"groups", get_groups, NULL, "The number of groups."},
    {"groupindex", get_groupindex, NULL, "The numbers of the named groups."},
    {0},
};

bool pattern_classes_make(VM *vm, ReState *state) {
    state->pattern_class = re_class_make(vm, "re", "Pattern", sizeof(Pattern), pattern_methods, pattern_getsets, pattern_trace, pattern_free);
    if (state->pattern_class == NULL) return false;
    state->pattern_class->flags |= CLASS_HAS_WEAKREF;
    state->pattern_class->doc = "A regular expression.";
    return true;
}

// ---- functions

static Value re_compile(VM *vm, const Value *args, int argc) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 1));
    return pattern == NULL ? ERROR : from_object(pattern);
}
static Value match_function(VM *vm, const Value *args, int argc, ProgramKind kind) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 2));
    return pattern == NULL ? ERROR : match_once(vm, pattern, kind, args[1], UNDEFINED, UNDEFINED);
}
static Value re_match(VM *vm, const Value *args, int argc) { return match_function(vm, args, argc, PROGRAM_MATCH); }
static Value re_fullmatch(VM *vm, const Value *args, int argc) { return match_function(vm, args, argc, PROGRAM_FULLMATCH); }
static Value re_search(VM *vm, const Value *args, int argc) { return match_function(vm, args, argc, PROGRAM_SEARCH); }
static Value re_findall(VM *vm, const Value *args, int argc) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 2));
    return pattern == NULL ? ERROR : pattern_findall(vm, pattern, args[1], UNDEFINED, UNDEFINED);
}
static Value re_finditer(VM *vm, const Value *args, int argc) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 2));
    return pattern == NULL ? ERROR : pattern_finditer(vm, pattern, args[1], UNDEFINED, UNDEFINED);
}
static Value re_split(VM *vm, const Value *args, int argc) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 3));
    return pattern == NULL ? ERROR : pattern_split(vm, pattern, args[1], optional(args, argc, 2));
}
static Value re_sub(VM *vm, const Value *args, int argc) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 4));
    return pattern == NULL ? ERROR : pattern_sub(vm, pattern, args[1], args[2], optional(args, argc, 3), false);
}
static Value re_subn(VM *vm, const Value *args, int argc) {
    Pattern *pattern = pattern_argument(vm, args[0], optional(args, argc, 4));
    return pattern == NULL ? ERROR : pattern_sub(vm, pattern, args[1], args[2], optional(args, argc, 3), true);
}

static Value re_purge(VM *vm, const Value *args, int argc) {
    dict_clear(vm, vm->re->cache);
    vm->re->recent_pattern = vm->re->recent = UNDEFINED;
    return NONE;
}

static bool is_special(uint32_t c) { return c != 0 && c < 128 && strchr("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", (int)c) != NULL; }

static Value re_escape(VM *vm, const Value *args, int argc) {
    StrBuilder b = STR_BUILDER(vm);
    if (is_str(args[0])) {
        Str *text = to_str(args[0]);
        const char *data = str_data(vm, text);
        if (data == NULL || !text_charge(vm, text->size)) return ERROR;
        for (size_t at = 0, from = 0; at <= text->size; at++) {
            bool end = at == text->size, special = !end && is_special((uint8_t)data[at]);
            if (!end && !special) continue;
            str_builder_add(&b, data + from, at - from);
            if (special) str_builder_add_c(&b, "\\");
            from = at;
        }
        gc_keep(text);
        return str_or_error(str_builder_finish(&b));
    }
    const uint8_t *data;
    size_t size;
    if (!is_bytes(args[0]) && !is_bytearray(args[0]) && !is_memoryview(args[0]))
        return raise_type_error(vm, "decoding to str: need a bytes-like object, %T found", args[0]);
    if (!bytes_like(vm, args[0], &data, &size)) return ERROR;
    for (size_t i = 0; i < size; i++) {
        if (is_special(data[i])) str_builder_put_bytes(&b, "\\", 1);
        str_builder_put_bytes(&b, &data[i], 1);
    }
    return bytes_or_error(str_builder_finish_bytes(&b));
}

static Value re_setup(VM *vm, const Value *args, int argc) {
    if (!is_class(args[0]) || !is_class(args[1])) return raise_type_error(vm, "_setup() takes two classes");
    vm->re->error = to_class(args[0]);
    vm->re->flag_class = to_class(args[1]);
    return NONE;
}

const NativeDef re_functions[] = {
    {"compile(pattern, flags=0)", re_compile, "A Pattern made from a text.", 0},
    {"match(pattern, string, flags=0)", re_match, "A match at the beginning of the text, or None.", 0},
    {"fullmatch(pattern, string, flags=0)", re_fullmatch, "A match of the whole text, or None.", 0},
    {"search(pattern, string, flags=0)", re_search, "The first match anywhere in the text, or None.", 0},
    {"findall(pattern, string, flags=0)", re_findall, "What all matches have found, as a list: texts, or tuples when the pattern has several groups.", 0},
    {"finditer(pattern, string, flags=0)", re_finditer, "An iterator over all matches.", 0},
    {"split(pattern, string, maxsplit=0, flags=0)", re_split, "The text taken apart at the matches; groups of the pattern are in the list as well.", 0},
    {"sub(pattern, repl, string, count=0, flags=0)", re_sub, "The text with the matches replaced by repl, a template or a function of the match.", 0},
    {"subn(pattern, repl, string, count=0, flags=0)", re_subn, "The tuple (text with the matches replaced by repl, how many there were).", 0},
    {"purge()", re_purge, "Forgets the patterns that have been compiled from texts.", 0},
    {"escape(pattern)", re_escape, "The text with a backslash before every special character.", 0},
    {"_setup(error, flags, /)", re_setup, NULL, 0},
    {0},
};

// ---- DEBUG

static bool show_tree(VM *vm, const Pattern *pattern) {
    Translation translation;
    if (!translate(vm, vm->re, &pattern->tree, PROGRAM_SEARCH, pattern->is_text, &translation)) {
        translation_free(vm, &translation);
        return false;
    }
    Str *text = str_new(vm, translation.text, translation.size);
    translation_free(vm, &translation);
    if (text == NULL) return false;
    Str *name = str_intern_c(vm, "print");
    Value print = name == NULL ? ERROR : dict_get_str(vm, vm->builtins, name);
    return !is_error(print) && (is_undefined(print) || !is_error(call1(vm, print, from_object(text))));
}
#endif
