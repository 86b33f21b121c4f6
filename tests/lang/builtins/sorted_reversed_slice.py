print(sorted([3, 1, 2]), sorted("bca", reverse=True), sorted({2: 1, 1: 2}), sorted((x for x in [2, 1])), sorted([], key=None), sorted([1, 2], reverse=0), sorted(["b", "A"], key=str.lower))
l = [3, 1]
print(sorted(l), l, sorted(sorted(l), reverse=True))
for f in (lambda: sorted(5), lambda: sorted([1, None]), lambda: sorted([1], key=1), lambda: sorted(), lambda: sorted([1], cmp=1), lambda: sorted([1], None), lambda: slice(), lambda: sorted([1], reverse="yes"), lambda: sorted([{}, {}])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s = slice(1, 5, 2)
print(s, "abcdefg"[s], s.indices(4), (s.start, s.stop, s.step), slice(3) == slice(None, 3, None), [10, 20, 30][slice(-1, None)])
print(list(reversed([1, 2])), "".join(reversed("abc")), [*reversed(range(0, 10, 3))])
class Odd:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v % 2 > o.v % 2
    def __repr__(self): return str(self.v)
print(sorted(map(Odd, range(6))), sorted([Odd(2), Odd(1)], key=lambda o: o.v))
data = [("x", 3), ("y", 1), ("x", 1)]
data.sort(); print(data)
data.sort(key=lambda t: t[1]); print(data)
data.sort(key=lambda t: t[0], reverse=True); print(data)
