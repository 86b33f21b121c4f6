class CM:
    def __init__(self, name, swallow=False, fail=None): self.name, self.swallow, self.fail = name, swallow, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter": raise RuntimeError("enter failed")
        return self.name
    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value)
        if self.fail == "exit": raise KeyError("exit failed")
        return self.swallow
with CM("a") as a, CM("b") as b:
    print("body", a, b)
with CM("sw", swallow=True):
    raise ValueError("swallowed")
print("after")
try:
    with CM("c"), CM("d", fail="enter"):
        print("never")
except RuntimeError as e:
    print(e)
try:
    with CM("e", fail="exit"):
        raise ValueError("original")
except KeyError as e:
    print(e, repr(e.__context__))
with CM("outer", swallow=True), CM("inner", fail="exit"):
    pass
def returning():
    with CM("r"):
        return "value"
print(returning())
def overriding():
    for i in range(3):
        with CM(f"loop{i}"):
            if i == 0: continue
            if i == 1: break
    return i
print(overriding())
def gen():
    with CM("g"):
        yield 1
        yield 2
g = gen()
print(next(g)); g.close()
with (CM("p") as p, CM("q"),):
    print(p)
with CM("t") as (x, ): print(x)
d = {}
with CM("target") as d["k"]: print(d)
with CM("lst") as [l1, l2, l3]: print(l1, l2, l3)
class NoExit:
    def __enter__(self): return 1
class NoEnter:
    def __exit__(self, *a): pass
for bad in (5, NoExit(), NoEnter(), None):
    try:
        with bad: pass
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
class Inst: pass
i = Inst()
i.__enter__ = lambda: 1; i.__exit__ = lambda *a: None
try:
    with i: pass
except TypeError as e:
    print(e)
try:
    with CM("unpack fails") as (x, y): pass
except ValueError as e:
    print(e)
with CM("truthy", swallow=[1]):
    1 / 0
try:
    with CM("falsy", swallow=0): 1 / 0
except ZeroDivisionError: print("propagated")
try:
    with CM("base"): raise SystemExit(3)
except SystemExit as e: print("SystemExit", e.code)
with CM("n1"):
    with CM("n2", swallow=True):
        with CM("n3"): raise LookupError("deep")
    print("n2 swallowed")
