import asyncio
log = []
async def worker(name, steps):
    for i in range(steps):
        log.append(f"{name}{i}")
        await asyncio.sleep(0)
    return name
async def main():
    a = asyncio.create_task(worker("a", 3))
    b = asyncio.create_task(worker("b", 2), name="task b")
    print(log, a.done(), b.get_name(), asyncio.current_task() is not None)
    await asyncio.sleep(0)
    print(log)
    print(await a, await b, a.done(), a.result(), log)
    log.clear()
    t = asyncio.ensure_future(worker("t", 1))
    print(asyncio.ensure_future(t) is t, isinstance(t, asyncio.Task), isinstance(t, asyncio.Future))
    print(await t, await t, log)
    done = []
    t = asyncio.create_task(worker("cb", 1))
    t.add_done_callback(lambda f: done.append(f.result()))
    t.add_done_callback(lambda f: done.append("second"))
    await t
    print(done)
    await asyncio.sleep(0)
    print(done)
    t.add_done_callback(lambda f: done.append("late"))
    await asyncio.sleep(0)
    print(done)
    async def fails(): raise ValueError("task failed")
    t = asyncio.create_task(fails())
    try:
        await t
    except ValueError as e:
        print(e, t.done(), t.cancelled(), repr(t.exception()))
    try:
        t.result()
    except ValueError as e:
        print("again", e)
    t = asyncio.create_task(worker("early", 1))
    try:
        t.result()
    except asyncio.InvalidStateError as e:
        print(e)
    try:
        t.exception()
    except asyncio.InvalidStateError as e:
        print(e)
    try:
        t.set_result(1)
    except RuntimeError as e:
        print(e)
    await t
    print(len(asyncio.all_tasks()), asyncio.current_task() in asyncio.all_tasks())
asyncio.run(main())
