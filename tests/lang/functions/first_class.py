def twice(f): return lambda x: f(f(x))
def compose(*fs):
    def composed(x):
        for f in reversed(fs): x = f(x)
        return x
    return composed
print(twice(twice(lambda x: x + 1))(0), compose(str, lambda x: x * 2, int)("21"), [f.__name__ for f in (twice, compose, len, str.upper)], {len: 1}[len], twice == twice, twice is twice, callable(twice), callable(5), callable(int), callable(lambda: 1))
def counter():
    counter.calls += 1
    return counter.calls
counter.calls = 0
print(counter(), counter(), counter.calls, vars(counter))
table = {"+": lambda a, b: a + b, "max": max, "pow": pow}
print([table[k](2, 5) for k in table], list(map(int.__add__, [1, 2], [3, 4])), (5).__add__(6), [].append.__name__, str.join(",", "ab"), list(map(str.upper, "ab")), [m() for m in ("a".upper, "B".lower)], print.__name__, len.__doc__ is not None)
bound = [].append
bound(1); bound(2)
print(bound.__self__, type(bound).__name__, type(len).__name__, type(str.upper).__name__, type("".upper).__name__, type(twice).__name__, type(lambda: 0).__name__)
def recursive_default(n, memo={0: 0, 1: 1}):
    if n not in memo: memo[n] = recursive_default(n - 1) + recursive_default(n - 2)
    return memo[n]
print(recursive_default(80))
def outer():
    def a(): return b()
    def b(): return "b from a"
    return a()
print(outer(), (lambda f: f(f))(lambda f: "self application"), (lambda *fs: [f() for f in fs])(*[lambda i=i: i for i in range(3)]))
def returns_nothing(): pass
def bare_return(): return
print(returns_nothing(), bare_return(), (lambda: None)())
def conditional(flag):
    if flag:
        def f(): return "then"
    else:
        def f(): return "else"
    return f()
print(conditional(1), conditional(0))
def f(): return 1
g = f
def f(): return 2
print(f(), g(), f.__name__, g.__name__)
def returns_many(): return 1, *[2, 3], 4
print(returns_many())
