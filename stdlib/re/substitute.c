// sub, subn and expand: replacement templates, and putting the new text together.
#include "stdlib/re/re.h"

#ifdef COIL_HAVE_PCRE2

// A template that has been parsed: literal texts (str or bytes) and numbers of groups, in order.
typedef struct Template { Object head; Tuple *parts; } Template;

static void template_trace(VM *vm, Object *object) { gc_mark_object(vm, ((Template *)object)->parts); }

bool template_class_make(VM *vm, ReState *state) {
    state->template_class = re_class_make(vm, "re", "Template", sizeof(Template), NULL, NULL, template_trace, NULL);
    return state->template_class != NULL;
}

// ---- parsing

typedef struct TemplateParser { VM *vm; Reader r; const Pattern *pattern; List *parts; StrBuilder literal; } TemplateParser;

static bool put_literal(TemplateParser *p, uint32_t c) {
    if (p->r.is_text) return str_builder_put(&p->literal, c);
    uint8_t byte = (uint8_t)c;
    return str_builder_put_bytes(&p->literal, &byte, 1);
}

static bool end_literal(TemplateParser *p) {
    if (p->literal.size == 0 && !p->literal.failed) return true;
    Value text = p->r.is_text ? str_or_error(str_builder_finish(&p->literal)) : bytes_or_error(str_builder_finish_bytes(&p->literal));
    p->literal = STR_BUILDER(p->vm);
    return !is_error(text) && list_append(p->vm, p->parts, text);
}

static bool add_group(TemplateParser *p, uint32_t group, size_t offset) {
    if (group > p->pattern->groups) return reader_error(&p->r, offset, "invalid group reference %u", group);
    return end_literal(p) && list_append(p->vm, p->parts, from_int(group));
}

// "\g" has been read.
static bool parse_named(TemplateParser *p) {
    VM *vm = p->vm;
    Reader *r = &p->r;
    GroupName name;
    int opened = reader_match(r, '<');
    if (opened <= 0) return opened == 0 && reader_error(r, 0, "missing <");
    if (!reader_until(r, '>', "group name", &name)) return false;
    uint32_t group;
    if (reader_name_is_identifier(r, name)) {
        if (!reader_check_name(r, name, 1)) return false;
        Str *text = reader_text(r, name.start, name.length);
        Value found = text == NULL ? ERROR : dict_get(vm, p->pattern->groupindex, from_object(text));
        if (is_error(found)) return false;
        if (is_undefined(found)) return raise_error(vm, vm->exc.IndexError, "unknown group name %R", from_object(text)), false;
        group = (uint32_t)to_int(found);
    } else if (!reader_group_number(r, name, &group)) {
        return false;
    }
    return add_group(p, group, name.length + 1);
}

static bool next_is_octal(const Reader *r) { return r->next >= 0 && reader_is_digit(r, 8); }

// A backslash and a digit have been read: an octal escape or a group.
static bool parse_digits(TemplateParser *p, PatternToken token) {
    Reader *r = &p->r;
    uint32_t value = (uint32_t)(token.c - '0');
    if (token.c == '0') {
        for (int i = 0; i < 2 && next_is_octal(r); i++) {
            value = value * 8 + (uint32_t)(r->next - '0');
            if (!reader_advance(r)) return false;
        }
        return put_literal(p, value & 0xff);
    }
    size_t length = 2;
    if (r->next >= 0 && reader_is_digit(r, 10)) {
        int64_t second = r->next;
        value = value * 10 + (uint32_t)(second - '0');
        length++;
        if (!reader_advance(r)) return false;
        if (token.c <= '7' && second <= '7' && next_is_octal(r)) {
            uint32_t c = (uint32_t)((token.c - '0') * 64 + (second - '0') * 8 + (r->next - '0'));
            if (!reader_advance(r)) return false;
            if (c <= 0377) return put_literal(p, c);
            Str *text = reader_text(r, reader_tell(r) - 4, 4);
            return text != NULL && reader_error(r, 4, "octal escape value %S outside of range 0-0o377", text);
        }
    }
    return add_group(p, value, length - 1);
}

static bool parse_escape(TemplateParser *p, PatternToken token) {
    uint32_t c;
    if (token.c == 'g') return parse_named(p);
    if (token.c >= '0' && token.c <= '9') return parse_digits(p, token);
    if (simple_escape(token.c, &c)) return put_literal(p, c);
    if ((token.c >= 'a' && token.c <= 'z') || (token.c >= 'A' && token.c <= 'Z')) return reader_error(&p->r, 2, "bad escape \\%c", (int)token.c);
    return put_literal(p, '\\') && put_literal(p, (uint32_t)token.c);
}

static bool parse_parts(TemplateParser *p) {
    while (p->r.next >= 0) {
        PatternToken token;
        if (!reader_get(&p->r, &token)) return false;
        if (!(token.escaped ? parse_escape(p, token) : put_literal(p, (uint32_t)token.c))) return false;
    }
    return end_literal(p);
}

static Value template_parse(VM *vm, const Pattern *pattern, Value source) {
    ReState *state = vm->re;
    if (!is_str(source) && !is_bytes(source) && !is_bytearray(source) && !is_memoryview(source))
        return raise_type_error(vm, "decoding to str: need a bytes-like object, %T found", source);
    TemplateParser p = {.vm = vm, .pattern = pattern, .parts = list_new(vm, 0), .literal = STR_BUILDER(vm)};
    if (p.parts == NULL) return ERROR;
    bool fine = reader_open(&p.r, vm, state, source) && parse_parts(&p);
    reader_close(&p.r);
    str_builder_cancel(&p.literal);
    Tuple *parts = fine ? tuple_from_list(vm, p.parts) : NULL;
    Template *result = parts == NULL ? NULL : object_new_of(vm, state->template_class, sizeof *result);
    if (result == NULL) return ERROR;
    result->parts = parts;
    return from_object(result);
}

// ---- putting together

typedef struct Output { VM *vm; StrBuilder b; bool is_text; size_t pieces; } Output;

// Adds what stands in the text itself.
static bool output_raw(Output *out, const Subject *s, size_t from, size_t to) {
    if (from >= to) return true;
    out->pieces++;
    return out->is_text ? str_builder_add(&out->b, s->data + from, to - from) : str_builder_put_bytes(&out->b, s->data + from, to - from);
}

static bool output_value(Output *out, Value piece) {
    VM *vm = out->vm;
    size_t number = out->pieces++;
    if (out->is_text) {
        if (is_str(piece)) return str_builder_add_str(&out->b, to_str(piece));
        raise_type_error(vm, "sequence item %zu: expected str instance, %T found", number, piece);
        return false;
    }
    const uint8_t *data;
    size_t size;
    if (is_bytes(piece) || is_bytearray(piece) || is_memoryview(piece)) return bytes_like(vm, piece, &data, &size) && str_builder_put_bytes(&out->b, data, size);
    raise_type_error(vm, "sequence item %zu: expected a bytes-like object, %T found", number, piece);
    return false;
}

static Value output_finish(Output *out) {
    return out->is_text ? str_or_error(str_builder_finish(&out->b)) : bytes_or_error(str_builder_finish_bytes(&out->b));
}

static bool output_template(Output *out, const Template *template, const Subject *s, const Found *found) {
    for (size_t i = 0; i < template->parts->count; i++) {
        Value part = template->parts->items[i];
        if (!is_int(part)) {
            if (!output_value(out, part)) return false;
            continue;
        }
        size_t group = (size_t)to_int(part), from = found->spans[2 * group];
        if (from != (size_t)-1 && !output_raw(out, s, from, found->spans[2 * group + 1])) return false;
    }
    return true;
}

// ---- sub

// What to replace by: something to call, a template, or a text as it stands.
typedef struct Replacement { Value function, text; Template *template; } Replacement;

static bool has_backslash(VM *vm, Value text, bool *out) {
    const uint8_t *data;
    size_t size;
    if (is_str(text)) {
        const char *chars = str_data(vm, to_str(text));
        if (chars == NULL) return false;
        *out = memchr(chars, '\\', to_str(text)->size) != NULL;
        return true;
    }
    *out = true;
    if (!is_bytes(text) && !is_bytearray(text) && !is_memoryview(text)) return true;
    if (!bytes_like(vm, text, &data, &size)) return false;
    *out = size > 0 && memchr(data, '\\', size) != NULL;
    return true;
}

static bool replacement_open(VM *vm, Pattern *pattern, Value repl, Replacement *out) {
    *out = (Replacement){UNDEFINED, UNDEFINED, NULL};
    bool special;
    if (!is_str(repl) && is_callable(vm, repl)) {
        out->function = repl;
        return true;
    }
    if (!has_backslash(vm, repl, &special)) return false;
    if (!special) {
        out->text = repl;
        return true;
    }
    if (is_undefined(pattern->repl) || !value_same(pattern->repl, repl)) {
        Value template = template_parse(vm, pattern, repl);
        if (is_error(template)) return false;
        // Only what cannot change may be recognised again by what it is.
        if (!is_str(repl) && !is_bytes(repl)) {
            out->template = (Template *)to_object(template);
            return true;
        }
        pattern->repl = repl;
        pattern->repl_template = template;
        gc_write_barrier(vm, pattern);
    }
    out->template = (Template *)to_object(pattern->repl_template);
    return true;
}

static bool replace_one(VM *vm, Pattern *pattern, Output *out, const Replacement *replacement, const Subject *s, const Found *found) {
    if (replacement->template != NULL) return output_template(out, replacement->template, s, found);
    if (is_undefined(replacement->function)) return output_value(out, replacement->text);
    Value match = match_new(vm, pattern, s, found);
    Value piece = is_error(match) ? ERROR : call1(vm, replacement->function, match);
    return !is_error(piece) && (is_none(piece) || output_value(out, piece));
}

Value pattern_sub(VM *vm, Pattern *pattern, Value repl, Value string, Value count, bool with_count) {
    Subject s;
    Replacement replacement;
    ptrdiff_t most = 0, n = 0;
    if (!is_undefined(count) && !index_as_ssize(vm, count, &most)) return ERROR;
    if (!replacement_open(vm, pattern, repl, &replacement) || !subject_open(vm, pattern, &s, string, UNDEFINED, UNDEFINED)) return ERROR;
    Output out = {vm, STR_BUILDER(vm), s.is_text, 0};
    size_t last = 0;
    bool not_empty = false, fine = true;
    for (; fine && (most == 0 || n < most); n++) {
        Found found;
        int status = engine_match(vm, pattern, PROGRAM_SEARCH, &s, last, not_empty, &found);
        if (status <= 0) {
            fine = status == 0;
            break;
        }
        size_t from = found.spans[0], to = found.spans[1];
        fine = output_raw(&out, &s, last, from) && replace_one(vm, pattern, &out, &replacement, &s, &found);
        not_empty = from == to;
        last = to;
    }
    Value result = ERROR;
    if (fine && n == 0) result = subject_slice(vm, &s, 0, s.end);
    else if (fine && output_raw(&out, &s, last, s.end)) result = output_finish(&out);
    str_builder_cancel(&out.b);
    subject_close(&s);
    gc_keep(replacement.template);
    if (is_error(result)) {
        if (!is_raised(vm)) raise_no_memory(vm);
        return ERROR;
    }
    if (!with_count) return result;
    Tuple *pair = tuple_pack(vm, 2, result, from_int(n));
    return pair == NULL ? ERROR : from_object(pair);
}

Value match_expand(VM *vm, Match *match, Value text) {
    Value parsed = template_parse(vm, match->pattern, text);
    if (is_error(parsed)) return ERROR;
    const Template *template = (const Template *)to_object(parsed);
    Output out = {vm, STR_BUILDER(vm), match->is_text, 0};
    bool fine = true;
    for (size_t i = 0; i < template->parts->count && fine; i++) {
        Value part = template->parts->items[i];
        if (is_int(part)) part = match_group(vm, match, (uint32_t)to_int(part), NONE);
        fine = !is_error(part) && (is_none(part) || output_value(&out, part));
    }
    Value result = fine ? output_finish(&out) : ERROR;
    str_builder_cancel(&out.b);
    gc_keep(template);
    if (is_error(result) && !is_raised(vm)) raise_no_memory(vm);
    return result;
}
#endif
