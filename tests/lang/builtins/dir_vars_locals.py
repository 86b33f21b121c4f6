class A:
    x = 1
    def m(self): pass
class B(A):
    y = 2
    def __init__(self): self.z = 3
    def __dir__(self): return ["custom", "b", "a"]
b = B()
print(dir(b), [n for n in dir(B) if not n.startswith("__")], [n for n in dir(A()) if not n.startswith("__")], vars(b), sorted(k for k in vars(A) if not k.startswith("__")))
print("append" in dir([]), "real" in dir(5), "__class__" in dir(None), [n for n in dir(type("E", (), {})()) if not n.startswith("__")], "x" in dir(A), "mro" in dir(A), "__mro__" in dir(A))
def f(a):
    b = 1
    return dir(), vars(), locals() == {"a": a, "b": b}
print(f(0))
import math
print("sqrt" in dir(math), "pi" in vars(math), "f" in dir(), "f" in vars() and vars() is globals() and locals() is globals())
class S: __slots__ = ("s",)
for bad in (lambda: vars(5), lambda: vars(S()), lambda: vars(1, 2), lambda: dir(1, 2), lambda: vars([])):
    try: print(bad())
    except TypeError as e: print(e)
class BadDir:
    def __dir__(self): return 5
try: dir(BadDir())
except TypeError as e: print(e)
class T:
    a = 1
    print(sorted(k for k in locals() if not k.startswith("__")), sorted(k for k in vars() if not k.startswith("__")), [k for k in dir() if not k.startswith("__")])
    b = 2
