# What is given to gather() twice is waited for once, by equality; sleep(0) is a new awaitable each time.
import asyncio


async def work(name):
    print("begin", name)
    await asyncio.sleep(0)
    return name


class Same(asyncio.Future):
    "All of them are equal."
    def __eq__(self, other):
        return isinstance(other, Same)

    def __hash__(self):
        return 1


class Wrapped:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        return work(self.name).__await__()


async def main():
    coroutine = work("c")
    print(await asyncio.gather(coroutine, work("d"), coroutine))
    task = asyncio.create_task(work("t"))
    print(await asyncio.gather(task, task, work("e"), task))
    sleep = asyncio.sleep(0.001, "slept")
    print(await asyncio.gather(sleep, sleep))
    print(await asyncio.gather(*[asyncio.sleep(0) for _ in range(3)]))
    print(await asyncio.gather(asyncio.sleep(0), work("f"), asyncio.sleep(0, 1), asyncio.sleep(0)))
    a, b = Same(), Same()
    a.set_result("a")
    b.set_result("b")
    plain = asyncio.get_running_loop().create_future()
    plain.set_result("plain")
    print(await asyncio.gather(a, plain, b, plain))
    wrapped = Wrapped("w")
    print(await asyncio.gather(wrapped, work("g"), wrapped))
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.put_nowait(2)
    get = queue.get()
    print(await asyncio.gather(get, queue.get(), get))
    inner = asyncio.gather(work("h"), work("i"))
    print(await asyncio.gather(inner, inner))
    # The look for repetitions has left nothing behind.
    later = [work(i) for i in range(3)]
    try:
        await asyncio.gather(*later, 5)
    except TypeError as e:
        print(type(e).__name__)
    again = asyncio.create_task(work("again"))
    print(await asyncio.gather(again, work("j")), await asyncio.gather(again, work("k")))


asyncio.run(main())
