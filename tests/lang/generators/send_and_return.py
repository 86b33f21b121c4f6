def echo():
    received = []
    try:
        while True:
            received.append((yield len(received)))
    except GeneratorExit:
        print("closing with", received)
        raise
g = echo()
print(next(g), g.send("a"), g.send(None), next(g))
print(g.close(), g.close())
def returns():
    x = yield 1
    return x
g = returns()
next(g)
try:
    g.send("result")
except StopIteration as e:
    print("returned", e.value, e.args)
try:
    next(g)
except StopIteration as e:
    print("again", e.value, e.args)
g = returns()
try:
    g.send("too early")
except TypeError as e:
    print(e)
print(g.send(None))
def empty():
    return 5
    yield
try:
    next(empty())
except StopIteration as e:
    print(e.value)
print(list(empty()), type(empty()).__name__)
def bare(): return (yield)
g = bare()
print(next(g), end=" ")
try: g.send([1, 2])
except StopIteration as e: print(e.value)
def tuple_return():
    yield
    return (1, 2)
g = tuple_return(); next(g)
try: next(g)
except StopIteration as e: print(e.value, e.args)
def nothing():
    yield from ()
print(list(nothing()), next(nothing(), "default"))
