# CPython's loop holds tasks weakly: one that nobody else refers to may vanish in the middle. Coil's loop holds them until they end.
import asyncio, gc

async def forgotten():
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.01, future.set_result, None)
    del future
    await asyncio.sleep(0.02)
    print("ran to its end")

async def main():
    asyncio.create_task(forgotten())
    gc.collect()
    await asyncio.sleep(0.05)

asyncio.run(main())
