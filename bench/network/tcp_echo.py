# TCP echo over streams: round trips a second, the server and its clients in one program. `tcp_echo.py CONNECTIONS SECONDS [uvloop]`
import asyncio
import sys
import time

connections = int(sys.argv[1]) if len(sys.argv) > 1 else 50
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
message = b'x' * 63 + b'\n'


async def serve(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
    writer.close()


async def client(host, port, counts, number, ready, go):
    reader, writer = await asyncio.open_connection(host, port)
    ready.release()
    await go.wait()
    end = time.perf_counter() + seconds
    count = 0
    while time.perf_counter() < end:
        writer.write(message)
        await reader.readexactly(len(message))
        count += 1
    counts[number] = count
    writer.close()


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0, backlog=1024)
    host, port = server.sockets[0].getsockname()
    counts = [0] * connections
    ready, go = asyncio.Semaphore(0), asyncio.Event()
    clients = [asyncio.create_task(client(host, port, counts, i, ready, go)) for i in range(connections)]
    for _ in range(connections):
        await ready.acquire()
    begin = time.perf_counter()
    go.set()
    await asyncio.gather(*clients)
    print(f'{connections} connections: {sum(counts) / (time.perf_counter() - begin):.0f} round trips a second, '
          f'the slowest connection {min(counts)}, the fastest {max(counts)}')
    server.close()


if len(sys.argv) > 3 and sys.argv[3] == 'uvloop':
    import uvloop
    uvloop.install()
asyncio.run(main())
