for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 1234.5678, -1234.5678, 1e22, 0.1 + 0.2):
    print(x, round(x), round(x, 1), round(x, 2), round(x, -2), round(x, 0), round(x, None))
for n in (0, 5, 15, 25, 149, 150, 151, -15, -25, 12345678901234567890):
    print(n, round(n), round(n, -1), round(n, -2), round(n, 2), round(n, -30))
print(round(2.5, ndigits=0), round(number=3.7), type(round(1.5)).__name__, type(round(1.5, 0)).__name__, round(True), round(1e300, 2), round(5e-324, 400), round(1.5, 400), round(1e308, -308), round(123.456, -3), round(0.0), round(-0.4))
for f in (lambda: round(float("nan")), lambda: round(float("inf")), lambda: round(1j), lambda: round("1"), lambda: round(1.5, "a"), lambda: round(1, 1.5), lambda: round(), lambda: round(1.7e308, -308)):
    try:
        print(f())
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
class R:
    def __round__(self, n="none"): return ("round", n)
print(round(R()), round(R(), 2), round(R(), None))
print(int(-1.5), int(1.9), abs(-5), abs(-1.5), abs(3 + 4j), abs(True), abs(-(2**63)), -(-3), +True, divmod(7, -2), divmod(-7.5, 2))
import math
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.floor(3), math.ceil(2.0000001), math.floor(1e20), math.trunc(7))
