import sys
sys.setrecursionlimit(30000)
class Once:
    def __await__(self):
        x = yield "suspended"
        return x
async def chain(n):
    if n:
        return await chain(n - 1) + 1
    total = 0
    for _ in range(5):
        total += await Once()
    return total
for n in (1, 10, 1000, 5000):
    c = chain(n)
    sent = None
    count = 0
    try:
        while True:
            assert c.send(sent) == "suspended"
            sent = 100
            count += 1
    except StopIteration as e:
        print(n, count, e.value)
async def fails(n):
    if n: 
        await fails(n - 1)
    await Once()
    raise ValueError("deep")
c = fails(500)
c.send(None)
try:
    while True: c.send(1)
except ValueError as e:
    depth, tb = 0, e.__traceback__
    while tb:
        depth, tb = depth + 1, tb.tb_next
    print(e, depth)
c = chain(300)
c.send(None)
try:
    c.throw(KeyError("thrown to the leaf"))
except KeyError as e:
    print(e)
c = chain(300); c.send(None); c.close()
print(c.cr_frame)
async def endless(): return await endless()
sys.setrecursionlimit(500)
try:
    endless().send(None)
except RecursionError as e:
    print("RecursionError")
