# loop.sock_*(), add_reader() and add_writer() on plain sockets.
import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen()
    listener.setblocking(False)
    client = socket.socket()
    client.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(listener))
    await loop.sock_connect(client, listener.getsockname())
    server, address = await accepting
    print(address == client.getsockname(), server.gettimeout())

    receiving = asyncio.create_task(loop.sock_recv(server, 100))
    await asyncio.sleep(0)
    print(receiving.done())
    await loop.sock_sendall(client, b'hello')
    print(await receiving)
    buffer = bytearray(10)
    await loop.sock_sendall(server, memoryview(b'0123456'))
    print(await loop.sock_recv_into(client, buffer), bytes(buffer))

    big = bytes(range(256)) * 8192
    sending = asyncio.create_task(loop.sock_sendall(client, big))
    got = b''
    while len(got) < len(big):
        got += await loop.sock_recv(server, 1 << 20)
    await sending
    print(got == big)

    waiting = asyncio.create_task(loop.sock_recv(server, 10))
    await asyncio.sleep(0)
    waiting.cancel()
    try:
        await waiting
    except asyncio.CancelledError:
        print('cancelled', loop.remove_reader(server))
    try:
        async with asyncio.timeout(0.01):
            await loop.sock_recv(server, 10)
    except TimeoutError:
        print('timed out')

    events = []
    done = loop.create_future()

    def readable(name):
        data = server.recv(100)
        events.append((name, data))
        if not data:
            print(loop.remove_reader(server.fileno()), loop.remove_reader(server.fileno()))
            done.set_result(None)

    def writable():
        client.send(b'from the writer')
        client.shutdown(socket.SHUT_WR)
        print('writer', loop.remove_writer(client))

    loop.add_reader(server, print, 'never called')
    loop.add_reader(server.fileno(), readable, 'reader')
    loop.add_writer(client, writable)
    await done
    print(events)
    client.close()
    server.close()
    listener.close()
    for bad in (-1, 'text', 2.5, None):
        try:
            loop.add_reader(bad, print)
        except ValueError as error:
            print(error)
    try:
        await loop.sock_connect(socket.socket(), ('127.0.0.1', 1))
    except ConnectionRefusedError as error:
        print(error)

    one, two = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for sock in (one, two):
        sock.bind(('127.0.0.1', 0))
        sock.setblocking(False)
    receiving = asyncio.create_task(loop.sock_recvfrom(two, 100))
    await asyncio.sleep(0)
    print(await loop.sock_sendto(one, b'datagram', two.getsockname()))
    data, address = await receiving
    print(data, address == one.getsockname())
    await loop.sock_sendto(two, b'back', one.getsockname())
    count, address = await loop.sock_recvfrom_into(one, buffer)
    print(count, bytes(buffer), address == two.getsockname())
    one.close()
    two.close()

    a, b = socket.socketpair()
    transport, protocol = await loop.create_connection(asyncio.Protocol, sock=a)
    for call in (lambda: loop.add_reader(a, print), lambda: loop.remove_writer(a)):
        try:
            call()
        except RuntimeError as error:
            print(str(error).partition(' by transport')[0].replace(str(a.fileno()), 'N'))
    transport.close()
    b.close()
    print(await loop.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM) == socket.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM))
    print(await loop.getnameinfo(('127.0.0.1', 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
    found = await loop.getaddrinfo('localhost', None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    print(found[0][4])
    try:
        await loop.getaddrinfo('no such host.invalid', 1)
    except socket.gaierror as error:
        print('gaierror')


asyncio.run(main())
