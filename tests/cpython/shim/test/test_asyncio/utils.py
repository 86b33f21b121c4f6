# What CPython's tests of asyncio share, for Coil. Run them with `coil -X virtual-time`: a loop whose clock jumps takes the place of the
# one that is told the times by a generator.
import asyncio
import unittest
from unittest import mock

CLOCK_RES = 0.050


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
    end = loop.time() + timeout
    while not pred():
        if loop.time() > end:
            raise TimeoutError()
        loop.run_until_complete(asyncio.sleep(0.001))


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
