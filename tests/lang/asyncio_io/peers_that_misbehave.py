# Peers that vanish, reset, send a byte at a time, never read; and no descriptor is left over.
import asyncio
import socket
import sys


def descriptors():
    """How many are open: the next three numbers tell."""
    found = [socket.socket() for _ in range(3)]
    numbers = [sock.fileno() for sock in found]
    for sock in found:
        sock.close()
    return numbers


def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, (1).to_bytes(4, sys.byteorder) + bytes(4))
    sock.close()



class Outcome:
    def __init__(self):
        self.queue = asyncio.Queue()

    async def handle(self, reader, writer):
        try:
            data = await reader.readexactly(10)
            await self.queue.put(data)
        except (OSError, asyncio.IncompleteReadError) as error:
            await self.queue.put(f'{type(error).__name__} {error}')
        finally:
            writer.close()


async def connect(server):
    sock = socket.socket()
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, server.sockets[0].getsockname())
    return sock


async def main():
    loop = asyncio.get_running_loop()
    outcome = Outcome()
    server = await asyncio.start_server(outcome.handle, '127.0.0.1', 0)
    before = descriptors()

    sock = await connect(server)
    sock.close()
    print('vanished:', await outcome.queue.get())

    sock = await connect(server)
    await loop.sock_sendall(sock, b'12345')
    sock.shutdown(socket.SHUT_WR)
    print('half-closed:', await outcome.queue.get(), await loop.sock_recv(sock, 10))
    sock.close()

    sock = await connect(server)
    await asyncio.sleep(0.005)
    reset(sock)
    print('reset:', await outcome.queue.get())

    sock = await connect(server)
    for byte in b'0123456789':
        await loop.sock_sendall(sock, bytes([byte]))
        await asyncio.sleep(0)
    print('byte by byte:', await outcome.queue.get())
    sock.close()
    server.close()
    await asyncio.sleep(0.005)

    async def flood(reader, writer):
        writer.transport.set_write_buffer_limits(high=100000)
        sent = 0
        try:
            while True:
                writer.write(bytes(65536))
                sent += 65536
                await asyncio.wait_for(writer.drain(), 0.05)
        except TimeoutError:
            outcome.queue.put_nowait(('stuck', sent > 100000, writer.transport.get_write_buffer_size() > 100000))
        writer.transport.abort()

    server = await asyncio.start_server(flood, '127.0.0.1', 0)
    sock = await connect(server)
    print('never reads:', await outcome.queue.get())
    sock.close()

    async def write_on(reader, writer):
        try:
            while True:
                writer.write(b'x' * 1000)
                await writer.drain()
                await asyncio.sleep(0)
        except ConnectionError as error:
            outcome.queue.put_nowait(isinstance(error, (ConnectionResetError, BrokenPipeError)))
        writer.close()

    server.close()
    server = await asyncio.start_server(write_on, '127.0.0.1', 0)
    sock = await connect(server)
    await asyncio.sleep(0.005)
    reset(sock)
    print('written to after a reset:', await outcome.queue.get())
    server.close()
    await asyncio.sleep(0.01)
    server = await asyncio.start_server(outcome.handle, '127.0.0.1', 0)
    print('descriptors:', descriptors() == before)
    server.close()


asyncio.run(main())
