def a(): b()
def b(): raise ValueError("v")
try:
    a()
except ValueError as e:
    tb = e.__traceback__
    names = []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
try:
    try: a()
    except ValueError as e:
        first = e.__traceback__
        raise
except ValueError as e:
    lines = []
    tb = e.__traceback__
    while tb: lines.append(tb.tb_lineno); tb = tb.tb_next
    print(lines)
e = ValueError("reused")
for i in range(3):
    try: raise e
    except ValueError as x:
        n = 0
        tb = x.__traceback__
        while tb: n += 1; tb = tb.tb_next
        print(n, end=" ")
print()
try: raise e.with_traceback(None)
except ValueError as x:
    tb = x.__traceback__
    n = 0
    while tb: n += 1; tb = tb.tb_next
    print(n)
def multi():
    x = [
        1,
        2 / 0,
    ]
try: multi()
except ZeroDivisionError as e: print(e.__traceback__.tb_next.tb_lineno - multi.__code__.co_firstlineno)
def gen():
    yield 1
    raise KeyError
g = gen(); next(g)
try: next(g)
except KeyError as e:
    tb = e.__traceback__.tb_next
    print(tb.tb_frame.f_code.co_name, tb.tb_lineno - gen.__code__.co_firstlineno, tb.tb_next)
import sys
try: 1 / 0
except ZeroDivisionError:
    t, v, tb = sys.exc_info()
    print(t.__name__, v, tb is v.__traceback__, tb.tb_lasti >= 0)
f = sys._getframe()
print(f.f_code.co_name, f.f_lineno, f.f_back, f.f_globals is globals(), f.f_locals is not None)
def outer():
    def inner(): return sys._getframe(1).f_code.co_name, sys._getframe().f_back.f_lineno - outer.__code__.co_firstlineno
    return inner()
print(outer())
