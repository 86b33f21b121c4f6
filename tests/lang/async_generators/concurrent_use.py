import asyncio
async def numbers(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i
async def main():
    shared = numbers(6)
    async def worker(name):
        got = []
        while True:
            try:
                got.append(await anext(shared))
            except StopAsyncIteration:
                return name, got
            except RuntimeError as e:
                return name, str(e)
    print(await worker("alone"))
    shared = numbers(4)
    r = await asyncio.gather(worker("a"), worker("b"))
    print(r)
    g = numbers(1)
    step = g.__anext__()
    print(type(step).__name__)
    print(await step)
    try:
        await step
    except RuntimeError as e:
        print(e)
    async def relay(source, f):
        async for x in source:
            yield f(x)
    chain = numbers(3)
    for k in range(4):
        chain = relay(chain, lambda x, k=k: x * 2 + k)
    print([x async for x in chain])
    async def zipped(*gens):
        gens = [aiter(g) for g in gens]
        while True:
            try:
                yield [await anext(g) for g in gens]
            except StopAsyncIteration:
                return
    print([x async for x in zipped(numbers(3), numbers(2))])
    async def tree(n):
        if n:
            async for x in tree(n - 1): yield x
            yield n
            async for x in tree(n - 1): yield x
    print([x async for x in tree(4)])
asyncio.run(main())
for source in ("async def f():\n yield 1\n return 2", "async def f():\n yield from x", "def f():\n async for x in y: pass", "def f():\n await x", "async for x in y: pass", "def f():\n async with x: pass", "async def f(): return [(yield 1) for x in y]", "await x", "lambda: await x", "class C:\n await x"):
    try:
        compile(source, "s", "exec")
        print("fine")
    except SyntaxError as e:
        print(repr(source), "->", e.msg)
