# Keyword names that are instances of a str's subclass are taken as plain strings when arguments are bound: their __hash__ and __eq__ are
# not called, and **kwargs holds exact strings. CPython keeps the objects themselves as keys and calls both, so that Python code runs in the
# middle of a call that has not begun yet.
class Name(str):
    calls = 0
    def __hash__(self):
        Name.calls += 1
        return f(1, 2, 3)
    def __eq__(self, other):
        Name.calls += 1
        return str.__eq__(self, other)

def f(*args, **kwargs):
    local = [args, kwargs]
    return len(local)

def show(a, *rest, b=0, **others):
    return a, rest, b, others, [type(k).__name__ for k in others]

names = {Name("b"): 1, Name("c"): 2, Name("d"): 3}
Name.calls = 0
print(show("a", "x", "y", **names))
print(Name.calls)
try: show(**{Name("a"): 1, "z": 2}, **{"a": 3})
except TypeError as e: print(e)
async def coroutine(**others): return others
c = coroutine(**{Name("k"): 1})
try: c.send(None)
except StopIteration as e: print(e.value)
