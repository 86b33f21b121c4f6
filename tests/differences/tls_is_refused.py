# There is no TLS yet: every way of asking for it says so at once, before anything is connected or bound.
import asyncio
import socket


async def attempt(name, awaitable):
    try:
        print(name, await awaitable)
    except Exception as error:
        print(name, type(error).__name__, error)


async def main():
    loop, context, protocol = asyncio.get_running_loop(), object(), asyncio.Protocol
    where = "127.0.0.1", 1
    path = "/tmp/coil_never_made"
    await attempt("open_connection", asyncio.open_connection(*where, ssl=True))
    await attempt("open_connection", asyncio.open_connection(*where, ssl=context, server_hostname="host"))
    await attempt("open_unix_connection", asyncio.open_unix_connection(path, ssl=True))
    await attempt("start_server", asyncio.start_server(print, *where, ssl=context))
    await attempt("start_unix_server", asyncio.start_unix_server(print, path, ssl=context))
    await attempt("create_connection", loop.create_connection(protocol, *where, ssl=context))
    await attempt("create_unix_connection", loop.create_unix_connection(protocol, path, ssl=context))
    await attempt("create_server", loop.create_server(protocol, *where, ssl=context))
    await attempt("create_unix_server", loop.create_unix_server(protocol, path, ssl=context))
    sock = socket.socket()
    await attempt("connect_accepted_socket", loop.connect_accepted_socket(protocol, sock, ssl=context))
    sock.close()
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await attempt("StreamWriter.start_tls", writer.start_tls(context))
    await attempt("loop.start_tls", loop.start_tls(writer.transport, protocol(), context))
    print(writer.get_extra_info("sslcontext"), writer.is_closing())
    writer.close()
    server.close()


asyncio.run(main())
try:
    import ssl
except ImportError as error:
    print(error)
