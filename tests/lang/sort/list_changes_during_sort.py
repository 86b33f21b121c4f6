a = [3, 1, 2]
def key(x):
    a.append(x)
    return x
try:
    a.sort(key=key)
except ValueError as e:
    print(e)
print(sorted(a))
b = [3, 1, 2]
seen = []
b.sort(key=lambda x: seen.append(len(b)) or x)
print(b, seen)
class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        seen.append(list(c))
        return self.v < o.v
seen.clear()
c = [C(2), C(1)]
c.sort()
print([x.v for x in c], seen)
d = [2, 1]
def clear_key(x):
    d.clear()
    return x
d.sort(key=clear_key)
print(d)
e = [5, 4, 3]
try:
    e.sort(key=lambda x: 1 // (x - 4))
except ZeroDivisionError as err:
    print(err, e)
try:
    [1, "a", 2].sort()
except TypeError as err:
    print(err)
mixed = [3, "b", 1]
try:
    mixed.sort()
except TypeError as err:
    print(err, sorted(map(str, mixed)))
nested = sorted([3, 1, 2], key=lambda x: sorted([x, 2, 0], reverse=True)[0])
print(nested, sorted(sorted([2, 1]), key=lambda v: -v))
