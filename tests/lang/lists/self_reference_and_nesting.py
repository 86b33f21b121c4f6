# gc stress: every 100 allocations
a = [1]
a.append(a)
print(a, a[1][1][1][0], len(a), repr(a))
d = {"list": a}
a.append(d)
print(a)
d["self"] = d
print(d)
t = ([],)
t[0].append(t)
print(t)
b = [[]] * 3
b[0].append(1)
print(b)
c = [[] for _ in range(3)]
c[0].append(1)
print(c)
deep = []
for i in range(50):
    deep = [deep]
print(str(deep), deep == deep)
try:
    x = []; x.append(x)
    y = []; y.append(y)
    x == y
except RecursionError as e:
    print("RecursionError", e)
print(x == x, x in x, [x] == [x], x is x[0])
s = []
for i in range(100000):
    s = [s]
try:
    repr(s)
except RecursionError as e:
    print("RecursionError", e)
try:
    s == [[]] or eval("1")
    print("unequal depth found")
except RecursionError as e:
    print("RecursionError", e)
while s:
    s = s[0]
print("unwound")
