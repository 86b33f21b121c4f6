r = range(0, 10, 3)
print(r, list(r), len(r), r[1], r[-1], r[1:], r[::-1], 3 in r, 4 in r, 3.0 in r, "a" in r, r.index(6), r.count(3), r.start, r.stop, r.step, list(reversed(r)), r == range(0, 12, 3), hash(r) == hash(range(0, 12, 3)), range(0) == range(5, 5), range(3) == [0, 1, 2])
print(range(5), range(1, 2), range(5, 0, -1), list(range(5, 0, -2)), list(range(0)), list(range(3, 1)), list(range(-3, 3)), range(10)[2:8:2], range(10)[::-3], range(10)[-3:], range(10)[20:], bool(range(0)), bool(range(1)), range(True), max(range(5)), min(range(3, 9)), sum(range(101)))
print(range(10**20)[10**19], len(range(2**40)), range(10**20, 10**20 + 5)[2], 10**19 in range(10**20), list(range(10**20, 10**20 + 2)), range(2**63)[-1], range(-2**70, 2**70, 2**69)[2], range(0, 10**30, 10**29).index(5 * 10**29), [*range(2**62 - 1, 2**62 + 2)])
for f in (lambda: range(), lambda: range(1, 2, 3, 4), lambda: range(1.0), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(5)[10], lambda: range(5)["a"], lambda: range(5).index(9), lambda: len(range(10**20)), lambda: range(5) + range(2), lambda: range(stop=5), lambda: range(3).start.foo, lambda: range(5).index("x"), lambda: range(None)):
    try:
        print(f())
    except (TypeError, ValueError, IndexError, OverflowError, AttributeError) as e:
        print(type(e).__name__, e)
try:
    range(5).start = 1
except AttributeError as e:
    print(e)
try:
    range(5)[0] = 1
except TypeError as e:
    print(e)
class I:
    def __index__(self): return 4
print(list(range(I())), range(1, I()), [0, 1, 2, 3, 4, 5][I()], I() in range(10), range(10).count("a"), {range(3): 1}[range(0, 3)])
it = iter(range(3))
print(next(it), list(it), next(it, "end"), it.__length_hint__())
for i in range(3):
    i = i * 10
    print(i, end=" ")
print(i)
for i in range(0):
    pass
print(i, [x for x in range(4) if x & 1], [*range(3), *range(2)], tuple(range(2)), set(range(2)), dict.fromkeys(range(2)), list(zip(range(3), range(10, 0, -1))), list(enumerate(range(5, 7), 1)), repr(range(0, 3, 1)), repr(range(0, 3, 2)))
