class A:
    x = "A.x"
    def m(self): return ["A.m"]
    @classmethod
    def c(cls): return ("A.c", cls.__name__)
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    def __getitem__(self, k): return ("A", k)
    def __len__(self): return 5
class B(A):
    x = "B.x"
    def m(self): return ["B.m"] + super().m() + super(B, self).m()
    @classmethod
    def c(cls): return ("B.c", super().c())
    @staticmethod
    def s(): return "B.s " + super(B, B).s()
    @property
    def p(self): return super().p + " via B"
    def attr(self): return super().x, super().p, super().s()
    def __getitem__(self, k): return super().__getitem__(k * 2)
    def __len__(self): return super().__len__() + 1
    def nested(self):
        def inner(): return super(B, self).m()
        return inner(), [super(B, self).m() for _ in range(1)], (lambda: super(B, self).x)()
    def first_arg_rebound(self):
        self = self
        return super().m()
    def uses_class(self): return __class__.__name__
b = B()
print(b.m(), b.c(), B.c(), B.s(), b.p, b.attr(), b[3], len(b), b.nested(), b.first_arg_rebound(), b.uses_class())
class C(B):
    def m(self): return ["C.m"] + super().m()
    def skip(self): return super(B, self).m()
print(C().m(), C().skip(), super(B, C()).x, super(C, C()).x, super(B, B).m(b), super(B, b).c())
s = super(B, b)
print(type(s).__name__, s.__thisclass__.__name__, s.__self__ is b, s.__self_class__.__name__, repr(s))
class Late:
    def f(self): return super
    def g(self): return super().__init__
for bad in (lambda: super(), lambda: super(5), lambda: super(B, 5), lambda: super(B, A()), lambda: super(B, b).nope, lambda: super(int, 5).nope, lambda: super(B), lambda: b.no_args()):
    try:
        r = bad()
        print(type(r).__name__)
    except (TypeError, RuntimeError, AttributeError) as e:
        print(type(e).__name__, e)
class NoArgs:
    def f(): return super()
    def g(*args): return super()
    def deleted(self):
        del self
        return super()
for name in "f", "g", "deleted":
    try:
        r = NoArgs.f() if name == "f" else getattr(NoArgs(), name)()
        print(name, type(r).__name__)
    except RuntimeError as e:
        print(name, e)
class Set(A):
    def __setattr__(self, k, v): super().__setattr__(k, ("wrapped", v))
    def __getattribute__(self, k):
        if k == "magic": return "m"
        return super().__getattribute__(k)
z = Set(); z.q = 1
print(z.q, z.magic)
class G(A):
    def gen(self): yield super().m()
    async def co(self): return super().m()
print(list(G().gen()), end=" ")
try: G().co().send(None)
except StopIteration as e: print(e.value)
