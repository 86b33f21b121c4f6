x = "outer"
print([x for x in range(3)], x)
log = []
def t(v):
    log.append(v)
    return v
print({t(("k", i)): t(("v", i)) for i in range(2)}, log)
log.clear()
print([(t(i), t(j)) for i in (1, 2) if t(i) for j in (t("a"),) if j], log)
def f():
    y = 10
    return [y + z for z in range(3)], [lambda: z for z in range(3)]
values, functions = f()
print(values, [g() for g in functions])
class C:
    n = 3
    outermost = [i for i in range(n)]
    try:
        inner = [n for i in range(2)]
    except NameError as e:
        print(e)
    nested = [[j for j in range(2)] for i in range(2)]
print(C.outermost, C.nested)
try:
    [q for w in (1,) if q]
except NameError as e:
    print(e)
print([[i * j for j in range(i)] for i in range(4)], [i for row in [[1, 2], [3]] for i in row], [i if i % 2 else -i for i in range(5)], [i for i in range(20) if i % 2 if i % 3 == 0])
print([last := i for i in range(3)], last)
print([(a, b) for a, b in {"k": 1}.items()], [a for a, *b in ["xyz"]], [d["k"] for d["k"] in range(2)] if (d := {}) is not None else 0, d)
try:
    [i for i in 5]
except TypeError as e:
    print(e)
try:
    [1 / i for i in (1, 0)]
except ZeroDivisionError as e:
    print(e)
print(sum(x * x for x in range(4)), list(map(lambda v: [v for _ in range(2)], range(2))), [*(c for c in "ab")], {i: {j for j in range(i)} for i in range(3)})
