# Around the places where an implementation may change its representation.
for k in (30, 31, 32, 60, 61, 62, 63, 64, 65, 127, 128):
    n = 1 << k
    print(k, n - 1 + 1 == n, n + -1, -n - 1, n * n == 1 << 2 * k, (n - 1) * (n + 1) == n * n - 1, n // 3, -n // 3, n % 7, -n % 7, n >> k, n >> (k - 1), -n >> k, (n - 1) & n, (n - 1) | n == 2 * n - 1, n ^ -n, ~n, abs(-n), n.bit_length(), (n - 1).bit_length(), float(n), int(float(n)) == n, hash(n) == hash(float(n)), n == float(n), divmod(-n, n - 1), str(n) == repr(n), -(-n) == n, n - n, n <= n + 1, [n][0] is not None)
total = 1
for i in range(1, 70):
    total = total * 3 - i
print(total)
x = 1
for _ in range(130): x += x
print(x)
x = -1
for _ in range(66): x = x * 2 - 1
print(x)
for _ in range(60): x //= 4
print(x)
a, b = 2**61, 2**62
print(a + a == b, b - a == a, a * 2 - b, b // 2 is not None, -a - a, -b - b, a * -4, (b - 1) + (b - 1), -(b + b) - 1, b * b // b == b, sum([a] * 4), sum([-a] * 5), max(a, b, -b), min(-b, -b - 1), range(b - 1, b + 2)[1], list(range(b - 1, b + 2)), len(range(-b, b)) if False else 0)
i = 2**62 - 3
while i < 2**62 + 3: i += 1; print(i - 2**62, end=" ")
i = -(2**62) + 2
while i > -(2**62) - 3: i -= 1; print(i + 2**62, end=" ")
print()
