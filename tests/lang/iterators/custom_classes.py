class Count:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
c = Count(3)
print(list(c), list(c), sum(Count(4)), max(Count(3)), [*Count(2)], dict(zip("ab", Count(2))), 2 in Count(3), tuple(Count(0)), sorted(Count(3), reverse=True), set(Count(2)), ",".join(map(str, Count(3))), list(enumerate(Count(2))), any(Count(1)), list(filter(None, Count(2))), list(map(lambda x: x * 2, Count(2))))
a, *b = Count(3)
print(a, b)
for x in Count(3):
    if x == 2: continue
    print(x, end=" ")
else: print("else")
class Restarts:
    def __iter__(self): return iter([1, 2])
r = Restarts()
print([(x, y) for x in r for y in r], list(r), list(r))
class Broken:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n % 2 == 0: raise StopIteration
        return self.n
b = Broken()
print(list(b), list(b), next(b, "d"))
class Raises:
    def __iter__(self): return self
    def __next__(self): raise KeyError("next fails")
for f in (list, tuple, sum, max, sorted, set, lambda r: [*r], lambda r: [x for x in r], lambda r: dict(r), lambda r: "".join(r), any, lambda r: 1 in r, lambda r: list(zip(r)), lambda r: next(map(str, r))):
    try: f(Raises())
    except KeyError as e: print(e, end=" ")
print()
class Next:
    def __init__(self): self.__next__ = lambda: 1
    def __iter__(self): return self
try: iter(Next())
except TypeError as e: print(e)
def gen_iter():
    class G:
        def __iter__(self):
            for i in range(2): yield i
    return G()
print(list(gen_iter()), *gen_iter())
it = iter([1, 2, 3])
for x in it:
    print(x, next(it, None), end=";")
print()
i1 = iter("ab"); i2 = iter(i1)
print(i1 is i2, next(i1), next(i2))
d = {"a": 1}
print(next(iter(d)), next(iter(d.items())), next(iter({5})), next(iter(range(3, 5))), next(iter(b"a")), next(reversed([7, 8])))
class StopValue:
    def __iter__(self): return self
    def __next__(self): raise StopIteration("value")
print(list(StopValue()))
def f():
    r = yield from StopValue()
    print(r)
list(f())
