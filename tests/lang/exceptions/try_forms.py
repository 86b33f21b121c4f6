def f(x):
    try:
        if x == 1: raise ValueError("v")
        if x == 2: raise KeyError("k")
        if x == 3: return "returned"
        if x == 4: raise OSError
        if x == 5: raise Exception("plain")
    except ValueError as e: r = f"value {e}"
    except (KeyError, IndexError) as e: r = f"lookup {e!r}"
    except OSError: r = "os"
    except Exception: r = "exception"
    else: r = "else"
    finally: print("finally", x, end="; ")
    return r
for i in range(6): print(f(i))
try:
    try: raise ValueError("inner")
    except TypeError: print("no")
except ValueError as e: print("outer", e)
try: raise KeyError
except: print("bare")
kinds = {1: ValueError}
def kind(): print("evaluated"); return KeyError
try: raise KeyError
except kinds[1]: print("no")
except kind(): print("dynamic")
try:
    try: raise ValueError("v")
    except 5: pass
except TypeError as e: print(e, repr(e.__context__))
try:
    try: raise ValueError("v")
    except (KeyError, "x"): pass
except TypeError as e: print(e)
try:
    try: raise ValueError("v")
    except undefined: pass
except NameError as e: print(e, repr(e.__context__))
for bad in (5, None, "s", int, object(), (ValueError,)):
    try: raise bad
    except TypeError as e: print(e)
try: raise ValueError("cause") from 5
except TypeError as e: print(e)
try: raise ValueError from KeyError("k")
except ValueError as e: print(repr(e), repr(e.__cause__), e.__suppress_context__)
try: raise ValueError from KeyError
except ValueError as e: print(repr(e.__cause__))
try:
    try: 1 / 0
    except ZeroDivisionError: raise ValueError from None
except ValueError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try: raise
except RuntimeError as e: print(e)
class Weird(Exception):
    def __new__(cls, *a): return 5
try: raise Weird
except TypeError as e: print(e)
class NeedsArg(Exception):
    def __init__(self, x): pass
try: raise NeedsArg
except TypeError as e: print(e)
print([type(e).__mro__[1:3] for e in (ValueError(), KeyError(), FileNotFoundError(), UnicodeDecodeError("u", b"", 0, 1, "r"), ModuleNotFoundError(), RecursionError(), NotImplementedError(), UnboundLocalError(), IndentationError(), TabError(), BrokenPipeError(), ZeroDivisionError(), StopIteration(), GeneratorExit(), KeyboardInterrupt(), SystemExit(), BlockingIOError(), DeprecationWarning())])
try:
    x = 1
finally:
    del x
try:
    raise ValueError("e1")
except ValueError as e:
    pass
try:
    e
except NameError as err: print(err)
