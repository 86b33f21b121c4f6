# A loop that waits takes no processor time: with timers, with connections, with nothing to wake it but a timer far away.
import asyncio
import time


async def main():
    server = await asyncio.start_server(lambda reader, writer: None, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    reading = asyncio.create_task(reader.read())
    timers = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(100)]
    await asyncio.sleep(0.01)
    before = time.process_time()
    await asyncio.sleep(0.4)
    used = time.process_time() - before
    print('idle' if used < 0.1 else f'{used} seconds')
    for task in (reading, *timers):
        task.cancel()
    writer.close()
    server.close()


asyncio.run(main())
