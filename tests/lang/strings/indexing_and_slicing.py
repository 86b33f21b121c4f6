s = "abcdef"
u = "aé€😀z"
print(s[0], s[-1], s[5], s[-6], u[3], u[-1], u[-2])
print(s[1:3], s[:2], s[4:], s[-3:-1], s[::2], s[::-1], s[5:1:-2], s[10:], s[:-10], s[3:2], s[-100:100])
print(u[1:4], u[::-1], u[::2], len(u), [*u])
for bad in (6, -7, "x", 1.0, None):
    try:
        print(s[bad])
    except (IndexError, TypeError) as e:
        print(type(e).__name__, e)
print(s[True], s[slice(1, 4)], s[slice(None, None, 2)], s[None:2:None])
try:
    s[::0]
except ValueError as e:
    print(e)
try:
    s[0] = "x"
except TypeError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
class I:
    def __index__(self): return 2
print(s[I()], s[I():], "x" * I())
print(""[:], ""[::-1] == "", len(""[5:]))
t = u * 3
print(t[7], t[5:10], t.index("z", 5), t[-5:])
