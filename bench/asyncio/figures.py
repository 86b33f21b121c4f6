# The figures of asyncio's core, a line each: name, operations, nanoseconds of processor time an operation. The same under coil and CPython;
# bench/asyncio_figures runs both and divides.
#
#   figures.py ROUNDS [NAME…]     the least of so many rounds; 0: only the names. A NAME is a figure or part of some figures' names.
import asyncio, sys, time

sys.setrecursionlimit(20000)
clock = time.process_time
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
chosen = sys.argv[2:]


def show(name, operations, seconds):
    print(name, operations, round(seconds / operations * 1e9, 1), flush=True)


async def switches(n=100, turns=2000):
    async def worker():
        for _ in range(turns):
            await asyncio.sleep(0)
    start = clock()
    await asyncio.gather(*[worker() for _ in range(n)])
    return n * turns, clock() - start


async def await_returns_at_once(n=300000):
    async def callee(x):
        return x
    total, start = 0, clock()
    for i in range(n):
        total += await callee(i)
    return n, clock() - start


async def plain_call(n=300000):
    def callee(x):
        return x
    total, start = 0, clock()
    for i in range(n):
        total += callee(i)
    return n, clock() - start


async def create_and_await_task(n=30000):
    async def callee(x):
        return x
    total, start = 0, clock()
    for i in range(n):
        total += await asyncio.create_task(callee(i))
    return n, clock() - start


async def gather_100(n=300):
    async def callee(x):
        return x
    start = clock()
    for _ in range(n):
        await asyncio.gather(*[callee(i) for i in range(100)])
    return n * 100, clock() - start


async def gather_10000(n=5):
    async def callee(x):
        return x
    start = clock()
    for _ in range(n):
        await asyncio.gather(*[callee(i) for i in range(10000)])
    return n * 10000, clock() - start


async def call_soon(n=200000):
    loop, done, left = asyncio.get_running_loop(), asyncio.get_running_loop().create_future(), n
    def step():
        nonlocal left
        left -= 1
        if left:
            loop.call_soon(step)
        else:
            done.set_result(None)
    start = clock()
    loop.call_soon(step)
    await done
    return n, clock() - start


async def call_soon_batches(n=200):
    loop = asyncio.get_running_loop()
    def nothing():
        pass
    start = clock()
    for _ in range(n):
        for _ in range(1000):
            loop.call_soon(nothing)
        await asyncio.sleep(0)
    return n * 1000, clock() - start


async def queue_of_1(n=50000):
    queue = asyncio.Queue(1)
    async def producer():
        for i in range(n):
            await queue.put(i)
    async def consumer():
        total = 0
        for _ in range(n):
            total += await queue.get()
        return total
    start = clock()
    await asyncio.gather(producer(), consumer())
    return n, clock() - start


async def queue_unbounded(n=100000):
    queue = asyncio.Queue()
    start = clock()
    for i in range(n):
        queue.put_nowait(i)
    for i in range(n):
        await queue.get()
    return n, clock() - start


async def future_round_trip(n=50000):
    loop = asyncio.get_running_loop()
    start = clock()
    for _ in range(n):
        future = loop.create_future()
        loop.call_soon(future.set_result, None)
        await future
    return n, clock() - start


async def lock_uncontended(n=200000):
    lock = asyncio.Lock()
    start = clock()
    for _ in range(n):
        async with lock:
            pass
    return n, clock() - start


async def async_for(n=300000):
    async def numbers():
        for i in range(n):
            yield i
    total, start = 0, clock()
    async for i in numbers():
        total += i
    return n, clock() - start


def resume_at_depth(depth, turns=20000):
    async def deep(left):
        if left:
            return await deep(left - 1)
        for _ in range(20):
            await asyncio.sleep(0)
        start = clock()
        for _ in range(turns):
            await asyncio.sleep(0)
        return clock() - start
    async def run():
        return turns, await deep(depth)
    return run


async def timers(n=100000):
    start = clock()
    await asyncio.gather(*[asyncio.sleep(0.001 + i % 100 / 1e5) for i in range(n)])
    return n, clock() - start


async def cancel(n=100000):
    tasks = [asyncio.create_task(asyncio.sleep(1000)) for _ in range(n)]
    await asyncio.sleep(0)
    start = clock()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return n, clock() - start


async def cancel_10000(n=10000):
    return await cancel(n)


figures = [switches, await_returns_at_once, plain_call, create_and_await_task, gather_100, gather_10000, call_soon, call_soon_batches, queue_of_1,
           queue_unbounded, future_round_trip, lock_uncontended, async_for, timers, cancel_10000, cancel]
for depth in (1, 10, 100, 1000):
    run = resume_at_depth(depth)
    run.__name__ = "resume_at_depth_%d" % depth
    figures.append(run)
names = {figure.__name__ for figure in figures}
for figure in figures:
    if chosen and not any(part == figure.__name__ or part not in names and part in figure.__name__ for part in chosen):
        continue
    if rounds == 0:
        print(figure.__name__)
        continue
    best = None
    for _ in range(rounds):
        operations, seconds = asyncio.run(figure())
        best = seconds if best is None else min(best, seconds)
    show(figure.__name__, operations, best)
