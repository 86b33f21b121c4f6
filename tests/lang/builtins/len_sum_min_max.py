class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
print(len("aé😀"), len([1]), len({1: 2}), len({1}), len(range(0, 10, 3)), len(b"abc"), len(L(5)), len(L(True)), len(()))
print(sum([]), sum([1, 2.5]), sum([[1], [2]], []), sum((1, 2), 10), sum(range(101)), sum([1, 2], start=5), sum([True, True]), sum([0.1] * 3), sum([1j, 2]), sum({1: "a", 2: "b"}), sum([2**62, 2**62]), sum(x for x in (1, 2)), sum([(1,), (2,)], ()))
print(max(1, 2), max([3, 1]), max("abc"), max([], default=None), max(1, 2.0, True), max([1, -5], key=abs), max("a", "bb", key=len), min({3: 1, 2: 5}), min(5, 3, 4), min([[2], [1, 9]]), max([(1, "b"), (1, "a")]), min("b", "a", key=ord), max(["x"], default=0), max([1, 1.0]), min([1.0, 1]), max([5], key=None), min(x for x in [3, 2]))
first = max([(1, "first"), (1, "second")], key=lambda p: p[0])
print(first, min([(1, "first"), (1, "second")], key=lambda p: p[0]))
for f in (lambda: len(5), lambda: len(None), lambda: len(L(-1)), lambda: len(L(1.5)), lambda: len(L(2**64)), lambda: len(iter([])), lambda: sum(["a", "b"]), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum(5), lambda: sum([[]]), lambda: sum([1], None), lambda: max(), lambda: max([]), lambda: max(5), lambda: max(1, "a"), lambda: max(1, 2, default=3), lambda: min([], key=len), lambda: max([1], foo=2), lambda: min([None, 1]), lambda: max([1, 2], key=5), lambda: sum(), lambda: sum([1], bytearray(b""))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
