print(round(2.5), round(-2.5), round(2.567, 2), round(1234, -2), round(1.5, 0), round(5), round(True), int("12"), int(-2.9), float("1.5"), complex("1+2j"), bool([]), str(5), bytes([65]), list("ab"), tuple({1: 2}), set("a"), dict(a=1), frozenset(), bytearray(2))
class All:
    def __int__(self): return 1
    def __float__(self): return 2.0
    def __complex__(self): return 3j
    def __bool__(self): return False
    def __str__(self): return "str"
    def __bytes__(self): return b"bytes"
    def __index__(self): return 4
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return 5
    def __len__(self): return 6
    def __iter__(self): return iter([7])
    def __hash__(self): return 8
a = All()
print(int(a), float(a), complex(a), bool(a), str(a), bytes(a), [0, 1, 2, 3, "four"][a], round(a), round(a, 1), len(a), list(a), hash(a), hex(a), range(a))
class Wrong:
    def __int__(self): return "1"
    def __float__(self): return 1
    def __complex__(self): return 1.0
    def __bool__(self): return 1
    def __str__(self): return 1
    def __bytes__(self): return "b"
    def __index__(self): return 1.0
    def __len__(self): return "1"
    def __hash__(self): return "h"
    def __iter__(self): return 1
    def __repr__(self): return None
w = Wrong()
for f in (int, float, complex, bool, str, bytes, len, hash, list, repr, hex, range, iter, lambda x: [1][x], lambda x: "a" * x, lambda x: f"{x}", lambda x: "%s" % x, ascii):
    try: print(f(w))
    except TypeError as e: print(e)
class SubInt(int): pass
class RetSub:
    def __int__(self): return SubInt(3)
    def __float__(self): return type("F", (float,), {})(1.5)
    def __str__(self): return type("S", (str,), {})("sub")
print(type(int(RetSub())).__name__, type(float(RetSub())).__name__, type(str(RetSub())).__name__)
