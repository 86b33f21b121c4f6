import asyncio
async def main():
    log = []
    # fairness and cancellation of lock waiters
    lock = asyncio.Lock()
    async def user(n):
        async with lock:
            log.append(n); await asyncio.sleep(0)
    await lock.acquire()
    ts = [asyncio.create_task(user(i)) for i in range(5)]
    await asyncio.sleep(0)
    ts[1].cancel(); ts[0].cancel()
    await asyncio.sleep(0)
    lock.release()
    print(await asyncio.gather(*ts, return_exceptions=True), log, lock.locked())
    # cancelled after being woken
    await lock.acquire()
    ts = [asyncio.create_task(user(i)) for i in range(3)]
    await asyncio.sleep(0); log.clear()
    lock.release(); ts[0].cancel()
    print([type(r).__name__ for r in await asyncio.gather(*ts, return_exceptions=True)], log, lock.locked())
    # semaphore
    sem = asyncio.Semaphore(2); log.clear()
    async def s(n):
        async with sem:
            log.append(n); await asyncio.sleep(0); await asyncio.sleep(0); log.append(-n)
    ts = [asyncio.create_task(s(i)) for i in range(1, 7)]
    await asyncio.sleep(0); await asyncio.sleep(0); ts[3].cancel(); ts[2].cancel()
    await asyncio.gather(*ts, return_exceptions=True); print(log, sem.locked(), sem._value)
    try: asyncio.Semaphore(-1)
    except ValueError as e: print(e)
    b = asyncio.BoundedSemaphore(1)
    try: b.release()
    except ValueError as e: print(e)
    # event
    ev = asyncio.Event(); ts = [asyncio.create_task(ev.wait()) for _ in range(3)]
    await asyncio.sleep(0); ts[1].cancel(); ev.set(); ev.clear()
    print([type(r).__name__ for r in await asyncio.gather(*ts, return_exceptions=True)], ev.is_set())
    # condition
    c = asyncio.Condition(); got = []
    async def w(n):
        async with c:
            await c.wait(); got.append(n)
    ts = [asyncio.create_task(w(i)) for i in range(4)]
    await asyncio.sleep(0); await asyncio.sleep(0)
    async with c: c.notify(2)
    for _ in range(5): await asyncio.sleep(0)
    print(got); ts[2].cancel()
    for _ in range(3): await asyncio.sleep(0)
    async with c: c.notify_all()
    await asyncio.gather(*ts, return_exceptions=True); print(got)
    for call in (c.wait, c.notify):
        try:
            r = call()
            if r: await r
        except RuntimeError as e: print(e)
    # barrier
    bar = asyncio.Barrier(3); order = []
    async def party(n):
        i = await bar.wait(); order.append((n, i))
    await asyncio.gather(*(party(i) for i in range(6))); print(sorted(order), bar.n_waiting, bar.parties, bar.broken)
    t = asyncio.create_task(bar.wait()); await asyncio.sleep(0); await asyncio.sleep(0)
    print(bar.n_waiting); await bar.abort()
    try: await t
    except asyncio.BrokenBarrierError as e: print("broken:", e, bar.broken)
    try: await bar.wait()
    except asyncio.BrokenBarrierError as e: print(e)
    # queue
    q = asyncio.Queue(2); log.clear()
    async def prod(n):
        for i in range(3): await q.put((n, i)); log.append(("put", n, i))
    async def cons(n):
        while True:
            x = await q.get(); log.append(("got", n, x)); q.task_done()
    ps = [asyncio.create_task(prod(i)) for i in range(2)]; cs = [asyncio.create_task(cons(i)) for i in range(2)]
    await asyncio.gather(*ps); await q.join(); [x.cancel() for x in cs]
    await asyncio.gather(*cs, return_exceptions=True); print(log)
    try: q.task_done()
    except ValueError as e: print(e)
    g = [asyncio.create_task(q.get()) for _ in range(3)]; await asyncio.sleep(0)
    g[0].cancel(); q.put_nowait("a"); q.put_nowait("b")
    print([r if isinstance(r, str) else type(r).__name__ for r in await asyncio.gather(*g, return_exceptions=True)])
    p = asyncio.PriorityQueue()
    for x in [5, 3, 8, 1, 9, 2, 7]: await p.put(x)
    print([await p.get() for _ in range(7)], p.empty(), p.maxsize)
    l = asyncio.LifoQueue(); [l.put_nowait(x) for x in range(4)]; print([l.get_nowait() for _ in range(4)], l.qsize())
asyncio.run(main())
