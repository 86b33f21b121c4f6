a, b = 1, 2
(c, d), [e, *f] = (3, 4), "xyz"
*g, h = range(4)
i, *j, k = "ab"
[l] = [5]
(m,) = {6}
n, (o, (p, *q)), *r = 1, (2, (3, 4, 5)), 6, 7
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r)
class T: pass
t = T(); x = [0] * 5; dd = {}
t.a, x[0], dd["k"], (x[1], t.b), x[2:4] = 1, 2, 3, (4, 5), "zz"
print(t.a, t.b, x, dd)
i = 0
i, x[i] = 1, "index uses new i"
print(i, x)
a, b = b, a; a, b, c = c, a, b
print(a, b, c)
u = v = w = [1]
print(u is w)
y = (z, *_) = [1, 2, 3]
print(y, z, _)
for a, (b, *c) in [(1, "xyz"), (2, [3])]: print(a, b, c)
for t.loop in range(2): pass
for x[0], *x[1:3] in [(1, 2, 3)]: print(x)
print(t.loop, [q for q, *_ in ["ab", "cd"]])
def gen(): yield 1; yield 2
p, q = gen()
print(p, q, *gen(), [*gen(), *gen()])
for bad in ("a, b = 1", "a, b = [1]", "a, b = 1, 2, 3", "a, *b, c = [1]", "a, b = None", "[a, b] = {1}", "a, b = ''", "(a,) = range(3)", "a, (b, c) = 1, 2", "*a, b = []", "a, b = {1: 2, 3: 4, 5: 6}", "for a, b in [1]: pass", "a, b = iter([1, 2, 3, 4])", "() = [1]", "[] = 5", "x, y = type"):
    try:
        exec(bad)
        print("fine", bad)
    except (TypeError, ValueError) as err:
        print(bad, "->", type(err).__name__, err)
() = []
[] = ()
[*a], b = [1, 2], 3
print(a, b)
class Raises:
    def __iter__(self): yield 1; raise KeyError("mid")
try: a, b = Raises()
except KeyError as err: print(err, a)
class Log:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): print("yield", i); yield i
try: a, b = Log(4)
except ValueError as err: print(err)
a, *b = Log(2)
for source in ("*a = 1", "*a, *b = 1, 2", "a, b += 1, 2", "(a, b): int = 1", "f() = 1", "a + b = 1", "1 = a", "'s' = a", "[a, 1] = b", "(a for a in b) = 1", "None = 1", "a = *b", "a, f() = 1", "x = y = 1 = z", "lambda: 1 = 2", "a if b else c = 1", "{a} = 1", "{} = 1", "del *a", "for 1 in x: pass", "for f() in x: pass", "with x as 1: pass", "-a = 1", "a < b = 1", "not a = 1", "a.b() = 1", "(a := 1, b) = 2", "f'{x}' = 1", "... = 1", "__debug__ = 1", "a and b = 1", "await x = 1", "[x for x in y] = 1", "(*a) = 1", "x, = *y"):
    try:
        compile(source, "s", "exec")
        print(source, "| fine")
    except SyntaxError as err:
        print(source, "->", err.msg)
