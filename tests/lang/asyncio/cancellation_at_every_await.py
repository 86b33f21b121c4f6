import asyncio
log = []
async def step(name, n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            log.append(f"{name}{i}")
        return name
    except asyncio.CancelledError as e:
        log.append(f"{name} cancelled {e.args}")
        raise
# cancel at every await
async def several():
    try:
        a = await step("a", 2)
        async with asyncio.Lock() as l:
            b = await step("b", 1)
        try:
            c = await asyncio.gather(step("c", 2), step("d", 1))
        finally:
            await asyncio.sleep(0)
            log.append("finally")
        return a, b, c
    except asyncio.CancelledError as e:
        log.append(f"several {e.args}")
        raise
async def main():
    for when in range(14):
        log.clear()
        t = asyncio.create_task(several())
        for _ in range(when): await asyncio.sleep(0)
        r = t.cancel(f"at {when}")
        try:
            print(when, r, await t, t.cancelled(), log)
        except asyncio.CancelledError as e:
            print(when, r, "cancelled", e.args, t.cancelled(), t.cancelling(), log)
    # cancel twice, with different messages
    async def slow():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            print("first", e.args)
            await asyncio.sleep(10)
    t = asyncio.create_task(slow())
    await asyncio.sleep(0)
    t.cancel("one"); t.cancel("two")
    await asyncio.sleep(0)
    print(t.done(), t.cancelling())
    t.cancel("three")
    try: await t
    except asyncio.CancelledError as e: print(e.args, t.cancelled())
    # cancel before it begins
    t = asyncio.create_task(slow()); t.cancel("early")
    try: await t
    except asyncio.CancelledError as e: print("early", e.args)
    # cancel of a task that waits for a task that waits
    async def deep(n):
        if n: return await asyncio.create_task(deep(n - 1))
        await asyncio.sleep(10)
    t = asyncio.create_task(deep(5))
    for _ in range(10): await asyncio.sleep(0)
    t.cancel("deep")
    try: await t
    except asyncio.CancelledError as e: print("deep", e.args)
    print(len(asyncio.all_tasks()))
    # suppress and return
    async def stubborn():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: pass
        return "stubborn"
    t = asyncio.create_task(stubborn()); await asyncio.sleep(0); t.cancel()
    print(await t, t.cancelled(), t.cancelling(), t.uncancel(), t.uncancel())
    # cancel from inside, then return: cancelled at its last step
    async def inside():
        asyncio.current_task().cancel("self")
        return 5
    t = asyncio.create_task(inside())
    try: print(await t)
    except asyncio.CancelledError as e: print("inside", e.args, t.cancelled())
    # raise CancelledError by oneself
    async def raises(): raise asyncio.CancelledError("mine")
    t = asyncio.create_task(raises())
    try: await t
    except asyncio.CancelledError as e: print("raises", e.args, t.cancelled())
    try: await t
    except asyncio.CancelledError as e: print("again", e.args)
    try: t.exception()
    except asyncio.CancelledError as e: print("exception()", e.args)
    # other exception instead of cancellation
    async def converts():
        try: await asyncio.sleep(1)
        except asyncio.CancelledError: raise ValueError("converted")
    t = asyncio.create_task(converts()); await asyncio.sleep(0); t.cancel()
    try: await t
    except ValueError as e: print(e, repr(e.__context__), t.cancelled())
    # cancelling a future that a task awaits
    f = asyncio.get_running_loop().create_future()
    async def waits():
        try: await f
        except asyncio.CancelledError as e: print("future cancelled", e.args); raise
    t = asyncio.create_task(waits()); await asyncio.sleep(0)
    f.cancel("f")
    try: await t
    except asyncio.CancelledError as e: print(e.args, t.cancelled(), t.cancelling())
    # must_cancel and result at the same time
    f = asyncio.get_running_loop().create_future()
    async def both():
        try: return await f
        except asyncio.CancelledError as e: return ("cancelled", e.args)
    t = asyncio.create_task(both()); await asyncio.sleep(0)
    f.set_result("r"); print(t.cancel("late"))
    print(await t)
    # sleep that is over and cancelled in the same turn
    async def sleeper():
        try: await asyncio.sleep(0.001); return "slept"
        except asyncio.CancelledError as e: return "cancelled"
    t = asyncio.create_task(sleeper())
    await asyncio.sleep(0.02)
    print(t.cancel(), await t)
asyncio.run(main())
