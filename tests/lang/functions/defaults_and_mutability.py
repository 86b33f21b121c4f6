def f(a, b=[], *, c={}):
    b.append(a)
    c[a] = len(b)
    return b, c
print(f(1), f(2), f(3, []), f(4, c={}))
print(f.__defaults__, f.__kwdefaults__)
def order(log=[]):
    def t(x):
        log.append(x)
        return x
    def g(a=t(1), b=t(2), *, c=t(3)): return a, b, c
    return g, log
g, log = order()
print(g(), log)
n = 5
def late(x=n): return x
n = 6
print(late())
funcs = [lambda i=i: i for i in range(3)]
print([h() for h in funcs], [(lambda: i)() for i in range(3)])
f.__defaults__ = (9,)
f.__kwdefaults__ = None
try:
    print(f(1))
except TypeError as e:
    print(e)
try:
    f(1, [])
except TypeError as e:
    print(e)
def doc():
    """First line.

    Second."""
print(doc.__doc__.splitlines()[0], f.__name__, f.__qualname__, f.__module__, f.__doc__, order.__code__.co_varnames[:1], (lambda: 0).__name__)
f.attribute = 5
f.__name__ = "renamed"
print(f.attribute, f.__name__, f.__dict__, repr(f)[:15])
for bad in (lambda: setattr(f, "__name__", 5), lambda: setattr(f, "__code__", 5), lambda: setattr(f, "__defaults__", 5), lambda: setattr(f, "__kwdefaults__", 5), lambda: setattr(f, "__dict__", 5), lambda: delattr(f, "nope"), lambda: f.nope):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
