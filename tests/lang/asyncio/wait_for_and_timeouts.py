import asyncio
async def slow(n, v):
    try:
        await asyncio.sleep(n)
        return v
    except asyncio.CancelledError:
        print("slow cancelled")
        raise
async def main():
    print(await asyncio.wait_for(slow(0, "quick"), 1))
    try:
        await asyncio.wait_for(slow(100, "x"), 0.01)
    except asyncio.TimeoutError as e:
        print("timeout", asyncio.TimeoutError is TimeoutError)
    print(await asyncio.wait_for(slow(0.001, "no limit"), None))
    try:
        async with asyncio.timeout(0.01):
            await slow(100, "y")
    except TimeoutError:
        print("timeout block")
    async with asyncio.timeout(10) as cm:
        print(await slow(0, "in time"), cm.expired())
    async with asyncio.timeout(None):
        await slow(0, "z")
    print(await asyncio.shield(slow(0, "shielded")))
    done, pending = await asyncio.wait([asyncio.create_task(slow(0, i)) for i in range(3)])
    print(sorted(t.result() for t in done), pending)
    done, pending = await asyncio.wait([asyncio.create_task(slow(d, d)) for d in (0, 100)], return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    for t in pending: t.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for f in asyncio.as_completed([slow(0.02, "b"), slow(0.001, "a")]):
        print(await f)
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(slow(0.01, 1))
        b = tg.create_task(slow(0, 2))
    print(a.result() + b.result())
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(slow(100, "cancelled by sibling"))
            async def bad(): raise ValueError("in group")
            tg.create_task(bad())
    except* ValueError as eg:
        print(eg.exceptions)
asyncio.run(main())
