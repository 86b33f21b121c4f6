import asyncio
class Custom:
    def __init__(self, fut): self.fut = fut
    def __await__(self):
        print("custom await")
        r = yield from self.fut.__await__() if hasattr(self.fut, "__await__") else self.fut
        return ("custom", r)
async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    loop.call_soon(f.set_result, 1)
    print(await Custom(f), await Custom(f))
    g = loop.create_future()
    it = iter(g.__await__())
    print(type(next(it)).__name__)
    g.set_result("value")
    try: next(it)
    except StopIteration as e: print(e.value)
    async def waits(f): return await f
    h = loop.create_future()
    tasks = [asyncio.create_task(waits(h)) for _ in range(3)]
    await asyncio.sleep(0)
    h.set_result("shared")
    print(await asyncio.gather(*tasks))
    class Bad:
        def __await__(self): yield 5
    try: await asyncio.create_task(waits(Bad()))
    except RuntimeError as e: print(str(e).split(" got")[-1])
    class Bare:
        def __await__(self): yield; yield; return "bare yields give turns"
    print(await Bare(), await asyncio.create_task(waits(Bare())))
    me = asyncio.current_task()
    async def self_await():
        await asyncio.current_task()
    try: await asyncio.create_task(self_await())
    except RuntimeError as e: print("cannot await itself" if "await on itself" in str(e) else e)
    x = loop.create_future(); x.set_exception(ValueError("stored"))
    for _ in range(2):
        try: await x
        except ValueError as e: print(e)
    fut = asyncio.ensure_future(Bare()) if False else asyncio.ensure_future(waits(Bare()))
    print(fut.done(), await fut, fut.done())
    try: asyncio.ensure_future(5)
    except TypeError as e: print(e)
    y = loop.create_future(); y.cancel()
    try: await y
    except asyncio.CancelledError: print("future cancelled", y.cancelled(), me.cancelling())
    return "done"
print(asyncio.run(main()))
