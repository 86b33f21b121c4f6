def f(a, b=2, /, c=3, *args, d, e=5, **kw): return a, b, c, args, d, e, kw
print(f(1, d=4), f(1, 20, 30, 40, 50, d=4, e=6, z=7), f(1, d=4, a="kw a", b="kw b"), f(1, c=9, d=4))
def g(*, x, y=1): return x, y
print(g(x=5), g(y=2, x=3))
def h(a, /): return a
print(h(1))
def k(**kw): return kw
print(k(self=1, k=2, kw=3), k(**{"a b": 1, "é": 2}), k(a=1, **{"b": 2}, c=3, **{"d": 4}))
def v(*args): return args
print(v(*[1], 2, *(3, 4), *"ab", *range(2), *{7: 8}), v(*[]), v(*(i for i in range(3))), v(1, *v(2, 3)))
def both(*args, **kw): return args, kw
print(both(1, *[2], x=3, *[4], y=5, **{"z": 6}), both(), both(*"ab", **{}), both(**{"args": 1, "kw2": 2}))
def order(log, **kw): return log, kw
log = []
def t(x): log.append(x); return x
print(order(t(log) and log, a=t(1), b=t(2), **{t("c"): t(3)}), log)
both(t("p1"), *[t("s1")], k=t("k1"), *[t("s2")])
print(log[-4:])
def nested(a, b): return a + b
print(nested(*[1, 2]), nested(**{"a": 1, "b": 2}), nested(1, **{"b": 5}), nested(b=1, a=2), nested(*"xy"))
args = [1, 2]
both(*args)[0] is args
def mutate(*a, **k):
    k["new"] = 1
    return a, k
d = {"x": 1}
print(mutate(*args, **d), d, args)
