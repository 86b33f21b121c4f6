import sys
print(sys.getrecursionlimit())
def f(n): return 0 if n == 0 else 1 + f(n - 1)
print(f(900))
def forever(): return forever()
try: forever()
except RecursionError as e: print(type(e).__name__, e, isinstance(e, RuntimeError))
sys.setrecursionlimit(5000)
print(f(4500))
def mutual_a(n): return n and mutual_b(n - 1)
def mutual_b(n): return n and mutual_a(n - 1)
print(mutual_a(4000))
class A:
    def __init__(self, n): self.child = A(n - 1) if n else None
    def depth(self): return 1 + self.child.depth() if self.child else 0
    def __getattr__(self, n): return self.nope
print(A(500).depth())
try: A(0).x
except RecursionError: print("getattr RecursionError")
class P:
    @property
    def p(self): return self.p
    def __add__(self, o): return self + o
    def __iter__(self): return iter(self)
    def __len__(self): return len(self)
    def __eq__(self, o): return self == o
    def __hash__(self): return hash(self)
    def __call__(self): return self()
    def __getitem__(self, k): return self[k]
    def __str__(self): return str(self)
    def __contains__(self, x): return x in self
    def __bool__(self): return bool(self)
    def __lt__(self, o): return sorted([self, o])
sys.setrecursionlimit(400)
for name, g in {"property": lambda: P().p, "add": lambda: P() + 1, "iter": lambda: iter(P()), "len": lambda: len(P()), "eq": lambda: P() == P(), "hash": lambda: hash(P()), "call": lambda: P()(), "getitem": lambda: P()[0], "str": lambda: str(P()), "contains": lambda: 1 in P(), "bool": lambda: bool(P()), "sort": lambda: sorted([P(), P()])}.items():
    try: g(); print(name, "finished")
    except RecursionError: print(name, "RecursionError")
def gen(n):
    if n: yield from gen(n - 1)
    yield n
print(sum(gen(100)))
def deep_gen(): yield from deep_gen()
try: next(deep_gen())
except RecursionError: print("generator RecursionError")
def recover(n):
    try: return recover(n + 1)
    except RecursionError: return "recovered"
print(recover(0), f(100))
for bad in (0, -1, "x", 1.5):
    try: sys.setrecursionlimit(bad)
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
ack = lambda m, n: n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 3), (lambda g: g(g, 10))(lambda s, n: 1 if n < 2 else n * s(s, n - 1)))
