o = object()
print(type(o).__name__, o == o, o != object(), bool(o), o.__class__, object.__name__, object.__bases__, object.__doc__ is not None, isinstance(5, object), object() is object())
class A:
    def __repr__(self): return "A()"
class B:
    def __str__(self): return "B str"
class C: pass
print(repr(A()), str(A()), f"{A()}", [A()], str(B()), repr(B()).startswith("<__main__.B object at "), repr(C()).startswith("<__main__.C object at "), str(C())[:19])
def f(): pass
print(repr(f)[:13], repr(lambda: 1)[:18], repr(len), repr(int), repr(C), repr(C.__init__)[:30], repr([].append)[:33], repr(C().__init__)[:35], repr(str.upper), repr(type), repr(None), repr(...), repr(NotImplemented), repr(print), repr(__name__))
class D:
    def m(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    p = property(m)
print(repr(D.m)[:18], repr(D().m)[:30], repr(D.c), repr(D.s)[:13], repr(D.p)[:16], repr(D.__dict__["c"])[:22], repr(D.__dict__["s"])[:24])
print(repr(x for x in [])[:28], repr(iter([]))[:20], repr(range(3)), repr({}.keys()), repr(zip())[:11], repr(super(D, D())), repr(ValueError("x", 1)), repr(ValueError), repr(slice(1)), repr(Exception()), repr(f.__code__)[:15], repr(type(f)), repr(memoryview(b"a"))[:15])
import sys, math
print(repr(sys), repr(math)[:15], repr(sys.stdout)[:20])
class E:
    def __repr__(self): return "multi\nline"
print(E(), [E()], {E: 1} if False else "", ascii(E()))
print(object.__repr__(A())[:18], object.__str__(A()), int.__repr__(True), str.__repr__("a"), repr(A.__repr__)[:21])
