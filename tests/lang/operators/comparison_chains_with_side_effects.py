log = []
def t(x): log.append(x); return x
def show(r): print(r, log); log.clear()
show(t(1) < t(2) < t(3)); show(t(3) < t(2) < t(1)); show(t(1) == t(1) != t(2) > t(0)); show(t(1) in [t(1)] in [[1]]); show(not t(1) < t(2)); show(t(1) < t(2) and t(3) < t(2) or t(9))
show([t(i) for i in range(3) if t(i) < 2]); show((t(1) < t(2)) < t(3)); show(t(5) > t(3) > t(4) > t(1)); show(t(1) is t(1) is not t(None))
class C:
    def __init__(self, n): self.n = n
    def __lt__(self, o): log.append(f"{self.n}<{o.n}"); return Result(self.n < o.n)
class Result:
    def __init__(self, v): self.v = v
    def __bool__(self): log.append(f"bool {self.v}"); return self.v
    def __repr__(self): return f"R{self.v}"
show(C(1) < C(2) < C(3)); show(C(2) < C(1) < C(3)); show(not C(1) < C(2)); show(1 if C(1) < C(2) else 0)
while C(1) < C(0): pass
show("while")
x = C(1) < C(2) < C(0); show(x)
show((C(1) < C(2)) and "and"); show((C(2) < C(1)) or "or")
print(1 < 2 < 3 == 3 != 4 in [4] not in [] is not None)
i = 5
print(0 < i < 10, 0 < i == 5 < 10, i < 3 < undefined if False else 0, i < 3 < (1 / 0))
try: print(1 < 2 < "a")
except TypeError as e: print(e)
