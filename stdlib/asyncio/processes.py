"""Subprocesses as transports: loop.subprocess_exec() and loop.subprocess_shell()."""
import os
from asyncio.log import logger
from _asyncio_io import BaseProtocol, Protocol, SubprocessTransport, devnull, group_id, pipe, user_id

PIPE, STDOUT, DEVNULL = -1, -2, -3
_SIGTERM, _SIGKILL = 15, 9


class _Child:
    """What a process transport knows of its process: the little that subprocess.Popen and it have in common."""

    def __init__(self, loop, args, executable, stdin, stdout, stderr, cwd, env, pass_fds, close_fds, new_session, group, identity):
        self._loop = loop
        self.args = args
        self.returncode = None
        self.stdin = self.stdout = self.stderr = None
        theirs = []
        try:
            streams = [self._stream(0, stdin, theirs), self._stream(1, stdout, theirs)]
            streams.append((streams[1] if streams[1] >= 0 else 1) if stderr == STDOUT else self._stream(2, stderr, theirs))
            if env is not None:
                env = [_join(key, value) for key, value in env.items()]
            self.pid = loop._spawn(args, executable, tuple(streams), cwd, env, tuple(pass_fds), close_fds, new_session, group, identity)
        except BaseException:
            self._close_pipes()
            raise
        finally:
            for end in theirs:
                end.close()

    def _stream(self, number, wanted, theirs):
        if wanted is None:
            return -1
        if wanted == PIPE:
            reading, writing = pipe()
            mine, other = (writing, reading) if number == 0 else (reading, writing)
            setattr(self, ('stdin', 'stdout', 'stderr')[number], mine)
            theirs.append(other)
            return other.fileno()
        if wanted == DEVNULL:
            other = devnull()
            theirs.append(other)
            return other.fileno()
        return wanted if isinstance(wanted, int) else wanted.fileno()

    def _close_pipes(self):
        for end in (self.stdin, self.stdout, self.stderr):
            if end is not None:
                end.close()

    def poll(self):
        """Whether the process has ended: its exit status or None."""
        return self._wait(os.WNOHANG)

    def wait(self):
        """Waits here, whatever the event loop has to do."""
        return self._wait(0)

    def _wait(self, options):
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, options)
                if pid == self.pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
            except ChildProcessError:
                pass   # the loop is about to tell
        return self.returncode

    def send_signal(self, signal):
        if self.returncode is None:
            try:
                self._loop._kill(self.pid, signal)
            except ProcessLookupError:
                pass

    def terminate(self):
        self.send_signal(_SIGTERM)

    def kill(self):
        self.send_signal(_SIGKILL)


def _join(key, value):
    if isinstance(key, bytes) or isinstance(value, bytes):
        key = key if isinstance(key, bytes) else key.encode()
        value = value if isinstance(value, bytes) else value.encode()
        if b'=' in key or not key:
            raise ValueError('illegal environment variable name')
        return key + b'=' + value
    if '=' in key or not key:
        raise ValueError('illegal environment variable name')
    return key + '=' + value


class WriteSubprocessPipeProto(BaseProtocol):
    def __init__(self, proc, fd):
        self.proc = proc
        self.fd = fd
        self.pipe = None
        self.disconnected = False

    def connection_made(self, transport):
        self.pipe = transport

    def __repr__(self):
        return f'<{self.__class__.__name__} fd={self.fd} pipe={self.pipe!r}>'

    def connection_lost(self, error):
        self.disconnected = True
        self.proc._pipe_connection_lost(self.fd, error)
        self.proc = None

    def pause_writing(self):
        self.proc._protocol.pause_writing()

    def resume_writing(self):
        self.proc._protocol.resume_writing()


class ReadSubprocessPipeProto(WriteSubprocessPipeProto, Protocol):
    def data_received(self, data):
        self.proc._pipe_data_received(self.fd, data)


class BaseSubprocessTransport(SubprocessTransport):
    """A process and its pipes. What starts it is _start(), which sets self._proc."""

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=None, extra=None, **kwargs):
        super().__init__(extra)
        self._closed = False
        self._protocol = protocol
        self._loop = loop
        self._proc = None
        self._pid = None
        self._returncode = None
        self._exit_waiters = []
        self._pending_calls = []
        self._pipes = {}
        self._finished = False
        for number, wanted in enumerate((stdin, stdout, stderr)):
            if wanted == PIPE:
                self._pipes[number] = None
        try:
            self._start(args=args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr, bufsize=bufsize, **kwargs)
        except:
            self.close()
            raise
        self._pid = self._proc.pid
        self._extra['subprocess'] = self._proc
        if loop.get_debug():
            program = args if isinstance(args, (bytes, str)) else args[0]
            logger.debug('process %r created: pid %s', program, self._pid)
        loop.create_task(self._connect_pipes(waiter))

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        raise NotImplementedError

    def __del__(self):
        if not self._closed:
            from warnings import warn
            warn(f'unclosed transport {self!r}', ResourceWarning, source=self)
            self.close()

    def __repr__(self):
        info = [self.__class__.__name__]
        if self._closed:
            info.append('closed')
        if self._pid is not None:
            info.append(f'pid={self._pid}')
        if self._returncode is not None:
            info.append(f'returncode={self._returncode}')
        elif self._pid is not None:
            info.append('running')
        else:
            info.append('not started')
        stdin, stdout, stderr = self._pipes.get(0), self._pipes.get(1), self._pipes.get(2)
        if stdin is not None:
            info.append(f'stdin={stdin.pipe}')
        if stdout is not None and stderr is stdout:
            info.append(f'stdout=stderr={stdout.pipe}')
        else:
            if stdout is not None:
                info.append(f'stdout={stdout.pipe}')
            if stderr is not None:
                info.append(f'stderr={stderr.pipe}')
        return '<{}>'.format(' '.join(info))

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closed

    def close(self):
        if self._closed:
            return
        self._closed = True
        for proto in self._pipes.values():
            if proto is not None:
                proto.pipe.close()
        if self._proc is not None and self._returncode is None and self._proc.poll() is None:
            if self._loop.get_debug():
                logger.warning('Close running child process: kill %r', self)
            try:
                self._proc.kill()
            except (ProcessLookupError, PermissionError):
                pass

    def get_pid(self):
        return self._pid

    def get_returncode(self):
        return self._returncode

    def get_pipe_transport(self, fd):
        proto = self._pipes.get(fd)
        return None if proto is None else proto.pipe

    def _check_proc(self):
        if self._proc is None:
            raise ProcessLookupError()

    def send_signal(self, signal):
        self._check_proc()
        self._proc.send_signal(signal)

    def terminate(self):
        self._check_proc()
        self._proc.terminate()

    def kill(self):
        self._check_proc()
        self._proc.kill()

    async def _connect_pipes(self, waiter):
        try:
            proc, loop = self._proc, self._loop
            if proc.stdin is not None:
                _, self._pipes[0] = await loop.connect_write_pipe(lambda: WriteSubprocessPipeProto(self, 0), proc.stdin)
            if proc.stdout is not None:
                _, self._pipes[1] = await loop.connect_read_pipe(lambda: ReadSubprocessPipeProto(self, 1), proc.stdout)
            if proc.stderr is not None:
                _, self._pipes[2] = await loop.connect_read_pipe(lambda: ReadSubprocessPipeProto(self, 2), proc.stderr)
            loop.call_soon(self._protocol.connection_made, self)
            for callback, data in self._pending_calls:
                loop.call_soon(callback, *data)
            self._pending_calls = None
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if waiter is not None and not waiter.cancelled():
                waiter.set_exception(error)
        else:
            if waiter is not None and not waiter.cancelled():
                waiter.set_result(None)

    def _call(self, callback, *data):
        if self._pending_calls is not None:
            self._pending_calls.append((callback, data))
        else:
            self._loop.call_soon(callback, *data)

    def _pipe_connection_lost(self, fd, error):
        self._call(self._protocol.pipe_connection_lost, fd, error)
        self._try_finish()

    def _pipe_data_received(self, fd, data):
        self._call(self._protocol.pipe_data_received, fd, data)

    def _process_exited(self, returncode):
        assert returncode is not None, returncode
        assert self._returncode is None, self._returncode
        if self._loop.get_debug():
            logger.info('%r exited with return code %r', self, returncode)
        self._returncode = returncode
        if self._proc.returncode is None:
            self._proc.returncode = returncode
        self._call(self._protocol.process_exited)
        self._try_finish()
        waiters, self._exit_waiters = self._exit_waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(returncode)

    async def _wait(self):
        if self._returncode is not None:
            return self._returncode
        waiter = self._loop.create_future()
        self._exit_waiters.append(waiter)
        return await waiter

    def _try_finish(self):
        if self._returncode is None or self._finished:
            return
        if all(proto is not None and proto.disconnected for proto in self._pipes.values()):
            self._finished = True
            self._call(self._call_connection_lost, None)

    def _call_connection_lost(self, error):
        try:
            self._protocol.connection_lost(error)
        finally:
            self._loop = None
            self._proc = None
            self._protocol = None


def _number_of(who, what, by_name):
    """A user or group by number or name; -1 for None."""
    if who is None:
        return -1
    if isinstance(who, str):
        return by_name(who)
    if not isinstance(who, int):
        article = '' if what == 'User' else f', not {type(who)}'
        raise TypeError(f'{what} must be a string or an integer{article}')
    if who < 0:
        raise ValueError(f'{what} ID cannot be negative, got {who}')
    return who


def _numbers_of(groups):
    if groups is None:
        return None
    if isinstance(groups, str):
        raise ValueError('Groups must be a list, not a string')
    numbers = []
    for group in groups:
        if not isinstance(group, (str, int)):
            raise TypeError(f'Items in extra_groups must be a string or integer, not {type(group)}')
        numbers.append(group_id(group) if isinstance(group, str) else group)
    for number in numbers:
        if number < 0:
            raise ValueError(f'Group ID cannot be negative, got {number}')
    return numbers


class _UnixSubprocessTransport(BaseSubprocessTransport):
    def _start(self, args, shell, stdin, stdout, stderr, bufsize, *, executable=None, preexec_fn=None, close_fds=True, cwd=None, env=None,
               startupinfo=None, creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), user=None, group=None,
               extra_groups=None, umask=-1, pipesize=-1, process_group=None, **unknown):
        for name in unknown:
            raise TypeError(f"Popen.__init__() got an unexpected keyword argument '{name}'")
        if preexec_fn is not None:
            raise NotImplementedError('preexec_fn is not supported: nothing of a program runs in its children before they do')
        if startupinfo is not None:
            raise ValueError('startupinfo is only supported on Windows platforms')
        if creationflags != 0:
            raise ValueError('creationflags is only supported on Windows platforms')
        if pass_fds and not close_fds:
            import warnings
            warnings.warn('pass_fds overriding close_fds.', RuntimeWarning)
            close_fds = True
        identity = (umask, _number_of(user, 'User', user_id), _number_of(group, 'Group', group_id), _numbers_of(extra_groups), not restore_signals)
        if shell:
            args = ['/bin/sh', '-c', args]
            executable = executable or '/bin/sh'
        loop = self._loop
        self._proc = _Child(loop, args, executable or args[0], stdin, stdout, stderr, cwd, env, pass_fds, close_fds, start_new_session,
                            -1 if process_group is None else process_group, identity)
        loop._watch_process(self._proc.pid, self._process_exited)


async def _make(loop, protocol, args, shell, stdin, stdout, stderr, bufsize, options):
    waiter = loop.create_future()
    transport = _UnixSubprocessTransport(loop, protocol, args, shell, stdin, stdout, stderr, bufsize, waiter=waiter, **options)
    try:
        await waiter
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException:
        transport.close()
        await transport._wait()
        raise
    return transport, protocol


def _check(universal_newlines, shell, wanted_shell, bufsize, text, encoding, errors):
    if universal_newlines:
        raise ValueError('universal_newlines must be False')
    if shell is not wanted_shell:
        raise ValueError(f'shell must be {wanted_shell}')
    if bufsize != 0:
        raise ValueError('bufsize must be 0')
    if text:
        raise ValueError('text must be False')
    if encoding is not None:
        raise ValueError('encoding must be None')
    if errors is not None:
        raise ValueError('errors must be None')


async def subprocess_shell(loop, protocol_factory, cmd, *, stdin=PIPE, stdout=PIPE, stderr=PIPE, universal_newlines=False, shell=True,
                           bufsize=0, encoding=None, errors=None, text=None, **options):
    if not isinstance(cmd, (bytes, str)):
        raise ValueError('cmd must be a string')
    _check(universal_newlines, shell, True, bufsize, text, encoding, errors)
    return await _make(loop, protocol_factory(), cmd, True, stdin, stdout, stderr, bufsize, options)


async def subprocess_exec(loop, protocol_factory, program, *args, stdin=PIPE, stdout=PIPE, stderr=PIPE, universal_newlines=False,
                          shell=False, bufsize=0, encoding=None, errors=None, text=None, **options):
    _check(universal_newlines, shell, False, bufsize, text, encoding, errors)
    return await _make(loop, protocol_factory(), (program,) + args, False, stdin, stdout, stderr, bufsize, options)
