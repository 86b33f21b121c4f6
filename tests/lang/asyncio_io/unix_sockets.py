# Streams and transports over Unix sockets, and over a pair of sockets.
import asyncio
import socket
import sys

path = f'\0asyncio-test-{id(object())}-{hash("x")}'


async def handle(reader, writer):
    print('server got', await reader.readline(), writer.get_extra_info('peername'))
    writer.write(b'pong\n')
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_unix_server(handle, path)
    print(server.sockets[0].family == socket.AF_UNIX)
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b'ping\n')
    print(await reader.read())
    writer.close()
    await writer.wait_closed()
    try:
        await asyncio.start_unix_server(handle, path)
    except OSError as error:
        print(type(error).__name__)
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_unix_connection('/nonexistent/path')
    except FileNotFoundError as error:
        print(error)

    a, b = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=a)
    b.sendall(b'x' * 100 + b'\n')
    print(len(await reader.readline()))
    writer.write(b'answer')
    await writer.drain()
    print(b.recv(100))
    b.close()
    print(await reader.read(10))
    writer.close()
    await writer.wait_closed()
    for arguments in ({}, {'host': 'localhost', 'port': 1, 'sock': a}):
        try:
            await asyncio.open_connection(**arguments)
        except ValueError as error:
            print(error)
    try:
        await asyncio.open_unix_connection()
    except ValueError as error:
        print(error)


asyncio.run(main())
