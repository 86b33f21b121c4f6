for i in range(3): pass
print(i)
for i in []: pass
print(i)
x = [1, 2, 3]
for x in x: print(x, end=" ")
print(x)
for i in range(5):
    i += 10
    if i == 12: break
else: print("no else after break")
print(i)
n = 0
while True:
    n += 1
    if n < 3: continue
    break
else: print("never")
while n: n -= 1
else: print("while else", n)
for a in 1, 2: 
    for b in "xy":
        if b == "y": break
        print(a, b, end="; ")
    else: continue
    break
print(a, b)
for (k, v), *rest in [(("a", 1), 2, 3)]: print(k, v, rest)
for k, in [(1,), (2,)]: print(k, end=" ")
print()
for i in range(3):
    for i in "ab": pass
    print(i, end=" ")
print()
out = []
for f in [lambda: i, lambda: i + 1]: i = 5; out.append(f())
print(out)
def find(xs, t):
    for i, x in enumerate(xs):
        if x == t: return i
    else: return -1
print(find("abc", "c"), find("abc", "z"))
def nested_break():
    for i in range(3):
        for j in range(3):
            if i * j == 2: return i, j
print(nested_break())
for i in (lambda: range(2))(): print(i, end=" ")
for i in range(2) if True else []: print(i, end=" ")
for i in [*range(2)] + [9]: print(i, end=" ")
print()
i = 0
while i < 10:
    i += 1
    if i % 2: continue
    if i > 6: break
    print(i, end=" ")
else: print("no")
print(i)
for i in range(10**6):
    if i * i > 500: break
print(i)
total = 0
for i in range(100, 0, -7): total += i
print(total, i)
for i in range(2**62, 2**62 + 2): print(i)
for bad in (5, None, lambda: 1, object):
    try:
        for _ in bad: pass
    except TypeError as e: print(e)
for i in range(3):
    try:
        if i == 1: raise ValueError
    except ValueError: continue
    finally: print("f", i, end=" ")
print()
class A: pass
a = A()
for a.x in range(3): pass
for d in [{}]:
    for d["k"] in "ab": pass
print(a.x, d)
