log = []
def d(name):
    log.append(f"make {name}")
    def deco(f):
        log.append(f"apply {name}")
        f.tags = getattr(f, "tags", []) + [name]
        return f
    return deco
@d("outer")
@d("inner")
def f(x=log.append("default")): return 1
print(log, f.tags)
@lambda f: f()
def value(): return "replaced by result"
print(value)
registry = {}
class Reg:
    def __getitem__(self, k): return lambda f: registry.setdefault(k, f)
    attr = staticmethod(lambda f: ("attr", f.__name__))
r = Reg()
@r["key"]
def by_item(): return "item"
@r.attr
def by_attr(): pass
@(lambda f: (f, f))
def pair(): pass
@[lambda f: "from list"][0]
def listed(): pass
@(x := lambda f: "walrus")
def w(): pass
print(registry["key"](), by_attr, pair[0] is pair[1], listed, w)
@d("class")
class C:
    @staticmethod
    @d("method")
    def m(): return C.tags
print(C.m(), C.m.tags)
def memo(f):
    cache = {}
    def wrapper(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    wrapper.cache = cache
    return wrapper
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(90), len(fib.cache), fib.__name__)
class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
    def __get__(self, obj, cls): return self if obj is None else (lambda *a: self(obj, *a))
@Count
def add(a, b): return a + b
print(add(1, 2), add(3, 4), add.n)
class M:
    @Count
    def m(self, x): return x * 2
print(M().m(4), M.m.n)
try:
    @5
    def bad(): pass
except TypeError as e:
    print(e)
try:
    @undefined
    def bad(): pass
except NameError as e:
    print(e)
def retry(times):
    def deco(f):
        def run(*a, **k):
            for i in range(times):
                try: return f(i, *a, **k)
                except ValueError as e: last = e
            raise last
        return run
    return deco
@retry(3)
def flaky(i, need):
    if i < need: raise ValueError(f"attempt {i}")
    return f"worked at {i}"
print(flaky(2))
try: flaky(5)
except ValueError as e: print(e)
@property
def p(self): pass
print(type(p).__name__, type(staticmethod(len)).__name__, staticmethod(len)("ab"))
