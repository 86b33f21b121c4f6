class Evil:
    def __init__(self, action): self.action = action
    def __hash__(self): return 1
    def __eq__(self, other):
        action, self.action = self.action, None
        if action: action()
        return False
d = {}
d[Evil(None)] = 1
d[Evil(lambda: d.clear())] = 2
print(len(d))
d = {1: "one"}
e = Evil(lambda: d.update({i: i for i in range(100)}))
print(d.get(e), len(d), d[1], d[50])
d = {1: "one", 2: "two"}
e = Evil(lambda: d.pop(1))
print(e in d, d)
s = {1, 2}
e = Evil(lambda: s.clear())
print(e in s, s)
s = {1}
s.add(Evil(lambda: s.update(range(50))))
print(len(s))
class Grow:
    def __init__(self, d): self.d = d
    def __hash__(self): return 7
    def __eq__(self, other):
        if len(self.d) < 30:
            self.d[len(self.d) + 100] = 1
        return other == 7
d = {7: "seven"}
print(d[Grow(d)], len(d))
d = {i: i for i in range(8)}
for i in range(8):
    d.pop(i)
    d[i + 8] = i
print(list(d), len(d))
big = {i: str(i) for i in range(1000)}
for i in range(0, 1000, 3): del big[i]
for i in range(0, 1000, 3): big[i] = "again"
print(len(big), list(big)[:3], list(big)[-2:], big[999], big[1], sum(1 for v in big.values() if v == "again"))
