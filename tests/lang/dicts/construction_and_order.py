d = {"b": 1, "a": 2}
d["c"] = 3; d["b"] = 9
print(d, list(d), len(d), dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict({"k": "v"}, k2=3), dict(zip("ab", [1, 2])), {}, dict(), dict(["ab", "cd"]), dict(((1, 2),), z=0))
del d["b"]; d["b"] = 0
print(d, d.popitem(), d, d.pop("a"), d, d.pop("zz", "default"), d.setdefault("c", 5), d.setdefault("n", []), d)
print({**{"a": 1}, "a": 2, **{"b": 3}}, {1: "int", 1.0: "float", True: "bool"}, {"a": 1} | {"a": 2, "b": 3}, dict.fromkeys([1, 2]), dict.fromkeys("ab", 0), {k: v for v, k in enumerate("xyz")})
d = {}
for i in range(20): d[i] = i
for i in range(0, 20, 2): del d[i]
for i in range(0, 6, 2): d[i] = "again"
print(d, next(iter(d)), list(reversed(d)), list(d.items())[-1])
d |= {"z": 1}
d |= [("y", 2)]
print(list(d)[-2:], d.copy() == d, d.copy() is d, {1: {2: {3: 4}}}[1][2][3])
d.update(a=1); d.update({"b": 2}, c=3); d.update([("q", 1)]); d.update()
print(list(d.items())[-4:])
d.clear()
print(d, bool(d), d == {}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {1: 2} == {1: 2.0}, {1: 2} != {1: 3}, {} == [], {"a": float("nan")} == {"a": float("nan")})
for f in (lambda: {}["k"], lambda: {}[1, 2], lambda: {}.pop("x"), lambda: {}.popitem(), lambda: {[]: 1}, lambda: {}[{}], lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(1, 2), lambda: {} | [], lambda: {} < {}, lambda: {1: 2} + {}, lambda: hash({}), lambda: {}.update(5), lambda: dict.fromkeys(5), lambda: dict([("a",)]), lambda: {}.get(), lambda: dict(["abc"]), lambda: {}.foo, lambda: {}.setdefault([]), lambda: [] in {}, lambda: dict(**{1: 2}), lambda: {**5}, lambda: {}.popitem(1)):
    try:
        print(f())
    except (KeyError, TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
