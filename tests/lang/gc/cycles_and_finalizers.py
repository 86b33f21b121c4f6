# gc stress: every 10 allocations
# Objects that die: only what holds for every collector is checked.
class Node:
    alive = 0
    def __init__(self): Node.alive += 1; self.refs = [self]
    def __del__(self): Node.alive -= 1
def churn(n):
    for _ in range(n):
        a, b = Node(), Node()
        a.refs.append(b); b.refs.append(a)
churn(10)
print(0 <= Node.alive <= 20)
keep = [Node() for _ in range(5)]
print(5 <= Node.alive <= 25)
for n in keep: assert n.refs[0] is n
big = []
for i in range(20000):
    cell = [i]
    cell.append(cell)
    if i % 1000 == 0: big.append(cell)
print(len(big), big[3][0], big[3][1][1][0], all(c[1] is c for c in big))
d = {}
for i in range(3000):
    o = type("T%d" % (i % 3), (), {})()
    o.me, o.d = o, d
    d[i % 10] = o
print(len(d), d[5].me is d[5], d[5].d is d)
def gen():
    try: yield 1
    finally: closed.append(1)
closed = []
for _ in range(100):
    g = gen(); next(g); g.close()
print(len(closed))
class Tree:
    def __init__(self, n): self.l, self.r, self.up = (Tree(n - 1), Tree(n - 1), None) if n else (None, None, None); self.link()
    def link(self):
        for c in (self.l, self.r):
            if c: c.up = self
    def count(self): return 1 + (self.l.count() + self.r.count() if self.l else 0)
for _ in range(5): t = Tree(8)
print(t.count(), t.l.up is t, t.r.r.up.up is t)
s = ""
for i in range(3000): s += str(i)
l = [s[i:i + 50] for i in range(0, len(s), 7)]
print(len(s), len(l), l[100])
class Resurrect:
    kept = []
    def __del__(self): Resurrect.kept.append(self)
r = Resurrect(); r.x = 1
Resurrect.kept.append(r)
del r
print(len(Resurrect.kept), Resurrect.kept[0].x)
funcs = []
for i in range(1000):
    def f(n=i, me=[]): me.append(f) if not me else None; return n
    funcs.append(f)
print(sum(f() for f in funcs))
