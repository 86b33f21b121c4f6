# What CPython's tests of asyncio share, for Coil. Run them with `coil -X virtual-time`: a loop whose clock jumps takes the place of the
# one that is told the times by a generator.
import asyncio
import contextlib
import gc
import os
import socket
import threading
import time
import unittest
from unittest import mock

CLOCK_RES = 0.050
ONLYCERT = ONLYKEY = SIGNED_CERTFILE = SIGNING_CA = "there is no TLS"
PEERCERT = {}


def run_briefly(loop):
    async def once():
        pass
    coroutine = once()
    task = loop.create_task(coroutine)
    task._log_destroy_pending = False
    try:
        loop.run_until_complete(task)
    finally:
        coroutine.close()


def run_until(loop, pred, timeout=30.0):
    end = time.monotonic() + timeout
    while not pred():
        if time.monotonic() > end:
            raise TimeoutError()
        loop.run_until_complete(asyncio.sleep(0.001))


def dummy_ssl_context(): return None
def simple_server_sslcontext(): raise unittest.SkipTest("TLS")
def simple_client_sslcontext(*, disable_verify=True): raise unittest.SkipTest("TLS")


# ---- servers in threads: HTTP of a kind, and datagrams

class _Server:
    """Answers GET with a text, and gives back what is sent to /loop."""

    def __init__(self, listening):
        self.listening = listening
        self.address = listening.getsockname()
        self.open, self.stopped = [], False
        self.threads = [threading.Thread(target=self.accept)]
        self.threads[0].start()

    def accept(self):
        while True:
            connection, _ = self.listening.accept()
            if self.stopped:
                connection.close()
                return
            connection.settimeout(30)
            self.open.append(connection)
            self.threads.append(threading.Thread(target=self.answer, args=(connection,)))
            self.threads[-1].start()

    def answer(self, connection):
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                data = connection.recv(65536)
                if not data:
                    return
                head += data
            head, _, body = head.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            connection.sendall(b"HTTP/1.0 200 OK\r\nContent-type: text/plain\r\n")
            if lines[0].split()[1] != "/loop":
                connection.sendall(b"Content-Length: 12\r\n\r\nTest message")
                return
            connection.sendall(b"\r\n")
            left = int(fields.get("content-length", 0))
            while left > 0:
                body = body or connection.recv(65536)
                if not body:
                    return
                connection.sendall(body)
                left -= len(body)
                body = b""
        except OSError:
            pass
        finally:
            connection.close()

    def stop(self):
        self.stopped = True
        with socket.socket(self.listening.family) as last:
            last.connect(self.address)
        for thread in self.threads:
            thread.join()
        self.listening.close()


@contextlib.contextmanager
def _running(listening, use_ssl):
    if use_ssl:
        listening.close()
        raise unittest.SkipTest("TLS")
    listening.listen()
    server = _Server(listening)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def run_test_server(*, host="127.0.0.1", port=0, use_ssl=False):
    listening = socket.socket()
    listening.bind((host, port))
    with _running(listening, use_ssl) as server:
        yield server


def gen_unix_socket_path():
    return "/tmp/coil_cpython_%d_%d" % (os.getpid(), time.monotonic_ns())


@contextlib.contextmanager
def unix_socket_path():
    path = gen_unix_socket_path()
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)


@contextlib.contextmanager
def run_test_unix_server(*, use_ssl=False):
    with unix_socket_path() as path:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(path)
        with _running(listening, use_ssl) as server:
            yield server


@contextlib.contextmanager
def run_udp_echo_server(*, host="127.0.0.1", port=0):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((host, port))

    def echo():
        while True:
            data, address = sock.recvfrom(4096)
            if data == b"STOP":
                break
            sock.sendto(data, address)
    thread = threading.Thread(target=echo)
    thread.start()
    try:
        yield sock.getsockname()
    finally:
        sock.sendto(b"STOP", sock.getsockname())
        thread.join()
        sock.close()


def mock_nonblocking_socket(proto=socket.IPPROTO_TCP, type=socket.SOCK_STREAM, family=socket.AF_INET):
    sock = mock.MagicMock(socket.socket)
    sock.proto, sock.type, sock.family = proto, type, family
    sock.gettimeout.return_value = 0.0
    return sock


def run_once(loop):
    loop.call_soon(loop.stop)
    loop.run_forever()


def make_test_protocol(base):
    names = {}
    for name in dir(base):
        if name.startswith("__") and name.endswith("__"):
            continue
        names[name] = MockCallback(return_value=None)
    return type("TestProtocol", (base,) + base.__bases__, names)()


def TestLoop(gen=None):
    return asyncio.new_event_loop()


def MockCallback(**kwargs):
    return mock.Mock(spec=["__call__"], **kwargs)


class MockPattern(str):
    """Equal to every str in which the pattern is found."""

    def __eq__(self, other):
        return bool(unittest._search(str(self), other))
    __hash__ = str.__hash__


class MockInstanceOf:
    def __init__(self, type):
        self._type = type

    def __eq__(self, other):
        return isinstance(other, self._type)


def get_function_source(func):
    code = getattr(func, "__wrapped__", func).__code__
    return code.co_filename, code.co_firstlineno


class TestCase(unittest.TestCase):
    @staticmethod
    def close_loop(loop):
        if loop is None or loop.is_closed():
            return
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    def set_event_loop(self, loop, *, cleanup=True):
        assert loop is not None
        asyncio.set_event_loop(None)
        if cleanup:
            self.addCleanup(self.close_loop, loop)

    def new_test_loop(self, gen=None):
        loop = asyncio.new_event_loop()
        loop.advance_time = lambda advance: None
        self.set_event_loop(loop)
        return loop

    def setUp(self):
        pass

    def tearDown(self):
        asyncio.set_event_loop(None)
        self.doCleanups()
        gc.collect()    # what this test has dropped must not be told to the next one


class disable_logger:
    """What is reported meanwhile is not shown."""

    def __enter__(self):
        import sys
        self.stderr = sys.stderr
        sys.stderr = self

    def __exit__(self, *error):
        import sys
        sys.stderr = self.stderr

    def write(self, text):
        return len(text)

    def flush(self):
        pass


async def await_without_task(coro):
    exc = None

    def func():
        try:
            for _ in coro.__await__():
                pass
        except BaseException as err:
            nonlocal exc
            exc = err
    asyncio.get_running_loop().call_soon(func)
    await asyncio.sleep(0)
    if exc is not None:
        raise exc
