# Members of built-in types, dir() of modules, staticmethod.__dict__, metaclasses that are no types, __set__ without __get__.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


@t
def staticmethod_dict():
    s = staticmethod(t); return sorted(s.__dict__)
    sm = staticmethod(None); sm.x = 42; return sm.__dict__


@t
def static_del():
    s = staticmethod(None); s.x = 1; del s.x; return hasattr(s, 'x')


@t
def dir6():
    import types
    class M(types.ModuleType): __dict__ = 8
    return dir(M("foo"))


@t
def dir6b():
    import types
    class M2(types.ModuleType):
        def getdict(self): return 1
        __dict__ = property(getdict)
    return dir(M2("foo"))


@t
def metafunc2():
    new = []
    class ANotMeta:
        def __new__(mcls, *args, **kwargs):
            new.append("A")
            return super().__new__(mcls)
    class BNotMeta(ANotMeta):
        def __new__(mcls, *args, **kwargs):
            new.append("B")
            return super().__new__(mcls)
    class C(metaclass=ANotMeta): pass
    class D(metaclass=BNotMeta): pass
    class E(C, metaclass=BNotMeta): pass
    class E2(D, metaclass=ANotMeta): pass
    return type(E), type(E2), new


@t
def props():
    raw = property()
    r = []
    for attr in "__doc__", "fget", "fset", "fdel":
        try: setattr(raw, attr, 42)
        except AttributeError as e: r.append(str(e))
    return r


@t
def slice_ro():
    slice(1).start = 3


@t
def range_ro():
    range(1).start = 3


@t
def complex_ro():
    (1j).real = 3


@t
def memb():
    class X: __slots__ = 'a',
    return type(X.a), type(slice.start), type(range.start), type(complex.real), type(property.fget), type(type.__dict__['__base__']), type(super.__thisclass__),type(t.__class__.__dict__['__closure__'])


@t
def set_no_get():
    class Descr(object):
        def __init__(self, name): self.name = name
        def __set__(self, obj, value): obj.__dict__[self.name] = value
    descr = Descr("a")
    class X(object): a = descr
    x = X()
    r = [x.a is descr]
    x.a = 42
    r.append(x.a)
    class Meta(type): pass
    class Cls(metaclass=Meta): pass
    Meta.a = descr
    r.append(Cls.a is descr)
    Cls.__dict__
    class X2(X):
        def __getattribute__(self, n): return object.__getattribute__(self, n)
    x2=X2(); x2.a=5; r.append(x2.a); r.append(getattr(x2,'a')); r.append(getattr(x,'a'))
    return r
