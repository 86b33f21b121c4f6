class O: pass
class A(O):
    def who(self): return ["A"]
class B(O):
    def who(self): return ["B"]
class C(A, B):
    def who(self): return ["C"] + super().who()
class D(B, A): pass
print([c.__name__ for c in C.__mro__], C().who(), D().who(), C.mro() == list(C.__mro__))
try:
    class E(C, D): pass
except TypeError as e:
    print(e)
try:
    class F(O, A): pass
except TypeError as e:
    print(e)
class Base:
    def __init__(self, **kw): self.log = ["Base"]; self.kw = kw
class L(Base):
    def __init__(self, l, **kw): super().__init__(**kw); self.log.append("L" + l)
class R(Base):
    def __init__(self, r, **kw): super().__init__(**kw); self.log.append("R" + r)
class Both(L, R):
    def __init__(self, **kw): super().__init__(**kw); self.log.append("Both")
b = Both(l="1", r="2", z=3)
print(b.log, b.kw, [c.__name__ for c in Both.__mro__])
class X: pass
class Y: pass
class Z: pass
class K1(X, Y): pass
class K2(Y, Z): pass
class K3(K1, K2): pass
print([c.__name__ for c in K3.mro()], issubclass(K3, Z), isinstance(K3(), Y), K3.__bases__, X.__subclasses__(), K3.__base__.__name__)
class W(dict, Base): pass
print(W(a=1), [c.__name__ for c in W.__mro__], W.__base__.__name__)
for bases in ((int, str), (dict, list), (int, float), (list, tuple), (Exception, dict)):
    try:
        print(type("T", bases, {}).__mro__[1:3])
    except TypeError as e:
        print(bases, e)
A.late = lambda self: "late " + type(self).__name__
print(C().late(), D().late())
C.__bases__ = (B, A)
print(C().who(), [c.__name__ for c in C.__mro__])
try:
    C.__bases__ = (D, B)
except TypeError as e:
    print(e)
try:
    O.__bases__ = (C,)
except TypeError as e:
    print(e)
