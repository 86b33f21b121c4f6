# Sets: adding, membership, union, intersection, difference.
def run(n):
    seen, hits = set(), 0
    x = 1
    for _ in range(n):
        x = (x * 75 + 74) % 65537
        if x % 1000 in seen:
            hits += 1
        else:
            seen.add(x % 1000)
    a, b = set(range(0, 3000, 2)), set(range(0, 3000, 3))
    total = 0
    for _ in range(n // 5000):
        total += len(a | b) + len(a & b) + len(a - b) + len(a ^ b)
        c = a.copy()
        c.discard(4)
        total += c < a
    return hits, len(seen), total


print(*run(800000))
