class A:
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls, x): return cls.__name__, x
s = A.__dict__["s"]
c = A.__dict__["c"]
print(type(s).__name__, s(5), s.__func__(6), s.__get__(None, A)(7), type(c).__name__, c.__func__(int, 1), c.__get__(None, A)(2), s.__name__, c.__name__, s.__isabstractmethod__)
sup = super(A, A())
print(type(sup).__name__, sup.__thisclass__, sup.__self_class__, isinstance(sup, super))
un = super(A)
print(un.__self__, un.__get__(A()).__self__ is not None)
class X:
    def __init__(self): self.v = "set"
class Y(X): sup = None
Y.sup = super(Y)
y = Y()
y.v = "changed"
y.sup.__init__()
print(y.v)
@staticmethod
def free(a): return a * 2
print(free(4), [free(x) for x in (1, 2)])
class Z:
    f = free
    g = staticmethod(lambda: "g")
    h = classmethod(lambda cls: cls.__name__)
print(Z.f(1), Z().f(2), Z.g(), Z().g(), Z.h(), Z().h())
