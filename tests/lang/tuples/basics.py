t = (1, "a", 2.5)
print(t, t[0], t[-1], t[1:], t[::-1], len(t), t + (4,), t * 2, t == (1, "a", 2.5), t.index("a"), t.count(1), "a" in t, hash(t) == hash((1, "a", 2.5)), tuple("ab"), tuple([1]), tuple(), (), (1,), tuple(t) is t)
print((1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (2, 1) > (1, 9), (1, "x") != (1, "y"), (1, [2]) == (1, [2]), ((1, 2), 3) < ((1, 3), 0), (1, 2) == [1, 2], max((1, 5), (2, 0)), sorted([(2, "b"), (1, "c"), (2, "a")]))
a, b = b, a = 1, 2
print(a, b, {(1, 2): "k"}[1, 2], {(1, (2, 3)): 1}[(1, (2, 3))], (1, 2, 3)[True], ((1, 2) + ())[0])
for f in (lambda: t[5], lambda: t.__getitem__("a"), lambda: hash(([],)), lambda: t + [1], lambda: t * "a", lambda: t.index(9), lambda: (1,) < ("a",), lambda: t < 5, lambda: tuple(5), lambda: tuple(1, 2), lambda: t.append, lambda: t[1.0], lambda: () + None):
    try:
        print(f())
    except (IndexError, TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
try:
    t[0] = 1
except TypeError as e:
    print(e)
try:
    del t[0]
except TypeError as e:
    print(e)
x = ([],)
try:
    x[0] += [1]
except TypeError as e:
    print(e, x)
class P(tuple):
    __slots__ = ()
    def __new__(cls, x, y): return super().__new__(cls, (x, y))
    @property
    def x(self): return self[0]
    def __add__(self, o): return P(self[0] + o[0], self[1] + o[1])
p = P(1, 2)
print(p, p.x, p + (3, 4), p == (1, 2), hash(p) == hash((1, 2)), isinstance(p, tuple), type(p[:]).__name__, type(p * 2).__name__, [*p], {p: 1}[1, 2], P.__mro__[1])
t2 = t
t2 += (9,)
print(t, t2, t2 is t, ((),) * 2, tuple(x * x for x in range(4)), (*t, *"xy"), tuple({1: 2}), () == tuple(), (1,) * 0)
