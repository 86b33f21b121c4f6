a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, b - a, a <= b, {3} < b, a >= {1}, a > a, a >= a, a == {4, 3, 2, 1}, a != b, a.isdisjoint({9}), a.issubset(range(10)), a.issuperset([1]))
print(a.union([7], (8,)), a.intersection([1, 2], {2}), a.difference([1], [2]), a.symmetric_difference([1, 100]), a.copy() == a, a.copy() is a, len(a), 3 in a, 9 not in a, a.union(), a.intersection())
c = set(a)
c.add(10); c.add(1); c.discard(99); c.discard(1); c.remove(2)
print(sorted(c), c.pop() in {3, 4, 10}, len(c))
c |= {1, 2}; c &= {1, 2, 3}; c -= {1}; c ^= {2, 7}
print(sorted(c))
c.update([5], {6}, "a"); c.intersection_update({5, 6, 7}); c.difference_update([5]); c.symmetric_difference_update([6, 8])
print(sorted(c), set(), {*()}, bool(set()), set("aab") == {"a", "b"}, {1, True, 1.0}, {0, False}, frozenset([1, 2]), frozenset(), set([1]), set(range(3)), {x % 3 for x in range(10)})
f = frozenset({1, 2})
print(f | {3}, {3} | f == {1, 2, 3}, type(f | {3}).__name__, type({3} | f).__name__, f == {1, 2}, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset([1, 2])], {1, 2} in {f}, f.copy() is f, frozenset(f) is f, f & f, f - {1}, f ^ {1, 3}, {frozenset({1}), frozenset({1})})
for g in (lambda: {[]}, lambda: {1} | [1], lambda: {1} + {2}, lambda: set().pop(), lambda: {1}.remove(5), lambda: f.add(1), lambda: hash({1}), lambda: set(5), lambda: {1} < [1], lambda: {1}.union(5), lambda: {1}[0], lambda: set(1, 2), lambda: {1} - [1], lambda: {1}.add(), lambda: {1}.add({}), lambda: {1}.remove([]), lambda: {1} & "a", lambda: frozenset([[]]), lambda: {1}.foo, lambda: set(a=1)):
    try:
        print(g())
    except (TypeError, KeyError, AttributeError) as e:
        print(type(e).__name__, e)
s = {1}
t = s
t |= {2}
print(s, t is s)
u = frozenset({1})
v = u
v |= {2}
print(u, v, {1} <= {1, 2} < {1, 2, 3}, {1} < {2}, {2} < {1}, sorted({3, 1, 2}, reverse=True), max({1, 5}), sum({1, 2}))
