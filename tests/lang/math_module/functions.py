import math
print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.sqrt(0), math.cbrt(27), math.exp(1), math.exp2(3), math.expm1(1e-10), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-10), math.pow(2, 0.5), math.log(10**400))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5), math.degrees(math.pi), math.radians(180), math.hypot(3, 4), math.hypot(1, 2, 2), math.dist((0, 0), (3, 4)))
print(math.floor(2.7), math.ceil(2.1), math.trunc(-2.7), math.floor(-0.5), math.fabs(-3), math.fmod(-7, 3), math.modf(3.25), math.frexp(8), math.ldexp(0.5, 4), math.copysign(1, -0.0), math.remainder(7, 3), math.fsum([0.1] * 10), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.nextafter(1, 2), math.ulp(1.0))
print(math.gcd(12, 18), math.gcd(), math.gcd(0, -5), math.lcm(4, 6), math.lcm(), math.factorial(20), math.comb(10, 3), math.comb(3, 5), math.perm(5, 2), math.perm(4), math.isqrt(99), math.prod([1, 2, 3, 4]), math.prod([], start=5), math.prod([1.5, 2]), math.gcd(10**30, 10**20), math.isqrt(10**50))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.erf(1), math.erfc(1), math.gamma(5), math.lgamma(10), math.sqrt(10**300), math.floor(10**30), math.ceil(True))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.exp(1000), lambda: math.acos(2), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.gcd(1.5), lambda: math.sqrt("x"), lambda: math.floor("x"), lambda: math.isqrt(-1), lambda: math.comb(-1, 2), lambda: math.pow(-8, 1/3), lambda: math.pow(0, -1), lambda: math.fmod(1, 0), lambda: math.ldexp(1, 10**10), lambda: math.sin(math.inf), lambda: math.gamma(-1), lambda: math.log(8, 1), lambda: math.hypot("a"), lambda: math.dist((1,), (1, 2)), lambda: math.floor(math.nan), lambda: math.sqrt(), lambda: math.log(), lambda: math.cosh(1000), lambda: math.atanh(1), lambda: math.sqrt(10**400), lambda: math.fsum([1e308, 1e308]), lambda: math.prod(5), lambda: math.log2(0), lambda: math.isclose(1, 1, rel_tol=-1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class F:
    def __float__(self): return 4.0
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
print(math.sqrt(F()), math.floor(F()), math.ceil(F()), math.trunc(F()))
