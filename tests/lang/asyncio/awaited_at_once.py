# Queues and locks whose methods are awaited where they are called, with and without having to wait.
import asyncio


class Counting(asyncio.Queue):
    "Keeps its items its own way."
    def _init(self, maxsize):
        self._queue = []

    def qsize(self):
        return len(self._queue)

    def _put(self, item):
        self._queue.append(item)
        print("kept", item)

    def _get(self):
        return self._queue.pop()


class Named(asyncio.Queue):
    async def get(self):
        return "got", await super().get()


async def ticker(ticks):
    while True:
        ticks.append(1)
        await asyncio.sleep(0)


async def take(queue, count):
    return [await queue.get() for _ in range(count)]


async def give(queue, items):
    for item in items:
        await queue.put(item)
    return "given"


async def queues():
    ticks = []
    task = asyncio.create_task(ticker(ticks))
    queue = asyncio.Queue(3)
    for i in range(3):
        await queue.put(i)
    print(queue.full(), len(ticks), await queue.get() + await queue.get(), [await queue.get()], len(ticks))
    print(await asyncio.gather(take(queue, 8), give(queue, range(8))))
    get = queue.get()
    await queue.put("kept for later")
    print(await get)
    for choice in (True, False):
        await queue.put(5)
        print(await (queue.get() if choice else asyncio.sleep(0, "slept")))
    print(await queue.get(), queue.qsize())
    for queue in (asyncio.LifoQueue(), asyncio.PriorityQueue(), Counting(), Named()):
        print(type(queue).__name__, await give(queue, [2, 3, 1]), await take(queue, 3))
    try:
        await asyncio.wait_for(queue.get(), 0.001)
    except asyncio.TimeoutError:
        print("nothing in it")
    try:
        await queue.put()
    except TypeError as e:
        print("TypeError")
    task.cancel()


async def locks():
    lock, event, semaphore, bounded = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(2), asyncio.BoundedSemaphore(1)
    print(await lock.acquire(), lock.locked())
    lock.release()
    async with lock as nothing:
        print(nothing, lock.locked())
    print(lock.locked())
    try:
        async with lock:
            lock.release()
    except RuntimeError as e:
        print(e, e.__traceback__.tb_lineno - locks.__code__.co_firstlineno)
    try:
        async with lock:
            1 / 0
    except ZeroDivisionError:
        print("left", lock.locked())
    event.set()
    print(await event.wait(), await event.wait())
    event.clear()
    asyncio.get_running_loop().call_soon(event.set)
    print(await event.wait())
    print(await semaphore.acquire(), await semaphore.acquire(), semaphore.locked())
    semaphore.release()
    async with semaphore:
        print(semaphore.locked())
    async with bounded:
        print(bounded.locked())
    try:
        async with bounded:
            bounded.release()
    except ValueError as e:
        print(e)
    # A turn that was given to somebody who has not run yet is not taken away.
    await lock.acquire()
    order = []

    async def later(name):
        async with lock:
            order.append(name)

    waiting = asyncio.create_task(later("first"))
    await asyncio.sleep(0)
    lock.release()
    await later("second")
    await waiting
    print(order)


asyncio.run(queues())
asyncio.run(locks())
