import asyncio
async def sleeper(name):
    try:
        print(name, "sleeps")
        await asyncio.sleep(1000)
    except asyncio.CancelledError as e:
        print(name, "cancelled", e.args)
        raise
    finally:
        print(name, "cleans up")
async def stubborn():
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        await asyncio.sleep(0)
        return "survived"
async def main():
    t = asyncio.create_task(sleeper("a"))
    await asyncio.sleep(0)
    print(t.cancel(), t.cancelled(), t.cancelling())
    try:
        await t
    except asyncio.CancelledError as e:
        print("main sees", e.args, t.cancelled(), t.done())
    try:
        t.result()
    except asyncio.CancelledError as e:
        print("result too")
    print(t.cancel())
    t = asyncio.create_task(sleeper("never started"))
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("not even started")
    t = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    t.cancel()
    print(await t, t.cancelled(), t.cancelling(), t.uncancel())
    t = asyncio.create_task(sleeper("message"))
    await asyncio.sleep(0)
    t.cancel("the reason")
    try:
        await t
    except asyncio.CancelledError as e:
        print(e.args)
    async def outer():
        try:
            await asyncio.create_task(sleeper("inner"))
        except asyncio.CancelledError:
            print("outer sees it as well")
            raise
    t = asyncio.create_task(outer())
    for _ in range(3): await asyncio.sleep(0)
    t.cancel()
    await asyncio.gather(t, return_exceptions=True)
    async def swallow_twice():
        for i in range(2):
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                print("swallowed", i)
        await asyncio.sleep(1000)
    t = asyncio.create_task(swallow_twice())
    for _ in range(3):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("third time")
    me = asyncio.current_task()
    me.cancel()
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError:
        print("self", me.uncancel())
    print(issubclass(asyncio.CancelledError, Exception), issubclass(asyncio.CancelledError, BaseException))
asyncio.run(main())
