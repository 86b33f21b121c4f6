class C:
    def __call__(self): return 1
class D: pass
d = D()
d.__call__ = lambda: 1
print(callable(C), callable(C()), callable(d), callable(len), callable(lambda: 1), callable(5), callable(None), callable("a".upper), callable(type), callable(D), callable(staticmethod(len)), callable(property()))
a, b = object(), object()
print(id(a) == id(a), id(a) != id(b), isinstance(id(a), int), type(id).__name__)
print(type(1), type("a"), type([]), type(None), type(type), type(C), type(C()), type(len), type(lambda: 1), type(...), type(NotImplemented), type(1j), type(range(1)), type(iter([])), type(iter({})), type(iter("")), type((x for x in ())), type({}.keys()), type(b""), type(slice(1)), type(super(C)), type(property()), type(int.real), type(str.join), type("".join), type(Exception()), type(C.__call__), type(C().__call__), type(int.__add__), type((1).__add__), type(type.__dict__), type(zip()), type(map(int, [])), type(enumerate([])), type(reversed([])), type(reversed({})), type(frozenset()))
for f in (lambda: type(), lambda: type(1, 2), lambda: type("a", (), {}, x=1), lambda: callable(), lambda: id(), lambda: type(1, 2, 3)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
