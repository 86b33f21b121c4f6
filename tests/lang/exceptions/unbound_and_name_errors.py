def f():
    try: print(x)
    except UnboundLocalError as e: print(e, e.name)
    x = 1
f()
def g(flag):
    if flag: y = 1
    else: del flag
    try: return y, flag
    except UnboundLocalError as e: return str(e)
print(g(1), g(0))
def h():
    for i in []: pass
    try: return i
    except UnboundLocalError as e: return str(e)
print(h())
def k():
    with_ = 1
    def inner(): return free
    try: inner()
    except NameError as e: print(type(e).__name__, e, e.name)
    free = 2
    return inner()
print(k())
try: nowhere
except NameError as e: print(e, e.name, e.args)
try: nowhere()
except NameError as e: print(e)
try: nowhere.attr
except NameError as e: print(e)
try: nowhere[0]
except NameError as e: print(e)
try: nowhere += 1
except NameError as e: print(e)
try: del nowhere
except NameError as e: print(e)
def glob():
    global missing_global
    try: missing_global
    except NameError as e: return str(e)
print(glob())
class C:
    try: inside
    except NameError as e: msg = str(e)
print(C.msg)
def exc():
    try: raise ValueError
    except ValueError as e: pass
    try: return e
    except UnboundLocalError as err: return str(err)
print(exc())
def aug():
    n = n0 = 5
    del n
    try: n += 1
    except UnboundLocalError as e: return str(e)
print(aug())
def nested_del():
    v = [1]
    def d():
        nonlocal v
        del v
        try: v
        except NameError as e: return str(e)
    r = d()
    try: v
    except UnboundLocalError as e: return r, str(e)
    except NameError as e: return r, str(e)
print(nested_del())
try: [missing_in_comp for _ in range(1)]
except NameError as e: print(e)
try: (lambda: missing_in_lambda)()
except NameError as e: print(e)
try: print(prnt, flush=Tru)
except NameError as e: print(e)
