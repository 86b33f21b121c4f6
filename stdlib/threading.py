"""Threads that run Python code, and what they wait for: locks, conditions, events, semaphores, barriers."""
import _thread
import sys as _sys
from _thread import TIMEOUT_MAX, RLock as _RLock, _local as local, allocate_lock as Lock, get_ident, get_native_id, stack_size
from time import monotonic as _now

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread', 'TIMEOUT_MAX', 'Event', 'Lock',
           'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread', 'Barrier', 'BrokenBarrierError', 'Timer', 'ThreadError', 'setprofile',
           'settrace', 'local', 'stack_size', 'excepthook', 'ExceptHookArgs', 'getprofile', 'gettrace', 'get_native_id']

ThreadError = _thread.error
RLock = _RLock
_trace_hook = None
_profile_hook = None


def setprofile(func):
    """A profile function for all threads started from now on."""
    global _profile_hook
    _profile_hook = func


def getprofile():
    return _profile_hook


def settrace(func):
    """A trace function for all threads started from now on."""
    global _trace_hook
    _trace_hook = func


def gettrace():
    return _trace_hook


class Condition:
    """Threads that hold a lock wait until another one notifies them."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        # A lock may know better than these how to let go of all its holds at once.
        for name in ('_release_save', '_acquire_restore', '_is_owned'):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = []

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f'<Condition({self._lock}, {len(self._waiters)})>'

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Wait until notified or until the time is over; whether it was notified."""
        if not self._is_owned():
            raise RuntimeError('cannot wait on un-acquired lock')
        turn = Lock()
        turn.acquire()
        self._waiters.append(turn)
        state = self._release_save()
        notified = False
        try:
            if timeout is None:
                notified = turn.acquire()
            elif timeout > 0:
                notified = turn.acquire(True, timeout)
            else:
                notified = turn.acquire(False)
            return notified
        finally:
            self._acquire_restore(state)
            if not notified and turn in self._waiters:
                self._waiters.remove(turn)

    def wait_for(self, predicate, timeout=None):
        """Wait until the predicate is true; its last value."""
        end = None
        result = predicate()
        while not result:
            left = None
            if timeout is not None:
                if end is None:
                    end = _now() + timeout
                left = end - _now()
                if left <= 0:
                    break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        """Wake up to n threads that wait."""
        if not self._is_owned():
            raise RuntimeError('cannot notify on un-acquired lock')
        while n > 0 and self._waiters:
            self._waiters.pop(0).release()
            n -= 1

    def notify_all(self):
        self.notify(len(self._waiters))

    def notifyAll(self):
        import warnings
        warnings.warn('notifyAll() is deprecated, use notify_all() instead', DeprecationWarning, stacklevel=2)
        self.notify_all()


class Semaphore:
    """Lets so many threads in at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        cls = self.__class__
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}>'

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if self._value == 0:
                if not blocking or not self._cond.wait_for(lambda: self._value > 0, timeout):
                    return False
            self._value -= 1
            return True

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, kind, error, traceback):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that is not released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        cls = self.__class__
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}/{self._initial_value}>'

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError('Semaphore released too many times')
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag that threads wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        cls = self.__class__
        status = 'set' if self._flag else 'unset'
        return f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {status}>'

    def _at_fork_reinit(self):
        self._cond = Condition(Lock())

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is set or the time is over; the flag."""
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class BrokenBarrierError(RuntimeError):
    pass


_FILLING, _DRAINING, _RESETTING, _BROKEN = 0, 1, -1, -2


class Barrier:
    """Lets threads go on when so many have come."""

    def __init__(self, parties, action=None, timeout=None):
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = _FILLING
        self._count = 0

    def __repr__(self):
        cls = self.__class__
        where = f'<{cls.__module__}.{cls.__qualname__} at {id(self):#x}'
        return f'{where}: broken>' if self.broken else f'{where}: waiters={self.n_waiting}/{self.parties}>'

    def wait(self, timeout=None):
        """Wait for the others; which of them this one was, counting down to 0."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            # Those of the round before are still leaving.
            while self._state in (_RESETTING, _DRAINING):
                self._cond.wait()
            if self._state == _BROKEN:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._complete()
                else:
                    self._wait_for_others(timeout)
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in (_RESETTING, _DRAINING):
                    self._state = _FILLING
                    self._cond.notify_all()

    def _complete(self):
        try:
            if self._action is not None:
                self._action()
            self._state = _DRAINING
            self._cond.notify_all()
        except BaseException:
            self._break()
            raise

    def _wait_for_others(self, timeout):
        if not self._cond.wait_for(lambda: self._state != _FILLING, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError

    def _break(self):
        self._state = _BROKEN
        self._cond.notify_all()

    def reset(self):
        """Empty again; those who wait get BrokenBarrierError."""
        with self._cond:
            if self._count > 0:
                if self._state in (_FILLING, _BROKEN):
                    self._state = _RESETTING
            else:
                self._state = _FILLING
            self._cond.notify_all()

    def abort(self):
        """Break the barrier."""
        with self._cond:
            self._break()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == _FILLING else 0

    @property
    def broken(self):
        return self._state == _BROKEN


# ---- threads

_active = {}         # by ident
_starting = {}       # started, and not yet there
_counters = {}
_dangling = set()


def _new_name(template):
    number = _counters[template] = _counters.get(template, 0) + 1
    return template % number


class Thread:
    """A function that runs in a thread of its own."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        if group is not None:
            raise AssertionError('group argument must be None for now')
        if name:
            name = str(name)
        else:
            name = _new_name('Thread-%d')
            if target is not None and hasattr(target, '__name__'):
                name += f' ({target.__name__})'
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = daemon if daemon is not None else current_thread().daemon
        self._ident = None
        self._native_id = None
        self._started = Event()
        self._begun = Lock()   # taken until the thread has its number
        self._is_stopped = False
        self._ended = Lock()
        self._initialized = True
        self._invoke_excepthook = _call_excepthook

    def __repr__(self):
        if not self._initialized:
            raise AssertionError('Thread.__init__() was not called')
        status = 'stopped' if self._is_stopped else 'started' if self._started.is_set() else 'initial'
        if self._daemonic:
            status += ' daemon'
        if self._ident is not None:
            status += f' {self._ident}'
        return f'<{self.__class__.__name__}({self._name}, {status})>'

    def start(self):
        """Start the thread's activity. Once."""
        if not self._initialized:
            raise RuntimeError('thread.__init__() not called')
        if self._started.is_set():
            raise RuntimeError('threads can only be started once')
        _starting[self] = self
        self._ended.acquire()
        self._begun.acquire()
        try:
            _thread.start_new_thread(self._bootstrap_inner, ())
        except BaseException:
            _starting.pop(self, None)
            self._begun.release()
            self._ended.release()
            raise
        # An event would not do: without memory the thread might end before it could wake whoever waits.
        with self._begun:
            pass
        self._started.set()

    def run(self):
        """What the thread does: calls the target."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # What they refer to must not live as long as the thread object.
            del self._target, self._args, self._kwargs

    def _bootstrap_inner(self):
        began = False
        try:
            self._ident = get_ident()
            self._native_id = get_native_id()
            _active[self._ident] = self
            _starting.pop(self, None)
            self._started._flag = began = True
            self._begun.release()
            if _trace_hook and hasattr(_sys, 'settrace'):
                _sys.settrace(_trace_hook)
            if _profile_hook and hasattr(_sys, 'setprofile'):
                _sys.setprofile(_profile_hook)
            try:
                self.run()
            except BaseException:
                self._invoke_excepthook(self)
        finally:
            if not began:   # memory is short
                _starting.pop(self, None)
                self._begun.release()
            _active.pop(self._ident, None)
            self._is_stopped = True
            self._ended.release()

    def join(self, timeout=None):
        """Wait until the thread ends, or until the time is over."""
        if not self._initialized:
            raise RuntimeError('Thread.__init__() not called')
        if not self._started.is_set():
            raise RuntimeError('cannot join thread before it is started')
        if self is current_thread():
            raise RuntimeError('cannot join current thread')
        ended = self._ended.acquire() if timeout is None else self._ended.acquire(True, max(timeout, 0))
        if ended:
            self._ended.release()

    def is_alive(self):
        if not self._initialized:
            raise AssertionError('Thread.__init__() not called')
        return self._started.is_set() and not self._is_stopped

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        return self._ident

    @property
    def native_id(self):
        return self._native_id

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._started.is_set():
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class Timer(Thread):
    """Calls a function after some time, unless it is cancelled."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _ForeignThread(Thread):
    """The main thread, and those that _thread.start_new_thread() made."""

    def __init__(self, name, daemon):
        self._daemonic = daemon
        Thread.__init__(self, name=name, daemon=daemon)
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._started.set()
        _active[self._ident] = self

    def join(self, timeout=None):
        raise RuntimeError('cannot join current thread' if self is current_thread() else 'cannot join a dummy thread')


class _MainThread(_ForeignThread):
    def __init__(self):
        _ForeignThread.__init__(self, 'MainThread', False)
        self._ended.acquire()

    def join(self, timeout=None):
        Thread.join(self, timeout)


class _DummyThread(_ForeignThread):
    def __init__(self):
        _ForeignThread.__init__(self, _new_name('Dummy-%d'), True)


def current_thread():
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


def currentThread():
    return current_thread()


def active_count():
    return len(_active) + len(_starting)


def activeCount():
    return active_count()


def enumerate():
    """All threads that are alive."""
    return list(_active.values()) + list(_starting)


def main_thread():
    return _main


# ---- exceptions that leave a thread

class ExceptHookArgs(tuple):
    """What excepthook() is called with: exc_type, exc_value, exc_traceback, thread."""

    def __new__(cls, args):
        self = tuple.__new__(cls, args)
        if len(self) != 4:
            raise TypeError(f'ExceptHookArgs() takes a 4-sequence ({len(self)}-sequence given)')
        return self

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])

    def __repr__(self):
        return (f'_thread.ExceptHookArgs(exc_type={self[0]!r}, exc_value={self[1]!r}, exc_traceback={self[2]!r}, '
                f'thread={self[3]!r})')


ExceptHookArgs.__module__ = '_thread'
ExceptHookArgs.__qualname__ = '_ExceptHookArgs'


def excepthook(args, /):
    """Report an exception that nobody has caught in a thread; SystemExit is none."""
    kind, error, traceback, thread = args
    if kind is SystemExit:
        return
    stderr = _sys.stderr
    if stderr is None:
        return
    name = thread.name if thread is not None else get_ident()
    if error is None:
        error = kind()
    _thread._report(f'Exception in thread {name}:\n', error.with_traceback(traceback))


__excepthook__ = excepthook


def _call_excepthook(thread):
    args = ExceptHookArgs([*_sys.exc_info(), thread])
    try:
        excepthook(args)
    except Exception as error:
        error.__suppress_context__ = True
        if _sys.stderr is not None:
            _sys.stderr.write('Exception in threading.excepthook:\n')
            _sys.stderr.flush()
        _sys.excepthook(type(error), error, error.__traceback__)
    finally:
        args = None


# ---- the end of the program

_at_exit = []


def _register_atexit(func, *arg, **kwargs):
    """Called at the end, before threads are waited for."""
    if _main._is_stopped:
        raise RuntimeError("can't register atexit after shutdown")
    _at_exit.append(lambda: func(*arg, **kwargs))


def _shutdown():
    if _main._is_stopped:
        return
    _main._is_stopped = True
    _main._ended.release()
    while _at_exit:
        _at_exit.pop()()
    while True:
        left = [thread for thread in enumerate() if not thread.daemon and thread is not _main]
        if not left:
            return
        for thread in left:
            thread._started.wait()
            if thread is not current_thread():
                thread.join()


_main = _MainThread()
