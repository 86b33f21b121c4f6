class A:
    def __init__(self): self.real = 1
    def __getattr__(self, n):
        log.append(("getattr", n))
        if n == "missing": raise AttributeError("really missing")
        return n.upper()
log = []
a = A()
print(a.real, a.virtual, log)
try: a.missing
except AttributeError as e: print(e)
print(hasattr(a, "missing"), getattr(a, "missing", "d"))
class B:
    x = "class x"
    def __init__(self): object.__setattr__(self, "y", "inst y")
    def __getattribute__(self, n):
        log.append(n)
        if n == "fake": return "faked"
        if n == "redirect": raise AttributeError
        return super().__getattribute__(n)
    def __getattr__(self, n): return f"fallback {n}"
    def m(self): return "m"
log.clear()
b = B()
print(b.x, b.y, b.fake, b.redirect, b.nope, b.m(), log)
log.clear()
print(len.__call__([b]), type(b).__name__, b.__class__.__name__, log)
class C:
    def __setattr__(self, n, v): log.append(("set", n, v)); super().__setattr__(n, v * 2)
    def __delattr__(self, n): log.append(("del", n)); super().__delattr__(n)
log.clear()
c = C()
c.a = 5; c.a += 1
print(c.a, log)
del c.a
try: del c.a
except AttributeError as e: print(e)
class Proxy:
    def __init__(self, t): object.__setattr__(self, "_t", t)
    def __getattr__(self, n): return getattr(self._t, n)
    def __setattr__(self, n, v): setattr(self._t, n, v)
p = Proxy([3, 1])
p.append(2); p.sort()
print(p._t, p.__len__())
try: len(p)
except TypeError as e: print(e)
class Inf:
    def __getattr__(self, n): return self.missing_too
try: Inf().x
except RecursionError: print("RecursionError")
class Bad:
    __getattr__ = 5
try: Bad().x
except TypeError as e: print(e)
class Chain:
    def __init__(self, path=""): self.path = path
    def __getattr__(self, n): return Chain(f"{self.path}/{n}")
    def __call__(self, *a): return f"{self.path}{a}"
print(Chain().users.get.by_id(5), Chain("x").y.path)
class M:
    def __getattr__(self, n): raise KeyError(n)
try: getattr(M(), "k", "default does not help")
except KeyError as e: print("KeyError", e)
