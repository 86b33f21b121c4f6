# The built-in sort: ints, floats, strings, tuples, keys, presorted runs.
def numbers(n):
    x = 42
    for _ in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        yield x


def run(n):
    ints = list(numbers(n))
    total = 0
    for _ in range(3):
        a = sorted(ints)
        total += a[n // 2]
        total += sorted(ints, reverse=True)[n // 3]
        total += sorted(a)[5]
    floats = [x / 7 for x in ints]
    texts = [str(x) for x in ints]
    pairs = [(x % 100, y) for x, y in zip(ints, texts)]
    total += int(sorted(floats)[n // 2]) + int(sorted(texts)[n // 2]) + sorted(pairs)[n // 2][0]
    total += sorted(ints, key=lambda v: v % 1000)[n // 2]
    texts.sort(key=len)
    return total, texts[0], texts[-1]


print(*run(70000))
