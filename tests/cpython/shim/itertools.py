# itertools for the tests, in Python. Coil has none of its own yet; when it has, this file goes.
import operator


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    saved = list(iterable)
    while saved:
        yield from saved


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def accumulate(iterable, func=operator.add, *, initial=None):
    it = iter(iterable)
    total = initial
    if initial is None:
        for total in it:
            break
        else:
            return
    yield total
    for element in it:
        total = func(total, element)
        yield total


class chain:
    def __init__(self, *iterables): self.it = (x for i in iterables for x in i)
    @classmethod
    def from_iterable(cls, iterables):
        new = cls()
        new.it = (x for i in iterables for x in i)
        return new
    def __iter__(self): return self
    def __next__(self): return next(self.it)


def compress(data, selectors): return (d for d, s in zip(data, selectors) if s)


def dropwhile(predicate, iterable):
    it = iter(iterable)
    for x in it:
        if not predicate(x):
            yield x
            break
    yield from it


def takewhile(predicate, iterable):
    for x in iterable:
        if not predicate(x):
            return
        yield x


def filterfalse(predicate, iterable): return (x for x in iterable if not (predicate(x) if predicate else x))
def starmap(function, iterable): return (function(*args) for args in iterable)


def islice(iterable, *args):
    s = slice(*args)
    start, stop, step = s.start or 0, s.stop, s.step or 1
    if stop is not None and stop <= start:
        return
    for i, x in enumerate(iterable):
        if i >= start and (i - start) % step == 0:
            yield x
        if stop is not None and i + 1 >= stop:
            return


def pairwise(iterable):
    it = iter(iterable)
    for previous in it:
        for x in it:
            yield previous, x
            previous = x


def tee(iterable, n=2):
    it, queues = iter(iterable), [[] for _ in range(n)]

    def one(queue):
        while True:
            if not queue:
                try:
                    x = next(it)
                except StopIteration:
                    return
                for q in queues:
                    q.append(x)
            yield queue.pop(0)
    return tuple(one(q) for q in queues)


def zip_longest(*iterables, fillvalue=None):
    its, end = [iter(i) for i in iterables], object()
    while True:
        row = [next(it, end) for it in its]
        if all(x is end for x in row):
            return
        yield tuple(fillvalue if x is end else x for x in row)


def product(*iterables, repeat=1):
    result = [()]
    for pool in [tuple(i) for i in iterables] * repeat:
        result = [x + (y,) for x in result for y in pool]
    yield from result


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    for indices in product(range(len(pool)), repeat=r):
        if len(set(indices)) == r:
            yield tuple(pool[i] for i in indices)


def combinations(iterable, r):
    pool = tuple(iterable)
    indices = list(range(r))
    while r <= len(pool):
        yield tuple([pool[i] for i in indices])
        for i in reversed(range(r)):
            if indices[i] != i + len(pool) - r:
                break
        else:
            return
        indices[i:] = range(indices[i] + 1, indices[i] + 1 + r - i)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    for indices in product(range(len(pool)), repeat=r):
        if list(indices) == sorted(indices):
            yield tuple(pool[i] for i in indices)


def groupby(iterable, key=None):
    group, last, end = [], None, object()
    last = end
    for x in iterable:
        k = x if key is None else key(x)
        if last is not end and k != last:
            yield last, iter(group)
            group = []
        group.append(x)
        last = k
    if last is not end:
        yield last, iter(group)
