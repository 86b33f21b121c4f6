# Blocking sockets: pairs, TCP and UDP over the loopback, timeouts, options, closing.
import socket

a, b = socket.socketpair()
with a, b:
    print(a.family == socket.AF_UNIX, a.type == socket.SOCK_STREAM, a.proto)
    print(a.send(b'hello'), b.recv(100))
    a.sendall(bytearray(b'x' * 1000))
    buffer = bytearray(600)
    print(b.recv_into(buffer), b.recv_into(memoryview(buffer)[:10]), b.recv(1000, socket.MSG_PEEK) == b'x' * 390, len(b.recv(1000)))
    b.settimeout(0.01)
    print(b.gettimeout(), b.getblocking())
    try:
        b.recv(1)
    except TimeoutError as error:
        print(repr(error))
    b.setblocking(False)
    print(b.gettimeout(), b.getblocking())
    try:
        b.recv(1)
    except BlockingIOError as error:
        print(repr(error))
    b.setblocking(True)
    print(b.gettimeout())
    a.shutdown(socket.SHUT_WR)
    print(b.recv(10), b.recv(10))
    b.send(b'half')
    print(a.recv(10))
print(a.fileno(), b.fileno())

server = socket.create_server(('127.0.0.1', 0))
host, port = server.getsockname()
print(host, server.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), server.family, server.type)
client = socket.create_connection(('127.0.0.1', port), timeout=5)
connection, address = server.accept()
print(address == client.getsockname(), connection.getpeername() == client.getsockname(), client.getpeername() == (host, port))
print(client.timeout, connection.timeout)
client.sendall(b'ping')
print(connection.recv(4))
print(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0, len(connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)))
copy = connection.dup()
connection.close()
copy.send(b'still there')
print(client.recv(100))
fd = copy.detach()
print(copy.fileno(), fd > 0)
again = socket.socket(fileno=fd)
print(again.family == socket.AF_INET, again.type == socket.SOCK_STREAM)
again.close()
print(client.recv(100))
client.close()
server.settimeout(0.01)
try:
    server.accept()
except socket.timeout as error:
    print('accept', error)
server.close()

left = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
right = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
left.bind(('127.0.0.1', 0))
right.bind(('127.0.0.1', 0))
print(left.sendto(b'datagram', right.getsockname()))
data, sender = right.recvfrom(100)
print(data, sender == left.getsockname())
right.connect(left.getsockname())
right.send(b'back')
into = bytearray(10)
count, sender = left.recvfrom_into(into)
print(count, bytes(into), sender == right.getsockname())
left.close()
right.close()

abstract = socket.socket(socket.AF_UNIX)
print(abstract.getsockname())
abstract.close()
print(socket.inet_aton('1.2.3.4'), socket.inet_ntoa(b'\x7f\0\0\1'), socket.inet_pton(socket.AF_INET6, '::1'))
print(socket.inet_ntop(socket.AF_INET6, b'\0' * 15 + b'\1'), socket.htons(1), socket.ntohl(1), hex(socket.INADDR_LOOPBACK))
print(socket.getaddrinfo('127.0.0.1', 80, socket.AF_INET, socket.SOCK_STREAM)[0][2:])
print(socket.getnameinfo(('127.0.0.1', 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV), socket.gethostbyname('127.0.0.1'))
print(type(socket.gethostname()).__name__)


class Named(socket.socket):
    name = 'mine'


named = Named()
named.extra = 5
print(named.name, named.extra, isinstance(named, socket.socket), repr(named).startswith('<__main__.Named fd='))
named.close()
