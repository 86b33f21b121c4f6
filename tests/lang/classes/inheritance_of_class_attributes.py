class A:
    items = []
    count = 0
    def add(self, x):
        self.items.append(x)
        self.count += 1
        return self.count
class B(A): count = 100
class C(A): items = ["c"]
a, b, c, a2 = A(), B(), C(), A()
print(a.add(1), b.add(2), c.add(3), a.add(4), A.items, B.items, C.items, A.count, B.count, vars(a), vars(b), a2.count)
A.count = 50
print(a2.count, a.count, B.count, C.count)
del a.count
print(a.count)
B.extra = "later"
print(b.extra, hasattr(a, "extra"), hasattr(C, "extra"))
A.method = lambda self: type(self).__name__
print(a.method(), b.method(), c.method())
B.method = lambda self: "B's own"
print(b.method(), c.method())
del B.method
print(b.method())
try: del B.method
except AttributeError as e: print(e)
A.items = "replaced"
print(b.items, C.items, a.__class__.items)
class D(B, C): pass
print(D.items, D.count, D().method(), D.__mro__[1:4] == (B, C, A))
C.count = 7
print(D.count)
del B.count
print(D.count, B.count)
for i in range(5):
    A.counter = i
    print(a.counter, D().counter, end=" ")
print()
class E:
    v = "class"
    def get(self): return self.v
e = E()
r = []
for i in range(4):
    r.append(e.get())
    if i == 0: e.v = "instance"
    if i == 1: E.v = property(lambda self: "property")
    if i == 2: del E.v
print(r, e.get())
