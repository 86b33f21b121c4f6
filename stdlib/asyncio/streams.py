"""Streams: connections as a reader and a writer."""
from _asyncio_io import FlowControlMixin, StreamReader, StreamReaderProtocol, StreamWriter
from asyncio import get_running_loop, sleep

__all__ = ('StreamReader', 'StreamWriter', 'StreamReaderProtocol', 'open_connection', 'start_server', 'open_unix_connection',
           'start_unix_server')

_DEFAULT_LIMIT = 2 ** 16


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connect, as loop.create_connection() does: (reader, writer)."""
    loop = get_running_loop()
    reader = StreamReader(limit, loop)
    protocol = StreamReaderProtocol(reader, None, loop)
    transport, _ = await loop.create_connection(lambda: protocol, host, port, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """A Server; client_connected_cb(reader, writer) is called, or started as a task, for each connection."""
    loop = get_running_loop()

    def factory():
        return StreamReaderProtocol(StreamReader(limit, loop), client_connected_cb, loop)

    return await loop.create_server(factory, host, port, **kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    loop = get_running_loop()
    reader = StreamReader(limit, loop)
    protocol = StreamReaderProtocol(reader, None, loop)
    transport, _ = await loop.create_unix_connection(lambda: protocol, path, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    loop = get_running_loop()

    def factory():
        return StreamReaderProtocol(StreamReader(limit, loop), client_connected_cb, loop)

    return await loop.create_unix_server(factory, path, **kwds)


async def _drain(writer):
    if writer._reader is not None:
        error = writer._reader.exception()
        if error is not None:
            raise error
    if writer._transport.is_closing():
        # Go round once, so that connection_lost() can say why.
        await sleep(0)
    await writer._protocol._drain_helper()


async def _wait_closed(writer):
    await writer._protocol._get_close_waiter(writer)


async def _start_tls(writer, sslcontext):
    await writer.drain()
    await writer._loop.start_tls(writer._transport, writer._protocol, sslcontext)   # which refuses
