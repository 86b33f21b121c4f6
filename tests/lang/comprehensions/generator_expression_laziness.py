log = []
def source(n):
    for i in range(n):
        log.append(f"make{i}")
        yield i
g = (x * 2 for x in source(3))
print(log)
print(next(g), log, list(g), log)
def boom(): raise ValueError("evaluated at once")
try:
    (x for x in boom())
except ValueError as e:
    print(e)
lazy = (boom() for x in [1])
try:
    next(lazy)
except ValueError as e:
    print("later:", e)
print(next(lazy, "finished after an exception"))
n = 1
g = (n + i for i in [n, n])
n = 100
print(list(g))
items = [1, 2, 3]
g = (x for x in items if x in items)
items = [2]
print(list(g))
print(any(log.append(i) or i > 1 for i in range(10)), log[-2:], all(i < 3 for i in range(10)), sum(1 for _ in "abc"), max((len(w), w) for w in ["a", "bbb", "cc"]), ",".join(str(i) for i in range(3)), dict((i, i * i) for i in range(3)), sorted((-i for i in range(3)), reverse=True))
g = (i for i in range(3))
print(g.__name__, g.__qualname__, type(g).__name__, iter(g) is g, g.gi_running, list(g), g.gi_frame)
def outer():
    return (i for i in range(2))
print(outer().__qualname__, (lambda: (i for i in ()))().__qualname__)
nested = ((i, j) for i in range(2) for j in range(i + 1))
print(list(nested), list(nested))
