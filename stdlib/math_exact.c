// math's functions of ints, and those of many numbers: sums, products, distances.
#include <math.h>

#include "stdlib/math_internal.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/int.h"

// ---- combinatorics

// The product of first, first+1 ... last, halves first: the factors of each multiplication are about equally long.
static Value product_of_range(VM *vm, int64_t first, int64_t last) {
    if (first > last) return from_int(1);
    if (last - first < 8) {
        Value product = from_int(first);
        for (int64_t i = first + 1; i <= last && !is_error(product); i++) product = int_mul(vm, product, from_int(i));
        return product;
    }
    int64_t middle = first + (last - first) / 2;
    Value left = product_of_range(vm, first, middle), right = is_error(left) ? ERROR : product_of_range(vm, middle + 1, last);
    return is_error(right) ? ERROR : int_mul(vm, left, right);
}

Value math_factorial(VM *vm, const Value *args, int argc) {
    if (is_any_float(args[0])) return raise_type_error(vm, "'float' object cannot be interpreted as an integer");
    Value n = value_index(vm, args[0]);
    if (is_error(n)) return ERROR;
    if (int_sign(n) < 0) return raise_value_error(vm, "factorial() not defined for negative values");
    int64_t count;
    if (!int_as_i64(n, &count)) return raise_error(vm, vm->exc.OverflowError, "factorial() argument should not exceed 9223372036854775807");
    if (count > 100000000) return raise_no_memory(vm);
    return product_of_range(vm, 2, count);
}

// n * (n-1) * ... * (n-k+1)
static Value falling(VM *vm, Value n, int64_t k) {
    int64_t small;
    if (int_as_i64(n, &small) && int_fits(small)) return product_of_range(vm, small - k + 1, small);
    Value product = from_int(1);
    for (int64_t i = 0; i < k && !is_error(product); i++) {
        Value factor = int_sub(vm, n, from_int(i));
        product = is_error(factor) ? ERROR : int_mul(vm, product, factor);
    }
    return product;
}

Value math_perm(VM *vm, const Value *args, int argc) {
    if (!arg_given(args, argc, 1) || is_none(args[1])) return math_factorial(vm, args, 1);
    Value n = value_index(vm, args[0]), k = is_error(n) ? ERROR : value_index(vm, args[1]);
    if (is_error(k)) return ERROR;
    if (int_sign(n) < 0) return raise_value_error(vm, "n must be a non-negative integer");
    if (int_sign(k) < 0) return raise_value_error(vm, "k must be a non-negative integer");
    if (int_compare(n, k) < 0) return from_int(0);
    int64_t count;
    if (!int_as_i64(k, &count)) return raise_error(vm, vm->exc.OverflowError, "k must not exceed 9223372036854775807");
    if (count > 100000000) return raise_no_memory(vm);
    return falling(vm, n, count);
}

Value math_comb(VM *vm, const Value *args, int argc) {
    Value n = value_index(vm, args[0]), k = is_error(n) ? ERROR : value_index(vm, args[1]);
    if (is_error(k)) return ERROR;
    if (int_sign(n) < 0) return raise_value_error(vm, "n must be a non-negative integer");
    if (int_sign(k) < 0) return raise_value_error(vm, "k must be a non-negative integer");
    if (int_compare(n, k) < 0) return from_int(0);
    Value other = int_sub(vm, n, k);
    if (is_error(other)) return ERROR;
    if (int_compare(other, k) < 0) k = other;
    int64_t count;
    if (!int_as_i64(k, &count)) return raise_error(vm, vm->exc.OverflowError, "min(n - k, k) must not exceed 9223372036854775807");
    if (count > 100000000) return raise_no_memory(vm);
    Value above = falling(vm, n, count), below = is_error(above) ? ERROR : product_of_range(vm, 2, count);
    return is_error(below) ? ERROR : int_floordiv(vm, above, below);
}

// ---- divisors and roots

// A list of many numbers makes a number of many limbs.
enum { STEPS_PER_FACTOR = 64 };

Value math_gcd(VM *vm, const Value *args, int argc) {
    Value result = from_int(0);
    for (int i = 0; i < argc; i++) {
        Value v = vm_charge(vm, STEPS_PER_FACTOR) ? value_index(vm, args[i]) : ERROR;
        result = is_error(v) ? ERROR : int_gcd(vm, result, v);
        if (is_error(result)) return ERROR;
    }
    return result;
}

Value math_lcm(VM *vm, const Value *args, int argc) {
    Value result = from_int(1);
    for (int i = 0; i < argc; i++) {
        Value v = vm_charge(vm, STEPS_PER_FACTOR) ? value_index(vm, args[i]) : ERROR;
        if (is_error(v)) return ERROR;
        if (int_sign(result) == 0) continue;
        if (int_sign(v) == 0) {
            result = from_int(0);
            continue;
        }
        Value divisor = int_gcd(vm, result, v), part = is_error(divisor) ? ERROR : int_floordiv(vm, result, divisor);
        result = is_error(part) ? ERROR : int_mul(vm, part, v);
        if (!is_error(result)) result = int_abs(vm, result);
        if (is_error(result)) return ERROR;
    }
    return result;
}

Value math_isqrt(VM *vm, const Value *args, int argc) {
    Value n = value_index(vm, args[0]);
    if (is_error(n)) return ERROR;
    if (int_sign(n) < 0) return raise_value_error(vm, "isqrt() argument must be nonnegative");
    int64_t small;
    if (int_as_i64(n, &small) && small < (INT64_C(1) << 52)) return from_int((int64_t)sqrt((double)small));
    return int_sqrt(vm, n);
}

// ---- many numbers

Value math_prod(VM *vm, const Value *args, int argc) {
    Value product = arg_given(args, argc, 1) ? args[1] : from_int(1), item;
    Iteration it;
    if (!iter_begin(vm, &it, args[0])) return ERROR;
    while (iter_step(vm, &it, &item)) {
        product = binary_op(vm, BINARY_MUL, product, item, false);
        if (is_error(product)) return ERROR;
    }
    return it.failed ? ERROR : product;
}

// Partial sums that do not overlap, smallest first: together they are the exact sum (Shewchuk).
typedef struct Partials { double *items; size_t count, capacity; double fixed[32]; } Partials;

static bool partials_add(VM *vm, Partials *p, double x) {
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        double y = p->items[i];
        if (fabs(x) < fabs(y)) {
            double t = x;
            x = y;
            y = t;
        }
        volatile double high = x + y;
        volatile double back = high - x;
        double low = y - back;
        if (low != 0) p->items[kept++] = low;
        x = high;
    }
    if (kept == p->capacity) {
        size_t old = p->items == p->fixed ? 0 : p->capacity * sizeof(double);
        double *grown = buffer_resize(vm, old == 0 ? NULL : p->items, old, p->capacity * 2 * sizeof(double));
        if (grown == NULL) return false;
        if (old == 0) memcpy(grown, p->fixed, sizeof p->fixed);
        p->items = grown;
        p->capacity *= 2;
    }
    p->items[kept++] = x;
    p->count = kept;
    return true;
}

// The exact sum rounded once, half to even.
static double partials_round(Partials *p) {
    size_t n = p->count;
    if (n == 0) return 0;
    double high = p->items[--n], low = 0;
    while (n > 0) {
        double x = high, y = p->items[--n];
        volatile double sum = x + y;
        volatile double back = sum - x;
        high = sum;
        low = y - back;
        if (low != 0) break;
    }
    // A tie that the remaining partials decide.
    if (n > 0 && ((low < 0 && p->items[n - 1] < 0) || (low > 0 && p->items[n - 1] > 0))) {
        double y = low * 2;
        volatile double x = high + y;
        volatile double back = x - high;
        if (y == back) high = x;
    }
    return high;
}

Value math_fsum(VM *vm, const Value *args, int argc) {
    Partials p = {.capacity = 32};
    p.items = p.fixed;
    double special = 0, infinities = 0;
    bool any_special = false, overflow = false, ok;
    Iteration it;
    Value item;
    if (!iter_begin(vm, &it, args[0])) return ERROR;
    while ((ok = iter_step(vm, &it, &item))) {
        double x;
        if (!value_as_double(vm, item, &x)) break;
        if (!isfinite(x)) {
            any_special = true;
            if (isinf(x)) infinities += x;
            special += x;
            continue;
        }
        if (!partials_add(vm, &p, x)) break;
        if (!isfinite(p.items[p.count - 1])) {
            overflow = true;
            break;
        }
    }
    double sum = partials_round(&p);
    if (p.items != p.fixed) buffer_free(vm, p.items, p.capacity * sizeof(double));
    if (overflow) return raise_error(vm, vm->exc.OverflowError, "intermediate overflow in fsum");
    if (ok || it.failed) return ERROR;
    if (!any_special) return float_new(vm, sum);
    return isnan(infinities) ? raise_value_error(vm, "-inf + inf in fsum") : float_new(vm, special);
}

// The length of a vector, scaled by a power of two so that nothing overflows, the squares summed exactly, and the root corrected once.
static double vector_length(VM *vm, const double *items, size_t count, double largest, bool found_nan, bool *ok) {
    if (isinf(largest)) return largest;
    if (found_nan) return NAN;
    if (largest == 0 || count <= 1) return largest;
    int exponent;
    frexp(largest, &exponent);
    if (exponent < -1023) {                                // the scale would overflow: let hypot do it by pairs
        double length = 0;
        for (size_t i = 0; i < count; i++) length = hypot(length, items[i]);
        return length;
    }
    double scale = ldexp(1.0, -exponent);
    Partials p = {.capacity = 32};
    p.items = p.fixed;
    for (size_t i = 0; i < count && *ok; i++) {
        double x = items[i] * scale, square = x * x;
        *ok = partials_add(vm, &p, square) && partials_add(vm, &p, fma(x, x, -square));
    }
    double sum = partials_round(&p), root = sqrt(sum);
    // One Newton step on the exact remainder.
    double square = root * root;
    *ok = *ok && partials_add(vm, &p, -square) && partials_add(vm, &p, -fma(root, root, -square));
    root += partials_round(&p) / (2 * root);
    if (p.items != p.fixed) buffer_free(vm, p.items, p.capacity * sizeof(double));
    return root / scale;
}

static Value length_of(VM *vm, double *items, size_t count) {
    double largest = 0;
    bool found_nan = false, ok = true;
    for (size_t i = 0; i < count; i++) {
        items[i] = fabs(items[i]);
        found_nan |= isnan(items[i]);
        if (items[i] > largest) largest = items[i];
    }
    double length = vector_length(vm, items, count, largest, found_nan, &ok);
    return ok ? float_new(vm, length) : ERROR;
}

Value math_hypot(VM *vm, const Value *args, int argc) {
    double few[16], *items = few;
    size_t count = (size_t)argc, size = count * sizeof *items;
    if (count > 16 && (items = buffer_new(vm, size)) == NULL) return ERROR;
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) ok = value_as_double(vm, args[i], &items[i]);
    Value result = ok ? length_of(vm, items, count) : ERROR;
    if (items != few) buffer_free(vm, items, size);
    return result;
}

Value math_dist(VM *vm, const Value *args, int argc) {
    Tuple *p = tuple_from_iterable(vm, args[0]), *q = p == NULL ? NULL : tuple_from_iterable(vm, args[1]);
    if (q == NULL) return ERROR;
    if (p->count != q->count) return raise_value_error(vm, "both points must have the same number of dimensions");
    double few[16], *items = few;
    size_t size = p->count * sizeof *items;
    if (p->count > 16 && (items = buffer_new(vm, size)) == NULL) return ERROR;
    bool ok = true;
    for (size_t i = 0; i < p->count && ok; i++) {
        double a, b;
        ok = value_as_double(vm, p->items[i], &a) && value_as_double(vm, q->items[i], &b);
        if (ok) items[i] = a - b;
    }
    Value result = ok ? length_of(vm, items, p->count) : ERROR;
    if (items != few) buffer_free(vm, items, size);
    return result;
}
