print(1 + 1.0, 1 - 0.5, 2 * 0.5, 1 / 2, 4 / 2, 7 // 2.0, 7 % 2.5, True + 1.5, 1 + 2j, 1.5 * 2j, True * 2j, 2 ** 0.5, 10**20 + 0.5, 2**53 + 1.0, 2**53 + 1 == 2.0**53 + 1)
print(1 == 1.0, 1 == 1 + 0j, True == 1.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 10**30 > 1e29, 10**400 > 1e308, -10**400 < -1e308, 10**400 == float("inf"), 1 < 1.5 < 2, float("nan") == 1, 10**400 < float("inf"))
print(hash(1) == hash(1.0) == hash(True), hash(2**61 - 1), hash(2**61), hash(-1), hash(0.5) == hash(1.0) / 2 if False else hash(-2), hash(1e300) == hash(int(1e300)), hash(float("inf")), hash(-0.0), hash(10**20) == hash(1e20), hash(1 + 0j) == 1)
for f in (lambda: 1 + "a", lambda: "a" + 1, lambda: 1.5 + None, lambda: 1 - [], lambda: [] - 1, lambda: 1 < "a", lambda: 1j < 2, lambda: 1.0 < 1j, lambda: 1 // 1j, lambda: 1j % 2, lambda: divmod(1j, 1), lambda: -"a", lambda: +None, lambda: ~1.0, lambda: 10**400 * 1.0, lambda: 10**400 / 3.0, lambda: 10**400 / 10**399, lambda: 10**400 / 3, lambda: float(10**400), lambda: 1 @ 2, lambda: {} + {}, lambda: 1 in 2, lambda: round("x"), lambda: abs("x")):
    try:
        print(f())
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
print(10**22 / 10**21, (2**70) / (2**69 + 1), 1 / 3, 10**16 / 3, -7 / 2, 2**1000 / 2**999, (2**64 + 1) / 3, 1e16 + 1, int(1e16) + 1)
