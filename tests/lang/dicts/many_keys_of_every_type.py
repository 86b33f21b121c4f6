d = {}
for i in range(2000): d[i] = d[str(i)] = d[i + 0.5] = d[(i, i)] = d[-i - 1] = i
print(len(d), d[1999], d["1999"], d[1999.5], d[1999, 1999], d[-2000], d[5.0], d[True])
for i in range(0, 2000, 3): del d[i], d[str(i)], d[i, i]
print(len(d), 3 in d, "3" in d, (4, 4) in d, 3.5 in d, sum(1 for k in d if isinstance(k, str)))
keys = list(d); print(keys[:6], keys[-4:])
e = {10**20 + i: i for i in range(100)}; e.update({2.0**70 + i * 2**30: -i for i in range(100)})
print(len(e), e[10**20 + 50], e[2**70], 10**20 in e, 10**20 + 100 in e)
f = {frozenset(range(i)): i for i in range(50)}; print(f[frozenset({0, 1, 2})], frozenset() in f, len(f))
g = {None: 0, (): 1, "": 2, 0: 3, b"": 4, frozenset(): 5, ...: 6, NotImplemented: 7, int: 8, len: 9}
print([g[k] for k in (None, (), "", False, b"", frozenset(), ..., NotImplemented, int, len)])
h = {(i, str(i), (i, (i,))): i for i in range(300)}; print(h[299, "299", (299, (299,))], (1, "1", (1, (2,))) in h)
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v % 7
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v
c = {K(i): i for i in range(200)}
for i in range(0, 200, 2): del c[K(i)]
print(len(c), c[K(199)], K(4) in c, c.get(K(7)), sum(c.values()))
inst = [object() for _ in range(500)]; m = {o: i for i, o in enumerate(inst)}
print(all(m[o] == i for i, o in enumerate(inst)), len(m), m.get(object()))
s = {"é" * i: i for i in range(100)}; print(s["é" * 50], "é" * 100 in s, s["éé"], "e" in s)
