it = iter([1, 2])
print(next(it), next(it), next(it, "default"), next(it, None))
try: next(it)
except StopIteration as e: print("StopIteration", e.args)
n = 0
def tick():
    global n
    n += 1
    return n
print(list(iter(tick, 4)), n, next(iter(tick, 5), "sentinel at once"))
class Seq:
    def __init__(self, n): self.n = n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError
        return i * i
    def __len__(self): return self.n
print(list(Seq(4)), list(reversed(Seq(4))), 9 in Seq(4), [*iter(Seq(2))], type(iter(Seq(1))).__name__, type(reversed(Seq(1))).__name__)
class R:
    def __reversed__(self): return "anything"
class NR:
    __reversed__ = None
    def __len__(self): return 1
    def __getitem__(self, i): return i
print(reversed(R()), list(reversed("abc")), list(reversed((1, 2))), list(reversed(range(3))), list(reversed({"a": 1, "b": 2})), list(reversed({1: 2}.items())), list(reversed(b"ab")), list(reversed([])))
class BadIter:
    def __iter__(self): return 5
class NextOnly:
    def __next__(self): return 1
class NoNext:
    def __iter__(self): return self
for f in (lambda: iter(5), lambda: iter(BadIter()), lambda: iter(NextOnly()), lambda: iter(NoNext()), lambda: next(5), lambda: next([]), lambda: iter(5, 6), lambda: reversed(5), lambda: reversed({1}), lambda: reversed(iter([])), lambda: reversed(NR()), lambda: next(), lambda: iter(), lambda: iter(None), lambda: next(NextOnly()), lambda: reversed(x for x in [])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
r = reversed([1, 2, 3])
print(next(r), list(r), iter(r) is r, r.__length_hint__() if hasattr(r, "__length_hint__") else "")
