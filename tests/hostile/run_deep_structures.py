# Structures nested a million deep: made, compared, printed, hashed, copied, freed.
def attempt(action):
    try:
        action()
    except (RecursionError, MemoryError, ValueError, TypeError):
        pass


N = 1000000
lists = tuples = dicts = []
exception = None
for i in range(N):
    lists, tuples, dicts = [lists], (tuples,), {"k": dicts}
for i in range(N // 10):
    new = ValueError(i)
    new.__context__ = exception
    exception = new
for thing in lists, tuples, dicts:
    attempt(lambda: repr(thing))
    attempt(lambda: str(thing))
    attempt(lambda: thing == thing[0] if thing is not dicts else thing == thing["k"])
    attempt(lambda: hash(thing))
    attempt(lambda: thing < thing)
    attempt(lambda: [thing] == [[thing]])
    attempt(lambda: print("%r" % (thing,)))
    attempt(lambda: sorted([thing, thing]))
closure = lambda: 0
for i in range(N // 10):
    closure = (lambda f: lambda: f())(closure)
attempt(closure)
generator = iter([])
for i in range(N // 10):
    generator = (x for x in generator)
attempt(lambda: list(generator))
chain = []
for i in range(N // 10):
    chain = map(str, chain)
attempt(lambda: list(chain))
a = object
for i in range(2000):
    a = type("A%d" % i, (a,), {})
attempt(lambda: getattr(a(), "x", None))
attempt(lambda: isinstance(a(), object))
bound = [].append
for i in range(N // 10):
    bound = staticmethod(bound)
attempt(lambda: bound(1))
group = ValueError("leaf")
for i in range(N // 100):
    group = ExceptionGroup("g", [group])
attempt(lambda: group.split(ValueError))
attempt(lambda: repr(group))
big = "[" * 150 + "]" * 150
attempt(lambda: eval(big))
attempt(lambda: isinstance(1, eval("(" * 100 + "int" + ",)" * 100)))
nested_types = int
for i in range(N // 100):
    nested_types = (nested_types,)
attempt(lambda: isinstance("x", nested_types))
del lists, tuples, dicts, exception, closure, generator, chain, bound, group, nested_types
print("finished")
