# Producers and consumers around a bounded queue of our own, made of futures; then a pipeline of stages.
import asyncio


class Channel:
    """A bounded first-in-first-out queue; `close` ends the iteration of those who read it."""

    END = object()

    def __init__(self, size):
        self.size = size
        self.items = []
        self.closed = False
        self.readers, self.writers = [], []

    async def put(self, item):
        while len(self.items) >= self.size:
            await self.wait(self.writers)
        self.items.append(item)
        self.wake(self.readers)

    async def get(self):
        while not self.items:
            if self.closed:
                return Channel.END
            await self.wait(self.readers)
        item = self.items.pop(0)
        self.wake(self.writers)
        return item

    def close(self):
        self.closed = True
        for future in self.readers:
            if not future.done():
                future.set_result(None)

    async def wait(self, line):
        future = asyncio.get_running_loop().create_future()
        line.append(future)
        try:
            await future
        finally:
            line.remove(future)

    @staticmethod
    def wake(line):
        for future in line:
            if not future.done():
                future.set_result(None)
                break

    def __aiter__(self):
        return self

    async def __anext__(self):
        item = await self.get()
        if item is Channel.END:
            raise StopAsyncIteration
        return item


async def rest(turns):
    """Lets the others run: a turn of the loop takes no time, and so the order never varies."""
    for _ in range(turns):
        await asyncio.sleep(0)


async def producer(name, channel, items, pause):
    for item in items:
        await channel.put((name, item))
        print(f"{name} made {item}, {len(channel.items)} waiting")
        await rest(pause)
    return len(items)


async def consumer(channel, pause):
    eaten = []
    try:
        async for name, item in channel:
            eaten.append(item)
            await rest(pause)
    finally:
        print(f"consumer stops after {len(eaten)} items")
    return eaten


async def market():
    channel = Channel(size=2)
    eater = asyncio.create_task(consumer(channel, 3))
    made = await asyncio.gather(producer("baker", channel, ["bread", "roll", "cake"], 2),
                                producer("grocer", channel, ["apple", "pear"], 5))
    channel.close()
    print("made", made, "eaten", sorted(await eater))


async def stage(source, target, work):
    async for item in source:
        await target.put(work(item))
    target.close()


async def pipeline(numbers):
    channels = [Channel(size=3) for _ in range(4)]
    stages = [lambda n: n * n, lambda n: n + 1, str]
    tasks = [asyncio.create_task(stage(channels[i], channels[i + 1], work)) for i, work in enumerate(stages)]

    async def feed():
        for number in numbers:
            await channels[0].put(number)
        channels[0].close()

    tasks.append(asyncio.create_task(feed()))
    result = [item async for item in channels[-1]]
    await asyncio.gather(*tasks)
    return " ".join(result)


async def impatient():
    channel = Channel(size=1)
    task = asyncio.create_task(consumer(channel, 0))
    await channel.put(("nobody", "note"))
    await rest(4)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled; still in line:", len(channel.readers))


asyncio.run(market())
print(asyncio.run(pipeline(range(12))))
asyncio.run(impatient())
