a = [3, 1, 2]
a.append(4); a.extend("ab"); a.extend(x for x in (5,)); a.insert(0, "first"); a.insert(-1, "before last"); a.insert(100, "end"); a.insert(-100, "start")
print(a, len(a), a.pop(), a.pop(0), a.pop(-2), a)
a.remove("a"); a.reverse()
print(a, a.index(3), a.count(4), a.copy() == a, a.copy() is a, 3 in a, "zz" in a)
print([1, 2] + [3], [0] * 3, 2 * [1, 2], [] * 5, [1] * -1, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 9], [1, "a"] == [1, "b"], [1, 2] != (1, 2))
b = [1, 2, 3, 1]
print(b.index(1, 1), b.index(1, -1), b.index(2, 0, 2), b.count(1), list(range(3)), list("ab"), list({1: 2}), list(()), list([*b]))
b.clear(); print(b, bool(b)); b += "xy"; b *= 2; print(b); del b[0]; del b[1:]; print(b)
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1][3], lambda: [1].insert("a", 1), lambda: [1]["a"], lambda: [] + (), lambda: [1] + 1, lambda: [1] * "a", lambda: [1] * 1.5, lambda: [1] < 1, lambda: [1] < ["a"], lambda: [1].append(), lambda: [1].append(1, 2), lambda: [1].extend(5), lambda: list(5), lambda: list(1, 2), lambda: hash([]), lambda: [1].foo, lambda: [1].__setitem__(5, 1), lambda: [].__delitem__(0), lambda: [1].index(1, "a"), lambda: [1].pop("a"), lambda: [1].copy(1), lambda: list(a=1), lambda: [1].sort(1), lambda: [1].count()):
    try:
        print(f())
    except (IndexError, TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
a = [1, 2, 3]
b = a
a += [4]
print(b, a is b)
a = a + [5]
print(b, a is b, a.__len__(), a.__contains__(5), a.__add__([6]), a.__mul__(2), a.__eq__(1), a.__iadd__((7,)), a)
