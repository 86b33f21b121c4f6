# asyncio.Queue.shutdown() (3.13) and eager tasks (3.12).
import asyncio

async def get(queue, name):
    try:
        while True:
            print(name, await queue.get())
            queue.task_done()
    except asyncio.QueueShutDown as error:
        print(name, repr(error))

async def put(queue, item):
    try:
        await queue.put(item)
        print('put', item)
    except asyncio.QueueShutDown:
        print('not put', item)

async def queues():
    queue = asyncio.Queue(1)
    getter = asyncio.create_task(get(queue, 'getter'))
    await queue.put('a')
    await asyncio.sleep(0)
    queue.shutdown()
    await getter
    for method in (lambda: queue.put_nowait(1), queue.get_nowait):
        try:
            method()
        except asyncio.QueueShutDown as error:
            print(repr(error))
    await queue.join()

    queue = asyncio.Queue(1)
    await queue.put('x')
    putter = asyncio.create_task(put(queue, 'y'))
    await asyncio.sleep(0)
    queue.shutdown()
    await putter
    print(await queue.get())           # what was there can be had
    try:
        await queue.get()
    except asyncio.QueueShutDown:
        print('empty and shut')

    queue = asyncio.Queue()
    for item in range(3):
        queue.put_nowait(item)
    joiner = asyncio.create_task(queue.join())
    await asyncio.sleep(0)
    queue.shutdown(immediate=True)
    await joiner
    print(queue.qsize(), 'shutdown' in repr(queue))

asyncio.run(queues())

async def short(n):
    print('short', n, asyncio.current_task().get_name())
    return n

async def long(n):
    print('long', n)
    await asyncio.sleep(0)
    print('long goes on', n)
    return n

async def eager():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    me = asyncio.current_task()
    a = asyncio.create_task(short(1), name='A')
    print(a.done(), a.result(), asyncio.current_task() is me)
    b = asyncio.create_task(long(2))
    print(b.done())
    print(await b)
    print(await asyncio.gather(short(3), long(4)))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(short(5)), group.create_task(long(6))]
    print([task.result() for task in tasks])
    async def fails():
        raise ValueError('at once')
    c = asyncio.create_task(fails())
    print(c.done(), repr(c.exception()))
    d = asyncio.create_task(long(7))
    d.cancel()
    print(await asyncio.gather(d, return_exceptions=True))
    loop.set_task_factory(None)
    print(asyncio.create_task(short(8)).done())
    await asyncio.sleep(0)

asyncio.run(eager())
