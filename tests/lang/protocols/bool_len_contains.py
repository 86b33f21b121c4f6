class C:
    def __init__(self, items): self.items = items
    def __len__(self): return len(self.items)
    def __contains__(self, x): print("contains", x); return x in self.items
    def __iter__(self): print("iter"); return iter(self.items)
    def __bool__(self): print("bool"); return bool(self.items)
c = C([1, 2])
print(1 in c, 5 not in c, len(c), bool(c), not c)
if c: print("true branch")
while not C([]): print("loop"); break
print([x for x in c], list(c), c and "and", C([]) or "or", 1 if c else 2)
print(any([C([])]), all([c]))
class L:
    def __len__(self): print("len"); return 0
if not L(): print("empty is false")
class Contains:
    def __contains__(self, x): return "truthy string"
print(1 in Contains(), 1 not in Contains())
class RaisesC:
    def __contains__(self, x): raise LookupError(x)
try: 5 in RaisesC()
except LookupError as e: print("LookupError", e)
class EqOnly:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o
print(3 in [EqOnly(3)], EqOnly(3) in [3], 3 in (EqOnly(3),), EqOnly(2) in {1: 2}.values(), [EqOnly(1), 2].index(1), [1, 2].count(EqOnly(1)))
class IterOnly:
    def __iter__(self):
        print("start")
        yield from (1, 2, 3)
        print("exhausted")
print(2 in IterOnly())
print(9 in IterOnly())
filter_ = filter(None, [c, L(), 5])
print(len(list(filter_)))
