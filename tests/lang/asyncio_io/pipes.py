# connect_read_pipe() and connect_write_pipe() over both ends of a pair, and StreamReader on top.
import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair()
    reader = asyncio.StreamReader()
    read_transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), a)
    write_transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, b)
    writer = asyncio.StreamWriter(write_transport, protocol, None, loop)
    print(type(read_transport).__name__, type(write_transport).__name__)
    for i in range(3):
        writer.write(f'line {i}\n'.encode())
        await writer.drain()
        print(await reader.readline())
    print(read_transport.get_extra_info('pipe') is a, write_transport.is_closing())
    read_transport.pause_reading()
    writer.write(b'later')
    writer.close()
    await asyncio.sleep(0.01)
    read_transport.resume_reading()
    print(await reader.read(), write_transport.is_closing())
    await asyncio.sleep(0.01)
    print(a.fileno(), b.fileno())

    a, b = socket.socketpair()
    lost = loop.create_future()

    class Writing(asyncio.BaseProtocol):
        def connection_lost(self, error):
            lost.set_result(error)

    transport, _ = await loop.connect_write_pipe(Writing, b)
    a.close()
    print(await lost)
    for wrong in (open('pipes.py', 'rb'),):
        try:
            await loop.connect_read_pipe(asyncio.Protocol, wrong)
        except (ValueError, OSError) as error:
            print(error)
        wrong.close()


asyncio.run(main())
