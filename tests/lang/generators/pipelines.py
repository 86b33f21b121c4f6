def count(start=0):
    while True:
        yield start
        start += 1
def take(n, it):
    for _, x in zip(range(n), it):
        yield x
def primes():
    numbers = count(2)
    while True:
        p = next(numbers)
        yield p
        numbers = filter(lambda n, p=p: n % p, numbers)
print(list(take(15, primes())))
def fib(a=0, b=1):
    while True:
        yield a
        a, b = b, a + b
print(list(take(10, fib())), next(x for x in fib() if x > 10**12))
def flatten(x):
    if isinstance(x, list):
        for i in x:
            yield from flatten(i)
    else:
        yield x
print(list(flatten([1, [2, [3, [], [4]], 5], [[6]]])))
def permutations(items):
    if not items:
        yield ()
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (x, *rest)
print([*permutations("abc")], len(list(permutations([*range(5)]))))
def windows(it, n):
    window = []
    for x in it:
        window.append(x)
        if len(window) == n:
            yield tuple(window)
            del window[0]
print(list(windows(range(5), 3)))
def averager():
    total = n = 0
    average = None
    while True:
        total += yield average
        n += 1
        average = total / n
a = averager(); next(a)
print(a.send(10), a.send(20), a.send(3))
class Tree:
    def __init__(self, v, l=None, r=None): self.v, self.l, self.r = v, l, r
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6, Tree(5)))))
def interleave(*its):
    its = list(map(iter, its))
    while its:
        for it in its[:]:
            try: yield next(it)
            except StopIteration: its.remove(it)
print(*interleave("abc", [1], range(10, 14)))
g = (lambda: [(yield 1), (yield 2)])()
print(next(g), g.send("a"), end=" ")
try: g.send("b")
except StopIteration as e: print(e.value)
