data = [("b", 2), ("a", 3), ("b", 1), ("a", 1), ("c", 0)]
print(sorted(data), sorted(data, key=lambda p: p[0]), sorted(data, key=lambda p: p[1], reverse=True), sorted(data, key=lambda p: -ord(p[0])))
print(sorted("hello World"), sorted([3, 1, 2], reverse=True), sorted({3: "c", 1: "a"}), sorted([]), sorted([True, 0, 2.5, -1]), sorted(["b", "B", "a"], key=str.lower), sorted([[2], [1, 5], [1]]))
a = [5, 2, 9, 1]
print(a.sort(), a, a.sort(reverse=True), a)
n = [(i * 7919) % 1000 for i in range(1000)]
s = sorted(n)
print(s[:5], s[-5:], s == list(range(1000)), sorted(n, reverse=True)[:3], sorted(n, key=lambda x: x % 10)[:6], sorted(n, key=lambda x: (x % 10, -x))[:4])
stable = sorted(range(200), key=lambda x: x // 50)
print(stable == list(range(200)), sorted(range(10), key=lambda x: 0, reverse=True))
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
print(calls)
words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words, key=len), sorted(words, key=lambda w: (len(w), w)), sorted(set(words)), max(words, key=len), min(words, key=len))
m = [0.5, -1, 10**20, 2**62, -2**63, 1e10, 3]
print(sorted(m), sorted(m, key=abs), sorted(m, key=lambda v: -v)[:2])
for f in (lambda: sorted([1, "a"]), lambda: sorted([1j, 2j]), lambda: sorted(5), lambda: sorted([1], key=5), lambda: sorted([[1], [None], [2]]), lambda: sorted([3, 2], lambda x: x), lambda: sorted(), lambda: [1].sort(foo=1), lambda: sorted([None, None]), lambda: sorted([1, 2], key=lambda: 1), lambda: sorted([1], reverse="x") and sorted([2, 1], reverse=None)):
    try:
        print(f())
    except TypeError as e:
        print(e)
