class S:
    __slots__ = ("a", "b")
    def __init__(self, a): self.a = a
s = S(1)
print(s.a, hasattr(s, "b"), S.a, type(S.a).__name__, S.__slots__, hasattr(s, "__dict__"))
s.b = 2
del s.a
for bad in (lambda: s.a, lambda: setattr(s, "c", 1), lambda: delattr(s, "a"), lambda: s.__dict__, lambda: s.c, lambda: delattr(s, "zz"), lambda: vars(s)):
    try:
        print(bad())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
class T(S):
    pass
t = T(5); t.z = 6
print(t.__dict__, t.a)
class U(S):
    __slots__ = ("c",)
u = U(1); u.c = 3
print(u.a, u.c, S.a.__get__(u))
try:
    u.d = 1
except AttributeError as e:
    print(e)
class V:
    __slots__ = "single"
class W:
    __slots__ = ["__dict__", "x"]
w = W(); w.x = 1; w.other = 2
print(w.__dict__, W.x.__get__(w), V.__slots__)
class X:
    __slots__ = {"documented": "the doc"}
print(X.__slots__, X.documented.__doc__)
for code in ('class A:\n __slots__ = ("x",)\n x = 1', 'class A:\n __slots__ = (5,)', 'class A:\n __slots__ = ("a b",)', 'class A(int):\n __slots__ = ("x",)', 'class A(tuple):\n __slots__ = ("x",)', 'class A:\n __slots__ = ("__dict__", "__dict__")', 'class A:\n __slots__ = 5', 'class L: __slots__ = ("a",)\nclass R: __slots__ = ("b",)\nclass B(L, R): pass', 'class A(str):\n __slots__ = ()\nA().x = 1', 'class A:\n __slots__ = ()\nA().x = 1', 'class A(int):\n __slots__ = ()\nprint(A(5) + 1)'):
    try:
        exec(code)
        print("fine")
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
class Empty: __slots__ = ()
class L: __slots__ = ("a",)
class Mix(L, Empty): __slots__ = ("z",)
m = Mix(); m.a = 1; m.z = 2
print(m.a, m.z, S.b.__name__, S.b.__objclass__.__name__)
S.b.__set__(s, 10)
print(s.b, S.b.__get__(s, S))
try:
    S.b.__get__(w)
except TypeError as e:
    print(e)
