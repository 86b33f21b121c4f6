// math: functions of real numbers, and of ints where Python's are exact.
#include <math.h>

#include "stdlib/math_internal.h"
#include "stdlib/modules.h"
#include "vm/call.h"
#include "vm/errors.h"
#include "vm/ops.h"
#include "vm/types/class.h"
#include "vm/types/containers.h"
#include "vm/types/float.h"
#include "vm/types/int.h"
#include "vm/types/module.h"
#include "vm/types/str.h"

Value math_domain_error(VM *vm) { return raise_value_error(vm, "math domain error"); }
Value math_range_error(VM *vm) { return raise_error(vm, vm->exc.OverflowError, "math range error"); }

// ---- functions of one double

// A NaN that was not put in is a domain error; an infinity is a range error, or a domain error where the function has a pole.
static Value checked(VM *vm, double x, double result, bool can_overflow) {
    if (isnan(result) && !isnan(x)) return math_domain_error(vm);
    if (isinf(result) && isfinite(x)) return can_overflow ? math_range_error(vm) : math_domain_error(vm);
    return float_new(vm, result);
}

#define UNARY(name, function, can_overflow)                                          \
    static Value math_##name(VM *vm, const Value *args, int argc) {                  \
        double x;                                                                    \
        return value_as_double(vm, args[0], &x) ? checked(vm, x, function(x), can_overflow) : ERROR; \
    }
UNARY(acos, acos, false)
UNARY(acosh, acosh, false)
UNARY(asin, asin, false)
UNARY(asinh, asinh, false)
UNARY(atan, atan, false)
UNARY(atanh, atanh, false)
UNARY(cbrt, cbrt, false)
UNARY(cos, cos, false)
UNARY(cosh, cosh, true)
UNARY(erf, erf, false)
UNARY(erfc, erfc, false)
UNARY(exp, exp, true)
UNARY(exp2, exp2, true)
UNARY(expm1, expm1, true)
UNARY(fabs, fabs, false)
UNARY(log1p, log1p, false)
UNARY(sin, sin, false)
UNARY(sinh, sinh, true)
UNARY(sqrt, sqrt, false)
UNARY(tan, tan, false)
UNARY(tanh, tanh, false)

// Lanczos' approximation of the gamma function, with the coefficients that Boost and CPython use (13 terms, g as below): the last digits agree.
static const double lanczos_g = 6.024680040776729583740234375;
static const double lanczos_numerator[13] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
static const double lanczos_denominator[13] = {0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1};

static double lanczos_sum(double x) {
    double above = 0, below = 0;
    for (int i = 0; i < 13; i++) {
        // Small x: Horner's rule from the highest power; large x: in powers of 1/x, so that nothing overflows.
        int at = x < 5 ? 12 - i : i;
        double factor = x < 5 ? x : 1 / x;
        above = x < 5 ? above * factor + lanczos_numerator[at] : above / x + lanczos_numerator[at];
        below = x < 5 ? below * factor + lanczos_denominator[at] : below / x + lanczos_denominator[at];
    }
    return above / below;
}

static double sin_pi(double x) {
    double y = fmod(fabs(x), 2.0), result;
    switch ((int)round(2.0 * y)) {
    case 0: result = sin(M_PI * y); break;
    case 1: result = cos(M_PI * (y - 0.5)); break;
    case 2: result = sin(M_PI * (1.0 - y)); break;
    case 3: result = -cos(M_PI * (y - 1.5)); break;
    default: result = sin(M_PI * (y - 2.0)); break;
    }
    return copysign(1.0, x) * result;
}

static Value math_gamma(VM *vm, const Value *args, int argc) {
    double x;
    if (!value_as_double(vm, args[0], &x)) return ERROR;
    if (isnan(x) || x == INFINITY) return float_new(vm, x);
    if (x == -INFINITY || (x <= 0 && x == floor(x))) return math_domain_error(vm);
    if (x == floor(x) && x <= 23) {
        double product = 1;
        for (int i = 2; i < (int)x; i++) product *= i;
        return float_new(vm, product);
    }
    double size = fabs(x);
    if (size < 1e-20) return isinf(1 / x) ? math_range_error(vm) : float_new(vm, 1 / x);
    if (size > 200) return x < 0 ? float_new(vm, 0.0 / sin_pi(x)) : math_range_error(vm);
    double y = size + lanczos_g - 0.5;
    // What was lost in that sum, as a relative correction of the power below.
    double lost = size > lanczos_g - 0.5 ? (y - size) - (lanczos_g - 0.5) : (y - (lanczos_g - 0.5)) - size;
    double correction = lost * lanczos_g / y, result;
    if (x < 0) {
        result = -M_PI / sin_pi(size) / size * exp(y) / lanczos_sum(size);
        result -= correction * result;
        if (size < 140.0) result /= pow(y, size - 0.5);
        else result = result / pow(y, size / 2.0 - 0.25) / pow(y, size / 2.0 - 0.25);
    } else {
        result = lanczos_sum(size) / exp(y);
        result += correction * result;
        if (size < 140.0) result *= pow(y, size - 0.5);
        else result = result * pow(y, size / 2.0 - 0.25) * pow(y, size / 2.0 - 0.25);
    }
    return isinf(result) ? math_range_error(vm) : float_new(vm, result);
}

static Value math_lgamma(VM *vm, const Value *args, int argc) {
    double x;
    if (!value_as_double(vm, args[0], &x)) return ERROR;
    if (!isfinite(x)) return float_new(vm, isnan(x) ? x : INFINITY);
    if (x == floor(x) && x <= 2.0) return x <= 0 ? math_domain_error(vm) : float_new(vm, 0.0);
    double size = fabs(x);
    if (size < 1e-20) return float_new(vm, -log(size));
    double result = log(lanczos_sum(size)) - lanczos_g;
    result += (size - 0.5) * (log(size + lanczos_g - 0.5) - 1);
    if (x < 0) result = log(M_PI) - log(fabs(sin_pi(size))) - log(size) - result;
    return isinf(result) ? math_range_error(vm) : float_new(vm, result);
}

static Value math_degrees(VM *vm, const Value *args, int argc) {
    double x;
    return value_as_double(vm, args[0], &x) ? float_new(vm, x * (180.0 / M_PI)) : ERROR;
}
static Value math_radians(VM *vm, const Value *args, int argc) {
    double x;
    return value_as_double(vm, args[0], &x) ? float_new(vm, x * (M_PI / 180.0)) : ERROR;
}
static Value math_isnan(VM *vm, const Value *args, int argc) {
    double x;
    return value_as_double(vm, args[0], &x) ? from_bool(isnan(x)) : ERROR;
}
static Value math_isinf(VM *vm, const Value *args, int argc) {
    double x;
    return value_as_double(vm, args[0], &x) ? from_bool(isinf(x)) : ERROR;
}
static Value math_isfinite(VM *vm, const Value *args, int argc) {
    double x;
    return value_as_double(vm, args[0], &x) ? from_bool(isfinite(x)) : ERROR;
}
static Value math_ulp(VM *vm, const Value *args, int argc) {
    double x;
    if (!value_as_double(vm, args[0], &x)) return ERROR;
    x = fabs(x);
    if (!isfinite(x)) return float_new(vm, x);
    double next = nextafter(x, INFINITY);
    return float_new(vm, isinf(next) ? x - nextafter(x, -INFINITY) : next - x);
}

// ---- to int

static Value to_whole(VM *vm, Value v, Special special, double (*whole)(double)) {
    if (is_inline_float(v)) return int_from_double(vm, whole(to_double(v)));
    if (is_int(v)) return v;
    Value result = call_special(vm, v, special, NULL, 0);
    if (!is_undefined(result)) return result;
    if (special == SPECIAL_TRUNC) return raise_type_error(vm, "type %T doesn't define __trunc__ method", v);
    double x;
    return value_as_double(vm, v, &x) ? int_from_double(vm, whole(x)) : ERROR;
}
static Value math_ceil(VM *vm, const Value *args, int argc) { return to_whole(vm, args[0], SPECIAL_CEIL, ceil); }
static Value math_floor(VM *vm, const Value *args, int argc) { return to_whole(vm, args[0], SPECIAL_FLOOR, floor); }
static Value math_trunc(VM *vm, const Value *args, int argc) { return to_whole(vm, args[0], SPECIAL_TRUNC, trunc); }

// ---- logarithms: of ints of any size

// log of a positive int as log(fraction) + exponent * log(2).
static bool log_of(VM *vm, Value v, double (*function)(double), double *out) {
    Value number = int_or_bool(v);
    double x;
    if (!is_undefined(number) && is_bigint(number)) {
        if (int_sign(number) <= 0) return math_domain_error(vm), false;
        x = int_as_double(number);
        if (isinf(x)) {
            size_t bits = int_bit_length(number), shift = bits - 64;
            Value top = int_rshift(vm, number, from_int((int64_t)shift));
            if (is_error(top)) return false;
            *out = function(int_as_double(top)) + (double)shift * function(2.0);
            return true;
        }
    } else if (!value_as_double(vm, v, &x)) {
        return false;
    }
    if (x <= 0 && !isnan(x)) return math_domain_error(vm), false;
    *out = function(x);
    return true;
}

static Value math_log(VM *vm, const Value *args, int argc) {
    double x, base;
    if (argc < 1 || argc > 2) return raise_type_error(vm, "math.log requires 1 to 2 arguments");
    if (!log_of(vm, args[0], log, &x)) return ERROR;
    if (!arg_given(args, argc, 1)) return float_new(vm, x);
    if (!log_of(vm, args[1], log, &base)) return ERROR;
    if (base == 0) return raise_error(vm, vm->exc.ZeroDivisionError, "float division by zero");
    return float_new(vm, x / base);
}
static Value math_log2(VM *vm, const Value *args, int argc) {
    double x;
    return log_of(vm, args[0], log2, &x) ? float_new(vm, x) : ERROR;
}
static Value math_log10(VM *vm, const Value *args, int argc) {
    double x;
    return log_of(vm, args[0], log10, &x) ? float_new(vm, x) : ERROR;
}

// ---- functions of two doubles

static bool two(VM *vm, const Value *args, double *x, double *y) { return value_as_double(vm, args[0], x) && value_as_double(vm, args[1], y); }

static Value math_atan2(VM *vm, const Value *args, int argc) {
    double x, y;
    return two(vm, args, &y, &x) ? float_new(vm, atan2(y, x)) : ERROR;
}
static Value math_copysign(VM *vm, const Value *args, int argc) {
    double x, y;
    return two(vm, args, &x, &y) ? float_new(vm, copysign(x, y)) : ERROR;
}
static Value math_nextafter(VM *vm, const Value *args, int argc) {
    double x, y;
    return two(vm, args, &x, &y) ? float_new(vm, nextafter(x, y)) : ERROR;
}
static Value math_fmod(VM *vm, const Value *args, int argc) {
    double x, y;
    if (!two(vm, args, &x, &y)) return ERROR;
    if (isinf(y) && isfinite(x)) return float_new(vm, x);
    double result = fmod(x, y);
    return isnan(result) && !isnan(x) && !isnan(y) ? math_domain_error(vm) : float_new(vm, result);
}
static Value math_remainder(VM *vm, const Value *args, int argc) {
    double x, y;
    if (!two(vm, args, &x, &y)) return ERROR;
    double result = remainder(x, y);
    return isnan(result) && !isnan(x) && !isnan(y) ? math_domain_error(vm) : float_new(vm, result);
}
static Value math_pow(VM *vm, const Value *args, int argc) {
    double x, y;
    if (!two(vm, args, &x, &y)) return ERROR;
    double result = pow(x, y);
    if (isfinite(x) && isfinite(y)) {
        if (isnan(result)) return math_domain_error(vm);
        if (isinf(result)) return x == 0 ? math_domain_error(vm) : math_range_error(vm);
    }
    return float_new(vm, result);
}

static Value math_ldexp(VM *vm, const Value *args, int argc) {
    double x;
    if (!value_as_double(vm, args[0], &x)) return ERROR;
    Value exponent = int_or_bool(args[1]);
    if (is_undefined(exponent)) return raise_type_error(vm, "Expected an int as second argument to ldexp.");
    int64_t e;
    if (!int_as_i64(exponent, &e)) e = int_sign(exponent) < 0 ? INT32_MIN : INT32_MAX;
    if (x == 0 || !isfinite(x)) return float_new(vm, x);
    if (e > INT32_MAX) return math_range_error(vm);
    double result = e < -10000 ? copysign(0.0, x) : ldexp(x, e > 10000 ? 10000 : (int)e);
    return isinf(result) ? math_range_error(vm) : float_new(vm, result);
}

static Value pair_of(VM *vm, Value a, Value b) {
    if (is_error(a) || is_error(b)) return ERROR;
    Tuple *pair = tuple_pack(vm, 2, a, b);
    return pair != NULL ? from_object(pair) : ERROR;
}
static Value math_frexp(VM *vm, const Value *args, int argc) {
    double x;
    if (!value_as_double(vm, args[0], &x)) return ERROR;
    int exponent = 0;
    double mantissa = isfinite(x) ? frexp(x, &exponent) : x;
    return pair_of(vm, float_new(vm, mantissa), from_int(exponent));
}
static Value math_modf(VM *vm, const Value *args, int argc) {
    double x, whole;
    if (!value_as_double(vm, args[0], &x)) return ERROR;
    double fraction = modf(x, &whole);
    return pair_of(vm, float_new(vm, fraction), float_new(vm, whole));
}

static Value math_isclose(VM *vm, const Value *args, int argc) {
    double a, b, relative = 1e-9, absolute = 0;
    if (!two(vm, args, &a, &b)) return ERROR;
    if (arg_given(args, argc, 2) && !value_as_double(vm, args[2], &relative)) return ERROR;
    if (arg_given(args, argc, 3) && !value_as_double(vm, args[3], &absolute)) return ERROR;
    if (relative < 0 || absolute < 0) return raise_value_error(vm, "tolerances must be non-negative");
    if (a == b) return TRUE_VALUE;
    if (isinf(a) || isinf(b)) return FALSE_VALUE;
    double difference = fabs(b - a);
    return from_bool(difference <= fabs(relative * b) || difference <= fabs(relative * a) || difference <= absolute);
}

static const NativeDef math_functions[] = {
    {"acos(x, /)", math_acos, "Arc cosine (in radians) of x; between 0 and pi.", 0},
    {"acosh(x, /)", math_acosh, "Inverse hyperbolic cosine of x.", 0},
    {"asin(x, /)", math_asin, "Arc sine (in radians) of x; between -pi/2 and pi/2.", 0},
    {"asinh(x, /)", math_asinh, "Inverse hyperbolic sine of x.", 0},
    {"atan(x, /)", math_atan, "Arc tangent (in radians) of x; between -pi/2 and pi/2.", 0},
    {"atan2(y, x, /)", math_atan2, "Arc tangent (in radians) of y/x, by the signs of both.", 0},
    {"atanh(x, /)", math_atanh, "Inverse hyperbolic tangent of x.", 0},
    {"cbrt(x, /)", math_cbrt, "Cube root of x.", 0},
    {"ceil(x, /)", math_ceil, "The smallest integer >= x.", 0},
    {"comb(n, k, /)", math_comb, "Number of ways to choose k items from n items without repetition and without order.", 0},
    {"copysign(x, y, /)", math_copysign, "The magnitude of x with the sign of y.", 0},
    {"cos(x, /)", math_cos, "Cosine of x (in radians).", 0},
    {"cosh(x, /)", math_cosh, "Hyperbolic cosine of x.", 0},
    {"degrees(x, /)", math_degrees, "Angle x from radians to degrees.", 0},
    {"dist(p, q, /)", math_dist, "Euclidean distance between two points p and q.", 0},
    {"erf(x, /)", math_erf, "Error function at x.", 0},
    {"erfc(x, /)", math_erfc, "Complementary error function at x.", 0},
    {"exp(x, /)", math_exp, "e raised to the power of x.", 0},
    {"exp2(x, /)", math_exp2, "2 raised to the power of x.", 0},
    {"expm1(x, /)", math_expm1, "exp(x)-1, without loss of precision for small x.", 0},
    {"fabs(x, /)", math_fabs, "Absolute value of the float x.", 0},
    {"factorial(n, /)", math_factorial, "n!; ValueError if n is negative or not integral.", 0},
    {"floor(x, /)", math_floor, "The largest integer <= x.", 0},
    {"fmod(x, y, /)", math_fmod, "fmod(x, y), according to platform C.", 0},
    {"frexp(x, /)", math_frexp, "The mantissa and exponent of x, as pair (m, e).", 0},
    {"fsum(seq, /)", math_fsum, "An accurate floating point sum of the values in the iterable.", 0},
    {"gamma(x, /)", math_gamma, "Gamma function at x.", 0},
    {"gcd(*integers)", math_gcd, "Greatest common divisor.", 0},
    {"hypot(*coordinates)", math_hypot, "Multidimensional Euclidean distance from the origin to a point.", 0},
    {"isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", math_isclose, "Whether two floating point numbers are close in value.", 0},
    {"isfinite(x, /)", math_isfinite, "True if x is neither an infinity nor a NaN.", 0},
    {"isinf(x, /)", math_isinf, "True if x is a positive or negative infinity.", 0},
    {"isnan(x, /)", math_isnan, "True if x is a NaN.", 0},
    {"isqrt(n, /)", math_isqrt, "The integer part of the square root of the input.", 0},
    {"lcm(*integers)", math_lcm, "Least common multiple.", 0},
    {"ldexp(x, i, /)", math_ldexp, "x * (2**i).", 0},
    {"lgamma(x, /)", math_lgamma, "Natural logarithm of absolute value of Gamma function at x.", 0},
    {"log(*args)", math_log, "Logarithm of x to the given base; natural without one.", 0},
    {"log10(x, /)", math_log10, "Base 10 logarithm of x.", 0},
    {"log1p(x, /)", math_log1p, "Natural logarithm of 1+x (base e), accurate near zero.", 0},
    {"log2(x, /)", math_log2, "Base 2 logarithm of x.", 0},
    {"modf(x, /)", math_modf, "The fractional and integer parts of x; both carry the sign of x and are floats.", 0},
    {"nextafter(x, y, /)", math_nextafter, "The next floating-point value after x towards y.", 0},
    {"perm(n, k=None, /)", math_perm, "Number of ways to choose k items from n items without repetition and with order.", 0},
    {"pow(x, y, /)", math_pow, "x**y (x to the power of y).", 0},
    {"prod(iterable, /, *, start=1)", math_prod, "The product of all the elements in the input iterable.", 0},
    {"radians(x, /)", math_radians, "Angle x from degrees to radians.", 0},
    {"remainder(x, y, /)", math_remainder, "Difference between x and the closest integer multiple of y.", 0},
    {"sin(x, /)", math_sin, "Sine of x (in radians).", 0},
    {"sinh(x, /)", math_sinh, "Hyperbolic sine of x.", 0},
    {"sqrt(x, /)", math_sqrt, "Square root of x.", 0},
    {"tan(x, /)", math_tan, "Tangent of x (in radians).", 0},
    {"tanh(x, /)", math_tanh, "Hyperbolic tangent of x.", 0},
    {"trunc(x, /)", math_trunc, "x truncated to an Integral.", 0},
    {"ulp(x, /)", math_ulp, "The value of the least significant bit of the float x.", 0},
    {0},
};

static bool math_init(VM *vm, Module *module) {
    return module_add(vm, module, "pi", float_new(vm, M_PI)) && module_add(vm, module, "e", float_new(vm, M_E)) &&
           module_add(vm, module, "tau", float_new(vm, 2 * M_PI)) && module_add(vm, module, "inf", float_new(vm, INFINITY)) &&
           module_add(vm, module, "nan", float_new(vm, NAN));
}

const ModuleDef module_math = {"math", "This module provides access to the mathematical functions defined by the C standard.", math_functions, math_init};
