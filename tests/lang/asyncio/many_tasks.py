# gc stress: every 10 allocations
import asyncio
async def child(n, depth):
    if depth == 0:
        await asyncio.sleep(0)
        return 1
    parts = await asyncio.gather(*(child(i, depth - 1) for i in range(n)))
    return sum(parts)
async def ping(n, a, b):
    for _ in range(n):
        f = a[0]
        await f
        a[0] = asyncio.get_running_loop().create_future()
        if not b[0].done():
            b[0].set_result(None)
    return n
async def main():
    print(await child(3, 5), await child(10, 2))
    tasks = [asyncio.create_task(asyncio.sleep(0, i)) for i in range(1000)]
    print(sum([await t for t in tasks]))
    counter = 0
    async def bump():
        nonlocal counter
        for _ in range(10):
            c = counter
            await asyncio.sleep(0)
            counter = c + 1
    await asyncio.gather(*(bump() for _ in range(50)))
    print(counter)
    loop = asyncio.get_running_loop()
    a, b = [loop.create_future()], [loop.create_future()]
    a[0].set_result(None)
    print(await asyncio.gather(ping(20, a, b), ping(20, b, a)))
    results = []
    start = loop.time() + 0.2   # late enough for the slowest machine to have them all asleep by then
    async def ordered(i):
        await asyncio.sleep(start + (i * 7 % 10) / 500 - loop.time())
        results.append(i)
    await asyncio.gather(*(ordered(i) for i in range(10)))
    print(results)
    async def relay(n, value):
        if n == 0:
            return value
        return await asyncio.create_task(relay(n - 1, value + 1))
    print(await relay(200, 0))
asyncio.run(main())
