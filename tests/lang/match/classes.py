class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Point3(Point):
    __match_args__ = ("x", "y", "z")
    def __init__(self, x, y, z): super().__init__(x, y); self.z = z
def f(p):
    match p:
        case Point(0, 0): return "origin"
        case Point3(0, y=0, z=z): return f"on z axis at {z}"
        case Point(x=0, y=y): return f"y axis {y}"
        case Point(x, 0): return f"x axis {x}"
        case Point(x, y) if x == y: return "diagonal"
        case Point(): return "some point"
        case int(): return "int"
        case str(s) | bytes(s): return f"text {s}"
        case float(x) if x != x: return "nan"
        case [Point(x=a), Point(x=b)]: return f"two {a} {b}"
        case dict(d): return f"dict {d}"
        case list([a, b]): return f"list of two {a} {b}"
        case tuple((a,)): return "tuple of one"
        case bool(): return "never, int is first"
        case type(): return "a class"
        case None: return "none"
        case object(): return "object"
for p in (Point(0, 0), Point3(0, 0, 5), Point(0, 3), Point(3, 0), Point(2, 2), Point(1, 2), 5, True, "s", b"b", float("nan"), [Point(1, 0), Point(2, 0)], {"a": 1}, [1, 2], (1,), int, None, 1.5): print(f(p))
class NoArgs: a = 1
class BadArgs: __match_args__ = ["x"]
class BadArg: __match_args__ = (5,)
class Dup: __match_args__ = ("x", "x"); x = 1
for code in ("NoArgs(1)", "BadArgs(1)", "BadArg(1)", "Point(1, 2, 3)", "Point(1, x=1)", "Dup(1, 1)", "int(1, 2)", "five(1)", "NoArgs(b=1)", "NoArgs(a=1)"):
    five = 5
    subject = {"NoArgs": NoArgs(), "BadArgs": BadArgs(), "BadArg": BadArg(), "Point": Point(1, 2), "Dup": Dup(), "int": 1, "five": 1}[code.split("(")[0]]
    try:
        exec(f"match subject:\n case {code}: print('matched {code}')\n case _: print('no match {code}')")
    except TypeError as e:
        print(code, "->", e)
class Prop:
    @property
    def v(self): print("asked"); return 3
    @property
    def err(self): raise ValueError("from property")
match Prop():
    case Prop(v=4): pass
    case Prop(v=3, nope=1): pass
    case Prop(v=v): print(v)
try:
    match Prop():
        case Prop(err=1): pass
except ValueError as e: print(e)
class Meta(type):
    def __instancecheck__(cls, o): return o == 42
class Any(metaclass=Meta): pass
match 42:
    case Any(): print("instancecheck hook")
match 7:
    case int(real=r, imag=0): print("attributes of int", r)
match Point(Point(1, 2), [3, {"k": Point(4, 5)}]):
    case Point(Point(a, b), [c, {"k": Point(x=d, y=e)}]): print(a, b, c, d, e)
class Op:
    __match_args__ = ("op", "l", "r")
    def __init__(self, *a): self.op, self.l, self.r = a
def ev(t):
    match t:
        case Op("+", l, r): return ev(l) + ev(r)
        case Op("*", 0, _) | Op("*", _, 0): return 0
        case Op("*", l, r): return ev(l) * ev(r)
        case int() | float(): return t
print(ev(Op("+", 1, Op("*", 2, Op("+", 3, 4)))), ev(Op("*", 0, Op("?", 1, 2))))
