def t(x): log.append(x); return x
log = []
print(t(0) or t("") or t("x") or t("never"), log); log.clear()
print(t(1) and t([]) and t("never"), log); log.clear()
print(1 and 2 or 3, 0 and 2 or 3, not 1 or 2, not (1 and 0), 1 or 1 / 0, [] and 1 / 0, None or 0 or (), "a" and "b" and "c", not not [], not "", (not 1) == False)
print(t(1) < t(2) < t(3), log); log.clear()
print(t(1) < t(0) < t(3), log); log.clear()
print(1 < 2 > 0 != 5 == 5.0 is not None, 1 < 2 < 3 < 4 < 0, 3 > 2 > 1, 1 == 1 in [1], (1 < 2) == True, 1 < 2 == True, "a" < "b" in "abc", 1 in [1] == True, [] is not [], None is None is not False)
class B:
    def __init__(self, v): self.v = v
    def __bool__(self): log.append(f"bool{self.v}"); return self.v
    def __repr__(self): return f"B{self.v}"
log.clear()
print(B(True) and B(False) or B(True), log); log.clear()
if B(True) and not B(False): print("if", log)
log.clear()
while B(False) or B(False): pass
print(log)
class L:
    def __len__(self): return 0
class LB:
    def __len__(self): return 1
    def __bool__(self): return False
class BadB:
    def __bool__(self): return 1
class BadL:
    def __len__(self): return -1
class BigL:
    def __len__(self): return 2**100
class StrL:
    def __len__(self): return "x"
print(bool(L()), bool(LB()), bool(object()), bool(L), not L())
for c in BadB, BadL, BigL, StrL:
    for f in (bool, lambda x: not x, lambda x: 1 if x else 2, len):
        try:
            print(f(c()))
        except (TypeError, ValueError, OverflowError) as e:
            print(c.__name__, type(e).__name__, e)
class Cmp:
    def __lt__(self, o): return B(False)
    def __gt__(self, o): return []
log.clear()
print(Cmp() < Cmp() < Cmp(), Cmp() > 1 > 2, log)
x = 5
print(1 if x > 3 else 2 if x > 1 else 3, ("a" if 0 else "b" if 0 else "c"), [1, 2][x > 3], (x > 3) + (x > 1), x if x else 1 / 0)
assert x == 5 and not x != 5, 1 / 0
try:
    assert x < 3, f"x was {x}"
except AssertionError as e:
    print(repr(e))
try:
    assert not x
except AssertionError as e:
    print(repr(e))
try:
    assert (lambda: False)(), ("tuple", 1)
except AssertionError as e:
    print(e.args)
