# A server and clients over streams: lines, exact reads, half-close, concurrent clients, closing.
import asyncio


async def shout(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    writer.write(b'bye')
    writer.close()
    await writer.wait_closed()


async def client(port, number):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    lines = []
    for i in range(3):
        writer.write(f'client {number} line {i}\n'.encode())
        await writer.drain()
        lines.append(await reader.readline())
    writer.write_eof()
    lines.append(await reader.read())
    print(writer.is_closing(), writer.can_write_eof(), reader.at_eof())
    writer.close()
    await writer.wait_closed()
    print(writer.is_closing())
    return lines


async def main():
    server = await asyncio.start_server(shout, '127.0.0.1', 0)
    async with server:
        print(server.is_serving(), len(server.sockets))
        host, port = server.sockets[0].getsockname()
        for lines in await asyncio.gather(*[client(port, n) for n in range(3)]):
            print(lines)
        reader, writer = await asyncio.open_connection(host, port)
        print(writer.get_extra_info('peername') == (host, port))
        print(writer.get_extra_info('sockname') == writer.get_extra_info('socket').getsockname())
        print(writer.get_extra_info('nothing'), writer.get_extra_info('nothing', 5))
        writer.writelines([b'a', b'b', b'\n', b'last without newline'])
        print(await reader.readuntil(b'B\n'))
        writer.write_eof()
        try:
            writer.write(b'more')
        except RuntimeError as error:
            print(error)
        print(await reader.readexactly(4))
        try:
            await reader.readexactly(100)
        except asyncio.IncompleteReadError as error:
            print(error, error.partial, error.expected)
        writer.close()
        await writer.wait_closed()
    print(server.is_serving(), server.sockets)
    try:
        await asyncio.open_connection('127.0.0.1', port)
    except ConnectionRefusedError as error:
        print(type(error).__name__, error.errno)


asyncio.run(main())
