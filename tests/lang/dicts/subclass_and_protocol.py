class D(dict):
    def __getitem__(self, k): return "got " + str(k)
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
    def __contains__(self, k): return True
    def __len__(self): return 42
    def __iter__(self): return iter(["fake"])
d = D(a=1)
d["b"] = 2
print(d, d["x"], d.get("a"), "zz" in d, len(d), list(d), d.keys(), dict.__len__(d), {**d} if False else "", d == {"a": 1, "b": 3}, bool(d))
d.update(c=5)
print(dict.__getitem__(d, "c"), d.copy(), type(d.copy()).__name__, d.setdefault("new", 7), dict.__getitem__(d, "new"))
class Mapping:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(dict(Mapping()), {**Mapping()}, {"p": 0} | dict(Mapping()))
def f(**kw): return kw
print(f(**Mapping()), f(**D(k=1)) if False else f(**{"k": 1}))
class BadKeys:
    def keys(self): return 5
    def __getitem__(self, k): return 1
for g in (lambda: dict(BadKeys()), lambda: f(**BadKeys()), lambda: f(**{1: 2}), lambda: f(**[1]), lambda: f(a=1, **{"a": 2})):
    try:
        print(g())
    except TypeError as e:
        print(str(e).replace("__main__.", ""))
d = {}
d["self"] = d
print(d, str(d), len(repr(d)))
class Attr(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
a = Attr(x=1)
a.y = 2
print(a.x, a.y, a.z, a, a.__dict__)
print({}.__class__, dict.__name__, dict.get({"a": 1}, "a"), {"a": 1}.__contains__("a"), {"a": 1}.__getitem__("a"), {1: 2}.__eq__({1: 2}), {}.__or__(5), dict.fromkeys.__name__, type(D.fromkeys("ab", 1)).__name__)
d = dict.fromkeys(range(3), [])
d[0].append("shared")
print(d)
m = {("a", 1): "tuple key", None: "none", 3.5: "float", frozenset([1]): "fs", b"b": "bytes", ...: "ellipsis"}
print(m["a", 1], m[None], m[7 / 2], m[frozenset({1})], m[b"b"], m[...], len(m))
