def counter():
    n = 0
    def up(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return up, get
up, get = counter()
print(up(), up(5), get(), counter()[0]())
def late():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    i = 99
    return [f() for f in fs]
print(late())
def unbound():
    def f(): return x
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    x = 1
    print(f())
    del x
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    try:
        x
    except UnboundLocalError as e:
        print(e)
unbound()
def depth():
    a = 1
    def b():
        c = 2
        def d():
            nonlocal a, c
            a += 10; c += 20
            return a + c
        return d() + d()
    return b(), a
print(depth())
def params(x, *args, **kw):
    def f(): return x, args, kw
    x = "changed"
    return f
print(params(1, 2, k=3)())
f = counter()[1]
print(f.__closure__[0].cell_contents, f.__code__.co_freevars, len(counter.__code__.co_cellvars), counter.__closure__, type(f.__closure__[0]).__name__)
f.__closure__[0].cell_contents = 77
print(f())
def shared():
    x = []
    return (lambda v: x.append(v)), (lambda: x)
add, show = shared()
add(1); add(2); print(show())
def loopvar():
    return [(lambda: j)() for j in range(3)], [g() for g in [lambda: k for k in range(3)]]
print(loopvar())
def self_ref():
    def f(n): return 1 if n == 0 else n * f(n - 1)
    return f
print(self_ref()(10))
def args_cells(a, b):
    def inner():
        nonlocal b
        a2 = a
        b = a2 + b
        return b
    inner()
    return inner()
print(args_cells(1, 2))
def exc():
    try:
        raise ValueError("v")
    except ValueError as e:
        f = lambda: e
        print(f())
    try:
        f()
    except NameError as err:
        print(err)
exc()
