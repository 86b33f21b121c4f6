import asyncio
async def value(v, turns=0):
    for _ in range(turns):
        await asyncio.sleep(0)
    return v
async def fail(v, turns=0):
    await value(v, turns)
    raise ValueError(v)
async def main():
    print(await asyncio.gather(), await asyncio.gather(value(1)), await asyncio.gather(value(1, 5), value(2, 0), value(3, 2)))
    print(await asyncio.gather(value(1), fail("x"), value(3), return_exceptions=True))
    try:
        await asyncio.gather(value("slow", 20), fail("first", 1), fail("second", 3))
    except ValueError as e:
        print("raised", e)
    f = asyncio.get_running_loop().create_future()
    f.set_result("future")
    t = asyncio.create_task(value("task"))
    print(await asyncio.gather(f, t, value("coroutine")))
    c = value("same")
    print(await asyncio.gather(t, t, t))
    c.close()
    g = asyncio.gather(value(1, 50), value(2, 50))
    print(isinstance(g, asyncio.Future), g.done())
    g.cancel()
    try:
        await g
    except asyncio.CancelledError:
        print("gather cancelled", g.cancelled())
    t = asyncio.create_task(value("t", 50))
    t.cancel()
    print([type(r).__name__ for r in await asyncio.gather(t, value(2), return_exceptions=True)])
    nested = asyncio.gather(asyncio.gather(value(1), value(2)), value(3))
    print(await nested)
    many = await asyncio.gather(*(value(i, i % 7) for i in range(200)))
    print(many == list(range(200)))
    try:
        await asyncio.gather(5)
    except TypeError as e:
        print(e)
    survivors = []
    async def survivor():
        await value(0, 5)
        survivors.append("finished")
    try:
        await asyncio.gather(survivor(), fail("now"))
    except ValueError:
        await value(0, 10)
        print(survivors)
asyncio.run(main())
