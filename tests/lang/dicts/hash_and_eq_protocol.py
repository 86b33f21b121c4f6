class K:
    def __init__(self, v, h): self.v, self.h = v, h
    def __hash__(self):
        log.append(f"hash{self.v}")
        return self.h
    def __eq__(self, o):
        log.append(f"eq{self.v},{getattr(o, 'v', o)}")
        return isinstance(o, K) and self.v == o.v
    def __repr__(self): return f"K{self.v}"
log = []
a, b, c = K(1, 1), K(2, 1), K(1, 1)
d = {a: "a"}
d[b] = "b"
print(d, log); log.clear()
print(d[c], d[a], log); log.clear()
d[c] = "c"
print(d, list(d)[0] is a, log); log.clear()
print(K(3, 1) in d, K(9, 2) in d, log); log.clear()
del d[c]
print(d, log); log.clear()
class H(dict):
    def __missing__(self, key):
        self[key] = key * 2
        return "made"
h = H(a=1)
print(h["a"], h["zz"], h["zz"], h.get("q"), "q" in h, h)
class BadHash:
    def __hash__(self): return "x"
class NoHash:
    __hash__ = None
class OnlyEq:
    def __eq__(self, o): return True
class HugeHash:
    def __hash__(self): return 2**100
class NegHash:
    def __hash__(self): return -1
class RaisingEq:
    def __hash__(self): return 5
    def __eq__(self, o): raise ValueError("eq!")
for cls in BadHash, NoHash, OnlyEq:
    try:
        {cls(): 1}
    except TypeError as e:
        print(e)
print(hash(HugeHash()) == hash(2**100), hash(NegHash()))
d = {5: "five"}
try:
    d[RaisingEq()]
except ValueError as e:
    print(e, d)
print(hash((1, 2)) == hash((1, 2)), hash("a") == hash("a"), hash(None) == hash(None), hash(1.0) == 1, hash(True), hash(()) == hash(()))
