import asyncio
log = []
# Deadlines counted from one moment: the order is the same however late a busy machine comes to them.
async def t(name, at):
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_at(at, f.set_result, None)
    await f
    log.append(name)
async def main():
    loop = asyncio.get_running_loop()
    base = loop.time()
    await asyncio.gather(*[t(at, base + at) for at in (0.03, 0.01, 0.025, 0, 0.04, 0.015, 0.02)])
    print(log)
    log.clear()
    # callbacks, tasks and futures in one iteration
    f = loop.create_future()
    f.add_done_callback(lambda _: log.append("cb1"))
    async def w(): await f; log.append("task")
    task = asyncio.create_task(w()); await asyncio.sleep(0)
    f.add_done_callback(lambda _: log.append("cb2"))
    loop.call_soon(log.append, "before")
    f.set_result(1)
    loop.call_soon(log.append, "after")
    await task
    print(log); log.clear()
    async def child(n): log.append(f"start{n}"); await asyncio.sleep(0); log.append(f"end{n}"); return n
    async def parent():
        log.append("p1"); r = await asyncio.gather(child(1), child(2)); log.append("p2"); return r
    async def other():
        for i in range(6): log.append(f"o{i}"); await asyncio.sleep(0)
    print(await asyncio.gather(parent(), other()), log); log.clear()
    async def awaits_task():
        log.append("x1"); await asyncio.create_task(child(9)); log.append("x2")
    await asyncio.gather(awaits_task(), other()); print(log); log.clear()
    # loop.stop and the rest of the iteration
    class Stop: pass
loop = asyncio.new_event_loop()
out = []
loop.call_soon(out.append, 1); loop.call_soon(loop.stop); loop.call_soon(out.append, 2); loop.call_soon(lambda: loop.call_soon(out.append, 3))
loop.run_forever(); print(out); 
loop.call_soon(loop.stop); loop.run_forever(); print(out)
loop.stop(); loop.run_forever(); print(loop.is_running())
async def quick(): return 5
print(loop.run_until_complete(asyncio.sleep(0.001, "direct")), loop.run_until_complete(quick()))
async def stopper(): loop.stop(); await asyncio.sleep(1)
try: loop.run_until_complete(stopper())
except RuntimeError as e: print(e)
for t2 in asyncio.all_tasks(loop): t2.cancel()
loop.call_soon(loop.stop); loop.run_forever()
loop.close()
asyncio.run(main())
class Aw:
    def __await__(self):
        r = yield from asyncio.sleep(0, "inner").__await__()
        return r + "!"
async def m2():
    print(await Aw(), await asyncio.gather(Aw(), Aw()), await asyncio.wait_for(Aw(), 1), await asyncio.ensure_future(Aw()))
    loop = asyncio.get_running_loop()
    def legacy():
        yield
        return "gen"
    class BadYield:
        def __await__(self): yield 5
    try: await BadYield()
    except RuntimeError as e: print(e)
    class PlainYield:
        def __await__(self): yield loop.create_future()
    try: await PlainYield()
    except RuntimeError as e: print(str(e)[:60])
    other = asyncio.new_event_loop()
    f = other.create_future()
    try: await f
    except RuntimeError as e: print(str(e)[:20], "attached to a different loop" in str(e))
    other.close()
    async def selfish():
        await asyncio.current_task()
    try: await asyncio.create_task(selfish())
    except RuntimeError as e: print(str(e)[:27])
    class MyFuture(asyncio.Future): 
        def cancel(self, msg=None): print("my cancel"); return super().cancel(msg=msg)
    mf = MyFuture(); mf.tag = 1
    async def wf(): await mf
    t = asyncio.create_task(wf()); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print(mf.cancelled())
    class MyTask(asyncio.Task):
        def __init__(self, *a, **k): super().__init__(*a, **k); self.extra = "extra"
    loop.set_task_factory(lambda loop, coro, **kw: MyTask(coro, loop=loop, **kw))
    t = asyncio.create_task(quick(), name="fac"); print(type(t).__name__, t.extra, t.get_name(), await t)
asyncio.run(m2())
with asyncio.Runner() as r:
    print(r.run(quick()), r.run(asyncio.sleep(0, 3)), r.get_loop().is_running())
try: r.run(x := quick())
except RuntimeError as e: print(e); x.close()
