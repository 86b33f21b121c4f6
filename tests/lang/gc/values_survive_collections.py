# gc stress: every 10 allocations
# Much garbage between uses: whatever is reachable must stay as it was.
def garbage(n=2000):
    for i in range(n): [i, str(i), (i, [i]), {i: str(i)}, lambda: i]
kept = {"list": [1, [2, [3]]], "dict": {"k": {"deep": (1, 2)}}, "set": {1, "two", (3,)}, "str": "é" * 10, "int": 10**30, "float": 1e300, "bytes": b"abc", "func": lambda x: x * 2, "gen": (i * i for i in range(10)), "exc": ValueError("v"), "bound": [].append, "range": range(10**20), "complex": 1j, "slice": slice(1, 2), "iter": iter([1, 2, 3]), "cls": type("K", (), {"m": lambda self: "m"})}
next(kept["gen"]); next(kept["iter"])
garbage()
print(kept["list"], kept["dict"], kept["str"], kept["int"], kept["float"], kept["bytes"], kept["func"](4), next(kept["gen"]), kept["exc"].args, kept["range"][5], kept["complex"], kept["slice"], next(kept["iter"]), kept["cls"]().m(), 1 in kept["set"], (3,) in kept["set"])
kept["bound"](5)
garbage()
print(kept["bound"].__self__, list(kept["gen"]), list(kept["iter"]))
def local_survivors():
    a, b, c = [1], {"x": [2]}, "text" + str(3)
    f = lambda: (a, b, c)
    garbage()
    a.append(garbage)
    del b
    garbage(500)
    return a[0], c, len(a)
print(local_survivors())
def in_try():
    try:
        x = ["in try"]
        garbage()
        raise ValueError(x)
    except ValueError as e:
        garbage()
        return e.args[0]
print(in_try())
def args(a, *b, c=[9], **d):
    garbage()
    return a, b, c, d
print(args([1], [2], [3], d={"e": [4]}))
def gen():
    held = [1, 2]
    while True:
        garbage(300)
        got = yield held
        held = held + [got]
g = gen(); next(g)
print([g.send(str(i)) for i in range(3)])
class Slots:
    __slots__ = ("a", "b")
s = Slots(); s.a = ["slot"]; s.b = s
garbage()
print(s.a, s.b is s)
big = [[j for j in range(10)] for i in range(500)]
big[250].append(big)
garbage()
print(sum(map(sum, (b for b in big if len(b) == 10))), big[250][-1] is big)
d = {str(i): [i] for i in range(2000)}
garbage()
for i in range(0, 2000, 2): del d[str(i)]
garbage()
print(len(d), d["1999"], sum(v[0] for v in d.values()))
print(sorted([str(i) * 2 for i in range(50)], key=lambda v: (garbage(5), v)[1])[:3], "".join([str(i) for i in range(500) if not garbage(1)])[-5:])
