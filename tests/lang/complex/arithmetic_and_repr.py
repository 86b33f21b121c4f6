a, b = 1 + 2j, 3 - 1j
print(a + b, a - b, a * b, a / b, -a, +a, a ** 2, a ** 0, a ** -1, a ** 0.5, a == 1 + 2j, a != b, abs(3 + 4j), bool(0j), bool(1j))
print(1j, -1j, 0j, 1 + 0j, 1.5 - 2.5j, complex(0, -1), complex(-0.0, 0.0), complex(0.0, -0.0), complex(1e20, 1e-5), complex(float("inf"), float("nan")), -0j, 1 - 0j)
print(str(1 + 2j), repr([1j]), complex(), complex(1), complex(1, 2), complex("1+2j"), complex(" (3-4.5j) "), complex("j"), complex("-j"), complex("1e3j"), complex("inf+nanj"), complex(1j, 1j), complex(True, False), complex("5"))
print(a.real, a.imag, a.conjugate(), (5j).real, hash(1j) == hash(complex(0, 1)), hash(2 + 0j) == hash(2), {1 + 0j: "x"}[1], a.__add__(1), 1 + a, 2.5 * a, a - 1, 1 / a, 2 ** 1j, 1j ** 2, 1j * 1j)
for f in (lambda: a < b, lambda: a // b, lambda: a % b, lambda: int(a), lambda: float(a), lambda: complex("1+"), lambda: complex("1 + 2j"), lambda: complex("a"), lambda: complex(None), lambda: complex("1", 2), lambda: complex(1, "2"), lambda: a / 0, lambda: 0j ** -1, lambda: round(a), lambda: divmod(a, b), lambda: 1j ** 1e400 if False else 0j ** 1j, lambda: max(a, b), lambda: complex(""), lambda: [1][a]):
    try:
        print(f())
    except (TypeError, ValueError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
class C:
    def __complex__(self): return 3 + 4j
class D(complex):
    pass
print(complex(C()), abs(C().__complex__()), D(1, 2), type(D(1) + 1).__name__, D(1) == 1, isinstance(1j, complex))
z = 0j
for _ in range(10):
    z = z * z + (0.1 + 0.2j)
print(z, abs(z))
print((1 + 2j) ** 3, (1 + 2j) ** 10, (0.5 + 0.5j) ** 0.25, 10 ** (2 + 1j), (1 + 2j) ** (1 + 2j))
