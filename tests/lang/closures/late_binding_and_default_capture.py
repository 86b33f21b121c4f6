fs = []
for i in range(3):
    def f(): return i
    def g(i=i): return i
    fs.append((f, g))
print([(f(), g()) for f, g in fs])
i = "changed"
print([f() for f, g in fs])
def make():
    fs = []
    for i in range(3):
        def f(): return i
        def bind(i): return lambda: i
        fs.append((f, bind(i)))
    return fs
print([(f(), g()) for f, g in make()], [f() for f in [lambda: x for x in range(3)]], [f() for f in [(lambda x: lambda: x)(x) for x in range(3)]])
def while_loop():
    r, n = [], 0
    while n < 3:
        r.append(lambda: n)
        n += 1
    return [f() for f in r]
print(while_loop())
def swap():
    a, b = 1, 2
    get = lambda: (a, b)
    a, b = b, a
    return get()
print(swap())
def reassigned_parameter(x):
    before = lambda: x
    x = x * 2
    after = lambda: x
    return before(), after()
print(reassigned_parameter(5))
def comprehension_cell():
    x = 10
    return [x + y for y in range(3)], (lambda: [x * z for z in (1, 2)])(), {k: (lambda: k + x)() for k in range(2)}
print(comprehension_cell())
def mutual():
    def even(n): return n == 0 or odd(n - 1)
    def odd(n): return n != 0 and even(n - 1)
    return even(10), odd(7)
print(mutual())
def accumulator():
    total = 0
    while True:
        def add(x):
            nonlocal total
            total += x
            return total
        yield add
g = accumulator(); a = next(g); b = next(g)
print(a(1), b(10), a(100))
