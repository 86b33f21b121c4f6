# A million tasks asleep at once for three seconds (or ten where making them takes longer): how long past that until all are done, and what
# cancelling a million costs.
import asyncio, sys, time

count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000


async def sleeper(until):
    await asyncio.sleep(until - time.monotonic())


async def main():
    start = time.monotonic()
    wake = start + (3 if count <= 1000000 and sys.implementation.name != "cpython" else 30)
    tasks = [asyncio.create_task(sleeper(wake)) for _ in range(count)]
    await asyncio.sleep(0)
    made = time.monotonic() - start
    await asyncio.gather(*tasks)
    woken = time.monotonic() - wake
    tasks = [asyncio.create_task(asyncio.sleep(1000)) for _ in range(count)]
    await asyncio.sleep(0)
    start = time.monotonic()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print("made in %.2f s, all woken %.2f s past the sleep, cancelled in %.2f s" % (made, woken, time.monotonic() - start))


asyncio.run(main())
