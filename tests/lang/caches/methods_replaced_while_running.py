class A:
    def m(self): return "first"
    def n(self): return "n"
class B(A): pass
def call(o): return o.m()
a, b = A(), B()
print([call(a), call(b), call(a)])
A.m = lambda self: "second"
print([call(a), call(b)])
B.m = lambda self: "B's own"
print([call(a), call(b)])
del B.m
print([call(a), call(b)])
b.m = lambda: "instance function"
print([call(a), call(b)])
del b.m
print(call(b))
A.m = classmethod(lambda cls: cls.__name__)
print([call(a), call(b)])
A.m = staticmethod(lambda: "static")
print([call(a), call(b)])
A.m = property(lambda self: lambda: "from a property")
print([call(a), call(b)])
class Callable:
    def __call__(self): return "callable object, not bound"
A.m = Callable()
print([call(a), call(b)])
A.m = 5
try: call(a)
except TypeError as e: print(e)
del A.m
try: call(a)
except AttributeError as e: print(e)
def change_inside(o):
    out = []
    for i in range(6):
        out.append(o.n())
        if i == 2: A.n = lambda self: f"replaced at {i}"
        if i == 4: type(o).n = lambda self: "on the subclass"
    return out
print(change_inside(b), change_inside(a))
class X: pass
class Y:
    def m(self): return "Y.m"
x = X()
x.__class__ = Y
print(call(x))
B.__bases__ = (Y,)
print(call(b))
print([call(o) for o in (Y(), b, x, Y())])
