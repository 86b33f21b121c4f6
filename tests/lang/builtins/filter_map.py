print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(map(max, "ab", "ba", "cc")), list(map(None.__class__, [])) if False else [], list(filter(None, [0, 1, "", "a", None])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isupper, "aBC")))
m = map(print, "lazy")
print("nothing printed yet")
next(m); next(m)
f = filter(lambda x: print("test", x) or x % 2, range(4))
print(next(f), next(f), next(f, "end"))
print(iter(m) is m, type(m).__name__, list(map(lambda *a: a, [1, 2], [3, 4])), sum(map(len, ["a", "bc"])), [*map(int, "123")], set(map(abs, [-1, 1])), list(filter(None, map(lambda x: x - 1, range(3)))))
def stop(x):
    if x == 2: raise StopIteration
    return x
print(list(map(stop, range(5))), list(filter(lambda x: stop(x) + 1, range(5))))
for g in (lambda: map(), lambda: map(len), lambda: map(len, 5), lambda: list(map(5, [1])), lambda: list(map(len, [1])), lambda: filter(len), lambda: filter(None, 5), lambda: list(filter(5, [1])), lambda: list(map(lambda: 1, [1])), lambda: list(map(lambda x: 1 / x, [0])), lambda: filter(), lambda: list(map(lambda a: a, [1], [2])), lambda: map(f=1)):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
