// Reader: the tokens of patterns and replacement templates, names and numbers in them, and re.error with the place where it happened.
#include "stdlib/re/re.h"

#include "base/unicode.h"
#include "base/unicode_names.h"
#include "vm/warnings.h"

#ifdef COIL_HAVE_PCRE2

// ---- tokens

bool reader_advance(Reader *r) {
    size_t at = r->index;
    r->escaped = false;
    if (at >= r->length) {
        r->next = -1;
        return true;
    }
    uint32_t c = r->text[at++];
    if (c == '\\') {
        if (at >= r->length) return reader_error_at(r, (int64_t)r->length - 1, "bad escape (end of pattern)");
        c = r->text[at++];
        r->escaped = true;
    }
    r->index = at;
    r->next = c;
    return true;
}

bool reader_seek(Reader *r, size_t index) {
    r->index = index;
    return reader_advance(r);
}

bool reader_get(Reader *r, PatternToken *out) {
    *out = (PatternToken){r->next, r->escaped};
    return reader_advance(r);
}

int reader_match(Reader *r, char c) {
    if (!reader_at(r, c)) return 0;
    return reader_advance(r) ? 1 : -1;
}

static int digit_value(int64_t c) {
    return c >= '0' && c <= '9' ? (int)c - '0' : c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : c >= 'A' && c <= 'F' ? (int)c - 'A' + 10 : 99;
}
bool reader_is_digit(const Reader *r, int base) { return !r->escaped && digit_value(r->next) < base; }

static bool decode_text(Reader *r, const char *data, size_t size) {
    for (size_t at = 0, i = 0; at < size; i++) at += utf8_decode(data + at, &r->text[i]);
    return true;
}

bool reader_open(Reader *r, VM *vm, ReState *state, Value source) {
    *r = (Reader){.vm = vm, .state = state, .source = source, .is_text = is_str(source)};
    size_t size;
    const uint8_t *bytes = NULL;
    const char *data = NULL;
    if (r->is_text) {
        data = str_data(vm, to_str(source));
        if (data == NULL) return false;
        r->length = to_str(source)->length;
    } else if (!bytes_like(vm, source, &bytes, &r->length)) {
        return false;
    }
    if (!size_for(vm, r->length + 1, sizeof *r->text, 0, &size) || !heap_would_fit(vm, size) || !vm_charge(vm, r->length / 16)) return false;
    r->text = buffer_new_unset(vm, size);
    if (r->text == NULL) return false;
    if (r->is_text) {
        decode_text(r, data, to_str(source)->size);
    } else {
        if (!bytes_like(vm, source, &bytes, &size) || size < r->length) return false;
        for (size_t i = 0; i < r->length; i++) r->text[i] = bytes[i];
    }
    return reader_advance(r);
}

void reader_close(Reader *r) {
    if (r->text != NULL) buffer_free(r->vm, r->text, (r->length + 1) * sizeof *r->text);
    r->text = NULL;
}

Str *reader_text(Reader *r, size_t start, size_t length) {
    StrBuilder b = STR_BUILDER(r->vm);
    for (size_t i = 0; i < length; i++) str_builder_add_char(&b, r->text[start + i]);
    return str_builder_finish(&b);
}

// ---- errors

// Messages about bytes are ASCII.
static Str *escape_message(VM *vm, Str *message) {
    if (message == NULL || str_is_ascii(message)) return message;
    const char *data = str_data(vm, message);
    if (data == NULL) return NULL;
    StrBuilder b = STR_BUILDER(vm);
    for (size_t at = 0; at < message->size;) {
        uint32_t c;
        at += utf8_decode(data + at, &c);
        if (c < 128) {
            str_builder_add_char(&b, c);
            continue;
        }
        char escape[12];
        snprintf(escape, sizeof escape, c < 256 ? "\\x%02x" : "\\u%04x", c);
        str_builder_add_c(&b, escape);
    }
    return str_builder_finish(&b);
}

static bool raise_at(Reader *r, int64_t position, Str *message) {
    VM *vm = r->vm;
    if (!r->is_text) message = escape_message(vm, message);
    if (message == NULL) return false;
    Value args[3] = {from_object(message), r->source, position < 0 ? NONE : from_int(position)};
    raise_with_args(vm, r->state->error, position < 0 ? 1 : 3, args);
    return false;
}

bool reader_error(Reader *r, size_t offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Str *message = format_message(r->vm, format, args);
    va_end(args);
    return raise_at(r, (int64_t)reader_tell(r) - (int64_t)offset, message);
}

bool reader_error_at(Reader *r, int64_t position, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Str *message = format_message(r->vm, format, args);
    va_end(args);
    return raise_at(r, position, message);
}

// ---- names

bool reader_until(Reader *r, char end, const char *what, GroupName *out) {
    size_t start = reader_tell(r);
    for (;;) {
        size_t length = reader_tell(r) - start;
        if (r->next < 0) {
            return length == 0 ? reader_error(r, 0, "missing %s", what) : reader_error(r, length, "missing %c, unterminated name", end);
        }
        if (reader_at(r, end)) {
            if (!reader_advance(r)) return false;
            if (length == 0) return reader_error(r, 1, "missing %s", what);
            *out = (GroupName){start, length};
            return true;
        }
        if (!reader_advance(r)) return false;
    }
}

bool reader_name_is_identifier(Reader *r, GroupName name) {
    for (size_t i = 0; i < name.length; i++) {
        uint32_t c = r->text[name.start + i];
        if (c != '_' && !(i == 0 ? unicode_is_xid_start(c) : unicode_is_xid_continue(c))) return false;
    }
    return name.length > 0;
}

static bool warn_name(Reader *r, GroupName name, size_t position) {
    Str *text = reader_text(r, name.start, name.length);
    Str *shown = text == NULL ? NULL : r->is_text ? value_repr(r->vm, from_object(text)) : value_ascii(r->vm, from_object(text));
    return shown != NULL &&
           vm_warn(r->vm, r->vm->exc.DeprecationWarning, 1, "bad character in group name %S at position %zu", shown, position);
}

bool reader_check_name(Reader *r, GroupName name, size_t offset) {
    if (!reader_name_is_identifier(r, name)) {
        Str *text = reader_text(r, name.start, name.length);
        return text != NULL && reader_error(r, name.length + offset, "bad character in group name %R", from_object(text));
    }
    if (r->is_text) return true;
    for (size_t i = 0; i < name.length; i++)
        if (r->text[name.start + i] >= 128) return warn_name(r, name, reader_tell(r) - name.length - offset);
    return true;
}

bool reader_group_number(Reader *r, GroupName name, uint32_t *out) {
    VM *vm = r->vm;
    bool plain = true;
    for (size_t i = 0; i < name.length; i++) plain &= r->text[name.start + i] >= '0' && r->text[name.start + i] <= '9';
    Str *text = reader_text(r, name.start, name.length);
    if (text == NULL) return false;
    // int() takes more than digits: spaces, signs, underscores.
    Value number = call1(vm, from_object(vm->types.int_), from_object(text));
    if (is_error(number)) {
        if (!raised_matches(vm, vm->exc.ValueError)) return false;
        raised_clear(vm);
    }
    if (is_error(number) || int_sign(number) < 0) return reader_error(r, name.length + 1, "bad character in group name %R", from_object(text));
    int64_t value;
    if (!int_as_i64(number, &value) || value >= INT32_MAX / 2)
        return reader_error(r, name.length + 1, "invalid group reference %V", number);
    *out = (uint32_t)value;
    return plain || warn_name(r, name, reader_tell(r) - name.length - 1);
}

// ---- escapes

bool simple_escape(int64_t c, uint32_t *out) {
    static const struct { char name, value; } escapes[] = {{'a', '\a'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'v', '\v'}, {'\\', '\\'}};
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        if (escapes[i].name != c) continue;
        *out = (uint32_t)escapes[i].value;
        return true;
    }
    return false;
}

// The escape as it was written, `length` characters of it, ends here.
static bool error_about_escape(Reader *r, const char *what, size_t length) {
    Str *text = reader_text(r, reader_tell(r) - length, length);
    return text != NULL && reader_error(r, length, "%s %S", what, text);
}

static int named_escape(Reader *r, uint32_t *out) {
    int matched = reader_match(r, '{');
    if (matched <= 0) {
        if (matched == 0) reader_error(r, 0, "missing {");
        return -1;
    }
    GroupName name;
    if (!reader_until(r, '}', "character name", &name)) return -1;
    char ascii[UNICODE_NAME_MAX];
    bool found = name.length < sizeof ascii;
    for (size_t i = 0; i < name.length && found; i++) {
        uint32_t c = r->text[name.start + i];
        if (c >= 128) found = false;
        ascii[i] = (char)c;
    }
    if (found && unicode_name_find(ascii, name.length, out)) return 1;
    Str *text = reader_text(r, name.start, name.length);
    if (text != NULL) reader_error(r, name.length + 4, "undefined character name %R", from_object(text));
    return -1;
}

int reader_hex_escape(Reader *r, PatternToken token, uint32_t *out) {
    int digits = token.c == 'x' ? 2 : !r->is_text ? 0 : token.c == 'u' ? 4 : token.c == 'U' ? 8 : 0;
    if (token.c == 'N' && r->is_text) return named_escape(r, out);
    if (digits == 0) return 0;
    uint64_t value = 0;
    int i = 0;
    for (; i < digits && r->next >= 0 && reader_is_digit(r, 16); i++) {
        value = value * 16 + (uint64_t)digit_value(r->next);
        if (!reader_advance(r)) return -1;
    }
    if (i < digits) {
        error_about_escape(r, "incomplete escape", 2 + (size_t)i);
        return -1;
    }
    if (value > 0x10FFFF) {
        error_about_escape(r, "bad escape", 10);
        return -1;
    }
    *out = (uint32_t)value;
    return 1;
}
#endif
