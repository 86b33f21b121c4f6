import asyncio
async def agen(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
async def double(x):
    await asyncio.sleep(0)
    return x * 2
async def main():
    print([x async for x in agen(3)])
    print({x: await double(x) async for x in agen(3) if x != 1})
    print({await double(x) for x in range(2)} == {0, 2})
    print([x + y async for x in agen(2) for y in range(2)])
    print([[y async for y in agen(x)] async for x in agen(3)])
    print([await double(x) for x in range(3) if await double(x)])
    g = (x * 10 async for x in agen(3))
    print(type(g).__name__, [x async for x in g])
    print([await c for c in [double(1), double(2)]])
    g2 = (await double(i) for i in range(2))
    print(type(g2).__name__, [x async for x in g2])
    try:
        [x for x in agen(2)]
    except TypeError as e:
        print(e)
    try:
        [x async for x in [1]]
    except TypeError as e:
        print(e)
    return sum([x async for x in agen(5)])
print(asyncio.run(main()))
for source in ("[x async for x in y]", "def f(): [await z for z in y]", "def f(): return [x async for x in y]", "async def f(): return [x async for x in y]", "async def f():\n def g(): return [x async for x in y]", "class C: [await x for x in y]", "lambda: (await x for x in y)"):
    try:
        compile(source, "s", "exec")
        print("fine")
    except SyntaxError as e:
        print(e.msg)
