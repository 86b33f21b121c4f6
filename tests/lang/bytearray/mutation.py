a = bytearray(b"hello")
a[0] = 72
a[-1:] = b"p!"
print(a, len(a), a[1], a[1:3], type(a[1:3]).__name__)
a.append(33); a.extend(b"ab"); a.extend([1, 2]); a.insert(0, 35); a += b"zz"
print(a, a.pop(), a.pop(0), a)
a.remove(33); del a[0]; del a[-2:]; a[1:3] = b"12345"; a[::2] = b"x" * len(a[::2])
print(a)
a.reverse(); print(a); b = a.copy(); a.clear(); print(a, b, bool(a), b == bytes(b), b is a)
b *= 2
print(b, b * 2 == b + b, bytearray(3), bytearray("é", "utf-8"), bytearray([1, 2]), bytearray(b"x") + b"y", b"y" + bytearray(b"x"), bytearray(b"abc").decode(), bytearray(b"a,b").split(b","), bytearray(b"abc").upper(), bytearray(b"x").join([b"1", b"2"]), bytearray(b"q").hex(), bytearray.fromhex("4142"))
c = bytearray(range(10))
c[2:5] = []
print(list(c)); c[1:1] = [100, 101]; print(list(c)); c[8:2:-2] = b"abc"; print(list(c)); del c[::3]; print(list(c)); c[:] = b"new"; print(c)
for f in (lambda: c.__setitem__(0, 256), lambda: c.__setitem__(0, "a"), lambda: c.__setitem__(9, 1), lambda: c.append(-1), lambda: c.append(b"a"), lambda: c.extend("ab"), lambda: c.extend([300]), lambda: c.remove(200), lambda: bytearray().pop(), lambda: c.pop(50), lambda: c.__setitem__(slice(0, 3, 2), b"abc"), lambda: hash(c), lambda: bytearray("a"), lambda: c + "a", lambda: c.__setitem__(slice(0, 1), "a"), lambda: c.insert(0, 999), lambda: c.__setitem__(0, 1.5), lambda: {c: 1}):
    try:
        print(f())
    except (ValueError, TypeError, IndexError) as e:
        print(type(e).__name__, e)
d = c
d += b"!"
print(c, c is d, repr(bytearray(b"'")), str(bytearray(b"x")), [bytearray(b'"')], c.find(b"w"), c.startswith(b"n"), c.isalpha(), 110 in c, b"ew" in c, c.count(b"e"))
