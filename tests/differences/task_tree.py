# asyncio.print_task_tree() shows all tasks, each below the one that waits for it, with the lines where they wait; the exception for a
# deadlock has the tree as a note.
import asyncio

async def leaf(event):
    await event.wait()

async def worker(event):
    await leaf(event)

async def sleeper():
    await asyncio.sleep(100)

async def grouped(event):
    async with asyncio.TaskGroup() as group:
        group.create_task(worker(event), name='in the group')
        group.create_task(sleeper())

async def direct(task):
    await task

def shown():
    for line in asyncio.format_task_tree().splitlines():
        head, quote, rest = line.partition('File "')
        if quote:
            path, _, rest = rest.partition('"')
            line = head + path.rpartition('/')[2] + rest
        before, at, after = line.partition(' at 0x')
        print(before + (after.lstrip('0123456789abcdef') if at else ''))

async def main():
    event = asyncio.Event()
    group = asyncio.create_task(grouped(event), name='G')
    await asyncio.sleep(0)
    tasks = [asyncio.create_task(direct(group)), asyncio.create_task(asyncio.Queue().get())]
    both = asyncio.gather(worker(event), asyncio.wait_for(sleeper(), 200))
    await asyncio.sleep(0.01)
    shown()
    for task in [group, both, *tasks]:
        task.cancel()
    await asyncio.gather(group, both, *tasks, return_exceptions=True)
    shown()
    await event.wait()

try:
    asyncio.run(main())
except RuntimeError as error:
    print(error)
    print(error.__notes__[0].partition('\n')[0])
