"""Event loops, and the policy that says which is the current one."""
from _thread import get_ident
from asyncio import (AbstractEventLoop, Handle, SelectorEventLoop, TimerHandle, _default_get_event_loop, _default_new_event_loop,
                     _default_set_event_loop, _get_running_loop, _policy, _set_running_loop, get_event_loop, get_running_loop, new_event_loop,
                     set_event_loop)

__all__ = ('AbstractEventLoopPolicy', 'AbstractEventLoop', 'AbstractServer', 'Handle', 'TimerHandle', 'get_event_loop_policy', 'set_event_loop_policy',
           'get_event_loop', 'set_event_loop', 'new_event_loop', 'get_running_loop', '_get_running_loop', '_set_running_loop',
           'get_child_watcher', 'set_child_watcher')


# With these names CPython tells what it has in C from what it has in Python; here they are the same.
_py__get_running_loop = _c__get_running_loop = _get_running_loop
_py__set_running_loop = _c__set_running_loop = _set_running_loop
_py_get_running_loop = _c_get_running_loop = get_running_loop
_py_get_event_loop = _c_get_event_loop = get_event_loop


def __getattr__(name):
    if name == 'threading':
        import threading
        return threading
    raise AttributeError(f"module 'asyncio.events' has no attribute {name!r}")


class AbstractServer:
    def close(self):
        raise NotImplementedError

    def get_loop(self):
        raise NotImplementedError

    def is_serving(self):
        raise NotImplementedError

    async def start_serving(self):
        raise NotImplementedError

    async def serve_forever(self):
        raise NotImplementedError

    async def wait_closed(self):
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class AbstractEventLoopPolicy:
    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError

    def get_child_watcher(self):
        raise NotImplementedError

    def set_child_watcher(self, watcher):
        raise NotImplementedError


class _Current:
    """Of a policy: which loop is the current one, in each thread."""

    def __init__(self):
        self._of_threads = {}   # thread: loop, None when it was taken away

    @property
    def _loop(self):
        return self._of_threads.get(get_ident())

    @property
    def _set_called(self):
        return get_ident() in self._of_threads


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """Each thread has a current loop; that of the main thread is made when it is first asked for."""

    _loop_factory = SelectorEventLoop
    _is_the_default = False   # the policy that is there before any is set: then the current loop is known in C

    def __init__(self):
        self._local = _Current()

    def get_event_loop(self):
        if self._is_the_default:
            return _default_get_event_loop()
        import threading
        current = threading.current_thread()
        if not self._local._set_called and current is threading.main_thread():
            self.set_event_loop(self.new_event_loop())
        if self._local._loop is None:
            raise RuntimeError(f'There is no current event loop in thread {current.name!r}.')
        return self._local._loop

    def set_event_loop(self, loop):
        if self._is_the_default:
            _default_set_event_loop(loop)
        elif loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local._of_threads[get_ident()] = loop

    def new_event_loop(self):
        return _default_new_event_loop() if self._loop_factory is SelectorEventLoop else self._loop_factory()


class DefaultEventLoopPolicy(BaseDefaultEventLoopPolicy):
    def __init__(self):
        super().__init__()
        self._watcher = None

    def get_child_watcher(self):
        """What is told of children that end; loops here need none."""
        if self._watcher is None:
            from asyncio.unix_events import ThreadedChildWatcher
            self._watcher = ThreadedChildWatcher()
        return self._watcher

    def set_child_watcher(self, watcher):
        from asyncio.unix_events import AbstractChildWatcher
        assert watcher is None or isinstance(watcher, AbstractChildWatcher)
        if self._watcher is not None:
            self._watcher.close()
        self._watcher = watcher


DefaultEventLoopPolicy.__name__ = DefaultEventLoopPolicy.__qualname__ = '_UnixDefaultEventLoopPolicy'
DefaultEventLoopPolicy.__module__ = 'asyncio.unix_events'
_default_policy = None


def get_event_loop_policy():
    global _default_policy
    policy = _policy()
    if policy is not None:
        return policy
    if _default_policy is None:
        _default_policy = DefaultEventLoopPolicy()
        _default_policy._is_the_default = True
    return _default_policy


def set_event_loop_policy(policy):
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _policy(None if policy is _default_policy else policy)


def get_child_watcher():
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    return get_event_loop_policy().set_child_watcher(watcher)
