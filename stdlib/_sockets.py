"""What of the module socket is written in Python."""
import socket
import sys
from socket import AF_INET, AF_INET6, AI_PASSIVE, IPPROTO_IPV6, IPV6_V6ONLY, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, getaddrinfo

_DEFAULT = object()


def create_connection(address, timeout=_DEFAULT, source_address=None, *, all_errors=False):
    host, port = address
    errors = []
    for family, kind, proto, _, where in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket.socket(family, kind, proto)
            if timeout is not _DEFAULT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(where)
            return sock
        except OSError as error:
            if not all_errors:
                errors.clear()
            errors.append(error)
            if sock is not None:
                sock.close()
    if not errors:
        raise OSError('getaddrinfo returns an empty list')
    try:
        if not all_errors:
            raise errors[0]
        raise ExceptionGroup('create_connection failed', errors)
    finally:
        errors = None


def has_dualstack_ipv6():
    try:
        with socket.socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except OSError:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    if reuse_port and not hasattr(socket, 'SO_REUSEPORT'):
        raise ValueError('SO_REUSEPORT not supported on this platform')
    if dualstack_ipv6:
        if not has_dualstack_ipv6():
            raise ValueError('dualstack_ipv6 not supported on this platform')
        if family != AF_INET6:
            raise ValueError('dualstack_ipv6 requires AF_INET6 family')
    sock = socket.socket(family, SOCK_STREAM)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except OSError as error:
            raise OSError(error.errno, f'{error.strerror} (while attempting to bind on address {address!r})') from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except OSError:
        sock.close()
        raise


def fromfd(fd, family, type, proto=0):
    return socket.socket(family, type, proto, fileno=socket.dup(fd))


def gethostbyname_ex(hostname):
    found = getaddrinfo(hostname, None, AF_INET, SOCK_STREAM, 0, socket.AI_CANONNAME)
    return found[0][3] or hostname, [], [row[4][0] for row in found]


def gethostbyaddr(host):
    where = getaddrinfo(host, None, 0, SOCK_STREAM)[0][4]
    name, _ = socket.getnameinfo(where, socket.NI_NAMEREQD)
    return name, [], [where[0]]


def getfqdn(name=''):
    name = name.strip()
    if not name or name == '0.0.0.0':
        name = socket.gethostname()
    try:
        return gethostbyaddr(name)[0]
    except OSError:
        return name


# ---- descriptors over a Unix socket

_INT = 4   # bytes


def send_fds(sock, buffers, fds, flags=0, address=None):
    data = b''.join(fd.to_bytes(_INT, sys.byteorder, signed=True) for fd in fds)
    return sock.sendmsg(buffers, [(SOL_SOCKET, socket.SCM_RIGHTS, data)], flags, address)


def recv_fds(sock, bufsize, maxfds, flags=0):
    """(data, descriptors, flags, address)"""
    data, ancillary, flags, address = sock.recvmsg(bufsize, socket.CMSG_LEN(maxfds * _INT), flags)
    fds = []
    for level, kind, numbers in ancillary:
        if level == SOL_SOCKET and kind == socket.SCM_RIGHTS:
            for at in range(0, len(numbers) - len(numbers) % _INT, _INT):
                fds.append(int.from_bytes(numbers[at:at + _INT], sys.byteorder, signed=True))
    return data, fds, flags, address


# ---- files

_BLOCK = 8192


class _UnsupportedOperation(OSError, ValueError):
    """As files raise it."""


_UnsupportedOperation.__name__ = _UnsupportedOperation.__qualname__ = 'UnsupportedOperation'
_UnsupportedOperation.__module__ = 'io'


class SocketFile:
    """What makefile() gives: bytes, read and written through buffers."""

    def __init__(self, sock, reading, writing, buffered):
        self._sock = sock
        self._reading, self._writing, self._buffered = reading, writing, buffered
        self._ahead = bytearray()    # received and not given out
        self._behind = bytearray()   # written and not sent
        self._timed_out = False
        self.closed = False
        self.mode = ('rwb' if writing else 'rb') if reading else 'wb'
        sock._file_opened()

    def __repr__(self):
        return f'<{type(self).__name__} mode={self.mode!r}{" closed" if self.closed else ""}>'

    @property
    def name(self):
        return -1 if self.closed else self._sock.fileno()

    def fileno(self):
        self._check()
        return self._sock.fileno()

    def _check(self, wanted=True, problem=None, closed='I/O operation on closed file.'):
        if self.closed:
            raise ValueError(closed)
        if not wanted:
            raise _UnsupportedOperation(problem)

    def readable(self):
        self._check()
        return self._reading

    def writable(self):
        self._check()
        return self._writing

    def seekable(self):
        self._check()
        return False

    def isatty(self):
        return False

    # -- reading

    def _receive(self, size):
        if self._timed_out:
            raise OSError('cannot read from timed out object')
        try:
            return self._sock.recv(size)
        except TimeoutError:
            self._timed_out = True
            raise

    def _fill(self):
        data = self._receive(_BLOCK)
        self._ahead += data
        return bool(data)

    def _take(self, size):
        data = bytes(self._ahead[:size])
        del self._ahead[:size]
        return data

    def read(self, size=-1):
        self._check(self._reading, 'read', 'read of closed file')
        if size is None or size < 0:
            while self._fill():
                pass
            return self._take(len(self._ahead))
        if not self._buffered:
            return self._receive(size)
        while len(self._ahead) < size and self._fill():
            pass
        return self._take(size)

    def read1(self, size=-1):
        self._check(self._reading, 'read1', 'read of closed file')
        if not self._ahead and size != 0:
            self._fill()
        return self._take(len(self._ahead) if size < 0 else size)

    def readinto(self, buffer):
        view = memoryview(buffer).cast('B')
        data = self.read(len(view))
        view[:len(data)] = data
        return len(data)

    def readline(self, size=-1):
        self._check(self._reading, 'readline', 'readline of closed file')
        if size is None or size < 0:
            size = sys.maxsize
        looked = 0
        while True:
            at = self._ahead.find(b'\n', looked)
            if at >= 0:
                return self._take(min(at + 1, size))
            looked = len(self._ahead)
            if looked >= size or not (self._fill() if self._buffered else self._fill_byte()):
                return self._take(size)

    def _fill_byte(self):
        # Without a buffer nothing may be taken that is not asked for.
        data = self._receive(1)
        self._ahead += data
        return bool(data)

    def readlines(self, hint=-1):
        lines, total = [], 0
        for line in self:
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    # -- writing

    def write(self, data):
        self._check(self._writing, 'write', 'write to closed file')
        if isinstance(data, str):
            raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
        data = memoryview(data).cast('B')
        if not self._buffered:
            return self._sock.send(data)
        self._behind += data
        if len(self._behind) > _BLOCK:
            self.flush()
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        self._check()
        while self._behind:
            sent = self._sock.send(self._behind[:1 << 20])
            del self._behind[:sent]

    def close(self):
        if self.closed:
            return
        try:
            self.flush()
        finally:
            self.closed = True
            self._sock._file_closed()
            self._sock = None

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *details):
        self.close()

    def __del__(self):
        if not self.closed:
            try:
                self.close()
            except OSError:
                pass


class TextSocketFile:
    """The same for text."""

    def __init__(self, buffer, mode, encoding, errors, newline):
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline}')
        self.buffer = buffer
        self.mode = mode
        self.encoding = encoding or 'UTF-8'
        self.errors = errors or 'strict'
        self._newline = newline
        self._bytes = b''   # not decoded: part of a character
        self._text = ''
        self._ended = False
        ''.encode(self.encoding)

    def __repr__(self):
        return f'<{type(self).__name__} mode={self.mode!r} encoding={self.encoding!r}>'

    def __getattr__(self, name):
        if name in ('closed', 'name', 'fileno', 'readable', 'writable', 'seekable', 'isatty', 'flush', 'close'):
            return getattr(self.buffer, name)
        raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')

    def _decode(self, data, final):
        data = self._bytes + data
        for cut in range(0, 1 if final else min(4, len(data) + 1)):
            try:
                text = data[:len(data) - cut].decode(self.encoding, self.errors if final or cut == 3 else 'strict')
            except UnicodeDecodeError:
                if final or cut == 3:
                    raise
                continue
            self._bytes = data[len(data) - cut:]
            return text
        self._bytes = data
        return ''

    def _fill(self):
        """More text; False at the end."""
        if self._ended:
            return False
        data = self.buffer.read1(_BLOCK)
        self._ended = not data
        try:
            text = self._decode(data, self._ended)
        except UnicodeDecodeError:
            text = (self._bytes + data).decode(self.encoding, self.errors)
            self._bytes = b''
        if self._newline is None:
            if self._text.endswith('\r'):
                self._text, text = self._text[:-1], '\r' + text
            held = text.endswith('\r') and not self._ended
            text = (text[:-1] if held else text).replace('\r\n', '\n').replace('\r', '\n') + ('\r' if held else '')
        self._text += text
        return not self._ended

    def _take(self, size):
        text, self._text = self._text[:size], self._text[size:]
        return text

    def _ready(self):
        # A last \r may be half of a line's end.
        return len(self._text) - (self._newline is None and not self._ended and self._text.endswith('\r'))

    def read(self, size=-1):
        self.buffer._check(self.buffer._reading, 'not readable')
        if size is None or size < 0:
            while self._fill():
                pass
            return self._take(len(self._text))
        while self._ready() < size and self._fill():
            pass
        return self._take(min(size, self._ready()))

    def _line_end(self, start):
        """Behind the first line's end, or -1."""
        if self._newline in (None, '\n'):
            at = self._text.find('\n', start)
            return at + 1 if at >= 0 else -1
        if self._newline:
            at = self._text.find(self._newline, max(0, start - 1))
            return at + len(self._newline) if at >= 0 else -1
        for at in range(max(0, start - 1), len(self._text)):
            if self._text[at] == '\n':
                return at + 1
            if self._text[at] == '\r' and (at + 1 < len(self._text) or self._ended):
                return at + 2 if self._text[at + 1:at + 2] == '\n' else at + 1
        return -1

    def readline(self, size=-1):
        self.buffer._check(self.buffer._reading, 'not readable')
        if size is None or size < 0:
            size = sys.maxsize
        looked = 0
        while True:
            end = self._line_end(looked)
            if end >= 0:
                return self._take(min(end, size))
            looked = len(self._text)
            if self._ready() >= size or not self._fill():
                end = self._line_end(looked)
                return self._take(min(size, end if end >= 0 else len(self._text)))

    readlines = SocketFile.readlines
    writelines = SocketFile.writelines
    __next__ = SocketFile.__next__

    def __iter__(self):
        self.buffer._check()
        return self

    def write(self, text):
        self.buffer._check(self.buffer._writing, 'not writable')
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text).__name__}')
        data = text.replace('\n', self._newline) if self._newline in ('\r', '\r\n') else text
        self.buffer.write(data.encode(self.encoding, self.errors))
        return len(text)

    def __enter__(self):
        self.buffer._check()
        return self

    def __exit__(self, *details):
        self.close()


def _makefile(sock, mode='r', buffering=None, encoding=None, errors=None, newline=None):
    if mode is None:
        mode = 'r'
    if not set(mode) <= {'r', 'w', 'b'}:
        raise ValueError(f'invalid mode {mode!r} (only r, w, b allowed)')
    writing = 'w' in mode
    reading = 'r' in mode or not writing
    binary = 'b' in mode
    if buffering == 0 and not binary:
        raise ValueError('unbuffered streams must be binary')
    file = SocketFile(sock, reading, writing, buffering != 0)
    if binary:
        return file
    try:
        return TextSocketFile(file, mode, encoding, errors, newline)
    except BaseException:
        file.close()
        raise


def _sendfile(sock, file, offset=0, count=None):
    if 'b' not in getattr(file, 'mode', 'b'):
        raise ValueError('file should be opened in binary mode')
    if not sock.type & SOCK_STREAM:
        raise ValueError('only SOCK_STREAM type sockets are supported')
    if count is not None:
        if not isinstance(count, int):
            raise TypeError(f'count must be a positive integer (got {count!r})')
        if count <= 0:
            raise ValueError(f'count must be a positive integer (got {count!r})')
    if sock.gettimeout() == 0:
        raise ValueError('non-blocking sockets are not supported')
    if offset:
        file.seek(offset)
    total = 0
    try:
        while count is None or total < count:
            data = file.read(_BLOCK if count is None else min(_BLOCK, count - total))
            if not data:
                break
            sock.sendall(data)
            total += len(data)
        return total
    finally:
        if total > 0 and hasattr(file, 'seek'):
            file.seek(offset + total)
