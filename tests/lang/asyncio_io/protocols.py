# Transports and protocols: the calls in order, flow control, pausing, abort, BufferedProtocol, errors in the protocol.
import asyncio


class Recorder(asyncio.Protocol):
    def __init__(self, name):
        self.name = name
        self.done = asyncio.get_running_loop().create_future()
        self.received = b''

    def connection_made(self, transport):
        self.transport = transport
        print(self.name, 'made', type(transport).__name__, transport.is_reading(), transport.is_closing())

    def data_received(self, data):
        self.received += data

    def eof_received(self):
        print(self.name, 'eof')

    def connection_lost(self, error):
        print(self.name, 'lost', error)
        self.done.set_result(self.received)


class Replier(Recorder):
    def data_received(self, data):
        super().data_received(data)
        self.transport.write(b'<' + data + b'>')

    def eof_received(self):
        super().eof_received()
        self.transport.write(b'end')
        self.transport.close()
        return True


async def conversation(loop):
    made = []

    def factory():
        made.append(Replier('server'))
        return made[0]

    server = await loop.create_server(factory, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    transport, protocol = await loop.create_connection(lambda: Recorder('client'), '127.0.0.1', port)
    print(transport.get_protocol() is protocol, isinstance(transport, asyncio.Transport), isinstance(protocol, asyncio.BaseProtocol))
    transport.write(b'hello')
    await asyncio.sleep(0.05)
    transport.write_eof()
    print(await protocol.done, await made[0].done)
    print(transport.is_closing(), transport.is_reading(), transport.get_protocol())
    transport.close()
    transport.abort()
    server.close()
    await server.wait_closed()


class Slow(asyncio.Protocol):
    def __init__(self):
        self.events = []
        self.resumed = asyncio.get_running_loop().create_future()

    def pause_writing(self):
        self.events.append('pause')

    def resume_writing(self):
        self.events.append('resume')
        self.resumed.set_result(None)


async def flow_control(loop):
    received, connections = [0], []

    class Sink(asyncio.Protocol):
        def connection_made(self, transport):
            connections.append(transport)
            transport.pause_reading()
            print('paused', transport.is_reading())

        def data_received(self, data):
            received[0] += len(data)

    server = await loop.create_server(Sink, '127.0.0.1', 0)
    transport, protocol = await loop.create_connection(Slow, *server.sockets[0].getsockname())
    print(transport.get_write_buffer_limits(), transport.get_write_buffer_size())
    transport.set_write_buffer_limits(high=1000, low=10)
    print(transport.get_write_buffer_limits())
    for limits in ({'high': 5, 'low': 10}, {'low': -1}):
        try:
            transport.set_write_buffer_limits(**limits)
        except ValueError as error:
            print(error)
    total = 0
    while not protocol.events:
        transport.write(bytes(1 << 20))
        total += 1 << 20
        await asyncio.sleep(0)
    print(protocol.events, transport.get_write_buffer_size() > 1000)
    connections[0].resume_reading()
    connections[0].resume_reading()
    await protocol.resumed
    print(protocol.events, transport.get_write_buffer_size() <= 10)
    transport.close()
    while received[0] < total:
        await asyncio.sleep(0.001)
    print(received[0] == total)
    for bad in ('text', 5, None):
        try:
            connections[0].write(bad)
        except TypeError as error:
            print(error)
    connections[0].abort()
    server.close()


class Buffered(asyncio.BufferedProtocol):
    def __init__(self):
        self.buffer = bytearray(4)
        self.pieces = []
        self.done = asyncio.get_running_loop().create_future()

    def get_buffer(self, sizehint):
        return self.buffer

    def buffer_updated(self, count):
        self.pieces.append(bytes(self.buffer[:count]))

    def eof_received(self):
        self.pieces.append('eof')

    def connection_lost(self, error):
        self.done.set_result(self.pieces)


class Failing(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()

    def data_received(self, data):
        raise ZeroDivisionError('in the protocol')

    def connection_lost(self, error):
        self.done.set_result(error)


async def other_protocols(loop):
    made = []

    def factory():
        made.append(kinds.pop(0)())
        return made[-1]

    kinds = [Buffered, Failing]
    loop.set_exception_handler(lambda loop, context: print('handler:', context['message'], repr(context['exception']), sorted(context)))
    server = await loop.create_server(factory, '127.0.0.1', 0)
    for text in (b'0123456789', b'boom'):
        transport, _ = await loop.create_connection(asyncio.Protocol, *server.sockets[0].getsockname())
        transport.write(text)
        transport.close()
        while not made:
            await asyncio.sleep(0)
        print(await made.pop().done)
    server.close()


async def main():
    loop = asyncio.get_running_loop()
    await conversation(loop)
    await flow_control(loop)
    await other_protocols(loop)


asyncio.run(main())
