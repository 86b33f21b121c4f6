a = bytearray(b"abcd")
seen = []
for x in a:
    seen.append(x)
    if len(a) < 8:
        a.append(x - 32)
print(seen, a)
it = iter(a)
next(it)
del a[1:]
print(list(it), a)
b = bytearray(b"12")
b[:] = b
b[1:1] = b
print(b, b[::-1])
b.extend(b)
print(b, len(b))
class Sub(bytearray):
    def __setitem__(self, i, v):
        super().__setitem__(i, v ^ 1)
s = Sub(b"000")
s[1] = 48
print(s, type(s + b"x").__name__, type(s[:]).__name__, isinstance(s, bytearray), s == b"010")
s.note = 5
print(s.note, s.__dict__)
print(bytearray(b"a") == b"a", bytearray(b"a") == "a", bytearray(b"a") in [b"a"], sorted([bytearray(b"b"), b"a"]), min(bytearray(b"xa")))
try:
    bytearray(10).__getitem__(10)
except IndexError as e:
    print(e)
x = bytearray(b"count")
for i in range(len(x)):
    x[i] = (x[i] - 97 + 13) % 26 + 97
print(x, x.translate(bytes((i + 1) % 256 for i in range(256))))
