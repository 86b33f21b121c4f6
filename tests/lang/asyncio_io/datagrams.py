# Endpoints of datagrams: with a remote address and without, errors, closing.
import asyncio


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(b'echo ' + data, address)


class Client(asyncio.DatagramProtocol):
    def __init__(self):
        self.queue = asyncio.Queue()

    def connection_made(self, transport):
        print('made', type(transport).__name__, isinstance(transport, asyncio.BaseTransport))

    def datagram_received(self, data, address):
        self.queue.put_nowait((data, address))

    def error_received(self, error):
        self.queue.put_nowait(repr(error))

    def connection_lost(self, error):
        print('lost', error)


async def main():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=('127.0.0.1', 0))
    where = server.get_extra_info('sockname')
    client, protocol = await loop.create_datagram_endpoint(Client, remote_addr=where)
    print(client.get_extra_info('peername') == where)
    for text in (b'one', b'two', bytearray(b'three')):
        client.sendto(text)
        data, address = await protocol.queue.get()
        print(data, address == where)
    client.sendto(b'')
    client.sendto(b'same address', where)
    print((await protocol.queue.get())[0])
    for call in (lambda: client.sendto('text'), lambda: client.sendto(b'x', ('127.0.0.1', 1))):
        try:
            call()
        except TypeError as error:
            print(error)
        except ValueError as error:
            print(str(error).startswith('Invalid address: must be None or'))
    print(client.get_write_buffer_size())
    server.close()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    client.sendto(b'nobody')
    print(await protocol.queue.get())
    client.close()
    print(client.is_closing())
    await asyncio.sleep(0.01)

    free, protocol = await loop.create_datagram_endpoint(Client, local_addr=('127.0.0.1', 0))
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=('127.0.0.1', 0))
    free.sendto(b'to somebody', server.get_extra_info('sockname'))
    print((await protocol.queue.get())[0])
    free.abort()
    server.close()
    await asyncio.sleep(0.01)
    try:
        await loop.create_datagram_endpoint(Client)
    except ValueError as error:
        print(error)


asyncio.run(main())
