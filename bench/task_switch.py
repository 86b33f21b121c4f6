# asyncio: tasks that give way to each other again and again.
import asyncio


async def worker(n):
    for _ in range(n):
        await asyncio.sleep(0)
    return n


async def main():
    tasks = [asyncio.create_task(worker(2500)) for _ in range(100)]
    total = 0
    for task in tasks:
        total += await task
    return total


print(asyncio.run(main()))
