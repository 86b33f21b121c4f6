class L(list):
    def append(self, x): super().append(x * 2)
    def __getitem__(self, i): return ("item", super().__getitem__(i))
    def __len__(self): return 100
    def __contains__(self, x): return x == "magic"
    def __eq__(self, o): return "eq"
    def __add__(self, o): return "add"
    def __bool__(self): return False
l = L([1])
l.append(2); l.extend([3]); l += [4]
print(list.__repr__(l), l[0], len(l), "magic" in l, 1 in l, l == 1, l + [1], bool(l), [*l], l != 1, sum(l), sorted(l), l.index(4), l[::-1])
class D(dict):
    def __missing__(self, k): return k * 2
    def keys(self): return ["fake"]
print(D(a=1)["zz"], D().get("zz"), D(a=1).keys(), dict(D(a=1)) == {"a": 1}, {**D(a=1)} if False else "skip", list(D(a=1)))
class I(int):
    def __add__(self, o): return "I+"
    def __radd__(self, o): return "+I"
    def __eq__(self, o): return True
    __hash__ = int.__hash__
    def __index__(self): return 99
    def __str__(self): return "I!"
    def __bool__(self): return False
i = I(2)
print(i + 1, 1 + i, i - 1, i == 77, hash(i), [0, 1, 2, 3][i], str(i), repr(i), f"{i}", f"{i:d}", "%d" % i, bool(i), -i, i * 2, range(i), int(i), [5, 6, 7][i:] , hex(i))
class S(str):
    def __len__(self): return 1
    def __iter__(self): return iter("zz")
    def upper(self): return "custom"
s = S("abc")
print(len(s), list(s), s.upper(), s + "d", s[1], s.title(), "".join(s), s * 2, "b" in s, s == "abc", [*s], f"{s}")
class T(tuple):
    def __getitem__(self, i): return "no"
a, b = T((1, 2))
print(a, b, T((1,))[0], T([1, 2]) == (1, 2), (1, 2) + T((3,)), hash(T((1,))) == hash((1,)))
class F(float):
    def __mul__(self, o): return "F*"
print(F(1.5) * 2, 2 * F(1.5), F(1.5) + 1, F("2") == 2.0, round(F(2.5)), F(1).hex())
class E(ValueError):
    def __init__(self, a, b): super().__init__(f"{a}-{b}"); self.a = a
    def __str__(self): return "E:" + super().__str__()
try: raise E(1, 2)
except ValueError as e: print(e, repr(e), e.args, e.a)
class B(bytes):
    def __getitem__(self, i): return 0
print(B(b"ab")[0], B(b"ab") + b"c", list(B(b"ab")))
class SetS(set):
    def add(self, x): super().add(str(x))
z = SetS(); z.add(1); z.update([2])
print(sorted(map(repr, z)), type(z | {1}).__name__)
class Obj(object):
    def __eq__(self, o): return isinstance(o, Obj)
print(Obj() == Obj(), Obj() != Obj(), Obj.__hash__)
