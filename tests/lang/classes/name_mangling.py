class A:
    __private = 1
    def __init__(self): self.__x = 2; self.__dunder__ = 3; self.___ = 4; self._single = 5
    def get(self): return self.__x, self.__private, self.__method(), self.__dunder__
    def __method(self): return "private method"
    def args(self, __arg, *, __kw=1): return __arg, __kw
    def loc(self):
        __local = 7
        return sorted(locals())
    def imp(self):
        import math as __m
        return "_A__m" in locals()
    def nested(self):
        def f(): return self.__x
        class B:
            def g(b): return self.__dict__.get("_B__x", "no _B__x")
        return f(), B().g()
    def getattr_is_not_mangled(self):
        return hasattr(self, "__x"), hasattr(self, "_A__x")
a = A()
print(a.get(), sorted(a.__dict__), a._A__x, A._A__private, a.args(1), a.args(1, _A__kw=9), a.loc(), a.imp(), a.nested(), a.getattr_is_not_mangled())
try:
    a.__x
except AttributeError as e:
    print(e)
class B(A):
    def __init__(self):
        super().__init__()
        self.__x = "B's own"
    def both(self): return self.__x, self.get()[0]
print(B().both(), sorted(vars(B())))
class _Under:
    __v = 1
    def get(self): return self.__v, sorted(k for k in vars(type(self)) if "v" in k)
print(_Under().get())
class ___:
    __v = 2
    def get(self): return self.__v
print(___().get(), "__v" in vars(___))
class C:
    def f(self):
        try:
            return __undefined
        except NameError as e:
            return str(e)
    def g(self):
        global __glob
        __glob = 5
        def inner():
            __n = 0
            def deeper():
                nonlocal __n
                __n += 1
                return __n
            return deeper()
        return inner()
    __slots__ = ("__slot",)
    def s(self): self.__slot = 1; return C.__dict__["_C__slot"].__name__
c = C()
print(c.f(), c.g(), _C__glob, c.s())
