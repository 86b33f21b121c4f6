# The docstring of a property of a subclass, __set_name__ with the wrong number of arguments.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def prop():
    each(lambda: property().__set_name__(), lambda: property().__set_name__(1), lambda: property().__set_name__(1,2), lambda: property().__set_name__(1,2,3))
    class P(property): __slots__=('foo',)
    def f(self): "doc"
    each(lambda: P(f))
    class P2(property): __slots__=('__doc__',)
    each(lambda: P2(f).__doc__)
    class P3(property): "x"
    each(lambda: P3(f).__doc__, lambda: P3(f).__dict__, lambda: P3(f, doc='y').__doc__, lambda: P3().__doc__)
    class P4(property):
        @property
        def __doc__(self): return 'p4'
    each(lambda: P4(f).__doc__)
    class P5(property):
        @property
        def __doc__(self): return 'p4'
        @__doc__.setter
        def __doc__(self, v): print('set', v)
    each(lambda: P5(f).__doc__)
