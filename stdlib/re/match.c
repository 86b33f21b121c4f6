// Match objects, and the texts that patterns search.
//
// A match keeps byte offsets; characters are counted when somebody asks for positions, by the index that the string keeps itself.
#include "stdlib/re/re.h"

#include "vm/types/descriptor.h"

#ifdef COIL_HAVE_PCRE2

// ---- subjects

static Value wrong_subject(VM *vm, const Pattern *pattern, Value string) {
    if (is_str(string)) return raise_type_error(vm, "cannot use a bytes pattern on a string-like object");
    if (pattern->is_text) return raise_type_error(vm, "cannot use a string pattern on a bytes-like object");
    return ERROR;
}

static bool read_range(VM *vm, Value value, size_t length, size_t otherwise, size_t *out) {
    ptrdiff_t at;
    *out = otherwise;
    if (is_undefined(value)) return true;
    if (!index_as_clamped(vm, value, &at)) return false;
    *out = at < 0 ? 0 : (size_t)at > length ? length : (size_t)at;
    return true;
}

bool subject_open(VM *vm, Pattern *pattern, Subject *s, Value string, Value pos, Value endpos) {
    *s = (Subject){.string = string, .is_text = is_str(string)};
    size_t length;
    if (s->is_text) {
        length = to_str(string)->length;
    } else {
        const uint8_t *data;
        if (!is_bytes(string) && !is_bytearray(string) && !is_memoryview(string)) {
            raise_type_error(vm, "expected string or bytes-like object, got '%T'", string);
            return false;
        }
        if (!bytes_like(vm, string, &data, &s->size)) return false;
        length = s->size;
    }
    if (s->is_text != pattern->is_text) {
        wrong_subject(vm, pattern, string);
        return false;
    }
    if (!read_range(vm, pos, length, 0, &s->pos) || !read_range(vm, endpos, length, length, &s->endpos)) return false;
    if (s->is_text) {
        Str *text = to_str(string);
        s->data = str_data(vm, text);
        if (s->data == NULL) return false;
        s->size = text->size;
        s->utf = !str_is_ascii(text);
        s->start = s->pos == 0 ? 0 : str_byte_offset(vm, text, s->pos);
        s->end = s->endpos == length ? s->size : str_byte_offset(vm, text, s->endpos);
        return true;
    }
    // __index__ may have changed a bytearray.
    const uint8_t *data;
    if (!bytes_like(vm, string, &data, &s->size)) return false;
    s->data = (const char *)data;
    if (s->pos > s->size) s->pos = s->size;
    if (s->endpos > s->size) s->endpos = s->size;
    s->start = s->pos;
    s->end = s->endpos;
    Value exporter = is_memoryview(string) ? to_memoryview(string)->exporter : string;
    if (is_bytearray(exporter)) {
        s->locked = to_bytearray(exporter);
        bytearray_lock(s->locked);
    }
    return true;
}

void subject_close(Subject *s) {
    if (s->locked != NULL) bytearray_unlock(s->locked);
    s->locked = NULL;
    gc_keep_value(s->string);
}

static Value slice_text(VM *vm, Value string, const char *data, size_t from, size_t to) {
    Str *text = to_str(string);
    if (from >= to) return from_object(vm->empty_str);
    if (from == 0 && to == text->size) return str_exact(vm, text);
    return str_or_error(str_is_ascii(text) ? str_new_ascii(vm, data + from, to - from) : str_new(vm, data + from, to - from));
}

static Value slice_bytes(VM *vm, Value string, const char *data, size_t size, size_t from, size_t to) {
    if (to > size) to = size;
    if (from > to) from = to;
    if (from == 0 && to == size && is_bytes(string) && class_of(vm, string) == vm->types.bytes) return string;
    return bytes_or_error(bytes_new(vm, data + from, to - from));
}

Value subject_slice(VM *vm, const Subject *s, size_t from, size_t to) {
    Value slice = s->is_text ? slice_text(vm, s->string, s->data, from, to) : slice_bytes(vm, s->string, s->data, s->size, from, to);
    gc_keep_value(s->string);
    return slice;
}

// ---- making

static void match_trace(VM *vm, Object *object) {
    Match *match = (Match *)object;
    gc_mark_object(vm, match->pattern);
    gc_mark_value(vm, match->string);
}

Value match_new(VM *vm, Pattern *pattern, const Subject *s, const Found *found) {
    uint32_t groups = pattern->groups + 1;
    Match *match = object_new_of(vm, vm->re->match_class, sizeof *match + groups * 2 * sizeof match->spans[0]);
    if (UNLIKELY(match == NULL)) return ERROR;
    match->pattern = pattern;
    match->string = s->string;
    match->pos = (ptrdiff_t)s->pos;
    match->endpos = (ptrdiff_t)s->endpos;
    match->lastindex = (int32_t)found->lastindex;
    match->groups = groups;
    match->is_text = s->is_text;
    match->ascii = !s->utf;
    // PCRE2 has a size_t of all ones where a group did not take part.
    memcpy(match->spans, found->spans, groups * 2 * sizeof match->spans[0]);
    return from_object(match);
}

// ---- groups

int64_t match_group_index(VM *vm, Match *match, Value index) {
    int64_t number = -1;
    Value plain = int_or_bool(index);
    if (is_int(plain)) {
        number = to_int(plain);
    } else if (is_bigint(plain)) {
        number = -1;
    } else if (is_str(index)) {
        Value found = dict_get(vm, match->pattern->groupindex, index);
        if (is_error(found)) return -1;
        if (is_int(found)) number = to_int(found);
    } else if (!is_undefined(class_special(vm, class_of(vm, index), SPECIAL_INDEX))) {
        ptrdiff_t converted;
        if (!index_as_ssize(vm, index, &converted)) return -1;
        number = converted;
    }
    if (number >= 0 && number < (int64_t)match->groups) return number;
    raise_error(vm, vm->exc.IndexError, "no such group");
    return -1;
}

Value match_group(VM *vm, Match *match, uint32_t group, Value otherwise) {
    ptrdiff_t from = match->spans[2 * group], to = match->spans[2 * group + 1];
    if (from < 0) return otherwise;
    Value result;
    if (match->is_text) {
        const char *data = str_data(vm, to_str(match->string));
        result = data == NULL ? ERROR : slice_text(vm, match->string, data, (size_t)from, (size_t)to);
    } else {
        const uint8_t *data;
        size_t size;
        if (!bytes_like(vm, match->string, &data, &size)) return ERROR;
        result = slice_bytes(vm, match->string, (const char *)data, size, (size_t)from, (size_t)to);
    }
    gc_keep(match);
    return result;
}

static ptrdiff_t position(VM *vm, const Match *match, uint32_t group, int end) {
    ptrdiff_t at = match->spans[2 * group + (uint32_t)end];
    return at < 0 || match->ascii ? at : (ptrdiff_t)str_index_of_byte(vm, to_str(match->string), (size_t)at);
}

static Value span_of(VM *vm, const Match *match, uint32_t group) {
    Tuple *span = tuple_pack(vm, 2, from_int(position(vm, match, group, 0)), from_int(position(vm, match, group, 1)));
    return span == NULL ? ERROR : from_object(span);
}

// ---- methods

static Value method_group(VM *vm, const Value *args, int argc) {
    Match *match = to_match(args[0]);
    if (argc == 1) return match_group(vm, match, 0, NONE);
    if (argc == 2) {
        int64_t group = match_group_index(vm, match, args[1]);
        return group < 0 ? ERROR : match_group(vm, match, (uint32_t)group, NONE);
    }
    Tuple *result = tuple_new(vm, (size_t)argc - 1);
    if (result == NULL) return ERROR;
    for (int i = 1; i < argc; i++) result->items[i - 1] = NONE;
    for (int i = 1; i < argc; i++) {
        int64_t group = match_group_index(vm, match, args[i]);
        Value item = group < 0 ? ERROR : match_group(vm, match, (uint32_t)group, NONE);
        if (is_error(item)) return ERROR;
        result->items[i - 1] = item;
        gc_write_barrier(vm, result);
    }
    return from_object(result);
}

static Value method_getitem(VM *vm, const Value *args, int argc) {
    Match *match = to_match(args[0]);
    int64_t group = match_group_index(vm, match, args[1]);
    return group < 0 ? ERROR : match_group(vm, match, (uint32_t)group, NONE);
}

static Value method_groups(VM *vm, const Value *args, int argc) {
    Match *match = to_match(args[0]);
    Value otherwise = arg_or(args, argc, 1, NONE);
    Tuple *result = tuple_new(vm, match->groups - 1);
    if (result == NULL) return ERROR;
    for (uint32_t i = 1; i < match->groups; i++) result->items[i - 1] = NONE;
    for (uint32_t i = 1; i < match->groups; i++) {
        Value item = match_group(vm, match, i, otherwise);
        if (is_error(item)) return ERROR;
        result->items[i - 1] = item;
        gc_write_barrier(vm, result);
    }
    return from_object(result);
}

static Value method_groupdict(VM *vm, const Value *args, int argc) {
    Match *match = to_match(args[0]);
    Value otherwise = arg_or(args, argc, 1, NONE), name, number;
    Dict *result = dict_new(vm);
    size_t position = 0;
    while (result != NULL && dict_next(match->pattern->groupindex, &position, &name, &number)) {
        Value item = match_group(vm, match, (uint32_t)to_int(number), otherwise);
        if (is_error(item) || !dict_set(vm, result, name, item)) return ERROR;
    }
    return result == NULL ? ERROR : from_object(result);
}

static int64_t group_argument(VM *vm, const Value *args, int argc) {
    return argc < 2 || is_undefined(args[1]) ? 0 : match_group_index(vm, to_match(args[0]), args[1]);
}
static Value method_start(VM *vm, const Value *args, int argc) {
    int64_t group = group_argument(vm, args, argc);
    return group < 0 ? ERROR : from_int(position(vm, to_match(args[0]), (uint32_t)group, 0));
}
static Value method_end(VM *vm, const Value *args, int argc) {
    int64_t group = group_argument(vm, args, argc);
    return group < 0 ? ERROR : from_int(position(vm, to_match(args[0]), (uint32_t)group, 1));
}
static Value method_span(VM *vm, const Value *args, int argc) {
    int64_t group = group_argument(vm, args, argc);
    return group < 0 ? ERROR : span_of(vm, to_match(args[0]), (uint32_t)group);
}
static Value method_expand(VM *vm, const Value *args, int argc) { return match_expand(vm, to_match(args[0]), args[1]); }
static Value method_copy(VM *vm, const Value *args, int argc) { return args[0]; }

static Value method_repr(VM *vm, const Value *args, int argc) {
    Match *match = to_match(args[0]);
    Value text = match_group(vm, match, 0, NONE);
    Str *shown = is_error(text) ? NULL : value_repr(vm, text);
    if (shown != NULL) shown = str_slice(vm, shown, 0, 50);
    if (shown == NULL) return ERROR;
    return str_or_error(str_printf(vm, "<re.Match object; span=(%zd, %zd), match=%S>", position(vm, match, 0, 0), position(vm, match, 0, 1), shown));
}

static Value class_getitem(VM *vm, const Value *args, int argc) { return generic_alias_new(vm, args[0], args[1]); }

static const NativeDef match_methods[] = {
    {"group(self, /, *groups)", method_group, "One or more groups of the match; without arguments all of it.", 0},
    {"__getitem__(self, key, /)", method_getitem, "A group of the match.", 0},
    {"groups(self, /, default=None)", method_groups, "All groups as a tuple, default for those that took no part.", 0},
    {"groupdict(self, /, default=None)", method_groupdict, "The named groups as a dict, default for those that took no part.", 0},
    {"start(self, group=0, /)", method_start, "Where the group begins in the text, -1 if it took no part.", 0},
    {"end(self, group=0, /)", method_end, "Where the group ends in the text, -1 if it took no part.", 0},
    {"span(self, group=0, /)", method_span, "(start, end) of the group.", 0},
    {"expand(self, /, template)", method_expand, "The template with its group references replaced, as sub() does.", 0},
    {"__repr__(self, /)", method_repr, NULL, 0},
    {"__copy__(self, /)", method_copy, NULL, 0},
    {"__deepcopy__(self, memo, /)", method_copy, NULL, 0},
    {"__class_getitem__(cls, item, /)", class_getitem, "See PEP 585.", NATIVE_CLASS_METHOD},
    {0},
};

// ---- attributes

static Value get_string(VM *vm, Value self) { return to_match(self)->string; }
static Value get_re(VM *vm, Value self) { return from_object(to_match(self)->pattern); }
static Value get_pos(VM *vm, Value self) { return from_int(to_match(self)->pos); }
static Value get_endpos(VM *vm, Value self) { return from_int(to_match(self)->endpos); }
static Value get_lastindex(VM *vm, Value self) { return to_match(self)->lastindex > 0 ? from_int(to_match(self)->lastindex) : NONE; }
static Value get_lastgroup(VM *vm, Value self) {
    const Match *match = to_match(self);
    return match->lastindex > 0 ? match->pattern->group_names->items[match->lastindex - 1] : NONE;
}
static Value get_regs(VM *vm, Value self) {
    Match *match = to_match(self);
    Tuple *regs = tuple_new(vm, match->groups);
    if (regs == NULL) return ERROR;
    for (uint32_t i = 0; i < match->groups; i++) regs->items[i] = NONE;
    for (uint32_t i = 0; i < match->groups; i++) {
        Value span = span_of(vm, match, i);
        if (is_error(span)) return ERROR;
        regs->items[i] = span;
        gc_write_barrier(vm, regs);
    }
    return from_object(regs);
}

static const GetSetDef match_getsets[] = {
    {"string", get_string, NULL, "The text that was searched."},
    {"re", get_re, NULL, "The pattern that has matched."},
    {"pos", get_pos, NULL, "Where the search began."},
    {"endpos", get_endpos, NULL, "Where the search had to end."},
    {"lastindex", get_lastindex, NULL, "The number of the group that was closed last, or None."},
    {"lastgroup", get_lastgroup, NULL, "The name of the group that was closed last, or None."},
    {"regs", get_regs, NULL, "The spans of all groups."},
    {0},
};

bool match_class_make(VM *vm, ReState *state) {
    state->match_class = re_class_make(vm, "re", "Match", sizeof(Match), match_methods, match_getsets, match_trace, NULL);
    if (state->match_class == NULL) return false;
    state->match_class->doc = "The result of a match that succeeded.";
    return true;
}
#endif
