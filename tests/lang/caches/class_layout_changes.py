class A: pass
a = [A() for _ in range(4)]
a[0].x, a[0].y = 1, 2
a[1].y, a[1].x = 3, 4
a[2].x = 5
a[3].z, a[3].y, a[3].x = 6, 7, 8
def xs(): return [getattr(o, "x", None) for o in a], [o.x for o in a], [o.__dict__ for o in a]
print(xs())
for o in a: o.w = o.x * 10
print([o.w for o in a], [list(vars(o)) for o in a])
del a[0].x
a[0].x = "again"
print(list(vars(a[0])), a[0].x)
def fill(o, n):
    for i in range(n): setattr(o, f"f{i}", i)
    return sum(getattr(o, f"f{i}") for i in range(n))
print(fill(A(), 5), fill(A(), 60), fill(A(), 300))
b = A()
for i in range(20):
    b.p = i
    if i % 3 == 0: del b.p
    elif i % 3 == 1: b.q = i
print(vars(b))
class P:
    def __init__(self, flag):
        if flag: self.a = 1; self.b = 2
        else: self.b = 20; self.a = 10
    def total(self): return self.a * 100 + self.b
print([P(i % 2).total() for i in range(6)])
class Q(P):
    extra = "class level"
    def __init__(self): super().__init__(True); self.c = 3
q = Q()
print(q.total(), q.extra, vars(q))
q.extra = "instance level"
print(q.extra, Q.extra, Q().extra)
Q.a = "class a does not hide"
print(q.a, q.total())
Q.a = property(lambda self: 7, lambda self, v: None)
print(q.a, q.total())
del Q.a
print(q.a)
d = q.__dict__
d["late"] = "through the dict"
print(q.late)
q.more = 1
print(d["more"], len(d))
q.__dict__ = {"a": 5, "b": 6}
print(q.total(), d["a"], hasattr(q, "c"))
c = A()
c.__dict__.update(x=1)
c.y = 2
del c.__dict__["x"]
print(vars(c), hasattr(c, "x"))
