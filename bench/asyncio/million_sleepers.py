# A million tasks asleep at once for three seconds (or thirty where making them takes longer): how long past that until all are done, and what
# cancelling a million costs. In brackets the processor time of the same, which a busy machine does not lengthen.
import asyncio, sys, time

count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000


async def sleeper(until):
    await asyncio.sleep(until - time.monotonic())


async def main():
    start, processor = time.monotonic(), time.process_time()
    wake = start + (3 if count <= 1000000 and sys.implementation.name != "cpython" else 30)
    tasks = [asyncio.create_task(sleeper(wake)) for _ in range(count)]
    await asyncio.sleep(0)
    print("made in %.2f s (%.2f)" % (time.monotonic() - start, time.process_time() - processor), end=", ", flush=True)
    processor = time.process_time()
    await asyncio.gather(*tasks)
    print("all woken %.2f s past the sleep (%.2f)" % (time.monotonic() - wake, time.process_time() - processor), end=", ", flush=True)
    tasks = [asyncio.create_task(asyncio.sleep(1000)) for _ in range(count)]
    await asyncio.sleep(0)
    start, processor = time.monotonic(), time.process_time()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print("cancelled in %.2f s (%.2f)" % (time.monotonic() - start, time.process_time() - processor))


asyncio.run(main())
