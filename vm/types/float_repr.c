// The shortest text that reads back as the same double.
#include "vm/types/float.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/types/str.h"

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// Decimals of up to 15 digits are told apart by doubles, and m / 10^k is rounded once when m < 2^53 and k <= 22. So when a division
// gives d back, m is its shortest form. Most numbers that people write are found here without any big arithmetic.
static int short_digits(double d, char digits[20], int *out_point) {
    if (d >= 1e15 || d < 1e-5) return 0;
    for (int places = 0; places <= 20; places++) {
        double scaled = d * powers_of_ten[places];
        if (scaled >= 1e15) return 0;
        double whole = nearbyint(scaled);
        if (whole == 0 || whole / powers_of_ten[places] != d) continue;
        uint64_t integer = (uint64_t)whole;
        char text[20];
        int count = 0;
        for (; integer != 0; integer /= 10) text[count++] = (char)('0' + integer % 10);
        for (int i = 0; i < count; i++) digits[i] = text[count - 1 - i];
        *out_point = count - places;
        while (count > 1 && digits[count - 1] == '0') count--;
        return count;
    }
    return 0;
}

int float_shortest_digits(double d, char digits[20], int *out_point) {
    d = fabs(d);
    int count = short_digits(d, digits, out_point);
    if (count > 0) return count;
    char text[40];
    for (int precision = d < DBL_MIN ? 0 : 14; precision <= 16; precision++) {   // subnormal ones have fewer digits
        snprintf(text, sizeof text, "%.*e", precision, d);
        if (precision == 16 || strtod(text, NULL) == d) break;
    }
    char *exponent = strchr(text, 'e');
    count = 0;
    for (char *at = text; at < exponent; at++)
        if (*at != '.') digits[count++] = *at;
    *out_point = atoi(exponent + 1) + 1;
    while (count > 1 && digits[count - 1] == '0') count--;
    return count;
}

Str *float_repr(VM *vm, double d) {
    if (isnan(d)) return str_new_ascii(vm, "nan", 3);
    if (isinf(d)) return d > 0 ? str_new_ascii(vm, "inf", 3) : str_new_ascii(vm, "-inf", 4);
    char text[48], *at = text, digits[20];
    if (signbit(d)) *at++ = '-';
    int point = 1, count = 1;
    if (d == 0) digits[0] = '0';
    else count = float_shortest_digits(d, digits, &point);
    if (point > 16 || point < -3) {                    // exponent below -4 or above 15
        *at++ = digits[0];
        if (count > 1) {
            *at++ = '.';
            memcpy(at, digits + 1, (size_t)count - 1);
            at += count - 1;
        }
        at += snprintf(at, 8, "e%+03d", point - 1);
    } else if (point <= 0) {
        *at++ = '0';
        *at++ = '.';
        for (int i = point; i < 0; i++) *at++ = '0';
        memcpy(at, digits, (size_t)count);
        at += count;
    } else {
        for (int i = 0; i < point; i++) *at++ = i < count ? digits[i] : '0';
        *at++ = '.';
        for (int i = point; i < count; i++) *at++ = digits[i];
        if (count <= point) *at++ = '0';
    }
    return str_new_ascii(vm, text, (size_t)(at - text));
}
