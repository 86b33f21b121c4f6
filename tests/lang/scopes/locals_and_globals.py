x = 1
def reads(): return x
def assigns():
    x = 2
    return x
def before():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 3
print(reads(), assigns(), x); before()
def uses_global():
    global x, made
    x += 10
    made = "by function"
uses_global()
print(x, made, globals()["x"], "x" in globals())
def loc(a, b=2):
    c = a + b
    del a
    return sorted(locals().items())
print(loc(1))
def conditional(flag):
    if flag: v = 1
    try:
        return v
    except UnboundLocalError as e:
        return str(e)
print(conditional(True), conditional(False))
def for_scope():
    for i in range(3): j = i
    return i, j
print(for_scope())
def except_scope():
    e = "before"
    try: 1 / 0
    except ZeroDivisionError as e: pass
    try: return e
    except UnboundLocalError as err: return str(err)
print(except_scope())
def import_scope():
    import math as m
    from math import floor
    return m.ceil(1.5), floor(1.5), "m" in locals()
print(import_scope(), "m" in globals())
def nested_global():
    x = "local"
    def inner():
        global x
        return x
    return inner(), x
print(nested_global())
len_ = len
def len(x): return "shadowed"
print(len([]), __builtins__ is not None)
del len
print(len([]))
try:
    undefined
except NameError as e:
    print(e, e.name)
try:
    del undefined
except NameError as e:
    print(e)
def aug():
    try:
        x += 1
    except UnboundLocalError as e:
        print(e)
aug()
globals()["dynamic"] = "set through globals()"
print(dynamic)
class S:
    v = locals().get("v", "none yet")
    w = sorted(k for k in locals() if not k.startswith("__"))
print(S.v, S.w)
exec("created = 5")
print(created)
def ex():
    exec("hidden = 1")
    try: return hidden
    except NameError as e: return str(e)
print(ex())
def ex2():
    ns = {}
    exec("a = 1\nb = a + 1", ns)
    return ns["b"], eval("a * 10", ns), eval("q", {"q": 3}), eval("q + r", {"q": 3}, {"r": 4})
print(ex2())
