def outer(n):
    def inner(m):
        for j in range(m):
            yield (n, j)
    for i in range(n):
        yield from inner(i)
        yield [x for x in inner(i) if x[1]]
print(list(outer(4)))
def zigzag():
    for a in (x for x in range(3)):
        for b in (y for y in range(a)):
            if b == 1: continue
            yield a, b
        else:
            yield "else", a
        while True:
            yield "while"
            break
print(list(zigzag()))
def with_try():
    for i in range(3):
        try:
            if i == 1:
                continue
            yield i
        finally:
            yield f"f{i}"
print(list(with_try()))
gens = [outer(i) for i in range(3)]
print([next(g, None) for g in gens], [len(list(g)) for g in gens])
def cond(flag):
    x = (yield "a") if flag else (yield "b")
    y = (yield "c") or "d"
    return x, y
for flag in True, False:
    g = cond(flag)
    print(next(g), end=" ")
    try: print(g.send(flag)); g.send(0)
    except StopIteration as e: print(e.value)
def args():
    print("called", (yield 1), (yield 2), sep="-", end=(yield "!\n"))
g = args()
print(next(g), g.send("x"), g.send("y"))
try: g.send(".\n")
except StopIteration: pass
def total(): 
    s = 0
    while (v := (yield s)) is not None:
        s += v
    return s
t = total(); next(t)
for v in range(5): t.send(v)
try: t.send(None)
except StopIteration as e: print(e.value)
def lots():
    for i in range(10000): yield i
print(sum(lots()), sum(x for x in lots() if x % 2), max(lots()), len([*lots()]))
