class E:
    def __init__(self, n, log): self.n, self.log = n, log
    def __eq__(self, other):
        self.log.append((self.n, getattr(other, "n", other)))
        return isinstance(other, E) and self.n == other.n
    def __repr__(self): return f"E{self.n}"
log = []
a, b, c = E(1, log), E(2, log), E(1, log)
print([a, b] == [c, b], log); log.clear()
print([a] == [a], log); log.clear()
print([a, b] == [a], log); log.clear()
print(b in [a, b, c], log); log.clear()
print([a, b].index(b), log); log.clear()
print([a, b, c].count(a), log); log.clear()
x = [a, b, c]
x.remove(c)
print(x, log); log.clear()
print([a, 5] < [c, 6], log); log.clear()
print((a, b) == (c, b), {1: a} == {1: c}, log); log.clear()
class Evil:
    def __init__(self, target): self.target = target
    def __eq__(self, other):
        self.target.clear()
        return False
t = []
t.extend([1, Evil(t), 3, 4])
print(7 in t, t)
t.extend([1, Evil(t), 3])
try:
    print(t.index(9))
except ValueError as e:
    print(e, t)
t.extend([Evil(t), 2])
try:
    t.remove(2)
except ValueError as e:
    print(e, t)
class Raises:
    def __eq__(self, other): raise ZeroDivisionError("eq")
try:
    5 in [Raises()]
except ZeroDivisionError as e:
    print(e)
class NB:
    def __eq__(self, other): return NB2()
class NB2:
    def __bool__(self): print("bool asked"); return True
print(NB() in [5], [NB()] == [1])
