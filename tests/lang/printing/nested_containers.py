print([1, [2, (3, {4: {5}})], "s", b"b", None, True, 1.5, 2j, ...])
print({"a": [1, {"b": ()}], (1, 2): {3: {}}, None: set(), frozenset({1}): frozenset()}, {1: (1,)}, ((),), [[]], [()], {(): []})
class P:
    def __init__(self, x): self.x = x
    def __repr__(self): return f"P({self.x!r})"
print(P(1), [P("s")], {P(2): P([3])} if True else 0, P(P(P(None))), (P(1),), {"k": P({"z": P(0)})})
l = [1]; l.append(l); d = {"d": None}; d["d"] = d; t = (l, d)
print(l, d, t)
class L(list): pass
class D(dict): pass
class T(tuple): pass
class S(set): pass
class F(frozenset): pass
print(L([1]), D(a=1), T((1, 2)), S([1]), F([1]), S(), F(), L(), T(), D(), [L([2])], {1: D()})
rl = L(); rl.append(rl)
print(rl)
a, b = [], []
a.append(b); b.append(a)
print(a, b, [a, b])
print(range(3), [range(1, 2)], slice(1, None), [int, len.__name__, type], ..., [NotImplemented], {1.0: -0.0, 1e100: 1e-7}, ["\n", "'", '"', "\\", "\x00", "é", "\ud800".encode("utf-8", "surrogatepass")])
print("%s %r" % ([1, "a"], {"k": "v"}), f"{[1, 'a']} {({'k'})}", str([[1], (2,)]), "{0} {0!r}".format(("x",)))
print(bytearray(b"x"), [bytearray(b"y")], memoryview(b"z").tobytes(), {1: 2}.keys(), {1: 2}.values(), {1: 2}.items(), [{1: 2}.items()], dict(a={}.keys()))
