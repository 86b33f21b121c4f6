# Dynamic programming over two strings, row by row.
def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            if x == y:
                current.append(previous[j - 1])
            else:
                current.append(1 + min(previous[j - 1], previous[j], current[-1]))
        previous = current
    return previous[-1]


def text(n, seed):
    out = []
    for _ in range(n):
        seed = (seed * 69069 + 1) % 4294967296
        out.append("abcdefgh"[seed >> 29])
    return "".join(out)


print(distance(text(1500, 1), text(1200, 2)))
