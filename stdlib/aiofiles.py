"""Files read and written without blocking the event loop: each operation runs in the loop's thread pool. As the package aiofiles does."""
import builtins
import sys
from asyncio import get_running_loop

__path__ = []
__all__ = ['open', 'stdin', 'stdout', 'stderr', 'stdin_bytes', 'stdout_bytes', 'stderr_bytes']


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None, *, loop=None, executor=None):
    """Like the built-in open(): to be awaited, or used with `async with`."""
    given = {'mode': mode, 'buffering': buffering, 'encoding': encoding, 'errors': errors, 'newline': newline}
    if not closefd:
        given['closefd'] = closefd
    if opener is not None:
        given['opener'] = opener

    async def begin():
        where = loop or get_running_loop()
        return AsyncFile(await where.run_in_executor(executor, lambda: builtins.open(file, **given)), where, executor)
    return _Opening(begin())


class _Opening:
    """What open() gives."""

    def __init__(self, coroutine):
        self._coroutine = coroutine
        self._file = None

    def send(self, value):
        return self._coroutine.send(value)

    def throw(self, *error):
        return self._coroutine.throw(*error)

    def close(self):
        return self._coroutine.close()

    def __await__(self):
        return self._coroutine.__await__()

    async def __aenter__(self):
        self._file = await self._coroutine
        return self._file

    async def __aexit__(self, kind, error, traceback):
        await self._file.close()
        self._file = None


class _AsyncBase:
    """A file whose operations are coroutines."""

    def __init__(self, file, loop, executor):
        self._file = file
        self._loop_given = loop
        self._executor = executor

    @property
    def _loop(self):
        return self._loop_given or get_running_loop()

    def _run(self, name, args):
        method = getattr(self._file, name)
        return self._loop.run_in_executor(self._executor, method, *args)

    def __repr__(self):
        return f'{super().__repr__()} wrapping {self._file!r}'

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line:
            return line
        raise StopAsyncIteration

    # What takes no time is as it is.
    def fileno(self):
        return self._file.fileno()

    def readable(self):
        return self._file.readable()

    @property
    def closed(self):
        return self._file.closed

    @property
    def name(self):
        return self._file.name

    @property
    def mode(self):
        return self._file.mode

    @property
    def encoding(self):
        return self._file.encoding

    @property
    def errors(self):
        return self._file.errors

    @property
    def newlines(self):
        return self._file.newlines

    @property
    def buffer(self):
        return self._file.buffer

    @property
    def line_buffering(self):
        return self._file.line_buffering


def _in_pool(name):
    async def operation(self, *args):
        return await self._run(name, args)
    operation.__name__ = operation.__qualname__ = name
    return operation


for _name in ('close', 'flush', 'isatty', 'read', 'read1', 'readall', 'readinto', 'readline', 'readlines', 'seek', 'seekable', 'tell', 'truncate',
              'writable', 'write', 'writelines', 'detach', 'peek'):
    setattr(_AsyncBase, _name, _in_pool(_name))


class AsyncFile(_AsyncBase):
    """What opening a file gives."""


class _AsyncStream(_AsyncBase):
    """A standard stream: found when it is used, for a program may replace it."""

    def __init__(self, name, binary):
        self._stream_name = name
        self._binary = binary
        self._loop_given = self._executor = None

    @property
    def _file(self):
        stream = getattr(sys, self._stream_name)
        return stream.buffer if self._binary else stream


stdin, stdout, stderr = (_AsyncStream(name, False) for name in ('stdin', 'stdout', 'stderr'))
stdin_bytes, stdout_bytes, stderr_bytes = (_AsyncStream(name, True) for name in ('stdin', 'stdout', 'stderr'))
