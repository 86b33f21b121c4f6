# Coroutines that never suspend: the price of `await` itself, async generators, async with.
import asyncio


class Guard:
    def __init__(self):
        self.entered = 0

    async def __aenter__(self):
        self.entered += 1

    async def __aexit__(self, *exception):
        return False


async def add(a, b):
    return a + b


async def twice(x):
    return await add(x, x)


async def count(n):
    for i in range(n):
        yield i


async def main(n):
    total, guard = 0, Guard()
    for i in range(n):
        total += await twice(i)
    async for i in count(n):
        total += i
    for i in range(n // 4):
        async with guard:
            total += 1
    return total, guard.entered


print(*asyncio.run(main(500000)))
