def get(c, k): return c[k]
def put(c, k, v): c[k] = v
l, d, b = [0] * 3, {}, bytearray(3)
for c in (l, d, b): put(c, 1, 7)
print(l, d, b, get(l, 1), get(d, 1), get(b, 1), get("abc", 1), get((4, 5), 1), get(range(9), 1))
for k in (0, -1, 2, -3, True, 2**62, -(2**62)):
    for c in (l, (1, 2, 3), "abc", range(3)):
        try: print(get(c, k), end=" ")
        except IndexError as e: print("IndexError", end=" ")
print()
def swap(a, i, j): a[i], a[j] = a[j], a[i]
a = list("abcdef")
for i in range(3): swap(a, i, -i - 1)
print(a)
def bump(c, k): c[k] += 1
for c, k in ((l, 0), (d, 1), (b, 0), (l, -1), ({0: 1.5}, 0), ([2**62 - 1], 0)):
    bump(c, k); print(c, end=" ")
print()
class L(list):
    def __getitem__(self, i): return ("sub", list.__getitem__(self, i))
    def __setitem__(self, i, v): list.__setitem__(self, i, v * 10)
class D(dict):
    def __missing__(self, k): return ("missing", k)
s = L([1, 2]); put(s, 0, 5)
print(get(s, 0), s, get(D(), "zz"), get(D(a=1), "a"), get([1, 2], 0))
def keys(d, ks): return [d.get(k) for k in ks], [k in d for k in ks]
m = {"a": 1, 2: "two", (1, 2): "t", None: "n", 2.5: "f", True: "yes"}
print(keys(m, ["a", 2, 2.0, (1, 2), None, 2.5, 1, "zz"]))
def tally(xs):
    t = {}
    for x in xs: t[x] = t.get(x, 0) + 1
    return t
print(tally("mississippi"), tally([1, 1.0, True, 2]), tally([(1, 2), (1, 2)]))
def grid(n):
    g = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n): g[i][j] = i * j; g[j][i] += 1
    return g
print(grid(4))
def slices(c): return c[1:], c[:-1], c[::2], c[-2:]
for c in ([1, 2, 3], (1, 2, 3), "abc", b"abc", range(3)): print(slices(c), end=" ")
print()
def append_all(l, xs):
    for x in xs: l.append(x)
    return l
class App:
    def __init__(self): self.log = []
    def append(self, x): self.log.append(x * 2)
print(append_all([], range(3)), append_all(App(), [1]).log, append_all(L(), [1]), append_all(bytearray(), b"ab"))
def join(parts):
    s = ""
    for p in parts: s += p
    return s
print(join(["a", "é", "😀", "b"]), join([]), len(join(["xy"] * 1000)))
def length(c): return len(c)
print([length(c) for c in ([1], (1, 2), "abc", {1: 2}, {1, 2}, b"a", range(7), L([1]), "é😀")])
def contains(c, x): return x in c
print([contains(c, 1) for c in ([1], (2,), {1: 0}, {1}, range(1, 3), b"\x01", [1.0], L([1]))], contains("abc", "b"))
