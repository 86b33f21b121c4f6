# Slices of lists, tuples and strings that are used at once, kept by augmented assignment, or go to objects that keep them.
def f(a, x):
    a[1:4:2] *= 1
    a[x:None:-1] *= 1
    y = a[x::-1]
    a[1:3] += [x]
    a[::2], a[1::3] = a[-2::-2][:len(a[::2])] + a[:len(a[::2]) - len(a[-2::-2])], a[1::3][::-1]
    return a[::2] + a[1::2] + y, (y := a[1:x:2]), y


print(f(list(range(9)), 3))
print("hello"[1:3], "hello"[::-1], (1, 2, 3)[:2], (1, 2, 3)[::2], "añb"[1:], b"abc"[1:], bytearray(b"abc")[::-1], range(10)[2:8][::2])


class Keeps:
    def __getitem__(self, key): return key
    def __setitem__(self, key, value): self.key = key
k = Keeps()
k[1:2] = 3
print(k[1:2], k[1:2:3], k.key, k["a":None])


class Index:
    def __index__(self): return 2
print([1, 2, 3, 4][Index():], [1, 2, 3, 4][::Index()], "abcd"[:Index()], [1, 2, 3][True:])
for bad in (lambda: [1, 2][::0], lambda: [1, 2]["a":], lambda: "ab"[::"a"], lambda: (1,)[:1.5], lambda: [1][10**30:][0]):
    try: print(bad())
    except (TypeError, ValueError, IndexError) as e: print(type(e).__name__, e)
big = list(range(5))
big[10**30:] = [5]
big[:-10**30] = [-1]
print(big, big[-10**30:10**30])
