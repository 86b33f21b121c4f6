# Endless recursion through every road from Python into itself: each ends in RecursionError (or an error of its own).
import sys

sys.setrecursionlimit(1000000)


class Loop:
    def __getattr__(self, name): return getattr(self, name + "x") if len(name) < 10**6 else 1
    def __add__(self, other): return self + other
    def __eq__(self, other): return self == other
    def __hash__(self): return hash(self)
    def __repr__(self): return repr(self)
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __call__(self): return self()
    def __getitem__(self, k): return self[k]
    def __contains__(self, k): return k in self
    def __lt__(self, other): return max(self, other)
    def __bool__(self): return not self
    def __format__(self, spec): return f"{self}"
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    @property
    def p(self): return self.p


def plain(): return plain()
def by_key(): return sorted([1, 2], key=lambda x: by_key())
def by_map(): return list(map(lambda x: by_map(), [1]))
def by_generator(): yield from by_generator()
def by_comprehension(): return [by_comprehension() for _ in [1]]
def by_exec(): exec("by_exec()", globals())
def by_star(): return by_star(*[])
def by_init():
    class A:
        def __init__(self): A()
    A()
def by_except():
    try: by_except()
    finally: 1
def by_format(): return "{}".format(Loop())
def by_join(): return ",".join(str(Loop()) for _ in [1])
def by_class():
    class B: x = by_class()
async def by_await(): await by_await()


x = Loop()
roads = [plain, by_key, by_map, lambda: next(by_generator()), by_comprehension, by_exec, by_star, by_init, by_except,
         by_format, by_join, by_class, lambda: by_await().send(None), lambda: x + 1, lambda: x == 1, lambda: hash(x), lambda: repr(x), lambda: len(x),
         lambda: iter(x), x, lambda: x[0], lambda: 1 in x, lambda: x < x, lambda: bool(x), lambda: f"{x}", x.__enter__, lambda: x.p]
for road in roads:
    try:
        road()
    except (RecursionError, MemoryError, TypeError):
        pass
print("finished")
