import asyncio
class CM:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    async def __aenter__(self):
        await asyncio.sleep(0)
        print("enter", self.name)
        return self.name.upper()
    async def __aexit__(self, kind, error, tb):
        await asyncio.sleep(0)
        print("exit", self.name, kind and kind.__name__, error, tb is not None)
        return self.swallow
async def main():
    async with CM("a") as a, CM("b") as b:
        print("body", a, b)
    async with CM("c", swallow=True):
        raise ValueError("swallowed")
    try:
        async with CM("d"), CM("e"):
            raise KeyError("through")
    except KeyError as e:
        print("caught", e)
    async def returning():
        async with CM("f"):
            return "returned"
    print(await returning())
    for i in range(3):
        async with CM(f"loop{i}"):
            if i == 0: continue
            break
    async with (CM("p") as p, CM("q") as (x)):
        print(p, x)
    class Bad:
        async def __aenter__(self): raise RuntimeError("enter fails")
        async def __aexit__(self, *a): print("never")
    try:
        async with CM("g"), Bad():
            print("never")
    except RuntimeError as e:
        print(e)
    class ExitRaises(CM):
        async def __aexit__(self, *a): raise TypeError("exit fails")
    try:
        async with ExitRaises("h"):
            raise ValueError("original")
    except TypeError as e:
        print(e, repr(e.__context__))
asyncio.run(main())
