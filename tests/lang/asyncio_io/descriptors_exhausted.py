# No descriptor is left: everything that wants one says so, nothing leaks, nothing spins; when there are some again, all goes on.
import asyncio
import asyncio.constants
import os
import socket
import sys


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def take_all():
    taken = []
    while True:
        try:
            taken.append(os.dup(0))
        except OSError:
            return taken


async def attempt(name, function):
    try:
        result = function()
        if asyncio.iscoroutine(result):
            result = await result
        print(name, "worked", type(result).__name__)
    except OSError as error:
        print(name, type(error).__name__, error.errno)


async def echo(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


async def ask(address):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b"hello\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def child():
    loop, problems = asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda loop, context: problems.append((context["message"], context["exception"].errno)))
    asyncio.constants.ACCEPT_RETRY_DELAY = 0.05
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    print(await ask(address))
    process = await asyncio.create_subprocess_exec("/bin/cat", stdin=-1, stdout=-1)   # what the loop needs once is there
    print(await process.communicate(b"x"))
    await asyncio.sleep(0.02)
    client = socket.socket()
    client.setblocking(False)
    before = descriptors()
    taken = take_all()
    await attempt("open", lambda: open("/dev/null"))
    await attempt("os.pipe", os.pipe)
    await attempt("socket", socket.socket)
    await attempt("socketpair", socket.socketpair)
    await attempt("open_connection", lambda: asyncio.open_connection(*address))
    await attempt("datagrams", lambda: loop.create_datagram_endpoint(asyncio.DatagramProtocol, ("127.0.0.1", 0)))
    for options in ({}, {"stdin": -1}, {"stdout": -1, "stderr": -1}, {"stdin": -3}, {"umask": 0, "stdout": -1}):
        if options:
            await attempt("subprocess", lambda: asyncio.create_subprocess_exec("/bin/true", **options))
    # A connection comes and cannot be taken; meanwhile the loop sleeps.
    await loop.sock_connect(client, address)
    await asyncio.sleep(0.2)
    print(0 < len(problems) < 2000, set(problems))
    for fd in taken:
        os.close(fd)
    await loop.sock_sendall(client, b"late\n")
    print(await loop.sock_recv(client, 100), await ask(address))
    process = await asyncio.create_subprocess_exec("/bin/cat", stdin=-1, stdout=-1)
    print(await process.communicate(b"again"))
    await asyncio.sleep(0.02)
    print(descriptors() - before)
    client.close()
    server.close()
    await server.wait_closed()


async def main():
    command = 'ulimit -n 40; exec "$0" "$@"'
    process = await asyncio.create_subprocess_exec("/bin/sh", "-c", command, sys.executable, __file__, "child")
    print(await process.wait())


if "child" in sys.argv:
    asyncio.run(child())
else:
    sys.stdout.flush()
    asyncio.run(main())
