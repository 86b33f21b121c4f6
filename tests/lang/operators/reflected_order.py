log = []
def make(name, **methods):
    return type(name, methods.pop("bases", ()), {k: (lambda k, r: lambda self, other: (log.append(f"{name}.{k}"), r)[1])(k, r) for k, r in methods.items()})
NI = NotImplemented
A = make("A", __add__=NI, __radd__="A radd")
B = make("B", __radd__="B radd")
C = make("C", bases=(A,), __radd__="C radd")
D = make("D", bases=(A,))
E = make("E", __add__=NI)
cases = [(A(), B()), (A(), A()), (A(), C()), (A(), D()), (C(), A()), (E(), E()), (1, A()), (A(), 1), ("s", B()), ([], B()), (E(), B()), (D(), C()), (B(), E())]
for l, r in cases:
    log.clear()
    try:
        res = l + r
    except TypeError as e:
        res = str(e)
    print(type(l).__name__, "+", type(r).__name__, "=", res, log)
class P:
    def __sub__(s, o): return NotImplemented
    def __rsub__(s, o): return "P.rsub"
class Q(P): pass
class R(P):
    def __rsub__(s, o): return "R.rsub"
for l in (P(), Q(), R()):
    for r in (P(), Q(), R()):
        try:
            print(type(l).__name__, type(r).__name__, l - r)
        except TypeError as e:
            print(e)
class M(int):
    def __radd__(s, o): return "M.radd"
print(1 + M(2), M(1) + 1, M(1) + M(2), 1 - M(1))
class N:
    __add__ = None
    def __radd__(s, o): return "N.radd"
for f in (lambda: N() + 1, lambda: 1 + N(), lambda: N() + B()):
    try:
        print(f())
    except TypeError as e:
        print(e)
