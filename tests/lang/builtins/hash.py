print(hash(1), hash(1.0), hash(True), hash(0), hash(-1), hash(-2), hash(2**61 - 1), hash(2**61), hash(2**61 + 5), hash(-(2**61 - 1)), hash(10**30), hash(0.5), hash(-0.5), hash(1.5), hash(1e300), hash(float("inf")), hash(float("-inf")), hash(1j), hash(1 + 1j), hash(1e-10), hash(0.1))
print(hash("a") == hash("a"), hash(b"a") == hash("a") or True, hash((1, 2)) == hash((1, 2)), hash((1, 2)) != hash((2, 1)), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash(None) == hash(None), hash(int) == hash(int), hash(len) == hash(len), hash(range(3)) == hash(range(0, 3)), hash("") == hash(b"") == 0 or True, hash(...) == hash(Ellipsis), hash(slice) == hash(slice))
class H:
    def __init__(self, v): self.v = v
    def __hash__(self): return self.v
print(hash(H(5)), hash(H(-1)), hash(H(2**61)), hash(H(2**64)), hash(H(True)), hash(H(-2**63)))
class Eq:
    def __eq__(self, o): return True
class EqSub(Eq):
    __hash__ = object.__hash__
class HashOnly:
    def __hash__(self): return 3
class SubOfHash(HashOnly):
    def __eq__(self, o): return True
for f in (lambda: hash([]), lambda: hash({}), lambda: hash({1}), lambda: hash(bytearray()), lambda: hash(slice(1)), lambda: hash(([],)), lambda: hash(Eq()), lambda: isinstance(hash(EqSub()), int), lambda: hash(SubOfHash()), lambda: hash(H("x")), lambda: hash(H(1.5)), lambda: hash(), lambda: hash({}.keys()), lambda: isinstance(hash({}.values()), int), lambda: hash(memoryview(b"a")) == hash(b"a"), lambda: hash((1, {}))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
o = object()
print(hash(o) == hash(o), {o: 1}[o], hash(H) == hash(H), len({1, 1.0, True, 1 + 0j}), hash(HashOnly()))
