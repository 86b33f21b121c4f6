s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice(1, None), s == slice(1, 10, 2), s != slice(1), s.indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10), slice(20, -20, -1).indices(5), slice(0, 0).indices(0), slice(None).indices(0), slice(1, 2) < slice(1, 3))
class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
g = G()
print(g[1], g[1:2], g[1:2:3], g[:], g[::], g[1:], g[:1], g[::2], g[1, 2], g[1:2, 3], g[..., 1], g[()], g["a":"b"], g[:, :], g[1,], g[*[1, 2]], g[*"ab", 3:4], g[lambda: 1] is not None, g[(1, 2)], g[x := 5], x)
g[1:2] = 3; g[0] = 1; g[...] = 2; g[1, 2:3] = 4; g[:] = g[0]
del g[1]; del g[1:2, 3], g[...]
for f in (lambda: hash(slice(1)), lambda: {slice(1): 1}, lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: slice("a", 1).indices(5), lambda: slice(1, 2, 0).indices(5), lambda: slice(1).indices(-1), lambda: slice(1).indices("x"), lambda: [][slice("a")], lambda: slice(1) < 5):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    slice(1).start = 5
except AttributeError as e:
    print(e)
data = list(range(10))
print(data[slice(2, 5)], data[slice(None, None, -3)], "abcdef"[slice(1, -1)], (1, 2, 3)[slice(2)], data[s])
for i in (-12, -10, -3, 0, 3, 9, 10, 12, None):
    print(i, [data[i:], data[:i], data[i::-1], data[:i:-1]])
for step in (1, 2, 3, -1, -2, -3, 100, -100):
    print(step, data[::step], data[2:8:step], data[8:2:step])
print(range(10)[slice(1, 8, 3)], len(data[1:1]), data[5:2], data[-2**70:2], data[2:2**70:2**65])
