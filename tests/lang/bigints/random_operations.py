# Pseudo-random numbers of 1 to 25,000 bits through every operation: identities are asserted, and what all results hash to is what CPython says.
import math, sys
sys.set_int_max_str_digits(0)
state = 20250731
def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (2**64-1)
    return (state >> 33) % n
def big(bits):
    r = 0
    kind = rnd(6)
    n = rnd(bits) + 1
    if kind == 0: r = (1 << n) - rnd(3)
    elif kind == 1: r = (1 << n) + rnd(3)
    elif kind == 2:
        while n > 0:
            k = rnd(100) + 1
            r = r << k | (((1 << k) - 1) if rnd(2) else 0)
            n -= k
    else:
        while n > 0:
            r = r << 31 | rnd(2**31)
            n -= 31
    return -r if rnd(3) == 0 else r
h = 0
def add(v):
    global h
    if isinstance(v, tuple):
        for x in v: add(x)
        return
    if isinstance(v, float): v = hash(v) if v == v else 0
    h = (h * 1000003 + hash(v)) & (2**61-1)
for i in range(60):
    a, b = big(100 << rnd(8)), big(100 << rnd(8))
    if rnd(10) == 0: b = a
    add(a + b); add(a - b); add(a * b); add(a * a); add(a & b); add(a | b); add(a ^ b); add(~a); add(-a)
    assert (a + b) - b == a
    add(a < b); add(a == b); add(a.bit_length()); add(a.bit_count() if hasattr(a, "bit_count") else 0)
    s = rnd(300)
    add(a << s); add(a >> s); add((a << s) >> s == a); add(a >> 64); add(a >> 128); add((a << 64) >> 64)
    if b:
        q, r = divmod(a, b)
        add((q, r, a // b, a % b)); assert q * b + r == a and (0 <= r < b or b < r <= 0)
        q, r = divmod(a * b + 1, b); add((q, r))
        q, r = divmod(a * b - 1, b); add((q, r))
        q, r = divmod(a * b, b); assert q == a and r == 0
        try: add(a / b)
        except OverflowError: add(1)
        if a:
            g = math.gcd(a, b); add(g); add(math.gcd(a * 12345, b * 54321))
            m = abs(b)
            if m < 2**3000:
                add(pow(a, rnd(10**6), m)); add(pow(a, abs(a) % 2**200, b))
                try: add(pow(a, -3, b))
                except ValueError as e: add(str(e) == "base is not invertible for the given modulus")
    try: add(float(a))
    except OverflowError: add(2)
    s = str(a); assert int(s) == a; add(len(s)); add(hash(int(s[-5:]) if len(s) > 6 else 0))
    for base in (2, 3, 7, 16, 32, 36):
        t = hex(a) if base == 16 else bin(a) if base == 2 else None
        if t: assert int(t, base) == a; add(len(t))
    if abs(a) < 2**2000: add(int("".join(chr(97 + (abs(a) >> (3*k)) % 8) for k in range(200)), 36)); add(a ** rnd(20)); add(int("".join(str((abs(a) >> (k)) % 3) for k in range(900)), 3))
    add(math.isqrt(abs(a))); n = abs(a); k = math.isqrt(n); assert k*k <= n < (k+1)**2
    add(int.from_bytes(a.to_bytes(a.bit_length() // 8 + 2, "big", signed=True), "big", signed=True) == a)
    add(a == float(rnd(1000))); add(a > 1e300); add(a < -1e20)
    if i % 10 == 9: print(i, h)
print(h)
