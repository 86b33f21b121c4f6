class A:
    def __str__(self): return "s"
    def __repr__(self): return "r"
    def __format__(self, spec): return f"f[{spec}]"
a = A()
print(a, str(a), repr(a), f"{a}", f"{a!s}", f"{a!r}", f"{a:x}", f"{a!r:>3}", "%s %r" % (a, a), "{} {!r} {:q}".format(a, a, a), [a], (a,), {a: a}, {"k": a}, format(a), format(a, "z"), ascii(a), str([a]), "".join(map(str, [a, a])))
class OnlyRepr:
    def __repr__(self): return "only repr"
class OnlyStr:
    def __str__(self): return "only str"
class InheritRepr(OnlyRepr): pass
class E(Exception):
    def __repr__(self): return "E repr"
print(OnlyRepr(), f"{OnlyRepr()}", str(OnlyStr()), repr(OnlyStr())[:20], InheritRepr(), [OnlyStr()].__repr__()[:12], str(E("msg")), repr(E("msg")), f"{E('m')}", f"{E('m')!r}")
class Rec:
    def __init__(self): self.me = self
    def __repr__(self): return f"Rec({self.me!r})"
try: repr(Rec())
except RecursionError: print("RecursionError")
class Raises:
    def __repr__(self): raise ZeroDivisionError("in repr")
for f in (lambda: repr([Raises()]), lambda: f"{Raises()}", lambda: "%r" % Raises(), lambda: str(Raises()), lambda: repr({1: Raises()}), lambda: print(Raises()), lambda: str((1, Raises())), lambda: repr({Raises()})):
    try: f()
    except ZeroDivisionError as e: print(e)
class SubS(str): pass
class RetSub:
    def __str__(self): return SubS("sub")
    def __repr__(self): return SubS("subr")
print(type(str(RetSub())).__name__, type(repr(RetSub())).__name__, f"{RetSub()}")
class D:
    def __format__(self, spec): return SubS(spec)
print(f"{D():abc}", type(format(D(), "q")).__name__, object.__format__(5, ""))
try: object.__format__(5, "d")
except TypeError as e: print(e)
class Meta(type):
    def __repr__(cls): return f"[{cls.__name__}]"
    def __str__(cls): return "str of " + cls.__name__
class M(metaclass=Meta): pass
print(M, repr(M), [M], f"{M}", type(M).__name__)
