l = [10, 20, 30]
print(l[True], l[False], l[-1], l[-3], l[0:True], l[::True])
for i in (3, -4, 10**30, -10**30, 1.0, "0", None, [], (0,), slice("a"), 1j):
    for op in ("l[i]", "l[i] = 1", "del l[i]"):
        try:
            exec(op)
            print(op, "worked", l)
        except (IndexError, TypeError) as e: print(op, repr(i), type(e).__name__, e)
for i in (3, -4, "a", None):
    for s in ("abc", (1, 2), b"ab", range(2)):
        try: print(s[i])
        except (IndexError, TypeError) as e: print(type(s).__name__, type(e).__name__, e)
print(l, [][0:5], [][-1:], l[5:], l[-1:-5:-1], l[1:1], l[10**30:], l[:-10**30])
