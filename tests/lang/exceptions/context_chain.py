def chain(e):
    out = []
    while e is not None:
        out.append(f"{type(e).__name__}({e})" + ("*" if e.__cause__ is not None else ""))
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
    return " <- ".join(out)
def run(f):
    try: f()
    except BaseException as e: print(f.__name__, chain(e))
def nested():
    try: raise ValueError(1)
    except ValueError:
        try: raise KeyError(2)
        except KeyError: raise TypeError(3)
def in_finally():
    try: raise ValueError(1)
    finally: raise KeyError(2)
def from_else():
    try: pass
    except ValueError: pass
    else: raise KeyError("from else")
def explicit():
    try: raise ValueError(1)
    except ValueError as e: raise KeyError(2) from e
def from_none():
    try: raise ValueError(1)
    except ValueError: raise KeyError(2) from None
def function_call():
    def g(): raise OSError("in g")
    try: raise ValueError(1)
    except ValueError: g()
def after_handler():
    try: raise ValueError(1)
    except ValueError: pass
    raise KeyError("no context")
def reraise():
    try: raise ValueError(1)
    except ValueError as e: raise e
def same_twice():
    e = ValueError("same")
    try: raise e
    except ValueError:
        try: raise KeyError("k")
        except KeyError: raise e
def loop():
    last = None
    for i in range(3):
        try:
            if last: raise KeyError(i) from last
            raise ValueError(i)
        except Exception as e: last = e
    raise last
def with_exit():
    class C:
        def __enter__(self): pass
        def __exit__(self, *a): raise KeyError("exit")
    with C(): raise ValueError("body")
def comprehension():
    try: raise ValueError(1)
    except ValueError: [1 / 0 for _ in "a"]
def generator():
    def g():
        try: yield
        finally: 1 / 0
    i = g(); next(i)
    try: i.throw(KeyError("thrown"))
    except ZeroDivisionError: raise TypeError("last")
def bare_raise():
    try: raise ValueError("v")
    except ValueError:
        try: raise KeyError
        except KeyError: pass
        raise
def del_in_handler():
    try: raise ValueError("v")
    except ValueError as e:
        del e
        raise KeyError("after del")
for f in (nested, in_finally, from_else, explicit, from_none, function_call, after_handler, reraise, same_twice, loop, with_exit, comprehension, generator, bare_raise, del_in_handler): run(f)
import sys
def exc_info():
    print(sys.exc_info())
    try: 1 / 0
    except ZeroDivisionError:
        print(sys.exc_info()[0].__name__, sys.exception() is sys.exc_info()[1])
        try: {}[1]
        except KeyError: print(sys.exc_info()[0].__name__)
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info())
exc_info()
