# Ints of thousands of digits: products, quotients, powers, roots and text.
import math
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)


def pi(digits):
    # Machin's formula in integers.
    def arctan(x, one):
        power = total = one // x
        n, sign = 3, -1
        while power:
            power //= x * x
            total += sign * (power // n)
            n, sign = n + 2, -sign
        return total
    one = 10 ** (digits + 10)
    return 4 * (4 * arctan(5, one) - arctan(239, one)) // 10 ** 10


def fibonacci(n):
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1":
            a, b = b, a + b
    return a


p = pi(2500)
f = fibonacci(400000)
text = str(f)
m = 2 ** 1279 - 1
print(p % 10 ** 10, len(text), text[:10], int(text) == f, math.isqrt(f) % 10 ** 10, pow(3, m - 1, m), math.gcd(fibonacci(30000), fibonacci(20000)) == fibonacci(10000),
      (f * f - 1) // (f + 1) == f - 1, hash(f))
