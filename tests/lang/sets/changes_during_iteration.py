s = {1, 2, 3}
for change in ("s.add(99)", "s.discard(1)", "s.clear()", "s.pop()"):
    s = {1, 2, 3}
    try:
        for x in s:
            exec(change)
        print(change, "unnoticed")
    except RuntimeError as e:
        print(change, e)
s = {5}
for x in s:
    s.add(5)
    s.discard(77)
print(s)
class Sub(set):
    def add(self, x):
        super().add(x * 2)
t = Sub([1])
t.add(5)
print(t == {1, 10}, type(t | {1}).__name__, type(t.copy()).__name__, t, Sub({1}) == {1}, repr(Sub()), isinstance(t, set))
class FS(frozenset):
    pass
print(FS([1]), FS([1]) == {1}, hash(FS([1])) == hash(frozenset([1])), type(FS([1]) | {2}).__name__)
a = set(range(1000))
b = set(range(500, 1500))
print(len(a & b), len(a | b), len(a - b), len(a ^ b), sum(a & b), a.isdisjoint(range(1000, 2000)), set(range(10)) <= a)
for i in range(0, 1000, 2):
    a.remove(i)
print(len(a), sorted(a)[:5], 4 in a, 5 in a)
for i in range(500):
    a.add(i)
print(len(a), 4 in a)
x = {(1, 2), "s", None, 2.5, frozenset({3}), b"b", True}
print(len(x), (1, 2) in x, None in x, 1 in x, frozenset([3]) in x, {3} in x, "S".lower() in x)
print(set([1, 2]).__eq__([1, 2]), {1}.__or__([1]), {1}.__contains__(1), set.union({1}, {2}), set().union(*[{1}, {2}, {3}]), {1: 2}.keys() | {3}, {1}.__len__())
one = {1}
one.update(one); one |= one; one -= {2}; print(one)
one -= one
print(one, one.difference(one), {1}.symmetric_difference({1}))
