# throw() of a class that makes no exception.
def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def gencls():
    def gen():
        try: yield 1
        except: pass
    class E(Exception):
        def __new__(cls,*a,**k): return cls
    g=gen(); next(g)
    each(lambda: g.throw(E))
    class E2(StopIteration):
        def __new__(cls,*a,**k): return cls
    def boring(): yield
    g=gen(); next(g)
    each(lambda: g.throw(E2), lambda: next(g))
    def f():
        try: raise E
        except TypeError as e: print(e)
    f()
