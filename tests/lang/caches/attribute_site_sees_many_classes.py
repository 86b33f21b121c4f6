# One attribute access, many shapes: hits, misses, and back.
class A:
    def __init__(self): self.x = "A.x"
class B:
    def __init__(self): self.y, self.x = 0, "B.x"
class C: x = "class C.x"
class D:
    @property
    def x(self): return "D property"
class E:
    __slots__ = ("x",)
    def __init__(self): self.x = "E slot"
class F:
    def __getattr__(self, n): return f"F getattr {n}"
class G(A): pass
class H:
    x = 5
    def __init__(self): self.__dict__["x"] = "H instance over class attribute"
def get(o): return o.x
objects = [A(), B(), C(), D(), E(), F(), G(), H()]
for _ in range(3):
    print([get(o) for o in objects])
for o in objects: print(get(o), get(o), get(o), end="; ")
print()
a = A()
for i in range(6):
    print(get(a), end=" ")
    if i == 0: a.x = "changed"
    if i == 1: a.new = 1
    if i == 2: del a.x; A.x = "from the class"
    if i == 3: A.x = property(lambda self: "data descriptor")
    if i == 4: del A.x; a.__dict__["x"] = "dict"
print()
def many(o, n):
    r = []
    for i in range(n): r.append(o.x if i % 2 else getattr(o, "x"))
    return r
print(many(G(), 4), many(F(), 2), many(E(), 2))
for o in (5, "s", None, [], 1.5, A):
    try: print(get(o))
    except AttributeError as e: print(e)
print(get(A()), get(B()))
