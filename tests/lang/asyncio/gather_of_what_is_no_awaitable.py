# The arguments before the wrong one have become tasks, which go on by themselves.
import asyncio
async def work(n):
    await asyncio.sleep(0)
    print("work", n)
    if n == 3: raise ValueError(n)
    return n
async def main():
    for options in ({}, {"return_exceptions": True}):
        for before in ((1,), (1, 2), (1, 3)):
            try: asyncio.gather(*map(work, before), 5, **options)
            except TypeError as e: print(e)
            await asyncio.sleep(0.01)
asyncio.run(main())
