# What comes out of except* clauses.
def show(e): return repr(e), repr(e.__context__), repr(e.__cause__)


def t(f):
    try: print(f.__name__, f())
    except Exception as e: print(f.__name__, type(e).__name__, e)


def each(*functions):
    for i, f in enumerate(functions):
        try: print(i, f())
        except Exception as e: print(i, type(e).__name__, e)


@t
def star():
    def a():
        try: raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        except* (TypeError, ValueError) as e: raise SyntaxError(3)
    def b():
        try: raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        except* TypeError as e: raise SyntaxError(3)
    def c():
        try: raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        except* TypeError as e: raise SyntaxError(3)
        except* ValueError as e: raise SyntaxError(4)
    def d():
        try: raise TypeError(1)
        except* TypeError as e: raise SyntaxError(3)
    def e():
        try: raise TypeError(1)
        except* TypeError as e: raise
    def f():
        try: raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        except* TypeError as e: raise
    def g():
        try: raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        except* TypeError as e: raise SyntaxError(3) from e
        except* ValueError as e: pass
    def h():
        try: raise ExceptionGroup("eg", [TypeError(1), ValueError(2)])
        except* TypeError as e: raise e
        except* ValueError as e: raise e
    for fn in a,b,c,d,e,f,g,h:
        try: fn()
        except BaseException as x: print(fn.__name__, show(x))
        else: print('none')
