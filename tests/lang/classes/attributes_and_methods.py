class A:
    "doc of A"
    shared = []
    n = 0
    def __init__(self, v):
        self.v = v
        A.n += 1
    def get(self): return self.v
    def add(self, x): self.shared.append(x); return self
a, b = A(1), A("b")
a.add(1); b.add(2)
print(a.get(), b.get(), A.get(a), a.shared is b.shared, A.n, a.__dict__, A.__doc__, A.__name__, a.__class__ is A, a.get.__self__ is a, a.get.__func__ is A.get, type(a.get).__name__, a.get == a.get, a.get is a.get)
a.shared = "own"
print(a.shared, b.shared, A.shared, vars(a))
del a.shared
print(a.shared, hasattr(a, "zz"), getattr(a, "zz", "dflt"))
a.extra = 5
setattr(a, "dyn amic", 6)
print(a.extra, getattr(a, "dyn amic"), sorted(a.__dict__))
f = a.get
a.v = "changed"
print(f(), [m() for m in (a.get, b.get)])
A.new = lambda self: ("added later", self.v)
print(a.new(), b.new())
a.own = lambda: "instance function, no self"
print(a.own())
del A.new
for bad in (lambda: a.new, lambda: A.v, lambda: a.nope(), lambda: delattr(a, "nope"), lambda: delattr(A, "nope"), lambda: A.nope, lambda: A(), lambda: A(1, 2), lambda: a(), lambda: setattr(5, "x", 1), lambda: setattr(a, 5, 1), lambda: object().x, lambda: setattr(object(), "x", 1), lambda: None.foo, lambda: setattr(int, "x", 1), lambda: (1).foo, lambda: delattr(int, "real"), lambda: a.get.__func__.foo, lambda: setattr(a.get, "foo", 1)):
    try:
        print(bad())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
print(isinstance(a, A), isinstance(a, (int, A)), isinstance(a, object), issubclass(A, object), type(a) is A, a == a, a == b, a != b, hash(a) == hash(a), bool(a), A.__module__, A.__qualname__, A.__bases__, A.__mro__[-1])
a.__dict__["direct"] = 7
print(a.direct, "direct" in dir(a), "get" in dir(a))
a.__dict__ = {"only": 1}
print(a.only, hasattr(a, "v"))
