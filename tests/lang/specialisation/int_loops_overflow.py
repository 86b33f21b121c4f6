def power(b, n):
    r = 1
    for _ in range(n): r = r * b
    return r
print(power(3, 10), power(10, 30), power(-7, 25), power(2, 61), power(2, 62), power(2, 63), power(0, 3))
def fact(n):
    r = 1
    while n > 1:
        r *= n
        n -= 1
    return r
print([fact(n) for n in (0, 5, 20, 21, 25)])
def count_up(start, step, n):
    x = start
    for _ in range(n): x += step
    return x
print(count_up(2**62 - 5, 1, 10), count_up(-(2**62) + 5, -1, 10), count_up(2**61 - 2, 1, 4), count_up(0, 2**60, 10), count_up(2**63, -(2**60), 16))
def fib(n):
    a, b = 0, 1
    for _ in range(n): a, b = b, a + b
    return a
print(fib(90), fib(100), fib(300) % 10**9)
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
print([collatz(n) for n in (1, 27, 97, 2**62 - 1)])
def bits(n):
    c = 0
    while n:
        c += n & 1
        n >>= 1
    return c
print(bits(0), bits(2**62 - 1), bits(2**100 - 1))
def mix(n):
    h = 14695981039346656037
    for i in range(n):
        h ^= i
        h = h * 1099511628211 % 2**64
    return h
print(mix(10), mix(100))
def lcg(n):
    x = 1
    for _ in range(n): x = (x * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
    return x
print(lcg(1), lcg(50))
def alternate(n):
    x, out = 2**62 - 1, []
    for i in range(n):
        x = x + 1 if i % 2 == 0 else x - 1
        out.append(x > 2**62 - 1)
    return x, out
print(alternate(5))
def shifts():
    x = 1
    out = []
    for i in range(70):
        x <<= 1
        if i in (59, 60, 61, 62, 63, 69): out.append(x)
    for _ in range(70): x >>= 1
    return out, x
print(shifts())
def negative(n):
    q = r = 0
    for i in range(-n, n + 1):
        q += i // 3
        r += i % -4
    return q, r
print(negative(10), sum(i * i for i in range(-100, 100)), sum(range(10**6)))
