# gc stress: every 20 allocations
# Event loops and threads: executors, to_thread(), what other threads may call.
import asyncio, time, threading, contextvars, concurrent.futures
cv=contextvars.ContextVar('cv',default=0)
async def main():
    # All five are in their functions at the same time, or none would go on.
    barrier=threading.Barrier(5)
    print(sorted(await asyncio.gather(*[asyncio.to_thread(barrier.wait,60) for _ in range(5)])))
    cv.set(5)
    print(await asyncio.to_thread(cv.get))
    try: await asyncio.to_thread(lambda: 1/0)
    except ZeroDivisionError as e: print('zde')
    loop=asyncio.get_running_loop()
    def other():
        fut=asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01,'val'),loop)
        return fut.result(5)
    print(await loop.run_in_executor(None,other))
    ev=asyncio.Event()
    t=threading.Thread(target=lambda: (time.sleep(0.05), loop.call_soon_threadsafe(ev.set)))
    t.start()
    await ev.wait()
    t.join()
    print('woken')
    with concurrent.futures.ThreadPoolExecutor(1) as ex:
        print(await loop.run_in_executor(ex, lambda a: a+1, 4))
    try: loop.set_default_executor(5)
    except TypeError as e: print(e)
    try:
        await asyncio.wait_for(asyncio.to_thread(time.sleep,0.1),0.02)
    except TimeoutError: print('timeout')
    def nested():
        return asyncio.run(asyncio.sleep(0.01,'nested'))
    print(await asyncio.to_thread(nested))
    def noloop():
        try: asyncio.get_event_loop()
        except RuntimeError as e: return str(e)[:42]
    print(await asyncio.to_thread(noloop))
    return loop
loop=asyncio.run(main())
print(loop.is_closed(), threading.active_count())
