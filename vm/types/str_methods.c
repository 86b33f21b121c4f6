// str's methods that neither search nor change case, its operators as methods, and the table of them all.
#include "vm/types/str_parts.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "vm/call.h"
#include "vm/codecs.h"
#include "vm/types/container_common.h"
#include "vm/types/format.h"
#include "vm/types/iterator.h"

#define SELF to_str(args[0])

// ---- making

static const char *c_string_argument(VM *vm, Value v, const char *function, const char *name, const char *otherwise) {
    if (is_undefined(v)) return otherwise;
    if (!is_str(v)) {
        raise_type_error(vm, "%s() argument '%s' must be str, not %A", function, name, v);
        return NULL;
    }
    Str *interned = str_intern(vm, to_str(v));   // interned ones end in a zero
    if (interned == NULL) return NULL;
    if (memchr(interned->data, 0, interned->size) != NULL) {
        raise_value_error(vm, "embedded null character");
        return NULL;
    }
    return interned->data;
}

static Value str_new_method(VM *vm, const Value *args, int argc) {
    Class *cls = (Class *)to_object(args[0]);
    Value object = arg_or(args, argc, 1, UNDEFINED);
    Value encoding = arg_or(args, argc, 2, UNDEFINED), errors = arg_or(args, argc, 3, UNDEFINED);
    Str *text;
    if (is_undefined(object)) {
        text = vm->empty_str;
    } else if (is_undefined(encoding) && is_undefined(errors)) {
        text = value_str(vm, object);
        if (text != NULL && cls == vm->types.str) return from_object(text);
    } else {
        const char *encoding_name = c_string_argument(vm, encoding, "str", "encoding", "utf-8");
        const char *errors_name =
            encoding_name == NULL ? NULL : c_string_argument(vm, errors, "str", "errors", "strict");
        if (errors_name == NULL) return ERROR;
        if (is_str(object)) return raise_type_error(vm, "decoding str is not supported");
        if (!is_bytes(object) && !is_bytearray(object) && !is_memoryview(object)) {
            return raise_type_error(vm, "decoding to str: need a bytes-like object, %T found", object);
        }
        const uint8_t *data;
        size_t size;
        if (!bytes_like(vm, object, &data, &size)) return ERROR;
        Value decoded = codec_decode(vm, object, data, size, encoding_name, errors_name);
        if (is_error(decoded)) return ERROR;
        text = to_str(decoded);
    }
    return text == NULL ? ERROR : str_new_as(vm, cls, text);
}

static Value str_encode_method(VM *vm, const Value *args, int argc) {
    const char *encoding = c_string_argument(vm, arg_or(args, argc, 1, UNDEFINED), "encode", "encoding", "utf-8");
    const char *errors =
        encoding == NULL ? NULL : c_string_argument(vm, arg_or(args, argc, 2, UNDEFINED), "encode", "errors", "strict");
    return errors == NULL ? ERROR : codec_encode(vm, SELF, encoding, errors);
}

// ---- strip and its like

// The ends of self that are made of characters of `set` (NULL: white space) are off; at_start and at_end say which.
static Value strip(VM *vm, const Value *args, int argc, bool at_start, bool at_end, const char *name) {
    Str *s = SELF;
    Value chars = arg_or(args, argc, 1, NONE);
    if (!is_none(chars) && !is_str(chars)) return raise_type_error(vm, "%s arg must be None or str", name);
    Str *set = is_none(chars) ? NULL : to_str(chars);
    if (str_data(vm, s) == NULL || (set != NULL && str_data(vm, set) == NULL)) return ERROR;
    if (!text_charge(vm, s->size)) return ERROR;
    bool in_set[128] = {false};   // of ASCII
    for (size_t i = 0; set != NULL && i < set->size; i++) {
        if ((uint8_t)set->data[i] < 128) in_set[(uint8_t)set->data[i]] = true;
    }
    size_t from = 0, to = s->size;
    for (int side = 0; side < 2; side++) {
        if (side == 0 ? !at_start : !at_end) continue;
        while (from < to) {
            size_t at = side == 0 ? from : (size_t)(utf8_previous(s->data + to) - s->data);
            uint32_t c;
            size_t size = utf8_decode(s->data + at, &c);
            if (c >= 128 && set != NULL && !vm_charge(vm, set->size / 64)) return ERROR;
            bool off =
                set == NULL ? unicode_is_space(c)
                : c < 128   ? in_set[c]
                          : bytes_find((const uint8_t *)set->data, set->size, (const uint8_t *)s->data + at, size) >= 0;
            if (!off) break;
            if (side == 0) from += size;
            else to -= size;
        }
    }
    return str_or_error(str_slice_bytes(vm, s, from, to));
}

static Value str_strip_method(VM *vm, const Value *args, int argc) {
    return strip(vm, args, argc, true, true, "strip");
}
static Value str_lstrip_method(VM *vm, const Value *args, int argc) {
    return strip(vm, args, argc, true, false, "lstrip");
}
static Value str_rstrip_method(VM *vm, const Value *args, int argc) {
    return strip(vm, args, argc, false, true, "rstrip");
}

static Value remove_affix(VM *vm, const Value *args, bool prefix) {
    Str *s = SELF;
    if (!is_str(args[1])) {
        return raise_type_error(vm, "%s() argument must be str, not %A", prefix ? "removeprefix" : "removesuffix",
                                args[1]);
    }
    Str *part = to_str(args[1]);
    if (str_data(vm, s) == NULL || str_data(vm, part) == NULL) return ERROR;
    size_t rest = s->size - part->size;
    if (part->size > s->size || memcmp(s->data + (prefix ? 0 : rest), part->data, part->size) != 0)
        return str_exact(vm, s);
    return str_or_error(prefix ? str_slice_bytes(vm, s, part->size, s->size) : str_slice_bytes(vm, s, 0, rest));
}

static Value str_removeprefix_method(VM *vm, const Value *args, int argc) { return remove_affix(vm, args, true); }
static Value str_removesuffix_method(VM *vm, const Value *args, int argc) { return remove_affix(vm, args, false); }

// ---- justify

static Value pad(VM *vm, Str *s, size_t left, size_t right, uint32_t fill) {
    if (left == 0 && right == 0) return str_exact(vm, s);
    if (left > STR_MAX_SIZE || right > STR_MAX_SIZE) return raise_no_memory(vm);
    StrBuilder b = STR_BUILDER(vm);
    if (str_builder_fill(&b, fill, left) && str_builder_add_str(&b, s)) str_builder_fill(&b, fill, right);
    return str_or_error(str_builder_finish(&b));
}

static bool justify_arguments(VM *vm, const Value *args, int argc, size_t *out_missing, uint32_t *out_fill) {
    ptrdiff_t width;
    if (!ssize_argument(vm, args[1], &width)) return false;
    Value fill = arg_or(args, argc, 2, UNDEFINED);
    *out_fill = ' ';
    if (!is_undefined(fill)) {
        if (!is_str(fill)) {
            raise_type_error(vm, "The fill character must be a unicode character, not %T", fill);
            return false;
        }
        if (to_str(fill)->length != 1) {
            raise_type_error(vm, "The fill character must be exactly one character long");
            return false;
        }
        *out_fill = str_code_point_at(vm, to_str(fill), 0);
    }
    *out_missing = width <= (ptrdiff_t)SELF->length ? 0 : (size_t)width - SELF->length;
    return true;
}

static Value str_ljust_method(VM *vm, const Value *args, int argc) {
    size_t missing;
    uint32_t fill;
    return justify_arguments(vm, args, argc, &missing, &fill) ? pad(vm, SELF, 0, missing, fill) : ERROR;
}

static Value str_rjust_method(VM *vm, const Value *args, int argc) {
    size_t missing;
    uint32_t fill;
    return justify_arguments(vm, args, argc, &missing, &fill) ? pad(vm, SELF, missing, 0, fill) : ERROR;
}

static Value str_center_method(VM *vm, const Value *args, int argc) {
    size_t missing;
    uint32_t fill;
    if (!justify_arguments(vm, args, argc, &missing, &fill)) return ERROR;
    size_t left = missing / 2 + (missing & (missing + SELF->length) & 1); // the odd one goes left when the width is odd
    return pad(vm, SELF, left, missing - left, fill);
}

static Value str_zfill_method(VM *vm, const Value *args, int argc) {
    Str *s = SELF;
    ptrdiff_t width;
    if (!ssize_argument(vm, args[1], &width)) return ERROR;
    if (width <= (ptrdiff_t)s->length) return str_exact(vm, s);
    const char *data = str_data(vm, s);
    if (data == NULL) return ERROR;
    if ((size_t)width - s->length > STR_MAX_SIZE) return raise_no_memory(vm);
    size_t sign = s->size > 0 && (data[0] == '+' || data[0] == '-');
    StrBuilder b = STR_BUILDER(vm);
    if (str_builder_add(&b, data, sign) && str_builder_fill(&b, '0', (size_t)width - s->length)) {
        str_builder_add(&b, data + sign, s->size - sign);
    }
    return str_or_error(str_builder_finish(&b));
}

static Value str_expandtabs_method(VM *vm, const Value *args, int argc) {
    Str *s = SELF;
    ptrdiff_t tab_size = 8;
    if (arg_given(args, argc, 1)) {
        int64_t given;
        if (!value_as_i64(vm, args[1], &given)) return ERROR;
        if (given > INT32_MAX || given < INT32_MIN) {
            return raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C int");
        }
        tab_size = (ptrdiff_t)given;
    }
    const char *data = str_data(vm, s);
    if (data == NULL) return ERROR;
    if (memchr(data, '\t', s->size) == NULL) return str_exact(vm, s);
    StrBuilder b = STR_BUILDER(vm);
    size_t column = 0;
    for (size_t at = 0; at < s->size;) {
        size_t start = at;
        while (at < s->size && data[at] != '\t' && data[at] != '\n' && data[at] != '\r') at++;
        if (!str_builder_add(&b, data + start, at - start)) break;
        column += utf8_count(data + start, at - start);
        if (at == s->size) break;
        char c = data[at++];
        if (c == '\t') {
            size_t spaces = tab_size > 0 ? (size_t)tab_size - column % (size_t)tab_size : 0;
            if (!str_builder_fill(&b, ' ', spaces)) break;
            if (!vm_charge(vm, 1 + spaces / 256)) {
                str_builder_cancel(&b);
                return ERROR;
            }
            column += spaces;
        } else {
            if (!str_builder_add_char(&b, (uint8_t)c)) break;
            column = 0;
        }
    }
    return str_or_error(str_builder_finish(&b));
}

// ---- join

static Str *join_values(VM *vm, Str *separator, const Value *items, size_t count) {
    if (count == 0) return vm->empty_str;
    if (count == 1 && is_str(items[0]) && str_is_exact(vm, to_str(items[0]))) return to_str(items[0]);
    size_t size = (size_t)separator->size * (count - 1), length = (size_t)separator->length * (count - 1);
    if (separator->size != 0 && size / separator->size != count - 1) size = SIZE_MAX / 2;
    for (size_t i = 0; i < count; i++) {
        if (UNLIKELY(!is_str(items[i]))) {
            raise_type_error(vm, "sequence item %zd: expected str instance, %T found", (ptrdiff_t)i, items[i]);
            return NULL;
        }
        size += to_str(items[i])->size;
        length += to_str(items[i])->length;
        if (size > STR_MAX_SIZE) break;
    }
    if (size > STR_MAX_SIZE || !heap_would_fit(vm, size) || !text_charge(vm, size)) {
        if (!is_raised(vm)) raise_no_memory(vm);
        return NULL;
    }
    const char *between = str_data(vm, separator);
    if (between == NULL) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (UNLIKELY(str_data(vm, to_str(items[i])) == NULL)) return NULL;
    }
    if (size == 0) return vm->empty_str;
    char *out;
    Str *result = str_new_raw(vm, size, length, &out);
    if (result == NULL) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && separator->size > 0) {
            memcpy(out, between, separator->size);
            out += separator->size;
        }
        Str *item = to_str(items[i]);
        memcpy(out, item->data, item->size);
        out += item->size;
    }
    return result;
}

Str *str_join(VM *vm, Str *separator, Value iterable) {
    if (is_list(iterable) && class_of(vm, iterable) == vm->types.list) {
        Str *joined = join_values(vm, separator, to_list(iterable)->items, to_list(iterable)->count);
        gc_keep_value(iterable);
        return joined;
    }
    if (is_tuple(iterable) && class_of(vm, iterable) == vm->types.tuple) {
        return join_values(vm, separator, to_tuple(iterable)->items, to_tuple(iterable)->count);
    }
    if (is_undefined(class_special(vm, class_of(vm, iterable), SPECIAL_ITER)) &&
        is_undefined(class_special(vm, class_of(vm, iterable), SPECIAL_GETITEM))) {
        raise_type_error(vm, "can only join an iterable");
        return NULL;
    }
    List *list = list_from_iterable(vm, iterable);
    Str *joined = list == NULL ? NULL : join_values(vm, separator, list->items, list->count);
    gc_keep(list);
    return joined;
}

static Value str_join_method(VM *vm, const Value *args, int argc) { return str_or_error(str_join(vm, SELF, args[1])); }

// ---- maketrans, translate

static Value maketrans_from_dict(VM *vm, Dict *from) {
    Dict *table = dict_new(vm);
    if (table == NULL) return ERROR;
    size_t position = 0;
    Value key, value;
    while (dict_next(from, &position, &key, &value)) {
        if (is_str(key)) {
            if (to_str(key)->length != 1)
                return raise_value_error(vm, "string keys in translate table must be of length 1");
            if (str_data(vm, to_str(key)) == NULL) return ERROR;
            key = from_int(str_code_point_at(vm, to_str(key), 0));
        } else if (is_undefined(int_or_bool(key))) {
            return raise_type_error(vm, "keys in translate table must be strings or integers");
        }
        if (!dict_set(vm, table, key, value)) return ERROR;
    }
    return from_object(table);
}

static Value str_maketrans_method(VM *vm, const Value *args, int argc) {
    Value x = args[0], y = arg_or(args, argc, 1, UNDEFINED), z = arg_or(args, argc, 2, UNDEFINED);
    if (is_undefined(y)) {
        if (!is_dict(x)) return raise_type_error(vm, "if you give only one argument to maketrans it must be a dict");
        return maketrans_from_dict(vm, to_dict(x));
    }
    if (!is_str(x))
        return raise_type_error(vm, "first maketrans argument must be a string if there is a second argument");
    if (!is_str(y)) return raise_type_error(vm, "maketrans() argument 2 must be str, not %A", y);
    if (!is_undefined(z) && !is_str(z)) return raise_type_error(vm, "maketrans() argument 3 must be str, not %A", z);
    if (to_str(x)->length != to_str(y)->length)
        return raise_value_error(vm, "the first two maketrans arguments must have equal length");
    const char *from = str_data(vm, to_str(x)), *to = str_data(vm, to_str(y));
    Dict *table = dict_new(vm);
    if (table == NULL || from == NULL || to == NULL) return ERROR;
    for (const char *end = from + to_str(x)->size; from < end;) {
        uint32_t a, b;
        from += utf8_decode(from, &a);
        to += utf8_decode(to, &b);
        if (!dict_set(vm, table, from_int(a), from_int(b))) return ERROR;
    }
    if (is_undefined(z)) return from_object(table);
    const char *drop = str_data(vm, to_str(z));
    if (drop == NULL) return ERROR;
    for (const char *end = drop + to_str(z)->size; drop < end;) {
        uint32_t c;
        drop += utf8_decode(drop, &c);
        if (!dict_set(vm, table, from_int(c), NONE)) return ERROR;
    }
    return from_object(table);
}

// What the table says of a character: UNDEFINED when it says nothing (LookupError).
static Value translation_of(VM *vm, Value table, uint32_t c) {
    if (is_dict(table) && class_of(vm, table) == vm->types.dict) return dict_get(vm, to_dict(table), from_int(c));
    Value v = item_get(vm, table, from_int(c));
    if (is_error(v) && raised_matches(vm, vm->exc.LookupError)) {
        raised_clear(vm);
        return UNDEFINED;
    }
    return v;
}

static bool add_translation(StrBuilder *b, VM *vm, Value replacement) {
    if (is_none(replacement)) return true;
    if (is_str(replacement)) return str_builder_add_str(b, to_str(replacement));
    Value number = int_or_bool(replacement);
    if (is_undefined(number)) {
        raise_type_error(vm, "character mapping must return integer, None or str");
        return false;
    }
    if (!is_int(number) || to_int(number) < 0 || to_int(number) > 0x10FFFF) {
        raise_value_error(vm, "character mapping must be in range(0x110000)");
        return false;
    }
    return str_builder_add_char(b, (uint32_t)to_int(number));
}

// ASCII text by a dict that maps its characters to ASCII characters or drops them: UNDEFINED when that is not all there is to it.
static Value translate_ascii(VM *vm, Str *s, Dict *table) {
    int16_t map[128];   // -1: dropped, -2: not asked for yet
    for (int c = 0; c < 128; c++) map[c] = -2;
    char *out;
    Str *result = str_new_raw(vm, s->size, s->size, &out);
    if (result == NULL) return ERROR;
    size_t size = 0;
    for (size_t i = 0; i < s->size; i++) {
        uint8_t c = (uint8_t)s->data[i];
        if (map[c] == -2) {
            Value v = dict_get(vm, table, from_int(c));
            if (is_error(v)) return ERROR;
            if (is_none(v)) map[c] = -1;
            else if (is_undefined(v)) map[c] = c;
            else if (is_int(v) && to_int(v) >= 0 && to_int(v) < 128) map[c] = (int16_t)to_int(v);
            else if (is_str(v) && to_str(v)->size == 1 && str_data(vm, to_str(v)) != NULL) map[c] = to_str(v)->data[0];
            else return UNDEFINED;
        }
        if (map[c] >= 0) out[size++] = (char)map[c];
    }
    return size == s->size ? from_object(result) : str_or_error(str_new_ascii(vm, out, size));
}

static Value str_translate_method(VM *vm, const Value *args, int argc) {
    Str *s = SELF;
    const char *at = text_charge(vm, s->size) ? str_data(vm, s) : NULL;
    if (at == NULL) return ERROR;
    Value known
        [128]; // translations of ASCII characters already asked for, ERROR where not: the table is asked once a character
    bool plain = is_dict(args[1]) && class_of(vm, args[1]) == vm->types.dict;
    if (plain && str_is_ascii(s)) {
        Value quick = translate_ascii(vm, s, to_dict(args[1]));
        if (!is_undefined(quick)) return quick;
    }
    for (int i = 0; i < 128; i++) known[i] = ERROR;
    StrBuilder b = STR_BUILDER(vm);
    for (const char *end = at + s->size; at < end;) {
        uint32_t c;
        size_t size = utf8_decode(at, &c);
        Value replacement = plain && c < 128 && !is_error(known[c]) ? known[c] : translation_of(vm, args[1], c);
        if (is_error(replacement)) goto failed;
        if (plain && c < 128) known[c] = replacement;
        bool added = is_undefined(replacement) ? str_builder_add(&b, at, size) : add_translation(&b, vm, replacement);
        if (!added) goto failed;
        at += size;
    }
    return str_or_error(str_builder_finish(&b));
failed:
    str_builder_cancel(&b);
    return ERROR;
}

// ---- operators as methods

static Value str_repr_method(VM *vm, const Value *args, int argc) { return str_or_error(str_repr(vm, SELF)); }
static Value str_str_method(VM *vm, const Value *args, int argc) { return str_exact(vm, SELF); }
static Value str_hash_method(VM *vm, const Value *args, int argc) {
    return str_data(vm, SELF) == NULL ? ERROR : from_int(str_hash(vm, SELF));
}
static Value str_len_method(VM *vm, const Value *args, int argc) { return from_int(SELF->length); }
static Value str_getitem_method(VM *vm, const Value *args, int argc) { return str_get_item(vm, SELF, args[1]); }
static Value str_sizeof_method(VM *vm, const Value *args, int argc) {
    return from_int((int64_t)(sizeof(Str) + SELF->size + 1));
}
static Value str_iter_method(VM *vm, const Value *args, int argc) { return iterator_new(vm, ITERATE_STR, args[0]); }

static Value str_contains_method(VM *vm, const Value *args, int argc) {
    int found = str_contains(vm, SELF, args[1]);
    return found < 0 ? ERROR : from_bool(found);
}

static Value str_add_method(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "can only concatenate str (not \"%T\") to str", args[1]);
    return str_or_error(str_concat(vm, SELF, to_str(args[1])));
}

static Value str_mul_method(VM *vm, const Value *args, int argc) {
    ptrdiff_t count;
    return count_for_repeat(vm, args[1], &count) ? str_or_error(str_repeat(vm, SELF, count)) : ERROR;
}

static Value str_mod_method(VM *vm, const Value *args, int argc) {
    return str_or_error(str_percent_format(vm, SELF, args[1]));
}
static Value str_rmod_method(VM *vm, const Value *args, int argc) {
    return is_str(args[1]) ? str_or_error(str_percent_format(vm, to_str(args[1]), args[0])) : NOT_IMPLEMENTED;
}

static Value compare_method(VM *vm, CompareOp op, const Value *args) {
    if (!is_str(args[1])) return NOT_IMPLEMENTED;
    Str *a = SELF, *b = to_str(args[1]);
    if (str_data(vm, a) == NULL || str_data(vm, b) == NULL) return ERROR;
    if (op == COMPARE_EQ || op == COMPARE_NE) return from_bool(str_equal(vm, a, b) == (op == COMPARE_EQ));
    int order = str_compare(vm, a, b);
    switch (op) {
    case COMPARE_LT: return from_bool(order < 0);
    case COMPARE_LE: return from_bool(order <= 0);
    case COMPARE_GT: return from_bool(order > 0);
    default: return from_bool(order >= 0);
    }
}

static Value str_eq_method(VM *vm, const Value *args, int argc) { return compare_method(vm, COMPARE_EQ, args); }
static Value str_ne_method(VM *vm, const Value *args, int argc) { return compare_method(vm, COMPARE_NE, args); }
static Value str_lt_method(VM *vm, const Value *args, int argc) { return compare_method(vm, COMPARE_LT, args); }
static Value str_le_method(VM *vm, const Value *args, int argc) { return compare_method(vm, COMPARE_LE, args); }
static Value str_gt_method(VM *vm, const Value *args, int argc) { return compare_method(vm, COMPARE_GT, args); }
static Value str_ge_method(VM *vm, const Value *args, int argc) { return compare_method(vm, COMPARE_GE, args); }

static Value str_getnewargs_method(VM *vm, const Value *args, int argc) {
    Value text = str_exact(vm, SELF);
    Tuple *tuple = is_error(text) ? NULL : tuple_from_values(vm, &text, 1);
    return tuple == NULL ? ERROR : from_object(tuple);
}

static Value str_dunder_format_method(VM *vm, const Value *args, int argc) {
    if (!is_str(args[1])) return raise_type_error(vm, "__format__() argument must be str, not %A", args[1]);
    return str_or_error(to_str(args[1])->size == 0 ? value_str(vm, args[0]) : format_str(vm, SELF, to_str(args[1])));
}

// ---- the table

static const NativeDef methods[] = {
    {"__new__(cls, /, object=?, encoding=?, errors=?)", str_new_method, NULL, NATIVE_NEW},
    {"__repr__(self, /)", str_repr_method, "Return repr(self).", 0},
    {"__str__(self, /)", str_str_method, "Return str(self).", 0},
    {"__hash__(self, /)", str_hash_method, "Return hash(self).", 0},
    {"__len__(self, /)", str_len_method, "Return len(self).", 0},
    {"__getitem__(self, key, /)", str_getitem_method, "Return self[key].", 0},
    {"__contains__(self, key, /)", str_contains_method, "Return key in self.", 0},
    {"__iter__(self, /)", str_iter_method, "Implement iter(self).", 0},
    {"__add__(self, value, /)", str_add_method, "Return self+value.", 0},
    {"__mul__(self, value, /)", str_mul_method, "Return self*value.", 0},
    {"__rmul__(self, value, /)", str_mul_method, "Return value*self.", 0},
    {"__mod__(self, value, /)", str_mod_method, "Return self%value.", 0},
    {"__rmod__(self, value, /)", str_rmod_method, "Return value%self.", 0},
    {"__eq__(self, value, /)", str_eq_method, "Return self==value.", 0},
    {"__ne__(self, value, /)", str_ne_method, "Return self!=value.", 0},
    {"__lt__(self, value, /)", str_lt_method, "Return self<value.", 0},
    {"__le__(self, value, /)", str_le_method, "Return self<=value.", 0},
    {"__gt__(self, value, /)", str_gt_method, "Return self>value.", 0},
    {"__ge__(self, value, /)", str_ge_method, "Return self>=value.", 0},
    {"__format__(self, format_spec, /)", str_dunder_format_method, "Return a formatted version of the string.", 0},
    {"__getnewargs__(self, /)", str_getnewargs_method, NULL, 0},
    {"__sizeof__(self, /)", str_sizeof_method, "Size of the string in memory, in bytes.", 0},
    {"capitalize(self, /)", str_capitalize_method, "A copy whose first character is titlecased and the rest lowercased.", 0},
    {"casefold(self, /)", str_casefold_method, "A copy fit for caseless comparisons.", 0},
    {"center(self, width, fillchar=' ', /)", str_center_method, "Centered in a string of the given width.", 0},
    {"count(self, /, *args)", str_count_method, "S.count(sub[, start[, end]])\n\nNumber of non-overlapping occurrences of sub in self[start:end].", 0},
    {"encode(self, /, encoding='utf-8', errors='strict')", str_encode_method, "The string in bytes, by the named encoding.", 0},
    {"endswith(self, /, *args)", str_endswith_method, "S.endswith(suffix[, start[, end]])\n\nWhether self[start:end] ends with suffix, or one of a tuple of them.", 0},
    {"expandtabs(self, /, tabsize=8)", str_expandtabs_method, "A copy where tabs are expanded to spaces.", 0},
    {"find(self, /, *args)", str_find_method, "S.find(sub[, start[, end]])\n\nLowest index of sub in self[start:end], -1 when there is none.", 0},
    {"format(self, /, *args, **kwargs)", str_format_method, "The string with its replacement fields ({...}) filled from the arguments.", 0},
    {"format_map(self, mapping, /)", str_format_map_method, "The string with its replacement fields filled from a mapping.", 0},
    {"index(self, /, *args)", str_index_method, "S.index(sub[, start[, end]])\n\nLowest index of sub in self[start:end]; ValueError when there is none.", 0},
    {"isalnum(self, /)", str_isalnum_method, "Whether there are characters and all are alphanumeric.", 0},
    {"isalpha(self, /)", str_isalpha_method, "Whether there are characters and all are letters.", 0},
    {"isascii(self, /)", str_isascii_method, "Whether all characters are ASCII.", 0},
    {"isdecimal(self, /)", str_isdecimal_method, "Whether there are characters and all are decimals.", 0},
    {"isdigit(self, /)", str_isdigit_method, "Whether there are characters and all are digits.", 0},
    {"isidentifier(self, /)", str_isidentifier_method, "Whether the string is a valid identifier.", 0},
    {"islower(self, /)", str_islower_method, "Whether there are cased characters and all are lowercase.", 0},
    {"isnumeric(self, /)", str_isnumeric_method, "Whether there are characters and all are numeric.", 0},
    {"isprintable(self, /)", str_isprintable_method, "Whether all characters are printable.", 0},
    {"isspace(self, /)", str_isspace_method, "Whether there are characters and all are white space.", 0},
    {"istitle(self, /)", str_istitle_method, "Whether the string is titlecased.", 0},
    {"isupper(self, /)", str_isupper_method, "Whether there are cased characters and all are uppercase.", 0},
    {"join(self, iterable, /)", str_join_method, "The strings of the iterable with this one between them.", 0},
    {"ljust(self, width, fillchar=' ', /)", str_ljust_method, "Left-justified in a string of the given width.", 0},
    {"lower(self, /)", str_lower_method, "A copy in lowercase.", 0},
    {"lstrip(self, chars=None, /)", str_lstrip_method, "A copy without leading white space, or characters of chars.", 0},
    {"maketrans(x, y=?, z=?, /)", str_maketrans_method, "A table for str.translate().", NATIVE_STATIC_METHOD},
    {"partition(self, sep, /)", str_partition_method, "(before, sep, after) at the first sep, or (self, '', '').", 0},
    {"removeprefix(self, prefix, /)", str_removeprefix_method, "A copy without the prefix, if it is there.", 0},
    {"removesuffix(self, suffix, /)", str_removesuffix_method, "A copy without the suffix, if it is there.", 0},
    {"replace(self, old, new, count=-1, /)", str_replace_method, "A copy with occurrences of old replaced by new; the first count ones.", 0},
    {"rfind(self, /, *args)", str_rfind_method, "S.rfind(sub[, start[, end]])\n\nHighest index of sub in self[start:end], -1 when there is none.", 0},
    {"rindex(self, /, *args)", str_rindex_method, "S.rindex(sub[, start[, end]])\n\nHighest index of sub in self[start:end]; ValueError when there is none.", 0},
    {"rjust(self, width, fillchar=' ', /)", str_rjust_method, "Right-justified in a string of the given width.", 0},
    {"rpartition(self, sep, /)", str_rpartition_method, "(before, sep, after) at the last sep, or ('', '', self).", 0},
    {"rsplit(self, /, sep=None, maxsplit=-1)", str_rsplit_method, "The parts between separators; maxsplit counts from the end.", 0},
    {"rstrip(self, chars=None, /)", str_rstrip_method, "A copy without trailing white space, or characters of chars.", 0},
    {"split(self, /, sep=None, maxsplit=-1)", str_split_method, "The parts between separators.", 0},
    {"splitlines(self, /, keepends=False)", str_splitlines_method, "The lines of the string.", 0},
    {"startswith(self, /, *args)", str_startswith_method, "S.startswith(prefix[, start[, end]])\n\nWhether self[start:end] starts with prefix, or one of a tuple of them.", 0},
    {"strip(self, chars=None, /)", str_strip_method, "A copy without leading and trailing white space, or characters of chars.", 0},
    {"swapcase(self, /)", str_swapcase_method, "A copy with the cases swapped.", 0},
    {"title(self, /)", str_title_method, "A copy where each word is titlecased.", 0},
    {"translate(self, table, /)", str_translate_method, "A copy with each character replaced as the table says.", 0},
    {"upper(self, /)", str_upper_method, "A copy in uppercase.", 0},
    {"zfill(self, width, /)", str_zfill_method, "Padded with zeros on the left, behind a sign.", 0},
    {0},
};

static Value str_construct(VM *vm, const Value *args, int argc, Tuple *kwnames) {
    if (kwnames != NULL || argc != 1) return UNDEFINED;
    Str *text = value_str(vm, args[0]);
    return text == NULL ? ERROR : from_object(text);
}

bool str_init(VM *vm) {
    vm->types.str->construct = str_construct;
    return type_define(vm, &(TypeDef){
                               .where = &vm->types.str,
                               .doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nA "
                                      "text: a sequence of Unicode characters.",
                               .instance_size = sizeof(StrRope),
                               .methods = methods,
                               .flags = CLASS_BASETYPE | CLASS_MATCH_SELF,
                           });
}
