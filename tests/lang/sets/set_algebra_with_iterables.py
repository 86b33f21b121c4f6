a = {1, 2, 3}
print(sorted(a.union([3, 4], (5,), {6: 0}, "x" if False else [7])), sorted(a.intersection(range(2, 10))), sorted(a.difference([1], [9])), sorted(a.symmetric_difference([3, 4])), a.issubset([1, 2, 3, 4]), a.issuperset(()), a.isdisjoint(x for x in (4, 5)))
for op in "|", "&", "-", "^", "<=", "<", ">", ">=":
    for other in ([1], (1,), "a", {1: 2}, None, 1):
        try: print(op, eval(f"a {op} other"))
        except TypeError as e: print(e)
f = frozenset(a)
print(type(a | f).__name__, type(f | a).__name__, a == f, f == a, f <= a, a >= f, hash(f) == hash(frozenset([3, 2, 1])), f & a == a & f, {f, frozenset([1, 2, 3])} == {f}, f - a == frozenset(), not f - a)
b = set(); b |= a; b ^= {1}; b &= {2, 9}; b -= set(); print(b, b is not a)
b.update([1], "", (), {5: 0}); print(sorted(b)); b.difference_update(b); print(b)
c = {1, 2}; c.intersection_update([2, 3], [2]); print(c); c.symmetric_difference_update([2, 2, 5]); print(c)
for bad in (lambda: a.update(5), lambda: a.union(1), lambda: a.__ior__([1]) is NotImplemented and "NotImplemented", lambda: a.add([1]), lambda: a.remove(99), lambda: set([[]]), lambda: {1}.__or__(5), lambda: f.__hash__() == hash(f), lambda: set().pop(), lambda: a.discard([]), lambda: frozenset(5), lambda: [] in a):
    try: print(bad())
    except (TypeError, KeyError) as e: print(type(e).__name__, e)
d = {frozenset({1, 2}): "x"}
print(d[frozenset([2, 1])], {1, 2} in {frozenset({1, 2})}, frozenset({1, 2}) in {frozenset({1, 2})}, set("hello") & set("world") == {"l", "o"}, len(set("mississippi")), sorted(set(range(10)) - set(range(0, 10, 3))), set() == frozenset(), {True, 1, 1.0} == {1}, {0} != {False})
