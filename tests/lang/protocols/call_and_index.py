class F:
    def __call__(self, *a, **k): return a, k
f = F()
print(f(), f(1, x=2), f(*[1, 2], **{"y": 3}), f.__call__(5), F.__call__(f, 6), list(map(f, "ab")), sorted([2, 1], key=type("K", (), {"__call__": lambda s, x: -x})()))
class Nested:
    def __call__(self): return lambda: Nested()
print(type(Nested()()()).__name__)
class CallIsCallable:
    __call__ = F()
print(CallIsCallable()(1))
class CallStatic:
    @staticmethod
    def __call__(x): return x
    @classmethod
    def __getitem__(cls, k): return cls.__name__, k
print(CallStatic()(5), CallStatic()[1])
class CallBad: __call__ = 5
try: CallBad()()
except TypeError as e: print(e)
class Idx:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
i = Idx(1)
print([1, 2, 3][i], "abc"[i], (1, 2)[i:], range(5)[i], b"ab"[i], bytearray(b"ab")[i], "x" * Idx(3), [0] * Idx(2), hex(Idx(10)), range(Idx(3)), list(range(3))[Idx(-1)], slice(i, Idx(5)).indices(Idx(3)), round(1.25, i), (5).__lshift__(1), "abc".find("c", i), int(Idx(7)), float(Idx(2)), complex(Idx(3)), chr(Idx(65)), bin(Idx(2)), [].insert(Idx(0), 1), bytes(Idx(2)), "a".center(Idx(3), "-"), "ab".zfill(Idx(4)), (3).to_bytes(Idx(2), "big"), [5, 6].pop(Idx(0)), "a,b,c".split(",", Idx(1)), divmod(7, 2), f"{5:{3}}")
for bad in (Idx("x"), Idx(1.0), Idx(None)):
    for g in (lambda: [1][bad], lambda: range(bad), lambda: hex(bad), lambda: "a" * bad):
        try: print(g())
        except TypeError as e: print(e)
class IntOnly:
    def __int__(self): return 1
for g in (lambda: [1][IntOnly()], lambda: range(IntOnly()), lambda: "a" * IntOnly(), lambda: hex(IntOnly()), lambda: chr(IntOnly())):
    try: print(g())
    except TypeError as e: print(e)
class BoolIdx:
    def __index__(self): return True
print([1, 2][BoolIdx()], range(BoolIdx()))
