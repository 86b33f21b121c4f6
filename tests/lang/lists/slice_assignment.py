a = list(range(10))
a[2:4] = ["x"]
print(a)
a[5:5] = [100, 200]
print(a)
a[::3] = "ABCD"
print(a)
a[-3:] = []
print(a)
a[:] = a[::-1]
print(a)
a[1:3] = (i * i for i in range(4))
print(a)
a[100:] = [7]; a[-100:0] = [0]
print(a)
a[3:1] = ["mid"]
print(a)
del a[::2]
print(a)
del a[1:3], a[0]
print(a)
a[:] = range(6)
a[::-1] = "fedcba"
print(a)
a[1:5:2] = a[4:0:-2]
print(a)
a[2:4] = a
print(a, len(a))
del a[5:1:-2]
print(a)
for f in (lambda: a.__setitem__(slice(0, 4, 2), [1]), lambda: a.__setitem__(slice(0, 1), 5), lambda: a.__setitem__(slice(None, None, -1), [1, 2]), lambda: a.__setitem__(slice(0, 1, 0), []), lambda: a.__setitem__(slice("a", 1), []), lambda: a.__delitem__(slice(None, None, 0)), lambda: a[1:2:3.0]):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
class I:
    def __index__(self): return 1
a[I():I()] = "hi"
print(a[I()], a[:I()], a)
