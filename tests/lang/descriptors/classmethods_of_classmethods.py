# classmethod around other descriptors; generic exception groups.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def eg():
    each(lambda: ExceptionGroup[int], lambda: BaseExceptionGroup[int].__origin__)


@t
def cmcm():
    class A:
        @classmethod
        @classmethod
        def f(cls): return cls
    return A.f(), A().f()


@t
def wrapcm():
    class MyClassMethod1:
        def __init__(self, func): self.func = func
        def __call__(self, cls):
            if hasattr(self.func, '__get__'): return self.func.__get__(cls, cls)()
            return self.func(cls)
        def __get__(self, instance, owner=None):
            if owner is None: owner = type(instance)
            return type(self.func.__get__(owner)) , MethodType(self, owner)
    from types import MethodType
    class MyClassMethod2:
        def __init__(self, func):
            if isinstance(func, classmethod): func = func.__func__
            self.func = func
        def __call__(self, cls): return self.func(cls)
        def __get__(self, instance, owner=None):
            if owner is None: owner = type(instance)
            return MethodType(self, owner)
    for M in MyClassMethod1, MyClassMethod2:
        class A:
            @M
            def f1(cls): return cls
            @classmethod
            @M
            def f2(cls): return cls
            @M
            @classmethod
            def f3(cls): return cls
            @classmethod
            @classmethod
            def f4(cls): return cls
            @M
            @M
            def f5(cls): return cls
        for n in 'f1 f2 f3 f4 f5'.split():
            each(lambda: getattr(A,n)(), lambda: getattr(A(),n)())
