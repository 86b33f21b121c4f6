a, b = [1, 2], (3,)
print(*a, *b, sep="-")
print([*a, *b], (*a, *b), {*a, *b}, {**{"x": 1}, **{"y": 2}}, [*a, 0, *a], (*a,), [*[], *()])
def f(): return *a, *b
def g(): yield *a, 9
print(f(), list(g()))
for x in *a, *b, 7: print(x, end=" ")
print()
x = *a, *b
y = *a,
print(x, y, dict(**{"k": 1}, **{"l": 2}), [*"hi", *range(2), *{5: 6}, *(i for i in "z")])
d = {(1, 2): "t", 1: "one"}
print(d[*a], d[(*a,)])
class G:
    def __getitem__(self, k): return k
print(G()[*a], G()[*a, 0], G()[0, *a, 1:2])
def h(*args, **kw): return args, kw
print(h(*a, *b, 4, **{"p": 1}, q=2), h(*[*a, *[*b]]), h(*(x for x in a)), h(**dict(a=1), **{}))
first, *rest = *a, *b
print(first, rest, max(*a), min(*a, *b), sum([*a, *b]), list(zip(*[a, a])), [*zip(*[(1, 2), (3, 4)])], ",".join([*"abc"]))
m = [[1, 2], [3, 4]]
print([*map(sum, zip(*m))], [*reversed(m)], {**{}, "z": [*m[0]]}, {"a": 1, **{"a": 2}}, {**{"a": 2}, "a": 1})
print(*[], "only", *(), end="!\n")
print(*(lambda: [1, 2])(), *[i for i in a if i > 1], *(a if b else []), *a or b, *not_ if (not_ := [8]) else [])
lst = [*a]
lst.append(3)
print(a, lst)
def order():
    log = []
    def t(v): log.append(v); return v
    [*t([1]), t(2), *t([3])]
    h(*t([4]), t(5), k=t(6), **t({"z": 7}))
    {t(8): t(9), **t({"q": 10})}
    return log
print(order())
for bad in ("[*5]", "(*None,)", "{*1}", "{**[1]}", "print(*5)", "[*int]", "{**5}", "{**{1}}"):
    try: eval(bad)
    except TypeError as e: print(bad, "->", e)
for source in ("*a", "(*a)", "print(*)", "[*a for a in b]", "{**a for a in b}", "{*a: 1}", "x = *a", "return_ = (*a)", "del *a", "*a += b", "f(**a, *b)", "f(*a, b=1, *c)", "f(**a, b)", "lambda *: 1", "*a, = b", "for *a in b: pass", "for *a, in b: pass", "a[*b] = 1", "a[*b:1]", "[* *a]", "[**a]", "(**a)", "{**a, b}", "{a: 1, *b}", "if *a: pass", "assert *a", "yield *a", "*a if b else c", "(*a, )", "[*a if b else c]", "await *a", "not *a"):
    try:
        compile(source, "s", "exec")
        print(source, "| fine")
    except SyntaxError as e:
        print(source, "->", e.msg)
