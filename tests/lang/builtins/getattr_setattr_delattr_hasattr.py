class A:
    x = 1
    @property
    def p(self): raise AttributeError("p fails")
    @property
    def v(self): raise ValueError("v fails")
    def __getattr__(self, n):
        if n.startswith("dyn"): return n.upper()
        raise AttributeError(f"custom: {n}")
a = A()
print(getattr(a, "x"), getattr(a, "dyn_y"), getattr(a, "nope", "default"), getattr(a, "p", "default for p"), hasattr(a, "x"), hasattr(a, "dynamic"), hasattr(a, "no"), hasattr(a, "p"), getattr(5, "real"), getattr("a", "upper")(), getattr(A, "x"))
setattr(a, "new", 5); setattr(A, "cls_new", 6); setattr(a, "not an identifier", 7)
print(a.new, a.cls_new, a.__dict__)
delattr(a, "new"); delattr(A, "cls_new")
print(a.__dict__)
for f in (lambda: getattr(a, "nope"), lambda: getattr(a, "v", "default does not help"), lambda: hasattr(a, "v"), lambda: getattr(a, 5), lambda: hasattr(a, 5), lambda: setattr(a, 5, 1), lambda: delattr(a, 5), lambda: delattr(a, "nope"), lambda: setattr(5, "x", 1), lambda: getattr(a), lambda: delattr(5, "real"), lambda: getattr(None, "x"), lambda: setattr(a, "x"), lambda: setattr(len, "x", 1), lambda: getattr(a, "x", 1, 2), lambda: delattr(len, "__name__"), lambda: setattr(A, "__name__", 5), lambda: setattr(A, "__mro__", ()), lambda: delattr(A, "__name__"), lambda: setattr(a, "__class__", 5), lambda: setattr(a, "__dict__", 5), lambda: delattr(a, "__class__")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class S(str): pass
print(getattr(a, S("x")), hasattr([], "append"), getattr([], "append").__name__, [getattr(1, n) for n in ("real", "imag", "numerator")])
