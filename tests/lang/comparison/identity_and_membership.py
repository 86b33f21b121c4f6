a = [1, 2]
b = a
c = [1, 2]
print(a is b, a is c, a is not c, a == c, id(a) == id(b), id(a) != id(c), None is None, (a is b) is True)
class C:
    def __contains__(self, x): return x
class I:
    def __iter__(self): return iter([1, 2, 3])
class G:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 10
class N:
    __contains__ = None
    def __iter__(self): return iter([1])
print(5 in C(), 0 in C(), "" not in C(), 2 in I(), 9 in I(), 20 in G(), 25 in G())
for x in (N(), object(), 5, None):
    try:
        1 in x
    except TypeError as e:
        print(e)
print(1 in [1.0], "a" in {"a": 1}, 1 in {1: "v"}, "v" in {1: "v"}, "v" in {1: "v"}.values(), "bc" in "abcd", "" in "", None in [None], float("nan") in [float("nan")], 3 in range(5), 3.5 in range(5), (1, 2) in [(1, 2)], [] in [[]], b"b" in b"abc", 97 in b"abc", 1 in (x for x in [1, 2]), {1} in [frozenset({1})])
g = (x for x in range(10))
print(3 in g, next(g), 2 in g, list(g))
class E:
    def __eq__(self, o): print("eq called"); return False
e = E()
print(e in [e], [e].count(e), [e].index(e), e in (e,), e in {1: e}.values())
print(1 not in [], not 1 in [1], (1 in [1]) in [True], 1 in [1] in [[1]])
x = 257
y = 257
print(x == y, x is x, "ab" == "a" + "b", () is (), True is (1 == 1), type(5) is int)
def f(): pass
print(f is f, f == f, [].append == [].append, a.append == a.append, a.append == b.append, len is len, C.__contains__ is C.__contains__, C().__contains__ == C().__contains__)
