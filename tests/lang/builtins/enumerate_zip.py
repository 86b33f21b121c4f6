print(list(enumerate("abc")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("ab", start=-1)), list(enumerate(iterable="x", start=2**70)), next(enumerate("q")))
print(list(zip()), list(zip("ab")), list(zip("abc", range(2))), list(zip([1, 2], "ab", (3.5, None))), list(zip(*[(1, 2), (3, 4)])), dict(zip("ab", [1, 2])), list(zip("ab", "cd", strict=True)))
e = enumerate("abc")
print(next(e), iter(e) is e, list(e), next(e, "end"))
a, b = iter("abcd"), iter("xy")
print(list(zip(a, b)), next(a))
a, b = iter("ab"), iter("xyz")
print(list(zip(a, b)), next(b))
for i, (x, y) in enumerate(zip("ab", "cd")): print(i, x, y)
it = iter(range(6))
print(list(zip(it, it)), [*zip(*[iter("abcdef")] * 3)])
class E:
    def __iter__(self): return self
    def __next__(self): raise ValueError("stop it")
for f in (lambda: enumerate(), lambda: enumerate(5), lambda: enumerate("a", "b"), lambda: zip(5), lambda: zip([1], 5), lambda: list(zip("a", "bc", strict=True)), lambda: list(zip("ab", "c", strict=True)), lambda: list(zip("a", "b", "", strict=True)), lambda: list(zip([1], E())), lambda: zip(a=1), lambda: list(zip("ab", "ab", "c", strict=True)), lambda: enumerate("a", 1, 2), lambda: enumerate("a", 1.5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
