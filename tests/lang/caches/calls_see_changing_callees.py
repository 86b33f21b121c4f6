def f1(x): return ("f1", x)
def f2(x, y=2): return ("f2", x, y)
def f3(*a): return ("f3", a)
def f4(x, *, k=4): return ("f4", x, k)
def f5(x, **kw): return ("f5", x, kw)
def gen(x): yield x
class K:
    def __init__(self, x): self.x = x
    def __call__(self, x): return ("K call", self.x, x)
    def m(self, x): return ("K.m", x)
    @classmethod
    def c(cls, x): return ("K.c", x)
    @staticmethod
    def s(x): return ("K.s", x)
def call(f): return f(7)
callees = [f1, f2, f3, f4, f5, K(0), K(0).m, K.c, K.s, str, int, float, abs, [1].append, "{}".format, lambda x: ("lambda", x), (lambda y: lambda x: (x, y))(1), range, hex, repr, bool, chr, f1]
for _ in range(2):
    for f in callees: print(call(f), end=" ")
    print()
print(type(call(gen)).__name__, next(call(gen)), type(call(K)).__name__)
for bad in (5, None, "s", f1(1), lambda: 1, lambda a, b: 1, len, K(0).s if False else object()):
    try: call(bad)
    except TypeError as e: print(str(e).replace("__main__.", ""))
def kw(f): return f(1, k=2)
for f in (f4, f5, lambda x, k: (x, k), dict if False else f4, lambda *a, **k: (a, k), f5): print(kw(f))
try: kw(f1)
except TypeError as e: print(e)
def defaults(f): return f()
g = lambda a=1, b=[]: (b.append(a), len(b))[1]
print(defaults(g), defaults(g), defaults(g))
g.__defaults__ = (5, [])
print(defaults(g), defaults(g))
def swap(): return "before"
out = []
for i in range(4):
    out.append(swap())
    if i == 1:
        def swap(): return "after"
print(out)
def code_changed(): return "old code"
def other(): return "new code"
print(code_changed())
code_changed.__code__ = other.__code__
print(code_changed())
class Counted:
    n = 0
    def __init__(self, *a): Counted.n += 1
for i in range(5):
    Counted(*range(i))
    if i == 2: Counted.__init__ = lambda self, *a: setattr(Counted, "n", Counted.n + 10)
print(Counted.n)
