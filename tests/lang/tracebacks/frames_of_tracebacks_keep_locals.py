import sys
def inner(a, b=2):
    c = a + b
    del b
    def cell(): return c
    raise ValueError(c)
def outer():
    x = [1]
    try:
        inner(x and 1)
    except ValueError as error:
        e = error
    after = 'after'
    return e
e = outer()
tb = e.__traceback__
while tb:
    f = tb.tb_frame
    print(f.f_code.co_name, tb.tb_lineno, f.f_lineno, {k: v if not callable(v) else '...' for k, v in f.f_locals.items() if k != 'e'}, f.f_locals is f.f_locals, tb.tb_frame is tb.tb_frame)
    tb = tb.tb_next
def current():
    try: raise KeyError
    except KeyError: 
        tb = sys.exc_info()[2]
        print(tb.tb_frame is sys._getframe(), tb.tb_frame.f_back is sys._getframe(1))
        y = 5
        print(sorted(tb.tb_frame.f_locals))
current()
def final(n):
    try: 1 / n
    finally: state = 'in finally'
try: final(0)
except ZeroDivisionError as error: print(error.__traceback__.tb_next.tb_frame.f_locals)
def gen(n):
    local = n * 2
    yield local
    raise IndexError(local)
g = gen(4)
next(g)
try: next(g)
except IndexError as error:
    f = error.__traceback__.tb_next.tb_frame
    print(f.f_locals, f.f_code.co_name)
    f.clear()
    print(f.f_locals)
class Body:
    pass
try:
    class Body:
        z = 3
        1 / 0
except ZeroDivisionError as error:
    l = error.__traceback__.tb_next.tb_frame.f_locals
    print({k: l[k] for k in l if not k.startswith('__')})
try: exec('q = 1\n1/0', {'w': 1})
except ZeroDivisionError as error:
    print(sorted(error.__traceback__.tb_next.tb_frame.f_locals))
def rec(n):
    if n == 0: raise OSError
    rec(n - 1)
try: rec(3)
except OSError as error:
    tb = error.__traceback__.tb_next
    while tb: print(tb.tb_frame.f_locals, end=' '); tb = tb.tb_next
    print(error.__traceback__.tb_frame is sys._getframe())
    try: error.__traceback__.tb_frame.clear()
    except RuntimeError as e: print(e)
