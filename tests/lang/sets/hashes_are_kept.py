# Keys that go from a dict or a set to another are not hashed again.
class Counting(int):
    count = 0

    def __hash__(self):
        Counting.count += 1
        return int.__hash__(self)


d = dict.fromkeys(map(Counting, range(10)), 1)
print(Counting.count)
for name, function in (
    ("set", lambda: set(d)), ("frozenset", lambda: frozenset(d)), ("difference", lambda: set(d).difference(d)),
    ("symmetric_difference_update", lambda: set(d).symmetric_difference_update(d)), ("fromkeys of a set", lambda: dict.fromkeys(set(d), 2)),
    ("fromkeys of a dict", lambda: dict.fromkeys(d)), ("intersection", lambda: set(d).intersection(d)), ("dict", lambda: dict(d)),
):
    Counting.count = 0
    print(name, function(), Counting.count)
