t = (1, (2, (3, (4,))), [5])
print(t[1][1][1][0], t == (1, (2, (3, (4,))), [5]), t != (1, (2, (3, (5,))), [5]), t < (1, (2, (4,)), 0), hash((1, (2, (3,)))) == hash((1, (2, (3,)))))
print(sorted([(2, "a"), (1, "b"), (1, "a"), (2,), ()]), max([(1, 9), (2, 0)]), min((3, 1), (2, 5)), (1, 2) < (1, 2, 0), () < (None,), (1, "x") == (1.0, "x"), (float("nan"),) == (float("nan"),), ([],) == ([],))
for bad in (lambda: (1, "a") < (1, 2), lambda: (None,) < (None, 1), lambda: (1,) < [1], lambda: hash((1, [])), lambda: ((1, {}),) < ((1, {}),), lambda: (1, 2) + [3], lambda: (1,) * 1.0):
    try: print(bad())
    except TypeError as e: print(e)
a = b = (1, 2)
b += (3,)
print(a, b, a is b, a * 0, a * -1, 2 * a, a + a, a[:] is a, tuple(a) is a, a + () == a, (*a, *b), a.count(1), b.index(3), b.index(2, 1), (1, 1, 2).index(1, 1))
def f(*args): return args
print(f(), f(1), f(*()), f(*(1, 2)), f((1, 2)), type(f(1)).__name__, len(f(*range(1000))), f(*a) == a)
x, = (1,); (y,) = [2]; z = 3,
print(x, y, z, (4), (5,)[0], ((),) == ((),), len(((),)), (1, 2)[-1], (1, 2, 3)[::-1], (0, 1, 2, 3)[1:3], ()[0:], not (), bool((0,)))
d = {(1, 2): "a", (1, (2, 3)): "b", (): "c"}
print(d[1, 2], d[1, (2, 3)], d[()], (2, 1) in d, {(i, j): i * j for i in range(3) for j in range(3)}[2, 2])
s = {(1, 2), (1, 2), (2, 1)}; print(len(s), (1, 2) in s, tuple(sorted(s)), sum([(1,), (2,)], ()), list(zip(*((1, 2), (3, 4)))), tuple(enumerate("ab")), (lambda a, b: a + b)(*(1, 2)))
rec = []; t = (rec,); rec.append(t); print(t, rec)
