import asyncio
async def main():
    loop = asyncio.get_running_loop()
    log = []
    loop.call_soon(log.append, "soon 1")
    h = loop.call_soon(log.append, "cancelled")
    loop.call_soon(log.append, "soon 2")
    h.cancel()
    print(h.cancelled(), log)
    await asyncio.sleep(0)
    print(log)
    log.clear()
    start = loop.time() + 0.2   # late enough for the slowest machine
    loop.call_at(start + 0.03, log.append, "third")
    loop.call_at(start + 0.01, log.append, "first")
    loop.call_at(start + 0.02, log.append, "second")
    loop.call_at(start + 0.015, log.append, "no").cancel()
    loop.call_at(start + 0.025, log.append, "between")
    loop.call_later(0, log.append, "zero")
    loop.call_later(-5, log.append, "negative")
    await asyncio.sleep(start + 0.04 - loop.time())
    print(log)
    start = loop.time()
    print(await asyncio.sleep(0.01, "result of sleep"), loop.time() - start >= 0.0099)
    print(await asyncio.sleep(-1), await asyncio.sleep(0, 7))
    def nest(n):
        log.append(n)
        if n: loop.call_soon(nest, n - 1)
    log.clear()
    loop.call_soon(nest, 3)
    for _ in range(5):
        await asyncio.sleep(0)
    print(log)
    t = loop.create_task(asyncio.sleep(0.001, "task of sleep"))
    print(await t)
    order = []
    async def s(d):
        await asyncio.sleep(start + d / 100 - loop.time())
        order.append(d)
    start = loop.time() + 0.2
    await asyncio.gather(*(s(d) for d in (5, 3, 1, 4, 2)))
    print(order)
    try:
        loop.call_later("x", print)
    except TypeError as e:
        print("TypeError")
    try:
        await asyncio.sleep("x")
    except TypeError as e:
        print(e)
asyncio.run(main())
