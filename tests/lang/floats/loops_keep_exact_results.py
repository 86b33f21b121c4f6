# Long chains of float work: each result must be bit for bit what IEEE gives.
x = 0.0
for i in range(1000):
    x += 0.1
print(x, x.hex())
y = 1.0
for i in range(1, 50):
    y = y * 1.1 - 0.05 / i
print(y, y.hex())
s = 0.0
sign = 1.0
for k in range(2000):
    s += sign / (2 * k + 1)
    sign = -sign
print(4 * s)
z = 1e-200
for _ in range(5):
    z *= 1e-30
    print(z, end=" ")
print()
z = 1e200
for _ in range(5):
    z *= 1e30
    print(z, end=" ")
print()
def newton(v):
    g = v
    while True:
        n = (g + v / g) / 2
        if n == g or abs(n - g) < 1e-15 * g:
            return n
        g = n
print(newton(2.0), newton(1e10), newton(1e-10), newton(3))
a, b = 3.9, 0.5
for _ in range(100):
    b = a * b * (1 - b)
print(b, -b, b // 0.01, b % 0.1, divmod(b, 0.3), b ** 3, b ** -0.5, 1e-256 * b * 1e256, 1e77 * b, 1e-77 / b)
acc = 0
for i in range(10):
    acc += i / 2 if i % 2 else i
print(acc, type(acc).__name__, sum([0.1] * 10), sum([1, 2.5, 3]), sum([0.1, 0.2, 0.3], 0.0), 0.1 + 0.2 == 0.3)
