// Ints to text and back, in any base from 2 to 36.
#include "vm/types/int.h"

#include "vm/errors.h"
#include "vm/types/str.h"
#include "base/unicode.h"
#include "base/utf8.h"

// For each base, how many digits fit in one LibTomMath digit, and base to that power: texts are read and written in such chunks.
typedef struct Chunk { int digits; mp_digit power; } Chunk;

static Chunk chunk_of_base(int base) {
    Chunk chunk = {0, 1};
    while (chunk.power <= MP_MASK / (mp_digit)base) {
        chunk.power *= (mp_digit)base;
        chunk.digits++;
    }
    return chunk;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 99;
}

// ---- to text

static Str *small_to_str(VM *vm, int64_t value, int base) {
    char text[72], *end = text + sizeof text, *start = end;
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        *--start = "0123456789abcdefghijklmnopqrstuvwxyz"[magnitude % (unsigned)base];
        magnitude /= (unsigned)base;
    } while (magnitude != 0);
    if (value < 0) *--start = '-';
    return str_new_ascii(vm, start, (size_t)(end - start));
}

// Writes the magnitude's digits backwards from `end`, a chunk a division; returns the start, or NULL when out of memory.
static char *write_digits(const mp_int *number, int base, char *end) {
    Chunk chunk = chunk_of_base(base);
    mp_int rest;
    if (mp_init_copy(&rest, number) != MP_OKAY) return NULL;
    rest.sign = MP_ZPOS;
    char *start = end;
    while (rest.used != 0) {
        mp_digit part;
        if (mp_div_d(&rest, chunk.power, &rest, &part) != MP_OKAY) {
            mp_clear(&rest);
            return NULL;
        }
        for (int i = 0; i < chunk.digits && (rest.used != 0 || part != 0); i++) {
            *--start = "0123456789abcdefghijklmnopqrstuvwxyz"[part % (unsigned)base];
            part /= (unsigned)base;
        }
    }
    mp_clear(&rest);
    return start;
}

// At most this many digits: the bits of one digit are at least floor(log2(base)).
static size_t digits_bound(size_t bits, int base) {
    double per_digit = base >= 32 ? 5 : base >= 16 ? 4 : base == 10 ? 3.3219280948 : base >= 8 ? 3 : base >= 4 ? 2 : base == 3 ? 1.58 : 1;
    return (size_t)((double)bits / per_digit) + 2;
}

static bool base_is_power_of_two(int base) { return (base & (base - 1)) == 0; }

static bool check_digits_out(VM *vm, size_t bits, int base) {
    int32_t limit = vm->int_max_str_digits;
    if (limit == 0 || base_is_power_of_two(base) || (double)bits / 3.3219280948873626 < limit) return true;
    raise_value_error(vm, "Exceeds the limit (%d digits) for integer string conversion; "
                          "use sys.set_int_max_str_digits() to increase the limit", (int)limit);
    return false;
}

Str *int_to_str(VM *vm, Value v, int base) {
    int64_t small;
    if (int_as_i64(v, &small)) return small_to_str(vm, small, base);
    size_t bits = int_bit_length(v), room = digits_bound(bits, base) + 1, words = bits / 60 + 1;
    if (!check_digits_out(vm, bits, base)) return NULL;
    if (!vm_charge(vm, words * words / 16)) return NULL;
    char *text = buffer_new(vm, room);
    if (text == NULL) return NULL;
    IntView view;
    char *start = write_digits(int_view(v, &view), base, text + room);
    Str *result = NULL;
    if (start == NULL) {
        (void)raise_no_memory(vm);
    } else {
        if (int_sign(v) < 0) *--start = '-';
        size_t size = (size_t)(text + room - start);
        int32_t limit = vm->int_max_str_digits;
        if (limit > 0 && !base_is_power_of_two(base) && size - (int_sign(v) < 0) > (size_t)limit) {
            raise_value_error(vm, "Exceeds the limit (%d digits) for integer string conversion; "
                                  "use sys.set_int_max_str_digits() to increase the limit", (int)limit);
        } else {
            result = str_new_ascii(vm, start, size);
        }
    }
    buffer_free(vm, text, room);
    return result;
}

// ---- from text

Value int_parse(VM *vm, const char *digits, size_t size, int base) {
    bool negative = size > 0 && *digits == '-';
    if (negative) digits++, size--;
    while (size > 1 && *digits == '0') digits++, size--;
    Chunk chunk = chunk_of_base(base);
    if (size <= (size_t)chunk.digits) {
        uint64_t value = 0;
        for (size_t i = 0; i < size; i++) value = value * (unsigned)base + (unsigned)digit_value(digits[i]);
        return int_from_i64(vm, negative ? -(int64_t)value : (int64_t)value);
    }
    size_t words = size / (size_t)chunk.digits + 1;
    if (!heap_would_fit(vm, words * 8) || !vm_charge(vm, words * words / 16)) return ERROR;
    mp_int number;
    if (mp_init_size(&number, (int)words + 1) != MP_OKAY) return raise_no_memory(vm);
    size_t first = size % (size_t)chunk.digits;
    for (size_t at = 0; at < size;) {
        size_t count = at == 0 && first != 0 ? first : (size_t)chunk.digits;
        mp_digit part = 0, power = 1;
        for (size_t i = 0; i < count; i++) {
            part = part * (unsigned)base + (unsigned)digit_value(digits[at + i]);
            power *= (unsigned)base;
        }
        if (mp_mul_d(&number, power, &number) != MP_OKAY || mp_add_d(&number, part, &number) != MP_OKAY) {
            mp_clear(&number);
            return raise_no_memory(vm);
        }
        at += count;
    }
    if (negative) number.sign = MP_NEG;
    return int_from_mp(vm, &number);
}

// Copies the text as ASCII without surrounding spaces: Unicode spaces count, Unicode decimal digits become ASCII ones. Anything else that
// is not ASCII becomes '?', which no base accepts.
static size_t ascii_of_text(const char *data, size_t size, char *out) {
    size_t length = 0, at = 0;
    while (at < size) {
        if ((unsigned char)data[at] < 128) {
            char c = data[at++];
            out[length++] = (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f) ? ' ' : c;
            continue;
        }
        uint32_t code_point;
        at += utf8_decode(data + at, &code_point);
        int decimal = unicode_decimal_value(code_point);
        out[length++] = decimal >= 0 ? (char)('0' + decimal) : unicode_is_space(code_point) ? ' ' : '?';
    }
    return length;
}

// Takes out sign, prefix and underscores in place; false when it does not read as an int. *base 0 becomes the prefix's.
static bool normalise_digits(char *text, size_t size, int *base, char **out_digits, size_t *out_size) {
    char *at = text, *end = text + size;
    while (at < end && *at == ' ') at++;
    while (end > at && end[-1] == ' ') end--;
    char *out = text;
    if (at < end && (*at == '-' || *at == '+')) {
        if (*at == '-') *out++ = '-';
        at++;
    }
    bool prefixed = false;
    if (end - at >= 2 && at[0] == '0') {
        char letter = at[1] | 0x20;
        int prefix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
        if (prefix != 0 && (*base == 0 || *base == prefix)) {
            *base = prefix;
            at += 2;
            prefixed = true;
            if (at < end && *at == '_') at++;
        }
    }
    bool zeros_only = false;
    if (*base == 0) {
        *base = 10;
        zeros_only = at < end && *at == '0' && !prefixed;   // "0", "00" and "0_0" are fine, "01" is not
    }
    char *digits = out;
    bool after_digit = false, non_zero = false;
    for (; at < end; at++) {
        if (*at == '_') {
            if (!after_digit) return false;
            after_digit = false;
            continue;
        }
        if (digit_value(*at) >= *base) return false;
        non_zero |= *at != '0';
        after_digit = true;
        *out++ = *at;
    }
    if (!after_digit || out == digits || (zeros_only && non_zero)) return false;
    *out_digits = text;
    *out_size = (size_t)(out - text);
    return true;
}

Value int_from_text(VM *vm, Str *text, int base, Value shown) {
    const char *data = str_data(vm, text);
    if (data == NULL) return ERROR;
    char stack_copy[128], *copy = stack_copy;
    size_t size = text->size;
    if (size > sizeof stack_copy && (copy = buffer_new(vm, size)) == NULL) return ERROR;
    size_t length = ascii_of_text(data, size, copy);
    char *digits;
    size_t digit_count;
    int asked = base;
    Value result;
    if (!normalise_digits(copy, length, &base, &digits, &digit_count)) {
        result = raise_value_error(vm, "invalid literal for int() with base %d: %R", asked, shown);
    } else {
        size_t magnitude = digit_count - (*digits == '-');
        if (vm->int_max_str_digits > 0 && !base_is_power_of_two(base) && magnitude > (size_t)vm->int_max_str_digits)
            result = raise_value_error(vm, "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; "
                                           "use sys.set_int_max_str_digits() to increase the limit",
                                       (int)vm->int_max_str_digits, magnitude);
        else
            result = int_parse(vm, digits, digit_count, base);
    }
    if (copy != stack_copy) buffer_free(vm, copy, size);
    return result;
}
