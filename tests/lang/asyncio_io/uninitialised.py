# Objects whose __init__ has not run, and transports made by hand: exceptions, never a crash.
import asyncio
import socket


def attempt(call):
    try:
        call()
    except Exception:
        return


class Pretender:
    def __init__(self, number):
        self.number = number

    def fileno(self):
        return self.number

    def close(self):
        pass


async def main():
    loop = asyncio.get_running_loop()
    for cls in (asyncio.StreamReader, asyncio.StreamWriter, asyncio.StreamReaderProtocol, asyncio.streams.FlowControlMixin, socket.socket):
        thing = cls.__new__(cls)
        for name in dir(thing):
            if name.startswith('__') or name in ('set_exception', '_replace_writer'):
                continue
            attempt(lambda: getattr(thing, name))
            for arguments in ((), (None,), (b'x',), (1, 2)):
                try:
                    result = getattr(thing, name)(*arguments)
                    if hasattr(result, 'close'):
                        result.close()
                except Exception:
                    pass
        attempt(lambda: repr(thing))
    a, b = socket.socketpair()
    transport, _ = await loop.create_connection(asyncio.Protocol, sock=a)
    attempt(lambda: type(transport)())
    attempt(lambda: repr(object.__new__(type(transport))))
    attempt(lambda: loop._make_socket_transport(Pretender(b.fileno()), asyncio.Protocol()))
    attempt(lambda: loop._spawn(1, 2, 3, 4, 5, 6, 7, 8, 9))
    attempt(lambda: loop._watch_process(-1, print))
    transport.close()
    b.close()


asyncio.run(main())
print('done')
