d = dict.fromkeys("abcde", 0)
del d["b"]; d["b"] = 1; d["a"] = 2
print(list(d), list(d.values()))
d.pop("c"); d["c"] = 3; d.update(e=9, f=10); print(list(d.items()))
d.setdefault("e", 0); d.setdefault("g", 7); print(list(d))
print(d.popitem(), d.popitem(), list(d), next(reversed(d)), list(reversed(d.values())))
e = dict(d); e["new"] = 1; print(list(e), list(d), {**e, "a": 0}, list({**{"z": 1}, **e}))
f = {**{"x": 1, "y": 2}, "x": 3}; print(f, {"y": 1} | f, f | {"y": 0, "q": 1})
for i in range(50): d[i] = i
for i in range(0, 50, 2): del d[i]
for i in range(4): d[i * 2] = "again"
print(list(d))
d.clear(); d["after"] = 1; print(d)
g = {}
for i in range(100): g[i] = i; g.pop(i - 3, None)
print(g)
print({k: v for k, v in sorted({"b": 1, "a": 2}.items())}, sorted({"b": 1, "a": 2}, reverse=True), dict(sorted({3: 1, 1: 2}.items(), key=lambda p: p[1])), list({1: "a", True: "b", 1.0: "c"}.items()), dict([("k", 1), ("j", 2), ("k", 3)]), dict(zip("ba", "xy")), dict({"p": 1}, q=2, p=3))
h = {"k%d" % i: i for i in range(20)}
while len(h) > 3: h.pop(next(iter(h)))
print(h, h == dict(reversed(h.items())), list(h) == list(dict(reversed(h.items()))))
