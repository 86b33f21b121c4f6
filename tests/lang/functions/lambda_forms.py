print((lambda: 1)(), (lambda x: x * 2)(3), (lambda x, y=2: x + y)(1), (lambda *a: a)(1, 2), (lambda **k: k)(a=1), (lambda x, /, y, *, z: (x, y, z))(1, 2, z=3), (lambda *, a=1: a)(), (lambda x: lambda y: x + y)(1)(2))
print((lambda: (1, 2))(), [f(2) for f in (lambda x: x, lambda x: x * x)], (lambda x: x if x else "zero")(0), (lambda x: (yield))(1) is not None, sorted([3, 1, 2], key=lambda v: -v), max("abc", key=lambda c: -ord(c)), (lambda a, b=lambda: 5: b())(0))
f = lambda: f
print(f() is f, f.__name__, f.__qualname__)
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(20), (lambda s, n: s(s, n))(lambda s, n: 1 if n < 2 else n * s(s, n - 1), 10))
def outer():
    v = 1
    g = lambda: v
    v = 2
    return g
print(outer()(), outer().__qualname__, list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(filter(lambda x: x % 2, range(6))), (lambda x=(lambda: 7)(): x)())
class C:
    m = lambda self, x: (self.__class__.__name__, x)
    k = lambda: "static"
print(C().m(5), C.k(), C.m.__qualname__)
x = lambda: 1, 2
print(type(x).__name__, len(x), {"f": lambda: 3}["f"](), (lambda a: a)(a=4), (lambda _: _)(6), not (lambda: 0)(), -(lambda: 5)(), (lambda: ...)(), (lambda: [i for i in range(3)])())
for source in ("lambda: yield", "lambda x, x: 1", "lambda x=1, y: 1", "lambda *: 1", "lambda (x): 1", "lambda: pass", "lambda x: y = 1", "lambda **k, a: 1", "lambda 5: 1", "lambda: return 1"):
    try:
        compile(source, "s", "eval")
        print("fine", source)
    except SyntaxError as e:
        print(source, "->", e.msg)
