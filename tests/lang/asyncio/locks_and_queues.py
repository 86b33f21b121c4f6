import asyncio
async def main():
    lock = asyncio.Lock()
    log = []
    async def critical(n):
        async with lock:
            log.append(f"in{n}")
            await asyncio.sleep(0)
            log.append(f"out{n}")
    await asyncio.gather(*(critical(i) for i in range(3)))
    print(log, lock.locked())
    event = asyncio.Event()
    async def waiter(n):
        await event.wait()
        return n
    tasks = [asyncio.create_task(waiter(i)) for i in range(3)]
    await asyncio.sleep(0)
    print(event.is_set())
    event.set()
    print(await asyncio.gather(*tasks), await event.wait())
    q = asyncio.Queue(maxsize=2)
    async def producer():
        for i in range(5):
            await q.put(i)
            log.append(f"put{i}")
        await q.put(None)
    async def consumer():
        got = []
        while (x := await q.get()) is not None:
            got.append(x)
            q.task_done()
        return got
    log.clear()
    _, got = await asyncio.gather(producer(), consumer())
    print(got, log, q.empty(), q.qsize(), q.full())
    try:
        q.get_nowait()
    except asyncio.QueueEmpty as e:
        print("QueueEmpty")
    q.put_nowait(1); q.put_nowait(2)
    try:
        q.put_nowait(3)
    except asyncio.QueueFull:
        print("QueueFull")
    sem = asyncio.Semaphore(2)
    running = peak = 0
    async def limited():
        nonlocal running, peak
        async with sem:
            running += 1
            peak = max(peak, running)
            await asyncio.sleep(0)
            running -= 1
    await asyncio.gather(*(limited() for _ in range(6)))
    print(peak, sem.locked())
    cond = asyncio.Condition()
    items = []
    async def take():
        async with cond:
            await cond.wait_for(lambda: items)
            return items.pop()
    t = asyncio.create_task(take())
    await asyncio.sleep(0)
    async with cond:
        items.append("item")
        cond.notify()
    print(await t)
    try:
        lock.release()
    except RuntimeError as e:
        print(e)
    pq = asyncio.PriorityQueue()
    for x in (3, 1, 2): pq.put_nowait(x)
    print([pq.get_nowait() for _ in range(3)])
asyncio.run(main())
