a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, a * b, b // a, b % a, -a // 7, -a % 7, a // -7, a % -7, divmod(b, -a))
print(a - a, a + -a, a * 0, a * -1, a // a, (a * b) // b == a, (a * b + 5) % b, a ** 3, -a, abs(-a), +a)
x = 2**61
for op in "x + x", "x * 2 - 1", "x - 1 + x", "-x - x", "-x - x - 1", "x * 4", "x * x", "x // -1", "(x * 2) - (x * 2)", "(x*4) >> 2", "x * 2 // 2 == x":
    print(op, "=", eval(op))
n = 4611686018427387904
print(n - 1, n, n + 1, -n - 1, -n, n - n, (n - 1) + 1 == n, n * 3 // 3, n % 10, -n % 10, hash(n) == n, [n, -n], n == float(n))
s = 0
for i in range(1, 200):
    s = s * i + i
print(s % (10**50), len(str(s)))
f = 1
for i in range(1, 101):
    f *= i
print(f)
p, q = 0, 1
for _ in range(500):
    p, q = q, p + q
print(p, p.bit_length())
print(3**200 - 2**300, (10**50 - 1) // 9, (10**40) // 3, -(10**40) // 3, 10**40 % 97, (7**80) % (3**50), (2**127 - 1) * (2**89 - 1))
