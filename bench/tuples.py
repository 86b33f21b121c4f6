# Packing, unpacking and comparing tuples, functions that return several values.
def minmax(a, b):
    return (a, b) if a < b else (b, a)


def rotate(triple):
    a, b, c = triple
    return b, c, a


def run(n):
    t, total = (1, 2, 3), 0
    points = [(i % 17, i % 23) for i in range(200)]
    for i in range(n):
        t = rotate(t)
        low, high = minmax(t[0], i & 3)
        total += high - low
        (x, y), z = points[i % 200], i
        if (x, y) > (8, 11):
            total += x
        a, *rest = t
        total += rest[0]
    return total, t


print(*run(800000))
