# asyncio: many short tasks, gathered level by level.
import asyncio


async def node(depth):
    if depth == 0:
        return 1
    return sum(await asyncio.gather(node(depth - 1), node(depth - 1), node(depth - 1)))


print(asyncio.run(node(8)))
