class It:
    def __init__(self): self.calls = 0
    def __iter__(self): return self
    def __next__(self):
        self.calls += 1
        if self.calls == 3: raise StopIteration
        return self.calls
i = It()
print(list(i), next(i))
l = [1, 2]
for make in (lambda: iter(l), lambda: iter((1, 2)), lambda: iter("ab"), lambda: iter({1: 2}), lambda: iter({1}), lambda: iter(range(2)), lambda: iter(b"ab"), lambda: map(abs, l), lambda: filter(None, l), lambda: zip(l, l), lambda: enumerate(l), lambda: reversed(l), lambda: (x for x in l), lambda: iter({1: 2}.items()), lambda: iter(lambda: 1, 1), lambda: iter(It())):
    it = make()
    n = sum(1 for _ in it)
    print(type(it).__name__, n, next(it, "end"), next(it, "end"), list(it) if not isinstance(it, It) else "-", iter(it) is it)
it = iter(l); list(it); l.append(3)
print(next(it, "exhausted before the append"))
it = iter(l); next(it); next(it); next(it); l.append(4)
print(next(it, "?"), next(it, "end"))
z = zip("abc", iter([1]))
print(next(z), next(z, "end"), next(z, "end"))
c = iter([1, 2, 3]); print(list(zip(c, c)), next(c, "gone"))
a = iter([1, 2]); b = iter([1, 2, 3]); print(list(zip(a, b)), next(b, "none")); a = iter([1, 2]); b = iter([1, 2, 3]); print(list(zip(b, a)), next(b, "none"))
m = map(lambda x: 1 // x, [1, 0, 2])
print(next(m))
try: next(m)
except ZeroDivisionError as e: print(e)
print(next(m, "map goes on"), next(m, "end"))
def g():
    yield 1
    raise ValueError
x = g(); next(x)
try: next(x)
except ValueError: print(next(x, "a generator does not"))
