"""What of the module socket is written in Python."""
import socket
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
