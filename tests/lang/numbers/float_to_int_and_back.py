for x in (0.0, 0.5, -0.5, 1e9, 2.0**52 + 0.5, 2.0**53, 2.0**62, 2.0**63, -2.0**63, 1e18, 1e19, 1e22, 1e23, 1e100, 5e-324):
    n = int(x)
    print(x, n, float(n) == x or abs(float(n) - x) < 1, round(x), x // 1, x % 1, x == n, hash(x) == hash(n) if x == n else "-", x.as_integer_ratio()[1], n.bit_length())
for n in (2**53, 2**53 + 1, 2**53 + 2, 2**53 + 3, 2**63 - 1, 2**64 - 1, 2**100 + 2**46, 2**100 + 2**47, 2**100 + 2**47 + 1, 10**22, 10**23, 3**60, -(2**53 + 1), 2**1023, 2**1024 - 2**970 - 1):
    print(n.bit_length(), float(n), float(n) == n, n < float(n), n > float(n), n / 1 == float(n), n + 0.0)
for f in (lambda: float(2**1024 - 2**970), lambda: 2**1024 / 1, lambda: 2**1024 + 1.0, lambda: 2**1024 / 2**1023, lambda: 2**2000 / 2**1000, lambda: 1 / 2**1074, lambda: 1 / 2**1076, lambda: 3 / 2**1075, lambda: 2**2000 // 3.0, lambda: 2.0 ** 1024, lambda: int(1e308) * 10 == 10**309, lambda: 2**2000 < 1e308, lambda: 2**2000 == float("inf"), lambda: -2**2000 > -float("inf")):
    try: print(f())
    except OverflowError as e: print(e)
