def is_prime(n):
    if n < 2: return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0: return n == p
    d, s = n - 1, 0
    while d % 2 == 0: d //= 2; s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1): continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1: break
        else: return False
    return True
print([n for n in range(60) if is_prime(n)], is_prime(2**61 - 1), is_prime(2**89 - 1), is_prime(2**67 - 1), is_prime(10**18 + 9))
def next_prime(n):
    n += 1
    while not is_prime(n): n += 1
    return n
def egcd(a, b):
    if b == 0: return a, 1, 0
    g, x, y = egcd(b, a % b)
    return g, y, x - a // b * y
p, q = next_prime(10**20), next_prime(3 * 10**21)
n, phi, e = p * q, (p - 1) * (q - 1), 65537
g, x, _ = egcd(e, phi)
d = x % phi
print(p, q, g, d == pow(e, -1, phi), (e * d) % phi)
message = int.from_bytes(b"secret text", "big")
cipher = pow(message, e, n)
print(cipher, pow(cipher, d, n).to_bytes(11, "big"))
def factor(n):
    out, p = [], 2
    while p * p <= n:
        while n % p == 0: out.append(p); n //= p
        p += 1 if p == 2 else 2
    return out + ([n] if n > 1 else [])
print([factor(k) for k in (1, 12, 97, 360, 1001, 2**20 * 3**5, 600851475143)])
def sieve(n):
    flags = bytearray([1]) * (n + 1)
    flags[:2] = b"\0\0"
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]: flags[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, f in enumerate(flags) if f]
s = sieve(10000)
print(len(s), s[-3:], sum(s), all(map(is_prime, s[:50])))
def crt(rs, ms):
    x, m = 0, 1
    for r, k in zip(rs, ms):
        t = (r - x) * pow(m, -1, k) % k
        x, m = x + m * t, m * k
    return x, m
print(crt([2, 3, 2], [3, 5, 7]), crt([1, 4, 6, 9], [11, 13, 17, 10**9 + 7]))
