class contextmanager:
    def __init__(self, f): self.f = f
    def __call__(self, *a): return Manager(self.f(*a))
class Manager:
    def __init__(self, gen): self.gen = gen
    def __enter__(self): return next(self.gen)
    def __exit__(self, kind, value, tb):
        if value is None:
            for _ in self.gen: raise RuntimeError("did not stop")
            return
        try: self.gen.throw(value)
        except StopIteration as e: return e is not value
        except RuntimeError as e:
            if e is value or e.__cause__ is value: return False
            raise
        except BaseException as e:
            if e is value: return False
            raise
        raise RuntimeError("did not stop after throw")
@contextmanager
def simple(x):
    print("enter", x)
    try: yield x * 2
    finally: print("exit", x)
@contextmanager
def swallow(*kinds):
    try: yield
    except kinds as e: print("swallowed", repr(e))
@contextmanager
def replace():
    try: yield
    except Exception as e: raise KeyError("replaced") from e
with simple(1) as a, simple(2) as b: print(a, b)
with swallow(ValueError, KeyError): raise KeyError("k")
try:
    with swallow(ValueError): raise TypeError("through")
except TypeError as e: print(e)
try:
    with replace(): 1 / 0
except KeyError as e: print(e, repr(e.__cause__))
with swallow(StopIteration):
    raise StopIteration("inside the body")
def f():
    with simple("return"):
        for i in range(3):
            with simple(i):
                if i == 1: return "value"
print(f())
try:
    with simple("nested"):
        with swallow(ValueError):
            with simple("inner"): raise OSError("out")
except OSError as e: print(e)
@contextmanager
def twice(): yield 1; yield 2
try:
    with twice(): pass
except RuntimeError as e: print(e)
