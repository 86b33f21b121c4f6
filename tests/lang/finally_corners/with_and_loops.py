log = []
class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append(f"+{self.n}")
    def __exit__(self, *a): log.append(f"-{self.n}{'!' if a[0] else ''}")
def show(f):
    log.clear()
    try: r = f()
    except Exception as e: r = repr(e)
    print(f.__name__, r, " ".join(map(str, log)))
def ret_in_with_in_loop():
    for i in range(3):
        with CM(i):
            try:
                if i == 1: return i
            finally: log.append(f"f{i}")
def break_through_two_withs():
    while True:
        with CM("a"), CM("b"):
            break
    return "x"
def continue_in_else():
    for i in range(2):
        try: log.append(i)
        except Exception: pass
        else:
            with CM(i): continue
        finally: log.append("f")
    return "y"
def raise_in_handler_then_finally():
    try:
        try: raise ValueError(1)
        except ValueError: raise KeyError(2)
        finally: log.append("inner f")
    except KeyError as e:
        log.append(repr(e.__context__))
        return e.args
    finally: log.append("outer f")
def return_in_finally_of_loop():
    for i in range(3):
        try: 1 / (i - 1)
        except ZeroDivisionError: return "zero"
        finally:
            log.append(i)
            if i == 0: continue
    return "end"
def nested_returns():
    try:
        try:
            try: return 1
            finally: log.append(1)
        finally: return 2
    finally: log.append(3)
def exception_then_return_then_exception():
    try:
        try: raise ValueError("lost")
        finally: return "first"
    finally: log.append("cleanup")
def yield_in_finally():
    def g():
        for i in range(2):
            try:
                yield i
                if i == 1: return "done"
            finally: yield f"f{i}"
    return list(g())
def while_else():
    n = 3
    while n:
        n -= 1
        try:
            if n == 1: continue
        finally: log.append(n)
    else: log.append("else")
    return n
def try_in_except():
    try: 1 / 0
    except ZeroDivisionError as e:
        try: raise ValueError from e
        except ValueError as e2: log.append(repr(e2.__cause__))
        log.append(repr(e))
    return "z"
def star_try_in_finally():
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError as e:
        log.append(e.exceptions)
    except* KeyError:
        log.append("key")
    finally: log.append("f")
    return "s"
for f in (ret_in_with_in_loop, break_through_two_withs, continue_in_else, raise_in_handler_then_finally, return_in_finally_of_loop, nested_returns, exception_then_return_then_exception, yield_in_finally, while_else, try_in_except, star_try_in_finally): show(f)
for source in ("break", "continue", "return", "def f():\n def g(): break", "while 1:\n def f(): continue", "if 1: break", "class C: return 1", "while 1:\n class C: break", "try: pass\nfinally: break", "for x in y:\n pass\nelse:\n break", "yield 1", "class C: yield 1", "try:\n pass\nexcept* ValueError:\n return"):
    try:
        compile(source, "s", "exec")
        print(repr(source), "fine")
    except SyntaxError as e:
        print(repr(source), "->", e.msg)
