# A server whose start is cancelled is closed.
import asyncio
import os


async def main():
    server = await asyncio.start_server(print, "127.0.0.1", 0)   # what the loop itself needs is there now
    before = len(os.listdir("/proc/self/fd"))
    task = asyncio.create_task(asyncio.start_server(print, "127.0.0.1", 0))
    await asyncio.sleep(0)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True), len(os.listdir("/proc/self/fd")) - before)
    server.close()


asyncio.run(main())
