// The % operator of str and bytes.
//
//   "%" ["(" key ")"] flags [width] ["." precision] [h | l | L] conversion
#include "vm/types/str_parts.h"

#include "base/utf8.h"
#include "vm/call.h"
#include "vm/types/float.h"
#include "vm/types/format.h"

typedef struct Percent {
    VM *vm;
    StrBuilder out;
    const char *start, *at, *end;
    bool is_bytes;
    Value args;                  // tuple, or the single argument
    Value mapping;               // UNDEFINED when args is none
    ptrdiff_t arg_count, arg_index;   // -1 and -2: a single argument, not taken yet
} Percent;

typedef struct Conversion {
    uint32_t type;
    bool left, plus, space, alternate, zero;
    ptrdiff_t width, precision;  // -1: none
} Conversion;

static Value next_argument(Percent *p) {
    if (p->arg_index < p->arg_count) {
        ptrdiff_t index = p->arg_index++;
        return p->arg_count < 0 ? p->args : to_tuple(p->args)->items[index];
    }
    return raise_type_error(p->vm, "not enough arguments for format string");
}

// ---- reading

static bool incomplete(Percent *p) {
    raise_value_error(p->vm, "incomplete format");
    return false;
}

// "(key)": the argument is now the mapping's item.
static bool read_key(Percent *p) {
    VM *vm = p->vm;
    if (is_undefined(p->mapping)) {
        raise_type_error(vm, "format requires a mapping");
        return false;
    }
    const char *start = ++p->at;
    int depth = 1;
    while (p->at < p->end && depth > 0) {
        if (*p->at == '(') depth++;
        if (*p->at == ')') depth--;
        p->at++;
    }
    if (depth > 0) {
        raise_value_error(vm, "incomplete format key");
        return false;
    }
    size_t size = (size_t)(p->at - 1 - start);
    Value key = p->is_bytes ? bytes_or_error(bytes_new(vm, start, size)) : str_or_error(str_new(vm, start, size));
    if (is_error(key)) return false;
    p->args = item_get(vm, p->mapping, key);
    p->arg_count = -1;
    p->arg_index = -2;
    return !is_error(p->args);
}

static bool star_argument(Percent *p, ptrdiff_t *out, int64_t most, const char *c_type) {
    Value v = next_argument(p);
    if (is_error(v)) return false;
    v = int_or_bool(v);
    if (is_undefined(v)) {
        raise_type_error(p->vm, "* wants int");
        return false;
    }
    int64_t number;
    if (!int_as_i64(v, &number) || number > most || number < -most - 1) {
        raise_error(p->vm, p->vm->exc.OverflowError, "Python int too large to convert to C %s", c_type);
        return false;
    }
    *out = (ptrdiff_t)number;
    return true;
}

static bool read_digits(Percent *p, ptrdiff_t *out, const char *too_big) {
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9') {
        int digit = *p->at++ - '0';
        if (*out > (PTRDIFF_MAX - digit) / 10) {
            raise_value_error(p->vm, "%s", too_big);
            return false;
        }
        *out = *out * 10 + digit;
    }
    return true;
}

static bool read_conversion(Percent *p, Conversion *c) {
    *c = (Conversion){.width = -1, .precision = -1};
    if (p->at == p->end) return incomplete(p);
    if (*p->at == '(' && !read_key(p)) return false;
    for (bool flags = true; flags && p->at < p->end;) {
        switch (*p->at) {
        case '-': c->left = true; break;
        case '+': c->plus = true; break;
        case ' ': c->space = true; break;
        case '#': c->alternate = true; break;
        case '0': c->zero = true; break;
        default: flags = false; continue;
        }
        p->at++;
    }
    if (p->at < p->end && *p->at == '*') {
        p->at++;
        if (!star_argument(p, &c->width, INT64_MAX, "ssize_t")) return false;
        if (c->width < 0) {
            c->left = true;
            if (__builtin_sub_overflow((ptrdiff_t)0, c->width, &c->width)) c->width = PTRDIFF_MAX;
        }
    } else if (p->at < p->end && *p->at >= '0' && *p->at <= '9') {
        c->width = 0;
        if (!read_digits(p, &c->width, "width too big")) return false;
    }
    if (p->at < p->end && *p->at == '.') {
        p->at++;
        c->precision = 0;
        if (p->at < p->end && *p->at == '*') {
            p->at++;
            if (!star_argument(p, &c->precision, INT32_MAX, "int")) return false;
            if (c->precision < 0) c->precision = 0;
        } else if (!read_digits(p, &c->precision, p->is_bytes ? "prec too big" : "precision too big")) {
            return false;
        }
    }
    if (p->at < p->end && (*p->at == 'h' || *p->at == 'l' || *p->at == 'L')) p->at++;
    if (p->at == p->end) return incomplete(p);
    if (p->is_bytes) {
        c->type = (uint8_t)*p->at++;
    } else {
        p->at += utf8_decode(p->at, &c->type);
    }
    return true;
}

// ---- writing

static bool add_padded(Percent *p, const Conversion *c, const char *text, size_t size, size_t length) {
    size_t padding = c->width > (ptrdiff_t)length ? (size_t)c->width - length : 0;
    if (!c->left && !str_builder_fill(&p->out, ' ', padding)) return false;
    if (!str_builder_add(&p->out, text, size)) return false;
    return !c->left || str_builder_fill(&p->out, ' ', padding);
}

// A number: text may begin with '-', prefix_size characters after that are "0x" or the like, which zeros follow.
static bool add_number(Percent *p, const Conversion *c, const char *text, size_t size, size_t prefix_size) {
    StrBuilder *b = &p->out;
    char sign = 0;
    if (size > 0 && (text[0] == '-' || text[0] == '+')) {
        sign = *text++;
        size--;
    } else if (c->plus || c->space) {
        sign = c->plus ? '+' : ' ';
    }
    size_t total = size + (sign != 0), padding = c->width > (ptrdiff_t)total ? (size_t)c->width - total : 0;
    bool zeros = c->zero && !c->left;
    if (!c->left && !zeros) str_builder_fill(b, ' ', padding);
    if (sign != 0) str_builder_add(b, &sign, 1);
    str_builder_add(b, text, prefix_size);
    if (zeros) str_builder_fill(b, '0', padding);
    str_builder_add(b, text + prefix_size, size - prefix_size);
    return c->left ? str_builder_fill(b, ' ', padding) : !b->failed;
}

// The int that %d and %x format: UNDEFINED when v is none and cannot be made one.
static Value int_of(VM *vm, Value v, bool exact) {
    Value number = int_or_bool(v);
    if (!is_undefined(number)) return number;
    Class *cls = class_of(vm, v);
    if (!exact && is_any_float(v)) return int_from_double(vm, float_value(v));
    bool has_index = !is_undefined(class_special(vm, cls, SPECIAL_INDEX));
    if (!exact && !is_undefined(class_special(vm, cls, SPECIAL_INT))) {
        number = call_special(vm, v, SPECIAL_INT, NULL, 0);
        if (is_error(number)) {
            if (!raised_matches(vm, vm->exc.TypeError)) return ERROR;
            raised_clear(vm);
            return UNDEFINED;
        }
        if (is_undefined(int_or_bool(number)))
            return raise_type_error(vm, "__int__ returned non-int (type %T)", number);
        if (class_of(vm, number) != vm->types.int_ && !warn_subclass(vm, "__int__", "int", number)) return ERROR;
        return int_or_bool(number);
    }
    if (!has_index) return UNDEFINED;
    number = value_index(vm, v);
    return is_error(number) ? ERROR : int_or_bool(number);
}

static bool add_int(Percent *p, const Conversion *c, Value v) {
    VM *vm = p->vm;
    char type = c->type == 'i' || c->type == 'u' ? 'd' : (char)c->type;
    bool is_text = is_str(v) || is_bytes(v) || is_bytearray(v);
    Value number = is_text ? UNDEFINED : int_of(vm, v, type != 'd');
    if (is_error(number)) return false;
    if (is_undefined(number)) {
        raise_type_error(vm,
                         type == 'd' ? "%%%c format: a real number is required, not %T"
                                     : "%%%c format: an integer is required, not %T",
                         type != 'd' || (p->is_bytes && c->type == 'i') ? (int)type : (int)c->type, v);
        return false;
    }
    Str *digits = int_to_str(vm, number, type == 'd' ? 10 : type == 'o' ? 8 : 16);
    if (digits == NULL) return false;
    const char *text = digits->data;
    size_t size = digits->size, prefix = type != 'd' && c->alternate ? 2 : 0;
    bool negative = text[0] == '-';
    size_t count = size - negative, zeros = c->precision > (ptrdiff_t)count ? (size_t)c->precision - count : 0;
    if (prefix == 0 && zeros == 0 && type != 'X') return add_number(p, c, text, size, 0);
    StrBuilder b = STR_BUILDER(vm);
    if (negative) str_builder_add(&b, "-", 1);
    if (prefix > 0) {
        char marks[2] = {'0', type};
        str_builder_add(&b, marks, 2);
    }
    if (c->precision > STR_MAX_SIZE) zeros = STR_MAX_SIZE + (size_t)1;
    str_builder_fill(&b, '0', zeros);
    str_builder_add(&b, text + negative, count);
    if (!b.failed && type == 'X') {
        for (size_t i = 0; i < b.size; i++)
            b.data[i] = (char)(b.data[i] >= 'a' && b.data[i] <= 'f' ? b.data[i] - 32 : b.data[i]);
    }
    bool ok = !b.failed && add_number(p, c, b.data, b.size, prefix);
    str_builder_cancel(&b);
    return ok;
}

static bool add_float(Percent *p, const Conversion *c, Value v) {
    double d;
    if (!value_as_double(p->vm, v, &d)) {
        if (!p->is_bytes || !raised_matches(p->vm, p->vm->exc.TypeError)) return false;
        raised_clear(p->vm);
        raise_type_error(p->vm, "float argument required, not %T", v);
        return false;
    }
    if (c->precision > INT32_MAX) {
        raise_value_error(p->vm, p->is_bytes ? "prec too big" : "precision too big");
        return false;
    }
    StrBuilder b = STR_BUILDER(p->vm);
    double_format(&b, d, (char)c->type, c->precision < 0 ? 6 : (int)c->precision, c->alternate, false, false);
    bool ok = !b.failed && add_number(p, c, b.data, b.size, 0);
    str_builder_cancel(&b);
    return ok;
}

static bool add_char(Percent *p, const Conversion *c, Value v) {
    VM *vm = p->vm;
    if (is_str(v) && to_str(v)->length == 1)
        return str_data(vm, to_str(v)) != NULL && add_padded(p, c, to_str(v)->data, to_str(v)->size, 1);
    Value number = is_str(v) || is_any_float(v) ? UNDEFINED : int_of(vm, v, true);
    if (is_error(number)) return false;
    if (is_undefined(number)) {
        raise_type_error(vm, "%%c requires int or char");
        return false;
    }
    if (!is_int(number) || to_int(number) < 0 || to_int(number) > 0x10FFFF) {
        raise_error(vm, vm->exc.OverflowError, "%%c arg not in range(0x110000)");
        return false;
    }
    char text[4];
    return add_padded(p, c, text, utf8_encode((uint32_t)to_int(number), text), 1);
}

static bool add_byte_char(Percent *p, const Conversion *c, Value v) {
    VM *vm = p->vm;
    if ((is_bytes(v) && to_bytes(v)->size == 1) || (is_bytearray(v) && to_bytearray(v)->size == 1)) {
        return add_padded(p, c, is_bytes(v) ? (const char *)to_bytes(v)->data : (const char *)to_bytearray(v)->data, 1,
                          1);
    }
    Value number = is_str(v) || is_any_float(v) || is_bytes(v) || is_bytearray(v) ? UNDEFINED : int_of(vm, v, true);
    if (is_error(number)) return false;
    if (is_undefined(number)) {
        raise_type_error(vm, "%%c requires an integer in range(256) or a single byte");
        return false;
    }
    if (!is_int(number) || to_int(number) < 0 || to_int(number) > 255) {
        raise_error(vm, vm->exc.OverflowError, "%%c arg not in range(256)");
        return false;
    }
    char byte = (char)to_int(number);
    return add_padded(p, c, &byte, 1, 1);
}

static bool add_text(Percent *p, const Conversion *c, Str *s) {
    if (s == NULL || str_data(p->vm, s) == NULL) return false;
    size_t length = s->length, size = s->size;
    if (c->precision >= 0 && (size_t)c->precision < length) {
        length = (size_t)c->precision;
        size = str_byte_offset(p->vm, s, length);
    }
    return add_padded(p, c, s->data, size, length);
}

// %b and %s of bytes: bytes-like objects, or what __bytes__ gives.
static bool add_bytes(Percent *p, const Conversion *c, Value v) {
    VM *vm = p->vm;
    if (!is_bytes(v) && !is_bytearray(v) && !is_memoryview(v)) {
        Value made = call_special(vm, v, SPECIAL_BYTES, NULL, 0);
        if (is_error(made)) return false;
        if (is_undefined(made)) {
            raise_type_error(vm, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'",
                             v);
            return false;
        }
        if (!is_bytes(made)) {
            raise_type_error(vm, "__bytes__ returned non-bytes (type %T)", made);
            return false;
        }
        v = made;
    }
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, v, &data, &size)) return false;
    if (c->precision >= 0 && (size_t)c->precision < size) size = (size_t)c->precision;
    return add_padded(p, c, (const char *)data, size, size);
}

static bool add_conversion(Percent *p, const Conversion *c) {
    VM *vm = p->vm;
    Value v = next_argument(p);
    if (is_error(v)) return false;
    switch (c->type) {
    case 's': return p->is_bytes ? add_bytes(p, c, v) : add_text(p, c, value_str(vm, v));
    case 'r': return add_text(p, c, p->is_bytes ? value_ascii(vm, v) : value_repr(vm, v));
    case 'a': return add_text(p, c, value_ascii(vm, v));
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': return add_int(p, c, v);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return add_float(p, c, v);
    case 'c': return p->is_bytes ? add_byte_char(p, c, v) : add_char(p, c, v);
    case 'b':
        if (p->is_bytes) return add_bytes(p, c, v);
        break;
    }
    size_t bytes_before = (size_t)(p->at - p->start) - (p->is_bytes ? 1 : utf8_size(c->type));
    size_t index = p->is_bytes ? bytes_before : utf8_count(p->start, bytes_before);
    raise_value_error(vm, "unsupported format character '%c' (0x%x) at index %zd",
                      c->type >= 31 && c->type <= 126 ? (int)c->type : '?', (unsigned)c->type, (ptrdiff_t)index);
    return false;
}

static bool percent_run(Percent *p) {
    while (p->at < p->end) {
        const char *mark = memchr(p->at, '%', (size_t)(p->end - p->at));
        const char *stop = mark != NULL ? mark : p->end;
        if (!str_builder_add(&p->out, p->at, (size_t)(stop - p->at))) return false;
        if (mark == NULL) break;
        p->at = mark + 1;
        if (p->at < p->end && *p->at == '%') {
            if (!str_builder_add(&p->out, p->at++, 1)) return false;
            continue;
        }
        Conversion c;
        if (!read_conversion(p, &c)) return false;
        if (c.width > STR_MAX_SIZE) {
            raise_no_memory(p->vm);
            return false;
        }
        if (!add_conversion(p, &c)) return false;
    }
    if (p->arg_index < p->arg_count && is_undefined(p->mapping)) {
        raise_type_error(p->vm, "not all arguments converted during %s formatting", p->is_bytes ? "bytes" : "string");
        return false;
    }
    return true;
}

static Percent percent_begin(VM *vm, const char *format, size_t size, Value args, bool is_bytes) {
    Percent p = {.vm = vm,
                 .out = STR_BUILDER(vm),
                 .start = format,
                 .at = format,
                 .end = format + size,
                 .is_bytes = is_bytes,
                 .args = args,
                 .mapping = UNDEFINED,
                 .arg_count = -1,
                 .arg_index = -2};
    if (is_tuple(args)) {
        p.arg_count = (ptrdiff_t)to_tuple(args)->count;
        p.arg_index = 0;
    } else if (!is_str(args) && !(is_bytes && (is_bytes(args) || is_bytearray(args))) &&
               !is_undefined(class_special(vm, class_of(vm, args), SPECIAL_GETITEM))) {
        p.mapping = args;
    }
    return p;
}

Str *str_percent_format(VM *vm, Str *format, Value args) {
    const char *data = str_data(vm, format);
    if (data == NULL) return NULL;
    Percent p = percent_begin(vm, data, format->size, args, false);
    if (percent_run(&p)) return str_builder_finish(&p.out);
    str_builder_cancel(&p.out);
    return NULL;
}

Value bytes_percent_format(VM *vm, Value format, Value args) {
    // A copy: the bytearray may change while Python code runs.
    const uint8_t *data;
    size_t size;
    if (!bytes_like(vm, format, &data, &size)) return ERROR;
    Bytes *copy = is_bytes(format) ? to_bytes(format) : bytes_new(vm, data, size);
    if (copy == NULL) return ERROR;
    Percent p = percent_begin(vm, (const char *)copy->data, size, args, true);
    if (!percent_run(&p)) {
        str_builder_cancel(&p.out);
        return ERROR;
    }
    Value result = p.out.failed ? ERROR : bytes_like_self(vm, format, p.out.data, p.out.size);
    str_builder_cancel(&p.out);
    return result;
}
