// Ints to text and back, in any base from 2 to 36.
#include "vm/types/int.h"

#include "vm/errors.h"
#include "vm/types/str.h"
#include "base/unicode.h"
#include "base/utf8.h"

// For each base, how many digits fit in one limb, and base to that power: texts are read and written in such chunks.
typedef struct Chunk { size_t digits; Limb power; } Chunk;

static Chunk chunk_of_base(int base) {
    Chunk chunk = {0, 1};
    while (chunk.power <= UINT64_MAX / (Limb)base) {
        chunk.power *= (Limb)base;
        chunk.digits++;
    }
    return chunk;
}

enum {
    // Limbs (or chunks of digits) above which a number is split by a power of the base, so that the work is that of a few multiplications
    // instead of quadratic.
    SPLIT_LEAST = 40,
    POWERS_MAX = 32,
    DIGITS_PER_QUESTION = 1 << 18,   // digits that are some bits: between two looks at interrupts and clocks. int_reserve() has counted the work
};

// powers[i] is base to the (digits of a chunk << i), each the square of the one before. They are objects, so that memory is counted and the
// collector has them: it finds them on the C stack.
typedef struct Powers { Chunk chunk; int base; int count; Value items[POWERS_MAX]; } Powers;

static bool powers_reach(VM *vm, Powers *powers, int index) {
    if (powers->count == 0) {
        powers->items[0] = int_from_u64(vm, powers->chunk.power);
        if (is_error(powers->items[0])) return false;
        powers->count = 1;
    }
    for (; powers->count <= index; powers->count++) {
        Value last = powers->items[powers->count - 1];
        powers->items[powers->count] = int_mul(vm, last, last);
        if (is_error(powers->items[powers->count])) return false;
    }
    return true;
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

static const char digit_letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";

// Bases 2, 4, 8, 16 and 32: a digit is some bits.
// NULL: an exception.
static char *write_bits(VM *vm, const IntView *number, unsigned bits_per_digit, char *end) {
    char *start = end;
    size_t bits = limbs_bit_length(number->limbs, number->count);
    for (size_t bit = 0; bit < bits; bit += bits_per_digit) {
        if ((size_t)(end - start) % DIGITS_PER_QUESTION == DIGITS_PER_QUESTION - 1 && !vm_poll(vm)) return NULL;
        size_t limb = bit / LIMB_BITS, offset = bit % LIMB_BITS;
        Limb digit = number->limbs[limb] >> offset;
        if (offset + bits_per_digit > LIMB_BITS && limb + 1 < number->count) digit |= number->limbs[limb + 1] << (LIMB_BITS - offset);
        *--start = digit_letters[digit & (((Limb)1 << bits_per_digit) - 1)];
    }
    return start;
}

// Writes the digits of a short number backwards, a chunk a division; at least `least` of them. The limbs are used up.
static char *write_short(const Chunk *chunk, int base, Limb *limbs, size_t count, size_t least, char *end) {
    char *start = end;
    for (count = limbs_trim(limbs, count); count > 0; count = limbs_trim(limbs, count)) {
        Limb part = limbs_div_limb(limbs, limbs, count, chunk->power);
        bool last = limbs_trim(limbs, count) == 0;
        if (base == 10) {   // by a constant
            for (size_t i = 0; i < chunk->digits && (!last || part != 0); i++, part /= 10) *--start = (char)('0' + part % 10);
        } else {
            for (size_t i = 0; i < chunk->digits && (!last || part != 0); i++, part /= (Limb)base) *--start = digit_letters[part % (Limb)base];
        }
    }
    while ((size_t)(end - start) < least) *--start = '0';
    return start;
}

// The same for any magnitude: a long one is divided by a power of the base that has about half its length. NULL: an exception.
static char *write_digits(VM *vm, Powers *powers, Value v, size_t least, char *end) {
    IntView view;
    int_view(v, &view);
    if (view.count < SPLIT_LEAST) {
        Limb limbs[SPLIT_LEAST];
        memcpy(limbs, view.limbs, view.count * sizeof(Limb));
        return write_short(&powers->chunk, powers->base, limbs, view.count, least, end);
    }
    int index = 0;
    while (((size_t)2 << index) < view.count) index++;   // 2^index chunks are about half the number, or more
    Value high, low;
    if (!powers_reach(vm, powers, index) || !int_divmod(vm, v, powers->items[index], &high, &low)) return NULL;
    size_t digits = powers->chunk.digits << index;
    char *middle = write_digits(vm, powers, low, digits, end);
    if (middle == NULL) return NULL;
    return write_digits(vm, powers, high, least > digits ? least - digits : 0, middle);
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
    size_t bits = int_bit_length(v), room = digits_bound(bits, base) + 1;
    if (!check_digits_out(vm, bits, base)) return NULL;
    size_t limbs = bits / LIMB_BITS + 1;
    if (!int_reserve(vm, 0, base_is_power_of_two(base) ? limbs * 4 : limbs_mul_steps(limbs, limbs) / 4)) return NULL;
    char *text = buffer_new_unset(vm, room), *start;
    if (text == NULL) return NULL;
    if (base_is_power_of_two(base)) {
        IntView view;
        int_view(v, &view);
        start = write_bits(vm, &view, (unsigned)__builtin_ctz((unsigned)base), text + room);
    } else {
        Powers powers = {.chunk = chunk_of_base(base), .base = base};
        Value magnitude = int_abs(vm, v);
        start = is_error(magnitude) ? NULL : write_digits(vm, &powers, magnitude, 0, text + room);
    }
    Str *result = NULL;
    if (start != NULL) {
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

static Limb parse_chunk(const char *digits, size_t size, int base) {
    Limb value = 0;
    for (size_t i = 0; i < size; i++) value = value * (Limb)base + (Limb)digit_value(digits[i]);
    return value;
}

// Bases 2, 4, 8, 16 and 32: a digit is some bits.
static Value parse_bits(VM *vm, const char *digits, size_t size, unsigned bits_per_digit, bool negative) {
    BigInt *big = bigint_new(vm, size * bits_per_digit / LIMB_BITS + 1);
    if (big == NULL) return ERROR;
    for (size_t i = 0; i < size; i++) {
        if (i % DIGITS_PER_QUESTION == DIGITS_PER_QUESTION - 1 && !vm_poll(vm)) return ERROR;
        Limb digit = (Limb)digit_value(digits[size - 1 - i]);
        size_t bit = i * bits_per_digit, limb = bit / LIMB_BITS, offset = bit % LIMB_BITS;
        big->limbs[limb] |= digit << offset;
        if (offset + bits_per_digit > LIMB_BITS) big->limbs[limb + 1] |= digit >> (LIMB_BITS - offset);
    }
    return int_finish(big, negative);
}

// A chunk at a time, from the front.
static Value parse_short(VM *vm, const Chunk *chunk, const char *digits, size_t size, int base) {
    size_t count = 0, first = size % chunk->digits;
    BigInt *big = bigint_new(vm, size / chunk->digits + 1);
    if (big == NULL) return ERROR;
    for (size_t at = 0; at < size;) {
        size_t length = at == 0 && first != 0 ? first : chunk->digits;
        Limb carry = limbs_mul_limb(big->limbs, big->limbs, count, chunk->power, parse_chunk(digits + at, length, base));
        if (carry != 0) big->limbs[count++] = carry;
        at += length;
    }
    return int_finish(big, false);
}

// A long text is cut where a power of the base has about half its length.
static Value parse_magnitude(VM *vm, Powers *powers, const char *digits, size_t size) {
    if (size < powers->chunk.digits * SPLIT_LEAST) return parse_short(vm, &powers->chunk, digits, size, powers->base);
    int index = 0;
    while (powers->chunk.digits << (index + 1) < size) index++;
    if (!powers_reach(vm, powers, index)) return ERROR;
    size_t low_size = powers->chunk.digits << index;
    Value high = parse_magnitude(vm, powers, digits, size - low_size);
    if (!is_error(high)) high = int_mul(vm, high, powers->items[index]);
    Value low = is_error(high) ? ERROR : parse_magnitude(vm, powers, digits + size - low_size, low_size);
    return is_error(low) ? ERROR : int_add(vm, high, low);
}

Value int_parse(VM *vm, const char *digits, size_t size, int base) {
    bool negative = size > 0 && *digits == '-';
    if (negative) digits++, size--;
    while (size > 1 && *digits == '0') digits++, size--;
    Powers powers = {.chunk = chunk_of_base(base), .base = base};
    if (size < powers.chunk.digits) {   // below 2^63
        int64_t value = (int64_t)parse_chunk(digits, size, base);
        return int_from_i64(vm, negative ? -value : value);
    }
    size_t words = size / powers.chunk.digits + 1;
    if (!int_reserve(vm, words * LIMB_BITS, base_is_power_of_two(base) ? words * 4 : limbs_mul_steps(words, words) / 8)) return ERROR;
    if (base_is_power_of_two(base)) return parse_bits(vm, digits, size, (unsigned)__builtin_ctz((unsigned)base), negative);
    Value magnitude = parse_magnitude(vm, &powers, digits, size);
    return negative && !is_error(magnitude) ? int_negate(vm, magnitude) : magnitude;
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
