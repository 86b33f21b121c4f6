# Coroutines: a suspension at the bottom of many nested awaits, resumed again and again.
import asyncio
import sys

sys.setrecursionlimit(10000)


async def deep(depth, turns):
    if depth:
        return await deep(depth - 1, turns)
    for _ in range(turns):
        await asyncio.sleep(0)
    return turns


async def main():
    return sum(await asyncio.gather(*(deep(400, 300) for _ in range(40))))


print(asyncio.run(main()))
