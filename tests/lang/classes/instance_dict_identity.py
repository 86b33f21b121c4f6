class A: pass
a = A()
d = a.__dict__
a.x = 1
print(d, d is a.__dict__)
d["y"] = 2
print(a.y, vars(a) is d)
del a.x
print(d)
a.__dict__ = {"new": 1}
print(a.new, hasattr(a, "y"), d)
a.z = 5
print(a.__dict__)
for bad in (5, None, [], "s"):
    try: a.__dict__ = bad
    except TypeError as e: print(e)
del a.__dict__
print(a.__dict__, hasattr(a, "new"))
a.fresh = 1
print(a.__dict__)
a.__dict__.update(p=1, q=2); a.__dict__.pop("p")
print(sorted(vars(a)), a.q, a.__dict__.get("nope"))
a.__dict__["not identifier!"] = 1; a.__dict__[5] = "int key"
print(len(vars(a)), getattr(a, "not identifier!"))
b = A(); b.__dict__ = a.__dict__
b.shared = True
print(a.shared, a.__dict__ is b.__dict__)
class B(A):
    def __init__(self): self.a, self.b = 1, 2
o = [B() for _ in range(3)]
o[0].c = 3; del o[1].a; o[2].__dict__.clear()
print([vars(x) for x in o], {k: v for k, v in vars(o[0]).items()})
for k in list(vars(o[0])): delattr(o[0], k)
print(vars(o[0]), list(vars(B))[:3])
m = vars(B)
try: m["x"] = 1
except TypeError as e: print(e)
print(type(m).__name__, "__init__" in m, m.get("nope"), len(m) > 2)
class many: pass
x = many()
for i in range(100): setattr(x, f"a{i}", i)
print(x.a99, len(vars(x)), sum(vars(x).values()), list(vars(x))[:3])
for i in range(0, 100, 2): delattr(x, f"a{i}")
print(x.a99, hasattr(x, "a0"), list(vars(x))[:3])
