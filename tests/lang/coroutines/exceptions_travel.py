import asyncio
async def level(n):
    if n == 0:
        await asyncio.sleep(0)
        raise ValueError("bottom")
    try:
        await level(n - 1)
    except ValueError as e:
        if n == 2:
            raise KeyError("replaced") from e
        raise
    finally:
        print("unwind", n)
async def main():
    try:
        await level(4)
    except KeyError as e:
        print(repr(e), repr(e.__cause__))
    async def stops(): raise StopIteration("inside")
    try:
        await stops()
    except RuntimeError as e:
        print(e, repr(e.__cause__))
    async def stops2(): raise StopAsyncIteration("x")
    try:
        await stops2()
    except StopAsyncIteration as e:
        print("passes", e)
    async def gen_exit(): raise GeneratorExit
    try:
        await gen_exit()
    except GeneratorExit:
        print("GeneratorExit passes")
    async def recovers():
        for i in range(3):
            try:
                await asyncio.sleep(0)
                if i < 2: raise OSError(i)
                return i
            except OSError as e:
                print("retry", e)
    print(await recovers())
    async def final():
        try:
            return await recovers()
        finally:
            await asyncio.sleep(0)
            print("awaited in finally")
    print(await final())
    async def overrides():
        try:
            raise ValueError
        finally:
            await asyncio.sleep(0)
            return "finally wins"
    print(await overrides())
asyncio.run(main())
