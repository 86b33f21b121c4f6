// The format mini-language: its parser, and the formatting of str, int, float and complex by it.
#include "vm/types/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "base/utf8.h"
#include "vm/types/float.h"
#include "vm/types/str_parts.h"

// ---- parsing

typedef struct SpecReader { VM *vm; const char *at, *end; } SpecReader;

static uint32_t reader_peek(const SpecReader *r) {
    uint32_t c = 0;
    if (r->at < r->end) utf8_decode(r->at, &c);
    return c;
}
static void reader_skip(SpecReader *r) { r->at += utf8_sequence_size((uint8_t)*r->at); }
static bool reader_take(SpecReader *r, char c) {
    if (r->at == r->end || *r->at != c) return false;
    r->at++;
    return true;
}
static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// Digits of any script, as CPython has it. *out stays when there are none; -1 is an error, else how many there were.
static int reader_number(SpecReader *r, ptrdiff_t *out) {
    ptrdiff_t number = 0;
    int count = 0;
    while (r->at < r->end) {
        int digit = unicode_decimal_value(reader_peek(r));
        if (digit < 0) break;
        if (number > (PTRDIFF_MAX - digit) / 10) {
            raise_value_error(r->vm, "Too many decimal digits in format string");
            return -1;
        }
        number = number * 10 + digit;
        reader_skip(r);
        count++;
    }
    if (count > 0) *out = number;
    return count;
}

static bool raise_bad_grouping(VM *vm, char grouping, uint32_t type) {
    if (type > 32 && type < 128) raise_value_error(vm, "Cannot specify '%c' with '%c'.", grouping, (int)type);
    else raise_value_error(vm, "Cannot specify '%c' with '\\x%x'.", grouping, (unsigned)type);
    return false;
}

static bool grouping_fits(VM *vm, const FormatSpec *spec) {
    switch (spec->type) {
    case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F': case 0: return true;
    case 'b': case 'o': case 'x': case 'X':
        if (spec->grouping == '_') return true;
        break;
    }
    return raise_bad_grouping(vm, spec->grouping, spec->type);
}

bool format_spec_parse(VM *vm, Str *spec, Value subject, char default_type, char default_align, FormatSpec *out) {
    const char *text = str_data(vm, spec);
    if (text == NULL) return false;
    SpecReader r = {vm, text, text + spec->size};
    *out =
        (FormatSpec){.fill = ' ', .type = (uint32_t)default_type, .align = default_align, .width = -1, .precision = -1};
    bool fill_given = false, align_given = false;
    if (r.at < r.end) {
        size_t first = utf8_sequence_size((uint8_t)*r.at);
        if (r.at + first < r.end && is_align((uint8_t)r.at[first])) {
            out->fill = reader_peek(&r);
            out->align = r.at[first];
            r.at += first + 1;
            fill_given = align_given = true;
        } else if (is_align((uint8_t)*r.at)) {
            out->align = *r.at++;
            align_given = true;
        }
    }
    if (r.at < r.end && (*r.at == '+' || *r.at == '-' || *r.at == ' ')) out->sign = *r.at++;
    out->no_negative_zero = reader_take(&r, 'z');
    out->alternate = reader_take(&r, '#');
    if (!fill_given && reader_take(&r, '0')) {
        out->fill = '0';
        if (!align_given && default_align == '>') out->align = '=';
    }
    if (reader_number(&r, &out->width) < 0) return false;
    if (reader_take(&r, ',')) out->grouping = ',';
    bool both = false;
    if (reader_take(&r, '_')) {
        both = out->grouping != 0;
        out->grouping = '_';
    }
    if (both || (out->grouping == '_' && r.at < r.end && *r.at == ',')) {
        raise_value_error(vm, "Cannot specify both ',' and '_'.");
        return false;
    }
    if (reader_take(&r, '.')) {
        int digits = reader_number(&r, &out->precision);
        if (digits < 0) return false;
        if (digits == 0) {
            raise_value_error(vm, "Format specifier missing precision");
            return false;
        }
    }
    if (r.at < r.end) {
        out->type = reader_peek(&r);
        reader_skip(&r);
        if (r.at < r.end) {
            raise_value_error(vm, "Invalid format specifier '%S' for object of type '%T'", spec, subject);
            return false;
        }
    }
    return out->grouping == 0 || grouping_fits(vm, out);
}

static Str *raise_unknown_type(VM *vm, uint32_t type, Value subject) {
    if (type > 32 && type < 128)
        raise_value_error(vm, "Unknown format code '%c' for object of type '%T'", (int)type, subject);
    else raise_value_error(vm, "Unknown format code '\\x%x' for object of type '%T'", (unsigned)type, subject);
    return NULL;
}

// ---- str

Str *format_str(VM *vm, Str *s, Str *spec_text) {
    if (spec_text->size == 0) {
        Value exact = str_exact(vm, s);
        return is_error(exact) ? NULL : to_str(exact);
    }
    FormatSpec spec;
    if (!format_spec_parse(vm, spec_text, from_object(s), 's', '<', &spec)) return NULL;
    if (spec.type != 's') return raise_unknown_type(vm, spec.type, from_object(s));
    const char *what = spec.sign == ' '         ? "Space"
                       : spec.sign != 0         ? "Sign"
                       : spec.no_negative_zero  ? "Negative zero coercion (z)"
                       : spec.alternate         ? "Alternate form (#)"
                       : NULL;
    if (what != NULL) {
        raise_value_error(vm, "%s not allowed in string format specifier", what);
        return NULL;
    }
    if (spec.align == '=') {
        raise_value_error(vm, "'=' alignment not allowed in string format specifier");
        return NULL;
    }
    size_t length = s->length;
    if (spec.precision >= 0 && (size_t)spec.precision < length) {
        length = (size_t)spec.precision;
        s = str_slice(vm, s, 0, length);
        if (s == NULL) return NULL;
    }
    if (spec.width <= (ptrdiff_t)length) {
        Value exact = str_exact(vm, s);
        return is_error(exact) ? NULL : to_str(exact);
    }
    size_t padding = (size_t)spec.width - length;
    size_t left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
    StrBuilder b = STR_BUILDER(vm);
    if (str_builder_fill(&b, spec.fill, left) && str_builder_add_str(&b, s))
        str_builder_fill(&b, spec.fill, padding - left);
    return str_builder_finish(&b);
}

// ---- the parts of a number

// A number's text taken apart: sign, prefix ("0x"), digits, then the rest from the point (or "inf", "nan") on.
typedef struct NumberParts {
    char sign;                  // '+', '-', ' ' or 0
    const char *prefix;         // two characters or NULL
    const char *digits, *rest;
    size_t digit_count, rest_size;
} NumberParts;

static char sign_to_show(bool negative, char option) {
    return negative ? '-' : option == '+' || option == ' ' ? option : 0;
}

// How many separators digits get, with as many leading zeros as make them at least min_width wide.
static void group_widths(const FormatSpec *spec, size_t digit_count, size_t min_width, size_t *out_digits,
                         size_t *out_separators) {
    size_t group = spec->type == 'b' || spec->type == 'o' || spec->type == 'x' || spec->type == 'X' ? 4 : 3;
    size_t digits = digit_count, separators;
    if (spec->grouping == 0) {
        *out_digits = digits > min_width ? digits : min_width;
        *out_separators = 0;
        return;
    }
    separators = (digits - 1) / group;
    if (digits + separators < min_width) {
        // min_width = digits + (digits - 1) / group, rounded up where that would begin with a separator
        digits = min_width - min_width / (group + 1);
        separators = (digits - 1) / group;
        while (digits + separators < min_width) separators = (++digits - 1) / group;
    }
    *out_digits = digits;
    *out_separators = separators;
}

static void add_grouped(StrBuilder *b, const FormatSpec *spec, const NumberParts *parts, size_t digits,
                        size_t separators) {
    size_t group = spec->type == 'b' || spec->type == 'o' || spec->type == 'x' || spec->type == 'X' ? 4 : 3;
    size_t zeros = digits - parts->digit_count;
    if (separators == 0) {
        str_builder_fill(b, '0', zeros);
        str_builder_add(b, parts->digits, parts->digit_count);
        return;
    }
    if (!str_builder_reserve(b, digits + separators)) return;
    char *out = b->data + b->size;
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % group == 0) *out++ = spec->grouping;
        *out++ = i < zeros ? '0' : parts->digits[i - zeros];
    }
    b->size += digits + separators;
    b->length += digits + separators;
}

// The whole number, padded to the spec's width.
static bool add_number(StrBuilder *b, const FormatSpec *spec, const NumberParts *parts) {
    size_t fixed = (parts->sign != 0) + (parts->prefix != NULL ? 2 : 0) + parts->rest_size;
    size_t width = spec->width < 0 ? 0 : (size_t)spec->width;
    if (width > STR_MAX_SIZE) {
        raise_no_memory(b->vm);
        str_builder_cancel(b);
        b->failed = true;
        return false;
    }
    size_t min_width = spec->fill == '0' && spec->align == '=' && width > fixed ? width - fixed : 0, digits = 0,
           separators = 0;
    if (parts->digit_count > 0) group_widths(spec, parts->digit_count, min_width, &digits, &separators);
    size_t total = fixed + digits + separators, padding = width > total ? width - total : 0;
    size_t left = spec->align == '>' ? padding : spec->align == '^' ? padding / 2 : 0;
    size_t inside = spec->align == '=' ? padding : 0;
    str_builder_fill(b, spec->fill, left);
    if (parts->sign != 0) str_builder_add(b, &parts->sign, 1);
    if (parts->prefix != NULL) str_builder_add(b, parts->prefix, 2);
    str_builder_fill(b, spec->fill, inside);
    if (digits > 0) add_grouped(b, spec, parts, digits, separators);
    str_builder_add(b, parts->rest, parts->rest_size);
    return str_builder_fill(b, spec->fill, padding - left - inside);
}

// ---- int

static Str *format_char(VM *vm, const FormatSpec *spec, Value number) {
    if (spec->sign != 0) {
        raise_value_error(vm, "Sign not allowed with integer format specifier 'c'");
        return NULL;
    }
    if (spec->alternate) {
        raise_value_error(vm, "Alternate form (#) not allowed with integer format specifier 'c'");
        return NULL;
    }
    int64_t code_point;
    if (!int_as_i64(number, &code_point)) {
        raise_error(vm, vm->exc.OverflowError, "Python int too large to convert to C long");
        return NULL;
    }
    if (code_point < 0 || code_point > 0x10FFFF) {
        raise_error(vm, vm->exc.OverflowError, "%%c arg not in range(0x110000)");
        return NULL;
    }
    char bytes[4];
    NumberParts parts = {.digits = "", .rest = bytes, .rest_size = utf8_encode((uint32_t)code_point, bytes)};
    FormatSpec padded = *spec;
    if (padded.width >= 0) padded.width += (ptrdiff_t)parts.rest_size - 1;   // the width counts characters
    StrBuilder b = STR_BUILDER(vm);
    add_number(&b, &padded, &parts);
    return str_builder_finish(&b);
}

static Str *format_double_spec(VM *vm, double d, FormatSpec *spec, Value subject);

Str *format_int(VM *vm, Value v, Str *spec_text) {
    Value number = int_or_bool(v);
    if (spec_text->size == 0) return is_int(v) ? int_to_str(vm, v, 10) : value_str(vm, v);
    FormatSpec spec;
    if (!format_spec_parse(vm, spec_text, v, 'd', '>', &spec)) return NULL;
    int base = 10;
    switch (spec.type) {
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': {
        double d = int_as_double(number);
        if (isinf(d)) {
            raise_error(vm, vm->exc.OverflowError, "int too large to convert to float");
            return NULL;
        }
        return format_double_spec(vm, d, &spec, v);
    }
    case 'b': base = 2; break;
    case 'o': base = 8; break;
    case 'x': case 'X': base = 16; break;
    case 'd': case 'n': case 'c': break;
    default: return raise_unknown_type(vm, spec.type, v);
    }
    if (spec.precision >= 0) {
        raise_value_error(vm, "Precision not allowed in integer format specifier");
        return NULL;
    }
    if (spec.no_negative_zero) {
        raise_value_error(vm, "Negative zero coercion (z) not allowed in integer format specifier");
        return NULL;
    }
    if (spec.type == 'c') return format_char(vm, &spec, number);
    Str *digits = int_to_str(vm, number, base);
    if (digits == NULL) return NULL;
    if (spec.type == 'X') {
        char *out;
        Str *upper = str_new_raw(vm, digits->size, digits->size, &out);
        if (upper == NULL) return NULL;
        for (size_t i = 0; i < digits->size; i++)
            out[i] = (char)(digits->data[i] >= 'a' ? digits->data[i] - 32 : digits->data[i]);
        digits = upper;
    }
    bool negative = digits->data[0] == '-';
    NumberParts parts = {.sign = sign_to_show(negative, spec.sign), .digits = digits->data + negative,
                         .digit_count = digits->size - negative, .rest = ""};
    if (spec.alternate && base != 10)
        parts.prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec.type == 'X' ? "0X" : "0x";
    StrBuilder b = STR_BUILDER(vm);
    add_number(&b, &spec, &parts);
    return str_builder_finish(&b);
}

// ---- digits of doubles

static bool fail_no_memory(StrBuilder *b) {
    raise_no_memory(b->vm);
    str_builder_cancel(b);
    b->failed = true;
    return false;
}

static bool add_exponent(StrBuilder *b, int exponent, bool upper) {
    char text[8];
    int size = snprintf(text, sizeof text, "%c%+03d", upper ? 'E' : 'e', exponent);
    return str_builder_add(b, text, (size_t)size);
}

// 0.DIGITS * 10^point laid out with `point` digits before the point: no exponent.
static bool add_plain(StrBuilder *b, const char *digits, int count, int point, bool keep_point, bool add_dot_0) {
    if (point <= 0) {
        if (!str_builder_add(b, "0", 1)) return false;
        if (count == 0) return true;
        return str_builder_add(b, ".", 1) && str_builder_fill(b, '0', (size_t)-point) &&
               str_builder_add(b, digits, (size_t)count);
    }
    int before = count < point ? count : point;
    str_builder_add(b, digits, (size_t)before);
    str_builder_fill(b, '0', (size_t)(point - before));
    if (count > point) {
        str_builder_add(b, ".", 1);
        return str_builder_add(b, digits + point, (size_t)(count - point));
    }
    return str_builder_add_c(b, add_dot_0 ? ".0" : keep_point ? "." : "");
}

// snprintf into the builder: size is known to suffice.
static char *builder_room(StrBuilder *b, size_t size) {
    return str_builder_reserve(b, size) ? b->data + b->size : NULL;
}

// No double has more digits than that: what a larger precision asks for are zeros, which the C library would be slow to find.
enum { EXACT_DIGITS = 1100 };

// Precision beyond the exact digits: zeros, put in before the exponent if there is one.
static bool add_zeros_at(StrBuilder *b, size_t at, size_t count) {
    if (count == 0) return true;
    if (!str_builder_reserve(b, count)) return false;
    memmove(b->data + at + count, b->data + at, b->size - at);
    memset(b->data + at, '0', count);
    b->size += count;
    b->length += count;
    return true;
}

enum { BY_HAND_PLACES = 18, BY_HAND_SHIFT_MAX = 120 };

static size_t write_digits(char *out, uint64_t number, int at_least) {
    char text[24];
    int count = 0;
    for (; number != 0 || count < at_least; number /= 10) text[count++] = (char)('0' + number % 10);
    for (int i = 0; i < count; i++) out[i] = text[count - 1 - i];
    return (size_t)count;
}

// The common case of "%.*f", five times as fast as the C library's and as exact: below 2^60 and with few places, the digits of
// d * 10^precision fit into 128 bits, and the bits shifted out of them say how to round, half to even. 0: the C library must do it.
static size_t fixed_by_hand(char *out, double d, int precision, bool keep_point) {
    if (precision > BY_HAND_PLACES || !(fabs(d) < 0x1p60)) return 0;
    int exponent;
    double fraction = frexp(fabs(d), &exponent);
    unsigned __int128 scaled = (unsigned __int128)(uint64_t)ldexp(fraction, 53);
    int shift = 53 - exponent;
    if (shift > BY_HAND_SHIFT_MAX) return 0;
    uint64_t power = 1;
    for (int i = 0; i < precision; i++) power *= 10;
    scaled *= power;
    if (shift <= 0) {
        scaled <<= -shift;
    } else {
        unsigned __int128 half = (unsigned __int128)1 << (shift - 1), rest = scaled & (2 * half - 1);
        scaled >>= shift;
        if (rest > half || (rest == half && (scaled & 1))) scaled++;
    }
    uint64_t whole = (uint64_t)(scaled >> 64) == 0 ? (uint64_t)scaled / power : (uint64_t)(scaled / power);
    char *at = out;
    if (signbit(d)) *at++ = '-';
    at += write_digits(at, whole, 1);
    if (precision > 0 || keep_point) *at++ = '.';
    if (precision > 0) at += write_digits(at, (uint64_t)(scaled - (unsigned __int128)whole * power), precision);
    return (size_t)(at - out);
}

static bool add_fixed(StrBuilder *b, double d, int precision, bool alternate) {
    int zeros = precision > EXACT_DIGITS ? precision - EXACT_DIGITS : 0;
    precision -= zeros;
    size_t room = (size_t)precision + 330;
    char *out = builder_room(b, room);
    if (out == NULL) return false;
    size_t by_hand = fixed_by_hand(out, d, precision, alternate);
    int size = by_hand > 0 ? (int)by_hand : snprintf(out, room, alternate ? "%#.*f" : "%.*f", precision, d);
    if (size < 0 || (size_t)size >= room) return fail_no_memory(b);
    b->size += (size_t)size;
    b->length += (size_t)size;
    return add_zeros_at(b, b->size, (size_t)zeros);
}

// 'g': `precision` significant digits, with an exponent when that is shorter; trailing zeros go unless `alternate`.
static bool add_general(StrBuilder *b, double d, int precision, bool upper, bool alternate, bool add_dot_0) {
    if (precision == 0) precision = 1;
    int zeros = precision > EXACT_DIGITS ? precision - EXACT_DIGITS : 0;
    precision -= zeros;
    if (!alternate) zeros = 0;
    StrBuilder digits = STR_BUILDER(b->vm);
    size_t room = (size_t)precision + 32;
    char *text = builder_room(&digits, room);
    if (text == NULL) {
        b->failed = true;
        return false;
    }
    int size = snprintf(text, room, "%.*e", precision - 1, d);
    if (size < 0 || (size_t)size >= room) {
        str_builder_cancel(&digits);
        return fail_no_memory(b);
    }
    char *mark = memchr(text, 'e', (size_t)size);
    int exponent = atoi(mark + 1), point = exponent + 1, count = precision;
    if (precision > 1) memmove(text + 1, text + 2, (size_t)(precision - 1));   // out with the point
    if (!alternate) {
        while (count > 1 && text[count - 1] == '0') count--;
    }
    bool ok;
    if (exponent < -4 || point > precision - add_dot_0) {
        str_builder_add(b, text, 1);
        if (count > 1 || alternate) str_builder_add(b, ".", 1);
        str_builder_add(b, text + 1, (size_t)(count - 1));
        ok = add_zeros_at(b, b->size, (size_t)zeros) && add_exponent(b, exponent, upper);
    } else {
        if (d == 0 && !alternate) {
            ok = str_builder_add_c(b, add_dot_0 ? "0.0" : "0");
        } else {
            ok = add_plain(b, text, count, point, alternate, add_dot_0) && add_zeros_at(b, b->size, (size_t)zeros);
        }
    }
    str_builder_cancel(&digits);
    return ok;
}

static bool add_scientific(StrBuilder *b, double d, int precision, bool upper, bool alternate) {
    int zeros = precision > EXACT_DIGITS ? precision - EXACT_DIGITS : 0;
    precision -= zeros;
    size_t room = (size_t)precision + 32;
    char *out = builder_room(b, room);
    if (out == NULL) return false;
    int size = snprintf(out, room, upper ? alternate ? "%#.*E" : "%.*E" : alternate ? "%#.*e" : "%.*e", precision, d);
    if (size < 0 || (size_t)size >= room) return fail_no_memory(b);
    b->size += (size_t)size;
    b->length += (size_t)size;
    char *mark = memchr(out, upper ? 'E' : 'e', (size_t)size);
    return add_zeros_at(b, (size_t)(mark - b->data), (size_t)zeros);
}

static bool add_shortest(StrBuilder *b, double d, bool alternate, bool add_dot_0) {
    if (d == 0) return str_builder_add_c(b, add_dot_0 ? "0.0" : alternate ? "0." : "0");
    char digits[20];
    int point, count = float_shortest_digits(d, digits, &point);
    if (point > 16 || point < -3) {
        str_builder_add(b, digits, 1);
        if (count > 1 || alternate) str_builder_add(b, ".", 1);
        str_builder_add(b, digits + 1, (size_t)(count - 1));
        return add_exponent(b, point - 1, false);
    }
    return add_plain(b, digits, count, point, alternate, add_dot_0);
}

bool double_format(StrBuilder *b, double d, char code, int precision, bool alternate, bool add_dot_0, bool sign) {
    bool upper = code == 'E' || code == 'F' || code == 'G';
    if (isnan(d)) {
        if (sign) str_builder_add(b, "+", 1);
        return str_builder_add_c(b, upper ? "NAN" : "nan");
    }
    if (signbit(d)) str_builder_add(b, "-", 1);
    else if (sign) str_builder_add(b, "+", 1);
    d = fabs(d);
    if (isinf(d)) return str_builder_add_c(b, upper ? "INF" : "inf");
    switch (code) {
    case 'e': case 'E': return add_scientific(b, d, precision, upper, alternate);
    case 'f': case 'F': return add_fixed(b, d, precision, alternate);
    case 'g': case 'G': return add_general(b, d, precision, upper, alternate, add_dot_0);
    default: return add_shortest(b, d, alternate, add_dot_0);
    }
}

// ---- float

// "-0.00" is "0.00" when negative zeros are not wanted.
static bool looks_zero(const char *text, size_t size) {
    for (size_t i = 0; i < size && (text[i] | 32) != 'e'; i++) {
        if (text[i] != '0' && text[i] != '.') return false;
    }
    return true;
}

static void split_number(const char *text, size_t size, const FormatSpec *spec, NumberParts *out) {
    bool negative = size > 0 && text[0] == '-';
    text += negative;
    size -= negative;
    if (negative && spec->no_negative_zero && looks_zero(text, size)) negative = false;
    size_t digits = 0;
    while (digits < size && text[digits] >= '0' && text[digits] <= '9') digits++;
    *out = (NumberParts){.sign = sign_to_show(negative, spec->sign),
                         .digits = text,
                         .digit_count = digits,
                         .rest = text + digits,
                         .rest_size = size - digits};
}

static bool precision_fits(VM *vm, const FormatSpec *spec) {
    if (spec->precision <= INT32_MAX) return true;
    raise_value_error(vm, "precision too big");
    return false;
}

static Str *format_double_spec(VM *vm, double d, FormatSpec *spec, Value subject) {
    bool percent = false, add_dot_0 = false;
    char code;
    ptrdiff_t default_precision = 6;
    switch (spec->type) {
    case 0:
        add_dot_0 = true;
        code = 'r';
        default_precision = 0;
        break;
    case 'n': code = 'g'; break;
    case '%':
        d *= 100;
        percent = true;
        code = 'f';
        break;
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': code = (char)spec->type; break;
    default: return raise_unknown_type(vm, spec->type, subject);
    }
    if (!precision_fits(vm, spec)) return NULL;
    ptrdiff_t precision = spec->precision;
    if (precision < 0) precision = default_precision;
    else if (code == 'r') code = 'g';
    StrBuilder number = STR_BUILDER(vm), b = STR_BUILDER(vm);
    double_format(&number, d, code, (int)precision, spec->alternate, add_dot_0, false);
    if (percent) str_builder_add(&number, "%", 1);
    if (number.failed) return str_builder_finish(&number);
    if (spec->width <= 0 && spec->grouping == 0 && spec->sign == 0 && !spec->no_negative_zero)
        return str_builder_finish(&number);
    NumberParts parts;
    split_number(number.data, number.size, spec, &parts);
    add_number(&b, spec, &parts);
    str_builder_cancel(&number);
    return str_builder_finish(&b);
}

Str *format_float(VM *vm, double d, Str *spec_text) {
    if (spec_text->size == 0) return float_repr(vm, d);
    FormatSpec spec;
    Value subject = float_new(vm, d);
    if (is_error(subject) || !format_spec_parse(vm, spec_text, subject, 0, '>', &spec)) return NULL;
    return format_double_spec(vm, d, &spec, subject);
}

// ---- complex

Str *format_complex(VM *vm, Value complex, Str *spec_text) {
    if (spec_text->size == 0) return value_str(vm, complex);
    const Complex *c = (const Complex *)to_object(complex);
    FormatSpec spec;
    if (!format_spec_parse(vm, spec_text, complex, 0, '>', &spec)) return NULL;
    char code;
    bool skip_real = false, parentheses = false;
    switch (spec.type) {
    case 0:
        code = 'r';
        skip_real = c->real == 0 && !signbit(c->real);
        parentheses = !skip_real;
        break;
    case 'n': code = 'g'; break;
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': code = (char)spec.type; break;
    default: return raise_unknown_type(vm, spec.type, complex);
    }
    if (spec.fill == '0') {
        raise_value_error(vm, "Zero padding is not allowed in complex format specifier");
        return NULL;
    }
    if (spec.align == '=') {
        raise_value_error(vm, "'=' alignment flag is not allowed in complex format specifier");
        return NULL;
    }
    if (!precision_fits(vm, &spec)) return NULL;
    int precision = spec.precision < 0 ? code == 'r' ? 0 : 6 : (int)spec.precision;
    if (spec.precision >= 0 && code == 'r') code = 'g';
    StrBuilder digits[2] = {STR_BUILDER(vm), STR_BUILDER(vm)}, whole = STR_BUILDER(vm), b = STR_BUILDER(vm);
    FormatSpec part_spec = spec;
    part_spec.width = -1;
    part_spec.align = '<';
    if (parentheses) str_builder_add(&whole, "(", 1);
    for (int i = 0; i < 2; i++) {
        if (i == 0 && skip_real) continue;
        double_format(&digits[i], i == 0 ? c->real : c->imaginary, code, precision, spec.alternate, false, false);
        if (digits[i].failed) continue;
        if (i == 1 && !skip_real) part_spec.sign = '+';
        NumberParts parts;
        split_number(digits[i].data, digits[i].size, &part_spec, &parts);
        add_number(&whole, &part_spec, &parts);
    }
    str_builder_add_c(&whole, parentheses ? "j)" : "j");
    bool failed = digits[0].failed || digits[1].failed || whole.failed;
    size_t width = spec.width < 0 ? 0 : (size_t)spec.width, padding = width > whole.size ? width - whole.size : 0;
    size_t left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
    if (!failed) {
        str_builder_fill(&b, spec.fill, left);
        str_builder_add(&b, whole.data, whole.size);
        str_builder_fill(&b, spec.fill, padding - left);
    }
    for (int i = 0; i < 2; i++) str_builder_cancel(&digits[i]);
    str_builder_cancel(&whole);
    return failed ? NULL : str_builder_finish(&b);
}
