# Slices of lists replaced by lists: another one, the list itself, parts of it, subclasses with iterators of their own, and what is no list.
class Counted(list):
    def __iter__(self):
        return iter(['own', 'iterator'])


class Grown(list):
    def __iter__(self):
        target.append('grown')
        yield 'g'


def attempt(change):
    items = list(range(8))
    try:
        change(items)
    except (TypeError, ValueError) as error:
        return f'{type(error).__name__}: {error}'
    return items


changes = [
    lambda x: x.__setitem__(slice(2, 4), [10, 11, 12, 13]),
    lambda x: x.__setitem__(slice(2, 6), []),
    lambda x: x.__setitem__(slice(None), x),
    lambda x: x.__setitem__(slice(2, 3), x),
    lambda x: x.__setitem__(slice(None, None, -1), x),
    lambda x: x.__setitem__(slice(None, None, 2), x[1::2]),
    lambda x: x.__setitem__(slice(None, None, 2), [1, 2, 3]),
    lambda x: x.__setitem__(slice(1, 3), (5, 6, 7)),
    lambda x: x.__setitem__(slice(1, 3), Counted([1])),
    lambda x: x.__setitem__(slice(1, 3), 5),
    lambda x: x.__setitem__(slice(1, 7, 2), 5),
    lambda x: x.__setitem__(slice(6, 2), [7, 7]),
    lambda x: x.__setitem__(slice(100, 200), ['end']),
]
for change in changes:
    print(attempt(change))


def statements():
    x = list(range(8))
    x[:3] = x[2::-1]
    print(x)
    x[1:2] = other = ['a', 'b']
    other.append('c')
    print(x, other)
    x[::3] = [0] * len(x[::3])
    x[len(x):] = [[]] * 2
    print(x)
    x[-2:] = x[-1]
    print(x, x[5:1], x[1:5:3], x[::-4])


statements()
target = [1, 2, 3]
target[1:2] = Grown()
print(target)
