# socket.makefile(), sendmsg(), recvmsg() and their kin.
import os
import socket
import threading


def failure(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


# ---- files of bytes
a, b = socket.socketpair()
out, back = a.makefile("wb"), b.makefile("rb")
print(out.write(b"one\ntwo\nthree"), out.writable(), out.readable(), back.readable(), back.seekable(), out.closed)
out.flush()
print(back.readline(), back.readline(2), back.read(3), back.read1(100))
out.writelines([b"x" * 9000, b"\nend\n"])
out.flush()
print(len(back.readline()), back.readline())
out.close()
a.sendall(b"still open")
print(back.read(5), out.closed)
a.close()
print(back.read(), back.read(), back.readline(), list(back))
failure(out.write, b"x")
failure(back.write, b"x")
print(a.fileno(), b.fileno() == back.fileno())
b.close()
print(b.fileno() != -1)     # the file is still open
back.close()
print(b.fileno(), back.closed)
failure(back.read)

# ---- text, in pieces that cut characters and ends of lines
a, b = socket.socketpair()
with b, b.makefile("r", encoding="utf-8") as text:
    def send():
        for byte in "h\u00e4llo\r\nw\u00f6rld\rlast \U0001f600\n".encode():
            a.send(bytes([byte]))
        a.close()
    thread = threading.Thread(target=send)
    thread.start()
    print(ascii(text.readline()), ascii(text.read(3)), ascii(text.readline(1)), ascii(text.read()), text.encoding)
    thread.join()
for newline in (None, "", "\n", "\r\n", "\r"):
    a, b = socket.socketpair()
    a.sendall(b"a\r\nb\rc\n\r\n")
    a.close()
    with b, b.makefile(newline=newline) as text:
        print(repr(newline), list(text))
a, b = socket.socketpair()
with a, b, a.makefile("rw", newline="\r\n") as both:
    both.write("ping\n")
    both.flush()
    print(b.recv(100))
    b.sendall(b"pong\r\n")
    print(both.readline().encode())
    failure(both.write, b"x")

# ---- misuse, timeouts
a, b = socket.socketpair()
failure(a.makefile, "x")
failure(a.makefile, "r", buffering=0)
b.settimeout(0.01)
file = b.makefile("rb")
failure(file.read, 1)
failure(file.read, 1)
file.close()
raw = a.makefile("rwb", buffering=0)
print(raw.write(b"raw"), b.recv(10), b.send(b"abc"), raw.read(2), raw.read(100))
raw.close()

# ---- messages
print(a.sendmsg([b"ab", bytearray(b"cd"), memoryview(b"ef")]), b.recvmsg(100))
print(a.sendmsg([b""]), a.sendmsg([b"xyz"], [], 0), b.recvmsg(2), b.recvmsg(2))
reading, writing = os.pipe()
print(a.sendmsg([b"fd"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, reading.to_bytes(4, "little"))]))
data, ancillary, flags, address = b.recvmsg(10, socket.CMSG_SPACE(4))
(level, kind, number), = ancillary
got = int.from_bytes(number, "little")
os.write(writing, b"through")
print(data, level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, os.read(got, 20), flags, address)
os.close(got)
print(socket.send_fds(a, [b"more"], [reading, writing]))
data, fds, flags, address = socket.recv_fds(b, 10, 2)
os.write(fds[1], b"again")
print(data, len(fds), os.read(reading, 10), flags, address)
for fd in (*fds, reading, writing):
    os.close(fd)
one, two = bytearray(3), bytearray(10)
a.sendall(b"0123456")
print(b.recvmsg_into([one, memoryview(two)[2:]]), one, two)
print(socket.CMSG_LEN(4) <= socket.CMSG_SPACE(4), socket.CMSG_LEN(0) > 0)
failure(b.recvmsg, -1)
failure(a.sendmsg, [b"x"], [(1, 2)])
failure(a.sendmsg, "text")
failure(a.sendmsg, [1])
failure(b.recvmsg_into, [b"readonly"])
failure(b.recvmsg, 1)
with open("/tmp/coil_socket_file_%d" % os.getpid(), "w+b") as file:
    file.write(b"content of a file")
    file.flush()
    b.settimeout(None)
    print(a.sendfile(file, 3, 7), b.recv(100), file.tell())
    failure(a.sendfile, file, 0, 0)
    os.unlink(file.name)
a.close(), b.close()
datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagram.bind(("127.0.0.1", 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
print(sender.sendmsg([b"da", b"ta"], [], 0, datagram.getsockname()))
data, _, flags, address = datagram.recvmsg(2)
print(data, flags & socket.MSG_TRUNC != 0, address == ("127.0.0.1", sender.getsockname()[1]))
sender.close(), datagram.close()
