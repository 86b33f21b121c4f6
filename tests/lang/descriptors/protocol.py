class D:
    def __init__(self, name): self.name = name
    def __get__(self, obj, cls=None): return ("get", self.name, obj is not None and type(obj).__name__, cls and cls.__name__)
class Data(D):
    def __set__(self, obj, v): obj.__dict__[self.name] = ("stored", v)
    def __delete__(self, obj): print("delete", self.name)
class SetOnly:
    def __set__(self, obj, v): print("set only", v)
class C:
    nd = D("nd")
    data = Data("data")
    so = SetOnly()
c = C()
print(c.nd, C.nd, c.data, C.data)
c.nd = "instance wins over non-data"
c.data = 5
print(c.nd, c.data, c.__dict__)
c.so = 1
print(c.so is C.__dict__["so"])
c.__dict__["so"] = "dict hidden"
print(c.so)
del c.data
try:
    del c.so
except AttributeError as e:
    print(e)
class Sub(C):
    nd = "overridden"
print(Sub().nd, Sub.data, Sub().data)
C.data = "replaced on the class"
print(c.data)
class Bad:
    def __get__(self, o, c): raise AttributeError("from descriptor")
class G:
    b = Bad()
    def __getattr__(self, n): return "getattr fallback " + n
print(G().b, hasattr(G, "b"))
c2 = C()
c2.inst = D("on instance")
print(type(c2.inst).__name__)
class Func:
    def __get__(self, o, c): return lambda *a: ("bound", o is not None, a)
class H:
    __call__ = Func()
    __len__ = Func()
    __getitem__ = Func()
h = H()
print(h(1, 2), h[5], h.__len__())
print(C.__dict__["nd"].__get__(c), D("x").__get__(None, int), (lambda self: self).__get__(7)(), len.__get__ if hasattr(len, "__get__") else "no get", str.upper.__get__("a")(), type(C.__dict__["nd"].__get__).__name__)
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, owner, name): self.n = "_" + name
    def __get__(self, o, c): return self if o is None else getattr(o, self.n, None)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError(f"{self.n[1:]} must be {self.t.__name__}")
        setattr(o, self.n, v)
class P:
    x, y = Typed(int), Typed(str)
p = P(); p.x = 1; p.y = "s"
print(p.x, p.y, P.x.n)
try: p.x = "no"
except TypeError as e: print(e)
class BadName:
    def __set_name__(self, o, n): raise ValueError("in set_name")
try:
    class Q: z = BadName()
except RuntimeError as e:
    print(e, repr(e.__cause__))
