# Closures: cells read and written, functions made in loops, higher-order functions.
def counter():
    n = 0

    def up(by):
        nonlocal n
        n += by
        return n

    return up


def compose(f, g):
    return lambda x: f(g(x))


def run(n):
    up = counter()
    add = [lambda x, i=i: x + i for i in range(4)]
    chain = compose(compose(add[1], add[2]), add[3])
    total = 0
    for i in range(n):
        total += up(i & 7) & 15
        total += chain(i)
        f = lambda v: v + total
        total = f(1) & 0xFFFFFF
    return total, up(0), sum(map(lambda v: v * 2, range(n)))


print(*run(500000))
