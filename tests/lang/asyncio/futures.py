import asyncio
async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    print(f.done(), f.cancelled())
    loop.call_soon(f.set_result, 5)
    print(await f, f.done(), f.result(), f.exception(), await f)
    for bad in (lambda: f.set_result(6), lambda: f.set_exception(ValueError())):
        try:
            bad()
        except asyncio.InvalidStateError as e:
            print(type(e).__name__, e)
    f = asyncio.Future()
    f.set_exception(KeyError("k"))
    try:
        await f
    except KeyError as e:
        print(repr(e), repr(f.exception()))
    f = loop.create_future()
    f.set_exception(ValueError)
    print(repr(f.exception()))
    f = loop.create_future()
    try:
        f.set_exception(StopIteration())
    except TypeError as e:
        print(e)
    for bad in (f.result, f.exception):
        try:
            bad()
        except asyncio.InvalidStateError as e:
            print(e)
    print(f.cancel(), f.cancel(), f.cancelled(), f.done())
    try:
        await f
    except asyncio.CancelledError as e:
        print("CancelledError", e.args)
    f = loop.create_future()
    order = []
    cb = lambda fut: order.append("removed")
    f.add_done_callback(cb); f.add_done_callback(lambda fut: order.append("kept")); f.add_done_callback(cb)
    print(f.remove_done_callback(cb))
    async def waiter(n):
        order.append((n, await f))
    ts = [asyncio.create_task(waiter(i)) for i in range(3)]
    await asyncio.sleep(0)
    f.set_result("r")
    await asyncio.gather(*ts)
    print(order)
    print(f.get_loop() is loop, asyncio.isfuture(f), asyncio.isfuture(5), asyncio.iscoroutine(main), asyncio.iscoroutinefunction(main))
asyncio.run(main())
