# Generators: plain loops, pipelines, delegation, send.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def squares(source):
    for x in source:
        yield x * x


def odd(source):
    for x in source:
        if x & 1:
            yield x


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def accumulate():
    total = 0
    while True:
        total += yield total


def run(n):
    total = sum(odd(squares(count(n))))
    total += sum(tree(16))
    adder = accumulate()
    next(adder)
    for i in range(n):
        last = adder.send(i)
    return total, last, sum(x for x in count(n) if x % 3)


print(*run(800000))
