class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return {"injected": 1}
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)
    def __call__(cls, *a, **kw):
        print("call", cls.__name__, a, kw)
        return super().__call__(*a, **kw)
    def __repr__(cls): return f"<meta {cls.__name__}>"
    def __len__(cls): return 7
    def __iter__(cls): return iter("iter")
    def __getitem__(cls, k): return k
    def __contains__(cls, k): return True
    def __getattr__(cls, k): return f"meta attr {k}"
    def __add__(cls, o): return "meta add"
    def __bool__(cls): return False
    @property
    def prop(cls): return "prop of " + cls.__name__
class A(metaclass=Meta, opt=5):
    x = injected + 1
    def __init__(self, v): self.v = v
class B(A, flag=True): pass
a = A(1)
print(a.v, A, B, len(A), list(A), A[3], 5 in A, A.whatever, A + 1, bool(A), A.prop, A.injected, type(A).__name__, type(B).__name__, A.x, isinstance(A, Meta), f"{A}", [A])
for f in (lambda: len(a), lambda: a.whatever, lambda: a.prop, lambda: a + 1, lambda: a[0]):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(e)
C = Meta("C", (A,), {"y": 2})
print(C.y, C(3).v)
class M2(type): pass
try:
    class D(A, metaclass=M2): pass
except TypeError as e:
    print(e)
class M3(Meta): pass
class E(A, metaclass=M3): pass
print(type(E).__name__)
def function_meta(name, bases, ns, **kw): return (name, bases, sorted(k for k in ns if not k.startswith("__")), kw)
class F(int, metaclass=function_meta, z=1):
    q = 1
print(F)
class Auto(dict):
    def __missing__(self, k):
        if k.startswith("__"): raise KeyError(k)
        self[k] = len(self)
        return self[k]
class EnumMeta(type):
    def __prepare__(name, bases): return Auto()
    def __new__(mcs, name, bases, ns): return super().__new__(mcs, name, bases, dict(ns))
class Colors(metaclass=EnumMeta):
    RED; GREEN; BLUE
print(Colors.GREEN - Colors.RED, Colors.BLUE - Colors.GREEN)
class BadPrepare(type):
    def __prepare__(name, bases): return 5
try:
    class G(metaclass=BadPrepare): pass
except TypeError as e:
    print(e)
