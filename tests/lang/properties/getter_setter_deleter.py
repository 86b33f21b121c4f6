class A:
    def __init__(self): self._x = 0
    @property
    def x(self):
        "doc of x"
        return self._x
    @x.setter
    def x(self, v):
        if v < 0: raise ValueError("negative")
        self._x = v
    @x.deleter
    def x(self): self._x = "deleted"
    @property
    def read_only(self): return 1
    write_only = property(None, lambda self, v: setattr(self, "_w", v))
    empty = property()
a = A()
a.x = 5; a.x += 1
print(a.x, A.x.__doc__, A.x.fget.__name__, A.x.fset is not None, A.read_only.fset, type(A.x).__name__)
del a.x
print(a.x)
a.write_only = 9
print(a._w)
for bad in (lambda: setattr(a, "x", -1), lambda: setattr(a, "read_only", 1), lambda: delattr(a, "read_only"), lambda: a.write_only, lambda: a.empty, lambda: setattr(a, "empty", 1)):
    try:
        print(bad())
    except (AttributeError, ValueError) as e:
        print(type(e).__name__, e)
class B(A):
    @A.x.getter
    def x(self): return "overridden getter"
    @property
    def read_only(self): return super().read_only + 1
b = B()
b.x = 3
print(b.x, b._x, b.read_only)
class C(A):
    x = 7
c = C()
c.x = "plain now"
print(c.x, C.x, c.__dict__)
a.__dict__["read_only"] = "hidden by data descriptor"
print(a.read_only)
class Lazy:
    @property
    def v(self):
        print("computed")
        self.__dict__["v2"] = 1
        return 42
l = Lazy()
print(l.v + l.v)
class Err:
    @property
    def p(self): raise AttributeError("inner problem")
    def __getattr__(self, n): return "fallback for " + n
print(Err().p)
class Err2:
    @property
    def p(self): return self.missing
try:
    Err2().p
except AttributeError as e:
    print(e)
p = property(lambda s: 1, doc="explicit doc")
print(p.__doc__, p.fget(None), p.__get__(5), p.setter(lambda s, v: None).fset is not None, property(len).__get__("abc"), p.__isabstractmethod__)
class P2(property):
    def __get__(self, o, c): return ("sub", super().__get__(o, c) if o else None)
class D:
    @P2
    def q(self): return "q"
print(D().q, D.q)
