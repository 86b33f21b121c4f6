# Where no socket can be made at all, for want of descriptors say, start_server() raises the error; CPython 3.11 gives a server without sockets.
import asyncio
import socket


def no_socket(*args, **kwargs):
    raise OSError(24, "Too many open files")


async def main():
    usual, socket.socket = socket.socket, no_socket
    try:
        await asyncio.start_server(print, "127.0.0.1", 0)
    except OSError as error:
        print(error)
    finally:
        socket.socket = usual


asyncio.run(main())
