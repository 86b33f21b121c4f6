def run(values):
    t = 0
    for v in values: t = t * 2 + v - 1
    return t
for vs in ([1, 2, 3], [1.5, 2, 3], [1, 2, 3.5], [True, 2], [2**61, 2**61], [1e300, 1e300, 10], [1, 1j], [0.1] * 5): print(run(vs), end=" ")
print()
def mean(xs):
    s = n = 0
    for x in xs: s += x; n += 1
    return s / n
print(mean([1, 2, 3]), mean([0.5, 1]), mean(range(10)), mean([2**62, 2**62]), mean([1e308, 1e308]))
def poly(x): return 3 * x ** 3 - 2 * x ** 2 + x - 5
for x in (2, 2.0, -1.5, 0, 10**10, 1e10, True, 1j): print(poly(x), end=" ")
print()
def horner(x, cs):
    r = 0
    for c in cs: r = r * x + c
    return r
print(horner(2, [1, 2, 3]), horner(0.5, [1, 2, 3]), horner(2, [1.0, 2, 3]), horner(10**6, [1] * 5))
def clamp(x, lo, hi): return lo if x < lo else hi if x > hi else x
print([clamp(x, 0, 1) for x in (-1, 0.5, 2, 0, 1.0, float("inf"))], clamp(2**70, 0, 1e10), clamp(float("nan"), 0, 1))
def convert(x): return int(x), float(x), x // 1, x % 1, -x, abs(x), x == int(x), x < 10, bool(x)
for x in (3, 3.0, 2.75, -2.75, 0, -0.0, 2**53 + 1.0, True): print(convert(x))
def integrate(f, a, b, n):
    h = (b - a) / n
    return h * sum(f(a + (i + 0.5) * h) for i in range(n))
print(integrate(lambda x: x * x, 0, 3, 100), integrate(lambda x: 1, 0, 1, 10), integrate(lambda x: 1 / x, 1, 2, 50))
def newton(f, x):
    for _ in range(30):
        d = (f(x + 1e-7) - f(x - 1e-7)) / 2e-7
        x = x - f(x) / d
    return round(x, 9)
print(newton(lambda x: x * x - 2, 1), newton(lambda x: x ** 3 - 27, 5.0))
def compare(a, b): return a < b, a <= b, a == b, a != b, a > b, a >= b
for p in ((1, 2), (1.0, 1), (2, 1.5), (2**53, 2.0**53), (2**53 + 1, 2.0**53), (float("nan"), 1), (float("inf"), 10**400), (-0.0, 0), (True, 1.0)): print(compare(*p))
acc = 0
for i in range(5):
    acc += 0.5 if i % 2 else 1
    print(acc, end=" ")
print(type(acc).__name__)
