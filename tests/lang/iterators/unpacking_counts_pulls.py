class Src:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: print("stop", end=" "); raise StopIteration
        self.i += 1
        print(self.i, end=" ")
        return self.i
def run(code, n):
    s = Src(n)
    try:
        ns = {"s": s}
        exec(code, ns)
        print("|", code, {k: v for k, v in ns.items() if k in "abcd"}, s.i)
    except ValueError as e: print("|", code, e, s.i)
for n in (1, 2, 3, 4):
    for code in ("a, b = s", "a, *b = s", "*a, b = s", "a, *b, c = s", "a, b, c = s", "[a, (b)] = s"): run(code, n)
s = Src(3); print(next(zip(s, s), None)); s = Src(5); print(2 in s, s.i); s = Src(2); print(max(s)); s = Src(4); print([x for x in s if x % 2]); s = Src(2); print(*s); s = Src(3); print(any(x > 1 for x in s), s.i); s = Src(3); print(dict(zip("ab", s)), s.i); s = Src(3); print(list(map(lambda a, b: a, s, "x")), s.i)
for x in (s := Src(5)):
    if x == 2: break
print(s.i, next(s))
