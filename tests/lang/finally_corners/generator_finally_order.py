log = []
def g(n):
    try:
        try:
            for i in range(n):
                try: yield i
                finally: log.append(f"inner {i}")
        finally: log.append("middle")
    except GeneratorExit: log.append("exit"); raise
    finally: log.append("outer")
def show(x): print(x, log); log.clear()
show(list(g(2)))
x = g(3); next(x); next(x); x.close(); show("closed")
x = g(3); next(x)
try: x.throw(ValueError("v"))
except ValueError as e: show(repr(e))
x = g(1); x.close(); show("unstarted")
def outer():
    try: yield from g(2)
    finally: log.append("delegator")
show(list(outer()))
x = outer(); next(x); x.close(); show("closed through delegation")
x = outer(); next(x)
try: x.throw(KeyError("k"))
except KeyError as e: show(repr(e))
def replaces():
    try: yield 1
    finally: raise OSError("from finally")
x = replaces(); next(x)
try: x.close()
except OSError as e: show((repr(e), type(e.__context__).__name__))
def returns():
    try: yield 1
    finally: return "swallowed"
x = returns(); next(x)
try: x.throw(ValueError("gone"))
except StopIteration as e: show(e.value)
def yields_in_finally():
    try: yield "body"
    finally:
        yield "in finally"
        log.append("after the yield in finally")
show(list(yields_in_finally()))
x = yields_in_finally(); next(x); show(x.throw(KeyError("kept")))
try: next(x)
except KeyError as e: show(repr(e))
def loop():
    while True:
        try: x = yield
        except ValueError: log.append("value"); continue
        finally: log.append("f")
        if x: break
l = loop(); next(l); l.send(0); l.throw(ValueError)
try: l.send(1)
except StopIteration: show("stopped")
