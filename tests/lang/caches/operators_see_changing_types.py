def add(a, b): return a + b
def less(a, b): return a < b
def item(a, i): return a[i]
def neg(a): return -a
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return f"V{self.v}+{o}"
    def __radd__(self, o): return f"{o}+V{self.v}"
    def __lt__(self, o): return "lt"
    def __gt__(self, o): return "gt"
    def __getitem__(self, i): return f"item {i}"
    def __neg__(self): return "neg"
pairs = [(1, 2), (1.5, 2.5), ("a", "b"), ([1], [2]), ((1,), (2,)), (1, 2.5), (2.5, 1), (2**62, 2**62), (2**61, 2**61), (True, 1), (1j, 1), (V(1), 5), (5, V(2)), (b"a", b"b"), (1, 2)]
for _ in range(2):
    for a, b in pairs:
        r = add(a, b)
        print(r, end=" | ")
    print()
for a, b in pairs * 2:
    try: print(less(a, b), end=" ")
    except TypeError as e: print("TypeError", end=" ")
print()
for c, i in [([1, 2], 0), ((1, 2), 1), ("ab", 1), ({0: "d"}, 0), (range(5), 3), (b"ab", 0), (V(1), 9), ([1, 2], -1), ({"k": 1}, "k"), ([1, 2], True), ("é€", 1), (bytearray(b"x"), 0), ([3], 0)] * 2: print(item(c, i), end=" ")
print()
for x in [1, 1.5, True, 2**62, -(2**62), 1j, V(1), 0, 0.0, 1] * 2: print(neg(x), end=" ")
print()
x = 2**62 - 3
for i in range(6):
    x = add(x, 1)
print(x)
acc = 0
for v in [1, 2.5, 3, 1j, True]: acc = add(acc, v)
print(acc)
acc = 1
for i in range(1, 40): acc = acc * i
print(acc)
acc = 10.0
for d in (3, 3.0, True, 2**70): acc = acc / d
print(acc)
for a, b in [(1, "a"), ([], 1), (None, 1), (1, 2), ("a", 1), (1.5, 2)]:
    try: print(add(a, b))
    except TypeError as e: print(e)
