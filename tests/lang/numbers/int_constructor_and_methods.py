print(int(), int(3.99), int(-3.99), int("42"), int(" -7 "), int("ff", 16), int("0b101", 0), int("z", 36), int(b"12"), int(True), int("1_000"), int(1e20), int(bytearray(b"5")), int("０１"))
for f in (lambda: int("x"), lambda: int("1.5"), lambda: int(None), lambda: int([]), lambda: int("10", 1), lambda: int("10", 37), lambda: int(10, 2), lambda: int("2", 2), lambda: int(float("nan")), lambda: int(float("inf")), lambda: int(1j), lambda: int("1" * 20 + "x"), lambda: int("", 16), lambda: int(base=2), lambda: int("1", 2, 3), lambda: int("12", "3"), lambda: int(b"\xff"), lambda: int("a\nb")):
    try:
        print(f())
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
class I:
    def __int__(self): return 5
class X:
    def __index__(self): return 6
class T:
    def __trunc__(self): return 7
class Bad:
    def __int__(self): return "5"
print(int(I()), int(X()), range(10)[X()], [1, 2, 3, 4, 5, 6, 7][X()], hex(X()))
try:
    int(Bad())
except TypeError as e:
    print(e)
class MyInt(int):
    def __repr__(self): return f"MyInt({int(self)})"
m = MyInt(5)
print(m, m + 1, type(m + 1).__name__, MyInt("7"), -m, m == 5, {5: "a"}[m], [m], int(m), type(int(m)).__name__, str(m), f"{m:03}", m.real, abs(MyInt(-3)))
n = 1234
print(n.to_bytes(2, "big"), n.to_bytes(4, "little"), (-1).to_bytes(2, "big", signed=True), int.from_bytes(b"\x04\xd2", "big"), int.from_bytes(b"\xff\xfe", "little", signed=True), (0).to_bytes(1, "big"), (5).to_bytes(), int.from_bytes([1, 2], "big"))
for f in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (1).to_bytes(1, "middle"), lambda: (1).to_bytes(-1, "big"), lambda: (200).to_bytes(1, "big", signed=True)):
    try:
        f()
    except (OverflowError, ValueError) as e:
        print(type(e).__name__, e)
print(n.numerator, n.denominator, n.real, n.imag, n.conjugate(), (5).__add__(3), (5).__add__("x"), (5).__radd__(1.0), (7).as_integer_ratio(), (1).__bool__(), (3).__floor__(), (5).__round__(-1), (2).__pow__(3), (2).__index__())
