def run(exc):
    try:
        try:
            raise exc
        except* ValueError as e:
            print("  V", type(e).__name__, e.exceptions)
        except* (KeyError, IndexError) as e:
            print("  L", e.exceptions)
        except* OSError:
            print("  O")
            raise TypeError("raised in handler")
        else: print("  else")
        finally: print("  finally")
    except BaseException as e:
        print("  out", repr(e), repr(e.__cause__), type(e.__context__).__name__)
    else: print("  clean")
for exc in (ValueError(1), ExceptionGroup("g", [ValueError(1), KeyError(2), ValueError(3)]), ExceptionGroup("rest", [ValueError(1), TypeError("left")]), ExceptionGroup("n", [ExceptionGroup("i", [IndexError(1)]), ExceptionGroup("j", [ValueError(2)])]), OSError("o"), ExceptionGroup("os", [OSError("x"), TypeError("t")]), RuntimeError("naked, unmatched"), ExceptionGroup("none", [RuntimeError()])):
    print(repr(exc))
    run(exc)
try:
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError: raise
except ExceptionGroup as e: print(repr(e))
try:
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError as e: raise KeyError("new") from e
    except* TypeError: raise OSError("two")
except ExceptionGroup as e: print(repr(e), [repr(x.__cause__) for x in e.exceptions])
try: pass
except* ValueError: print("never")
else: print("else only")
for bad in (ExceptionGroup, BaseExceptionGroup, 5, (ValueError, ExceptionGroup)):
    try:
        try: raise ValueError(1)
        except* bad: pass
    except TypeError as e: print(e)
try:
    try: raise ValueError("x")
    except* ValueError as e: x = e
    print(repr(x), type(x).__name__)
    e
except NameError as err: print(err)
for source in ("try: pass\nexcept* ValueError: pass\nexcept KeyError: pass", "try: pass\nexcept*: pass", "for x in y:\n try: pass\n except* V: break", "for x in y:\n try: pass\n except* V: continue", "def f():\n try: pass\n except* V: return", "def f():\n try: pass\n except* V:\n  for i in j: break", "try: pass\nexcept *V as e: pass"):
    try:
        compile(source, "s", "exec")
        print("fine")
    except SyntaxError as e: print(e.msg)
def nested():
    try:
        raise ExceptionGroup("a", [ValueError(1), ExceptionGroup("b", [KeyError(2), ValueError(3)])])
    except* KeyError as k:
        try: raise ExceptionGroup("inside", [OSError()])
        except* OSError: print("inner", repr(k))
    except* ValueError as v: print("values", repr(v))
nested()
