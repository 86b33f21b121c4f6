class K:
    count = 0
    def __init__(self, v): self.v = v
    def __lt__(self, other):
        K.count += 1
        return self.v < other.v
    def __repr__(self): return f"K{self.v}"
print(sorted([K(3), K(1), K(2)]), sorted([K(3), K(1), K(2)], reverse=True), min(K(2), K(1)))
try:
    max(K(1), K(2)).v
    print("max works by reflection")
except TypeError as e:
    print(e)
K.count = 0
sorted([K(i) for i in range(100)])
print(K.count)
K.count = 0
sorted([K(i) for i in range(100, 0, -1)])
print(K.count)
class G:
    def __init__(self, v): self.v = v
    def __gt__(self, other): return self.v > other.v
    def __repr__(self): return f"G{self.v}"
print(sorted([G(2), G(1)]))
class N:
    pass
try:
    sorted([N(), N()])
except TypeError as e:
    print(e)
class R:
    def __lt__(self, other): raise ValueError("no order")
a = [R(), R()]
try:
    a.sort()
except ValueError as e:
    print(e, len(a))
class Truthy:
    def __lt__(self, other): return [1]
print(len(sorted([Truthy(), Truthy(), Truthy()])))
