def lcg(seed):
    while True:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed
g = lcg(42)
r = [next(g) for _ in range(5000)]
s = sorted(r)
print(all(s[i] <= s[i + 1] for i in range(len(s) - 1)), sum(s) == sum(r), s[0], s[-1], s[2500])
f = [x / 7 for x in r]
print(sorted(f)[0], sorted(f)[-1], sorted(f, reverse=True)[0])
t = [str(x) for x in r]
print(sorted(t)[:3], sorted(t)[-3:], sorted(t, key=int)[:3], sorted(t, key=len)[:2])
tuples = [(x % 10, y) for x, y in zip(r, reversed(r))]
st = sorted(tuples)
print(st[0], st[-1], st[2500], all(a <= b for a, b in zip(st, st[1:])))
patterns = [list(range(1000)), list(range(1000, 0, -1)), [1] * 1000, [i % 2 for i in range(1000)], list(range(500)) * 2, [i ^ 1 for i in range(1000)], list(range(999)) + [-1], [999] + list(range(999))]
for p in patterns:
    q = sorted(p)
    print(q[:3], q[-3:], q == sorted(q), sum(q) == sum(p), sorted(p, reverse=True) == q[::-1])
pairs = sorted([(x % 7, i) for i, x in enumerate(r)], key=lambda p: p[0])
print(all(a[1] < b[1] for a, b in zip(pairs, pairs[1:]) if a[0] == b[0]), len(pairs))
pairs.sort(key=lambda p: p[0], reverse=True)
print(all(a[1] < b[1] for a, b in zip(pairs, pairs[1:]) if a[0] == b[0]), pairs[0][0])
