inf, nan = float("inf"), float("nan")
print(inf + 1, inf - inf, inf * 0, inf * -1, inf // 2, 1 / inf, -1 / inf, inf % 2, 2 % inf, nan + 1, inf == inf, nan == nan, nan != nan, nan < 1, nan is nan, inf > 10**1000 if False else inf > 1e308)
print(-0.0, 0.0 == -0.0, str(-0.0), 0.0 * -1, -0.0 + 0.0, 0.0 - 0.0, -0.0 - 0.0, round(-0.4), [0.0, -0.0], {0.0: "a", -0.0: "b"})
print([nan] == [nan], nan in [nan], [nan].index(nan), [nan].count(nan), (nan,) == (nan,), {nan: 1}.get(nan), [float("nan")] == [float("nan")], max(nan, 1), max(1, nan), min(1, nan), sorted([2, 1, 3]))
import math
print(math.isnan(nan), math.isinf(-inf), math.isfinite(1.0), math.copysign(1, -0.0), math.copysign(3, nan) in (3.0, -3.0), math.inf, math.nan, -math.inf)
print(inf.is_integer(), (2.0).is_integer(), (2.5).is_integer(), (-0.0).is_integer(), (0.1).as_integer_ratio(), (2.5).as_integer_ratio(), (-0.75).as_integer_ratio(), (1e20).as_integer_ratio(), (0.0).as_integer_ratio())
for f in (lambda: inf.as_integer_ratio(), lambda: nan.as_integer_ratio(), lambda: int(nan), lambda: math.floor(inf), lambda: divmod(inf, 0), lambda: inf ** inf, lambda: (-inf) ** 0.5, lambda: range(1.0), lambda: [1][1.0], lambda: "a" * 2.0):
    try:
        print(f())
    except (ValueError, OverflowError, ZeroDivisionError, TypeError) as e:
        print(type(e).__name__, e)
print(1e308 + 1e308, -1e308 * 10, 5e-324 / 2, 5e-324 * 0.6, 2.2250738585072014e-308 / 2, 1.7976931348623157e308 + 1e291, 1e-320 * 1e10, 1e300 * 1e-310)
