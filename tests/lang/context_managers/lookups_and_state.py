class Meta(type):
    def __getattribute__(cls, n):
        log.append(n)
        return super().__getattribute__(n)
log = []
class C:
    @property
    def __enter__(self): log.append("enter property"); return lambda: "entered"
    @property
    def __exit__(self): log.append("exit property"); return lambda *a: log.append(len(a))
with C() as v: log.append(v)
print(log)
class Timer:
    depth = 0
    def __enter__(self):
        Timer.depth += 1
        return self
    def __exit__(self, *a):
        Timer.depth -= 1
t = Timer()
with t:
    with t as u:
        print(Timer.depth, u is t)
print(Timer.depth)
class Stack:
    def __init__(self): self.callbacks = []
    def push(self, f, *a): self.callbacks.append((f, a)); return f
    def __enter__(self): return self
    def __exit__(self, *exc):
        while self.callbacks:
            f, a = self.callbacks.pop()
            f(*a)
with Stack() as s:
    for i in range(3): s.push(print, "callback", i)
    print("body")
def contextmanager(f):
    class CM:
        def __init__(self, *a): self.g = f(*a)
        def __enter__(self): return next(self.g)
        def __exit__(self, kind, value, tb):
            if kind is None:
                next(self.g, None)
                return False
            try:
                self.g.throw(value)
            except StopIteration: return True
            except BaseException as e:
                if e is value: return False
                raise
    return CM
@contextmanager
def tag(name):
    print(f"<{name}>")
    try: yield name.upper()
    except ValueError as e: print("handled", e)
    finally: print(f"</{name}>")
with tag("a") as x: print(x)
with tag("b"): raise ValueError("v")
try:
    with tag("c"), tag("d"): raise KeyError("k")
except KeyError as e: print(e, e.__context__)
class Exc:
    def __enter__(self): return self
    def __exit__(self, kind, value, tb):
        self.info = kind.__name__, value.args, type(tb).__name__, tb.tb_lineno > 0
        return True
e = Exc()
with e: raise OSError(1, "two")
print(e.info)
x = [0]
with Stack() as x[0]: print(type(x[0]).__name__)
import sys
class See:
    def __enter__(self): pass
    def __exit__(self, *a): print(sys.exc_info()[0] and sys.exc_info()[0].__name__); return True
with See(): raise TypeError
with See(): pass
print(sys.exc_info()[0])
