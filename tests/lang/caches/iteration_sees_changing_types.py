def total(xs):
    n = 0
    for x in xs: n += x
    return n
def gen():
    yield 1
    yield 2.5
class It:
    def __iter__(self): return iter((1, 2))
class Seq:
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return i
for xs in ([1, 2], (1, 2), range(3), {1, 2}, {1: 0, 2: 0}, b"ab", gen(), It(), Seq(), [1, 2.5], range(10, 0, -3), [2**62, 2**62], (True, 1), {3: 1}.values(), range(2**62, 2**62 + 2), [], (), range(0), map(abs, [-1, -2]), [1, 2]): print(total(xs), end=" ")
print()
def loop(n):
    out = []
    for i in range(n):
        out.append(i)
        i = "changed"
    return out, i if n else None
print(loop(3), loop(0) if False else "")
def steps(a, b, c): return [i for i in range(a, b, c)]
for args in ((0, 5, 1), (5, 0, -1), (0, 10, 4), (0, 1, 100), (-3, 3, 2), (2**61, 2**61 + 3, 1), (0, -5, -2), (0, 0, 1)): print(steps(*args), end=" ")
print()
def nested():
    out = []
    r = range(3)
    for i in r:
        for j in r:
            if j > i: break
            out.append((i, j))
        else: out.append("full")
    return out
print(nested())
def modify(l):
    for x in l:
        if x < 5: l.append(x + 3)
    return l
print(modify([1, 2]))
range_ = range
def shadowed():
    range = lambda n: "xyz"[:n]
    return [c for c in range(2)]
print(shadowed())
def range(n): return ["global range", n]
print([i for i in range(2)])
del range
print([i for i in range(2)])
def unpack(pairs): return [a * b for a, b in pairs]
for p in ([(1, 2), (3, 4)], [[1, 2]], ["ab"] if False else [(2, "x")], {(1, 5): 0}, zip([1, 2], [3, 4]), {2: 3}.items(), ((i, i) for i in (1, 2))): print(unpack(p), end=" ")
print()
for p in ([(1,)], [5], [(1, 2, 3)]):
    try: unpack(p)
    except (TypeError, ValueError) as e: print(e)
