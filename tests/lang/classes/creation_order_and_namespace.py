log = []
def note(x):
    log.append(x)
    return object if x == "base" else x
class C(note("base"), metaclass=note(type)):
    note("body start")
    a = note("a")
    @note and (lambda f: f)
    def m(self, d=note("default")): pass
    note("body end")
print(log)
class D:
    x = 1
    y = x + 1
    for i in range(3): exec(f"attr{i} = i")
    if y == 2:
        def chosen(self): return "then"
    else:
        def chosen(self): return "else"
    z = [x] * 2
    try:
        1 / 0
    except ZeroDivisionError as e:
        caught = str(e)
    import math as m
    del i
print(D.y, D.attr2, D().chosen(), D.z, D.caught, D.m.floor(1.5), hasattr(D, "e"), [k for k in vars(D) if not k.startswith("__")])
class E:
    print(__name__, __qualname__, "__module__" in locals())
    __qualname__ = "Renamed"
print(E.__qualname__, E.__name__)
class Outer:
    class Inner:
        def f(self): return lambda: 1
print(Outer.Inner.__qualname__, Outer.Inner.f.__qualname__, Outer.Inner().f().__qualname__)
def fun():
    class L: pass
    return L
print(fun().__qualname__, fun() is fun(), repr(fun()))
T = type("T", (int,), {"twice": lambda self: self * 2, "__doc__": "made by type"})
print(T(4).twice(), T.__doc__, T, T.__bases__, type("Empty", (), {})().__class__.__name__)
for bad in (lambda: type("X", (), 5), lambda: type("X", 5, {}), lambda: type(5, (), {}), lambda: type("X", (5,), {}), lambda: type("a\0b", (), {}), lambda: type("X", (bool,), {}), lambda: type("X", (type(None),), {}), lambda: type("X", (int, str), {}), lambda: type("X", (object, int), {})):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
class P(5 and object): pass
try:
    class Q(5): pass
except TypeError as e:
    print(e)
try:
    class Q(object, object): pass
except TypeError as e:
    print(e)
try:
    class R(lambda: 1): pass
except TypeError as e:
    print(e)
