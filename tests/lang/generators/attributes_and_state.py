def g(a, b=2):
    "doc of g"
    x = yield a
    yield b
i = g(1)
print(type(i).__name__, i.__name__, i.__qualname__, i.gi_running, i.gi_frame is not None, i.gi_code.co_name, i.gi_yieldfrom, iter(i) is i, hasattr(i, "send"), hasattr(i, "__next__"))
next(i)
def outer():
    yield from i
o = outer(); next(o)
print(o.gi_yieldfrom is i, i.gi_running)
list(i)
print(i.gi_frame, i.gi_running)
i.__name__ = "renamed"
print(i.__name__)
for f in (lambda: setattr(i, "foo", 1), lambda: i(), lambda: len(i), lambda: i[0], lambda: type(i)(), lambda: setattr(i, "__name__", 5), lambda: i.send(), lambda: i.throw(), lambda: next(5), lambda: g(), lambda: i + 1):
    try:
        f()
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
def running():
    print(self.gi_running)
    yield
self = running()
next(self)
print(self.gi_running)
class C:
    def m(self):
        yield self
    @classmethod
    def c(cls): yield cls.__name__
    @staticmethod
    def s(): yield "static"
    def __iter__(self):
        yield 1
        yield 2
c = C()
print(next(c.m()) is c, next(C.c()), next(C.s()), list(c), [*c, *c], c.m().__qualname__, sum(c), dict(zip("ab", c)), 2 in c, max(c))
a, b = C()
print(a, b, bool(c.m()), c.m() == c.m())
