# Queues and locks of programs' own: get() and put() go through get_nowait() and put_nowait(), `async with` through acquire() and release().
import asyncio


class Doubling(asyncio.Queue):
    def get_nowait(self):
        return super().get_nowait() * 2

    def put_nowait(self, item):
        print("put", item)
        super().put_nowait(item)


class Telling:
    async def acquire(self):
        print("acquire", await super().acquire())
        return "taken"

    def release(self):
        print("release")
        super().release()


class TellingLock(Telling, asyncio.Lock):
    pass


class TellingSemaphore(Telling, asyncio.Semaphore):
    pass


class TellingBounded(Telling, asyncio.BoundedSemaphore):
    pass


async def main():
    for limit in (0, 1):
        queue = Doubling(limit)

        async def consume():
            return [await queue.get() for _ in range(3)]

        task = asyncio.create_task(consume())
        for i in range(3):
            await queue.put(i)
        print(await task)
    queue = Doubling()
    await queue.put("now")
    print(queue.get_nowait(), queue.empty())
    for cls in (TellingLock, TellingSemaphore, TellingBounded):
        lock = cls()
        async with lock as value:
            print(cls.__name__, value, lock.locked())
        print(lock.locked(), await lock.acquire())
        waiting = asyncio.create_task(lock.acquire())
        await asyncio.sleep(0)
        lock.release()
        print(await waiting)
        try:
            async with asyncio.timeout(0.001):
                async with lock:
                    print("never")
        except TimeoutError:
            print("timed out")
        lock.release()
        print(lock.locked())
    condition = asyncio.Condition(TellingLock())
    async with condition:
        condition.notify_all()


asyncio.run(main())
