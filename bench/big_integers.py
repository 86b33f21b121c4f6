# Unbounded ints: digits of pi by a spigot, factorials, modular powers.
def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < n:
        if 4 * q + r - t < m * t:
            digits.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return digits


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


digits = pi_digits(1800)
powers = sum(pow(3, i, 10**40 + 7) for i in range(10**20, 10**20 + 6000))
print("".join(map(str, digits))[-10:], factorial(5000) % (10**9 + 7), len(str(factorial(600))), powers % 1000003)
