// str.format() and format_map(): literal text, replacement fields, and fields inside format specs.
//
//   replacement_field:  "{" [field_name] ["!" conversion] [":" format_spec] "}"
//   field_name:         [number | name] ("." attribute | "[" index "]")*
#include "vm/types/str_parts.h"

#include "base/unicode.h"
#include "base/utf8.h"

typedef struct Formatting {
    VM *vm;
    const Value *args;         // positional arguments
    size_t arg_count;
    Value keywords;            // dict or UNDEFINED; any mapping for format_map
    bool is_map;
    enum { NUMBERING_UNKNOWN, NUMBERING_AUTOMATIC, NUMBERING_MANUAL } numbering;
    size_t next_number;
} Formatting;

typedef struct Field {
    const char *name, *name_end;
    uint32_t conversion;       // 0: none
    const char *spec, *spec_end;
    bool spec_has_fields;
} Field;

// Reads a field; *at stands behind its opening brace and is moved behind its closing one.
static bool field_parse(VM *vm, const char **at, const char *end, Field *out) {
    const char *p = *at;
    char c = 0;
    *out = (Field){.name = p, .spec = "", .spec_end = ""};
    out->spec_end = out->spec;
    for (bool in_name = true; in_name && p < end;) {
        c = *p++;
        if (c == '{') {
            raise_value_error(vm, "unexpected '{' in field name");
            return false;
        }
        if (c == '[') {
            while (p < end && *p != ']') p++;
        } else if (c == '}' || c == ':' || c == '!') {
            in_name = false;
        }
    }
    if (c != '}' && c != ':' && c != '!') {
        raise_value_error(vm, "expected '}' before end of string");
        return false;
    }
    out->name_end = p - 1;
    if (c == '!') {
        if (p == end) {
            raise_value_error(vm, "end of string while looking for conversion specifier");
            return false;
        }
        p += utf8_decode(p, &out->conversion);
        if (p < end) {
            c = *p++;
            if (c != '}' && c != ':') {
                raise_value_error(vm, "expected ':' after conversion specifier");
                return false;
            }
        } else {
            c = ':';
        }
    }
    if (c == ':') {
        out->spec = p;
        int depth = 1;
        while (p < end && depth > 0) {
            c = *p++;
            if (c == '{') {
                out->spec_has_fields = true;
                depth++;
            } else if (c == '}') {
                depth--;
            }
        }
        if (depth > 0) {
            raise_value_error(vm, "unmatched '{' in format spec");
            return false;
        }
        out->spec_end = p - 1;
    }
    *at = p;
    return true;
}

// A number if the text is nothing but digits: 1, 0 when it is not, -1 on error.
static int read_number(VM *vm, const char *at, const char *end, ptrdiff_t *out) {
    ptrdiff_t number = 0;
    if (at == end) return 0;
    while (at < end) {
        uint32_t c;
        at += utf8_decode(at, &c);
        int digit = unicode_decimal_value(c);
        if (digit < 0) return 0;
        if (number > (PTRDIFF_MAX - digit) / 10) {
            raise_value_error(vm, "Too many decimal digits in format string");
            return -1;
        }
        number = number * 10 + digit;
    }
    *out = number;
    return 1;
}

static Value raise_switched(Formatting *f, bool automatic) {
    return automatic
               ? raise_value_error(f->vm, "cannot switch from manual field specification to automatic field numbering")
               : raise_value_error(f->vm, "cannot switch from automatic field numbering to manual field specification");
}

// What the first part of a field name stands for.
static Value first_value(Formatting *f, const char *name, const char *end) {
    VM *vm = f->vm;
    ptrdiff_t number = 0;
    int is_number = read_number(vm, name, end, &number);
    if (is_number < 0) return ERROR;
    if (name == end || is_number) {
        bool automatic = name == end;
        if (f->numbering == (automatic ? NUMBERING_MANUAL : NUMBERING_AUTOMATIC)) return raise_switched(f, automatic);
        f->numbering = automatic ? NUMBERING_AUTOMATIC : NUMBERING_MANUAL;
        if (automatic) number = (ptrdiff_t)f->next_number++;
        if (f->is_map) return raise_value_error(vm, "Format string contains positional fields");
        if ((size_t)number >= f->arg_count) {
            return raise_error(vm, vm->exc.IndexError, "Replacement index %zd out of range for positional args tuple",
                               number);
        }
        return f->args[number];
    }
    Str *key = str_new(vm, name, (size_t)(end - name));
    if (key == NULL) return ERROR;
    if (f->is_map) return item_get(vm, f->keywords, from_object(key));
    if (is_undefined(f->keywords)) return raise_key_error(vm, from_object(key));
    Value found = dict_get(vm, to_dict(f->keywords), from_object(key));
    return is_undefined(found) ? raise_key_error(vm, from_object(key)) : found;
}

// Follows one ".name" or "[index]"; *at is moved behind it.
static Value follow(VM *vm, Value object, const char **at, const char *end) {
    const char *p = *at;
    if (*p++ == '.') {
        const char *start = p;
        while (p < end && *p != '.' && *p != '[') p++;
        *at = p;
        if (p == start) return raise_value_error(vm, "Empty attribute in format string");
        Str *name = str_new(vm, start, (size_t)(p - start));
        if (name == NULL || (name = str_intern(vm, name)) == NULL) return ERROR;
        return attr_get(vm, object, name);
    }
    const char *start = p;
    while (p < end && *p != ']') p++;
    if (p == end) return raise_value_error(vm, "Missing ']' in format string");
    const char *index_end = p++;
    *at = p;
    if (start == index_end) return raise_value_error(vm, "Empty attribute in format string");
    ptrdiff_t number;
    int is_number = read_number(vm, start, index_end, &number);
    if (is_number < 0) return ERROR;
    if (is_number) return item_get(vm, object, from_int(number));
    Str *key = str_new(vm, start, (size_t)(index_end - start));
    return key == NULL ? ERROR : item_get(vm, object, from_object(key));
}

static Value field_value(Formatting *f, const Field *field) {
    const char *at = field->name;
    while (at < field->name_end && *at != '.' && *at != '[') at++;
    Value value = first_value(f, field->name, at);
    while (!is_error(value) && at < field->name_end) {
        if (*at != '.' && *at != '[') {
            return raise_value_error(f->vm, "Only '.' or '[' may follow ']' in format field specifier");
        }
        value = follow(f->vm, value, &at, field->name_end);
    }
    return value;
}

static Value convert(VM *vm, Value value, uint32_t conversion) {
    switch (conversion) {
    case 0: return value;
    case 'r': return str_or_error(value_repr(vm, value));
    case 's': return str_or_error(value_str(vm, value));
    case 'a': return str_or_error(value_ascii(vm, value));
    }
    if (conversion > 32 && conversion < 127)
        return raise_value_error(vm, "Unknown conversion specifier %c", (int)conversion);
    return raise_value_error(vm, "Unknown conversion specifier \\x%x", (unsigned)conversion);
}

static bool format_text(Formatting *f, StrBuilder *b, const char *at, const char *end, int depth);

static bool format_field(Formatting *f, StrBuilder *b, const Field *field, int depth) {
    VM *vm = f->vm;
    Value value = field_value(f, field);
    if (is_error(value) || is_error(value = convert(vm, value, field->conversion))) return false;
    Str *spec = NULL;
    if (field->spec_has_fields) {
        StrBuilder expanded = STR_BUILDER(vm);
        if (!format_text(f, &expanded, field->spec, field->spec_end, depth - 1)) {
            str_builder_cancel(&expanded);
            return false;
        }
        if ((spec = str_builder_finish(&expanded)) == NULL) return false;
    } else if (field->spec < field->spec_end) {
        if ((spec = str_new(vm, field->spec, (size_t)(field->spec_end - field->spec))) == NULL) return false;
    }
    Value text = value_format(vm, value, spec);
    return !is_error(text) && str_builder_add_str(b, to_str(text));
}

static bool format_text(Formatting *f, StrBuilder *b, const char *at, const char *end, int depth) {
    VM *vm = f->vm;
    if (depth < 0) {
        raise_value_error(vm, "Max string recursion exceeded");
        return false;
    }
    while (at < end) {
        const char *start = at;
        while (at < end && *at != '{' && *at != '}') at++;
        if (!str_builder_add(b, start, (size_t)(at - start))) return false;
        if (at == end) break;
        char c = *at++;
        if (at < end && *at == c) {
            if (!str_builder_add(b, at++, 1)) return false;
            continue;
        }
        if (c == '}' || at == end) {
            raise_value_error(vm, c == '}' ? "Single '}' encountered in format string"
                                           : "Single '{' encountered in format string");
            return false;
        }
        Field field;
        if (!field_parse(vm, &at, end, &field) || !format_field(f, b, &field, depth)) return false;
    }
    return true;
}

static Value format_run(Formatting *f, Str *s) {
    const char *data = str_data(f->vm, s);
    if (data == NULL) return ERROR;
    StrBuilder b = STR_BUILDER(f->vm);
    if (!format_text(f, &b, data, data + s->size, 2 - 1)) {
        str_builder_cancel(&b);
        return ERROR;
    }
    return str_or_error(str_builder_finish(&b));
}

// args: self, the keywords' dict or UNDEFINED, then the positional arguments (see native.h).
Value str_format_method(VM *vm, const Value *args, int argc) {
    Formatting f = {.vm = vm,
                    .args = args + 2,
                    .arg_count = argc > 2 ? (size_t)argc - 2 : 0,
                    .keywords = arg_or(args, argc, 1, UNDEFINED)};
    return format_run(&f, to_str(args[0]));
}

Value str_format_map_method(VM *vm, const Value *args, int argc) {
    Formatting f = {.vm = vm, .keywords = args[1], .is_map = true};
    return format_run(&f, to_str(args[0]));
}
