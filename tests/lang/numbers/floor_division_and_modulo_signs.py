for a in (7, -7, 0, 1, -1):
    for b in (3, -3, 7, -7, 1):
        print(a, b, a // b, a % b, divmod(a, b), (a // b) * b + a % b == a)
for a in (7.5, -7.5, 0.0, -0.0, 1e300, float("inf")):
    for b in (2, -2.5, 1e-10):
        try:
            print(a, b, a // b, a % b, divmod(a, b))
        except (ZeroDivisionError, ValueError, OverflowError) as e:
            print(a, b, e)
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 1.0 / 0, lambda: divmod(1.0, 0), lambda: 0 ** -1, lambda: 0.0 ** -1, lambda: pow(2, 3, 0), lambda: 1j / 0, lambda: 10 ** 20 // 0, lambda: 10 ** 20 % 0, lambda: True // False):
    try:
        f()
    except (ZeroDivisionError, ValueError) as e:
        print(type(e).__name__, e)
print(5 % float("inf"), -5 % float("inf"), 5 // float("inf"), -5 // float("inf"), 5.0 % -float("inf"))
print(-(2**62) // -1, -(2**63) // -1, -(2**61) // -1, (-2**61) % -1, 2**62 // 2, -(2**62) // 3, -(2**62) % 3)
