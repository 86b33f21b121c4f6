# A range that a loop goes through keeps its step where other iterators keep their kind.
for step in range(1, 9):
    seen = []
    for i in range(0, 20, step):
        seen.append(i)
    print(step, seen)
pairs = []
for step in (3, 4, 5):
    for (a, b) in [(i, i + step) for i in range(0, 12, step)]:
        pairs.append((a, b))
print(pairs)
