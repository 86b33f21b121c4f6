import asyncio
async def resource(name):
    try:
        print("open", name)
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print("close", name)
async def main():
    g = resource("a")
    async for x in g:
        break
    await g.aclose()
    await g.aclose()
    g = resource("never started")
    await g.aclose()
    g = resource("thrown")
    await anext(g)
    try:
        await g.athrow(ValueError("v"))
    except ValueError as e:
        print("out", e)
    async def ignores():
        while True:
            try:
                yield
            except GeneratorExit:
                pass
    g = ignores()
    await anext(g)
    try:
        await g.aclose()
    except RuntimeError as e:
        print(e)
    async def finishes():
        try:
            yield 1
        except GeneratorExit:
            return
    g = finishes()
    await anext(g)
    print(await g.aclose())
    exhausted = resource("exhausted")
    print([x async for x in exhausted])
    left = resource("left open for the loop's shutdown")
    print(await anext(left))
    main.left = left
asyncio.run(main())
print("loop over")
