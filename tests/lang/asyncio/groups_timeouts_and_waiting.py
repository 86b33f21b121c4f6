import asyncio
async def ok(v, n=1):
    for _ in range(n): await asyncio.sleep(0)
    return v
async def bad(e, n=1):
    for _ in range(n): await asyncio.sleep(0)
    raise e
async def forever(name):
    try: await asyncio.sleep(100)
    except asyncio.CancelledError:
        print(name, "cancelled"); raise
async def main():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(ok(1)); b = tg.create_task(ok(2, 5), name="b")
        print(repr(tg), b.get_name())
    print(a.result(), b.result(), repr(tg))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(forever("x")); tg.create_task(bad(ValueError("v"), 2)); tg.create_task(bad(KeyError("k"), 2))
            await asyncio.sleep(50)
    except* ValueError as eg: print("V", eg.exceptions)
    except* KeyError as eg: print("K", eg.exceptions)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(forever("y"))
            await asyncio.sleep(0)
            raise TypeError("body")
    except BaseExceptionGroup as eg: print(repr(eg), eg.message)
    async def outer():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(forever("z")); await asyncio.sleep(100)
    t = asyncio.create_task(outer())
    for _ in range(3): await asyncio.sleep(0)
    t.cancel("from outside")
    try: await t
    except asyncio.CancelledError as e: print("outer", e.args, t.cancelled())
    # nested groups
    try:
        async with asyncio.TaskGroup() as g1:
            async with asyncio.TaskGroup() as g2:
                g2.create_task(bad(OSError("deep")))
            print("not reached")
    except* OSError as eg: print(repr(eg))
    tg = asyncio.TaskGroup()
    for call in (lambda: tg.create_task(c := ok(1)),):
        c = ok(1)
        try: tg.create_task(c)
        except RuntimeError as e: print(str(e)); c.close()
    async with tg: pass
    c = ok(1)
    try: tg.create_task(c)
    except RuntimeError as e: print(str(e)); c.close()
    try:
        async with tg: pass
    except RuntimeError as e: print(e)
    # timeouts
    try:
        async with asyncio.timeout(0.01) as t1:
            async with asyncio.timeout(10) as t2:
                await asyncio.sleep(50)
    except TimeoutError as e: print("outer timeout", t1.expired(), t2.expired(), repr(e.__cause__))
    try:
        async with asyncio.timeout(10) as t1:
            try:
                async with asyncio.timeout(0.01) as t2:
                    await asyncio.sleep(50)
            except TimeoutError: print("inner", t1.expired(), t2.expired())
            await asyncio.sleep(0)
    except TimeoutError: print("no")
    async with asyncio.timeout(None) as t: t.reschedule(asyncio.get_running_loop().time() + 5); print(t.when() is not None, repr(t).split("when")[0])
    print(repr(t))
    try: t.reschedule(1)
    except RuntimeError as e: print(e)
    try:
        async with asyncio.timeout(-1): await asyncio.sleep(0); await asyncio.sleep(0); print("unreachable")
    except TimeoutError: print("past")
    try:
        async with asyncio.timeout_at(0): await asyncio.sleep(1)
    except TimeoutError: print("past 2")
    for to in (0, -1, 0.01):
        try: print(await asyncio.wait_for(ok(1, 100 if to <= 0 else 10**9 if False else 1), to))
        except TimeoutError as e: print("wait_for", to, repr(e.__cause__))
    async def shielded():
        await asyncio.sleep(0.01); print("inner done"); return 7
    inner = asyncio.create_task(shielded())
    async def w(): return await asyncio.shield(inner)
    t = asyncio.create_task(w()); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("shield cancelled")
    print(await inner)
    # wait
    ts = [asyncio.create_task(ok(i, i)) for i in range(4)]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(ts, timeout=5)
    print(sorted(t.result() for t in done), pending)
    ts = [asyncio.create_task(ok(1, 50)), asyncio.create_task(bad(ValueError("e"), 2))]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), [t.exception() for t in done]); await asyncio.wait(ts)
    done, pending = await asyncio.wait([asyncio.create_task(forever("w"))], timeout=0.01)
    print(len(done), len(pending)); [t.cancel() for t in pending]; await asyncio.wait(pending)
    for call in (lambda: asyncio.wait([]), lambda: asyncio.wait(ok(1)), lambda: asyncio.wait([ok(1)]), lambda: asyncio.wait([inner], return_when="x")):
        try: await call()
        except (TypeError, ValueError) as e: print(type(e).__name__, e)
    got = []
    for f in asyncio.as_completed([ok("s", 9), ok("q", 1), ok("m", 4)]): got.append(await f)
    print(got)
    try:
        for f in asyncio.as_completed([forever("ac"), ok(1)], timeout=0.3): print(await f)
    except TimeoutError: print("as_completed timeout")
asyncio.run(main())
