a = [1, 2, 3, 4, 5, 6]
for x in a:
    if x % 2 == 0:
        a.remove(x)
print(a)
a = [1, 2, 3]
for x in a:
    if len(a) < 10:
        a.append(x * 10)
print(a)
it = iter(a)
print(next(it), next(it))
a.clear()
print(list(it), next(it, "end"))
a.extend("xyz")
print(list(it), "exhausted iterators stay so")
r = reversed([1, 2, 3, 4])
print(next(r), list(r), list(r))
b = [1, 2, 3, 4]
r = reversed(b)
next(r)
del b[1:]
print(list(r))
a = [1, 2, 3]
a[:] = (a.append(x) or x for x in [7, 8])
print(a)
a = list(range(5))
print([a.pop(0) for _ in range(3)], a)
out = []
b = [1, 2, 3, 4]
for i, x in enumerate(b):
    out.append((i, x))
    b.insert(0, "new") if i < 2 else None
    if i > 6: break
print(out, b)
for x in [1, 2]:
    for y in [x, x * 2]:
        print(x, y, end=";")
print()
print(iter([]).__length_hint__() if hasattr(iter([]), "__length_hint__") else 0, [*iter([1, 2])])
class L(list):
    def __iter__(self): return iter(["custom"])
print([*L([1, 2])], list(L([1, 2])), len(L([1])), L([5])[0], sum([], 5), [x for x in L()])
