class A:
    count = 0
    @classmethod
    def make(cls, *a): cls.count += 1; return cls, a
    @staticmethod
    def plain(*a): return a
    @classmethod
    @property
    def chained(cls): return cls.__name__ + " chained"
    def m(self): return self.make(1), self.plain(2), type(self).make(3)
class B(A): pass
print(A.make(1), B.make(), A().make(2), A.count, B.count, A.plain(1), A().plain(), B().m(), B.chained)
print(A.make.__self__ is A, B.make.__self__ is B, A.make.__func__ is B.make.__func__, type(A.__dict__["make"]).__name__, type(A.__dict__["plain"]).__name__, A.plain is A.plain, A.__dict__["make"].__func__.__name__)
def free(x): return ("free", x)
A.attached = free
A.static = staticmethod(free)
A.cls = classmethod(free)
a = A()
print(a.attached()[1] is a, a.static(1), a.cls(), A.attached(5))
sm = staticmethod(free)
print(sm(1), sm.__wrapped__ is free, sm.__name__)
cm = classmethod(free)
try:
    cm(1)
except TypeError as e:
    print(e)
print(cm.__get__(None, int)(), cm.__get__(5)(), sm.__get__(None, int)(3))
class Alt:
    def __init__(self, y, m, d): self.t = (y, m, d)
    @classmethod
    def parse(cls, s): return cls(*map(int, s.split("-")))
    def __repr__(self): return f"{type(self).__name__}{self.t}"
class SubAlt(Alt): pass
print(Alt.parse("2024-1-31"), SubAlt.parse("1-2-3"))
class Meta(type):
    def meta_method(cls): return "meta", cls.__name__
    @classmethod
    def mc(mcs): return mcs.__name__
class WithMeta(metaclass=Meta): pass
print(WithMeta.meta_method(), WithMeta.mc(), Meta.mc())
try:
    WithMeta().meta_method()
except AttributeError as e:
    print(e)
for bad in (lambda: staticmethod(), lambda: classmethod(1, 2), lambda: classmethod(5).__get__(None, int)()):
    try:
        print(bad())
    except TypeError as e:
        print(e)
