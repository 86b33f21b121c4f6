def f(x):
    match x:
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": "rect", "size": [w, h], **rest}: return f"rect {w} {h} {rest}"
        case {"type": t, **rest} if rest: return f"{t} with {rest}"
        case {1: a, 2.5: b, None: c, b"x": d}: return "odd keys"
        case {-1: v}: return f"negative key {v}"
        case {"nested": {"deep": [_, {"x": v}]}}: return f"deep {v}"
        case {"opt": None | 0 as o}: return f"opt {o}"
        case {}: return "any mapping"
        case _: return "no mapping"
for x in ({"type": "circle", "r": 1}, {"type": "circle"}, {"type": "rect", "size": (1, 2), "z": 3}, {"type": "t", "k": 1}, {-1: "neg"}, {"nested": {"deep": [0, {"x": "found"}]}}, {"opt": 0}, {}, {"other": 1}, [], "s", [("type", 1)]): print(f(x))
class D(dict):
    def __missing__(self, k): return "made"
    def get(self, k, d=None): print("get", k); return super().get(k, d)
match D(a=1):
    case {"b": x}: print("never", x)
    case {"a": x, **r}: print(x, r, type(r).__name__)
class K: NAME = "key"
match {"key": 5}:
    case {K.NAME: v}: print("dotted key", v)
d = {"a": 1, "b": 2}
match d:
    case {"a": 1, **rest}:
        rest["c"] = 3
        print(rest, d)
match {1: "int"}:
    case {1.0: v}: print("equal keys match", v)
match {"x": 1, "y": {"z": [1, 2, {"w": "deep"}]}}:
    case {"y": {"z": [*_, {"w": w}]}}: print(w)
match {}:
    case {"a": _}: print("no")
    case {**kw}: print("kw", kw)
class Mapping:
    def keys(self): return ["a"]
    def __getitem__(self, k): return 1
print(f(Mapping()))
try:
    match {"a": 1, "b": 2}:
        case {K.NAME: 1, "key": 2}: pass
    print("no error when lengths differ or keys missing")
    match {"key": 1, "b": 2}:
        case {K.NAME: _, "key": _}: pass
except ValueError as e: print(e)
