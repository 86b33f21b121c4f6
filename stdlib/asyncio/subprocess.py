"""Subprocesses with streams: create_subprocess_exec() and create_subprocess_shell()."""
from asyncio import StreamReader, StreamWriter, gather, get_running_loop
from asyncio.processes import DEVNULL, PIPE, STDOUT
from asyncio.protocols import SubprocessProtocol
from asyncio.streams import _DEFAULT_LIMIT, FlowControlMixin

__all__ = ('create_subprocess_exec', 'create_subprocess_shell')


class SubprocessStreamProtocol(FlowControlMixin, SubprocessProtocol):
    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit = limit
        self.stdin = self.stdout = self.stderr = None
        self._process = None
        self._exited = False
        self._open = []
        self._stdin_closed = loop.create_future()

    def __repr__(self):
        info = [self.__class__.__name__]
        for name in ('stdin', 'stdout', 'stderr'):
            if getattr(self, name) is not None:
                info.append(f'{name}={getattr(self, name)!r}')
        return '<{}>'.format(' '.join(info))

    def _reader_of(self, fd):
        return self.stdout if fd == 1 else self.stderr if fd == 2 else None

    def connection_made(self, transport):
        self._process = transport
        for fd, name in ((1, 'stdout'), (2, 'stderr')):
            pipe = transport.get_pipe_transport(fd)
            if pipe is not None:
                reader = StreamReader(limit=self._limit, loop=self._loop)
                reader.set_transport(pipe)
                setattr(self, name, reader)
                self._open.append(fd)
        pipe = transport.get_pipe_transport(0)
        if pipe is not None:
            self.stdin = StreamWriter(pipe, protocol=self, reader=None, loop=self._loop)

    def pipe_data_received(self, fd, data):
        reader = self._reader_of(fd)
        if reader is not None:
            reader.feed_data(data)

    def pipe_connection_lost(self, fd, error):
        if fd == 0:
            if self.stdin is not None:
                self.stdin.close()
            self.connection_lost(error)
            if not self._stdin_closed.done():
                if error is None:
                    self._stdin_closed.set_result(None)
                else:
                    self._stdin_closed.set_exception(error)
                    self._stdin_closed.exception()
            return
        reader = self._reader_of(fd)
        if reader is not None:
            if error is None:
                reader.feed_eof()
            else:
                reader.set_exception(error)
        if fd in self._open:
            self._open.remove(fd)
        self._close_when_done()

    def process_exited(self):
        self._exited = True
        self._close_when_done()

    def _close_when_done(self):
        if not self._open and self._exited and self._process is not None:
            self._process.close()
            self._process = None

    def _get_close_waiter(self, stream):
        if stream is self.stdin:
            return self._stdin_closed


class Process:
    def __init__(self, transport, protocol, loop):
        self._transport = transport
        self._protocol = protocol
        self._loop = loop
        self.stdin = protocol.stdin
        self.stdout = protocol.stdout
        self.stderr = protocol.stderr
        self.pid = transport.get_pid()

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.pid}>'

    @property
    def returncode(self):
        return self._transport.get_returncode()

    async def wait(self):
        """Wait until the process has ended; its exit status."""
        return await self._transport._wait()

    def send_signal(self, signal):
        self._transport.send_signal(signal)

    def terminate(self):
        self._transport.terminate()

    def kill(self):
        self._transport.kill()

    async def _feed_stdin(self, input):
        if input is not None:
            self.stdin.write(input)
            try:
                await self.stdin.drain()
            except (BrokenPipeError, ConnectionResetError):
                pass   # a process need not read what it is given
            self.stdin.close()

    async def _read_stream(self, fd):
        stream = self.stdout if fd == 1 else self.stderr
        if stream is None:
            return None
        pipe = self._transport.get_pipe_transport(fd)
        output = await stream.read()
        pipe.close()
        return output

    async def communicate(self, input=None):
        """Send input, read everything, wait for the end: (stdout, stderr)."""
        _, stdout, stderr = await gather(self._feed_stdin(input), self._read_stream(1), self._read_stream(2))
        await self.wait()
        return stdout, stderr


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=_DEFAULT_LIMIT, **kwds):
    loop = get_running_loop()
    transport, protocol = await loop.subprocess_shell(lambda: SubprocessStreamProtocol(limit=limit, loop=loop), cmd, stdin=stdin,
                                                      stdout=stdout, stderr=stderr, **kwds)
    return Process(transport, protocol, loop)


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, limit=_DEFAULT_LIMIT, **kwds):
    loop = get_running_loop()
    transport, protocol = await loop.subprocess_exec(lambda: SubprocessStreamProtocol(limit=limit, loop=loop), program, *args, stdin=stdin,
                                                     stdout=stdout, stderr=stderr, **kwds)
    return Process(transport, protocol, loop)
