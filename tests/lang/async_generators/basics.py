import asyncio
async def agen(n):
    for i in range(n):
        await asyncio.sleep(0)
        received = yield i
        if received:
            print("received", received)
async def main():
    g = agen(3)
    print(type(g).__name__, g.__name__, g.ag_running, g.ag_await, aiter(g) is g)
    print(await g.asend(None), await g.asend("hello"), await g.__anext__())
    try:
        await g.__anext__()
    except StopAsyncIteration as e:
        print("done", e.args)
    try:
        await g.asend(1)
    except StopAsyncIteration:
        print("still done")
    g = agen(1)
    try:
        await g.asend("early")
    except TypeError as e:
        print(e)
    await g.aclose()
    async def catching():
        while True:
            try:
                yield "ready"
            except ValueError as e:
                yield f"caught {e}"
    g = catching()
    print(await anext(g), await g.athrow(ValueError("one")), await anext(g), await g.athrow(ValueError("two")))
    await g.aclose()
    try:
        await anext(g)
    except StopAsyncIteration:
        print("closed")
    async def raises():
        yield 1
        raise KeyError("k")
    try:
        async for x in raises(): print(x)
    except KeyError as e:
        print("KeyError", e)
    async def stops():
        yield 1
        raise StopAsyncIteration("bad")
    try:
        async for x in stops(): pass
    except RuntimeError as e:
        print(e)
    async def empty():
        return
        yield
    print([x async for x in empty()])
    print([x async for x in agen(3)], {x: 1 async for x in agen(2)})
asyncio.run(main())
