# Of CPython's test.support.socket_helper: what the tests of asyncio use.
import contextlib
import socket
import unittest

HOST, HOSTv4, HOSTv6 = "localhost", "127.0.0.1", "::1"


def _is_ipv6_enabled():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as sock:
            sock.bind((HOSTv6, 0))
            return True
    except OSError:
        return False


IPV6_ENABLED = _is_ipv6_enabled()


def find_unused_port(family=socket.AF_INET, socktype=socket.SOCK_STREAM):
    with socket.socket(family, socktype) as sock:
        return bind_port(sock)


def bind_port(sock, host=HOSTv4):
    sock.bind((host, 0))
    return sock.getsockname()[1]


def skip_unless_bind_unix_socket(test): return test
def skip_if_tcp_blackhole(test): return test
def tcp_blackhole(): return False


@contextlib.contextmanager
def transient_internet(*args, **kwargs):
    raise unittest.SkipTest("network")
    yield
