for x in (0.0, 1.0, -1.5, 0.1, 1e300, 5e-324, 3.14, float("inf"), float("nan"), -0.0, 2.0**52, 1e-310):
    print(x, x.hex(), x != x or float.fromhex(x.hex()) == x)
for text in "0x1p4", "0x1.8p1", "1.8", "-0x.8p0", "0X1P-3", "inf", "nan", "  0x10  ", "0x1.fffffffffffff8p0", "1p3", "0x1p-1074", "0x1p-1080", "-nan" if False else "a":
    print(text, float.fromhex(text))
for text in "", "0x", "xyz", "0x1p1024", "0x1..2", "1e5x":
    try:
        print(float.fromhex(text))
    except (ValueError, OverflowError) as e:
        print(type(e).__name__, e)
print(float(), float(5), float("1.5"), float(b"2.5"), float(True), float(" 1e3 "), float("١٫٥") if False else float("١"), float(2**60), float(bytearray(b"7")))
class F:
    def __float__(self): return 2.5
class X:
    def __index__(self): return 3
class B:
    def __float__(self): return "x"
class Sub(float):
    def __repr__(self): return "Sub"
print(float(F()), float(X()), Sub(1.5), Sub(1.5) + 1, type(Sub(1) * 2).__name__, Sub("2.5") == 2.5, float(Sub(3.5)), [Sub(1)])
for bad in (None, [], "1,5", 1j, B(), "one", b"\xff", "1 2"):
    try:
        print(float(bad))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print((1.5).real, (1.5).imag, (1.5).conjugate(), (1.5).__add__(1), (1.5).__add__("x"), (2.0).__pow__(3), (1.5).__int__(), (1.5).__bool__(), (2.5).__round__(), (7.5).__floordiv__(2), (1.5).__trunc__(), (1.5).__floor__(), (1.5).__ceil__())
