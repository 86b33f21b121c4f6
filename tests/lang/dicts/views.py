d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 2 in v, ("a", 1) in i, ("a", 9) in i, "x" in i)
d["d"] = 4
print(k, list(v), list(i), list(reversed(k)), list(reversed(v)), list(reversed(i)))
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), k == {"a", "b", "c", "d"}, k >= {"a"}, k < {"a"}, k.isdisjoint("xyz"), sorted(i & {("a", 1)}), i == dict(d).items(), v == v, v == d.values(), k == d.keys(), sorted(k & ["a"]), sorted(["q"] | k) if False else "")
print(type(k).__name__, type(v).__name__, type(i).__name__, k.mapping, k.mapping["a"], repr({}.keys()), repr({}.items()), {1: 2}.items() <= {1: 2, 3: 4}.items())
for f in (lambda: k[0], lambda: k & 5, lambda: hash(k), lambda: k.mapping.__setitem__("x", 1), lambda: v & {1}, lambda: ([1], 2) in i, lambda: {1: []}.items() & {(1, 2)}, lambda: iter(k).foo, lambda: k + k):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
for change in ("d['new'] = 1", "del d['a']", "d.clear()", "d.update(zz=1)", "d.popitem()"):
    d = {"a": 1, "b": 2, "c": 3}
    try:
        for key in d:
            exec(change)
        print(change, "unnoticed")
    except RuntimeError as e:
        print(change, e)
d = {"a": 1, "b": 2}
for key in d:
    d[key] = d[key] * 10
print(d)
for key in list(d):
    del d[key]
print(d)
it = iter({1: 2})
print(next(it), next(it, "end"), next(it, "still"))
for x, y in {"p": (1, 2)}.items():
    print(x, y)
