"""Connecting and serving: the loop's methods that open sockets."""
import os
import socket
from asyncio import BaseEventLoop, CancelledError, gather, get_running_loop
from asyncio import constants
from asyncio.events import AbstractServer
from asyncio.exceptions import SendfileNotAvailableError
from asyncio.log import logger

__all__ = ('BaseEventLoop', 'Server')

_SENDFILE_BLOCK = 256 * 1024
_SENDFILE_AT_ONCE = 1 << 30
_NO_TLS = 'TLS is not available in this build of Coil'
_OUT_OF_DESCRIPTORS = (23, 24, 12, 105)   # ENFILE, EMFILE, ENOMEM, ENOBUFS
_ENOTCONN = 107
_PEER_IS_GONE = (_ENOTCONN, 32, 104)       # EPIPE, ECONNRESET


def _refuse_tls(ssl, server_hostname=None, **others):
    if ssl:
        raise NotImplementedError(_NO_TLS)
    if server_hostname is not None:
        raise ValueError('server_hostname is only meaningful with ssl')
    for name, value in others.items():
        if value is not None:
            raise ValueError(f'{name} is only meaningful with ssl')


def _set_reuseport(sock):
    if not hasattr(socket, 'SO_REUSEPORT'):
        raise ValueError('reuse_port not supported by socket module')
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError('reuse_port not supported by socket module, SO_REUSEPORT defined but not implemented.') from None


def _check_stream(sock):
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f'A Stream Socket was expected, got {sock!r}')


# ---- names

async def getaddrinfo(loop, host, port, *, family=0, type=0, proto=0, flags=0):
    return await loop._getaddrinfo(host, port, family, type, proto, flags)


async def getnameinfo(loop, sockaddr, flags=0):
    return await loop._getnameinfo(sockaddr, flags)


def _ipaddr_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    """What getaddrinfo() would say of an address in numbers; None when it is a name, or anything else that only getaddrinfo() knows."""
    if not hasattr(socket, 'inet_pton') or host is None or proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP):
        return None
    if type == socket.SOCK_STREAM:
        proto = socket.IPPROTO_TCP
    elif type == socket.SOCK_DGRAM:
        proto = socket.IPPROTO_UDP
    else:
        return None
    if port is None or port in (b'', ''):
        port = 0
    else:
        try:
            port = int(port)
        except (TypeError, ValueError):
            return None
    if isinstance(host, bytes):
        try:
            host = host.decode('ascii')
        except UnicodeDecodeError:
            return None
    if '%' in host:
        return None   # with a scope
    for one in (socket.AF_INET, socket.AF_INET6) if family == socket.AF_UNSPEC else (family,):
        try:
            socket.inet_pton(one, host)
        except OSError:
            continue
        if one == socket.AF_INET6:
            return one, type, proto, '', (host, port, flowinfo, scopeid)
        return one, type, proto, '', (host, port)
    return None


async def _resolve(loop, address, *, family=0, type=socket.SOCK_STREAM, proto=0, flags=0):
    host, port = address[:2]
    info = _ipaddr_info(host, port, family, type, proto, *address[2:])
    if info is not None:
        return [info]
    return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)


async def sock_connect(loop, sock, address):
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        found = await _resolve(loop, address, family=sock.family, type=sock.type, proto=sock.proto)
        address = found[0][4]
    await loop._sock_connect(sock, address)


# ---- connecting

async def _make_pair(loop, make, channel, protocol_factory, *more):
    """A transport, made by one of the loop's methods, and its protocol, once that has been told."""
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = make(channel, protocol, waiter, *more)
    try:
        await waiter
    except:
        transport.close()
        raise
    return transport, protocol


async def _connect_one(loop, errors, info, local_infos):
    mine = []
    errors.append(mine)
    family, kind, proto, _, address = info
    sock = None
    try:
        sock = socket.socket(family=family, type=kind, proto=proto)
        sock.setblocking(False)
        if local_infos is not None:
            for local_family, _, _, _, local in local_infos:
                if local_family != family:
                    continue
                try:
                    sock.bind(local)
                    break
                except OSError as error:
                    mine.append(OSError(error.errno,
                                        f'error while attempting to bind on address {local!r}: {error.strerror.lower()}'))
            else:
                if mine:
                    raise mine.pop()
                raise OSError(f'no matching local address with family={family!r} found')
        await loop.sock_connect(sock, address)
        return sock
    except OSError as error:
        mine.append(error)
        if sock is not None:
            sock.close()
        raise
    except:
        if sock is not None:
            sock.close()
        raise


def _interleave(infos, first_count=1):
    by_family = {}
    for info in infos:
        by_family.setdefault(info[0], []).append(info)
    lists = list(by_family.values())
    result = []
    if first_count > 1:
        result.extend(lists[0][:first_count - 1])
        del lists[0][:first_count - 1]
    for row in range(max(map(len, lists))):
        result.extend(infos[row] for infos in lists if row < len(infos))
    return result


async def _first_to_connect(loop, errors, infos, local_infos, delay):
    """Happy eyeballs (RFC 8305): another attempt is begun when the last one fails or takes too long; the first to succeed wins."""
    pending, winner = set(), None
    infos = list(infos)
    try:
        while winner is None and (infos or pending):
            started = None
            if infos:
                started = loop.create_task(_connect_one(loop, errors, infos.pop(0), local_infos))
                pending.add(started)
            from asyncio import wait
            done, pending = await wait(pending, timeout=delay if infos else None, return_when='FIRST_COMPLETED')
            for task in done:
                if not task.cancelled() and task.exception() is None:
                    if winner is None:
                        winner = task.result()
                    else:
                        task.result().close()
        return winner
    finally:
        for task in pending:
            task.cancel()
        for result in await gather(*pending, return_exceptions=True):
            if isinstance(result, socket.socket):
                result.close()


async def _connect_any(loop, infos, local_infos, delay):
    errors, sock = [], None
    try:
        if delay is None:
            for info in infos:
                try:
                    sock = await _connect_one(loop, errors, info, local_infos)
                    break
                except OSError:
                    continue
        else:
            sock = await _first_to_connect(loop, errors, infos, local_infos, delay)
        if sock is not None:
            return sock
        errors = [error for mine in errors for error in mine]
        if len(errors) == 1:
            raise errors[0]
        first = str(errors[0])
        if all(str(error) == first for error in errors):
            raise errors[0]
        raise OSError('Multiple exceptions: {}'.format(', '.join(str(error) for error in errors)))
    finally:
        errors = None


async def create_connection(loop, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None,
                            local_addr=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                            happy_eyeballs_delay=None, interleave=None):
    _refuse_tls(ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
    if happy_eyeballs_delay is not None and interleave is None:
        interleave = 1
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError('host/port and sock can not be specified at the same time')
        infos = await _resolve(loop, (host, port), family=family, proto=proto, flags=flags)
        if not infos:
            raise OSError('getaddrinfo() returned empty list')
        local_infos = None
        if local_addr is not None:
            local_infos = await _resolve(loop, local_addr, family=family, proto=proto, flags=flags)
            if not local_infos:
                raise OSError('getaddrinfo() returned empty list')
        if interleave:
            infos = _interleave(infos, interleave)
        sock = await _connect_any(loop, infos, local_infos, happy_eyeballs_delay)
    else:
        if sock is None:
            raise ValueError('host and port was not specified and no sock specified')
        _check_stream(sock)
    sock.setblocking(False)
    return await _make_pair(loop, loop._make_socket_transport, sock, protocol_factory)


def _check_unix_stream(sock):
    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f'A UNIX Domain Stream Socket was expected, got {sock!r}')


async def create_unix_connection(loop, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    _refuse_tls(ssl, server_hostname, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
    if path is not None:
        if sock is not None:
            raise ValueError('path and sock can not be specified at the same time')
        path = _path_text(path)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
        try:
            sock.setblocking(False)
            await loop.sock_connect(sock, path)
        except:
            sock.close()
            raise
    else:
        if sock is None:
            raise ValueError('no path and sock were specified')
        _check_unix_stream(sock)
        sock.setblocking(False)
    return await _make_pair(loop, loop._make_socket_transport, sock, protocol_factory)


async def connect_accepted_socket(loop, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    _check_stream(sock)
    _refuse_tls(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
    sock.setblocking(False)
    return await _make_pair(loop, loop._make_socket_transport, sock, protocol_factory)


async def connect_read_pipe(loop, protocol_factory, pipe):
    return await _make_pair(loop, loop._make_read_pipe_transport, pipe, protocol_factory)


async def connect_write_pipe(loop, protocol_factory, pipe):
    return await _make_pair(loop, loop._make_write_pipe_transport, pipe, protocol_factory)


# ---- serving

class Server(AbstractServer):
    """Sockets that accept connections."""

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout, ssl_shutdown_timeout=None):
        self._loop = loop
        self._sockets = sockets
        self._active_count = 0
        self._waiters = []
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._serving = False
        self._serving_forever_fut = None

    def __repr__(self):
        return f'<{self.__class__.__name__} sockets={self.sockets!r}>'

    @property
    def sockets(self):
        return () if self._sockets is None else tuple(self._sockets)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    def _attach(self):
        assert self._sockets is not None
        self._active_count += 1

    def _detach(self):
        assert self._active_count > 0
        self._active_count -= 1
        if self._active_count == 0 and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(waiter)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop.add_reader(sock.fileno(), self._accept, sock)

    def _accept(self, sock):
        loop = self._loop
        for _ in range(self._backlog):
            try:
                connection, address = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                if error.errno not in _OUT_OF_DESCRIPTORS:
                    raise
                loop.call_exception_handler({
                    'message': 'socket.accept() out of system resource',
                    'exception': error,
                    'socket': sock,
                })
                # It would be ready at once again: have others close something first.
                loop.remove_reader(sock.fileno())
                loop.call_later(constants.ACCEPT_RETRY_DELAY, self._accept_again, sock)
                return
            connection.setblocking(False)
            try:
                protocol = self._protocol_factory()
                self._attach()
                try:
                    loop._make_socket_transport(connection, protocol, None, {'peername': address}, self)
                except BaseException:
                    self._detach()
                    raise
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                connection.close()
                loop.call_exception_handler({
                    'message': 'Error on transport creation for incoming connection',
                    'exception': error,
                })
            if self._sockets is None:
                return

    def _accept_again(self, sock):
        if self._sockets is not None and self._serving:
            self._loop.add_reader(sock.fileno(), self._accept, sock)

    def close(self):
        sockets = self._sockets
        if sockets is None:
            return
        self._sockets = None
        for sock in sockets:
            if sock.fileno() != -1:
                self._loop.remove_reader(sock.fileno())
                sock.close()
        self._serving = False
        if self._serving_forever_fut is not None and not self._serving_forever_fut.done():
            self._serving_forever_fut.cancel()
            self._serving_forever_fut = None
        if self._active_count == 0:
            self._wakeup()

    async def start_serving(self):
        self._start_serving()
        from asyncio import sleep
        await sleep(0)

    async def serve_forever(self):
        if self._serving_forever_fut is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        self._start_serving()
        self._serving_forever_fut = self._loop.create_future()
        try:
            await self._serving_forever_fut
        except CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        if self._sockets is None or self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


async def _server_infos(loop, host, port, family, flags):
    hosts = [None] if host == '' or host is None else [host] if isinstance(host, str) else list(host)
    infos = []
    for one in hosts:
        found = await _resolve(loop, (one, port), family=family, flags=flags)
        if not found:
            raise OSError(f'getaddrinfo({one!r}) returned empty list')
        for info in found:
            if info not in infos:
                infos.append(info)
    return infos


def _bind_all(infos, reuse_address, reuse_port):
    sockets = []
    try:
        for family, kind, proto, _, address in infos:
            try:
                sock = socket.socket(family, kind, proto)
            except OSError as error:
                problem = error
                continue   # such as IPv6 where there is none
            sockets.append(sock)
            if reuse_address:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
            if reuse_port:
                _set_reuseport(sock)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
            try:
                sock.bind(address)
            except OSError as error:
                raise OSError(error.errno,
                              f'error while attempting to bind on address {address!r}: {error.strerror.lower()}') from None
        if not sockets:
            raise problem
        return sockets
    except BaseException:
        for sock in sockets:
            sock.close()
        raise


async def _serve(loop, sockets, protocol_factory, backlog, start_serving):
    for sock in sockets:
        sock.setblocking(False)
    server = Server(loop, sockets, protocol_factory, None, backlog, None)
    if start_serving:
        try:
            await server.start_serving()
        except BaseException:
            server.close()   # nobody else has it
            raise
    return server


async def create_server(loop, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None,
                        backlog=100, ssl=None, reuse_address=None, reuse_port=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None, start_serving=True):
    if isinstance(ssl, bool):
        raise TypeError('ssl argument must be an SSLContext or None')
    _refuse_tls(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError('host/port and sock can not be specified at the same time')
        infos = await _server_infos(loop, host, port, family, flags)
        sockets = _bind_all(infos, reuse_address is None or reuse_address, reuse_port)
    else:
        if sock is None:
            raise ValueError('Neither host/port nor sock were specified')
        _check_stream(sock)
        sockets = [sock]
    return await _serve(loop, sockets, protocol_factory, backlog, start_serving)


def _path_text(path):
    return path.__fspath__() if hasattr(path, '__fspath__') else path


async def create_unix_server(loop, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
                             ssl_shutdown_timeout=None, start_serving=True):
    if isinstance(ssl, bool):
        raise TypeError('ssl argument must be an SSLContext or None')
    _refuse_tls(ssl, ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)
    if path is not None:
        if sock is not None:
            raise ValueError('path and sock can not be specified at the same time')
        path = _path_text(path)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            loop._remove_stale_socket(path)
            try:
                sock.bind(path)
            except OSError as error:
                if error.errno == 98:
                    raise OSError(98, f'Address {path!r} is already in use') from None
                raise
        except BaseException:
            sock.close()
            raise
    else:
        if sock is None:
            raise ValueError('path was not specified, and no sock specified')
        _check_unix_stream(sock)
    return await _serve(loop, [sock], protocol_factory, backlog, start_serving)


# ---- datagrams

async def _datagram_addresses(loop, local_addr, remote_addr, family, proto, flags):
    """Which pairs of addresses to try: {(family, proto): [local, remote]}."""
    if not local_addr and not remote_addr:
        if family == 0:
            raise ValueError('unexpected address family')
        return {(family, proto): [None, None]}
    if family == socket.AF_UNIX:
        for address in (local_addr, remote_addr):
            if address is not None and not isinstance(address, str):
                raise TypeError('string is expected')
        if local_addr and local_addr[0] not in ('\0', 0):
            loop._remove_stale_socket(local_addr)
        return {(family, proto): [local_addr, remote_addr]}
    found = {}
    for index, address in enumerate((local_addr, remote_addr)):
        if address is None:
            continue
        if not (isinstance(address, tuple) and len(address) == 2):
            raise TypeError('2-tuple is expected')
        infos = await _resolve(loop, address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags)
        if not infos:
            raise OSError('getaddrinfo() returned empty list')
        for info_family, _, info_proto, _, where in infos:
            found.setdefault((info_family, info_proto), [None, None])[index] = where
    usable = {key: pair for key, pair in found.items()
              if not (local_addr and pair[0] is None or remote_addr and pair[1] is None)}
    if not usable:
        raise ValueError('can not get address information')
    return usable


async def create_datagram_endpoint(loop, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0,
                                   reuse_port=None, allow_broadcast=None, sock=None):
    peer = None
    if sock is not None:
        if sock.type == socket.SOCK_STREAM:
            raise ValueError(f'A UDP Socket was expected, got {sock!r}')
        if local_addr or remote_addr or family or proto or flags or reuse_port or allow_broadcast:
            options = dict(local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto, flags=flags,
                           reuse_port=reuse_port, allow_broadcast=allow_broadcast)
            problems = ', '.join(f'{name}={value}' for name, value in options.items() if value)
            raise ValueError(f'socket modifier keyword arguments can not be used when sock is specified. ({problems})')
        sock.setblocking(False)
    else:
        addresses = await _datagram_addresses(loop, local_addr, remote_addr, family, proto, flags)
        errors = []
        for (one_family, one_proto), (local, remote) in addresses.items():
            sock = peer = None
            try:
                sock = socket.socket(family=one_family, type=socket.SOCK_DGRAM, proto=one_proto)
                if reuse_port:
                    _set_reuseport(sock)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.setblocking(False)
                if local:
                    sock.bind(local)
                if remote:
                    if not allow_broadcast:
                        await loop.sock_connect(sock, remote)
                    peer = remote
                break
            except OSError as error:
                if sock is not None:
                    sock.close()
                errors.append(error)
            except:
                if sock is not None:
                    sock.close()
                raise
        else:
            raise errors[0]
    return await _make_pair(loop, loop._make_datagram_transport, sock, protocol_factory, {'peername': peer})


# ---- files

def _check_sendfile(file, offset, count):
    if 'b' not in getattr(file, 'mode', 'b'):
        raise ValueError('file should be opened in binary mode')
    if not isinstance(offset, int):
        raise TypeError(f'offset must be a non-negative integer (got {offset!r})')
    if offset < 0:
        raise ValueError(f'offset must be a non-negative integer (got {offset!r})')
    if count is not None:
        if not isinstance(count, int):
            raise TypeError(f'count must be a positive integer (got {count!r})')
        if count <= 0:
            raise ValueError(f'count must be a positive integer (got {count!r})')


async def _send_blocks(file, offset, count, send):
    """Reads the file block by block; how many bytes were sent. The file then stands behind them."""
    if hasattr(file, 'seek'):
        file.seek(offset)
    total = 0
    try:
        while count is None or total < count:
            block = file.read(_SENDFILE_BLOCK if count is None else min(_SENDFILE_BLOCK, count - total))
            if not block:
                break
            await send(block)
            total += len(block)
        return total
    finally:
        if total > 0 and hasattr(file, 'seek'):
            file.seek(offset + total)


def _descriptor_of(file):
    try:
        number = file.fileno()
        return number, os.fstat(number).st_size
    except (AttributeError, OSError, ValueError):
        raise SendfileNotAvailableError('not a regular file') from None


async def _sock_sendfile_native(loop, sock, file, offset, count):
    """From one descriptor to the other inside the system; the file then stands behind what was sent."""
    fd = sock.fileno()
    source, size = _descriptor_of(file)
    total, left = 0, min(size - offset, count) if count else size - offset
    try:
        while left > 0:
            try:
                sent = os.sendfile(fd, source, offset + total, min(left, _SENDFILE_AT_ONCE))
            except BlockingIOError:
                await _until_writable(loop, fd)
                continue
            except OSError as error:
                if total == 0 and error.errno not in _PEER_IS_GONE:
                    raise SendfileNotAvailableError('os.sendfile call failed') from error
                if error.errno == _ENOTCONN:
                    raise ConnectionError('socket is not connected', error.errno) from error
                raise
            if sent == 0:
                break   # the file has become shorter
            total += sent
            left -= sent
        return total
    finally:
        if total > 0 and hasattr(file, 'seek'):
            file.seek(offset + total)


async def _until_writable(loop, fd):
    ready = loop.create_future()
    loop.add_writer(fd, lambda: ready.done() or ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_writer(fd)


def _stop_serving(loop, sock):
    loop.remove_reader(sock.fileno())
    sock.close()


async def sock_sendfile(loop, sock, file, offset=0, count=None, *, fallback=True):
    if loop.get_debug() and sock.gettimeout() != 0:
        raise ValueError('the socket must be non-blocking')
    _check_sendfile(file, offset, count)
    if sock.type != socket.SOCK_STREAM:
        raise ValueError('only SOCK_STREAM type sockets are supported')
    try:
        return await loop._sock_sendfile_native(sock, file, offset, count)
    except SendfileNotAvailableError:
        if not fallback:
            raise
    return await _send_blocks(file, offset, count, lambda block: loop.sock_sendall(sock, block))


class _SendfileProtocol:
    """Stands in for the transport's protocol while a file is sent, to know when there is room and whether it is lost."""

    def __init__(self, transport):
        self._transport = transport
        self._loop = get_running_loop()
        self._protocol = transport.get_protocol()
        self._resume_reading = transport.is_reading()
        self._room = None
        transport.pause_reading()
        transport.set_protocol(self)

    async def send(self, block):
        if self._transport.is_closing():
            raise ConnectionError('Connection closed by peer')
        self._transport.write(block)
        if self._room is not None:
            await self._room

    def restore(self):
        self._transport.set_protocol(self._protocol)
        if self._resume_reading:
            self._transport.resume_reading()

    def pause_writing(self):
        if self._room is None:
            self._room = self._loop.create_future()

    def resume_writing(self):
        if self._room is not None:
            room, self._room = self._room, None
            if not room.done():
                room.set_result(None)

    def connection_lost(self, error):
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_exception(ConnectionError('Connection is closed by peer') if error is None else error)
        self._protocol.connection_lost(error)


async def sendfile(loop, transport, file, offset=0, count=None, *, fallback=True):
    if transport.is_closing():
        raise RuntimeError('Transport is closing')
    if not hasattr(transport, 'write'):
        raise RuntimeError(f'sendfile is not supported for transport {transport!r}')
    if not fallback:
        raise RuntimeError(f'fallback is disabled and native sendfile is not supported for transport {transport!r}')
    _check_sendfile(file, offset, count)
    stand_in = _SendfileProtocol(transport)
    try:
        return await _send_blocks(file, offset, count, stand_in.send)
    finally:
        stand_in.restore()


async def start_tls(loop, transport, protocol, sslcontext, **options):
    raise NotImplementedError(_NO_TLS)
